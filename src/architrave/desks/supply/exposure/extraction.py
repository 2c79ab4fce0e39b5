"""What is lost where a cell or a region is taken out of the table, its sales and its purchases.

Hypothetical extraction (Dietzenbacher and van der Linden 1997). Without cell j the others make
x - L[:, j] x_j / L[j, j], so one solve for each cell screens all pairs at once, in blocks of
columns: no inverse is kept. An extraction replaces nothing, so it says how much hangs on a cell,
and not what would happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["Chokepoint", "Screen", "extracted", "lost_without", "screen"]

_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A cell, and what share of each region's value added hangs on it."""

    cell: str
    lost: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Screen:
    """Every cell screened: `lost` is regions x N, the share of a region's value added that is lost
    without a cell; what is lost in the cell's own region counts the cell itself.
    """

    basis: Basis
    table: Table
    lost: Matrix

    def worst_for(self, parties: Sequence[str], top: int) -> tuple[Chokepoint, ...]:
        """The cells on which most of the parties' value added hangs, none of their own regions.

        Fewer than `top` where fewer lie outside. BadInput where the parties add no value together.
        """
        table = self.table
        outside = np.ones(table.size, bool)
        for one in parties:
            outside[table.region(one)] = False
        rows = [table.regions.index(one) for one in parties]
        size = np.array([table.v[table.region(one)].sum() for one in parties])
        if size.sum() <= 0:
            names = " and ".join(parties)
            raise BadInput(f"{table.name}: {names} add no value, so none hangs on anything.")
        together = (self.lost[rows] * size[:, None]).sum(axis=0) / size.sum()
        cells = np.flatnonzero(outside)
        order = cells[np.argsort(-together[cells], kind="stable")][:top]
        return tuple(
            Chokepoint(table.cells[at], tuple(float(one) for one in self.lost[rows, at]))
            for at in order
        )


def lost_without(solved: Factored, cell: str) -> Vector:
    """What N cells make less, in money, where a cell is taken out; its own output with it."""
    at = solved.table.cell(cell)
    unit = np.zeros(solved.table.size)
    unit[at] = 1.0
    column = solved.output(unit)
    found: Vector = column * (solved.output(solved.table.f)[at] / column[at])
    return found


def extracted(solved: Factored, region: str) -> Vector:
    """What N cells make less where a whole region is taken out: it sells and buys nothing."""
    table = solved.table
    columns = np.arange(table.size)[table.region(region)]
    units = np.zeros((table.size, len(columns)))
    units[columns, np.arange(len(columns))] = 1.0
    reach = solved.output(units)
    output = solved.output(table.f)
    found: Vector = reach @ np.linalg.solve(reach[columns], output[columns])
    return found


def screen(solved: Factored) -> Screen:
    """Screen all cells; rows of regions without value added are 0."""
    table = solved.table
    per = np.where(table.empty, 0.0, 1.0 - solved.A.sum(axis=0))
    output = solved.output(table.f)
    added = (per * output).reshape(len(table.regions), -1).sum(axis=1)
    lost = np.zeros((len(table.regions), table.size))
    for columns in _blocks(table.size):
        units = np.zeros((table.size, len(columns)))
        units[columns, np.arange(len(columns))] = 1.0
        reach = solved.output(units)
        scale = output[columns] / reach[columns, np.arange(len(columns))]
        gone = (reach * per[:, None] * scale).reshape(len(table.regions), -1, len(columns))
        lost[:, columns] = gone.sum(axis=1)
    share = np.divide(lost, added[:, None], out=np.zeros_like(lost), where=added[:, None] > 0)
    return Screen(basis_of(table), table, share)


def _blocks(size: int) -> Iterator[np.ndarray[tuple[int], np.dtype[np.intp]]]:
    for first in range(0, size, _BLOCK):
        yield np.arange(first, min(first + _BLOCK, size))
