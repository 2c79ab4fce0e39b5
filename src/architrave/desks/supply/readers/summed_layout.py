"""Other years of the small table: three CSV files of one name, in our own plain layout.

``NAME_YEAR_Z.csv``, ``NAME_YEAR_Y.csv`` and ``NAME_YEAR_x.csv`` (or ``_x_va.csv``) lie in one
folder, and any of them is named. Nothing in them says what they are, so only the regions and
sectors of the table that comes along are taken: anything else would be answered under somebody
else's name.
"""

from __future__ import annotations

import re
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.supply.figures import figures, summed_table
from architrave.desks.supply.readers.assembling import year_in
from architrave.desks.supply.readers.places import opened_text
from architrave.desks.supply.table import Table

__all__ = ["is_summed", "read_summed"]

_PART = re.compile(r"(.+)_(?:Z|Y|x|x_va)\.csv")


def is_summed(path: Path) -> bool:
    """Whether a file is one of three of a name."""
    return path.is_file() and len(_three(path)) == 3


def read_summed(path: Path) -> Table:
    """Read the three; BadInput names file, line and cell."""
    texts = []
    for file in _three(path):
        with opened_text(file) as lines:
            texts.append((file.name, "".join(lines)))
    table = summed_table(texts, year_in(path.name, path.name))
    known = figures()
    if (table.regions, table.sectors) != (known.regions, known.sectors):
        raise BadInput(
            f"{path.name}: its regions and sectors are not those of the small table, and it does "
            "not say what it is; give it as a NumPy file (.npz) that does."
        )
    return table


def _three(path: Path) -> list[Path]:
    """The files of Z, Y and x of the same name that are there."""
    named = _PART.fullmatch(path.name)
    if named is None:
        return []
    beside = [path.with_name(f"{named[1]}_{part}.csv") for part in ("Z", "Y", "x", "x_va")]
    return [one for one in beside if one.is_file()][:3]
