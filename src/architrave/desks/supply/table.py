"""An input-output table of one year: regions by sectors, immutable, known by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer

__all__ = ["Matrix", "Table", "Vector", "table_of"]

Matrix = NDArray[np.float64]
"""Two axes, float64."""
Vector = NDArray[np.float64]
"""One axis, float64."""


@dataclass(frozen=True, eq=False)
class Table:
    """Who sells to whom in one year. N cells = regions x sectors, region by region.

    `Z` is N x N (a row sells to a column), `Y` is N x (regions x categories) final demand, region
    by region, `x` is the output of N cells; all in `unit` of `currency`. Value added `v` is what is
    left of output after inputs: with net taxes and margins, unless the publisher parts them.
    `rounding` is how far one cell may be off by the publisher's own rounding, in the unit.
    `file` is the name of the file it was read from, if any: for messages alone, and not digested.
    Arrays cannot be written to. Made by `table_of`, which copies what it is given.
    """

    name: str
    year: int
    currency: str
    unit: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    Z: Matrix
    Y: Matrix
    x: Vector
    rounding: float
    lumping: str
    source: str
    licence: str
    file: str = ""

    @property
    def size(self) -> int:
        """N, the number of cells."""
        return len(self.regions) * len(self.sectors)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells in order, each as ``region:sector``."""
        return tuple(f"{region}:{sector}" for region in self.regions for sector in self.sectors)

    @cached_property
    def v(self) -> Vector:
        """Value added of N cells, with net taxes and margins."""
        return _still(self.x - self.Z.sum(axis=0))

    @cached_property
    def f(self) -> Vector:
        """Final demand for the goods of N cells, of all regions and categories."""
        return _still(self.Y.sum(axis=1))

    @cached_property
    def empty(self) -> NDArray[np.bool_]:
        """N flags: cells without output. Nothing is divided by them; what they buy is nothing."""
        flags: NDArray[np.bool_] = self.x == 0
        flags.flags.writeable = False
        return flags

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the table holds, hex."""
        told = hashlib.sha256()
        heading = [
            self.name, self.year, self.currency, self.unit, self.regions, self.sectors,
            self.categories, self.lumping,
        ]  # fmt: skip
        told.update(json.dumps(heading, ensure_ascii=False).encode())
        for array in (self.Z, self.Y, self.x):
            told.update(np.ascontiguousarray(array, dtype="<f8").reshape(-1).data)
        return told.hexdigest()

    @property
    def layer(self) -> Layer:
        """The table as a layer of an assessment."""
        return Layer(self.name, str(self.year), self.digest, self.source)

    def region(self, name: str) -> slice:
        """The cells of a region; BadInput if there is none of that name."""
        if name not in self.regions:
            raise BadInput(f"{self.name}: there is no region {name!r}, only {_few(self.regions)}.")
        first = self.regions.index(name) * len(self.sectors)
        return slice(first, first + len(self.sectors))

    def sector(self, code: str) -> NDArray[np.intp]:
        """The cells of a sector in all regions, in the order of regions; BadInput likewise."""
        if code not in self.sectors:
            raise BadInput(f"{self.name}: there is no sector {code!r}, only {_few(self.sectors)}.")
        return np.arange(len(self.regions)) * len(self.sectors) + self.sectors.index(code)

    def cell(self, name: str) -> int:
        """The place of a cell written ``region:sector``; BadInput likewise."""
        region, parted, sector = name.partition(":")
        if not parted:
            raise BadInput(f"{name!r} names no cell: region:sector was expected.")
        first = self.region(region).start
        self.sector(sector)
        return int(first) + self.sectors.index(sector)

    def demand_of(self, region: str) -> Vector:
        """Final demand of one region, in all its categories, for the goods of N cells."""
        self.region(region)
        first = self.regions.index(region) * len(self.categories)
        found: Vector = self.Y[:, first : first + len(self.categories)].sum(axis=1)
        return found


def table_of(
    name: str,
    year: int,
    regions: Sequence[str],
    sectors: Sequence[str],
    categories: Sequence[str],
    arrays: tuple[Matrix, Matrix, Vector],
    *,
    currency: str = "USD",
    unit: str = "million",
    rounding: float = 0.5,
    lumping: str = "",
    source: str = "",
    licence: str = "",
    file: str = "",
    given_away: bool = False,
) -> Table:
    """Make a table from labels and the arrays (Z, Y, x), which are copied.

    With `given_away` they are kept as they are, where they are float64: a table of 8,000 cells has
    half a gigabyte, and its reader has no further use for it.
    BadInput for labels that stand twice or arrays of another shape; `balance.checked` says more.
    """
    for what, labels in (("region", regions), ("sector", sectors), ("category", categories)):
        for label in labels:
            if list(labels).count(label) > 1:
                raise BadInput(f"{name}: the {what} {label!r} stands there twice.")
    taken = np.asarray if given_away else np.array
    Z, Y, x = (_still(taken(one, dtype=np.float64)) for one in arrays)
    size = len(regions) * len(sectors)
    wanted = ((size, size), (size, len(regions) * len(categories)), (size,))
    for letter, array, shape in zip("ZYx", (Z, Y, x), wanted, strict=True):
        if array.shape != shape:
            raise BadInput(
                f"{name}: {letter} has the shape {array.shape}; {len(regions)} regions with "
                f"{len(sectors)} sectors and {len(categories)} categories need {shape}."
            )
    return Table(
        name, year, currency, unit, tuple(regions), tuple(sectors), tuple(categories),
        Z, Y, x, rounding, lumping, source, licence, file,
    )  # fmt: skip


def _still(array: NDArray[np.float64]) -> NDArray[np.float64]:
    array.flags.writeable = False
    return array


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:12])
    return shown if len(names) <= 12 else f"{shown} and {len(names) - 12} more"
