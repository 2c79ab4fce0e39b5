"""The page that compares two points of the minute books, and the proof that it lets one take.

Dates are asked for in the address. Checkpoints are pasted into a form that is sent as a body,
because they may be long; nothing is kept of it, and it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from architrave.node.runtime import current
from architrave.portal.file_answers import file_answer
from architrave.portal.headers import with_script
from architrave.portal.proofs.pages_since import SincePage
from architrave.portal.proofs.since_context import FIELDS, LONGEST, Pasted, compared, since_page
from architrave.portal.proofs.since_files import pair_file
from architrave.portal.reading import Copy
from architrave.portal.views import show

__all__ = ["since"]


@require_http_methods(["GET", "HEAD", "POST"])
def since(request: HttpRequest, language: str) -> HttpResponse:
    """Whether the minute books were rewritten between two points."""
    if request.method == "POST":
        return _pasted(request, language)
    asked = {name: request.GET.get(name, "") for name in FIELDS}
    return _shown(language, asked, None, "" if any(asked.values()) else "/")


def _pasted(request: HttpRequest, language: str) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        response = show("since", language, _too_long)
        response.status_code = 413
        return with_script(response)
    pasted = Pasted(request.POST.get("older", ""), request.POST.get("newer", ""))
    number = request.POST.get("proof", "")
    if number:
        file = _file(language, pasted, number)
        if file:
            json = file.startswith(b"{")
            kind = "application/json" if json else "text/plain; charset=utf-8"
            name = "two-histories.json" if json else "continues.txt"
            return file_answer(request, file, kind, name, kept="no-store")
    return _shown(language, {}, pasted, "")


def _file(language: str, pasted: Pasted, number: str) -> bytes:
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, language, runtime.clock(), runtime.register, runtime.addresses)
        found = compared(copy, pasted)
    if isinstance(found, str) or number not in map(str, range(len(found))):
        return b""
    return pair_file(found[int(number)])


def _too_long(copy: Copy) -> SincePage:
    return replace(since_page(copy, {}), fault=copy.say("since-fault-long", n=LONGEST))


def _shown(
    language: str, asked: Mapping[str, str], pasted: Pasted | None, kept_as: str
) -> HttpResponse:
    faults: list[str] = []

    def build(copy: Copy) -> SincePage:
        page = since_page(copy, asked, pasted)
        faults.append(page.fault)
        return page

    response = show("since", language, build, kept_as)
    if any(faults):
        response.status_code = 400
    return with_script(response)
