"""From a request to a page: read the peer under its lock, build the context, then render.

No page changes anything, sets a cookie or needs a script; some are better with one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.peer.errors import StorageUncertain
from architrave.portal.contexts import absent_page, home_page, matters_page, verify_page
from architrave.portal.council.council_data import council_in
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.headers import with_script
from architrave.portal.keeping import place_of, watched
from architrave.portal.matters.matter_context import matter_page
from architrave.portal.reading import Copy
from architrave.portal.record_context import record_page
from architrave.portal.register.register_context import events_page, register_page
from architrave.portal.tongue import house_language, preferred
from architrave.portal.trouble import in_three
from architrave.portal.words import LANGUAGES

__all__ = [
    "events",
    "failed",
    "home",
    "matter",
    "matters",
    "not_found",
    "record",
    "register",
    "show",
    "start",
    "verify",
    "wanted",
]


def show(
    template: str, language: str, build: Callable[[Copy], object | None], kept_as: str = ""
) -> HttpResponse:
    """Build a page under the reading lock, render it after; the page in words if there is none.

    `kept_as` is everything that `build` takes from the address: the page is then kept as written
    for as long as nothing that it shows has changed. Empty if it may not be kept.
    """
    runtime, status = current(), 200
    with runtime.reading() as peer:
        copy = Copy(
            peer,
            language,
            runtime.clock(),
            runtime.register,
            runtime.addresses,
            runtime.contact,
            council_in(runtime.beside),
            forum_in(runtime.beside),
        )
        place = place_of(copy, f"{template} {kept_as}") if kept_as else None
        content = place.found() if place is not None else None
        if content is None:
            seen = watched(copy) if place is not None else copy
            page = build(seen)
            if page is None:
                template, status, page, place = "absent", 404, absent_page(copy), None
    if content is None:
        text = render_to_string(f"portal/{template}.html", {"page": page})
        content = place.keep(seen, text) if place is not None else text.encode()
    response = HttpResponse(content, status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """To the front page in the reader's language."""
    response = HttpResponseRedirect(f"/{wanted(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def wanted(request: HttpRequest) -> str:
    """The language of a reader who asked at an address without one. No cookie says it."""
    header = request.headers.get("Accept-Language", "")
    return preferred(header, house_language(current()))


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The front page."""
    return with_script(show("home", language, home_page, "/"))


@require_safe
def matters(request: HttpRequest, language: str) -> HttpResponse:
    """Every matter."""
    return show("matters", language, matters_page, "/")


@require_safe
def matter(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """One matter."""
    return show("matter", language, lambda copy: matter_page(copy, symbol), symbol)


@require_safe
def register(request: HttpRequest, language: str, number: int = 1) -> HttpResponse:
    """The promises of the register."""
    return show("register", language, lambda copy: register_page(copy, number), str(number))


@require_safe
def events(request: HttpRequest, language: str, number: int = 1) -> HttpResponse:
    """The events of the register."""
    return show("events", language, lambda copy: events_page(copy, number), str(number))


@require_safe
def record(
    request: HttpRequest, language: str, party: str = "", number: int | None = None
) -> HttpResponse:
    """A minute book; this capital's own if none is named."""

    def build(copy: Copy) -> object | None:
        names = {one.lower(): one for one in copy.order}
        chosen = names.get(party) if party else copy.peer.party
        return record_page(copy, chosen, number) if chosen is not None else None

    return show("record", language, build, f"{party or current().peer.party.lower()} {number}")


@require_safe
def verify(request: HttpRequest, language: str) -> HttpResponse:
    """How to check the record, and a script that does so in the browser."""
    return with_script(show("verify", language, verify_page, "/"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address without one."""
    first = request.path.split("/")[1]
    language = first if first in LANGUAGES else wanted(request)
    try:
        response = show("absent", language, lambda copy: None)
    except StorageUncertain:
        # Django would take what is raised here, unlike in a page, for a fault of ours.
        response = in_three(503)
    if first not in LANGUAGES:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: it needs nothing that may be at fault."""
    return in_three(500)
