"""Editions by their ids: their periods, and what each takes on which days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from architrave.desks.exercises.model import Edition, Placed, Programme, Series

__all__ = ["Use", "edition_named", "labelled", "period_of", "promised", "uses_of"]

_EDITION = re.compile(r"([^/#.]+)/([0-9]{1,4})\.([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Use:
    """A force or an area that is taken from a first to a last day, both inclusive.

    `of` is the id of the force or area, `by` the edition, with ``#part`` where a part takes it.
    """

    of: str
    by: str
    first: date
    last: date


def edition_named(programme: Programme, name: str) -> Edition | None:
    """The edition ``series/year.number``; None unless the programme promises it."""
    read = _EDITION.fullmatch(name)
    if read is None or read[1] not in programme.series:
        return None
    edition = Edition(read[1], int(read[2]), int(read[3]))
    series = programme.series[read[1]]
    whole = edition.number <= series.editions and edition.id == name
    return edition if whole and edition.year in _years(programme, series) else None


def promised(programme: Programme) -> tuple[Edition, ...]:
    """Every edition in the periods that end within the horizon: by series, year and number."""
    return tuple(
        Edition(series.id, year, number)
        for series in programme.series.values()
        for year in _years(programme, series)
        for number in range(1, series.editions + 1)
    )


def _years(programme: Programme, series: Series) -> range:
    horizon = programme.horizon
    return range(horizon.year, horizon.year + horizon.years - series.years + 1, series.years)


def period_of(programme: Programme, edition: Edition) -> tuple[date, date]:
    """First and last day of the period in which an edition is promised."""
    years = programme.series[edition.series].years
    return date(edition.year, 1, 1), date(edition.year + years - 1, 12, 31)


def labelled(placed: Placed) -> str:
    """The id of what is placed: ``north-wind/2031.1``, or ``north-wind/2031.1#boarding``."""
    return f"{placed.edition}#{placed.part}" if placed.part else placed.edition


def uses_of(
    programme: Programme, placed: Placed, alone: Iterable[str] = ()
) -> tuple[tuple[Use, ...], tuple[Use, ...]]:
    """The forces, and the areas, that something in its place takes.

    `alone` are the edition's parts that were postponed alone: they take nothing here. An edition
    that the programme does not know takes nothing.
    """
    series = programme.series.get(placed.edition.partition("/")[0])
    if series is None:
        return (), ()
    if placed.part:
        part = programme.parts.get(placed.part)
        if part is None:
            return (), ()
        spans = [(labelled(placed), placed.first, placed.last, part.forces, part.area)]
    else:
        spans = list(_of_edition(programme, series, placed, frozenset(alone)))
    return (
        tuple(
            Use(force, by, first, last) for by, first, last, names, _ in spans for force in names
        ),
        tuple(Use(area, by, first, last) for by, first, last, _, area in spans if area),
    )


def _of_edition(
    programme: Programme, series: Series, placed: Placed, alone: frozenset[str]
) -> Iterator[tuple[str, date, date, tuple[str, ...], str]]:
    needed = tuple(need.force for need in programme.needs if need.series == series.id)
    yield placed.edition, placed.first, placed.last, needed, series.area
    for part in programme.parts.values():
        if part.series == series.id and part.id not in alone:
            first = placed.first + timedelta(days=part.offset)
            last = first + timedelta(days=part.days - 1)
            yield f"{placed.edition}#{part.id}", first, last, part.forces, part.area
