from __future__ import annotations

import csv
import shutil
from pathlib import Path

import page_scenes
import pytest
from cli_nodes import fault, lay_out, run, said, value
from world import ROOT

REGISTER = ROOT / "data" / "register"
RESEARCH = ROOT / "data" / "research"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_shipped_register_is_sound_and_counted() -> None:
    found = value("register", "check", REGISTER)
    assert (found["sound"], found["sources_reach"]) == (True, "2026-03-31")
    assert (found["events"], found["promises"], found["fulfilments"]) == tuple(
        len(rows(REGISTER / f"{name}.csv")) for name in ("events", "commitments", "fulfilments")
    )
    assert f"Digest (SHA-256): {found['digest']}" in said("register", "check", REGISTER)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field"),
    [
        ("events.csv", "ev-defmin-2010,2010-06-05", "ev-defmin-2010,2010-06-31", 3, "date"),
        ("events.csv", "KOR;JPN;USA", "KOR;JPX;USA", 2, "parties"),
        ("events.csv", "ev-defmin-2010,", "ev-vice-min-first,", 3, "id"),
        ("commitments.csv", "ev-fm-2010", "ev-fm-1910", 2, "made_at"),
    ],
)
def test_a_fault_is_named_by_file_line_and_field(
    tmp_path: Path, file: str, old: str, new: str, line: int, field: str
) -> None:
    folder = shutil.copytree(REGISTER, tmp_path / "register")
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    faults = value("register", "check", folder, code=2)["faults"]
    assert (file, line, field) in [(one["file"], one["line"], one["field"]) for one in faults]
    assert f"{folder / file}, line {line}, {field}" in run("register", "check", folder).stdout
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_a_register_is_refused(tmp_path: Path) -> None:
    assert "no folder with a register" in fault("register", "check", tmp_path / "none")
    assert "is missing" in run("register", "check", tmp_path).stdout


# The Indo-Pacific Dialogue of December 2024 took place, and the compilation does not hold it.


def test_the_dialogue_of_december_2024_reads_none_found_and_held_once_its_rows_are_added(
    tmp_path: Path,
) -> None:
    asked = ["register", "show", "cm-ipd-annual", "--today", "2026-04-01"]
    year = value(*asked)[0]["periods"][1]
    assert (year["first"], year["state"], year["late"]) == ("2024-08-18", "none-found", False)
    assert " late " not in said(*asked)
    events, links = tmp_path / "event.csv", tmp_path / "link.csv"
    events.write_text(
        "id,date,end_date,title,kind,level,parties,pillar,place,summary,source_url\n"
        "ev-ipd-2,2024-12,,Second dialogue,working-level,senior-officials,KOR;JPN;USA,"
        "cross-cutting,,Held,https://example.org/second\n",
        encoding="utf-8",
    )
    links.write_text(
        "commitment_id,event_id,relation,applies_on,source_url,linked_by,note\n"
        "cm-ipd-annual,ev-ipd-2,held,,,read on its page,\n",
        encoding="utf-8",
    )
    before = (REGISTER / "events.csv").read_bytes()
    year = value(*asked, "--add", events, "--add", links)[0]["periods"][1]
    assert (year["state"], year["events"]) == ("held", ["ev-ipd-2"])
    assert (REGISTER / "events.csv").read_bytes() == before
    # A link to nothing is refused, and so are rows of no table.
    assert "there is no event" in fault(*asked, "--add", links)
    events.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "expected rows with the columns" in fault(*asked, "--add", events)


def test_an_unknown_promise_and_a_bad_date_are_one_sentence_each() -> None:
    assert "the nearest are cm-ipd-annual" in fault("register", "show", "cm-ipd-anual")
    assert "2026-02-30" in fault("register", "show", "--today", "2026-02-30")


def test_all_promises_are_listed_with_how_far_sources_reach() -> None:
    sheets = value("register", "show", "--today", "2026-04-01")
    assert len(sheets) == len(rows(REGISTER / "commitments.csv"))
    assert "sources reach to 2026-03-31" in said("register", "show", "--today", "2026-04-01")


# The compilation from which both folders were made, where it lies beside the repository


@pytest.mark.parametrize("name", ["events", "commitments"])
def test_rows_went_to_the_register_or_to_research_by_their_scope(shared: Path, name: str) -> None:
    source = shared / "data" / "history" / f"{name}.csv"
    if not source.is_file():
        pytest.skip(f"the compilation {source.name} does not lie beside the repository")
    compiled = rows(source)
    register = {row["id"] for row in rows(REGISTER / f"{name}.csv")}
    context = {row["id"] for row in rows(RESEARCH / f"context_{name}.csv")}
    scopes = {scope: [r["id"] for r in compiled if r["scope"] == scope] for scope in
              ("register", "context")}  # fmt: skip
    assert len(compiled) == len(register) + len(context)
    assert register == set(scopes["register"])
    assert len(context) == len(scopes["context"])


@pytest.mark.parametrize("name", ["exercises", "leaders", "provocations"])
def test_tables_for_research_keep_every_row(shared: Path, name: str) -> None:
    source = shared / "data" / "history" / f"{name}.csv"
    if not source.is_file():
        pytest.skip(f"the compilation {source.name} does not lie beside the repository")
    assert len(rows(source)) == len(rows(RESEARCH / f"{name}.csv"))


def test_what_capitals_say_of_a_row_is_shown_from_a_node(tmp_path: Path) -> None:
    scene = page_scenes.remarked()
    lay_out(scene.world, tmp_path / "nodes", "TDC")
    node = tmp_path / "nodes" / "JPN"
    shutil.copytree(REGISTER, node / "register")
    asked = ("register", "show", "cm-leaders-annual", "--today", "2024-04-01")
    (sheet,) = value(*asked, "--node", node)
    kinds = {one["party"]: one["kind"] for one in sheet["remarks"]}
    assert kinds == {"KOR": "corrected", "USA": "contested"}
    assert sheet["periods"][0]["state"] == "reported"
    assert "held in the period of 2024-03-01" in said(*asked, "--node", node)
    (without,) = value(*asked)
    assert (without["remarks"], without["periods"][0]["state"]) == ([], "not-known")


def test_an_officer_names_a_row_and_its_wording_is_filled_in(tmp_path: Path) -> None:
    scene = page_scenes.opened()
    lay_out(scene.world, tmp_path / "nodes", "TDC")
    node = tmp_path / "nodes" / "JPN"
    words = ("act", node, "confirmed", "--seat", "JPN/TDC", "--dry-run")
    assert "holds no register" in fault(*words, "--set", "row=ev-campdavid")
    shutil.copytree(REGISTER, node / "register")
    answer = value(*words, "--set", "row=ev-campdavid")
    assert answer["admitted"], answer
    assert "nearest are ev-campdavid" in fault(*words, "--set", "row=ev-campdavis")
