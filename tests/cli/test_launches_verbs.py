"""`architrave launches`: counts with their caveat, and the comparison with what it leaves open."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from architrave.cli.main import app


def told(*typed: str) -> str:
    done = CliRunner().invoke(app, ["launches", *typed])
    assert done.exit_code == 0, done.output
    return done.output


def test_years_and_bursts_are_told_with_their_caveat() -> None:
    text = told("counts", "--since", "2022")
    assert "2022  51" in text
    assert "2021" not in text
    assert "2022-10" in text
    assert "Nothing here is a forecast." in " ".join(text.split())


def test_counts_as_json_add_up() -> None:
    found = json.loads(told("counts", "--since", "1984", "--json"))
    for year in found["years"]:
        families = [value for key, value in year.items() if key not in ("year", "total")]
        assert sum(families) == year["total"]
    assert found["newest"] == "2026-08-20"


def test_the_comparison_says_that_it_is_not_settled() -> None:
    text = " ".join(told("meetings", "--shuffles", "500").split())
    assert "Not settled" in text
    assert "10 meetings are left out" in text
    document = json.loads(told("meetings", "--shuffles", "500", "--json"))
    assert document["result"]["answer"] == "not-settled"
    assert document["digest"] in text


def test_no_year_is_said_to_be_none() -> None:
    assert told("counts", "--since", "2090").count("None in the list.") == 2


def test_a_file_that_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "mine.csv"
    bad.write_bytes(b"\xff\xfe")
    done = CliRunner().invoke(app, ["launches", "counts", "--file", str(bad)])
    assert (done.exit_code, done.stderr) == (2, f"{bad}: the file is not written in UTF-8.\n")
    none = tmp_path / "none.csv"
    done = CliRunner().invoke(app, ["launches", "counts", "--file", str(none)])
    assert (done.exit_code, done.stderr) == (2, f"{none}: No such file or directory.\n")


def test_a_bad_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "mine.csv"
    bad.write_text("date,kind,count,source\n2001-01-01,a,none,s\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["launches", "counts", "--file", str(bad)])
    assert done.exit_code == 2
    assert done.stderr == (
        "mine.csv, line 2: count must be a whole number from 1 to 1000, not 'none'.\n"
    )
