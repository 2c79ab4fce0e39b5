"""What days after a shock cost, so that another capital can find it again.

Money is rounded to thousandths of the table's unit, days to millionths: a loss is a small
difference of large sums, whose last figures are another machine's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import typed_given
from architrave.desks.supply.basis import assessed_of
from architrave.desks.supply.dynamics.paths import paths
from architrave.desks.supply.dynamics.scenario import Scenario
from architrave.desks.supply.factored import factored
from architrave.desks.supply.table import Table

__all__ = ["QUESTION", "assess_days", "scenario_given"]

QUESTION = "days after a shock"
"""What is asked, in the words of an assessment."""
_EVENTS, _PARTIES = 60, 12


def assess_days(table: Table, scenario: Scenario, days: int, parties: Sequence[str]) -> Assessment:
    """What the days after a shock cost each of the parties (`paths.Toll`).

    BadInput as `paths.paths`, for a party that is no region, or more than another capital would
    work out again: 60 events or places, 12 parties.
    """
    _require_bounded(scenario, parties)
    found = paths(factored(table), scenario, days)
    asked = {
        "scenario": msgspec.to_builtins(scenario), "days": days, "parties": list(parties),
    }  # fmt: skip
    result: dict[str, Any] = {"runaway": found.runaway}
    for party in parties:
        toll = found.toll(party)
        result[party] = {
            "lost": round(toll.lost, 3) + 0.0,
            "lost_days": round(toll.lost_days, 6) + 0.0,
            "missed": round(toll.missed, 3) + 0.0,
            "missed_days": round(toll.missed_days, 6) + 0.0,
            "lowest": round(toll.lowest, 9),
            "lowest_day": toll.lowest_day,
            "back": toll.back,
        }
    return assessed_of(QUESTION, table, asked, result)


def scenario_given(given: Assessment, name: str) -> Scenario:
    """A scenario that somebody else has written; BadInput if it is none, or too much work."""
    scenario: Scenario = typed_given(given, name, Scenario)
    _require_bounded(scenario, ())
    return scenario


def _require_bounded(scenario: Scenario, parties: Sequence[str]) -> None:
    """What is written can be worked out again: the same bounds hold for both."""
    named = sum(
        len(places)
        for places in (
            *(one.lost for one in scenario.outages),
            *(one.destroyed for one in scenario.destructions),
        )
    )
    if max(len(scenario.events), named) > _EVENTS:
        raise BadInput(f"supply: the parameter scenario has more than {_EVENTS} events or places.")
    if len(parties) > _PARTIES:
        raise BadInput(f"supply: the parameter parties names more than {_PARTIES}.")
