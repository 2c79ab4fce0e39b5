"""A table factored once: every linear question is a solve, never an inverse.

With A = Z x^-1 the output that meets final demand f is x = (I - A)^-1 f (Leontief). Prices follow
from the transposed system, p = (I - A')^-1 (v / x); the supply-driven model (Ghosh) is x' = v'
(I - B)^-1 with B = x^-1 Z, and since I - B = x^-1 (I - A) x the same factors answer it. A
structural change of k columns is answered by the Sherman-Morrison-Woodbury formula: k solves and a
k x k system; of many changes, each by itself, all those solves are one. A cell without output has a
column of zeros.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = [
    "Change", "Changed", "Factored", "accounts_gap", "blocks", "factored", "residual",
]  # fmt: skip

_KEPT = 3
_MOST = 1e12
"""Output of a cell for one unit of everything: beyond, an economy lives off its own rounding."""
_BLOCK = 1024  # right-hand sides solved at once: 12 MB of a full table's cells

Change = tuple[NDArray[np.intp], Matrix]
"""A structural change: the columns of A that change (k), and what is added to them (N x k)."""


@dataclass(frozen=True, eq=False)
class Factored:
    """A table with the factors of I - A. Right-hand sides are N, or N x K: K answers at once."""

    table: Table

    @cached_property
    def A(self) -> Matrix:
        """Inputs per unit of output, N x N; a column of zeros where there is no output."""
        per = np.divide(1.0, self.table.x, out=np.zeros_like(self.table.x), where=~self.table.empty)
        inputs: Matrix = self.table.Z * per
        inputs.flags.writeable = False
        return inputs

    @cached_property
    def _lu(self) -> tuple[Matrix, NDArray[np.int32]]:
        left = np.asfortranarray(-self.A)
        left[np.diag_indices_from(left)] += 1.0
        with warnings.catch_warnings():
            # A zero on the diagonal is refused below, in a sentence.
            warnings.simplefilter("ignore", scipy.linalg.LinAlgWarning)
            factors: tuple[Matrix, NDArray[np.int32]] = scipy.linalg.lu_factor(
                left, overwrite_a=True, check_finite=False
            )
        # For A without negatives (I - A) y = 1 has a y of which none is negative if and only if the
        # condition of Hawkins and Simon holds: one solve instead of N minors.
        ones = np.ones(self.table.size)
        needed = (
            scipy.linalg.lu_solve(factors, ones, check_finite=False)
            if (np.diag(factors[0]) != 0).all()
            else -ones
        )
        if not ((needed > 0) & (needed < _MOST)).all():
            raise BadInput(self._unsolvable())
        return factors

    def _unsolvable(self) -> str:
        # Where the condition fails some cell needs inputs of all its output or more.
        needs, place = self.A.sum(axis=0), f"{self.table.file}: " if self.table.file else ""
        most = int(needs.argmax())
        return (
            f"{place}{self.table.name} {self.table.year}: it needs all that it makes or more (the "
            "condition of Hawkins and Simon does not hold), so I - A cannot be solved; most of "
            f"all {self.table.cells[most]}, with inputs of {needs[most]:.4g} for each 1 it makes."
        )

    @cached_property
    def made(self) -> Vector:
        """Output that meets the final demand of the table itself, N."""
        return self.output(self.table.f)

    def output(self, demand: Matrix) -> Matrix:
        """Output that meets final demand: x = (I - A)^-1 f."""
        found: Matrix = scipy.linalg.lu_solve(self._lu, demand, check_finite=False)
        return found

    @cached_property
    def added(self) -> Vector:
        """Value added per unit of output of N cells, 1 less what is bought for it."""
        return np.asarray(1.0 - self.A.sum(axis=0))

    def inputs(self, output: Matrix) -> Matrix:
        """What is bought of N cells for an output (N, or N x K): A times it."""
        found: Matrix = self.A @ output
        return found

    def price(self, primary: Matrix) -> Matrix:
        """Prices from primary cost per unit of output: p = (I - A')^-1 c. All 1 in the table year.

        Cells without output have no price of their own; theirs is what `primary` says.
        """
        found: Matrix = scipy.linalg.lu_solve(self._lu, primary, trans=1, check_finite=False)
        return found

    def supply_driven(self, primary: Matrix) -> Matrix:
        """Ghosh's output from primary inputs (money): x' = v' (I - B)^-1; 0 where there is none."""
        x = self.table.x if primary.ndim == 1 else self.table.x[:, None]
        per = np.divide(primary, x, out=np.zeros_like(primary, dtype=np.float64), where=x != 0)
        found: Matrix = self.price(per) * x
        return found

    def changed(self, columns: NDArray[np.intp], delta: Matrix) -> Changed:
        """The same table with `delta` (N x k) added to the `columns` (k) of A."""
        return next(self.each([(np.asarray(columns), np.asarray(delta, dtype=np.float64))]))

    def each(self, changes: Sequence[Change]) -> Iterator[Changed]:
        """The table after each of many changes by itself; their columns are solved together."""
        for places in blocks([len(columns) for columns, _ in changes]):
            together = [changes[at][1] for at in places]
            reach = self.output(np.asfortranarray(np.concatenate(together, axis=1)))
            first = 0
            for at in places:
                columns, delta = changes[at]
                yield Changed(self, columns, delta, reach[:, first : first + len(columns)])
                first += len(columns)

    def each_changed(self, changes: Sequence[Change]) -> Matrix:
        """Output, N x K, that meets the table's final demand after each of K changes by itself.

        BadInput as of `Changed`.
        """
        found = np.empty((self.table.size, len(changes)), order="F")
        for at, one in enumerate(self.each(changes)):
            found[:, at] = one.made
        return found


def blocks(widths: Sequence[int]) -> Iterator[list[int]]:
    """Places of what has so many columns, as many at a time as one block of right-hand sides."""
    block, width = list[int](), 0
    for at, one in enumerate(widths):
        if block and width + one > _BLOCK:
            yield block
            block, width = [], 0
        block.append(at)
        width += one
    if block:
        yield block


@dataclass(frozen=True, eq=False)
class Changed:
    """A factored table with some columns of A changed, answered without factoring anew.

    (I - A - D E')^-1 = M + M D (I - E' M D)^-1 E' M, with M = (I - A)^-1, D = `delta` (N x k) and E
    the unit columns; `reach` is M D, k solves, and what is left a k x k system. BadInput if the
    changed economy cannot be solved.
    """

    base: Factored
    columns: NDArray[np.intp]
    delta: Matrix
    reach: Matrix

    @cached_property
    def _passed_on(self) -> tuple[Matrix, NDArray[np.int32]]:
        """The factors of I - E' M D."""
        small = np.eye(len(self.columns)) - self.reach[self.columns]
        factors: tuple[Matrix, NDArray[np.int32]] = scipy.linalg.lu_factor(
            small, check_finite=False
        )
        if not (np.abs(np.diag(factors[0])) > 1e-12).all():
            raise BadInput(f"{self.base.table.name}: the changed table cannot be solved.")
        return factors

    @cached_property
    def made(self) -> Vector:
        """Output that meets the final demand of the table itself, N."""
        return self.after(self.base.made)

    def output(self, demand: Matrix) -> Matrix:
        """Output that meets final demand (N, or N x K) with the changed inputs."""
        return self.after(self.base.output(demand))

    def after(self, before: Matrix) -> Matrix:
        """Output with the changed inputs where it was `before` (N, or N x K) with the old ones."""
        passed = scipy.linalg.lu_solve(self._passed_on, before[self.columns], check_finite=False)
        found: Matrix = before + self.reach @ passed
        return found

    @cached_property
    def added(self) -> Vector:
        """Value added per unit of output of N cells, 1 less what is bought for it."""
        added = self.base.added.copy()
        np.subtract.at(added, self.columns, self.delta.sum(axis=0))
        return added

    def inputs(self, output: Matrix) -> Matrix:
        """What is bought of N cells for an output (N, or N x K): the changed A times it."""
        found: Matrix = self.base.A @ output + self.delta @ output[self.columns]
        return found


_factored: OrderedDict[str, Factored] = OrderedDict()
_lock = Lock()


def factored(table: Table) -> Factored:
    """The factored form of a table; those of the last three tables asked for are kept."""
    with _lock:
        found = _factored.pop(table.digest, None) or Factored(table)
        _factored[table.digest] = found
        while len(_factored) > _KEPT:
            _factored.popitem(last=False)
    return found


def residual(solved: Factored | Changed, output: Matrix, demand: Matrix) -> float:
    """How far (I - A) x is from f: the largest difference, as a share of the largest demand."""
    left = output - solved.inputs(output) - demand
    return float(np.abs(left).max() / max(float(np.abs(demand).max()), 1e-300))


def accounts_gap(solved: Factored | Changed, output: Matrix, demand: Matrix) -> float:
    """How far value added is from final demand: the identity sum v = sum f.

    Value added is what the outputs leave after their inputs. The largest difference of the K
    columns (N, or N x K), as a share of all that is demanded more or less in that column.
    """
    added = solved.added @ output
    asked = np.maximum(np.abs(demand).sum(axis=0), 1e-300)
    return float(np.max(np.abs(added - demand.sum(axis=0)) / asked))
