"""Every question of this desk that can be tabled, declared once: `QUESTIONS`.

A question has a name, what it is asked of, and its parameters, each with how it is read and how
much it may ask for. `assess` asks one, `again` works out once more what somebody tabled. Both read
the parameters alike, so that what is assessed here can be worked out again elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

import msgspec
import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, bytes_of
from architrave.desks.parameters import typed_given, whole_given
from architrave.desks.supply import evidence, table_evidence
from architrave.desks.supply.basis import NAMED
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.dynamics import evidence as days_evidence
from architrave.desks.supply.dynamics.paths import LONGEST
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.table import Table
from architrave.desks.supply.trade import assessing
from architrave.desks.supply.trade.concordance import Concordance
from architrave.desks.supply.trade.model import Trade
from architrave.desks.supply.uncertainty import naming, pathed_evidence
from architrave.desks.supply.uncertainty.answering import Design

__all__ = [
    "QUESTIONS", "Given", "Of", "Parameter", "Question", "again", "askable", "assess",
    "question_named",
]  # fmt: skip

_DESK = evidence.DESK
_LONGEST = 40
_CELLS = 100

Given = Table | Chain | tuple[Trade, Concordance] | tuple[Table, ...]
"""What a question is asked of; trade comes with the concordance by which its codes are stages."""


class Of(StrEnum):
    """What a question is asked of, in words."""

    TABLE = "an input-output table"
    CHAIN = "a product chain"
    EITHER = "a table or a chain"
    TABLES = "input-output tables, one for each year"
    TRADE = "trade, with a concordance"


_KINDS: Mapping[Of, tuple[type, ...]] = {
    Of.TABLE: (Table,),
    Of.CHAIN: (Chain,),
    Of.EITHER: (Table, Chain),
    Of.TRADE: (Trade, Concordance),
    Of.TABLES: (Table,),
}
_NAMED_BY: Mapping[Of, tuple[str, ...]] = {
    Of.TABLE: NAMED,
    Of.CHAIN: ("chain",),
    Of.TRADE: (),
    Of.TABLES: ("tables",),
}
"""The parameters of an assessment that say of which table or chain it is."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter may be, in words, and how it is read from an assessment by its name.

    `usual` is what stands where whoever asks leaves it out, of `optional` ones alone. `read` raises
    BadInput that names the parameter.
    """

    says: str
    read: Callable[[Assessment, str], Any]
    optional: bool = False
    usual: Any = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its name: what it is asked of, its parameters in order, and who answers.

    `answer` takes what it is asked of, then the parameters by name.
    """

    name: str
    of: Of
    parameters: Mapping[str, Parameter]
    answer: Callable[..., Assessment]

    def of_which(self, assessment: Assessment) -> Of:
        """What an assessment was asked of, where it may be one or the other."""
        if self.of is not Of.EITHER:
            return self.of
        return Of.CHAIN if "chain" in assessment.parameters else Of.TABLE


def _whole(least: int, most: int, usual: int | None = None) -> Parameter:
    return Parameter(
        f"a whole number from {least} to {most}",
        lambda given, name: whole_given(given, name, least, most),
        usual is not None,
        usual,
    )


def _word(says: str) -> Parameter:
    def read(given: Assessment, name: str) -> str:
        found = given.parameters.get(name)
        if not isinstance(found, str) or not 0 < len(found) <= _LONGEST:
            raise BadInput(f"{_DESK}: the parameter {name} must be a short word.")
        return found

    return Parameter(says, read)


def _several(what: str, kind: Any, most: int, optional: bool = False) -> Parameter:
    """A list or mapping of so many at most."""

    def read(given: Assessment, name: str) -> Any:
        found = typed_given(given, name, kind)
        if len(found) > most:
            raise BadInput(f"{_DESK}: the parameter {name} names more than {most}.")
        if not found and not optional:
            raise BadInput(f"{_DESK}: the parameter {name} is empty: it must name {what}.")
        return found

    return Parameter(f"{what}, up to {most}", read, optional, [])


def _parties() -> Parameter:
    """Regions or importers, each once."""

    def read(given: Assessment, name: str) -> list[str]:
        found: list[str] = typed_given(given, name, list[str])
        if len(found) > 12:
            raise BadInput(f"{_DESK}: the parameter {name} names more than 12.")
        if not found or len(set(found)) < len(found):
            raise BadInput(f"{_DESK}: the parameter {name} must be 1 to 12 different names.")
        return found

    return Parameter("1 to 12 different names", read)


def _typed(says: str, kind: Any, optional: bool = False, usual: Any = None) -> Parameter:
    return Parameter(says, lambda given, name: typed_given(given, name, kind), optional, usual)


_NAMES, _AMOUNTS = list[str], dict[str, float]
_RANGES = _typed(
    "low, high, base by name, where they are not its own", naming.RangesGiven, optional=True
)

_TRADE = {
    "parties": _parties(),
    "stages": _several("stages", _NAMES, 60, optional=True),
    "codes": _several("six-digit codes", _NAMES, 60, optional=True),
    "years": _several("years", list[int], 60, optional=True),
    "top": _whole(1, 50, usual=10),
}
_SCENARIO = {
    "scenario": _word(f"one of {', '.join(naming.SCENARIOS)}"),
    "asked": _typed("what it is made of", dict[str, Any]),
    "ranges": _RANGES,
    "design": _typed("size, seed, confidence", Design, optional=True, usual=Design().document),
}

_ALL = (
    Question(evidence.POINTS, Of.CHAIN, {}, evidence.assess_points),
    Question(
        evidence.LOSS,
        Of.CHAIN,
        {
            "supplier": _word("a maker by its three letters"),
            "days": _whole(1, 365),
            "parties": _parties(),
            "stages": _several("stages", _NAMES, 60, optional=True),
            "stock": _typed("days of stock where no source prints any", float | None, True),
        },
        evidence.assess_loss,
    ),
    Question(
        evidence.WAY_ROUND,
        Of.TABLE,
        {
            "lost": _several("shares by cell or region", _AMOUNTS, 60),
            "parties": _parties(),
            "assumed": _typed("what no table says", Assumed, True, Assumed().document),
        },
        evidence.assess_resource,
    ),
    Question(
        table_evidence.RELIANCE,
        Of.TABLE,
        {"buyer": _typed("a cell or a region", str)},
        table_evidence.assess_reliance,
    ),
    Question(
        table_evidence.VIEW,
        Of.TABLE,
        {"parties": _parties(), "top": _whole(1, _CELLS)},
        table_evidence.assess_view,
    ),
    Question(
        table_evidence.ON,
        Of.TABLE,
        {
            "buyer": _typed("a cell or a region", str),
            "sellers": _several("cells or regions", _NAMES, _CELLS),
        },
        table_evidence.assess_on,
    ),
    Question(
        table_evidence.MUTUAL,
        Of.TABLES,
        {"parties": _parties()},
        lambda given, **asked: table_evidence.assess_mutual(*given, **asked),
    ),
    Question(
        table_evidence.DEMANDS,
        Of.TABLE,
        {"changes": _several("money by cell", _AMOUNTS, _CELLS)},
        table_evidence.assess_demands,
    ),
    Question(
        table_evidence.COSTS,
        Of.TABLE,
        {"added": _several("shares of the price by cell", _AMOUNTS, _CELLS)},
        table_evidence.assess_costs,
    ),
    Question(
        table_evidence.EMBARGO,
        Of.TABLE,
        {
            "sellers": _several("cells or regions", _NAMES, _CELLS),
            "buyers": _several("cells or regions", _NAMES, _CELLS),
            "share": _typed("a share above 0, up to 1", float),
        },
        table_evidence.assess_embargo,
    ),
    Question(
        table_evidence.SHORTAGE,
        Of.TABLE,
        {"missing": _several("shares by cell or region", _AMOUNTS, _CELLS)},
        table_evidence.assess_shortage,
    ),
    Question(
        days_evidence.QUESTION,
        Of.TABLE,
        {
            "scenario": Parameter(
                "what happens, up to 60 events or places", days_evidence.scenario_given
            ),
            "days": _whole(1, LONGEST),
            "parties": _parties(),
        },
        days_evidence.assess_days,
    ),
    Question(
        assessing.QUESTION,
        Of.TRADE,
        _TRADE,
        lambda given, **asked: assessing.assess_trade(*given, **asked),
    ),
    Question(naming.RANGES, Of.EITHER, _SCENARIO, naming.assess_scenario),
    Question(
        pathed_evidence.PATHS,
        Of.TABLE,
        {
            "asked": _SCENARIO["asked"],
            "every": _whole(1, 1100, usual=7),
            "ranges": _RANGES,
            "size": _whole(2, 1024),
            "seed": _whole(1, 2**32 - 1, usual=1),
        },
        pathed_evidence.assess_outage_paths,
    ),
)

QUESTIONS: Mapping[str, Question] = {one.name: one for one in _ALL}
"""All of them, by name."""


def question_named(name: str) -> Question:
    """The question of a name; BadInput for one that this desk does not have."""
    if name not in QUESTIONS:
        raise BadInput(
            f"{_DESK}: {name[:40]!r} is no question of this desk; it has {', '.join(QUESTIONS)}."
        )
    return QUESTIONS[name]


def assess(question: str, given: Given, **parameters: Any) -> Assessment:
    """Ask a question of this desk of a table, a chain or trade, and get what can be tabled.

    Parameters are values of this desk (`Scenario`, `Assumed`, tuples) or of JSON. BadInput names a
    parameter that is missing, not known, out of bounds or not what it should be, or is the room's.
    """
    found = question_named(question)
    usual = {name: one.usual for name, one in found.parameters.items() if one.optional}
    plain = {name: _plain(name, value) for name, value in parameters.items()}
    return _answered(found, given, {**usual, **plain})


def again(assessment: Assessment, given: Given) -> Assessment:
    """Work out once more what somebody tabled, from a table, a chain or trade that is here.

    `evidence.differences` of both documents says whether it is the same. BadInput as `assess`. What
    was tabled when tables were no layers yet is found again without them, as it stands.
    """
    question = question_named(assessment.question)
    found = _answered(question, given, _asked(question, assessment))
    return table_evidence.as_tabled(found, assessment)


def askable(assessment: Assessment) -> Assessment:
    """The same assessment, if another capital can read its parameters; BadInput if it cannot."""
    found = question_named(assessment.question)
    _read(found, _asked(found, assessment))
    return assessment


def _answered(question: Question, given: Given, asked: Mapping[str, Any]) -> Assessment:
    several = question.of in (Of.TRADE, Of.TABLES)
    parts = given if several and isinstance(given, tuple) else () if several else (given,)
    if not parts or not all(isinstance(one, _KINDS[question.of]) for one in parts):
        raise BadInput(
            f"{_DESK}: {question.name!r} is asked of {question.of.value}, not of a "
            f"{type(given).__name__}."
        )
    return question.answer(given, **_read(question, asked))


def _asked(question: Question, assessment: Assessment) -> dict[str, Any]:
    """The parameters of an assessment without those that name what it is asked of."""
    names = _NAMED_BY[question.of_which(assessment)]
    return {name: one for name, one in assessment.parameters.items() if name not in names}


def _read(question: Question, asked: Mapping[str, Any]) -> dict[str, Any]:
    takes = ", ".join(question.parameters) or "no parameter"
    for name in asked:
        if name not in question.parameters:
            raise BadInput(f"{_DESK}: {question.name!r} takes {takes}, and not {name[:40]!r}.")
    for name in question.parameters:
        if name not in asked:
            raise BadInput(f"{_DESK}: {question.name!r} also needs the parameter {name}.")
    told = Assessment(_DESK, question.name, (), asked, {})
    return {name: one.read(told, name) for name, one in question.parameters.items()}


def _plain(name: str, value: Any) -> Any:
    """A value of this desk as JSON holds it."""
    try:
        found = msgspec.to_builtins(value, enc_hook=_simple)
        for place, one in _not_finite(found):
            raise ValueError(f"{place or 'it'} must be a finite number, not {one}")
        bytes_of(found)
    except (TypeError, ValueError) as fault:
        raise BadInput(f"{_DESK}: the parameter {name}: {fault}.") from fault
    return found


def _not_finite(value: Any, place: str = "") -> Iterator[tuple[str, float]]:
    """The numbers of a value that JSON cannot hold, each with its place."""
    if isinstance(value, float) and not isfinite(value):
        yield place, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _not_finite(one, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from _not_finite(one, f"{place}[{at}]")


def _simple(value: Any) -> Any:
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} cannot stand in a document")
