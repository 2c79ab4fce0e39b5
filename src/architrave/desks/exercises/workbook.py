"""The sheets of a workbook as tables: a row of a sheet keeps its number.

A sheet goes by its name alone, so that a refusal says "forces, row 4".
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from architrave.desks.errors import BadInput

__all__ = ["read_workbook", "write_workbook"]

UNREADABLE = (
    BadZipFile,
    EOFError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What a file that is no workbook, a damaged or a locked one makes its readers raise."""

MOST_BYTES = 50_000_000
"""What the parts of a workbook may hold when unpacked; planning tables are far smaller."""


def read_workbook(file: str, content: bytes) -> dict[str, str]:
    """The texts of an .xlsx workbook's sheets by their names, one line of CSV for each row.

    `file` names the workbook in a refusal. Values of formulas are those that were last saved.
    Raises BadInput for what is no workbook, or too large.
    """
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MOST_BYTES:
            raise BadInput(f"{file}: unpacked it holds {size} bytes, and {MOST_BYTES} are allowed.")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # What a sheet says of its own size may leave rows out, or claim billions of cells.
            sheet.reset_dimensions()
        return {
            sheet.title: _lines([_cell(value) for value in row] for row in sheet.values)
            for sheet in book.worksheets
        }
    except UNREADABLE as fault:
        raise BadInput(f"{file}: this is no workbook that can be read (.xlsx).") from fault


def write_workbook(files: Mapping[str, str]) -> bytes:
    """A workbook with one sheet for each table: ``forces.csv`` becomes the sheet ``forces``."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, content in files.items():
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for row in csv.reader(StringIO(content)):
            sheet.append(row)
    paper = BytesIO()
    book.save(paper)
    return paper.getvalue()


def _lines(rows: Iterable[list[str]]) -> str:
    paper = StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    width = 0
    for cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        width = width or len(cells)
        # A sheet leaves out empty cells at the end of a row; a line of the table does not.
        writer.writerow(cells + [""] * (width - len(cells)) if cells else [""])
    return paper.getvalue()


def _cell(value: object) -> str:
    """A cell's text on one line, so that each row of the sheet is one line."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.time().replace(tzinfo=None).isoformat() == "00:00:00"
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).splitlines())
