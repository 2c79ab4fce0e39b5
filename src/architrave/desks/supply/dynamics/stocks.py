"""What buyers hold of each product, what they want of it, and what makers are asked for.

A stock is kept as the output that it suffices for, K x N x B: money of input over input per unit of
output. An input that a cell does not use, or that never runs out, has an infinite stock: it never
binds, and is never ordered beyond its use. Products are gone through a few at a time, so that a
block of shares and the stocks beside it are read from memory once a day.

A day goes over these arrays ten times, and that is half of what it costs. So stocks and goals stand
here times the part of a gap that is ordered in a day: what is missing of a goal is then the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from architrave.desks.supply.dynamics.assumed import Assumed
from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.products import products_of
from architrave.desks.supply.dynamics.routes import Cut

__all__ = ["Stocks"]


class Stocks:
    """The stocks of B scenarios, full at first, and the orders that follow from them.

    `wanted` is K x N x B, what each cell orders of a product in output of its own a day, over the
    weights of the sellers where these count. `orders` (N x B) is what each maker is asked for, in
    money a day; `most` (N x B) what the stocks let each cell make. `weight` (N x B) is what each
    seller can make, in its usual output, on the day the orders were made; None where buyers keep
    their usual shares.
    """

    def __init__(self, flows: Flows, given: Assumed, usual: Array, width: int) -> None:
        self._flows, self._given = flows, given
        kind, shape = flows.share.dtype, (*flows.inputs.shape, width)
        self._goal = given.goal * given.restoring
        self._enough = given.enough / given.restoring
        # Output a day times days, times the part of a gap that is ordered in a day.
        self._held = np.empty(shape, kind)
        self._held[:] = self._goal * usual
        unused = (flows.inputs == 0)[:, :, None] | given.endless
        np.copyto(self._held, kind.type(np.inf), where=unused)
        self.wanted = np.empty(shape, kind)
        self.wanted[:] = usual
        self.orders = np.empty(shape[1:], kind)
        self.weight = np.ones(shape[1:], kind) if given.by_capacity else None
        self.most = np.full(shape[1:], np.inf, kind)
        self._products = products_of(flows, width)
        self._runs = [(several, list(_runs(given.loose, several))) for several in self._groups()]
        self._room = np.empty((self._products.together, *shape[1:]), kind)
        for several, runs in self._runs:
            self._allow(runs)
            self._order(several)

    @property
    def held(self) -> Array:
        """What buyers hold, K x N x B, in output a day times days; below nothing by rounding."""
        found: Array = self._held / self._given.restoring
        return found

    def _groups(self) -> Iterator[slice]:
        products, together = len(self._held), self._products.together
        for first in range(0, products, together):
            yield slice(first, min(first + together, products))

    def _by_product(self, vector: Array) -> Array:
        return vector.reshape(*self._flows.shape, -1)

    def restock(
        self, made: Array, got: Array, aim: Array, cuts: Sequence[Cut], can_make: Array,
        counted: bool = True,
    ) -> Array | None:  # fmt: skip
        """A day's use and deliveries, then orders for the next; what arrived, K x B, if `counted`.

        `made`, `got` (the part of its orders that each maker delivers), `aim` (output that the
        stocks are to suffice for) and `can_make` (the sellers' weights from now on) are N x B.
        """
        part = self._given.restoring
        sent = self._by_product((got if self.weight is None else got * self.weight) * part)
        if self.weight is not None:
            self.weight = can_make
        used, goal = made * part, self._goal * aim if len(self._goal) == 1 else None
        self.most.fill(np.inf)
        arrived = np.empty((len(self._held), made.shape[1]), made.dtype) if counted else None
        for several, runs in self._runs:
            wanted, held = self.wanted[several], self._held[several]
            came = self._products.arriving(several, sent[several])
            self._hold_back(several, sent, came, cuts)
            came *= wanted
            if arrived is not None:
                np.einsum("kn,knb->kb", self._flows.inputs[several], came, out=arrived[several])
            held += came
            held -= used
            for run, loose in runs:
                if loose:
                    np.maximum(self._held[run], 0.0, out=self._held[run])
            if goal is None:
                np.multiply(self._goal[several], aim, out=wanted)
                wanted -= held
            else:  # all products alike
                np.subtract(goal, held, out=wanted)
            np.maximum(wanted, 0.0, out=wanted)
            wanted += made
            self._allow(runs)
            self._order(several)
        # Only what lets a cell make more than it suffices for runs out: else this is rounding.
        np.maximum(self.most, 0.0, out=self.most)
        return None if arrived is None else arrived / part

    def _hold_back(self, several: slice, sent: Array, came: Array, cuts: Sequence[Cut]) -> None:
        """Take out of what came what its route did not take."""
        for cut in cuts:
            there = self._flows.buyers(cut.buyer)
            part = sent[several, cut.seller, cut.at] * (1.0 - cut.taken[several])
            share = self._flows.share[several, cut.seller, there]
            came[:, there, cut.at] -= share * part[:, None]

    def _allow(self, runs: Sequence[tuple[slice, bool]]) -> None:
        """What the stocks of some products let each cell make."""
        for run, loose in runs:
            room = self._held[run]
            out = self._room[: len(room)]
            if loose:
                room = np.maximum(room, self._given.slack[run], out=out)
            if len(self._enough) == 1:
                least = room.min(axis=0) * self._enough[0]
            else:
                least = np.multiply(room, self._enough[run], out=out).min(axis=0)
            np.minimum(self.most, least, out=self.most)

    def _order(self, several: slice) -> None:
        """What the makers of some products are asked for."""
        wanted = self.wanted[several]
        orders = self._by_product(self.orders)[several]
        if self.weight is None:
            orders[:] = self._products.ordered(several, wanted)
            return
        weight = self._by_product(self.weight)[several]
        there = self._products.arriving(several, weight)
        np.divide(wanted, there, out=wanted, where=there > 0)
        wanted[there <= 0] = 0.0
        np.multiply(self._products.ordered(several, wanted), weight, out=orders)


def _runs(loose: Array, several: slice) -> Iterator[tuple[slice, bool]]:
    """Products that stand together and are alike in this: whether inputs may run out unfelt."""
    first = several.start
    for at in range(first + 1, several.stop + 1):
        if at == several.stop or loose[at] != loose[first]:
            yield slice(first, at), bool(loose[first])
            first = at
