"""A plan that was brought as a table: what has its place already."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.desks.errors import BadInput
from architrave.desks.exercises.bookings import bookings_of, refuse_double_bookings
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.model import Placed, Programme
from architrave.desks.exercises.reading import rows_in
from architrave.desks.exercises.tables import TABLES
from architrave.desks.exercises.writing import csv_text
from architrave.desks.rows import Place, choice, day, known, whole

__all__ = ["read_plan", "write_plan"]


def read_plan(files: Mapping[str, str], programme: Programme) -> tuple[Placed, ...]:
    """The table `plan`: edition, first, days, and part, host and command where there are such.

    Raises BadInput, naming both rows, where something stands twice, or takes a force or area on a
    day on which another row has it.
    """
    rows: dict[tuple[str, str], tuple[Placed, Place]] = {}
    for row in rows_in(files, "plan"):
        edition = require_edition(programme, row.cells["edition"], row.place)
        series = programme.series[edition.series]
        part = known(row, "part", programme.parts, "part") if row.cells.get("part") else ""
        if part and programme.parts[part].series != series.id:
            raise BadInput(
                f"{row.place}: the part {part} ({programme.parts[part].place}) is none of "
                f"{series.id} ({series.place})."
            )
        placed = Placed(
            edition.id,
            day(row, "first"),
            whole(row, "days", 1, 366),
            choice(row, "host", ("", *series.parties), ""),
            choice(row, "command", ("", *series.parties), ""),
            part,
        )
        _, earlier = rows.setdefault((edition.id, part), (placed, row.place))
        if earlier != row.place:
            raise BadInput(f"{row.place}: {edition.id} {part} has its place in {earlier}.")
    refuse_double_bookings(bookings_of(programme, tuple(rows.values())))
    return tuple(placed for placed, _ in rows.values())


def write_plan(placed: tuple[Placed, ...]) -> str:
    """The table `plan` as CSV."""
    columns = TABLES["plan"].all
    return csv_text(columns, ([getattr(one, name) for name in columns] for one in placed))
