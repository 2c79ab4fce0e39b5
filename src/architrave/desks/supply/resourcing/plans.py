"""What a coalition can do about a loss: at least cost, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.resourcing.losses import Loss, Needs, needs_of
from architrave.desks.supply.resourcing.market import Assumed, market_for
from architrave.desks.supply.resourcing.model import Programme, cheapest, soonest
from architrave.desks.supply.resourcing.solving import Solved, solve
from architrave.desks.supply.table import Table, Vector

__all__ = ["SLACK", "Found", "Price", "plan_for"]

SLACK = 1e-9
"""Of what is needed: so much more than must be may be left when the least time is looked for."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one more unit of a supplier's capacity would save: the price of a chokepoint.

    `used` is how much of its `capacity` the plan uses, in the table's unit a year. Spare comes in
    steps, each dearer than the last, so one whose cheap steps are used up has a price though the
    dear ones are idle: more capacity means more of the cheap.
    """

    region: str
    sector: str
    price: float
    used: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Found:
    """What some parties can do together; amounts in the table's unit a year.

    `cost` is what it costs beyond the table's prices, with `uncovered` times its own price in it;
    `months` is the least time until all that can be covered is covered. Both are unique; `bought`
    (by supplier ``region:sector``, largest first) and `prices` are one of perhaps several answers
    of equal cost.
    """

    members: tuple[str, ...]
    needed: float
    uncovered: float
    cost: float
    months: float
    bought: tuple[tuple[str, float], ...]
    prices: tuple[Price, ...]
    size: tuple[int, int]

    @property
    def document(self) -> Mapping[str, object]:
        """What is unique in it, as JSON holds it."""
        return {
            "members": list(self.members),
            "needed": self.needed,
            "uncovered": self.uncovered,
            "cost": self.cost,
            "months": self.months,
        }


def plan_for(
    table: Table,
    loss: Loss,
    parties: Sequence[str],
    members: Sequence[str],
    assumed: Assumed,
    needs: Needs | None = None,
) -> Found:
    """The cheapest way round a loss for `members` among `parties`, and the least time for it.

    `needs` are those of all parties, if they are known already. Who needs nothing pays nothing.
    BadInput where a member is no party.
    """
    for member in members:
        if member not in parties:
            raise BadInput(f"{member} is none of {', '.join(parties)}.")
    own = (needs or needs_of(table, loss, parties)).of(members)
    if own.count == 0:
        return Found(tuple(members), 0.0, 0.0, 0.0, 0.0, (), (), (0, 0))
    market = market_for(table, loss, parties, members, assumed)
    programme = cheapest(own, market, assumed)
    solved = solve(programme)
    uncovered = max(0.0, float(solved.values[-own.count :].sum()))
    needed = float(own.amount.sum())
    allowed = uncovered + SLACK * needed
    months = solve(soonest(own, market, allowed)).cost * assumed.months
    flows = solved.values[: programme.pairs.shape[1]]
    makers = programme.suppliers.shape[1]
    used: Vector = np.bincount(programme.pairs[1], weights=flows, minlength=makers).astype(float)
    return Found(
        tuple(members),
        needed,
        uncovered,
        solved.cost,
        months,
        _bought(table, programme, used),
        _prices(table, programme, solved, assumed, used),
        programme.size,
    )


def _name(table: Table, programme: Programme, row: int) -> tuple[str, str]:
    region, product = programme.suppliers[:, row]
    return table.regions[region], table.sectors[product]


def _bought(table: Table, programme: Programme, used: Vector) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-used, kind="stable")
    floor = float(used.sum()) * 1e-9
    return tuple(
        (":".join(_name(table, programme, int(row))), float(used[row]))
        for row in order
        if used[row] > floor
    )


def _prices(
    table: Table,
    programme: Programme,
    solved: Solved,
    assumed: Assumed,
    used: Vector,
) -> tuple[Price, ...]:
    """Suppliers by what a further unit of capacity, spread over their steps, saves if any."""
    steps, makers = len(assumed.steps), len(used)
    first = programme.pairs.shape[1]
    saved = solved.saved[first : first + makers * steps].reshape(makers, steps).mean(axis=1)
    capacity = programme.upper[first : first + makers * steps].reshape(makers, steps).sum(axis=1)
    dear = [row for row in np.argsort(-saved, kind="stable") if saved[row] > 1e-9]
    return tuple(
        Price(*_name(table, programme, int(row)), float(saved[row]), float(used[row]),
              float(capacity[row]))
        for row in dear
    )  # fmt: skip
