"""An observer: a witness that only cosigns. It holds no acts and no lines, and has no voice.

A folder of its own::

    witness.json   its name, the vkeys of the logs that it follows, where it listens
    witness.key    its key: 32 bytes in hex, readable by the owner
    held.db        the newest checkpoint that it has cosigned of each log
    lock           held while its process runs

What is cosigned is on the disk before it is told: looking at what is held, comparing and keeping
are one transaction. An older copy of the folder would cosign a second history, so a folder that was
brought back is not used again; an observer begins anew under another name and key.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from architrave.node.addresses import address_of
from architrave.node.durable import held as lock_held
from architrave.node.durable import read_text, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import read_key, write_key
from architrave.record.checkpoints import Checkpoint, parse_checkpoint
from architrave.record.cosignatures import cosign
from architrave.record.errors import RecordError
from architrave.record.keys import PrivateKey
from architrave.record.notes import KeyType, NoteKey, format_note, parse_note, parse_vkey
from architrave.record.observing import TEXT_TYPE, Refusal, check_request
from architrave.record.vkeys import check_name
from architrave.record.witness import parse_add_checkpoint

__all__ = ["MAX_REQUEST", "Observer", "answering", "make_observer"]

MAX_REQUEST = 64 << 10
"""Bytes of the longest request: a proof has at most 63 hashes, and a note few lines."""

_TABLES = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS held (
    origin TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    note BLOB NOT NULL
);
"""
_FIELDS = ("listen", "logs", "name")


def make_observer(path: Path, name: str, listen: str, logs: Iterable[NoteKey], key: bytes) -> str:
    """Make an observer's folder; its vkey. FolderFault if something lies there, or cannot be so."""
    try:
        check_name(name)
    except RecordError as fault:
        raise FolderFault(f"name {name!r}: {fault}") from fault
    address_of(listen)
    if path.exists() and any(path.iterdir()):
        raise FolderFault(f"{path}: the folder is not empty.")
    path.mkdir(parents=True, exist_ok=True)
    write_key(path / "witness.key", key)
    settings = {"name": name, "listen": listen, "logs": [one.text for one in logs]}
    write_durably(path / "witness.json", json.dumps(settings, indent=1).encode() + b"\n")
    return _vkey(name, PrivateKey(key)).text


def _vkey(name: str, key: PrivateKey) -> NoteKey:
    return NoteKey(name, KeyType.COSIGNATURE, key.public.raw)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP status, body, and its type."""

    status: int
    body: bytes
    kind: str = TEXT_TYPE


class Observer:
    """One observer on its folder. Its methods may be called by several threads."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        settings = _settings(path)
        self.path, self.clock = path, clock
        self.name, self.listen = str(settings["name"]), str(settings["listen"])
        self.keys = _logs(path, settings["logs"])
        self.key = read_key(path / "witness.key")
        self._write = threading.Lock()
        try:
            with closing(self._database()) as database:
                database.executescript(_TABLES)
        except sqlite3.Error as fault:
            raise FolderFault(f"{path / 'held.db'}: cannot be used ({fault}).") from fault

    @property
    def vkey(self) -> NoteKey:
        """Its key as others name it."""
        return _vkey(self.name, self.key)

    def locked(self) -> Any:
        """Hold the folder; FolderInUse if another process does."""
        return lock_held(self.path / "lock", f"{self.path}: another process runs this observer.")

    def _database(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path / "held.db", timeout=30, isolation_level=None)
        database.execute("PRAGMA synchronous=FULL")
        return database

    def held(self, origin: str) -> bytes | None:
        """The newest note that was cosigned of a log; None if there is none."""
        with closing(self._database()) as database:
            return _held(database, origin)

    def add_checkpoint(self, body: bytes) -> Reply:
        """Cosign what a request brings, or say why not (C2SP tlog-witness)."""
        with self._write, closing(self._database()) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                found = check_request(body, self.keys, lambda origin: _last(database, origin))
                if isinstance(found, Refusal):
                    database.execute("ROLLBACK")
                    return Reply(found.status, found.body.encode(), found.kind)
                line = cosign(found, self.name, self.key, int(self.clock()))
                own = parse_note(parse_add_checkpoint(body)[2])
                mine = [one for one in own.signatures if one.names(self.keys[found.origin])][:1]
                note = format_note(own.text, [*mine, line])
                database.execute(
                    "INSERT INTO held VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE SET "
                    "size = excluded.size, note = excluded.note",
                    (found.origin, found.size, note),
                )
                database.execute("COMMIT")
            except sqlite3.Error as fault:
                return Reply(503, f"it is not known whether this was kept: {fault}\n".encode())
        return Reply(200, line.line.encode())

    def told(self) -> str:
        """What it is, and how far it has cosigned, for people."""
        lines = [
            "This is a witness that only cosigns. It holds no texts and has no voice.",
            f"Its key: {self.vkey.text}",
        ]
        for origin in self.keys:
            note = self.held(origin)
            size = parse_checkpoint(parse_note(note).text).size if note is not None else 0
            lines.append(f"{origin}: {size} lines cosigned")
        return "\n".join(lines) + "\n"


def _settings(path: Path) -> dict[str, object]:
    place = path / "witness.json"
    text = read_text(place, f"{path}: no observer lives here; `architrave witness init` makes one.")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FolderFault(f"{place}: not JSON ({fault}).") from fault
    if not isinstance(value, dict) or sorted(value) != sorted(_FIELDS):
        raise FolderFault(f"{place}: expected the fields {', '.join(_FIELDS)}, and no others.")
    if not isinstance(value["name"], str) or not isinstance(value["listen"], str):
        raise FolderFault(f"{place}: name and listen: expected text.")
    return value


def _logs(path: Path, given: object) -> dict[str, NoteKey]:
    place = f"{path / 'witness.json'}: logs"
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise FolderFault(f"{place}: expected a list of vkeys.")
    found = {}
    for vkey in given:
        try:
            key = parse_vkey(vkey)
        except RecordError as fault:
            raise FolderFault(f"{place}: {fault}") from fault
        if key.kind != KeyType.NOTE:
            raise FolderFault(f"{place}: the key of {key.name} is none that signs a log.")
        if key.name in found:
            raise FolderFault(f"{place}: {key.name} stands there twice.")
        found[key.name] = key
    return found


def _held(database: sqlite3.Connection, origin: str) -> bytes | None:
    row = database.execute("SELECT note FROM held WHERE origin = ?", (origin,)).fetchone()
    return bytes(row[0]) if row is not None else None


def _last(database: sqlite3.Connection, origin: str) -> Checkpoint | None:
    note = _held(database, origin)
    return parse_checkpoint(parse_note(note).text) if note is not None else None


# -- the web --------------------------------------------------------------------------------------

_STATUS = {
    200: "200 OK", 400: "400 Bad Request", 403: "403 Forbidden", 404: "404 Not Found",
    405: "405 Method Not Allowed", 409: "409 Conflict", 413: "413 Content Too Large",
    422: "422 Unprocessable Content", 503: "503 Service Unavailable",
}  # fmt: skip


Door = Callable[[dict[str, Any], Callable[..., Any]], Iterator[bytes]]


def answering(observer: Observer) -> Door:
    """The observer's web door, as a WSGI application."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        reply = _reply(observer, environ)
        headers = [
            ("Content-Type", reply.kind),
            ("Content-Length", str(len(reply.body))),
            ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start(_STATUS[reply.status], headers)
        return iter([reply.body])

    return answer


def _reply(observer: Observer, environ: dict[str, Any]) -> Reply:
    method, path = environ["REQUEST_METHOD"], str(environ.get("PATH_INFO", "/"))
    if path == "/add-checkpoint":
        if method != "POST":
            return Reply(405, b"a checkpoint is posted here.\n")
        body = environ["wsgi.input"].read(MAX_REQUEST + 1)
        if len(body) > MAX_REQUEST:
            return Reply(413, f"a request has at most {MAX_REQUEST} bytes.\n".encode())
        return observer.add_checkpoint(body)
    if method not in ("GET", "HEAD"):
        return Reply(405, b"this can only be read.\n")
    if path == "/":
        return Reply(200, observer.told().encode())
    for origin in observer.keys:
        if path == f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint":
            note = observer.held(origin)
            if note is None:
                return Reply(404, b"nothing of that log was cosigned yet.\n")
            return Reply(200, note)
    return Reply(404, b"nothing lies here.\n")
