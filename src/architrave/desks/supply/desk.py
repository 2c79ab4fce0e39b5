"""The desk as any other asks it (`desks.registry`)."""

from __future__ import annotations

from datetime import date

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import several_given, typed_given, whole_given
from architrave.desks.registry import Desk, Sources
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import SHIPPED, read_chain
from architrave.desks.supply.dynamics.evidence import QUESTION as DAYS
from architrave.desks.supply.dynamics.evidence import rerun_days
from architrave.desks.supply.evidence import (
    assess_loss,
    assess_points,
    assess_resource,
)
from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.table import Table
from architrave.desks.supply.table_evidence import QUESTIONS, rerun_on
from architrave.desks.supply.trade.assessing import QUESTION, rerun_trade
from architrave.desks.supply.uncertainty.naming import RANGES, rerun_ranged
from architrave.desks.supply.uncertainty.pathed_evidence import PATHS, rerun_paths

__all__ = ["DESK"]

_BESIDE = ("substitution.csv", "import_dependence.csv")
_MOST = 60


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    """The single points of every chain whose tables are here: what was compiled, of no day."""
    chains = [name for name in SHIPPED if f"{name}.csv" in sources.texts]
    if not chains:
        raise BadInput(f"supply: no chain is here; expected {' or '.join(SHIPPED)}.csv.")
    return tuple(assess_points(_chain(sources, name)) for name in chains)


def _rerun(given: Assessment, sources: Sources) -> Assessment:
    if given.question in QUESTIONS:
        return rerun_on(_table(sources, given), given)
    if given.question == DAYS:
        return rerun_days(_table(sources, given), given)
    if given.question == PATHS:
        return rerun_paths(_table(sources, given), given)
    if given.question == "a way round a loss":
        table = _table(sources, given)
        lost = typed_given(given, "lost", dict[str, float])
        if len(lost) > _MOST:
            raise BadInput(f"supply: the parameter lost names more than {_MOST}.")
        parties = several_given(given, "parties")
        return assess_resource(table, lost, parties, typed_given(given, "assumed", Assumed))
    if given.question == QUESTION:
        return rerun_trade(given, sources)
    if given.question == RANGES:
        return rerun_ranged(
            given,
            lambda: _table(sources, given),
            lambda: _chain(sources, _text(given, "chain")),
        )
    chain = _chain(sources, _text(given, "chain"))
    if given.question == "single points":
        return assess_points(chain)
    if given.question == "a supplier is lost":
        stages = typed_given(given, "stages", list[str])
        stock = typed_given(given, "stock", float | None)
        if len(stages) > _MOST:
            raise BadInput(f"supply: more than {_MOST} stages are named.")
        days = whole_given(given, "days", 1, 365)
        parties = typed_given(given, "parties", list[str])
        supplier = _text(given, "supplier")
        return assess_loss(chain, supplier, days, parties[:12], stages, stock)
    raise BadInput(f"supply: {given.question[:40]!r} is no question of this desk.")


def _table(sources: Sources, given: Assessment) -> Table:
    """The table that an assessment names: the small one, or one of the files; BadInput if none."""
    wanted = str(given.parameters.get("table", ""))
    for file in (None, *sources.files):
        table = opened_table(file)
        if table.digest == wanted:
            return table
    raise BadInput(
        f"supply: the assessment rests on a table with the digest {wanted[:16]}…, and neither the "
        "small table nor a file named here (--table FILE) has it."
    )


def _chain(sources: Sources, name: str) -> Chain:
    figures_, substitution, dependence = (
        (file, sources.text(file)) for file in (f"{name}.csv", *_BESIDE)
    )
    return read_chain(name, figures_, substitution, dependence)


def _text(given: Assessment, name: str) -> str:
    found = given.parameters.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= 40:
        raise BadInput(f"supply: the parameter {name} must be a short word.")
    return found


DESK = Desk("supply", _assess, _rerun)
