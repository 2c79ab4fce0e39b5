"""The register of what was promised and held as public data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from architrave.institution.acts import Confirmed, Corrected, Revised, Tabled, kind_of
from architrave.institution.promises import PeriodState, PromiseReport, assess
from architrave.institution.register import Event as EventRow
from architrave.institution.register import Promise as PromiseRow
from architrave.institution.register import Register as Rows
from architrave.institution.register_rows import ORIGINAL
from architrave.institution.remarks import promise_reports, remarks
from architrave.peer.peer import Peer
from architrave.portal.data.api_books import (
    Event,
    Promise,
    PromiseState,
    Register,
    RegisterRow,
    Remark,
)
from architrave.portal.data.api_rows import Texts
from architrave.portal.data.data_values import coded, instant, line_name, texts
from architrave.portal.reading import Copy
from architrave.portal.register.register_listing import counted_to

__all__ = ["register_data", "register_row", "register_rows"]


def register_data(copy: Copy) -> Register | None:
    """The whole register; None if this copy has none."""
    rows = copy.register
    if rows is None:
        return None
    promises, events = _all_rows(copy, rows)
    return Register(
        title=texts(rows.header.title),
        standing=texts(rows.header.standing),
        attribution=rows.header.attribution[ORIGINAL],
        compiled_by=texts(rows.header.attribution),
        licence=rows.header.licence[ORIGINAL],
        sources_reach=rows.sources_reach,
        as_of=counted_to(copy, rows),
        digest=rows.digest,
        noted=_noted(copy, rows.digest),
        gaps=tuple(texts(gap) for gap in rows.header.gaps),
        promises=promises,
        events=events,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """All rows as they were read last, kept until what they show changes: `stamp` says what."""

    rows: Rows
    stamp: object
    promises: tuple[Promise, ...]
    events: tuple[Event, ...]
    by_id: tuple[RegisterRow, ...]


# One for each peer of this process; read and written under the reading lock only.
_read: WeakKeyDictionary[Peer, _Read] = WeakKeyDictionary()


def _all_rows(copy: Copy, rows: Rows) -> tuple[tuple[Promise, ...], tuple[Event, ...]]:
    """Every promise and event. Most lines of the record change none of them."""
    day, reports = counted_to(copy, rows), promise_reports(copy.state, copy.view, rows)
    facts = (copy.view.last(several) for several in copy.state.remarks.values())
    said = frozenset((one.tip, copy.final.holds(one)) for one in facts if one is not None)
    stamp = (day, reports, said, copy.peer.erasing.times)
    found = _read.get(copy.peer)
    if found is None or found.rows is not rows or found.stamp != stamp:
        promises = tuple(_promise(copy, rows, one, day, reports) for one in rows.promises)
        events = tuple(_event(copy, rows, one) for one in rows.events)
        by_id = tuple(_row(rows, one, day) for one in (*promises, *events))
        found = _read[copy.peer] = _Read(rows, stamp, promises, events, by_id)
    return found.promises, found.events


def register_row(copy: Copy, name: str) -> RegisterRow | None:
    """One row of the register; None if there is no such row."""
    rows = copy.register
    if rows is None:
        return None
    promise, event = rows.promise_by_id.get(name), rows.event_by_id.get(name)
    if promise is not None:
        day, reports = counted_to(copy, rows), promise_reports(copy.state, copy.view, rows)
        return _row(rows, _promise(copy, rows, promise, day, reports), day)
    return _row(rows, _event(copy, rows, event), None) if event is not None else None


def register_rows(copy: Copy, register: Register) -> tuple[RegisterRow, ...]:
    """Every row of this copy's register, from what `register_data` read."""
    read = _read[copy.peer]
    assert read.promises is register.promises
    return read.by_id


def _row(rows: Rows, one: Promise | Event, day: date | None) -> RegisterRow:
    return RegisterRow(
        id=one.id,
        cite={language: rows.cite(one.id, language) for language in rows.header.title},
        as_of=day if isinstance(one, Promise) else None,
        promise=one if isinstance(one, Promise) else None,
        event=one if isinstance(one, Event) else None,
    )


def _noted(copy: Copy, digest: str) -> tuple[str, ...]:
    """The matters whose text names the digest of the register."""
    found = []
    for standing in copy.told.matters:
        for version in standing.versions:
            act = version.version.fact.act
            if isinstance(act, Tabled | Revised):
                said = act.wording
                lines = [said.document, *said.title.values(), *said.summary.values()]
                if digest in said.digests.values() or any(digest in one for one in lines):
                    found.append(standing.symbol)
    return tuple(dict.fromkeys(found))


def _english(text: str) -> Texts:
    """A text of the register, which is written in English; empty if there is none."""
    return {"en": text} if text else {}


def _promise(
    copy: Copy, rows: Rows, one: PromiseRow, day: date, reports: tuple[PromiseReport, ...]
) -> Promise:
    return Promise(
        id=one.id,
        digest=rows.row_digest(one.id),
        text=_english(one.text),
        made_on=str(one.made_on),
        made_at=one.made_at,
        body=_english(one.body),
        pillar=coded("pillar", one.pillar),
        cadence=coded("cadence", one.cadence),
        due=str(one.due) if one.due is not None else "",
        status=_english(one.status),
        status_source=one.status_source,
        source=one.source,
        periods=tuple(_period(state) for state in assess(rows, one, day, reports)),
        remarks=_remarks(copy, rows, one.id),
    )


def _period(one: PeriodState) -> PromiseState:
    return PromiseState(
        first=one.period.first,
        last=one.period.last,
        state=coded("promise", one.state),
        reason=one.reason.key.value,
        values=dict(one.reason.values),
        events=one.events,
        related=one.related,
        sources=one.sources,
    )


def _event(copy: Copy, rows: Rows, one: EventRow) -> Event:
    return Event(
        id=one.id,
        digest=rows.row_digest(one.id),
        on=str(one.date),
        until=str(one.end_date) if one.end_date is not None else "",
        title=_english(one.title),
        kind=coded("event", one.kind),
        level=one.level,
        parties=one.parties,
        pillar=coded("pillar", one.pillar),
        place=_english(one.place),
        summary=_english(one.summary),
        source=one.source,
        remarks=_remarks(copy, rows, one.id),
    )


def _remarks(copy: Copy, rows: Rows, row: str) -> tuple[Remark, ...]:
    found = []
    for one in remarks(copy.state, copy.view, row, rows.row_digest(row)):
        act = one.act
        corrected = act if isinstance(act, Corrected) else None
        if isinstance(act, Confirmed):
            said = act.note
        else:
            said = act.correction if isinstance(act, Corrected) else act.reason
        found.append(
            Remark(
                party=one.fact.party,
                kind=coded("kind", kind_of(act)),
                text=texts(said),
                state=corrected.state if corrected is not None else "",
                on=corrected.on if corrected is not None else "",
                source=corrected.source if corrected is not None else "",
                at=instant(one.fact.t),
                line=line_name(copy, one.fact.tip),
                present=one.present,
                final=copy.final.holds(one.fact),
            )
        )
    return tuple(found)
