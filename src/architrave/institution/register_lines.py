"""The lines of a register's tables while they are checked: cells by column, faults gathered."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from architrave.institution.register_header import RegisterFault
from architrave.institution.register_rows import RegisterHeader, ReportedDate
from architrave.institution.unnamed import Unnamed, names_found

__all__ = ["Line", "listed_names", "read_lines", "reported_date"]

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?")
_Choice = TypeVar("_Choice", bound=StrEnum)


def reported_date(text: str) -> ReportedDate | None:
    """The date written as YYYY-MM-DD, or as YYYY-MM where the day is not known; else None."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        first = date(year, month, int(match[3] or 1))
    except ValueError:
        return None
    if match[3]:
        return ReportedDate(first, first)
    return ReportedDate(first, date(year, month, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Line:
    """One line of a file while it is being checked; every check adds to the shared faults."""

    file: str
    line: int
    at: Mapping[str, str]
    seen: dict[str, int]
    faults: list[RegisterFault]

    def fault(self, field: str, message: str) -> None:
        """Add a fault of this line."""
        self.faults.append(RegisterFault(self.file, self.line, field, message))

    def has_new_id(self, prefix: str) -> bool:
        """True if the id has its form and stands on no earlier line."""
        found = self.at["id"]
        if not re.fullmatch(rf"{prefix}[a-z0-9]+(-[a-z0-9]+)*", found):
            self.fault("id", f"expected '{prefix}' and lower-case words with hyphens: '{found}'")
            return False
        return self.is_new("id", found)

    def is_new(self, field: str, key: str) -> bool:
        """True if the key stands on no earlier line."""
        first = self.seen.setdefault(key, self.line)
        if first != self.line:
            self.fault(field, f"'{key}' is already on line {first}")
        return first == self.line

    def filled(self, *fields: str) -> None:
        """Add a fault for each of these cells that is empty."""
        for field in fields:
            if not self.at[field]:
                self.fault(field, "is empty")

    def source(self, field: str, needed: bool = True) -> str:
        """The address in a cell, empty if there is none."""
        address = self.at[field]
        if needed and not address:
            self.fault(field, "a source is missing")
        elif address and not _ADDRESS.fullmatch(address):
            self.fault(field, f"expected an http or https address, found '{address}'")
        return address

    def when(self, field: str, needed: bool = True) -> ReportedDate | None:
        """The date in a cell; None for an empty or a bad one."""
        found = self.at[field]
        if not found and not needed:
            return None
        day = reported_date(found)
        if day is None:
            self.fault(field, f"expected YYYY-MM-DD or YYYY-MM, found '{found}'")
        return day

    def word(self, field: str, header: RegisterHeader) -> str:
        """The word in a cell, one of the vocabulary."""
        found, known = self.at[field], header.vocabulary[field]
        if found not in known:
            self.fault(field, f"expected one of {', '.join(sorted(known))}; found '{found}'")
        return found

    def choice(self, field: str, choices: type[_Choice]) -> _Choice | None:
        """The member of an enumeration that a cell names; None if it names none."""
        found, known = self.at[field], [choice.value for choice in choices]
        if found in known:
            return choices(found)
        self.fault(field, f"expected one of {', '.join(known)}; found '{found}'")
        return None


def read_lines(
    file: str, text: str, columns: list[str], unnamed: Unnamed, faults: list[RegisterFault]
) -> list[Line]:
    """The lines of a table below its head; what is not well formed is a fault."""
    reader = csv.reader([line + "\n" for line in text.split("\n")], strict=True)
    rows: list[Line] = []
    seen: dict[str, int] = {}
    line = 1
    try:
        header = next(reader, [])
        if sorted(header) != sorted(columns):
            odd = sorted(set(header) - set(columns)) or sorted(set(columns) - set(header)) or header
            message = f"unknown, missing or repeated column: {', '.join(odd)}"
            faults.append(RegisterFault(file, line, "columns", message))
            return []
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                row = Line(file, line, dict(zip(header, cells, strict=True)), seen, faults)
                faults.extend(names_in_line(row, unnamed))
                rows.append(row)
            elif cells:
                message = f"expected {len(header)} cells, found {len(cells)}"
                faults.append(RegisterFault(file, line, "row", message))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(RegisterFault(file, line, "row", f"not well-formed CSV: {error}"))
    return rows


def names_in_line(row: Line, unnamed: Unnamed) -> list[RegisterFault]:
    return [
        RegisterFault(row.file, row.line, field, _message(found.kind.value))
        for field, text in row.at.items()
        for found in names_found(text, unnamed)
    ]


def listed_names(file: str, text: str, unnamed: Unnamed) -> list[RegisterFault]:
    """A fault for each name in a text that is on the list of names not written."""
    return [
        RegisterFault(file, found.line, "text", _message(found.kind.value))
        for found in names_found(text, unnamed)
    ]


def _message(kind: str) -> str:
    return f"holds a name on the list of names not written (a disputed {kind})"
