"""How parties depend on each other, year by year: both directions of every pair.

Interdependence is the price of influence: who sells much to another gains a say there and hangs on
that market. So both are shown, and how far they are apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from architrave.desks.errors import BadInput
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
    """The dependence of parties on each other in each table's year, by year, in any order given.

    BadInput for no table, two of one year or of other regions or sectors, which cannot be compared;
    for fewer than two parties or one twice; for a party that adds nothing or pays for nothing.
    """
    known = tuple(parties)
    if len(known) < 2 or len(set(known)) < len(known):
        raise BadInput("mutual dependence is of two parties or more, each named once.")
    ordered = sorted(tables, key=lambda one: one.year)
    if not ordered:
        raise BadInput("mutual dependence needs a table for each year, and there is none.")
    for before, after in pairwise(ordered):
        _require_comparable(before, after)
    basis = basis_of(ordered[0])
    for table in ordered[1:]:
        basis = basis.joined(basis_of(table))
    return Mutual(basis, known, tuple(row for table in ordered for row in _rows(table, known)))


def _rows(table: Table, parties: Sequence[str]) -> Iterator[PairYear]:
    solved = factored(table)
    paid = {by: (value_added_in(solved, by), float(table.demand_of(by).sum())) for by in parties}
    for of in parties:
        whole = float(table.v[table.region(of)].sum())
        if whole <= 0:
            raise BadInput(f"{_called(table)}: {of} adds no value, so none hangs on anybody.")
        for by in parties:
            if by != of:
                sources, amount = paid[by]
                share = sources.of(of)
                yield PairYear(table.year, of, by, share, share * amount / whole)


def _require_comparable(one: Table, other: Table) -> None:
    if one.year == other.year:
        raise BadInput(
            f"{_called(one)} and {_called(other)} are both tables of {one.year}: name one for each "
            "year."
        )
    for what, ours, theirs in (
        ("regions", one.regions, other.regions),
        ("sectors", one.sectors, other.sectors),
    ):
        if set(ours) != set(theirs):
            raise BadInput(
                f"{_called(one)} ({one.year}) and {_called(other)} ({other.year}) have other "
                f"{what}: only years of the same {what} can be compared."
            )


def _called(table: Table) -> str:
    """Its file, by which whoever named it knows it; a table that was made has only a name."""
    return table.file or table.name
