"""March 2011 told day by day, from the same falls, by the model with stocks.

What a month lost is known, and of the month how many days came before the earthquake. So on the day
itself a sector loses so much more that March as a whole comes to what was printed; then capacity
comes back evenly, near or far. Nothing else is put in: stocks and the rest are the model's usual
values. Beside each answer stands what was put in: capacity lost, and nothing that follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from architrave.desks.supply.backtests.facts import Facts
from architrave.desks.supply.backtests.scores import Panel, panel_of
from architrave.desks.supply.backtests.tohoku import CASES, FACTORIES, REGION, VEHICLES, falls
from architrave.desks.supply.dynamics.curves import left
from architrave.desks.supply.dynamics.paths import many
from architrave.desks.supply.dynamics.scenario import Outage, Parameters, Recovery, Scenario
from architrave.desks.supply.factored import factored
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = ["EARTHQUAKE", "STOCKS", "ByDays", "DaysTold", "days_told", "first_losses"]

EARTHQUAKE = date(2011, 3, 11)
STOCKS = (90.0, 60.0, 30.0)
"""Days of each input that buyers hold: the model's usual value first, which alone is scored."""
BEFORE, STILL = "as before", "as in March"

_DAYS = 365
_MONTHS = ("april", "may", "june")
_FIRST = (EARTHQUAKE - date(2011, 1, 1)).days


@dataclass(frozen=True, slots=True)
class ByDays:
    """A run: the case, days of stock, and what was lost on the first day.

    `first` is of transport equipment, of other factories. As shares of a year's usual: `put_in` is
    the capacity of the region's factories that is lost, `factories` and `vehicles` what they made
    less, `output` what the whole region did. `lowest` is its smallest day, of the usual. `runaway`
    as in `Paths`.
    """

    case: str
    stock: float
    first: tuple[float, float]
    put_in: float
    factories: float
    vehicles: float
    output: float
    lowest: float
    lowest_day: int
    runaway: bool


@dataclass(frozen=True, eq=False)
class DaysTold:
    """All runs; for those of the usual stock what `tohoku` scores beside, and the months after.

    `beside` has for each case the change of a year's output of all N cells, as the model has it
    (`days`) and as it was put in. `months` has output of the region's factories by month.
    """

    runs: tuple[ByDays, ...]
    beside: Mapping[str, Vector]
    months: Panel


def first_losses(table: Table, facts: Facts, back: int) -> tuple[float, float]:
    """What is lost on the day, of transport equipment and of other factories, as a share.

    So much that the mean of March is the fall that was printed, where all is back `back` days on.
    """
    march = [(date(2011, 3, one) - EARTHQUAKE).days for one in range(1, 32)]
    mean = sum(left("linear", day, back) for day in march if day >= 0) / len(march)
    vehicles, others = falls(table, facts)
    return vehicles / mean, others / mean


def days_told(table: Table, facts: Facts) -> DaysTold:
    """Tell the case from the table of the year before, near and far, with stocks of `STOCKS`."""
    cases: dict[str, tuple[Outage, Vector]] = {}
    for case, months in zip(CASES, facts.bounds("months_until_back"), strict=True):
        back = round(months * _DAYS / 12)
        vehicles, others = first_losses(table, facts, back)
        lost = {f"{REGION}:{one}": vehicles if one == VEHICLES else others for one in FACTORIES}
        after = [left("linear", day, back) for day in range(_DAYS - _FIRST)]
        cases[case] = (Outage(lost, _FIRST, 1, Recovery(back)), np.array([*[0.0] * _FIRST, *after]))
    asked = [(case, stock) for case in CASES for stock in STOCKS]
    scenarios = [
        Scenario((cases[case][0],), parameters=replace(Parameters(), stock=stock))
        for case, stock in asked
    ]
    found = many(factored(table), scenarios, _DAYS)
    runs, beside, said = [], {}, {}
    for at, (case, stock) in enumerate(asked):
        made = np.asarray(found.made[:, :, at], dtype=np.float64)
        outage, part = cases[case]
        put_in = np.zeros(table.size)
        for name, share in outage.lost.items():
            put_in[table.cell(name)] = -table.x[table.cell(name)] * share * part.mean()
        runs.append(_run(table, case, stock, outage, put_in, made, bool(found.runaway[at])))
        if stock == STOCKS[0]:
            beside[f"{case}, put in"] = put_in
            beside[f"{case}, days"] = made.sum(axis=0) - table.x
            capacity = put_in.sum() / table.x[_factories(table)].sum() * part / part.mean()
            said[f"{case}, put in"] = _by_month(np.log(1.0 + _monthly(capacity)))
            said[f"{case}, days"] = _by_month(np.log(_monthly(_of_usual(table, made))))
    return DaysTold(tuple(runs), beside, _months(facts, said))


def _run(
    table: Table, case: str, stock: float, outage: Outage, put_in: Vector, made: Matrix,
    runaway: bool,
) -> ByDays:  # fmt: skip
    mine, vehicles = table.region(REGION), table.cell(f"{REGION}:{VEHICLES}")
    places = _factories(table)
    usual, change = table.x, made.sum(axis=0) - table.x
    whole = made[:, mine].sum(axis=1) / (usual[mine].sum() / _DAYS)
    return ByDays(
        case,
        stock,
        (outage.lost[f"{REGION}:{VEHICLES}"], outage.lost[f"{REGION}:{FACTORIES[0]}"]),
        float(put_in[places].sum() / usual[places].sum()),
        float(change[places].sum() / usual[places].sum()),
        float(change[vehicles] / usual[vehicles]),
        float(change[mine].sum() / usual[mine].sum()),
        float(whole.min()),
        int(whole.argmin()),
        runaway,
    )


def _factories(table: Table) -> list[int]:
    return [table.cell(f"{REGION}:{one}") for one in FACTORIES]


def _of_usual(table: Table, made: Matrix) -> Vector:
    """By day, output of the region's factories as a share of the usual."""
    places = _factories(table)
    found: Vector = made[:, places].sum(axis=1) / (table.x[places].sum() / _DAYS)
    return found


def _monthly(by_day: Vector) -> Vector:
    """Twelve means of the year's days."""
    starts = [(date(2011, month, 1) - date(2011, 1, 1)).days for month in range(1, 13)]
    return np.array([one.mean() for one in np.split(by_day, starts[1:])])


def _by_month(monthly: Vector) -> Vector:
    return monthly[3 : 3 + len(_MONTHS)]


def _months(facts: Facts, said: Mapping[str, Vector]) -> Panel:
    """The months after March against February, beside two that know no model."""
    base = facts.number("index_february")
    happened = np.log([facts.number(f"index_{one}") / base for one in _MONTHS])
    still = float(np.log(1.0 - facts.number("fall_all") / 100))
    told = {**said, STILL: np.full(len(_MONTHS), still), BEFORE: np.zeros(len(_MONTHS))}
    names: Sequence[str] = [one.capitalize() for one in _MONTHS]
    return panel_of(names, np.ones(len(_MONTHS)), happened, told, (STILL, BEFORE))
