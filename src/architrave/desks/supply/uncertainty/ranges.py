"""A range with its kind and source, and what a scenario is: named inputs, named outputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, TypeVar

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.table import Matrix, Vector

__all__ = [
    "ASSUMED",
    "BY_DESK",
    "Kind",
    "Output",
    "Ran",
    "Range",
    "Scenario",
    "by_desk",
    "columns",
    "each_row",
    "with_ranges",
]  # fmt: skip

ASSUMED = "assumed by whoever asks"
"""The source of a range that no source prints."""
BY_DESK = "assumed by the desk"
"""The source of one that this desk supplies where whoever asks gives none."""

_Asked = TypeVar("_Asked")


class Kind(StrEnum):
    """What a range is a range of."""

    SUBSTITUTION = "substitution"
    STOCK = "stock"
    ELASTICITY = "elasticity"
    SHARE = "share"
    CAPACITY = "capacity"
    COST = "cost"
    AMOUNT = "amount"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Range:
    """An input from `low` to `high`, both meant. `high` None: nobody knows how much more.

    `base` is where it stands while others move; None is the middle, or `low` of an open range.
    `source` says who prints the range. An open range cannot be varied: it stays at its base, and
    an answer says so. Low and high alike are a fixed value. `law` are the ends between which the
    model means anything at all: no range may leave them.
    """

    name: str
    low: float
    high: float | None
    kind: Kind
    source: str = ASSUMED
    base: float | None = None
    law: tuple[float, float] = (-math.inf, math.inf)

    @property
    def at(self) -> float:
        """Where it stands while others move."""
        if self.base is not None:
            return self.base
        return self.low if self.high is None else (self.low + self.high) / 2

    @property
    def varied(self) -> bool:
        """True if there is something to vary."""
        return self.high is not None and self.high > self.low

    @property
    def document(self) -> dict[str, object]:
        """The range as JSON holds it."""
        return {
            "name": self.name,
            "low": self.low,
            "high": self.high,
            "base": self.at,
            "kind": self.kind.value,
            "source": self.source,
        }

    def require_sound(self) -> None:
        """Raise BadInput for ends that are no numbers, turned round or outside the law, and a base
        outside the ends."""
        given = [one for one in (self.low, self.high, self.base) if one is not None]
        if not all(math.isfinite(one) for one in given):
            raise BadInput(f"{self.name}: the range has an end that is no finite number.")
        if not math.isfinite(max(given) - min(given)):
            raise BadInput(f"{self.name}: the ends of the range lie too far apart.")
        if self.high is not None and self.high < self.low:
            raise BadInput(f"{self.name}: the range ends at {self.high:g}, below {self.low:g}.")
        if self.at < self.low or (self.high is not None and self.at > self.high):
            raise BadInput(f"{self.name}: the base {self.at:g} lies outside the range.")
        least, most = self.law
        for end in given:
            if not least <= end <= most:
                bounds = f"{least:g} or more" if math.isinf(most) else f"from {least:g} to {most:g}"
                raise BadInput(f"{self.name} must be {bounds}, not {end:g}.")


@dataclass(frozen=True, slots=True)
class Output:
    """Something that a scenario answers with: its name, its unit, and what it means."""

    name: str
    unit: str
    meaning: str = ""


@dataclass(frozen=True, eq=False)
class Ran:
    """K answers, K x outputs; a row that has none is NaN and says why in `faults`, by its place."""

    values: Matrix
    faults: Mapping[int, str] = field(default_factory=dict)


class Scenario(Protocol):
    """A question with ranges. `run` takes K x ranges, all of them, in their order."""

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Its inputs."""
        ...

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What it answers with."""
        ...

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        ...

    def run(self, rows: Matrix) -> Ran:
        """The answers to K rows, each by itself: a row's answer hangs on no other row."""
        ...


def by_desk(
    *names: str,
) -> Callable[[Callable[[_Asked], tuple[Range, ...]]], Callable[[_Asked], tuple[Range, ...]]]:
    """The ranges that a function gives, with this desk as the source of those that are named."""

    def declared(
        told: Callable[[_Asked], tuple[Range, ...]],
    ) -> Callable[[_Asked], tuple[Range, ...]]:
        def ranges(asked: _Asked) -> tuple[Range, ...]:
            return tuple(
                replace(one, source=BY_DESK) if one.name in names else one for one in told(asked)
            )

        ranges.__doc__ = told.__doc__
        return ranges

    return declared


def with_ranges(
    ranges: Sequence[Range], given: Mapping[str, tuple[float, float | None, float | None]]
) -> tuple[Range, ...]:
    """The ranges with other ends, and base, for some: by name, (low, high, base).

    Their source is then whoever asks.
    BadInput for a name that is not among them, or a range that is not sound.
    """
    names = [one.name for one in ranges]
    for name in given:
        if name not in names:
            raise BadInput(f"there is no range {name!r} here, only {', '.join(names)}.")
    found = tuple(_changed(one, *given[one.name]) if one.name in given else one for one in ranges)
    for one in found:
        one.require_sound()
    return found


def _changed(old: Range, low: float, high: float | None, base: float | None) -> Range:
    """Without a base the old one stays where it still lies inside, else it is the middle."""
    if base is None and low <= old.at and (high is None or old.at <= high):
        base = old.at
    return replace(old, low=low, high=high, base=base, source=ASSUMED)


def columns(scenario: Scenario, rows: Matrix) -> dict[str, Vector]:
    """K rows by the names of the ranges: K values each."""
    return {one.name: rows[:, at] for at, one in enumerate(scenario.ranges)}


def each_row(answer: Callable[[int], Sequence[float]], count: int, outputs: int) -> Ran:
    """Ask row by row; a row that the desk refuses has no answer, and its sentence is kept."""
    values = np.full((count, outputs), np.nan)
    faults = {}
    for row in range(count):
        try:
            values[row] = answer(row)
        except BadInput as fault:
            faults[row] = str(fault)
    return Ran(values, faults)
