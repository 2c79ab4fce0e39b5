"""Which spare capacity a coalition of parties can call on, and what it costs there.

Each cell can make `spare` more than it does. A supplier that is no member sells its spare to each
buyer in proportion to what it sells to that buyer now; a member's own spare is its coalition's, but
for what parties outside would get of it in that way. So a coalition can call on just what its parts
could, and whatever it gains comes from using that better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.resourcing.losses import Loss
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = [
    "Assumed", "Market", "market_for", "quota_of", "shares_bought", "sold_to",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assumed:
    """What no table says. All are guesses to be varied, and are printed with each result.

    `spare`: what each cell can make beyond its output, as a share of it. `steps`: the extra cost of
    the first, second ... equal part of that spare, as a share of the price. `stranger`: the extra
    cost of buying from a region that sells the buyer less than `known` of what it buys of a
    product. `uncovered`: what a unit costs that is not found. `months`: until all spare is running;
    it comes on evenly.
    """

    spare: float = 0.05
    steps: tuple[float, ...] = (0.05, 0.15, 0.40)
    stranger: float = 0.10
    known: float = 0.01
    uncovered: float = 3.0
    months: float = 12.0

    def require_sound(self) -> None:
        """Raise BadInput for a value out of bounds."""
        if not 0 < self.spare <= 10 or not 0 < self.months <= 600:
            raise BadInput("spare must be above 0 and up to 10, months above 0 and up to 600.")
        if not self.steps or list(self.steps) != sorted(self.steps) or self.steps[0] < 0:
            raise BadInput("steps must rise, and none may be below 0.")
        if not 0 <= self.known <= 1 or self.stranger < 0:
            raise BadInput("known must lie between 0 and 1, and stranger not below 0.")
        if self.uncovered <= self.steps[-1] + self.stranger:
            raise BadInput(
                "uncovered must cost more than the dearest supplier, or nothing would be bought."
            )

    @property
    def document(self) -> dict[str, object]:
        """The values as JSON holds them."""
        return {
            "spare": self.spare,
            "steps": list(self.steps),
            "stranger": self.stranger,
            "known": self.known,
            "uncovered": self.uncovered,
            "months": self.months,
        }


@dataclass(frozen=True, eq=False)
class Market:
    """Capacity R x S (regions by sectors) that a coalition can call on, in the table's unit a year.

    `stranger` is parties x R x S: the extra cost, as a share of the price, of buying there.
    """

    capacity: Matrix
    stranger: Matrix


def market_for(
    table: Table, loss: Loss, parties: Sequence[str], members: Sequence[str], assumed: Assumed
) -> Market:
    """The market of the coalition `members` among `parties` after a loss."""
    assumed.require_sound()
    shape = (len(table.regions), len(table.sectors))
    sold = sold_to(table, parties)
    left = table.x * (1.0 - loss.array)
    # What has lost anything has nothing to spare.
    spare = np.where(loss.array > 0, 0.0, left * assumed.spare)
    capacity = spare * quota_of(table, sold, parties, members)
    share = shares_bought(table, sold)
    return Market(capacity.reshape(shape), np.where(share < assumed.known, assumed.stranger, 0.0))


def quota_of(table: Table, sold: Matrix, parties: Sequence[str], members: Sequence[str]) -> Vector:
    """The part of the spare of each of N cells that the coalition `members` can call on.

    `sold` is what cells sell to each of the parties, as `sold_to` has it.
    """
    part = np.minimum(sold / np.maximum(table.x, 1e-300), 1.0)  # parties x N
    inside = np.isin(parties, members)
    quota = part[inside].sum(axis=0)
    for member in members:
        own = table.region(member)
        quota[own] = 1.0 - part[~inside][:, own].sum(axis=0)
    found: Vector = np.clip(quota, 0.0, 1.0)
    return found


def shares_bought(table: Table, sold: Matrix) -> Matrix:
    """What part of a product each party buys in each region: parties x R x S."""
    bought = sold.reshape(len(sold), len(table.regions), len(table.sectors))
    found: Matrix = bought / np.maximum(bought.sum(axis=1, keepdims=True), 1e-300)
    return found


def sold_to(table: Table, parties: Sequence[str]) -> Matrix:
    """What N cells sell to each party in all: parties x N."""
    return np.stack([_sold_to(table, party) for party in parties])


def _sold_to(table: Table, party: str) -> Matrix:
    """What N cells sell to a party in all."""
    bought: Matrix = table.Z[:, table.region(party)].sum(axis=1)
    return bought + np.maximum(table.demand_of(party), 0.0)
