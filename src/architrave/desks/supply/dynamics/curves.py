"""How lost capacity comes back: the part that is still lost so many days after it began to.

Each curve starts at 1. What is left below `OVER` counts as nothing, so that every curve ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

__all__ = ["CURVES", "OVER", "Shape", "left"]

OVER = 1e-9
"""A part of what was lost, below which all of it is back."""
_FOOT = 1e-6
Shape = Literal["linear", "convex", "concave"]


def _linear(day: float, days: float) -> float:
    return 1.0 - day / days


def _convex(day: float, days: float) -> float:
    """Fast first: each day an equal part of what is left; 98 in 100 are back after `days`."""
    return math.pow(1.0 - 1.0 / days, 4.0 * day)


def _concave(day: float, days: float) -> float:
    """Slow first, S-shaped (log-logistic): half is back after half of `days`."""
    if day <= 0:
        return 1.0
    steep = math.log(days / _FOOT) / math.log(days / 2.0)
    return 1.0 / (1.0 + math.pow(2.0 * day / days, steep))


CURVES: Mapping[Shape, Callable[[float, float], float]] = {
    "linear": _linear,
    "convex": _convex,
    "concave": _concave,
}


def left(shape: Shape, day: int, days: int) -> float:
    """The part still lost on the `day`-th day of a recovery that takes `days`; from 1 to 0."""
    part = CURVES[shape](float(day), float(days))
    return part if part > OVER else 0.0
