"""Django's settings for one node, made in code: there is no settings file to edit.

A node sets no cookie and signs no form, so neither web sessions nor their middleware are here; a
further app may bring them, for its own addresses and in a database of its own.
Threads that serve the web read the record: only a thread that has said `may_write` gets a
connection to it that writes.

What the package of a further app may bring, each by its name:

    APPS          tuple: apps of others on which it rests, or whose files it serves
    MIDDLEWARE    tuple: its middleware, outside the node's own
    settings_in   function of a `Home`: further settings; under DATABASES, databases of its own
    begin         function: what it does at the node's start, after the record was opened
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.signals import connection_created

from architrave.node.databases import Record, django_database, on_one_line

__all__ = ["MAX_BODY", "Home", "begin", "configure", "may_write", "migrate", "settings_for"]

MAX_BODY = 16 << 20
"""Bytes of the largest request that is read; a batch between nodes is cut well below it."""

_writers = threading.local()
# One database, one record: any number does that nothing else there is likely to use.
_ONE_WRITER = 0x41524348
_READS = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = on",
}


@dataclass(frozen=True, slots=True)
class Home:
    """A node's folder, and the address under which browsers reach it."""

    folder: Path
    url: str


def settings_for(
    record: Record,
    urls: str,
    apps: tuple[str, ...] = (),
    middleware: tuple[str, ...] = (),
    hosts: tuple[str, ...] = ("*",),
    home: Home | None = None,
) -> dict[str, Any]:
    """Django's settings, with what further apps bring.

    `hosts` are the names by which a browser may ask for this node. Without a `home` no app brings
    settings of its own.
    """
    brought = [one for app in apps for one in getattr(import_module(app), "MIDDLEWARE", ())]
    shown = ("django.contrib.staticfiles",) if apps else ()
    others = [one for app in apps for one in getattr(import_module(app), "APPS", ())]
    settings: dict[str, Any] = {
        "DEBUG": False,
        "ALLOWED_HOSTS": list(hosts),
        "SECRET_KEY": secrets.token_hex(32),
        "ROOT_URLCONF": urls,
        "INSTALLED_APPS": ["architrave.node.apps.NodeConfig", *shown, *apps, *others],
        "MIDDLEWARE": [
            "architrave.node.guards.plain_headers",
            *brought,
            *middleware,
            "architrave.node.guards.stopped_node",
            "django.middleware.common.CommonMiddleware",
        ],
        "TEMPLATES": [
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        "STATIC_URL": "/static/",
        # The few files of the pages are served from the package; nothing is gathered beforehand.
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "DATABASES": {"default": django_database(record)},
        "USE_TZ": True,
        "APPEND_SLASH": False,
        "LOGGING_CONFIG": None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MAX_BODY,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 200,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 0,
    }
    for app in apps if home is not None else ():
        further = dict(getattr(import_module(app), "settings_in", _nothing)(home))
        settings["DATABASES"] |= further.pop("DATABASES", {})
        settings |= further
    return settings


def configure(
    record: Record,
    urls: str,
    apps: tuple[str, ...] = (),
    middleware: tuple[str, ...] = (),
    hosts: tuple[str, ...] = ("*",),
    home: Home | None = None,
) -> None:
    """Configure Django for a record, pages from `urls` and further `apps`."""
    if settings.configured:
        return
    settings.configure(**settings_for(record, urls, apps, middleware, hosts, home))
    django.setup()
    connection_created.connect(_bind, dispatch_uid="architrave.node.configure")


def _nothing(_home: Home) -> dict[str, Any]:
    return {}


def begin(apps: tuple[str, ...]) -> None:
    """Let each app do what it does at the node's start."""
    for app in apps:
        start = getattr(import_module(app), "begin", None)
        if start is not None:
            start()


def may_write(alone: bool = False) -> None:
    """Let the connections that this thread opens from now on write.

    `alone`: in PostgreSQL each of them holds the record from its beginning to its end, or is not
    opened (OperationalError) because another process holds it. A file needs no such thing: it lies
    in a folder that is locked.
    """
    _writers.allowed, _writers.alone = True, alone


def _bind(connection: Any, **_signal: object) -> None:
    # An app's own database is its own affair.
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    if not getattr(_writers, "allowed", False):
        with connection.cursor() as cursor:
            cursor.execute(_READS[connection.vendor])
    elif connection.vendor == "postgresql" and getattr(_writers, "alone", False):
        _hold(connection)


def _hold(connection: Any) -> None:
    """Hold the record by this very connection, so that none that writes can have lost it."""
    try:
        with connection.cursor() as cursor:
            # A process that has just ended may be there for a moment longer: lock_timeout.
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_WRITER])
    except OperationalError as fault:
        connection.close()
        raise OperationalError(
            f"the record could not be held, because another process keeps it: {on_one_line(fault)}"
        ) from fault


def migrate() -> None:
    """Bring the record's tables up to date; tables of further apps have no place beside them."""
    call_command("migrate", "node", verbosity=0, interactive=False)
