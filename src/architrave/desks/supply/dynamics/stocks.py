"""What buyers hold of each product, what they want of it, and what makers are asked for.

A stock is kept as the output that it suffices for, K x N x B: money of input over input per unit of
output. An input that a cell does not use, or that never runs out, has an infinite stock: it never
binds, and is never ordered beyond its use. Products are gone through a few at a time, so that a
block of shares and the stocks beside it are read from memory once a day.
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

    `held` is K x N x B, in output a day times days. `wanted` is K x N x B, what each cell orders of
    a product in output of its own a day, over the weights of the sellers where these count.
    `orders` (N x B) is what each maker is asked for, in money a day; `most` (N x B) what the stocks
    let each cell make. `weight` (N x B) is what each seller can make, in its usual output, on the
    day the orders were made; None where buyers keep their usual shares.
    """

    def __init__(self, flows: Flows, given: Assumed, usual: Array, width: int) -> None:
        self._flows, self._given = flows, given
        kind, shape = flows.share.dtype, (*flows.inputs.shape, width)
        self.held = np.empty(shape, kind)
        self.held[:] = given.goal * usual
        unused = (flows.inputs == 0)[:, :, None] | given.endless
        np.copyto(self.held, kind.type(np.inf), where=unused)
        self.wanted = np.empty(shape, kind)
        self.wanted[:] = usual
        self.orders = np.empty(shape[1:], kind)
        self.weight = np.ones(shape[1:], kind) if given.by_capacity else None
        self.most = np.full(shape[1:], np.inf, kind)
        self._products = products_of(flows, width)
        self._room = np.empty((self._products.together, *shape[1:]), kind)
        for several in self._groups():
            self._allow(several)
            self._order(several)

    def _groups(self) -> Iterator[slice]:
        products, together = len(self.held), self._products.together
        for first in range(0, products, together):
            yield slice(first, min(first + together, products))

    def _by_product(self, vector: Array) -> Array:
        return vector.reshape(*self._flows.shape, -1)

    def restock(
        self, made: Array, got: Array, aim: Array, cuts: Sequence[Cut], can_make: Array
    ) -> Array:
        """A day's use and deliveries, then orders for the next; what arrived, K x B.

        `made`, `got` (the part of its orders that each maker delivers), `aim` (output that the
        stocks are to suffice for) and `can_make` (the sellers' weights from now on) are N x B.
        """
        flows, given = self._flows, self._given
        sent = self._by_product(got if self.weight is None else got * self.weight)
        if self.weight is not None:
            self.weight = can_make
        self.most.fill(np.inf)
        arrived = np.empty((len(self.held), made.shape[1]), made.dtype)
        for several in self._groups():
            wanted, held = self.wanted[several], self.held[several]
            came = self._room[: len(held)]
            self._products.arriving(several, sent[several], came)
            self._hold_back(several, sent, came, cuts)
            came *= wanted
            np.einsum("kn,knb->kb", flows.inputs[several], came, out=arrived[several])
            held += came
            held -= made
            np.maximum(held, 0.0, out=held)
            np.multiply(given.goal[several], aim, out=wanted)
            wanted -= held
            np.maximum(wanted, 0.0, out=wanted)
            wanted *= given.restoring
            wanted += made
            self._allow(several)
            self._order(several)
        return arrived

    def _hold_back(self, several: slice, sent: Array, came: Array, cuts: Sequence[Cut]) -> None:
        """Take out of what came what its route did not take."""
        for cut in cuts:
            there = self._flows.buyers(cut.buyer)
            part = sent[several, cut.seller, cut.at] * (1.0 - cut.taken[several])
            share = self._flows.share[several, cut.seller, there]
            came[:, there, cut.at] -= share * part[:, None]

    def _allow(self, several: slice) -> None:
        """What the stocks of some products let each cell make."""
        given, room = self._given, self._room[: several.stop - several.start]
        np.multiply(self.held[several], given.enough[several], out=room)
        if given.loose[several].any():
            np.maximum(room, given.slack[several], out=room)
        np.minimum(self.most, room.min(axis=0), out=self.most)

    def _order(self, several: slice) -> None:
        """What the makers of some products are asked for."""
        flows, room = self._flows, self._room[: several.stop - several.start]
        wanted = self.wanted[several]
        orders = self._by_product(self.orders)[several]
        if self.weight is None:
            np.multiply(wanted, flows.inputs[several][:, :, None], out=room)
            self._products.ordered(several, room, orders)
            return
        weight = self._by_product(self.weight)[several]
        self._products.arriving(several, weight, room)
        np.divide(wanted, room, out=wanted, where=room > 0)
        wanted[room <= 0] = 0.0
        np.multiply(wanted, flows.inputs[several][:, :, None], out=room)
        self._products.ordered(several, room, orders)
        orders *= weight
