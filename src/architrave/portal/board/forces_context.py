"""Forces and areas: days booked against tempo, and what two rows take at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from architrave.desks.exercises.bookings import Booking, bookings_of, double_bookings
from architrave.portal.board.pages_board import (
    BoardArea,
    BoardBooking,
    BoardForce,
    BoardForcesPage,
    BoardSpace,
    BoardYearDays,
)
from architrave.portal.board.screen import Screen
from architrave.portal.formats import listing
from architrave.portal.pages_rows import Shown

__all__ = ["days_booked", "forces_page"]


def forces_page(screen: Screen) -> BoardForcesPage:
    """Every force and area of the folder, with what takes it in the plan as it stands."""
    tables = screen.tables
    programme = tables.programme
    rows = tuple((one, tables.places[one.edition, one.part]) for one in tables.plan)
    booked = bookings_of(programme, rows)
    of: dict[tuple[str, str], list[Booking]] = {}
    for one in sorted(booked, key=lambda one: (one.first, one.place)):
        of.setdefault((one.what, one.of), []).append(one)
    years = range(programme.horizon.year, programme.horizon.year + programme.horizon.years)
    sandbox = tables.is_sandbox
    return BoardForcesPage(
        screen.frame(screen.say("board-place-forces"), "forces"),
        tuple(
            BoardSpace(
                _subject(screen, one.other),
                screen.day(one.day),
                screen.say("board-both-rows", one=_with_row(one.one), other=_with_row(one.other)),
            )
            for one in double_bookings(booked)
        ),
        tuple(screen.say("board-year", year=year) if sandbox else str(year) for year in years),
        tuple(
            BoardForce(
                force.name,
                screen.party(force.party),
                screen.say("board-rest", n=force.rest_days),
                _years(screen, of.get(("force", force.id), ()), force.days_a_year),
                _bookings(screen, of.get(("force", force.id), ())),
            )
            for force in programme.forces.values()
        ),
        tuple(
            BoardArea(
                area.name,
                str(listing((programme.areas[one].name for one in area.shares), screen.language)),
                _years(screen, of.get(("area", area.id), ()), None),
                _bookings(screen, of.get(("area", area.id), ())),
            )
            for area in programme.areas.values()
        ),
    )


def days_booked(bookings: Sequence[Booking]) -> Mapping[int, int]:
    """On how many days of each year something exercises; days away from exercises are none."""
    days: set[date] = set()
    for one in bookings:
        if one.series:
            length = (one.last - one.first).days + 1
            days.update(one.first + timedelta(days=count) for count in range(length))
    counts: dict[int, int] = {}
    for day in days:
        counts[day.year] = counts.get(day.year, 0) + 1
    return counts


def _years(
    screen: Screen, bookings: Sequence[Booking], allowed: int | None
) -> tuple[BoardYearDays, ...]:
    horizon = screen.tables.programme.horizon
    counts = days_booked(bookings)
    found = []
    for year in range(horizon.year, horizon.year + horizon.years):
        count = counts.get(year, 0)
        text = (
            screen.say("board-days", n=count)
            if allowed is None
            else screen.say("board-days-of", n=count, of=allowed)
        )
        over = allowed is not None and count > allowed
        found.append(BoardYearDays(_year(screen, year), text, over))
    return tuple(found)


def _year(screen: Screen, year: int) -> str:
    return screen.say("board-year", year=year) if screen.tables.is_sandbox else str(year)


def _bookings(screen: Screen, bookings: Sequence[Booking]) -> tuple[BoardBooking, ...]:
    return tuple(
        BoardBooking(
            screen.span_text(one.first, one.last),
            _purpose(screen, one),
            str(one.place) if one.place.file else "",
        )
        for one in bookings
    )


def _purpose(screen: Screen, one: Booking) -> Shown:
    if not one.series:
        return screen.english(one.purpose)
    edition, _, part = one.purpose.partition("#")
    return screen.name_of(edition, part)


def _subject(screen: Screen, one: Booking) -> str:
    programme = screen.tables.programme
    return (programme.forces if one.what == "force" else programme.areas)[one.of].name


def _with_row(one: Booking) -> str:
    return f"{one.purpose} ({one.place})" if one.place.file else one.purpose
