"""Where inputs and final demand come from: at face value, and looked through all stages.

Face value: who sells to a buyer. Looked through (Leontief 1936; the foreign input reliance of
Baldwin and Freeman 2022): whose output it takes, through all suppliers of suppliers. Value added:
whose work and capital a final demand pays. Forward (Ghosh 1958): where a cell's own input ends up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Table, Vector

__all__ = ["Reliance", "Sources", "forward", "herfindahl", "reliance", "value_added_in"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Shares by region, which add up to 1, in the order of the table's regions."""

    regions: tuple[str, ...]
    shares: tuple[float, ...]

    def of(self, region: str) -> float:
        """The share of a region."""
        return self.shares[self.regions.index(region)]


@dataclass(frozen=True, slots=True)
class Reliance:
    """Whose output the inputs of a cell, or of all cells of a region, are made of.

    `face` by who sells, `through` by whose output it takes in all; `concentration` is the index of
    Herfindahl and Hirschman of the foreign part of `through`, from 0 to 1.
    """

    basis: Basis
    buyer: str
    face: Sources
    through: Sources
    concentration: float


def reliance(solved: Factored, buyer: str) -> Reliance:
    """The input reliance of a cell ``region:sector``, or of a region (weighed by its output).

    BadInput where the buyer buys nothing.
    """
    table = solved.table
    weight = np.zeros(table.size)
    cells = table.cell(buyer) if ":" in buyer else table.region(buyer)
    weight[cells] = table.x[cells]
    bought = solved.A @ weight
    if bought.sum() <= 0:
        raise BadInput(f"{table.name}: {buyer} buys nothing, so it relies on nobody.")
    taken = solved.output(bought)  # A (I - A)^-1 x = (L - I) x, as (I - A)^-1 A x
    through = _by_region(table, taken)
    region = buyer.partition(":")[0]
    foreign = [share for one, share in zip(*_pairs(through), strict=True) if one != region]
    return Reliance(
        basis_of(table, buyer=buyer), buyer, _by_region(table, bought), through,
        herfindahl(foreign),
    )  # fmt: skip


def value_added_in(solved: Factored, region: str) -> Sources:
    """Whose value added a region's final demand pays for; drawn inventories make it less.

    BadInput where it pays for nothing in all.
    """
    table = solved.table
    demand = table.demand_of(region)
    if demand.sum() <= 0:
        raise BadInput(f"{table.name}: final demand of {region} pays for nothing.")
    return _by_region(table, solved.output(demand) * _added_per_unit(solved))


def forward(solved: Factored, cell: str) -> Sources:
    """In whose output a cell's own value added ends up, passed on with each sale (Ghosh)."""
    table = solved.table
    primary = np.zeros(table.size)
    at = table.cell(cell)
    primary[at] = table.v[at]
    if primary[at] <= 0:
        raise BadInput(f"{table.name}: {cell} adds no value, so none is passed on.")
    return _by_region(table, solved.supply_driven(primary))


def herfindahl(shares: list[float]) -> float:
    """The sum of squared shares after they are made to add up to 1; 0 where there are none."""
    total = sum(shares)
    return sum((one / total) ** 2 for one in shares) if total > 0 else 0.0


def _added_per_unit(solved: Factored) -> Vector:
    found: Vector = 1.0 - solved.A.sum(axis=0)
    found[solved.table.empty] = 0.0
    return found


def _by_region(table: Table, amounts: Vector) -> Sources:
    sums = amounts.reshape(len(table.regions), len(table.sectors)).sum(axis=1)
    return Sources(table.regions, tuple(float(one) for one in sums / sums.sum()))


def _pairs(sources: Sources) -> tuple[tuple[str, ...], tuple[float, ...]]:
    return sources.regions, sources.shares
