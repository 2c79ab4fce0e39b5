"""With a script pages follow what is typed, chosen and recorded; without it the same forms work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from architrave.cli.demo.stage import Stage
from architrave.portal.words import LANGUAGES, say
from tests.browser.crawl import Site
from tests.browser.looking import Look, looking
from tests.browser.three_nodes import HOME_OF, start_again, stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULE = "rules/3(1)"
WORDS = {"ko": "협의", "ja": "協議", "en": "consult"}
NONSENSE = "zzqqxxzz"
# A mark that a page loaded anew would not have.
MARK, MARKED = "window.stillHere = true", "window.stillHere === true"
HALF_A_MINUTE = 31_000
LOADED = 25  # seconds

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def held(look: Look, path: str) -> Page:
    """A page in whose browser time stands still unless the test lets it pass."""
    look.page.clock.install(time=0)
    page = look.at(path)
    # Later than a page takes to load, and before the first refresh.
    page.clock.pause_at(LOADED)
    return page


@contextmanager
def followed(browser: Browser, site: Site, path: str) -> Iterator[tuple[Look, Page]]:
    """A page that stays the same page and leaves nothing stray, its clock in the test's hands."""
    with looking(browser, site) as look:
        page = held(look, f"/{site.language}/{path}")
        page.evaluate(MARK)
        yield look, page
        assert page.evaluate(MARKED), "the page was loaded anew"
        assert look.left_behind() == []
        assert look.stray == []


def hits(page: Page) -> list[str]:
    return page.locator(".hits .head a").all_inner_texts()


def asked_by(page: Page) -> list[str]:
    """The addresses that scripts of a page ask for, from now on."""
    asked: list[str] = []
    page.on(
        "request",
        lambda one: asked.append(one.url) if one.resource_type in ("xhr", "fetch") else None,
    )
    return asked


@in_each_language
def test_hits_follow_what_is_typed_without_a_page_load(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site, word = sites[language], WORDS[language]
    with looking(browser, site, java_script_enabled=False) as look:
        page = look.at(f"/{language}/search?q={word}")
        plain, told = hits(page), page.inner_text("#search-said")
        assert plain
    with followed(browser, site, "search") as (_, page):
        asked = asked_by(page)
        entry = page.locator("#q")
        entry.press_sequentially(word)
        assert asked == [], "asked before the reader had stopped typing"
        with page.expect_response(lambda one: "/search?" in one.url):
            page.clock.run_for(350)
        page.locator(".hits > li").nth(len(plain) - 1).wait_for()
        assert hits(page) == plain
        assert page.inner_text("#search-said") == told
        assert page.get_attribute("#search-said", "role") == "status"
        assert len(asked) == 1
        # The field keeps the keyboard and what was typed; the address can be sent to somebody.
        assert page.evaluate("document.activeElement.id") == "q"
        assert entry.input_value() == word
        assert parse_qs(urlsplit(page.url).query) == {"q": [word]}
        assert word in page.title() or word in page.inner_text("h1")
        for link in page.locator(".tongues a").all():
            assert parse_qs(urlsplit(link.get_attribute("href") or "").query) == {"q": [word]}
        entry.press_sequentially(NONSENSE)
        with page.expect_response(lambda one: NONSENSE in one.url):
            page.clock.run_for(350)
        page.locator(".hits").wait_for(state="detached")
        assert page.inner_text("#search-said") != told


@in_each_language
def test_without_script_the_same_form_searches(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    word = WORDS[language]
    with looking(browser, sites[language], java_script_enabled=False) as look:
        page = look.at(f"/{language}/search")
        page.fill("#q", word)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert hits(page)
        page = look.at(f"/{language}/{RULE}")
        page.locator(".trial select").first.select_option("concur")
        page.locator(".trial button").first.click()
        page.wait_for_url("**=concur*#tried")
        assert page.locator(".trial-result").is_visible()
        page = look.at(f"/{language}/")
        assert not page.locator(".follow").is_visible()
        assert look.stray == []


@in_each_language
def test_a_trial_follows_what_is_chosen(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site = sites[language]
    with followed(browser, site, RULE) as (look, page):
        assert page.locator(".trial-result").count() == 0
        chosen = page.locator(".trial").first.locator("select")
        for number, party in enumerate(chosen.all()):
            with page.expect_response(lambda one: "/rules/" in one.url):
                party.select_option("concur")
                page.clock.run_for(50)
            page.wait_for_url(lambda url, wanted=number + 1: url.count("=concur") == wanted)
            page.clock.run_for(50)
        result = page.locator("#result")
        assert result.locator(".stage.agreed").count() == 1
        # It is read aloud as well, and is what the plain page says.
        assert page.inner_text("[data-follow-said]") == result.locator(".stage").inner_text()
        said, address = result.inner_text(), urlsplit(page.url)
        assert look.left_behind() == []
    with looking(browser, site, java_script_enabled=False) as look:
        plain = look.at(f"{address.path}?{address.query}")
        assert plain.inner_text("#result") == said


def refreshed(page: Page, milliseconds: int) -> bool:
    """Let time pass; whether the block on the front page is another one afterwards."""
    page.evaluate("document.querySelector('#followed').dataset.old = ''")
    page.clock.run_for(milliseconds)
    return page.locator("#followed[data-old]").count() == 0


@in_each_language
def test_the_front_page_refreshes_while_it_is_looked_at(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    with followed(browser, sites[language], "") as (_, page):
        asked = asked_by(page)
        for count in (1, 2):
            page.evaluate("document.querySelector('#followed').dataset.old = ''")
            with page.expect_response(lambda one: one.url.endswith(f"/{language}/")):
                page.clock.run_for(HALF_A_MINUTE)
            page.locator("#followed:not([data-old])").wait_for()
            page.clock.run_for(100)
            assert len(asked) == count
        assert page.locator("h1").count() == 1
        assert page.inner_text(".verdict") == say("books-agree", language)
        # Whoever wants it to stand still, is in the middle of it, or has turned away is left alone.
        page.uncheck(".follow input")
        assert not refreshed(page, 2 * HALF_A_MINUTE)
        page.check(".follow input")
        page.locator(".books a").first.focus()
        assert not refreshed(page, 2 * HALF_A_MINUTE)
        page.evaluate("document.activeElement.blur()")
        page.evaluate("Object.defineProperty(document, 'hidden', {value: true, writable: true})")
        assert not refreshed(page, 2 * HALF_A_MINUTE)
        assert len(asked) == 2
        # Who comes back sees the present state at once.
        page.evaluate("document.hidden = false")
        with page.expect_response(lambda one: one.url.endswith(f"/{language}/")):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.locator("#followed:not([data-old])").wait_for()


def test_a_capital_that_falls_silent_is_told_without_a_page_load(
    browser: Browser, stage: Stage, sites: dict[str, Site]
) -> None:
    away, here = HOME_OF["ko"], HOME_OF["en"]
    site = Site(stage.nodes[here].url, "en")
    assert sites["en"].origin == site.origin
    with followed(browser, site, "") as (_, page):
        assert page.locator(".out-of-touch").count() == 0
        before = page.inner_text("#made-at")
        stop(stage, away)
        try:
            with page.expect_response(lambda one: one.url.endswith("/en/")):
                page.clock.run_for(HALF_A_MINUTE)
            page.locator(".out-of-touch").wait_for()
            page.clock.run_for(100)
            assert stage.charter.party(away).short["en"] in page.inner_text(".out-of-touch")
            assert page.inner_text(".verdict") == say("books-agree-when-heard", "en")
            assert page.inner_text("[data-follow-said]") == say("books-agree-when-heard", "en")
            assert page.inner_text("#made-at") != before
        finally:
            start_again(stage, away)


def test_a_node_that_does_not_answer_is_no_news_and_the_page_says_so(
    browser: Browser, sites: dict[str, Site]
) -> None:
    with looking(browser, sites["en"]) as look:
        page = held(look, "/en/")
        words = page.inner_text("main")
        assert not page.locator("[data-lost]").is_visible()
        page.route("**/en/", lambda route: route.fulfill(status=503, body="stopped"))
        page.clock.run_for(HALF_A_MINUTE)
        page.locator("[data-lost]").wait_for()
        assert page.inner_text("[data-lost]") == say("follow-lost", "en")
        assert page.inner_text("main") == words
        page.unroute("**/en/")
        page.clock.run_for(HALF_A_MINUTE)
        page.locator("[data-lost]").wait_for(state="hidden")
        assert look.left_behind() == []


def test_a_page_keeps_nothing_even_if_a_script_tries(
    browser: Browser, sites: dict[str, Site]
) -> None:
    with looking(browser, sites["en"]) as look:
        for path in ("", "search", RULE):
            page = look.at(f"/en/{path}")
            assert page.evaluate("htmx.config.historyCacheSize") == 0
            assert page.evaluate(
                "(() => { try { sessionStorage.setItem('a', 'b'); return false; }"
                " catch { return true; } })()"
            )
            assert look.left_behind() == []
        assert look.stray == []
