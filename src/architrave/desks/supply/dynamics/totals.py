"""What the days cost by region, and output by region, for many scenarios and any number of days.

`paths.many` keeps every cell of every day; here only regions are kept, so that thousands of
scenarios on a full table go through the memory that one day takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.supply.dynamics.flows import Array, flows_of
from architrave.desks.supply.dynamics.paths import ran_away, started, usual_output
from architrave.desks.supply.dynamics.scenario import Scenario
from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Matrix, Vector

__all__ = ["Totals", "totals"]

_DIGITS = 9
"""Of a day: what is beyond is the noise of large sums, and nothing must be nothing."""


@dataclass(frozen=True, eq=False)
class Totals:
    """Days of usual output lost and of usual final use missed, R x B; `runaway` as in `Many`.

    `output` is T x R x B, money of the table a day, and `usual` (R) what a day usually makes.
    """

    lost_days: Matrix
    missed_days: Matrix
    runaway: Vector
    output: Array
    usual: Vector


def totals(solved: Factored, scenarios: Sequence[Scenario], days: int) -> Totals:
    """What `days` of B scenarios cost each region; BadInput as `paths.many`."""
    economy, flows = started(solved, scenarios, days), flows_of(solved)
    regions = len(solved.table.regions)
    output = np.empty((days, regions, len(scenarios)))
    final = np.zeros((regions, len(scenarios)))
    for at in range(days):
        day = economy.step(audited=False)
        output[at] = day.made.reshape(-1, regions, len(scenarios)).sum(axis=0)
        final += day.final
    daily = 1.0 / scenarios[0].parameters.year_days
    usual, used = usual_output(solved.table) * daily, flows.final.sum(axis=1) * daily
    return Totals(
        _days(usual, days, output.sum(axis=0)),
        _days(used, days, final),
        ran_away(output, usual, economy),
        output,
        usual,
    )


def _days(usual: Vector, days: int, came: Matrix) -> Matrix:
    """Days of the usual that did not come; none where nothing is usual."""
    found = np.zeros_like(came)
    np.divide(usual[:, None] * days - came, usual[:, None], out=found, where=usual[:, None] > 0)
    rounded: Matrix = np.round(found, _DIGITS) + 0.0  # no -0
    return rounded
