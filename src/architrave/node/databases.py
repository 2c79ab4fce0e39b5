"""The two databases in which a record may lie: a file in the node's folder, or PostgreSQL.

A file is named by its path, a PostgreSQL database by its address, as `database` in node.json says:
``postgresql://name@host:5432/database``, or ``postgresql:///database?host=/run/postgresql`` for a
socket. An address holds no password: libpq takes one from its password file (PGPASSFILE) or from a
certificate, and node.json is copied with every backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from architrave.node.errors import FolderFault

if TYPE_CHECKING:
    from architrave.node.rows import Cursor

__all__ = ["Record", "django_database", "on_one_line", "postgres_parameters", "reading"]

Record = Path | str
"""Where a record lies: the path of a file, or the address of a PostgreSQL database."""

_SCHEMES = ("postgresql://", "postgres://")
_OF_DJANGO = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
# What is acknowledged is on the disk: a session may not be told otherwise by the server's settings.
# A lock is waited for as long as SQLite waits for its own (ms). A node whose machine has gone is no
# longer waited for after a minute (s); a socket on one machine needs none of that.
_ON_CONNECTING = " ".join(
    f"-c {setting}"
    for setting in (
        "synchronous_commit=on",
        "timezone=UTC",
        "lock_timeout=5000",
        "tcp_keepalives_idle=30",
        "tcp_keepalives_interval=10",
        "tcp_keepalives_count=3",
    )
)
# A server that has gone is given up after as long (s; the last in ms), unless the address says
# otherwise.
_WAITS = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
_SECRETS = ("password", "sslpassword")
_MISSING = (
    "a record in PostgreSQL needs the package psycopg, which is not installed; "
    "`pip install 'architrave[postgres]'` brings it."
)


def postgres_parameters(address: str) -> dict[str, str]:
    """The parameters of a PostgreSQL address, by libpq's names.

    FolderFault if it is none, names no database, holds a password, or psycopg is not installed.
    """
    if not address.startswith(_SCHEMES):
        raise FolderFault("database: expected an address that begins with postgresql:// .")
    try:
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise FolderFault(_MISSING) from None
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except Error:
        # Neither the address nor libpq's words are repeated: they may hold a piece of a password.
        raise FolderFault(
            "database: libpq cannot read this address; expected postgresql://name@host/database, "
            "and parameters by libpq's names."
        ) from None
    if any(name in found for name in _SECRETS):
        raise FolderFault(
            "database: the address holds a password, and node.json is no place for one; put it "
            "into the password file of libpq (PGPASSFILE)."
        )
    if not found.get("dbname"):
        raise FolderFault("database: the address names no database.")
    if "options" in found:
        raise FolderFault("database: the address sets options of the session; leave them out.")
    return found


def django_database(record: Record) -> dict[str, Any]:
    """What Django's settings say of the database; FolderFault as `postgres_parameters`."""
    if isinstance(record, Path):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(record),
            # Closed after each request; the keeper and the main thread close their own.
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                ),
            },
        }
    parameters = postgres_parameters(record)
    named = {called: parameters.pop(name, "") for name, called in _OF_DJANGO.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **_WAITS,
            **parameters,
            "options": _ON_CONNECTING,
            # Otherwise the words of an act would stand in each statement, and so in the server's
            # own log as soon as one fails.
            "server_side_binding": True,
        },
    }


@contextmanager
def reading(record: Record) -> Iterator[Cursor]:
    """A cursor that reads a record beside the process that writes it; nothing can be changed.

    FolderFault if it cannot be read.
    """
    if isinstance(record, Path):
        with _reading_file(record) as cursor:
            yield cursor
        return
    parameters = postgres_parameters(record)
    import psycopg

    options = f"{_ON_CONNECTING} -c default_transaction_read_only=on"
    told: dict[str, Any] = {**_WAITS, **parameters, "options": options, "client_encoding": "UTF8"}
    try:
        with closing(psycopg.connect(**told)) as it:
            # All of it as it stands at one moment.
            it.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            yield it.cursor()
    except psycopg.Error as fault:
        raise FolderFault(
            f"{record}: cannot be read as a record ({on_one_line(fault)})."
        ) from fault


@contextmanager
def _reading_file(place: Path) -> Iterator[Cursor]:
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)) as it:
            yield it.cursor()
    except sqlite3.Error as fault:
        raise FolderFault(f"{place}: cannot be read as a record ({fault}).") from fault


def on_one_line(fault: Exception) -> str:
    """A database's words on one line, without their full stop."""
    return " ".join(str(fault).split()).rstrip(".")
