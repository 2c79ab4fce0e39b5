"""A tornado: each input from its low end to its high one, all others where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.supply.table import Matrix, Vector
from architrave.desks.supply.uncertainty.ranges import Range

__all__ = ["Bar", "bars", "tornado_rows"]


@dataclass(frozen=True, slots=True)
class Bar:
    """An output with an input at its low end and at its high one; None where there is no answer."""

    name: str
    low: float | None
    high: float | None

    @property
    def swing(self) -> float | None:
        """How far apart the two are; None if one is not known."""
        return None if self.low is None or self.high is None else abs(self.high - self.low)


def tornado_rows(ranges: Sequence[Range]) -> Matrix:
    """The base, then for each input that is varied its low end and its high end."""
    base = np.array([one.at for one in ranges])
    rows = [base]
    for at, one in enumerate(ranges):
        if one.high is not None and one.varied:
            for end in (one.low, one.high):
                row = base.copy()
                row[at] = end
                rows.append(row)
    return np.stack(rows)


def bars(ranges: Sequence[Range], values: Vector) -> tuple[Bar, ...]:
    """The bars of one output from its answers to `tornado_rows`: the widest first.

    A bar with an end that has no answer stands before all others: how wide it is nobody knows.
    """
    names = [one.name for one in ranges if one.varied]
    found = [
        Bar(name, _known(values[1 + 2 * at]), _known(values[2 + 2 * at]))
        for at, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda bar: (bar.swing is not None, -(bar.swing or 0.0))))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
