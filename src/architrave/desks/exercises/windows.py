"""The next clean windows of a series, and why each earlier day was not one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from architrave.desks.exercises.calendars import Calendars
from architrave.desks.exercises.clashes import Clash, Occasion, clashes
from architrave.desks.exercises.model import ClashKind, Placed, Programme, Series

__all__ = ["Search", "Unclean", "Window", "said", "windows"]

EVERY_KIND = frozenset(ClashKind)


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which an edition could be held, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Unclean:
    """First days in a row that were looked at and are not clean, all for the same reasons."""

    first: date
    last: date
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """For example "12 to 26 May 2031: public holiday in KOR; force elm: in maintenance"."""
        return f"{said(self.first, self.last)}: {'; '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Search:
    """The windows found, what came before them, and the last first day that was looked at."""

    windows: tuple[Window, ...]
    unclean: tuple[Unclean, ...]
    looked_until: date


def windows(
    programme: Programme,
    series: Series,
    from_day: date,
    booked: Sequence[Placed] = (),
    calendars: Calendars | None = None,
    occasions: Sequence[Occasion] = (),
    count: int = 3,
    every_day: bool = False,
    kinds: Collection[ClashKind] = EVERY_KIND,
) -> Search:
    """The next `count` windows that begin on `from_day` or later, and end within the horizon.

    Mondays are looked at, or every day. The next window begins after the last one has ended.
    A clash of a kind that is not among `kinds` is let pass. Lead time is the caller's: `from_day`
    is the first day that is not too soon. Raises BadInput for a year without lists of holidays.
    """
    found: list[Window] = []
    unclean: list[Unclean] = []
    day = max(from_day, programme.horizon.first)
    looked = day
    length = timedelta(days=series.days - 1)
    while day + length <= programme.horizon.last and len(found) < count:
        if not every_day and day.weekday():
            day += timedelta(days=7 - day.weekday())
            continue
        looked = day
        reasons = _reasons(
            series, day, clashes(programme, series, day, booked, calendars, occasions), kinds
        )
        if reasons:
            _add(unclean, day, reasons, 1 if every_day else 7)
            day += timedelta(days=1)
        else:
            found.append(Window(day, day + length))
            day += length + timedelta(days=1)
    return Search(tuple(found), tuple(unclean), looked)


def _reasons(
    series: Series, day: date, found: Sequence[Clash], kinds: Collection[ClashKind]
) -> tuple[str, ...]:
    if series.months and day.month not in series.months:
        return ("not one of the months in which it may start",)
    reasons = []
    holidays = [one for one in found if one.kind is ClashKind.HOLIDAY]
    if holidays and ClashKind.HOLIDAY in kinds:
        parties = {party for one in holidays for party in one.parties}
        named = ", ".join(party for party in series.parties if party in parties)
        reasons.append(f"public holidays in {named}")
    reasons += [
        one.what for one in found if one.kind in kinds and one.kind is not ClashKind.HOLIDAY
    ]
    return tuple(dict.fromkeys(reasons))


def _add(unclean: list[Unclean], day: date, reasons: tuple[str, ...], step: int) -> None:
    if unclean and unclean[-1].reasons == reasons and (day - unclean[-1].last).days == step:
        unclean[-1] = Unclean(unclean[-1].first, day, reasons)
    else:
        unclean.append(Unclean(day, day, reasons))


def said(first: date, last: date) -> str:
    """Days in words, as short as they can be: "12 to 16 May 2031"."""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {end}"
    return f"{first.day} {first:%B} {first.year} to {end}"
