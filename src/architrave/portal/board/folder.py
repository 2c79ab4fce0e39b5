"""A folder of tables as it lies on disk, and moves that are kept in its table of postponements."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from architrave.charter.model import Charter
from architrave.desks.errors import BadInput, MissingLibrary
from architrave.desks.exercises.approvals import Approval, read_approvals
from architrave.desks.exercises.calendars import Calendars, calendars_of
from architrave.desks.exercises.clashes import Occasion, read_occasions
from architrave.desks.exercises.gates import Product, read_products
from architrave.desks.exercises.illustration import is_sandbox
from architrave.desks.exercises.model import Placed, Programme
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.postponements import Move, moved, read_moves, with_moves
from architrave.desks.exercises.reading import read_programme, rows_in
from architrave.desks.rows import Place

__all__ = [
    "PLAN",
    "POSTPONEMENTS",
    "Changed",
    "Tables",
    "keep_moves",
    "keep_plan",
    "read_tables",
    "today_of",
]

POSTPONEMENTS, PLAN = "postponements.csv", "plan.csv"
ENDINGS = (".csv", ".toml")
# One process serves a folder; two of its threads must not both find the folder unchanged.
_keeping = threading.Lock()


class Changed(Exception):
    """The tables on disk are no longer those from which a page was made."""


@dataclass(frozen=True)
class Tables:
    """The tables of a folder, and what they say. `stamp` names them all: SHA-256, hex."""

    files: Mapping[str, str]
    stamp: str
    charter: Charter
    programme: Programme

    @cached_property
    def first_plan(self) -> tuple[Placed, ...]:
        """The plan before any move."""
        return read_plan(self.files, self.programme)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves that were kept, in the order of their rows."""
        return read_moves(self.files, self.programme)

    @cached_property
    def plan(self) -> tuple[Placed, ...]:
        """The plan as it stands after them."""
        return moved(self.programme, self.first_plan, self.moves)

    @cached_property
    def places(self) -> Mapping[tuple[str, str], Place]:
        """The row by which an edition or part stands: its last move, or its row of the plan."""
        rows = {
            (row.cells["edition"], row.cells.get("part", "")): row.place
            for row in rows_in(self.files, "plan")
        }
        return rows | {
            (one.edition, one.part): one.place for one in self.moves if one.now is not None
        }

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """What else is in the calendar."""
        return read_occasions(self.files, self.programme.parties)

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """What the conferences require."""
        return read_products(self.files, self.programme)

    @cached_property
    def approvals(self) -> tuple[Approval, ...]:
        """What the parties have said."""
        return read_approvals(self.files, self.programme)

    @cached_property
    def calendars(self) -> Calendars | None:
        """Public holidays around the years that are planned; None where they cannot be had.

        A sandbox has none: its years are years of no calendar.
        """
        if self.is_sandbox:
            return None
        first, last = self.programme.horizon.first.year, self.programme.horizon.last.year
        try:
            return calendars_of(self.programme.parties, first - 2, last + 11, self.charter)
        except MissingLibrary:
            return None

    @property
    def is_sandbox(self) -> bool:
        """True for years without a number, in which everything is illustrative."""
        return is_sandbox(self.programme)


def read_tables(folder: Path, charter: Charter) -> Tables:
    """Read every table of a folder as it is now; BadInput with one sentence where that fails."""
    content = _content(folder)
    files = {}
    for name, raw in content.items():
        try:
            files[name] = raw.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise BadInput(f"{name}: the table is not written in UTF-8.") from fault
    return Tables(files, _stamp(content), charter, read_programme(files, charter.party_ids))


def keep_moves(folder: Path, tables: Tables, moves: Sequence[Move]) -> None:
    """Add moves to the table of postponements: all of them, or none.

    Rows that are there stay byte for byte. Raises Changed where a table was changed since `tables`
    were read, and BadInput where the rows would not be read again.
    """
    with _keeping:
        _require_unchanged(folder, tables)
        content = with_moves(tables.files.get(POSTPONEMENTS), moves)
        files = {**tables.files, POSTPONEMENTS: content}
        read_again = read_moves(files, tables.programme)
        moved(tables.programme, tables.first_plan, read_again)
        _write(folder / POSTPONEMENTS, content.encode())


def keep_plan(folder: Path, tables: Tables, content: str) -> None:
    """Write the first plan of a folder that has none."""
    with _keeping:
        _require_unchanged(folder, tables)
        if PLAN in tables.files:
            raise BadInput(f"{PLAN}: there is a plan, and it was left as it is.")
        read_plan({**tables.files, PLAN: content}, tables.programme)
        _write(folder / PLAN, content.encode())


def today_of(tables: Tables) -> date:
    """The day on which something is decided; in years without a number it is their first."""
    return tables.programme.horizon.first if tables.is_sandbox else date.today()


def _content(folder: Path) -> dict[str, bytes]:
    return {
        one.name: one.read_bytes()
        for one in sorted(folder.iterdir())
        if one.suffix in ENDINGS and one.is_file()
    }


def _stamp(content: Mapping[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, raw in content.items():
        found.update(f"{name}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
    return found.hexdigest()


def _require_unchanged(folder: Path, tables: Tables) -> None:
    if _stamp(_content(folder)) != tables.stamp:
        raise Changed


def _write(file: Path, content: bytes) -> None:
    """Put a file in its place whole: whoever reads meanwhile sees the old one or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as paper:
            paper.write(content)
            paper.flush()
            os.fsync(paper.fileno())
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _settle(file.parent)


def _settle(folder: Path) -> None:
    """Have the folder's own entry written, where the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
