"""The shapes of `architrave dialogues … --json`, and how their rows are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.dialogues.calendar import (
    Announcement,
    Days,
    Gap,
    announcements,
    gaps,
    held,
    kept,
)
from architrave.desks.dialogues.model import MeetingRow, Series
from architrave.institution.promises import PeriodState

__all__ = [
    "AnnouncedRow",
    "CouncilRow",
    "CouncilSheet",
    "DialoguesSheet",
    "GapRow",
    "HeldRow",
    "PeriodRow",
    "SeriesSheet",
    "period_row",
    "series_sheet",
]


@dataclass(frozen=True, slots=True)
class DialoguesSheet:
    """What `dialogues show --json` prints."""

    today: str
    compiled: str
    series: list[SeriesSheet]
    assessment: dict[str, object]
    digest: str


@dataclass(frozen=True, slots=True)
class SeriesSheet:
    series: str
    names: dict[str, str]
    parties: list[str]
    level: str
    since: str
    promised: str
    promised_on: str
    promised_source: str
    searched_to: str
    source: str
    note: str
    held: list[HeldRow]
    announced: list[AnnouncedRow]
    gaps: list[GapRow]
    periods: list[PeriodRow]


@dataclass(frozen=True, slots=True)
class HeldRow:
    meeting: str
    ordinal: int | None
    first: str
    last: str
    place: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class AnnouncedRow:
    meeting: str
    first: str
    last: str
    status: str
    state: str
    held: str
    slipped: list[int] | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class GapRow:
    before: str
    after: str
    days: list[int]
    due: str
    beyond: list[int] | None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    first: str
    last: str
    state: str
    reason: str
    values: dict[str, str]
    events: list[str]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class CouncilSheet:
    """What `dialogues council --json` prints."""

    today: str
    compiled: str
    sources_reach: str
    promises: list[CouncilRow]


@dataclass(frozen=True, slots=True)
class CouncilRow:
    promise: str
    text: str
    body: str
    cadence: str
    made_on: str
    source: str
    periods: list[PeriodRow]


def series_sheet(series: Series, rows: Sequence[MeetingRow], day: date) -> SeriesSheet:
    """A series with its whole calendar."""
    return SeriesSheet(
        series=series.id,
        names=dict(series.names),
        parties=list(series.parties),
        level=series.level,
        since=series.since,
        promised=series.promised.value,
        promised_on="" if series.promised_on is None else str(series.promised_on),
        promised_source=series.promised_source,
        searched_to=str(series.searched_to),
        source=series.source,
        note=series.note,
        held=[_held(row) for row in held(series, rows, day)],
        announced=[_announced(one) for one in announcements(series, rows, day)],
        gaps=[_gap(one) for one in gaps(series, rows, day)],
        periods=[period_row(state) for state in kept(series, rows, day)],
    )


def _held(row: MeetingRow) -> HeldRow:
    return HeldRow(
        meeting=row.meeting,
        ordinal=row.ordinal,
        first=str(row.when),
        last=str(row.last),
        place=row.where,
        source=row.source,
        note=row.note,
    )


def _announced(one: Announcement) -> AnnouncedRow:
    return AnnouncedRow(
        meeting=one.row.meeting,
        first=str(one.row.when),
        last=str(one.row.last),
        status=one.row.status.value,
        state=one.state.value,
        held="" if one.held is None else str(one.held.when),
        slipped=_ends(one.slipped),
        source=one.row.source,
        note=one.row.note,
    )


def _gap(one: Gap) -> GapRow:
    return GapRow(
        before=one.before.meeting,
        after=one.after.meeting,
        days=[one.days.fewest, one.days.most],
        due="" if one.due is None else one.due.isoformat(),
        beyond=_ends(one.beyond),
    )


def period_row(state: PeriodState) -> PeriodRow:
    """A period of a promise as a row of the sheet."""
    last = state.period.last
    return PeriodRow(
        first=state.period.first.isoformat(),
        last="" if last is None else last.isoformat(),
        state=state.state.value,
        reason=state.reason.key.value,
        values=dict(state.reason.values),
        events=list(state.events),
        sources=list(state.sources),
    )


def _ends(days: Days | None) -> list[int] | None:
    return None if days is None else [days.fewest, days.most]
