"""Our own plain layout: three CSV files, Z, Y and x, with labels ``REGION_SECTOR``.

Z has a heading of cells and a row for each cell, beginning with its label; Y likewise with
``REGION_CATEGORY`` over its columns; x has a column `x`, and may have one of value added beside it,
which must then be what is left of output. Regions stand one after the other, each with all sectors
in the same order.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import checked, rounded_off
from architrave.desks.supply.table import Matrix, Table, table_of

__all__ = ["read_csv_table"]


def read_csv_table(
    texts: Sequence[tuple[str, str]],
    *,
    name: str,
    year: int,
    rounding: float = 0.5,
    lumping: str = "",
    source: str = "",
    licence: str = "",
    currency: str = "USD",
    unit: str = "million",
) -> Table:
    """Read (file name, content) of Z, Y and x; BadInput naming file, line and column."""
    (z_file, z_text), (y_file, y_text), (x_file, x_text) = texts
    buyers, sellers, Z = _grid(z_file, z_text)
    uses, y_rows, Y = _grid(y_file, y_text)
    _, x_rows, x = _grid(x_file, x_text)
    for file, rows in ((y_file, y_rows), (x_file, x_rows)):
        if rows != sellers:
            at = next(i for i, pair in enumerate(_paired(rows, sellers)) if pair[0] != pair[1])
            raise BadInput(
                f"{file}, line {at + 2}: expected the row of {_paired(rows, sellers)[at][1]}."
            )
    if buyers != sellers:
        raise BadInput(f"{z_file}, line 1: the columns are not the cells of its rows in order.")
    regions, sectors = _crossed(z_file, sellers)
    used_in, categories = _crossed(y_file, uses)
    if used_in != regions:
        raise BadInput(f"{y_file}, line 1: the regions are not those of {z_file}.")
    table = table_of(
        name, year, regions, sectors, categories, (Z, Y, x[:, 0]),
        currency=currency, unit=unit, rounding=rounding, lumping=lumping, source=source,
        licence=licence, file=z_file,
    )  # fmt: skip
    _require_added(x_file, table, x[:, 1:])
    try:
        return checked(table)
    except BadInput as fault:
        raise BadInput(f"{z_file}: {fault}") from None


def _require_added(file: str, table: Table, printed: Matrix) -> None:
    """Value added that is printed is what inputs leave of output; BadInput naming a cell."""
    gap = np.abs(printed - table.v[:, None]).max(axis=1, initial=0.0)
    if (gap > rounded_off(table.rounding, table.size, np.abs(table.x))).any():
        worst = int(np.argmax(gap))
        raise BadInput(
            f"{file}: {table.cells[worst]} does not balance: its value added is printed as "
            f"{printed[worst, 0]:,.6g}, and inputs leave {table.v[worst]:,.6g} of its output."
        )


def _paired(rows: list[str], wanted: list[str]) -> list[tuple[str, str]]:
    most = max(len(rows), len(wanted))
    filled = [[*one, *["(no row)"] * (most - len(one))] for one in (rows, wanted)]
    return list(zip(filled[0], filled[1], strict=True))


def _grid(file: str, text: str) -> tuple[list[str], list[str], Matrix]:
    """Column labels, row labels and numbers of a table whose first column is labels."""
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    if not lines:
        raise BadInput(f"{file}: it is empty.")
    heading, rows = lines[0][1:], [line for line in lines[1:] if line]
    for number, line in enumerate(rows, 2):
        if len(line) != len(heading) + 1:
            raise BadInput(
                f"{file}, line {number}: {len(heading) + 1} cells were expected, {len(line)} found."
            )
    try:
        numbers: Matrix = np.array([line[1:] for line in rows], dtype=np.float64)
    except ValueError:
        raise BadInput(_no_number(file, heading, rows)) from None
    return heading, [line[0] for line in rows], numbers.reshape(len(rows), len(heading))


def _no_number(file: str, heading: list[str], rows: list[list[str]]) -> str:
    for number, line in enumerate(rows, 2):
        for column, cell in zip(heading, line[1:], strict=True):
            try:
                float(cell)
            except ValueError:
                return f"{file}, line {number}, column {column}: {cell!r} is no number."
    return f"{file}: it holds something that is no number."


def _crossed(file: str, labels: list[str]) -> tuple[list[str], list[str]]:
    """Regions and what each is crossed with, from labels ``REGION_OTHER`` in regular order."""
    parted = [label.partition("_") for label in labels]
    regions = list(dict.fromkeys(first for first, _, _ in parted))
    others = list(dict.fromkeys(last for _, _, last in parted))
    if labels != [f"{region}_{other}" for region in regions for other in others]:
        raise BadInput(
            f"{file}: expected labels such as AAA_BBB, each region with the same ones in the same "
            f"order; found {len(labels)} of {len(regions)} regions and {len(others)} others."
        )
    return regions, others
