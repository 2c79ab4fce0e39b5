"""Pages that are better with a script: what they ask htmx to do, and what it may do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from page_scenes import opened

import architrave.portal as portal
from architrave.portal.headers import HEADERS, SCRIPT_POLICY, with_script
from architrave.portal.words import LANGUAGES, say

FOLDER = Path(portal.__file__).parent
SCRIPT = FOLDER / "static" / "portal" / "follow.js"
FOLLOWING = ("", "search", "search?q=council", "rules/3(1)", "rules/3(1)?KOR=concur")
HTMX = "/static/django_htmx/htmx-2.min.js"

every = pytest.mark.parametrize("language", LANGUAGES)


class Asking(HTMLParser):
    """The elements of a page that ask htmx for something, every id, and htmx's settings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.asking: list[tuple[str, dict[str, str]]] = []
        self.ids: set[str] = set()
        self.settings: dict[str, Any] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "hx-get" in given:
            self.asking.append((tag, given))
        if "id" in given:
            self.ids.add(given["id"])
        if given.get("name") == "htmx-config":
            self.settings = json.loads(given["content"])


@every
@pytest.mark.parametrize("path", FOLLOWING)
def test_a_page_that_follows_asks_for_itself_and_takes_parts_that_it_has(
    screen: Callable[..., Any], language: str, path: str
) -> None:
    it = Asking(screen(opened().world).page(f"/{language}/{path}"))
    assert it.asking, path
    for tag, given in it.asking:
        # No second view: what is asked for is this very page, of which parts are taken.
        assert given["hx-get"] == f"/{language}/{path.partition('?')[0]}"
        if tag == "form":
            assert given["action"].partition("#")[0] == given["hx-get"]
        parts = [given["hx-select"], given.get("hx-target", f"#{given.get('id')}")]
        parts += [one.partition(":")[0] for one in given["hx-select-oob"].split(",")]
        assert [one for one in parts if one.removeprefix("#") not in it.ids] == [], path
        # A condition or a sum in an attribute would have to be evaluated as code.
        assert "[" not in given["hx-trigger"]
        assert not {name for name in given if name.startswith(("hx-on", "hx-vals", "hx-vars"))}


def test_each_page_says_when_it_asks(screen: Callable[..., Any]) -> None:
    shown = screen(opened().world)
    asked = {
        path: [(tag, one["hx-trigger"]) for tag, one in Asking(shown.page(f"/en/{path}")).asking]
        for path in ("", "search", "rules/3(1)", "matters", "register", "bodies", "verify")
    }
    assert asked[""] == [("div", "every 30s, visibilitychange from:document")]
    assert asked["search"] == [("input", "input changed delay:300ms")]
    assert set(asked["rules/3(1)"]) == {("form", "change")}
    assert not any(asked[path] for path in ("matters", "register", "bodies", "verify"))


def test_the_settings_leave_no_room_for_code_styles_or_memory(screen: Callable[..., Any]) -> None:
    for path in FOLLOWING:
        settings = Asking(screen(opened().world).page(f"/en/{path}")).settings
        for name in ("allowEval", "allowScriptTags", "includeIndicatorStyles"):
            assert settings[name] is False, name
        assert settings["historyCacheSize"] == 0
        assert settings["selfRequestsOnly"] is True
        script = Path(str(finders.find("django_htmx/htmx-2.min.js"))).read_text(encoding="utf-8")
        # A name that htmx does not know would be passed over in silence.
        assert [name for name in settings if f"{name}:" not in script] == []


@every
def test_only_pages_with_a_script_may_run_one(screen: Callable[..., Any], language: str) -> None:
    shown = screen(opened().world)
    for path in (*FOLLOWING, "verify"):
        answer = shown.answer(f"/{language}/{path}")
        policy = answer["Content-Security-Policy"]
        assert policy == SCRIPT_POLICY, path
        assert "unsafe" not in policy
        assert not answer.cookies
    for path in ("matters", "register", "bodies", "charter", "research", "rules/99"):
        policy = shown.answer(f"/{language}/{path}")["Content-Security-Policy"]
        assert policy == HEADERS["Content-Security-Policy"], path


def test_a_page_that_is_not_there_is_let_run_nothing() -> None:
    from django.http import HttpResponse

    assert "Content-Security-Policy" not in with_script(HttpResponse(status=404)).headers
    policy = with_script(HttpResponse(status=400)).headers["Content-Security-Policy"]
    assert policy == SCRIPT_POLICY


def test_htmx_comes_from_this_node(screen: Callable[..., Any]) -> None:
    answer = screen(opened().world).answer(HTMX)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["X-Content-Type-Options"] == "nosniff"
    script = b"".join(answer.streaming_content)
    assert script.startswith(b"var htmx=")
    assert len(script) < 60_000


def test_our_script_is_loaded_first_writes_no_markup_and_keeps_nothing(
    screen: Callable[..., Any],
) -> None:
    page = screen(opened().world).page("/en/")
    assert page.index("/static/portal/follow.js") < page.index(HTMX)
    script = SCRIPT.read_text(encoding="utf-8")
    for word in ("http:", "https:", "innerHTML", "insertAdjacent", "eval(", "fetch(", "cookie"):
        assert word not in script, word
    assert "Storage.prototype.setItem" in script


def test_what_our_script_looks_for_stands_on_the_pages(screen: Callable[..., Any]) -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    marks = set(re.findall(r"\[(data-[a-z-]+)\]", script))
    assert marks == {"data-follow", "data-follow-choice", "data-follow-said", "data-lost"}
    shown = screen(opened().world)
    assert [one for one in marks if not re.search(rf"[ ]{one}[ >]", shown.page("/en/"))] == []
    for path in ("search", "rules/3(1)"):
        for one in ("data-follow-said", "data-lost"):
            assert re.search(rf"[ ]{one}[ >]", shown.page(f"/en/{path}")), (path, one)
    assert 'class="verdict"' in shown.page("/en/")
    tried = shown.page("/en/rules/3(1)?KOR=concur")
    assert re.search(r'class="trial-result".*?class="stage ', tried, re.DOTALL)


@every
def test_what_only_a_script_can_do_is_hidden_without_one(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(opened().world).page(f"/{language}/")
    choice = re.search(r"<p class=\"follow\" data-follow-choice hidden>.*?</p>", page)
    assert choice is not None
    assert say("follow-on", language) in choice[0]
    assert f"<span data-lost hidden>{say('follow-lost', language)}</span>" in page
