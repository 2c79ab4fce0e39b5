"""What many losses cost and how soon they are made good, at once: what is unique, and no plan.

A plan says who buys what from whom. Where only its cost is asked for, much is alike and is counted
once: whoever in a party buys a product pays the same for it, and regions that the same members know
sell it alike. So each case falls into lots, one for each product, that share nothing; the lots of
all cases are one linear programme, in which each lot has its own least cost. What nobody can find,
and the least time, need no programme at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.supply.resourcing.losses import FLOOR, Loss, Needs, sold_by_use
from architrave.desks.supply.resourcing.market import (
    Assumed,
    Market,
    quota_of,
    shares_bought,
    sold_to,
)
from architrave.desks.supply.resourcing.model import cheapest_each
from architrave.desks.supply.resourcing.plans import SLACK
from architrave.desks.supply.resourcing.solving import solve
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["Case", "Costs", "Ways"]

Case = tuple[Loss, Assumed]
"""What is lost, and what is assumed of those who sell it."""


@dataclass(frozen=True, eq=False)
class Costs:
    """Of K cases, each as `plans.Found` has it; money in the table's unit a year."""

    cost: Vector
    uncovered: Vector
    months: Vector


@dataclass(frozen=True, eq=False)
class _Lots:
    """K x P lots, of products of which something is lost: what m members need, who has spare.

    `need` is K x P x m. `capacity` is K x P x G of G groups of regions that are alike to the
    members, and `strange` (K x P x G x m) flags who buys next to nothing there now.
    """

    need: Matrix
    capacity: Matrix
    strange: NDArray[np.bool_]


class Ways:
    """The ways of some parties round losses on a table: what no case changes is kept."""

    def __init__(self, table: Table, parties: Sequence[str]) -> None:
        self._table, self._parties = table, tuple(parties)
        self._by_use = sold_by_use(table, parties)
        self._sold = sold_to(table, parties)
        self._share = shares_bought(table, self._sold)

    def costs(self, cases: Sequence[Case], members: Sequence[str]) -> Costs:
        """What each case costs `members` together, at the least, and how soon it is made good.

        BadInput for an assumption out of bounds.
        """
        for _, assumed in cases:
            assumed.require_sound()
        lots = self._lots(cases, members)
        need, capacity = lots.need.sum(axis=2), lots.capacity.sum(axis=2)
        uncovered = np.maximum(need - capacity, 0.0).sum(axis=1)
        share = _least_time(need, capacity, uncovered + SLACK * need.sum(axis=1))
        months = share * np.array([assumed.months for _, assumed in cases])
        return Costs(_least_cost(lots, [assumed for _, assumed in cases]), uncovered, months)

    def _lots(self, cases: Sequence[Case], members: Sequence[str]) -> _Lots:
        table = self._table
        shape = (len(cases), len(table.regions), len(table.sectors))
        loss = np.stack([one.array for one, _ in cases]).reshape(shape)
        wanted = np.flatnonzero(loss.any(axis=(0, 1)))
        inside = np.isin(self._parties, members)
        need = self._needs(loss, wanted)[:, :, inside]
        quota = quota_of(table, self._sold, self._parties, members)
        spare = np.array([assumed.spare for _, assumed in cases])[:, None, None]
        usual = (table.x.reshape(shape[1:]), quota.reshape(shape[1:]))
        # What has lost anything has nothing to spare.
        capacity = np.where(loss > 0, 0.0, usual[0] * spare) * usual[1]
        known = np.array([assumed.known for _, assumed in cases])[:, None, None, None]
        strange = self._share[inside] < known
        return _grouped(
            need, capacity[:, :, wanted].swapaxes(1, 2), strange[..., wanted].transpose(0, 3, 2, 1)
        )

    def _needs(self, loss: Matrix, wanted: NDArray[np.intp]) -> Matrix:
        """What each party needs of the products `wanted`, by case: K x P x parties."""
        by_use = self._by_use.reshape(*loss.shape[1:], -1)[:, wanted]
        amounts = np.einsum("krp,rpu->kpu", loss[:, :, wanted], by_use)
        floor = amounts.max(axis=(1, 2), initial=0.0, keepdims=True) * FLOOR
        amounts[amounts <= floor] = 0.0
        found: Matrix = amounts.reshape(*amounts.shape[:2], len(self._parties), -1).sum(axis=3)
        return found


def _grouped(need: Matrix, capacity: Matrix, strange: NDArray[np.bool_]) -> _Lots:
    """Lots by region, or by which members are strangers there where that makes fewer groups."""
    members = need.shape[2]
    if 2**members >= capacity.shape[2]:
        return _Lots(need, capacity, strange)
    group = strange @ (2 ** np.arange(members))
    kinds = np.arange(2**members)
    found = np.stack([np.where(group == one, capacity, 0.0).sum(axis=2) for one in kinds], axis=2)
    flags = (kinds[:, None] >> np.arange(members)) & 1 == 1
    return _Lots(need, found, np.broadcast_to(flags, (*found.shape, members)))


def _least_cost(lots: _Lots, assumed: Sequence[Assumed]) -> Vector:
    """The least cost of each case, from one programme for the lots of all."""
    cases, products, members = lots.need.shape
    count = cases * products
    amount = lots.need.reshape(count, members)
    lot, member = np.nonzero(amount)
    if not len(lot):
        return np.zeros(cases)
    needs = Needs((), member, lot, np.zeros_like(lot), amount[lot, member])
    stranger = np.repeat([one.stranger for one in assumed], products)
    strange = lots.strange.reshape(count, -1, members).T  # members x groups x lots
    market = Market(lots.capacity.reshape(count, -1).T, np.where(strange, stranger, 0.0))
    steps = np.repeat([one.steps for one in assumed], products, axis=0)
    uncovered = np.repeat([one.uncovered for one in assumed], products)
    programme = cheapest_each(needs, market, steps, uncovered)
    paid = solve(programme).values * programme.cost
    lot_of = np.concatenate(
        [lot[programme.pairs[0]], np.repeat(programme.suppliers[1], steps.shape[1]), lot]
    )
    return np.bincount(lot_of // products, weights=paid, minlength=cases).astype(float)


def _least_time(need: Matrix, capacity: Matrix, allowed: Vector) -> Vector:
    """The least share of the months at which no more than `allowed` (K) is left, of K x P lots.

    At the share t what is left of a lot is what it needs less t of its capacity, and nothing below
    nothing: in all the largest sum over any of the lots. The largest is that over those that wait
    longest, so t must be enough for each of as many sums as there are lots.
    """
    wait = np.full_like(need, np.inf)
    np.divide(need, capacity, out=wait, where=capacity > 0)
    wait[need <= 0] = 0.0
    order = np.argsort(-wait, axis=1, kind="stable")
    needed = np.take_along_axis(need, order, axis=1).cumsum(axis=1)
    running = np.take_along_axis(capacity, order, axis=1).cumsum(axis=1)
    share = np.zeros_like(need)
    np.divide(needed - allowed[:, None], running, out=share, where=running > 0)
    found: Vector = np.clip(share.max(axis=1, initial=0.0), 0.0, 1.0)
    return found
