"""The pages: what a reader sees of one capital's copy of the record, in the charter's languages.

`urls.urlpatterns` wires it; `contexts`, `matter_context` and `register_context` build one frozen
dataclass of `pages` for each page; `words.csv` is the only source of screen words;
`reasons.csv` says in Korean and Japanese why an entry changes nothing.
"""

from __future__ import annotations

import logging

APPS = ("django_htmx",)

MIDDLEWARE = (
    "architrave.portal.headers.strict_headers",
    "architrave.portal.trouble.errors_in_words",
    "whitenoise.middleware.WhiteNoiseMiddleware",
)


def begin() -> None:
    """At the node's start: say that officers cannot sign in here, where they cannot."""
    from django.apps import apps

    from architrave.portal.workspace.setting_up import WORKSPACE

    if not apps.is_installed(WORKSPACE):
        logging.getLogger("architrave.portal").info(
            "officers cannot sign in: the extra `workspace` is not installed."
        )
