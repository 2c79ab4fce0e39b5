"""Dependence and extraction: as a hand reckons them, as another way of solving gives them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from supply_tables import MILLER_BLAIR, table_with, wiod

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.exposure.dependence import (
    forward,
    herfindahl,
    reliance,
    value_added_in,
)
from architrave.desks.supply.exposure.extraction import extracted, lost_without, screen
from architrave.desks.supply.exposure.mutual import mutual
from architrave.desks.supply.exposure.pairs import dependency
from architrave.desks.supply.exposure.views import shared_view
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.table import Table, table_of

PARTIES = ("JPN", "KOR", "USA")


def test_extraction_of_one_of_two_sectors_by_hand() -> None:
    # Without A, B meets its own demand alone: 1700 / (1 - 0.05) = 1789.47 of 2000.
    lost = lost_without(factored(MILLER_BLAIR), "one:A")
    assert lost == pytest.approx([1000.0, 2000 - 1700 / 0.95], rel=1e-9)


def test_a_cell_and_a_region_taken_out_are_as_the_smaller_table_says() -> None:
    table = figures()
    solved = factored(table)
    output = solved.output(table.f)
    for region in ("TWN", "EU27"):
        lost = extracted(solved, region)
        kept = np.ones(table.size, bool)
        kept[table.region(region)] = False
        smaller = np.linalg.solve(np.eye(kept.sum()) - solved.A[np.ix_(kept, kept)], table.f[kept])
        assert (output - lost)[kept] == pytest.approx(smaller, rel=1e-9)
        assert lost[~kept] == pytest.approx(output[~kept], rel=1e-9)
        assert (lost >= -1e-6).all()
    cell = lost_without(solved, "CHN:ELE")
    kept = np.arange(table.size) != table.cell("CHN:ELE")
    smaller = np.linalg.solve(np.eye(kept.sum()) - solved.A[np.ix_(kept, kept)], table.f[kept])
    assert (output - cell)[kept] == pytest.approx(smaller, rel=1e-9)


def test_the_screen_of_all_cells_is_each_cell_taken_out() -> None:
    table = figures()
    solved = factored(table)
    found = screen(solved)
    per = 1.0 - solved.A.sum(axis=0)
    added = (per * solved.output(table.f)).reshape(len(table.regions), -1).sum(axis=1)
    for cell in ("KOR:ELE", "ROW:MIN", "USA:OSV", "JPN:CHM"):
        gone = (per * lost_without(solved, cell)).reshape(len(table.regions), -1).sum(axis=1)
        assert found.lost[:, table.cell(cell)] == pytest.approx(gone / added, rel=1e-9)
    assert ((found.lost >= -1e-12) & (found.lost <= 1 + 1e-9)).all()


def test_shares_add_up_and_looking_through_moves_them_abroad() -> None:
    solved = factored(figures())
    for buyer in ("KOR:ELE", "JPN:TRQ", "USA"):
        found = reliance(solved, buyer)
        assert sum(found.face.shares) == pytest.approx(1)
        assert sum(found.through.shares) == pytest.approx(1)
        region = buyer.partition(":")[0]
        # What comes from home at face value has foreign inputs in it.
        assert found.through.of(region) < found.face.of(region)
        assert 0 < found.concentration < 1
    for region in PARTIES:
        sources = value_added_in(solved, region)
        assert sum(sources.shares) == pytest.approx(1)
        assert sources.of(region) == max(sources.shares)
    assert sum(forward(solved, "TWN:ELE").shares) == pytest.approx(1)
    assert herfindahl([1.0, 1.0]) == pytest.approx(0.5)
    assert herfindahl([]) == 0.0


def test_one_of_two_sectors_depends_on_the_other_as_a_hand_reckons() -> None:
    # Miller and Blair 2009, table 2.3, with the total requirements that it prints.
    found = dependency(factored(MILLER_BLAIR), "one:B", "one:A")
    assert found.bought == pytest.approx(500 / 600)
    assert found.sold == pytest.approx(500 / 1000)
    taken = 1.2541 * 500 + 0.3300 * 100, 0.2640 * 500 + 1.1221 * 100
    assert found.through == pytest.approx(taken[0] / sum(taken), abs=1e-4)
    # Ghosh's matrix is x^-1 L x: what one of A's value added is passed on to.
    passed = 1.2541, 0.3300 * 2000 / 1000
    assert found.passed_on == pytest.approx(passed[1] / sum(passed), abs=1e-4)


def test_dependence_on_all_regions_is_whole_and_on_who_makes_nothing_is_none() -> None:
    solved = factored(figures())
    found = [dependency(solved, "KOR:ELE", region) for region in solved.table.regions]
    whole = reliance(solved, "KOR:ELE")
    assert [one.bought for one in found] == pytest.approx(whole.face.shares)
    assert [one.through for one in found] == pytest.approx(whole.through.shares)
    cells = [dependency(solved, "KOR:ELE", cell) for cell in solved.table.cells]
    assert sum(one.through for one in cells) == pytest.approx(1)
    ways = [dependency(solved, region, "TWN:ELE").passed_on for region in solved.table.regions]
    assert ways == pytest.approx(forward(solved, "TWN:ELE").shares)
    with pytest.raises(BadInput, match="there is no region 'XXX'"):
        dependency(solved, "KOR:ELE", "XXX")

    def stopped(Z, Y, x):  # type: ignore[no-untyped-def]
        Y[1, 0] += Z[1, 0]
        x[0], Z[0], Y[0], Z[:, 0] = 0, 0, 0, 0

    still = dependency(factored(table_with(stopped)), "one:B", "one:A")
    assert (still.bought, still.through, still.sold, still.passed_on) == (0, 0, None, None)


def test_value_added_in_all_demand_is_all_value_added() -> None:
    table = figures()
    solved = factored(table)
    paid = np.zeros(len(table.regions))
    for region in table.regions:
        paid += np.array(value_added_in(solved, region).shares) * table.demand_of(region).sum()
    assert (table.Y < 0).any()  # drawn inventories are less demand, and are not left out
    made = (1.0 - solved.A.sum(axis=0)) * solved.output(table.f)
    assert paid == pytest.approx(made.reshape(len(table.regions), -1).sum(axis=1), rel=1e-9)
    everybody = mutual([table], table.regions).rows
    for region in table.regions:
        at = table.regions.index(region)
        own = value_added_in(solved, region).of(region) * table.demand_of(region).sum() / paid[at]
        abroad = sum(row.earns for row in everybody if row.of == region)
        # But for the rounding by which the table's sales and its output differ.
        assert own + abroad == pytest.approx(1, rel=3e-3)


def test_what_a_shared_view_adds_is_in_nobodys_own_list() -> None:
    found = shared_view(screen(factored(figures())), PARTIES, top=12)
    own = {cell.cell for cells in found.alone.values() for cell in cells}
    assert set(found.added) == {cell.cell for cell in found.together} - own
    regions = {cell.cell.partition(":")[0] for cell in found.together}
    assert not regions & set(PARTIES)
    for party, cells in found.alone.items():
        assert not any(cell.cell.startswith(f"{party}:") for cell in cells)
    assert set(found.each_other) == {(a, b) for a in PARTIES for b in PARTIES if a != b}
    assert all(cell.startswith(f"{whom}:") for (_, whom), (cell, _) in found.each_other.items())


def sold_to(amounts: dict[tuple[str, str], float]) -> Table:
    """P, Q, R and O with sectors a to d, which sell each other the `amounts` and the rest at home.

    Each cell makes 100, of which what it does not sell to a cell goes to its own final demand.
    """
    regions, sectors = ("P", "Q", "R", "O"), ("a", "b", "c", "d")
    cells = [f"{region}:{sector}" for region in regions for sector in sectors]
    Z, Y, x = np.zeros((16, 16)), np.zeros((16, 4)), np.full(16, 100.0)
    for (seller, buyer), amount in amounts.items():
        Z[cells.index(seller), cells.index(buyer)] = amount
    for at in range(16):
        Y[at, at // 4] = x[at] - Z[at].sum()
    return table_of("four", 2020, regions, sectors, ("F",), (Z, Y, x))


def test_a_shared_view_sees_what_is_second_for_each_and_first_for_all() -> None:
    # P, Q and R each sell most to a buyer of their own, O:a, O:b, O:c, and less to O:d.
    alone = {("P:a", "O:a"): 30.0, ("Q:a", "O:b"): 30.0, ("R:a", "O:c"): 30.0}
    common = {(f"{who}:b", "O:d"): 20.0 for who in "PQR"}
    found = shared_view(screen(factored(sold_to(alone | common))), ("P", "Q", "R"), top=1)
    assert {who: [one.cell for one in found.alone[who]] for who in "PQR"} == {
        "P": ["O:a"], "Q": ["O:b"], "R": ["O:c"],
    }  # fmt: skip
    assert [one.cell for one in found.together] == ["O:d"]
    assert found.added == ("O:d",)
    # By hand: of 400 that each adds 20 hang on O:d.
    assert found.together[0].lost == pytest.approx((0.05, 0.05, 0.05))


def test_a_shared_view_adds_nothing_where_each_sees_the_same_first() -> None:
    alone = {("P:a", "O:a"): 20.0, ("Q:a", "O:b"): 20.0, ("R:a", "O:c"): 20.0}
    common = {(f"{who}:b", "O:d"): 30.0 for who in "PQR"}
    found = shared_view(screen(factored(sold_to(alone | common))), ("P", "Q", "R"), top=1)
    assert [one.cell for cells in found.alone.values() for one in cells] == ["O:d"] * 3
    assert [one.cell for one in found.together] == ["O:d"]
    assert found.added == ()


def test_a_long_list_ends_with_the_last_cell_outside() -> None:
    table = figures()
    found = shared_view(screen(factored(table)), PARTIES, top=100)
    outside = [one for one in table.cells if one.partition(":")[0] not in PARTIES]
    assert sorted(one.cell for one in found.together) == sorted(outside)
    for party, cells in found.alone.items():
        assert len(cells) == 100
        assert not any(one.cell.startswith(f"{party}:") for one in cells)


def test_parties_that_add_no_value_are_refused() -> None:
    table = sold_to({(f"O:{one}", f"P:{one}"): 100.0 for one in "abcd"})
    found = screen(factored(table))
    with pytest.raises(BadInput, match="four: P add no value, so none hangs on anything"):
        found.worst_for(["P"], 3)
    assert found.worst_for(["P", "Q"], 3)
    with pytest.raises(BadInput, match="there is no region 'S'"):
        found.worst_for(["S"], 3)


def test_both_directions_of_each_pair_are_told_by_year() -> None:
    found = mutual([figures()], PARTIES)
    assert len(found.rows) == 6
    one = found.asymmetry(2011, "KOR", "USA")
    assert one == pytest.approx(-found.asymmetry(2011, "USA", "KOR"))
    # The small table is a sum of the large one: what it says of the pairs is close to that.
    real = mutual([wiod(2011)], PARTIES)
    for small, large in zip(found.rows, real.rows, strict=True):
        assert small.supplies == pytest.approx(large.supplies, rel=0.15)


def test_mutual_dependence_over_the_years_is_what_inverses_of_their_tables_say() -> None:
    years = (1995, 2003, 2011)
    found = mutual([wiod(year) for year in reversed(years)], PARTIES)
    assert [row.year for row in found.rows] == [year for year in years for _ in range(6)]
    for year in years:
        table = wiod(year)
        per = np.divide(1.0, table.x, out=np.zeros(table.size), where=table.x > 0)
        total = np.linalg.inv(np.eye(table.size) - table.Z * per)
        demand = table.demand_of("KOR")
        added = np.where(table.x > 0, table.v * per, 0.0) * (total @ demand)
        paid = added[table.region("JPN")].sum()
        row = next(row for row in found.rows if (row.year, row.of, row.by) == (year, "JPN", "KOR"))
        assert row.supplies == pytest.approx(paid / added.sum(), rel=1e-9)
        assert row.earns == pytest.approx(paid / table.v[table.region("JPN")].sum(), rel=1e-3)


def year_of(year: int, **other: object) -> Table:
    """The small table as if of another year, or with other labels."""
    return replace(figures(), year=year, **other)  # type: ignore[arg-type]


def test_years_may_come_in_any_order_and_no_year_twice() -> None:
    tables = [year_of(year) for year in (2003, 1995, 2011)]
    found = mutual(tables, PARTIES)
    assert found == mutual(sorted(tables, key=lambda one: one.year), PARTIES)
    assert [row.year for row in found.rows[::6]] == [1995, 2003, 2011]
    files = [year_of(2003, file="a.npz"), year_of(1995), year_of(2003, file="b.npz")]
    with pytest.raises(BadInput, match=r"^a.npz and b.npz are both tables of 2003: name one for "):
        mutual(files, PARTIES)


def test_years_that_cannot_be_compared_are_refused_in_one_sentence() -> None:
    small = figures()
    codes = tuple(code.replace("ELE", "CHIPS") for code in small.sectors)
    with pytest.raises(BadInput, match=r"\(2010\) and .* \(2011\) have other sectors: only years"):
        mutual([small, year_of(2010, sectors=codes)], PARTIES)
    places = tuple(code.replace("EU27", "EU28") for code in small.regions)
    with pytest.raises(BadInput, match=r"have other regions: only years of the same regions"):
        mutual([small, year_of(2010, regions=places)], PARTIES)
    for tables, parties, words in (
        ([], PARTIES, "needs a table for each year"),
        ([small], ("KOR",), "two parties or more"),
        ([small], ("KOR", "USA", "KOR"), "each named once"),
        ([small], ("KOR", "XXX"), "there is no region 'XXX'"),
    ):
        with pytest.raises(BadInput, match=words):
            mutual(tables, parties)


def test_who_pays_for_nothing_or_adds_nothing_is_refused_by_name() -> None:
    small = figures()
    for change, words in (
        ({"Y": np.where(np.arange(small.Y.shape[1]) // 5 == 1, 0.0, small.Y)}, "pays for nothing"),
        ({"x": np.where(np.arange(140) // 20 == 1, small.Z.sum(axis=0), small.x)}, "adds no value"),
    ):
        with pytest.raises(BadInput, match=f"{small.regions[1]} {words}"):
            mutual([year_of(2011, **change)], small.regions[:3])


def test_tables_of_several_years_are_one_layer_by_its_newest() -> None:
    layers = [Layer("T", year, f"digest {year}", "its source") for year in ("1995", "2011", "2003")]
    found = Basis((*layers, Layer("chain.csv", "", "digest", "its source"))).newest
    assert found == "T: 2011 (back to 1995, 3 files); chain.csv: not dated"


def test_who_buys_or_adds_nothing_is_refused() -> None:
    def closed(Z, Y, x):  # type: ignore[no-untyped-def]
        Y[1, 0] += Z[1, 0]
        Z[:, 0], Z[1, 0] = 0, 0
        Y[0, 0] = x[0] - Z[0].sum()

    solved = factored(table_with(closed))
    with pytest.raises(BadInput, match="one:A buys nothing"):
        reliance(solved, "one:A")
    with pytest.raises(BadInput, match="there is no region 'two'"):
        reliance(solved, "two:A")
