"""On a phone: the front page ends with the first screen, and no page scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from architrave.portal.words import LANGUAGES, say
from tests.browser.crawl import Site
from tests.browser.looking import looking, sideways, small_targets, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE, SMALL_PHONE = (390, 844), (360, 800)

in_each_language = pytest.mark.parametrize("language", LANGUAGES)

# The banner of a demonstration stands above the page and is no part of it.
ENDS = """() => {
  const banner = document.querySelector(".demo"), main = document.querySelector("main");
  const seen = [main, ...main.querySelectorAll("*")].filter(
    one => one.checkVisibility() && !one.closest(".unseen, .whose"));
  const bottom = Math.max(...seen.map(one => one.getBoundingClientRect().bottom));
  return bottom + scrollY - (banner ? banner.getBoundingClientRect().height : 0);
}"""


@in_each_language
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_front_page_ends_with_the_first_screen_of_a_phone(
    browser: Browser, sites: dict[str, Site], language: str, script: bool
) -> None:
    with looking(browser, sites[language], PHONE, java_script_enabled=script) as look:
        page = look.at(f"/{language}/")
        assert page.evaluate(ENDS) <= PHONE[1]
        assert small_targets(page) == []
        for heading in ("dates", "promises", "deciding", "check"):
            title = say(f"{heading}-title", language)
            assert page.get_by_role("heading", name=title, exact=True).is_visible(), heading
        assert page.inner_text("h1") == say("purpose", language)
        assert page.locator(".books > li:visible").count() == 3
        assert page.locator(".dates > li:visible").count() >= 2
        assert page.locator(".promised tbody tr:visible").count() == 6
        assert page.locator(".legend li:visible").count() == 5
        assert say("promise-not-held", language) in page.inner_text(".legend")
        assert page.locator(".brief > li:visible").count() >= 3


@in_each_language
def test_no_page_scrolls_sideways_and_a_box_that_does_can_be_reached(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    site, unreached, boxes, found = sites[language], [], [], []
    with looking(browser, site, SMALL_PHONE) as look:
        for path in site.looked_at():
            page = look.at(path)
            width = page.evaluate("document.scrollingElement.scrollWidth")
            found += too_wide(page)
            assert width <= SMALL_PHONE[0], path
            all_of_them, without = sideways(page)
            boxes += all_of_them
            unreached += without
    assert found == []
    assert unreached == []
    assert boxes, "no wide table was looked at"
    # Rows of words stand as cards, which have no reason to be wide.
    assert [box for box in boxes if 'class="cards"' in box] == []
