"""Two courses over the years, laid out for drawings that share one scale from zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from architrave.portal.formats import Said, plain
from architrave.portal.forum.pages_drawings import (
    Course,
    CourseChart,
    LaneText,
    Level,
    Tick,
    length,
)
from architrave.portal.pages_rows import Shown

__all__ = ["BOTTOM", "LEFT", "RIGHT", "TOP", "Grades", "course_chart", "grades_of"]

LEFT, RIGHT, TOP, BOTTOM = 40, 324, 64, 204
"""The edges of the room for the lines, in the drawing's units."""

_WIDTH, _HEIGHT, _LEVELS, _TICKS = 340, 224, 6, 5
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # percent
_KEY, _KEY_LINE, _SAMPLE, _BESIDE, _UNDER, _ABOVE, _APART = 12, 18, 26, 4, 16, 12, 6


@dataclass(frozen=True, slots=True)
class Grades:
    """Percent from zero to `most`, with a line at each `step`."""

    most: float
    step: float

    def y(self, percent: float) -> float:
        """Where a value stands, in the drawing's units."""
        return BOTTOM - percent / self.most * (BOTTOM - TOP)


def grades_of(shares: Sequence[float]) -> Grades:
    """One scale, from zero, on which all shares find room in at most six even steps."""
    largest = max([*shares, _STEPS[0]])
    step = next((one for one in _STEPS if largest <= _LEVELS * one), _STEPS[-1])
    return Grades(step * math.ceil(round(largest / step, 6)), step)


def course_chart(
    label: str,
    up: str,
    years: Sequence[int],
    names: Sequence[Shown],
    shares: Sequence[Sequence[float]],
    grades: Grades,
) -> CourseChart:
    """Lay out one or two courses, each with its name; a year stands where it belongs, gaps too."""

    def x(year: int) -> float:
        return LEFT + (year - years[0]) / (years[-1] - years[0]) * (RIGHT - LEFT)

    def path(values: Sequence[float]) -> str:
        points = zip(years, values, strict=True)
        return "M" + "L".join(f"{x(year):.2f} {grades.y(one):.2f}" for year, one in points)

    def key(at: int, name: Shown) -> LaneText:
        lang = name.lang if isinstance(name, Said) else ""
        return LaneText(LEFT + _SAMPLE + _APART, _KEY + at * _KEY_LINE, plain(name), lang)

    count = round(grades.most / grades.step)
    levels = [round(at * grades.step, 6) for at in range(count + 1)]
    return CourseChart(
        label=label,
        width=_WIDTH,
        height=_HEIGHT,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        sample=LEFT + _SAMPLE,
        up=up,
        up_y=TOP - _ABOVE,
        levels=tuple(
            Level(length(grades.y(one)), length(grades.y(one) + _BESIDE), f"{one:g}%")
            for one in levels
        ),
        ticks=tuple(Tick(length(x(year)), BOTTOM + _UNDER, str(year)) for year in _shown(years)),
        courses=tuple(
            Course(key(at, name), _KEY + at * _KEY_LINE - _BESIDE, path(values))
            for at, (name, values) in enumerate(zip(names, shares, strict=True))
        ),
    )


def _shown(years: Sequence[int]) -> list[int]:
    """The first year and the last, and between them some, as evenly as they lie."""
    steps = min(_TICKS, len(years)) - 1
    return [years[round(at * (len(years) - 1) / steps)] for at in range(steps + 1)]
