"""The latest level of each function between each pair, with its age.

A level older than a year is *stale*, and one that nobody wrote is *not assessed*: neither is a
level, and nothing here or in `chains` treats them as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.interoperability.model import Function, Level, Pair, Score, pairs_of

__all__ = ["FRESH_DAYS", "Cell", "CellState", "levels_of", "matrix"]

FRESH_DAYS = 366
"""A level counts up to this many days after its day, that day included."""


class CellState(StrEnum):
    """What is known of a function between a pair."""

    CURRENT = "current"
    STALE = "stale"
    NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One function between one pair: the latest score, if there is any, and its age in days."""

    function: str
    pair: Pair
    state: CellState
    score: Score | None = None
    age: int | None = None

    @property
    def level(self) -> Level | None:
        """The level, while it is current; None otherwise."""
        current = self.score is not None and self.state is CellState.CURRENT
        return self.score.level if self.score is not None and current else None


def matrix(
    functions: Sequence[Function],
    scores: Sequence[Score],
    parties: Sequence[str],
    today: date,
    fresh_days: int = FRESH_DAYS,
) -> tuple[Cell, ...]:
    """Every function between every pair, in their order; scores after `today` are left out."""
    latest: dict[tuple[str, Pair], Score] = {}
    for score in scores:
        key = (score.function, score.pair)
        if score.on <= today and (key not in latest or latest[key].on < score.on):
            latest[key] = score
    return tuple(
        _cell(function.id, pair, latest.get((function.id, pair)), today, fresh_days)
        for function in functions
        for pair in pairs_of(parties)
    )


def levels_of(cells: Sequence[Cell]) -> Mapping[tuple[str, Pair], Level]:
    """The levels that are current, by function and pair; what is unknown is not in it."""
    return {
        (cell.function, cell.pair): level for cell in cells if (level := cell.level) is not None
    }


def _cell(function: str, pair: Pair, score: Score | None, today: date, fresh_days: int) -> Cell:
    if score is None:
        return Cell(function, pair, CellState.NOT_ASSESSED)
    age = (today - score.on).days
    state = CellState.CURRENT if age <= fresh_days else CellState.STALE
    return Cell(function, pair, state, score, age)
