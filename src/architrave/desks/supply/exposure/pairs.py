"""How far one cell or region depends on another, at face value and through all stages, both ways.

Backward (Leontief): what part of a buyer's inputs a seller sells, and what part of all output that
those inputs are made of it makes. Forward (Ghosh): what part of its output a seller sells to the
buyer, and what part of all output that its value added is passed on to is the buyer's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Table, Vector

__all__ = ["Dependency", "dependency"]


@dataclass(frozen=True, slots=True)
class Dependency:
    """A pair, and four shares; the last two are None where the seller sells, or adds, nothing.

    `bought` of the buyer's inputs are sold by the seller, `through` of all that they are made of is
    its output. `sold` of the seller's output goes to the buyer's production, `passed_on` of all
    output that its value added is in is the buyer's. What a cell adds less than nothing counts
    against what the others of its region add.
    """

    basis: Basis
    buyer: str
    seller: str
    bought: float
    through: float
    sold: float | None
    passed_on: float | None


def dependency(solved: Factored, buyer: str, seller: str) -> Dependency:
    """Of a cell ``region:sector`` or a region on another; each may be either.

    BadInput for a name that the table does not have, or a buyer that buys nothing.
    """
    table = solved.table
    into, out_of = _cells(table, buyer), _cells(table, seller)
    bought = solved.A @ (table.x * into)
    if bought.sum() <= 0:
        raise BadInput(f"{table.name}: {buyer} buys nothing, so it relies on nobody.")
    taken = solved.output(bought)
    made = float(table.x @ out_of)
    passed = solved.supply_driven(table.v * out_of)
    return Dependency(
        basis_of(table, buyer=buyer, seller=seller),
        buyer,
        seller,
        float(bought @ out_of / bought.sum()),
        float(taken @ out_of / taken.sum()),
        float(bought @ out_of / made) if made > 0 else None,
        float(passed @ into / passed.sum()) if passed.sum() > 0 else None,
    )


def _cells(table: Table, name: str) -> Vector:
    """1 for the cells of a cell or a region by name, else 0."""
    chosen = np.zeros(table.size)
    chosen[table.cell(name) if ":" in name else table.region(name)] = 1.0
    return chosen
