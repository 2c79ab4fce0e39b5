"""The small table that comes along: seven regions by twenty sectors in 2011, so that all runs.

It is a sum over the World Input-Output Database, release of 2013 (`data/README.md` has the
attribution and what was summed). It is old and coarse: every answer from it says so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.csv_layout import read_csv_table
from architrave.desks.supply.table import Table

__all__ = ["figures", "sector_names", "summed_table"]

_YEAR = 2011
_SUMMED = 105
"""Sales of the published table that went into one here on average; each rounded to a unit."""


@cache
def figures() -> Table:
    """The small table; BadInput if the files of this package are not where they belong."""
    folder = _folder()
    texts = []
    for letter in "ZYx":
        file = folder / f"figures_{_YEAR}_{letter}.csv"
        texts.append((file.name, file.read_text(encoding="utf-8")))
    return summed_table(texts, _YEAR)


def summed_table(texts: Sequence[tuple[str, str]], year: int) -> Table:
    """A year of the same sums, from (file name, content) of Z, Y and x; BadInput as the layout."""
    return read_csv_table(
        texts,
        name="WIOD 2013 release, summed to 7 regions and 20 sectors",
        year=year,
        rounding=0.5 * _SUMMED,
        lumping=(
            "35 sectors summed to 20: ELE holds chips, displays, batteries and all electrical "
            "equipment together; 27 states summed to EU27, all others to ROW"
        ),
        source="World Input-Output Database, release of 2013 (Timmer et al. 2015)",
        licence="CC BY 4.0 as its publisher's page says of the release of 2016",
    )


def sector_names(table: Table) -> Mapping[str, str]:
    """What the sectors of a table are called, by code; none where a table does not say.

    Only the small one has codes of our own, each with the names of the published sectors in it.
    """
    if table.digest != figures().digest:
        return {}
    file = _folder() / "figures_sectors.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def _folder() -> Path:
    package = Path(str(files("architrave")))
    for root in (package / "shipped", package.parents[1]):
        if (root / "data" / "economy").is_dir():
            return root / "data" / "economy"
    raise BadInput("data/economy is not beside the program: it was not installed whole.")
