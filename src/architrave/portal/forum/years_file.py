"""How parties depend on each other by year, as a file: what `supply mutual --out` wrote.

The tables behind it need not be where a copy runs: of them it holds these shares, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.portal.forum.figures_file import Count, FiguresLayer, Percent, Year

__all__ = ["PairOfYears", "Years", "read_years"]


class PairOfYears(Struct, frozen=True):
    """One direction by year, in percent: the part of `of` in what `by` pays for, and of its own."""

    of: str
    by: str
    supplies: tuple[Percent, ...]
    earns: tuple[Percent, ...]


class _Named(Struct, frozen=True):
    table: str
    table_lumping: str


class _Parameters(Struct, frozen=True):
    tables: Annotated[tuple[_Named, ...], Meta(min_length=1)]
    parties: tuple[str, ...]
    regions: Count
    sectors: Count
    terms: tuple[str, ...]


class _Result(Struct, frozen=True):
    years: tuple[Year, ...]
    pairs: tuple[PairOfYears, ...]


class _Document(Struct, frozen=True):
    desk: Literal["supply"]
    question: Literal["mutual dependence by year, for pages"]
    layers: tuple[FiguresLayer, ...]
    parameters: _Parameters
    result: _Result


class Years(Struct, frozen=True):
    """All that the page shows of years; `digest` is that of the file.

    `layers` are the tables, one for each year; `regions` and `sectors` how many these have;
    `lumping` and `terms` what is lumped in them, and on which terms they may be used.
    """

    digest: str
    layers: tuple[FiguresLayer, ...]
    regions: int
    sectors: int
    lumping: tuple[str, ...]
    terms: tuple[str, ...]
    years: tuple[int, ...]
    pairs: tuple[PairOfYears, ...]

    def pair(self, of: str, by: str) -> PairOfYears:
        """One direction of a pair."""
        return next(one for one in self.pairs if (one.of, one.by) == (of, by))


def read_years(content: str, parties: tuple[str, ...], file: str) -> Years:
    """The shares of a file for these parties; BadInput naming the file and what is wrong in it."""
    try:
        read = msgspec.json.decode(content, type=_Document)
    except msgspec.ValidationError as fault:
        raise BadInput(f"{file}: {fault}.") from fault
    except msgspec.DecodeError as fault:
        raise BadInput(f"{file}: this is no JSON ({fault}).") from fault
    for fault in _faults(read, parties):
        raise BadInput(f"{file}: {fault}.")
    asked = read.parameters
    return Years(
        digest_of(content.encode()), read.layers, asked.regions, asked.sectors,
        tuple(dict.fromkeys(one.table_lumping for one in asked.tables if one.table_lumping)),
        asked.terms, read.result.years, read.result.pairs,
    )  # fmt: skip


def _faults(read: _Document, parties: tuple[str, ...]) -> Iterator[str]:
    asked, found = read.parameters, read.result
    if set(asked.parties) != set(parties):
        yield "the shares are of other parties than the charter's"
    if len(found.years) < 2 or any(after <= before for before, after in pairwise(found.years)):
        yield "fewer than two years stand there, or not in order"
    if [one.newest for one in read.layers] != [str(year) for year in found.years]:
        yield "there is not one table for each year"
    if [one.digest for one in read.layers] != [one.table for one in asked.tables]:
        yield "its tables are not the layers that it names"
    pairs = [(one.of, one.by) for one in found.pairs]
    if sorted(pairs) != sorted((of, by) for of in parties for by in parties if of != by):
        yield "a pair of parties is missing, or stands there twice"
    for one in found.pairs:
        if {len(one.supplies), len(one.earns)} != {len(found.years)}:
            yield f"{one.of} and {one.by}: there is not one share for each year"
