"""Paths with their bands, so that another capital can find them again."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import typed_given, whole_given
from architrave.desks.supply.basis import versions
from architrave.desks.supply.table import Table
from architrave.desks.supply.uncertainty.answering import Design
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.naming import other_ranges, scenario_of
from architrave.desks.supply.uncertainty.pathed import Banded, OutagePaths, banded
from architrave.desks.supply.uncertainty.ranges import with_ranges
from architrave.desks.supply.uncertainty.variance import salib_version

__all__ = ["PATHS", "assess_paths", "rerun_paths"]

PATHS = "output after a loss, with a band"
"""The question of an assessment."""

_DAYS, _SIZE = 1100, 1024


def assess_paths(found: Banded) -> Assessment:
    """What was found, with the table's digest, the loss, the ranges, the size and the seed."""
    outage = found.scenario.outage
    _, *fields = (one.name for one in dataclasses.fields(outage))
    table = outage.table
    parameters = {
        "table": table.digest, "table_name": table.name, "table_year": table.year,
        "asked": msgspec.to_builtins({field: getattr(outage, field) for field in fields}),
        "every": found.scenario.every,
        "ranges": [one.document for one in found.ranges],
        "size": found.design.size, "seed": found.design.seed,
    }  # fmt: skip
    used = {**versions(), "salib": salib_version()}
    return Assessment("supply", PATHS, (), parameters, found.document, used)


def rerun_paths(table: Table, given: Assessment) -> Assessment:
    """Work it out again; BadInput for a parameter that is none, or asks for too much work.

    A range that is not the desk's own is known as assumed, whatever source it claims.
    """
    outage = scenario_of("outage", typed_given(given, "asked", dict[str, Any]), table)
    assert isinstance(outage, OutageDays)
    if outage.days > _DAYS:
        raise BadInput(f"supply: the parameter asked follows more than {_DAYS} days.")
    every = whole_given(given, "every", 1, _DAYS)
    size, seed = whole_given(given, "size", 2, _SIZE), whole_given(given, "seed", 1, 2**32 - 1)
    scenario = OutagePaths(outage, every)
    ranges = with_ranges(scenario.ranges, other_ranges(given, scenario))
    return assess_paths(banded(scenario, ranges, Design(size, seed)))
