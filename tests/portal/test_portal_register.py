"""The page of the register: translations marked, capitals' own words, where was looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import page_scenes
import pytest
from world import DAY

from architrave.institution.register_rows import Register, Translation
from architrave.node.runtime import current, install
from architrave.portal.contexts import home_page
from architrave.portal.data.data_register import register_data, register_row
from architrave.portal.register.register_context import register_page, row_page
from architrave.portal.register.register_listing import listing_of

ROW = "cm-leaders-annual"


def page_of(scene: page_scenes.Scene, register: Register, language: str, contact: str = ""):
    copy = replace(page_scenes.copy_of(scene, "JPN", language, register), contact=contact)
    page = register_page(copy)
    assert page is not None
    return page


def row_of(scene: page_scenes.Scene, register: Register, language: str, row: str = ROW):
    page = row_page(page_scenes.copy_of(scene, "JPN", language, register), row)
    assert page is not None
    return page


def promise_of(scene: page_scenes.Scene, register: Register, language: str):
    return row_of(scene, register, language).promise


def test_a_translation_says_that_it_is_provisional_and_shows_the_original(
    register: Register,
) -> None:
    scene = page_scenes.opened()
    english = promise_of(scene, register, "en").text
    assert (english.mark, english.original) == ("", None)
    for language, mark in (("ko", "비공식 번역"), ("ja", "仮訳")):
        text = promise_of(scene, register, language).text
        assert text.mark == mark
        assert text.original is not None
        assert text.original.text == english.text != text.text


def test_an_older_translation_and_a_missing_one_say_so(register: Register) -> None:
    scene = page_scenes.opened()
    old = {**register.translations, (ROW, "text"): Translation("0" * 16, {"ko": "옛 번역"})}
    bare = replace(register, translations=old)
    assert promise_of(scene, bare, "ko").text.mark == "이전 문안의 비공식 번역"
    missing = promise_of(scene, bare, "ja").text
    assert missing.mark == "翻訳なし"
    assert missing.original is None
    assert missing.text.lang == "en"


def test_what_capitals_say_of_a_row_is_theirs_and_in_the_order_of_names(
    register: Register,
) -> None:
    scene = page_scenes.remarked()
    said = promise_of(scene, register, "en").remarks
    assert [one.code for one in said] == ["contested", "corrected"]
    corrected = said[1]
    assert "held in the period of" in corrected.holds
    assert corrected.source is not None
    assert corrected.source.href == "https://example.org/statement"
    assert not corrected.earlier
    event = row_of(scene, register, "en", "ev-campdavid").event
    assert [one.earlier for one in event.remarks] == [True]


def test_what_a_capital_calls_held_is_reported_and_leads_to_its_line(
    register: Register, screen: Callable[..., object]
) -> None:
    scene = page_scenes.remarked()
    bare = replace(register, fulfilments=())
    periods = promise_of(scene, bare, "en").periods
    assert periods[0].state == "reported"
    text = screen(scene.world).page(f"/en/register/{ROW}")  # type: ignore[attr-defined]
    href = promise_of(scene, register, "en").remarks[0].href
    path, _, anchor = href.partition("#")
    assert f'href="{href}"' in text
    line = screen(scene.world).page(path)  # type: ignore[attr-defined]
    assert f'id="{anchor}"' in line


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("desk@example.org", "mailto:desk@example.org?subject="),
        ("https://example.org/w", "https://example.org/w"),
    ],
)
def test_where_to_send_a_source(register: Register, contact: str, href: str) -> None:
    page = page_of(page_scenes.opened(), register, "en", contact)
    assert page.contact is not None
    assert page.contact.href.startswith(href)
    assert page.contact.text == contact
    looked = {group.state: group.looked for group in page.groups}
    assert "Looked for in public statements" in str(looked.pop("none-found"))
    assert set(looked.values()) == {""}
    assert page_of(page_scenes.opened(), register, "en").contact is None


def test_promises_not_held_come_first_whatever_there_is(
    register: Register, screen: Callable[..., object]
) -> None:
    text = screen(page_scenes.opened().world).page("/en/register")  # type: ignore[attr-defined]
    assert text.index('id="state-not-held"') < text.index('id="state-none-found"')
    assert (
        "<details" not in text[text.index('id="state-not-held"') : text.index("state-none-found")]
    )


def test_the_node_s_contact_reaches_the_page(screen: Callable[..., object]) -> None:
    view = screen(page_scenes.opened().world)
    view.page("/en/register")  # type: ignore[attr-defined]
    runtime = current()
    runtime.contact = "desk@example.org"
    install(runtime)
    from django.test import Client

    assert b"mailto:desk@example.org" in Client().get("/en/register").content


# -- pages and data say the same ------------------------------------------------------------------


@pytest.mark.parametrize("later", [0, 400 * DAY], ids=["at-once", "much-later"])
def test_pages_and_data_count_to_the_same_day_and_find_the_same(
    register: Register, later: int
) -> None:
    """Every period of every promise of the shipped register, whatever the reader's clock says."""
    scene = page_scenes.remarked()
    scene.world.now += later
    copy = page_scenes.copy_of(scene, "JPN", "en", register)
    data = register_data(copy)
    assert data is not None
    pages = {one.promise.id: one.states for one in listing_of(copy, register).promises}
    assert set(pages) == {one.id for one in data.promises}
    for promise in data.promises:
        told = [(one.first, one.last, one.state.code, one.events) for one in promise.periods]
        shown = [
            (one.period.first, one.period.last, one.state.value, one.events)
            for one in pages[promise.id]
        ]
        assert told == shown
        row = row_page(copy, promise.id)
        alone = register_row(copy, promise.id)
        assert row is not None
        assert row.counted is not None
        assert alone is not None
        assert row.counted.iso == alone.as_of.isoformat() == data.as_of.isoformat()
        assert [one.state for one in row.promise.periods] == [one[2] for one in told]
    page = page_of(scene, register, "en")
    front = home_page(copy).promises
    assert page.counted.iso == front.counted.iso == data.as_of.isoformat()
    by_href = {one.href.rpartition("/")[2]: one for one in front.rows}
    assert by_href
    for one in data.promises:
        if one.id in by_href:
            cells = [cell.state for cell in by_href[one.id].cells if cell is not None]
            assert cells == [period.state.code for period in one.periods]


def test_readers_in_two_capitals_read_the_same_states_whatever_their_clocks_say(
    register: Register,
) -> None:
    scene = page_scenes.remarked()
    here = page_scenes.copy_of(scene, "JPN", "en", register)
    there = replace(page_scenes.copy_of(scene, "USA", "en", register), now=here.now + 90 * DAY)
    pages = [register_page(one) for one in (here, there)]
    states = [
        [(one.state, [row.id for row in one.promises]) for one in page.groups] for page in pages
    ]
    assert states[0] == states[1]
    assert pages[0].counted == pages[1].counted


def test_a_register_without_lines_is_counted_to_its_sources(register: Register) -> None:
    page = page_of(page_scenes.unfounded(), register, "ja")
    assert page.counted == page.reach


# -- who compiled it ------------------------------------------------------------------------------


def test_who_compiled_it_is_said_in_the_reader_s_language(
    register: Register, screen: Callable[..., object]
) -> None:
    scene = page_scenes.opened()
    said = {one: page_of(scene, register, one).attribution for one in ("ko", "ja", "en")}
    assert said == dict(register.header.attribution)
    text = screen(scene.world).page("/ko/register")  # type: ignore[attr-defined]
    assert said["ko"] in text
    assert said["en"] not in text


def test_an_attribution_in_english_alone_says_so(register: Register) -> None:
    header = replace(register.header, attribution={"en": "Compiled by somebody"})
    page = page_of(page_scenes.opened(), replace(register, header=header), "ja")
    assert (page.attribution.text, page.attribution.lang) == ("Compiled by somebody", "en")
    assert "英語" in page.attribution_note
