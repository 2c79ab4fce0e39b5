"""Rows of a large table in text: a few labels, then numbers, read line by line.

A published table has up to 64 million cells, so each line becomes numbers at once and nothing of
the text is kept. A line that cannot be read so is gone through cell by cell, to name the one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.table import Vector

__all__ = ["NumberedRow", "heading_of", "number_in", "rows_of"]


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A line of a table: its number from 1, its labels, its numbers, and how many were blank."""

    line: int
    labels: tuple[str, ...]
    numbers: Vector
    blank: int


def heading_of(file: str, lines: Iterator[str], separator: str = ",") -> list[str]:
    """The cells of the next line, without blanks around them; BadInput for an empty file."""
    first = next(lines, None)
    if first is None:
        raise BadInput(f"{file}: it is empty.")
    return [cell.strip() for cell in _cells(first.removeprefix("\ufeff"), separator)]


def rows_of(
    file: str,
    lines: Iterator[str],
    columns: list[str],
    *,
    separator: str = ",",
    labels: int = 1,
    first: int = 2,
) -> Iterator[NumberedRow]:
    """Each line after the heading: `labels` words, then a number for each of `columns`.

    `first` is the number of the first line. An empty cell is 0 and is counted. BadInput names
    file, line and column.
    """
    wanted = labels + len(columns)
    for line, read in enumerate(lines, first):
        if not read.strip():
            continue
        cells = _cells(read, separator)
        if len(cells) == wanted + 1 and not cells[-1].strip():
            del cells[-1]  # a line may end with a separator
        if len(cells) != wanted:
            raise BadInput(
                f"{file}, line {line}: {wanted} cells were expected, {len(cells)} found."
            )
        words, rest = tuple(cell.strip() for cell in cells[:labels]), cells[labels:]
        blank = 0
        try:
            numbers: Vector = np.array(rest, dtype=np.float64)
        except ValueError:
            where = [f"{file}, line {line}, column {name}" for name in columns]
            numbers = np.array([number_in(*both) for both in zip(where, rest, strict=True)])
            blank = sum(not cell.strip() for cell in rest)
        if not np.isfinite(numbers).all():
            at = int(np.argmin(np.isfinite(numbers)))
            raise BadInput(
                f"{file}, line {line}, column {columns[at]}: {rest[at]!r} is no finite number."
            )
        yield NumberedRow(line, words, numbers, blank)


def number_in(place: str, cell: object) -> float:
    """A cell as a number, an empty one as 0; BadInput with the place for anything else."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return 0.0
    try:
        if isinstance(cell, bool):
            raise ValueError
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadInput(f"{place}: {str(cell)[:40]!r} is no number.") from None


def _cells(line: str, separator: str) -> list[str]:
    line = line.rstrip("\r\n")
    if '"' not in line:
        return line.split(separator)
    return next(csv.reader([line], delimiter=separator))
