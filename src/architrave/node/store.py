"""The record on disk, in plain SQL over Django's connection. Only the keeper writes."""

from __future__ import annotations

from django.db import OperationalError, connection, transaction

from architrave.node.errors import FolderFault
from architrave.node.rows import Cursor, read_rows
from architrave.peer.effects import Persist
from architrave.peer.errors import StorageUncertain
from architrave.peer.startup import Stored

__all__ = ["read_stored", "require_institution", "scrub", "write"]


# Any statement that writes a table anew would do, but VACUUM and CLUSTER take along the rows that
# an older snapshot of anybody's could still see.
_ACTS_ANEW = "ALTER TABLE act ALTER COLUMN data TYPE BYTEA USING data || ''::BYTEA"
_LOCKED = "55P03"  # lock_not_available
_KEEP_ACT = "INSERT INTO act VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_PUT_NOTE = (
    "INSERT INTO note VALUES (%s, %s, %s) ON CONFLICT (kind, origin) DO UPDATE SET data = "
    "excluded.data"
)
_PUT_TOMBSTONE = (
    "INSERT INTO tombstone VALUES (%s, %s) ON CONFLICT (seal) DO UPDATE SET data = excluded.data"
)


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


def write(persist: Persist, own: str, head: bytes) -> None:
    """Write all of it in one durable transaction, alone: nobody else writes while it runs.

    SQLite: BEGIN IMMEDIATE, WAL, synchronous=FULL. PostgreSQL: a lock on the notes, and
    synchronous_commit.

    `head` must still be the last stored checkpoint of the log `own`, empty if there is none:
    otherwise another writer has moved the log, and StorageUncertain is raised with nothing written.
    A database error means that nobody knows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # The transaction holds the write lock from its first statement on: what is read here cannot
        # change before the commit. Whoever only reads is not held up.
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE note IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT data FROM note WHERE kind = 'checkpoint' AND origin = %s", [own])
        row = cursor.fetchone()
        if (bytes(row[0]) if row else b"") != head:
            raise StorageUncertain(
                "another writer has moved this node's log in the database; this one signs nothing "
                "more."
            )
        cursor.executemany(
            "INSERT INTO entry VALUES (%s, %s, %s, %s)",
            [(one.origin, one.branch, one.n, one.data) for one in persist.entries],
        )
        cursor.executemany(_KEEP_ACT, persist.acts)
        # The words go, and the tombstone comes, in this one transaction; see `scrub` for the file.
        cursor.executemany(_PUT_TOMBSTONE, persist.tombstones)
        gone = [(seal,) for seal, _ in persist.tombstones]
        cursor.executemany("INSERT INTO unscrubbed VALUES (%s) ON CONFLICT DO NOTHING", gone)
        cursor.executemany("DELETE FROM act WHERE seal = %s", gone)
        notes = [("checkpoint", origin, data) for origin, data in persist.notes.items()]
        notes += [("witnessed", origin, data) for origin, data in persist.witnessed.items()]
        notes += [("proof", origin, data) for origin, data in persist.proofs.items()]
        notes += [("cosigned", origin, data) for origin, data in persist.cosigned.items()]
        notes += [("title", origin, data) for origin, data in persist.titles.items()]
        cursor.executemany(_PUT_NOTE, notes)


def scrub() -> bool:
    """Leave no byte of what was erased in the database's files; True if that is done.

    A deleted row lies in the write-ahead log, and pieces of it in pages that SQLite has moved:
    zeros over what is deleted (secure_delete) do not reach those. So the file is written anew, and
    the log is emptied. False while a reader still needs the log; a database error if there is no
    room for a second file.

    PostgreSQL writes the table of acts anew, from the rows that are there; its write-ahead log
    keeps pieces until the server recycles them, which is for whoever runs the server.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM unscrubbed")
        if cursor.fetchone()[0] == 0:
            return True
        if connection.vendor == "postgresql":
            return _acts_anew(cursor)
        cursor.execute("VACUUM")
        if not _log_emptied(cursor):
            return False
        cursor.execute("DELETE FROM unscrubbed")
    return True


def _acts_anew(cursor: Cursor) -> bool:
    """Write the table of acts anew; False while somebody reads it, a dump for example."""
    try:
        with transaction.atomic():
            cursor.execute("SET LOCAL lock_timeout = 10")  # ms, as good as at once
            cursor.execute("LOCK TABLE act IN ACCESS EXCLUSIVE MODE")
            cursor.execute(_ACTS_ANEW)
            cursor.execute("DELETE FROM unscrubbed")
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == _LOCKED:
            return False
        raise
    return True


def _log_emptied(cursor: Cursor) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; False if a reader needs it."""
    # Whoever reads is not waited for: the writer has other things to do meanwhile.
    cursor.execute("PRAGMA busy_timeout")
    (patience,) = next(iter(cursor.fetchall()))
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return all(busy == 0 for busy, _, _ in cursor.fetchall())
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {patience:d}")


def read_stored(token: tuple[int, bytes] | None) -> Stored:
    """Everything that was written."""
    with connection.cursor() as cursor:
        return read_rows(cursor, token)
