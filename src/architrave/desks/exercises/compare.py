"""Planned and held, year by year: editions, days and forces, with totals that are the rows' sums.

An edition counts in the year of its first day, a plan's in that of its planned first day. What
nobody reported is *no report*: it is not said to have been left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.editions import labelled, uses_of
from architrave.desks.exercises.model import NOWHERE, Placed, Programme
from architrave.desks.exercises.reading import rows_in, subset
from architrave.desks.exercises.writing import csv_text
from architrave.desks.rows import Place, days_in_order, known, text

__all__ = [
    "Comparison",
    "Counts",
    "Held",
    "HeldState",
    "Line",
    "YearRow",
    "comparison",
    "lines_csv",
    "read_held",
    "years_csv",
]


class HeldState(StrEnum):
    """What is known of a line."""

    AS_PLANNED = "held as planned"
    MOVED = "held on other days"
    UNPLANNED = "held, not planned"
    NO_REPORT = "no report"


@dataclass(frozen=True, slots=True)
class Held:
    """An edition, or a part of it, that was held; its forces by id, and who says so."""

    edition: str
    first: date
    last: date
    part: str = ""
    forces: tuple[str, ...] = ()
    source: str = ""
    place: Place = NOWHERE

    @property
    def days(self) -> int:
        """How many days it took."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Counts:
    """Editions (and parts that moved alone), their days, and the forces that took part in each."""

    editions: int = 0
    days: int = 0
    forces: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.editions + other.editions, self.days + other.days, self.forces + other.forces
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One edition or part: as planned, as held, and what is known of it."""

    id: str
    series: str
    planned_first: date | None
    planned_days: int
    planned_forces: int
    held_first: date | None
    held_days: int
    held_forces: int
    state: HeldState
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """What was planned for a year, and what was held in it."""

    year: int
    planned: Counts
    held: Counts


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines by their days, rows by year, and the totals, each the sum of the rows."""

    lines: tuple[Line, ...]
    years: tuple[YearRow, ...]
    planned: Counts
    held: Counts


def comparison(programme: Programme, planned: Sequence[Placed], held: Sequence[Held]) -> Comparison:
    """Compare a plan with what was held.

    Forces of a plan are those that the programme says its editions take; of what was held, those
    that its row names.
    """
    alone = [(one.edition, one.part) for one in planned if one.part]
    forces = {}
    for one in planned:
        parts = [part for edition, part in alone if edition == one.edition and not one.part]
        forces[labelled(one)] = len({use.of for use in uses_of(programme, one, parts)[0]})
    told = {_named(one): one for one in held}
    plans = {labelled(one): one for one in planned}
    lines = [
        _line(name, plans.get(name), forces.get(name, 0), told.get(name))
        for name in dict.fromkeys((*plans, *told))
    ]
    lines.sort(key=lambda one: (one.planned_first or one.held_first or date.min, one.id))
    years = _years(lines)
    return Comparison(
        tuple(lines),
        years,
        sum((row.planned for row in years), Counts()),
        sum((row.held for row in years), Counts()),
    )


def read_held(files: Mapping[str, str], programme: Programme) -> tuple[Held, ...]:
    """The table `held`; what was held of one edition or part stands there once."""
    found: dict[str, Held] = {}
    for row in rows_in(files, "held"):
        edition = require_edition(programme, row.cells["edition"], row.place)
        first, last = days_in_order(row, "first", "last")
        part = known(row, "part", programme.parts, "part") if row.cells.get("part") else ""
        forces = subset(row, "forces", programme.forces, "the forces")
        source = text(row, "source", "")
        held = Held(edition.id, first, last, part, forces, source, row.place)
        earlier = found.setdefault(_named(held), held)
        if earlier is not held:
            raise BadInput(f"{row.place}: {earlier.place} says when it was held.")
    return tuple(found.values())


def years_csv(found: Comparison) -> str:
    """Rows by year, and a last one with the totals."""
    columns = (
        "year",
        "planned_editions",
        "held_editions",
        "planned_days",
        "held_days",
        "planned_forces",
        "held_forces",
    )
    rows = [
        *((str(row.year), row.planned, row.held) for row in found.years),
        ("total", found.planned, found.held),
    ]
    return csv_text(columns, (_cells(*row) for row in rows))


def lines_csv(found: Comparison) -> str:
    """Every edition and part."""
    columns = tuple(Line.__dataclass_fields__)
    return csv_text(columns, ([getattr(one, name) for name in columns] for one in found.lines))


def _cells(year: str, planned: Counts, held: Counts) -> tuple[object, ...]:
    return (
        year,
        planned.editions,
        held.editions,
        planned.days,
        held.days,
        planned.forces,
        held.forces,
    )


def _named(held: Held) -> str:
    return f"{held.edition}#{held.part}" if held.part else held.edition


def _line(name: str, planned: Placed | None, forces: int, held: Held | None) -> Line:
    if held is None:
        state = HeldState.NO_REPORT
    elif planned is None:
        state = HeldState.UNPLANNED
    else:
        same = (planned.first, planned.last) == (held.first, held.last)
        state = HeldState.AS_PLANNED if same else HeldState.MOVED
    return Line(
        name,
        name.partition("/")[0],
        planned.first if planned else None,
        planned.days if planned else 0,
        forces,
        held.first if held else None,
        held.days if held else 0,
        len(held.forces) if held else 0,
        state,
        held.source if held else "",
    )


def _years(lines: Iterable[Line]) -> tuple[YearRow, ...]:
    planned: dict[int, Counts] = {}
    held: dict[int, Counts] = {}
    for one in lines:
        if one.planned_first is not None:
            year = one.planned_first.year
            mine = Counts(1, one.planned_days, one.planned_forces)
            planned[year] = planned.get(year, Counts()) + mine
        if one.held_first is not None:
            year = one.held_first.year
            mine = Counts(1, one.held_days, one.held_forces)
            held[year] = held.get(year, Counts()) + mine
    return tuple(
        YearRow(year, planned.get(year, Counts()), held.get(year, Counts()))
        for year in sorted(planned.keys() | held.keys())
    )
