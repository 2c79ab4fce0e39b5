"""From what a reader has read to a table: labels crossed, columns added up, oddities said.

A publisher may print cells in any regular or irregular arrangement; a `Table` is regions by sectors
without gaps. Cells that the publisher does not have are empty ones here, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import checked, rounded_off
from architrave.desks.supply.table import Matrix, Table, Vector, table_of

__all__ = ["Label", "Publication", "assembled", "refuse_twice", "same_cells", "year_in"]

Label = tuple[str, str]
"""A region, and a sector or a category of final demand."""

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_EDITION = re.compile(r"ICIO[ _-]?(?:19|20)[0-9]{2}(?![0-9])(?=.*[0-9]{4})", re.I)


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be said of a published table; `rounding` is in its unit, `file` named in faults.

    `exact` says that its publisher prints inputs and value added that add up to output.
    """

    file: str
    name: str
    year: int
    source: str
    licence: str
    lumping: str = ""
    currency: str = "USD"
    unit: str = "million"
    rounding: float = 0.001
    exact: bool = True
    said: list[str] = field(default_factory=list)


def assembled(
    publication: Publication,
    cells: Sequence[Label],
    uses: Sequence[Label],
    arrays: tuple[Matrix, Matrix, Vector],
    paid: Vector | None = None,
) -> Table:
    """A checked table from arrays in the order of `cells` and `uses`, which are given away.

    `paid` is what each column of Z pays beside inputs (taxes and value added), where that is
    printed. BadInput names the file, the cell and the size of the fault.
    """
    it = publication
    Z, Y, x = arrays
    _smooth(it, Z, "sales")
    _smooth(it, x, "outputs")
    if paid is not None:
        _columns_add_up(it, cells, Z, x, paid)
    regions, sectors = _axis(cells, 0), _axis(cells, 1)
    categories = _axis(uses, 1)
    Z, Y, x = _crossed(it, (cells, uses), (regions, sectors, categories), (Z, Y, x))
    lumping = "; ".join(one for one in (it.lumping, *it.said) if one)
    try:
        table = table_of(
            it.name, it.year, regions, sectors, categories, (Z, Y, x), currency=it.currency,
            unit=it.unit, rounding=it.rounding, lumping=lumping, source=it.source,
            licence=it.licence, file=it.file, given_away=True,
        )  # fmt: skip
        return checked(table, losses_printed=paid is not None)
    except BadInput as fault:
        raise BadInput(f"{it.file}: {fault}") from None


def refuse_twice(file: str, what: str, labels: Sequence[Label]) -> None:
    """BadInput for the first label that stands twice."""
    seen: set[Label] = set()
    for label in labels:
        if label in seen:
            raise BadInput(f"{file}: the {what} {'_'.join(label)} stands there twice.")
        seen.add(label)


def same_cells(file: str, rows: Sequence[Label], columns: Sequence[Label]) -> None:
    """BadInput naming the first column that has no row of its own, or the other way round."""
    for what, other, ours, theirs in (
        ("column", "row", columns, set(rows)), ("row", "column", rows, set(columns)),
    ):  # fmt: skip
        for label in ours:
            if label not in theirs:
                raise BadInput(f"{file}: the {what} {'_'.join(label)} has no {other}.")


def year_in(file: str, *texts: str) -> int:
    """The year of a table: the last one in the first text that names any.

    BadInput if none does, or if the file's own name is that text and names several: which of them
    is the edition's cannot be told. ``ICIO2021_2018`` names an edition as its publisher does.
    """
    for text in texts:
        found = _YEAR.findall(text)
        if text == file:
            found = _YEAR.findall(_EDITION.sub("", text)) or found
            if len(set(found)) > 1:
                raise BadInput(
                    f"{file}: its name holds several years ({', '.join(found)}); rename it so that "
                    "it holds the one of the table."
                )
        if found:
            return int(found[-1])
    raise BadInput(f"{file}: neither its name nor its heading says which year it is of.")


def _smooth(it: Publication, array: NDArray[np.float64], what: str) -> None:
    """Set to 0 what is below nothing by no more than rounding, and say how many."""
    slightly = (array < 0) & (-it.rounding <= array)
    count = int(slightly.sum())
    if count:
        array[slightly] = 0.0
        it.said.append(f"{count} {what} below 0 by rounding alone are taken as 0")


def _columns_add_up(
    it: Publication, cells: Sequence[Label], Z: Matrix, x: Vector, paid: Vector
) -> None:
    inputs = Z.sum(axis=0) + paid
    gap = inputs - x
    allowed = rounded_off(it.rounding, len(x) + 8, np.abs(x))
    faulty = np.abs(gap) > allowed
    worst = int(np.argmax(np.where(faulty, np.abs(gap), -1.0)))
    if it.exact and faulty.any():
        raise BadInput(
            f"{it.file}: {'_'.join(cells[worst])} does not balance: its inputs, taxes and value "
            f"added are {inputs[worst]:,.6g}, its output is {x[worst]:,.6g} "
            f"({it.unit} {it.currency})."
        )
    if faulty.any():
        _loosely(it, cells, x, gap, worst, int(faulty.sum()))
    losing = x - Z.sum(axis=0) < -allowed
    if losing.any():
        least = int(np.argmin(np.where(losing, x - Z.sum(axis=0), np.inf)))
        it.said.append(
            f"{int(losing.sum())} cells buy more than they make, as published, most of all "
            f"{'_'.join(cells[least])}"
        )


def _loosely(
    it: Publication, cells: Sequence[Label], x: Vector, gap: Vector, worst: int, count: int
) -> None:
    """Where a publisher's rows and columns do not meet: said, up to a twentieth of all output."""
    named = np.array([region != "ROW" for region, _ in cells])
    part = float(np.abs(gap[named]).sum() / max(float(np.abs(x[named]).sum()), 1.0))
    if part > 0.05:
        raise BadInput(
            f"{it.file}: it does not balance: inputs and value added miss output by {part:.0%} of "
            f"it, most of all by {abs(gap[worst]):,.6g} at {'_'.join(cells[worst])} "
            f"({it.unit} {it.currency})."
        )
    it.said.append(
        f"in {count} cells inputs and value added as published miss output, by {part:.1%} of all "
        f"output, most at {'_'.join(cells[worst])}; value added here is what is left of output"
    )


def _axis(labels: Sequence[Label], at: int) -> list[str]:
    return list(dict.fromkeys(label[at] for label in labels))


def _crossed(
    it: Publication,
    labels: tuple[Sequence[Label], Sequence[Label]],
    axes: tuple[list[str], list[str], list[str]],
    arrays: tuple[Matrix, Matrix, Vector],
) -> tuple[Matrix, Matrix, Vector]:
    """The arrays region by region; they are copied only if they are in another order."""
    (cells, uses), (regions, sectors, categories), (Z, Y, x) = labels, axes, arrays
    full = [(region, sector) for region in regions for sector in sectors]
    wide = [(region, category) for region in regions for category in categories]
    rows, columns = _places(cells, full), _places(_known(it, uses, regions), wide)
    if list(cells) != full:
        if len(cells) < len(full):
            it.said.append(
                f"{len(full) - len(cells)} cells that the publisher does not print are empty"
            )
        spread = np.zeros((len(full), len(full)))
        spread[np.ix_(rows, rows)] = Z
        Z, kept = spread, x
        x = np.zeros(len(full))
        x[rows] = kept
    if list(cells) != full or list(uses) != wide:
        demand = np.zeros((len(full), len(wide)))
        demand[np.ix_(rows, columns)] = Y
        Y = demand
    return Z, Y, x


def _known(it: Publication, uses: Sequence[Label], regions: Sequence[str]) -> Sequence[Label]:
    """The same columns of final demand; BadInput for one of a region without cells."""
    known = set(regions)
    for region, category in uses:
        if region not in known:
            raise BadInput(f"{it.file}: {region}_{category} is of a region that makes nothing.")
    return uses


def _places(labels: Sequence[Label], order: Sequence[Label]) -> list[int]:
    at = {label: place for place, label in enumerate(order)}
    return [at[label] for label in labels]
