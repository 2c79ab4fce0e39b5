"""What the workspace answers where it lets nobody on: one sentence, and a status."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from architrave.portal.views import show, wanted
from architrave.portal.words import LANGUAGES, say
from architrave.portal.workspace.workspace_context import trouble_page

__all__ = ["absent", "not_installed", "stale_form", "too_often"]


def not_installed(_request: HttpRequest, language: str) -> HttpResponse:
    """This copy has no workspace."""
    return _trouble(language, say("work-not-installed", language), 404, False)


def absent(_request: HttpRequest, language: str, rest: str = "") -> HttpResponse:
    """No page of the workspace has this address."""
    return _trouble(language, say("absent-text", language), 404, True)


def too_often(language: str) -> HttpResponse:
    """Too many tries from one place."""
    response = _trouble(language, say("work-too-often", language), 429, False)
    response.headers["Retry-After"] = "60"
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose word is missing or old, as Django's middleware finds (`reason` is for logs)."""
    first = request.path.split("/")[1]
    language = first if first in LANGUAGES else wanted(request)
    return _trouble(language, say("work-stale", language), 403, True)


def _trouble(language: str, text: str, status: int, enter: bool) -> HttpResponse:
    response = show("work_trouble", language, lambda copy: trouble_page(copy, text, enter))
    response.status_code = status
    return response
