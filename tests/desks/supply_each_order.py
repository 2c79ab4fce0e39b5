"""Days after a shock told order by order, N x N, slowly: what the quick form must agree with.

Written from `docs/desks/supply-dynamics.md` and in the table's own order, with a matrix of orders,
one of stocks and one of what is to be rebuilt; it has nothing of the program's but its tables, its
scenarios and its curves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from architrave.desks.supply.dynamics.curves import left
from architrave.desks.supply.dynamics.scenario import Recovery, Scenario
from architrave.desks.supply.table import Table


@dataclass(frozen=True)
class Told:
    """By day: `made` T x N, `final` T x R, `waiting` T, `idle` T x N (made and delivered to none).

    `carried` (T x R x R x K) is what went from region to region of each good.
    """

    made: np.ndarray
    final: np.ndarray
    waiting: np.ndarray
    idle: np.ndarray
    carried: np.ndarray


class _Rebuilt:
    """What one destruction has to be delivered, N makers x (N cells, then R homes)."""

    def __init__(self, table: Table, scenario: Scenario, at: int) -> None:
        one = scenario.destructions[at]
        assert one.rebuilding is not None
        back, regions, count = one.rebuilding, len(table.regions), len(table.sectors)
        self.start, self.tau, self.factor = one.start + one.days, back.tau, back.factor
        self.to_come = np.zeros((table.size, table.size + regions))
        final = final_of(table)
        worth = {table.cell(name): money for name, money in one.destroyed.items() if money > 0}
        worth |= {
            table.size + table.regions.index(name): money
            for name, money in one.homes.items()
            if money > 0
        }
        struck = {at // count if at < table.size else at - table.size for at in worth}
        for victim, money in worth.items():
            bought = table.Z[:, victim] if victim < table.size else final[:, victim - table.size]
            for sector, part in back.sectors.items():
                makers = [
                    at for at in table.sector(sector) if not back.at_home or at // count in struck
                ]
                weight = np.maximum(bought[makers], 0.0)
                if weight.sum() == 0:
                    weight = table.x[makers]
                self.to_come[makers, victim] += part * money * self.factor * weight / weight.sum()
        self.first = self.to_come.copy()
        self.region_of = [at // count for at in range(table.size)] + list(range(regions))

    def ordered(self, day: int, regions: int) -> np.ndarray:
        """A day's orders, N makers x R regions that wait."""
        found = np.zeros((len(self.to_come), regions))
        if day >= self.start:
            for victim, region in enumerate(self.region_of):
                found[:, region] += self.to_come[:, victim] / self.tau
        return found

    def delivered(self, day: int, part: np.ndarray) -> None:
        """`part` is N x R: the part of its order that each region gets from each maker."""
        if day >= self.start:
            self.to_come *= 1.0 - part[:, self.region_of] / self.tau
            self.to_come[self.to_come <= 1e-9 * self.first] = 0.0


def final_of(table: Table) -> np.ndarray:
    """Final demand a year, N x R; what sales miss of output is demand at home."""
    found = np.stack([table.demand_of(one) for one in table.regions], axis=1)
    missing = table.x - table.Z.sum(axis=1) - found.sum(axis=1)
    for cell in range(table.size):
        found[cell, cell // len(table.sectors)] += missing[cell]
    return found


def standing(start: int, days: int, recovery: Recovery | None, day: int) -> float:
    """The part of a loss that stands on a day."""
    if start <= day < start + days:
        return 1.0
    if day < start or recovery is None:
        return 0.0
    return left(recovery.shape, day - start - days + 1, recovery.days)


def lost_share(
    table: Table, scenario: Scenario, rebuilt: dict[int, _Rebuilt], day: int
) -> np.ndarray:
    """The part of its capacity that each cell lacks on a day."""
    given, count = scenario.parameters, len(table.sectors)
    capital = np.array(
        [
            max(table.v[at], 0.0) * given.capital_of.get(table.sectors[at % count], given.capital)
            for at in range(table.size)
        ]
    )
    destroyed = np.zeros(table.size)
    for at, one in enumerate(scenario.destructions):
        for name, money in one.destroyed.items():
            cell = table.cell(name)
            if at not in rebuilt:
                destroyed[cell] += money * standing(one.start, one.days, one.recovery, day)
            elif one.start <= day < one.start + one.days:
                destroyed[cell] += money
            elif day >= one.start + one.days:
                destroyed[cell] += rebuilt[at].to_come[:, cell].sum() / rebuilt[at].factor
    share = np.array(
        [lost / has if has else 0.0 for lost, has in zip(destroyed, capital, strict=True)]
    )
    for outage in scenario.outages:
        for name, size in outage.lost.items():
            cells = (
                [table.cell(name)]
                if ":" in name
                else range(*table.region(name).indices(table.size))
            )
            for cell in cells:
                now = size * standing(outage.start, outage.days, outage.recovery, day)
                share[cell] = max(share[cell], now)
    return share


def each_order(table: Table, scenario: Scenario, days: int) -> Told:
    """The scenario's days, with every order of every cell from every other."""
    given, count, regions = scenario.parameters, len(table.sectors), len(table.regions)
    size, year = table.size, float(given.year_days)
    product = np.array([at % count for at in range(size)])
    region = np.array([at // count for at in range(size)])
    of_product = (product[None, :] == np.arange(count)[:, None]).astype(float)  # K x N
    A = np.array(
        [
            [table.Z[i, j] / table.x[j] if table.x[j] else 0.0 for j in range(size)]
            for i in range(size)
        ]
    )
    inputs = of_product @ A
    usual, final = table.x / year, final_of(table) / year
    usual_flow = A * usual
    held_days = np.array([given.stocks.get(name, given.stock) for name in table.sectors])
    endless = np.array([name in given.endless for name in table.sectors])
    binds = (inputs > given.negligible) & ~endless[:, None]
    most = np.array([given.alpha_of.get(table.sectors[at], given.alpha_max) for at in product])
    stock = held_days[:, None] * inputs * usual
    rebuilt = {
        at: _Rebuilt(table, scenario, at)
        for at, one in enumerate(scenario.destructions)
        if one.rebuilding is not None
    }
    orders, over = usual_flow.copy(), np.full(size, given.alpha_base)
    last = usual
    told: dict[str, list] = {name: [] for name in ("made", "final", "waiting", "idle", "carried")}
    for day in range(days):
        part = 1.0 - lost_share(table, scenario, rebuilt, day)
        again = {at: one.ordered(day, regions) for at, one in rebuilt.items()}
        to_build = sum(again.values(), np.zeros((size, regions)))
        taken = np.ones((size, regions))  # of what a region asks of a cell
        for route in scenario.routes:
            if route.start <= day < route.start + route.days:
                buyer = table.regions.index(route.buyer)
                for cell in range(*table.region(route.seller).indices(size)):
                    there = region == buyer
                    asked = orders[cell, there].sum() + final[cell, buyer] + to_build[cell, buyer]
                    can = route.share * max(usual_flow[cell, there].sum() + final[cell, buyer], 0.0)
                    if asked > 0:
                        taken[cell, buyer] = min(1.0, can / asked)
        sold = np.concatenate([orders * taken[:, region], final * taken, to_build * taken], axis=1)
        asked = np.maximum(sold.sum(axis=1), 0.0)
        for cell in range(size):
            if day and asked[cell] > 0:
                short = (asked[cell] - last[cell]) / asked[cell]
                short = 0.0 if abs(short) < 1e-12 else short
                step = (most[cell] - over[cell]) * short
                if short == 0:
                    step += given.alpha_base - over[cell]
                over[cell] = max(over[cell] + step / given.alpha_tau, 1.0)
            elif day:
                over[cell] = max(
                    over[cell] + (given.alpha_base - over[cell]) / given.alpha_tau, 1.0
                )
        ceiling = usual * part * over
        made = np.minimum(asked, ceiling)
        for cell in range(size):
            for k in range(count):
                if binds[k, cell]:
                    enough = max(given.psi * held_days[k], 1.0) * inputs[k, cell]
                    made[cell] = min(made[cell], stock[k, cell] / enough)
        got = np.array([m / a if a > 0 else 1.0 for m, a in zip(made, asked, strict=True)])
        sent = sold * got[:, None]
        inputs_sent, final_sent, built = np.split(sent, [size, size + regions], axis=1)
        told["made"].append(made)
        told["final"].append(final_sent.sum(axis=0))
        told["idle"].append(made - np.where(asked > 0, sent.sum(axis=1), 0.0))
        went = np.stack(
            [inputs_sent[:, region == one].sum(axis=1) for one in range(regions)], axis=1
        )
        told["carried"].append(
            (went + final_sent + built).reshape(regions, count, regions).swapaxes(1, 2)
        )
        for one in rebuilt.values():
            one.delivered(day, taken * got[:, None])
        told["waiting"].append(
            sum(one.to_come.sum() for one in rebuilt.values() if day + 1 >= one.start)
        )
        stock = np.maximum(stock + of_product @ inputs_sent - inputs * made, 0.0)
        aim = np.minimum(asked - built.sum(axis=1), ceiling)
        gap = np.maximum(held_days[:, None] * inputs * aim - stock, 0.0) / given.restoring
        gap[endless] = 0.0
        need = inputs * made + gap
        share = A.copy()
        if given.orders == "can make":
            share *= np.where(usual > 0, part * over, 1.0)[:, None]
        for k in range(count):
            rows = product == k
            whole = share[rows].sum(axis=0)
            orders[rows] = (
                np.divide(share[rows], whole, out=np.zeros_like(share[rows]), where=whole > 0)
                * need[k]
            )
        last = made
    return Told(*(np.array(told[name]) for name in ("made", "final", "waiting", "idle", "carried")))
