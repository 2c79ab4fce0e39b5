"""Scenarios by name and as documents, and what was found over them as an assessment.

The names are those of the verbs. The document of a scenario holds what it was made with, but for
its table or chain, which another capital has by digest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, get_type_hints

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.supply.basis import named, versions
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.table import Table
from architrave.desks.supply.uncertainty.answering import Design, Ranged, uncertain
from architrave.desks.supply.uncertainty.chained import ChainLoss
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.ranges import Kind, Range, Scenario, with_ranges
from architrave.desks.supply.uncertainty.resourced import Resourcing
from architrave.desks.supply.uncertainty.shocked import CostRise, DemandChange
from architrave.desks.supply.uncertainty.stopped import Embargo, Shortage
from architrave.desks.supply.uncertainty.variance import salib_version

__all__ = [
    "RANGES",
    "SCENARIOS",
    "Named",
    "RangeGiven",
    "RangesGiven",
    "asked_of",
    "assess_ranged",
    "assess_scenario",
    "chosen_ranges",
    "scenario_of",
]

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
_MISSING = dataclasses.MISSING


@dataclasses.dataclass(frozen=True, slots=True)
class RangeGiven:
    """A range as a document of somebody else has it (`ranges.Range.document`)."""

    name: str
    low: float
    high: float | None
    base: float
    kind: Kind
    source: str


RangesGiven = list[RangeGiven] | dict[str, tuple[float, float | None, float | None]] | None
"""A scenario's own ranges, all as a document has them, or others by name: low, high, base."""


def scenario_of(name: str, asked: Mapping[str, Any], source: Table | Chain) -> Named:
    """The scenario of a name from its document; BadInput naming a field that does not belong."""
    if name not in SCENARIOS:
        raise BadInput(f"supply: {name[:40]!r} is no scenario, only {', '.join(SCENARIOS)}.")
    made = SCENARIOS[name]
    hints = get_type_hints(made)
    first, *rest = (one.name for one in dataclasses.fields(made))
    own = {one.name for one in dataclasses.fields(made) if one.default_factory is not _MISSING}
    if not set(rest) - own <= set(asked) <= set(rest):
        raise BadInput(f"supply: the scenario {name} is asked with {', '.join(rest)}.")
    if not isinstance(source, hints[first]):
        raise BadInput(f"supply: the scenario {name} is of a {first}, and none is given.")
    values = {}
    for field in (one for one in rest if one in asked):
        given = asked[field]
        if isinstance(given, list | tuple | dict) and len(given) > _MOST:
            raise BadInput(f"supply: the field {field} names more than {_MOST}.")
        try:
            values[field] = msgspec.convert(given, type=hints[field])
        except msgspec.ValidationError as fault:
            raise BadInput(f"supply: the field {field} of {name}: {fault}.") from fault
    return made(**{first: source, **values})


def asked_of(scenario: Named) -> dict[str, Any]:
    """What a scenario was made with but for its table or chain, as its document has it.

    What nobody has to say is left out where nobody said it.
    """
    _, *rest = dataclasses.fields(scenario)
    given = {one.name: getattr(scenario, one.name) for one in rest}
    said = {
        one.name: given[one.name]
        for one in rest
        if one.default_factory is _MISSING or given[one.name]
    }
    found: dict[str, Any] = msgspec.to_builtins(said)
    return found


def assess_ranged(scenario: Named, found: Ranged) -> Assessment:
    """What was found over the ranges of a scenario, with all that finds it again."""
    name = next(key for key, made in SCENARIOS.items() if isinstance(scenario, made))
    asked = asked_of(scenario)
    parameters = {
        "scenario": name,
        "asked": asked,
        "ranges": [one.document for one in found.ranges],
        "design": found.design.document,
        **_named(scenario),
    }
    used = {**versions(), "salib": salib_version()}
    layers = scenario.basis.layers if isinstance(scenario, ChainLoss) else (scenario.table.layer,)
    return Assessment("supply", RANGES, layers, parameters, found.document, used)


def assess_scenario(
    source: Table | Chain,
    scenario: str,
    asked: Mapping[str, Any],
    ranges: RangesGiven,
    design: Design,
) -> Assessment:
    """A scenario by its name, as its document has it, over `chosen_ranges`."""
    made = scenario_of(scenario, asked, source)
    return assess_ranged(made, uncertain(made, chosen_ranges(ranges, made), design))


def chosen_ranges(given: RangesGiven, scenario: Scenario) -> tuple[Range, ...]:
    """The ranges that are meant; BadInput for names that are not the scenario's.

    A range that is not the scenario's own is known as assumed, whatever source it claims.
    """
    if isinstance(given, Mapping):
        return with_ranges(scenario.ranges, given)
    return with_ranges(scenario.ranges, {} if given is None else _others(given, scenario))


def _others(
    told: Sequence[RangeGiven], scenario: Scenario
) -> dict[str, tuple[float, float | None, float | None]]:
    """The ranges in a document that are not the scenario's own, by name."""
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
    return named(scenario.table)
