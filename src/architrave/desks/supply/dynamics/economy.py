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
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from architrave.desks.supply.dynamics.assumed import assumed
from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.losses import FELT, Losses
from architrave.desks.supply.dynamics.products import ordered
from architrave.desks.supply.dynamics.routes import Cut, Limits
from architrave.desks.supply.dynamics.scenario import Scenario
from architrave.desks.supply.dynamics.stocks import Stocks

__all__ = ["Day", "Economy"]

_STILL = {np.dtype(np.float64): 1e-12, np.dtype(np.float32): 1e-5}
"""A shortage below this share of what is asked is rounding."""


@dataclass(frozen=True, eq=False)
class Day:
    """One day of B scenarios, by product: N x B, `final` R x B, `waiting` and `residual` B.

    `made` of `ceiling` (what capacity allows) for what was `asked`; `final` is what each region's
    final users got; `waiting` is still to be rebuilt.
    `residual`: what was made less what was delivered, by product, as a share of usual output; the
    largest. Both are NaN on a day that was not audited.
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
        self._given = assumed(flows, [one.parameters for one in scenarios])
        self._losses = [Losses(flows, one) for one in scenarios]
        self._limits = Limits(flows, scenarios, self._given.daily)
        kind: Any = flows.share.dtype
        daily = kind.type(self._given.daily)
        self.usual = (flows.output * daily)[:, None]
        self._sold = (flows.demand * daily)[:, None]
        self._final = flows.final * daily
        shape = (flows.table.size, len(scenarios))
        self.day = 0
        self.over = np.broadcast_to(self._given.alpha_base, shape).astype(kind)
        self._part = np.ones(shape, kind)
        self._made = np.broadcast_to(self.usual, shape).astype(kind)
        by_product = self.usual.reshape(*flows.shape, -1).sum(axis=1)
        self._usual_of_product = np.maximum(by_product, np.finfo(kind).tiny)
        self.stocks = Stocks(flows, self._given, self.usual, shape[1])

    def step(self, audited: bool = True) -> Day:
        """One more day. Where it is `audited` deliveries are held against what was made."""
        day, channels = self.day, [one.open(self.day) for one in self._losses]
        self._lose(day)
        cuts = self._limits.cuts(day, self.stocks.wanted, self.stocks.weight, channels)
        asked, spared = self._asked(channels, cuts)
        if day:
            self._mobilise(asked)
        can_make = self._part * self.over
        ceiling = self.usual * can_make
        made = np.minimum(asked, ceiling)
        np.minimum(made, self.stocks.most, out=made)
        got = np.ones_like(made)
        np.divide(made, asked, out=got, where=asked > 0)
        built = self._rebuild(channels, cuts, got)
        aim = np.minimum(asked - built, ceiling)
        final, sold = self._sell(got, cuts)
        np.copyto(can_make, 1.0, where=self.usual <= 0)
        arrived = self.stocks.restock(made, got, aim, cuts, can_make, audited)
        self._made = made
        self.day += 1
        waiting = residual = np.full(made.shape[1], np.nan)
        if arrived is not None:
            left = made - built
            left -= sold
            left -= spared
            by_product = left.reshape(*self.flows.shape, -1).sum(axis=1)
            residual = (np.abs(by_product - arrived) / self._usual_of_product).max(axis=0)
            waiting = np.array([one.waiting(day + 1) for one in self._losses])
        return Day(made, ceiling, asked, final, waiting, residual)

    def losing(self) -> Array:
        """In which scenarios capacity that is to be felt was lost on the last day; B flags."""
        return np.asarray((self._part < 1.0 - FELT).any(axis=0))

    def standing(self) -> Array:
        """In which it was lost from outside: what nothing delivered can bring back, or a limited
        route; B flags."""
        day = self.day - 1
        found: Array = self._limits.standing(day, len(self._losses))
        found |= np.array([one.standing(day) for one in self._losses])
        return found

    def _asked(self, channels: Any, cuts: Sequence[Cut]) -> tuple[Array, Array]:
        """What each cell is asked for, and what it spares where that is below nothing; N x B."""
        asked = self.stocks.orders + self._sold
        for at, several in enumerate(channels):
            for channel in several:
                np.add.at(asked[:, at], channel.makers, channel.waiting / channel.tau)
        for cut in cuts:
            asked.reshape(*self.flows.shape, -1)[:, cut.seller, cut.at] -= cut.held
        spared = np.maximum(-asked, 0.0)
        np.maximum(asked, 0.0, out=asked)
        return asked, spared

    def _lose(self, day: int) -> None:
        self._part.fill(1.0)
        for at, losses in enumerate(self._losses):
            lost = losses.lost(day)
            if lost is not None:
                self._part[:, at] -= lost

    def _mobilise(self, asked: Array) -> None:
        """Spare capacity moves to its most by the shortage, and back where there is none."""
        short = (asked - self._made) / np.where(asked > 0, asked, np.inf)
        met = np.abs(short) < _STILL[asked.dtype]
        given = self._given
        rise = (given.alpha_most - self.over) * short
        self.over += np.where(met, given.alpha_base - self.over, rise) * given.alpha_rate
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
        final = np.empty((len(self._final), got.shape[1]), got.dtype)
        ordered(self._final, got, final)
        sold = self._sold * got
        by_product = (*self.flows.shape, -1)
        for cut in cuts:
            mine = self._final[cut.buyer].reshape(self.flows.shape)[:, cut.seller]
            part = got.reshape(by_product)[:, cut.seller, cut.at]
            kept = mine * part * (1.0 - cut.taken)
            final[cut.buyer, cut.at] -= kept.sum()
            sold.reshape(by_product)[:, cut.seller, cut.at] -= kept
        return final, sold
