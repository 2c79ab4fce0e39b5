"""One year of a table in one NumPy file: keys Z, Y, x, countries, sectors.

The layout in which the release of 2013 of the World Input-Output Database is kept beside this
project: `Z` with sellers in rows, country by country; `Y` with as many columns for each country.
"""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import checked
from architrave.desks.supply.table import Table, table_of

__all__ = ["read_npz_table"]

_KEYS = ("Z", "Y", "x", "countries", "sectors")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def read_npz_table(
    path: Path, year: int | None = None, *, name: str = "WIOD 2013 release", lumping: str = ""
) -> Table:
    """Read such a file; the year stands in its name unless given. BadInput naming file, key."""
    if year is None:
        years = _YEAR.findall(path.stem)
        if not years:
            raise BadInput(f"{path.name}: its name holds no year; say which it is of.")
        year = int(years[-1])
    try:
        with np.load(path, allow_pickle=False) as kept:
            missing = [key for key in _KEYS if key not in kept]
            if missing:
                raise BadInput(f"{path.name}: there is no {missing[0]} in it.")
            found = {key: kept[key] for key in _KEYS}
    except (OSError, ValueError, BadZipFile) as fault:
        raise BadInput(f"{path.name}: it cannot be read as a NumPy file ({fault}).") from fault
    regions, sectors = (tuple(str(one) for one in found[key]) for key in ("countries", "sectors"))
    columns = found["Y"].shape[-1] // max(len(regions), 1)
    table = table_of(
        name,
        year,
        regions,
        sectors,
        tuple(f"F{number}" for number in range(1, columns + 1)),
        (found["Z"], found["Y"], found["x"]),
        lumping=lumping or "c14 holds chips, displays, batteries and all electrical equipment",
        source="World Input-Output Database, release of 2013 (Timmer et al. 2015)",
        licence="CC BY 4.0 as its publisher's page says of the release of 2016",
    )
    return checked(table)
