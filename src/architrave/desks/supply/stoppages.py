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
x = min(most, A x + f), the largest x of which this holds. Of many, each by itself, what their
tables need solved is solved together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Changed, Factored, blocks
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = [
    "CLOSINGS", "Flow", "Stoppage", "Telling", "embargo", "embargoes", "shortage", "shortages",
]  # fmt: skip

Flow = tuple[Sequence[str], Sequence[str], float]
"""Sellers and buyers, regions or cells by name, and the share of what they sell them that stops."""

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
    """`taken` (N x k) of the inputs of `columns` (k) is not sold by `rows`, nor `gone` (N x
    regions) of final demand; `most` is what N cells can make at the most."""

    basis: Basis
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    taken: Matrix
    gone: Matrix
    most: Vector


@dataclass(frozen=True, eq=False)
class _Case:
    """One telling before it is solved: `delta` (N x k) is added to the inputs of `columns` (k)."""

    columns: NDArray[np.intp]
    delta: Matrix
    demand: Vector
    most: Vector
    unmet: float = 0.0


def embargo(
    solved: Factored, sellers: Sequence[str], buyers: Sequence[str], share: float = 1.0
) -> Stoppage:
    """A share of what some sell to the buyers' sectors is no longer sold: regions or cells by name.

    Sales for final use go on. BadInput for a share outside 0 to 1, a name that the table does not
    have, or nothing sold.
    """
    return embargoes(solved, [(sellers, buyers, share)])[0]


def embargoes(solved: Factored, several: Sequence[Flow]) -> tuple[Stoppage, ...]:
    """Each of many embargoes by itself; BadInput as `embargo`, for the first that is wrong."""
    return tuple(_told(solved, [_embargo(solved, *flow) for flow in several]))


def _embargo(
    solved: Factored, sellers: Sequence[str], buyers: Sequence[str], share: float
) -> _Stop:
    if not 0 < share <= 1:
        raise BadInput(f"the share must be above 0 and up to 1, not {share:g}.")
    table = solved.table
    rows, columns = _cells(table, sellers), _cells(table, buyers)
    taken = np.zeros((table.size, len(columns)))
    taken[rows] = share * solved.A[np.ix_(rows, columns)]
    if not taken.any():
        raise BadInput(f"{', '.join(sellers)} sell nothing to {', '.join(buyers)}.")
    gone = np.zeros((table.size, len(table.regions)))
    basis = basis_of(
        table, sellers=list(sellers), buyers=list(buyers), share=share, told=list(CLOSINGS)
    )
    return _Stop(basis, rows, columns, taken, gone, np.full(table.size, np.inf))


def shortage(solved: Factored, missing: Mapping[str, float]) -> Stoppage:
    """Cells can make a share less than they did, and sell everybody as much less of it.

    `missing` is by cell or region, as a share of output; the larger counts where two hold a cell.
    BadInput for a share outside 0 to 1, a
    name that the table does not have, or cells that make nothing.
    """
    return shortages(solved, [missing])[0]


def shortages(solved: Factored, several: Sequence[Mapping[str, float]]) -> tuple[Stoppage, ...]:
    """Each of many shortages by itself; BadInput as `shortage`, for the first that is wrong."""
    return tuple(_told(solved, [_shortage(solved, missing) for missing in several]))


def _shortage(solved: Factored, missing: Mapping[str, float]) -> _Stop:
    table = solved.table
    share = np.zeros(table.size)
    for name, one in missing.items():
        if not 0 < one <= 1:
            raise BadInput(f"{name}: the share must be above 0 and up to 1, not {one:g}.")
        cells = _cells(table, [name])
        share[cells] = np.maximum(share[cells], one)
    rows = np.flatnonzero(share)
    if not (table.x[rows] > 0).any():
        raise BadInput(f"{', '.join(missing) or 'no cell'}: nothing is made there.")
    taken = share[:, None] * solved.A
    finals = np.stack([table.demand_of(one) for one in table.regions], axis=1)
    gone = np.maximum(share[:, None] * finals, 0.0)
    most = np.where(share > 0, (1.0 - share) * solved.made, np.inf)
    basis = basis_of(table, missing=dict(missing), told=list(CLOSINGS))
    return _Stop(basis, rows, np.arange(table.size), taken, gone, most)


def _told(solved: Factored, stops: Sequence[_Stop]) -> Iterator[Stoppage]:
    units = _Units(solved)
    for places in blocks([len(CLOSINGS) * len(stop.columns) for stop in stops]):
        cases = [case for at in places for case in _cases(solved, stops[at])]
        before = solved.output(np.stack([case.demand for case in cases], axis=1))
        changes = solved.each([(case.columns, case.delta) for case in cases])
        told = (
            _telling(units, changed, case, before[:, at])
            for at, (case, changed) in enumerate(zip(cases, changes, strict=True))
        )
        for at in places:
            yield Stoppage(stops[at].basis, solved.table, next(told), next(told), next(told))


def _cases(solved: Factored, stop: _Stop) -> tuple[_Case, _Case, _Case]:
    """The tellings lost, moved and held."""
    table = solved.table
    columns, taken, gone = stop.columns, stop.taken, stop.gone
    instead = _instead(table, stop.rows, solved.A[:, columns], taken)
    finals = np.stack([table.demand_of(one) for one in table.regions], axis=1)
    other = _instead(table, stop.rows, np.maximum(finals, 0.0), gone)
    left = table.f - gone.sum(axis=1)
    # A shortage is shared out by those who have it; nobody orders less for that.
    rationed = bool(np.isfinite(stop.most).any())
    ordered_less = (columns[:0], taken[:, :0]) if rationed else (columns, -taken)
    recipe, most = _scarcest(solved, stop)
    return (
        _Case(*ordered_less, table.f, stop.most),
        _Case(columns, instead - taken, left + other.sum(axis=1), stop.most),
        _Case(columns, recipe, left, most, float(gone.sum())),
    )


def _scarcest(solved: Factored, stop: _Stop) -> tuple[Matrix, Vector]:
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


class _Units:
    """What one unit of final demand of a cell brings about in the table as it is, N each.

    Kept, since most cells that are at their most in one telling are so in another.
    """

    def __init__(self, solved: Factored) -> None:
        self._solved = solved
        self._known = np.zeros(solved.table.size, bool)
        self._found = np.empty((solved.table.size, solved.table.size), order="F")

    def of(self, cells: NDArray[np.intp]) -> Matrix:
        """The columns of k cells, N x k."""
        new = cells[~self._known[cells]]
        if len(new):
            units = np.zeros((len(self._known), len(new)), order="F")
            units[new, np.arange(len(new))] = 1.0
            self._found[:, new] = self._solved.output(units)
            self._known[new] = True
        return self._found[:, cells]


def _telling(units: _Units, changed: Changed, case: _Case, before: Vector) -> Telling:
    """The largest x with x = min(most, A x + f), by the cells that are at their most.

    `before` is the output that would meet the demand with the inputs of the table as it is.
    """
    free, most, demand = changed.after(before), case.most, case.demand
    output, full = free, np.flatnonzero(free > most * (1 + _SLACK))
    for _ in range(_ROUNDS if len(full) else 0):
        reach = changed.after(units.of(full))
        output = free + reach @ np.linalg.solve(reach[full], most[full] - free[full])
        ordered = changed.inputs(output) + demand
        now = np.flatnonzero(ordered > most * (1 + _SLACK))
        if np.array_equal(now, full):
            break
        full = now
    else:
        if len(full):
            raise BadInput(f"{changed.base.table.name}: who can make how much was not settled.")
    wanted = changed.inputs(output) + demand
    short = float(np.maximum(wanted - output, 0.0).sum())
    size = max(float(np.abs(demand).max()), 1e-300)
    residual = float(np.abs(output - np.minimum(most, wanted)).max()) / size
    met = float(demand.sum()) - float((wanted - output).sum())
    gap = abs(float(changed.added @ output) - met) / max(float(np.abs(demand).sum()), 1e-300)
    return Telling(output - changed.base.made, case.unmet + short, residual, gap)


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
