"""Promised and held: the state of each promise of the register, period by period.

A state is computed from links and reports, and comes with its reason as a key and values, so that
each language has its own sentence. Absence of a row is *none found*, never a failure; only a
source or a seat that says so makes a promise *not held*, and only that is ever called late.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from architrave.institution.register_rows import (
    Cadence,
    Event,
    Promise,
    Register,
    Relation,
    ReportedDate,
)

__all__ = [
    "Period",
    "PeriodState",
    "PromiseReport",
    "Reason",
    "ReasonKey",
    "State",
    "SummaryRow",
    "assess",
    "counts",
    "is_late",
    "periods",
    "summary",
]

_MONTHS = {Cadence.ANNUAL: 12, Cadence.QUARTERLY: 3}


class State(StrEnum):
    """The five states of a promise in a period."""

    HELD = "held"
    REPORTED = "reported"
    NOT_HELD = "not-held"
    NONE_FOUND = "none-found"
    NOT_KNOWN = "not-known"


class ReasonKey(StrEnum):
    """Why a period has its state; the names in brackets are the values that come with the key."""

    LINKED_EVENT = "linked-event"  # held (latest: date)
    LINKED_AND_DENIED = "linked-and-denied"  # held, though a source or seat denies it (latest)
    ACCEPTED_REPORT = "accepted-report"  # held (seat)
    HELD_AFTER_DUE = "held-after-due"  # held (latest, due)
    SEAT_REPORT = "seat-report"  # reported (seat)
    SOURCE_DENIES = "source-denies"  # not held (on: date)
    SEAT_DENIES = "seat-denies"  # not held (seat)
    SOURCES_SHOW_NOTHING = "sources-show-nothing"  # none found (reach: date)
    SOURCES_END = "sources-end"  # not known (reach: date)
    DATE_UNSETTLED = "date-unsettled"  # not known: a month that crosses the edge (date)
    NO_DUE_DATE = "no-due-date"  # not known: open, nothing linked (reach)
    NOT_MEASURABLE = "not-measurable"  # not known: standing, nothing linked (reach)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both inclusive; an open period has no last day."""

    first: date
    last: date | None

    def contains(self, when: ReportedDate) -> bool:
        """True if the date lies wholly inside."""
        return self.first <= when.first and (self.last is None or when.last <= self.last)

    def touches(self, when: ReportedDate) -> bool:
        """True if at least one possible day of the date lies inside."""
        return self.first <= when.last and (self.last is None or when.first <= self.last)

    def has_day(self, day: date) -> bool:
        """True if the day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """What a seat says of a promise for the period that holds the day `on`. `accepted` means by
    the bodies that the charter names; `symbol` is the symbol of the record entry."""

    promise: str
    seat: str
    on: date
    held: bool
    accepted: bool
    symbol: str


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of a state: a key of the glossary's sentences, and its values by name."""

    key: ReasonKey
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodState:
    """The state of one promise in one period, with what it rests on.

    `events` kept the promise, by id; `related` were weighed and not counted; `sources` are
    addresses of pages, or symbols of the record for reports.
    """

    promise: str
    period: Period
    state: State
    reason: Reason
    events: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the table "promised and held"."""

    promise: Promise
    states: tuple[PeriodState, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What bears on one period: events by date, addresses that deny, reports of seats."""

    held: tuple[Event, ...]
    unsettled: tuple[Event, ...]
    related: tuple[Event, ...]
    denials: tuple[tuple[date, str], ...]
    reports: tuple[PromiseReport, ...]


def is_late(state: State) -> bool:
    """True only for *not held*: nothing else is ever called late."""
    return state is State.NOT_HELD


def periods(promise: Promise, until: date) -> tuple[Period, ...]:
    """The periods of a promise that have begun by a day, in order and without gaps.

    Yearly and quarterly: consecutive years or quarters from the day it was made (for a month, its
    first day). If the due date does not hold the end of the first of them, the first period runs
    to the due date instead and the others follow from there. Once: from the day it was made to
    the due date, or open. Standing: one open period.
    """
    start = promise.made_on.first
    if start > until:
        return ()
    months = _MONTHS.get(promise.cadence)
    if months is None:
        ends = promise.due.last if promise.due and promise.cadence is Cadence.ONCE else None
        return (Period(start, ends),)
    found: list[Period] = []
    first_end = _months_after(start, months) - timedelta(days=1)
    if promise.due and not (promise.due.first <= first_end + timedelta(days=1) <= promise.due.last):
        found.append(Period(start, promise.due.last))
        start = promise.due.last + timedelta(days=1)
    count = 0
    while (first := _months_after(start, months * count)) <= until:
        count += 1
        found.append(Period(first, _months_after(start, months * count) - timedelta(days=1)))
    return tuple(found)


def assess(
    register: Register, promise: Promise, today: date, reports: Iterable[PromiseReport] = ()
) -> tuple[PeriodState, ...]:
    """The state of a promise in each period begun by `today`, oldest first.

    Events and denials dated after `today` are left out. A promise due once that was kept after its
    due date gets a second, open period which says so.
    """
    told = tuple(report for report in reports if report.promise == promise.id)
    spans = periods(promise, today)
    states = [_state(register, promise, span, today, told) for span in spans]
    if promise.cadence is Cadence.ONCE and spans and spans[0].last is not None:
        after = Period(spans[0].last + timedelta(days=1), None)
        later = _evidence(register, promise, after, today, told)
        if later.held and states[0].state is not State.HELD:
            reason = _reason(
                ReasonKey.HELD_AFTER_DUE, latest=_latest(later.held), due=str(promise.due)
            )
            states.append(_with(promise, after, State.HELD, reason, later))
    return tuple(states)


def summary(
    register: Register, today: date, reports: Sequence[PromiseReport] = ()
) -> tuple[SummaryRow, ...]:
    """The front page's table: yearly promises with a due date made at the header's `front_event`.

    Promises of regular work without a due date are yearly only in our reading, so they stay out.
    The promise of the highest meeting comes first.
    """
    chosen = (
        promise
        for promise in register.promises
        if promise.made_at == register.header.front_event
        and promise.cadence is Cadence.ANNUAL
        and promise.due is not None
    )
    return tuple(
        SummaryRow(promise, assess(register, promise, today, reports))
        for promise in sorted(chosen, key=lambda promise: _rank(register, promise))
    )


def _rank(register: Register, promise: Promise) -> tuple[tuple[int, int], int]:
    """Where a promise stands among others: level and kind of its highest meeting, then its pillar.

    The vocabulary's own order decides. What no event bears on stands after all else.
    """
    order = register.header.vocabulary
    kinds, levels = order["kind"], order["level"]
    links = register.fulfilments_of.get(promise.id, ())
    events = [register.event_by_id[one.event] for one in links if one.event]
    ranks = ((levels.index(one.level), kinds.index(one.kind)) for one in events)
    return min(ranks, default=(len(levels), len(kinds))), order["pillar"].index(promise.pillar)


def counts(register: Register) -> dict[str, int]:
    """Number of rows by kind."""
    return {
        "events": len(register.events),
        "promises": len(register.promises),
        "fulfilments": len(register.fulfilments),
    }


def _state(
    register: Register,
    promise: Promise,
    period: Period,
    today: date,
    reports: Sequence[PromiseReport],
) -> PeriodState:
    found = _evidence(register, promise, period, today, reports)
    state, reason = _judged(promise, period, found, min(today, register.sources_reach))
    return _with(promise, period, state, reason, found)


def _judged(
    promise: Promise, period: Period, found: _Evidence, reach: date
) -> tuple[State, Reason]:
    denying = [report for report in found.reports if not report.held]
    accepted = [report for report in found.reports if report.held and report.accepted]
    reporting = [report for report in found.reports if report.held and not report.accepted]
    if found.held:
        denied = bool(found.denials or denying)
        key = ReasonKey.LINKED_AND_DENIED if denied else ReasonKey.LINKED_EVENT
        return State.HELD, _reason(key, latest=_latest(found.held))
    if accepted:
        return State.HELD, _reason(ReasonKey.ACCEPTED_REPORT, seat=accepted[-1].seat)
    if found.denials:
        return State.NOT_HELD, _reason(ReasonKey.SOURCE_DENIES, on=str(found.denials[-1][0]))
    if denying:
        return State.NOT_HELD, _reason(ReasonKey.SEAT_DENIES, seat=denying[-1].seat)
    if reporting:
        return State.REPORTED, _reason(ReasonKey.SEAT_REPORT, seat=reporting[-1].seat)
    if found.unsettled:
        return State.NOT_KNOWN, _reason(
            ReasonKey.DATE_UNSETTLED, date=str(found.unsettled[-1].date)
        )
    if promise.cadence is Cadence.STANDING:
        return State.NOT_KNOWN, _reason(ReasonKey.NOT_MEASURABLE, reach=str(reach))
    if period.last is None:
        return State.NOT_KNOWN, _reason(ReasonKey.NO_DUE_DATE, reach=str(reach))
    if reach < period.last:
        return State.NOT_KNOWN, _reason(ReasonKey.SOURCES_END, reach=str(reach))
    return State.NONE_FOUND, _reason(ReasonKey.SOURCES_SHOW_NOTHING, reach=str(reach))


def _evidence(
    register: Register,
    promise: Promise,
    period: Period,
    today: date,
    reports: Sequence[PromiseReport],
) -> _Evidence:
    links = register.fulfilments_of.get(promise.id, ())
    dated = [
        (link.relation, event)
        for link in links
        if link.event and (event := register.event_by_id[link.event]).date.first <= today
    ]
    kept = [event for relation, event in dated if relation is Relation.HELD]
    return _Evidence(
        held=_by_date(event for event in kept if period.contains(event.date)),
        unsettled=_by_date(
            event
            for event in kept
            if period.touches(event.date) and not period.contains(event.date)
        ),
        related=_by_date(
            event
            for relation, event in dated
            if relation is Relation.RELATED and period.touches(event.date)
        ),
        denials=tuple(
            sorted(
                (link.applies_on, link.source)
                for link in links
                if link.applies_on and link.applies_on <= today and period.has_day(link.applies_on)
            )
        ),
        reports=tuple(
            sorted(
                (report for report in reports if period.has_day(report.on)),
                key=lambda report: (report.on, report.symbol),
            )
        ),
    )


def _with(
    promise: Promise, period: Period, state: State, reason: Reason, found: _Evidence
) -> PeriodState:
    pages = [event.source for event in found.held]
    pages += [source for _, source in found.denials]
    pages += [report.symbol for report in found.reports]
    return PeriodState(
        promise=promise.id,
        period=period,
        state=state,
        reason=reason,
        events=tuple(event.id for event in found.held),
        related=tuple(event.id for event in (*found.unsettled, *found.related)),
        sources=tuple(dict.fromkeys(pages)),
    )


def _reason(key: ReasonKey, **values: str) -> Reason:
    return Reason(key, tuple(values.items()))


def _latest(events: Sequence[Event]) -> str:
    return str(events[-1].date)


def _by_date(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.date.last, event.id)))


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
