"""Which pages there are: all that a reader of one language can reach from the front page by links.

New pages are found by themselves. Where many pages are of one form (one for each line of a book,
say), all are fetched, and a few of them are enough for a browser to look at: `looked_at`. Of files
of one form (proofs of each line, papers that take seconds to set) only the first few are fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

__all__ = ["Site", "crawl"]

MOST = 2_000  # a crawl that goes on beyond this has met addresses without end
ALIKE = 6  # so many pages of one place and depth are looked at, and files of one ending fetched
LEADS_ON = re.compile(r"/$|/[rs]/")
"""The front door, and the addresses that stay: they lead to the page in the reader's language."""


@dataclass
class Site:
    """The pages of one node in one language: path and query to the page's source."""

    origin: str
    language: str
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """What is linked and is no page: its path, and of which type it is."""

    def enough_of(self, path: str) -> bool:
        """Whether enough files of a form were fetched: of one place, depth and ending."""
        form = _form_of_file(path)
        return bool(form[-1]) and sum(_form_of_file(one) == form for one in self.files) >= ALIKE

    def looked_at(self) -> list[str]:
        """The pages for a browser: all of them, but of one form only the first few."""
        seen: dict[tuple[object, ...], int] = {}
        chosen = []
        for path in self.pages:
            parts = urlsplit(path).path.split("/")
            form = (*parts[:3], len(parts))
            seen[form] = seen.get(form, 0) + 1
            if seen[form] <= ALIKE:
                chosen.append(path)
        return chosen


def _form_of_file(path: str) -> tuple[object, ...]:
    """Where a file lies, how deep, and its ending; "" at the end for what has none."""
    parts = urlsplit(path).path.split("/")
    return (*parts[:2], len(parts), PurePosixPath(parts[-1]).suffix)


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


def own_links(site: Site, path: str) -> Iterable[str]:
    """Where a page's links lead on its own node, without other languages and without fragments."""
    for link in Links(site.pages[path]).found:
        address = urldefrag(urljoin(site.origin + path, link)).url
        if address.startswith(site.origin + "/"):
            target = address.removeprefix(site.origin)
            tongue = re.match(r"/(\w\w)(?:/|$)", target)
            if tongue is None or tongue[1] == site.language:
                yield target


def crawl(origin: str, language: str) -> Site:
    """Every page, in the order in which a reader comes upon it; AssertionError if one fails."""
    site = Site(origin, language)
    waiting = [f"/{language}/"]
    led: set[str] = set()
    # The front door leads on by the reader's language; every other page answers by itself.
    with httpx.Client(
        timeout=60, trust_env=False, headers={"Accept-Language": language}, follow_redirects=True
    ) as web:
        while waiting:
            path = waiting.pop(0)
            if path in site.pages or path in site.files or path in led or site.enough_of(path):
                continue
            assert len(site.pages) < MOST, f"more than {MOST} pages; the last: {path}"
            answer = web.get(origin + path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            if answer.history:
                assert LEADS_ON.match(path), f"{path} leads on to {answer.url}"
                led.add(path)
                path = answer.url.path
            kind = answer.headers.get("content-type", "").partition(";")[0]
            if kind == "text/html":
                site.pages[path] = answer.text
                waiting += own_links(site, path)
            else:
                site.files[path] = kind
    return site
