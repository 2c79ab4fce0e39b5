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
from architrave.desks.supply.dynamics.economy import Economy
from architrave.desks.supply.dynamics.flows import Array, Flows, flows_of
from architrave.desks.supply.dynamics.scenario import Scenario, checked_scenario
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = [
    "LONGEST", "Many", "Paths", "Toll", "many", "paths", "ran_away", "started",
    "usual_output",
]  # fmt: skip

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
    `runaway` says that the model had fallen and not come to rest: nothing was lost from outside any
    more, and output stood at its lowest on the last day (`ran_away`). That is short stocks feeding
    on themselves, and tells nothing.
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
            share = made[:, place] / full if full > 0 else np.ones(len(made))
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
    flows = flows_of(solved)
    economy = started(solved, [scenario], days)
    found = [economy.step() for _ in range(days)]

    def turned(name: str) -> Matrix:
        told = np.stack([getattr(day, name)[:, 0] for day in found])
        by_region = told.reshape(days, *flows.shape).swapaxes(1, 2)
        return np.ascontiguousarray(by_region).reshape(days, -1)

    made = turned("made")
    daily = 1.0 / scenario.parameters.year_days
    output = made.reshape(days, len(solved.table.regions), -1).sum(axis=2)[:, :, None]
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
        bool(ran_away(output, usual_output(solved.table) * daily, economy)[0]),
        solved.table.x * daily,
        flows.final.sum(axis=1) * daily,
    )


def many(
    solved: Factored, scenarios: Sequence[Scenario], days: int = 365, dtype: Any = np.float64
) -> Many:
    """Scenarios side by side, each as it would be alone; `dtype` may be float32.

    BadInput as `paths`, and for scenarios of which some order by capacity and some do not.
    """
    flows = flows_of(solved, np.dtype(dtype))
    economy = started(solved, scenarios, days, dtype)
    width = len(scenarios)
    made = np.empty((days, solved.table.size, width), dtype)
    final = np.empty((days, len(solved.table.regions), width), dtype)
    output = np.empty_like(final)
    waiting = np.empty((days, width))
    residual = np.zeros(width)
    for at in range(days):
        day = economy.step()
        made[at], final[at] = flows.outside(day.made), day.final
        # By the day, while it lies in the processor's own memory.
        made[at].reshape(final.shape[1], -1, width).sum(axis=1, out=output[at])
        waiting[at] = day.waiting
        np.maximum(residual, day.residual, out=residual)
    basis = basis_of(solved.table, days=days, scenarios=width, precision=np.dtype(dtype).name)
    usual = usual_output(solved.table) / scenarios[0].parameters.year_days
    return Many(basis, made, final, waiting, residual, ran_away(output, usual, economy))


def started(
    solved: Factored, scenarios: Sequence[Scenario], days: int, dtype: Any = np.float64
) -> Economy:
    """The economy of some scenarios before its first day; BadInput as `many`."""
    if not 1 <= days <= LONGEST:
        raise BadInput(f"a run takes from 1 to {LONGEST} days, not {days}.")
    if not scenarios:
        raise BadInput("there is no scenario to run.")
    for one in scenarios:
        checked_scenario(solved.table, one)
        last = max((it.start for it in one.events), default=0)
        if last >= days:
            raise BadInput(
                f"something happens on day {last}, and the run ends before: {days} days."
            )
    return Economy(flows_of(solved, np.dtype(dtype)), scenarios)


def usual_output(table: Table) -> Vector:
    """Output a year of R regions."""
    found: Vector = table.x.reshape(len(table.regions), -1).sum(axis=1)
    return found


def ran_away(output: Array, usual: Vector, ended: Economy) -> Array:
    """Whether B runs of output (T x R x B) ended at their lowest with nothing lost from outside.

    At its lowest and below half of the usual, in all or in one region; or in all below 99 in 100
    with nothing left to be rebuilt either. What has fallen as far as it can counts as well.
    """
    share = np.concatenate([output, output.sum(axis=1, keepdims=True)], axis=1)
    share /= np.maximum(np.append(usual, usual.sum()), 1e-300)[:, None]
    lowest = share[-1] <= share.min(axis=0) + 1e-6
    halved = (lowest & (share[-1] < 0.5))[np.append(usual, usual.sum()) > 0].any(axis=0)
    below = lowest[-1] & (share[-1, -1] < 0.99) & ~ended.losing()
    found: Array = (halved | below) & ~ended.standing()
    return found


def _basis(table: Table, flows: Flows, scenario: Scenario, days: int) -> Basis:
    told = {
        name: value
        for name, value in asdict(scenario.parameters).items()
        if value or isinstance(value, int | float)
    }
    return basis_of(table, days=days, **told, closing=flows.closing)
