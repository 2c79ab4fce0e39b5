"""Two points compared in a browser: by the form without a script, and by the browser itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from architrave.cli.demo.stage import Stage
from architrave.portal.words import LANGUAGES, say
from tests.browser.chromium import NARROW
from tests.browser.crawl import Site
from tests.browser.looking import barriers, looking, pale_words, small_targets, too_wide
from tests.browser.three_nodes import HOME_OF

if TYPE_CHECKING:
    from playwright.sync_api import Browser

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
QUIET = "[data-part=findings][aria-busy=false]"


def kept(stage: Stage, party: str, at: str) -> str:
    """The signed note of a party's book as the copy of another capital serves it."""
    with urlopen(f"{stage.nodes[at].url}/record/{party.lower()}/checkpoint") as answer:
        return str(answer.read().decode())


@in_each_language
def test_a_note_from_another_copy_is_compared_with_and_without_a_script(
    browser: Browser, stage: Stage, sites: dict[str, Site], language: str
) -> None:
    site, home = sites[language], HOME_OF[language]
    other = next(one for one in stage.nodes if one != home)
    notes = [kept(stage, party, other) for party in stage.nodes]
    with looking(browser, site, java_script_enabled=False) as look:
        page = look.at(f"/{language}/verify/since")
        page.fill("#older", "\n".join(notes))
        page.click("form.notes button[type=submit]")
        told = page.locator("form.notes p.since").all()
        assert len(told) == len(notes)
        assert {one.get_attribute("class") for one in told} <= {"since same", "since continues"}
        assert look.stray == []
    with looking(browser, site) as look:
        page = look.at(f"/{language}/verify/since")
        page.set_input_files(
            "[data-part=opened]",
            [
                {"name": f"{at}.note", "mimeType": "text/plain", "buffer": one.encode()}
                for at, one in enumerate(notes)
            ],
        )
        page.wait_for_function("document.getElementById('newer').value !== ''")
        page.click("[data-part=kept]")
        page.wait_for_selector(QUIET, state="attached")
        assert page.locator(".finding.bad").count() == 0
        assert page.locator(".finding.good").count() > len(notes)
        status = page.inner_text("[data-part=status]")
        assert status == say("in-browser-verdict-open", language)


def test_what_came_out_is_no_barrier_on_a_narrow_screen(
    browser: Browser, stage: Stage, sites: dict[str, Site]
) -> None:
    party = HOME_OF["en"]
    with looking(browser, sites["en"], NARROW, bypass_csp=True) as look:
        page = look.at("/en/verify/since?first=2027-01-10")
        assert page.locator("p.since").count() == len(stage.nodes)
        found = [*too_wide(page), *small_targets(page), *barriers(page)[0], *pale_words(page)[0]]
        page = look.at("/en/verify/since")
        page.fill("#older", kept(stage, party, party))
        page.click("form.notes button[type=submit]")
        assert page.locator("form.notes p.since").count() == 1
        found += [*too_wide(page), *small_targets(page), *barriers(page)[0], *pale_words(page)[0]]
    assert found == []


def test_one_changed_letter_is_found_by_the_browser_itself(
    browser: Browser, stage: Stage, sites: dict[str, Site]
) -> None:
    party = HOME_OF["en"]
    note = kept(stage, party, party)
    size = note.split("\n")[1]
    with looking(browser, sites["en"]) as look:
        page = look.at("/en/verify/since")
        page.fill("#older", note.replace(f"\n{size}\n", f"\n{int(size) - 1}\n", 1))
        page.click("[data-part=kept]")
        page.wait_for_selector(QUIET, state="attached")
        assert page.locator(".finding.bad").count() == 1
        status = page.inner_text("[data-part=status]")
        assert status == say("in-browser-verdict-bad", "en")
