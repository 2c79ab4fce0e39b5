"""Production by day beside BoARIO's: as frozen here always, and run anew where there is one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from supply_tables import wiod

from architrave.desks.supply.dynamics.paths import paths
from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Parameters,
    Rebuilding,
    Recovery,
    Scenario,
)
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import Table
from bench.boario_oracle import NEGLIGIBLE, VARIABLE, interpreter, oracle
from bench.boario_vectors import cases, destroyed

FROZEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "supply" / "dynamics.json").read_text("utf-8")
)
CASES = cases(figures())


def python() -> str:
    found = interpreter()
    if found is None:
        pytest.skip(f"{VARIABLE} names no interpreter that has BoARIO.")
    return found


def largest_difference(table: Table, scenario: Scenario, days: int) -> float:
    """The largest relative difference of any cell on any day."""
    theirs = oracle(python(), table, scenario, days).production
    ours = paths(factored(table), scenario, days).made
    made = table.x > 0
    assert (ours[:, ~made] == 0).all()
    return float((np.abs(ours - theirs)[:, made] / theirs[:, made]).max())


def test_the_frozen_paths_are_of_the_table_and_the_cases_that_stand_here() -> None:
    assert FROZEN["table"] == figures().digest
    assert list(FROZEN["made"]) == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_production_is_as_boario_froze_it(name: str) -> None:
    table, theirs = figures(), np.array(FROZEN["made"][name])
    found = paths(factored(table), CASES[name], max(FROZEN["days"]) + 1)
    ours = found.made[FROZEN["days"]][:, [table.cell(cell) for cell in FROZEN["cells"]]]
    assert ours == pytest.approx(theirs, rel=1e-9, abs=0.0)
    assert (theirs / theirs[0]).min() < 0.8


@pytest.mark.parametrize("name", CASES)
def test_every_cell_and_day_is_boarios(name: str) -> None:
    assert largest_difference(figures(), CASES[name], 365) < 1e-9


@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_every_cell_and_day_of_a_real_table_is_boarios(orders: Any) -> None:
    python()
    table = wiod(2011)
    given = Parameters(negligible=NEGLIGIBLE, orders=orders)
    half = Destruction(destroyed(table, {"JPN:c14": 0.5}), 5, 20, Recovery(60))
    assert largest_difference(table, Scenario(destructions=(half,), parameters=given), 60) < 1e-9


def test_rebuilding_on_a_real_table_is_boarios() -> None:
    python()
    table = wiod(2011)
    hit = destroyed(table, {"JPN:c14": 0.02, "JPN:c15": 0.03})
    built = Rebuilding({"c18": 0.7, "c13": 0.3}, 60)
    given = replace(Parameters(), negligible=NEGLIGIBLE, endless=("c18",))
    one = Scenario(destructions=(Destruction(hit, 5, 10, None, built),), parameters=given)
    assert largest_difference(table, one, 60) < 1e-9


def test_a_peak_long_after_is_boarios_as_well() -> None:
    table = figures()
    built = Rebuilding({"CON": 0.7, "MAC": 0.3}, 60)
    hit = Destruction(destroyed(table, {"JPN:ELE": 0.5}), 5, 20, None, built)
    one = Scenario(destructions=(hit,), parameters=Parameters(negligible=NEGLIGIBLE))
    assert largest_difference(table, one, 700) < 1e-9
