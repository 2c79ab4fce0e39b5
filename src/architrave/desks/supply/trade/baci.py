"""BACI as CEPII gives it out: t,i,j,k,v,q, and the list of country codes beside it.

`t` year, `i` exporter, `j` importer (numbers that the list of codes resolves), `k` six-digit code,
`v` thousand US dollars, `q` metric tons, empty or NA where not known. Flows of 1,000 dollars and
less are not in it: what is missing is small or nothing. CEPII made one number of two reports, so
there is nothing to mirror.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from architrave.desks.errors import BadInput
from architrave.desks.supply.trade.model import OTHER_ASIA, Flow, Teller
from architrave.desks.supply.trade.sources import Line, TradeFile

__all__ = ["BACI", "amount", "countries_in", "edition_of", "flows_in", "year_of"]

BACI = frozenset("tijkvq")
_LETTERS = ("country_iso3", "iso_3digit_alpha", "iso3", "iso_3")
_EDITION = re.compile(r"HS(92|96|02|07|12|17|22)", re.I)
_OTHER_ASIA = "490"


def countries_in(file: TradeFile, lines: Iterator[Line]) -> dict[str, str]:
    """Letters by number; a code without letters goes by its number, 490 by S19."""
    found: dict[str, str] = {}
    for line in lines:
        number = line.cells.get("country_code", "").strip().lstrip("0")
        letters = next((line.cells[one].strip() for one in _LETTERS if one in line.cells), "")
        if not number.isdecimal():
            raise BadInput(f"{file.name}, line {line.number}: {number[:20]!r} is no country code.")
        if number == _OTHER_ASIA:
            letters = OTHER_ASIA
        found[number] = letters if letters.isalnum() else f"code {number}"
    return found


def flows_in(
    file: TradeFile, lines: Iterator[Line], countries: Mapping[str, str]
) -> Iterator[tuple[int, tuple[str, ...], Flow]]:
    """The rows: line, what makes a row the same as another, and the flow."""
    for line in lines:
        cells = line.cells
        code = cells["k"].strip().zfill(6)
        place = f"{file.name}, line {line.number}"
        if not (len(code) == 6 and code.isdecimal()):
            raise BadInput(f"{place}: k must be six digits, not {code[:20]!r}.")
        raw = tuple(cells[one].strip().lstrip("0") for one in "ij")
        for column, number in zip("ij", raw, strict=True):
            if number not in countries:
                raise BadInput(
                    f"{place}: {column} is {number[:20]!r}, which is not in the list of countries."
                )
        value = amount(place, "v", cells["v"])
        if value is None:
            raise BadInput(f"{place}: v is empty.")
        tons = amount(place, "q", cells["q"])
        flow = Flow(
            year_of(place, "t", cells["t"]), 0, countries[raw[0]], countries[raw[1]], code,
            1e3 * value, None if tons is None else 1e3 * tons, Teller.RECONCILED,
        )  # fmt: skip
        yield line.number, (cells["t"].strip(), *raw, code), flow


def edition_of(name: str) -> int | None:
    """The edition of the Harmonized System that a file's name tells, as a year; None if none."""
    found = _EDITION.search(name)
    if found is None:
        return None
    short = int(found[1])
    return short + (1900 if short > 90 else 2000)


def amount(place: str, column: str, cell: str) -> float | None:
    """A number from 0 up; None for an empty cell or NA; BadInput for anything else."""
    cell = cell.strip()
    if cell in ("", "NA", "N/A", "nan", "NULL", "None"):
        return None
    try:
        found = -1.0 if "_" in cell else float(cell)  # Python takes 5_0 for 50
    except ValueError:
        found = -1.0
    if not 0 <= found < 1e18:
        raise BadInput(f"{place}: {column} must be a number from 0 up, not {cell[:30]!r}.")
    return found


def year_of(place: str, column: str, cell: str) -> int:
    """A year; BadInput for anything else."""
    cell = cell.strip()
    if not (cell.isdecimal() and len(cell) == 4 and 1900 <= int(cell) <= 2100):
        raise BadInput(f"{place}: {column} must be a year such as 2024, not {cell[:20]!r}.")
    return int(cell)
