"""The supply desk at a terminal: what an answer rests on stands first; a fault is one sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_nodes import fault, run, value
from desk_examples import notebook
from official_copies import write_icio
from trade_copies import COUNTRIES, baci_text, new_text
from world import ROOT

from architrave.cli import supply_trade_verb
from architrave.cli.desk_tables import tables_by_digest
from architrave.cli.rerunning import Inputs, rerun_apart
from architrave.desks.evidence import differences
from architrave.desks.tabling import assessments_in


def test_a_table_says_what_it_is_and_what_rounding_leaves() -> None:
    lines = run("supply", "table").stdout.splitlines()
    assert lines[0].startswith("Newest year of each layer: WIOD 2013 release")
    assert lines[0].endswith("2011")
    found = value("supply", "table", "--json")
    assert (found["cells"], found["empty"], found["negative"]) == (140, 0, 42)
    assert found["basis"]["layers"][0]["newest"] == "2011"
    assert found["residual"] < 1e-12
    assert list(found["names"]) == found["sectors"]
    assert found["names"]["TRQ"] == "Transport equipment"
    legend = "\n".join(lines).partition("Sectors by their codes")[2]
    assert re.search(r"^  TRQ +Transport equipment$", legend, re.MULTILINE)
    assert re.search(r"^  OSV +Real estate activities; ", legend, re.MULTILINE)
    said = fault("supply", "table", "--table", "nowhere.npz")
    assert said == "nowhere.npz: nothing is there."
    assert fault("supply", "table", "a.csv", "--table", "b.csv").startswith("name the table once")


def test_a_table_as_downloaded_is_opened_by_its_name(tmp_path: Path) -> None:
    path = write_icio(tmp_path)
    found = value("supply", "table", str(path), "--json")
    assert (found["cells"], found["empty"]) == (8, 1)
    assert found["basis"]["layers"][0]["newest"] == "2019"
    assert found["names"] == {}
    shown = " ".join(run("supply", "table", str(path)).stdout.split())
    assert "CN1 and CN2 are summed to CHN" in shown
    path.write_text(path.read_text().replace("10.0", "ten", 1))
    assert fault("supply", "table", str(path)).endswith(": 'ten' is no number.")


def test_an_economy_that_uses_up_all_it_makes_is_refused_by_its_file_and_cell(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    path = tmp_path / "2020_SML.csv"
    path.write_text(
        "V1,AUS_A01,JPN_A01,AUS_HFCE,JPN_HFCE,OUT\nAUS_A01,10,0,0,0,10\nJPN_A01,0,3,2,15,20\n"
        "TLS,0,0,0,0,\nVA,0,17,0,0,\nOUT,10,20,2,15,\n"
    )
    said = fault("supply", "table", str(path))
    assert said.startswith("2020_SML.csv: OECD inter-country input-output table 2020: it needs all")
    assert said.endswith("most of all AUS:A01, with inputs of 1 for each 1 it makes.")
    assert [one for one in recwarn if "singular" in str(one.message).lower()] == []


def test_a_way_round_a_loss_is_found_alone_in_pairs_and_by_all() -> None:
    found = value("supply", "resource", "--lose", "EU27:CHM=0.5", "--json")
    members = [one["members"] for one in found["coalitions"]]
    assert members == [
        ["JPN"], ["KOR"], ["USA"], ["JPN", "KOR"], ["JPN", "USA"], ["KOR", "USA"],
        ["JPN", "KOR", "USA"],
    ]  # fmt: skip
    assert found["basis"]["assumptions"]["spare"] == 0.05
    assert 0 < found["only_all"] < found["gain"]
    shown = run("supply", "resource", "--lose", "TWN:ELE").stdout
    assert "no forecast, and nobody's decision" in shown
    nothing = run("supply", "resource", "--lose", "CHN:ELE").stdout
    assert "; of it 0 only all together, and no pair." in nothing
    told = " ".join(shown.split())
    assert "a party may use its own spare but for what the other parties named buy of it" in told
    assert "Through JPN: the shares if the others were linked through JPN alone" in told
    words = ("supply", "resource", "--lose", "EU27:CHM=0.5", "--party", "KOR")
    alone = run(*words).stdout
    assert "One party has nobody to share with: name more with --party." in alone
    assert not re.search("Together|Shapley|no pair", alone)
    two = run(*words, "--party", "JPN").stdout
    assert "Together they save" in two
    assert not re.search("no pair|hrough", two)
    cost = {
        len(parties): value(*words[:4], *parties, "--json")["coalitions"][0]["cost"]
        for parties in (words[4:], (*words[4:], "--party", "JPN"))
    }
    assert cost[2] < cost[4]
    assert not re.search(r"-0\b", nothing.partition("Together")[2])
    little = run("supply", "resource", "--lose", "EU27:CHM=0.2").stdout
    used = re.findall(r"([\d,]+) of ([\d,]+) used", little)
    assert used
    assert any(one != all_ for one, all_ in used)
    assert "all of" not in little
    for typed, said in (
        ("EU27:CHM=half", "--lose EU27:CHM=half: 'half' is no share; write it as in 50% or 0.5."),
        (
            "EU27:CHM=2",
            "--lose EU27:CHM=2: without a percent sign a share is a part of 1; write 2%",
        ),
        ("EU27:CHM=0", "the share lost must be above 0 and up to 1"),
        ("EU27:XYZ", "there is no sector 'XYZ'"),
    ):
        assert said in fault("supply", "resource", "--lose", typed)


def test_days_after_a_shock_are_counted_for_each_party() -> None:
    typed = ("supply", "outage", "--lose", "JPN:ELE=0.5", "--recover", "60", "--start", "5")
    found = value(*typed, "--json")
    assert [one["region"] for one in found["parties"]] == ["JPN", "KOR", "USA"]
    assert found["parties"][0]["lost_days"] > 1 > found["parties"][2]["lost_days"]
    assert found["parties"][0]["lowest_day"] >= 5
    assert (found["days"], found["runaway"], found["waiting"]) == (365, False, 0)
    assert found["basis"]["assumptions"]["stock"] == 90
    assert found["residual"] < 1e-12
    shown = run(*typed, "--party", "TWN").stdout
    assert shown.splitlines()[0].startswith("Newest year of each layer: WIOD 2013 release")
    assert "TWN" in shown
    assert "From day 5, 30 days: capacity lost, in 100: JPN:ELE 50; then back over 60" in shown
    assert "no forecast" in shown
    assert "The model has run away" in run(*typed, "--stock", "15").stdout


def test_what_is_destroyed_is_rebuilt_and_a_route_is_narrowed() -> None:
    typed = ("supply", "outage", "--destroy", "JPN:ELE=20000", "--rebuild", "CON=1", "--json")
    found = value(*typed, "--at-home", "--tau", "20", "--days", "60")
    assert 0 < found["waiting"] < 20000
    assert found["scenario"]["destructions"][0]["rebuilding"]["at_home"] is True
    words = " ".join(run(*typed[:-1], "--at-home", "--days", "20").stdout.split())
    assert (
        "From day 1, 30 days: capital destroyed, million USD: JPN:ELE 20,000; from day 31" in words
    )
    assert "rebuilt by CON 1 of the regions that were hit, over 60." in words
    carried = run("supply", "outage", "--route", "CHN>KOR=0.2", "--psi", "0").stdout
    assert "From day 1, 30 days: CHN>KOR carries 20 in 100 of a usual day." in carried
    assert "psi 0.0" in carried
    shut = value("supply", "outage", "--route", "CHN>KOR=0", "--party", "KOR", "--json")
    assert shut["parties"][0]["missed_days"] > 0
    for words, said in (
        ((), "say what happens: --lose, --destroy or --route."),
        (("--lose", "JPN"), "--lose JPN: expected NAME=SHARE"),
        (("--lose", "JPN=half"), "--lose JPN=half: 'half' is no share; write it as"),
        (("--lose", "JPN=2"), "--lose JPN=2: without a percent sign"),
        (("--route", "CHN=0.5"), "expected SELLER>BUYER=SHARE"),
        (("--route", "CHN>KOR=2"), "--route CHN>KOR=2: without a percent"),
        (("--lose", "JPN=0.1", "--rebuild", "CON=1"), "and nothing is destroyed."),
        (("--lose", "JPN=0.1", "--lose", "JPN=0.5"), "--lose JPN=0.5: JPN is named twice."),
        (("--destroy", "JPN=1"), "by cell, as in KOR:AGR, not JPN."),
        (("--lose", "JPN=0.1", "--at-home"), "says where --rebuild rebuilds, and nobody does;"),
        (("--lose", "JPN=0.1", "--start", "400"), "on day 400, and the run ends before: 365 days."),
        ((*typed[2:6], "--recover", "9"), "comes back in one of two ways."),
        (("--lose", "JPN=0.1", "--shape", "flat", "--recover", "9"), "'flat' is no shape"),
        (("--lose", "JPN=0.1", "--days", "0"), "a run takes from 1 to 3650 days, not 0."),
        (("--lose", "JPN=0.1", "--party", "MARS"), "there is no region 'MARS'"),
    ):
        assert said in fault("supply", "outage", *words)


def test_chains_say_their_years_first_and_what_is_not_known() -> None:
    found = value("supply", "points", "batteries", "--top", "3", "--json")
    assert len(found["stages"]) == 3
    assert all(
        one["known"]["index"][0] <= one["known"]["index"][1] <= 10_000 for one in found["stages"]
    )
    traced = value("supply", "trace", "batteries", "bat_cell", "--json")
    assert {name for link in traced["links"] for name in link} <= {
        step["stage"] for step in traced["steps"]
    }
    told = " ".join(run("supply", "trace", "batteries", "bat_cell").stdout.split())
    assert "The number is how many stages off it is by the longest way:" in told
    far = {step["stage"]: step["distance"] for step in traced["steps"]}
    ways = {len({far[link[1]] for link in traced["links"] if link[0] == name}) for name in far}
    assert max(ways) > 1  # some stage is reached by ways of several lengths
    assert all(far[up] > far[down] for up, down in traced["links"])
    lost = value("supply", "lose", "semiconductors", "NLD", "--from", "2027-03-01", "--json")
    assert [one["party"] for one in lost["parties"]] == ["JPN", "KOR", "USA"]
    rows = {row["stage"]: row for row in lost["parties"][0]["stages"]}
    assert rows["sem_euv"]["earliest"] == "2027-03-01"
    assert rows["sem_euv"]["latest_known"] is False
    assert lost["parties"][0]["not_known"]["sem_neon"] == pytest.approx(0.55)
    assert rows["sem_neon"]["by_known"] is None
    told = run("supply", "lose", "batteries", "USA", "--party", "JPN", "--stage", "bat_ni_mine")
    parties = lost["basis"]["assumptions"]["parties"]
    assert parties == ["JPN", "KOR", "USA"]
    assert lost["basis"]["assumptions"]["makes_itself"]["KOR"]["sem_dram"]
    both = run("supply", "lose", "batteries", "KOR", "--party", "JPN", "--party", "KOR").stdout
    assert "parties JPN KOR" in both
    plain = " ".join(both.split())
    assert "Assumed: JPN uses first what it makes itself" in plain
    assert "What KOR makes itself is not counted as lost to it." in plain
    assert "Nothing that is known runs out within the days looked at." in told.stdout
    assert (
        "Not known whether USA also supplies: bat_ni_mine (Nickel mining) up to 14% (2024)."
        in " ".join(told.stdout.split())
    )
    acid = ("semiconductors", "JPN", "--party", "KOR", "--stage", "sem_hf")
    taken = " ".join(run("supply", "lose", *acid).stdout.split())
    assert "Lost, and covered: sem_hf (High-purity hydrogen fluoride) 12.8% (2020)." in taken
    assert "KOR holds, as sources print: sem_hf 30 to 60 days (July 2019)." in taken
    assert (
        "Another takes JPN's place, as sources print: sem_hf up to 18 months (2019 to 2020)."
        in taken
    )
    assumed = value("supply", "lose", *acid, "--json")["basis"]["assumptions"]
    assert assumed["stocks"]["KOR"]["sem_hf"] == [30, 60]
    assert assumed["months_until_another"]["KOR"] == {"sem_hf": [None, 18]}
    assert assumed["lost"]["KOR"]["sem_hf"] == [0.128, 0.128]
    times = value("supply", "points", "semiconductors", "--top", "99", "--json")["stages"]
    months = {one["stage"]: one["months"] for one in times}
    assert (months["sem_neon"], months["sem_euv"]) == ([6, 36], None)
    points = " ".join(run("supply", "points", "semiconductors", "--top", "99").stdout.split())
    assert "JPN at least 90" in points
    assert "6 to 36 months" in points
    shown = run("supply", "lose", "batteries", "AUS", "--party", "USA", "--stock", "40").stdout
    assert shown.splitlines()[0].startswith("Newest year of each layer: batteries.csv")
    assert "stock 40" in shown.replace("\n", " ")
    assert "there is no chain 'ships'" in fault("supply", "points", "ships")


def test_exposure_chokepoints_and_mutual_dependence_are_printed_with_their_basis() -> None:
    on = value("supply", "exposure", "KOR:ELE", "--on", "JPN:CHM", "--on", "TWN", "--json")["on"]
    assert [one["seller"] for one in on] == ["JPN:CHM", "TWN"]
    assert all(0 < one["bought"] < 1 and 0 < one["passed_on"] < 1 for one in on)
    pair = run("supply", "exposure", "KOR:ELE", "--on", "JPN:CHM").stdout
    assert "of the inputs of KOR:ELE are sold by JPN:CHM" in pair
    found = value("supply", "exposure", "KOR:ELE", "--json")
    assert sum(one["through"] for one in found["regions"]) == pytest.approx(1)
    view = value("supply", "chokepoints", "--top", "3", "--json")
    assert list(view["alone"]) == ["JPN", "KOR", "USA"]
    assert [len(view["alone"][who]) for who in view["alone"]] == [3, 3, 3]
    pairs = value("supply", "mutual", "--json")["pairs"]
    assert [(one["of"], one["by"]) for one in pairs][:2] == [("JPN", "KOR"), ("JPN", "USA")]
    assert "not what would" in run("supply", "chokepoints", "--top", "1").stdout
    assert "there is no sector ''" in fault("supply", "exposure", "KOR:")


def test_shocks_are_told_by_cell_and_a_stoppage_three_times() -> None:
    found = value("supply", "demand", "--change", "USA:TRQ=-1000", "--json")
    assert found["cells"]["USA:TRQ"] < -1000
    risen = value("supply", "price", "--add", "ROW:MIN=0.1", "--json")
    assert next(iter(risen["cells"])) == "ROW:MIN"
    told = value("supply", "embargo", "--from", "EU27:CHM", "--to", "JPN", "--json")["tellings"]
    assert list(told) == ["lost", "moved", "held"]
    assert max(told["lost"]["regions"].values()) <= 1e-6 < max(told["moved"]["regions"].values())
    assert told["held"]["regions"]["JPN"] < 10 * told["lost"]["regions"]["JPN"] < 0
    short = value("supply", "shortage", "--lose", "EU27:CHM=0.5", "--json")["tellings"]
    assert short["lost"]["unmet"] > 0
    assert "ordered, and made by nobody" in run("supply", "shortage", "--lose", "TWN=0.2").stdout
    twice = ("supply", "shortage", "--lose", "KOR=0.1", "--lose", "KOR=0.2")
    assert "--lose KOR=0.2: KOR is named twice" in fault(*twice)
    assert "there is no region 'NOWHERE'" in fault("supply", "shortage", "--lose", "NOWHERE=1")
    shown = run("supply", "embargo", "--from", "TWN", "--to", "KOR:ELE", "--share", "0.5").stdout
    assert "no forecast" in shown
    for typed, expected in (
        ("demand --change USA:TRQ=much", "CELL=AMOUNT of money, as in KOR:ELE=1000."),
        ("price --add USA:TRQ", "CELL=SHARE, as in KOR:ELE=10%."),
        ("shortage --lose EU27:CHM", "NAME=SHARE, as in KOR:ELE=50%."),
    ):
        assert fault("supply", *typed.split()).endswith(f": expected {expected}")
    assert "sell nothing" in fault("supply", "embargo", "--from", "KOR:EGW", "--to", "TWN:EGW")


def test_trade_says_the_newest_year_of_each_file_first_and_what_is_not_told(tmp_path: Path) -> None:
    baci, countries = tmp_path / "BACI_HS22_Y2023.csv", tmp_path / "country_codes.csv"
    baci.write_text(baci_text(), encoding="utf-8")
    countries.write_text(COUNTRIES, encoding="utf-8")
    files = (str(baci), str(countries))
    lines = run("supply", "trade", *files).stdout.splitlines()
    assert lines[0].startswith("Newest year of each layer: BACI_HS22_Y2023.csv: 2023; country_code")
    shown = " ".join(" ".join(lines).split())
    assert "USA 20.0 0.2 no weight told" in shown
    assert "S19 is 'Other Asia, not elsewhere specified' (code 490)" in shown
    assert shown.count("most of it is no etching gas") == 1
    assert (
        "By year: 2023 JPN 50.0, index 3,800, one figure made of both reports; 2022 JPN 60" in shown
    )
    assert "sem_hf: nothing is told of imports of JPN, USA." in shown
    found = value("supply", "trade", *files, "--stage", "sem_hf", "--year", "2022", "--json")
    (row,) = found["supplied"]
    assert [(one["year"], one["largest"], one["share"]) for one in row["by_year"]] == [
        (2023, "JPN", 50.0),
        (2022, "JPN", 60.0),
    ]
    assert found["nothing_told"] == {"sem_hf": ["JPN", "USA"]}
    assert (row["party"], row["year"], row["shares"]) == ("KOR", 2022, {"JPN": 60.0, "CHN": 40.0})
    for typed, said in (
        (("--stage", "sem_osat"), "no code is known for the stage 'sem_osat'"),
        (("--code", "8542"), "'8542' is no six-digit code"),
        (("--year", "1999"), "nothing is told of 1999"),
        (("--party", "FRA"), "the files tell nothing of imports of FRA"),
    ):
        assert said in fault("supply", "trade", *files, *typed)
    assert fault("supply", "trade", str(baci)).startswith("BACI_HS22_Y2023.csv: its countries are")


def test_trade_shows_both_ends_and_another_capital_works_it_out_again(tmp_path: Path) -> None:
    path, kept, out = tmp_path / "TradeData.csv", tmp_path / "kept", tmp_path / "fields.json"
    path.write_bytes(new_text().encode("latin-1"))
    shown = " ".join(run("supply", "trade", str(path), "--stage", "sem_hf").stdout.split())
    assert "CHN 0.4 not told not told not told" in shown
    assert "no supplier named 9.1" in shown
    run("supply", "trade", str(path), "--extract", str(kept))
    assert "something lies there already" in (
        fault("supply", "trade", str(path), "--extract", str(kept))
    )
    run("supply", "trade", str(kept / "TradeData.csv"), "--fields", str(out))
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    (tabled,) = assessments_in(wording["document"])
    inputs = Inputs(tables_by_digest([kept]), {}, ("JPN", "KOR", "USA"))
    again = rerun_apart(tabled, inputs, 60)
    assert again == tabled.document


def test_trade_that_cannot_travel_is_not_tabled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = tmp_path / "TradeData.csv", tmp_path / "fields.json"
    path.write_bytes(new_text().encode("latin-1"))
    said = fault("supply", "trade", str(path), "--fields", str(out))
    assert "TradeData.csv: no UTF-8, so" in said
    path.write_text(new_text(), encoding="utf-8")
    monkeypatch.setattr(supply_trade_verb, "LONGEST_TABLE", 100)
    said = fault("supply", "trade", str(path), "--fields", str(out))
    assert "too large, so" in said
    assert "write the rows of its codes with --extract FOLDER" in said
    assert not out.exists()


@pytest.mark.parametrize("page", ["supply-tables", "supply-trade", "supply-uncertainty"])
def test_the_page_for_a_notebook_prints_what_it_says(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(notebook(page), {})
    told = (ROOT / "docs" / "desks" / f"{page}.md").read_text(encoding="utf-8")
    assert f"prints\n\n```text\n{capsys.readouterr().out}```" in told


def test_the_figures_of_pages_are_written_once_and_never_over_another_file(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    found = value("supply", "pages", "--out", out, "--json")
    assert [one["newest"] for one in found["layers"]] == ["2011", "2026", "2025"]
    written = json.loads(out.read_text(encoding="utf-8"))
    shipped = json.loads((ROOT / "data/forum/figures.json").read_text(encoding="utf-8"))
    assert differences(written["result"], shipped["result"]) == ()
    assert "something lies there already" in fault("supply", "pages", "--out", out)
    assert "no folder lies here" in fault("supply", "pages", "--out", tmp_path / "no" / "x.json")
    lines = run("supply", "pages", "--out", tmp_path / "second.json").stdout
    assert "pages compute none" in lines.replace("\n", " ")
