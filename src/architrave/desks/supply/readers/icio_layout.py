"""The OECD's inter-country tables: one CSV for a year, as downloaded, editions of 2023 and later.

A heading of labels ``REGION_SECTOR``, then ``REGION_CODE`` for final demand, then the output; rows
likewise, then taxes (TLS), value added (VA) and output (OUT). In the extended form China and Mexico
stand in two parts each (CN1, CN2, MX1, MX2): those are summed while the file is read.
Layout: the read-me that the OECD puts beside the tables, as several readers in the open show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import (
    Label,
    Publication,
    assembled,
    refuse_twice,
    same_cells,
    year_in,
)
from architrave.desks.supply.readers.places import opened_text, text_name
from architrave.desks.supply.readers.text_rows import heading_of, rows_of
from architrave.desks.supply.table import Table, Vector

__all__ = ["DEMAND", "is_icio", "read_icio"]

DEMAND = ("HFCE", "NPISH", "NPS", "GGFC", "GFCF", "INVNT", "INV", "DPABR", "DIRP", "P33", "NONRES")
"""Codes of final demand; INVNT is the change of stocks, which may be negative."""
PARTS = {"CN1": "CHN", "CN2": "CHN", "MX1": "MEX", "MX2": "MEX"}
_OUTPUT = ("OUT", "OUTPUT", "TOTAL")
_PAID = ("TLS", "VA", "VALU")


def is_icio(path: Path) -> bool:
    """Whether the heading is one of these tables'."""
    found = _heading(path)
    return found is not None and found[-1] in _OUTPUT and any(
        label.partition("_")[2] in DEMAND for label in found
    )  # fmt: skip


def read_icio(path: Path) -> Table:
    """Read a year; BadInput names file, line or cell, and the size of the fault."""
    file = text_name(path)
    with opened_text(path) as lines:
        columns = heading_of(file, lines)[1:]
        cells, uses = _parted(file, columns)
        return _read(file, lines, columns, cells, uses)


def _read(
    file: str, lines: Iterator[str], columns: list[str], cells: list[Label], uses: list[Label]
) -> Table:
    whole = list(dict.fromkeys(_whole(label) for label in cells))
    place = {label: at for at, label in enumerate(whole)}
    fold = np.array([place[_whole(label)] for label in cells], dtype=np.intp)
    size, wide = len(whole), len(cells)
    Z, Y, x = np.zeros((size, size)), np.zeros((size, len(uses))), np.zeros(size)
    paid, output = np.zeros(size), None
    found: list[Label] = []
    blank = 0
    for row in rows_of(file, lines, columns):
        (label,), numbers = row.labels, row.numbers
        if label in _PAID or label.endswith("_TAXSUB"):
            paid += _folded(fold, numbers[:wide], size)
            continue
        if label in _OUTPUT:
            output = _folded(fold, numbers[:wide], size)
            continue
        cell = _label(f"{file}, line {row.line}", label)
        if _whole(cell) not in place:
            raise BadInput(f"{file}, line {row.line}: the row {label} has no column.")
        found.append(cell)
        at = place[_whole(cell)]
        Z[at] += _folded(fold, numbers[:wide], size)
        Y[at] += numbers[wide:-1]
        x[at] += numbers[-1]
        blank += row.blank
    refuse_twice(file, "row", found)
    same_cells(file, found, cells)
    _same_output(file, whole, x, output)
    said = [f"{blank} blank cells are taken as 0"] if blank else []
    if len(whole) < len(cells):
        said.append("CN1 and CN2 are summed to CHN, MX1 and MX2 to MEX")
    publication = Publication(
        file,
        "OECD inter-country input-output table",
        year_in(file, file),
        source="OECD, Inter-Country Input-Output tables",
        licence="the OECD's terms and conditions",
        lumping="a sector holds many products: chips are in electronics with all else",
        said=said,
    )
    return assembled(publication, whole, uses, (Z, Y, x), paid)


def _folded(fold: NDArray[np.intp], numbers: Vector, size: int) -> Vector:
    """The numbers of all parts of a region, summed to the region's."""
    return np.bincount(fold, numbers, size).astype(np.float64)


def _same_output(file: str, cells: list[Label], x: Vector, output: Vector | None) -> None:
    if output is None:
        raise BadInput(f"{file}: there is no row OUT.")
    gap = np.abs(output - x)
    worst = int(np.argmax(gap))
    if gap[worst] > max(0.01, 1e-3 * abs(x[worst])):
        raise BadInput(
            f"{file}: {'_'.join(cells[worst])} has the output {x[worst]:,.6g} in its row and "
            f"{output[worst]:,.6g} in its column (million USD)."
        )


def _parted(file: str, columns: list[str]) -> tuple[list[Label], list[Label]]:
    """The columns of sectors and of final demand; BadInput for another order."""
    if not columns or columns[-1] not in _OUTPUT:
        raise BadInput(f"{file}, line 1: the last column is not OUT.")
    labels = [_label(f"{file}, line 1", one) for one in columns[:-1]]
    cells = [one for one in labels if one[1] not in DEMAND]
    uses = [one for one in labels if one[1] in DEMAND]
    if labels != cells + uses:
        raise BadInput(f"{file}, line 1: a column of a sector stands after those of final demand.")
    if not cells or not uses:
        raise BadInput(f"{file}, line 1: there is no column of a sector, or none of final demand.")
    refuse_twice(f"{file}, line 1", "column", labels)
    return cells, uses


def _label(place: str, label: str) -> Label:
    region, parted, other = label.partition("_")
    if not region or not parted or not other:
        raise BadInput(f"{place}: {label[:40]!r} is no label such as AUS_A01.")
    return region, other


def _whole(label: Label) -> Label:
    return PARTS.get(label[0], label[0]), label[1]


def _heading(path: Path) -> list[str] | None:
    try:
        with opened_text(path) as lines:
            return heading_of(text_name(path), lines)
    except (BadInput, UnicodeDecodeError):
        return None
