"""Something is no longer sold or made: an embargo between some, or a shortage at its source.

A table does not say who could make more, nor what a buyer can do without. So each is told three
times, and each telling says what it assumes (`CLOSINGS`):

lost     buyers go on with less of the input: only who would have sold it, and who sells to them,
         make less. The near end of harm.
moved    others make as much more of each product, in proportion to what they sell the buyer now.
held     nobody makes more, and a buyer can do without none of the products it buys: it makes what
         its scarcest product allows. Its own buyers find something else; who sells to it makes
         less. Nothing is said of what they in turn might lack: if no product could be done without
         anywhere, everything would stop in the end, since everything is bought by everything. How
         far it gets depends on stocks, substitutes and time, which a table does not have.

In all of them a cell makes what is ordered of it and not more than it can:
x = min(most, A x + f), the largest x of which this holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Changed, Factored
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["CLOSINGS", "Stoppage", "Telling", "embargo", "shortage"]

CLOSINGS: Mapping[str, str] = {
    "lost": "buyers go on with less of it; nobody makes more",
    "moved": "others make as much more of each product, pro rata",
    "held": "nobody makes more, and its buyers can do without none of their products",
}
"""What each telling assumes, in words."""

_ROUNDS = 100
_SLACK = 1e-12


@dataclass(frozen=True, eq=False)
class Telling:
    """Change of output of N cells, in money, and how exactly it holds.

    `unmet` is what was ordered, for use or for final demand, and nobody made, in money. `residual`
    is how far x is from min(most, A x + f), over the largest demand; `gap` how far value added is
    from final demand that is met, over all of it.
    """

    change: Vector
    unmet: float
    residual: float
    gap: float


@dataclass(frozen=True, eq=False)
class Stoppage:
    """What follows where something is no longer sold, told three times (`CLOSINGS`)."""

    basis: Basis
    table: Table
    lost: Telling
    moved: Telling
    held: Telling

    def by_region(self, telling: Telling) -> Vector:
        """The change of output of each region, in money, in the order of the table."""
        found: Vector = telling.change.reshape(len(self.table.regions), -1).sum(axis=1)
        return found


@dataclass(frozen=True, eq=False)
class _Stop:
    """`taken` (N x k) of the inputs of `columns` (k) is not sold, nor `gone` (N x regions) of final
    demand; `most` is what N cells can make at the most."""

    columns: NDArray[np.intp]
    taken: Matrix
    gone: Matrix
    most: Vector


def embargo(
    solved: Factored, sellers: Sequence[str], buyers: Sequence[str], share: float = 1.0
) -> Stoppage:
    """A share of what some sell to the buyers' sectors is no longer sold: regions or cells by name.

    Sales for final use go on. BadInput for a share outside 0 to 1, a name that the table does not
    have, or nothing sold.
    """
    if not 0 < share <= 1:
        raise BadInput(f"the share must be above 0 and up to 1, not {share:g}.")
    table = solved.table
    rows, columns = _cells(table, sellers), _cells(table, buyers)
    taken = np.zeros((table.size, len(columns)))
    taken[rows] = share * solved.A[np.ix_(rows, columns)]
    if not taken.any():
        raise BadInput(f"{', '.join(sellers)} sell nothing to {', '.join(buyers)}.")
    gone = np.zeros((table.size, len(table.regions)))
    stop = _Stop(columns, taken, gone, np.full(table.size, np.inf))
    basis = basis_of(
        table, sellers=list(sellers), buyers=list(buyers), share=share, told=list(CLOSINGS)
    )
    return _told(solved, basis, rows, stop)


def shortage(solved: Factored, missing: Mapping[str, float]) -> Stoppage:
    """Cells can make a share less than they did, and sell everybody as much less of it.

    `missing` is by cell or region, as a share of output. BadInput for a share outside 0 to 1, a
    name that the table does not have, or cells that make nothing.
    """
    table = solved.table
    share = np.zeros(table.size)
    for name, one in missing.items():
        if not 0 < one <= 1:
            raise BadInput(f"{name}: the share must be above 0 and up to 1, not {one:g}.")
        share[_cells(table, [name])] = one
    rows = np.flatnonzero(share)
    if not (table.x[rows] > 0).any():
        raise BadInput(f"{', '.join(missing) or 'no cell'}: nothing is made there.")
    taken = share[:, None] * solved.A
    finals = np.stack([table.demand_of(one) for one in table.regions], axis=1)
    gone = np.maximum(share[:, None] * finals, 0.0)
    most = np.where(share > 0, (1.0 - share) * solved.made, np.inf)
    stop = _Stop(np.arange(table.size), taken, gone, most)
    return _told(solved, basis_of(table, missing=dict(missing), told=list(CLOSINGS)), rows, stop)


def _told(solved: Factored, basis: Basis, rows: NDArray[np.intp], stop: _Stop) -> Stoppage:
    table = solved.table
    columns, taken, gone = stop.columns, stop.taken, stop.gone
    instead = _instead(table, rows, solved.A[:, columns], taken)
    finals = np.stack([table.demand_of(one) for one in table.regions], axis=1)
    other = _instead(table, rows, np.maximum(finals, 0.0), gone)
    left = table.f - gone.sum(axis=1)
    # A shortage is shared out by those who have it; nobody orders less for that.
    rationed = bool(np.isfinite(stop.most).any())
    without = solved if rationed else solved.changed(columns, -taken)
    replaced = solved.changed(columns, instead - taken)
    recipe, most = _scarcest(solved, rows, stop)
    return Stoppage(
        basis,
        table,
        _telling(solved, without, table.f, stop.most, 0.0),
        _telling(solved, replaced, left + other.sum(axis=1), stop.most, 0.0),
        _telling(solved, solved.changed(columns, recipe), left, most, float(gone.sum())),
    )


def _scarcest(solved: Factored, rows: NDArray[np.intp], stop: _Stop) -> tuple[Matrix, Vector]:
    """How the recipe of `columns` changes (N x k), and what N cells can make at the most.

    A buyer makes what the scarcest of its products allows; per unit of that it buys of each product
    as much as ever, from those who still sell it.
    """
    table = solved.table
    shape = (len(table.regions), len(table.sectors), len(stop.columns))
    inputs = solved.A[:, stop.columns]
    kept = inputs - stop.taken
    before = inputs.reshape(shape).sum(axis=0)
    share = np.divide(
        kept.reshape(shape).sum(axis=0), before, out=np.ones_like(before), where=before > 0
    )
    per = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)
    recipe: Matrix = (kept.reshape(shape) * per[None]).reshape(inputs.shape) - inputs
    most = stop.most.copy()
    scarcest = np.clip(share.min(axis=0), 0.0, 1.0)
    short = scarcest < 1.0 - _SLACK
    at = stop.columns[short]
    most[at] = np.minimum(most[at], scarcest[short] * solved.made[at])
    return recipe, most


def _telling(
    solved: Factored, changed: Factored | Changed, demand: Vector, most: Vector, unmet: float
) -> Telling:
    """The largest x with x = min(most, A x + f), by the cells that are at their most."""
    free = changed.output(demand)
    output, full = free, np.flatnonzero(free > most * (1 + _SLACK))
    for _ in range(_ROUNDS if len(full) else 0):
        units = np.zeros((len(free), len(full)))
        units[full, np.arange(len(full))] = 1.0
        reach = changed.output(units)
        output = free + reach @ np.linalg.solve(reach[full], most[full] - free[full])
        ordered = changed.inputs(output) + demand
        now = np.flatnonzero(ordered > most * (1 + _SLACK))
        if np.array_equal(now, full):
            break
        full = now
    else:
        if len(full):
            raise BadInput(f"{solved.table.name}: who can make how much was not settled.")
    wanted = changed.inputs(output) + demand
    short = float(np.maximum(wanted - output, 0.0).sum())
    size = max(float(np.abs(demand).max()), 1e-300)
    residual = float(np.abs(output - np.minimum(most, wanted)).max()) / size
    met = float(demand.sum()) - float((wanted - output).sum())
    gap = abs(float(changed.added @ output) - met) / max(float(np.abs(demand).sum()), 1e-300)
    return Telling(output - solved.made, unmet + short, residual, gap)


def _instead(table: Table, rows: NDArray[np.intp], bought: Matrix, taken: Matrix) -> Matrix:
    """The same amount of each product from others (N x k), as the buyer buys it there now.

    A buyer that buys a product nowhere else gets it as the world makes it, the sellers left out.
    """
    shape = (len(table.regions), len(table.sectors), bought.shape[1])
    others = bought.copy()
    others[rows] = 0.0
    by_product = others.reshape(shape)
    made = table.x.copy()
    made[rows] = 0.0
    world = made.reshape(shape[:2])[:, :, None]
    total = by_product.sum(axis=0, keepdims=True)
    weight = np.where(total > 0, by_product, world)
    weight = weight / np.maximum(weight.sum(axis=0, keepdims=True), 1e-300)
    found: Matrix = (weight * taken.reshape(shape).sum(axis=0, keepdims=True)).reshape(bought.shape)
    return found


def _cells(table: Table, names: Sequence[str]) -> NDArray[np.intp]:
    chosen = np.zeros(table.size, bool)
    for name in names:
        chosen[table.cell(name) if ":" in name else table.region(name)] = True
    return np.flatnonzero(chosen)
