"""The linear programme of a coalition: whom to buy from.

Variables, all at least 0, in this order: how much each need takes from each region that has
capacity for the product; how much of each step of each supplier's capacity is used; how much of
each need is not found. In the programme of least time one more stands last: the share of `months`.

Rows: each need is covered or not found; what is taken from a supplier is what is used of its
capacity. In the programme of least time, what is used is at most what is running by then, and no
more is left uncovered than must be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.supply.resourcing.losses import Needs
from architrave.desks.supply.resourcing.market import Assumed, Market

__all__ = ["Programme", "cheapest", "cheapest_each", "soonest"]

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Programme:
    """A linear programme by columns: least `cost` times the variables, between bounds.

    `suppliers` gives region and product of each supplier row (2 x M), `pairs` need and supplier
    row of each purchase (2 x P); `needs` is how many need rows come first.
    """

    cost: Numbers
    upper: Numbers
    lower_row: Numbers
    upper_row: Numbers
    start: Places
    index: Places
    value: Numbers
    suppliers: NDArray[np.intp]
    pairs: NDArray[np.intp]
    needs: int

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and variables."""
        return len(self.lower_row), len(self.cost)


def cheapest(needs: Needs, market: Market, assumed: Assumed) -> Programme:
    """The programme that covers as much as pays, at least cost.

    Costs are what is paid beyond the price of the table; what is not found costs `uncovered`.
    """
    products = market.capacity.shape[1]
    steps = np.tile(np.array(assumed.steps), (products, 1))
    return cheapest_each(needs, market, steps, np.full(products, assumed.uncovered))


def cheapest_each(needs: Needs, market: Market, steps: Numbers, uncovered: Numbers) -> Programme:
    """The same where each product has steps of its own (products x steps), and what it costs if it
    is not found."""
    suppliers, pairs = _purchases(needs, market)
    extra = market.stranger[needs.party[pairs[0]], suppliers[0, pairs[1]], suppliers[1, pairs[1]]]
    capacity = market.capacity[suppliers[0], suppliers[1]] / steps.shape[1]
    count, makers = needs.count, suppliers.shape[1]
    used = np.repeat(np.arange(makers), steps.shape[1])
    index = np.concatenate(
        [
            np.column_stack([pairs[0], count + pairs[1]]).ravel(),
            count + used,
            np.arange(count),
        ]
    )
    value = np.concatenate([np.ones(2 * pairs.shape[1]), -np.ones(len(used)), np.ones(count)])
    lengths = np.concatenate(
        [np.full(pairs.shape[1], 2), np.ones(len(used), int), np.ones(count, int)]
    )
    bounds = np.concatenate([needs.amount, np.zeros(makers)])
    return Programme(
        cost=np.concatenate([extra, steps[suppliers[1]].ravel(), uncovered[needs.product]]),
        upper=np.concatenate([np.full(len(extra), np.inf), np.repeat(capacity, steps.shape[1]),
                              np.full(count, np.inf)]),
        lower_row=bounds,
        upper_row=bounds,
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        index=index.astype(np.int32),
        value=value,
        suppliers=suppliers,
        pairs=pairs,
        needs=count,
    )  # fmt: skip


def soonest(needs: Needs, market: Market, uncovered: float) -> Programme:
    """The programme of least time in which no more than `uncovered` in all is left uncovered.

    Capacity comes on evenly: at the share t of the months, t of it runs.
    """
    suppliers, pairs = _purchases(needs, market)
    capacity = market.capacity[suppliers[0], suppliers[1]]
    count, makers = needs.count, suppliers.shape[1]
    last = count + makers
    index = np.concatenate(
        [
            np.column_stack([pairs[0], count + pairs[1]]).ravel(),
            np.column_stack([np.arange(count), np.full(count, last)]).ravel(),
            count + np.arange(makers),
        ]
    )
    value = np.concatenate([np.ones(2 * pairs.shape[1]), np.ones(2 * count), -capacity])
    lengths = np.concatenate([np.full(pairs.shape[1] + count, 2), [makers]])
    variables = pairs.shape[1] + count + 1
    cost, upper = np.zeros(variables), np.full(variables, np.inf)
    cost[-1], upper[-1] = 1.0, 1.0
    return Programme(
        cost=cost,
        upper=upper,
        lower_row=np.concatenate([needs.amount, np.full(makers + 1, -np.inf)]),
        upper_row=np.concatenate([needs.amount, np.zeros(makers), [uncovered]]),
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        index=index.astype(np.int32),
        value=value,
        suppliers=suppliers,
        pairs=pairs,
        needs=count,
    )


def _purchases(needs: Needs, market: Market) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Suppliers (region, product) with capacity, and each need with each that makes its product."""
    wanted = np.zeros(market.capacity.shape[1], bool)
    wanted[needs.product] = True
    region, product = np.nonzero((market.capacity > 0) & wanted)
    order = np.lexsort((region, product))
    suppliers = np.stack([region[order], product[order]])
    first = np.searchsorted(suppliers[1], np.arange(len(wanted) + 1))
    counts = np.diff(first)[needs.product]
    need = np.repeat(np.arange(needs.count), counts)
    within = np.arange(len(need)) - np.repeat(np.cumsum(counts) - counts, counts)
    return suppliers, np.stack([need, np.repeat(first[needs.product], counts) + within])
