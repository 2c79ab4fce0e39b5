"""Times as officers type them and as the terminal shows them.

Typed: ``2027-03-01``, ``2027-03-01 15:30 Alder``, ``2027-03-01T15:30+09:00``, ``2027-03-01 06:30Z``
or ``2027-03-01 15:30 Etc/GMT-9``. A time of day without a zone is refused: three capitals would
read it in three ways. Shown: on each capital's clock and in UTC, equal clocks together.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from architrave.charter.model import Charter
from architrave.portal.composing.parties import party_named
from architrave.portal.composing.unclear import Unclear

__all__ = ["clocks", "day_end", "instant", "utc"]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TYPED = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s*(?P<zone>\S.*)?)?"
)
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")


def instant(text: str, charter: Charter, place: str, day_means_end: bool = False) -> int:
    """The instant (ms since 1970) that a text names.

    A day alone is its beginning in UTC, or with `day_means_end` its last millisecond. Unclear,
    naming `place`, for anything that is not a time or lacks its zone.
    """
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        raise Unclear(
            f"{place}: expected a date such as 2027-03-01 or a time such as "
            f"'2027-03-01 15:30 {_capital(charter)}', found {text!r}."
        )
    try:
        day = date.fromisoformat(typed["day"])
        clock = time.fromisoformat(typed["clock"].zfill(5)) if typed["clock"] else None
    except ValueError as fault:
        raise Unclear(f"{place}: {text!r} is no time ({fault}).") from fault
    if not 1 < day.year < 9999:
        # On another clock it would fall outside the calendar.
        raise Unclear(f"{place}: {text!r} is no time (a year from 2 to 9998 expected).")
    if clock is None:
        return day_end(day) - 1 if day_means_end else _ms(datetime.combine(day, time(), UTC))
    if not typed["zone"]:
        raise Unclear(
            f"{place}: {text!r} lacks its zone; add Z, an offset such as +09:00 or a capital "
            f"such as {_capital(charter)}."
        )
    return _ms(datetime.combine(day, clock, _zone(typed["zone"].strip(), charter, place)))


def _zone(text: str, charter: Charter, place: str) -> tzinfo:
    if text.upper() in ("Z", "UTC"):
        return UTC
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        distance = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if distance < timedelta(hours=24):
            return timezone(-distance if offset[1] == "-" else distance)
    party = party_named(charter, text)
    try:
        return ZoneInfo(party.time_zone if party is not None else text)
    except (ValueError, OSError, KeyError) as fault:
        raise Unclear(
            f"{place}: {text!r} is no time zone; write Z, an offset such as +09:00, a zone such "
            f"as {charter.parties[0].time_zone} or a capital."
        ) from fault


def _capital(charter: Charter) -> str:
    return charter.parties[0].capital["en"]


def day_end(day: date) -> int:
    """The instant (ms) at which a day is over in UTC."""
    return _ms(datetime.combine(day, time(), UTC) + timedelta(days=1))


def _ms(when: datetime) -> int:
    return round(when.timestamp() * 1000)


def utc(ms: int) -> str:
    """An instant in UTC to the second, for example ``2027-01-11 00:00:03Z``."""
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def clocks(ms: int, charter: Charter, own: str) -> str:
    """An instant on each capital's clock and in UTC; capitals whose clocks agree stand together.

    The capitals stand in the order of the copy that `own` keeps. A clock that shows the same day as
    the one before it leaves the day out: ``12 Jan 2027 15:00 Alder; 01:00 Birch; 06:00 UTC``.
    """
    shown: dict[datetime, list[str]] = {}
    for party in charter.order("en", own):
        found = charter.party(party)
        shown.setdefault(_wall(ms, ZoneInfo(found.time_zone)), []).append(found.capital["en"])
    shown.setdefault(_wall(ms, UTC), []).append("UTC")
    walls = list(shown)
    return "; ".join(
        f"{_clock(wall, walls[place - 1] if place else None)} {' and '.join(shown[wall])}"
        for place, wall in enumerate(walls)
    )


def _wall(ms: int, zone: tzinfo) -> datetime:
    """What a clock on the wall shows; equal for zones that agree at this instant."""
    return datetime.fromtimestamp(ms // 1000, zone).replace(tzinfo=None)


def _clock(wall: datetime, before: datetime | None) -> str:
    day = f"{wall.day} {_MONTHS[wall.month - 1]} "
    if before is None or before.year != wall.year:
        return f"{day}{wall.year} {wall:%H:%M}"
    return f"{'' if before.date() == wall.date() else day}{wall:%H:%M}"
