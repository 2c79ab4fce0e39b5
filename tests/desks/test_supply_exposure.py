"""Dependence and extraction: as a hand reckons them, as another way of solving gives them."""

from __future__ import annotations

import numpy as np
import pytest
from supply_tables import MILLER_BLAIR, table_with, wiod

from architrave.desks.errors import BadInput
from architrave.desks.supply.exposure.dependence import (
    forward,
    herfindahl,
    reliance,
    value_added_in,
)
from architrave.desks.supply.exposure.extraction import extracted, lost_without, screen
from architrave.desks.supply.exposure.mutual import mutual
from architrave.desks.supply.exposure.views import shared_view
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures

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


def test_value_added_in_all_demand_is_all_value_added() -> None:
    table = figures()
    solved = factored(table)
    paid = np.zeros(len(table.regions))
    for region in table.regions:
        demand = np.maximum(table.demand_of(region), 0.0)
        paid += np.array(value_added_in(solved, region).shares) * demand.sum()
    made = (1.0 - solved.A.sum(axis=0)) * solved.output(
        sum(np.maximum(table.demand_of(region), 0.0) for region in table.regions)
    )
    wanted = made.reshape(len(table.regions), -1).sum(axis=1)
    # Drawn inventories are left out of demand, so both sides count the same demand.
    assert paid == pytest.approx(wanted, rel=1e-9)


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


def test_both_directions_of_each_pair_are_told_by_year() -> None:
    found = mutual([figures()], PARTIES)
    assert len(found.rows) == 6
    one = found.asymmetry(2011, "KOR", "USA")
    assert one == pytest.approx(-found.asymmetry(2011, "USA", "KOR"))
    # The small table is a sum of the large one: what it says of the pairs is close to that.
    real = mutual([wiod(2011)], PARTIES)
    for small, large in zip(found.rows, real.rows, strict=True):
        assert small.supplies == pytest.approx(large.supplies, rel=0.15)


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
