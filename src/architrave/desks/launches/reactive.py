"""Is the cooperation reactive? Three-way meetings soon after launches, against shuffled dates.

The share of meetings that fall within so many days after a launch or test is compared with the
same share when each meeting is put on a day drawn at random within its own calendar year. Within
the year, because both the list's coverage and the number of meetings grow over the years: that
growth alone would look like a reaction. Meetings whose day is not confirmed are left out and
counted.

What it cannot say: that a meeting was called because of a launch; many are planned months ahead.
Where the share lies within what chance brings in 90 of 100 shuffles, the answer is *not settled*.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["Answer", "Reaction", "is_soon", "reaction"]


class Answer(StrEnum):
    """What the comparison settles."""

    MORE_THAN_CHANCE = "more-than-chance"
    LESS_THAN_CHANCE = "less-than-chance"
    NOT_SETTLED = "not-settled"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Reaction:
    """The comparison: `soon` of `meetings` fall within `days` after a launch.

    `low`, `middle` and `high` are the shares below which 5, 50 and 95 of 100 shuffles lie;
    `as_many` is the share of shuffles with at least as many soon meetings as were seen.
    """

    days: int
    first: date
    last: date
    meetings: int
    left_out: int
    soon: int
    shuffles: int
    seed: int
    low: float
    middle: float
    high: float
    as_many: float
    answer: Answer

    @property
    def share(self) -> float:
        """The share of meetings that were seen soon after a launch; 0 without meetings."""
        return self.soon / self.meetings if self.meetings else 0.0


LEAST_MEETINGS = 10


def reaction(
    launches: Sequence[date],
    meetings: Sequence[date],
    left_out: int = 0,
    days: int = 30,
    shuffles: int = 10_000,
    seed: int = 20230818,
) -> Reaction:
    """Compare meetings on days that the list of launches covers with shuffled ones.

    `launches` and `meetings` are days in order. Covered are the years from that of the first launch
    to the last launch itself: beyond, no launch could have been seen. Same arguments, same answer.
    """
    if not launches:
        raise ValueError("there is no launch to compare with.")
    first, last = date(launches[0].year, 1, 1), launches[-1]
    covered = [day for day in meetings if first <= day <= last]
    gone = left_out + len(meetings) - len(covered)
    seen = sum(is_soon(launches, day, days) for day in covered)
    draw = random.Random(seed)
    tallies = sorted(
        sum(is_soon(launches, _within_year(day, last, draw), days) for day in covered)
        for _ in range(shuffles)
    )
    size = max(1, len(covered))
    low, middle, high = (tallies[int(part * (shuffles - 1))] for part in (0.05, 0.5, 0.95))
    return Reaction(
        days=days, first=first, last=last, meetings=len(covered), left_out=gone, soon=seen,
        shuffles=shuffles, seed=seed, low=low / size, middle=middle / size, high=high / size,
        as_many=(shuffles - bisect_left(tallies, seen)) / shuffles,
        answer=_answer(len(covered), seen, low, high),
    )  # fmt: skip


def is_soon(launches: Sequence[date], meeting: date, days: int) -> bool:
    """Say whether a launch lies on the day of a meeting or up to `days` days before it."""
    start = bisect_left(launches, meeting - timedelta(days=days))
    return start < bisect_right(launches, meeting)


def _within_year(day: date, last: date, draw: random.Random) -> date:
    first = date(day.year, 1, 1)
    end = min(last, date(day.year, 12, 31))
    return first + timedelta(days=draw.randrange((end - first).days + 1))


def _answer(meetings: int, seen: int, low: int, high: int) -> Answer:
    if meetings < LEAST_MEETINGS:
        return Answer.TOO_FEW
    if seen > high:
        return Answer.MORE_THAN_CHANCE
    return Answer.LESS_THAN_CHANCE if seen < low else Answer.NOT_SETTLED
