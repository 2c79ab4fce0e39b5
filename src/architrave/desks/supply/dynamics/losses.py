"""The capacity that is lost on a day in one scenario, and what rebuilding asks for on it.

What was destroyed in a region is ordered from the cells that rebuild, in the proportion in which
the destroyed cell buys the product; where it buys none of it, as those cells make it. A day's order
is what is left over tau, and all buyers are rationed alike, so what is left of the order of one
cell that rebuilds is one number for all who wait for it: a part of what it was to deliver.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.dynamics.curves import OVER, left
from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Outage,
    Rebuilding,
    Recovery,
    Scenario,
    sizes_of,
)
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["FELT", "Channel", "Losses"]

FELT = 0.01
"""A share of a cell's capacity; a loss below it is as good as over."""


@dataclass(eq=False)
class Channel:
    """What one region waits for after one destruction: m cells that rebuild, V that were hit.

    `amount` is m x V (money, V = 1 for homes); `part` (m) is what is left of it. A channel opens on
    day `start`, and is over when nothing is left.
    """

    region: int
    start: int
    tau: float
    factor: float
    makers: NDArray[np.intp]
    hit: NDArray[np.intp]
    amount: Matrix
    homes: bool = False
    part: Vector = field(init=False)
    whole: Vector = field(init=False)

    def __post_init__(self) -> None:
        self.part = np.ones(len(self.makers))
        self.whole = self.amount.sum(axis=1)

    @property
    def waiting(self) -> Vector:
        """What is left to be delivered by each of the m cells."""
        found: Vector = self.whole * self.part
        return found

    @property
    def lost(self) -> Vector:
        """What is still destroyed in each of the V cells that were hit, at its old value."""
        found: Vector = self.part @ self.amount / self.factor
        return found

    def deliver(self, share: Vector) -> None:
        """A share of the day's orders is delivered by each of the m cells."""
        self.part *= 1.0 - share / self.tau
        self.part[self.part <= OVER] = 0.0


class Losses:
    """One scenario's losses on a table; days must be asked for in order."""

    def __init__(self, flows: Flows, scenario: Scenario) -> None:
        self._flows = flows
        table, given = flows.table, scenario.parameters
        self._outages = [(one, flows.inside(sizes_of(table, one.lost))) for one in scenario.outages]
        self._curved: list[tuple[Destruction, Vector]] = []
        self._rebuilt: list[tuple[Destruction, Vector, list[Channel]]] = []
        for one in scenario.destructions:
            sizes = flows.inside(sizes_of(table, one.destroyed))
            if one.rebuilding is not None:
                channels = _channels(flows, one, one.rebuilding, sizes)
                self._rebuilt.append((one, sizes, channels))
            else:
                self._curved.append((one, sizes))
        self._begun = max((one.start + one.days for one in scenario.events), default=0)
        self._over = False
        ratios = np.array([given.capital_of.get(name, given.capital) for name in table.sectors])
        worth = np.maximum(table.v, 0.0).reshape(-1, len(table.sectors)) * ratios
        self._capital = flows.inside(worth.ravel())

    def open(self, day: int) -> list[Channel]:
        """The channels in which something is ordered on a day."""
        if not self._rebuilt:
            return []
        return [
            channel
            for _, _, channels in self._rebuilt
            for channel in channels
            if channel.start <= day and channel.part.any()
        ]

    def standing(self, day: int) -> bool:
        """Whether something is lost on a day, to be felt, that no delivery can bring back."""
        for outage, lost in self._outages:
            if _part_of(outage, day) * lost.max(initial=0.0) > FELT:
                return True
        for one, sizes in self._curved:
            part = _part(one.start, one.days, one.recovery, day)
            if part and (part * sizes > FELT * self._capital).any():
                return True
        return any(one.start <= day < one.start + one.days for one, _, _ in self._rebuilt)

    def waiting(self, day: int) -> float:
        """What is still to be delivered for rebuilding on a day, in money."""
        return sum(float(channel.waiting.sum()) for channel in self.open(day))

    def lost(self, day: int) -> Vector | None:
        """The share of capacity that each of N cells has lost on a day; None if nobody has."""
        if not self._any(day):
            return None
        if not (self._curved or self._rebuilt):
            return _largest([lost * _part_of(outage, day) for outage, lost in self._outages])
        destroyed = np.zeros(self._flows.table.size)
        for one, sizes in self._curved:
            destroyed += sizes * _part(one.start, one.days, one.recovery, day)
        for one, sizes, channels in self._rebuilt:
            if one.start <= day < one.start + one.days:
                destroyed += sizes
            elif day >= one.start + one.days:
                for channel in channels:
                    if not channel.homes:
                        destroyed[channel.hit] += channel.lost
        share = self._of_capital(destroyed)
        for outage, lost in self._outages:
            np.maximum(share, lost * _part_of(outage, day), out=share)
        return share if share.any() else None

    def _any(self, day: int) -> bool:
        """Whether there may be a loss on a day; most days of a long run have none."""
        if self._over:
            return False
        found = (
            any(day >= one.start for one, *_ in self._rebuilt)
            or any(_part(one.start, one.days, one.recovery, day) for one, _ in self._curved)
            or any(_part_of(one, day) for one, _ in self._outages)
        )
        # No recovery goes back: where all have begun and nothing is left, nothing will be.
        self._over = not found and day >= self._begun
        return found

    def _of_capital(self, destroyed: Vector) -> Vector:
        over = destroyed > self._capital * (1 + 1e-12)
        if over.any():
            worst = int(np.argmax(destroyed - self._capital))
            name = self._flows.outside(np.arange(destroyed.size) == worst).argmax()
            table = self._flows.table
            raise BadInput(
                f"{table.cells[name]}: capital worth {destroyed[worst]:,.6g} is destroyed, and it "
                f"has {self._capital[worst]:,.6g} ({table.unit} {table.currency})."
            )
        share = np.zeros_like(destroyed)
        np.divide(destroyed, self._capital, out=share, where=self._capital > 0)
        return np.minimum(share, 1.0)


def _largest(several: list[Vector]) -> Vector | None:
    share = several[0]
    for one in several[1:]:
        share = np.maximum(share, one)
    return share if share.any() else None


def _part_of(outage: Outage, day: int) -> float:
    return _part(outage.start, outage.days, outage.recovery, day)


def _part(start: int, days: int, recovery: Recovery | None, day: int) -> float:
    """The part of a loss that stands on a day: all for `days`, then by the recovery."""
    if day < start:
        return 0.0
    if day < start + days:
        return 1.0
    if recovery is None:
        return 0.0
    return left(recovery.shape, day - (start + days - 1), recovery.days)


def _channels(flows: Flows, one: Destruction, back: Rebuilding, sizes: Vector) -> list[Channel]:
    """A channel for each region that was hit, and one for its homes."""
    table = flows.table
    products, regions = flows.shape
    hit_in = {place: np.flatnonzero(sizes[place::regions]) * regions + place
              for place in range(regions)}  # fmt: skip
    homes = {table.regions.index(name): worth for name, worth in one.homes.items() if worth > 0}
    hit = sorted({place for place, cells in hit_in.items() if len(cells)} | homes.keys())
    allowed = np.isin(np.arange(regions), hit) if back.at_home else np.ones(regions, bool)
    shares = [(table.sectors.index(name), part) for name, part in back.sectors.items() if part > 0]
    makers = np.concatenate([product * regions + np.flatnonzero(allowed) for product, _ in shares])
    same = (one.start + one.days, float(back.tau), back.factor, makers)
    found = []
    for place in hit:
        cells = hit_in[place]
        if len(cells):
            bought = [flows.share[k][allowed][:, cells] * flows.inputs[k, cells] for k, _ in shares]
            amount = _split(flows, shares, allowed, bought) * (sizes[cells] * back.factor)
            found.append(Channel(place, *same, cells, amount))
        if place in homes:
            bought = [flows.final[place].reshape(products, regions)[k][allowed][:, None]
                      for k, _ in shares]  # fmt: skip
            amount = _split(flows, shares, allowed, bought) * (homes[place] * back.factor)
            found.append(Channel(place, *same, cells[:0], amount, homes=True))
    return found


def _split(
    flows: Flows, shares: list[tuple[int, float]], allowed: Array, bought: list[Array]
) -> Matrix:
    """Shares of one unit of rebuilding by the cells that rebuild, for each who waits for it."""
    rows = []
    for (product, part), of_it in zip(shares, bought, strict=True):
        made = flows.output.reshape(flows.shape)[product][allowed].astype(np.float64)
        _require_makers(flows.table, product, made)
        of_it = np.maximum(of_it.astype(np.float64), 0.0)
        total = of_it.sum(axis=0)
        weight = np.where(total > 0, of_it, made[:, None])
        rows.append(part * weight / weight.sum(axis=0))
    return np.concatenate(rows)


def _require_makers(table: Table, product: int, made: Vector) -> None:
    if not made.any():
        raise BadInput(f"{table.name}: nobody who may rebuild makes {table.sectors[product]}.")
