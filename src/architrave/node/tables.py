"""One text of SQL for the record's tables in either database."""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunSQL

__all__ = ["CreateTables", "in_dialect"]

# SQLite's words, and PostgreSQL's for the same: names are compared and ordered by their bytes, as
# in SQLite, and no new library of the server's machine can order them otherwise under an index.
_WORDS = {"BLOB": "BYTEA", "INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"'}


class CreateTables(RunSQL):
    """Tables written in SQLite's words, made in whichever database there is."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Make the tables."""
        sql = in_dialect(str(self.sql), schema_editor.connection.vendor)
        for statement in schema_editor.connection.ops.prepare_sql_script(sql):
            schema_editor.execute(statement, params=None)


def in_dialect(sql: str, vendor: str) -> str:
    """The statements in the words of a database (Django's name for it)."""
    if vendor == "postgresql":
        for word, other in _WORDS.items():
            sql = sql.replace(word, other)
    return sql
