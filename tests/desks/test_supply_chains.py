"""Product chains: shares as printed, the unknown left unknown, and stocks that run out by hand."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.supply.chains.loss import basis_together, lose
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import SHIPPED, read_chain, shipped_chain
from architrave.desks.supply.chains.shares import concentration, shares_of, single_points
from architrave.desks.supply.chains.tracing import trace

HEAD = (
    "stage_id,stage,tier,upstream_stage_ids,measure,country_iso3,share_pct,low_pct,high_pct,year,"
    "hs6,note,source_url\n"
)
STOCKS = (
    "stage_id,holder_iso3,kind,time_to_substitute_months_low,time_to_substitute_months_high,"
    "typical_stock_days_low,typical_stock_days_high,basis,source_url\n"
)
BOUGHT = "stage_id,importer_iso3,supplier_iso3,share_pct,year,hs6,note,source_url\n"


def held(stage: str, days: str, who: str = "XXX", kind: str = "held") -> str:
    """A row of days of stock, from the least to the most."""
    return f"{stage},{who},{kind},,,{days},x,u\n"


def months(stage: str, given: str, kind: str = "substitution") -> str:
    """A row of months, from the least to the most."""
    return f"{stage},,{kind},{given},,,x,u\n"


def invented(stocks: str = "", bought: str = "") -> Chain:
    """Ore, plate and a thing made of plate, among made-up makers."""
    rows = (
        "ore,Ore,material,,production,AAA,60,,,2020,,[primary] x,u\n"
        "ore,Ore,material,,production,BBB,30,,,2020,,[primary] x,u\n"
        "ore,Ore,material,,production,AAA,80,,,2020,,[alt] x,u\n"
        "plate,Plate,component,ore,capacity,CCC,,40,60,2021,,[primary] x,u\n"
        "thing,Thing,product,plate;glue,sales,AAA,100,,,2021,,[primary] x,u\n"
    )
    tables = (("chain.csv", HEAD + rows), ("s.csv", STOCKS + stocks), ("d.csv", BOUGHT + bought))
    return read_chain("invented", *tables)


def test_the_index_of_three_stages_is_what_a_hand_reckons() -> None:
    rows = list(csv.DictReader((ROOT / "data/chains/batteries.csv").open(encoding="utf-8")))
    chain = shipped_chain("batteries")
    for stage, measure, year in (
        ("bat_li_mine", "production", "2024"),
        ("bat_graphite_refine", "refining", "2024"),
        ("bat_cell", "sales", "2025"),
    ):
        mine = {
            row["country_iso3"]: float(row["share_pct"])
            for row in rows
            if (row["stage_id"], row["measure"], row["year"]) == (stage, measure, year)
            and row["note"].startswith("[primary]")
        }
        shares = shares_of(chain, stage)
        assert shares is not None
        assert (shares.measure, shares.year) == (measure, int(year))
        assert {who: low for who, (low, _) in shares.by_country.items()} == mine
        found = concentration(shares)
        assert found.low == pytest.approx(sum(s**2 for who, s in mine.items() if who != "ROW"))
        rest = max(0.0, 100 - sum(mine.values())) + mine.get("ROW", 0.0)
        rest -= 0 if 100 - sum(mine.values()) > 1 else max(0.0, 100 - sum(mine.values()))
        assert found.high == pytest.approx(found.low + rest**2)


def test_an_unknown_share_stays_unknown_and_an_other_figure_is_not_added() -> None:
    chain = invented()
    ore, plate = shares_of(chain, "ore"), shares_of(chain, "plate")
    assert ore is not None
    assert plate is not None
    assert (dict(ore.by_country), ore.unknown) == ({"AAA": (60, 60), "BBB": (30, 30)}, 10)
    assert (concentration(ore).low, concentration(ore).high) == (4500, 4600)
    assert (dict(plate.by_country), plate.unknown) == ({"CCC": (40, 60)}, 60)
    # At least 40 squared; at most CCC's 60 and the rest in one hand.
    assert (concentration(plate).low, concentration(plate).high) == (1600, 60**2 + 40**2)
    assert [stage.id for stage, _, _ in single_points(chain)] == ["thing", "ore", "plate"]


def test_both_shipped_chains_have_a_dozen_stages_from_the_ground_to_the_product() -> None:
    for name in SHIPPED:
        chain = shipped_chain(name)
        assert len(chain.stages) >= 12
        assert {one.tier.value for one in chain.stages.values()} >= {
            "material", "equipment", "component", "process", "product",
        }  # fmt: skip
        assert all(one.source.startswith("http") for one in (*chain.figures, *chain.amounts))
        figures, _, dependence, amounts = chain.layers
        assert figures.newest >= "2025"
        assert dependence.newest
        assert amounts.newest == {"semiconductors": "2025", "batteries": "2026"}[name]


@pytest.mark.parametrize("product", ["bat_cell", "sem_hbm", "sem_logic_lt10"])
def test_a_trace_has_each_link_once_in_table_and_drawing(product: str) -> None:
    chain = shipped_chain("batteries" if product.startswith("bat") else "semiconductors")
    found = trace(chain, product)
    reached = {step.stage.id: step.distance for step in found.steps}
    wanted = {
        (up, one.id)
        for one in chain.stages.values()
        if one.id in reached
        for up in one.upstream
        if up in chain.stages
    }
    assert set(found.links) == wanted
    assert len(found.links) == len(wanted)
    assert all(reached[up] > reached[down] for up, down in found.links)
    assert all(a.distance <= b.distance for a, b in pairwise(found.steps))
    assert not set(found.not_here) & set(chain.stages)


def test_stocks_run_out_on_the_day_that_a_hand_reckons() -> None:
    # 60 in 100 are lost: a stock of 30 days lasts 50 days, one of 45 lasts 75.
    stocks = held("ore", "30,45") + held("plate", "10,10")
    found = lose(invented(stocks), "AAA", 60, "XXX", ["ore"])
    ore = found.of("ore")
    assert ore is not None
    assert (ore.earliest, ore.latest, ore.least) == (50, None, pytest.approx(0.4))
    # Of the plate nothing is missing until day 50; its ten days cover 60 in 100 for ten days more.
    assert found.of("plate") is None
    longer = lose(invented(stocks), "AAA", 120, "XXX", ["ore"])
    later = longer.of("plate")
    assert later is not None
    assert later.earliest == 50 + 16  # 16 days of 0.6 use up ten
    assert (later.latest, later.cause, later.latest_known) == (75 + 16, "ore", True)


def test_what_is_not_known_is_said_and_an_assumed_stock_is_printed() -> None:
    found = lose(invented(), "AAA", 60, "XXX", ["ore"])
    ore = found.of("ore")
    assert ore is not None
    assert (ore.earliest, ore.latest_known, ore.stock) == (0, False, (None, None))
    assert ore.lost is not None
    assert (ore.lost.own, ore.lost.year) == (False, 2020)
    assumed = lose(invented(), "AAA", 60, "XXX", ["ore"], stock=12)
    told = assumed.of("ore")
    assert told is not None
    assert (told.earliest, told.latest_known, told.stock) == (20, True, (12, 12))
    assert assumed.basis.assumptions["stock"] == 12
    own = lose(invented(bought="ore,XXX,AAA,25,2021,,,u\n"), "AAA", 60, "XXX", ["ore"])
    mine = own.of("ore")
    assert mine is not None
    assert mine.lost is not None
    assert (mine.lost.high, mine.lost.own, mine.least) == (0.25, True, 0.75)


def test_a_supplier_that_is_replaced_sooner_is_missed_for_less_time() -> None:
    slow = lose(invented(held("ore", "20,20")), "AAA", 300, "XXX", ["ore"]).of("ore")
    assert slow is not None
    assert slow.earliest == 33
    # Replaced after one month (30 days), a stock of 20 days, which lasts 33, is enough.
    soon = held("ore", "20,20") + months("ore", "0.5,1")
    assert lose(invented(soon), "AAA", 300, "XXX", ["ore"]).of("ore") is None


def test_only_what_the_party_itself_holds_is_its_stock() -> None:
    rows = held("ore", "30,45", "YYY") + held("ore", "6,6") + held("ore", "90,90", kind="target")
    chain = invented(rows)
    ore, other = (lose(chain, "AAA", 60, who, ["ore"]).of("ore") for who in ("XXX", "YYY"))
    assert ore is not None
    assert other is not None
    assert (ore.earliest, ore.latest, ore.stock) == (10, 10, (6, 6))
    assert (other.earliest, other.latest, other.stock) == (50, None, (30, 45))
    # A third party holds nothing that is known, whatever the others hold or aim at.
    third = lose(chain, "AAA", 60, "ZZZ", ["ore"]).of("ore")
    assert third is not None
    assert (third.earliest, third.latest_known, third.stock) == (0, False, (None, None))


def test_a_lone_most_bounds_the_latest_only() -> None:
    # Under 30 days: 60 in 100 lost, so gone by day 50 at the latest, and perhaps at once.
    ore = lose(invented(held("ore", ",30")), "AAA", 60, "XXX", ["ore"]).of("ore")
    assert ore is not None
    assert (ore.earliest, ore.latest, ore.latest_known, ore.stock) == (0, 50, True, (None, 30))
    # Nor does one source's least bound what another says is under five days.
    both = held("ore", "40,40") + held("ore", ",5")
    told = lose(invented(both), "AAA", 60, "XXX", ["ore"]).of("ore")
    assert told is not None
    assert told.stock == (None, 40)
    # Replaced within three months: by then at the latest, and perhaps at once.
    rows = held("ore", "20,20") + months("ore", ",3")
    lent = lose(invented(rows), "AAA", 300, "XXX", ["ore"]).of("ore")
    assert lent is not None
    assert (lent.earliest, lent.latest) == (33, None)


def test_who_is_not_named_where_a_share_is_unknown_may_make_all_that_is_open() -> None:
    found = lose(invented(), "CCC", 60, "XXX")
    # Of ore 10 in 100 are nobody's that is named; of things AAA makes all.
    assert found.stages == ("plate",)
    assert dict(found.not_known) == {"ore": pytest.approx(0.1)}
    assert found.nothing == ("thing",)
    ore, plate = found.of("ore"), found.of("plate")
    assert ore is not None
    assert ore.lost is not None
    assert (ore.earliest, ore.by_known, ore.latest) == (0, None, None)
    assert (ore.lost.named, ore.lost.low, ore.lost.high) == (False, 0, pytest.approx(0.1))
    assert plate is not None
    assert (plate.earliest, plate.by_known, plate.cause) == (0, 0, "plate")
    # Ten days of plate last 16 days without 60 in 100 of it, and 25 without 40.
    stocked = lose(invented(held("plate", "10,10")), "CCC", 60, "XXX").of("plate")
    assert stocked is not None
    assert (stocked.earliest, stocked.by_known, stocked.latest) == (16, 16, 25)
    only = lose(invented(held("plate", "3,3")), "CCC", 60, "XXX", ["ore"])
    later = only.of("plate")
    assert later is not None
    assert (only.stages, later.earliest, later.by_known, later.cause) == ((), 30, None, "ore")


def test_who_makes_a_stage_itself_loses_between_nothing_and_what_the_world_loses() -> None:
    # BBB makes 30 in 100 of ore. Needing no more than that it misses none of AAA's 60.
    found = lose(invented(), "AAA", 60, "BBB", ["ore"])
    ore = found.of("ore")
    assert ore is not None
    assert ore.lost is not None
    assert (ore.lost.low, ore.lost.high, ore.lost.makes) == (0, 0.6, (30, 30))
    assert (ore.earliest, ore.latest, ore.latest_known) == (0, None, True)
    assert found.basis.assumptions["by_share_of_the_world"] == ["ore"]
    assert found.basis.assumptions["makes_itself"] == {"ore": [30, 30]}
    # Where a source prints what it buys, that is what it loses, and nothing is assumed.
    printed = lose(invented(bought="ore,BBB,AAA,25,2021,,,u\n"), "AAA", 60, "BBB", ["ore"])
    told = printed.of("ore")
    assert told is not None
    assert told.lost is not None
    assert (told.lost.low, told.lost.high, told.lost.makes) == (0.25, 0.25, None)
    assert printed.basis.assumptions["by_share_of_the_world"] == []
    # A supplier's range goes no further than what the party leaves of the world.
    rows = "p,P,component,,capacity,CCC,,40,90,2021,,[primary] x,u\n"
    rows += "p,P,component,,capacity,BBB,30,,,2021,,[primary] x,u\n"
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    plate = lose(chain, "CCC", 60, "BBB").of("p")
    assert plate is not None
    assert plate.lost is not None
    assert plate.lost.high == pytest.approx(0.7)


def test_what_a_party_makes_is_not_lost_to_itself() -> None:
    for stages in ((), ("ore",)):
        own = lose(invented(), "AAA", 60, "AAA", stages)
        assert (own.stages, own.nothing, dict(own.not_known), own.exposed) == ((), (), {}, ())
    assert lose(shipped_chain("batteries"), "JPN", 60, "JPN").exposed == ()


@given(st.integers(1, 60), st.integers(0, 40), st.integers(1, 100))
def test_no_need_loses_more_than_the_range_of_who_makes_a_stage_itself(
    theirs: int, own: int, need: int
) -> None:
    rows = f"ore,Ore,material,,production,AAA,{theirs},,,2020,,[primary] x,u\n"
    rows += f"ore,Ore,material,,production,BBB,{own},,,2020,,[primary] x,u\n"
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    bought = max(0, need - own)
    lost = bought / need * theirs / (100 - own)
    ore = lose(chain, "AAA", 60, "BBB").of("ore")
    assert ore is not None
    assert ore.lost is not None
    assert (0 if own else theirs / 100) - 1e-12 <= ore.lost.low
    assert ore.lost.low <= lost + 1e-12
    assert lost <= ore.lost.high + 1e-12


def test_together_the_basis_names_every_party_and_what_is_assumed_of_each() -> None:
    said = [lose(invented(), "AAA", 60, who, ["ore"]) for who in ("BBB", "XXX")]
    found = basis_together(said).assumptions
    assert found["parties"] == ["BBB", "XXX"]
    assert "party" not in found
    assert found["makes_itself"] == {"BBB": {"ore": [30, 30]}, "XXX": {}}
    assert found["by_share_of_the_world"] == {"BBB": ["ore"], "XXX": ["ore"]}


def test_a_rest_of_the_world_and_a_stage_without_figures_are_not_known() -> None:
    rows = (
        "ore,Ore,material,,production,AAA,70,,,2020,,[primary] x,u\n"
        "ore,Ore,material,,production,ROW,30,,,2020,,[primary] x,u\n"
        "sand,Sand,material,,production,BBB,9,,,2020,,[alt] x,u\n"
        "thing,Thing,product,ore,sales,BBB,100,,,2021,,[primary] x,u\n"
    )
    chain = read_chain("x", ("chain.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    found = lose(chain, "BBB", 60, "XXX")
    assert dict(found.not_known) == {"ore": pytest.approx(0.3), "sand": 1.0}
    assert (found.stages, found.without_figures) == (("thing",), ("sand",))
    ours = lose(shipped_chain("semiconductors"), "NLD", 60, "KOR")
    assert ours.not_known["sem_neon"] == pytest.approx(0.55)
    assert "sem_logic_lt10" in ours.nothing
    # No source names it in any input of running fabs: only what is not known could stop them.
    logic = ours.of("sem_logic_lt10")
    assert logic is not None
    assert (logic.lost, logic.by_known, logic.known_least) == (None, None, None)
    assert dict(ours.machines) == {"sem_euv": ("sem_logic_lt10", "sem_dram")}


@pytest.mark.parametrize("kind", ["repair", "cycle", "licence"])
def test_only_a_time_of_substitution_ends_a_loss(kind: str) -> None:
    rows = held("ore", "20,20") + months("ore", "0.5,1", kind)
    ore = lose(invented(rows), "AAA", 300, "XXX", ["ore"]).of("ore")
    assert ore is not None
    assert (ore.earliest, ore.latest) == (33, 33)


def test_a_korean_target_for_another_year_is_no_american_stock() -> None:
    found = lose(shipped_chain("batteries"), "CHN", 60, "USA", ["bat_li_refine"])
    refine = found.of("bat_li_refine")
    assert refine is not None
    assert (refine.earliest, refine.latest_known, refine.stock) == (0, False, (None, None))
    # What is held in Korea is Korea's alone, beside what it aims at.
    cobalt = {
        who: lose(shipped_chain("batteries"), "CHN", 60, who, ["bat_co_refine"])
        for who in ("JPN", "KOR")
    }
    stocks = {who: one.of("bat_co_refine") for who, one in cobalt.items()}
    assert stocks["JPN"] is not None
    assert stocks["JPN"].stock == (None, None)
    assert stocks["KOR"] is None  # 54 days of 72.8 in 100 are enough for 60 days


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ore,XXX,owned,,,1,1,x,u\n", "s.csv, line 2: kind must be one of"),
        ("ore,,held,,,1,1,x,u\n", "s.csv, line 2: holder_iso3 is empty"),
        ("ore,XXX,repair,1,1,,,x,u\n", "holder_iso3 XXX stands at months, which nobody holds"),
        ("ore,XXX,held,2,,1,1,x,u\n", "months_low is no number of the kind held"),
        ("ore,,cycle,1,1,,9,x,u\n", "typical_stock_days_high is no number of the kind cycle"),
        ("ore,XXX,held,,,3,1,x,u\n", "typical_stock_days_high 1 is below typical_stock_days_low"),
    ],
)
def test_a_stock_without_holder_or_of_two_kinds_is_refused(row: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        invented(row)


@settings(max_examples=30)
@given(st.integers(1, 200), st.integers(1, 200), st.floats(0, 60))
def test_a_longer_loss_never_hurts_later_and_more_stock_never_sooner(
    days: int, more: int, stock: float
) -> None:
    chain = invented()
    shorter = lose(chain, "AAA", days, "XXX", ["ore"], stock=stock)
    longer = lose(chain, "AAA", min(365, days + more), "XXX", ["ore"], stock=stock)
    richer = lose(chain, "AAA", days, "XXX", ["ore"], stock=stock + 5)
    for one in shorter.exposed:
        again, rich = longer.of(one.stage), richer.of(one.stage)
        assert again is not None
        assert again.earliest is not None
        assert one.earliest is not None
        assert again.earliest <= one.earliest
        assert again.least <= one.least + 1e-9
        assert rich is None or rich.earliest is None or rich.earliest >= one.earliest


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ore,Ore,material,,production,AAA,160,,,2020,,[primary] x,u\n", "at most 100, not 160"),
        ("ore,Ore,material,,production,AAA,,,,2020,,[primary] x,u\n", "nor a range stands there"),
        ("ore,Ore,soil,,production,AAA,1,,,2020,,[primary] x,u\n", "tier must be one of"),
        ("ore,Ore,material,,production,AAA,1,,,soon,,[primary] x,u\n", "must be a year such as"),
        ("ore,Ore,material,,production,AAA,1,,,2020,,x,u\n", "must begin with \\[primary\\]"),
        (
            "ore,Ore,material,,production,AAA,1,,,2020,,[primary] x,u\n"
            "ore,Or,material,,production,BBB,1,,,2020,,[primary] x,u\n",
            "chain.csv, line 3: ore is described otherwise than in chain.csv, line 2",
        ),
        (
            "a,A,material,b,production,AAA,1,,,2020,,[primary] x,u\n"
            "b,B,material,a,production,AAA,1,,,2020,,[primary] x,u\n",
            "a and b take from each other in a circle",
        ),
        (
            "a,A,material,a,production,AAA,1,,,2020,,[primary] x,u\n"
            "b,B,material,a,production,AAA,1,,,2020,,[primary] x,u\n",
            "x: a takes from itself in a circle",
        ),
        ("ore,Ore,material,,production,AAA,,50,40,2020,,[primary] x,u\n", "40 is below low_pct 50"),
        ("ore,Ore,material,,production,AAA,30,40,,2020,,[alt] x,u\n", "30 is below low_pct 40"),
        ("ore,Ore,material,,production,AAA,60,,50,2020,,[alt] x,u\n", "60 is above high_pct 50"),
        ("ore,Ore,material,,production,aaa,1,,,2020,,[primary] x,u\n", "letters, not 'aaa'"),
        ("ore,Ore,material,,production,WLD,1,,,2020,,[primary] x,u\n", "WLD is the world, and no"),
        (
            "ore,Ore,material,,production,AAA,60,,,2020,,[primary] x,u\n"
            "ore,Ore,material,,production,AAA,30,,,2020,,[primary] x,u\n",
            "chain.csv, line 3: AAA has a \\[primary\\] share of this stage, measure and year in "
            "chain.csv, line 2 too; mark one of them",
        ),
        (
            "ore,Ore,material,,production,AAA,60,,,,,[primary] x,u\n"
            "ore,Ore,material,,production,BBB,50,,,,,[primary] x,u\n",
            "line 3: the \\[primary\\] shares of ore \\(production, no year\\) add up to 110 in",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_chain("x", ("chain.csv", HEAD + row), ("s.csv", STOCKS), ("d.csv", BOUGHT))


@pytest.mark.parametrize("year", ["2020", ""])
def test_shares_of_other_years_or_measures_and_whole_percents_are_no_fault(year: str) -> None:
    start = "ore,Ore,material,,"
    rows = (
        f"{start}production,AAA,60,,,{year},,[primary] x,u\n"
        f"{start}production,BBB,45,,,{year},,[primary] x,u\n"
        f"{start}capacity,AAA,70,,,{year},,[primary] x,u\n"
        f"{start}production,AAA,70,,,2019,,[primary] x,u\n"
        f"{start}production,AAA,75,,,{year},,[alt] x,u\n"
    )
    chain = read_chain("x", ("c.csv", HEAD + rows))
    assert len(chain.figures) == 5


@pytest.mark.parametrize(
    ("stocks", "bought", "words"),
    [
        ("ore,kor,held,,,1,2,x,u\n", "", "s.csv, line 2: holder_iso3 must be three capital"),
        ("", "ore,kor,AAA,25,2021,,,u\n", "d.csv, line 2: importer_iso3 must be three capital"),
        ("", "ore,KOR,Aaa,25,2021,,,u\n", "d.csv, line 2: supplier_iso3 must be three capital"),
        ("", "ore,KOR,KOR,25,2021,,,u\n", "d.csv, line 2: KOR stands as its own supplier"),
    ],
)
def test_a_country_that_would_be_missed_is_refused(stocks: str, bought: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        invented(stocks, bought)


def test_a_party_of_which_no_row_tells_is_said_and_sources_are_those_of_the_figures() -> None:
    bought = "ore,XXX,AAA,25,2021,,,new\nore,XXX,AAA,30,2019,,,old\n"
    chain = invented(held("ore", "3,3", "YYY"), bought)
    told = {who: lose(chain, "AAA", 60, who, ["ore"]) for who in ("BBB", "XXX", "YYY", "ZZZ")}
    assert {who: one.in_tables for who, one in told.items()} == {
        "BBB": True, "XXX": True, "YYY": True, "ZZZ": False,
    }  # fmt: skip
    assert dict(told["XXX"].sources) == {"ore": ("new",)}
    assert dict(told["YYY"].sources) == {"ore": ("u",)}


def test_what_is_asked_and_not_known_is_refused() -> None:
    chain = invented()
    for asked, words in (
        (("ZZZ", 60, "XXX"), "ZZZ supplies nothing in the chain of invented that is known"),
        (("AAB", 60, "XXX"), "AAB supplies nothing .*; the nearest makers are AAA"),
        (("ZZZ", 60, "XXX"), "makers: AAA, BBB, CCC"),
        (("aaa", 60, "XXX"), "a maker is a country by three capital letters, such as AAA, not 'a"),
        (("ROW", 60, "XXX"), "ROW is what sources lump together, and no maker"),
        (("AAA", 60, "xxx"), "a party is a country by three capital letters, such as XXX, not 'x"),
        (("AAA", 60, "Korea"), "a party is a country by three capital letters, not 'Korea'"),
        (("AAA", 60, "ROW"), "a party is a country by three capital letters, not 'ROW'"),
        (("AAA", 60, "WLD"), "a party is a country by three capital letters, not 'WLD'"),
        (("AAA", 0, "XXX"), "expected 1 to 365 days"),
        (("CCC", 5, "XXX", ["thing"]), "CCC supplies nothing in thing: others make all of it"),
        (("AAA", 5, "XXX", ["gold"]), "there is no stage 'gold'"),
    ):
        with pytest.raises(BadInput, match=words):
            lose(chain, *asked)  # type: ignore[arg-type]
    for stock in (-1.0, float("nan"), 4000.0):
        with pytest.raises(BadInput, match="expected 0 to 3650 days of stock"):
            lose(chain, "AAA", 5, "XXX", ["ore"], stock=stock)
    with pytest.raises(BadInput, match="there is no chain 'ships' here"):
        shipped_chain("ships")
    # Shares of years ahead are forecasts, and are left out.
    known = single_points(shipped_chain("semiconductors"))
    assert all((shares.year or 0) < 2027 for _, shares, _ in known)
