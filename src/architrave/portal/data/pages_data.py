"""What the page on data shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = ["DataPage", "DumpBlock", "DumpedBookRow", "TableRow"]


@dataclass(frozen=True, slots=True)
class DumpedBookRow:
    """How far a minute book reached when the file was made."""

    party: Shown = told("whose book it is")
    lines: str = told("how many lines it had")
    at: Moment | None = told("the time of the last of them; none for an empty book")
    root: str = told("the root of the book up to that line; empty for an empty book")


@dataclass(frozen=True, slots=True)
class DumpBlock:
    """The file with everything that was finished last."""

    file: Link = told("the file, under its digest")
    size: str = told("how long it is, in bytes")
    digest: str = told("its SHA-256")
    books: tuple[DumpedBookRow, ...] = told("the state of the record that it holds")
    newer: bool = told("true if something has changed since, and another is being made")
    cite: str = told("how to cite it")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table that can be taken."""

    name: str = told("its name, as in the addresses")
    about: str = told("what it holds")
    count: str = told("how many rows it has; empty while the first is being made")
    csv: Link = told("the table as CSV")
    xlsx: Link = told("the table as XLSX")


@dataclass(frozen=True, slots=True)
class DataPage:
    """What can be taken as data, in which form, on what terms, and how to cite it."""

    frame: Frame = told("what every page carries")
    dump: DumpBlock | None = told("everything in one file; none while the first is being made")
    tables: tuple[TableRow, ...] = told("the tables")
    index: Link = told("the first address of the interface for programs")
    schema: Link = told("the schema of its answers")
    licence: str = told("what may be done with it")
    attribution: Shown | None = told("who compiled the register; none without a register")
    attribution_note: str = told("in which language that is shown, if in another; else empty")
    register_licence: Shown | None = told("under which licence the register is")
    register_digest: str = told("SHA-256 of the register's rows; empty without a register")
    founding: str = told("SHA-256 of the founding")
    rate: str = told("how many requests are answered")
