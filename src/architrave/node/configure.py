"""Django's settings for one node, made in code: there is no settings file to edit.

No cookie is set and no form is signed, so neither web sessions nor their middleware are here.
Threads that serve the web read: only a thread that has said `may_write` gets a connection that
writes.
"""

from __future__ import annotations

import secrets
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db.backends.signals import connection_created

__all__ = ["MAX_BODY", "configure", "may_write", "migrate", "settings_for"]

MAX_BODY = 16 << 20
"""Bytes of the largest request that is read; a batch between nodes is cut well below it."""

_writers = threading.local()


def settings_for(
    database: Path,
    urls: str,
    apps: tuple[str, ...] = (),
    middleware: tuple[str, ...] = (),
    hosts: tuple[str, ...] = ("*",),
) -> dict[str, Any]:
    """Django's settings. A further app may bring middleware: a tuple MIDDLEWARE in its package.

    `hosts` are the names by which a browser may ask for this node.
    """
    brought = [one for app in apps for one in getattr(import_module(app), "MIDDLEWARE", ())]
    shown = ("django.contrib.staticfiles",) if apps else ()
    return {
        "DEBUG": False,
        "ALLOWED_HOSTS": list(hosts),
        "SECRET_KEY": secrets.token_hex(32),
        "ROOT_URLCONF": urls,
        "INSTALLED_APPS": ["architrave.node.apps.NodeConfig", *shown, *apps],
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
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(database),
                # Closed after each request; the keeper and the main thread close their own.
                "CONN_MAX_AGE": 0,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": (
                        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    ),
                },
            }
        },
        "USE_TZ": True,
        "APPEND_SLASH": False,
        "LOGGING_CONFIG": None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MAX_BODY,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 200,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 0,
    }


def configure(
    database: Path,
    urls: str,
    apps: tuple[str, ...] = (),
    middleware: tuple[str, ...] = (),
    hosts: tuple[str, ...] = ("*",),
) -> None:
    """Configure Django for the record in `database`, pages from `urls` and further `apps`."""
    if settings.configured:
        return
    settings.configure(**settings_for(database, urls, apps, middleware, hosts))
    django.setup()
    connection_created.connect(_bind, dispatch_uid="architrave.node.configure")


def may_write() -> None:
    """Let the connections that this thread opens from now on write."""
    _writers.allowed = True


def _bind(connection: Any, **_signal: object) -> None:
    if connection.vendor == "sqlite" and not getattr(_writers, "allowed", False):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")


def migrate() -> None:
    """Bring the record's tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)
