"""Django's settings for one node, made in code: there is no settings file to edit."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

__all__ = ["configure", "migrate"]


def configure(database: Path, urls: str, apps: tuple[str, ...] = ()) -> None:
    """Configure Django for the record in `database`, pages from `urls` and further `apps`."""
    if settings.configured:
        return
    settings.configure(
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="no cookie and no form of this process is signed",
        ROOT_URLCONF=urls,
        INSTALLED_APPS=["architrave.node.apps.NodeConfig", *apps],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(database),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        USE_TZ=True,
        APPEND_SLASH=False,
        LOGGING_CONFIG=None,
        DATA_UPLOAD_MAX_MEMORY_SIZE=64 << 20,
    )
    django.setup()


def migrate() -> None:
    """Bring the record's tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)
