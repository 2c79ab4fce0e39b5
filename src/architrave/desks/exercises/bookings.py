"""Who is booked when: a force, or an area, is never in two places on one day.

A booking comes from a row: days away, a first day that is settled, or a plan that was approved.
What contradicts itself is told with both rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.errors import BadInput
from architrave.desks.exercises.editions import edition_named, labelled, uses_of
from architrave.desks.exercises.model import NOWHERE, Placed, Programme
from architrave.desks.rows import Place

__all__ = ["Booking", "DoubleBooking", "bookings_of", "double_bookings", "refuse_double_bookings"]


@dataclass(frozen=True, slots=True)
class Booking:
    """A force or an area (`of`) is taken on days, both inclusive, for `purpose`; and its row.

    `series` is empty for days away.
    """

    what: str
    of: str
    first: date
    last: date
    purpose: str
    series: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DoubleBooking:
    """Two bookings of one force or area, and the first day on which both take it."""

    one: Booking
    other: Booking
    day: date

    @property
    def sentence(self) -> str:
        """One sentence that names both rows."""
        one, other = self.one, self.other
        return (
            f"{other.place}: the {other.what} {other.of} is taken on {self.day} for "
            f"{other.purpose}, and for {one.purpose} in {one.place}."
        )


def bookings_of(
    programme: Programme, approved: Sequence[tuple[Placed, Place]] = ()
) -> tuple[Booking, ...]:
    """Every booking that is settled: days away, fixed editions, and the rows of a plan.

    A fixed edition that the plan holds too is counted once, as the plan's row has it.
    """
    found = [
        Booking("force", one.force, one.first, one.last, f"{one.kind} ({one.note or 'away'})",
                place=one.place)
        for one in programme.away
    ]  # fmt: skip
    planned = {one.edition for one, _ in approved if not one.part}
    rows = [
        (Placed(one.edition, one.first, programme.series[edition.series].days), one.place)
        for one in programme.fixed
        if one.edition not in planned
        and (edition := edition_named(programme, one.edition)) is not None
    ]
    alone = {(one.edition, one.part) for one, _ in approved if one.part}
    for placed, place in (*rows, *approved):
        parts = [part for edition, part in alone if edition == placed.edition]
        forces, areas = uses_of(programme, placed, parts)
        series = placed.edition.partition("/")[0]
        for what, uses in (("force", forces), ("area", areas)):
            found += [
                Booking(what, use.of, use.first, use.last, labelled(placed), series, place)
                for use in uses
            ]
    return tuple(found)


def double_bookings(bookings: Iterable[Booking]) -> tuple[DoubleBooking, ...]:
    """Bookings that take one force or area on one day for two purposes, by the day.

    An edition may take a force as a whole and in a part of it: that is one purpose.
    """
    under_way: dict[tuple[str, str], list[Booking]] = {}
    found = []
    for row in sorted(bookings, key=lambda one: (one.first, one.place, one.last)):
        subject = under_way.setdefault((row.what, row.of), [])
        subject[:] = [one for one in subject if one.last >= row.first]
        others = [one for one in subject if (one.purpose, one.place) != (row.purpose, row.place)]
        found += [DoubleBooking(one, row, row.first) for one in others[:1]]
        subject.append(row)
    return tuple(found)


def refuse_double_bookings(bookings: Iterable[Booking]) -> None:
    """Raise BadInput with the first of them, if there is one."""
    for found in double_bookings(bookings):
        raise BadInput(found.sentence)
