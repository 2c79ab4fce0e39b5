"""A plan is put before a body as one document that every capital spells alike."""

from __future__ import annotations

import json
from datetime import date

import pytest
from exercise_tables import EXAMPLE, PARTIES, example, holidays, placeless

from architrave.desks.errors import BadInput
from architrave.desks.evidence import bytes_of, digest_of
from architrave.desks.exercises.evidence import assessed
from architrave.desks.exercises.lessons import read_lessons
from architrave.desks.exercises.matters import (
    digests_of,
    lessons_wording,
    plan_wording,
    programme_document,
)
from architrave.desks.exercises.model import Horizon, Programme
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.writing import write_programme

PLAN = read_plan(EXAMPLE, example())
TITLE = {"en": "Plan (illustrative)"}


def test_the_document_does_not_depend_on_where_rows_were_read() -> None:
    again = read_programme(write_programme(example()), PARTIES)
    assert programme_document(again, PLAN) == programme_document(placeless(example()), PLAN)


def test_a_plan_is_worded_with_its_digests() -> None:
    found = assessed("clashes", EXAMPLE, {}, {"none": True}, holidays())
    wording = plan_wording(example(), PLAN, TITLE, TITLE, {"clashes": found})
    document = json.loads(wording.document)
    assert bytes_of(document).decode() == wording.document
    assert (wording.instrument, wording.nature) == ("plan", "political")
    assert wording.digests == {
        "programme": digest_of(document["programme"]),
        "plan": digest_of(document["plan"]),
        "lessons": digest_of([]),
        "clashes": found.digest,
    }
    assert document["plan"][0]["first"] == "2031-03-10"


def test_lessons_are_worded_as_a_programme_of_work() -> None:
    lessons = read_lessons(EXAMPLE, example())
    wording = lessons_wording(example(), lessons, TITLE, TITLE)
    document = json.loads(wording.document)
    assert [one["id"] for one in document["lessons"]] == ["tow-gear", "call-sign"]
    assert wording.digests == digests_of(document)


def test_a_sandbox_is_never_put_before_a_body() -> None:
    sandbox = Programme(Horizon(1), PARTIES, {}, {}, {})
    assert programme_document(sandbox)["illustrative"]
    with pytest.raises(BadInput, match="illustrative and cannot be put before a body"):
        plan_wording(sandbox, (), TITLE, TITLE)


def test_an_assessment_names_what_went_in() -> None:
    found = assessed("windows", EXAMPLE, {"count": 3}, {}, holidays())
    layers = {one.name: one for one in found.layers}
    assert layers["fixed.csv"].newest == "2031-03-10"
    assert layers["areas.csv"].newest == ""
    (_, _, source), *_ = found.parameters["holidays"]["days"]["KOR"]
    assert "package holidays" in source
    changed = {**EXAMPLE, "areas.csv": EXAMPLE["areas.csv"] + "yew,Yew,\n"}
    assert assessed("windows", changed, {"count": 3}, {}, holidays()).digest != found.digest
    assert date.fromisoformat(layers["plan.csv"].newest).year == 2033
