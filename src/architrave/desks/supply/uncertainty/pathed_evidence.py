"""Paths with their bands, so that another capital can find them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.supply.basis import assessed_of
from architrave.desks.supply.table import Table
from architrave.desks.supply.uncertainty.answering import Design
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.naming import (
    RangesGiven,
    asked_of,
    chosen_ranges,
    scenario_of,
)
from architrave.desks.supply.uncertainty.pathed import Banded, OutagePaths, banded
from architrave.desks.supply.uncertainty.variance import salib_version

__all__ = ["PATHS", "assess_outage_paths", "assess_paths"]

PATHS = "output after a loss, with a band"
"""The question of an assessment."""

_DAYS = 1100


def assess_paths(found: Banded) -> Assessment:
    """What was found, with the table's digest, the loss, the ranges, the size and the seed."""
    outage = found.scenario.outage
    asked = {
        "asked": asked_of(outage),
        "every": found.scenario.every,
        "ranges": [one.document for one in found.ranges],
        "size": found.design.size, "seed": found.design.seed,
    }  # fmt: skip
    return assessed_of(PATHS, outage.table, asked, found.document, salib=salib_version())


def assess_outage_paths(
    table: Table, asked: Mapping[str, Any], every: int, ranges: RangesGiven, size: int, seed: int
) -> Assessment:
    """The same from a document: an outage (`OutageDays`) over `chosen_ranges`.

    BadInput for what is none, or asks for too much work.
    """
    outage = scenario_of("outage", asked, table)
    assert isinstance(outage, OutageDays)
    if outage.days > _DAYS:
        raise BadInput(f"supply: the parameter asked follows more than {_DAYS} days.")
    scenario = OutagePaths(outage, every)
    chosen = chosen_ranges(ranges, scenario)
    return assess_paths(banded(scenario, chosen, Design(size, seed)))
