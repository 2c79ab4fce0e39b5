"""The record on disk, in plain SQL over Django's connection. Only the keeper writes."""

from __future__ import annotations

from django.db import connection, transaction

from architrave.node.errors import FolderFault
from architrave.node.rows import read_rows
from architrave.peer.effects import Persist
from architrave.peer.startup import Stored

__all__ = ["read_stored", "require_institution", "write"]


def require_institution(institution: str) -> None:
    """Mark a new database as this institution's; FolderFault if it is another's."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT institution FROM belongs")
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO belongs VALUES (%s)", [institution])
        elif row[0] != institution:
            raise FolderFault(
                f"the database holds the record of another institution ({row[0][:12]}…)."
            )


def write(persist: Persist) -> None:
    """Write all of it in one durable transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO entry VALUES (%s, %s, %s, %s)",
            [(one.origin, one.branch, one.n, one.data) for one in persist.entries],
        )
        cursor.executemany("INSERT OR IGNORE INTO act VALUES (%s, %s, %s)", persist.acts)
        notes = [("checkpoint", origin, data) for origin, data in persist.notes.items()]
        notes += [("witnessed", origin, data) for origin, data in persist.witnessed.items()]
        notes += [("proof", origin, data) for origin, data in persist.proofs.items()]
        cursor.executemany("INSERT OR REPLACE INTO note VALUES (%s, %s, %s)", notes)


def read_stored(token: tuple[int, bytes] | None) -> Stored:
    """Everything that was written."""
    with connection.cursor() as cursor:
        return read_rows(cursor, token)
