"""One year of a table in one NumPy file: keys Z, Y, x, countries, sectors.

The layout in which the release of 2013 of the World Input-Output Database is kept beside this
project: `Z` with sellers in rows, country by country; `Y` with as many columns for each country.
That release is known by its countries and sectors. Any other table says itself what it is, in texts
under the keys `name`, `unit` and `currency`; `source`, `licence` and `lumping` may stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_OWN = ("name", "unit", "currency")
_BESIDE = ("source", "licence", "lumping")
_WIOD_SECTORS = tuple(f"c{number}" for number in range(1, 36))
_WIOD_COUNTRIES = frozenset(
    "AUS AUT BEL BGR BRA CAN CHN CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IDN IND IRL ITA JPN "
    "KOR LTU LUX LVA MEX MLT NLD POL PRT ROM RUS SVK SVN SWE TUR TWN USA ROW".split()
)
_WIOD = {
    "name": "WIOD 2013 release",
    "unit": "million",
    "currency": "USD",
    "lumping": "c14 holds chips, displays, batteries and all electrical equipment",
    "source": "World Input-Output Database, release of 2013 (Timmer et al. 2015)",
    "licence": "CC BY 4.0 as its publisher's page says of the release of 2016",
}


def read_npz_table(path: Path) -> Table:
    """Read such a file; its year is its key `year`, or stands in its name. BadInput by file, key.

    A year in the name that is not the one inside is refused: one of them would be wrong.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            missing = [key for key, _, _ in _KEYS if key not in kept]
            if missing:
                raise BadInput(f"{path.name}: there is no {missing[0]} in it.")
            found = {key: kept[key] for key, _, _ in _KEYS}
            told = {key: kept[key] for key in ("year", *_OWN, *_BESIDE) if key in kept}
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
    said, year = _said(path, regions, sectors, told), _year(path, told.get("year"))
    try:
        table = table_of(
            said["name"],
            year,
            regions,
            sectors,
            tuple(f"F{number}" for number in range(1, columns + 1)),
            (found["Z"], found["Y"], found["x"]),
            currency=said["currency"],
            unit=said["unit"],
            lumping=said.get("lumping", ""),
            source=said["source"],
            licence=said["licence"],
            file=path.name,
        )
        return checked(table)
    except BadInput as fault:
        raise BadInput(f"{path.name}: {fault}") from None


def _said(
    path: Path, regions: tuple[str, ...], sectors: tuple[str, ...], told: Mapping[str, Any]
) -> dict[str, str]:
    """What a table is called, its unit and where it is from."""
    own = {key: str(told[key]) for key in (*_OWN, *_BESIDE) if key in told}
    for key in own:
        if told[key].ndim or told[key].dtype.kind not in _TEXTS:
            raise BadInput(f"{path.name}: {key} must be one text, not {told[key].dtype}.")
    if {one.upper() for one in regions} == _WIOD_COUNTRIES and sectors == _WIOD_SECTORS:
        return _WIOD | own
    missing = [key for key in _OWN if not own.get(key, "").strip()]
    if missing:
        raise BadInput(
            f"{path.name}: it is no table of WIOD's release of 2013, and does not say what it is: "
            f"add a text under the key {missing[0]}."
        )
    return {"source": "as its file says", "licence": "its file names none"} | own


def _year(path: Path, told: Any) -> int:
    named = [int(one) for one in _YEAR.findall(path.stem)]
    if told is None:
        if len(set(named)) != 1:
            what = "several years" if named else "no year"
            raise BadInput(f"{path.name}: its name holds {what}; say which it is of.")
        return named[0]
    inside = np.asarray(told)
    if inside.ndim or inside.dtype.kind not in "iu" or not _YEAR.fullmatch(str(inside)):
        raise BadInput(f"{path.name}: year must be one year, not {told!r}.")
    if named and int(inside) not in named:
        raise BadInput(
            f"{path.name}: its name says {named[-1]}, and the table in it is of {int(inside)}; "
            "name it by its year."
        )
    return int(inside)
