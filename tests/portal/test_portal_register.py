"""The page of the register: translations marked, capitals' own words, where was looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import page_scenes
import pytest

from architrave.institution.register_rows import Register, Translation
from architrave.node.runtime import current, install
from architrave.portal.register.register_context import register_page, row_page

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
        ("desk@example.org", "mailto:desk@example.org"),
        ("https://example.org/w", "https://example.org/w"),
    ],
)
def test_where_to_send_a_source(register: Register, contact: str, href: str) -> None:
    page = page_of(page_scenes.opened(), register, "en", contact)
    assert page.contact is not None
    assert page.contact.href == href
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
