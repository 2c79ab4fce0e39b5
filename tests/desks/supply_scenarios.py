"""Scenarios whose indices a hand can reckon; workers unpickle them, so they stand in a module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.dynamics.scenario import Destruction, Parameters, Rebuilding, Route
from architrave.desks.supply.dynamics.scenario import Scenario as Days
from architrave.desks.supply.dynamics.totals import totals
from architrave.desks.supply.factored import factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.uncertainty.ranges import Kind, Output, Ran, Range, each_row


@dataclass(frozen=True)
class Made:
    """Inputs of equal range, and what `run` of a class below makes of them."""

    names: tuple[str, ...] = ("a", "b", "c")
    ends: tuple[float, float] = (0.0, 1.0)
    outputs: tuple[Output, ...] = (Output("y", "1"),)

    @property
    def basis(self) -> Basis:
        return Basis(())

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple(Range(name, *self.ends, Kind.AMOUNT) for name in self.names)


@dataclass(frozen=True)
class Ishigami(Made):
    """Ishigami and Homma 1990: sin a + 7 sin^2 b + 0.1 c^4 sin a, on -pi to pi."""

    ends: tuple[float, float] = (-np.pi, np.pi)

    def run(self, rows: np.ndarray) -> Ran:
        a, b, c = rows.T
        y = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
        return Ran(y[:, None])


@dataclass(frozen=True)
class Additive(Made):
    """a + 2 b + 3 c + 0 d: variances as 1 to 4 to 9 to none."""

    names: tuple[str, ...] = ("a", "b", "c", "d")

    def run(self, rows: np.ndarray) -> Ran:
        return Ran((rows @ np.array([1.0, 2.0, 3.0, 0.0]))[:, None])


@dataclass(frozen=True)
class Scaled(Made):
    """a + 2 b c in some unit."""

    size: float = 1.0

    def run(self, rows: np.ndarray) -> Ran:
        a, b, c = rows.T
        return Ran((self.size * (a + 2 * b * c))[:, None])


@dataclass(frozen=True)
class Still(Made):
    """The same whatever goes in."""

    def run(self, rows: np.ndarray) -> Ran:
        return Ran(np.full((len(rows), 1), 7.0))


@dataclass(frozen=True)
class Failing(Made):
    """No answer where a is above 0.9, by a refusal, or where b is above 0.95, by a number."""

    def run(self, rows: np.ndarray) -> Ran:
        def answer(row: int) -> Sequence[float]:
            a, b, c = rows[row]
            if a > 0.9:
                raise BadInput("a is too large.")
            return [np.inf if b > 0.95 else a + b + c]

        return each_row(answer, len(rows), 1)


@dataclass(frozen=True)
class Breaking(Made):
    """A fault of its own, in whatever process."""

    def run(self, rows: np.ndarray) -> Ran:
        raise RuntimeError("a fault of the scenario")


@dataclass(frozen=True)
class Rebuilt:
    """A cell's capital destroyed and rebuilt while a route is narrow: days of output lost."""

    ranges: tuple[Range, ...] = (
        Range("destroyed", 0.05, 0.3, Kind.SHARE),
        Range("tau", 20.0, 90.0, Kind.TIME),
        Range("carried", 0.2, 1.0, Kind.SHARE),
        Range("stock", 60.0, 120.0, Kind.STOCK),
    )
    outputs: tuple[Output, ...] = (Output("lost", "days"), Output("missed", "days"))

    @property
    def basis(self) -> Basis:
        return Basis(())

    def run(self, rows: np.ndarray) -> Ran:
        table = figures()
        worth = 4 * float(table.v[table.cell("JPN:ELE")])
        several = [
            Days(
                destructions=(
                    Destruction(
                        {"JPN:ELE": part * worth}, 1, 5, None,
                        Rebuilding({"CON": 0.7, "MAC": 0.3}, round(tau)),
                    ),
                ),
                routes=(Route("CHN", "JPN", carried, 1, 40),),
                parameters=Parameters(stock=stock),
            )
            for part, tau, carried, stock in rows
        ]  # fmt: skip
        found = totals(factored(table), several, 90)
        at = table.regions.index("JPN")
        return Ran(np.stack([found.lost_days[at], found.missed_days[at]], axis=1))
