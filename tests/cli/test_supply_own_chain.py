"""Chains at a terminal: years of the rows shown, amounts, and tables of one's own."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_nodes import fault, run, value
from supply_tables import ECONOMY
from world import ROOT

from architrave.cli.desk_tables import tables_by_digest
from architrave.cli.rerunning import Inputs, NotRerun, rerun_apart
from architrave.desks.evidence import differences
from architrave.desks.tabling import assessments_in

HEAD = (
    "stage_id,stage,tier,upstream_stage_ids,measure,country_iso3,share_pct,low_pct,high_pct,year,"
    "hs6,note,source_url\n"
)
ORE = "ore,Ore,material,,production,AUS,60,,,2024,,[primary] made up,https://example.org/ore\n"
MANUAL = (ROOT / "docs/desks/supply-chain-tables.md").read_text(encoding="utf-8")
AMOUNTS = (
    "stage_id,country_iso3,part,kind,amount_low,amount_high,unit,per,year,expected,note,source_url"
    "\nore,WLD,,output,100,100,kt,year,2023,no,,u\n"
)
SHARED = ECONOMY.parent / "chains"


def plain(*typed: str) -> str:
    return " ".join(run(*typed).stdout.split())


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """The smallest table of the manual, with nothing beside it."""
    file = tmp_path / "press.csv"
    file.write_text(MANUAL.partition("```csv\n")[2].partition("```")[0], encoding="utf-8")
    return file


def test_points_and_trace_say_the_years_of_the_rows_that_they_show() -> None:
    told = plain("supply", "points", "semiconductors", "--top", "3")
    assert told.startswith(
        "Newest year of each layer: semiconductors.csv: 2026; substitution.csv: no row used; "
        "import_dependence.csv: no row used; capacity.csv: no row used Note:"
    )
    told = plain("supply", "points", "batteries", "--top", "4")
    assert told.startswith(
        "Newest year of each layer: batteries.csv: 2025; substitution.csv: not dated; "
        "import_dependence.csv: no row used; capacity.csv: 2024 Note:"
    )
    every = plain("supply", "points", "semiconductors", "--top", "99")
    assert "6 to 36 months" in every
    rows = value("supply", "points", "semiconductors", "--top", "99", "--json")["stages"]
    dates = {one["stage"]: one["months_dates"] for one in rows}
    assert dates["sem_neon"] == ["2019/2022-10"]
    assert dates["sem_ree_refine"] == [None, "2010"]
    assert dates["sem_euv"] == []
    traced = plain("supply", "trace", "batteries", "bat_cell")
    assert "substitution.csv: no row used; import_dependence.csv: no row used;" in traced
    cells = (
        "Lithium-ion cells CHN 69.4 in 100, 11 3,000 GWh a year, the product unknown; sales 2025"
    )
    assert cells in traced
    assert "production (no year printed)" in traced


def test_a_stage_has_what_the_world_has_of_it_and_none_where_none_is_printed() -> None:
    rows = value("supply", "points", "semiconductors", "--top", "99", "--json")["stages"]
    amounts = {one["stage"]: one["amounts"] for one in rows}
    assert amounts["sem_gallium"][0]["amount"] == [430, 430]
    assert amounts["sem_dram"][0]["per"] == "quarter"
    assert amounts["sem_nf3"][0]["amount"] == [30_000, None]
    assert amounts["sem_hp_quartz"] == []
    steps = value("supply", "trace", "batteries", "bat_cell", "--json")["steps"]
    cells = next(one["amounts"] for one in steps if one["stage"] == "bat_cell")
    # All of the world's first, then a part of it.
    assert [one["part"] for one in cells] == ["", "cells in electric vehicles"]
    years = [row["year"] for one in (*rows, *steps) for row in one["amounts"]]
    assert max(years) == 2025
    told = plain("supply", "trace", "batteries", "bat_cell")
    assert "no amount printed" in told


def test_a_stage_without_any_figure_is_said_to_have_none() -> None:
    told = plain("supply", "points", "batteries", "--top", "99")
    assert "No figure: bat_cell_equipment (Cell-making equipment), bat_recycling (Bat" in told
    found = value("supply", "points", "batteries", "--json")
    assert found["without_figures"] == ["bat_cell_equipment", "bat_recycling"]
    traced = plain("supply", "trace", "batteries", "bat_cell")
    assert "Cell-making no figure no amount printed feeds bat_cell equipment" in traced
    assert "has no row" not in traced
    lost = value("supply", "lose", "batteries", "CHN", "--party", "KOR", "--json")["parties"][0]
    assert lost["not_known"]["bat_cell_equipment"] == 1
    uncertain = ("supply", "uncertain", "lose", "batteries", "CHN", "--party", "KOR")
    said = plain(*uncertain, "--size", "2", "--watch", "bat_cell_equipment")
    assert "lost bat_cell_equipment 0 1 0 share" in said


def test_ranges_and_a_case_say_where_their_figures_stand() -> None:
    said = plain("supply", "uncertain", "lose", "batteries", "CHN", "--party", "KOR", "--size", "2")
    assert said.startswith(
        "Newest year of each layer: batteries.csv: 2025; substitution.csv: not dated; "
        "import_dependence.csv: 2025; capacity.csv: no row used Asked:"
    )
    assert "Source: data/chains (batteries.csv, substitution.csv, import_dependence" in said
    case = plain("supply", "backtest", "chip-materials")
    assert "Source: data/chains (semiconductors.csv, substitution.csv, import_dep" in case
    assert "Source: data/backtests (chip_materials_2019.csv), a row for each figure" in case
    assert "public sources, by row" not in said + case


def test_inputs_that_are_no_stage_are_said_before_any_answer(press: Path) -> None:
    text = press.read_text(encoding="utf-8")
    press.write_text(text.replace(",ore,", ",oer,"), encoding="utf-8")
    said = "nothing is here, so that no loss of them is followed: oer."
    assert said in plain("supply", "points", str(press))
    assert said in plain("supply", "lose", str(press), "JPN", "--party", "KOR")
    press.write_text(text, encoding="utf-8")
    assert "no loss of them" not in plain("supply", "points", str(press))
    full = plain("supply", "points", "semiconductors")
    assert re.search(r"no loss of them is followed: (sem_\w+, ){5}sem_\w+ and 14 more\. ", full)


def test_a_table_of_ones_own_is_a_chain_and_what_is_not_beside_it_is_said(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = plain("supply", "points", str(press))
    assert told.startswith("Newest year of each layer: press.csv: 2025 Note:")
    for file in ("substitution.csv", "import_dependence.csv", "capacity.csv"):
        assert f"Note: there is no {file} beside it, so nothing is known of" in told
    assert f"Source: {press.parent} (press.csv), a row for each figure" in told
    assert "trade pages" not in told
    assert "Plate JPN 40-50 in 100, 60 unknown; capacity 2025" in plain(
        "supply", "trace", str(press), "plate"
    )
    monkeypatch.chdir(press.parent)
    assert "Source: this folder (press.csv), a row" in plain("supply", "points", press.name)
    (press.parent / "capacity.csv").write_text(AMOUNTS, encoding="utf-8")
    lost = plain("supply", "lose", str(press), "AUS", "--party", "KOR", "--days", "73")
    assert lost.startswith("Newest year of each layer: press.csv: 2025; capacity.csv: 2023 Asked:")
    assert "ore 12 kt: 60% (production, 2024) of 100 kt a year, output (2023)" in lost
    assert "there is no capacity.csv" not in lost
    ranges = ("supply", "uncertain", "lose", str(press), "AUS", "--party", "KOR", "--size", "2")
    assert f"Source: {press.parent} (press.csv, capacity.csv)" in plain(*ranges)


@pytest.mark.parametrize("verb", ["lose", "uncertain"])
def test_a_chain_of_ones_own_is_worked_out_again_by_who_has_its_tables(
    verb: str, press: Path, tmp_path: Path
) -> None:
    (press.parent / "capacity.csv").write_text(AMOUNTS, encoding="utf-8")
    out = tmp_path / "fields.json"
    typed = ("lose", str(press), "AUS", "--party", "KOR", "--fields", str(out))
    run("supply", *(("uncertain",) if verb == "uncertain" else ()), *typed)
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    assert str(tmp_path) not in wording["document"]
    (tabled,) = assessments_in(wording["document"])
    assert {one.name for one in tabled.layers} == {"press.csv", "capacity.csv"}
    parties = ("JPN", "KOR", "USA")
    here = Inputs(tables_by_digest([press.parent]), {}, parties)
    assert differences(tabled.document, rerun_apart(tabled, here, 120)) == ()
    with pytest.raises(NotRerun, match=r"press.csv: nothing here has the SHA-256"):
        rerun_apart(tabled, Inputs(tables_by_digest([]), {}, parties), 120)


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("press.csv", b"\xff\xfe\x00binary", "press.csv: expected UTF-8, found other bytes."),
        ("press.csv", b"", "press.csv, line 1: there is no column stage_id."),
        ("press.csv", HEAD.encode(), "press.csv: no row stands below the heading."),
        ("press.csv", (HEAD + ORE.replace("60", "160")).encode(), "press.csv, line 2: share_pct"),
        (
            "substitution.csv",
            b"stage_id,time_to_substitute_months_low\n",
            "substitution.csv, line 1: there is no column holder_iso3.",
        ),
        ("capacity.csv", b"stage_id,value\n", "capacity.csv, line 1: there is no column country"),
        (
            "capacity.csv",
            AMOUNTS.replace("100,100", "100,50").encode(),
            "capacity.csv, line 2: amount_high 50 is below amount_low 100.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_gets_one_sentence(
    file: str, content: bytes, words: str, press: Path
) -> None:
    (press.parent / file).write_bytes(content)
    for typed in (("points", str(press)), ("trace", str(press), "ore")):
        said = fault("supply", *typed)
        assert words in said
        assert len(said.strip().splitlines()) == 1


def test_what_is_no_table_of_figures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    long = tmp_path / f"{'x' * 41}.csv"
    long.write_text(HEAD + ORE, encoding="utf-8")
    for named, words in (
        ("ships", "there is no chain 'ships' here, only semiconductors and batteries; one of your"),
        (str(tmp_path), "is named by its table of figures, FOLDER/NAME.csv."),
        (str(tmp_path / "folder.csv"), "folder.csv: no table of figures lies here."),
        (str(tmp_path / "none.csv"), "none.csv: no table of figures lies here."),
        (str(long), "the name of a chain has 1 to 40 printable signs."),
    ):
        assert words in fault("supply", "points", named)


def test_the_full_chain_is_read_from_files(tmp_path: Path) -> None:
    if not (SHARED / "semiconductors.csv").is_file():
        pytest.skip("the shared tables are not here")
    for name in ("semiconductors.csv", "batteries.csv"):
        shutil.copy(SHARED / name, tmp_path)
    for name in ("substitution.csv", "import_dependence.csv", "capacity.csv"):
        shutil.copy(ROOT / "data/chains" / name, tmp_path)
    chips = str(tmp_path / "semiconductors.csv")
    found = value("supply", "points", chips, "--top", "200", "--json")
    assert len(found["stages"]) + len(found["without_figures"]) == 72
    cells = value("supply", "points", str(tmp_path / "batteries.csv"), "--top", "200", "--json")
    assert len(cells["stages"]) + len(cells["without_figures"]) == 23
    lost = value("supply", "lose", chips, "JPN", "--party", "KOR", "--json")
    assert "sem_arf_immersion" in lost["parties"][0]["supplies"]
    # As it lies there the table of stocks says neither of whom nor of what a row is.
    refused = fault("supply", "points", str(SHARED / "semiconductors.csv"))
    assert refused == "substitution.csv, line 1: there is no column holder_iso3."
