"""World tables kept as workbooks: WIOD's releases of 2013 and 2016, and the ADB's.

All three print two to four words for each row in the first columns and likewise over the columns;
the line with the codes c1, c2 … is found, and region and code are read from where it stands.
Layout: the workbooks' own headings, as several readers in the open show them (pymrio, MARIO).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import Label, Publication, assembled, year_in
from architrave.desks.supply.readers.places import UNREADABLE, names_in
from architrave.desks.supply.readers.text_rows import number_in
from architrave.desks.supply.readers.wide import Wide, demand_begins
from architrave.desks.supply.table import Table, Vector

__all__ = ["is_workbook", "read_workbook"]

_TITLES, _WORDS = 12, 4
_CODE = re.compile(r"[cF][0-9]+")
_ADB = re.compile(r"multi-?regional", re.I)
_BESIDE = ("legend", "notes")
_BROKEN = (
    InvalidFileException, KeyError, OSError, ParseError, RuntimeError, ValueError,
    *UNREADABLE,
)  # fmt: skip
_CELLS = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands above the numbers: words of the title, line of the codes, labels of columns."""

    title: str
    line: int
    coded: bool
    cells: tuple[Label, ...]
    uses: tuple[Label, ...]


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook in the open format; which table it holds is seen later."""
    return path.is_file() and "xl/workbook.xml" in names_in(path)


def read_workbook(path: Path) -> Table:
    """Read such a workbook; BadInput names file, cell, and the size of the fault."""
    with _rows(path) as (sheet, rows):
        top = list(islice(rows, _TITLES))
        heading = _heading(path.name, top)
        wide = Wide(path.name, heading.cells, heading.uses)
        blank = 0
        known = {region for region, _ in heading.cells}
        for at, row in enumerate(chain(top[heading.line :], rows), heading.line + 1):
            blank += _take(wide, heading, known, f"{path.name}, {sheet} row {at}", row)
    wide.whole()
    said = [f"{blank} blank cells are taken as 0"] if blank else []
    publication = _publication(path.name, heading, said)
    return assembled(publication, wide.cells, wide.uses, (wide.Z, wide.Y, wide.x), wide.paid)


def _take(wide: Wide, heading: _Heading, known: set[str], place: str, row: _CELLS) -> int:
    """Read one row below the heading; how many of its cells were blank."""
    words = [_word(cell) for cell in (*row[:_WORDS], *[None] * _WORDS)][:_WORDS]
    if not any(words[1:]):
        return 0
    code, name, region, number = words
    width = len(wide.cells) + len(wide.uses) + 1
    cells = (*row[_WORDS : _WORDS + width], *[None] * max(0, _WORDS + width - len(row)))
    numbers, blank = _numbers(place, cells)
    if region in known:
        wide.seller(place, (region, number if heading.coded else code), numbers)
        return blank
    wide.closing(name, numbers)
    return 0


def _numbers(place: str, cells: _CELLS) -> tuple[Vector, int]:
    blank = sum(cell is None for cell in cells)
    if not blank:
        try:
            numbers: Vector = np.array(cells, dtype=np.float64)
            if np.isfinite(numbers).all() and not any(isinstance(one, str) for one in cells):
                return numbers, 0
        except (TypeError, ValueError):
            pass
    found = []
    for at, cell in enumerate(cells, _WORDS + 1):
        number = number_in(f"{place}, column {get_column_letter(at)}", cell)
        if not np.isfinite(number):
            raise BadInput(
                f"{place}, column {get_column_letter(at)}: {cell!r} is no finite number."
            )
        found.append(number)
    return np.array(found), blank


def _heading(file: str, top: list[_CELLS]) -> _Heading:
    """Find the line of codes; BadInput where there is none, or another unit than millions."""
    line = next((at for at, row in enumerate(top) if _is_codes(row)), None)
    if line is None or line < 1:
        raise BadInput(
            f"{file}: no line of codes such as c1, c2 … is over its columns: it is no table of "
            "WIOD or of the ADB."
        )
    title = " ".join(_word(row[0]) for row in top[:line] if row and _word(row[0]))
    if not re.search(r"million", title, re.I):
        raise BadInput(f"{file}: its heading does not say millions of US$ but {title[-60:]!r}.")
    width = max(len(row) for row in top[: line + 1])
    numbers, regions = _words(top[line], width), _words(top[line - 1], width)
    # The column of output has a code or a region over it, or both; a row may end before it.
    last = max(at for at in range(len(numbers)) if numbers[at] or regions[at])
    parted = demand_begins(file, regions[:last])
    first = next((row for row in top[line + 1 :] if len(row) >= _WORDS and row[2]), None)
    coded = first is None or _CODE.fullmatch(_word(first[3])) is not None
    codes = numbers
    if not coded and line >= 3:
        codes = _words(top[line - 3], width)
    labels = list(zip(regions[:last], codes[:last], strict=True))
    for at, label in enumerate(labels):
        if not all(label):
            column = get_column_letter(at + _WORDS + 1)
            raise BadInput(f"{file}, row {line + 1}, column {column}: region or code is empty.")
    return _Heading(title, line + 1, coded, tuple(labels[:parted]), tuple(labels[parted:]))


def _publication(file: str, heading: _Heading, said: list[str]) -> Publication:
    year = year_in(file, _year_of(heading.title), file)
    adb = _ADB.search(heading.title) is not None
    old = not adb and heading.coded
    if re.search(r"(constant|previous year)[^,)]* prices", heading.title, re.I):
        said.append("in prices of another year, as its heading says")
    if adb:
        name, source = "ADB multi-regional input-output table", "Asian Development Bank, MRIO"
        licence = "the Asian Development Bank's terms"
        lumping = "c14 holds chips, displays, batteries and all electrical equipment"
    elif old:
        name, licence = "WIOD 2013 release", "CC BY 4.0 as its publisher's page says of 2016"
        source = "World Input-Output Database, release of 2013 (Timmer et al. 2015)"
        lumping = "c14 holds chips, displays, batteries and all electrical equipment"
    else:
        name, licence = "WIOD 2016 release", "CC BY 4.0 as its publisher's page says"
        source = "World Input-Output Database, release of 2016 (Timmer et al. 2015)"
        lumping = "C26 holds chips with computers, displays and instruments; batteries are in C27"
    rounding = 0.5 if old else 0.001
    return Publication(file, name, year, source, licence, lumping, rounding=rounding, said=said)


def _year_of(title: str) -> str:
    """The part of a title that may name the year of the table, without a year of prices."""
    return re.sub(r"(constant|previous|at|in)[^,)]*prices", "", title, flags=re.I)


def _is_codes(row: _CELLS) -> bool:
    words = [_word(cell) for cell in row[_WORDS:]]
    return len(words) > 2 and all(_CODE.fullmatch(word) for word in words[:2])


def _words(row: _CELLS, width: int) -> list[str]:
    """The words over the numbers, as many for each line of the heading."""
    return [_word(cell) for cell in (*row, *[None] * width)][_WORDS:width]


def _word(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


@contextmanager
def _rows(path: Path) -> Iterator[tuple[str, Iterator[_CELLS]]]:
    """The name of the first sheet that is no legend, and its rows as they are read."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except _BROKEN as fault:
        raise BadInput(f"{path.name}: it cannot be opened as a workbook ({fault}).") from fault
    try:
        name = next((one for one in book.sheetnames if one.lower() not in _BESIDE), None)
        if name is None:
            raise BadInput(f"{path.name}: no sheet of it holds a table.")
        sheet = book[name]
        # What a workbook says of its own size is sometimes wrong; the rows themselves are not.
        sheet.reset_dimensions()
        yield name, sheet.iter_rows(values_only=True)
    except (ParseError, *UNREADABLE) as fault:
        raise BadInput(f"{path.name}: it cannot be read to its end ({fault}).") from fault
    finally:
        book.close()
