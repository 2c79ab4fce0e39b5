"""BoARIO as an oracle: the same scenario through its own door, in an interpreter of its own.

BoARIO (GPL) is no part of the product, and what it needs would change our own environment: it runs
in a process of the interpreter that `ARCHITRAVE_BOARIO` names, from `boario_run.py` beside this.

Days differ by how events are told apart. BoARIO's `duration` is followed by a day at the full loss,
on which recovery begins, and an "arbitrary" loss of capacity is felt one day after it occurs. It
rounds what is left of a loss by its monetary factor, and takes an input that is bought for less
than 1e-5 of a DAY's output in a YEAR as none.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Outage,
    Scenario,
)
from architrave.desks.supply.table import Matrix, Table

VARIABLE = "ARCHITRAVE_BOARIO"
NEGLIGIBLE = 1e-5 / 365
"""What BoARIO takes as no input at all, as a share of output."""
_SHAPES = {"linear": "linear", "convex": "convexe", "concave": "concave"}
_FINE = 10**12
"""A monetary factor at which BoARIO rounds to thirteen places."""


@dataclass(frozen=True, eq=False)
class Oracle:
    """Production, days x N in the table's order, and the processor's seconds that the days took."""

    production: Matrix
    seconds: float


def interpreter() -> str | None:
    """The interpreter that has BoARIO; None if none is named."""
    return os.environ.get(VARIABLE) or None


def oracle(python: str, table: Table, scenario: Scenario, days: int) -> Oracle:
    """BoARIO's answer; CalledProcessError if it fails, with what it said."""
    Y = table.Y.copy()
    missing = table.x - table.Z.sum(axis=1) - table.f
    home = np.repeat(np.arange(len(table.regions)), len(table.sectors)) * len(table.categories)
    Y[np.arange(table.size), home] += missing
    with tempfile.TemporaryDirectory() as folder:
        arrays, case, out = (Path(folder) / name for name in ("a.npz", "case.json", "out.npz"))
        np.savez(arrays, Z=table.Z, Y=Y, x=table.x)
        case.write_text(json.dumps(_case(table, scenario, days)), encoding="utf-8")
        script = Path(__file__).with_name("boario_run.py")
        command = [python, str(script), str(arrays), str(case), str(out)]
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
        with np.load(out) as found:
            return Oracle(found["production"], float(found["seconds"]))


def _case(table: Table, scenario: Scenario, days: int) -> dict[str, Any]:
    given = scenario.parameters
    assert not scenario.routes, "BoARIO has no routes"
    assert not given.alpha_of, "BoARIO has one such limit for all"
    assert given.negligible == NEGLIGIBLE, "BoARIO's own threshold"
    stocks = {name: given.stocks.get(name, given.stock) for name in table.sectors}
    capital = {name: given.capital_of.get(name, given.capital) for name in table.sectors}
    return {
        "regions": table.regions,
        "sectors": table.sectors,
        "categories": table.categories,
        "days": days,
        "model": {
            "order_type": "noalt" if given.orders == "usual" else "alt",
            "alpha_base": given.alpha_base,
            "alpha_max": given.alpha_max,
            "alpha_tau": given.alpha_tau,
            "monetary_factor": _FINE,
            "infinite_inventories_sect": list(given.endless),
            "inventory_dict": stocks,
            "psi_param": given.psi,
            "inventory_restoration_tau": int(given.restoring),
            "productive_capital_to_VA_dict": capital,
        },
        "events": [
            *(_outage(one) for one in scenario.outages),
            *(_destruction(one) for one in scenario.destructions),
        ],
    }


def _outage(one: Outage) -> dict[str, Any]:
    assert one.recovery is not None
    assert one.start > 1
    assert one.days > 2
    return {
        "event_type": "arbitrary",
        "impact": dict(one.lost),
        "occurrence": one.start - 1,
        "duration": one.days - 2,
        "recovery_tau": one.recovery.days,
        "recovery_function": _SHAPES[one.recovery.shape],
    }


def _destruction(one: Destruction) -> dict[str, Any]:
    said: dict[str, Any] = {
        "impact": dict(one.destroyed),
        "occurrence": one.start,
        "event_monetary_factor": _FINE,
    }
    if one.recovery is not None:
        return said | {
            "event_type": "recovery",
            "duration": one.days - 2,
            "recovery_tau": one.recovery.days,
            "recovery_function": _SHAPES[one.recovery.shape],
        }
    assert one.rebuilding is not None
    assert not one.rebuilding.at_home
    return said | {
        "event_type": "rebuild",
        "duration": one.days,
        "rebuild_tau": one.rebuilding.tau,
        "rebuilding_sectors": dict(one.rebuilding.sectors),
        "rebuilding_factor": one.rebuilding.factor,
    }
