"""Counts by month and family, by year, and months that stand out of those before them.

A burst is a statement about the past: the month has more records than a steady rate, that of the
24 months before it, would bring in 1 of 100 months (the upper tail of a Poisson distribution). It
says nothing of the month that follows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.launches.reading import Count, Family

__all__ = ["BURST_CHANCE", "MONTHS_BEFORE", "Month", "Year", "by_month", "by_year", "upper_tail"]

MONTHS_BEFORE = 24
BURST_CHANCE = 0.01


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: its first day, its records by family, and whether it is a burst.

    `rate` is the mean of the 24 months before it; None where there are fewer.
    """

    first: date
    records: Mapping[Family, int]
    rate: float | None
    burst: bool

    @property
    def total(self) -> int:
        """All records of the month."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True)
class Year:
    """One calendar year and its records by family."""

    year: int
    records: Mapping[Family, int]

    @property
    def total(self) -> int:
        """All records of the year."""
        return sum(self.records.values())


def by_month(counts: Sequence[Count], families: Iterable[Family] = Family) -> tuple[Month, ...]:
    """Every month from the first record to the last, also those with none."""
    wanted = frozenset(families)
    of_month: dict[date, Counter[Family]] = {}
    for count in counts:
        tally = of_month.setdefault(count.day.replace(day=1), Counter())
        if count.family in wanted:
            tally[count.family] += count.records
    if not of_month:
        return ()
    months = _months(min(of_month), max(of_month))
    totals = [of_month[month].total() if month in of_month else 0 for month in months]
    found = []
    for index, month in enumerate(months):
        rate = None
        if index >= MONTHS_BEFORE:
            rate = sum(totals[index - MONTHS_BEFORE : index]) / MONTHS_BEFORE
        burst = rate is not None and upper_tail(totals[index], rate) < BURST_CHANCE
        records = of_month.get(month) or Counter[Family]()
        found.append(Month(month, records, rate, burst))
    return tuple(found)


def by_year(counts: Sequence[Count]) -> tuple[Year, ...]:
    """Every year from the first record to the last, also those with none."""
    of_year: dict[int, Counter[Family]] = {}
    for count in counts:
        of_year.setdefault(count.day.year, Counter())[count.family] += count.records
    if not of_year:
        return ()
    years = range(min(of_year), max(of_year) + 1)
    return tuple(Year(year, of_year.get(year) or Counter[Family]()) for year in years)


def upper_tail(records: int, rate: float) -> float:
    """The chance that a Poisson count of this rate is at least `records`.

    For a rate of nought it is 1 for no record and 0 for any, so that the first record after two
    silent years is a burst.
    """
    if records <= 0:
        return 1.0
    if rate <= 0.0:
        return 0.0
    below = math.fsum(
        math.exp(n * math.log(rate) - rate - math.lgamma(n + 1)) for n in range(records)
    )
    return max(0.0, 1.0 - below)


def _months(first: date, last: date) -> tuple[date, ...]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1))
