"""One year of a table in one NumPy file: keys Z, Y, x, countries, sectors.

The layout in which the release of 2013 of the World Input-Output Database is kept beside this
project: `Z` with sellers in rows, country by country; `Y` with as many columns for each country.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import checked
from architrave.desks.supply.readers.places import UNREADABLE
from architrave.desks.supply.table import Table, table_of

__all__ = ["read_npz_table"]

_NUMBERS, _TEXTS = "fiu", "U"
_KEYS = (
    ("Z", 2, _NUMBERS), ("Y", 2, _NUMBERS), ("x", 1, _NUMBERS), ("countries", 1, _TEXTS),
    ("sectors", 1, _TEXTS),
)  # fmt: skip
"""What must be in the file, its axes, and the kinds of NumPy's types that it may have."""
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
            missing = [key for key, _, _ in _KEYS if key not in kept]
            if missing:
                raise BadInput(f"{path.name}: there is no {missing[0]} in it.")
            found = {key: kept[key] for key, _, _ in _KEYS}
    except (OSError, ValueError, RuntimeError, *UNREADABLE) as fault:
        raise BadInput(f"{path.name}: it cannot be read as a NumPy file ({fault}).") from fault
    for key, axes, kinds in _KEYS:
        if found[key].ndim != axes or found[key].dtype.kind not in kinds:
            what = "numbers" if kinds == _NUMBERS else "texts"
            raise BadInput(
                f"{path.name}: {key} must be {what} on {axes} axes, not {found[key].dtype} on "
                f"{found[key].ndim}."
            )
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
        file=path.name,
    )
    return checked(table)
