"""From a request of an officer to a page behind the door.

Every page is made anew for who asks, and nobody keeps it. Composing changes nothing; the one view
that gives something gives what an officer's own key has signed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from architrave.node.errors import Busy
from architrave.node.markings import marking_in
from architrave.node.runtime import current
from architrave.peer.errors import StorageUncertain
from architrave.portal import converters  # noqa: F401 - it makes the languages of addresses known
from architrave.portal.contexts import absent_page
from architrave.portal.council.council_data import council_in
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.headers import with_script
from architrave.portal.trouble import in_three
from architrave.portal.workspace.desk.council_desk_context import work_council_page
from architrave.portal.workspace.desk.form_context import form_page, sign_page
from architrave.portal.workspace.desk.given_context import given_page, signed_act, unread_page
from architrave.portal.workspace.desk.own_copy import OwnCopy
from architrave.portal.workspace.desk.pages_desk import WorkSignPage
from architrave.portal.workspace.desk.waiting_context import work_page
from architrave.portal.workspace.officers import Officer, for_officers, officer_of
from architrave.record.sealing import SALT_SIZE, SealedAct

__all__ = ["work_urls"]

_Build = Callable[[OwnCopy, Officer], object | None]


def _copy(language: str) -> OwnCopy:
    runtime = current()
    return OwnCopy(
        runtime.peer,
        language,
        runtime.clock(),
        runtime.register,
        runtime.addresses,
        runtime.contact,
        council_in(runtime.beside),
        forum_in(runtime.beside),
    )


def _shown(
    request: HttpRequest, language: str, template: str, build: _Build, status: int = 200
) -> HttpResponse:
    officer = officer_of(request)
    assert officer is not None  # `for_officers` has asked
    with current().reading():
        copy = _copy(language)
        page = build(copy, officer)
        if page is None:
            template, status, page = "absent", 404, absent_page(copy)
    name = "work_sign" if isinstance(page, WorkSignPage) else template
    response = render(request, f"portal/{name}.html", {"page": page}, status=status)
    response.headers["Content-Language"] = language
    return with_script(response)


@for_officers
@require_safe
def work(request: HttpRequest, language: str) -> HttpResponse:
    """What waits on me."""
    return _shown(request, language, "work", work_page)


@for_officers
@require_safe
def council(request: HttpRequest, language: str) -> HttpResponse:
    """The desk of my body."""
    return _shown(request, language, "work_council", work_council_page)


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """A form; posted, what would be signed. Nothing changes."""
    if request.method != "POST":
        asked = {"about": request.GET.get("about", "")}
        return _shown(
            request, language, "work_form", lambda copy, me: form_page(copy, me, name, asked)
        )
    given = {key: str(value) for key, value in request.POST.items()}
    given.pop("csrfmiddlewaretoken", None)
    return _shown(request, language, "work_form", lambda copy, me: sign_page(copy, me, name, given))


@for_officers
@require_POST
def file(request: HttpRequest, language: str) -> HttpResponse:
    """The text that is to be signed, as a file: just what the page showed comes back."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.startswith("act/v1\n") or marking_in(text) is not None:
        return in_three(400)
    response = HttpResponse(text, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = 'attachment; filename="architrave-to-sign.txt"'
    return response


@for_officers
@require_POST
def give(request: HttpRequest, language: str) -> HttpResponse:
    """A signed entry, given to this copy as at `/peer/act`; what became of it."""
    officer = officer_of(request)
    assert officer is not None
    found = signed_act(request.POST.get("signed", ""), officer)
    if isinstance(found, str):
        return _shown(
            request, language, "work_given", lambda copy, _me: unread_page(copy, found), 400
        )
    data, act = found
    try:
        answer = current().submit(SealedAct(bytes(SALT_SIZE), data))
    except (Busy, StorageUncertain):
        return in_three(503)
    return _shown(
        request,
        language,
        "work_given",
        lambda copy, _me: given_page(copy, act, answer),
        200 if answer.tip is not None else 409,
    )


work_urls = [
    path("<language:language>/work", work),
    path("<language:language>/work/", work),
    path("<language:language>/work/council", council),
    path("<language:language>/work/forms/<slug:name>", form),
    path("<language:language>/work/file", file),
    path("<language:language>/work/give", give),
]
