"""A lesson is closed by its retest and by nothing else; its action becomes a commitment."""

from __future__ import annotations

from datetime import date

import pytest
from exercise_tables import EXAMPLE, example, with_row
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.lessons import (
    Lesson,
    LessonState,
    open_at,
    pledges,
    read_lessons,
    retest_precedences,
    state_of,
)
from architrave.desks.exercises.places import read_plan
from architrave.institution.acts import Pledge

TODAY = date(2032, 6, 1)
DAYS = st.none() | st.dates(date(2031, 1, 1), date(2033, 12, 31))
LESSONS = st.builds(
    Lesson,
    st.just("x"),
    st.just("north-wind/2031.1"),
    st.just("x"),
    st.just({"en": "x"}),
    st.just("KOR/TDCWL"),
    st.just(date(2031, 12, 1)),
    retest_in=st.sampled_from(["", "north-wind/2032.1"]),
    retested=DAYS,
    passed=st.booleans(),
)


@given(LESSONS)
def test_only_a_passed_retest_in_a_named_edition_closes(lesson: Lesson) -> None:
    retested = lesson.retested is not None and lesson.retested <= TODAY
    closed = bool(lesson.retest_in) and retested and lesson.passed
    assert (state_of(lesson, TODAY) is LessonState.CLOSED) == closed
    assert bool(pledges([lesson], TODAY)) == (not closed)


def test_lessons_are_read_with_what_became_of_them() -> None:
    lessons = read_lessons(EXAMPLE, example(), read_plan(EXAMPLE, example()))
    assert [state_of(one, TODAY) for one in lessons] == [LessonState.OPEN, LessonState.CLOSED]
    assert state_of(lessons[1], date(2032, 3, 9)) is LessonState.OPEN
    assert [one.id for one in open_at(lessons, "north-wind/2032.1")] == ["tow-gear"]
    assert open_at(lessons, "south-wind/2032.1") == ()


def test_an_action_becomes_a_commitment_in_the_languages_given() -> None:
    row = "l,north-wind/2031.1,X,Do it,KOR/TDCWL,2032-01-31,하기,行う,,north-wind/2032.1,,"
    lessons = read_lessons(with_row(EXAMPLE, "lessons.csv", row), example())
    words = {"en": "Do it", "ko": "하기", "ja": "行う"}
    assert pledges(lessons, TODAY)[-1] == Pledge("l", "KOR/TDCWL", "2032-01-31", words)


def test_a_retest_comes_after_what_taught_the_lesson() -> None:
    found = retest_precedences(read_lessons(EXAMPLE, example()))
    assert [(one.before, one.after, one.why) for one in found] == [
        ("north-wind/2031.1", "north-wind/2032.1", "lesson tow-gear is retested"),
        ("north-wind/2031.1", "south-wind/2032.1", "lesson call-sign is retested"),
    ]


def test_a_retest_that_was_not_passed_leaves_the_lesson_open() -> None:
    text = EXAMPLE["lessons.csv"].replace("2032-03-10,yes", "2032-03-10,no")
    lessons = read_lessons({**EXAMPLE, "lessons.csv": text}, example())
    assert state_of(lessons[1], TODAY) is LessonState.NOT_PASSED
    assert len(pledges(lessons, TODAY)) == 2
    assert [one.id for one in open_at(lessons, "south-wind/2032.1")] == ["call-sign"]


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("north-wind/2031.1,,", "north-wind/2031.1 is not later than north-wind/2031.1."),
        ("south-wind/2031.1,,", "south-wind/2031.1 is not later than north-wind/2031.1."),
        ("gale/2032.1,,", "there is no edition 'gale/2032.1': there is no series 'gale'."),
        (",2032-01-01,yes", "retested stands there, and no edition that retests."),
        ("north-wind/2032.1,,yes", "passed stands there, and no day of a retest."),
        (
            "north-wind/2032.1,2032-06-01,no",
            "it was retested on 2032-06-01, and north-wind/2032.1 begins on 2032-06-14.",
        ),
    ],
)
def test_bad_rows_are_refused(rest: str, sentence: str) -> None:
    row = f"l,north-wind/2031.1,X,Do it,KOR/TDCWL,2032-01-31,,,,{rest}"
    with pytest.raises(BadInput) as refused:
        read_lessons(
            with_row(EXAMPLE, "lessons.csv", row), example(), read_plan(EXAMPLE, example())
        )
    assert str(refused.value) == f"lessons.csv, line 4: {sentence}"
