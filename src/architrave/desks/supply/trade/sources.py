"""Files of trade: where their lines come from, their digest, and what their heading says they are.

A year of BACI has eleven million rows, so lines are read one by one and only those of codes that
are asked for are kept.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from zipfile import is_zipfile

from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.desks.supply.readers.places import UNREADABLE, names_in, opened_text, packed_file

__all__ = ["Line", "TradeFile", "cells_of", "extract_of", "files_at", "given_text"]

_PIECE = 1 << 20
_CODE = ("k", "cmdcode", "commodity code")
"""The columns that hold a six-digit code, whose zeros in front a spreadsheet may have taken."""


@dataclass(frozen=True, slots=True)
class TradeFile:
    """A file by its name and SHA-256, and a way to read its lines from the first."""

    name: str
    digest: str
    opened: Callable[[], AbstractContextManager[Iterator[str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its number, and its cells by the columns' names in small letters."""

    number: int
    cells: Mapping[str, str]


def given_text(name: str, content: str) -> TradeFile:
    """A file whose content is at hand."""

    @contextmanager
    def opened() -> Iterator[Iterator[str]]:
        yield StringIO(content, newline="")

    return TradeFile(name, digest_of(content.encode()), opened)


def files_at(path: Path) -> tuple[TradeFile, ...]:
    """The file at a path, or every CSV in a zip or a folder; BadInput if nothing is there."""
    if not path.exists():
        raise BadInput(f"{path}: nothing is there.")
    if not path.is_dir() and not is_zipfile(path):
        return (TradeFile(path.name, _digest(path), lambda: _plain(path)),)
    inside = [name for name in names_in(path) if name.lower().endswith(".csv")]
    if not inside:
        raise BadInput(f"{path.name}: no CSV lies in it.")
    return tuple(_inside(path, name) for name in inside)


def _inside(path: Path, name: str) -> TradeFile:
    if path.is_dir():
        digest = _digest(path / name)
    else:
        try:
            with packed_file(path, name) as raw:
                digest = _hashed(raw.read)
        except UNREADABLE as fault:
            raise BadInput(f"{path.name}: it cannot be read ({fault}).") from fault
    return TradeFile(PurePosixPath(name).name, digest, lambda: _plain(path, name))


def _plain(path: Path, name: str | None = None) -> AbstractContextManager[Iterator[str]]:
    """Names of countries are in other letters now and then; only codes and numbers are used."""
    return opened_text(path, name, errors="replace")


def cells_of(
    file: TradeFile, lines: Iterator[str], codes: frozenset[str] | None = None
) -> Iterator[Line]:
    """The rows of a CSV below its heading; BadInput names the line with another count of cells.

    With `codes` only rows of these: nearly all rows of a year are of others, and are let go first.
    """
    reader = csv.reader(lines)
    try:
        heading = [_column(cell) for cell in next(reader, [])]
        at = next((heading.index(one) for one in _CODE if one in heading), 0)
        for cells in reader:
            if len(cells) == len(heading) + 1 and not cells[-1].strip():
                cells.pop()  # UN Comtrade ends its rows, but not its heading, with a comma
            if not cells:
                continue
            if len(cells) != len(heading):
                raise BadInput(
                    f"{file.name}, line {reader.line_num}: {len(heading)} cells were expected, "
                    f"{len(cells)} found."
                )
            if codes is not None and cells[at].strip().zfill(6) not in codes:
                continue
            yield Line(reader.line_num, dict(zip(heading, cells, strict=True)))
    except csv.Error as fault:
        raise BadInput(f"{file.name}, line {reader.line_num}: this is no table: {fault}.") from None


def extract_of(file: TradeFile, codes: frozenset[str]) -> str:
    """The heading of a file and its rows of some codes as they stand; all rows if it has no code.

    BadInput as `cells_of` has it.
    """
    into = StringIO(newline="")
    with file.opened() as lines:
        reader = csv.reader(lines)
        writer = csv.writer(into, lineterminator="\n")
        heading = [cell.removeprefix("\ufeff") for cell in next(reader, [])]
        writer.writerow(heading)
        columns = [_column(cell) for cell in heading]
        at = next((columns.index(one) for one in _CODE if one in columns), None)
        for cells in reader:
            if len(cells) < len(heading):
                raise BadInput(
                    f"{file.name}, line {reader.line_num}: {len(heading)} cells were expected, "
                    f"{len(cells)} found."
                )
            if at is None or cells[at].strip().zfill(6) in codes:
                writer.writerow(cells)
    return into.getvalue()


def _column(cell: str) -> str:
    return cell.removeprefix("\ufeff").strip().lower()


def _digest(path: Path) -> str:
    with path.open("rb") as raw:
        return _hashed(raw.read)


def _hashed(read: Callable[[int], bytes]) -> str:
    told = hashlib.sha256()
    while piece := read(_PIECE):
        told.update(piece)
    return told.hexdigest()
