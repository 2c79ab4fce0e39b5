"""What was found on an input-output table, so that another capital can find it again.

The table is a layer, by the digest of its numbers, and what is lumped in it stands among the
parameters. Whoever works it out again has the same table: the small one that comes along or a file
of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.supply.basis import assessed_of, assessed_of_all
from architrave.desks.supply.exposure.dependence import reliance
from architrave.desks.supply.exposure.extraction import screen
from architrave.desks.supply.exposure.mutual import mutual
from architrave.desks.supply.exposure.pairs import dependency
from architrave.desks.supply.exposure.views import shared_view
from architrave.desks.supply.factored import factored
from architrave.desks.supply.shocks import cost_shock, demand_shock
from architrave.desks.supply.stoppages import CLOSINGS, Stoppage, embargo, shortage
from architrave.desks.supply.table import Table, Vector

__all__ = [
    "COSTS",
    "DEMANDS",
    "EMBARGO",
    "MOST_TABLES",
    "MUTUAL",
    "ON",
    "RELIANCE",
    "SHORTAGE",
    "VIEW",
    "as_tabled",
    "assess_costs",
    "assess_demands",
    "assess_embargo",
    "assess_mutual",
    "assess_on",
    "assess_reliance",
    "assess_shortage",
    "assess_view",
    "tables_named",
]

RELIANCE, VIEW = "where inputs come from", "on what most hangs"
DEMANDS, COSTS = "demand changes", "costs rise"
ON, MUTUAL = "how far one depends on another", "mutual dependence by year"
EMBARGO, SHORTAGE = "an embargo", "a shortage"

MOST_TABLES = 32
"""As many as an assessment that somebody else reads may have layers (`desks.tabling`)."""
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
    return assessed_of(RELIANCE, table, {"buyer": buyer}, result)


def assess_on(table: Table, buyer: str, sellers: Sequence[str]) -> Assessment:
    """How far a buyer depends on each of some sellers (`exposure.pairs.dependency`).

    None where the seller sells nothing, 0 for less than a hundred-thousandth.
    """
    found = [dependency(factored(table), buyer, one) for one in sellers]
    shares = ("bought", "through", "sold", "passed_on")
    result = {
        one.seller: {
            name: None if part is None else _told(part, 1.0)
            for name, part in ((name, getattr(one, name)) for name in shares)
        }
        for one in found
    }
    return assessed_of(ON, table, {"buyer": buyer, "sellers": list(sellers)}, result)


def assess_mutual(*tables: Table, parties: Sequence[str]) -> Assessment:
    """How parties depend on each other in each table's year (`exposure.mutual.mutual`).

    BadInput for more tables than an assessment may name.
    """
    if len(tables) > MOST_TABLES:
        raise BadInput(f"supply: an answer rests on {MOST_TABLES} tables at most.")
    found = mutual(tables, parties)
    result: dict[str, Any] = {}
    for row in found.rows:
        of = result.setdefault(str(row.year), {}).setdefault(row.of, {})
        of[row.by] = {"supplies": row.supplies, "earns": row.earns}
    ordered = sorted(tables, key=lambda one: one.year)
    return assessed_of_all(MUTUAL, ordered, {"parties": list(parties)}, result)


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
    return assessed_of(VIEW, table, {"parties": list(parties), "top": top}, result)


def assess_demands(table: Table, changes: Mapping[str, float]) -> Assessment:
    """What is made more or less where final demand for cells changes, in the table's money."""
    found = demand_shock(factored(table), _by_cell(table, changes)).change
    return assessed_of(DEMANDS, table, {"changes": dict(changes)}, _cells(table, found))


def assess_costs(table: Table, added: Mapping[str, float]) -> Assessment:
    """What everything costs more where primary cost rises, as a share of each price."""
    found = cost_shock(factored(table), _by_cell(table, added)).change
    return assessed_of(COSTS, table, {"added": dict(added)}, _cells(table, found))


def assess_embargo(
    table: Table, sellers: Sequence[str], buyers: Sequence[str], share: float
) -> Assessment:
    """What follows where some sell others no inputs, told three times (`stoppages.embargo`)."""
    found = embargo(factored(table), sellers, buyers, share)
    asked = {"sellers": list(sellers), "buyers": list(buyers), "share": share}
    return assessed_of(EMBARGO, table, asked, _tellings(found))


def assess_shortage(table: Table, missing: Mapping[str, float]) -> Assessment:
    """What follows where cells make less, told three times (`stoppages.shortage`)."""
    found = shortage(factored(table), missing)
    return assessed_of(SHORTAGE, table, {"missing": dict(missing)}, _tellings(found))


def as_tabled(found: Assessment, tabled: Assessment) -> Assessment:
    """What was found again, without layers where an older document names its table without them.

    Tables were no layers once, and what is lumped in them no parameter.
    """
    before = found.parameters.keys() - {"table_lumping"}
    if tabled.layers or "table" not in before or tabled.parameters.keys() != before:
        return found
    return replace(
        found,
        layers=(),
        parameters={name: one for name, one in found.parameters.items() if name in before},
    )


def tables_named(assessment: Assessment) -> list[str]:
    """The digests of the tables that an assessment is of, in order; BadInput if it names none."""
    given = assessment.parameters.get("tables")
    rows = given if isinstance(given, list) else []
    found = [one.get("table") for one in rows if isinstance(one, Mapping)]
    texts = [one for one in found if isinstance(one, str)]
    if not 0 < len(texts) == len(rows) == len(set(texts)) <= MOST_TABLES:
        raise BadInput(
            f"supply: the parameter tables must be 1 to {MOST_TABLES} different tables, each by "
            "its digest."
        )
    return texts


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
