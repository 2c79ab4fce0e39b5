"""Shocks on a table: the textbook's answers, and the same as solving the changed table anew."""

from __future__ import annotations

import numpy as np
import pytest
from supply_tables import MILLER_BLAIR

from architrave.desks.errors import BadInput
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.shocks import cost_shock, demand_shock, embargo


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


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_an_embargo_is_the_changed_table_solved_anew(share: float) -> None:
    solved = factored(figures())
    table = solved.table
    rows, columns = np.arange(140)[table.region("EU27")], np.arange(140)[table.region("JPN")]
    found = embargo(solved, ["EU27"], ["JPN"], share)
    without = solved.A.copy()
    without[np.ix_(rows, columns)] *= 1 - share
    anew = np.linalg.solve(np.eye(140) - without, table.f) - solved.output(table.f)
    assert found.lost == pytest.approx(anew.reshape(7, 20).sum(axis=1), rel=1e-8, abs=1e-6)
    # If nobody makes more, nobody gains; if others do, what buyers need in all stays the same.
    assert max(found.lost) <= 1e-6
    assert found.moved[table.regions.index("EU27")] < 0 < max(found.moved)


def test_an_embargo_on_nothing_is_refused() -> None:
    solved = factored(figures())
    for asked, words in (
        (([], ["JPN"]), "sell nothing"),
        ((["EU27"], ["JPN"], 2.0), "share must be above 0"),
        ((["XXX"], ["JPN"]), "there is no region 'XXX'"),
    ):
        with pytest.raises(BadInput, match=words):
            embargo(solved, *asked)  # type: ignore[arg-type]
