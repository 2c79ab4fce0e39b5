"""The documents of the desk: a series of meetings, and rows that say something of one meeting.

A date is a day, or a month whose day no source gave. Announced is not held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.desks.rows import Place
from architrave.institution.register_rows import ReportedDate

__all__ = ["MeetingRow", "MeetingStatus", "Promised", "Series"]


class Promised(StrEnum):
    """How often a series was said to meet; *none seen* where no source gave an interval."""

    ANNUAL = "annual"
    QUARTERLY = "quarterly"
    NONE_SEEN = "none-seen"


class MeetingStatus(StrEnum):
    """What a source says of a meeting.

    Announced: that it will be held then. Put off: that it was to be held then, and was not. Held:
    that it was. Not held: that the series did not meet in the period that holds the day.
    """

    ANNOUNCED = "announced"
    PUT_OFF = "put-off"
    HELD = "held"
    NOT_HELD = "not-held"


@dataclass(frozen=True, slots=True)
class Series:
    """A dialogue of two parties or more.

    `since` is the year, month or day of its founding as the source gives it. `searched_to` is how
    far sources that speak of it were seen: beyond, nothing is known.
    """

    id: str
    names: Mapping[str, str]
    parties: tuple[str, ...]
    level: str
    since: str
    promised: Promised
    promised_on: ReportedDate | None
    promised_source: str
    searched_to: ReportedDate
    source: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """What one source says of one meeting; `meeting` is the same in all rows about it.

    `when` bounds its first day; `last` its last day, where that is another. `where` is a place.
    """

    series: str
    meeting: str
    ordinal: int | None
    status: MeetingStatus
    when: ReportedDate
    last: ReportedDate
    where: str
    source: str
    note: str
    place: Place
