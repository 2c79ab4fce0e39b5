"""What a route between two regions carries on a day, product by product.

A route that is limited to a share carries at most that share of what goes over it on a usual day,
for inputs and for final use together. Orders beyond it are not taken: the seller does not make for
that buyer what cannot be carried, and all who wait at the same end get the same part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.losses import Channel
from architrave.desks.supply.dynamics.scenario import Route, Scenario

__all__ = ["Cut", "Limits"]


@dataclass(frozen=True, eq=False)
class Cut:
    """On one day in the `at`-th scenario the route takes the part `taken` (K) of what is asked.

    `held` (K) is what is not taken. `block` is K x K: the shares of the buyers there in the seller.
    """

    at: int
    seller: int
    buyer: int
    block: Array
    taken: Array
    held: Array


class Limits:
    """The routes of many scenarios that are limited at some time."""

    def __init__(self, flows: Flows, scenarios: Sequence[Scenario], daily: float) -> None:
        self._flows = flows
        self._routes = [
            self._prepared(at, route, daily)
            for at, scenario in enumerate(scenarios)
            for route in scenario.routes
        ]
        self._daily = daily

    def _prepared(
        self, at: int, route: Route, daily: float
    ) -> tuple[int, Route, int, int, Array, Array, Array]:
        flows = self._flows
        names = flows.table.regions
        seller, buyer = names.index(route.seller), names.index(route.buyer)
        there = flows.buyers(buyer)
        block = flows.share[:, seller, there] * flows.inputs[:, there]
        final = flows.final[buyer].reshape(flows.shape)[:, seller] * daily
        usual = np.maximum(block @ flows.output[there] * daily + final, 0.0)
        return at, route, seller, buyer, block, final, usual

    def standing(self, day: int, width: int) -> NDArray[np.bool_]:
        """In which of so many scenarios a route is limited on a day."""
        found = np.zeros(width, bool)
        for at, route, *_ in self._routes:
            if route.start <= day < route.start + route.days and route.share < 1:
                found[at] = True
        return found

    def cuts(
        self, day: int, pull: Array, weight: Array | None, channels: Sequence[Sequence[Channel]]
    ) -> list[Cut]:
        """The cuts of a day, from what is asked: `pull` is K x N x B, `weight` of sellers N x B."""
        found = []
        for at, route, seller, buyer, block, final, usual in self._routes:
            if not route.start <= day < route.start + route.days:
                continue
            ordered = (block * pull[:, self._flows.buyers(buyer), at]).sum(axis=1)
            if weight is not None:
                ordered = ordered * weight.reshape(*self._flows.shape, -1)[:, seller, at]
            asked = ordered + final + self._rebuilding(channels[at], seller, buyer)
            taken = np.ones_like(asked)
            np.divide(route.share * usual, asked, out=taken, where=asked > 0)
            taken = np.minimum(taken, 1.0)
            found.append(Cut(at, seller, buyer, block, taken, (1.0 - taken) * asked))
        return found

    def _rebuilding(self, channels: Sequence[Channel], seller: int, buyer: int) -> Array:
        products, regions = self._flows.shape
        asked = np.zeros(products)
        for channel in channels:
            if channel.region == buyer:
                mine = channel.makers % regions == seller
                np.add.at(
                    asked, channel.makers[mine] // regions, channel.waiting[mine] / channel.tau
                )
        return asked
