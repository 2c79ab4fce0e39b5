"""One node is killed: the pages of the others go on, and say since when it is silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from architrave.cli.demo.stage import Stage
from architrave.portal.words import LANGUAGES, say
from tests.browser.chromium import NARROW
from tests.browser.crawl import Site, crawl
from tests.browser.looking import barriers, looking, pale_words, too_wide
from tests.browser.three_nodes import HOME_OF, start_again, stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module", params=[HOME_OF["ko"]])
def silent(request: pytest.FixtureRequest, stage: Stage, sites: dict[str, Site]) -> Iterator[str]:
    """A party whose node does not run; `sites` were read while it did."""
    stop(stage, request.param)
    yield request.param
    start_again(stage, request.param)


def said_first(language: str) -> str:
    """How the sentence about a silence goes on after the time."""
    return say("silent-since", language, at="|", ago="|").split("|")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_others_answers_and_names_who_is_silent(
    browser: Browser, stage: Stage, sites: dict[str, Site], silent: str, language: str
) -> None:
    party = stage.charter.party(silent)
    for other in stage.charter.party_ids:
        if other == silent:
            continue
        site = crawl(stage.nodes[other].url, language)
        before = {path for path in sites[language].pages if "/record/" not in path}
        assert before <= set(site.pages)
        with looking(browser, site, NARROW) as look:
            for path in site.looked_at():
                page = look.at(path)
                said = page.locator(".out-of-touch li").all_inner_texts()
                assert len(said) == 1, (path, said)
                assert party.short[language] in said[0], path
                assert said_first(language) in said[0], path
                assert "2027" in said[0], path
                assert too_wide(page) == []
            assert look.stray == []


def test_the_notice_itself_is_no_barrier(
    browser: Browser, stage: Stage, sites: dict[str, Site], silent: str
) -> None:
    other = next(one for one in stage.charter.party_ids if one != silent)
    with looking(browser, Site(stage.nodes[other].url, "en"), NARROW, bypass_csp=True) as look:
        page = look.at("/en/")
        assert page.locator(".out-of-touch").is_visible()
        assert barriers(page)[0] == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert pale_words(page)[0] == []
