"""Parameters as arrays; the last axis is one of scenarios, of length 1 where all are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.dynamics.flows import Array, Flows
from architrave.desks.supply.dynamics.scenario import Parameters

__all__ = ["Assumed", "assumed"]


@dataclass(frozen=True, eq=False)
class Assumed:
    """What the parameters of B scenarios say of N cells and K products.

    `goal` (K x 1 x B): days of stock; `endless` (K x 1 x B) flags products that never run out.
    `enough` (K x 1 x B): the production a day that a day of stock allows. Both are 1 x 1 x B where
    all products that run out are alike. `slack` (K x N x B) is
    infinite where an input is too small to stop production, else 0; `loose` (K) flags products in
    which such inputs are bought at all. `alpha_base`, `alpha_rate` and `restoring` (B): rates are
    parts of a gap closed in a day; `alpha_most` is N x B.
    """

    goal: Array
    endless: Array
    enough: Array
    slack: Array
    loose: Array
    restoring: Array
    alpha_base: Array
    alpha_most: Array
    alpha_rate: Array
    by_capacity: bool
    daily: float


def assumed(flows: Flows, given: Sequence[Parameters]) -> Assumed:
    """The arrays, in the precision of the flows; BadInput where scenarios cannot run together."""
    if len({(one.orders, one.year_days) for one in given}) > 1:
        raise BadInput("scenarios that run together must order alike, in years of equal days.")
    kind, sectors = flows.share.dtype, flows.table.sectors
    told = given[:1] if all(one == given[0] for one in given) else given

    def each(value: Callable[[Parameters], float]) -> Array:
        return np.array([value(one) for one in told]).astype(kind)

    def by_product(value: Callable[[Parameters, str], Any]) -> Array:
        return np.array([[value(one, name) for one in told] for name in sectors])[:, None, :]

    endless = by_product(lambda one, name: name in one.endless)
    days = by_product(lambda one, name: one.stocks.get(name, one.stock))
    days = np.where(endless, np.where(endless, 0.0, days).max(axis=0), days)
    if (days == days[:1]).all():
        days = days[:1]
    enough = np.maximum(np.array([one.psi for one in told]) * days, 1.0)
    negligible = each(lambda one: one.negligible)
    if (negligible == negligible[:1]).all():
        negligible = negligible[:1]
    small = flows.inputs[:, :, None] <= negligible
    most = by_product(lambda one, name: one.alpha_of.get(name, one.alpha_max))
    return Assumed(
        goal=days.astype(kind),
        endless=endless,
        enough=(1.0 / enough).astype(kind),
        slack=np.where(small, kind.type(np.inf), kind.type(0.0)),
        loose=np.asarray((small & (flows.inputs[:, :, None] > 0)).any(axis=(1, 2))),
        restoring=each(lambda one: 1.0 / one.restoring),
        alpha_base=each(lambda one: one.alpha_base),
        alpha_most=np.repeat(most[:, 0, :], flows.shape[1], axis=0).astype(kind),
        alpha_rate=each(lambda one: 1.0 / one.alpha_tau),
        by_capacity=given[0].orders == "can make",
        daily=1.0 / given[0].year_days,
    )
