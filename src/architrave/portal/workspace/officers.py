"""Who is signed in at this copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

__all__ = ["Officer", "for_officers", "officer_of"]


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in: a seat of this capital and its holder as invited."""

    party: str
    seat: str
    holder: str
    language: str
    acts: bool
    """False once the seat has passed to another."""


def officer_of(request: HttpRequest) -> Officer | None:
    """The officer for whom the door has let this request in; None if nobody is signed in."""
    found = getattr(request, "officer", None)
    return found if isinstance(found, Officer) else None


def for_officers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only those in who are signed in; the others are led to the door."""

    @wraps(view)
    def guarded(request: HttpRequest, language: str, **more: object) -> HttpResponseBase:
        response = (
            view(request, language, **more)
            if officer_of(request) is not None
            else HttpResponseRedirect(f"/{language}/work/enter")
        )
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Cookie"])
        return response

    return guarded
