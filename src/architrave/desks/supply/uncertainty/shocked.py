"""Shocks of demand and of cost as scenarios, all rows of a block at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import factored
from architrave.desks.supply.shocks import below_nothing
from architrave.desks.supply.table import Matrix, Table, Vector
from architrave.desks.supply.uncertainty.ranges import Kind, Output, Ran, Range, by_desk, columns

__all__ = ["CostRise", "DemandChange"]


@dataclass(frozen=True, eq=False)
class DemandChange:
    """Final demand for cells changes by an amount of money; the output of `watched` regions.

    `change` has the ends by cell. BadInput for a cell or region that the table does not have.
    """

    table: Table
    change: Mapping[str, tuple[float, float]]
    watched: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(self.table, self.change, self.watched)

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """The change of demand for each cell."""
        change = self.change
        return tuple(Range(f"demand {one}", *change[one], Kind.AMOUNT) for one in sorted(change))

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The change of output of each region that is watched, and of all."""
        money = f"{self.table.unit} {self.table.currency}"
        return (
            *(Output(f"output {one}", money, "its change in a year") for one in self.watched),
            Output("output", money, "of all regions, its change in a year"),
        )

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.table, change={one: list(ends) for one, ends in self.change.items()})

    def run(self, rows: Matrix) -> Ran:
        """K rows in one solve; output that falls below nothing is no answer."""
        given = columns(self, rows)
        asked = np.zeros((self.table.size, len(rows)))
        for name in self.change:
            asked[self.table.cell(name)] += given[f"demand {name}"]
        solved = factored(self.table)
        change = solved.output(asked)
        below = below_nothing(solved, change)
        left = np.where(below, solved.made[:, None] + change, np.inf)
        faults = {
            int(row): f"the output of {self.table.cells[int(left[:, row].argmin())]} falls below 0."
            for row in np.flatnonzero(below.any(axis=0))
        }
        values = _by_region(self.table, change, self.watched)
        values[list(faults)] = np.nan
        return Ran(values, faults)


@dataclass(frozen=True, eq=False)
class CostRise:
    """Primary cost rises in cells, by a share of their price; what final use then costs and buys.

    `added` has the ends by cell. Of the added cost those cells pass on the part `passed on`; who
    buys from them passes on all. Final buyers then take less of what is dearer: demand goes with
    the price to the power of less `elasticity`, whatever they earn, and producers go on with the
    inputs per unit of the table. BadInput for a cell or region that the table does not have.
    """

    table: Table
    added: Mapping[str, tuple[float, float]]
    watched: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(self.table, self.added, self.watched)

    @cached_property
    @by_desk("passed on", "elasticity")
    def ranges(self) -> tuple[Range, ...]:
        """The added cost of each cell, the part that is passed on, and the elasticity."""
        added = self.added
        found = (Range(f"cost {one}", *added[one], Kind.COST) for one in sorted(added))
        return (
            *found,
            Range("passed on", 0.5, 1.0, Kind.SHARE, base=1.0, law=(0.0, 1.0)),
            Range("elasticity", 0.0, 1.0, Kind.ELASTICITY, law=(0.0, math.inf)),
        )

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """What final use costs more in each region that is watched; the change of their output."""
        money = f"{self.table.unit} {self.table.currency}"
        return (
            *(Output(f"price {one}", "in 100", "of what it uses") for one in self.watched),
            *(Output(f"output {one}", money, "its change in a year") for one in self.watched),
            Output("output", money, "of all regions, its change in a year"),
        )

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.table, added={one: list(ends) for one, ends in self.added.items()})

    def run(self, rows: Matrix) -> Ran:
        """K rows in two solves; a price that falls to nothing or below is no answer."""
        given, solved = columns(self, rows), factored(self.table)
        asked = np.zeros((self.table.size, len(rows)))
        for name in self.added:
            asked[self.table.cell(name)] += given[f"cost {name}"] * given["passed on"]
        rise = solved.price(asked)
        faults = {
            int(row): f"the price of {self.table.cells[int(rise[:, row].argmin())]} falls to 0 "
            "or below."
            for row in np.flatnonzero((rise <= -1.0).any(axis=0))
        }
        prices = np.maximum(1.0 + rise, 1e-300)
        used = np.stack(
            [np.maximum(self.table.demand_of(one), 0.0) for one in self.watched], axis=1
        )
        dearer = 100 * (rise.T @ used) / np.maximum(used.sum(axis=0), 1e-300)
        wanted = np.maximum(self.table.f, 0.0)[:, None]
        less = wanted * (prices ** -given["elasticity"] - 1.0)
        less[:, list(faults)] = 0.0
        change = solved.output(less)
        values = np.concatenate([dearer, _by_region(self.table, change, self.watched)], axis=1)
        values[list(faults)] = np.nan
        return Ran(values, faults)


def _by_region(table: Table, change: Matrix, watched: tuple[str, ...]) -> Matrix:
    """The change of output, N x K, summed for each region that is watched and for all: K rows."""
    sums: list[Vector] = [change[table.region(one)].sum(axis=0) for one in watched]
    return np.stack([*sums, change.sum(axis=0)], axis=1)


def _require(
    table: Table, given: Mapping[str, tuple[float, float]], watched: tuple[str, ...]
) -> None:
    if not given:
        raise BadInput("nothing changes: name a cell such as AAA:BBB, and an amount.")
    for name, (low, high) in given.items():
        table.cell(name)
        Range(name, low, high, Kind.AMOUNT).require_sound()
    if not watched:
        raise BadInput("no region is watched: name one.")
    for name in watched:
        table.region(name)
