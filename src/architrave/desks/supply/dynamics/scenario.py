"""What happens in a scenario, and what is assumed: values that JSON can hold, checked on a table.

Days are counted from 0; a loss on day 0 is felt in the first day's production. Places are written
``REGION`` (all its cells) or ``REGION:SECTOR``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.dynamics.curves import Shape
from architrave.desks.supply.table import Table, Vector

__all__ = [
    "Destruction", "Outage", "Parameters", "Rebuilding", "Recovery", "Route", "Scenario",
    "checked_scenario", "sizes_of",
]  # fmt: skip

_ALWAYS = 100_000


@dataclass(frozen=True, slots=True)
class Recovery:
    """Capacity comes back along a curve that takes so many `days`."""

    days: int
    shape: Shape = "linear"


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """What was destroyed is ordered anew, and capacity comes back as it is delivered.

    `sectors` are shares that add up to 1; a day's orders are what is left over `tau`; `factor` is
    what rebuilding costs, in the value destroyed. `at_home`: only the regions that were hit build.
    """

    sectors: Mapping[str, float]
    tau: int = 60
    factor: float = 1.0
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Outage:
    """Shares of capacity are lost for `days`, then come back at once or by `recovery`.

    Of several outages, or names in one, that hit a cell on one day the largest counts.
    """

    lost: Mapping[str, float]
    start: int = 1
    days: int = 1
    recovery: Recovery | None = None


@dataclass(frozen=True, slots=True)
class Destruction:
    """Productive capital worth so much, by cell, is destroyed, in the table's money.

    It is lost for `days`; then it comes back at once, by `recovery`, or as it is rebuilt. `homes`
    are losses of households by region: they are rebuilt too, and hold up no production.
    """

    destroyed: Mapping[str, float]
    start: int = 1
    days: int = 1
    recovery: Recovery | None = None
    rebuilding: Rebuilding | None = None
    homes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """From one region to another only a share of each good's usual flow gets through, for `days`.

    What cannot be carried is not ordered from the seller, who sells the rest to others.
    """

    seller: str
    buyer: str
    share: float
    start: int = 1
    days: int = 30


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is assumed. Where a mapping by sector is allowed, sectors not named have the default.

    `stock`: days of each input that a buyer means to hold, and `stocks` for some sectors' goods;
    `endless` names goods that never run out (services, say). `psi`: production falls only where
    less than this share of the stock is left. `restoring`: days in which a gap in stock is made up.
    `alpha_max`: the most that is made, in usual output (`alpha_of` for some sectors), and
    `alpha_tau` the days in which that is reached. `capital`: capital in yearly value added.
    `negligible`: an input below this share of output never stops production. `orders`: buyers keep
    their ``usual`` shares of suppliers, or order by what each ``can make`` that day.
    """

    stock: float = 90.0
    stocks: Mapping[str, float] = field(default_factory=dict)
    endless: tuple[str, ...] = ()
    psi: float = 0.8
    restoring: float = 60.0
    alpha_base: float = 1.0
    alpha_max: float = 1.25
    alpha_of: Mapping[str, float] = field(default_factory=dict)
    alpha_tau: float = 365.0
    capital: float = 4.0
    capital_of: Mapping[str, float] = field(default_factory=dict)
    negligible: float = 1e-5
    orders: Literal["usual", "can make"] = "usual"
    year_days: int = 365


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that happens in one run, and what is assumed in it."""

    outages: tuple[Outage, ...] = ()
    destructions: tuple[Destruction, ...] = ()
    routes: tuple[Route, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def events(self) -> tuple[Outage | Destruction | Route, ...]:
        """All that happens."""
        return (*self.outages, *self.destructions, *self.routes)


def sizes_of(table: Table, sizes: Mapping[str, float]) -> Vector:
    """N sizes from places by name; the larger where two hold a cell. BadInput for a wrong one."""
    found = np.zeros(table.size)
    for name, size in sizes.items():
        cells = table.cell(name) if ":" in name else table.region(name)
        found[cells] = np.maximum(found[cells], size)
    return found


def checked_scenario(table: Table, scenario: Scenario) -> Scenario:
    """The same scenario; BadInput that names the first thing in it that cannot be."""
    _check_parameters(table, scenario.parameters)
    for outage in scenario.outages:
        _check_days("an outage", outage.start, outage.days)
        for name, share in outage.lost.items():
            _within(f"the share lost by {name}", share, 0.0, 1.0)
        sizes_of(table, outage.lost)
        if outage.recovery is not None:
            _check_recovery(outage.recovery)
    for one in scenario.destructions:
        _check_destruction(table, one)
    for route in scenario.routes:
        _check_days(f"the route {route.seller}>{route.buyer}", route.start, route.days)
        _within(f"the share carried from {route.seller} to {route.buyer}", route.share, 0.0, 1.0)
        table.region(route.seller), table.region(route.buyer)
    _check_apart(scenario.routes)
    return scenario


def _check_apart(routes: tuple[Route, ...]) -> None:
    """One route may be limited at one time and at another, and not twice on a day."""
    free: dict[tuple[str, str], int] = {}
    for one in sorted(routes, key=lambda route: route.start):
        way = (one.seller, one.buyer)
        if one.start < free.get(way, 0):
            raise BadInput(f"the route {'>'.join(way)} is limited twice on day {one.start}.")
        free[way] = one.start + one.days


def _check_parameters(table: Table, given: Parameters) -> None:
    for name in (*given.stocks, *given.endless, *given.alpha_of, *given.capital_of):
        table.sector(name)
    for name, days in (("stock", given.stock), *given.stocks.items()):
        _within(f"the days of stock ({name})", days, 1.0, 3650.0)
    for name, most in (("alpha_max", given.alpha_max), *given.alpha_of.items()):
        _within(f"the most that is made ({name})", most, given.alpha_base, 10.0)
    for name, ratio in (("capital", given.capital), *given.capital_of.items()):
        _within(f"capital in yearly value added ({name})", ratio, 0.01, 1000.0)
    _within("psi", given.psi, 0.0, 1.0)
    _within("restoring", given.restoring, 1.0, 3650.0)
    _within("alpha_base", given.alpha_base, 1.0, 10.0)
    _within("alpha_tau", given.alpha_tau, 1.0, 36500.0)
    _within("negligible", given.negligible, 0.0, 1.0)
    _within("year_days", given.year_days, 1, 366)
    if given.orders not in ("usual", "can make"):
        raise BadInput(f"orders are 'usual' or by what each 'can make', not {given.orders!r}.")


def _check_destruction(table: Table, one: Destruction) -> None:
    _check_days("a destruction", one.start, one.days)
    for name, worth in (*one.destroyed.items(), *one.homes.items()):
        _within(f"what is destroyed in {name}", worth, 0.0, math.inf)
    for name in one.destroyed:
        if name in table.regions:
            raise BadInput(
                f"what is destroyed is said by cell, as in {table.cells[0]}, not {name}."
            )
        table.cell(name)
    for region in one.homes:
        table.region(region)
    if one.recovery is not None:
        _check_recovery(one.recovery)
    if one.rebuilding is None:
        if one.homes:
            raise BadInput("homes are destroyed, and it is not said who rebuilds.")
        return
    if one.recovery is not None:
        raise BadInput("a destruction is rebuilt, or recovers along a curve: not both.")
    for sector, share in one.rebuilding.sectors.items():
        table.sector(sector)
        _within(f"the share of {sector} in rebuilding", share, 0.0, 1.0)
    if not math.isclose(sum(one.rebuilding.sectors.values()), 1.0, abs_tol=1e-9):
        raise BadInput("the shares of the sectors that rebuild do not add up to 1.")
    _within("the days of rebuilding (tau)", one.rebuilding.tau, 1, 3650)
    _within("the factor of rebuilding", one.rebuilding.factor, 0.01, 100.0)


def _check_recovery(recovery: Recovery) -> None:
    least = 3 if recovery.shape == "concave" else 1
    _within(f"the days of a {recovery.shape} recovery", recovery.days, least, _ALWAYS)
    if recovery.shape not in ("linear", "convex", "concave"):
        raise BadInput(f"{recovery.shape!r} is no shape of recovery: linear, convex, concave.")


def _check_days(what: str, start: int, days: int) -> None:
    _within(f"the first day of {what}", start, 0, _ALWAYS)
    _within(f"the days of {what}", days, 1, _ALWAYS)


def _within(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most or math.isinf(value):
        bounds = f"{least:g} or more" if math.isinf(most) else f"from {least:g} to {most:g}"
        raise BadInput(f"{what} must be {bounds}, not {value:g}.")
