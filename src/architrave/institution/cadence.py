"""The periods of a commitment: when each one ends.

A period is named by the ISO date of its last day and is over when that day is over in UTC, so that
every copy of the record counts alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from architrave.charter.days import DAY_MS
from architrave.institution.acts import Pledge

__all__ = [
    "CADENCES",
    "LAST_YEAR",
    "day_end",
    "is_period_end",
    "iso_day",
    "months_after",
    "period_ends",
    "within_calendar",
]

CADENCES = {"once": 0, "monthly": 1, "quarterly": 3, "half-yearly": 6, "annual": 12}
"""How many months lie between the ends of two periods; 0 where there is only one."""

LAST_YEAR = 3000
"""No date or instant in an act lies in this year or later: calendars and screens need an end."""

_EPOCH = date(1970, 1, 1)


def iso_day(text: str) -> date | None:
    """The day before the year 3000 that an ISO date names, in its one spelling; None otherwise."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day.year < LAST_YEAR else None


def period_ends(pledge: Pledge, reach: int) -> Iterator[str]:
    """The ends of a commitment's periods, up to the first that is not over at `reach` (ms)."""
    first, step, count = iso_day(pledge.due), CADENCES.get(pledge.cadence, 0), 0
    while first is not None:
        due = months_after(first, step * count).isoformat()
        yield due
        if step == 0 or day_end(due) > reach:
            return
        count += 1


def is_period_end(pledge: Pledge, text: str) -> bool:
    """Say whether a period of a commitment ends on this ISO date."""
    day = iso_day(text)
    return day is not None and text in period_ends(pledge, day_end(text) - 1)


def day_end(due: str) -> int:
    """The instant (ms) at which an ISO day is over in UTC."""
    return ((date.fromisoformat(due) - _EPOCH).days + 1) * DAY_MS


def within_calendar(instant: int) -> bool:
    """Say whether an instant (ms) lies between 1970 and the last year that is counted."""
    return 0 <= instant < (date(LAST_YEAR, 1, 1) - _EPOCH).days * DAY_MS


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    longest = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, longest))
