"""What is lost, and what parties must find elsewhere because of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.table import Matrix, Table

__all__ = ["FLOOR", "Loss", "Needs", "loss_of", "needs_of", "sold_by_use"]

FLOOR = 1e-6
"""Of the largest need: what is not above it is left out."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What part of the sales of each cell is lost to the parties: N shares from 0 to 1."""

    shares: tuple[float, ...]
    told: str

    @property
    def array(self) -> NDArray[np.float64]:
        """The shares as an array."""
        return np.array(self.shares)


@dataclass(frozen=True, eq=False)
class Needs:
    """What must be found elsewhere in a year, one row for each buyer and product.

    `party` and `product` are places in the parties and in the table's sectors, `buyer` is the
    sector that buys, or the number of sectors for final use; `amount` is in the table's unit.
    """

    parties: tuple[str, ...]
    party: NDArray[np.intp]
    product: NDArray[np.intp]
    buyer: NDArray[np.intp]
    amount: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.amount)

    def of(self, members: Sequence[str]) -> Needs:
        """The rows of some parties."""
        chosen = np.isin(self.party, [self.parties.index(one) for one in members])
        return Needs(
            self.parties,
            self.party[chosen],
            self.product[chosen],
            self.buyer[chosen],
            self.amount[chosen],
        )


def loss_of(table: Table, lost: Mapping[str, float]) -> Loss:
    """A loss by ``region:sector`` or by ``region`` (all its sectors): the share that is lost.

    BadInput for a name that the table does not have, or a share outside 0 to 1.
    """
    shares = np.zeros(table.size)
    for name, share in lost.items():
        if not 0 < share <= 1:
            raise BadInput(f"{name}: the share lost must be above 0 and up to 1, not {share:g}.")
        cells = table.cell(name) if ":" in name else table.region(name)
        shares[cells] = np.maximum(shares[cells], share)
    if not lost:
        raise BadInput("nothing is lost: name a cell such as AAA:BBB, and a share.")
    told = ", ".join(f"{name} {share:.0%}" for name, share in lost.items())
    return Loss(tuple(float(one) for one in shares), told)


def needs_of(table: Table, loss: Loss, parties: Sequence[str]) -> Needs:
    """What each party bought of what is lost, by product and by the sector that bought it.

    What a party loses of its own making it must find as well. Needs below a millionth of the
    largest are left out: they are rounding, and cost as many variables as the rest.
    """
    count = len(table.sectors)
    sold = sold_by_use(table, parties) * loss.array[:, None]
    products = sold.reshape(len(table.regions), count, -1).sum(axis=0)
    amounts = products.reshape(count, len(parties), count + 1).transpose(1, 0, 2)
    floor = float(amounts.max(initial=0.0)) * FLOOR
    party, product, buyer = np.nonzero(amounts > floor)
    return Needs(tuple(parties), party, product, buyer, amounts[party, product, buyer])


def sold_by_use(table: Table, parties: Sequence[str]) -> Matrix:
    """Sales of N cells to each party: to its sectors, then to its final use (stocks left out).

    Shape N x (parties x (sectors + 1)). Drawn inventories are negative purchases: they count as 0.
    """
    found = []
    for party in parties:
        final = np.maximum(table.demand_of(party), 0.0)
        found.append(np.column_stack([table.Z[:, table.region(party)], final]))
    joined: Matrix = np.concatenate(found, axis=1)
    return joined
