"""Shocks of demand and of primary cost on a table as it stands, many at once.

Each says what follows when everybody goes on as in the year of the table. Nothing here adapts, has
stocks or takes time. Where something is no longer sold at all, see `stoppages`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Factored, accounts_gap, residual
from architrave.desks.supply.table import Matrix

__all__ = ["Costs", "Demands", "below_nothing", "cost_shock", "demand_shock"]

_ROUNDING = 1e-9
"""Of a price, and of the largest output: below, what falls further has only been rounded."""


@dataclass(frozen=True, eq=False)
class Demands:
    """Changes of final demand `asked` and of the output that meets them: N, or N x K, in money."""

    solved: Factored
    asked: Matrix
    change: Matrix

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.solved.table)

    @cached_property
    def residual(self) -> float:
        """How far (I - A) x is from the demand, as `factored.residual` says it."""
        return residual(self.solved, self.change, self.asked)

    @cached_property
    def gap(self) -> float:
        """How far value added is from final demand, as `factored.accounts_gap` says it."""
        return accounts_gap(self.solved, self.change, self.asked)


@dataclass(frozen=True, eq=False)
class Costs:
    """Added primary cost per unit of output, and the price of each cell as a share of what it was.

    Both N, or N x K. All cost is passed on, and quantities stay as they are.
    """

    solved: Factored
    asked: Matrix
    change: Matrix

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.solved.table, passed_on="all added cost")

    @cached_property
    def residual(self) -> float:
        """How far (I - A') p is from the cost: the largest difference over the largest cost."""
        left = self.change - self.solved.A.T @ self.change - self.asked
        return float(np.abs(left).max() / max(float(np.abs(self.asked).max()), 1e-300))

    @cached_property
    def gap(self) -> float:
        """How far what final demand pays more is from the added cost of all that is made for it.

        The identity p'f = c'x, with the x that meets the table's final demand: the largest
        difference of the K columns, as a share of all cost that was added or taken off.
        """
        paid = self.solved.table.f @ self.change
        cost = self.solved.made @ self.asked
        size = np.maximum(np.abs(self.solved.made) @ np.abs(self.asked), 1e-300)
        return float(np.max(np.abs(paid - cost) / size))


def demand_shock(solved: Factored, change: Matrix) -> Demands:
    """Output that changes of final demand (N, or N x K, in money) bring about.

    BadInput for another shape, for what is no number, or where output would fall below nothing.
    """
    asked = _numbers(solved, change)
    found = Demands(solved, asked, solved.output(asked))
    _require_output(found)
    return found


def below_nothing(solved: Factored, change: Matrix) -> NDArray[np.bool_]:
    """Where a change of output (N, or N x K) takes away more than a cell makes; flags alike.

    What it makes is what meets the table's own final demand, so that all of that may go. A cell of
    which the table itself says less than nothing is left alone: it could never pass.
    """
    slack = _ROUNDING * float(np.abs(solved.made).max())
    least = np.where(solved.made < -slack, -np.inf, -np.maximum(solved.made, 0.0) - slack)
    flags: NDArray[np.bool_] = (least > change.T).T
    return flags


def _require_output(found: Demands) -> None:
    """Output falls by all that is made at the most; the refusal says how far one can go."""
    below = below_nothing(found.solved, found.change)
    if not below.any():
        return
    table, made = found.solved.table, found.solved.made
    change = found.change.reshape(table.size, -1)
    asked = found.asked.reshape(table.size, -1)
    rows, columns = np.nonzero(below.reshape(table.size, -1))
    parts = np.maximum(made[rows], 0.0) / -change[rows, columns]
    first = int(parts.argmin())
    cell, part = int(rows[first]), float(parts[first])
    shocked = np.flatnonzero(asked[:, columns[first]])
    if len(shocked) == 1:
        amount = _floor(-part * float(asked[shocked[0], columns[first]]))
        most = f"let demand for {table.cells[shocked[0]]} fall by {amount} at the most"
    else:
        most = f"take {_floor(100 * part)} in 100 of these changes at the most"
    money = f"{table.unit} {table.currency}"
    raise BadInput(
        f"{table.cells[cell]}: its output would fall by {-change[cell, columns[first]]:,.6g} "
        f"{money}, and it makes {max(made[cell], 0.0):,.6g}; {most}."
    )


def _floor(number: float) -> str:
    """Five figures, cut off towards nothing, so that what is told is not refused in its turn."""
    if not abs(number) > 0:
        return "0"
    step = 10.0 ** (math.floor(math.log10(abs(number))) - 4)
    return f"{math.trunc(number / step) * step:.10g}"


def cost_shock(solved: Factored, added: Matrix) -> Costs:
    """Prices that changes of primary cost per unit of output (N, or N x K) bring about.

    BadInput for another shape, for what is no number, or where a price would fall below nothing.
    """
    asked = _numbers(solved, added)
    found = Costs(solved, asked, solved.price(asked))
    _require_prices(found)
    return found


def _require_prices(found: Costs) -> None:
    """A price falls by all that it is at the most."""
    least = found.change.reshape(found.solved.table.size, -1).min(axis=1)
    at = int(least.argmin())
    if least[at] < -1.0 - _ROUNDING:
        raise BadInput(
            f"{found.solved.table.cells[at]}: its price would fall by {-100 * least[at]:.4g} in "
            "100, and no price falls by more than 100 in 100; take off less cost."
        )


def _numbers(solved: Factored, given: Matrix) -> Matrix:
    asked = np.asarray(given, dtype=np.float64)
    size = solved.table.size
    if asked.ndim not in (1, 2) or asked.shape[0] != size:
        raise BadInput(f"a shock has {size} cells, or {size} x K; this one is {asked.shape}.")
    if not np.isfinite(asked).all():
        raise BadInput(f"cell {solved.table.cells[int(np.argwhere(~np.isfinite(asked))[0][0])]}: "
                       "the size of the shock is no number.")  # fmt: skip
    return asked
