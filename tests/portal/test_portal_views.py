"""Addresses, languages, headers; nothing is changed and nothing is remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from page_scenes import five_parties, matter_open, opened

from architrave.node.runtime import current
from architrave.portal import views
from architrave.portal.headers import HEADERS
from architrave.portal.tongue import house_language
from architrave.portal.words import LANGUAGES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko", "ko"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("fr-FR, ko-KR;q=0.4, ja;q=0.7", "ja"),
        ("en-GB", "en"),
        ("de", "ja"),
        ("", "ja"),
        ("ko;q=0", "ja"),
        ("ja;q=0", "en"),
        ("ja;q=0,en;q=0", "ko"),
        ("ja;q=0,en;q=0,ko;q=0.000", "ja"),
        ("*", "ja"),
        ("*;q=0.5, en;q=0.1", "ja"),
        ("ja;q=0.2, *;q=0.5", "en"),
        ("ko;q=0.3,en;q=0.31", "en"),
        ("kok-IN, en;q=0.1", "en"),
        ("ko;q=nan, ko;q=2, ko;q=-1, en;q=0.1", "en"),
        ("en ; q=0.2 , ko;q=0.9", "ko"),
        ("ko;q=x, ja", "ja"),
        ("ja;q=0.5,ko;q=0.5", "ja"),
        (";;,,=", "ja"),
    ],
)
def test_the_root_leads_to_the_language_that_is_liked_best(
    screen: Callable[..., Any], header: str, language: str
) -> None:
    answer = screen(opened().world).answer("/", **{"accept-language": header})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert answer["Vary"] == "Accept-Language"


@pytest.mark.parametrize(("party", "language"), [("KOR", "ko"), ("JPN", "ja"), ("USA", "en")])
@pytest.mark.parametrize("address", ["/", "/r/ev-campdavid", "/s/TDC/2027/JPN/1"])
def test_who_asks_for_no_language_gets_the_capital_s_own(
    screen: Callable[..., Any], address: str, party: str, language: str
) -> None:
    shown = screen(matter_open().world, party)
    for header in ({}, {"accept-language": "fr, de;q=0.5"}):
        answer = shown.answer(address, **header)
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"/{language}/")
        assert answer["Vary"] == "Accept-Language"
        assert not answer.cookies


def test_a_capital_may_say_its_language_itself(screen: Callable[..., Any]) -> None:
    shown = screen(opened().world, "USA")
    shown.page("/en/")
    runtime = current()
    runtime.language = "ko"
    assert house_language(runtime) == "ko"
    runtime.language = "fr"  # the screen has no words in it
    assert house_language(runtime) == "en"


def test_a_party_that_no_language_s_order_follows_is_answered_in_english(
    screen: Callable[..., Any],
) -> None:
    world = five_parties().world
    found = set()
    for party in world.parties:
        screen(world, party, False).page("/en/")
        found.add(house_language(current()))
    assert found == {"en"}


def test_what_is_not_there_is_told_in_a_language_of_the_reader_and_says_on_what_that_rests(
    screen: Callable[..., Any],
) -> None:
    shown = screen(opened().world, "KOR")
    for language, header in (("ko", "de"), ("en", "en-GB")):
        answer = shown.answer("/r/ev-none", **{"accept-language": header})
        assert (answer.status_code, answer["Content-Language"]) == (404, language)
        assert answer["Vary"] == "Accept-Language"
    assert "Vary" not in shown.answer("/ko/nothing")


@pytest.mark.parametrize("path", ["", "matters", "register", "bodies", "record/usa", "verify"])
def test_a_language_link_keeps_the_page(screen: Callable[..., Any], path: str) -> None:
    page = screen(opened().world).page(f"/ja/{path}")
    for language in LANGUAGES:
        assert f'<li><a href="/{language}/{path}"' in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/ko/nothing", "해당하는 화면이 없습니다"),
        ("/ja/matters/TDC/2027/JPN/99", "該当するページがありません"),
        ("/en/record/nobody", "There is no such page"),
        ("/en/record/usa/99", "There is no such page"),
        ("/fr/", "該当するページがありません"),
        ("/%3Cscript%3E", "該当するページがありません"),
    ],
)
def test_an_address_without_a_page_is_told_in_words(
    screen: Callable[..., Any], address: str, words: str
) -> None:
    page = screen(opened().world).page(address, 404)
    assert words in page
    assert "<script" not in page


def test_every_answer_is_strict_and_sets_no_cookie(screen: Callable[..., Any]) -> None:
    shown = screen(opened().world)
    for address in ("/", "/en/matters", "/ko/register", "/en/nothing", "/static/portal/pages.css"):
        answer = shown.answer(address)
        for name, value in HEADERS.items():
            assert answer[name] == value, (address, name)
        assert not answer.cookies
    assert "script-src" not in HEADERS["Content-Security-Policy"]
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_checks_may_run_our_script_and_ask_this_copy(
    screen: Callable[..., Any], language: str
) -> None:
    answer = screen(opened().world).answer(f"/{language}/verify")
    policy = answer["Content-Security-Policy"].split("; ")
    usual = HEADERS["Content-Security-Policy"].split("; ")
    assert [one for one in policy if one not in usual] == [
        "script-src 'self'",
        "connect-src 'self'",
    ]
    assert policy[: len(usual)] == usual
    for name in ("page", "refusal"):
        script = screen(opened().world).answer(f"/static/portal/verify/{name}.js")
        assert script["Content-Type"].startswith("text/javascript")
        assert script["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_for_reading(screen: Callable[..., Any], method: str) -> None:
    shown = screen(opened().world)
    shown.answer("/en/")
    from django.test import Client

    assert getattr(Client(), method)("/en/").status_code == 405


def test_the_style_is_one_file_of_this_very_node(screen: Callable[..., Any]) -> None:
    answer = screen(opened().world).answer("/static/portal/pages.css")
    style = b"".join(answer.streaming_content).decode("utf-8")
    assert "url(" not in style
    assert "@import" not in style
    for part in ("prefers-color-scheme: dark", "@media print", "word-break: keep-all"):
        assert part in style


def test_a_page_is_built_under_the_lock_and_rendered_after(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[tuple[str, bool]] = []
    build, render = views.home_page, views.render_to_string

    def building(copy: Any) -> Any:
        order.append(("built", current().lock._is_owned()))
        return build(copy)

    def rendering(*given: Any) -> str:
        order.append(("rendered", current().lock._is_owned()))
        return render(*given)

    monkeypatch.setattr(views, "home_page", building)
    monkeypatch.setattr(views, "render_to_string", rendering)
    screen(opened().world).page("/en/")
    assert order == [("built", True), ("rendered", False)]


def test_a_page_follows_the_record_at_once(screen: Callable[..., Any]) -> None:
    scene = opened()
    shown = screen(scene.world)
    before = shown.page("/en/record/jpn")
    scene.world.seat("JPN", "DEF")
    after = shown.page("/en/record/jpn") != before
    scene.world.settle()
    assert after or shown.page("/en/record/jpn") != before


def test_a_fault_of_ours_is_told_in_three_languages(portal: None) -> None:
    answer: HttpResponse = views.failed(None)  # type: ignore[arg-type]
    text = answer.content.decode("utf-8")
    assert answer.status_code == 500
    for language in LANGUAGES:
        assert f'<p lang="{language}">' in text
