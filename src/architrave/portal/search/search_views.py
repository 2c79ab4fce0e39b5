"""Searching, counting and citing: the views of a reader who looks for something."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.portal.council.council_data import council_in
from architrave.portal.headers import with_script
from architrave.portal.keeping import place_of, watched
from architrave.portal.places import row_path, symbol_path
from architrave.portal.reading import Copy
from architrave.portal.register.register_context import row_page
from architrave.portal.research.research_context import FIELDS, research_page
from architrave.portal.search.search_context import consultation_page, looking, search_page
from architrave.portal.views import not_found, preferred, show

__all__ = ["consultation", "research", "row", "search", "to_row", "to_symbol"]


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
        )
        asked = request.GET.get("q", "")
        place = place_of(copy, f"search {asked}")
        content = place.found()
        if content is None:
            seen = watched(copy)
            it = looking(seen, asked)
    if content is None:
        # Whoever asks for much waits alone: the node is not held up while the index is read.
        text = render_to_string("portal/search.html", {"page": search_page(it)})
        content = place.keep(seen, text)
    response = HttpResponse(content)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-cache"
    return with_script(response)


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
    return _lead(request, lambda copy: symbol_path(copy, symbol))


@require_safe
def to_row(request: HttpRequest, name: str) -> HttpResponseBase:
    """From the address that stays to a row of the register."""
    return _lead(request, lambda copy: row_path(copy, name))


def _lead(request: HttpRequest, find: Callable[[Copy], tuple[str, ...] | None]) -> HttpResponseBase:
    """Lead to a page in the reader's language; the page in words if there is none."""
    language = preferred(request.headers.get("Accept-Language", ""))
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, language, runtime.clock(), runtime.register, runtime.addresses)
        path = find(copy)
        address = copy.address(*path) if path is not None else ""
    if not address:
        return not_found(request)
    response = HttpResponseRedirect(address)
    response.headers["Vary"] = "Accept-Language"
    return response
