"""Answers and yardsticks scored alike, in one table.

All changes are natural logarithms of a share after over the share before: 0.01 is about a percent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.supply.backtests.shares import rank_correlation
from architrave.desks.supply.table import Vector

__all__ = ["Panel", "Score", "Told", "level", "panel_of", "pattern"]


@dataclass(frozen=True, slots=True)
class Told:
    """One row: what happened, and what each answer and yardstick would have said, by its name."""

    name: str
    weight: float
    happened: float
    said: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Score:
    """How far one answer was off, on the weighted average.

    `level` is the mean absolute error; `pattern` the same after the weighted mean of each is taken
    off, so that what moved all rows alike (an exchange rate, a case too mild or too harsh) counts
    for nothing; `order` the rank correlation, None where the answer puts nothing in order.
    """

    name: str
    yardstick: bool
    level: float
    pattern: float
    order: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows of one kind, and the score of everybody who said something about them."""

    rows: tuple[Told, ...]
    scores: tuple[Score, ...]

    def score(self, name: str) -> Score:
        """The score of an answer by its name."""
        return next(one for one in self.scores if one.name == name)

    def beats(self, name: str) -> tuple[bool, bool]:
        """Whether an answer is nearer than every yardstick, in level and in pattern."""
        mine = self.score(name)
        others = [one for one in self.scores if one.yardstick]
        return (
            all(mine.level < one.level for one in others),
            all(mine.pattern < one.pattern for one in others),
        )


def panel_of(
    names: Sequence[str],
    weight: Vector,
    happened: Vector,
    said: Mapping[str, Vector],
    yardsticks: Sequence[str],
) -> Panel:
    """Score what was said (by name, of as many rows as there are names) against what happened."""
    part = weight / weight.sum()
    rows = tuple(
        Told(name, float(part[at]), float(happened[at]), {k: float(v[at]) for k, v in said.items()})
        for at, name in enumerate(names)
    )
    scores = tuple(
        Score(
            name,
            name in yardsticks,
            level(part, happened, one),
            pattern(part, happened, one),
            rank_correlation(happened, one),
        )
        for name, one in said.items()
    )
    return Panel(rows, scores)


def level(part: Vector, happened: Vector, said: Vector) -> float:
    """The mean absolute error; `part` are weights that add up to 1."""
    return float(part @ np.abs(happened - said))


def pattern(part: Vector, happened: Vector, said: Vector) -> float:
    """The same after the weighted mean of each is taken off."""
    return level(part, happened - part @ happened, said - part @ said)
