"""From a request to a page of the workspace: built under the reading lock, rendered after it.

Unlike a public page it is never kept, and may hold a form with its word against forgery.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.context_processors import csrf
from django.template.loader import render_to_string

from architrave.node.runtime import current
from architrave.portal.council.council_data import council_in
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.headers import with_script
from architrave.portal.reading import Copy

__all__ = ["copy_for", "show_work"]


def show_work(
    request: HttpRequest,
    language: str,
    template: str,
    build: Callable[[Copy], object],
    script: bool = False,
) -> HttpResponse:
    """A page of the workspace from the template of this name; `script` lets it run ours."""
    with current().reading():
        page = build(copy_for(language))
    words = {"page": page, "csrf_token": csrf(request)["csrf_token"]}
    response = HttpResponse(render_to_string(f"portal/{template}.html", words))
    response.headers["Content-Language"] = language
    return with_script(response) if script else response


def copy_for(language: str) -> Copy:
    """This capital's copy in a language; to be asked for while the peer is read."""
    runtime = current()
    return Copy(
        runtime.peer,
        language,
        runtime.clock(),
        runtime.register,
        runtime.addresses,
        runtime.contact,
        council_in(runtime.beside),
        forum_in(runtime.beside),
    )
