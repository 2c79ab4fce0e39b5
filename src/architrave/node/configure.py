"""Django's settings for one node, made in code: there is no settings file to edit."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

__all__ = ["configure", "migrate", "settings_for"]


def settings_for(database: Path, urls: str, apps: tuple[str, ...] = ()) -> dict[str, Any]:
    """Django's settings. A further app may bring middleware: a tuple MIDDLEWARE in its package."""
    brought = [one for app in apps for one in getattr(import_module(app), "MIDDLEWARE", ())]
    shown = ("django.contrib.staticfiles",) if apps else ()
    return {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["*"],
        "SECRET_KEY": "no cookie and no form of this process is signed",
        "ROOT_URLCONF": urls,
        "INSTALLED_APPS": ["architrave.node.apps.NodeConfig", *shown, *apps],
        "MIDDLEWARE": [*brought, "django.middleware.common.CommonMiddleware"],
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
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        "USE_TZ": True,
        "APPEND_SLASH": False,
        "LOGGING_CONFIG": None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 64 << 20,
    }


def configure(database: Path, urls: str, apps: tuple[str, ...] = ()) -> None:
    """Configure Django for the record in `database`, pages from `urls` and further `apps`."""
    if settings.configured:
        return
    settings.configure(**settings_for(database, urls, apps))
    django.setup()


def migrate() -> None:
    """Bring the record's tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)
