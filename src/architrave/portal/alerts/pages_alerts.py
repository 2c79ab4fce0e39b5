"""What an alert's page and the rows of one show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_meetings import ClockBlock
from architrave.portal.pages_rows import Frame, Link, Shown, told
from architrave.portal.research.pages_cite import CiteBlock

__all__ = ["AlertAnswer", "AlertPage", "AlertPoint", "AlertRow", "AlertTold"]


@dataclass(frozen=True, slots=True)
class AlertPoint:
    """One of the six points of an alert."""

    label: str = told("which of the six points it is")
    words: Shown = told("what is said of it, or that it is not known")


@dataclass(frozen=True, slots=True)
class AlertAnswer:
    """What a party answered to an alert."""

    party: Shown = told("who answered")
    at: Moment = told("when")
    line: Link = told("the line of its book")
    offer: Shown = told("what it can offer; empty if it offers nothing")
    sees: Shown = told("what it sees; empty if it says nothing of that")
    unable: str = told("that it cannot help; empty if it does not say so")


@dataclass(frozen=True, slots=True)
class AlertTold:
    """Who had an alert, by the first line of its own book that names it."""

    said: Shown = told("another party of the body, and the time that the line claims")
    line: Link | None = told("the line; none if no line here shows that it has it")


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert in a list: open ones, and on its own page."""

    symbol: str = told("its symbol")
    href: str = told("its page")
    title: str = told("that it is an alert, or a test of one")
    drill: str = told("that it is a test and owes nothing; empty if it is an alert")
    state: str = told("open or closed, in words")
    body: Shown = told("the body that is warned")
    party: Shown = told("who raised it")
    at: Moment = told("when")
    label: str = told("which of its points is shown: the first of which something is known")
    words: Shown = told("what is said of that point")
    answered: Shown = told("the parties that have answered; empty if none")
    awaiting: Shown = told("the parties that have still to answer; empty if none")
    clock: ClockBlock | None = told("the meeting clock and the meetings; none of a test")
    due: Moment | None = told("until when a meeting is owed, on this capital's clock; else none")
    sure: str = told("whether it rests on final lines")


@dataclass(frozen=True, slots=True)
class AlertPage:
    """An alert: its six points, the answers side by side, the meeting clock, who was told."""

    frame: Frame = told("what every page carries")
    one: AlertRow = told("the alert as lists show it")
    points: tuple[AlertPoint, ...] = told("the six points, in their order")
    matter: Link | None = told("the matter that it is about; none if it names none")
    tabled: tuple[Link, ...] = told("the matters of which a version names the alert")
    evidence: tuple[str, ...] = told("the files that it names, each with its SHA-256")
    answers: tuple[AlertAnswer, ...] = told("the answers, those of each party together")
    readers: Shown = told("to whom it is released")
    closed: Moment | None = told("when it was closed; none if it is open")
    outcome: Shown = told("with what result; empty if it is open")
    known: tuple[AlertTold, ...] = told("of each other party, the first line that shows it has it")
    untranslated: str = told("in which language its words are shown, if in another; else empty")
    cite: CiteBlock = told("how to cite it")
