"""Production day by day after what a scenario says, and what it costs each region.

    paths(factored(figures()), Scenario(outages=(Outage({"JPN:ELE": 0.5}, days=30),)), days=365)

Money is a day's, in the table's unit. A run is of the table's year: no growth, no prices, nobody
learns. Whoever reads it reads `Paths.runaway` first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.dynamics.economy import Day, Economy
from architrave.desks.supply.dynamics.flows import Array, Flows, flows_of
from architrave.desks.supply.dynamics.scenario import Scenario, checked_scenario
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["LONGEST", "Many", "Paths", "Toll", "many", "paths"]

LONGEST = 3650
"""Days in one run."""
_TIE = 1e-9
"""Days whose output differs by less, as a share of the usual, are alike: the first is named."""
_BACK = 1e-3
"""A region is back when it makes what it usually makes but for this share, to the end."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What the days cost a region: money of the table, and days of what it usually makes or gets.

    `lost` is output that was not made (less than nothing if more was), `lost_days` the same in
    days. `missed` and `missed_days` are goods for final use that did not come. `lowest` is the
    smallest output of a day as a share of the usual, on `lowest_day`; `back` is the day from which
    output stays at the usual, None if it does not by the end.
    """

    region: str
    lost: float
    lost_days: float
    missed: float
    missed_days: float
    lowest: float
    lowest_day: int
    back: int | None


@dataclass(frozen=True, eq=False)
class Paths:
    """T days of one scenario. In the table's order: `made`, `ceiling` and `asked` are T x N.

    `ceiling` is what capacity allowed, `asked` all that was ordered and could be carried; `final`
    (T x R) is what final users of each region got, `waiting` (T) what was still to be rebuilt.
    `residual`: how far deliveries are from production, as a share of it; the largest of any day.
    `runaway` says that the model had not come to rest: long after all capacity was back, output was
    at its lowest on the last day. That is short stocks feeding on themselves, and tells nothing.
    """

    basis: Basis
    table: Table
    scenario: Scenario
    made: Matrix
    ceiling: Matrix
    asked: Matrix
    final: Matrix
    waiting: Vector
    residual: float
    runaway: bool
    usual: Vector
    usual_final: Vector

    @cached_property
    def tolls(self) -> tuple[Toll, ...]:
        """What the days cost each region, in the table's order."""
        return tuple(self._tolls())

    def toll(self, region: str) -> Toll:
        """What the days cost one region; BadInput if there is none of that name."""
        self.table.region(region)
        return self.tolls[self.table.regions.index(region)]

    def _tolls(self) -> Iterator[Toll]:
        shape = (len(self.made), len(self.table.regions), -1)
        made = self.made.reshape(shape).sum(axis=2)
        usual = self.usual.reshape(shape[1:]).sum(axis=1)
        for place, region in enumerate(self.table.regions):
            full, got = float(usual[place]), float(self.usual_final[place])
            lost = full * len(made) - float(made[:, place].sum())
            missed = got * len(made) - float(self.final[:, place].sum())
            share = made[:, place] / max(full, 1e-300)
            off = np.flatnonzero(share < 1.0 - _BACK)
            back = 0 if not len(off) else int(off[-1]) + 1
            lowest_day = int((share <= share.min() + _TIE).argmax())
            yield Toll(
                region, lost, lost / max(full, 1e-300), missed, missed / max(got, 1e-300),
                float(share.min()), lowest_day, back if back < len(made) else None,
            )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Many:
    """T days of B scenarios: `made` T x N x B in the table's order, `final` T x R x B.

    `waiting` is T x B, `residual` and `runaway` are B: as `Paths` has them.
    """

    basis: Basis
    made: Array
    final: Array
    waiting: Array
    residual: Array
    runaway: Array


def paths(solved: Factored, scenario: Scenario, days: int = 365) -> Paths:
    """One scenario; BadInput for anything in it that cannot be on this table."""
    _check_length(days)
    flows = flows_of(solved)
    economy = Economy(flows, [checked_scenario(solved.table, scenario)])
    found = [economy.step() for _ in range(days)]

    def turned(name: str) -> Matrix:
        told = np.stack([getattr(day, name)[:, 0] for day in found])
        return np.ascontiguousarray(flows.outside(told.T).T)

    made = turned("made")
    world = made.sum(axis=1)[:, None]
    losing = np.stack([day.losing for day in found])
    daily = 1.0 / scenario.parameters.year_days
    return Paths(
        _basis(solved.table, flows, scenario, days),
        solved.table,
        scenario,
        made,
        turned("ceiling"),
        turned("asked"),
        np.stack([day.final[:, 0] for day in found]),
        np.array([float(day.waiting[0]) for day in found]),
        max(float(day.residual[0]) for day in found),
        bool(_runaway(world, losing)[0]),
        solved.table.x * daily,
        flows.final.sum(axis=1) * daily,
    )


def many(
    solved: Factored, scenarios: Sequence[Scenario], days: int = 365, dtype: Any = np.float64
) -> Many:
    """Scenarios side by side, each as it would be alone; `dtype` may be float32.

    BadInput as `paths`, and for scenarios of which some order by capacity and some do not.
    """
    _check_length(days)
    if not scenarios:
        raise BadInput("there is no scenario to run.")
    flows = flows_of(solved, np.dtype(dtype))
    economy = Economy(flows, [checked_scenario(solved.table, one) for one in scenarios])
    width = len(scenarios)
    made = np.empty((days, solved.table.size, width), dtype)
    final = np.empty((days, len(solved.table.regions), width), dtype)
    waiting, losing = np.empty((days, width)), np.empty((days, width), bool)
    residual = np.zeros(width)
    for at in range(days):
        day: Day = economy.step()
        made[at], final[at] = flows.outside(day.made), day.final
        waiting[at], losing[at] = day.waiting, day.losing
        np.maximum(residual, day.residual, out=residual)
    basis = basis_of(solved.table, days=days, scenarios=width, precision=np.dtype(dtype).name)
    return Many(basis, made, final, waiting, residual, _runaway(made.sum(axis=1), losing))


def _check_length(days: int) -> None:
    if not 1 <= days <= LONGEST:
        raise BadInput(f"a run takes from 1 to {LONGEST} days, not {days}.")


def _runaway(world: Array, losing: Array) -> Array:
    """Whether output (T x B) is at its lowest on the last day, with no capacity lost any more."""
    lowest: Array = world[-1] < world[:-1].min(axis=0, initial=np.inf) * (1 - 1e-6)
    below = world[-1] < 0.99 * world[0]
    found: Array = lowest & below & ~losing[-1]
    return found


def _basis(table: Table, flows: Flows, scenario: Scenario, days: int) -> Basis:
    told = {name: value for name, value in asdict(scenario.parameters).items() if value}
    return basis_of(table, days=days, **told, closing=flows.closing)
