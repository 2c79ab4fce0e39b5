"""The exercise desk at a terminal: what it says, what it refuses, and its manual."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_nodes import fault, run, said, value
from world import ROOT

from architrave.cli.exercises_files import programme_of
from architrave.cli.faults import Unclear
from architrave.desks.exercises.illustration import shown_day
from architrave.desks.exercises.tables import TABLES
from architrave.desks.exercises.workbook import write_workbook

FOLDER = ROOT / "data" / "examples" / "exercises"
PAGE = (ROOT / "docs" / "desks" / "exercises.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^architrave (exercises .*)$", PAGE, re.MULTILINE)


def printed(*words: object) -> str:
    """What a command prints, line by line."""
    result = run(*words)
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_manual_runs(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = printed(*shlex.split(command)).splitlines()
    assert lines
    assert [line for line in lines if len(line) > 90] == []


def test_the_manual_shows_what_is_said() -> None:
    assert len(COMMANDS) == 8
    shown = re.search(r"```\n(north-wind, .*?)```", PAGE, re.DOTALL)
    assert shown is not None
    moving = ("--edition", "north-wind/2031.1")
    found = printed("exercises", "clashes", FOLDER, "north-wind", "2031-06-02", *moving)
    assert found == shown[1]


@pytest.mark.parametrize("name", TABLES)
def test_each_table_and_column_stands_in_the_manual(name: str) -> None:
    needed, allowed = (
        ", ".join(f"`{one}`" for one in columns)
        for columns in (TABLES[name].needed, TABLES[name].allowed)
    )
    assert f"| `{name}` | {needed} | {allowed} |" in PAGE


def test_a_workbook_says_the_same_as_the_folder(tmp_path: Path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv")}
    book = tmp_path / "plan.xlsx"
    book.write_bytes(write_workbook(texts))
    assert value("exercises", "check", book) == value("exercises", "check", FOLDER)
    texts["needs.csv"] += "north-wind,oak\n"
    book.write_bytes(write_workbook(texts))
    assert fault("exercises", "check", book) == "needs, row 8: there is no force 'oak'."


def test_a_contradiction_is_refused_with_both_rows_and_nothing_changes(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "plan")
    with (folder / "away.csv").open("a", encoding="utf-8") as file:
        file.write("elm,2031-05-20,2031-06-01,force,duty\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    said_of_it = fault("exercises", "check", folder)
    assert "away.csv, line 4" in said_of_it
    assert "away.csv, line 2" in said_of_it
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_windows_come_with_reasons() -> None:
    found = value("exercises", "windows", FOLDER, "north-wind", "2031-05-01", "--count", "1")
    assert found["unclean"][0]["days"] == "5 May 2031"
    assert "public holidays in JPN, KOR" in found["unclean"][0]["reasons"]
    passing = value(
        *("exercises", "windows", FOLDER, "north-wind", "2031-05-01", "--count", "1"),
        *("--let-pass", "holiday", "--let-pass", "maintenance"),
        *("--edition", "north-wind/2031.1"),
    )
    assert passing["windows"] == [["2031-05-05", "2031-05-16"]]
    assert passing["assessment"] != found["assessment"]


def test_gates_say_what_keeps_them_shut_and_who_has_not_approved() -> None:
    found = value("exercises", "gates", FOLDER, "north-wind/2031.1", "--today", "2031-04-03")
    assert [(one["kind"], one["shut"]) for one in found["gates"]] == [
        ("initial", False),
        ("main", True),
        ("final", True),
        ("review", True),
    ]
    assert found["approvals"] == {"JPN": "approved", "KOR": "pending", "USA": "pending"}
    assert not found["may_announce"]
    later = value("exercises", "gates", FOLDER, "north-wind/2032.1", "--today", "2031-12-01")
    assert later["gates"][0]["lessons"] == ["tow-gear"]


def test_the_trace_is_filtered_and_its_gaps_are_listed() -> None:
    found = value("exercises", "trace", FOLDER, "--audience", "staff", "--to-hour", "6")
    assert [one["id"] for one in found["injects"]] == ["distress", "position"]
    assert len(found["gaps"]) == 2


def test_an_export_is_what_json_says() -> None:
    found = value("exercises", "compare", FOLDER)
    lines = printed("exercises", "compare", FOLDER, "--csv", "years").splitlines()
    assert lines[0] == ",".join(found["years"][0])
    assert lines[-1] == ",".join(str(one) for one in found["years"][-1].values())
    assert found["years"][-1]["held_days"] == sum(one["held_days"] for one in found["lines"])


def test_the_past_names_its_sources_and_says_whose_statement_it_is() -> None:
    found = value("exercises", "past", "--today", "2026-11-26")
    assert len(found) == 19
    assert {one["standing"] for one in found} == {
        "compiled from public reports, nobody's statement"
    }
    text = said("exercises", "past", "--today", "2026-11-26")
    assert "nobody's statement" in text.splitlines()[0]
    # The order of names is the charter's, and others come behind.
    assert next(one for one in found if one["id"] == "pacific-dragon")["parties"] == [
        "JPN", "KOR", "USA", "AUS", "CAN"
    ]  # fmt: skip


def test_the_sandbox_is_written_once_and_shows_no_date(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    assert len(value("exercises", "past", "--sandbox", folder)) == 19
    assert "it is there already" in fault("exercises", "past", "--sandbox", folder)
    dated = fault("exercises", "clashes", folder, "freedom-edge", "2031-06-02")
    assert "FIRST: a sandbox has years 1 to 5 and no date" in dated
    assert value("exercises", "check", folder)["illustrative"]
    for command in (
        ("windows", folder, "iron-mace", "0002-01-01"),
        ("clashes", folder, "iron-mace", "0002-12-21"),
        ("check", folder),
    ):
        for text in (said("exercises", *command), run("exercises", *command, "--json").stdout):
            assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        assert "everything in it is illustrative" in said("exercises", *command)
    assert "its conferences have no days" in fault("exercises", "gates", folder, "iron-mace/1.1")
    assert "nothing was held in them" in fault("exercises", "compare", folder)


def test_a_programme_comes_from_a_folder_or_is_the_illustration() -> None:
    assert programme_of(FOLDER, False).horizon.year == 2031
    sandbox = programme_of(None, True)
    assert shown_day(sandbox, sandbox.horizon.first) == "year 1, week 1"
    for place, illustrative in ((FOLDER, True), (None, False)):
        with pytest.raises(Unclear, match="and not both"):
            programme_of(place, illustrative)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("check", "nowhere"), "neither a folder with tables nor a workbook"),
        (("clashes", FOLDER, "gale", "2031-06-02"), "'gale' is no series here; north-wind"),
        (("clashes", FOLDER, "north-wind", "June"), "FIRST: expected a date such as"),
        (("clashes", FOLDER, "north-wind", "2040-06-01"), "2040 was asked for"),
        (
            ("clashes", FOLDER, "north-wind", "2031-06-02", "--edition", "south-wind/2031.1"),
            "'south-wind/2031.1' is no edition of north-wind",
        ),
        (("trace", FOLDER, "gale/2031.1"), "'gale/2031.1' is no edition here"),
        (("lessons", FOLDER, "--at", "x"), "'x' is no edition here"),
        (("compare", FOLDER, "--csv", "days"), "--csv: expected years or lines"),
        (("past", "freedom-edgy"), "freedom-edge"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(
    command: tuple[object, ...], sentence: str
) -> None:
    assert sentence in fault("exercises", *command)


def test_the_command_line_starts_without_the_libraries_of_the_desk() -> None:
    script = (
        "import sys, architrave.cli.main; "
        "print([one for one in ('ortools', 'numpy', 'holidays', 'openpyxl') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_day_in_a_month_in_which_a_series_may_not_start_is_not_called_clean() -> None:
    folder = ROOT / "data" / "examples" / "exercises"
    told = said("exercises", "clashes", folder, "south-wind", "2032-01-05")
    assert "It may not start in that month" in told
    assert "Nothing is in the way" not in told
