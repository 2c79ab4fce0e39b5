"""Output after a loss with a band: the model's own days, drawn, put together, and found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from desk_shelves import assessed, shelf

from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.registry import rerun
from architrave.desks.supply.dynamics.paths import paths
from architrave.desks.supply.dynamics.scenario import Outage, Parameters, Recovery, Scenario
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.uncertainty.answering import PERCENTS, Design, uncertain
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.pathed import ENDS, OutagePaths, banded
from architrave.desks.supply.uncertainty.pathed_evidence import PATHS
from architrave.desks.supply.uncertainty.ranges import with_ranges
from architrave.desks.supply.uncertainty.running import BLOCK

TABLE = figures()
WATCHED = ("KOR", "USA")


def loss(days: int = 60, every: int = 7) -> OutagePaths:
    outage = OutageDays(TABLE, {"KOR:CHM": (0.2, 0.6)}, (5.0, 30.0), days, WATCHED)
    return OutagePaths(outage, every)


def made_by_hand(days: int, **told: float) -> np.ndarray:
    """Output of the watched regions day by day (T x 2), from the model without any ranges."""
    lost = Outage({"KOR:CHM": 0.4}, days=18, recovery=Recovery(30))
    found = paths(factored(TABLE), Scenario((lost,), parameters=Parameters(**told)), days)
    shape = (len(TABLE.regions), -1)
    usual = found.usual.reshape(shape).sum(axis=1)
    parts = found.made.reshape(days, *shape).sum(axis=2) / usual
    return parts[:, [TABLE.regions.index(one) for one in WATCHED]]


@pytest.mark.parametrize("every", [1, 7, 59], ids=["by day", "by week", "all at once"])
def test_the_base_is_the_path_of_the_model_by_so_many_days(every: int) -> None:
    scenario = loss(every=every)
    fixed = {"lasting": (5.0, 30.0, 18.0), "recovery": (1.0, 60.0, 30.0)}
    ranges = with_ranges(scenario.ranges, fixed)
    found = banded(scenario, ranges, Design(2, 1))
    alone = made_by_hand(60)
    assert scenario.periods[0] == (1, every)
    assert scenario.periods[-1][1] == 59
    covered = [day for first, last in scenario.periods for day in range(first, last + 1)]
    assert covered == list(range(1, 60))
    for at, region in enumerate(WATCHED):
        means = [alone[first : last + 1, at].mean() for first, last in scenario.periods]
        assert found.regions[region].base == pytest.approx(means, rel=1e-9)
    # Day 0 is the day before: all is as usual on it, and it is in no period.
    assert alone[0] == pytest.approx(1.0, abs=1e-9)


def test_the_ends_are_percentiles_of_the_rows_that_bands_of_a_cost_are_made_from() -> None:
    scenario = loss(days=31, every=30)
    found = banded(scenario, design=Design(16, 3))
    costs = uncertain(scenario.outage, design=Design(16, 3))
    for region in WATCHED:
        band = costs.of(f"lost {region}").band
        assert band is not None
        lost = dict(zip(PERCENTS, band.percentiles, strict=True))
        one = found.regions[region]
        # Thirty days in one period, and none lost on day 0: days lost are 30 x what is not made.
        for end, part in zip(ENDS, (one.high, one.middle, one.low), strict=True):
            assert 30 * (1 - part[0]) == pytest.approx(lost[end], abs=1e-9)
    assert (found.answered, found.drawn, found.failed) == (32, 32, ())


def test_a_wider_range_widens_the_band_and_without_any_spread_it_is_the_base() -> None:
    scenario = loss(days=30, every=7)

    def widths(share: tuple[float, float]) -> np.ndarray:
        held = {
            one.name: (one.at, one.at, one.at) for one in scenario.ranges if one.name != "most"
        } | {"lost KOR:CHM": (*share, 0.4)}
        one = banded(scenario, with_ranges(scenario.ranges, held), Design(16, 1)).regions["KOR"]
        assert one.base is not None
        assert all(np.diff([one.low, one.middle, one.high], axis=0).ravel() >= 0)
        assert all(np.array(one.low) <= one.base)
        assert all(one.base <= np.array(one.high))
        return np.subtract(one.high, one.low)

    narrow, wide = widths((0.35, 0.45)), widths((0.2, 0.6))
    assert (wide > 2 * narrow).all()
    assert widths((0.4, 0.4))[0] < 0.01 * narrow[0]


def test_any_number_of_workers_gives_the_same_bits_and_the_seed_decides() -> None:
    scenario, design = loss(days=31), Design(32, 9)
    alone = banded(scenario, design=design)
    assert alone.drawn > 2 * BLOCK - 1
    for workers in (2, 3):
        again = banded(scenario, design=design, workers=workers)
        assert repr(again.document) == repr(alone.document)
    other = banded(scenario, design=Design(32, 10))
    assert differences(alone.document, other.document)


def test_rows_in_which_the_model_runs_away_are_left_out_and_named() -> None:
    scenario = loss(days=200)
    short = {"stock": (5.0, 120.0, 5.0), "lasting": (30.0, 30.0, 30.0),
             "lost KOR:CHM": (0.6, 0.6, 0.6)}  # fmt: skip
    found = banded(scenario, with_ranges(scenario.ranges, short), Design(8, 1))
    assert 0 < found.answered < found.drawn == 16
    assert len(found.failed) == found.drawn - found.answered
    assert all("ran away" in one.why for one in found.failed)
    assert all(1 <= one.row <= found.drawn for one in found.failed)
    assert max(one.inputs["stock"] for one in found.failed) < 60
    assert found.regions["KOR"].base is None
    hopeless = with_ranges(scenario.ranges, {**short, "stock": (4.0, 5.0, 5.0)})
    with pytest.raises(BadInput, match="none of 4 rows has an answer: the model ran away"):
        banded(scenario, hopeless, Design(2, 1))


@pytest.mark.parametrize("every", [0, 60, -1])
def test_days_that_cannot_be_taken_together_are_refused(every: int) -> None:
    with pytest.raises(BadInput, match=f"taken together from 1 to 59 at a time, not {every}"):
        loss(every=every)


def test_a_path_without_a_day_after_the_loss_is_refused() -> None:
    outage = OutageDays(TABLE, {"KOR:CHM": (0.2, 0.6)}, (1.0, 1.0), 1, WATCHED)
    with pytest.raises(BadInput, match="a path takes at least 2 days"):
        OutagePaths(outage, 1)


def test_paths_are_found_again_and_bounded() -> None:
    (said,) = (one for one in assessed("supply") if one.question == PATHS)
    assert differences(said.document, rerun(said, shelf()).document) == ()
    assert said.versions["salib"]
    names = [one["name"] for one in said.parameters["ranges"]]
    assert names[:2] == ["lost JPN:CHM", "lasting"]
    regions = {**said.result["regions"]}
    regions["KOR"] = {**regions["KOR"], "low": [0.5, *regions["KOR"]["low"][1:]]}
    tabled = replace(said, result={**said.result, "regions": regions})
    cells = differences(tabled.result, rerun(tabled, shelf()).result)
    assert [one.cell for one in cells] == ["regions.KOR.low[0]"]
    another = replace(said, parameters={**said.parameters, "seed": 6})
    assert differences(said.result, rerun(another, shelf()).result)
    asked = said.parameters["asked"]
    for change, words in (
        ({"every": 0}, "the parameter every must be a whole number from 1 to 1100"),
        ({"every": 60}, "taken together from 1 to 39"),
        ({"size": 2048}, "the parameter size must be a whole number from 2 to 1024"),
        ({"size": 12}, "the size must be a power of two"),
        ({"seed": 0}, "the parameter seed must be"),
        ({"asked": {**asked, "days": 2000}}, "follows more than 1100 days"),
        ({"asked": {**asked, "watched": ["MARS"]}}, "there is no region 'MARS'"),
        ({"asked": {}}, "is asked with lost, lasting, days, watched"),
        ({"ranges": []}, "the ranges must be lost JPN:CHM, lasting"),
        ({"table": "ab" * 32}, "rests on a table with the digest abababababababab"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(replace(said, parameters={**said.parameters, **change}), shelf())
