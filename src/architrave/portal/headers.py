"""Headers that let a browser do nothing which these pages do not need: no script, no cookie.

A few pages run a script: the one that checks the record in the reader's browser, and those that
follow the record or what is typed (`with_script`). It comes from this very copy, as a file, and may
ask nobody else.
A form may ask this very node, which is how a search works and how notes are compared.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

__all__ = ["HEADERS", "SCRIPT_POLICY", "strict_headers", "with_script"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

SCRIPT_POLICY = f"{HEADERS['Content-Security-Policy']}; script-src 'self'; connect-src 'self'"
"""The content security policy of a page that runs a script: files of this node, no code in text."""


def with_script(response: HttpResponse) -> HttpResponse:
    """Let a page run this node's own scripts; what stands where there is no page needs none."""
    if response.status_code != 404:
        response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    return response


def strict_headers(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware: adds the headers to every response of this process."""

    def answer_strictly(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer_strictly
