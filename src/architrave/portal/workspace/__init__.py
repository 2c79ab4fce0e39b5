"""The workspace: pages of one capital's copy that its officers see and the public does not.

It rests on Django's accounts and django-allauth, which the extra `workspace` installs; where that
is missing, the addresses below ``/<language>/work`` say so. Accounts lie in a database of their own
in the node's folder. `officers` is what other pages need: who is signed in, and whether they act.
"""

from __future__ import annotations

from architrave.portal.workspace.setting_up import begin, settings_in

__all__ = ["APPS", "MIDDLEWARE", "begin", "settings_in"]

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
)

MIDDLEWARE = (
    "architrave.portal.workspace.web_sessions.web_session_at_work",
    "allauth.account.middleware.AccountMiddleware",
)
