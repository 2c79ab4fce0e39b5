"""Days after a shock: unshocked nothing moves, stocks and capacity bind, rebuilding ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from supply_tables import MILLER_BLAIR

from architrave.desks.errors import BadInput
from architrave.desks.supply.dynamics import products
from architrave.desks.supply.dynamics.curves import left
from architrave.desks.supply.dynamics.economy import Day, Economy
from architrave.desks.supply.dynamics.flows import Flows, flows_of
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
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import Table, table_of

HALF = Outage({"JPN:ELE": 0.5}, start=5, days=20, recovery=Recovery(60))
SHORT = Parameters(stock=30.0, restoring=40.0)
BUILDERS = {"CON": 0.7, "MAC": 0.3}


def balanced(seed: int, regions: int, sectors: int, empty: float = 0.2) -> Table:
    """An invented table that balances to rounding; a part of its inputs are nothing."""
    draw = np.random.default_rng(seed)
    size = regions * sectors
    A = draw.random((size, size)) * (draw.random((size, size)) > empty)
    A *= draw.uniform(0.2, 0.8, size) / np.maximum(A.sum(axis=0), 1e-9)
    Y = draw.random((size, regions)) * 1000.0
    x = np.linalg.solve(np.eye(size) - A, Y.sum(axis=1))
    names = [f"R{n}" for n in range(regions)], [f"S{n}" for n in range(sectors)]
    return table_of("invented", 2020, *names, ("F",), (A * x, Y, x))


@st.composite
def scenarios(draw: Any) -> tuple[Table, Scenario]:
    """A table and something of everything that can happen on it."""
    regions, sectors = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    table = balanced(draw(st.integers(0, 999)), regions, sectors, draw(st.sampled_from([0.2, 0.9])))
    cell, region = st.sampled_from(table.cells), st.sampled_from(table.regions)
    share, day = st.floats(0.0, 1.0), st.integers(0, 12)
    shape = st.sampled_from(["linear", "convex", "concave"])
    back = st.one_of(st.none(), st.builds(Recovery, st.integers(3, 30), shape))
    lost = st.dictionaries(cell, share, min_size=1, max_size=3)
    outages = draw(st.lists(st.builds(Outage, lost, day, st.integers(1, 9), back), max_size=3))
    built = Rebuilding({table.sectors[0]: 1.0}, draw(st.integers(1, 40)), 1.2, draw(st.booleans()))
    hit = {draw(cell): 10.0 * draw(share)}
    destructions = (Destruction(hit, draw(day), 3, None, built, {draw(region): 5.0}),)
    route = Route(draw(region), draw(region), draw(share), draw(day), draw(st.integers(1, 20)))
    parameters = Parameters(
        stock=draw(st.floats(1.0, 60.0)),
        endless=tuple(draw(st.sets(st.sampled_from(table.sectors), max_size=1))),
        psi=draw(share),
        restoring=draw(st.floats(1.0, 60.0)),
        alpha_max=draw(st.floats(1.0, 1.5)),
        alpha_tau=draw(st.floats(1.0, 365.0)),
        negligible=draw(st.sampled_from([0.0, 1e-5, 0.05])),
        orders=draw(st.sampled_from(["usual", "can make"])),
    )
    return table, Scenario(tuple(outages), destructions, (route,), parameters)


def arrivals(economy: Economy, before: np.ndarray, made: np.ndarray) -> np.ndarray:
    """What arrived of each product (K x N, money): the rise of the stocks and what was used."""
    held = economy.stocks.held[:, :, 0]
    kept = np.isfinite(held)
    came = np.where(kept, held, 0.0) - np.where(kept, before, 0.0) + np.where(kept, made, 0.0)
    return came * economy.flows.inputs


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_stocks_capacity_and_deliveries_bind_on_every_day(drawn: tuple[Table, Scenario]) -> None:
    table, scenario = drawn
    economy = Economy(flows_of(factored(table)), [scenario])
    products, regions = economy.flows.shape
    most = scenario.parameters.alpha_max * (1 + 1e-12)
    for _ in range(40):
        before = economy.stocks.held[:, :, 0].copy()
        day = economy.step()
        made = day.made[:, 0]
        held = economy.stocks.held
        assert (held >= -1e-12 * economy.usual).all()
        assert not np.isnan(held).any()
        assert (made >= 0).all()
        assert (day.made <= day.ceiling * (1 + 1e-12)).all()
        assert (day.ceiling <= economy.usual * most).all()
        assert (day.made <= day.asked * (1 + 1e-12)).all()
        assert day.residual[0] < 1e-11
        came = arrivals(economy, before, made).sum(axis=1)
        produced = made.reshape(products, regions).sum(axis=1)
        assert (came <= produced * (1 + 1e-9) + 1e-9).all()


@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_unshocked_nothing_moves_for_four_hundred_days(orders: Any) -> None:
    table = figures()
    found = paths(factored(table), Scenario(parameters=Parameters(orders=orders)), 400)
    assert np.abs(found.made / found.usual - 1).max() < 1e-12
    assert np.abs(found.final / found.usual_final - 1).max() < 1e-12
    assert found.residual < 1e-12
    assert not found.runaway
    assert {toll.back for toll in found.tolls} == {0}
    assert found.basis.assumptions["closing"] <= 1e-3 * table.x.max()


def test_a_loss_is_felt_where_it_falls_and_comes_back() -> None:
    found = paths(factored(figures()), Scenario((HALF,)), 365)
    at = figures().cell("JPN:ELE")
    share = found.made[:, at] / found.usual[at]
    assert share[4] == pytest.approx(1.0)
    assert share[5] == pytest.approx(0.5)
    assert share[24] < 0.51  # capacity is half; a little is mobilised beside
    assert share[84] > 0.99
    hit, other = found.toll("JPN"), found.toll("USA")
    assert hit.lost > 10 * abs(other.lost)
    assert 5 <= hit.lowest_day < 84
    assert hit.back is not None
    assert hit.back < 100
    assert hit.lost == pytest.approx(
        hit.lost_days * figures().x[figures().region("JPN")].sum() / 365
    )


def test_scenarios_run_together_as_they_run_alone() -> None:
    solved = factored(figures())
    several = [
        Scenario((HALF,), parameters=SHORT),
        Scenario(parameters=Parameters(psi=0.5, stock=10.0, alpha_max=1.1)),
        Scenario(
            destructions=(
                Destruction({"KOR:ELE": 9e4}, 3, 5, None, Rebuilding(BUILDERS, 30), {"KOR": 1e4}),
            ),
            routes=(Route("CHN", "KOR", 0.3, 8, 30),),
        ),
        *(Scenario((replace(HALF, lost={"CHN:ELE": n / 9}),)) for n in range(9)),
    ]
    found = many(solved, several, 120)
    for at, scenario in enumerate(several):
        alone = paths(solved, scenario, 120)
        assert found.made[:, :, at] == pytest.approx(alone.made, rel=1e-11)
        assert found.final[:, :, at] == pytest.approx(alone.final, rel=1e-11)
        assert found.waiting[:, at] == pytest.approx(alone.waiting, rel=1e-11, abs=1e-9)
        assert found.runaway[at] == alone.runaway
    rough = many(solved, several, 120, np.float32)
    assert rough.made.dtype == np.float32
    assert rough.made == pytest.approx(found.made, rel=2e-3)


@pytest.mark.parametrize("width", [1, 2, 12])
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_a_table_of_mostly_zeros_gives_what_reading_every_share_gives(
    width: int, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, off = balanced(7, 4, 5, 0.8), 1e-11 if kind is np.float64 else 1e-4
    for orders in ("usual", "can make"):
        parameters = Parameters(stock=12.0, restoring=20.0, orders=orders)  # type: ignore[arg-type]
        lost = Outage({"R1:S2": 0.6, "R3": 0.3}, 3, 15, Recovery(20))
        route = Route("R0", "R1", 0.2, 5, 20)
        one = Scenario((lost,), routes=(route,), parameters=parameters)
        several = [one, *([Scenario(parameters=parameters)] * (width - 1))]
        flows = flows_of(factored(table), np.dtype(kind))
        assert flows.filled < 0.3
        sparse = Economy(flows, several)
        with monkeypatch.context() as patched:
            patched.setattr(products, "_SPARSE", 0.0)
            dense = Economy(flows, several)
        usual = sparse.usual.sum()
        for day in range(60):
            found, wanted = sparse.step(), dense.step()
            assert found.made == pytest.approx(wanted.made, rel=off)
            assert found.final == pytest.approx(wanted.final, rel=off)
            if day == 10:
                assert found.made[:, 0].sum() < 0.95 * usual


def test_products_may_differ_in_their_stocks() -> None:
    table = figures()
    lost = Outage({"JPN:ELE": 0.6}, 3, 15, Recovery(20))
    alike = Parameters(stock=20.0)
    same = Parameters(stock=90.0, stocks={name: 20.0 for name in table.sectors})
    other = Parameters(stock=20.0, stocks={table.sectors[-1]: 20.0000001})
    endless = Parameters(stock=20.0, endless=("ELE",))
    still = replace(endless, stocks={"ELE": 3.0})
    solved = factored(table)
    told = [paths(solved, Scenario((lost,), parameters=one), 40) for one in (alike, same, other)]
    assert (told[1].made == told[0].made).all()
    assert told[2].made == pytest.approx(told[0].made, rel=1e-7)
    assert (told[2].made != told[0].made).any()
    never = paths(solved, Scenario((lost,), parameters=endless), 40)
    assert (never.made == paths(solved, Scenario((lost,), parameters=still), 40).made).all()
    assert never.made.sum() > 1.01 * told[0].made.sum()


def test_rebuilding_ends_and_gives_capacity_back() -> None:
    worth = 0.02 * 4 * figures().v[figures().cell("JPN:ELE")]
    one = Destruction({"JPN:ELE": worth}, 5, 10, None, Rebuilding(BUILDERS, 10), {"JPN": 500.0})
    found = paths(factored(figures()), Scenario(destructions=(one,)), 330)
    at = figures().cell("JPN:ELE")
    assert found.waiting[13] == 0
    assert found.waiting[14] == pytest.approx(worth + 500)  # ordered from the next day on
    assert (np.diff(found.waiting[14:]) <= 0).all()
    assert found.waiting[-1] == 0
    assert found.ceiling[5, at] == pytest.approx(0.98 * found.usual[at])
    assert found.ceiling[-1, at] >= found.usual[at] * (1 - 1e-9)


def test_rebuilding_may_be_left_to_the_regions_that_were_hit() -> None:
    table, solved = figures(), factored(figures())
    for at_home in (False, True):
        built = Rebuilding(BUILDERS, 60, at_home=at_home)
        one = Destruction({"KOR:ELE": 2e4, "JPN:ELE": 3e4}, 3, 4, None, built)
        found = paths(solved, Scenario(destructions=(one,)), 8)
        plain = paths(solved, Scenario(destructions=(replace(one, rebuilding=None, days=9),)), 8)
        more = found.asked[7] - plain.asked[7]
        asked = {table.cells[at] for at in np.flatnonzero(more > 1e-9)}
        assert more.sum() == pytest.approx(5e4 / 60)
        home = {f"{region}:{sector}" for region in ("KOR", "JPN") for sector in BUILDERS}
        assert (asked == home) is at_home
        assert home <= asked


def only_from_abroad() -> Table:
    """Two regions; what the second buys of the first product all comes from the first."""
    Z = np.array(
        [[10.0, 40.0, 30.0, 20.0], [20.0, 10.0, 5.0, 5.0], [0.0] * 4, [5.0, 5.0, 20.0, 10.0]]
    )
    Y = np.array([[60.0, 40.0], [70.0, 20.0], [50.0, 0.0], [10.0, 80.0]])
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return table_of("two", 2020, ("here", "there"), ("A", "B"), ("F",), (Z, Y, x))


@pytest.mark.parametrize("orders", ["usual", "can make"])
def test_nothing_arrives_on_a_route_that_is_shut(orders: Any) -> None:
    table = only_from_abroad()
    shut = Route("here", "there", 0.0, start=4, days=60)
    given_ = Parameters(stock=20.0, orders=orders)
    economy = Economy(flows_of(factored(table)), [Scenario(routes=(shut,), parameters=given_)])
    there = economy.flows.buyers(1)
    own = economy.flows.final[1].reshape(2, 2)[:, 1].sum() / 365
    for at in range(60):
        before = economy.stocks.held[:, :, 0].copy()
        day = economy.step()
        came = arrivals(economy, before, day.made[:, 0])[0, there]
        if at < 4:
            assert came == pytest.approx(economy.flows.inputs[0, there] * economy.usual[there, 0])
        else:
            assert came == pytest.approx(np.zeros(2), abs=1e-9)
            assert day.final[1, 0] <= own * (1 + 1e-12)
    assert (economy.stocks.most[there] < 0.5 * economy.usual[there]).all()


def test_a_route_carries_its_share_and_no_more() -> None:
    table, solved = figures(), factored(figures())
    open_ = paths(solved, Scenario(routes=(Route("CHN", "KOR", 1.0, 2, 40),)), 40)
    assert np.abs(open_.made / open_.usual - 1).max() < 1e-9
    half = paths(solved, Scenario(routes=(Route("CHN", "KOR", 0.5, 2, 40),)), 3)
    sold = table.Z[table.region("CHN"), table.region("KOR")].sum()
    sold += table.demand_of("KOR")[table.region("CHN")].sum()
    missing = (open_.asked[2] - half.asked[2])[table.region("CHN")].sum()
    assert missing == pytest.approx(0.5 * sold / 365, rel=1e-6)
    assert half.made[2, table.region("JPN")] == pytest.approx(open_.made[2, table.region("JPN")])


def test_stocks_drawn_down_by_final_users_starve_nobody() -> None:
    Z, Y = np.array([[0.0, 100.0], [10.0, 20.0]]), np.array([[-60.0], [370.0]])
    x = np.array([40.0, 400.0])
    table = table_of("drawn", 2020, ("one",), ("A", "B"), ("F",), (Z, Y, x))
    lost = Outage({"one:B": 0.7}, 2, 40, Recovery(20))
    found = paths(factored(table), Scenario((lost,)), 200)
    assert found.made[30, 0] == 0  # what is drawn down meets every order
    assert found.made[30, 1] == pytest.approx(0.3 * found.usual[1], rel=0.05)
    assert not found.runaway
    assert found.made[-1] == pytest.approx(found.usual, rel=2e-2)


def test_short_stocks_that_feed_on_themselves_are_called_what_they_are() -> None:
    short = Parameters(stock=15.0)
    found = paths(factored(figures()), Scenario((HALF,), parameters=short), 365)
    assert found.runaway
    assert found.made[-1].sum() < 0.1 * found.made[0].sum()
    assert {toll.back for toll in found.tolls} == {None}


def test_curves_fall_from_one_to_nothing() -> None:
    for shape in ("linear", "convex", "concave"):
        parts = [left(shape, day, 30) for day in range(20_000)]  # type: ignore[arg-type]
        assert parts[0] == 1
        assert parts[-1] == 0
        assert (np.diff(parts) <= 0).all()
    assert left("concave", 15, 30) == pytest.approx(0.5)
    assert left("convex", 5, 30) < left("linear", 5, 30) < left("concave", 5, 30)


def test_capital_is_by_sector_and_cannot_be_destroyed_twice() -> None:
    table = figures()
    worth = float(table.v[table.cell("JPN:ELE")])
    twice = Parameters(capital_of={"ELE": 2.0})
    one = Scenario(destructions=(Destruction({"JPN:ELE": worth}, 1, 3),), parameters=twice)
    found = paths(factored(table), one, 5)
    at = table.cell("JPN:ELE")
    assert found.ceiling[:, at] / found.usual[at] == pytest.approx([1, 0.5, 0.5, 0.5, 1], rel=1e-3)
    more = Scenario(destructions=(Destruction({"JPN:ELE": 2.5 * worth}, 1, 3),), parameters=twice)
    with pytest.raises(BadInput, match=r"JPN:ELE: capital worth .* is destroyed, and it has"):
        paths(factored(table), more, 5)


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario((Outage({"JPN:XYZ": 0.5}),)), "there is no sector 'XYZ'"),
        (Scenario((Outage({"JPN": 1.5}),)), "the share lost by JPN must be from 0 to 1, not 1.5"),
        (Scenario((Outage({"JPN": 0.5}, -1),)), "the first day of an outage must be"),
        (Scenario((replace(HALF, recovery=Recovery(2, "concave")),)), "a concave recovery must"),
        (Scenario((replace(HALF, recovery=Recovery(9, "flat")),)), "'flat' is no shape"),  # type: ignore[arg-type]
        (Scenario(routes=(Route("CHN", "KOR", 0.5), Route("CHN", "KOR", 0.1))), "limited twice"),
        (Scenario(routes=(Route("CHN", "MARS", 0.5),)), "there is no region 'MARS'"),
        (Scenario(parameters=Parameters(stock=0.5)), "the days of stock"),
        (Scenario(parameters=Parameters(stock=float("nan"))), "the days of stock"),
        (Scenario(parameters=Parameters(endless=("XYZ",))), "there is no sector 'XYZ'"),
        (Scenario(parameters=Parameters(alpha_of={"ELE": 0.9})), "the most that is made"),
        (Scenario(parameters=Parameters(orders="any")), "orders are 'usual'"),  # type: ignore[arg-type]
        (Scenario(destructions=(Destruction({"JPN": 1.0}),)), "by cell, as in KOR:AGR, not JPN"),
        (
            Scenario(destructions=(Destruction({"JPN:ELE": 1.0}, homes={"JPN": 1.0}),)),
            "it is not said who rebuilds",
        ),
        (
            Scenario(
                destructions=(Destruction({"JPN:ELE": 1.0}, 1, 1, None, Rebuilding({"CON": 0.4})),)
            ),
            "do not add up to 1",
        ),
        (
            Scenario(
                destructions=(
                    Destruction({"JPN:ELE": 1.0}, 1, 1, Recovery(9), Rebuilding({"CON": 1.0})),
                )
            ),
            "not both",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(scenario: Scenario, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        paths(factored(figures()), scenario, 3)


def test_a_run_has_days_and_scenarios_that_go_together() -> None:
    solved = factored(MILLER_BLAIR)
    with pytest.raises(BadInput, match="from 1 to 3650 days, not 0"):
        paths(solved, Scenario(), 0)
    with pytest.raises(BadInput, match="no scenario"):
        many(solved, [])
    mixed = [Scenario(), Scenario(parameters=Parameters(orders="can make"))]
    with pytest.raises(BadInput, match="must order alike"):
        many(solved, mixed, 2)


def test_flows_are_the_table_in_another_order() -> None:
    table = figures()
    flows: Flows = flows_of(factored(table))
    vector = np.arange(table.size, dtype=float)
    assert (flows.outside(flows.inside(vector)) == vector).all()
    k, r = table.sectors.index("ELE"), table.regions.index("JPN")
    at = k * len(table.regions) + r
    assert flows.output[at] == table.x[table.cell("JPN:ELE")]
    buyer = flows.inside(np.arange(table.size) == table.cell("KOR:TRQ")).argmax()
    money = flows.share[k, r, buyer] * flows.inputs[k, buyer] * flows.output[buyer]
    assert money == pytest.approx(table.Z[table.cell("JPN:ELE"), table.cell("KOR:TRQ")])
    economy = Economy(flows, [Scenario()])
    day: Day = economy.step()
    assert day.final[r, 0] == pytest.approx(flows.final[r].sum() / 365)
