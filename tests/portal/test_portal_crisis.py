"""Suspensions, drills and the shared picture on pages, in the calendar and in the public data."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from page_scenes import NASTY, Scene, copy_of, in_force, opened, silence_running
from test_portal_pages import strays
from world import DAY

from architrave.institution import acts
from architrave.institution.pending import all_matters
from architrave.portal.data.data_matters import consultations_data, matter_data
from architrave.portal.feeds.calendar_dates import Status, Why, dates_of
from architrave.portal.words import LANGUAGES, say

DRILL = "TDC/2027/KOR/9"


def drilled() -> Scene:
    """A drill of the line: Tokyo answers, the capitals read a point, Washington is not heard."""
    scene = opened()
    world = scene.world
    words = world.words("drill")
    asked = world.act(
        "KOR", "TDC", acts.Consulted, symbol=DRILL, body="TDC", drill=True,
        ground=words, facts=words, wish=words,
    )  # fmt: skip
    world.settle()
    world.act("JPN", "TDC", acts.Acknowledged, consultation=asked, answer=words)
    fields = {"consultation": asked, "point": "line-clear"}
    world.act(
        "KOR", "TDC", acts.Assessed, reading="affirm", account=world.words(f"account {NASTY}"),
        proposition=world.words(f"clear {NASTY}"), **fields,
    )  # fmt: skip
    world.settle()
    world.act("JPN", "TDC", acts.Assessed, reading="deny", account=world.words("noise"), **fields)
    world.settle()
    world.act("KOR", "TDC", acts.Closed, consultation=asked, outcome=words)
    world.settle()
    return scene


def suspended() -> tuple[Scene, str]:
    """A text in force that one capital has suspended, and its symbol."""
    scene = in_force()
    world = scene.world
    peer = world.peers["KOR"]
    standing = next(
        one for one in all_matters(peer.state, peer.view()) if one.stage == "in-force"
    )  # fmt: skip
    body = standing.act.body
    world.act("KOR", body, acts.Suspended, matter=standing.name, reason=world.words(f"why {NASTY}"))
    world.settle()
    return scene, standing.symbol


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drill_says_so_wherever_it_is_shown(screen: Callable[..., Any], language: str) -> None:
    shown = screen(drilled().world)
    # The front page has room for a word, the list of matters and its own page for a sentence.
    assert say("drill-title", language) in shown.page(f"/{language}/")
    for path in ("matters", f"consultations/{DRILL}"):
        page = shown.page(f"/{language}/{path}")
        assert say("drill-note", language) in page, path
        assert "<script>alert" not in page
    page = shown.page(f"/{language}/consultations/{DRILL}")
    assert say("leg-answered", language) in page
    assert say("leg-failed", language) in page
    assert say("point-differs", language) in page
    assert page.index(say("kind-acknowledged", language)) < page.rindex(
        say("kind-closed", language)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drill_says_so_in_feeds_search_titles_and_the_lines_of_the_book(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(drilled().world)
    feed = json.loads(shown.page(f"/feeds/{language}/consultations.json"))
    about = [one for one in feed["items"] if DRILL in one["title"]]
    assert len(about) == 5
    for one in about:
        assert say("drill-note", language) in str(one), one["title"]
    assert any(say("drill-title", language) in one["title"] for one in about)
    title = say("drill-title", language)
    page = shown.page(f"/{language}/consultations/{DRILL}")
    assert title in page[: page.index("</title>")]
    assert title in shown.page(f"/{language}/search?q=drill")
    assert title in shown.page(f"/{language}/record/kor")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suspended_text_says_by_whom_since_when_and_that_nothing_is_owed(
    screen: Callable[..., Any], language: str
) -> None:
    scene, symbol = suspended()
    shown = screen(scene.world)
    page = unescape(shown.page(f"/{language}/matters/{symbol}"))
    for word in ("suspensions-title", "suspensions-meaning", "suspended-stands"):
        assert say(word, language) in page, word
    assert "<script>alert" not in shown.page(f"/{language}/matters/{symbol}")
    since = say("suspended-since", language, party="\0", at="\0").partition("\0")[0].strip()
    assert since in shown.page(f"/{language}/matters")


def test_new_words_keep_to_the_letters_and_the_words_of_the_screen() -> None:
    for name in (
        "suspensions-meaning", "drill-note", "drill-awaits", "picture-note", "timeline-note",
        "need-line", "became-paused", "owed-nothing", "leg-explained", "point-open",
    ):  # fmt: skip
        for language in LANGUAGES:
            assert strays(say(name, language), language) == [], (name, language)


def test_a_commitment_of_a_suspended_text_leaves_the_calendar_and_comes_back() -> None:
    scene = silence_running()
    world = scene.world
    world.now += 3 * DAY
    world.settle(20)
    peer = world.peers["KOR"]
    standing = next(one for one in all_matters(peer.state, peer.view()) if one.stage == "in-force")

    def owed() -> dict[str, tuple[Why, int]]:
        found = dates_of(copy_of(scene, "JPN"))
        return {
            one.uid: (one.why, one.sequence)
            for one in found
            if one.kind == "commitment" and one.subject == standing.symbol
        }

    before = owed()
    fields = {"matter": standing.name, "reason": world.words("why")}
    world.act("KOR", standing.act.body, acts.Suspended, **fields)
    world.settle()
    paused = owed()
    changed = {uid for uid in before if paused[uid][0] is Why.PAUSED}
    assert changed
    assert all(paused[uid][1] > before[uid][1] for uid in changed)
    cancelled = {one.uid for one in dates_of(copy_of(scene, "JPN"))
                 if one.status is Status.CANCELLED}  # fmt: skip
    assert changed <= cancelled
    world.act("KOR", standing.act.body, acts.Resumed, matter=standing.name)
    world.settle()
    again = owed()
    assert {uid: why for uid, (why, _) in again.items()} == {
        uid: why for uid, (why, _) in before.items()
    }
    assert all(again[uid][1] > paused[uid][1] for uid in changed)


def test_the_public_data_tell_readings_legs_and_suspensions() -> None:
    found = consultations_data(copy_of(drilled(), "USA")).consultations[0]
    assert found.drill
    assert {leg.party: leg.state.code for leg in found.legs} == {
        "JPN": "answered",
        "USA": "failed",
    }
    (point,) = found.points
    assert (point.agreement.code, point.awaiting) == ("differs", ("USA",))
    assert found.awaiting == ("USA",)
    scene, symbol = suspended()
    copy = copy_of(scene, "USA")
    standing = next(one for one in copy.told.matters if one.symbol == symbol)
    (one,) = matter_data(copy, standing).suspensions
    assert (one.party, one.until, one.resumed) == ("KOR", None, None)
