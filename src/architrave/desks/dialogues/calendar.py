"""What was promised and announced, beside what was held.

Three questions, each answered only where a source allows it:

- `announcements`: was a meeting held on the announced day, and if not, how many days later;
- `gaps`: how long it was from one meeting to the next, and beyond which day if an interval had been
  promised before;
- `kept`: the state of a promised interval in each of its periods, by the same rule as every other
  promise (`institution.promises`).

Where only a month is known, days are given as the fewest and the most that are possible.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from architrave.desks.dialogues.model import MeetingRow, MeetingStatus, Promised, Series
from architrave.institution.promises import PeriodState, PromiseReport, State, assess
from architrave.institution.register_rows import (
    Cadence,
    Event,
    Fulfilment,
    Promise,
    Register,
    RegisterHeader,
    Relation,
    ReportedDate,
)

__all__ = ["Announcement", "Days", "Gap", "announcements", "gaps", "held", "kept", "promise_id"]

_CADENCES = {Promised.ANNUAL: Cadence.ANNUAL, Promised.QUARTERLY: Cadence.QUARTERLY}
_MONTHS = {Promised.ANNUAL: 12, Promised.QUARTERLY: 3}


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days: the fewest and the most that the dates allow."""

    fewest: int
    most: int

    def __str__(self) -> str:
        return str(self.fewest) if self.fewest == self.most else f"{self.fewest} to {self.most}"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A day that was announced, and what became of it.

    `state` is of the announced day: held, not held (only if a source says so), none found, not
    known. `held` is the row that says when the meeting was held, and `slipped` by how many days
    that was later: None unless it surely was later.
    """

    row: MeetingRow
    state: State
    held: MeetingRow | None
    slipped: Days | None


@dataclass(frozen=True, slots=True)
class Gap:
    """From the first day of one meeting to the first day of the next.

    `due` is the day by which the interval promised at that time ends: None without one, and where
    the ordinals say that a meeting between the two was not found. `beyond` is by how many days the
    next meeting was surely later than that.
    """

    before: MeetingRow
    after: MeetingRow
    days: Days
    due: date | None
    beyond: Days | None


def held(series: Series, rows: Sequence[MeetingRow], today: date) -> tuple[MeetingRow, ...]:
    """The meetings that a source says were held up to `today`, in order of time."""
    found = [row for row in _of(series, rows) if row.status is MeetingStatus.HELD]
    past = [row for row in found if row.when.first <= today]
    return tuple(sorted(past, key=lambda row: (row.when.first, row.when.last, row.meeting)))


def announcements(
    series: Series, rows: Sequence[MeetingRow], today: date
) -> tuple[Announcement, ...]:
    """Every day announced for a meeting of the series, and what became of it, in order of time."""
    met = {row.meeting: row for row in held(series, rows, today)}
    planned = [
        row
        for row in _of(series, rows)
        if row.status in (MeetingStatus.ANNOUNCED, MeetingStatus.PUT_OFF)
    ]
    reach = min(today, series.searched_to.last)
    return tuple(
        _announcement(row, met.get(row.meeting), reach)
        for row in sorted(planned, key=lambda row: (row.when.first, row.meeting))
    )


def gaps(series: Series, rows: Sequence[MeetingRow], today: date) -> tuple[Gap, ...]:
    """The time between each meeting that was held and the next one that was found."""
    met = held(series, rows, today)
    return tuple(_gap(series, before, after) for before, after in pairwise(met))


def kept(
    series: Series,
    rows: Sequence[MeetingRow],
    today: date,
    reports: Iterable[PromiseReport] = (),
) -> tuple[PeriodState, ...]:
    """The state of the promised interval in each period begun by `today`; none without a promise.

    A meeting counts after the day of the promise: the one at which it was made keeps nothing.
    """
    if series.promised_on is None:
        return ()
    promise = _promise(series, series.promised_on)
    met = [row for row in held(series, rows, today) if row.when.first > series.promised_on.last]
    denied = [row for row in _of(series, rows) if row.status is MeetingStatus.NOT_HELD]
    links = [_link(promise, row.meeting, Relation.HELD, row) for row in met]
    links += [_link(promise, "", Relation.NOT_HELD, row) for row in denied]
    register = Register(
        _header(series), tuple(_event(series, row) for row in met), (promise,), tuple(links)
    )
    return assess(register, promise, today, reports)


def promise_id(series: Series) -> str:
    """The id by which a report names the promise of a series."""
    return f"{series.id}/interval"


def _of(series: Series, rows: Sequence[MeetingRow]) -> list[MeetingRow]:
    return [row for row in rows if row.series == series.id]


def _announcement(row: MeetingRow, met: MeetingRow | None, reach: date) -> Announcement:
    slipped = None if met is None else _later(_between(row.when, met.when))
    if row.status is MeetingStatus.PUT_OFF:
        state = State.NOT_HELD
    elif met is not None:
        state = State.HELD
    else:
        state = State.NONE_FOUND if row.last.last <= reach else State.NOT_KNOWN
    return Announcement(row, state, met, slipped)


def _gap(series: Series, before: MeetingRow, after: MeetingRow) -> Gap:
    days = _between(before.when, after.when)
    months, made = _MONTHS.get(series.promised), series.promised_on
    numbers = (before.ordinal, after.ordinal)
    missed = None not in numbers and after.ordinal != (before.ordinal or 0) + 1
    if months is None or made is None or made.last > before.when.first or missed:
        return Gap(before, after, days, None, None)
    due = _months_after(before.when.last, months)
    beyond = _later(_between(ReportedDate(due, due), after.when))
    return Gap(before, after, days, due, beyond)


def _between(first: ReportedDate, second: ReportedDate) -> Days:
    return Days((second.first - first.last).days, (second.last - first.first).days)


def _later(days: Days) -> Days | None:
    return days if days.fewest > 0 else None


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _promise(series: Series, made: ReportedDate) -> Promise:
    return Promise(
        id=promise_id(series),
        made_on=made,
        made_at="",
        text=series.note,
        pillar="defence",
        body=series.names["en"],
        cadence=_CADENCES[series.promised],
        due=None,
        status="",
        status_source="",
        source=series.promised_source,
    )


def _event(series: Series, row: MeetingRow) -> Event:
    return Event(
        id=row.meeting,
        date=row.when,
        end_date=row.last,
        title=series.names["en"],
        kind="working-level",
        level=series.level,
        parties=series.parties,
        pillar="defence",
        place=row.where,
        summary=row.note,
        source=row.source,
    )


def _link(promise: Promise, event: str, relation: Relation, row: MeetingRow) -> Fulfilment:
    on = row.when.first if relation is Relation.NOT_HELD else None
    return Fulfilment(promise.id, event, relation, on, row.source, "the desk", row.note)


def _header(series: Series) -> RegisterHeader:
    """Just enough of a register for `institution.promises`: how far sources reach."""
    return RegisterHeader(
        title=series.names,
        standing={},
        gaps=(),
        licence={},
        attribution={},
        sources_reach=series.searched_to.last,
        outsiders=frozenset(),
        front_event="",
        vocabulary={},
    )
