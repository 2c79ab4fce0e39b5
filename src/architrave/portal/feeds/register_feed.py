"""Rows of the register as entries of a feed: compiled facts, which are nobody's statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from architrave.institution.acts import kind_of
from architrave.institution.cadence import day_end
from architrave.institution.register_rows import Event, Promise, Register, ReportedDate
from architrave.institution.remarks import Remark, remarks
from architrave.portal.feeds.calendar_dates import name_of_thing
from architrave.portal.feeds.feed_rows import FeedEntry
from architrave.portal.formats import Said, reported_text
from architrave.portal.papers.plain_names import PlainNames
from architrave.portal.reading import Copy

__all__ = ["register_entries"]

_DAY = 86_400_000


def register_entries(copy: Copy, plain: PlainNames, most: int) -> Iterator[FeedEntry]:
    """An entry for each event and promise: for the `most` that changed last, and as old ones.

    Nobody published a row at an instant: it is dated by what it tells of, and changed when a
    capital remarks on it.
    """
    register = copy.register
    assert register is not None
    for row in _newest(copy, register, most):
        title, day, texts = _told(row)
        said = list(remarks(copy.state, copy.view, row.id, register.row_digest(row.id)))
        since = tuple(_since(copy, plain, one) for one in said)
        yield FeedEntry(
            uid=name_of_thing(copy.state.founding.id, "register", row.id).urn,
            title=Said(title, "en"),
            href=plain.address(copy.address("register", row.id)),
            kind="compiled",
            kind_word=copy.say("compiled"),
            topic="register",
            topic_word=copy.say_of("topic", "register"),
            body="",
            author=register.header.attribution,
            published=None,
            updated=max([_instant(day.last), *(one.fact.t for one in said)]),
            lines=(
                reported_text(day, copy.language),
                *(Said(text, "en") for text in texts if text),
            ),
            since=since,
            source=row.source,
        )


def _newest(copy: Copy, register: Register, most: int) -> list[Event | Promise]:
    """Rows by when they changed: a register may be long, and a feed shows few of them."""
    dated = _dated(register)
    remarked = {key.partition(" ")[0] for key in copy.state.remarks}
    times = [
        max([at, *(one.fact.t for one in remarks(copy.state, copy.view, row.id, ""))])
        if row.id in remarked
        else at
        for row, at in dated
    ]
    oldest = sorted(times, reverse=True)[most - 1] if len(times) > most else min(times, default=0)
    return [row for (row, _), at in zip(dated, times, strict=True) if at >= oldest]


# The last one asked for: a process serves one register.
_kept: list[tuple[Register, tuple[tuple[Event | Promise, int], ...]]] = []


def _dated(register: Register) -> tuple[tuple[Event | Promise, int], ...]:
    """Every row with the instant of what it tells of."""
    for kept, rows in _kept:
        if kept is register:
            return rows
    several = (*register.events, *register.promises)
    _kept[:] = [(register, tuple((row, _instant(_told(row)[1].last)) for row in several))]
    return _kept[0][1]


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
