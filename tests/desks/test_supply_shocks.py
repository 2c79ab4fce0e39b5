"""Shocks on a table: the textbook's answers, and the same as solving the changed table anew."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from supply_tables import MILLER_BLAIR, wiod

from architrave.desks.errors import BadInput
from architrave.desks.supply.factored import Factored, factored, residual
from architrave.desks.supply.figures import figures
from architrave.desks.supply.questions import assess
from architrave.desks.supply.shocks import below_nothing, cost_shock, demand_shock
from architrave.desks.supply.stoppages import (
    CLOSINGS,
    Stoppage,
    embargo,
    embargoes,
    shortage,
    shortages,
)
from architrave.desks.supply.table import table_of


def test_a_change_of_demand_is_the_textbooks_and_many_at_once_are_each_of_them() -> None:
    solved = factored(MILLER_BLAIR)
    # Miller and Blair 2009, section 2.3: demand goes from (350, 1700) to (600, 1500).
    found = demand_shock(solved, np.array([250.0, -200.0]))
    assert found.change == pytest.approx([1247.52 - 1000, 1841.58 - 2000], abs=0.01)
    assert found.gap < 1e-12
    table = factored(figures())
    draw = np.random.default_rng(7)
    several = draw.uniform(0, 1e4, (table.table.size, 5))
    together = demand_shock(table, several)
    for place in range(5):
        alone = demand_shock(table, several[:, place])
        assert together.change[:, place] == pytest.approx(alone.change, rel=1e-12)
    assert together.residual < 1e-12
    assert together.gap < 1e-12


def test_the_accounts_hold_where_demand_only_moves_and_are_seen_to_break_in_any_column() -> None:
    solved = factored(figures())
    size = solved.table.size
    moves = np.zeros((size, 3))
    moves[0], moves[1] = 100.0, -100.0  # nothing is demanded more in all
    found = demand_shock(solved, moves)
    assert found.gap < 1e-12
    bent = found.change.copy()
    bent[5, 2] += 1.0
    assert type(found)(solved, moves, bent).gap > 1e-4
    assert type(found)(solved, moves, bent).residual > 1e-4
    costs = cost_shock(solved, np.full((size, 2), 0.01))
    assert costs.gap < 1e-12
    wrong = costs.change.copy()
    wrong[3, 1] *= 1.1
    assert type(costs)(solved, costs.asked, wrong).gap > 1e-9


def test_costs_are_passed_on_and_what_all_pay_is_what_was_added() -> None:
    solved = factored(figures())
    table = solved.table
    added = np.zeros(table.size)
    added[table.cell("ROW:MIN")] = 0.10
    found = cost_shock(solved, added)
    assert found.residual < 1e-12
    # What final demand pays more is the added cost of all that is made for it.
    output = solved.output(table.f)
    assert float(found.change @ table.f) == pytest.approx(float(added @ output), rel=1e-10)
    assert found.change[table.cell("ROW:MIN")] == max(found.change)


def test_a_shock_of_another_shape_or_without_a_number_is_refused() -> None:
    solved = factored(MILLER_BLAIR)
    with pytest.raises(BadInput, match=r"has 2 cells, or 2 x K; this one is \(3,\)"):
        demand_shock(solved, np.zeros(3))
    with pytest.raises(BadInput, match="cell one:B: the size of the shock is no number"):
        cost_shock(solved, np.array([0.0, np.inf]))


def test_a_price_falls_by_all_that_it_is_at_the_most() -> None:
    solved = factored(figures())
    cell = solved.table.cell("ROW:MIN")
    added = np.zeros((solved.table.size, 2))
    added[cell] = [-0.5, -2.0]
    said = r"ROW:MIN: its price would fall by 260\.\d in 100, and no price falls by more than 100"
    with pytest.raises(BadInput, match=said):
        cost_shock(solved, added)
    with pytest.raises(BadInput, match=said):
        assess("costs rise", solved.table, added={"ROW:MIN": -2.0})
    all_of_it = np.zeros(solved.table.size)
    all_of_it[cell] = -1.0 / cost_shock(solved, np.eye(solved.table.size)[cell]).change[cell]
    assert cost_shock(solved, all_of_it).change.min() == pytest.approx(-1.0)


def test_output_falls_by_all_that_is_made_at_the_most_and_it_is_said_how_far_one_can_go() -> None:
    solved = factored(figures())
    size, cell = solved.table.size, solved.table.cell("USA:TRQ")
    one = np.eye(size)[cell]
    many = np.stack([-1e3 * one, -1e9 * one, 1e9 * one], axis=1)
    said = r"^USA:TRQ: its output would fall by .* million USD, and it makes 630,435; let demand "
    for asked in (many, many[:, 1]):
        with pytest.raises(BadInput, match=said) as refused:
            demand_shock(solved, asked)
    most = float(re.findall(r"USA:TRQ fall by (\d+) at the most", str(refused.value))[0])
    left = solved.made + demand_shock(solved, -most * one).change
    assert 0 <= left[cell] < 1e-4 * solved.made[cell]
    with pytest.raises(BadInput, match="USA:TRQ"):
        demand_shock(solved, -1.001 * most * one)
    with pytest.raises(BadInput, match="let demand for USA:TRQ fall by"):
        assess("demand changes", solved.table, changes={"USA:TRQ": -1e9})
    # Another cell than the one whose demand falls may be the first to have nothing left.
    drawn = np.zeros(size)
    drawn[solved.table.region("KOR")] = -solved.table.f[solved.table.region("KOR")] * 1.5
    with pytest.raises(BadInput, match=r"; take \d[\d.]* in 100 of these changes at the most\.$"):
        demand_shock(solved, drawn)


def test_all_final_demand_may_go_and_a_cell_below_nothing_in_the_table_passes() -> None:
    solved = factored(figures())
    assert demand_shock(solved, -solved.table.f).change == pytest.approx(-solved.made)
    below = table_of(
        "Drawn", 2020, ["one"], ["A", "B"], ["use"],
        (np.array([[10.0, 5.0], [0.0, 10.0]]), np.array([[85.0], [-12.0]]), np.array([100.0, -2])),
    )  # fmt: skip
    drawn = factored(below)
    assert drawn.made[1] < 0
    assert not below_nothing(drawn, np.array([-10.0, -5.0])).any()
    assert below_nothing(drawn, np.array([[-10.0, -1e4], [-5.0, 0.0]])).tolist() == [
        [False, True], [False, False]
    ]  # fmt: skip


def whole(solved: Factored, rows: np.ndarray, columns: np.ndarray, share: float) -> np.ndarray:
    """Inputs per unit of output without a share of some flows."""
    without = solved.A.copy()
    without[np.ix_(rows, columns)] *= 1 - share
    return without


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_an_embargo_is_the_changed_table_solved_anew(share: float) -> None:
    solved = factored(figures())
    table = solved.table
    rows, columns = np.arange(140)[table.region("EU27")], np.arange(140)[table.region("JPN")]
    found = embargo(solved, ["EU27"], ["JPN"], share)
    without = whole(solved, rows, columns, share)
    anew = np.linalg.solve(np.eye(140) - without, table.f) - solved.output(table.f)
    assert found.lost.change == pytest.approx(anew, rel=1e-8, abs=1e-6)
    # If nobody makes more, nobody gains; if others do, what buyers need in all stays the same.
    assert max(found.lost.change) <= 1e-6
    moved = found.by_region(found.moved)
    assert moved[table.regions.index("EU27")] < 0 < max(moved)
    for one in (found.lost, found.moved, found.held):
        assert one.residual < 1e-12
        assert one.gap < 1e-12
    assert found.lost.unmet == pytest.approx(0.0, abs=1e-6)


def orders_anew(A: np.ndarray, f: np.ndarray, most: np.ndarray) -> np.ndarray:
    """The largest x with x = min(most, A x + f), step by step from above."""
    x = np.linalg.solve(np.eye(len(f)) - A, f)
    for _ in range(5_000):
        x = np.minimum(most, A @ x + f)
    return x


def test_who_can_do_without_nothing_makes_what_its_scarcest_product_allows() -> None:
    solved = factored(figures())
    table = solved.table
    found = embargo(solved, ["EU27:CHM", "ROW:MIN"], ["JPN"], 0.6).held
    rows = np.array([table.cell("EU27:CHM"), table.cell("ROW:MIN")])
    columns = np.arange(140)[table.region("JPN")]
    left, sectors = whole(solved, rows, columns, 0.6), len(table.sectors)
    most, recipe = np.full(140, np.inf), solved.A.copy()
    for column in columns:
        scarcest = 1.0
        for product in range(sectors):
            sellers = np.arange(product, 140, sectors)
            before, after = solved.A[sellers, column].sum(), left[sellers, column].sum()
            if before > 0:
                scarcest = min(scarcest, after / before)
                recipe[sellers, column] = left[sellers, column] * before / after
        if scarcest < 1:
            most[column] = scarcest * table.x[column]
    most = np.where(np.isfinite(most), most / table.x * solved.made, most)
    anew = orders_anew(recipe, table.f, most)
    assert found.change == pytest.approx(anew - solved.made, rel=1e-7, abs=1e-4)
    assert found.unmet > 0
    assert (found.change[columns] < 0).all()


def test_a_shortage_is_the_textbooks_mixed_model_where_nobody_makes_more() -> None:
    solved = factored(figures())
    table = solved.table
    at = table.cell("EU27:CHM")
    found = shortage(solved, {"EU27:CHM": 0.5})
    # Miller and Blair 2009, section 13.2: the output of one sector is given, that of the others is
    # what is ordered of them.
    rest = np.delete(np.arange(140), at)
    given_ = 0.5 * solved.made[at]
    left = np.eye(139) - solved.A[np.ix_(rest, rest)]
    others = np.linalg.solve(left, table.f[rest] + solved.A[rest, at] * given_)
    assert found.lost.change[at] == pytest.approx(given_ - solved.made[at], rel=1e-10)
    assert found.lost.change[rest] == pytest.approx(others - solved.made[rest], rel=1e-6, abs=1e-5)
    # If others make it, final demand is met; if not, the harm is greater among those who buy it.
    assert found.moved.unmet == pytest.approx(0.0, abs=1e-4)
    assert found.held.change.sum() < found.lost.change.sum() < 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_told_holds_in_any_small_economy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    solved = factored(figures())
    names = list(draw.choice(solved.table.cells, 3, replace=False))
    region = str(draw.choice(solved.table.regions))
    share = float(draw.uniform(0.05, 1.0))
    found: list[Stoppage] = [shortage(solved, dict.fromkeys(map(str, names), share))]
    at = [solved.table.cell(str(one)) for one in names]
    if solved.A[np.ix_(at, np.arange(140)[solved.table.region(region)])].any():
        found.append(embargo(solved, [str(one) for one in names], [region], share))
    for one in found:
        for telling in (one.lost, one.moved, one.held):
            assert telling.residual < 1e-10
            assert telling.gap < 1e-10
            assert (solved.made + telling.change > -1e-6).all()
        assert (one.lost.change < 1e-6).all()
        assert one.held.change.sum() <= 1e-6


def test_an_embargo_or_a_shortage_of_nothing_is_refused() -> None:
    solved = factored(figures())
    for asked, words in (
        (([], ["JPN"]), "sell nothing"),
        ((["EU27"], ["JPN"], 2.0), "share must be above 0"),
        ((["XXX"], ["JPN"]), "there is no region 'XXX'"),
    ):
        with pytest.raises(BadInput, match=words):
            embargo(solved, *asked)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"KOR: the share must be above 0 and up to 1, not 1\.5"):
        shortage(solved, {"KOR": 1.5})
    with pytest.raises(BadInput, match="no cell: nothing is made there"):
        shortage(solved, {})


def same(found: Stoppage, alone: Stoppage) -> bool:
    """Whether two say the same of the same question, but for the last digits."""
    assert found.basis == alone.basis
    for name in CLOSINGS:
        one, other = getattr(found, name), getattr(alone, name)
        assert one.change == pytest.approx(other.change, rel=1e-9, abs=1e-6)
        assert one.unmet == pytest.approx(other.unmet, rel=1e-9, abs=1e-6)
        assert one.residual < 1e-10
    return True


def test_of_a_region_and_a_cell_in_it_the_larger_share_is_short_in_either_order() -> None:
    solved = factored(figures())
    larger = shortage(solved, {"KOR": 0.5}).lost.change
    for both in ({"KOR": 0.5, "KOR:ELE": 0.1}, {"KOR:ELE": 0.1, "KOR": 0.5}):
        assert (shortage(solved, both).lost.change == larger).all()


def test_many_stoppages_each_by_itself_are_each_of_them() -> None:
    solved = factored(figures())
    regions = solved.table.regions
    flows = [
        ([seller], [buyer], share)
        for seller in regions
        for buyer in (*regions, "JPN:ELE")
        for share in (0.3, 1.0)
    ]
    found = embargoes(solved, flows)
    assert len(found) == 112
    assert all(same(one, embargo(solved, *flow)) for one, flow in zip(found, flows, strict=True))
    missing = [{"EU27:CHM": 0.5}, {"JPN": 0.1, "KOR:ELE": 1.0}, {"TWN": 0.9}]
    short = shortages(solved, missing)
    assert all(same(one, shortage(solved, it)) for one, it in zip(short, missing, strict=True))
    assert embargoes(solved, []) == shortages(solved, []) == ()
    with pytest.raises(BadInput, match="the share must be above 0 and up to 1, not 0"):
        embargoes(solved, [*flows[:3], (["KOR"], ["JPN"], 0.0)])


def test_many_changes_each_by_itself_are_each_of_them() -> None:
    solved = factored(figures())
    draw = np.random.default_rng(11)
    changes = []
    for width in (1, 3, 1, 2):
        columns = draw.choice(140, width, replace=False)
        changes.append((columns, -solved.A[:, columns] * draw.uniform(0, 1, (140, width))))
    together = solved.each_changed(changes)
    for place, (columns, delta) in enumerate(changes):
        one = solved.changed(columns, delta)
        assert together[:, place] == pytest.approx(one.output(solved.table.f), rel=1e-12)
        assert one.made == pytest.approx(one.output(solved.table.f), rel=1e-12)
        assert residual(one, one.made, solved.table.f) < 1e-12
    assert solved.each_changed([]).shape == (140, 0)


def test_a_real_table_tells_its_stoppages_to_nine_figures() -> None:
    solved = factored(wiod(2011))
    found = embargo(solved, ["JPN:c14"], ["KOR"])
    for telling in (found.lost, found.moved, found.held):
        assert telling.residual < 1e-9
        assert telling.gap < 1e-9
    assert found.by_region(found.lost)[solved.table.regions.index("JPN")] < 0
