"""Short lines to write into a record, and the record read back beside whoever writes it."""

from __future__ import annotations

from architrave.node.databases import Record, reading
from architrave.node.rows import read_rows
from architrave.peer.effects import StoredEntry
from architrave.peer.startup import Stored

KNOWN = frozenset({("node", "0001_record"), ("node", "0002_tombstones")})
LOG = "a.invalid/log/1"


def entry(n: int, data: bytes = b"line") -> StoredEntry:
    return StoredEntry(LOG, 0, n, data)


def read(record: Record) -> Stored:
    with reading(record) as cursor:
        return read_rows(cursor, None)
