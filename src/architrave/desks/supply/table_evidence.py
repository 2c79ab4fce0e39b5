"""What was found on an input-output table, so that another capital can find it again.

The table goes in by the digest of its numbers, among the parameters: whoever works it out again has
the same table, the small one that comes along or a file of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from architrave.desks.evidence import Assessment
from architrave.desks.supply.basis import versions
from architrave.desks.supply.exposure.dependence import reliance
from architrave.desks.supply.exposure.extraction import screen
from architrave.desks.supply.exposure.views import shared_view
from architrave.desks.supply.factored import factored
from architrave.desks.supply.shocks import cost_shock, demand_shock
from architrave.desks.supply.stoppages import CLOSINGS, Stoppage, embargo, shortage
from architrave.desks.supply.table import Table, Vector

__all__ = [
    "COSTS",
    "DEMANDS",
    "EMBARGO",
    "RELIANCE",
    "SHORTAGE",
    "VIEW",
    "assess_costs",
    "assess_demands",
    "assess_embargo",
    "assess_reliance",
    "assess_shortage",
    "assess_view",
]

RELIANCE, VIEW = "where inputs come from", "on what most hangs"
DEMANDS, COSTS = "demand changes", "costs rise"
EMBARGO, SHORTAGE = "an embargo", "a shortage"

_DESK = "supply"
# What is smaller than this part of the largest is left out, or said to be 0: of the rest nine
# figures are the same wherever it is worked out, whatever the order in which sums are formed.
_CELL, _REGION = 1e-4, 1e-5


def assess_reliance(table: Table, buyer: str) -> Assessment:
    """Where a buyer's inputs come from (`exposure.dependence.reliance`)."""
    found = reliance(factored(table), buyer)
    result = {
        "face": dict(zip(found.face.regions, found.face.shares, strict=True)),
        "through": dict(zip(found.through.regions, found.through.shares, strict=True)),
        "concentration": found.concentration,
    }
    return _assessment(RELIANCE, table, {"buyer": buyer}, result)


def assess_view(table: Table, parties: Sequence[str], top: int) -> Assessment:
    """On which cells most hangs, for each alone and together (`exposure.views.shared_view`)."""
    found = shared_view(screen(factored(table)), parties, top)
    result = {
        "alone": {
            who: {one.cell: one.lost[0] for one in cells} for who, cells in found.alone.items()
        },
        "together": {
            one.cell: dict(zip(found.parties, one.lost, strict=True)) for one in found.together
        },
        "added": list(found.added),
    }
    return _assessment(VIEW, table, {"parties": list(parties), "top": top}, result)


def assess_demands(table: Table, changes: Mapping[str, float]) -> Assessment:
    """What is made more or less where final demand for cells changes, in the table's money."""
    found = demand_shock(factored(table), _by_cell(table, changes)).change
    return _assessment(DEMANDS, table, {"changes": dict(changes)}, _cells(table, found))


def assess_costs(table: Table, added: Mapping[str, float]) -> Assessment:
    """What everything costs more where primary cost rises, as a share of each price."""
    found = cost_shock(factored(table), _by_cell(table, added)).change
    return _assessment(COSTS, table, {"added": dict(added)}, _cells(table, found))


def assess_embargo(
    table: Table, sellers: Sequence[str], buyers: Sequence[str], share: float
) -> Assessment:
    """What follows where some sell others no inputs, told three times (`stoppages.embargo`)."""
    found = embargo(factored(table), sellers, buyers, share)
    asked = {"sellers": list(sellers), "buyers": list(buyers), "share": share}
    return _assessment(EMBARGO, table, asked, _tellings(found))


def assess_shortage(table: Table, missing: Mapping[str, float]) -> Assessment:
    """What follows where cells make less, told three times (`stoppages.shortage`)."""
    found = shortage(factored(table), missing)
    return _assessment(SHORTAGE, table, {"missing": dict(missing)}, _tellings(found))


def _by_cell(table: Table, named: Mapping[str, float]) -> Vector:
    values = np.zeros(table.size)
    for name, amount in named.items():
        values[table.cell(name)] += amount
    return values


def _cells(table: Table, change: Vector) -> dict[str, Any]:
    """The cells that change by more than a small part of the one that changes most."""
    size = float(np.abs(change).max())
    shown = np.flatnonzero(np.abs(change) > _CELL * size)
    return {"cells": {table.cells[at]: float(change[at]) for at in shown}}


def _tellings(found: Stoppage) -> dict[str, Any]:
    said = {name: found.by_region(getattr(found, name)) for name in CLOSINGS}
    size = max(float(np.abs(change).max()) for change in said.values())
    return {
        name: {
            "regions": {
                region: _told(float(one), size)
                for region, one in zip(found.table.regions, change, strict=True)
            },
            "unmet": _told(getattr(found, name).unmet, size),
        }
        for name, change in said.items()
    }


def _told(amount: float, size: float) -> float:
    return amount if abs(amount) > _REGION * size else 0.0


def _assessment(
    question: str, table: Table, asked: Mapping[str, Any], result: Mapping[str, Any]
) -> Assessment:
    named = {"table": table.digest, "table_name": table.name, "table_year": table.year}
    return Assessment(_DESK, question, (), {**named, **asked}, result, versions())
