"""The tables that desks work with, where they lie: shipped, in other folders, beside a node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from architrave.cli.faults import Unclear
from architrave.cli.shipped import shipped
from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.node.markings import marking_in

if TYPE_CHECKING:
    from architrave.charter.model import Charter
    from architrave.node.readiness import Ready
    from architrave.portal.papers.desk_data import DeskTables

__all__ = [
    "facts_in",
    "marking",
    "research_tables",
    "table_text",
    "tables_beside",
    "tables_by_digest",
    "tables_for",
    "tables_in",
]

_CHARTER = "trilateral"  # whose parties the shipped tables are about
LONGEST_TABLE, MOST_TABLES = 8 << 20, 200


def marking(text: str) -> str | None:
    """The name of a marking that a text carries, by the list that a capital's node goes by."""
    found = marking_in(text)
    return found.name if found else None


def research_tables() -> dict[str, str]:
    """The tables of public reports that are shipped, by name."""
    return tables_in(shipped("data/research"))


def tables_beside(ready: Ready) -> DeskTables | None:
    """What a node's pages show beside its record; BadInput if a table cannot be read."""
    from architrave.portal.papers.desk_data import require_readable

    tables = tables_for(ready.charter)
    if tables is not None:
        require_readable(tables, tuple(ready.charter.party_ids))
    return tables


def tables_for(charter: Charter, folder: Path | None = None) -> DeskTables | None:
    """The tables of a folder, or those shipped, which belong to one charter; None for another."""
    from architrave.portal.papers.desk_data import DeskTables

    if folder is None and charter.id != _CHARTER:
        return None
    return DeskTables(research_tables() if folder is None else tables_in(folder), marking)


def tables_in(folder: Path) -> dict[str, str]:
    """The tables of a folder, by name; Unclear if it is none, or holds more than is read."""
    if not folder.is_dir():
        raise Unclear(f"{folder}: no folder with tables lies here.")
    files = sorted(file for file in folder.glob("*.csv") if file.is_file())
    if len(files) > MOST_TABLES:
        raise Unclear(f"{folder}: more than {MOST_TABLES} tables lie here.")
    return {file.name: table_text(file) for file in files}


def tables_by_digest(folders: Iterable[Path]) -> dict[str, str]:
    """The tables of some folders and all that are shipped, by SHA-256."""
    data = shipped("data/interoperability")
    chains = shipped("data/chains")
    places = (shipped("data/research"), data, data / "illustration", chains, *folders)
    return {digest_of(one.encode()): one for place in places for one in tables_in(place).values()}


def facts_in(folder: Path) -> Mapping[str, str]:
    """The files of a register of facts; empty if there is no such folder."""
    if not folder.is_dir():
        return {}
    files = (file for file in sorted(folder.iterdir()) if file.suffix in (".csv", ".toml"))
    return {file.name: table_text(file) for file in files}


def table_text(file: Path) -> str:
    """A table as text; BadInput for one that is too long, or no text."""
    if file.stat().st_size > LONGEST_TABLE:
        raise BadInput(f"{file}: longer than {LONGEST_TABLE} bytes.")
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{file}: expected UTF-8, found other bytes.") from None
