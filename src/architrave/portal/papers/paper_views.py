"""The addresses of papers: build one under the reading lock, make its file after.

Where a file cannot be had, a page says why in one sentence, in the language of the address.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.portal.contexts import absent_page
from architrave.portal.formats import listing
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.pages_rows import Link
from architrave.portal.papers.brief_now import brief_now, read_copy
from architrave.portal.papers.charter_paper import charter_paper
from architrave.portal.papers.errors import Busy, NoFonts, NotMade
from architrave.portal.papers.forum_paper import forum_paper
from architrave.portal.papers.matter_paper import matter_paper
from architrave.portal.papers.model import Paper
from architrave.portal.papers.pages_papers import BriefFileRow, NoPaperPage
from architrave.portal.papers.press import ENDINGS, RETRY_AFTER, Press, can_write
from architrave.portal.papers.register_paper import register_paper
from architrave.portal.papers.shared_copy import shared_copy
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.portal.words import say

__all__ = ["brief", "charter", "council", "forum", "matter", "press", "register"]

_log = logging.getLogger(__name__)

press = Press()
"""The one press of this process."""


@require_safe
def matter(request: HttpRequest, language: str, symbol: str, ending: str) -> HttpResponse:
    """The paper of one matter."""
    path = ("matters", symbol)
    return _paper(language, ending, path, lambda copy: matter_paper(copy, symbol))


@require_safe
def charter(request: HttpRequest, language: str, ending: str) -> HttpResponse:
    """The paper of the charter in force."""
    return _paper(language, ending, ("bodies",), charter_paper)


@require_safe
def register(request: HttpRequest, language: str, ending: str) -> HttpResponse:
    """The paper of the register."""
    return _paper(language, ending, ("register",), register_paper)


@require_safe
def council(request: HttpRequest, language: str, ending: str) -> HttpResponse:
    """The paper of the council's brief."""
    made = brief_now(language)
    return _paper(language, ending, ("council", "brief"), lambda copy: made.paper(copy))


@require_safe
def forum(request: HttpRequest, language: str, ending: str) -> HttpResponse:
    """The paper of the forum's brief; there is none where there is no forum."""
    data = forum_in(current().beside)

    def build(copy: Copy) -> Paper | None:
        return forum_paper(shared_copy(copy), data) if data is not None else None

    return _paper(language, ending, ("forum",), build)


@require_safe
def brief(request: HttpRequest, language: str) -> HttpResponse:
    """The page of the council's brief: its files, their digests, and what they are made from."""
    made = brief_now(language)
    page, paper = read_copy(language, lambda copy: (made.page(copy), made.paper(copy)))
    if page is None or paper is None:
        return _page("absent", read_copy(language, absent_page), language, 404)
    rows = tuple(_file_row(paper, file.file, language) for file in page.files)
    return _page("council_brief", replace(page, files=rows), language, 200)


def _file_row(paper: Paper, link: Link, language: str) -> BriefFileRow:
    ending = link.href.rpartition(".")[2]
    try:
        made = press.printed(paper, ending)
    except NotMade as fault:
        return BriefFileRow(link, "", _reason(fault, language))
    return BriefFileRow(link, hashlib.sha256(made).hexdigest(), "")


def _paper(
    language: str, ending: str, path: tuple[str, ...], build: Callable[[Copy], Paper | None]
) -> HttpResponse:
    if not can_write(ending):
        return _refusal(language, path, say("paper-no-writer", language))
    paper = read_copy(language, build)
    if paper is None:
        return _page("absent", read_copy(language, absent_page), language, 404)
    try:
        return _file(paper, press.printed(paper, ending), ending)
    except NotMade as fault:
        if not isinstance(fault, Busy):
            _log.warning("%s.%s: %s", paper.name, ending, fault)
        answer = _refusal(language, path, _reason(fault, language))
        if isinstance(fault, Busy):
            answer.headers["Retry-After"] = str(RETRY_AFTER)
        return answer


def _reason(fault: NotMade, language: str) -> str:
    """What a reader is told."""
    match fault:
        case Busy():
            return say("paper-busy", language)
        case NoFonts(languages=missing):
            tongues = [say("tongue", one) for one in missing]
            return say("paper-no-font", language, tongue=listing(tongues, language))
        case _:
            return say("paper-unset", language)


def _refusal(language: str, path: tuple[str, ...], reason: str) -> HttpResponse:
    def build(copy: Copy) -> NoPaperPage:
        title = copy.say("paper-not-now")
        address = copy.address(*path)
        return NoPaperPage(frame_of(copy, title, *path), reason, link_to(address, address))

    return _page("no_paper", read_copy(language, build), language, 503)


def _page(template: str, page: object, language: str, status: int) -> HttpResponse:
    text = render_to_string(f"portal/{template}.html", {"page": page})
    response = HttpResponse(text, status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-cache"
    return response


def _file(paper: Paper, made: bytes, ending: str) -> HttpResponse:
    response = HttpResponse(made, content_type=ENDINGS[ending])
    readable = re.sub(r'[\\/:*?"<>|\s]+', " ", paper.title).strip()[:60]
    named = quote(f"{paper.name} {readable}.{ending}", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{paper.name}.{ending}\"; filename*=UTF-8''{named}"
    )
    response.headers["Content-Language"] = paper.language
    response.headers["Cache-Control"] = "no-cache"
    return response
