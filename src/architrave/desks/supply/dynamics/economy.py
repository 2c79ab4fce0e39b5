"""One day after another: capacity, production, rationing, deliveries, stocks, orders.

The order of a day, for all scenarios at once (the last axis of every array):

1.  What is lost is taken from capacity; rebuilding orders; routes take what they can carry.
2.  Where yesterday's production fell short of what is asked today, spare capacity is mobilised.
3.  Each cell makes what is asked, or what it can, or what its shortest input lets it make.
4.  Whoever ordered gets the same part of it: production over what is asked. Where the year's final
    demand is below nothing (inventories drawn down) it helps to meet orders, and if it meets them
    all, nothing is made and everybody gets all.
5.  Stocks lose what was used and gain what came; orders for tomorrow are what was used today and a
    part of the gap between the stock and its goal. The goal looks at what is asked for use and for
    sale, and at rebuilding only so far as it was left waiting.

A stock is kept as the output it suffices for: `stock` is K x N x B in money a day times days, input
over input per unit of output. An input that a cell does not use, or that never runs out, has an
infinite stock: it never binds and is never ordered beyond its use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.losses import Losses
from architrave.desks.supply.dynamics.routes import Cut, Limits
from architrave.desks.supply.dynamics.scenario import Parameters, Scenario

__all__ = ["Day", "Economy"]

_STILL = {np.dtype(np.float64): 1e-12, np.dtype(np.float32): 1e-5}
"""A shortage below this share of what is asked is rounding."""


@dataclass(frozen=True, eq=False)
class Day:
    """One day of B scenarios, by product: N x B, `final` R x B, `waiting` and `residual` B.

    `made` of `ceiling` (what capacity allows) for what was `asked`; `final` is what each region's
    final users got; `waiting` is still to be rebuilt. `residual`: what was made less what was
    delivered, by product, as a share of usual output; the largest.
    """

    made: Array
    ceiling: Array
    asked: Array
    final: Array
    waiting: Array
    residual: Array


class Economy:
    """B scenarios of one table, day by day. All must order alike (`Parameters.orders`)."""

    def __init__(self, flows: Flows, scenarios: Sequence[Scenario]) -> None:
        self.flows = flows
        self.dtype: Any = flows.share.dtype
        given = [one.parameters for one in scenarios]
        self._losses = [Losses(flows, one) for one in scenarios]
        self._by_capacity = given[0].orders == "can make"
        self._daily = self.dtype.type(1.0 / given[0].year_days)
        self._limits = Limits(flows, scenarios, float(self._daily))
        self._read(given)
        width = len(scenarios)
        products, size = len(flows.share), flows.table.size
        self.usual = (flows.output * self._daily)[:, None]
        self._sold = (flows.demand * self._daily)[:, None]
        self._final = flows.final * self._daily
        self.day = 0
        self.over = np.full((size, width), self._base, self.dtype)
        self._part = np.ones((size, width), self.dtype)
        self._made = np.broadcast_to(self.usual, (size, width)).astype(self.dtype)
        self.stock = np.empty((products, size, width), self.dtype)
        self.stock[:] = self._goal * self.usual
        unused = (flows.inputs == 0)[:, :, None] | ~self._kept
        np.copyto(self.stock, np.inf, where=unused)
        self._pull = np.empty_like(self.stock)
        self._pull[:] = self.usual
        self._orders = np.empty((size, width), self.dtype)
        self._weight: Array | None = None
        if self._by_capacity:
            self._weight = np.ones((size, width), self.dtype)
        self._most = np.full((size, width), np.inf, self.dtype)
        work = np.empty_like(self._orders)
        for product in range(products):
            self._allow(product, work)
            self._order(product, work)

    def _read(self, given: Sequence[Parameters]) -> None:
        """The parameters as arrays whose last axis is 1 where all scenarios have the same."""
        table = self.flows.table
        sectors = table.sectors
        first = given[:1] if all(one == given[0] for one in given) else given

        def by_product(values: Any) -> Array:
            found = np.array([[values(one, name) for one in first] for name in sectors])
            return found.astype(self.dtype)[:, None, :]

        def each(values: Any) -> Array:
            return np.array([values(one) for one in first]).astype(self.dtype)

        self._kept = by_product(lambda one, name: name not in one.endless) != 0
        goal = by_product(lambda one, name: one.stocks.get(name, one.stock))
        self._goal = np.where(self._kept, goal, self.dtype.type(0))
        enough = np.maximum(each(lambda one: one.psi) * goal, 1.0)
        self._enough = (1.0 / enough).astype(self.dtype)
        self._restoring = each(lambda one: 1.0 / one.restoring)
        negligible = each(lambda one: one.negligible)
        small = self.flows.inputs[:, :, None] <= negligible
        self._slack = np.where(small, self.dtype.type(np.inf), self.dtype.type(0))
        self._loose = [bool((small[k] & (self.flows.inputs[k][:, None] > 0)).any())
                       for k in range(len(sectors))]  # fmt: skip
        self._base = each(lambda one: one.alpha_base)
        most = by_product(lambda one, name: one.alpha_of.get(name, one.alpha_max))
        self._alpha_most = np.repeat(most[:, 0, :], self.flows.shape[1], axis=0)
        self._alpha_rate = each(lambda one: 1.0 / one.alpha_tau)

    def step(self) -> Day:
        """One more day."""
        day, channels = self.day, [one.open(self.day) for one in self._losses]
        self._lose(day)
        rebuilding = np.zeros_like(self._orders)
        for at, several in enumerate(channels):
            for channel in several:
                np.add.at(rebuilding[:, at], channel.makers, channel.waiting / channel.tau)
        cuts = self._limits.cuts(day, self._pull, self._weight, channels)
        asked = self._orders + self._sold + rebuilding
        for cut in cuts:
            asked.reshape(*self.flows.shape, -1)[:, cut.seller, cut.at] -= cut.held
        spared = np.maximum(-asked, 0.0)
        np.maximum(asked, 0.0, out=asked)
        if day:
            self._mobilise(asked)
        ceiling = self.usual * self._part * self.over
        made = np.minimum(np.minimum(asked, ceiling), self._most)
        got = np.ones_like(made)
        np.divide(made, asked, out=got, where=asked > 0)
        built = self._rebuild(channels, cuts, got)
        aim = np.minimum(asked - built, ceiling)
        final, sold = self._sell(got, cuts)
        arrived = self._restock(made, got, aim, cuts)
        self._made = made
        self.day += 1
        by_product = (*self.flows.shape, -1)
        left = (made - built - sold - spared).reshape(by_product).sum(axis=1) - arrived
        usual = self.usual.reshape(by_product).sum(axis=1)
        residual = np.abs(left) / np.maximum(usual, np.finfo(self.dtype).tiny)
        waiting = np.array([one.waiting(day + 1) for one in self._losses])
        return Day(made, ceiling, asked, final, waiting, residual.max(axis=0))

    def _lose(self, day: int) -> None:
        for at, losses in enumerate(self._losses):
            lost = losses.lost(day)
            self._part[:, at] = 1.0 if lost is None else 1.0 - lost

    def _mobilise(self, asked: Array) -> None:
        """Spare capacity moves to its most by the shortage, and back where there is none."""
        short = np.zeros_like(asked)
        np.divide(asked - self._made, asked, out=short, where=asked > 0)
        short[np.abs(short) < _STILL[self.dtype]] = 0.0
        rise = (self._alpha_most - self.over) * short
        fall = (self._base - self.over) * (short == 0)
        self.over += (rise + fall) * self._alpha_rate
        np.maximum(self.over, 1.0, out=self.over)

    def _rebuild(self, channels: Any, cuts: Sequence[Cut], got: Array) -> Array:
        """Deliver for rebuilding; what each cell delivered, N x B."""
        built = np.zeros_like(got)
        regions = self.flows.shape[1]
        for at, several in enumerate(channels):
            for channel in several:
                share = got[channel.makers, at].astype(np.float64)
                for cut in cuts:
                    if cut.at == at and cut.buyer == channel.region:
                        mine = channel.makers % regions == cut.seller
                        share[mine] *= cut.taken[channel.makers[mine] // regions]
                np.add.at(built[:, at], channel.makers, channel.waiting / channel.tau * share)
                channel.deliver(share)
        return built

    def _sell(self, got: Array, cuts: Sequence[Cut]) -> tuple[Array, Array]:
        """What final users of each region get (R x B), and what each cell sells to them (N x B)."""
        final = self._final @ got
        sold = self._sold * got
        by_product = (*self.flows.shape, -1)
        for cut in cuts:
            mine = self._final[cut.buyer].reshape(self.flows.shape)[:, cut.seller]
            part = got.reshape(by_product)[:, cut.seller, cut.at]
            kept = mine * part * (1.0 - cut.taken)
            final[cut.buyer, cut.at] -= kept.sum()
            sold.reshape(by_product)[:, cut.seller, cut.at] -= kept
        return final, sold

    def _restock(self, made: Array, got: Array, aim: Array, cuts: Sequence[Cut]) -> Array:
        """Stocks after the day, and orders for the next; what arrived of each product, K x B."""
        flows = self.flows
        products, regions = flows.shape
        from_maker = got if self._weight is None else got * self._weight
        from_maker = from_maker.reshape(products, regions, -1)
        if self._weight is not None:
            self._weight = np.where(self.usual > 0, self._part * self.over, self.dtype.type(1))
        arrived = np.empty((products, made.shape[1]), self.dtype)
        self._most = np.full_like(made, np.inf)
        work = np.empty_like(made)
        for k in range(products):
            pull, stock = self._pull[k], self.stock[k]
            np.matmul(flows.share[k].T, from_maker[k], out=work)
            for cut in cuts:
                there = flows.buyers(cut.buyer)
                part = from_maker[k, cut.seller, cut.at] * (1.0 - cut.taken[k])
                work[there, cut.at] -= flows.share[k, cut.seller, there] * part
            work *= pull
            arrived[k] = flows.inputs[k] @ work
            stock += work
            stock -= made
            np.maximum(stock, 0.0, out=stock)
            np.multiply(self._goal[k], aim, out=pull)
            pull -= stock
            np.maximum(pull, 0.0, out=pull)
            pull *= self._restoring
            pull += made
            self._allow(k, work)
            if self._weight is not None:
                weight = self._weight.reshape(products, regions, -1)[k]
                np.matmul(flows.share[k].T, weight, out=work)
                np.divide(pull, work, out=pull, where=work > 0)
                pull[work <= 0] = 0.0
            self._order(k, work)
        return arrived

    def _allow(self, product: int, work: Array) -> None:
        """Tomorrow's production, held to what the stock of a product lets each cell make."""
        np.multiply(self.stock[product], self._enough[product], out=work)
        if self._loose[product]:
            np.maximum(work, self._slack[product], out=work)
        np.minimum(self._most, work, out=self._most)

    def _order(self, product: int, work: Array) -> None:
        """Tomorrow's orders for a product, from what each buyer wants of it."""
        flows = self.flows
        by_product = (*flows.shape, -1)
        np.multiply(self._pull[product], flows.inputs[product][:, None], out=work)
        orders = self._orders.reshape(by_product)[product]
        np.matmul(flows.share[product], work, out=orders)
        if self._weight is not None:
            orders *= self._weight.reshape(by_product)[product]
