"""Scenarios by name and as documents, and what was found over them as an assessment.

The names are those of the verbs. The document of a scenario holds what it was made with, but for
its table or chain, which another capital has by digest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import typed_given
from architrave.desks.supply.basis import versions
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.table import Table
from architrave.desks.supply.uncertainty.answering import Design, Ranged, uncertain
from architrave.desks.supply.uncertainty.chained import ChainLoss
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.ranges import Kind, Scenario, with_ranges
from architrave.desks.supply.uncertainty.resourced import Resourcing
from architrave.desks.supply.uncertainty.shocked import CostRise, DemandChange
from architrave.desks.supply.uncertainty.stopped import Embargo, Shortage
from architrave.desks.supply.uncertainty.variance import salib_version

__all__ = [
    "RANGES", "SCENARIOS", "Named", "assess_ranged", "other_ranges", "rerun_ranged", "scenario_of",
]  # fmt: skip

RANGES = "which assumption matters"
"""The question of an assessment."""

Named = Resourcing | Embargo | Shortage | DemandChange | CostRise | OutageDays | ChainLoss
"""The scenarios that have a name, and so can be tabled."""

SCENARIOS: Mapping[str, type[Named]] = {
    "resource": Resourcing,
    "embargo": Embargo,
    "shortage": Shortage,
    "demand": DemandChange,
    "price": CostRise,
    "outage": OutageDays,
    "lose": ChainLoss,
}
"""By name; the first field of each is its table or its chain."""

_MOST = 60


@dataclasses.dataclass(frozen=True, slots=True)
class _RangeGiven:
    name: str
    low: float
    high: float | None
    base: float
    kind: Kind
    source: str


def scenario_of(name: str, asked: Mapping[str, Any], source: Table | Chain) -> Named:
    """The scenario of a name from its document; BadInput naming a field that does not belong."""
    if name not in SCENARIOS:
        raise BadInput(f"supply: {name[:40]!r} is no scenario, only {', '.join(SCENARIOS)}.")
    made = SCENARIOS[name]
    hints = get_type_hints(made)
    first, *rest = (one.name for one in dataclasses.fields(made))
    if set(asked) != set(rest):
        raise BadInput(f"supply: the scenario {name} is asked with {', '.join(rest)}.")
    values = {}
    for field in rest:
        given = asked[field]
        if isinstance(given, list | tuple | dict) and len(given) > _MOST:
            raise BadInput(f"supply: the field {field} names more than {_MOST}.")
        try:
            values[field] = msgspec.convert(given, type=hints[field])
        except msgspec.ValidationError as fault:
            raise BadInput(f"supply: the field {field} of {name}: {fault}.") from fault
    return made(**{first: source, **values})


def assess_ranged(scenario: Named, found: Ranged) -> Assessment:
    """What was found over the ranges of a scenario, with all that finds it again."""
    name = next(key for key, made in SCENARIOS.items() if isinstance(scenario, made))
    _, *rest = (one.name for one in dataclasses.fields(scenario))
    asked = msgspec.to_builtins({field: getattr(scenario, field) for field in rest})
    parameters = {
        "scenario": name,
        "asked": asked,
        "ranges": [one.document for one in found.ranges],
        "design": found.design.document,
        **_named(scenario),
    }
    used = {**versions(), "salib": salib_version()}
    layers = scenario.chain.layers if isinstance(scenario, ChainLoss) else ()
    return Assessment("supply", RANGES, layers, parameters, found.document, used)


def rerun_ranged(
    given: Assessment, table: Callable[[], Table], chain: Callable[[], Chain]
) -> Assessment:
    """Work an assessment out again, with the table or the chain that is here.

    A range that is not the scenario's own is known as assumed, whatever source it claims.
    """
    name = typed_given(given, "scenario", str)
    asked = typed_given(given, "asked", dict[str, Any])
    scenario = scenario_of(name, asked, chain() if name == "lose" else table())
    design = typed_given(given, "design", Design)
    ranges = with_ranges(scenario.ranges, other_ranges(given, scenario))
    return assess_ranged(scenario, uncertain(scenario, ranges, design))


def other_ranges(
    given: Assessment, scenario: Scenario
) -> dict[str, tuple[float, float | None, float | None]]:
    """The ranges in a document that are not the scenario's own, by name."""
    told = typed_given(given, "ranges", list[_RangeGiven])
    own = {one.name: (one.low, one.high, one.at) for one in scenario.ranges}
    if [one.name for one in told] != list(own):
        raise BadInput(f"supply: the ranges must be {', '.join(own)}.")
    return {
        one.name: (one.low, one.high, one.base)
        for one in told
        if (one.low, one.high, one.base) != own[one.name]
    }


def _named(scenario: Named) -> dict[str, Any]:
    if isinstance(scenario, ChainLoss):
        return {"chain": scenario.chain.name}
    table = scenario.table
    return {"table": table.digest, "table_name": table.name, "table_year": table.year}
