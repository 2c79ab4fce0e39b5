"""Calendars and feeds, and the page that tells of them.

A feed is asked for again and again: it says by ETag and Last-Modified whether there is news.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.portal.feeds.calendar_context import calendar_page
from architrave.portal.feeds.calendar_file import calendar_bytes, calendar_file
from architrave.portal.feeds.feed_bytes import atom_bytes, json_bytes
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.feeds.feed_files import file_place
from architrave.portal.reading import Copy
from architrave.portal.views import show

__all__ = ["atom", "calendar", "ics", "json"]

_NUMBER = re.compile("[1-9][0-9]{0,8}")


@require_safe
def calendar(request: HttpRequest, language: str) -> HttpResponse:
    """The page of the calendar."""
    return show("calendar", language, calendar_page, "/")


@require_safe
def ics(request: HttpRequest, language: str, body: str = "") -> HttpResponseBase:
    """The calendar of the institution, or of one body."""

    def build(copy: Copy) -> Callable[[], bytes] | None:
        file = calendar_file(copy, body)
        return None if file is None else lambda: calendar_bytes(file)

    return _send(request, language, "text/calendar", (body,), build)


@require_safe
def atom(request: HttpRequest, language: str, topic: str, body: str = "") -> HttpResponseBase:
    """A feed as Atom."""
    number = _page(request)

    def build(copy: Copy) -> Callable[[], bytes] | None:
        found = feed(copy, topic, body, number) if number else None
        return None if found is None else lambda: atom_bytes(found)

    return _send(request, language, "application/atom+xml", _kept_as(topic, body, number), build)


@require_safe
def json(request: HttpRequest, language: str, topic: str, body: str = "") -> HttpResponseBase:
    """A feed as JSON Feed."""
    number = _page(request)

    def build(copy: Copy) -> Callable[[], bytes] | None:
        found = feed(copy, topic, body, number) if number else None
        return None if found is None else lambda: json_bytes(found)

    return _send(request, language, "application/feed+json", _kept_as(topic, body, number), build)


def _page(request: HttpRequest) -> int:
    """The page of a feed that is asked for, from 1; 0 if that is no number."""
    given = request.GET.get("page", "1")
    return int(given) if _NUMBER.fullmatch(given) else 0


def _kept_as(topic: str, body: str, number: int) -> tuple[str, ...]:
    """Under what a page of a feed is kept: the first alone, for which followers ask again."""
    return (body, topic) if number == 1 else ()


def _send(
    request: HttpRequest,
    language: str,
    kind: str,
    name: tuple[str, ...],
    build: Callable[[Copy], Callable[[], bytes] | None],
) -> HttpResponseBase:
    """Build under the reading lock, write after; the page in words if there is nothing.

    What was written is given to all who ask, for as long as the record stands where it stood;
    nothing is kept without a `name`.
    """
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, language, runtime.clock(), runtime.register, runtime.addresses)
        place = file_place(copy, (language, kind, *name)) if name else None
        content, last = place.found() if place else None, _last(copy, runtime.started)
        write = build(copy) if content is None else None
    if content is None:
        if write is None:
            return show("absent", language, lambda copy: None)
        content = place.keep(write()) if place else write()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(last)
    answer = get_conditional_response(request, etag=etag, last_modified=last, response=response)
    assert answer is not None
    return answer


def _last(copy: Copy, started: int) -> int:
    """The time (s) of the last line of any book or of the node's start, none in the future.

    Whatever comes in from elsewhere, however old it says it is, is followed by a line of this
    capital's own book: so this grows when anything does. What is in no book, the register's files,
    words and addresses, is read when a node starts.
    """
    tips = [tip for one in copy.order if (tip := copy.view.tip(one)) is not None]
    times = [copy.view.history.entry(tip).header.t for tip in tips]
    return min(max([started, *times]), copy.now) // 1000
