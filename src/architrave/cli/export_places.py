"""Where a record lies: a folder, or a web address; and writing one into a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from architrave.node.errors import NodeError
from architrave.node.witnesses import witnessed_in
from architrave.record.audit import ListFiles, ReadFile
from architrave.record.audit_state import AuditState, read_state
from architrave.record.errors import Malformed, RecordError

__all__ = ["Place", "open_place", "require_empty", "state_at", "write_export"]

LONGEST_FILE = 32 << 20
"""No file of a record is longer: a bundle has at most 256 entries of 65,535 bytes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record that can be read; `listed` is None where nobody can list its files."""

    read: ReadFile
    listed: ListFiles | None


@contextmanager
def open_place(name: str) -> Iterator[Place]:
    """The record at a path or under an http address; NodeError if nothing can be read there."""
    if "://" in name:
        with _client(name) as client:
            yield Place(lambda path: _fetched(client, name, path), None)
        return
    folder = Path(name)
    if not folder.is_dir():
        raise NodeError(f"{name}: there is no such folder; give a folder or an http address.")
    yield Place(lambda path: _file(folder, path), lambda: _listed(folder))


# -- a folder ---------------------------------------------------------------------------------


def _file(folder: Path, path: str) -> bytes | None:
    place = folder / path
    if place.is_symlink() or not place.is_file():
        return None
    with place.open("rb") as file:
        return file.read(LONGEST_FILE)


def _listed(folder: Path) -> Iterator[str]:
    """Every path that is no plain folder, links and devices too; none of them is followed."""
    for root, folders, files in os.walk(folder):
        inside = Path(root).relative_to(folder)
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in [*files, *links]:
            yield (inside / name).as_posix()


def state_at(path: Path) -> AuditState | None:
    """The state that an earlier audit left in a file; None if there is none yet.

    Malformed, naming the file, if it is no such state.
    """
    if not path.exists():
        return None
    try:
        return read_state(path.read_bytes())
    except RecordError as fault:
        raise Malformed(f"{path}: {fault}") from fault


def require_empty(folder: Path) -> None:
    """Return if a folder can be written: it is not there yet, or empty. NodeError otherwise."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NodeError(f"{folder}: expected a new or an empty folder.")


def write_export(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write files, as path and bytes, into a new or empty folder; how many there were.

    All of it appears at once, or nothing does. NodeError if the folder is not empty.
    """
    require_empty(folder)
    parent = folder.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory(dir=parent, prefix=f".{folder.name}.") as draft:
        inner = Path(draft) / "record"
        for path, data in files:
            place = inner / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            count += 1
        inner.replace(folder.resolve())
    return count


# -- a web address ----------------------------------------------------------------------------


def _client(base: str) -> httpx.Client:
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NodeError(f"{base}: expected a folder, or an address that begins with http.")
    # A proxy is of no use on the way to this machine itself.
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return httpx.Client(timeout=30, trust_env=not here)


def _fetched(client: httpx.Client, base: str, path: str) -> bytes | None:
    url = f"{base.rstrip('/')}/record/{path}"
    data = bytearray()
    try:
        with client.stream("GET", url) as answer:
            if answer.status_code == 404:
                return None
            if answer.status_code != 200:
                raise NodeError(f"{url}: the answer is {answer.status_code}, expected the file.")
            for part in answer.iter_bytes():
                data += part
                if len(data) > LONGEST_FILE:
                    raise NodeError(f"{url}: the answer is longer than any file of a record.")
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise NodeError(f"{url}: nobody answers there ({type(fault).__name__}).") from fault
    return bytes(data)


def record_files(folder: Path) -> dict[str, bytes]:
    """Every file of a node's public record, by path; NodeError if a book has not begun."""
    from architrave.cli.reading import read_folder
    from architrave.node.files import published
    from architrave.record.export import export_files
    from architrave.record.layout import checkpoint_path, folder_of

    reading = read_folder(folder)
    reading.peer.judge()
    charter = (folder / "charter.toml").read_bytes()
    attested = witnessed_in(reading.folder)
    record = published(reading.peer, charter, reading.folder.founding_bytes(), attested)
    files = dict(export_files(record))
    for member in reading.founding.members:
        if checkpoint_path(folder_of(member)) not in files:
            raise NodeError(
                f"{folder}: no line of {member.name}'s minute book is held under its signature yet;"
                " export once every capital has begun its book."
            )
    return files
