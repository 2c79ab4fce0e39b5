"""A sheet of a workbook (.xlsx) as the text of a table: what is seen there is what is read.

A spreadsheet keeps other things than it shows: a month as the first day of it, 20 % as 0.2, a
formula whose result was never saved as nothing, several cells as one. A date is read as it is
shown; the others are refused by their row, since a figure would silently become another.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from architrave.desks.errors import BadInput
from architrave.desks.exercises.workbook import UNREADABLE

__all__ = ["MOST_BYTES", "MOST_ROWS", "read_sheet"]

MOST_BYTES = 20_000_000
"""What the parts of a workbook may hold when unpacked."""
MOST_ROWS = 100_000
MOST_COLUMNS = 100
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_sheet(file: str, content: bytes, sheet: str | None) -> tuple[str, str]:
    """The name and the text of a sheet, one line of CSV for each row; the only one if None.

    BadInput for what is no workbook, or too large, for a sheet that it has not, and with the row
    for a cell that holds something else than it shows.
    """
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MOST_BYTES:
            raise BadInput(f"{file}: unpacked it holds {size} bytes, and {MOST_BYTES} are allowed.")
        values = load_workbook(BytesIO(content), data_only=True)
        written = load_workbook(BytesIO(content))
    except UNREADABLE as fault:
        raise BadInput(f"{file}: this is no workbook that can be read (.xlsx).") from fault
    names = [one.title for one in values.worksheets]
    if sheet is None and len(names) != 1:
        raise BadInput(f"{file}: it has {len(names)} sheets ({', '.join(names)}); name --sheet.")
    chosen = sheet if sheet is not None else names[0]
    if chosen not in names:
        raise BadInput(f"{file}: there is no sheet {chosen!r}; it has {', '.join(names)}.")
    return chosen, _text(chosen, values[chosen], written[chosen])


def _text(name: str, values: Any, written: Any) -> str:
    if values.max_row > MOST_ROWS or values.max_column > MOST_COLUMNS:
        raise BadInput(
            f"{name}: it reaches to row {values.max_row} and column {values.max_column}; "
            f"{MOST_ROWS} rows and {MOST_COLUMNS} columns are allowed."
        )
    for one in values.merged_cells.ranges:
        raise BadInput(
            f"{name}, row {one.min_row}: {one.coord} is one cell over several; "
            "each row says its own."
        )
    paper = StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    width = 0
    for shown, typed in zip(values.iter_rows(), written.iter_rows(), strict=True):
        cells = list(_cells(name, shown, typed))
        while cells and not cells[-1]:
            cells.pop()
        width = width or len(cells)
        writer.writerow(cells + [""] * (width - len(cells)) if cells else [""])
    return paper.getvalue()


def _cells(name: str, shown: Any, typed: Any) -> Iterator[str]:
    for cell, formula in zip(shown, typed, strict=True):
        place = f"{name}, row {cell.row}: {cell.coordinate}"
        if formula.data_type == "f" and cell.value is None:
            raise BadInput(
                f"{place} is a formula whose result was not saved; open the workbook where it "
                "was made, and save it."
            )
        yield _cell(place, cell)


def _cell(place: str, cell: Any) -> str:
    """A cell's text on one line, so that each row of the sheet is one line."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return _day(value, cell.number_format)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if "%" in _QUOTED.sub("", cell.number_format):
            raise BadInput(
                f"{place} is shown in percent, and holds {value:.15g}; write the figure in its "
                "unit, without that format."
            )
        return f"{value:.15g}"  # as many digits as a spreadsheet itself counts with
    return " ".join(str(value).splitlines())


def _day(value: date, shown: str) -> str:
    """A date as far as its format shows it: a day, a month, or a year."""
    if isinstance(value, datetime) and value.time().replace(tzinfo=None).isoformat() != "00:00:00":
        return value.isoformat(" ", "minutes")
    parts = _QUOTED.sub("", shown.lower())
    if "d" in parts or "y" not in parts:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in parts else f"{value:%Y}"
