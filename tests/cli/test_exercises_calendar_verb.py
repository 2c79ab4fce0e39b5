"""A plan as a calendar: only what all have approved, and a postponement updates its entry."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli_nodes import fault, said
from icalendar import Calendar
from world import ROOT

EXAMPLE = ROOT / "data" / "examples" / "exercises"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, with the approval that it lacks."""
    place = tmp_path / "tables"
    shutil.copytree(EXAMPLE, place)
    approvals = place / "approvals.csv"
    text = approvals.read_text(encoding="utf-8")
    ready = text.replace("USA,pending,,,", "USA,approved,2031-04-20,USA/TDCWL,")
    assert ready != text
    approvals.write_text(ready, encoding="utf-8")
    return place


def events(file: Path) -> dict[str, Any]:
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    named = {str(one["uid"]): one for one in found}
    assert len(named) == len(found)
    return named


def test_only_what_every_party_has_approved_is_in_it(folder: Path, tmp_path: Path) -> None:
    told = said("exercises", "calendar", EXAMPLE, "--out", tmp_path / "none.ics")
    assert "0 entries" in told
    assert "that not every party has approved" in told
    assert events(tmp_path / "none.ics") == {}
    said("exercises", "calendar", folder, "--out", tmp_path / "a.ics", "--today", "2031-04-19")
    assert events(tmp_path / "a.ics") == {}
    said("exercises", "calendar", folder, "--out", tmp_path / "b.ics", "--today", "2031-04-20")
    assert events(tmp_path / "b.ics")


def test_a_postponement_updates_its_entry_and_doubles_nothing(folder: Path, tmp_path: Path) -> None:
    late = ("--today", "2031-12-31")
    said("exercises", "calendar", folder, "--out", tmp_path / "a.ics", *late)
    before = events(tmp_path / "a.ics")
    (part,) = [one for one in before.values() if int(one["sequence"]) == 1]
    assert part["dtstart"].dt == date(2031, 9, 15)
    table = folder / "postponements.csv"
    row = "north-wind/2031.1,2031-09-15,2031-08-01,KOR/TDCWL,weather (illustrative),boarding,"
    text = table.read_text(encoding="utf-8").rstrip("\n")
    table.write_text(f"{text}\n{row}2031-09-22,\n", encoding="utf-8")
    said("exercises", "calendar", folder, "--out", tmp_path / "b.ics", *late)
    after = events(tmp_path / "b.ics")
    assert after.keys() == before.keys()
    moved = after[str(part["uid"])]
    assert moved["dtstart"].dt == date(2031, 9, 22)
    assert int(moved["sequence"]) == 2
    assert moved["dtend"].dt - moved["dtstart"].dt == part["dtend"].dt - part["dtstart"].dt
    assert moved["dtend"].dt > moved["dtstart"].dt + timedelta(0)
    assert moved["dtstamp"].dt > part["dtstamp"].dt


def test_the_same_tables_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("a.ics", "b.ics"):
        said("exercises", "calendar", folder, "--out", tmp_path / name, "--today", "2031-12-31")
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "neither a folder with tables nor a workbook" in fault(
        "exercises", "calendar", tmp_path / "nowhere", "--out", tmp_path / "a.ics"
    )
