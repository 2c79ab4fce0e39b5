"""The shared picture on the page of a consultation, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Shown, told

__all__ = ["LegRow", "PictureBlock", "PointRow", "ReadingRow", "TimelineRow", "WordingRow"]


@dataclass(frozen=True, slots=True)
class LegRow:
    """The line to one party that was asked."""

    party: Shown = told("the party")
    state: str = told("what has become of it, as the code names it")
    word: str = told("the same in words")
    at: Moment | None = told("when it first answered; none if it has not")


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A party's latest reading of a point."""

    party: Shown = told("the party")
    code: str = told("affirm, deny or uncertain, as the code names it")
    word: str = told("the same in words")
    account: Shown = told("on what it rests, as the party says")
    at: Moment = told("when")
    line: Shown = told("the line of the minute book that holds it")
    sure: str = told("whether every other party has received it")


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A proposition of a point; two that were worded at once stand side by side."""

    text: Shown = told("the proposition")
    party: Shown = told("who worded it")
    at: Moment = told("when")
    line: Shown = told("the line of the minute book that holds it")
    readings: tuple[ReadingRow, ...] = told("who reads it how, in the order of names")
    untranslated: str = told("in which language its words are shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of a consultation."""

    id: str = told("its id")
    code: str = told("agreed, differs or open, as the code names it")
    word: str = told("the same in words")
    wordings: tuple[WordingRow, ...] = told("how it is worded: mostly once")
    awaiting: Shown = told("the parties that have not spoken on it; empty if none")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An answer, a reading or the close, in the order of cause."""

    party: Shown = told("whose line it is")
    kind: str = told("what it is")
    point: str = told("the point that is read; empty if none")
    word: str = told("how it is read; empty if nothing is")
    at: Moment = told("when, as its book claims")
    line: Shown = told("the line of the minute book that holds it")


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """Who has answered, what each makes of each point, and what was said in which order."""

    legs: tuple[LegRow, ...] = told("the line to each party that was asked")
    points: tuple[PointRow, ...] = told("the points, in the order in which they were first named")
    timeline: tuple[TimelineRow, ...] = told("answers, readings and the close")
