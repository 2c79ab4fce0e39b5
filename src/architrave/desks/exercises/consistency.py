"""Rows that are sound one by one and contradict each other: both are named."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from architrave.desks.errors import BadInput
from architrave.desks.exercises.bookings import bookings_of, refuse_double_bookings
from architrave.desks.exercises.editions import edition_named, period_of
from architrave.desks.exercises.model import Edition, Fixed, Precedence, Programme
from architrave.desks.rows import Place

__all__ = ["refuse_contradictions", "require_edition"]


def refuse_contradictions(programme: Programme) -> None:
    """Raise BadInput with the first contradiction between the rows of a programme."""
    settled: dict[str, Fixed] = {}
    for fixed in programme.fixed:
        edition = require_edition(programme, fixed.edition, fixed.place)
        earlier = settled.setdefault(fixed.edition, fixed)
        if earlier is not fixed:
            raise BadInput(
                f"{fixed.place}: the first day of {fixed.edition} was settled in {earlier.place}."
            )
        _refuse_a_day_outside(programme, edition, fixed)
    for precedence in programme.precedences:
        require_edition(programme, precedence.before, precedence.place)
        require_edition(programme, precedence.after, precedence.place)
    _refuse_a_circle(programme.precedences)
    refuse_double_bookings(bookings_of(programme))


def require_edition(programme: Programme, name: str, place: Place) -> Edition:
    """The edition of that name; BadInput where the programme promises none."""
    edition = edition_named(programme, name)
    if edition is None:
        series = name.partition("/")[0]
        why = (
            f"the series {series} ({programme.series[series].place}) has no such edition within "
            f"{programme.horizon.year} to {programme.horizon.last.year}"
            if series in programme.series
            else f"there is no series {series!r}"
        )
        raise BadInput(f"{place}: there is no edition {name!r}: {why}.")
    return edition


def _refuse_a_day_outside(programme: Programme, edition: Edition, fixed: Fixed) -> None:
    series = programme.series[edition.series]
    first, last = period_of(programme, edition)
    if not first <= fixed.first <= last:
        raise BadInput(
            f"{fixed.place}: {fixed.first} is outside of the period of {fixed.edition}, which is "
            f"{first} to {last} ({series.place})."
        )
    if series.months and fixed.first.month not in series.months:
        months = ", ".join(map(str, series.months))
        raise BadInput(
            f"{fixed.place}: {fixed.first} is in none of the months in which {series.id} may "
            f"start: {months} ({series.place})."
        )


def _refuse_a_circle(precedences: tuple[Precedence, ...]) -> None:
    before: dict[str, set[str]] = {}
    for one in precedences:
        before.setdefault(one.after, set()).add(one.before)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as fault:
        circle: list[str] = fault.args[1]
        rows = ", ".join(str(one.place) for one in _rows_of(circle, precedences))
        raise BadInput(
            f"{rows}: {' before '.join(circle)}: these precedences go in a circle."
        ) from fault


def _rows_of(circle: list[str], precedences: tuple[Precedence, ...]) -> Iterator[Precedence]:
    for before, after in pairwise(circle):
        yield next(one for one in precedences if (one.before, one.after) == (before, after))
