"""The exercise desk and the consultation desk, asked by name and worked out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_shelves import PARTIES, assessed, shelf, shipped_facts, tables
from exercise_tables import charter

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, differences
from architrave.desks.exercises import desk as exercises_desk
from architrave.desks.exercises import planning
from architrave.desks.exercises.brought import Brought
from architrave.desks.exercises.calendars import calendars_of
from architrave.desks.exercises.clashes import clashes
from architrave.desks.exercises.conflicts import HowSmall, Infeasible
from architrave.desks.exercises.evidence import assessed as exercises_assessed
from architrave.desks.exercises.matters import plain
from architrave.desks.exercises.model import Plan, Postponed
from architrave.desks.exercises.plan_evidence import assessment_of
from architrave.desks.exercises.planning import plan
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.replanning import Replanned, replan
from architrave.desks.registry import Sources, desk_named, rerun

FILES = tables("examples/exercises")


def brought() -> Brought:
    return Brought(FILES, read_programme(FILES, PARTIES))


def asked_clashes() -> Assessment:
    """What is in the way of one series on one day, with the holidays that were reckoned with."""
    it = brought()
    programme, first = it.programme, date(it.programme.horizon.year, 5, 6)
    series = next(iter(programme.series.values()))
    span = (programme.horizon.first.year - 2, programme.horizon.last.year + 1)
    calendars = calendars_of(programme.parties, *span, charter())
    found = clashes(programme, series, first, it.plan, calendars, it.occasions, "")
    given = {
        "series": series.id, "first": first.isoformat(), "edition": "",
        "parties": list(programme.parties),
    }  # fmt: skip
    return exercises_assessed("clashes", FILES, given, {"clashes": plain(found)}, calendars)


def test_clashes_are_found_again_with_the_holidays_that_went_in() -> None:
    said = asked_clashes()
    again = rerun(said, shelf())
    assert differences(said.document, again.document) == ()
    assert again.digest == said.digest
    fewer = {**said.parameters["holidays"], "days": {party: [] for party in PARTIES}}
    changed = replace(said, parameters={**said.parameters, "holidays": fewer})
    assert differences(said.result, rerun(changed, shelf()).result)


def test_a_plan_made_again_around_a_postponement_is_found_again() -> None:
    programme = brought().programme
    made = plan(programme)
    assert isinstance(made, Plan)
    late = made.placed[-1]
    put_off = (
        Postponed(late.edition, late.first, date(programme.horizon.year, 1, 1), "", "x", "y"),
    )
    found = replan(programme, made, put_off)
    assert isinstance(found, Replanned)
    said = assessment_of(programme, found, 7, made, put_off, FILES)
    again = rerun(said, shelf())
    assert differences(said.result, again.result) == ()


def test_a_plan_that_is_not_settled_here_says_nothing_of_the_one_tabled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = assessed("exercises")[0]
    assert said.question == "plan"
    monkeypatch.setattr(exercises_desk, "_SECONDS", 0.0)
    with pytest.raises(BadInput, match="within 0 seconds the plan was not settled here"):
        rerun(said, shelf())


def test_a_conflict_that_is_not_proven_the_smallest_is_never_called_different(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(how_small: HowSmall) -> None:
        monkeypatch.setattr(planning, "plan", lambda *_args, **_named: Infeasible((), how_small))

    made = assessed("exercises")[0]
    found(HowSmall.SMALLEST)
    said = replace(made, result=rerun(made, shelf()).result)
    assert said.result["how_small"] == HowSmall.SMALLEST.value == exercises_desk._SMALLEST
    for other in (HowSmall.NONE_TO_SPARE, HowSmall.NOT_SHRUNK):
        found(other)
        with pytest.raises(BadInput, match="the plan was not settled here"):
            rerun(said, shelf())
        tabled = replace(said, result={**said.result, "how_small": other.value})
        found(HowSmall.SMALLEST)
        with pytest.raises(BadInput, match="was not proven the smallest"):
            rerun(tabled, shelf())


def test_a_cell_that_was_tabled_otherwise_is_named() -> None:
    said = next(one for one in assessed("exercises") if one.question == "planned against held")
    lines = [dict(one) for one in said.result["lines"]]
    lines[0]["edition"] = "another"
    tabled = replace(said, result={**said.result, "lines": lines})
    again = rerun(tabled, shelf())
    assert [one.cell for one in differences(tabled.result, again.result)] == ["lines[0].edition"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"holidays": {"years": [2031, 2035]}}, "the parameter holidays holds no calendars"),
        ({"series": "nowhere"}, "there is no series 'nowhere'"),
        ({"first": "2031-02-30"}, "the parameter first must be a date"),
    ],
)
def test_a_parameter_that_is_none_is_named(change: dict[str, object], words: str) -> None:
    said = asked_clashes()
    with pytest.raises(BadInput, match=words):
        rerun(replace(said, parameters={**said.parameters, **change}), shelf())
    with pytest.raises(BadInput, match="is no question of this desk"):
        rerun(replace(said, question="another"), shelf())


def test_drills_travel_with_their_moments_and_their_body() -> None:
    (said,) = assessed("consultation")
    assert rerun(said, shelf()).digest == said.digest
    other = replace(said, parameters={**said.parameters, "body": "TDC"})
    assert rerun(other, shelf()).digest != said.digest
    for change, words in (
        ({"drills": [{"name": 1}]}, "the parameter drills: "),
        ({"commitment": ["2027-01-15"]}, "must be a day and a cadence"),
        ({"body": 7}, "names no body"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(replace(said, parameters={**said.parameters, **change}), shelf())
    empty = Sources({}, shipped_facts(), PARTIES)
    with pytest.raises(BadInput, match="drills lie in a record"):
        desk_named("consultation").assess(empty, date(2027, 1, 5))
