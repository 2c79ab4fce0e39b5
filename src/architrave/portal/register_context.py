"""The context of the page of the register."""

from __future__ import annotations

from datetime import date

from architrave.institution.acts import Revised, Tabled
from architrave.institution.promises import PeriodState, State, assess
from architrave.institution.register import Event, Promise, Register
from architrave.institution.register_rows import ORIGINAL
from architrave.institution.remarks import promise_reports
from architrave.institution.standing import MatterStanding, VersionStanding
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.pages import (
    EventRow,
    NotedRow,
    PromiseBlock,
    PromiseGroup,
    RegisterPage,
)
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.links import paper_links
from architrave.portal.reading import Copy
from architrave.portal.register_blocks import (
    cell,
    event_link,
    period_row,
    remark_rows,
    rendered,
)
from architrave.portal.rows import contact_link, frame_of, source_link, stage_text

__all__ = ["register_page"]

_ORDER = (State.NOT_HELD, State.NONE_FOUND, State.NOT_KNOWN, State.REPORTED, State.HELD)


def register_page(copy: Copy) -> RegisterPage | None:
    """The page of the register; None if this copy has none."""
    register = copy.register
    if register is None:
        return None
    header, today = register.header, formats.day_of(copy.now)
    return RegisterPage(
        frame=frame_of(copy, copy.say("place-register"), "register"),
        title=copy.of(header.title),
        standing=copy.of(header.standing),
        attribution=Said(header.attribution, "en"),
        reach=formats.date_moment(register.sources_reach, copy.language),
        digest=register.digest,
        noted=_noted(copy, register),
        contact=contact_link(copy.contact) if copy.contact else None,
        translated=copy.language != ORIGINAL and bool(register.translations),
        gaps=tuple(copy.of(gap) for gap in header.gaps),
        groups=_groups(copy, register, today),
        events=tuple(
            _event_row(copy, register, event)
            for event in sorted(register.events, key=lambda one: (one.date.last, one.id))[::-1]
        ),
        papers=paper_links(copy, "register"),
    )


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


def _groups(copy: Copy, register: Register, today: date) -> tuple[PromiseGroup, ...]:
    """Promises by state: any period not held puts a promise first, else its latest state counts."""
    reach = formats.date_moment(register.sources_reach, copy.language)
    by_state: dict[State, list[tuple[Promise, tuple[PeriodState, ...]]]] = {
        state: [] for state in _ORDER
    }
    reports = promise_reports(copy.state, copy.view, register)
    for promise in sorted(register.promises, key=lambda one: (one.made_on.first, one.id)):
        states = assess(register, promise, today, reports)
        by_state[_telling(states)].append((promise, states))
    return tuple(
        PromiseGroup(
            state=state.value,
            word=copy.say_of("promise", state),
            means=copy.say_of("promise-means", state),
            looked=copy.say("looked-where", at=reach) if state is State.NONE_FOUND else "",
            count=formats.number(len(rows)),
            promises=tuple(_promise_block(copy, register, *row) for row in rows),
        )
        for state, rows in by_state.items()
    )


def _telling(states: tuple[PeriodState, ...]) -> State:
    """The state under which a promise is listed: the latest that says something."""
    known = [one.state for one in states]
    if State.NOT_HELD in known:
        return State.NOT_HELD
    telling = [state for state in known if state is not State.NOT_KNOWN]
    return telling[-1] if telling else State.NOT_KNOWN


def _promise_block(
    copy: Copy, register: Register, promise: Promise, states: tuple[PeriodState, ...]
) -> PromiseBlock:
    due = promise.due
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
        periods=tuple(period_row(copy, register, one) for one in states),
        remarks=remark_rows(copy, register, promise.id),
    )


def _event_row(copy: Copy, register: Register, event: Event) -> EventRow:
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
        remarks=remark_rows(copy, register, event.id),
        cite_href=copy.address("register", event.id),
    )


def _open_word(copy: Copy, family: str, value: str) -> Shown:
    """The word for a register's value; the value itself, marked as English, where we have none."""
    word = copy.say_of(family, value)
    return Said(word, "en") if word == value and copy.language != "en" else word
