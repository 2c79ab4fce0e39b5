"""Every inject hangs on an objective; what an objective lacks is listed; a slip moves the rest."""

from __future__ import annotations

from datetime import date

import pytest
from exercise_tables import EXAMPLE, example, with_row
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.tracing import (
    Level,
    Objective,
    Scene,
    Story,
    clock,
    gaps,
    injects_of,
    read_story,
    shown,
    slipped,
    trace_rows,
)

EDITION = "north-wind/2031.1"
STORY = read_story(EXAMPLE, example())


@st.composite
def stories(draw: st.DrawFn) -> Story:
    objectives = {
        f"o{index}": Objective(f"o{index}", EDITION, "x", draw(st.sampled_from(["", "seat"])))
        for index in range(draw(st.integers(1, 4)))
    }
    scenes: dict[str, Scene] = {}
    parents = {Level.OBJECTIVE: list(objectives)}
    for above, level in ((Level.OBJECTIVE, Level.EVENT), (Level.EVENT, Level.INCIDENT),
                         (Level.INCIDENT, Level.INJECT)):  # fmt: skip
        parents[level] = []
        for index in range(draw(st.integers(0, 5)) if parents[above] else 0):
            name = f"{level}{index}"
            parent = draw(st.sampled_from(parents[above]))
            before = [one for one in parents[level] if level is Level.INJECT]
            after = tuple(draw(st.lists(st.sampled_from(before), unique=True))) if before else ()
            least = max((scenes[one].minute for one in after), default=0)
            minute = draw(st.integers(least, 5000)) if level is Level.INJECT else 0
            scenes[name] = Scene(name, level, parent, "x", minute, after=after)
            parents[level].append(name)
    return Story(objectives, scenes)


@given(stories())
def test_gaps_are_what_no_full_row_of_the_trace_covers(story: Story) -> None:
    rows = list(trace_rows(story))
    traced = {row[0] for row in rows if row[3]}
    lacking = {one.id for one in gaps(story) if (one.level, one.lacks) == ("objective", "inject")}
    assert lacking == story.objectives.keys() - traced
    unobserved = {one.id for one in gaps(story) if one.lacks == "observer"}
    assert unobserved == {name for name, one in story.objectives.items() if not one.observer}
    names = {name for row in rows for name in row if name}
    assert names == story.objectives.keys() | story.scenes.keys()
    complete = all(all(row) for row in rows) and not unobserved
    assert complete == (gaps(story) == ())


@given(stories(), st.integers(0, 3000), st.data())
def test_a_slip_moves_what_comes_after_as_far_and_nothing_else(
    story: Story, minutes: int, data: st.DataObject
) -> None:
    injects = [name for name, one in story.scenes.items() if one.level is Level.INJECT]
    if not injects:
        with pytest.raises(BadInput, match="There is no inject"):
            slipped(story, "inject0", minutes, example())
        return
    chosen = data.draw(st.sampled_from(injects))
    after = slipped(story, chosen, minutes, example())
    moving = {name for name in injects if _follows(story, name, chosen)}
    for name, one in story.scenes.items():
        moved_by = after.scenes[name].minute - one.minute
        assert moved_by == (minutes if name in moving else 0)
    for one in after.scenes.values():
        assert all(after.scenes[name].minute <= one.minute for name in one.after)


def _follows(story: Story, name: str, chosen: str) -> bool:
    earlier = story.scenes[name].after
    return name == chosen or any(_follows(story, one, chosen) for one in earlier)


def test_a_slip_beyond_the_edition_or_before_what_it_follows_is_refused() -> None:
    with pytest.raises(BadInput, match=r"engine is on day 13, 06:05, and north-wind/2031.1 has 12"):
        slipped(STORY, "engine", 15_360, example())
    with pytest.raises(BadInput, match=r"position .* comes after distress .* which is later"):
        slipped(STORY, "position", -21, example())


def test_injects_are_filtered_by_audience_and_hour() -> None:
    def names(**asked: object) -> list[str]:
        return [one.id for one in shown(STORY, **asked)]  # type: ignore[arg-type]

    assert names() == ["distress", "position", "engine"]
    assert names(audience="staff") == ["distress", "position"]
    assert names(audience="bridge", first_hour=7) == ["engine"]
    assert names(last_hour=13) == ["distress", "position"]
    assert names(day=1) == []
    assert names(edition="south-wind/2031.1") == []


def test_the_example_lacks_what_it_lacks() -> None:
    assert [one.sentence for one in gaps(STORY)] == [
        "objectives.csv, line 3: the objective report has no inject.",
        "objectives.csv, line 3: the objective report has no observer.",
    ]
    assert [one.id for one in injects_of(STORY, "tow")] == ["distress", "position", "engine"]
    assert clock(STORY.scenes["engine"].minute) == "day 2, 14:05"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "lost,inject,nowhere,X,1,06:00,,",
            "story.csv, line 7: the inject lost hangs on 'nowhere', and there is no such incident.",
        ),
        (
            "lost,inject,collision,X,1,06:00,,",
            "story.csv, line 7: the inject lost hangs on collision, an event (story.csv, line 2); "
            "an inject hangs on an incident.",
        ),
        (
            "lost,inject,tow,X,1,06:00,,",
            "story.csv, line 7: the inject lost hangs on tow, an objective (objectives.csv, line 2)"
            "; an inject hangs on an incident.",
        ),
        ("e,event,tow,X,1,,,", "story.csv, line 7: only an inject has day, and this is an event."),
        ("i,inject,adrift,X,1,25:00,,", "story.csv, line 7: time must be such as 14:05"),
        ("i,inject,adrift,X,13,06:00,,", "is on day 13, 06:00, and north-wind/2031.1 has 12 days"),
        ("i,inject,adrift,X,2,06:00,,none", "comes after 'none', and there is no such inject."),
        (
            "i,inject,adrift,X,2,06:00,,engine",
            "story.csv, line 7: the inject i (day 2, 06:00) comes after engine (story.csv, line 6)",
        ),
    ],
)
def test_bad_rows_are_refused(row: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_story(with_row(EXAMPLE, "story.csv", row), example())
    assert sentence in str(refused.value)


def test_injects_that_wait_for_one_another_are_refused_with_their_rows() -> None:
    files = with_row(EXAMPLE, "story.csv", "one,inject,adrift,X,3,06:00,,two")
    files = with_row(files, "story.csv", "two,inject,adrift,X,3,06:00,,one")
    with pytest.raises(BadInput) as refused:
        read_story(files, example())
    assert "story.csv, line 7" in str(refused.value)
    assert "story.csv, line 8" in str(refused.value)
    assert "wait for one another" in str(refused.value)


def test_an_inject_does_not_follow_one_of_another_edition() -> None:
    files = with_row(EXAMPLE, "objectives.csv", "other,south-wind/2031.1,X,")
    for row in ("e,event,other,X,,,,", "n,incident,e,X,,,,", "i,inject,n,X,3,06:00,,distress"):
        files = with_row(files, "story.csv", row)
    with pytest.raises(BadInput, match="which is of another edition"):
        read_story(files, example())
    assert date(2031, 1, 1) == example().horizon.first
