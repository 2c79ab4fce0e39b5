"""Django middleware of every node: plain headers, and no answer from a node that has stopped."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from architrave.peer.errors import StorageUncertain

__all__ = ["HEADERS", "plain_headers", "stopped_node"]

_Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def plain_headers(answer: _Answer) -> _Answer:
    """Add headers that keep a browser from guessing, framing and telling; pages may say more."""

    def answer_plainly(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer_plainly


class _Stopped:
    def __init__(self, answer: _Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, _request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Say 503 where the node holds in memory what may not be on its disk."""
        if not isinstance(fault, StorageUncertain):
            return None
        return JsonResponse({"error": str(fault)}, status=503)


def stopped_node(answer: _Answer) -> _Answer:
    """Answer 503 in place of pages that would show what may never have been written."""
    return _Stopped(answer)
