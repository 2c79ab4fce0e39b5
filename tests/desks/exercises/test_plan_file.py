"""The file of the illustrative plan: no date in it, and nothing that is not marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from register_texts import shipped_register
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.exercises.illustration import illustration, sandbox_day
from architrave.desks.exercises.model import Placed
from architrave.desks.exercises.past import read_past
from architrave.desks.exercises.plan_file import plan_text, read_plan

PARTIES = ("JPN", "KOR", "USA")
SHIPPED = ROOT / "data" / "council" / "illustrative_plan.json"


def sandbox() -> Any:
    folder = ROOT / "data" / "research"
    names = ("exercises.csv", "exercise_links.csv", "context_events.csv")
    files = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    return illustration(read_past(files, shipped_register(), date(2026, 11, 26)), PARTIES)


def test_what_is_written_is_read_again_with_the_sandbox_s_own_days() -> None:
    made_up = sandbox()
    first, second = list(made_up.programme.series.values())[:2]
    placed = (
        Placed(f"{first.id}/2.1", date(2, 4, 4), 5, "KOR", "USA"),
        Placed(f"{second.id}/3.1", date(3, 12, 31), 16),
        Placed(f"{second.id}/3.1", date(3, 1, 1), 1, part="a-part"),
    )
    text = plan_text(made_up, placed, True)
    assert text == plan_text(made_up, placed, True)
    found = read_plan(text, PARTIES)
    assert found.proven
    assert [(one.id, one.parties) for one in found.series] == [
        (one.id, one.parties) for one in made_up.programme.series.values()
    ]
    assert [f"year {row.year}, week {row.week}" for row in found.rows] == [
        sandbox_day(one.first) for one in placed if not one.part
    ]
    assert [(row.host, row.command) for row in found.rows] == [("KOR", "USA"), ("", "")]


def test_the_shipped_plan_is_of_today_s_sandbox_and_has_no_date() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    found = read_plan(text, PARTIES)
    empty = read_plan(plan_text(sandbox(), (), True), PARTIES)
    assert found.series == empty.series
    assert {row.series for row in found.rows} == {one.id for one in found.series}
    assert {row.year for row in found.rows} == set(range(1, found.years + 1))
    value = json.loads(text)
    without_sources = [{**one, "source": ""} for one in value["series"]]
    assert not re.search(r"\d{4}-\d\d", json.dumps([without_sources, value["rows"]]))


def changed(change: Callable[[Any], object]) -> str:
    value = json.loads(SHIPPED.read_text(encoding="utf-8"))
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda v: v.update(mark="real"), "mark must be 'illustrative'"),
        (lambda v: v.update(date="2031-05-01"), "an object with mark"),
        (lambda v: v.update(proven="yes"), "proven"),
        (lambda v: v.update(years=0), "years must be a whole number"),
        (lambda v: v.update(rows={}), "rows must be a list"),
        (lambda v: v["rows"][0].update(week="2031-05-01"), "row 1: week"),
        (lambda v: v["rows"][1].update(year=6), "row 2: year"),
        (lambda v: v["rows"][1].update(year=True), "row 2: year"),
        (lambda v: v["rows"][2].update(days=0), "row 3: days"),
        (lambda v: v["rows"][0].update(series="nobody"), "row 1: there is no series"),
        (lambda v: v["rows"][0].update(host="XYZ"), "row 1: host"),
        (lambda v: v["rows"][0].update(on="2031-05-01"), "row 1: an object with"),
        (lambda v: v["series"][0].update(name="North Wind"), "series 1: the name"),
        (lambda v: v["series"][0].update(parties=["XYZ"]), "series 1: there is no party"),
        (lambda v: v["series"][0].update(cadence=3), "series 1: cadence must be a text"),
        (lambda v: v["series"].append(v["series"][0]), "stands there twice"),
    ],
)
def test_what_is_unmarked_unknown_or_dated_is_refused(
    change: Callable[[Any], object], place: str
) -> None:
    with pytest.raises(BadInput) as fault:
        read_plan(changed(change), PARTIES)
    said = str(fault.value)
    assert said.startswith("illustrative_plan.json")
    assert place in said
    assert said.endswith(".")


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(BadInput, match=r"illustrative_plan\.json: this is no JSON"):
        read_plan("{", PARTIES)
