"""Searching, counting and citing: the views of a reader who looks for something."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.portal.council.council_data import council_in
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.headers import with_script
from architrave.portal.keeping import place_of, watched
from architrave.portal.places import row_path, symbol_place
from architrave.portal.reading import Copy
from architrave.portal.register.register_context import row_page
from architrave.portal.research.research_context import FIELDS, research_page
from architrave.portal.search.search_context import consultation_page, looking, search_page
from architrave.portal.views import not_found, show, wanted

__all__ = ["consultation", "research", "row", "search", "to_row", "to_symbol"]

_DIGITS = 9  # of the number of a page


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    """What answers a query."""
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(
            peer,
            language,
            runtime.clock(),
            runtime.register,
            runtime.addresses,
            council=council_in(runtime.beside),
            forum=forum_in(runtime.beside),
        )
        asked, number = request.GET.get("q", ""), _number(request.GET.get("page", "1"))
        place = place_of(copy, f"search {number} {asked}")
        content = place.found()
        if content is None:
            seen = watched(copy)
            it = looking(seen, asked, number)
    if content is None:
        # Whoever asks for much waits alone: the node is not held up while the index is read.
        page = search_page(it) if number else None
        if page is None:
            return not_found(request)
        text = render_to_string("portal/search.html", {"page": page})
        content = place.keep(seen, text)
    response = HttpResponse(content)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-cache"
    return with_script(response)


def _number(text: str) -> int:
    """The number of a page; 0, which no page has, for what is none."""
    digits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if digits else 0


@require_safe
def research(request: HttpRequest, language: str) -> HttpResponse:
    """Counts for researchers."""
    asked = {name: request.GET.get(name, "") for name in FIELDS}
    return show("research", language, lambda copy: research_page(copy, asked), urlencode(asked))


@require_safe
def consultation(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """One consultation."""
    return show("consultation", language, lambda copy: consultation_page(copy, symbol), symbol)


@require_safe
def row(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """One row of the register."""
    return show("row", language, lambda copy: row_page(copy, name), name)


@require_safe
def to_symbol(request: HttpRequest, symbol: str) -> HttpResponseBase:
    """From the address that stays to the page of a matter or a consultation."""
    return _lead(request, lambda copy: symbol_place(copy, symbol))


@require_safe
def to_row(request: HttpRequest, name: str) -> HttpResponseBase:
    """From the address that stays to a row of the register."""
    return _lead(request, lambda copy: (path, "") if (path := row_path(copy, name)) else None)


def _lead(
    request: HttpRequest, find: Callable[[Copy], tuple[tuple[str, ...], str] | None]
) -> HttpResponseBase:
    """Lead to a page in the reader's language; the page in words if there is none."""
    language = wanted(request)
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, language, runtime.clock(), runtime.register, runtime.addresses)
        found = find(copy)
        path, anchor = found or ((), "")
        address = copy.address(*path) + (f"#{anchor}" if anchor else "") if found else ""
    if not address:
        return not_found(request)
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response
