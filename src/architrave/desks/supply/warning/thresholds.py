"""Thresholds on a series, and the crossings of one: each begins once and lasts until a return.

A threshold is a level (``level >= 120``) or a change over a number of periods, in the unit of the
series or in percent (``change 3 >= 20%``, ``change 1 <= -15``). A crossing is a run of periods in
which it holds. A period whose figure is not known neither begins nor ends one.

Figures and bounds are compared as the decimals that were written: 0.12 is 20 % above 0.1, though
the binary fractions next to them are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from architrave.desks.errors import BadInput
from architrave.desks.supply.warning.periods import Period
from architrave.desks.supply.warning.series import Series

__all__ = ["MOST_PERIODS", "Crossing", "Threshold", "crossings", "measured", "threshold_of"]

MOST_PERIODS = 3_660
"""The longest span of a change, in periods: ten years of days."""

_FORM = re.compile(
    r"(?:level|change ([1-9][0-9]{0,4})) ?(>=|<=|>|<) ?([+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?)(%?)"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line that figures may cross: `over` is 0 for a level, else over how many periods.

    `bound` is in the unit of the series, or in percent of the earlier figure.
    """

    over: int
    sign: str
    bound: Decimal
    percent: bool

    def holds(self, found: Fraction) -> bool:
        """Say whether a level or a change is on the far side of the line."""
        bound = Fraction(self.bound)
        match self.sign:
            case ">=":
                return found >= bound
            case "<=":
                return found <= bound
            case ">":
                return found > bound
        return found < bound

    def __str__(self) -> str:
        """The one spelling of it, by which a log knows it: every digit of the bound."""
        what = f"change {self.over}" if self.over else "level"
        bound = f"{self.bound.normalize() or Decimal(0):f}"
        return f"{what} {self.sign} {bound}{'%' if self.percent else ''}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A run of periods in which a threshold holds: its first and last, and the first measure.

    `reach` are the numbers of the first and the last period between the returns before and after
    it, as far as the series goes: with those of which nothing is known.
    """

    first: Period
    last: Period
    measure: float
    reach: tuple[int, int]


def threshold_of(text: str) -> Threshold:
    """Read a threshold as it is typed; BadInput with the forms that are read."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None or (match[4] and match[1] is None) or int(match[1] or 0) > MOST_PERIODS:
        raise BadInput(
            f"the threshold {text!r} is none of the forms 'level >= 120', 'change 3 >= 20%' and "
            f"'change 1 <= -15' (over at most {MOST_PERIODS} periods)."
        )
    return Threshold(int(match[1] or 0), match[2], Decimal(match[3]), bool(match[4]))


def measured(series: Series, threshold: Threshold) -> Iterator[tuple[Period, float | None]]:
    """Of each period what a threshold looks at: the level, or the change; None if not known.

    A change in percent from a figure that is not above zero says nothing, so it is not known.
    """
    for period, found in _measured(series, threshold):
        yield period, None if found is None else float(found)


def _measured(series: Series, threshold: Threshold) -> Iterator[tuple[Period, Fraction | None]]:
    values = {one.period.number: _written(one.value) for one in series.points}
    for one in series.points:
        value = values[one.period.number]
        earlier = values.get(one.period.number - threshold.over)
        if not threshold.over or value is None:
            yield one.period, value
        elif earlier is None or (threshold.percent and earlier <= 0):
            yield one.period, None
        else:
            change = value - earlier
            yield one.period, 100 * change / earlier if threshold.percent else change


def _written(value: float | None) -> Fraction | None:
    """A figure as the decimal that was written, which is the shortest that reads as this float."""
    return None if value is None else Fraction(repr(value))


def crossings(series: Series, threshold: Threshold) -> tuple[Crossing, ...]:
    """Each run of periods in which a threshold holds, the earliest first."""
    found: list[Crossing] = []
    inside, since = False, series.points[0].period.number
    for period, measure in _measured(series, threshold):
        holds = inside if measure is None else threshold.holds(measure)
        if inside and holds:
            last = found[-1].last if measure is None else period
            found[-1] = replace(found[-1], last=last, reach=(found[-1].reach[0], period.number))
        elif holds and measure is not None:
            reach = since, period.number
            found.append(Crossing(period, period, float(measure), reach))
        elif measure is not None:
            if inside:  # up to the return, also where periods before it are not in the series
                found[-1] = replace(found[-1], reach=(found[-1].reach[0], period.number - 1))
            since = period.number + 1
        inside = holds
    return tuple(found)
