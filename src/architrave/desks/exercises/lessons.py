"""Lessons: what was observed, the action that follows, and the edition in which it is retested.

A lesson is closed by its retest alone, and by nothing that anybody declares. Its action becomes a
commitment of a matter; while it is open, the initial conference of the edition that retests it
shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.model import NOWHERE, Edition, Placed, Precedence, Programme
from architrave.desks.exercises.reading import identity, rows_in
from architrave.desks.rows import Place, Row, by_id, choice, day, text
from architrave.institution.acts import Pledge

__all__ = [
    "Lesson",
    "LessonState",
    "open_at",
    "pledges",
    "read_lessons",
    "retest_precedences",
    "state_of",
]


class LessonState(StrEnum):
    """How far a lesson has come."""

    UNSCHEDULED = "no edition named"
    OPEN = "to be retested"
    NOT_PASSED = "retested, not passed"
    CLOSED = "closed by its retest"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: `action` in English, and in Korean and Japanese where those were given.

    `retest_in` names the edition that retests it; `retested` is the day of the retest and `passed`
    its result. `owner` is a seat.
    """

    id: str
    edition: str
    text: str
    action: Mapping[str, str]
    owner: str
    due: date
    objective: str = ""
    retest_in: str = ""
    retested: date | None = None
    passed: bool = False
    place: Place = NOWHERE


def state_of(lesson: Lesson, today: date) -> LessonState:
    """How a lesson stands on a day; a retest later than that has not taken place yet."""
    if not lesson.retest_in:
        return LessonState.UNSCHEDULED
    if lesson.retested is None or lesson.retested > today:
        return LessonState.OPEN
    return LessonState.CLOSED if lesson.passed else LessonState.NOT_PASSED


def open_at(lessons: Sequence[Lesson], edition: str) -> tuple[Lesson, ...]:
    """The lessons that an edition is to retest and that no retest has closed."""
    return tuple(
        one
        for one in lessons
        if one.retest_in == edition and not (one.retested is not None and one.passed)
    )


def pledges(lessons: Sequence[Lesson], today: date) -> tuple[Pledge, ...]:
    """The actions of lessons that are not closed, as commitments for the tabling of a matter."""
    return tuple(
        Pledge(one.id, one.owner, one.due.isoformat(), dict(one.action))
        for one in lessons
        if state_of(one, today) is not LessonState.CLOSED
    )


def retest_precedences(lessons: Sequence[Lesson]) -> tuple[Precedence, ...]:
    """What the planner has to keep: a retest comes after the edition that taught the lesson."""
    pairs: dict[tuple[str, str], Lesson] = {}
    for one in lessons:
        if one.retest_in:
            pairs.setdefault((one.edition, one.retest_in), one)
    return tuple(
        Precedence(before, after, 1, f"lesson {one.id} is retested", one.place)
        for (before, after), one in pairs.items()
    )


def read_lessons(
    files: Mapping[str, str], programme: Programme, placed: Sequence[Placed] = ()
) -> tuple[Lesson, ...]:
    """The table `lessons`. The edition that retests must be later than the one that taught.

    Raises BadInput where it is not, as far as years, numbers and the plan can tell, and for a
    result of a retest without its day or edition.
    """
    first_days = {one.edition: one.first for one in placed if not one.part}
    found = []
    for row in rows_in(files, "lessons"):
        taught = require_edition(programme, text(row, "edition"), row.place)
        retest = row.cells.get("retest_in", "")
        if retest:
            later = require_edition(programme, retest, row.place)
            _require_later(row, taught, later, first_days)
        retested = day(row, "retested") if row.cells.get("retested") else None
        passed = choice(row, "passed", ("yes", "no"), "no")
        _require_retest(row, retest, retested, first_days)
        found.append(
            Lesson(
                identity(row),
                taught.id,
                text(row, "text"),
                _action(row),
                text(row, "owner"),
                day(row, "due"),
                text(row, "objective", ""),
                retest,
                retested,
                passed == "yes",
                row.place,
            )
        )
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())


def _action(row: Row) -> dict[str, str]:
    translated = {name: row.cells.get(f"action_{name}", "") for name in ("ko", "ja")}
    return {"en": text(row, "action"), **{name: one for name, one in translated.items() if one}}


def _require_later(
    row: Row, taught: Edition, later: Edition, first_days: Mapping[str, date]
) -> None:
    if taught.id in first_days and later.id in first_days:
        in_order = first_days[taught.id] < first_days[later.id]
    elif taught.series == later.series:
        in_order = (taught.year, taught.number) < (later.year, later.number)
    else:
        # Two series of one period: which is first only a plan can tell.
        in_order = taught.year <= later.year
    if not in_order:
        raise BadInput(f"{row.place}: {later.id} is not later than {taught.id}.")


def _require_retest(
    row: Row, retest: str, retested: date | None, first_days: Mapping[str, date]
) -> None:
    if row.cells.get("passed") and retested is None:
        raise BadInput(f"{row.place}: passed stands there, and no day of a retest.")
    if retested is None:
        return
    if not retest:
        raise BadInput(f"{row.place}: retested stands there, and no edition that retests.")
    if retest in first_days and retested < first_days[retest]:
        raise BadInput(
            f"{row.place}: it was retested on {retested}, and {retest} begins on "
            f"{first_days[retest]}."
        )
