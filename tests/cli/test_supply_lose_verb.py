"""`architrave supply lose` in words: machines apart, causes named, what is not known told once."""

from __future__ import annotations

import pytest
from cli_nodes import fault, run, value

LOSE = ("supply", "lose", "semiconductors", "NLD", "--from", "2027-03-01")


def plain(*typed: str) -> str:
    """What a verb prints, in one line."""
    return " ".join(run(*typed).stdout.split())


def test_without_new_scanners_running_fabs_go_on() -> None:
    told = plain(*LOSE, "--party", "JPN")
    assert "Nothing that is known runs out within the days looked at, but for new machines." in told
    assert "New and replaced machines, sem_euv, EUV scanners: from 2027-03-01 on, or later;" in told
    waits = "New capacity waits: sem_logic_lt10 (Logic fabrication below 10 nm), sem_dram (DRAM)."
    assert waits in told
    assert "for how long without spares and service is not known." in told
    assert "for want of sem_euv" not in told
    (korea,) = value(*LOSE, "--party", "KOR", "--json")["parties"]
    assert korea["machines"] == {"sem_euv": ["sem_logic_lt10", "sem_dram"]}
    rows = {row["stage"]: row for row in korea["stages"]}
    assert rows["sem_hbm"]["by_known"] is None
    assert rows["sem_hbm"]["known_least"] is None


def test_what_is_not_known_is_told_once_and_whole_in_json() -> None:
    told = plain(*LOSE)
    assert told.count("Not known whether NLD also supplies") == 1
    whole = "sem_integrated_assembly (Integrated assembly tools) up to 100% (no figure printed), "
    assert f"{whole}sem_helium (Helium) up to 70% (2026)" in told
    parties = value(*LOSE, "--json")["parties"]
    every = {name for one in parties for name in one["not_known"]}
    assert f", and {len(every) - 3} more." in told
    only = {row["stage"] for one in parties for row in one["stages"] if row["by_known"] is None}
    assert f"{len(only)} stages run short only if it does." in told


def test_the_cause_beside_a_least_part_is_what_makes_it() -> None:
    told = plain("supply", "lose", "batteries", "CHN", "--party", "KOR")
    assert "bat_cathode Cathode active material:" in told
    assert "1% comes at worst, for want of bat_mn_refine; lost to CHN: 76% of its own pur" in told
    assert "for want of bat_mn_refine (0% if what is not known is lost too)" in told
    # Photoresist is in stock for a month; what is short before that is another input.
    chips = plain("supply", "lose", "semiconductors", "JPN", "--days", "90", "--party", "KOR")
    wafers = "first for want of sem_si_wafer; 7% comes at worst, for want of sem_photoresist"
    assert wafers in chips
    (korea,) = value("supply", "lose", "batteries", "CHN", "--party", "KOR", "--json")["parties"]
    rows = {row["stage"]: row for row in korea["stages"]}
    told_of = rows["bat_recycling"]
    assert (told_of["least"], told_of["least_cause"]) == (0, "bat_recycling")
    assert told_of["known_least"] == pytest.approx(0.01)
    assert told_of["known_least_cause"] == "bat_mn_refine"


def test_sources_are_told_by_file_and_by_address() -> None:
    for typed in (("points", "batteries"), ("trace", "batteries", "bat_cell"), LOSE[1:]):
        told = plain("supply", *typed)
        assert "capacity.csv), a row for each figure with its address; --json has" in told
        assert "reopen the page before a figure goes into a signed text." in told
        assert "Note: a maker is a country:" in told
    (korea,) = value("supply", "lose", "batteries", "CHN", "--party", "KOR", "--json")["parties"]
    assert {row["stage"] for row in korea["stages"] if row["named"]} <= set(korea["sources"])
    assert all(one.startswith("http") for them in korea["sources"].values() for one in them)
    points = value("supply", "points", "batteries", "--top", "99", "--json")["stages"]
    assert all(bool(one["months_sources"]) == (one["months"] is not None) for one in points)


def test_a_party_of_which_nothing_is_known_is_said_to_be_one_first() -> None:
    told = run("supply", "lose", "batteries", "CHN", "--party", "FRA").stdout
    after = told.split("FRA: without CHN")[1].splitlines()[1]
    assert after.startswith("  FRA stands in no row of this chain's tables:")
    (france,) = value("supply", "lose", "batteries", "CHN", "--party", "FRA", "--json")["parties"]
    assert france["in_tables"] is False


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("NLD", "--days", "400"), "--days 400: expected 1 to 365 days."),
        (("NLD", "--days", "0"), "--days 0: expected 1 to 365 days."),
        (("NLD", "--stock", "4000"), "--stock 4000: expected 0 to 3650 days."),
        (("nld",), "a maker is a country by three capital letters, such as NLD, not 'nld'."),
        (("NED",), "NED supplies nothing in the chain of semiconductors that is known; the"),
        (("NLD", "--party", "kor"), "by three capital letters, such as KOR, not 'kor'."),
    ],
)
def test_what_cannot_be_asked_names_what_was_typed(typed: tuple[str, ...], words: str) -> None:
    assert words in fault("supply", "lose", "semiconductors", *typed)


HF = ("supply", "lose", "semiconductors", "JPN", "--stage", "sem_hf", "--days", "90", "--party")


def newest(*typed: str) -> dict[str, str]:
    """The newest year of each layer, as JSON tells it."""
    layers = value(*typed, "--json")["basis"]["layers"]
    return {one["name"]: one["newest"] for one in layers}


def test_each_share_and_stock_has_its_year_beside_it() -> None:
    told = plain(*HF, "KOR")
    assert "Lost, and covered: sem_hf (High-purity hydrogen fluoride) 12.8% (2020)." in told
    # One of its rows has no date of its own, but is of the same source as one that has.
    assert "KOR holds, as sources print: sem_hf 30 to 60 days (July 2019)." in told
    (korea,) = value(*HF, "KOR", "--json")["parties"]
    assert korea["years"] == {"sem_hf": 2020}
    assert korea["stock_dates"]["sem_hf"] == ["2019-07"]
    # Months have the time that their row tells of, and are not dated where it tells of none.
    assert "sem_hf up to 18 months (2019 to 2020)." in told
    assert korea["months_dates"] == {"sem_hf": ["2019/2020"]}
    # The table of stocks says nothing of when these were counted.
    assert korea["stock_dates"]["sem_gallium"] == [None]
    gallium = plain("supply", "lose", "semiconductors", "CHN", "--party", "KOR")
    assert "sem_gallium 54 days (not dated)" in gallium
    (usa,) = value(*HF, "USA", "--json")["parties"]
    assert usa["stock_dates"] == {"sem_fab_all": ["2019", "2021"]}
    made = plain("supply", "lose", "semiconductors", "JPN", "--party", "KOR")
    (korea,) = value("supply", "lose", "semiconductors", "JPN", "--party", "KOR", "--json")[
        "parties"
    ]
    own = made.partition("its part of the world's: ")[2].partition("A range of")[0]
    assert f"% ({korea['years']['sem_si_wafer']})" in own


def test_the_newest_year_of_a_layer_is_of_the_rows_that_were_taken() -> None:
    assert plain(*HF, "KOR").startswith(
        "Newest year of each layer: semiconductors.csv: no row used; substitution.csv: 2020; "
        "import_dependence.csv: 2020; capacity.csv: no row used Asked:"
    )
    assert newest(*HF, "KOR") == {
        "semiconductors.csv": "no row used",
        "substitution.csv": "2020",
        "import_dependence.csv": "2020",
        "capacity.csv": "no row used",
    }
    # No source prints what it buys, so the shares of the world are taken.
    (usa,) = value(*HF, "USA", "--json")["parties"]
    assert newest(*HF, "USA")["semiconductors.csv"] == str(usa["years"]["sem_hf"] or "")
    assert newest(*HF, "USA")["import_dependence.csv"] == "no row used"
    both = newest(*HF, "KOR", "--party", "USA")
    assert both["semiconductors.csv"] == newest(*HF, "USA")["semiconductors.csv"]
    assert both["import_dependence.csv"] == "2020"
    assert set(newest(*HF, "JPN").values()) == {"no row used"}


def test_a_figure_without_a_year_is_said_to_be_left_out() -> None:
    told = plain(*HF, "KOR")
    assert (
        "Left out, as no year is printed with it: sem_hf 46.3% of KOR's own purchases "
        "(January-May of the year after controls ended; year not printed; 7.7 a year earlier)."
    ) in told
    (korea,) = value(*HF, "KOR", "--json")["parties"]
    (left,) = korea["left_out"]
    assert (left["stage"], left["share"]) == ("sem_hf", 0.463)
    assert left["note"].startswith("January-May of the year after controls ended")
    assert left["source"].startswith("https://")
    (usa,) = value(*HF, "USA", "--json")["parties"]
    assert usa["left_out"] == []
    assert "Left out" not in plain(*HF, "USA")


def test_what_is_not_made_is_a_part_of_what_comes_in_a_year() -> None:
    asked = ("supply", "lose", "batteries", "CHN", "--party", "KOR", "--days", "73")
    told = plain(*asked)
    # A fifth of a year, of 70.2 in 100 of 241.6 kt.
    assert (
        "bat_li_refine 33.9 kt contained: 70.2% (refining, 2024) of 241.6 kt contained a year, "
        "output (2024)"
    ) in told
    assert "bat_separator 4.83 to 5.44 billion m2: 80 to 90% (sales, 2024) of 30.2" in told
    assert "bat_cell the world: 3,000 GWh a year, capacity (2024)" in told
    assert "bat_cell the world: 1,187 GWh a year, demand of cells in electric" in told
    assert "bat_cell KOR: 108.8 GWh a year, shipments of LG Energy Solution (2025)" in told
    found = value(*asked, "--json")
    rows = {one["stage"]: one for one in found["not_made"]}
    assert rows["bat_li_refine"]["amount"] == pytest.approx([0.702 * 241.6 / 5] * 2)
    # A capacity is not what comes, and where no source names it nothing is reckoned.
    assert not {"bat_cell", "bat_co_mine"} & set(rows)
    assert {one["country"] for one in found["printed"]} == {"WLD", "KOR"}
    assert all(one["source"].startswith("http") for one in found["printed"])
    assert newest(*asked)["capacity.csv"] == "2025"
    gas = plain("supply", "lose", "semiconductors", "KOR", "--party", "KOR", "--stage", "sem_nf3")
    assert "sem_nf3 at least 2,960 t: 60% (sales, 2025) of at least 30,000 t a year" in gas
    assert "JPN: 3,700 t a year, capacity of Kanto Denka (2025)" in gas
