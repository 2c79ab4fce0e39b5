"""What of two years' tables can be compared at all.

Tables are in money of their year. An exchange rate that moved, or prices that rose alike, cancel in
shares: of a group of sectors in its region's output, of a region in what the world sells
across borders. And a published table need not be an observation: where sectors of a region all grew
by the very same factor, the publisher filled them in from a total, and nothing can be learnt of
them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.table import Table, Vector

__all__ = ["Alike", "across_borders", "alike", "group_shares", "rank_correlation", "require_alike"]

_SAME = 0.0015
"""Factors of growth this close are one: the tables are rounded to a million."""
_LEAST = 2000.0
"""Output (in the table's unit) from which rounding cannot part two equal factors."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How many factors of growth the sectors of a region have among them.

    `sectors` are those large enough to tell, `factors` how many differ; `largest` the most sectors
    that grew by one and the same.
    """

    region: str
    sectors: int
    factors: int
    largest: int

    @property
    def observed(self) -> bool:
        """True if most sectors grew by a factor of their own."""
        return 2 * self.factors > self.sectors


def require_alike(before: Table, after: Table) -> None:
    """Raise BadInput unless two tables have the same regions and sectors and follow each other."""
    if (before.regions, before.sectors) != (after.regions, after.sectors):
        raise BadInput(f"the tables of {before.year} and {after.year} have other cells.")
    if before.year >= after.year:
        raise BadInput(f"expected a table after {before.year}, not of {after.year}.")


def alike(before: Table, after: Table) -> tuple[Alike, ...]:
    """Every region by how many different factors its sectors grew; BadInput for other cells."""
    require_alike(before, after)
    shape = (len(before.regions), len(before.sectors))
    first, second = before.x.reshape(shape), after.x.reshape(shape)
    found = []
    for at, region in enumerate(before.regions):
        large = (first[at] > _LEAST) & (second[at] > _LEAST)
        growth = np.sort(second[at][large] / first[at][large])
        runs = np.split(growth, np.flatnonzero(np.diff(growth) > _SAME) + 1)
        sizes = [len(one) for one in runs if len(one)]
        found.append(Alike(region, len(growth), len(sizes), max(sizes, default=0)))
    return tuple(found)


def across_borders(table: Table) -> NDArray[np.float64]:
    """Sales across borders, in money: sellers x sectors x buyers, of inputs and for final use."""
    regions, sectors = len(table.regions), len(table.sectors)
    sold: NDArray[np.float64] = table.Z.reshape(regions, sectors, regions, sectors).sum(axis=3)
    sold = sold + table.Y.reshape(regions, sectors, regions, -1).sum(axis=3)
    for at in range(regions):
        sold[at, :, at] = 0.0
    return sold


def group_shares(
    output: Vector, table: Table, region: str, groups: Sequence[Sequence[int]]
) -> Vector:
    """Shares of groups of sectors (places) in the output of a region; `output` is N, in money."""
    mine = output[table.region(region)]
    sums: Vector = np.array([mine[list(one)].sum() for one in groups])
    return np.asarray(sums / float(mine.sum()))


def rank_correlation(one: Vector, other: Vector) -> float | None:
    """Spearman's: how alike two orders are, from -1 to 1; None where one of them orders nothing.

    What is alike to twelve digits is alike: the rest is how sums were formed.
    """
    first, second = (_ranks(np.round(each, 12)) for each in (one, other))
    if first.std() == 0 or second.std() == 0:
        return None
    return float(np.corrcoef(first, second)[0, 1])


def _ranks(values: Vector) -> Vector:
    """Places in rising order, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: Vector = last - (counts - 1) / 2.0
    found: Vector = means[inverse]
    return found
