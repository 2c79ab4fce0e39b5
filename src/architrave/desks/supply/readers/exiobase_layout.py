"""EXIOBASE 3, industry by industry or product by product: a folder, or the same packed as a zip.

Z.txt or A.txt, Y.txt, x.txt and unit.txt, divided by tabs: two lines of labels over the columns
(and perhaps a third with the names of the row labels), two labels before each row. Without x.txt
output is what is sold. Taxes and value added are looked for in factor_inputs/F.txt and
satellite/F.txt; where they miss output it is said, as a table's value added is what is left.
Layout: the files that pymrio writes and reads for this database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import (
    Label,
    Publication,
    assembled,
    refuse_twice,
    year_in,
)
from architrave.desks.supply.readers.places import file_like, names_in, opened_text
from architrave.desks.supply.readers.text_rows import NumberedRow, heading_of, rows_of
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["is_exiobase", "read_exiobase"]

_PAID = (
    "Taxes less subsidies on products",
    "Other net taxes on production",
    "Compensation of employees",
    "Operating surplus",
)
_MOST = 0.05
"""Of all output: what cells may buy beyond what they make where no value added is printed."""
_UNITS = {"M.EUR": "EUR", "MEUR": "EUR", "Mill EUR": "EUR", "M EUR": "EUR"}


def is_exiobase(path: Path) -> bool:
    """Whether Y.txt, unit.txt and Z.txt or A.txt lie in the folder or the zip."""
    names = names_in(path)
    kept = [file_like(names, name) is not None for name in ("Y.txt", "unit.txt")]
    return all(kept) and any(file_like(names, name) for name in ("Z.txt", "A.txt"))


def read_exiobase(path: Path) -> Table:
    """Read the folder or zip; BadInput names the file in it, line or cell, and the fault."""
    names = names_in(path)
    currency = _currency(path, names)
    said: list[str] = []
    cells, Z, uses, Y, x = _economy(path, names, said)
    paid = _paid(path, names, cells)
    if paid is None:
        paid = _left(path, cells, Z, x)
        said.append("value added was not found beside it and is what is left")
    publication = Publication(
        path.name,
        "EXIOBASE 3",
        year_in(path.name, path.name, str(file_like(names, "Y.txt"))),
        source="EXIOBASE 3 (Stadler et al. 2018)",
        licence="as the release says; CC BY-SA 4.0 for 3.8 and later, not verified here",
        lumping="chips are with radio, television and communication equipment",
        currency=currency,
        exact=False,
        said=said,
    )
    return assembled(publication, cells, uses, (Z, Y, x), paid)


def _economy(
    path: Path, names: Sequence[str], said: list[str]
) -> tuple[list[Label], Matrix, list[Label], Matrix, Vector]:
    """Cells, Z, columns of final demand, Y and output. Older releases have A and no x."""
    z_name, x_name = file_like(names, "Z.txt"), file_like(names, "x.txt")
    name = z_name or _one(path, names, "A.txt")
    if x_name is not None:
        wanted, x = _column(path, x_name)
    else:
        with opened_text(path, name) as lines:
            wanted, _ = _opened(name, lines)
    first = "x.txt" if x_name is not None else name
    cells, Z = _grid(path, name, wanted, first, square=True)
    uses, Y = _grid(path, _one(path, names, "Y.txt"), wanted, first, square=False)
    if x_name is None:
        said.append("output was not found beside it and is what is sold")
        x = Z.sum(axis=1) + Y.sum(axis=1) if z_name is not None else _sold(path, Z, Y)
    if z_name is None:
        Z *= x[None, :]
    return cells, Z, uses, Y, x


def _sold(path: Path, A: Matrix, Y: Matrix) -> Vector:
    """The output that meets all final demand with inputs A; BadInput where none does."""
    left = -A
    left[np.diag_indices_from(left)] += 1.0
    try:
        found: Vector = np.linalg.solve(left, Y.sum(axis=1))
    except np.linalg.LinAlgError:
        raise BadInput(f"{path.name}: I - A cannot be solved, and there is no x.txt.") from None
    return found


def _left(path: Path, cells: list[Label], Z: Matrix, x: Vector) -> Vector:
    """What is left of output after inputs; BadInput where inputs are worth far more in all."""
    left = x - Z.sum(axis=0)
    lost = -float(np.minimum(left, 0.0).sum())
    if lost > _MOST * float(np.abs(x).sum()):
        worst = int(np.argmin(left))
        raise BadInput(
            f"{path.name}: cells buy {lost:,.6g} more than they make in all, most of all "
            f"{'_'.join(cells[worst])}, {-left[worst]:,.6g} (million EUR), and no value added is "
            "printed beside it that would say so."
        )
    found: Vector = left
    return found


def _currency(path: Path, names: Sequence[str]) -> str:
    file = _one(path, names, "unit.txt")
    with opened_text(path, file) as lines:
        heading_of(file, lines, "\t")
        for line, read in enumerate(lines, 2):
            if read.strip():
                unit = read.rstrip("\r\n").split("\t")[-1].strip()
                if unit not in _UNITS:
                    raise BadInput(
                        f"{file}, line {line}: the unit is {unit[:30]!r}, not M.EUR: tables in "
                        "other units than money are not read."
                    )
    return "EUR"


def _column(path: Path, file: str) -> tuple[list[Label], Vector]:
    with opened_text(path, file) as lines:
        heading = heading_of(file, lines, "\t")
        rows = list(rows_of(file, lines, heading[2:], separator="\t", labels=2))
    labels = [(row.labels[0], row.labels[1]) for row in rows]
    refuse_twice(file, "row", labels)
    return labels, np.array([row.numbers[0] for row in rows])


def _grid(
    path: Path, file: str, wanted: list[Label], first: str, *, square: bool
) -> tuple[list[Label], Matrix]:
    """The columns' labels and the numbers, its rows in the order of `wanted`, as in `first`."""
    with opened_text(path, file) as lines:
        columns, rows = _opened(file, lines)
        if square and columns != wanted:
            raise BadInput(f"{file}: its columns are not the cells of {first} in their order.")
        refuse_twice(file, "column", columns)
        array = np.zeros((len(wanted), len(columns)))
        count = 0
        for count, row in enumerate(rows, 1):
            if count > len(wanted) or (row.labels[0], row.labels[1]) != wanted[count - 1]:
                asked = "_".join(wanted[count - 1]) if count <= len(wanted) else "no further row"
                raise BadInput(f"{file}, line {row.line}: expected {asked}, as in {first}.")
            array[count - 1] = row.numbers
    if count < len(wanted):
        raise BadInput(f"{file}: the row {'_'.join(wanted[count])} of {first} is not in it.")
    return columns, array


def _opened(
    file: str, lines: Iterator[str], labels: int = 2
) -> tuple[list[Label], Iterator[NumberedRow]]:
    """The labels over the columns, and the rows below."""
    first, second = heading_of(file, lines, "\t"), heading_of(file, lines, "\t")
    columns = list(zip(first[labels:], second[labels:], strict=False))
    if len(first) != len(second) or not all(all(label) for label in columns):
        raise BadInput(f"{file}, line 2: the two lines of labels over the columns do not match.")
    return columns, _rows(file, lines, columns, labels)


def _rows(
    file: str, lines: Iterator[str], columns: list[Label], labels: int
) -> Iterator[NumberedRow]:
    names = ["_".join(label) for label in columns]
    held = next(lines, "")
    at = 3
    if held.strip() and not any(cell.strip() for cell in held.split("\t")[labels:]):
        held, at = next(lines, ""), 4  # a line that names the labels of the rows

    def all_lines() -> Iterator[str]:
        yield held
        yield from lines

    return rows_of(file, all_lines(), names, separator="\t", labels=labels, first=at)


def _paid(path: Path, names: Sequence[str], cells: list[Label]) -> Vector | None:
    """Taxes and value added by column, from the first file that has all four kinds of it."""
    for folder in ("factor_inputs", "satellite"):
        name = next((one for one in names if one.endswith(f"{folder}/F.txt")), None)
        if name is None:
            continue
        summed, kinds = np.zeros(len(cells)), set()
        with opened_text(path, name) as lines:
            columns, rows = _opened(name, lines, labels=1)
            if columns != cells:
                raise BadInput(f"{name}: its columns are not those of Z.txt in their order.")
            for row in rows:
                kind = next((one for one in _PAID if row.labels[0].startswith(one)), None)
                if kind is None:
                    break  # they stand first; what follows is no money
                kinds.add(kind)
                summed += row.numbers
        if len(kinds) == len(_PAID):
            return summed
    return None


def _one(path: Path, names: Sequence[str], name: str) -> str:
    found = file_like(names, name)
    if found is None:
        raise BadInput(f"{path.name}: there is no {name} in it.")
    return found
