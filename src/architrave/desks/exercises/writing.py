"""Write a programme as the tables from which it can be read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from architrave.desks.exercises.model import Programme
from architrave.desks.exercises.tables import TABLES

__all__ = ["csv_text", "write_programme"]

Cells = Mapping[str, object]


def write_programme(programme: Programme) -> dict[str, str]:
    """CSV texts by file name. A table without rows has its heading; reading gives the programme.

    An order of rows is kept, since the order of series and parties is part of a programme.
    """
    rows: dict[str, Iterable[Cells]] = {
        "programme": _settings(programme),
        "areas": map(_cells, programme.areas.values()),
        "forces": map(_cells, programme.forces.values()),
        "away": map(_cells, programme.away),
        "series": map(_cells, programme.series.values()),
        "needs": map(_cells, programme.needs),
        "parts": map(_cells, programme.parts.values()),
        "blackouts": map(_cells, programme.blackouts),
        "precedences": map(_cells, programme.precedences),
        "fixed": map(_cells, programme.fixed),
    }
    return {
        f"{name}.csv": csv_text(
            TABLES[name].all,
            ([row[column] for column in TABLES[name].all] for row in table),
        )
        for name, table in rows.items()
    }


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV: semicolons divide several words in a cell, and None is an empty one."""
    paper = StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_spelled(value) for value in row] for row in rows)
    return paper.getvalue()


def _settings(programme: Programme) -> Iterable[Cells]:
    values = {
        "year": programme.horizon.year,
        "years": programme.horizon.years,
        "parties": programme.parties,
        "host": programme.weights.host,
        "command": programme.weights.command,
        "spread": programme.weights.spread,
    }
    return [{"setting": name, "value": value} for name, value in values.items()]


def _cells(row: object) -> Cells:
    names: Iterable[str] = row.__dataclass_fields__  # type: ignore[attr-defined]
    return {name: getattr(row, name) for name in names}


def _spelled(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value)
