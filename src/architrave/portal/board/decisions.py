"""The form of a decision: the words that came with it, and whether they are enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from architrave.desks.exercises.postponements import MOST_YEARS
from architrave.portal.board.pages_board import BoardDecision
from architrave.portal.board.screen import Screen, last_day
from architrave.portal.pages_rows import Shown

__all__ = ["Decision", "Unsaid", "decision_form", "decision_read", "typed_day", "usual_day"]

MOST_WORDS = 500


class Unsaid(Exception):
    """Something that a decision needs was not said; the text names it in the reader's language."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, why, and on which day."""

    reason: str
    seat: str
    decided: date


def decision_read(screen: Screen, form: Mapping[str, str], earliest: date) -> Decision:
    """The decision that a form holds; Unsaid where it lacks its reason, its seat or its day.

    `earliest`: what was decided before cannot be decided upon earlier.
    """
    reason, seat = _words(screen, form, "reason"), _words(screen, form, "seat")
    if not reason:
        raise Unsaid(screen.say("board-needs-reason"))
    if not seat:
        raise Unsaid(screen.say("board-needs-seat"))
    if screen.tables.is_sandbox:
        return Decision(reason, seat, max(screen.today, earliest))
    try:
        decided = date.fromisoformat(form.get("decided", ""))
    except ValueError as fault:
        raise Unsaid(screen.say("board-needs-decided")) from fault
    # Lead times run from it, and must not run out of the calendar.
    if decided > last_day(screen.tables.programme.horizon):
        raise Unsaid(screen.say("board-needs-decided"))
    if decided < earliest:
        raise Unsaid(screen.say("board-decided-early", day=screen.day_text(earliest)))
    return Decision(reason, seat, decided)


def decision_form(
    screen: Screen,
    path: str,
    earliest: date,
    form: Mapping[str, str] | None = None,
    fault: Shown = "",
) -> BoardDecision:
    """The form, with what was typed before; `path` is where it goes."""
    typed = form or {}
    usual = "" if screen.tables.is_sandbox else usual_day(screen, earliest).isoformat()
    return BoardDecision(
        screen.address(path),
        screen.token,
        screen.tables.stamp,
        typed.get("reason", ""),
        typed.get("seat", ""),
        typed.get("decided", usual) if usual else "",
        _seats(screen),
        fault,
    )


def usual_day(screen: Screen, earliest: date) -> date:
    """The day of the decision that is offered: today, or the day of what it follows."""
    return max(screen.today, earliest)


def typed_day(form: Mapping[str, str] | None, usual: date) -> date:
    """The day of the decision that was typed; what is offered where that is none, or none yet."""
    try:
        found = date.fromisoformat((form or {}).get("decided", ""))
    except ValueError:
        return usual
    return found if found.year < date.max.year - MOST_YEARS else usual


def _words(screen: Screen, form: Mapping[str, str], name: str) -> str:
    words = " ".join(form.get(name, "").split())
    if len(words) > MOST_WORDS or not all(one.isprintable() for one in words):
        raise Unsaid(screen.say("board-too-long", n=MOST_WORDS))
    return words


def _seats(screen: Screen) -> tuple[str, ...]:
    tables = screen.tables
    named = (
        *(one.seat for one in tables.moves),
        *(one.owner for one in tables.products),
        *(one.seat for one in tables.approvals),
    )
    return tuple(sorted({one for one in named if one}))
