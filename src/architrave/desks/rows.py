"""Tables that people bring, read row by row: every refusal names file, line and column.

```python
rows = read_table("forces.csv", text, needed=("id", "party"), allowed=("note",))
party = choice(rows[0], "party", ("KOR", "JPN", "USA"))
```
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import TypeVar

from architrave.desks.errors import BadInput

__all__ = [
    "Place",
    "Row",
    "by_id",
    "choice",
    "day",
    "days_in_order",
    "known",
    "read_table",
    "several",
    "text",
    "whole",
]

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was read: the file's own name, and the line (the first row is line 2).

    A sheet of a workbook goes by its own name, which has no dot, and its lines are rows.
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, {'line' if '.' in self.file else 'row'} {self.line}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place, and its cells by column, without blanks around them."""

    place: Place
    cells: Mapping[str, str]


def read_table(
    file: str, content: str, needed: Sequence[str], allowed: Sequence[str] = ()
) -> tuple[Row, ...]:
    """Read a table with a heading; columns may stand in any order, and empty rows are passed over.

    Raises BadInput where a column is missing, unknown or twice there, or a row is too long.
    """
    lines = csv.reader(StringIO(content.removeprefix("\ufeff")))
    heading = [cell.strip() for cell in next(lines, [])]
    for column in needed:
        if column not in heading:
            raise BadInput(f"{file}, line 1: there is no column {column}.")
    for column in heading:
        if column not in needed and column not in allowed:
            raise BadInput(f"{file}, line 1: the column {column or 'without a name'} is unknown.")
        if heading.count(column) > 1:
            raise BadInput(f"{file}, line 1: the column {column} is there twice.")
    found: list[Row] = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(file, lines.line_num)
        if len(cells) != len(heading):
            raise BadInput(f"{place}: {len(heading)} cells were expected, {len(cells)} found.")
        stripped = (cell.strip() for cell in cells)
        found.append(Row(place, dict(zip(heading, stripped, strict=True))))
    return tuple(found)


def text(row: Row, column: str, missing: str | None = None) -> str:
    """The words of a cell; an empty one is refused unless `missing` says what it means."""
    found = row.cells.get(column, "")
    if found:
        return found
    if missing is None:
        raise BadInput(f"{row.place}: {column} is empty.")
    return missing


def whole(row: Row, column: str, least: int, most: int, missing: int | None = None) -> int:
    """A whole number between two bounds, both allowed."""
    found = row.cells.get(column, "")
    if not found and missing is not None:
        return missing
    if not (found.isascii() and found.isdecimal()) or not least <= int(found[:18]) <= most:
        raise BadInput(
            f"{row.place}: {column} must be a whole number from {least} to {most}, not {found!r}."
        )
    return int(found)


def day(row: Row, column: str) -> date:
    """An ISO date, for example 2031-05-20."""
    found = row.cells.get(column, "")
    try:
        known_day = date.fromisoformat(found)
    except ValueError:
        known_day = None
    if known_day is None or known_day.isoformat() != found:
        raise BadInput(f"{row.place}: {column} must be a date such as 2031-05-20, not {found!r}.")
    return known_day


def days_in_order(row: Row, first: str, last: str) -> tuple[date, date]:
    """A first and a last day, both inclusive; an end before its start is refused."""
    start, end = day(row, first), day(row, last)
    if end < start:
        raise BadInput(f"{row.place}: {last} {end} is before {first} {start}.")
    return start, end


def choice(row: Row, column: str, choices: Sequence[str], missing: str | None = None) -> str:
    """One of a closed list of words."""
    found = text(row, column, missing)
    if found not in choices:
        raise BadInput(f"{row.place}: {column} must be one of {', '.join(choices)}, not {found!r}.")
    return found


def several(row: Row, column: str, choices: Sequence[str] | None = None) -> tuple[str, ...]:
    """Words divided by semicolons, each once; none at all is an empty cell."""
    found = tuple(word.strip() for word in row.cells.get(column, "").split(";") if word.strip())
    for word in found:
        if choices is not None and word not in choices:
            raise BadInput(
                f"{row.place}: {column} may name {', '.join(choices)}, and not {word!r}."
            )
        if found.count(word) > 1:
            raise BadInput(f"{row.place}: {column} names {word} twice.")
    return found


def known(row: Row, column: str, ids: Iterable[str], what: str) -> str:
    """The id of something that another table has: `what` says which, as in "area"."""
    found = text(row, column)
    if found not in ids:
        raise BadInput(f"{row.place}: there is no {what} {found!r}.")
    return found


def by_id(
    values: Iterable[Kept], id_of: Callable[[Kept], str], place_of: Callable[[Kept], Place]
) -> dict[str, Kept]:
    """The values by their ids; an id that stands twice is refused with both rows."""
    found: dict[str, Kept] = {}
    for value in values:
        earlier = found.setdefault(id_of(value), value)
        if earlier is not value:
            raise BadInput(
                f"{place_of(value)}: the id {id_of(value)!r} is that of {place_of(earlier)}."
            )
    return found
