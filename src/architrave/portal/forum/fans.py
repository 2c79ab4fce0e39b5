"""Paths with bands, laid out for drawings that share one scale; tables beside are the caller's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from architrave.portal.forum.figures_file import PathBand
from architrave.portal.forum.pages_drawings import FanChart, Level, Tick, length

__all__ = ["BOTTOM", "LEFT", "RIGHT", "TOP", "Scale", "fan_chart", "scale_of"]

LEFT, RIGHT, TOP, BOTTOM = 46, 324, 24, 172
"""The edges of the room for the lines, in the drawing's units."""

_WIDTH, _HEIGHT, _TICKS, _LEVELS, _BASE = 340, 208, 6, 7, 100.0
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # in 100 of usual output
_UNDER, _BESIDE = 16, 4  # from the axis to the foot of a number; to the middle of a line of letters


@dataclass(frozen=True, slots=True)
class Scale:
    """From `least` to `most` in 100 of usual output, with a line at each `step`."""

    least: float
    most: float
    step: float

    def y(self, percent: float) -> float:
        """Where a value stands, in the drawing's units."""
        return BOTTOM - (percent - self.least) / (self.most - self.least) * (BOTTOM - TOP)

    @property
    def levels(self) -> tuple[float, ...]:
        """The values at which a line is drawn, from below."""
        count = round((self.most - self.least) / self.step)
        return tuple(round(self.least + at * self.step, 6) for at in range(count + 1))


def scale_of(bands: Sequence[PathBand]) -> Scale:
    """One scale on which all bands and usual output find room, in even steps from 100."""
    lowest = min([_BASE, *(100 * min(one.low) for one in bands)])
    highest = max([_BASE, *(100 * max(one.high) for one in bands)])
    for step in _STEPS:
        below, above = (
            math.ceil(round(gap / step, 6)) for gap in (_BASE - lowest, highest - _BASE)
        )
        if below + above < _LEVELS:
            break
    return Scale(_BASE - step * max(below, 1), _BASE + step * max(above, 1), step)


def fan_chart(
    label: str,
    across: str,
    up: str,
    periods: Sequence[tuple[int, int]],
    band: PathBand,
    scale: Scale,
) -> FanChart:
    """Lay out one region: each period's values stand at the middle of its days."""
    last = periods[-1][1]

    def x(day: float) -> float:
        return LEFT + day / last * (RIGHT - LEFT)

    places = [x((first - 1 + end) / 2) for first, end in periods]

    def line(values: Sequence[float]) -> list[str]:
        ys = [scale.y(100 * one) for one in values]
        return [f"{at:.2f} {y:.2f}" for at, y in zip(places, ys, strict=True)]

    low, middle, high = line(band.low), line(band.middle), line(band.high)
    every = max(1, math.ceil(len(periods) / _TICKS))
    ends = [end for _, end in periods][every - 1 :: every]
    return FanChart(
        label=label,
        width=_WIDTH,
        height=_HEIGHT,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        base=length(scale.y(_BASE)),
        band=f"M{'L'.join([*high, *reversed(low)])}Z",
        low=f"M{'L'.join(low)}",
        middle=f"M{'L'.join(middle)}",
        high=f"M{'L'.join(high)}",
        levels=tuple(
            Level(length(scale.y(one)), length(scale.y(one) + _BESIDE), f"{one:g}%")
            for one in scale.levels
        ),
        ticks=tuple(Tick(length(x(one)), BOTTOM + _UNDER, str(one)) for one in ends),
        across=across,
        across_y=_HEIGHT - 4,
        up=up,
    )
