"""A table of which each row is a seller and each column a buyer, as WIOD and ADB print it.

Sectors stand region by region; then final demand, region by region; then output. Below the sellers
stand what inputs sum to, taxes, margins and value added by line, and output again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import Label, refuse_twice
from architrave.desks.supply.table import Vector

__all__ = ["Wide", "demand_begins"]

_SUM, _OUTPUT = re.compile(r"intermediate", re.I), re.compile(r"output|^total$", re.I)


class Wide:
    """What is read of such a table, row by row, into arrays that are made once."""

    def __init__(self, file: str, cells: Sequence[Label], uses: Sequence[Label]) -> None:
        refuse_twice(file, "column", [*cells, *uses])
        self.file = file
        self.cells, self.uses = list(cells), list(uses)
        size = len(self.cells)
        self.Z, self.Y = np.zeros((size, size)), np.zeros((size, len(self.uses)))
        self.x, self.paid = np.zeros(size), np.zeros(size)
        self._output: Vector | None = None
        self._place = {label: at for at, label in enumerate(self.cells)}
        self._seen: dict[Label, str] = {}

    def seller(self, place: str, label: Label, numbers: Vector) -> None:
        """Take in the row of a cell: sales, final demand, output; BadInput for one seen before."""
        if label not in self._place:
            raise BadInput(f"{place}: the row {'_'.join(label)} has no column.")
        if label in self._seen:
            raise BadInput(
                f"{place}: the row {'_'.join(label)} stands there twice, first in "
                f"{self._seen[label]}."
            )
        self._seen[label] = place
        at, size = self._place[label], len(self.cells)
        self.Z[at], self.Y[at], self.x[at] = numbers[:size], numbers[size:-1], numbers[-1]

    def closing(self, name: str, numbers: Vector) -> None:
        """Take in a row below the sellers, told by its name: a sum, output, or something paid."""
        row = numbers[: len(self.cells)]
        if _OUTPUT.search(name):
            self._output = row.copy()
        elif not _SUM.search(name):
            self.paid += row

    def whole(self) -> None:
        """BadInput where a column has no row, or output differs between row and column."""
        for label in self.cells:
            if label not in self._seen:
                raise BadInput(f"{self.file}: the column {'_'.join(label)} has no row.")
        if self._output is None:
            raise BadInput(f"{self.file}: there is no row of output below the sellers.")
        gap = np.abs(self._output - self.x)
        worst = int(np.argmax(gap))
        if gap[worst] > max(1.0, 1e-3 * abs(self.x[worst])):
            raise BadInput(
                f"{self.file}: {'_'.join(self.cells[worst])} has the output "
                f"{self.x[worst]:,.6g} in its row and {self._output[worst]:,.6g} in its column."
            )


def demand_begins(file: str, regions: Sequence[str]) -> int:
    """How many columns of sectors there are: until the first region comes again.

    `regions` names the region of each column but the last. BadInput where none comes again.
    """
    for at in range(1, len(regions)):
        if regions[at] == regions[0] != regions[at - 1]:
            return at
    raise BadInput(f"{file}: no columns of final demand follow those of the sectors.")
