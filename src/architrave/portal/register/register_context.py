"""The contexts of the pages of the register: promises, events, and one row."""

from __future__ import annotations

from architrave.institution.acts import Revised, Tabled
from architrave.institution.promises import State
from architrave.institution.register import Event, Promise, Register
from architrave.institution.register_rows import ORIGINAL
from architrave.institution.standing import MatterStanding, VersionStanding
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.pages_rows import RemarkRow, Shown
from architrave.portal.papers.links import paper_links
from architrave.portal.reading import Copy
from architrave.portal.register.contact import contact_link
from architrave.portal.register.pages_register import (
    EventRow,
    EventsPage,
    NotedRow,
    PromiseBlock,
    PromiseGroup,
    RegisterPage,
    RowPage,
    StateLink,
)
from architrave.portal.register.register_blocks import (
    cell,
    event_link,
    period_row,
    remark_rows,
    rendered,
)
from architrave.portal.register.register_kept import block_of
from architrave.portal.register.register_listing import ORDER, Listed, Listing, listing_of
from architrave.portal.research.citing import cite_row
from architrave.portal.rows import frame_of, link_to, page_links, source_link, stage_text
from architrave.portal.shortened import TITLE, shortened
from architrave.portal.translated import untranslated

__all__ = ["ROWS", "event_rows", "events_page", "promise_groups", "register_page", "row_page"]

ROWS = 20
"""Rows of the register on one page."""


def register_page(copy: Copy, number: int = 1) -> RegisterPage | None:
    """Page `number` of the promises, from 1; None if this copy has no register or no such page."""
    register = copy.register
    if register is None:
        return None
    listing = listing_of(copy, register)
    last = _last(len(listing.promises))
    if not 1 <= number <= last:
        return None
    header, path = register.header, ("register", *([str(number)] if number > 1 else []))
    return RegisterPage(
        frame=frame_of(copy, copy.say("place-register"), *path),
        title=copy.of(header.title),
        standing=copy.of(header.standing),
        attribution=copy.of(header.attribution),
        attribution_note=untranslated(copy, copy.of(header.attribution)),
        reach=formats.date_moment(register.sources_reach, copy.language),
        counted=formats.date_moment(listing.day, copy.language),
        digest=register.digest,
        noted=_noted(copy, register),
        contact=contact_link(copy, copy.say("place-register"), copy.of(header.title), *path),
        translated=_translated(copy, register),
        gaps=tuple(copy.of(gap) for gap in header.gaps),
        states=tuple(_state_links(copy, listing)),
        groups=promise_groups(copy, listing, number),
        events_href=copy.address("register", "events"),
        pages=page_links(copy, number, last, "register"),
        papers=paper_links(copy, "register"),
    )


def events_page(copy: Copy, number: int = 1) -> EventsPage | None:
    """Page `number` of the events, from 1; None if there is no register or no such page."""
    register = copy.register
    if register is None:
        return None
    listing = listing_of(copy, register)
    last = _last(len(listing.events))
    if not 1 <= number <= last:
        return None
    path = ("register", "events", *([str(number)] if number > 1 else []))
    return EventsPage(
        frame=frame_of(copy, copy.say("events-title"), *path),
        title=copy.of(register.header.title),
        reach=formats.date_moment(register.sources_reach, copy.language),
        translated=_translated(copy, register),
        register_href=copy.address("register"),
        events=event_rows(copy, register, listing.events[(number - 1) * ROWS : number * ROWS]),
        pages=page_links(copy, number, last, "register", "events"),
    )


def row_page(copy: Copy, row: str) -> RowPage | None:
    """The page of one row of the register; None if there is no such row."""
    register = copy.register
    if register is None:
        return None
    event, promise = register.event_by_id.get(row), register.promise_by_id.get(row)
    found = event or promise
    if found is None:
        return None
    listing = listing_of(copy, register)
    listed = listing.by_id.get(row)
    title = cell(copy, register, row, "title" if event is not None else "text")
    return RowPage(
        frame=frame_of(
            copy, shortened(title, TITLE), "register", row, about=_about(copy, register, found)
        ),
        id=row,
        standing=copy.of(register.header.standing),
        translated=_translated(copy, register),
        promise=_promise_block(copy, register, listed) if listed is not None else None,
        event=_event_row(copy, register, event) if event is not None else None,
        counted=formats.date_moment(listing.day, copy.language) if listed is not None else None,
        contact=contact_link(copy, row, title, "register", row),
        register_href=copy.address("register"),
        cite=cite_row(copy, register, found),
    )


def _about(copy: Copy, register: Register, row: Event | Promise) -> Shown:
    """What a row tells, for who is shown a link to it; that nobody has stated it goes first."""
    if isinstance(row, Event):
        text, day = cell(copy, register, row.id, "summary"), row.date
    else:
        text, day = cell(copy, register, row.id, "text"), row.made_on
    said = (copy.say("compiled"), formats.reported_text(day, copy.language), formats.plain(text))
    whole = " · ".join(said)
    return Said(whole, text.lang) if isinstance(text, Said) else whole


def _translated(copy: Copy, register: Register) -> bool:
    return copy.language != ORIGINAL and bool(register.translations)


def _last(rows: int) -> int:
    return max(1, -(-rows // ROWS))


def _state_links(copy: Copy, listing: Listing) -> list[StateLink]:
    links, before = [], 0
    for state in ORDER:
        page = str(min(before, max(0, len(listing.promises) - 1)) // ROWS + 1)
        address = copy.address("register", *([page] if page != "1" else []))
        count = listing.counts[state]
        word = copy.say_of("promise", state)
        links.append(StateLink(word, formats.number(count), f"{address}#state-{state.value}"))
        before += count
    return links


def promise_groups(
    copy: Copy, listing: Listing, number: int | None = None
) -> tuple[PromiseGroup, ...]:
    """The promises of a page by state, or all of them; a state without any stands where it would.

    `number` counts pages from 1.
    """
    last = _last(len(listing.promises))
    first, end = 0, len(listing.promises)
    if number is not None:
        first, end = (number - 1) * ROWS, number * ROWS
    reach = formats.date_moment(listing.register.sources_reach, copy.language)
    groups, begin = [], 0
    for state in ORDER:
        count = listing.counts[state]
        stop = begin + count
        inside = listing.promises[max(begin, first) : min(stop, end)]
        here = first <= begin < end or (number == last and begin >= end)
        if inside or (not count and here):
            groups.append(
                PromiseGroup(
                    state=state.value,
                    word=copy.say_of("promise", state),
                    means=copy.say_of("promise-means", state),
                    looked=copy.say("looked-where", at=reach) if state is State.NONE_FOUND else "",
                    count=formats.number(count),
                    promises=tuple(_promise_block(copy, listing.register, one) for one in inside),
                )
            )
        begin = stop
    return tuple(groups)


def event_rows(copy: Copy, register: Register, events: tuple[Event, ...]) -> tuple[EventRow, ...]:
    """Events as rows."""
    return tuple(_event_row(copy, register, one) for one in events)


def _noted(copy: Copy, register: Register) -> NotedRow | None:
    """The matter whose text carries the register's digest: the furthest, if there are several."""
    found: list[tuple[MatterStanding, VersionStanding]] = []
    for standing in copy.told.matters:
        for version in standing.versions:
            act = version.version.fact.act
            if isinstance(act, Tabled | Revised) and _names(act, register.digest):
                found.append((standing, version))
    if not found:
        return None
    standing, version = max(found, key=lambda pair: pair[1].ticks)
    return NotedRow(
        standing.symbol, copy.matter_address(standing.symbol), stage_text(copy, version)
    )


def _names(act: Tabled | Revised, digest: str) -> bool:
    wording = act.wording
    said = " ".join([wording.document, *wording.title.values(), *wording.summary.values()])
    return digest in wording.digests.values() or digest in said


def _promise_block(copy: Copy, register: Register, one: Listed) -> PromiseBlock:
    said = remark_rows(copy, register, one.promise.id)
    return block_of(
        copy,
        register,
        one.promise.id,
        (one.states, said),
        lambda: _built_promise(copy, register, one, said),
    )


def _built_promise(
    copy: Copy, register: Register, one: Listed, said: tuple[RemarkRow, ...]
) -> PromiseBlock:
    promise, due = one.promise, one.promise.due
    return PromiseBlock(
        id=promise.id,
        text=rendered(copy, register, promise.id, "text"),
        made_on=formats.reported_moment(promise.made_on, copy.language),
        made_at=event_link(copy, register, promise.made_at),
        body=cell(copy, register, promise.id, "body"),
        pillar=_open_word(copy, "pillar", promise.pillar),
        cadence=copy.say_of("cadence", promise.cadence),
        due=formats.reported_moment(due, copy.language) if due is not None else None,
        status=(
            rendered(copy, register, promise.id, "status_if_known") if promise.status else None
        ),
        status_source=source_link(promise.status_source) if promise.status_source else None,
        source=source_link(promise.source),
        cite_href=copy.address("register", promise.id),
        periods=tuple(period_row(copy, register, state) for state in one.states),
        remarks=said,
    )


def _event_row(copy: Copy, register: Register, event: Event) -> EventRow:
    said = remark_rows(copy, register, event.id)
    kept = listing_of(copy, register).kept.get(event.id, ())
    return block_of(
        copy,
        register,
        event.id,
        (kept, said),
        lambda: _built_event(copy, register, event, kept, said),
    )


def _built_event(
    copy: Copy,
    register: Register,
    event: Event,
    kept: tuple[str, ...],
    said: tuple[RemarkRow, ...],
) -> EventRow:
    inside = copy.ordered(event.parties)
    names = [copy.party(one) for one in inside]
    names += [Said(one, "en") for one in event.parties if one not in inside]
    until = event.end_date
    return EventRow(
        id=event.id,
        when=formats.reported_moment(event.date, copy.language),
        until=formats.reported_moment(until, copy.language) if until is not None else None,
        title=rendered(copy, register, event.id, "title"),
        kind=_open_word(copy, "event", event.kind),
        pillar=_open_word(copy, "pillar", event.pillar),
        parties=formats.listing(names, copy.language),
        place=cell(copy, register, event.id, "place"),
        summary=rendered(copy, register, event.id, "summary"),
        source=source_link(event.source),
        remarks=said,
        cite_href=copy.address("register", event.id),
        kept=tuple(
            link_to(cell(copy, register, one, "text"), copy.address("register", one))
            for one in kept
        ),
    )


def _open_word(copy: Copy, family: str, value: str) -> Shown:
    """The word for a register's value; the value itself, marked as English, where we have none."""
    word = copy.say_of(family, value)
    return Said(word, "en") if word == value and copy.language != "en" else word
