"""WIOD's release of 2016 as a CSV: the data frame of its files for R, written out as text.

A heading IndustryCode, IndustryDescription, Country, RNr, Year, then AUS1, AUS2 … for sectors and
final demand of each region, then TOT. The workbooks (.xlsb) and the files for R themselves are not
read: both are written out as text or .xlsx by the programs that they are made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import Label, Publication, assembled, year_in
from architrave.desks.supply.readers.places import opened_text, text_name
from architrave.desks.supply.readers.text_rows import NumberedRow, heading_of, rows_of
from architrave.desks.supply.readers.wide import Wide, demand_begins
from architrave.desks.supply.table import Table

__all__ = ["is_wiod_csv", "read_wiod_csv"]

_WORDS = ("IndustryCode", "IndustryDescription", "Country", "RNr", "Year")
_COLUMN = re.compile(r"([A-Z]{3})([0-9]+)")
_DEMAND = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN")
"""What the release calls its five columns of final demand, in their order."""


def is_wiod_csv(path: Path) -> bool:
    """Whether the heading is that of the data frame."""
    try:
        with opened_text(path) as lines:
            found = heading_of(text_name(path), lines)
    except BadInput:
        return False
    return set(_WORDS[:4]) <= set(found) and found[-1] == "TOT"


def read_wiod_csv(path: Path) -> Table:
    """Read such a CSV; BadInput names file, line, column and the size of the fault."""
    file = text_name(path)
    with opened_text(path) as lines:
        heading = heading_of(file, lines)
        first = next(at for at, one in enumerate(heading) if _COLUMN.fullmatch(one))
        words, columns = heading[:first], heading[first:]
        labels = [_label(file, one) for one in columns[:-1]]
        parted = demand_begins(file, [region for region, _ in labels])
        rows = rows_of(file, lines, columns, labels=first)
        wide, years, blank = _read(file, words, labels, parted, rows)
    wide.whole()
    publication = Publication(
        file,
        "WIOD 2016 release",
        year_in(file, *years, file),
        source="World Input-Output Database, release of 2016 (Timmer et al. 2015)",
        licence="CC BY 4.0 as its publisher's page says",
        lumping="C26 holds chips with computers, displays and instruments; batteries are in C27",
        said=[f"{blank} blank cells are taken as 0"] if blank else [],
    )
    return assembled(publication, wide.cells, wide.uses, (wide.Z, wide.Y, wide.x), wide.paid)


def _read(
    file: str, words: list[str], labels: list[Label], parted: int, rows: Iterator[NumberedRow]
) -> tuple[Wide, list[str], int]:
    """Sectors go by their codes, which stand in the rows only: all rows are held till then."""
    at = {word: words.index(word) for word in _WORDS if word in words}
    held = list(rows)
    known = {region for region, _ in labels}
    codes = {
        row.labels[at["RNr"]]: row.labels[at["IndustryCode"]]
        for row in held
        if row.labels[at["Country"]] in known
    }
    cells = [(region, _code(file, codes, number)) for region, number in labels[:parted]]
    demand = list(dict.fromkeys(number for _, number in labels[parted:]))
    named = dict(zip(demand, _DEMAND, strict=True)) if len(demand) == len(_DEMAND) else {}
    uses = [(region, named.get(number, f"F{number}")) for region, number in labels[parted:]]
    wide = Wide(file, cells, uses)
    years, blank = [], 0
    for row in held:
        place, region = f"{file}, line {row.line}", row.labels[at["Country"]]
        if region in known:
            wide.seller(place, (region, row.labels[at["IndustryCode"]]), row.numbers)
            blank += row.blank
        else:
            wide.closing(row.labels[at["IndustryDescription"]], row.numbers)
        if "Year" in at:
            years.append(row.labels[at["Year"]])
            if years[-1] != years[0]:
                raise BadInput(f"{place}: the year is {years[-1]}, and {years[0]} before.")
    return wide, years, blank


def _code(file: str, codes: dict[str, str], number: str) -> str:
    if number not in codes:
        raise BadInput(f"{file}: no row has the number {number} (RNr) that columns have.")
    return codes[number]


def _label(file: str, column: str) -> Label:
    found = _COLUMN.fullmatch(column)
    if found is None:
        raise BadInput(f"{file}, line 1: {column[:40]!r} is no column such as AUS1.")
    return found[1], found[2]
