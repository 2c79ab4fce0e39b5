"""Thresholds on a series, and the crossings of one: each begins once and lasts until a return.

A threshold is a level (``level >= 120``) or a change over a number of periods, in the unit of the
series or in percent (``change 3 >= 20%``, ``change 1 <= -15``). A crossing is a run of periods in
which it holds. A period whose figure is not known neither begins nor ends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from architrave.desks.errors import BadInput
from architrave.desks.supply.warning.periods import Period
from architrave.desks.supply.warning.series import Series

__all__ = ["MOST_PERIODS", "Crossing", "Threshold", "crossings", "measured", "threshold_of"]

MOST_PERIODS = 3_660
"""The longest span of a change, in periods: ten years of days."""

_FORM = re.compile(
    r"(?:level|change ([1-9][0-9]{0,4})) ?(>=|<=|>|<) ?([+-]?[0-9]+(?:\.[0-9]+)?)(%?)"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line that figures may cross: `over` is 0 for a level, else over how many periods.

    `bound` is in the unit of the series, or in percent of the earlier figure.
    """

    over: int
    sign: str
    bound: float
    percent: bool

    def holds(self, found: float) -> bool:
        """Say whether a level or a change is on the far side of the line."""
        match self.sign:
            case ">=":
                return found >= self.bound
            case "<=":
                return found <= self.bound
            case ">":
                return found > self.bound
        return found < self.bound

    def __str__(self) -> str:
        """The one spelling of it, by which a log knows it."""
        what = f"change {self.over}" if self.over else "level"
        return f"{what} {self.sign} {self.bound:g}{'%' if self.percent else ''}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A run of periods in which a threshold holds: its first and last, and the first measure."""

    first: Period
    last: Period
    measure: float


def threshold_of(text: str) -> Threshold:
    """Read a threshold as it is typed; BadInput with the forms that are read."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None or (match[4] and match[1] is None) or int(match[1] or 0) > MOST_PERIODS:
        raise BadInput(
            f"the threshold {text!r} is none of the forms 'level >= 120', 'change 3 >= 20%' and "
            f"'change 1 <= -15' (over at most {MOST_PERIODS} periods)."
        )
    return Threshold(int(match[1] or 0), match[2], float(match[3]), bool(match[4]))


def measured(series: Series, threshold: Threshold) -> Iterator[tuple[Period, float | None]]:
    """Of each period what a threshold looks at: the level, or the change; None if not known.

    A change in percent from a figure that is not above zero says nothing, so it is not known.
    """
    values = {one.period.number: one.value for one in series.points}
    for one in series.points:
        earlier = values.get(one.period.number - threshold.over)
        if not threshold.over or one.value is None:
            yield one.period, one.value
        elif earlier is None or (threshold.percent and earlier <= 0):
            yield one.period, None
        else:
            change = one.value - earlier
            yield one.period, 100 * change / earlier if threshold.percent else change


def crossings(series: Series, threshold: Threshold) -> tuple[Crossing, ...]:
    """Each run of periods in which a threshold holds, the earliest first."""
    found: list[Crossing] = []
    inside = False
    for period, measure in measured(series, threshold):
        if measure is None:
            continue
        holds = threshold.holds(measure)
        if holds and inside:
            found[-1] = Crossing(found[-1].first, period, found[-1].measure)
        elif holds:
            found.append(Crossing(period, period, measure))
        inside = holds
    return tuple(found)
