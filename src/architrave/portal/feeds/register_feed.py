"""Rows of the register as entries of a feed: compiled facts, which are nobody's statement."""

from __future__ import annotations

from datetime import date

from architrave.institution.acts import kind_of
from architrave.institution.cadence import day_end
from architrave.institution.register_rows import Event, Promise, Rendering, ReportedDate
from architrave.institution.remarks import Remark, remarks
from architrave.portal import formats
from architrave.portal.feeds.feed_rows import FeedEntry
from architrave.portal.papers.plain_names import PlainNames
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import cell

__all__ = ["register_entry", "row_changed", "row_dated"]

_DAY = 86_400_000


def row_dated(row: Event | Promise) -> int:
    """The instant (ms) of what a row tells of."""
    return _instant(_columns(row)[1].last)


def row_changed(copy: Copy, row: Event | Promise) -> int:
    """When a row changed last (ms): nobody published it at an instant, so it is dated by what it
    tells of, and changed when a capital remarks on it."""
    return max([row_dated(row), *(one.fact.t for one in _remarks(copy, row))])


def register_entry(
    copy: Copy, plain: PlainNames, uid: str, row: Event | Promise, updated: int
) -> FeedEntry:
    """The entry of an event or a promise."""
    assert copy.register is not None
    title, day, *texts = _columns(row)
    rendering = copy.register.worded(row.id, title, copy.language).rendering
    translated = rendering in (Rendering.PROVISIONAL, Rendering.STALE)
    return FeedEntry(
        uid=uid,
        title=cell(copy, copy.register, row.id, title),
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
            *filter(None, (cell(copy, copy.register, row.id, one) for one in texts)),
            *([copy.say_of("rendering", rendering)] if translated else []),
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


def _columns(row: Event | Promise) -> tuple[str, ReportedDate, str, str]:
    """The column of a row's title, its date, and the columns of what else it says."""
    if isinstance(row, Event):
        return "title", row.date, "place", "summary"
    return "text", row.made_on, "body", "status_if_known"


def _instant(day: date) -> int:
    """The first instant of a day in UTC (ms)."""
    return day_end(day.isoformat()) - _DAY
