"""Days after a shock beside the same days told order by order, and goods that nobody loses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from supply_each_order import Told, each_order

from architrave.desks.supply.dynamics.paths import Paths, paths
from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Outage,
    Parameters,
    Rebuilding,
    Recovery,
    Route,
    Scenario,
)
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import Table, table_of

DAYS = 50


def odd_table(seed: int, regions: int, sectors: int) -> Table:
    """An invented table with a cell that makes nothing, and one whose stocks are drawn down."""
    draw = np.random.default_rng(seed)
    size = regions * sectors
    A = draw.random((size, size)) * (draw.random((size, size)) > draw.choice([0.2, 0.8]))
    A *= draw.uniform(0.2, 0.8, size) / np.maximum(A.sum(axis=0), 1e-9)
    Y = draw.random((size, regions)) * 1000.0
    idle, drawn = draw.integers(0, size, 2)
    A[idle, :] = A[:, idle] = Y[idle, :] = 0.0
    Y[drawn, 0] *= -0.3
    x = np.linalg.solve(np.eye(size) - A, Y.sum(axis=1))
    if x.min() < 0:
        Y[drawn, 0] *= -1
        x = np.linalg.solve(np.eye(size) - A, Y.sum(axis=1))
    names = [f"R{n}" for n in range(regions)], [f"S{n}" for n in range(sectors)]
    return table_of("invented", 2020, *names, ("F",), (A * x, Y, x))


@st.composite
def happenings(draw: Any) -> tuple[Table, Scenario]:
    """A table and a scenario in which everything may happen at once, and one after another."""
    table = odd_table(draw(st.integers(0, 9999)), draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    region, sector = st.sampled_from(table.regions), st.sampled_from(table.sectors)
    share = st.integers(0, 40).map(lambda part: part / 40)
    day, days = st.integers(0, 30), st.integers(1, 15)
    shape = st.sampled_from(["linear", "convex", "concave"])
    back = st.one_of(st.none(), st.builds(Recovery, st.integers(3, 30), shape))
    place = st.one_of(region, st.sampled_from(table.cells))
    lost = st.dictionaries(place, share | st.just(1.0), min_size=1, max_size=1)
    outages = draw(st.lists(st.builds(Outage, lost, day, days, back), max_size=3))
    worth = {cell: max(float(table.v[table.cell(cell)]), 0.0) for cell in table.cells}

    def struck(most: float) -> dict[str, float]:
        return {cell: draw(share) * most * worth[cell] for cell in draw(st.sets(
            st.sampled_from(table.cells), max_size=3))}  # fmt: skip

    able = [one for one in table.sectors if (table.x[table.sector(one)] > 0).all()]
    destructions = [Destruction(struck(0.4), draw(day), draw(days), draw(back))]
    if able:
        part = draw(share)
        shares = {able[0]: 1.0} if len(able) == 1 else {able[0]: part, able[-1]: 1.0 - part}
        for _ in range(draw(st.integers(0, 2))):
            built = Rebuilding(shares, draw(st.integers(1, 40)), 1.3, draw(st.booleans()))
            homes = {draw(region): draw(share) * 50.0}
            destructions.append(Destruction(struck(0.3), draw(day), draw(days), None, built, homes))
    ways = draw(st.sets(st.tuples(region, region), max_size=3))
    routes = [Route(*way, draw(share), draw(day), draw(days)) for way in sorted(ways)]
    for one in list(routes):  # and once more after it was open again
        routes.append(replace(one, share=draw(share), start=one.start + one.days))
    # Stocks that just suffice, or are refilled in a day, blow rounding up to any size: not those.
    parameters = Parameters(
        stock=draw(st.floats(2.0, 60.0)),
        stocks=draw(st.dictionaries(sector, st.floats(2.0, 60.0), max_size=2)),
        endless=tuple(draw(st.sets(sector, max_size=1))),
        psi=draw(st.floats(0.0, 0.9)),
        restoring=draw(st.floats(20.0, 60.0)),
        alpha_max=draw(st.floats(1.0, 1.5)),
        alpha_of=draw(st.dictionaries(sector, st.floats(1.0, 2.0), max_size=2)),
        alpha_tau=draw(st.floats(20.0, 365.0)),
        capital=2.0,
        capital_of=draw(st.dictionaries(sector, st.floats(2.0, 6.0), max_size=2)),
        negligible=draw(st.sampled_from([0.0, 1e-5, 0.05])),
        orders=draw(st.sampled_from(["usual", "can make"])),
    )
    return table, Scenario(tuple(outages), tuple(destructions), tuple(routes), parameters)


def alike(found: Paths, told: Told) -> None:
    """Production, final use and rebuilding of each day, as shares of what is usual."""
    money = float(found.usual.max())
    assert np.abs(found.made - told.made).max() <= 1e-9 * money
    assert np.abs(found.final - told.final).max() <= 1e-9 * max(money, found.usual_final.max())
    assert np.abs(found.waiting - told.waiting).max() <= 1e-9 * max(1.0, told.waiting.max())


@settings(max_examples=80, deadline=None)
@given(happenings())
def test_each_day_is_as_told_order_by_order(drawn: tuple[Table, Scenario]) -> None:
    table, scenario = drawn
    found, told = paths(factored(table), scenario, DAYS), each_order(table, scenario, DAYS)
    alike(found, told)
    # Of what a cell makes nothing is left with it, and nobody gets what it did not make.
    assert np.abs(told.idle).max() <= 1e-9 * found.usual.max()


@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_the_small_table_is_as_told_order_by_order(orders: Any) -> None:
    table = figures()
    worth = 4 * float(table.v[table.cell("KOR:ELE")])
    built = Rebuilding({"CON": 0.7, "MAC": 0.3}, 30, 1.2, at_home=True)
    scenario = Scenario(
        (
            Outage({"JPN:ELE": 0.5, "JPN:TRQ": 0.2}, 3, 10, Recovery(20)),
            Outage({"JPN": 0.3}, 8, 10, Recovery(15, "concave")),
        ),
        (
            Destruction({"KOR:ELE": 0.3 * worth}, 5, 4, None, built, {"KOR": 2000.0}),
            Destruction({"KOR:ELE": 0.3 * worth}, 12, 4, Recovery(20, "convex")),
        ),
        (Route("CHN", "KOR", 0.3, 6, 20),),
        Parameters(stock=20.0, stocks={"MIN": 40.0}, endless=("OSV",), alpha_of={"CON": 1.6},
                   alpha_base=1.02, restoring=30.0, orders=orders),
    )  # fmt: skip
    told = each_order(table, scenario, 45)
    alike(paths(factored(table), scenario, 45), told)
    assert told.made.sum(axis=1).min() < 0.99 * told.made[0].sum()
    seller, buyer = table.regions.index("CHN"), table.regions.index("KOR")
    usual = told.carried[0, seller, buyer]
    shut = told.carried[6:26, seller, buyer]
    assert (shut <= 0.3 * usual * (1 + 1e-9)).all()
    assert told.carried[26, seller, buyer].sum() > 2 * shut[-1].sum()
