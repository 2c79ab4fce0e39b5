"""What the page on data shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Said
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = ["DataPage", "TableRow"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table that can be taken."""

    name: str = told("its name, as in the addresses")
    about: str = told("what it holds")
    count: str = told("how many rows it has")
    csv: Link = told("the table as CSV")
    xlsx: Link = told("the table as XLSX")


@dataclass(frozen=True, slots=True)
class DataPage:
    """What can be taken as data, in which form, on what terms, and how to cite it."""

    frame: Frame = told("what every page carries")
    dump: Link = told("everything in one file")
    dump_size: str = told("how long that file is, in bytes")
    dump_digest: str = told("its SHA-256")
    tables: tuple[TableRow, ...] = told("the tables")
    index: Link = told("the first address of the interface for programs")
    schema: Link = told("the schema of its answers")
    licence: str = told("what may be done with it")
    attribution: Shown | None = told("who compiled the register; none without a register")
    attribution_note: str = told("in which language that is shown, if in another; else empty")
    register_licence: Said | None = told("under which licence the register is")
    register_digest: str = told("SHA-256 of the register's rows; empty without a register")
    founding: str = told("SHA-256 of the founding")
    cite: str = told("how to cite the data")
    rate: str = told("how many requests are answered")
