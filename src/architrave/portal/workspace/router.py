"""Which database holds what: accounts and all that hangs on them have one of their own."""

from __future__ import annotations

from typing import Any

__all__ = ["DATABASE", "TABLES_OF", "AccountsRouter"]

DATABASE = "accounts"
"""Django's alias of the database of accounts."""

TABLES_OF = frozenset(["workspace", "contenttypes", "auth", "sessions", "account", "mfa"])
"""The apps, by Django's labels, whose tables lie there and nowhere else."""


class AccountsRouter:
    """Leads accounts to their own database and everything else past it."""

    def db_for_read(self, model: Any, **_hints: object) -> str | None:
        """The database of a model of ours; None for others'."""
        return DATABASE if model._meta.app_label in TABLES_OF else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Tables of accounts are made there only, and no others are made there."""
        return (db == DATABASE) == (app_label in TABLES_OF)
