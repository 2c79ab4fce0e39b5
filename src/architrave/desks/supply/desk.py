"""The desk as any other asks it (`desks.registry`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.registry import Desk, Sources
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import BESIDE, SHIPPED, read_chain
from architrave.desks.supply.evidence import DESK as NAME
from architrave.desks.supply.evidence import POINTS
from architrave.desks.supply.questions import (
    QUESTIONS,
    Given,
    Of,
    again,
    askable,
    assess,
    question_named,
)
from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.table import Table
from architrave.desks.supply.table_evidence import tables_named
from architrave.desks.supply.trade.assessing import trade_in

__all__ = ["DESK"]


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    """The single points of every chain whose tables are here: what was compiled, of no day."""
    chains = [name for name in SHIPPED if f"{name}.csv" in sources.texts]
    if not chains:
        raise BadInput(f"supply: no chain is here; expected {' or '.join(SHIPPED)}.csv.")
    return tuple(assess(POINTS, _chain(sources, name)) for name in chains)


def _rerun(assessment: Assessment, sources: Sources) -> Assessment:
    # What it asks for is read before anything is opened.
    return again(assessment, _given(sources, askable(assessment)))


def _given(sources: Sources, assessment: Assessment) -> Given:
    """What an assessment was asked of."""
    match question_named(assessment.question).of_which(assessment):
        case Of.TRADE:
            return trade_in(sources, assessment)
        case Of.CHAIN:
            return _chain(sources, _chain_name(assessment))
        case Of.TABLES:
            return _tables(sources, tables_named(assessment))
        case _:
            (table,) = _tables(sources, [str(assessment.parameters.get("table", ""))])
            return table


def _tables(sources: Sources, wanted: Sequence[str]) -> tuple[Table, ...]:
    """The tables of these digests: the small one, or one of the files; BadInput for the first."""
    found: dict[str, Table] = {}
    for file in (None, *sources.files):
        table = opened_table(file)
        if table.digest in wanted:
            found[table.digest] = table
        if len(found) == len(wanted):
            break
    for one in wanted:
        if one not in found:
            raise BadInput(
                f"supply: the assessment rests on a table with the digest {one[:16]}…, and neither "
                "the small table nor a file named here (--table FILE) has it."
            )
    return tuple(found[one] for one in wanted)


def _finds(assessment: Assessment) -> frozenset[str]:
    """The digests of layers that are tables of numbers: only their readers know them by these.

    Of a question that is none the desk refuses all, when it is worked out again.
    """
    if assessment.question not in QUESTIONS:
        return frozenset()
    of = question_named(assessment.question).of_which(assessment)
    found = assessment.layers if of in (Of.TABLE, Of.TABLES) else ()
    return frozenset(layer.digest for layer in found)


def _chain(sources: Sources, name: str) -> Chain:
    """A chain from its tables, those beside its figures where they are here.

    Of an assessment they are here or it is refused before: it names by digest each that it rests
    on, and a table that was absent where it was made is absent here as well.
    """
    beside = ((one, sources.texts[one]) if one in sources.texts else None for one in BESIDE)
    return read_chain(name, (f"{name}.csv", sources.text(f"{name}.csv")), *beside)


def _chain_name(assessment: Assessment) -> str:
    found = assessment.parameters.get("chain")
    if not isinstance(found, str) or not 0 < len(found) <= 40:
        raise BadInput("supply: the parameter chain must be a short word.")
    return found


DESK = Desk(NAME, _assess, _rerun, _finds)
