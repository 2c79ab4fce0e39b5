"""Periods, and the instant at which one has run.

Hours and days are spans of time: a day is 24 hours. Working days are whole calendar days after the
day of receipt, counted in the party's fixed offset from UTC, so that every node counts alike and
summer time moves nothing; Saturdays, Sundays and the party's listed holidays are passed over. The
period has run when the last counted day has ended.

    received Friday 15:30, two working days  ->  Tuesday 24:00 (Wednesday 00:00)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from architrave.charter.errors import UncountedYear

__all__ = ["DAY_MS", "HOUR_MS", "Calendar", "Period", "Unit", "earliest_close", "is_working_day"]

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
_MINUTE_MS = 60_000
_EPOCH = date(1970, 1, 1).toordinal()
_SATURDAY = 5


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


class Calendar(Protocol):
    """What counting needs to know of a party."""

    @property
    def id(self) -> str:
        """The party, for messages."""

    @property
    def offset_minutes(self) -> int:
        """Fixed distance from UTC in minutes, east positive."""

    @property
    def holidays(self) -> Collection[date]:
        """Public holidays, in the party's own calendar days."""

    @property
    def holiday_years(self) -> tuple[int, int]:
        """First and last year for which holidays are listed."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a charter words it: `count` is 1 or more."""

    unit: Unit
    count: int

    def end_after(self, start_ms: int, party: Calendar) -> int:
        """The instant (ms since 1970) at which the period, begun at `start_ms`, has run.

        Raises UncountedYear where working days lead beyond the listed holidays.
        """
        return earliest_close(start_ms, self, party)

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.count} {words if self.count != 1 else words.removesuffix('s')}"


def earliest_close(received_ms: int, period: Period, party: Calendar) -> int:
    """Return the earliest instant (ms since 1970) at which a party's period has run.

    `received_ms` is the instant of receipt. Raises UncountedYear where a day that has to be judged
    lies outside the years for which the charter lists the party's holidays.
    """
    if period.unit is Unit.HOURS:
        return received_ms + period.count * HOUR_MS
    if period.unit is Unit.DAYS:
        return received_ms + period.count * DAY_MS
    offset_ms = party.offset_minutes * _MINUTE_MS
    day = (received_ms + offset_ms) // DAY_MS + _EPOCH
    left = period.count
    while left:
        day += 1
        left -= is_working_day(date.fromordinal(day), party)
    return (day + 1 - _EPOCH) * DAY_MS - offset_ms


def is_working_day(day: date, party: Calendar) -> bool:
    """Say whether a calendar day counts for a party.

    Raises UncountedYear for a day in a year whose holidays are not listed.
    """
    first, last = party.holiday_years
    if not first <= day.year <= last:
        raise UncountedYear(party.id, day.year, first, last)
    return day.weekday() < _SATURDAY and day not in party.holidays
