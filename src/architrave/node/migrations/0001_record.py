"""The record's tables: plain, append-only, written by the keeper alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from architrave.node.tables import CreateTables

TABLES = """
CREATE TABLE entry (
    origin TEXT NOT NULL,
    branch INTEGER NOT NULL,
    n INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (origin, branch, n)
);
CREATE TABLE act (
    seal BLOB PRIMARY KEY,
    salt BLOB NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE note (
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (kind, origin)
);
CREATE TABLE belongs (
    institution TEXT PRIMARY KEY
);
"""


class Migration(migrations.Migration):
    """Create the tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[CreateTables]] = [
        CreateTables(
            TABLES,
            reverse_sql="DROP TABLE entry; DROP TABLE act; DROP TABLE note; DROP TABLE belongs;",
        )
    ]
