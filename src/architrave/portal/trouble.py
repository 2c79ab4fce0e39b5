"""What a browser shows of an answer that is no page: a few words in each language.

Programs ask at the same addresses and read errors as JSON, so only who asks for HTML gets words.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html, format_html_join

from architrave.portal.words import LANGUAGES, say

__all__ = ["errors_in_words", "in_three"]

_WORDS = {
    400: "trouble-address",
    404: "absent-text",
    405: "trouble-method",
    413: "trouble-long",
    503: "trouble-stopped",
}
_OTHER = "failed"


def in_three(status: int) -> HttpResponse:
    """An error of this status in all three languages. It needs nothing that may be at fault."""
    name = _WORDS.get(status, _OTHER)
    lines = ((language, say(name, language)) for language in LANGUAGES)
    page = format_html(
        "<!doctype html><title>{}</title>\n"
        '<meta name="viewport" content="width=device-width">\n{}\n',
        status,
        format_html_join("\n", '<p lang="{}">{}</p>', lines),
    )
    response = HttpResponse(page, status=status)
    response.headers["Content-Language"] = ", ".join(LANGUAGES)
    return response


def errors_in_words(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware: an error that is no page of ours is put in words for a browser."""

    def answer_in_words(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        # Every page of ours says in which language it is.
        if response.status_code < 400 or "Content-Language" in response.headers:
            return response
        patch_vary_headers(response, ["Accept"])
        if response.streaming or "text/html" not in request.headers.get("Accept", ""):
            return response
        worded = in_three(response.status_code)
        response.content = worded.content
        response.headers["Content-Length"] = str(len(worded.content))
        for name in ("Content-Type", "Content-Language"):
            response.headers[name] = worded.headers[name]
        return response

    return answer_in_words
