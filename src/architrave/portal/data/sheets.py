"""A table as a file: CSV and XLSX, the same bytes for the same rows, and no cell a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from architrave.portal.data.tables import Cell, Sheet

__all__ = ["csv_file", "neutral", "plain_zip", "xlsx_file"]

# What a spreadsheet may take for the beginning of a formula, in full width too; and the mark
# itself, so that taking one mark off always gives the text back.
_RISKY = tuple("=+-@＝＋－＠\t\r\n'")
_BOM = "\ufeff"
_LONGEST = 32_767  # characters of a cell
_MORE = "[…]"
_FIRST_YEAR = 1901  # of the days that all spreadsheets count alike
_NO_XML = re.compile("[\ufffe\uffff]")  # no XML file may hold these, not even escaped
# The format's own escape: control characters, and what would read as such an escape already.
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DATED = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def neutral(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before one that looks like a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def csv_file(sheet: Sheet) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, without which spreadsheets guess the encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return (_BOM + text.getvalue()).encode("utf-8")


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
    return neutral(cell)


def xlsx_file(sheet: Sheet) -> bytes:
    """A workbook with one sheet: typed dates in UTC, a frozen header, and texts that are texts."""
    book = Workbook(write_only=True)
    made = book.create_sheet(sheet.name)
    made.freeze_panes = "A2"
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    for place, name in enumerate(sheet.columns, start=1):
        made.column_dimensions[get_column_letter(place)].width = max(12, len(name) + 2)
    bold = Font(bold=True)
    heads = [_cell(made, name) for name in sheet.columns]
    for head in heads:
        head.font = bold
    made.append(heads)
    for row in sheet.rows:
        made.append([_cell(made, cell) for cell in row])
    raw = io.BytesIO()
    book.save(raw)
    return _timeless(raw.getvalue())


def _cell(made: object, cell: Cell) -> WriteOnlyCell:
    if isinstance(cell, datetime):
        # A spreadsheet knows no zones; the name of the column says that it is UTC.
        cell = cell.astimezone(UTC).replace(tzinfo=None)
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        cell = cell.isoformat()
    if not isinstance(cell, str) or not cell:
        found = WriteOnlyCell(made, cell if cell != "" else None)
        if isinstance(cell, datetime):
            found.number_format = "yyyy-mm-dd hh:mm:ss"
        elif isinstance(cell, date):
            found.number_format = "yyyy-mm-dd"
        return found
    text = _ESCAPED.sub(_escape, _NO_XML.sub("\ufffd", cell))
    if _length(text) > _LONGEST:
        text = _cut(text, _LONGEST - len(_MORE)) + _MORE
    found = WriteOnlyCell(made, text)
    # The library takes a text that begins with an equals sign for a formula.
    found.data_type = "s"
    return found


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _length(text: str) -> int:
    """Characters as a spreadsheet counts them: one beyond the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _timeless(data: bytes) -> bytes:
    """The same workbook without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts[_DATED] = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", parts[_DATED])
    return plain_zip(parts.items(), zipfile.ZIP_DEFLATED)


def plain_zip(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file that holds nothing of when, where and by whom it was made.

    Stored by default: compressed bytes depend on the library that compressed them, and then the
    same record would have other digests in another capital.
    """
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as made:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.create_system = method, 3
            entry.external_attr = 0o100644 << 16
            made.writestr(entry, data)
    return raw.getvalue()
