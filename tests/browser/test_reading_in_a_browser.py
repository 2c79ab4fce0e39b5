"""How a page is read: without script, by keyboard, on a phone, on paper, in one's language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from architrave.portal.words import LANGUAGES, say
from tests.browser.crawl import Site
from tests.browser.looking import looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READ = ("", "matters", "register", "bodies", "record")
PHONE = (360, 800)
HEAVIEST_HOME = 200 * 1024  # bytes

in_each_language = pytest.mark.parametrize("language", LANGUAGES)

# What the keyboard can reach, in the order of the page.
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], summary, button, input:not([type=hidden]), select, textarea")]
  .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
  .map((one, n) => { one.dataset.place = n; return one.textContent.trim(); })"""

# The page has moved to what has the focus once it has been drawn.
FOCUSED = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    place: Number(one.dataset.place ?? -1),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.top > -1 && box.left > -1
      && box.bottom < innerHeight + 1 && box.right < innerWidth + 1,
    box: [box.top, box.left, box.bottom, box.right],
  };
}"""


def one_matter(site: Site) -> str:
    return next(path for path in site.pages if "/matters/" in path)


@in_each_language
def test_without_script_a_page_says_the_same(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site = sites[language]
    said: list[dict[str, str]] = []
    for allowed in (True, False):
        with looking(browser, site, java_script_enabled=allowed) as look:
            paths = [*(f"/{language}/{path}" for path in READ), one_matter(site)]
            said.append({path: look.at(path).inner_text("main") for path in paths})
    assert said[0] == said[1]
    assert all(len(text) > 200 for text in said[1].values()), "a page without words"


@in_each_language
def test_the_front_page_is_walked_through_by_keyboard(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    with looking(browser, sites[language]) as look:
        page = look.at(f"/{language}/")
        names = page.evaluate(REACHABLE)
        assert len(names) > 20
        assert names[0] == say("skip-to-content", language)
        walked = []
        for _ in names:
            page.keyboard.press("Tab")
            walked.append(page.evaluate(FOCUSED))
        assert [one["place"] for one in walked] == list(range(len(names)))
        unseen = [
            (names[one["place"]], one["outline"], one["box"])
            for one in walked
            if not (one["outline"] and one["seen"])
        ]
        assert unseen == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


@in_each_language
def test_the_first_key_leads_past_the_head(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    with looking(browser, sites[language]) as look:
        page = look.at(f"/{language}/matters")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**#content")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


@in_each_language
def test_the_language_is_changed_by_keyboard_and_the_page_stays(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site = sites[language]
    with looking(browser, site) as look:
        for path in (f"/{language}/", f"/{language}/register", one_matter(site)):
            other = LANGUAGES[LANGUAGES.index(language) - 1]
            page = look.at(path)
            wanted = f"/{other}/" + path.removeprefix(f"/{language}/")
            tab_to(page, f'.tongues a[href="{wanted}"]')
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{wanted}")
            assert page.get_attribute("html", "lang") == other
        assert look.stray == []


@in_each_language
def test_the_front_page_is_light_and_says_the_chief_things_first(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    with looking(browser, sites[language], PHONE) as look:
        bodies: list[int] = []
        look.page.on("response", lambda response: bodies.append(len(response.body())))
        page = look.at(f"/{language}/")
        page.wait_for_load_state("networkidle")
        assert len(bodies) >= 2, "the page and its style"
        assert sum(bodies) <= HEAVIEST_HOME
        for selector, text in (
            ("h1", say("purpose", language)),
            (".verdict", say("books-agree", language)),
        ):
            assert page.inner_text(selector) == text
            box = page.locator(selector).bounding_box()
            assert box is not None
            assert box["y"] >= 0, selector
            assert box["y"] + box["height"] <= PHONE[1], selector


@in_each_language
def test_on_paper_there_is_no_navigation(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site = sites[language]
    with looking(browser, site) as look:
        for path in [*(f"/{language}/{path}" for path in READ), one_matter(site)]:
            page = look.at(path)
            assert page.locator("nav:visible").count() >= 2, path
            page.emulate_media(media="print")
            assert page.locator("nav:visible").count() == 0, path
            assert page.locator(".skip:visible").count() == 0, path
            assert page.inner_text("main").strip(), path
            page.emulate_media(media="screen")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("ko-KR", "ko"), ("ja", "ja"), ("en-GB", "en"), ("fr-FR", "en")],
)
def test_a_reader_starts_in_their_own_language(
    browser: Browser, sites: dict[str, Site], asked: str, language: str
) -> None:
    with looking(browser, sites["en"], locale=asked) as look:
        page = look.at("/")
        assert urlsplit(page.url).path == f"/{language}/"
        assert page.get_attribute("html", "lang") == language
        assert look.stray == []
