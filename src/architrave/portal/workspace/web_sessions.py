"""Web sessions below /<language>/work, and nowhere else: no public page reads or sets a cookie."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from architrave.portal.words import LANGUAGES
from architrave.portal.workspace.setting_up import HOURS

__all__ = ["FRESH", "entered", "entering", "fresh", "web_session_at_work"]

FRESH = timedelta(minutes=10)
"""Passkeys are changed so soon after signing in, or one signs in again first."""
ENTERING = timedelta(minutes=10)
"""How long whoever is about to sign in may take."""

_WORK = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/work(?:/|$)")
_ENTERED = "architrave-entered"

Answer = Callable[[HttpRequest], HttpResponseBase]


def web_session_at_work(answer: Answer) -> Answer:
    """Django middleware: a web session, and who is signed in by it, for the workspace alone."""
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware as WebSessionMiddleware

    at_work: Any = WebSessionMiddleware(AuthenticationMiddleware(answer))  # type: ignore[arg-type]

    def answer_there(request: HttpRequest) -> HttpResponseBase:
        found: HttpResponseBase = (at_work if _WORK.match(request.path) else answer)(request)
        return found

    return answer_there


def entering(request: HttpRequest) -> None:
    """Let the web session of somebody who is about to sign in end soon."""
    from django.contrib.sessions.models import Session as WebSession

    if not request.user.is_authenticated:
        request.session.set_expiry(timezone.now() + ENTERING)
    # What has ended is cleared away here, where new ones begin.
    WebSession.objects.filter(expire_date__lt=timezone.now()).delete()


def entered(request: HttpRequest) -> None:
    """Note that somebody has signed in just now; the web session ends at a fixed time."""
    now = timezone.now()
    request.session[_ENTERED] = now.timestamp()
    request.session.set_expiry(now + timedelta(hours=HOURS))


def fresh(request: HttpRequest) -> bool:
    """Whether somebody has signed in so lately that they may change their passkeys."""
    at = request.session.get(_ENTERED, 0.0)
    return bool(timezone.now().timestamp() - at < FRESH.total_seconds())
