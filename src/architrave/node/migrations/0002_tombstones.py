"""Tombstones of erased acts, and the mark that their words may still lie in the file."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from architrave.node.tables import CreateTables

TABLES = """
CREATE TABLE tombstone (
    seal BLOB PRIMARY KEY,
    data BLOB NOT NULL
);
CREATE TABLE unscrubbed (
    seal BLOB PRIMARY KEY
);
"""


class Migration(migrations.Migration):
    """Create the tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("node", "0001_record")]
    operations: ClassVar[list[CreateTables]] = [
        CreateTables(TABLES, reverse_sql="DROP TABLE tombstone; DROP TABLE unscrubbed;")
    ]
