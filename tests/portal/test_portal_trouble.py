"""Errors that are no page: words in three languages for a browser, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from page_scenes import opened

from architrave.node.http import Door, open_door
from architrave.node.runtime import current
from architrave.portal.headers import HEADERS
from architrave.portal.trouble import in_three
from architrave.portal.words import LANGUAGES, say

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"accept": "*/*"}
WHY = "this node has stopped: the disk <has> gone."


@pytest.fixture
def asked(screen: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """An address of a node, asked for as a browser does or as a program; `why` it has stopped."""

    def of(address: str, headers: dict[str, str], why: str = "") -> HttpResponse:
        screen(opened().world).answer("/en/")
        current().stopped = why
        keeper = SimpleNamespace(runtime=current())
        open_door(Door(keeper, None, "", b""))  # type: ignore[arg-type]
        return Client(headers=headers, raise_request_exception=False).get(address)

    return of


def told(answer: HttpResponse, word: str) -> None:
    """The whole of an answer is a word in each language."""
    text = answer.content.decode("utf-8")
    for language in LANGUAGES:
        assert f'<p lang="{language}">{say(word, language)}</p>' in text
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Language"] == "ko, ja, en"
    assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)
    for name, value in HEADERS.items():
        assert answer[name] == value


@pytest.mark.parametrize("address", ["/ko/", "/en/matters", "/ja/record/jpn", "/ko/nothing"])
def test_a_node_that_has_stopped_says_so_in_words(
    asked: Callable[..., HttpResponse], address: str
) -> None:
    answer = asked(address, BROWSER, WHY)
    assert answer.status_code == 503
    told(answer, "trouble-stopped")
    assert "disk" not in answer.content.decode("utf-8")


def test_a_program_still_reads_why_a_node_has_stopped(
    asked: Callable[..., HttpResponse],
) -> None:
    answer = asked("/ko/", PROGRAM, WHY)
    assert (answer.status_code, json.loads(answer.content)) == (503, {"error": WHY})
    assert "Accept" in answer["Vary"]


def test_a_file_that_is_not_there_is_told_by_who_asks(asked: Callable[..., HttpResponse]) -> None:
    answer = asked("/record/nothing", BROWSER)
    assert answer.status_code == 404
    told(answer, "absent-text")
    answer = asked("/record/nothing", PROGRAM)
    assert json.loads(answer.content) == {"error": "/record/nothing: nothing lies here."}


def test_a_door_for_programs_says_that_it_is_no_page(asked: Callable[..., HttpResponse]) -> None:
    answer = asked("/peer/act", BROWSER)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    told(answer, "trouble-method")


def test_a_form_sent_to_a_page_is_answered_in_words(screen: Callable[..., Any]) -> None:
    screen(opened().world).answer("/en/")
    answer = Client(headers=BROWSER).post("/ko/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    told(answer, "trouble-method")


def test_a_body_that_is_too_long_is_told_by_who_sends_it(
    asked: Callable[..., HttpResponse],
) -> None:
    asked("/peer/status", PROGRAM)
    for headers in (BROWSER, PROGRAM):
        client = Client(headers=headers)
        answer = client.post("/peer/act", b"x" * (1 << 21), content_type="application/json")
        assert answer.status_code == 413
        if headers is BROWSER:
            told(answer, "trouble-long")
        else:
            assert "is longer than" in json.loads(answer.content)["error"]


@pytest.mark.parametrize("address", ["/ko/", "/peer/status", "/nothing"])
def test_a_name_that_is_not_this_nodes_is_told_in_words(
    asked: Callable[..., HttpResponse], address: str
) -> None:
    with override_settings(ALLOWED_HOSTS=["jpn.example"]):
        answer = asked(address, {**BROWSER, "host": "other.example"})
    assert answer.status_code == 400
    told(answer, "trouble-address")


@pytest.mark.parametrize("address", ["/ko/nothing", "/fr/"])
def test_a_page_that_says_so_in_its_own_words_is_left_as_it_is(
    asked: Callable[..., HttpResponse], address: str
) -> None:
    answer = asked(address, {**BROWSER, "accept-language": "ko"})
    assert (answer.status_code, answer["Content-Language"]) == (404, "ko")
    assert '<html lang="ko"' in answer.content.decode("utf-8")


def test_any_other_error_has_words_too() -> None:
    answer = in_three(418)
    assert answer.status_code == 418
    assert say("failed", "ja") in answer.content.decode("utf-8")
