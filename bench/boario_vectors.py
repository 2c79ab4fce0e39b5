"""Production that BoARIO gives on the small table of 2011, for a few cells and days of five cases.

    ARCHITRAVE_BOARIO=PYTHON python -m bench.boario_vectors > tests/vectors/supply/dynamics.json

writes the file anew; the interpreter named there has BoARIO (docs/desks/supply-dynamics.md).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Outage,
    Parameters,
    Rebuilding,
    Recovery,
    Scenario,
)
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import Table
from bench.boario_oracle import NEGLIGIBLE, interpreter, oracle

DAYS = 365
SHOWN = (0, 4, 5, 6, 10, 25, 26, 40, 60, 90, 120, 180, 240, 364)
CELLS = (
    "JPN:ELE", "JPN:MIN", "JPN:CON", "KOR:ELE", "KOR:CHM", "USA:TRQ", "TWN:ELE", "CHN:CON",
)  # fmt: skip


def destroyed(table: Table, shares: Mapping[str, float]) -> dict[str, float]:
    """Money from shares of capital, which is four years' value added."""
    return {name: 4.0 * share * float(table.v[table.cell(name)]) for name, share in shares.items()}


def cases(table: Table) -> dict[str, Scenario]:
    """What is compared: each recovery, both ways to order, short stocks, rationing."""
    half = destroyed(table, {"JPN:ELE": 0.5})
    several = destroyed(table, {"JPN:ELE": 0.05, "JPN:CON": 0.04})
    other = destroyed(table, {"KOR:CHM": 0.3})
    trades = {"CON": 0.7, "MAC": 0.3}
    return {
        "linear, usual orders": Scenario(
            destructions=(Destruction(half, 5, 20, Recovery(60)),),
            parameters=Parameters(negligible=NEGLIGIBLE),
        ),
        "two at once, concave and convex, orders by capacity": Scenario(
            destructions=(
                Destruction(half, 5, 20, Recovery(60, "concave")),
                Destruction(other, 30, 10, Recovery(90, "convex")),
            ),
            parameters=Parameters(negligible=NEGLIGIBLE, orders="can make"),
        ),
        "short stocks": Scenario(
            destructions=(Destruction(half, 5, 20, Recovery(60)),),
            parameters=Parameters(
                negligible=NEGLIGIBLE, stock=30.0, stocks={"PET": 20.0, "MIN": 45.0},
                endless=("OSV", "TRD"), restoring=40.0, alpha_max=1.4, alpha_tau=180.0,
            ),
        ),
        "rebuilt by two sectors, rationed": Scenario(
            destructions=(
                Destruction(several, 5, 20, rebuilding=Rebuilding(trades, 60, 1.5)),
                Destruction(other, 40, 10, rebuilding=Rebuilding(trades, 90)),
            ),
            parameters=Parameters(negligible=NEGLIGIBLE, endless=("CON",), capital=4.0),
        ),
        "capacity lost as a share": Scenario(
            outages=(Outage({"JPN:ELE": 0.5, "JPN:TRN": 0.2}, 5, 20, Recovery(50)),),
            parameters=Parameters(negligible=NEGLIGIBLE, psi=0.9, stock=60.0),
        ),
    }  # fmt: skip


def main() -> int:
    """Print the file."""
    python = interpreter()
    if python is None:
        print("ARCHITRAVE_BOARIO names no interpreter.", file=sys.stderr)
        return 2
    table = figures()
    at = [table.cell(name) for name in CELLS]
    found = {
        name: oracle(python, table, scenario, DAYS).production[list(SHOWN)][:, at].tolist()
        for name, scenario in cases(table).items()
    }
    about = (
        "Production by day (rows) and cell (columns), money a day; python -m bench.boario_vectors"
    )
    said = {"about": about, "boario": "0.7.2", "table": table.digest, "days": SHOWN,
            "cells": CELLS, "made": found}  # fmt: skip
    print(json.dumps(said, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
