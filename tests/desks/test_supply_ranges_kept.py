"""Ranges stay where the model means something, and what was found over them is found again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from supply_scenarios import Rebuilt, Scaled

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, differences
from architrave.desks.supply.chains.reading import shipped_chain
from architrave.desks.supply.dynamics.evidence import assess_days
from architrave.desks.supply.dynamics.scenario import Outage, Scenario
from architrave.desks.supply.figures import figures
from architrave.desks.supply.questions import Given, again
from architrave.desks.supply.uncertainty.answering import Design, uncertain
from architrave.desks.supply.uncertainty.naming import assess_ranged, scenario_of
from architrave.desks.supply.uncertainty.ranges import with_ranges
from architrave.desks.tabling import assessments_in, document_with

TABLE, CHAIN = figures(), shipped_chain("batteries")
ASKED: dict[str, dict[str, Any]] = {
    "resource": {"lost": {"EU27:CHM": [0.2, 0.5], "CHN:CHM": [0.1, 0.3]}, "parties": ["JPN"]},
    "embargo": {"sellers": ["ROW"], "buyers": ["KOR"], "share": [0.5, 1], "watched": ["KOR"]},
    "shortage": {"lost": {"ROW:MIN": [0.1, 0.4], "JPN:ELE": [0.1, 0.2]}, "watched": ["KOR"]},
    "demand": {"change": {"KOR:ELE": [0, 9.0], "JPN:ELE": [0, 5.0]}, "watched": ["KOR"]},
    "price": {"added": {"ROW:MIN": [0, 0.4], "JPN:ELE": [0, 0.1]}, "watched": ["KOR"]},
    "outage": {
        "lost": {"JPN:ELE": [0.3, 0.6], "JPN": [0.1, 0.2]}, "lasting": [5, 20], "days": 60,
        "watched": ["KOR"],
    },
    "lose": {
        "supplier": "CHN", "days": [30, 90], "party": "KOR", "stages": [],
        "watched": ["bat_cell"], "horizon": 365, "unnamed": True,
    },
}  # fmt: skip


def asked(name: str) -> Any:
    return scenario_of(name, ASKED[name], CHAIN if name == "lose" else TABLE)


def tabled(one: Assessment) -> Assessment:
    """As it is read from the document of a matter, in which names stand in another order."""
    (found,) = assessments_in(document_with([one]))
    return found


@pytest.mark.parametrize("name", ASKED)
def test_a_scenario_is_found_again_from_its_document_whatever_came_first(name: str) -> None:
    scenario = asked(name)
    said = tabled(assess_ranged(scenario, uncertain(scenario, design=Design(2, 1))))
    here: Given = CHAIN if "chain" in said.parameters else TABLE
    assert differences(said.document, again(said, here).document) == ()


def test_days_are_found_again_where_a_cell_is_named_with_its_region() -> None:
    both = {"JPN:ELE": 0.5, "JPN": 0.1}
    said = tabled(assess_days(TABLE, Scenario((Outage(both, 2, 10),)), 60, ["JPN"]))
    assert differences(said.document, again(said, TABLE).document) == ()
    apart = Scenario((Outage({"JPN": 0.1}, 2, 10), Outage({"JPN:ELE": 0.5}, 2, 10)))
    assert said.result == assess_days(TABLE, apart, 60, ["JPN"]).result


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("resource", {"lost EU27:CHM": (0.5, 2.0)}, "lost EU27:CHM must be from 0 to 1, not 2"),
        ("embargo", {"replaced": (0.0, 2.0)}, "replaced must be from 0 to 1, not 2"),
        ("embargo", {"needed": (-1.0, 1.0)}, "needed must be from 0 to 1, not -1"),
        ("embargo", {"share": (0.5, 1.5)}, "share must be from 0 to 1, not 1.5"),
        ("price", {"passed on": (0.0, 3.0)}, "passed on must be from 0 to 1, not 3"),
        ("price", {"elasticity": (-1.0, 1.0)}, "elasticity must be 0 or more, not -1"),
        ("outage", {"stock": (0.5, 20.0)}, "stock must be from 1 to 3650, not 0.5"),
        ("outage", {"lasting": (5.0, 90.0)}, "lasting must be from 1 to 60, not 90"),
        ("outage", {"psi": (0.5, 1.5)}, "psi must be from 0 to 1, not 1.5"),
        ("outage", {"most": (0.5, 1.5)}, "most must be from 1 to 10, not 0.5"),
        ("lose", {"stock bat_cell": (-50.0, 60.0)}, "stock bat_cell must be 0 or more, not -50"),
        ("lose", {"stock bat_cell": (-5.0, None)}, "stock bat_cell must be 0 or more, not -5"),
        ("lose", {"days": (30.0, 400.0)}, "days must be from 1 to 365, not 400"),
    ],
)
def test_a_range_beyond_what_the_model_means_is_refused(
    name: str, given: dict[str, tuple[float, float | None]], words: str
) -> None:
    changed = {one: (*ends, None) for one, ends in given.items()}
    with pytest.raises(BadInput, match=words):
        with_ranges(asked(name).ranges, changed)


def test_months_that_nobody_knows_are_held_however_long_the_supplier_is_away() -> None:
    scenario = asked("lose")
    held = {one.name: one.at * 30.4 for one in scenario.ranges if one.high is None}
    months = {name: days for name, days in held.items() if name.startswith("months ")}
    assert months
    assert min(months.values()) == pytest.approx(365)


def test_what_nothing_reaches_is_nothing_and_has_no_indices_of_noise() -> None:
    still = with_ranges(asked("outage").ranges, {
        "lost JPN:ELE": (0.0, 0.0, None), "lost JPN": (0.0, 0.0, None),
    })  # fmt: skip
    found = uncertain(asked("outage"), still, Design(4, 1))
    for said in found.said:
        assert (said.base, said.constant) == (0.0, True)
        assert said.band is not None
        assert not np.any(said.band.percentiles)


def test_a_gain_that_is_none_is_nothing() -> None:
    small = {"lost": {"EU27:CHM": [0.001, 0.002]}, "parties": ["JPN", "KOR"]}
    gain = uncertain(scenario_of("resource", small, TABLE), design=Design(8, 1)).of("gain")
    assert (gain.base, gain.constant) == (0.0, True)
    large = {"lost": {"EU27:CHM": [0.2, 0.5]}, "parties": ["JPN", "KOR"]}
    gain = uncertain(scenario_of("resource", large, TABLE), design=Design(8, 1)).of("gain")
    assert not gain.constant


def test_what_would_not_be_worked_out_again_is_not_written() -> None:
    one = Outage({"JPN:ELE": 0.1}, 1, 1)
    with pytest.raises(BadInput, match="parties names more than 12"):
        assess_days(TABLE, Scenario((one,)), 3, ["JPN"] * 13)
    with pytest.raises(BadInput, match="more than 60 events or places"):
        assess_days(TABLE, Scenario((one,) * 61), 3, ["JPN"])
    long = tabled(assess_days(TABLE, Scenario((one,)), 3650, ["JPN"]))
    assert differences(long.document, again(long, TABLE).document) == ()


@pytest.mark.parametrize("most", [1e200, 1e-300], ids=["huge", "tiny"])
def test_indices_are_the_same_in_whatever_unit_an_answer_is(most: float) -> None:
    made, again = (
        uncertain(Scaled(size=size), design=Design(16, 2)).of("y").indices for size in (1.0, most)
    )
    assert made is not None
    assert again is not None
    for name, one in made.items():
        assert again[name].first == pytest.approx(one.first, rel=1e-6)
        assert again[name].total == pytest.approx(one.total, rel=1e-6)
    with pytest.raises(BadInput, match="a: the ends of the range lie too far apart"):
        with_ranges(Scaled().ranges, {"a": (-1.5e308, 1.5e308, 0.0)})


def test_demand_that_falls_by_more_than_is_made_has_no_answer() -> None:
    lost = float(TABLE.x[TABLE.cell("KOR:ELE")])
    changed = {"change": {"KOR:ELE": [-lost, 0.0]}, "watched": ["KOR"]}
    found = uncertain(scenario_of("demand", changed, TABLE), design=Design(8, 1))
    assert {one.why for one in found.failed_rows} == {"the output of KOR:ELE falls below 0."}
    assert found.of("output KOR").indices is None
    base = found.of("output KOR").base
    assert base is not None
    assert base < 0


@pytest.mark.parametrize("name", ["outage", "resource", "embargo"])
def test_two_workers_give_the_bits_of_one(name: str) -> None:
    alone, both = (uncertain(asked(name), design=Design(8, 3), workers=n) for n in (1, 2))
    assert alone.rows + 2 * len(alone.ranges) > 32
    assert repr(alone.document) == repr(both.document)


def test_ranges_on_a_scenario_of_ones_own_tell_which_matters() -> None:
    alone, both = (uncertain(Rebuilt(), design=Design(8, 3), workers=n) for n in (1, 2))
    assert repr(alone.document) == repr(both.document)
    lost = alone.of("lost")
    assert lost.bars[0].name == "destroyed"
    assert lost.indices is not None
    assert max(lost.indices, key=lambda name: lost.indices[name].total) == "destroyed"
    missed = {bar.name: bar for bar in alone.of("missed").bars}["carried"]
    assert missed.low is not None
    assert missed.high is not None
    assert missed.low > missed.high  # the less is carried, the more is missed
