"""What pages show of meetings and of the meeting clock, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Link, Shown, told

__all__ = ["AgendaRow", "ClockBlock", "MeetingRow", "MinutesRow"]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A point of an agenda."""

    letter: str = told("A for a point without debate, B for one with it")
    title: Shown = told("its title")
    matter: Link | None = told("the matter that it is about; none if about none")


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """One party's own minutes of a meeting."""

    party: Shown = told("whose minutes they are")
    held: str = told("whether it says that the meeting was held")
    present: Shown = told("who was present, as it says; empty if nobody")
    account: Shown = told("what it says besides; empty if nothing")
    line: str = told("the line that holds them")


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: when, where, about what, and what its minutes say."""

    symbol: str = told("its symbol")
    code: str = told("what the record says of it, as the code names it")
    word: str = told("the same in words")
    party: Shown = told("who convened it")
    when: tuple[Moment, ...] = told("its beginning on each capital's clock and in UTC")
    place: Shown = told("where; empty if it is not said")
    answers: Link | None = told("the request to consult that it answers; none if it answers none")
    changes: str = told("how often it was changed; empty if never")
    agenda: tuple[AgendaRow, ...] = told("its points")
    minutes: tuple[MinutesRow, ...] = told("the minutes, side by side, in the order of names")
    differs: str = told("that the minutes differ on who was present; empty if they do not")
    sure: str = told("whether it rests on final lines")


@dataclass(frozen=True, slots=True)
class ClockBlock:
    """The meeting clock of a request to consult."""

    lead: str = told("how long after the request the parties meet, or that no meeting is convened")
    rule: Shown = told("the charter's period and its article; that it names none")
    code: str = told("within, late, owed, running or ended, as the code names it")
    word: str = told("the same in words")
    due: tuple[Moment, ...] = told("the end of the period on each clock; empty without one")
    owes: Shown = told("who owes a meeting; empty if nobody")
    meetings: tuple[MeetingRow, ...] = told("the meetings that answer the request")
