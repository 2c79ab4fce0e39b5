"""The context of the page of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from architrave.institution.pending import DeadlineKind
from architrave.portal import formats
from architrave.portal.feeds.calendar_dates import Dated, Status, dates_of
from architrave.portal.feeds.calendar_file import page_of
from architrave.portal.feeds.feed_topics import ALL, TOPICS
from architrave.portal.feeds.pages_feeds import (
    CalendarPage,
    DateBlock,
    FeedBlock,
    FeedRow,
    MonthBlock,
)
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to

__all__ = ["calendar_page"]

_PAST_SHOWN = 100  # the files have them all


def calendar_page(copy: Copy) -> CalendarPage:
    """Dates ahead and past, and the addresses of what can be followed."""
    today = copy.today(copy.charter.party(copy.peer.party).time_zone).isoformat()
    ahead: list[Dated] = []
    past: list[Dated] = []
    for one in dates_of(copy):
        over = copy.passed(one.at) if one.at is not None else one.day < today
        (past if over else ahead).append(one)
    bodies = [(body.id, copy.body(body)) for body in copy.charter.bodies]
    return CalendarPage(
        frame=frame_of(copy, copy.say("place-calendar"), "calendar"),
        ahead=_months(copy, ahead),
        past=_months(copy, past[: -_PAST_SHOWN - 1 : -1]),
        feeds=tuple(
            _feeds(copy, body, name) for body, name in (("", copy.of(copy.charter.title)), *bodies)
        ),
    )


def _day_here(copy: Copy, ms: int) -> str:
    return formats.day_of(ms, copy.charter.party(copy.peer.party).time_zone).isoformat()


def _month(copy: Copy, one: Dated) -> str:
    day = one.day if one.at is None else _day_here(copy, one.at)
    return day[:7]


def _months(copy: Copy, dates: Iterable[Dated]) -> tuple[MonthBlock, ...]:
    return tuple(
        MonthBlock(formats.iso_text(month, copy.language), _blocks(copy, of))
        for month, of in groupby(dates, lambda one: _month(copy, one))
    )


def _blocks(copy: Copy, dates: Iterable[Dated]) -> tuple[DateBlock, ...]:
    """Parties that share a date share a block."""
    together: dict[tuple[object, ...], list[Dated]] = {}
    for one in dates:
        what = tuple(sorted(one.what.items()))
        key = (one.at, one.day, one.kind, one.subject, what, one.why, one.status)
        together.setdefault(key, []).append(one)
    return tuple(_block(copy, several) for several in together.values())


def _block(copy: Copy, several: list[Dated]) -> DateBlock:
    one, body = several[0], copy.charter.body(several[0].body)
    chair = one.kind is DeadlineKind.CHAIR
    return DateBlock(
        when=_when(copy, one),
        what=copy.say_of("deadline", one.kind),
        parties=copy.parties(dated.party for dated in several),
        subject=link_to(copy.body(body) if chair else one.subject, page_of(copy, one)),
        title=copy.of(one.what),
        body="" if chair else copy.body(body),
        became=copy.say_of("became", one.why),
        cancelled=one.cancelled,
        sure="" if one.cancelled or chair else copy.sure(one.status is Status.CONFIRMED),
    )


def _when(copy: Copy, one: Dated) -> tuple[Moment, ...]:
    if one.at is not None:
        return copy.zones(one.at)
    day = formats.iso_moment(one.day, copy.language)
    assert isinstance(day, Moment)
    return (day,)


def _feeds(copy: Copy, body: str, name: Shown) -> FeedBlock:
    place = f"/feeds/{copy.language}/" + (f"{body}/" if body else "")

    def link(file: str, kind: str) -> Link:
        return link_to(kind, place + file)

    return FeedBlock(
        name=name,
        calendar=link("calendar.ics", copy.say("feeds-calendar")),
        rows=tuple(
            FeedRow(
                copy.say_of("topic", topic),
                link(f"{topic}.atom", "Atom"),
                link(f"{topic}.json", "JSON Feed"),
            )
            for topic in (ALL, *TOPICS)
        ),
    )
