"""Backtests: scored by hand on made-up tables; and the pages say what is computed, no more."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cli_nodes import fault, run, value
from supply_tables import ECONOMY, table_with, wiod
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.supply.backtests.chip_materials import FACTS as CHIP_FACTS
from architrave.desks.supply.backtests.chip_materials import STAGES, as_known, chip_materials
from architrave.desks.supply.backtests.facts import read_facts, shipped_facts, sources_of
from architrave.desks.supply.backtests.scores import panel_of
from architrave.desks.supply.backtests.shares import (
    across_borders,
    alike,
    group_shares,
    rank_correlation,
)
from architrave.desks.supply.backtests.tohoku import (
    FACTS,
    REGION,
    YEARS,
    OtherYear,
    Tohoku,
    lost_shares,
    other_years,
    tohoku,
)
from architrave.desks.supply.backtests.tohoku_days import (
    EARTHQUAKE,
    STOCKS,
    DaysTold,
    days_told,
    first_losses,
)
from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.reading import shipped_chain
from architrave.desks.supply.dynamics.paths import paths
from architrave.desks.supply.dynamics.scenario import Outage, Parameters, Recovery, Scenario
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.table import Table, table_of

PAGES = ROOT / "docs" / "backtests"
HEAD = "fact,value,low,high,unit,known,what,source_url\n"
NUMBER = re.compile(r"(?<![\w.])\d+\.\d+")


def grown(table: Table, factors: np.ndarray, year: int) -> Table:
    """The table a year later, each cell's sales multiplied by a factor of its own."""
    arrays = (table.Z * factors[:, None], table.Y * factors[:, None], table.x * factors)
    labels = (table.regions, table.sectors, table.categories)
    return table_of("grown", year, *labels, arrays)


# What can be compared


def test_sectors_that_grew_by_one_factor_are_told_from_those_that_were_observed() -> None:
    table = figures()
    factors = np.random.default_rng(3).uniform(0.9, 1.2, table.size)
    factors[table.region("KOR")] = 1.07
    found = {one.region: one for one in alike(table, grown(table, factors, 2012))}
    assert (found["KOR"].factors, found["KOR"].observed) == (1, False)
    assert found["KOR"].largest == found["KOR"].sectors
    assert all(one.observed for name, one in found.items() if name != "KOR")
    with pytest.raises(BadInput, match="expected a table after 2011, not of 2011"):
        alike(table, table)
    other = table_with(lambda Z, Y, x: None)
    with pytest.raises(BadInput, match="the tables of 2011 and 2009 have other cells"):
        alike(table, other)


def test_an_exchange_rate_that_moved_cancels_in_shares() -> None:
    table = figures()
    factors = np.ones(table.size)
    factors[table.region("JPN")] = 1.1
    later = grown(table, factors, 2012)
    groups = [[0, 1], list(range(2, 20))]
    before, after = (group_shares(one.x, one, "JPN", groups) for one in (table, later))
    assert after == pytest.approx(before, rel=1e-12)
    assert before.sum() == pytest.approx(1)


def test_sales_across_borders_are_all_sales_but_those_at_home() -> None:
    table = figures()
    sold = across_borders(table)
    at, cell = table.regions.index("KOR"), table.cell("KOR:ELE")
    home = table.Z[cell, table.region("KOR")].sum() + table.demand_of("KOR")[cell]
    everything = table.Z[cell].sum() + table.f[cell]
    assert sold[at, table.sectors.index("ELE")].sum() == pytest.approx(everything - home)


def test_orders_are_compared_with_equal_values_sharing_their_place() -> None:
    one = np.array([1.0, 2.0, 2.0, 5.0])
    assert rank_correlation(one, -one) == pytest.approx(-1)
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
    assert rank_correlation(one, np.arange(4.0)) == pytest.approx(4.5 / np.sqrt(4.5 * 5))
    assert rank_correlation(one, np.zeros(4)) is None
    # What is alike but for the way in which sums were formed is alike.
    assert rank_correlation(one, np.array([0.5, 0.5 + 1e-16, 0.5, 0.5 - 1e-16])) is None


def test_a_panel_is_scored_as_a_hand_does() -> None:
    happened, still = np.array([-0.10, 0.02]), np.zeros(2)
    weight = np.array([3.0, 1.0])
    said = {"answer": np.array([-0.06, 0.02]), "still": still}
    found = panel_of(["a", "b"], weight, happened, said, ("still",))
    answer, yardstick = found.score("answer"), found.score("still")
    assert answer.level == pytest.approx(0.75 * 0.04)
    assert yardstick.level == pytest.approx(0.75 * 0.10 + 0.25 * 0.02)
    # Means -0.07 and -0.04 are taken off: what is left differs by 0.01 and 0.03.
    assert answer.pattern == pytest.approx(0.75 * 0.01 + 0.25 * 0.03)
    assert found.beats("answer") == (True, True)
    assert found.rows[0].weight == 0.75
    worse = panel_of(["a", "b"], weight, happened, {**said, "answer": -happened}, ("still",))
    assert worse.beats("answer") == (False, False)


# Facts


def test_a_fact_is_a_number_or_a_range_and_a_bad_one_is_refused_with_its_line() -> None:
    found = read_facts("f.csv", HEAD + "a,3,,,days,2019,x,u\nb,,1,2,days,2020,x,v\n")
    assert (found.number("a"), found.bounds("a"), found.bounds("b")) == (3, (3, 3), (1, 2))
    assert (found.layer.newest, sources_of(found.rows)) == ("2020", ("u", "v"))
    for asked, words in ((found.number, "b has no value"), (found.bounds, "there is no fact c")):
        with pytest.raises(BadInput, match=words):
            asked("b" if "value" in words else "c")
    for row, words in (
        ("a,much,,,days,2019,x,u\n", "f.csv, line 2: value must be a number, not 'much'"),
        ("a,,3,2,days,2019,x,u\n", "f.csv, line 2: high 2 is below low 3"),
        ("a,nan,,,days,2019,x,u\n", "value must be a number"),
    ):
        with pytest.raises(BadInput, match=words):
            read_facts("f.csv", HEAD + row)
    with pytest.raises(BadInput, match=r"data/backtests/nothing.csv is not beside the program"):
        shipped_facts("nothing")


def test_the_facts_of_2019_are_those_of_the_compiled_incidents() -> None:
    file = ECONOMY.parent / "chains" / "incidents.csv"
    if not file.exists():
        pytest.skip("incidents.csv is not beside the project.")
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    facts = shipped_facts(CHIP_FACTS)
    compiled = {
        row["stage_id"]: row
        for row in rows
        if row["date"] == "2019-07-04" and row["country"] == "JPN" and "two-year" not in row["what"]
    }
    for stage in ("sem_hf", "sem_photoresist"):
        assert facts.number("first_licence", stage) == float(compiled[stage]["recovery_days"])
    hf = compiled["sem_hf"]
    assert facts.number("imports_fell", "sem_hf") == float(hf["magnitude_value"])
    (after,) = (row for row in rows if row["what"] == "two-year effect on trade")
    fell = [one for one in facts.rows if one.name == "imports_fell" and one.stage == "sem_hf"][-1]
    assert fell.value == round(100 * (1 - float(after["magnitude_value"]) / 66.86))
    polyimide = compiled["sem_fluor_polyimide"]
    assert facts.of("imports_fell", "sem_fluor_polyimide").source == polyimide["source_url"]


# Three chip materials


def test_a_chain_put_back_knows_nothing_of_later() -> None:
    chain = shipped_chain("semiconductors")
    then = as_known(chain, STAGES, 2019)
    assert {one.year for one in then.figures} <= set(range(1990, 2020))
    mine = [one.share for one in then.dependences if one.stage == "sem_hf"]
    assert mine == [43.9, 44.6]  # of 2019 as a whole it is 32.2, of 2020 12.8
    assert {one.kind.value for one in then.substitutions} == {"held"}
    assert not as_known(chain, STAGES, 2019, own=False).dependences


def test_what_would_have_been_said_is_what_the_chain_says() -> None:
    chain, facts = shipped_chain("semiconductors"), shipped_facts(CHIP_FACTS)
    found = chip_materials(chain, facts)
    assert [one.stage for one in found.said] == list(STAGES)
    hf = found.of("sem_hf")
    # 30 days of stock last 30 / 0.446 days: 67 are whole, and 30 / 0.7 are 42.
    assert (hf.earliest, hf.by_world, hf.today) == (int(30 / 0.446), int(30 / 0.7), None)
    assert hf.licence[1] < hf.earliest
    assert not hf.before_licence
    # What Korea buys is printed of all photoresist; of the kind meant, only the world's share.
    every, meant = found.of("sem_photoresist"), found.of("sem_photoresist_euv")
    assert (every.own, every.earliest, every.latest) == (True, int(30 / 0.932), int(60 / 0.932))
    assert (meant.own, meant.share, meant.latest_known) == (False, (0.9, 1.0), False)
    assert found.short == sum(one.before_licence for one in found.said)
    last = max(one.licence[1] for one in found.said)
    assert all(day < last and name not in STAGES for name, day in found.downstream)
    # A longer screening gives nobody a later day, and lets hydrogen fluoride run out both ways.
    rows = [replace(one, value=300.0) if one.name == "screening" else one for one in facts.rows]
    longer = chip_materials(chain, replace(facts, rows=tuple(rows)))
    assert longer.of("sem_hf").latest == int(60 / 0.439)
    assert longer.of("sem_hf").earliest == hf.earliest
    with pytest.raises(BadInput, match="sem_neon is none of"):
        found.of("sem_neon")
    assert lose(chain, "JPN", 90, "KOR", STAGES).of("sem_hf") is None


# March 2011


@pytest.fixture(scope="module")
def days() -> DaysTold:
    return days_told(wiod(2010), shipped_facts(FACTS))


@pytest.fixture(scope="module")
def case(days: DaysTold) -> Tohoku:
    return tohoku({year: wiod(year) for year in YEARS}, shipped_facts(FACTS), days.beside)


@pytest.fixture(scope="module")
def years(case: Tohoku) -> tuple[OtherYear, ...]:
    files = [ECONOMY / f"wiod13_{year}.npz" for year in range(1995, 2012)]
    # Read one by one, and kept by nobody: they are many.
    found = tuple(other_years((read_npz_table(one) for one in files if one.exists()), case.lost))
    assert len(found) == 16
    return found


def test_the_falls_of_all_factories_add_up_to_the_fall_that_was_printed(case: Tohoku) -> None:
    table, facts = wiod(2010), shipped_facts(FACTS)
    output = table.x[table.region(REGION)]
    factories = output[1:16].sum()
    for name, months in zip(("near", "far"), (3, 9), strict=True):
        vehicles, others = lost_shares(table, facts)[name]
        assert vehicles == pytest.approx(0.464 * months / 24)
        whole = vehicles * output[14] + others * (factories - output[14])
        assert whole / factories == pytest.approx(0.153 * months / 24)
    assert case.lost == lost_shares(table, facts)


def test_the_table_of_2011_does_not_observe_the_regions_industries(case: Tohoku) -> None:
    table, later = wiod(2010), wiod(2011)
    growth = later.x[table.region(REGION)][1:17] / table.x[table.region(REGION)][1:17]
    assert np.ptp(growth) < 1e-3  # mining, all manufacturing and utilities
    assert not case.own.observed
    unseen = {one.region for one in case.alike if not one.observed}
    assert {"KOR", "CHN", "TWN"} <= unseen
    assert not unseen & set(case.cells.regions)
    # Five years earlier it does.
    assert next(o for o in alike(wiod(2004), wiod(2005)) if o.region == REGION).observed


def test_answers_follow_from_the_loss_and_go_with_its_size(case: Tohoku) -> None:
    for telling in ("lost", "moved", "held"):
        assert case.output[f"far, {telling}"] < case.output[f"near, {telling}"] < 0
    row = next(one for one in case.products.rows if one.name == "c15")
    assert row.said["near"] == pytest.approx(np.log(1 - case.lost["near"][0]))
    partner = next(one for one in case.partners.rows if one.name == "USA")
    least, most = (np.log(1 - one) for one in reversed(case.lost["near"]))
    assert most < partner.said["near"] < least
    assert sum(one.weight for one in case.partners.rows) == pytest.approx(1)
    for panel in (case.groups, case.products, case.partners):
        assert panel.score("as last year").order is None


def test_the_page_claims_of_2011_what_the_case_says(
    case: Tohoku, years: tuple[OtherYear, ...]
) -> None:
    beats = {
        (name, answer): panel.beats(answer)
        for name, panel in (
            ("groups", case.groups), ("products", case.products), ("partners", case.partners),
        )
        for answer in (one.name for one in panel.scores if not one.yardstick)
        if "put in" not in answer
    }  # fmt: skip
    assert all(beats["groups", f"near, {one}"] == (True, True) for one in ("lost", "moved", "held"))
    assert [beats["groups", f"far, {one}"][0] for one in ("lost", "moved", "held")] == [
        False, False, True,
    ]  # fmt: skip
    assert beats["products", "near"] == (True, True)
    assert beats["products", "far"] == (True, False)
    assert beats["partners", "near"] == (False, True)
    assert beats["partners", "far"] == (True, False)
    order = {name: one for name, one in case.cells.order.items() if "put in" not in name}
    assert all(one is not None and abs(one) < 0.1 for one in order.values())
    rest = [one for one in years if one.year != 2011]
    assert sum(one.level < one.level_still for one in rest) == 6
    by_pattern = [one for one in rest if one.pattern < one.pattern_still]
    assert [one.year for one in by_pattern] == [1997, 2009]
    best = next(one for one in years if one.year == 2011)
    least = min(one.pattern / one.pattern_still for one in rest)
    assert best.pattern / best.pattern_still < least


def test_march_as_a_whole_falls_as_far_as_was_printed() -> None:
    table, facts = wiod(2010), shipped_facts(FACTS)
    vehicles, others = first_losses(table, facts, back=91)
    assert vehicles > 0.464  # ten days of the month came before
    first = (EARTHQUAKE - EARTHQUAKE.replace(month=1, day=1)).days
    lost = {"JPN:c15": vehicles, "JPN:c12": others}
    event = Outage(lost, first, 1, Recovery(91))
    still = Parameters(alpha_max=1.0)  # nobody makes more than usual: capacity is what is left
    run = paths(factored(table), Scenario((event,), parameters=still), 90)
    march = run.ceiling[59:90].mean(axis=0) / np.maximum(table.x / 365, 1e-9)
    assert march[table.cell("JPN:c15")] == pytest.approx(1 - 0.464)
    by_others = 1 - march[table.cell("JPN:c12")]
    weight = table.x[table.cell("JPN:c15")] / table.x[table.region(REGION)][1:16].sum()
    assert weight * 0.464 + (1 - weight) * by_others == pytest.approx(0.153)


def test_by_days_the_page_claims_what_the_case_says(case: Tohoku, days: DaysTold) -> None:
    runs = {(one.case, one.stock): one for one in days.runs}
    assert [stock for (name, stock), one in runs.items() if one.runaway] == [30.0, 30.0]
    near, far = runs["near", STOCKS[0]], runs["far", STOCKS[0]]
    assert near.put_in < near.factories < 0
    assert far.factories < far.put_in < near.put_in
    assert runs["far", 60.0].factories < 1.9 * far.factories
    assert far.vehicles < case.vehicles_made < near.vehicles
    assert days.months.beats("near, days") == (True, True)
    assert days.months.beats("far, days") == (False, True)
    levels = {one.name: one.level for one in days.months.scores}
    assert levels["near, put in"] < levels["near, days"] < 0.5 * levels["as in March"]
    june = days.months.rows[-1].said
    assert june["far, days"] < june["as in March"]
    assert abs(june["near, days"]) < 0.002
    assert case.groups.beats("near, days") == (True, True)
    assert case.groups.beats("far, days") == (False, False)
    assert case.products.beats("near, days") == (True, True)
    assert case.partners.beats("near, days") == (True, True)
    assert case.partners.beats("far, days") == (False, False)
    assert case.cells.order["near, put in"] is None
    weights = {one.name: one.weight for one in case.products.rows}
    fell = {one.name: one.happened for one in case.products.rows}
    assert [name for name in fell if fell[name] < fell["c15"]] == ["c3", "c7"]
    assert weights["c3"] + weights["c7"] < 0.02 < 0.25 < weights["c15"] == max(weights.values())


def test_an_answer_that_changes_nothing_is_scored_as_the_yardstick_is() -> None:
    tables = {year: wiod(year) for year in YEARS}
    still = {"still": np.zeros(tables[2010].size)}
    found = tohoku(tables, shipped_facts(FACTS), still)
    for panel in (found.groups, found.products, found.partners):
        mine, other = panel.score("still"), panel.score("as last year")
        assert (mine.level, mine.pattern) == pytest.approx((other.level, other.pattern))
        assert mine.order is None


def test_another_models_answer_is_scored_beside_these() -> None:
    before, facts = wiod(2010), shipped_facts(FACTS)
    happened = wiod(2011).x - before.x
    tables = {year: wiod(year) for year in YEARS}
    found = tohoku(tables, facts, {"as it was": happened})
    right = found.groups.score("as it was")
    assert (right.level, right.order) == (pytest.approx(0, abs=1e-12), pytest.approx(1))
    assert found.groups.beats("as it was") == (True, True)
    assert found.cells.order["as it was"] == pytest.approx(1, abs=0.05)
    assert found.output["as it was"] == pytest.approx(
        happened[before.region(REGION)].sum() / before.x[before.region(REGION)].sum()
    )
    with pytest.raises(BadInput, match=r"short: expected 1435 cells, not \(3,\)"):
        tohoku(tables, facts, {"short": np.zeros(3)})


# The pages


def printed(page: str) -> str:
    """What a page says that its command prints."""
    (found,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    assert found.count("\n") > 10
    return found


def prose(page: str) -> str:
    """A page without what is printed and without addresses."""
    return re.sub(r"```.*?```|\]\([^)]*\)", " ", page, flags=re.DOTALL)


def numbers_beside(name: str, facts: str) -> Iterator[str]:
    """Decimal numbers in the sentences that are neither printed nor among the facts."""
    page = (PAGES / name).read_text(encoding="utf-8")
    file = (ROOT / "data" / "backtests" / f"{facts}.csv").read_text(encoding="utf-8")
    known = set(NUMBER.findall(printed(page))) | set(re.findall(r"\d+\.\d+", file))
    yield from sorted(set(NUMBER.findall(prose(page))) - known)


def test_the_page_of_2019_prints_what_its_command_prints() -> None:
    page = (PAGES / "chip-materials-2019.md").read_text(encoding="utf-8")
    assert run("supply", "backtest", "chip-materials").stdout.endswith(printed(page))
    assert list(numbers_beside("chip-materials-2019.md", CHIP_FACTS)) == []
    found = value("supply", "backtest", "chip-materials", "--json")
    assert [one["stage"] for one in found["said"]] == list(STAGES)
    assert found["basis"]["layers"][-1]["name"] == "chip_materials_2019.csv"


def test_the_page_of_2011_prints_what_its_command_prints() -> None:
    wiod(2011)
    page = (PAGES / "tohoku-2011.md").read_text(encoding="utf-8")
    shown = run("supply", "backtest", "tohoku", "--tables", str(ECONOMY)).stdout
    assert shown.endswith(printed(page))
    # Of two studies, each with its source.
    assert list(numbers_beside("tohoku-2011.md", FACTS)) == ["0.41", "0.47"]
    assert "13.5" in shipped_facts(FACTS).of("fall_stricken").what


def test_what_is_asked_in_vain_is_one_sentence(tmp_path: Path) -> None:
    assert "there is no such case" in fault("supply", "backtest", "flood")
    assert "say with --tables where the tables" in fault("supply", "backtest", "tohoku")
    nowhere = fault("supply", "backtest", "tohoku", "--tables", str(tmp_path))
    assert nowhere.endswith("wiod13_2005.npz: nothing is there.")


def test_every_source_of_a_case_stands_on_its_page() -> None:
    for name, facts in (("tohoku-2011", FACTS), ("chip-materials-2019", CHIP_FACTS)):
        page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
        missing = [one for one in sources_of(shipped_facts(facts).rows) if one not in page]
        assert missing == []
