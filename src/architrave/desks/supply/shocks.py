"""Shocks on a table as it stands: demand, primary cost, and an embargo, many at once.

Each says what follows when everybody goes on as in the year of the table. Nothing here adapts, has
stocks or takes time. An embargo is told twice, because the table does not say which of the two it
would be: the buyers find the input elsewhere without anybody making more of it (only the sellers
lose), or others make it, in proportion to what they sell of it now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Factored, accounts_gap, residual
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["Embargo", "Response", "cost_shock", "demand_shock", "embargo"]


@dataclass(frozen=True, eq=False)
class Response:
    """What a shock changes: N, or N x K for K shocks at once.

    For demand and embargo `change` is output in money; for cost it is the price of each cell, as a
    share of what it was. `residual` and `gap` say how exactly the system and the accounts hold.
    """

    basis: Basis
    change: Matrix
    residual: float
    gap: float


@dataclass(frozen=True, slots=True)
class Embargo:
    """Change of output by region, in money: `lost` if nobody makes more, `moved` if others do."""

    basis: Basis
    regions: tuple[str, ...]
    lost: tuple[float, ...]
    moved: tuple[float, ...]


def demand_shock(solved: Factored, change: Matrix) -> Response:
    """Output that a change of final demand (N, or N x K, in money) brings about."""
    output = solved.output(change)
    first = output if output.ndim == 1 else output[:, 0]
    asked = change if change.ndim == 1 else change[:, 0]
    gap = accounts_gap(solved, first, asked)
    return Response(basis_of(solved.table), output, residual(solved, output, change), gap)


def cost_shock(solved: Factored, added: Matrix) -> Response:
    """Prices that a change of primary cost per unit of output (N, or N x K) brings about.

    All cost is passed on, and quantities stay as they are.
    """
    price = solved.price(added)
    left = price - solved.A.T @ price - added
    worst = float(np.abs(left).max() / max(float(np.abs(added).max()), 1e-300))
    return Response(basis_of(solved.table), price, worst, 0.0)


def embargo(
    solved: Factored, sellers: Sequence[str], buyers: Sequence[str], share: float = 1.0
) -> Embargo:
    """A share of what some sell to the buyers' sectors is no longer sold: regions or cells by name.

    BadInput for a share outside 0 to 1, a name that the table does not have, or nothing sold.
    """
    if not 0 < share <= 1:
        raise BadInput(f"the share must be above 0 and up to 1, not {share:g}.")
    table = solved.table
    rows, columns = _cells(table, sellers), _cells(table, buyers)
    taken = np.zeros((table.size, len(columns)))
    taken[rows] = share * solved.A[np.ix_(rows, columns)]
    if not taken.any():
        raise BadInput(f"{', '.join(sellers)} sell nothing to {', '.join(buyers)}.")
    before = solved.output(table.f)
    lost = solved.changed(columns, -taken).output(table.f) - before
    moved = solved.changed(columns, _instead(solved, rows, columns, taken) - taken)
    change = moved.output(table.f) - before
    told = basis_of(table, sellers=list(sellers), buyers=list(buyers), share=share)
    return Embargo(told, table.regions, _sums(table, lost), _sums(table, change))


def _instead(
    solved: Factored, rows: NDArray[np.intp], columns: NDArray[np.intp], taken: Matrix
) -> Matrix:
    """The same amount of each product from other regions, as the buyer buys it there now.

    A buyer that buys a product nowhere else gets it as the world makes it, the sellers left out.
    """
    table = solved.table
    shape = (len(table.regions), len(table.sectors), len(columns))
    others = solved.A[:, columns].copy()
    others[rows] = 0.0
    by_product = others.reshape(shape)
    made = table.x.copy()
    made[rows] = 0.0
    world = made.reshape(shape[:2])[:, :, None]
    total = by_product.sum(axis=0, keepdims=True)
    weight = np.where(total > 0, by_product, world)
    weight = weight / np.maximum(weight.sum(axis=0, keepdims=True), 1e-300)
    found: Matrix = (weight * taken.reshape(shape).sum(axis=0, keepdims=True)).reshape(
        table.size, len(columns)
    )
    return found


def _cells(table: Table, names: Sequence[str]) -> NDArray[np.intp]:
    chosen = np.zeros(table.size, bool)
    for name in names:
        chosen[table.cell(name) if ":" in name else table.region(name)] = True
    return np.flatnonzero(chosen)


def _sums(table: Table, change: Vector) -> tuple[float, ...]:
    sums = change.reshape(len(table.regions), -1).sum(axis=1)
    return tuple(float(one) for one in sums)
