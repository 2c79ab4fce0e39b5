"""Backups of a node's folder, taken while it runs, and folders brought back from them.

A backup is a folder of its own: what lies in the node's folder, without lock and token, and without
the keys unless they are asked for; the record as it stood at one moment; and `backup.json`, which
names every file with its size and SHA-256. Its own last line is the SHA-256 of the line before.

A folder that is brought back holds a file `restored`. While that lies there, the node is an old
copy: it signs nothing until every other party has told how far it holds this log, and the log is
refilled. The file goes with the first line that the node signs after that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from architrave.node.durable import read_bytes, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import ACCOUNTS, RESTORED, Folder, Token
from architrave.node.readiness import read_keys
from architrave.record import canonical
from architrave.record.canonical import Value
from architrave.record.errors import Malformed, RecordError
from architrave.record.fields import Fields
from architrave.record.origins import first_log, generation_of

__all__ = ["Backup", "bring_back", "check_backup", "make_backup"]

MANIFEST = "backup.json"
_RECORD = "record.db"
# A token never lies in the folder, and the lock is no content. Who may sign in is not brought back
# either: an account that was shut since would be open again.
_DATABASES = [f"{name}{end}" for name in (_RECORD, ACCOUNTS) for end in ("", "-wal", "-shm")]
_LEFT_OUT = frozenset({"lock", RESTORED, MANIFEST, *_DATABASES})


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: whose it is, how many lines of its own log it holds, and whether keys are in it."""

    institution: str
    party: str
    lines: int
    keys: bool


def make_backup(folder: Folder, to: Path, with_keys: bool = False) -> Backup:
    """Write a backup of a node's folder into a new or empty folder; the node may run meanwhile.

    All of it appears at once, or nothing does. FolderFault if something cannot be read or written,
    or if the record is another institution's than the founding.
    """
    folder.settings()
    founding = folder.founding()
    if not isinstance(folder.record, Path):
        raise FolderFault(
            f"{folder.path}: this node's record lies in PostgreSQL; its backup is a dump of that "
            "database by the server's own tools, and a copy of this folder."
        )
    with _drafted(to) as draft:
        _copy_record(folder.database, draft / _RECORD)
        for path in _files(folder.path):
            if path.parts[0] != "keys" or with_keys:
                _copy(folder.path / path, draft / path)
        origin = founding.named(folder.party).origin
        lines = _lines(draft / _RECORD, founding.id, origin)
        made = Backup(founding.id, folder.party, lines, with_keys)
        write_durably(draft / MANIFEST, _manifest(made, draft), 0o600)
        check_backup(draft)
    return made


def check_backup(place: Path) -> Backup:
    """Return if a backup is whole, to the last bit; FolderFault with the file's name otherwise."""
    data = read_bytes(place / MANIFEST, f"{place / MANIFEST}: no backup lies here.")
    line, _, digest = data.partition(b"\n")
    if digest != _digest(line).encode() + b"\n":
        raise FolderFault(f"{place / MANIFEST}: damaged: its digest is another.")
    try:
        found, files = _read_manifest(canonical.load(line))
    except RecordError as fault:
        raise FolderFault(f"{place / MANIFEST}: {fault}") from fault
    present = {path.as_posix() for path in _files(place, everything=True)} - {MANIFEST}
    for path in sorted(files.keys() - present):
        raise FolderFault(f"{place / path}: the file is missing from the backup.")
    for path in sorted(present - files.keys()):
        raise FolderFault(f"{place / path}: this file is no part of the backup.")
    for path, (size, expected) in sorted(files.items()):
        held = _measured(place / path)
        if held != (size, expected):
            raise FolderFault(f"{place / path}: damaged: it is not what was backed up.")
    founding = Folder(place).founding()
    if founding.id != found.institution:
        raise FolderFault(f"{place / MANIFEST}: the founding is another institution's.")
    origin = founding.named(found.party).origin
    if _lines(place / _RECORD, founding.id, origin) != found.lines:
        raise FolderFault(f"{place / _RECORD}: the record holds another number of lines.")
    return found


def bring_back(place: Path, to: Path, token: Path, keys: Path | None = None) -> Backup:
    """Make a node's folder from a backup: it starts as an old copy.

    `token` is where its token lies, or will: one that lies there already knows how far this node
    has signed. `keys` is a folder with the node's keys, for a backup without them. The backup is
    checked, and so is the copy. FolderFault, and nothing is written, if anything is not as it must
    be.
    """
    found = check_backup(place)
    with _drafted(to) as draft:
        for path in _files(place, everything=True):
            _copy(place / path, draft / path)
        check_backup(draft)
        (draft / MANIFEST).unlink()
        if keys is not None:
            if found.keys:
                raise FolderFault(f"{place}: the backup holds the keys; bring no others.")
            for path in _files(keys):
                _copy(keys / path, draft / "keys" / path)
        _require_keys(draft, place, found)
        Token(token).read()
        if token.resolve().is_relative_to(to.resolve()):
            raise FolderFault(f"{token}: the token must lie outside the folder {to}.")
        settings = {**Folder(draft).settings(), "token": str(token.resolve())}
        write_durably(draft / "node.json", json.dumps(settings, indent=1).encode() + b"\n")
        write_durably(draft / "lock", b"", 0o600)
        write_durably(draft / RESTORED, b"brought back from a backup\n", 0o600)
    return found


def _require_keys(draft: Path, place: Path, found: Backup) -> None:
    member = Folder(draft).founding().named(found.party)
    roles = ["node", "cosigner"] + (["mldsa"] if member.mldsa_key is not None else [])
    for role in roles:
        if not (draft / "keys" / f"{role}.key").exists():
            raise FolderFault(
                f"{place}: the backup holds no keys; name the folder with {role}.key by --keys."
            )
    read_keys(Folder(draft), Folder(draft).founding())


# -- the manifest -----------------------------------------------------------------------------


def _manifest(made: Backup, draft: Path) -> bytes:
    files: dict[str, Value] = {}
    for path in _files(draft, everything=True):
        size, digest = _measured(draft / path)
        files[path.as_posix()] = [size, digest]
    value: dict[str, Value] = {
        "v": 1,
        "institution": made.institution,
        "party": made.party,
        "lines": made.lines,
        "keys": made.keys,
        "files": files,
    }
    line = canonical.dump(value)
    return line + b"\n" + _digest(line).encode() + b"\n"


def _read_manifest(value: Value) -> tuple[Backup, dict[str, tuple[int, str]]]:
    fields = Fields.of(value, "backup")
    fields.require_integer("v", 1)
    institution, party = fields.text("institution"), fields.text("party")
    found = Backup(institution, party, fields.integer("lines"), fields.boolean("keys"))
    listed = fields.fields("files")
    files = {}
    for path in listed.names():
        match listed.values(path):
            case [int(size), str(digest)]:
                files[path] = size, digest
            case _:
                raise Malformed(f"backup: files: {path}: expected a size and a digest.")
    fields.end()
    return found, files


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _measured(file: Path) -> tuple[int, str]:
    """The size and the SHA-256 of a file."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return opened.tell(), digest


# -- files ------------------------------------------------------------------------------------


def _files(folder: Path, everything: bool = False) -> Iterator[Path]:
    """The files below a folder, relative to it; without what a backup leaves out, if so wished."""
    if not folder.is_dir():
        raise FolderFault(f"{folder}: there is no such folder.")
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            raise FolderFault(f"{file}: expected files and folders only.")
        left_out = path.as_posix() in _LEFT_OUT or path.name.endswith(".new")
        if file.is_file() and (everything or not left_out):
            yield path


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(file, to)
    to.chmod(file.stat().st_mode & 0o777)
    _flush(to)


def _copy_record(database: Path, to: Path) -> None:
    """The record as it stands at one moment, beside the process that writes it."""
    if not database.exists():
        raise FolderFault(f"{database}: the node has not run yet; there is nothing to back up.")
    try:
        with closing(
            sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            # Row by row into a new file: nothing of what was erased comes along.
            connection.execute("VACUUM INTO ?", [str(to)])
    except sqlite3.Error as fault:
        raise FolderFault(f"{database}: cannot be copied ({fault}).") from fault
    to.chmod(0o600)
    _flush(to)


def _flush(place: Path) -> None:
    """See to it that a file, or what a folder lists, is on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(database: Path, institution: str, origin: str) -> int:
    """How many lines of its own log a record holds; FolderFault if it is damaged or another's."""
    try:
        address = f"{database.resolve().as_uri()}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                raise FolderFault(f"{database}: damaged: {sound}.")
            owners = [row[0] for row in connection.execute("SELECT institution FROM belongs")]
            own = "SELECT origin, max(n) + 1 FROM entry WHERE branch = 0 GROUP BY origin"
            sizes = [row for row in connection.execute(own) if first_log(row[0]) == origin]
    except sqlite3.Error as fault:
        raise FolderFault(f"{database}: cannot be read as a record ({fault}).") from fault
    if owners != [institution]:
        raise FolderFault(f"{database}: it holds the record of another institution.")
    _, lines = max(sizes, key=lambda row: generation_of(row[0]), default=(origin, 0))
    return int(lines)


@contextmanager
def _drafted(to: Path) -> Iterator[Path]:
    """A folder to write, which takes the place of `to` once all of it is written."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise FolderFault(f"{to}: expected a new or an empty folder.")
    parent = to.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=parent, prefix=f".{to.name}.") as drafts:
            draft = Path(drafts) / "draft"
            draft.mkdir(mode=0o700)
            yield draft
            draft.replace(to.resolve())
            _flush(parent)
    except OSError as fault:
        raise FolderFault(f"{to}: cannot be written ({fault.strerror}).") from fault
