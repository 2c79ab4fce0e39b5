"""The record's rows read back, through whatever cursor the caller has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from architrave.peer.effects import StoredEntry
from architrave.peer.startup import Stored

__all__ = ["Cursor", "read_rows"]


class Cursor(Protocol):
    """What Django's and sqlite3's cursors share."""

    def execute(self, sql: str, /) -> object:
        """Run one statement."""

    def fetchall(self) -> Iterable[Any]:
        """Its rows."""


def read_rows(cursor: Cursor, token: tuple[int, bytes] | None) -> Stored:
    """Everything that was written, with the token's size and root."""
    stored = Stored(token=token)
    cursor.execute("SELECT origin, branch, n, data FROM entry ORDER BY origin, branch, n")
    stored.entries = [StoredEntry(*row[:3], bytes(row[3])) for row in cursor.fetchall()]
    cursor.execute("SELECT salt, data FROM act")
    stored.acts = [(bytes(salt), bytes(data)) for salt, data in cursor.fetchall()]
    cursor.execute("SELECT data FROM tombstone")
    stored.tombstones = [bytes(data) for (data,) in cursor.fetchall()]
    cursor.execute("SELECT kind, origin, data FROM note")
    kinds = {
        "checkpoint": stored.notes,
        "witnessed": stored.witnessed,
        "proof": stored.proofs,
        "cosigned": stored.cosigned,
        "title": stored.titles,
    }
    for kind, origin, data in cursor.fetchall():
        kinds[kind][origin] = bytes(data)
    return stored
