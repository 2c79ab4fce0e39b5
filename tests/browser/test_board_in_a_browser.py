"""The planner's board in a browser: dragged, by keys, without script, and without barriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from board_scenes import EDITION, example_folder, sandbox_folder, serving

from architrave.desks.exercises.model import Plan
from architrave.portal.board.board_server import Served
from architrave.portal.board.laying import Bench, Found
from architrave.portal.words import LANGUAGES, say
from tests.browser.chromium import NARROW, WIDE
from tests.browser.crawl import Site
from tests.browser.looking import Look, barriers, looking, pale_words, small_targets, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SCHEMES = ("light", "dark")
# A finding that is none: nothing moves, and a page that says so is looked at like any other.
NOTHING = Bench(lambda tables: Found(Plan((), 0, 0, True)))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(example_folder(tmp_path)) as served:
        yield served


@pytest.fixture
def kept(tmp_path: Path, served: Served) -> Path:
    """The table in which moves are kept."""
    return tmp_path / "example" / "postponements.csv"


def site(served: Served) -> Site:
    return Site(served.address.rstrip("/"), "en")


def bar(page: Page, of: str = EDITION) -> Locator:
    return page.locator(f'[data-bar="{of}"]')


def decide(page: Page, reason: str) -> None:
    page.get_by_label(say("board-reason", "en")).fill(reason)
    page.get_by_label(say("board-seat", "en")).fill("KOR/TDCWL")
    page.get_by_role("button", name=say("board-keep", "en"), exact=True).click()


def dragged(look: Look, days: int) -> None:
    """Take a bar by its middle and let it go so many days later."""
    page = look.at("/en/")
    scale = page.locator("svg[data-board]").evaluate(
        "one => one.getBoundingClientRect().width / one.viewBox.baseVal.width"
    )
    step = float(page.locator("svg[data-board]").get_attribute("data-step") or 0)
    box = bar(page).locator(".hold").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + days * step * scale / 2, y, steps=4)
    page.mouse.move(x + days * step * scale, y, steps=4)
    assert page.locator("[data-ghost]").is_visible()
    with page.expect_navigation():
        page.mouse.up()


def test_a_bar_is_dragged_and_kept_with_its_reason(
    browser: Browser, served: Served, kept: Path
) -> None:
    before = kept.read_text(encoding="utf-8")
    with looking(browser, site(served), WIDE) as look:
        dragged(look, 28)
        page = look.page
        assert "to=201" in page.url
        assert "21 July 2031 to 1 August 2031" in page.inner_text("main")
        assert kept.read_text(encoding="utf-8") == before
    with looking(browser, site(served), WIDE) as look:
        dragged(look, 27)
        decide(look.page, "")
        # The browser itself holds back a form without a reason.
        assert "piece?" in look.page.url
        assert kept.read_text(encoding="utf-8") == before
        decide(look.page, "harbour closed (illustrative)")
        look.page.wait_for_url("**kept=1")
        assert look.stray == []
        assert look.left_behind() == []
    added = kept.read_text(encoding="utf-8").removeprefix(before)
    assert added.startswith(f"{EDITION},2031-06-23,")
    assert added.endswith(",KOR/TDCWL,harbour closed (illustrative),,2031-07-20,\n")


def test_a_finger_moves_a_bar_too(browser: Browser, served: Served) -> None:
    with looking(browser, site(served), NARROW, has_touch=True) as look:
        page = look.at("/en/")
        moved = page.evaluate(
            """of => {
              const bar = document.querySelector(`[data-bar="${CSS.escape(of)}"]`);
              bar.setPointerCapture = () => {};
              const box = bar.querySelector(".hold").getBoundingClientRect();
              const at = (type, x) => bar.dispatchEvent(new PointerEvent(type, {
                bubbles: true, cancelable: true, pointerType: "touch", pointerId: 7, button: 0,
                clientX: box.x + x, clientY: box.y + 5 }));
              at("pointerdown", 5); at("pointermove", 25); at("pointermove", 45);
              at("pointercancel", 45);
              const back = bar.dataset.to ?? "back";
              at("pointerdown", 5); at("pointermove", 45);
              return [back, Number(bar.dataset.to) - Number(bar.dataset.day)];
            }""",
            EDITION,
        )
        assert moved[0] == "back"
        assert 10 < moved[1] < 25
        assert "touch-action: none" in page.locator("[data-bar]").first.evaluate(
            "one => `touch-action: ${getComputedStyle(one).touchAction}`"
        )


def test_everything_is_done_by_keys_alone(browser: Browser, served: Served, kept: Path) -> None:
    with looking(browser, site(served), WIDE) as look:
        page = look.at("/en/")
        page.keyboard.press("Tab")
        for _ in range(20):
            if page.evaluate("document.activeElement.matches('[data-bar]')"):
                break
            page.keyboard.press("Tab")
        focused = "document.activeElement.dataset.bar"
        assert page.evaluate(focused) == "south-wind/2031.1"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(focused) == EDITION
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
            "North Wind (illustrative) 2031, 23 June 2031 to 4 July 2031, host ROK"
        )
        assert page.locator("tr.chosen").get_attribute("data-row") == EDITION
        assert page.locator("[data-bar][tabindex='0']").count() == 1
        page.keyboard.press("ArrowRight")
        live = page.locator("[data-board-live]")
        assert live.inner_text() == "North Wind (illustrative) 2031, to 24 June 2031"
        page.keyboard.press("Escape")
        assert "where it was" in live.inner_text()
        for key in ("Shift+ArrowRight",) * 4 + ("ArrowLeft",):
            page.keyboard.press(key)
        assert live.inner_text().endswith("to 20 July 2031")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "20 July 2031 to 31 July 2031" in page.inner_text("main")
        page.get_by_label(say("board-reason", "en")).focus()
        page.keyboard.type("fog")
        page.keyboard.press("Tab")
        page.keyboard.type("KOR/TDCWL")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert say("board-kept", "en") in page.inner_text("main")
        assert look.stray == []
    assert kept.read_text(encoding="utf-8").endswith(",KOR/TDCWL,fog,,2031-07-20,\n")


def test_everything_is_done_without_script(browser: Browser, served: Served, kept: Path) -> None:
    with looking(browser, site(served), NARROW, java_script_enabled=False) as look:
        page = look.at("/en/")
        page.get_by_role("link", name="North Wind (illustrative) 2031", exact=True).click()
        page.get_by_label(say("board-begins", "en")).fill("2031-06-02")
        page.get_by_role("button", name=say("board-try", "en")).click()
        assert "vote-2031" in page.inner_text("main")
        assert page.get_by_role("button", name=say("board-keep", "en"), exact=True).count() == 0
        page.get_by_label(say("board-begins", "en")).fill("2031-07-20")
        page.get_by_role("button", name=say("board-try", "en")).click()
        decide(page, "fog")
        assert say("board-kept", "en") in page.inner_text("main")
        assert kept.read_text(encoding="utf-8").endswith(",KOR/TDCWL,fog,,2031-07-20,\n")
        page.get_by_role("link", name=say("board-back", "en")).click()
        assert "23 June 2031 to 4 July 2031" in page.inner_text(".board-trial")


def test_a_sandbox_says_weeks_while_it_is_moved(browser: Browser, tmp_path: Path) -> None:
    with (
        serving(sandbox_folder(tmp_path)) as served,
        looking(browser, site(served), WIDE) as look,
    ):
        page = look.at("/en/")
        bar(page, "elm-wind/2.1").focus()
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator("[data-board-live]").inner_text().endswith("to year 2, week 14")
        assert "0002" not in page.content()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "year 2, week 14" in page.inner_text(".board-trial")
        assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", page.content())


@pytest.mark.parametrize(
    ("language", "size"), [*zip(LANGUAGES, (NARROW, WIDE, NARROW), strict=True)]
)
def test_axe_finds_no_barrier_on_the_board(
    browser: Browser, served: Served, language: str, size: tuple[int, int]
) -> None:
    paths = {
        "": 200,
        "forces": 200,
        f"piece?of={EDITION}&to=200": 200,
        f"piece?of={EDITION}%23boarding&to=250": 200,
        "piece?of=nothing": 404,
    }
    found: list[str] = []
    held: set[str] = set()
    with looking(browser, site(served), size, bypass_csp=True) as look:
        for path, status in paths.items():
            page = look.at(f"/{language}/{path}", status)
            faults, passed = barriers(page)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                found += [*too_wide(page), *small_targets(page)]
                if scheme == SCHEMES[-1]:
                    page = look.at(f"/{language}/{path}", status)
                pale, more = pale_words(page)
                faults += [f"{scheme}, {fault}" for fault in pale]
                passed |= more
            found += faults
            held |= passed
        found += [one for one in look.stray if "404" not in one]
    assert not found, "\n" + "\n".join(found)
    assert {"color-contrast", "target-size", "html-has-lang", "link-name", "label"} <= held


def test_axe_finds_no_barrier_on_a_proposal(browser: Browser, tmp_path: Path) -> None:
    with (
        serving(example_folder(tmp_path), NOTHING) as served,
        looking(browser, site(served), NARROW, bypass_csp=True) as look,
    ):
        page = look.at("/en/")
        page.get_by_role("button", name=say("board-again", "en")).click()
        assert say("board-nothing-moves", "en") in page.inner_text("main")
        assert [*barriers(page)[0], *pale_words(page)[0], *too_wide(page)] == []


def test_on_paper_the_drawing_fits_and_forms_are_left_out(browser: Browser, served: Served) -> None:
    with looking(browser, site(served), (720, 1000)) as look:
        page = look.at("/en/")
        page.emulate_media(media="print")
        assert too_wide(page) == []
        assert page.locator("form:visible").count() == 0
        assert page.locator("svg[data-board]").is_visible()
