"""`architrave supply warn`: what fires, once, from tables and sheets, and the alert it becomes."""

from __future__ import annotations

import fcntl
import hashlib
import json
from pathlib import Path

import pytest
from alerting import close, raise_alert, told
from cli_nodes import fault, lay_out, run, said, value
from scenes import BODY
from test_refusals import opened

from architrave.cli import supply_warn_verbs
from architrave.desks.exercises.workbook import write_workbook

SERIES = (
    "period,value,unit,currency,year\n"
    "2026-07,100,USD/kg,USD,2026\n2026-08,130,USD/kg,USD,2026\n2026-09,,USD/kg,USD,2026\n"
)
NOTICES = "date,issuer,hs,measure,source\n2026-10-09,AAA,8112,licence,https://example.org/1\n"
LINE = ("--threshold", "level >= 120")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return lay_out(opened(), tmp_path_factory.mktemp("nodes"), BODY)


@pytest.fixture
def series(tmp_path: Path) -> Path:
    file = tmp_path / "gallium.csv"
    file.write_text(SERIES, encoding="utf-8")
    return file


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """The six points of an alert, in a file."""
    file = tmp_path / "alert.json"
    given = {key: text for key, text in told(opened()).items() if key not in ("symbol", "body")}
    file.write_text(json.dumps(given), encoding="utf-8")
    return file


def test_a_crossing_fires_once_and_the_second_time_is_quiet(series: Path, tmp_path: Path) -> None:
    words = ("supply", "warn", "check", series, *LINE, "--log", tmp_path / "fired.jsonl")
    first = value(*words)
    assert first["crossings"] == [
        {"threshold": "level >= 120", "first": "2026-08", "last": "2026-08", "measure": 130.0}
    ]
    assert (first["series"]["unknown"], len(first["fired"]), first["alert"]) == (1, 1, None)
    kept = (tmp_path / "fired.jsonl").read_bytes()
    assert value(*words)["fired"] == []
    assert (tmp_path / "fired.jsonl").read_bytes() == kept
    text = said(*words)
    assert "gallium: 3 periods to 2026-09, 1 not known; USD/kg, USD, 2026" in text
    assert "Nothing fires" in text


def test_without_a_log_each_crossing_is_shown_each_time(series: Path) -> None:
    for _ in range(2):
        text = said("supply", "warn", "check", series, *LINE)
        assert "Fires: gallium, level >= 120: 2026-08, 130 No --log is named, so the same" in text
    assert "No --log" not in said("supply", "warn", "check", series, *LINE, "--test")


def test_a_sheet_is_read_as_a_table_and_a_bad_row_named_by_its_row(tmp_path: Path) -> None:
    book = tmp_path / "figures.xlsx"
    book.write_bytes(write_workbook({"gallium.csv": SERIES, "other.csv": "a,b\n"}))
    words = ("supply", "warn", "check", book, *LINE)
    assert "it has 2 sheets (gallium, other); name --sheet." in fault(*words)
    assert [one["place"] for one in value(*words, "--sheet", "gallium")["fired"]] == ["2026-08"]
    book.write_bytes(write_workbook({"g.csv": SERIES.replace("130", "much")}))
    assert fault(*words) == ("g, row 3: value must be a number, or empty if not known, not 'much'.")


def test_a_refused_table_leaves_the_log_as_it_was(series: Path, tmp_path: Path) -> None:
    log = tmp_path / "fired.jsonl"
    series.write_text(SERIES.replace("100", "x"), encoding="utf-8")
    assert "gallium.csv, line 2: value" in fault(
        "supply", "warn", "check", series, *LINE, "--log", log
    )
    assert not log.exists()


def test_an_alert_of_what_fires_names_the_file_and_is_written_down_with_its_symbol(
    folders: dict[str, Path], series: Path, points: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    log, given = tmp_path / "fired.jsonl", []

    def entered(look: object, kind: str, tree: dict, way: object):  # type: ignore[no-untyped-def]
        given.append(tree)
        # No node runs here: the entry is rehearsed, and told as if it had been written.
        return supply_warn_verbs_entered(look, kind, tree, supply_warn_verbs.Way(dry_run=True))

    supply_warn_verbs_entered = supply_warn_verbs.entered
    monkeypatch.setattr(supply_warn_verbs, "entered", entered)
    words = ("supply", "warn", "check", series, *LINE, "--log", log, "--alert", folders["KOR"],
             "--body", BODY, "--fields", points)  # fmt: skip
    first = value(*words)
    assert (first["alert"]["kind"], first["alert"]["admitted"]) == ("alerted", True)
    assert given[0]["evidence"] == {"gallium.csv": first["series"]["digest"]}
    assert "drill" not in given[0]
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["alert"] == first["alert"]["symbol"] != ""
    assert [one["alert"] for one in first["fired"]] == [first["alert"]["symbol"]]
    assert value(*words)["alert"] is None
    assert len(given) == 1
    tested = value(*words, "--test")
    assert given[1]["drill"] is True
    assert [one["test"] for one in tested["fired"]] == [True]
    assert value(*words)["fired"] == []


def test_an_alert_that_is_not_admitted_has_not_fired(
    folders: dict[str, Path], series: Path, points: Path, tmp_path: Path
) -> None:
    log = tmp_path / "fired.jsonl"
    words = ("supply", "warn", "check", series, *LINE, "--log", log, "--alert", folders["KOR"],
             "--body", BODY, "--fields", points)  # fmt: skip
    result = run(*words, "--set", "matter=KOR:1")
    assert result.exit_code == 2  # what the alert is about is no matter
    refused = run(*words)  # nobody listens at the node's address
    assert refused.exit_code == 2
    assert not log.exists()
    dry = value(*words, "--dry-run")
    assert dry["alert"]["rehearsal"]
    assert not log.exists()


def test_a_crossing_that_goes_on_is_noted_and_fires_nothing(series: Path, tmp_path: Path) -> None:
    log = tmp_path / "fired.jsonl"
    words = ("supply", "warn", "check", series, *LINE, "--log", log)
    assert len(value(*words)["fired"]) == 1
    log.write_text(log.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    longer = SERIES.replace("2026-09,,", "2026-09,,").rstrip() + "\n2026-10,150,USD/kg,USD,2026\n"
    series.write_text(longer, encoding="utf-8")
    assert value(*words)["fired"] == []
    first, second = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert (first["until"], first["goes_on"]) == ("2026-08", False)
    assert (second["place"], second["until"], second["goes_on"]) == ("2026-08", "2026-10", True)
    kept = log.read_bytes()
    assert value(*words)["fired"] == []
    series.write_text(longer.replace("2026-08,130", "2026-08,119"), encoding="utf-8")
    assert value(*words)["fired"] == []
    assert log.read_bytes() == kept


def test_a_threshold_that_is_given_twice_fires_once_and_one_that_says_nothing_says_so(
    series: Path,
) -> None:
    words = ("supply", "warn", "check", series, *LINE, "--threshold", "level>=120.0")
    assert [one["line"] for one in value(*words)["fired"]] == ["level >= 120"]
    found = value(*words, "--threshold", "change 12 >= 20%")
    assert found["unmeasured"] == ["change 12 >= 20%"]
    text = said(*words, "--threshold", "change 12 >= 20%")
    assert "change 12 >= 20%: of no period is it known, so it says nothing." in text


def test_two_runs_at_once_do_not_both_fire(series: Path, tmp_path: Path) -> None:
    log = tmp_path / "fired.jsonl"
    words = ("supply", "warn", "check", series, *LINE, "--log", log)
    with open(f"{log}.lock", "a", encoding="utf-8") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "another run is at work on this log; try again." in fault(*words)
        assert not log.exists()
        assert len(value(*words, "--dry-run")["fired"]) == 1
    assert len(value(*words)["fired"]) == 1


def test_what_another_machine_of_the_party_has_raised_is_raised_once(
    series: Path, points: Path, tmp_path: Path
) -> None:
    world = opened()
    digest = hashlib.sha256(series.read_bytes()).hexdigest()
    name = raise_alert(world, evidence={"gallium.csv": digest})
    here = lay_out(world, tmp_path / "nodes", BODY)
    log = tmp_path / "fired.jsonl"
    words = ("supply", "warn", "check", series, *LINE, "--log", log, "--alert", here["KOR"],
             "--body", BODY, "--fields", points)  # fmt: skip
    found = value(*words)  # no node runs: what is there already is given to none
    assert (found["alert"]["already"], found["alert"]["entered"]) == (True, False)
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["alert"] == f"{BODY}/2027/KOR/5"
    # A test is asked for each time: it is no repeat of the last.
    assert run(*words, "--test").exit_code == 2  # nobody listens
    assert value(*words, "--test", "--dry-run")["alert"]["rehearsal"]
    close(world, name)
    log.unlink()
    again = lay_out(world, tmp_path / "closed", BODY)
    words = tuple(again["KOR"] if one == here["KOR"] else one for one in words)
    found = value(*words, "--dry-run")
    assert (found["alert"]["already"], found["alert"]["rehearsal"]) == (False, True)


def test_what_belongs_together_is_asked_for_together(series: Path, tmp_path: Path) -> None:
    words = ("supply", "warn", "check", series, *LINE)
    assert "are of an alert" in fault(*words, "--body", BODY)
    assert "say which --body is warned" in fault(*words, "--alert", "JPN")
    assert "is none of the forms" in fault("supply", "warn", "check", series, "--threshold", "5")
    assert "--sheet is of a workbook" in fault(*words, "--sheet", "x")


def test_notices_fire_once_by_what_they_say(tmp_path: Path) -> None:
    file, log = tmp_path / "notices.csv", tmp_path / "fired.jsonl"
    file.write_text(NOTICES, encoding="utf-8")
    words = ("supply", "warn", "notices", file, "--hs", "811292")
    assert "Fires: notices, hs 811292: 2026-10-09, AAA: licence No --log is named" in said(*words)
    words = (*words, "--log", log)
    first = value(*words)
    assert [one["codes"] for one in first["notices"]] == [["811292"]]
    assert [one["measure"] for one in first["fired"]] == ["AAA: licence"]
    file.write_text(NOTICES + "2026-11-01,BBB,81,ban,https://example.org/2\n", encoding="utf-8")
    assert [one["measure"] for one in value(*words)["fired"]] == ["BBB: ban"]
    text = said(*words)
    assert "Notices that touch 811292: 2" in text
    assert "Nothing fires" in text
    assert "is no HS code" in fault("supply", "warn", "notices", file, "--hs", "81129")
