"""What the page of the calendar shows."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = ["CalendarPage", "DateBlock", "FeedBlock", "FeedRow", "MonthBlock"]


@dataclass(frozen=True, slots=True)
class DateBlock:
    """A date of the record or of the charter, ahead or past."""

    when: tuple[Moment, ...] = told("the day; an instant on each capital's clock and in UTC")
    what: str = told("what happens then")
    parties: Shown = told("whose date it is")
    subject: Link = told("the matter or the body")
    title: Shown = told("the title of the matter, or the commitment; empty for a chair")
    body: Shown = told("the body")
    became: str = told("what became of it")
    cancelled: bool = told("true if it holds no longer")
    sure: str = told("whether it rests on final lines; empty if it holds no longer")


@dataclass(frozen=True, slots=True)
class MonthBlock:
    """The dates of one month."""

    name: Shown = told("the month, on this capital's clock")
    dates: tuple[DateBlock, ...] = told("its dates, in the order of its list")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """What can be followed of one subject."""

    name: str = told("what it holds")
    atom: Link = told("the Atom feed")
    json: Link = told("the same as JSON Feed")


@dataclass(frozen=True, slots=True)
class FeedBlock:
    """What can be followed of the whole institution, or of one body."""

    name: Shown = told("the institution or the body")
    calendar: Link = told("the calendar")
    rows: tuple[FeedRow, ...] = told("the feeds, everything first")


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The calendar: dates ahead and past by month, and what can be followed from outside."""

    frame: Frame = told("what every page carries")
    ahead: tuple[MonthBlock, ...] = told("the months ahead, the next first")
    past: tuple[MonthBlock, ...] = told("the months past, the last first")
    feeds: tuple[FeedBlock, ...] = told("calendars and feeds: the institution, then each body")
