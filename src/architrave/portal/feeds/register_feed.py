"""Rows of the register as entries of a feed: compiled facts, which are nobody's statement."""

from __future__ import annotations

from datetime import date

from architrave.institution.acts import kind_of
from architrave.institution.cadence import day_end
from architrave.institution.register_rows import Event, Promise, ReportedDate
from architrave.institution.remarks import Remark, remarks
from architrave.portal import formats
from architrave.portal.feeds.feed_rows import FeedEntry
from architrave.portal.formats import Said
from architrave.portal.papers.plain_names import PlainNames
from architrave.portal.reading import Copy

__all__ = ["register_entry", "row_changed", "row_dated"]

_DAY = 86_400_000


def row_dated(row: Event | Promise) -> int:
    """The instant (ms) of what a row tells of."""
    return _instant(_told(row)[1].last)


def row_changed(copy: Copy, row: Event | Promise) -> int:
    """When a row changed last (ms): nobody published it at an instant, so it is dated by what it
    tells of, and changed when a capital remarks on it."""
    return max([row_dated(row), *(one.fact.t for one in _remarks(copy, row))])


def register_entry(
    copy: Copy, plain: PlainNames, uid: str, row: Event | Promise, updated: int
) -> FeedEntry:
    """The entry of an event or a promise."""
    assert copy.register is not None
    title, day, texts = _told(row)
    return FeedEntry(
        uid=uid,
        title=Said(title, "en"),
        href=plain.address(copy.address("register", row.id)),
        kind="compiled",
        kind_word=copy.say("compiled"),
        topic="register",
        topic_word=copy.say_of("topic", "register"),
        body="",
        author=formats.plain(copy.of(copy.register.header.attribution)),
        published=None,
        updated=updated,
        lines=(
            formats.reported_text(day, copy.language),
            *(Said(text, "en") for text in texts if text),
        ),
        since=tuple(_since(copy, plain, one) for one in _remarks(copy, row)),
        source=row.source,
    )


def _remarks(copy: Copy, row: Event | Promise) -> list[Remark]:
    assert copy.register is not None
    return list(remarks(copy.state, copy.view, row.id, copy.register.row_digest(row.id)))


def _since(copy: Copy, plain: PlainNames, one: Remark) -> str:
    """That a capital has remarked on the row; of an earlier wording, that it is of that."""
    text = copy.say(
        "feeds-since",
        what=copy.say_of("kind", kind_of(one.act)),
        party=plain.party(one.fact.party),
        at=plain.here(one.fact.t),
    )
    return text if one.present else f"{text} · {copy.say('remark-earlier')}"


def _told(row: Event | Promise) -> tuple[str, ReportedDate, tuple[str, ...]]:
    if isinstance(row, Event):
        return row.title, row.date, (row.place, row.summary)
    return row.text, row.made_on, (row.body, row.status)


def _instant(day: date) -> int:
    """The first instant of a day in UTC (ms)."""
    return day_end(day.isoformat()) - _DAY
