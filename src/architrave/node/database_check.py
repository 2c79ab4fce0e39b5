"""Whether a database may be used for a node's record, asked before anything in it is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from architrave.node.databases import Record, reading
from architrave.node.errors import FolderFault

__all__ = ["check_database"]

OLDEST = 14
"""The oldest version of PostgreSQL that Django 5.2 knows."""
Rows = list[tuple[Any, ...]]


def check_database(record: Record, institution: str, known: frozenset[tuple[str, str]]) -> None:
    """Return if the database is new or this institution's, and of no later version than this.

    `known` holds the migrations of this version, as (app, name). Nothing is written. Of PostgreSQL
    it is asked too whether its server writes durably.
    """
    if isinstance(record, Path):
        _check_file(record, institution, known)
    else:
        _check_postgres(record, institution, known)


def _check_file(record: Path, institution: str, known: frozenset[tuple[str, str]]) -> None:
    # The caller holds the folder's lock, so the file is read as it lies, past its write-ahead log
    # if that is empty.
    if not record.exists():
        return
    log = record.with_name(record.name + "-wal")
    try:
        as_it_lies = not log.exists() or log.stat().st_size == 0
        address = f"{record.resolve().as_uri()}?{'immutable=1' if as_it_lies else 'mode=ro'}"
        with closing(sqlite3.connect(address, uri=True)) as connection:

            def ask(sql: str) -> Rows:
                return connection.execute(sql).fetchall()

            tables = {row[0] for row in ask("SELECT name FROM sqlite_master")}
            _check_tables(record, tables, ask, institution, known)
    except (sqlite3.Error, OSError) as fault:
        raise FolderFault(f"{record}: cannot be read as a record ({fault}).") from fault


def _check_postgres(record: str, institution: str, known: frozenset[tuple[str, str]]) -> None:
    with reading(record) as cursor:

        def ask(sql: str) -> Rows:
            cursor.execute(sql)
            return list(cursor.fetchall())

        [(number,)] = ask("SHOW server_version_num")
        if int(number) // 10_000 < OLDEST:
            raise FolderFault(
                f"{record}: the server is PostgreSQL {int(number) // 10_000}; {OLDEST} or a later "
                "one is needed."
            )
        [(encoding,)] = ask("SHOW server_encoding")
        if encoding != "UTF8":
            raise FolderFault(f"{record}: the database's encoding is {encoding}; expected UTF8.")
        for setting in ("fsync", "full_page_writes"):
            [(value,)] = ask(f"SHOW {setting}")
            if value != "on":
                raise FolderFault(
                    f"{record}: the server's {setting} is {value}, so what it acknowledges may be "
                    "lost with the power; no record is kept there."
                )
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        _check_tables(record, {row[0] for row in ask(asked)}, ask, institution, known)


def _check_tables(
    record: Record,
    tables: Collection[str],
    ask: Callable[[str], Rows],
    institution: str,
    known: frozenset[tuple[str, str]],
) -> None:
    had = "django_migrations" in tables
    applied = ask("SELECT app, name FROM django_migrations") if had else []
    belongs = ask("SELECT institution FROM belongs") if "belongs" in tables else []
    apps = {app for app, _ in known}
    later = sorted(name for app, name in applied if app in apps and (app, name) not in known)
    if later:
        raise FolderFault(
            f"{record}: written by a later version of this program (it has {later[-1]}); "
            "run that version."
        )
    ours = any(app in apps for app, _ in applied)
    # A first start that was cut off may have left a table of migrations with nothing in it.
    others = {one for one in tables if not one.startswith("sqlite_")} - {"django_migrations"}
    if not ours and (others or applied):
        raise FolderFault(f"{record}: this database is not a record.")
    for (other,) in belongs:
        if other != institution:
            raise FolderFault(
                f"{record}: it holds the record of another institution ({str(other)[:12]}…)."
            )
