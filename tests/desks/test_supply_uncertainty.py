from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from supply_scenarios import Additive, Breaking, Failing, Ishigami, Made, Still

from architrave.desks.errors import BadInput
from architrave.desks.supply.uncertainty.answering import Design, uncertain
from architrave.desks.supply.uncertainty.ranges import Kind, Range, Scenario, with_ranges
from architrave.desks.supply.uncertainty.running import BLOCK, answered
from architrave.desks.supply.uncertainty.tornado import tornado_rows
from architrave.desks.supply.uncertainty.variance import drawn_apart, sample_rows

pytestmark = pytest.mark.filterwarnings("error")


def test_the_indices_of_ishigamis_function_are_those_of_its_formula() -> None:
    # By hand, a = 7 and b = 0.1: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = 8 b^2 pi^8 / 225.
    v1, v2 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8
    v13 = 8 * 0.01 * np.pi**8 / 225
    whole = v1 + v2 + v13
    found = uncertain(Ishigami(), design=Design(4096, 3)).of("y").indices
    assert found is not None
    first = [found[name].first for name in "abc"]
    total = [found[name].total for name in "abc"]
    assert first == pytest.approx([v1 / whole, v2 / whole, 0.0], abs=0.02)
    assert total == pytest.approx([(v1 + v13) / whole, v2 / whole, v13 / whole], abs=0.02)
    for name, index in zip("abc", [v1 / whole, v2 / whole, 0.0], strict=True):
        assert abs(found[name].first - index) <= 2 * found[name].first_within
        assert 0 < found[name].total_within < 0.06


def test_an_additive_model_shares_out_its_variance_and_a_dead_input_has_exactly_none() -> None:
    found = uncertain(Additive(), design=Design(2048, 5)).of("y").indices
    assert found is not None
    want = [1 / 14, 4 / 14, 9 / 14]
    assert [found[one].first for one in "abc"] == pytest.approx(want, abs=0.01)
    assert [found[one].total for one in "abc"] == pytest.approx(want, abs=0.01)
    assert (found["d"].first, found["d"].total, found["d"].total_within) == (0.0, 0.0, 0.0)


def test_another_library_has_the_same_indices_from_the_same_answers() -> None:
    scenario = Ishigami()
    rows = sample_rows(scenario.ranges, 256, 11)
    values, _ = answered(scenario, rows)
    parts = values[:, 0].reshape(256, 5).T  # A, three crossed, B
    theirs = scipy.stats.sobol_indices(
        func={"f_A": parts[:1], "f_B": parts[4:], "f_AB": parts[1:4, None]}, n=256
    )
    ours = uncertain(scenario, design=Design(256, 11)).of("y").indices
    assert ours is not None
    # SciPy takes the mean of all rows from A and B first, SALib that of the whole sample.
    assert [ours[one].total for one in "abc"] == pytest.approx(theirs.total_order, abs=1e-9)
    assert [ours[one].first for one in "abc"] == pytest.approx(theirs.first_order, abs=5e-3)


def test_a_tornado_of_a_rising_model_is_the_difference_of_its_corners_widest_first() -> None:
    scenario = Additive()
    ranges = with_ranges(scenario.ranges, {"c": (0.4, 0.6, 0.5), "b": (0.0, 1.0, 0.25)})
    said = uncertain(scenario, ranges, Design(4, 1)).of("y")
    base = 0.5 + 2 * 0.25 + 3 * 0.5
    assert said.base == base
    told = {bar.name: (bar.low, bar.high) for bar in said.bars}
    assert list(told) == ["b", "a", "c", "d"]
    assert told["b"] == pytest.approx((base - 0.5, base + 1.5))
    assert told["c"] == pytest.approx((base - 0.3, base + 0.3))
    assert [bar.swing for bar in said.bars] == pytest.approx([2.0, 1.0, 0.6, 0.0])


def test_a_band_is_of_the_rows_that_were_drawn_by_themselves() -> None:
    found = uncertain(Additive(), design=Design(1024, 2)).of("y").band
    assert found is not None
    assert (found.answered, found.drawn) == (2048, 2048)
    drawn = np.random.default_rng(1).random((200_000, 3)) @ np.array([1.0, 2.0, 3.0])
    want = np.percentile(drawn, [5, 25, 50, 75, 95])
    assert found.percentiles == pytest.approx(tuple(want), abs=0.03)
    rows = sample_rows(Additive().ranges, 8, 2)
    apart = rows[drawn_apart(Additive().ranges, len(rows))]
    assert len(apart) == 16
    assert len(np.unique(apart.round(12), axis=0)) == 16


def test_a_failed_row_is_said_with_its_inputs_and_why_and_takes_the_indices_with_it() -> None:
    scenario = Failing()
    found = uncertain(scenario, design=Design(16, 4))
    rows = sample_rows(scenario.ranges, 16, 4)
    wanted = {
        at + 1: "a is too large." if a > 0.9 else "the answer is not a finite number"
        for at, (a, b, _) in enumerate(rows)
        if a > 0.9 or b > 0.95
    }
    assert set(wanted.values()) == {"a is too large.", "the answer is not a finite number"}
    assert {one.row: one.why for one in found.failed_rows} == wanted
    first = found.failed_rows[0]
    assert list(first.inputs.values()) == rows[first.row - 1].tolist()
    said = found.of("y")
    assert said.indices is None
    assert said.band is not None
    lost = sum(at + 1 in wanted for at in drawn_apart(scenario.ranges, len(rows)))
    assert said.band.answered == said.band.drawn - lost == 32 - lost
    assert {one.row: one.inputs["a"] for one in found.failed_bars} == {3: 1.0, 5: 0.5}
    assert [bar.swing for bar in said.bars[:2]] == [None, None]
    assert {bar.name for bar in said.bars[:2]} == {"a", "b"}
    assert said.bars[2].swing == pytest.approx(1.0)
    document = found.document["failed"]
    assert isinstance(document, dict)
    assert len(document["sample"]) == len(wanted)


def test_where_every_row_fails_nothing_is_known() -> None:
    ranges = with_ranges(Failing().ranges, {"a": (0.95, 1.0, None)})
    found = uncertain(Failing(), ranges, Design(4, 4))
    said = found.of("y")
    assert (said.base, said.band, said.indices) == (None, None, None)
    assert len(found.failed_rows) == found.rows == 20


def test_what_never_changes_has_no_variance_to_share_out() -> None:
    said = uncertain(Still(), design=Design(8, 1)).of("y")
    assert said.constant
    assert said.indices is not None
    assert {one.total for one in said.indices.values()} == {0.0}
    assert said.band is not None
    assert said.band.percentiles == (7.0,) * 5


def test_an_open_range_stays_at_its_base_without_an_index_and_a_fixed_one_is_not_varied() -> None:
    ranges = with_ranges(Additive().ranges, {"b": (0.0, None, 0.3), "d": (2.0, 2.0, None)})
    found = uncertain(Additive(), ranges, Design(8, 1))
    assert [one.name for one in found.open] == ["b"]
    assert found.document["open"] == ["b"]
    said = found.of("y")
    assert said.indices is not None
    assert set(said.indices) == {bar.name for bar in said.bars} == {"a", "c"}
    rows = sample_rows(ranges, 8, 1)
    assert set(rows[:, 1]) == {0.3}
    assert set(rows[:, 3]) == {2.0}
    assert tornado_rows(ranges).shape == (5, 4)


@pytest.mark.parametrize("scenario", [Ishigami(), Failing()], ids=["ishigami", "failing"])
def test_any_number_of_workers_gives_the_same_bits(scenario: Scenario) -> None:
    design = Design(32, 9)
    alone = uncertain(scenario, design=design)
    assert alone.rows + 7 > 2 * BLOCK
    for workers in (2, 3):
        found = uncertain(scenario, design=design, workers=workers)
        assert repr(found.document) == repr(alone.document)
        assert found.failed_rows == alone.failed_rows


def test_a_fault_of_a_scenario_comes_out_of_a_worker_as_it_was() -> None:
    rows = np.zeros((3 * BLOCK, 3))
    for workers in (1, 2):
        with pytest.raises(RuntimeError, match="a fault of the scenario"):
            answered(Breaking(), rows, workers)


def test_the_seed_decides_the_sample_and_nothing_else_does() -> None:
    ranges = Made().ranges
    one, again = sample_rows(ranges, 16, 7), sample_rows(ranges, 16, 7)
    assert (one == again).all()
    assert (one != sample_rows(ranges, 16, 8)).any()
    assert (one >= 0).all()
    assert (one <= 1).all()
    np.random.seed(1)
    first = uncertain(Ishigami(), design=Design(16, 7)).document
    np.random.seed(2)
    assert uncertain(Ishigami(), design=Design(16, 7)).document == first


@pytest.mark.parametrize(
    ("design", "workers", "words"),
    [
        (Design(100, 1), 1, "power of two from 2 to 65536, not 100"),
        (Design(0, 1), 1, "power of two"),
        (Design(65536, 1), 1, "327,680 rows are more than 262,144"),
        (Design(16, 0), 1, "seed must be a whole number from 1"),
        (Design(16, 1, 1.0), 1, "confidence must lie between 0 and 1"),
        (Design(16, 1), 0, "number of workers must be from 1 to 256"),
    ],
)
def test_a_design_that_cannot_be_is_refused(design: Design, workers: int, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        uncertain(Ishigami(), design=design, workers=workers)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"z": (0.0, 1.0, None)}, "there is no range 'z' here, only a, b, c"),
        ({"a": (1.0, 0.0, None)}, "a: the range ends at 0, below 1"),
        ({"a": (0.0, float("nan"), None)}, "a: the range has an end that is no finite number"),
        ({"a": (0.0, 1.0, 2.0)}, "a: the base 2 lies outside the range"),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    given: dict[str, tuple[float, float | None, float | None]], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        with_ranges(Made().ranges, given)


def test_nothing_to_vary_other_names_and_a_name_given_twice_are_refused() -> None:
    still = with_ranges(Made().ranges, {one: (1.0, 1.0, None) for one in "abc"})
    with pytest.raises(BadInput, match="nothing is to be varied"):
        uncertain(Still(), still, Design(4, 1))
    with pytest.raises(BadInput, match="the names of the scenario's own"):
        uncertain(Still(), still[:2], Design(4, 1))
    with pytest.raises(BadInput, match="the range 'a' stands there twice"):
        uncertain(replace(Still(), names=("a", "a")), design=Design(4, 1))


def test_a_base_that_was_not_given_stays_where_it_still_can() -> None:
    own = (Range("a", 0.0, 1.0, Kind.SHARE, "a source", base=0.2),)
    (kept,) = with_ranges(own, {"a": (0.1, 0.3, None)})
    (moved,) = with_ranges(own, {"a": (0.4, 0.8, None)})
    assert (kept.at, moved.at) == (0.2, pytest.approx(0.6))
    assert kept.source == moved.source == "assumed by whoever asks"
    assert with_ranges(own, {}) == own
