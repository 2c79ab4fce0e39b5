"""The desk's questions as scenarios: each row is what the desk says by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from architrave.desks.errors import BadInput
from architrave.desks.supply.chains.flows import MONTH, coming
from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.reading import shipped_chain
from architrave.desks.supply.chains.running import Case, Run
from architrave.desks.supply.dynamics.paths import paths
from architrave.desks.supply.dynamics.scenario import Outage, Parameters, Recovery, Scenario
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.resourcing.losses import loss_of
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.resourcing.pooling import pooled
from architrave.desks.supply.shocks import cost_shock, demand_shock
from architrave.desks.supply.stoppages import embargo, shortage
from architrave.desks.supply.uncertainty.answering import Design, uncertain
from architrave.desks.supply.uncertainty.chained import ChainLoss
from architrave.desks.supply.uncertainty.dayed import OutageDays, OwnDays
from architrave.desks.supply.uncertainty.naming import Named, asked_of, scenario_of
from architrave.desks.supply.uncertainty.ranges import with_ranges
from architrave.desks.supply.uncertainty.resourced import Resourcing
from architrave.desks.supply.uncertainty.shocked import CostRise, DemandChange
from architrave.desks.supply.uncertainty.stopped import Embargo, Shortage
from architrave.desks.supply.uncertainty.variance import sample_rows

PARTIES = ("JPN", "KOR", "USA")
TABLE = figures()


def asked(scenario: Named, **changed: float) -> dict[str, float]:
    """One row, at the base but for what is changed, by the names of the outputs."""
    row = np.array([[changed.pop(one.name.replace(" ", "_"), one.at) for one in scenario.ranges]])
    assert not changed
    ran = scenario.run(row)
    assert not ran.faults
    return dict(zip([one.name for one in scenario.outputs], ran.values[0].tolist(), strict=True))


def test_the_base_of_a_way_round_is_what_the_desk_finds_with_what_it_assumes() -> None:
    scenario = Resourcing(TABLE, {"EU27:CHM": (0.4, 0.6)}, PARTIES)
    said = pooled(TABLE, loss_of(TABLE, {"EU27:CHM": 0.5}), PARTIES, Assumed())
    found = asked(scenario)
    together = said.of(PARTIES)
    assert found["cost together"] == pytest.approx(together.cost)
    assert found["not found"] == pytest.approx(together.uncovered)
    assert found["months"] == pytest.approx(together.months)
    assert found["gain"] == pytest.approx(said.gain)
    for one in PARTIES:
        assert found[f"cost {one}"] == pytest.approx(said.of([one]).cost)


def test_a_row_that_the_desk_refuses_is_said_and_the_rest_is_answered() -> None:
    scenario = Resourcing(TABLE, {"EU27:CHM": (0.4, 0.6)}, ("JPN", "KOR"))
    ranges = with_ranges(scenario.ranges, {"uncovered": (0.1, 5.0, 3.0), "spare": (0.5, 1.0, None)})
    found = uncertain(scenario, ranges, Design(2, 1))
    (bar,) = found.failed_bars
    assert bar.inputs["uncovered"] == 0.1
    assert bar.why.startswith("uncovered must cost more than the dearest supplier")
    told = {one.name: one for one in found.of("gain").bars}
    assert told["uncovered"].low is None
    assert told["months"].swing == 0.0


@pytest.mark.parametrize(
    "scenario",
    [
        Resourcing(TABLE, {"CHN": (0.2, 0.6), "TWN:ELE": (0.3, 1.0)}, PARTIES),
        OutageDays(TABLE, {"JPN:ELE": (0.2, 0.9)}, (5.0, 20.0), 60, PARTIES),
    ],
    ids=["resource", "outage"],
)
def test_a_row_has_its_answer_whoever_stands_beside_it(scenario: Named) -> None:
    rows = sample_rows(scenario.ranges, 2, 3)
    together, turned = scenario.run(rows).values, scenario.run(rows[::-1]).values[::-1]
    largest = np.abs(together).max(axis=0)
    assert (largest > 0).any()
    assert (np.abs(turned - together) <= 1e-12 * largest).all()
    for at in (0, len(rows) // 2):
        alone = scenario.run(rows[at : at + 1]).values[0]
        assert (np.abs(alone - together[at]) <= 1e-12 * largest).all()


def test_an_embargo_is_mixed_of_its_three_tellings() -> None:
    scenario = Embargo(TABLE, ("ROW:MIN",), ("KOR",), (0.2, 0.8), PARTIES)
    said = embargo(factored(TABLE), ["ROW:MIN"], ["KOR"], 0.5)
    korea = TABLE.regions.index("KOR")
    lost, moved, held = (said.by_region(one)[korea] for one in (said.lost, said.moved, said.held))
    for replaced, needed, want in (
        (0.0, 0.0, lost), (1.0, 0.3, moved), (0.0, 1.0, held),
        (0.4, 0.5, 0.3 * lost + 0.4 * moved + 0.3 * held),
    ):  # fmt: skip
        found = asked(scenario, replaced=replaced, needed=needed)
        assert found["output KOR"] == pytest.approx(want)
    assert asked(scenario, replaced=0.0, needed=1.0)["unmet"] == pytest.approx(said.held.unmet)


def test_a_row_whose_share_the_desk_refuses_leaves_the_others_their_answers() -> None:
    scenario = Embargo(TABLE, ("ROW:MIN",), ("KOR",), (0.2, 0.8), ("KOR",))
    rows = np.array([[0.2, 0.0, 0.0], [0.0, 0.5, 0.5], [0.2, 0.5, 0.5], [0.8, 1.0, 1.0]])
    ran = scenario.run(rows)
    assert ran.faults == {1: "the share must be above 0 and up to 1, not 0."}
    kept = [0, 2, 3]
    assert (ran.values[kept] == scenario.run(rows[kept]).values).all()
    assert np.isnan(ran.values[1]).all()


def test_a_shortage_has_a_share_for_each_that_makes_less() -> None:
    scenario = Shortage(TABLE, {"JPN:ELE": (0.1, 0.3), "TWN": (0.2, 0.4)}, ("KOR",))
    said = shortage(factored(TABLE), {"JPN:ELE": 0.25, "TWN": 0.3})
    found = asked(scenario, **{"lost_JPN:ELE": 0.25, "replaced": 0.0, "needed": 0.0})
    assert found["output"] == pytest.approx(said.lost.change.sum())
    assert found["output KOR"] == pytest.approx(said.lost.change[TABLE.region("KOR")].sum())


def test_demand_is_additive_and_its_tornado_the_difference_of_corners() -> None:
    scenario = DemandChange(TABLE, {"KOR:ELE": (0.0, 1000.0), "JPN:ELE": (0.0, 1.0)}, ("KOR",))
    one = np.zeros(TABLE.size)
    one[TABLE.cell("KOR:ELE")] = 1000.0
    want = demand_shock(factored(TABLE), one).change.sum()
    said = uncertain(scenario, design=Design(64, 1)).of("output")
    assert said.bars[0].name == "demand KOR:ELE"
    assert said.bars[0].swing == pytest.approx(want)
    assert said.indices is not None
    assert said.indices["demand KOR:ELE"].total > 0.99


def test_a_price_is_the_desks_and_demand_falls_with_it_by_the_elasticity() -> None:
    scenario = CostRise(TABLE, {"ROW:MIN": (0.0, 0.4)}, ("KOR",))
    cost = np.zeros(TABLE.size)
    cost[TABLE.cell("ROW:MIN")] = 0.2
    rise = cost_shock(factored(TABLE), cost).change
    used = np.maximum(TABLE.demand_of("KOR"), 0)
    found = asked(scenario, elasticity=0.0)
    assert found["price KOR"] == pytest.approx(100 * rise @ used / used.sum())
    assert found["output"] == pytest.approx(0.0, abs=1e-6)
    less = np.maximum(TABLE.f, 0) * ((1 + rise) ** -0.7 - 1)
    want = demand_shock(factored(TABLE), less).change.sum()
    assert asked(scenario, elasticity=0.7)["output"] == pytest.approx(want)
    half = asked(scenario, passed_on=0.5)
    assert half["price KOR"] == pytest.approx(found["price KOR"] / 2)


def test_a_price_that_falls_to_nothing_is_no_answer() -> None:
    scenario = CostRise(TABLE, {"ROW:MIN": (-2.0, 1.0)}, ("KOR",))
    found = uncertain(scenario, design=Design(4, 1))
    assert found.failed_bars[0].inputs["cost ROW:MIN"] == -2.0
    assert found.failed_bars[0].why == "the price of ROW:MIN falls to 0 or below."


def test_days_after_an_outage_are_the_models_own() -> None:
    scenario = OutageDays(TABLE, {"JPN:ELE": (0.4, 0.6)}, (10.0, 30.0), 90, ("KOR", "JPN"))
    parameters = Parameters(stock=70.0)
    outage = Outage({"JPN:ELE": 0.5}, days=20, recovery=Recovery(30))
    said = paths(factored(TABLE), Scenario((outage,), parameters=parameters), 90)
    found = asked(scenario, stock=70.0, recovery=30.0)
    for one in ("KOR", "JPN"):
        toll = said.toll(one)
        assert found[f"lost {one}"] == pytest.approx(toll.lost_days, rel=1e-6, abs=1e-9)
        assert found[f"missed {one}"] == pytest.approx(toll.missed_days, rel=1e-6, abs=1e-9)
    assert found["lost JPN"] > 0.01


def test_a_loss_with_days_of_its_own_has_them_in_the_model_and_in_the_document() -> None:
    lost, own = {"JPN:ELE": (0.4, 0.6), "KOR:CHM": (0.2, 0.2)}, {"JPN:ELE": OwnDays(5, (8.0, 12.0))}
    scenario = OutageDays(TABLE, lost, (10.0, 30.0), 60, ("KOR", "JPN"), own)
    assert "lasting JPN:ELE" in [one.name for one in scenario.ranges]
    back = Recovery(30)
    said = paths(
        factored(TABLE),
        Scenario((Outage({"JPN:ELE": 0.5}, 5, 10, back), Outage({"KOR:CHM": 0.2}, 1, 20, back))),
        60,
    )
    found = asked(scenario, recovery=30.0, most=1.25)
    for one in ("KOR", "JPN"):
        assert found[f"lost {one}"] == pytest.approx(said.toll(one).lost_days, rel=1e-6, abs=1e-9)
    document = asked_of(scenario)
    again = scenario_of("outage", document, TABLE)
    assert isinstance(again, OutageDays)
    assert again.own == own
    # What has no such days is told as before there were any.
    plain = asked_of(OutageDays(TABLE, lost, (10.0, 30.0), 60, ("KOR",)))
    assert "own" not in plain
    assert scenario_of("outage", plain, TABLE).ranges[2].name == "lasting"


def test_days_that_no_loss_has_are_neither_told_nor_refused() -> None:
    own = {"JPN:ELE": OwnDays(5, (8.0, 12.0))}
    alone = OutageDays(TABLE, {"JPN:ELE": (0.4, 0.6)}, (10.0, 90.0), 60, ("KOR",), own)
    assert "lasting" not in alone.basis.assumptions
    assert alone.basis.assumptions["own"] == {"JPN:ELE": {"start": 5, "lasting": (8.0, 12.0)}}
    later = OutageDays(
        TABLE, {"JPN:ELE": (0.4, 0.6)}, (10.0, 30.0), 60, ("KOR",), {"JPN:ELE": OwnDays(5)}
    )
    assert later.basis.assumptions["lasting"] == [10.0, 30.0]
    assert later.basis.assumptions["own"] == {"JPN:ELE": {"start": 5}}


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"KOR:ELE": OwnDays()}, "KOR:ELE has days of its own, and nothing of it is lost"),
        ({"JPN:ELE": OwnDays(60)}, "JPN:ELE: the first day must lie from 0 to 59"),
        ({"JPN:ELE": OwnDays(2, (0.0, 9.0))}, "JPN:ELE: the days at the full loss must lie from"),
    ],
    ids=["not lost", "too late", "no day"],
)
def test_days_of_its_own_that_cannot_be_are_refused(own: dict[str, OwnDays], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        OutageDays(TABLE, {"JPN:ELE": (0.4, 0.6)}, (10.0, 30.0), 60, ("KOR",), own)


@pytest.mark.parametrize("name", ["semiconductors", "batteries"])
def test_the_flow_of_many_cases_is_that_of_each_run_by_itself(name: str) -> None:
    chain = shipped_chain(name)
    draw = np.random.default_rng(5)
    stages, cases = list(chain.stages), 6
    lost = {one: draw.choice([0.0, 0.3, 1.0], cases) for one in stages}
    stock = {one: draw.choice([0.0, 5.0, 40.0, np.inf], cases) for one in stages}
    back = {one: draw.choice([0.0, 12.5, 60.0], cases) for one in stages}
    found = coming(chain, lost, stock, back, 120)
    for case in range(cases):
        run = Run(
            chain,
            Case(*({key: float(one[case]) for key, one in told.items()}
                   for told in (lost, back, stock))),
            120,
        )  # fmt: skip
        for stage in stages:
            days = found[stage][case]
            assert days.min() == pytest.approx(run.least[stage], abs=1e-12)
            short = np.flatnonzero(days < 1 - 1e-9)
            assert (int(short[0]) if len(short) else None) == run.first_short(stage)


@pytest.mark.parametrize("party", ["KOR", "JPN", "USA"])
def test_a_chain_at_its_worst_corner_is_the_earliest_that_the_desk_says(party: str) -> None:
    chain = shipped_chain("batteries")
    scenario = ChainLoss(chain, "CHN", (60.0, 60.0), party, watched=tuple(chain.stages))
    said = lose(chain, "CHN", 60, party)
    worst = {}
    for one in scenario.ranges:
        open_end = one.high is None
        high = one.at if open_end else one.high
        stock = one.name.startswith("stock ")
        worst[one.name.replace(" ", "_")] = float(one.low if stock else high or 0.0)
    found = asked(scenario, **worst)
    for stage in scenario.shown:
        exposed = said.of(stage)
        until = exposed.earliest if exposed else 365
        assert found[f"until {stage}"] == until
        assert found[f"least {stage}"] == pytest.approx(exposed.least if exposed else 1.0)
    assert any(found[f"short {stage}"] for stage in scenario.shown)


def test_what_no_source_bounds_is_open_and_where_the_supplier_may_hide_is_a_range() -> None:
    chain = shipped_chain("semiconductors")
    scenario = ChainLoss(chain, "CHN", (30.0, 90.0), "KOR", watched=("sem_dram",))
    told = {one.name: one for one in scenario.ranges}
    helium = told["lost sem_helium"]
    assert (helium.low, helium.at) == (0.0, 0.0)
    assert helium.high is not None
    assert helium.high > 0.5
    assert told["stock sem_helium"].high is None
    assert told["stock sem_helium"].source == "no source"
    assert told["months sem_silicon_metal"].high is None
    assert told["months sem_silicon_metal"].at == pytest.approx(365 / MONTH)
    known = replace(scenario, unnamed=False)
    assert "lost sem_helium" not in {one.name for one in known.ranges}
    found = uncertain(scenario, design=Design(16, 1))
    assert "stock sem_helium" in {one.name for one in found.open}
    indices = found.of("missing sem_dram").indices
    assert indices is not None
    assert "stock sem_helium" not in indices
    closed = with_ranges(scenario.ranges, {"stock sem_helium": (0.0, 30.0, None)})
    assert "stock sem_helium" not in {one.name for one in uncertain(scenario, closed,
                                                                   Design(4, 1)).open}  # fmt: skip


def test_workers_give_the_same_bits_on_tables_and_chains() -> None:
    chain = ChainLoss(shipped_chain("batteries"), "CHN", (30.0, 90.0), "KOR")
    cost = CostRise(TABLE, {"ROW:MIN": (0.0, 0.4)}, PARTIES)
    for scenario in (chain, cost):
        alone = uncertain(scenario, design=Design(16, 3))
        both = uncertain(scenario, design=Design(16, 3), workers=3)
        assert repr(alone.document) == repr(both.document)


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        ("resource", {"lost": {"XXX:CHM": [0.1, 0.2]}}, "no region 'XXX'"),
        ("resource", {"lost": {}}, "nothing is lost"),
        ("resource", {"lost": {"EU27:CHM": [0.0, 0.2]}}, "above 0 and up to 1, not 0"),
        ("resource", {"lost": {"EU27:CHM": ["a", 0.2]}}, "the field lost of resource"),
        ("resource", {"more": 1}, "is asked with lost, parties"),
        ("embargo", {"share": [0.5, 1.5]}, "share must be from 0 to 1, not 1.5"),
        ("embargo", {"share": [0.8, 0.5]}, "share: the range ends at 0.5, below 0.8"),
        ("embargo", {"watched": ["XXX"]}, "no region 'XXX'"),
        ("embargo", {"watched": ["KOR"] * 61}, "the field watched names more than 60"),
        ("shortage", {"lost": {}}, "nothing is lost"),
        ("demand", {"change": {"KOR": [0, 1]}}, "'KOR' names no cell"),
        ("demand", {"watched": []}, "no region is watched"),
        ("price", {"added": {"KOR:ELE": [1, 0]}}, "the range ends at 0, below 1"),
        ("outage", {"lasting": [10, 100]}, "the full loss must lie from 1 to 90"),
        ("outage", {"days": 0}, "from 1 to 3650 days, not 0"),
        ("dance", {}, "'dance' is no scenario, only resource"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_before_a_row_is_asked(
    name: str, changed: dict[str, Any], words: str
) -> None:
    usual: dict[str, dict[str, Any]] = {
        "resource": {"lost": {"EU27:CHM": [0.1, 0.2]}, "parties": PARTIES},
        "embargo": {"sellers": ["ROW"], "buyers": ["KOR"], "share": [0.1, 1], "watched": ["KOR"]},
        "shortage": {"lost": {"EU27:CHM": [0.1, 0.2]}, "watched": ["KOR"]},
        "demand": {"change": {"KOR:ELE": [0, 1]}, "watched": ["KOR"]},
        "price": {"added": {"KOR:ELE": [0, 1]}, "watched": ["KOR"]},
        "outage": {"lost": {"JPN": [0.1, 0.2]}, "lasting": [5, 9], "days": 90, "watched": ["KOR"]},
        "dance": {},
    }
    with pytest.raises(BadInput, match=words):
        scenario_of(name, {**usual[name], **changed}, TABLE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"days": (0.0, 10.0)}, "the days must lie from 1 to 365"),
        ({"supplier": "XXX"}, "XXX supplies nothing"),
        ({"watched": ("bat_li_mine", "nothing")}, "there is no stage 'nothing'"),
        ({"stages": ("bat_cell",), "watched": ("bat_li_mine",)}, "reaches nothing"),
    ],
)
def test_a_chain_scenario_that_cannot_be_is_refused(changed: dict[str, Any], words: str) -> None:
    scenario = ChainLoss(shipped_chain("batteries"), "CHN", (30.0, 60.0), "KOR")
    with pytest.raises(BadInput, match=words):
        replace(scenario, **changed)
