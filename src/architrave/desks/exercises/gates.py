"""The conferences on the way to an edition, planned back from its start, and what keeps one shut.

Each stands so many shared working days before the first day, the review after the last day. A
shared working day is one on which every party of the series works. A gate stays shut while a
product that it requires, or that an earlier gate required, is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.exercises.calendars import Calendars
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.lessons import Lesson, open_at
from architrave.desks.exercises.model import NOWHERE, Placed, Programme
from architrave.desks.exercises.reading import identity, rows_in
from architrave.desks.rows import Place, by_id, choice, day, text, whole

__all__ = [
    "USUAL_OFFSETS",
    "Gate",
    "GateKind",
    "Product",
    "gates",
    "read_products",
    "working_days_after",
    "working_days_before",
]


class GateKind(StrEnum):
    """The four gates, in their order."""

    INITIAL = "initial"
    MAIN = "main"
    FINAL = "final"
    REVIEW = "review"


USUAL_OFFSETS: Mapping[GateKind, int] = {
    GateKind.INITIAL: 150,
    GateKind.MAIN: 90,
    GateKind.FINAL: 30,
    GateKind.REVIEW: 15,
}
"""Shared working days before the first day, or after the last day for the review: our habit, which
no public text prescribes."""


@dataclass(frozen=True, slots=True)
class Product:
    """What a gate requires: a document, its owner's seat, and the day on which it was done.

    It is due `days_before` shared working days before its gate. One that is not `required` is
    listed and keeps nothing shut.
    """

    id: str
    edition: str
    gate: GateKind
    name: str
    owner: str
    days_before: int = 0
    required: bool = True
    done: date | None = None
    place: Place = NOWHERE

    def is_open(self, today: date) -> bool:
        """True until the day on which it was done."""
        return self.done is None or self.done > today


@dataclass(frozen=True, slots=True)
class Gate:
    """One conference: its day, its products with their due days, and what keeps it shut.

    `lessons` are those that this edition is to retest; the initial conference shows them.
    """

    kind: GateKind
    edition: str
    day: date
    products: tuple[tuple[Product, date], ...]
    waits_for: tuple[Product, ...]
    lessons: tuple[Lesson, ...] = ()

    @property
    def is_shut(self) -> bool:
        """True while a required product is open."""
        return bool(self.waits_for)


def gates(
    programme: Programme,
    placed: Placed,
    calendars: Calendars,
    today: date,
    products: Sequence[Product] = (),
    lessons: Sequence[Lesson] = (),
    offsets: Mapping[GateKind, int] = USUAL_OFFSETS,
) -> tuple[Gate, ...]:
    """The four gates of an edition in its place, as things stand on `today`.

    Offsets are whole numbers of shared working days, 1 or more, and fall from the initial to the
    final conference; BadInput otherwise, and for a year without lists of holidays.
    """
    _check(offsets)
    parties = programme.series[placed.edition.partition("/")[0]].parties
    found: list[Gate] = []
    waits_for: list[Product] = []
    for kind in GateKind:
        if kind is GateKind.REVIEW:
            on = working_days_after(placed.last, offsets[kind], calendars, parties)
        else:
            on = working_days_before(placed.first, offsets[kind], calendars, parties)
        mine = [one for one in products if (one.edition, one.gate) == (placed.edition, kind)]
        waits_for += [one for one in mine if one.required and one.is_open(today)]
        shown = open_at(lessons, placed.edition) if kind is GateKind.INITIAL else ()
        due = tuple(
            (one, working_days_before(on, one.days_before, calendars, parties)) for one in mine
        )
        found.append(Gate(kind, placed.edition, on, due, tuple(waits_for), shown))
    return tuple(found)


def working_days_before(
    from_day: date, count: int, calendars: Calendars, parties: Iterable[str]
) -> date:
    """The day that lies `count` shared working days before a day; with 0 the day itself."""
    return _counted(from_day, count, calendars, tuple(parties), -1)


def working_days_after(
    from_day: date, count: int, calendars: Calendars, parties: Iterable[str]
) -> date:
    """The day that lies `count` shared working days after a day; with 0 the day itself."""
    return _counted(from_day, count, calendars, tuple(parties), 1)


def read_products(files: Mapping[str, str], programme: Programme) -> tuple[Product, ...]:
    """The table `products`; one is required unless its row says "no"."""
    found = []
    for row in rows_in(files, "products"):
        found.append(
            Product(
                identity(row),
                require_edition(programme, row.cells["edition"], row.place).id,
                GateKind(choice(row, "gate", tuple(GateKind))),
                text(row, "name"),
                text(row, "owner"),
                whole(row, "days_before", 0, 366, 0),
                choice(row, "required", ("yes", "no"), "yes") == "yes",
                day(row, "done") if row.cells.get("done") else None,
                row.place,
            )
        )
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())


def _check(offsets: Mapping[GateKind, int]) -> None:
    counts = [offsets.get(kind, 0) for kind in GateKind]
    if min(counts) < 1 or not counts[0] > counts[1] > counts[2]:
        raise BadInput(
            "Offsets of gates must be 1 or more, and fall from the initial to the final conference:"
            f" found {', '.join(f'{kind} {offsets.get(kind, 0)}' for kind in GateKind)}."
        )


def _counted(
    from_day: date, count: int, calendars: Calendars, parties: tuple[str, ...], step: int
) -> date:
    found = from_day
    while count:
        found += timedelta(days=step)
        count -= calendars.is_working_day(found, parties)
    return found
