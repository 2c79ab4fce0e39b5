"""The record as it stood at the end of a day, and the reading of the day that a page is asked for.

A day ends at midnight UTC, as it does for `--as-of` on the command line: every copy that holds the
same lines gives the same answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from architrave.charter.model import Charter
from architrave.institution.amendments import charter_at
from architrave.institution.state import Institution, View
from architrave.portal import formats
from architrave.portal.charter.pages_charter import AsOf
from architrave.portal.reading import Copy

__all__ = ["Asked", "CopyThen", "CopyUnder", "asked_day", "begun", "day_end"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_QUOTED = 40


@dataclass(frozen=True)
class CopyThen(Copy):
    """A copy as it stood at an instant `at` (ms): the lines dated up to then, and their charter."""

    at: int = field(kw_only=True)

    @cached_property
    def view(self) -> View:
        """What counted then: the largest part of the record that is dated up to then."""
        now = self.peer.view()
        return replace(now, cut=self.peer.history.dated_cut(now.cut, self.at))

    @cached_property
    def state(self) -> Institution:
        """What the record says; its charter is the one that held then."""
        state = self.peer.state
        return state.but(charter=charter_at(state, self.view)) if state.amended else state


@dataclass(frozen=True)
class CopyUnder(Copy):
    """A copy read under a charter of its past, to show what that charter said."""

    under: Charter = field(kw_only=True)

    @cached_property
    def state(self) -> Institution:
        """What the record says; its charter is the given one."""
        return self.peer.state.but(charter=self.under)


@dataclass(frozen=True, slots=True)
class Asked:
    """The copy to show (as it stood then, or as it is), the day it speaks of, and the form."""

    copy: Copy
    day: date
    shown: AsOf


def day_end(day: date) -> int:
    """The last instant (ms) of a day in UTC."""
    return round(datetime.combine(day + timedelta(days=1), time(), UTC).timestamp() * 1000) - 1


def begun(copy: Copy) -> int | None:
    """The time (ms) of the first line of all books; None if there is none."""
    history, cut = copy.view.history, copy.view.cut
    firsts = [history.at(tip, 1) for tips in cut.tips.values() for tip in tips]
    return min((history.entry(tip).header.t for tip in firsts), default=None)


def asked_day(copy: Copy, text: str, *path: str) -> Asked:
    """Read the day in an address (`?on=`); a fault shows the copy as it is, and says so."""
    own = copy.charter.party(copy.peer.party)
    today = max(copy.today(), copy.today(own.time_zone))
    first = begun(copy)
    earliest = formats.day_of(first) if first is not None else None
    day = _read(text)
    fault = ""
    if text and day is None:
        fault = copy.say("asof-no-day", given=text[:_LONGEST_QUOTED])
    elif day is not None and day > today:
        fault = copy.say("asof-future", day=_shown(copy, day), today=_shown(copy, today))
    elif day is not None and earliest is None:
        fault = copy.say("asof-nothing")
    elif day is not None and earliest is not None and day < earliest:
        first_day = _shown(copy, earliest)
        fault = copy.say("asof-before", day=_shown(copy, day), first=first_day)
    past = day is not None and not fault
    shown = AsOf(
        action=copy.address(*path),
        day=day.isoformat() if day is not None and past else "",
        earliest=earliest.isoformat() if earliest is not None else "",
        latest=today.isoformat(),
        said=copy.say("asof-day", day=_shown(copy, day))
        if day is not None and past
        else copy.say("asof-now"),
        fault=fault,
    )
    if day is None or not past:
        return Asked(copy, copy.today(own.time_zone), shown)
    then = CopyThen(
        copy.peer,
        copy.language,
        copy.now,
        copy.register,
        copy.addresses,
        copy.contact,
        at=day_end(day),
    )
    return Asked(then, day, shown)


def _read(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these, its last instant is on no clock.
    return day if 1970 <= day.year < 9999 else None


def _shown(copy: Copy, day: date) -> str:
    return formats.date_text(day, copy.language)
