"""A way round a loss: the programme is the textbook's, nobody loses by joining, shares add up."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from supply_tables import wiod

from architrave.desks.errors import BadInput
from architrave.desks.supply.figures import figures
from architrave.desks.supply.resourcing.costs import Ways
from architrave.desks.supply.resourcing.losses import loss_of, needs_of
from architrave.desks.supply.resourcing.market import Assumed, market_for
from architrave.desks.supply.resourcing.model import Programme, cheapest, soonest
from architrave.desks.supply.resourcing.plans import plan_for
from architrave.desks.supply.resourcing.pooling import pooled
from architrave.desks.supply.resourcing.solving import solve
from bench.supply_resource import model_of, quiet

PARTIES = ("JPN", "KOR", "USA")
ASSUMED = Assumed()


def least(programme: Programme) -> float:
    """The same programme, solved through HiGHS's own door, as it is written down."""
    solver = quiet()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model_of(programme))
    solver.run()
    return float(solver.getInfo().objective_function_value)


def test_a_need_is_what_was_bought_of_what_is_lost() -> None:
    table = figures()
    needs = needs_of(table, loss_of(table, {"EU27:CHM": 0.5}), PARTIES)
    row = table.cell("EU27:CHM")
    for place, party in enumerate(PARTIES):
        bought = (
            table.Z[row, table.region(party)].sum() + np.maximum(table.demand_of(party), 0)[row]
        )
        mine = needs.amount[needs.party == place]
        assert mine.sum() == pytest.approx(bought / 2, rel=1e-4)
        assert set(needs.product[needs.party == place]) == {table.sectors.index("CHM")}


def test_whatever_a_coalition_can_call_on_its_parts_could() -> None:
    table = figures()
    loss = loss_of(table, {"ROW": 0.2})
    alone = {one: market_for(table, loss, PARTIES, [one], ASSUMED).capacity for one in PARTIES}
    for size in (2, 3):
        for members in combinations(PARTIES, size):
            together = market_for(table, loss, PARTIES, members, ASSUMED).capacity
            assert together == pytest.approx(sum(alone[one] for one in members), rel=1e-9)
    everything = table.x.reshape(together.shape) * ASSUMED.spare
    assert (together <= everything * (1 + 1e-12)).all()
    assert not together[table.regions.index("ROW")].any()  # who has lost has nothing to spare


@settings(max_examples=8)
@given(
    st.dictionaries(st.sampled_from(figures().cells), st.floats(0.05, 1.0), min_size=1, max_size=4),
    st.floats(0.01, 0.3),
)
def test_the_cost_is_that_of_another_solver_and_nobody_loses_by_joining(
    lost: dict[str, float], spare: float
) -> None:
    table, assumed = figures(), replace(ASSUMED, spare=spare)
    loss = loss_of(table, lost)
    needs = needs_of(table, loss, PARTIES)
    market = market_for(table, loss, PARTIES, PARTIES, assumed)
    programme = cheapest(needs, market, assumed)
    solved = solve(programme)
    assert solved.cost == pytest.approx(least(programme), rel=1e-7, abs=1e-6)
    uncovered = float(solved.values[-needs.count :].sum())
    quick = soonest(needs, market, uncovered * (1 + 1e-9) + 1e-6)
    assert solve(quick).cost == pytest.approx(least(quick), rel=1e-6, abs=1e-7)
    found = pooled(table, loss, PARTIES, assumed)
    scale = max(1.0, found.of(PARTIES).cost)
    for one in found.found:
        parts = sum(found.of([party]).cost for party in one.members)
        assert one.cost <= parts + 1e-7 * scale
        assert 0 <= one.uncovered <= one.needed * (1 + 1e-9)
        assert 0 <= one.months <= assumed.months
    for shares in (found.sharing.shapley, found.sharing.nucleolus):
        assert sum(shares.values()) == pytest.approx(found.gain, abs=1e-6 * scale)
        assert min(shares.values()) >= -1e-6 * scale
    # What only all three have is what no pair has.
    assert found.only_all <= found.gain + 1e-9 * scale


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(
                st.sampled_from([*figures().cells[::7], "CHN", "TWN"]),
                st.floats(0.05, 1.0), min_size=1, max_size=3,
            ),
            st.floats(0.001, 0.4), st.floats(0.0, 0.3), st.floats(0.0, 0.4), st.floats(1.5, 6.0),
        ),
        min_size=1, max_size=4,
    ),
    st.sampled_from([["KOR"], ["JPN", "USA"], ["JPN", "KOR", "USA"], ["EU27", "JPN", "TWN"]]),
)  # fmt: skip
def test_the_costs_of_many_losses_are_those_of_a_plan_for_each(
    told: list[tuple[dict[str, float], float, float, float, float]], members: list[str]
) -> None:
    table, parties = figures(), ("EU27", "JPN", "KOR", "TWN", "USA")
    cases = [
        (loss_of(table, lost), Assumed(spare, (0.05, 0.2), stranger, known, uncovered, 8.0))
        for lost, spare, stranger, known, uncovered in told
    ]
    found = Ways(table, parties).costs(cases, members)
    for at, (loss, assumed) in enumerate(cases):
        plan = plan_for(table, loss, parties, members, assumed)
        assert found.cost[at] == pytest.approx(plan.cost, rel=1e-9, abs=1e-9 * plan.needed)
        assert found.uncovered[at] == pytest.approx(plan.uncovered, abs=1e-9 * plan.needed)
        assert found.months[at] == pytest.approx(plan.months, rel=1e-7, abs=1e-7)


def test_with_next_to_no_spare_nothing_is_found_and_with_plenty_it_costs_nothing() -> None:
    table = figures()
    loss = loss_of(table, {"EU27:CHM": 1.0})
    found = plan_for(table, loss, PARTIES, ["KOR"], replace(ASSUMED, spare=1e-6))
    # With next to no spare anywhere, nearly all stays uncovered at its price.
    assert found.uncovered == pytest.approx(found.needed, rel=1e-3)
    assert found.cost == pytest.approx(found.needed * ASSUMED.uncovered, rel=1e-3)
    plenty = plan_for(table, loss, PARTIES, ["KOR"], replace(ASSUMED, spare=10, steps=(0.0,)))
    assert plenty.uncovered == 0
    # Whoever sells to Korea already costs nothing beyond the price.
    assert plenty.cost == pytest.approx(0, abs=1e-6 * plenty.needed)
    assert plenty.months < found.months


def test_more_of_a_full_supplier_saves_what_its_price_says() -> None:
    table = figures()
    loss = loss_of(table, {"CHN:ELE": 0.5})
    found = plan_for(table, loss, PARTIES, PARTIES, ASSUMED)
    price = found.prices[0]
    needs = needs_of(table, loss, PARTIES)
    market = market_for(table, loss, PARTIES, PARTIES, ASSUMED)
    region, sector = table.regions.index(price.region), table.sectors.index(price.sector)
    more = market.capacity.copy()
    step = more[region, sector] * 1e-4
    more[region, sector] += step
    cheaper = solve(cheapest(needs, replace(market, capacity=more), ASSUMED)).cost
    assert found.cost - cheaper == pytest.approx(price.price * step, rel=1e-3)
    assert price.used == pytest.approx(price.capacity, rel=1e-6)


def test_a_supplier_with_dear_spare_left_has_a_price_and_is_not_used_up() -> None:
    table = figures()
    loss = loss_of(table, {"EU27:CHM": 0.2})
    found = plan_for(table, loss, PARTIES, PARTIES, ASSUMED)
    partly = [one for one in found.prices if one.used < 0.99 * one.capacity]
    assert partly
    # A further unit, a third of it in each step, saves what the price says here too.
    price = partly[0]
    needs, market = (
        needs_of(table, loss, PARTIES),
        market_for(table, loss, PARTIES, PARTIES, ASSUMED),
    )
    more = market.capacity.copy()
    at = table.regions.index(price.region), table.sectors.index(price.sector)
    step = more[at] * 1e-4
    more[at] += step
    cheaper = solve(cheapest(needs, replace(market, capacity=more), ASSUMED)).cost
    assert found.cost - cheaper == pytest.approx(price.price * step, rel=1e-3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spare": 0.0}, "spare must be above 0"),
        ({"steps": (0.2, 0.1)}, "steps must rise"),
        ({"known": 2.0}, "known must lie between 0 and 1"),
        ({"uncovered": 0.1}, "uncovered must cost more than the dearest supplier"),
    ],
)
def test_an_assumption_out_of_bounds_is_refused(change: dict[str, object], words: str) -> None:
    table = figures()
    loss, assumed = loss_of(table, {"TWN:ELE": 0.5}), replace(ASSUMED, **change)
    with pytest.raises(BadInput, match=words):
        pooled(table, loss, PARTIES, assumed)
    with pytest.raises(BadInput, match=words):
        Ways(table, PARTIES).costs([(loss, assumed)], PARTIES)


def test_a_loss_that_is_none_is_refused() -> None:
    table = figures()
    for lost, words in (
        ({}, "nothing is lost"),
        ({"TWN:ELE": 1.5}, "share lost must be above 0 and up to 1"),
        ({"XXX:ELE": 0.5}, "there is no region 'XXX'"),
    ):
        with pytest.raises(BadInput, match=words):
            loss_of(table, lost)
    with pytest.raises(BadInput, match="EU27 is none of JPN, KOR, USA"):
        plan_for(table, loss_of(table, {"TWN": 0.5}), PARTIES, ["EU27"], ASSUMED)


def test_a_real_year_is_covered_by_all_coalitions() -> None:
    table = wiod(2011)
    found = pooled(table, loss_of(table, {"TWN:c14": 0.5}), PARTIES)
    assert [len(one.members) for one in found.found] == [1, 1, 1, 2, 2, 2, 3]
    assert 0 <= found.only_all <= found.gain
    assert sum(found.sharing.shapley.values()) == pytest.approx(found.gain, rel=1e-6, abs=1e-3)
