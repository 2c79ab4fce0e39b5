"""Runs long after a shock: what fell and stayed is called so, what comes back is not."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from architrave.desks.errors import BadInput
from architrave.desks.supply.dynamics.economy import Economy
from architrave.desks.supply.dynamics.flows import flows_of
from architrave.desks.supply.dynamics.paths import many, paths
from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Outage,
    Parameters,
    Rebuilding,
    Recovery,
    Route,
    Scenario,
)
from architrave.desks.supply.dynamics.totals import totals
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import table_of

HALF = Outage({"JPN:ELE": 0.5}, start=5, days=20, recovery=Recovery(60))
SHORT = Parameters(stock=15.0)
BUILT = Rebuilding({"CON": 0.7, "MAC": 0.3}, 60)


def struck(part: float) -> Destruction:
    """A part of the capital of one cell, rebuilt."""
    worth = 4 * float(figures().v[figures().cell("JPN:ELE")])
    return Destruction({"JPN:ELE": part * worth}, 5, 20, None, BUILT)


@pytest.mark.parametrize(
    ("scenario", "days"),
    [
        (Scenario((HALF,), parameters=SHORT), 365),
        (Scenario((HALF,), parameters=SHORT), 700),
        (Scenario((replace(HALF, start=0),), parameters=SHORT), 400),
        (Scenario((replace(HALF, recovery=Recovery(60, "concave")),), parameters=SHORT), 400),
        (Scenario(destructions=(struck(0.5),), parameters=SHORT), 600),
        (Scenario(parameters=Parameters(stock=1.0)), 300),
    ],
    ids=["falling", "long fallen", "from the first day", "a long tail", "rebuilding", "unshocked"],
)
def test_what_fell_and_stays_down_has_run_away(scenario: Scenario, days: int) -> None:
    solved = factored(figures())
    found = paths(solved, scenario, days)
    assert found.made[-1].sum() < 0.05 * found.usual.sum()
    assert found.runaway
    assert many(solved, [scenario], days).runaway.tolist() == [True]
    assert totals(solved, [scenario], days).runaway.tolist() == [True]


@pytest.mark.parametrize(
    ("scenario", "days"),
    [
        (Scenario((replace(HALF, lost={"JPN": 0.5}, recovery=None, days=30),)), 36),
        (Scenario((replace(HALF, lost={"CHN": 1.0}, days=200),)), 90),
        (Scenario(routes=tuple(Route("CHN", to, 0.0, 2, 500) for to in ("KOR", "JPN"))), 200),
        (Scenario(destructions=(struck(0.5),)), 100),
        (Scenario(destructions=(struck(0.5),)), 365),
    ],
    ids=["just over", "still lost", "routes still shut", "being rebuilt", "rebuilt"],
)
def test_what_is_still_struck_or_comes_back_has_not(scenario: Scenario, days: int) -> None:
    found = paths(factored(figures()), scenario, days)
    assert found.made.sum(axis=1).min() < 0.995 * found.usual.sum()
    assert not found.runaway


def test_one_region_that_runs_away_is_not_hidden_by_the_rest_of_the_world() -> None:
    Z = np.zeros((4, 4))
    Z[:2, :2] = [[3.0, 2.0], [2.0, 3.0]]
    Z[2:, 2:] = [[3000.0, 2000.0], [2000.0, 3000.0]]
    Y = np.zeros((4, 2))
    Y[:2, 0], Y[2:, 1] = 5.0, 5000.0
    regions, sectors = ("small", "large"), ("A", "B")
    table = table_of("two", 2020, regions, sectors, ("F",), (Z, Y, Z.sum(axis=1) + Y.sum(axis=1)))
    lost = Outage({"small:A": 0.9}, 2, 30, Recovery(20))
    found = paths(factored(table), Scenario((lost,), parameters=Parameters(stock=4.0)), 300)
    assert found.made[-1, :2].sum() < 0.1 * found.usual[:2].sum()
    assert found.made[-1].sum() > 0.995 * found.usual.sum()
    assert found.runaway


def test_a_peak_long_after_is_spare_capacity_that_refills_stocks() -> None:
    solved, one = factored(figures()), struck(0.5)
    found = paths(solved, Scenario(destructions=(one,)), 1200)
    world = found.made.sum(axis=1) / found.usual.sum()
    assert world.argmax() == 545
    assert 1.002 < world.max() < 1.02
    assert world[-1] == pytest.approx(1.0, abs=1e-4)
    none = Parameters(alpha_max=1.0)
    without = paths(solved, Scenario(destructions=(one,), parameters=none), 1200)
    assert without.made.sum(axis=1).max() <= without.usual.sum() * (1 + 1e-9)
    assert without.made.sum() < found.made.sum()


def test_room_to_make_more_at_once_lets_orders_for_stock_feed_on_themselves() -> None:
    solved, lost = factored(figures()), Outage({"JPN:ELE": 0.25}, 1, 1)
    most = []
    for restoring in (60.0, 120.0):
        given = Parameters(alpha_base=1.2, alpha_max=1.3, restoring=restoring)
        world = paths(solved, Scenario((lost,), parameters=given), 120).made.sum(axis=1)
        most.append((world.max() / world[0], int(world.argmax())))
    assert most[0] == (pytest.approx(1.146, abs=1e-3), 41)
    assert most[1][0] < 1.0005


def test_totals_are_the_sums_of_all_days_and_of_a_region_that_makes_nothing_nothing() -> None:
    solved = factored(figures())
    several = [Scenario((HALF,)), Scenario((replace(HALF, lost={"CHN": 0.2}),))]
    found = totals(solved, several, 120)
    for at, scenario in enumerate(several):
        tolls = paths(solved, scenario, 120).tolls
        assert found.lost_days[:, at] == pytest.approx([one.lost_days for one in tolls], abs=1e-8)
        missed = [one.missed_days for one in tolls]
        assert found.missed_days[:, at] == pytest.approx(missed, abs=1e-8)
    still = totals(solved, [Scenario()], 120)
    assert not still.lost_days.any()
    assert not still.missed_days.any()


@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_a_region_that_makes_nothing_loses_nothing(orders: Any) -> None:
    Z = np.array([[10.0, 0.0], [0.0, 0.0]])
    Y = np.array([[30.0, 0.0], [0.0, 0.0]])
    table = table_of("one", 2020, ("full", "bare"), ("A",), ("F",), (Z, Y, np.array([40.0, 0.0])))
    lost = Outage({"bare:A": 1.0, "full": 0.5}, 1, 9)
    scenario = Scenario((lost,), parameters=Parameters(orders=orders))
    toll = paths(factored(table), scenario, 30).toll("bare")
    assert (toll.lost, toll.lost_days, toll.missed_days) == (0.0, 0.0, 0.0)
    assert (toll.lowest, toll.lowest_day, toll.back) == (1.0, 0, 0)
    found = totals(factored(table), [scenario], 30)
    assert found.lost_days[1].tolist() == found.missed_days[1].tolist() == [0.0]
    assert found.lost_days[0, 0] > 4


def test_what_would_happen_after_the_last_day_is_refused() -> None:
    solved = factored(figures())
    late = Scenario((HALF,), routes=(Route("CHN", "KOR", 0.5, 30, 5),))
    said = "something happens on day 30, and the run ends before: 30 days"
    for run in (
        lambda: paths(solved, late, 30),
        lambda: many(solved, [Scenario(), late], 30),
        lambda: totals(solved, [late], 30),
    ):
        with pytest.raises(BadInput, match=said):
            run()
    assert paths(solved, late, 31).made.shape == (31, 140)


def test_a_route_may_be_limited_at_one_time_and_at_another_and_not_twice_on_a_day() -> None:
    solved = factored(figures())
    first, second = Route("CHN", "KOR", 0.2, 2, 10), Route("CHN", "KOR", 0.6, 12, 10)
    for one in (first, second):
        alone = paths(solved, Scenario(routes=(one,)), 22)
        both = paths(solved, Scenario(routes=(second, first)), 22)
        same = slice(0, 12) if one is first else slice(0, 2)
        assert both.final[same] == pytest.approx(alone.final[same], rel=1e-12)
    assert both.toll("KOR").missed > paths(solved, Scenario(routes=(first,)), 22).toll("KOR").missed
    twice = Scenario(routes=(first, replace(second, start=11)))
    with pytest.raises(BadInput, match="route CHN>KOR is limited twice on day 11"):
        paths(solved, twice, 22)


def test_what_is_assumed_is_said_where_it_is_nothing() -> None:
    given = Parameters(psi=0.0, negligible=0.0)
    told = paths(factored(figures()), Scenario(parameters=given), 2).basis.assumptions
    assert (told["psi"], told["negligible"], told["days"]) == (0.0, 0.0, 2)
    assert "endless" not in told


@pytest.mark.parametrize("filled", [1.0, 0.1], ids=["full", "mostly nothing"])
@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_no_day_forms_a_matrix_of_all_orders(orders: Any, filled: float) -> None:
    regions, sectors = [f"R{n}" for n in range(30)], [f"S{n}" for n in range(10)]
    size = 300
    draw = np.random.default_rng(5)
    Z = draw.random((size, size)) * (draw.random((size, size)) < filled)
    Y = draw.random((size, len(regions))) * 10
    table = table_of("wide", 2020, regions, sectors, ("F",), (Z, Y, Z.sum(axis=1) + Y.sum(axis=1)))
    lost = Outage({"R1:S2": 0.6, "R3": 0.3}, 0, 9, Recovery(9))
    worth = float(table.v[table.cell("R5:S5")])
    again = Destruction({"R5:S5": worth}, 0, 1, None, Rebuilding({"S0": 0.5, "S9": 0.5}, 9))
    limited = Route("R0", "R1", 0.2, 0, 20)
    given = Parameters(orders=orders)
    economy = Economy(flows_of(factored(table)), [Scenario((lost,), (again,), (limited,), given)])
    economy.step()
    tracemalloc.start()
    try:
        for _ in range(5):
            economy.step()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < size * size * 8 / 2
