"""Every page, in three languages, narrow and wide, light and dark: no barrier, no stray request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from architrave.portal.words import LANGUAGES
from tests.browser.chromium import NARROW, WIDE, missing
from tests.browser.crawl import Site
from tests.browser.looking import barriers, looking, pale_words, small_targets, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COUNCIL = (
    *("council", "council/exercises", "council/exercises/plan", "council/dialogues"),
    *("council/interoperability", "council/consultations", "council/launches"),
)
FORUM = ("forum", "forum/chains", "forum/exposure", "forum/shocks", "forum/days")
KNOWN = ("", "matters", "register", "bodies", "record", "verify", *COUNCIL, *FORUM)
SCHEMES = ("light", "dark")

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
in_each_width = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


@in_each_language
def test_the_crawl_reaches_every_page_that_is_known(sites: dict[str, Site], language: str) -> None:
    pages = sites[language].pages
    missing = [path for path in KNOWN if f"/{language}/{path}" not in pages]
    assert missing == []
    for form, least in ((f"/{language}/record/", 3), (f"/{language}/matters/", 5)):
        assert sum(path.startswith(form) for path in pages) >= least, form
    assert {"/record/founding.json", "/record/charter.toml"} <= set(sites[language].files)
    assert set(sites[language].looked_at()) <= set(pages)


@in_each_width
@in_each_language
def test_a_page_stays_in_its_frame_and_asks_nobody_else(
    browser: Browser, sites: dict[str, Site], language: str, size: tuple[int, int]
) -> None:
    site, found = sites[language], []
    with looking(browser, site, size) as look:
        for at, path in enumerate(site.looked_at()):
            page = look.at(path)
            assert page.get_attribute("html", "lang") == language, path
            # Which colours there are changes no measure; a page of each scheme is seen by turns.
            page.emulate_media(color_scheme=SCHEMES[at % 2])
            found += [*too_wide(page), *small_targets(page)]
            found += look.left_behind()
        found += look.stray
    assert not found, "\n" + "\n".join(found)


@in_each_language
def test_axe_finds_no_barrier(browser: Browser, sites: dict[str, Site], language: str) -> None:
    """Each page in each language, by turns narrow and wide: of three, one the other way."""
    site, turn = sites[language], LANGUAGES.index(language)
    held: set[str] = set()
    found = []
    for place, size in enumerate((NARROW, WIDE)):
        # axe is a script that the pages' policy would forbid; nothing else is looked at so.
        with looking(browser, site, size, bypass_csp=True) as look:
            for at, path in enumerate(site.looked_at()):
                if (at + turn) % 2 == place:
                    faults, passed = barriers(look.at(path))
                    found += faults
                    held |= passed
    assert not found, "\n" + "\n".join(found)
    assert {"target-size", "html-has-lang", "link-name"} <= held


@in_each_language
def test_axe_finds_no_pale_word(browser: Browser, sites: dict[str, Site], language: str) -> None:
    """Each page in light and dark, in one of the languages: colours know of no language."""
    site, turn = sites[language], LANGUAGES.index(language)
    held: set[str] = set()
    found = []
    with looking(browser, site, WIDE if turn else NARROW, bypass_csp=True) as look:
        for path in site.looked_at()[turn :: len(LANGUAGES)]:
            page = look.at(path)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                faults, passed = pale_words(page)
                found += [f"{scheme}, {fault}" for fault in faults]
                held |= passed
    assert not found, "\n" + "\n".join(found)
    assert "color-contrast" in held


@in_each_language
def test_the_page_for_an_address_without_one_is_no_barrier(
    browser: Browser, sites: dict[str, Site], language: str
) -> None:
    with looking(browser, sites[language], NARROW, bypass_csp=True) as look:
        page = look.at(f"/{language}/no-such-page", status=404)
        assert page.get_attribute("html", "lang") == language
        assert [*too_wide(page), *small_targets(page), *barriers(page)[0]] == []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert pale_words(page)[0] == []


PLANTED = """<!doctype html><html><head><title>planted</title><style>
  body { width: 2000px; background: #fff; color: #bbb }
  a { display: inline-block; font-size: 4px } img { width: 9px }
</style></head><body><nav><a href="#a">one</a><a href="#b">two</a></nav>
<p>pale words</p><img src="http://elsewhere.invalid/x.png"></body></html>"""


def test_what_is_planted_is_found(browser: Browser, sites: dict[str, Site]) -> None:
    with looking(browser, sites["en"], NARROW, bypass_csp=True) as look:
        page = look.at("/en/verify")
        page.set_content(PLANTED)
        faults = [*barriers(page)[0], *pale_words(page)[0]]
        for rule in ("color-contrast", "target-size", "html-has-lang", "image-alt"):
            assert any(f": {rule}: " in fault for fault in faults), (rule, faults)
        assert too_wide(page)
        assert len(small_targets(page)) == 2
        page.evaluate("console.error('planted'); document.cookie = 'kept=1'")
        assert [one for one in look.stray if "asks elsewhere: http://elsewhere" in one]
        assert [one for one in look.stray if "planted" in one]
        assert [one for one in look.left_behind() if "kept" in one]


def test_where_there_is_no_browser_it_is_said_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install chromium" in missing()
