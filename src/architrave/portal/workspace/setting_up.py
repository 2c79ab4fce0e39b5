"""What the workspace brings to a node: its settings, its database, and what it does at the start.

Nothing here needs allauth before the node has found that it is installed.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError, connections

from architrave.node.configure import Home
from architrave.node.databases import on_one_line
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder
from architrave.portal.workspace.router import DATABASE, TABLES_OF

__all__ = ["HOURS", "WORKSPACE", "begin", "close_accounts", "installable", "open_accounts"]

WORKSPACE = "architrave.portal.workspace"
HOURS = 8
"""After so many hours whoever has signed in signs in anew."""
_NEEDED = ("allauth", "fido2")


def installable() -> bool:
    """Whether what the extra `workspace` brings is installed here."""
    return all(find_spec(name) is not None for name in _NEEDED)


def settings_in(home: Home) -> dict[str, Any]:
    """The settings of the workspace of a node."""
    folder, address = Folder(home.folder), urlsplit(home.url)
    safe = address.scheme == "https"
    # Cookies know no ports: two nodes of one machine must not take each other's.
    name = f"architrave-{folder.party.lower()}"
    return {
        "DATABASES": {DATABASE: accounts_database(folder.accounts)},
        "DATABASE_ROUTERS": ["architrave.portal.workspace.router.AccountsRouter"],
        "AUTH_USER_MODEL": "workspace.Account",
        "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
        # A browser takes a name that begins so only from https, and for this very host.
        "SESSION_COOKIE_NAME": f"__Host-{name}" if safe else name,
        "SESSION_COOKIE_AGE": HOURS * 3_600,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": safe,
        # The word against forged forms lies in the web session: no second cookie.
        "CSRF_USE_SESSIONS": True,
        "CSRF_FAILURE_VIEW": "architrave.portal.workspace.refusing.stale_form",
        # Behind a proxy that speaks https this process itself hears http.
        "CSRF_TRUSTED_ORIGINS": [f"https://{address.netloc}"] if safe else [],
        "ACCOUNT_ADAPTER": "architrave.portal.workspace.adapters.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "MFA_ADAPTER": "architrave.portal.workspace.adapters.PasskeyAdapter",
        "MFA_SUPPORTED_TYPES": ["webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        # allauth's own pages for this are not reachable; `freshness` asks instead.
        "MFA_REAUTHENTICATION_REQUIRED": False,
        "MFA_RATE_LIMITS": {"webauthn_login": "10/m/ip", "begin": "30/m/ip"},
    }


def accounts_database(place: Path) -> dict[str, Any]:
    """What Django's settings say of the database of accounts."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(place),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;",
        },
    }


def open_accounts() -> None:
    """Make or open the database of accounts and bring its tables up to date.

    FolderFault if it cannot be written.
    """
    connection = connections[DATABASE]
    place = Path(str(connection.settings_dict["NAME"]))
    try:
        place.touch(mode=0o600)
        place.chmod(0o600)
        _migrate()
    except (DatabaseError, OSError) as fault:
        raise FolderFault(
            f"{place}: cannot be used for accounts ({on_one_line(fault)})."
        ) from fault


def close_accounts() -> None:
    """Close this thread's connection."""
    connections[DATABASE].close()


def begin() -> None:
    """Open the accounts at the node's start. Nobody is signed in: the key of cookies is new."""
    from django.contrib.sessions.models import Session as WebSession

    try:
        open_accounts()
        WebSession.objects.all().delete()
    finally:
        close_accounts()


def _migrate() -> None:
    """Run what is missing; most starts find nothing, and read one table."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[DATABASE])
    wanted = [one for one in executor.loader.graph.leaf_nodes() if one[0] in TABLES_OF]
    if executor.migration_plan(wanted):
        executor.migrate(wanted)
