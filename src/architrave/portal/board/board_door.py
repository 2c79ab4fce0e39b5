"""The door of the board: one folder, one planner, one machine.

It answers a request only if it names this very host, begins with the secret that was printed at the
start, and, where something is to be kept, comes from a page of this process: its origin and its
token say so. It sets no cookie and asks nobody. This is a WSGI application of its own, so that none
of it can be reached through a node.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

from architrave.portal.headers import HEADERS, SCRIPT_POLICY

__all__ = ["Answer", "Asked", "Door", "plain_answer"]

MOST_BYTES = 64 << 10
ASSETS = {
    "pages.css": "text/css; charset=utf-8",
    "board.css": "text/css; charset=utf-8",
    "board.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
# A form of ours must say where it comes from, and no other page is to learn the address.
STRICT = {
    **HEADERS,
    "Content-Security-Policy": SCRIPT_POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was let in: its method, its path behind the secret, and its fields."""

    method: str
    path: str
    fields: Mapping[str, str]
    languages: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    content: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    more: Mapping[str, str] = field(default_factory=dict)


def plain_answer(status: int, text: str) -> Answer:
    """A line of text, for those who have no business here."""
    return Answer(f"{text}\n".encode(), status, "text/plain; charset=utf-8")


class Door:
    """Lets requests in, or not. `hosts` are the names by which this machine asks for itself."""

    def __init__(self, answer: Callable[[Asked], Answer], hosts: Iterable[str]) -> None:
        self.answer = answer
        self.hosts = frozenset(hosts)
        self.secret = secrets.token_urlsafe(24)
        self.token = secrets.token_urlsafe(24)

    @property
    def base(self) -> str:
        """The beginning of every address here."""
        return f"/{self.secret}"

    def __call__(self, environ: Mapping[str, Any], start: Callable[..., object]) -> list[bytes]:
        """WSGI."""
        answer = self._answered(environ)
        status = HTTPStatus(answer.status)
        headers = {**STRICT, "Content-Type": answer.kind, **answer.more}
        headers["Content-Length"] = str(len(answer.content))
        start(f"{status.value} {status.phrase}", list(headers.items()))
        return [answer.content]

    def _answered(self, environ: Mapping[str, Any]) -> Answer:
        if environ.get("HTTP_HOST", "") not in self.hosts:
            return plain_answer(421, "This address is not served here.")
        first, _, path = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if not secrets.compare_digest(first.encode("utf-8", "replace"), self.secret.encode()):
            return plain_answer(404, "There is nothing here.")
        method = environ.get("REQUEST_METHOD", "")
        if method == "GET" and path.startswith("static/"):
            return _asset(path.removeprefix("static/"))
        if method == "GET":
            fields = environ.get("QUERY_STRING", "")
        elif method == "POST":
            if not self._from_here(environ):
                return plain_answer(403, "This does not come from a page of the board.")
            size = environ.get("CONTENT_LENGTH") or "0"
            if not size.isdecimal() or int(size) > MOST_BYTES:
                return plain_answer(413, "This is too long.")
            fields = environ["wsgi.input"].read(int(size)).decode("utf-8", "replace")
        else:
            return plain_answer(405, "Pages are read, or forms sent.")
        asked = Asked(method, path, _fields(fields), environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        token = asked.fields.get("token", "")
        if method == "POST" and not secrets.compare_digest(token.encode(), self.token.encode()):
            return plain_answer(403, "This does not come from a page of the board.")
        return self.answer(asked)

    def _from_here(self, environ: Mapping[str, Any]) -> bool:
        if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            return False
        return bool(environ.get("HTTP_ORIGIN", "") == f"http://{environ['HTTP_HOST']}")


def _fields(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=40))
    except ValueError:  # more fields than any form here has
        return {}


def _asset(name: str) -> Answer:
    if name not in ASSETS:
        return plain_answer(404, "There is nothing here.")
    content = files("architrave.portal").joinpath(f"static/portal/{name}").read_bytes()
    return Answer(content, 200, ASSETS[name])
