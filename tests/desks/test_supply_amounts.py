"""Amounts of stages, stages without a figure, and dates of what an answer took."""

from __future__ import annotations

import pytest
from supply_tables import ECONOMY
from test_supply_chains import BOUGHT, HEAD, STOCKS, held
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.rows import read_table
from architrave.desks.supply.chains.amounts import made_by, missed, of_world, printed_of
from architrave.desks.supply.chains.dating import NOT_USED, dated, months_dates
from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import SHIPPED, read_chain, shipped_chain
from architrave.desks.supply.chains.shares import shares_of, undated_shares
from architrave.desks.supply.chains.supplied import lost_of
from architrave.desks.supply.chains.tracing import points_basis, trace
from architrave.desks.supply.evidence import assess_loss, assess_points

AMOUNTS = (
    "stage_id,country_iso3,part,kind,amount_low,amount_high,unit,per,year,expected,note,source_url"
    "\n"
)
ORE = "ore,Ore,material,,production,AAA,60,,,2020,,[primary] x,u\n"
PLATE = "plate,Plate,component,ore,capacity,AAA,,40,60,2021,,[primary] x,u\n"


def invented(amounts: str, figures: str = ORE + PLATE, stocks: str = "") -> Chain:
    """Ore and plate, both made by AAA, and how much of them comes."""
    return read_chain(
        "invented", ("c.csv", HEAD + figures), ("s.csv", STOCKS + stocks), ("d.csv", BOUGHT),
        ("a.csv", AMOUNTS + amounts),
    )  # fmt: skip


def test_what_is_not_made_is_the_share_of_what_comes_over_the_days() -> None:
    rows = (
        "ore,WLD,,output,100,100,kt,year,2019,no,,u\n"
        "ore,WLD,,output,90,90,kt,year,2018,no,,u\n"
        "ore,WLD,,output,500,500,kt,year,2030,no,,u\n"
        "ore,WLD,,output,400,400,kt,year,2020,yes,,u\n"
        "ore,WLD,cars,demand,30,30,kt,year,2020,no,,u\n"
        "ore,AAA,Works,capacity,70,70,kt,year,2020,no,,u\n"
        "ore,BBB,,quota,9,9,kt,year,2020,no,,u\n"
        "plate,WLD,,demand,1000,,t,year,2021,no,over 1000,u\n"
        "plate,WLD,,capacity,5000,5000,t,year,2021,no,,u\n"
    )
    chain = invented(rows)
    ore, plate = missed(chain, "AAA", 73, ["ore", "plate"])
    # A fifth of a year; what is expected of a later year, or of one not over, is never taken.
    assert (ore.amount.year, ore.low, ore.high) == (2019, pytest.approx(12), pytest.approx(12))
    assert (plate.low, plate.high) == (pytest.approx(80), None)
    assert [(one.part, one.year) for one in of_world(chain, "ore")] == [("", 2019), ("cars", 2020)]
    assert [one.part for one in made_by(chain, "ore")] == ["Works"]
    # All that is printed beside is shown, and nothing that was taken is shown twice.
    assert [
        (one.stage, one.country, one.counted.value)
        for one in printed_of(chain, "AAA", ["ore", "plate"])
    ] == [
        ("ore", "WLD", "demand"), ("ore", "AAA", "capacity"), ("plate", "WLD", "capacity"),
    ]  # fmt: skip
    found = lose(chain, "AAA", 73, "XXX", ["ore"])
    assert found.basis.layers[3].newest == "2020"
    # Who is not named anywhere does not make a known amount.
    assert missed(chain, "BBB", 73, ["ore", "plate"]) == ()


def test_a_capacity_money_a_quarter_and_a_part_are_not_what_comes() -> None:
    rows = (
        "ore,WLD,,capacity,100,100,kt,year,2019,no,,u\n"
        "ore,WLD,,revenue,7,7,billion USD,year,2020,no,,u\n"
        "ore,WLD,,output,9,9,kt,quarter,2020,no,,u\n"
        "ore,WLD,cars,output,8,8,kt,year,2020,no,,u\n"
    )
    chain = invented(rows)
    assert missed(chain, "AAA", 60, ["ore"]) == ()
    shown = printed_of(chain, "AAA", ["ore"])
    assert [(one.counted.value, one.per.value, one.part) for one in shown] == [
        ("output", "quarter", ""), ("revenue", "year", ""), ("capacity", "year", ""),
        ("output", "year", "cars"),
    ]  # fmt: skip


def test_of_what_comes_the_newest_year_is_taken_and_the_rest_is_shown() -> None:
    rows = (
        "ore,WLD,,output,100,100,kt,year,2018,no,,u\n"
        "ore,WLD,,demand,80,80,kt,year,2019,no,,u\n"
        "ore,WLD,,shipments,90,90,kt,year,2019,no,,u\n"
        "ore,WLD,,shipments,95,95,kilo-t,year,2019,no,,u\n"
    )
    chain = invented(rows)
    (found,) = missed(chain, "AAA", 365, ["ore"])
    assert (found.amount.counted.value, found.low) == ("shipments", pytest.approx(54))
    beside = [(one.low, one.unit, one.year) for one in printed_of(chain, "AAA", ["ore"])]
    assert beside == [(95, "kilo-t", 2019), (80, "kt", 2019), (100, "kt", 2018)]


def test_evidence_has_amounts_and_the_years_of_the_rows_taken() -> None:
    chain = invented("ore,WLD,,output,100,100,kt,year,2019,no,,u\n")
    points = assess_points(chain)
    assert points.result["ore"]["amounts"][0]["amount"] == [100, 100]
    assert points.result["plate"]["amounts"] == []
    assert [one.newest for one in points.layers] == ["2021", NOT_USED, NOT_USED, "2019"]
    lost = assess_loss(chain, "AAA", 73, ["XXX"], ["ore"])
    assert lost.result["not_made"]["ore"]["amount"] == pytest.approx([12, 12])
    assert [one.newest for one in lost.layers] == ["2020", NOT_USED, NOT_USED, "2019"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ore,WLD,,output,,,kt,year,2019,no,,u\n", "neither amount_low nor amount_high stands"),
        ("ore,WLD,,output,9,1,kt,year,2019,no,,u\n", "amount_high 1 is below amount_low 9"),
        ("ore,WLD,,output,-9,,kt,year,2019,no,,u\n", "amount_low must be a number from 0 up"),
        ("ore,WLD,,made,9,9,kt,year,2019,no,,u\n", "kind must be one of output, shipments"),
        ("ore,WLD,,output,9,9,kt,day,2019,no,,u\n", "per must be one of year, quarter"),
        ("ore,WLD,,output,9,9,,year,2019,no,,u\n", "unit is empty"),
        ("ore,WLD,,output,9,9,kt,year,soon,no,,u\n", "year must be a year such as 2024"),
        ("ore,WLD,,output,9,9,kt,year,2019,,,u\n", "expected is empty"),
        ("ore,WLD,,output,9,9,kt,year,2019,no,,\n", "source_url is empty"),
        ("ore,world,,output,9,9,kt,year,2019,no,,u\n", "country_iso3 must be three capital"),
    ],
)
def test_a_bad_amount_is_refused_with_its_line(row: str, words: str) -> None:
    with pytest.raises(BadInput, match=f"a.csv, line 2: {words}"):
        invented(row)


def test_a_row_that_says_that_no_share_was_found_makes_a_stage_and_no_figure() -> None:
    bare = "tool,Tool,equipment,,{},{},,,,{},,[primary] no share found; x,u\n"
    for measure, who, year in (("", "", ""), ("sales", "CCC", "2025")):
        chain = invented("", ORE + bare.format(measure, who, year))
        assert "tool" in chain.stages
        assert shares_of(chain, "tool") is None
        assert len(chain.figures) == 1
        # The year of a row without a figure dates nothing.
        assert chain.layers[0].newest == "2020"
        assert lose(chain, "AAA", 60, "XXX").not_known["tool"] == 1
        assert missed(chain, "AAA", 60, ["tool"]) == ()
        assert trace(chain, "tool").steps[0].shares is None
        assert list(assess_points(chain).result) == ["ore"]
    for note in ("[primary] four of five are large", "[alt] a share found"):
        row = f"tool,Tool,equipment,,sales,CCC,,,,2025,,{note},u\n"
        with pytest.raises(BadInput, match="the note does not go on with 'no share found'"):
            invented("", ORE + row)


def test_the_shipped_batteries_have_their_equipment_and_amounts_are_those_compiled() -> None:
    chain = shipped_chain("batteries")
    assert len(chain.stages) == 23
    assert "bat_cell_equipment" in chain.stages["bat_cell"].upstream
    assert chain.stages["bat_cell_equipment"].tier.value == "equipment"
    assert trace(chain, "bat_cell").not_here == ()
    rows = read_table(
        "capacity.csv",
        (ROOT / "data/chains/capacity.csv").read_text(encoding="utf-8"),
        AMOUNTS.strip().split(","),
    )
    known = {one for name in SHIPPED for one in shipped_chain(name).stages}
    assert {row.cells["stage_id"] for row in rows} <= known
    assert {row.cells["expected"] for row in rows if int(row.cells["year"]) > 2026} == {"yes"}
    file = ECONOMY.parent / "chains" / "capacity.csv"
    if not file.is_file():
        pytest.skip("the shared tables are not here")
    theirs = read_table(
        "capacity.csv", file.read_text(encoding="utf-8"),
        "stage_id country_iso3 entity value unit year note source_url".split(),
    )  # fmt: skip
    assert [
        (row.cells["stage_id"], row.cells["year"], float(row.cells["value"])) for row in theirs
    ] == [
        (row.cells["stage_id"], row.cells["year"], float(row.cells["amount_low"])) for row in rows
    ]


def test_a_share_without_a_year_that_was_passed_over_is_said() -> None:
    figures = (
        "ore,Ore,material,,production,AAA,70,,,2020,,[primary] x,u\n"
        "ore,Ore,material,,sales,BBB,20,,,,,[primary] of no year,u\n"
        "ore,Ore,material,,sales,CCC,20,,,,,[alt] x,u\n"
        "sand,Sand,material,,sales,BBB,20,,,,,[primary] x,u\n"
    )
    chain = invented("", figures)
    assert [one.note for one in undated_shares(chain, "ore")] == ["of no year"]
    # Where nothing has a year, what has none was taken.
    assert undated_shares(chain, "sand") == ()
    assert [one.country for one in trace(chain, "ore").left_out] == ["BBB"]
    (left,) = lose(chain, "AAA", 60, "XXX", ["ore"]).dates.shares_left_out
    assert left.note == "of no year"
    assert lose(chain, "BBB", 60, "XXX", ["sand"]).dates.shares_left_out == ()


def test_a_time_that_a_row_tells_of_has_both_ends_and_no_year_ahead() -> None:
    def months(basis: str) -> str:
        return f"ore,,substitution,1,2,,,{basis},u\n"

    for basis, date in (
        ("x", ""),
        ("mid-2022", "2022"),
        ("from July 2019 to the end of 2021", "2019-07/2021"),
        ("begun 2020 with 2031 as the aim", "2020"),
    ):
        chain = invented("", stocks=months(basis))
        assert months_dates(chain, "ore") == (date,)
        assert points_basis(chain, ["ore"]).layers[1].newest == date.rpartition("/")[2][:4]
    chain = invented("", stocks=months("x 2018") + months("y 2021") + held("ore", "1,2"))
    chosen = {"ore": lost_of(chain, "ore", "AAA", "XXX")}
    found = dated(chain, "AAA", "XXX", chosen)
    assert found.months == {"ore": ("2018", "2021")}
    assert found.stocks == {"ore": ("",)}
    assert found.layers[1].newest == "2021"
