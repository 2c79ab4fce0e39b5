"""How parties depend on each other, year by year: both directions of every pair.

Interdependence is the price of influence: who sells much to another gains a say there and hangs on
that market. So both are shown, and how far they are apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.exposure.dependence import value_added_in
from architrave.desks.supply.factored import factored
from architrave.desks.supply.table import Table

__all__ = ["Mutual", "PairYear", "mutual"]


@dataclass(frozen=True, slots=True)
class PairYear:
    """One direction of a pair in a year.

    `supplies`: the share of `of` in the value added that final demand of `by` pays for. `earns`:
    the share of the value added of `of` that final demand of `by` pays for.
    """

    year: int
    of: str
    by: str
    supplies: float
    earns: float


@dataclass(frozen=True, slots=True)
class Mutual:
    """All ordered pairs of some parties in some years."""

    basis: Basis
    parties: tuple[str, ...]
    rows: tuple[PairYear, ...]

    def asymmetry(self, year: int, one: str, other: str) -> float:
        """How much more of `one`'s value added hangs on `other`'s demand than the reverse."""
        return self._row(year, one, other).earns - self._row(year, other, one).earns

    def _row(self, year: int, of: str, by: str) -> PairYear:
        return next(row for row in self.rows if (row.year, row.of, row.by) == (year, of, by))


def mutual(tables: Iterable[Table], parties: Sequence[str]) -> Mutual:
    """The dependence of parties on each other in each table's year, by year."""
    known, rows, basis = tuple(parties), [], None
    for table in sorted(tables, key=lambda one: one.year):
        solved = factored(table)
        told = basis_of(table)
        basis = told if basis is None else basis.joined(told)
        added = {}
        for by in known:
            demand = np.maximum(table.demand_of(by), 0.0)
            added[by] = (value_added_in(solved, by), float(demand.sum()))
        for of in known:
            whole = float(table.v[table.region(of)].sum())
            for by in known:
                if by != of:
                    sources, paid = added[by]
                    share = sources.of(of)
                    rows.append(PairYear(table.year, of, by, share, share * paid / whole))
    return Mutual(basis or Basis(()), known, tuple(rows))
