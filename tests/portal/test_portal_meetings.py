"""Meetings and the meeting clock on pages, in the calendar and in the feeds."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from icalendar import Calendar
from page_scenes import NASTY, Scene, copy_of, opened
from test_portal_pages import read, strays
from world import HOUR

from architrave.institution import acts
from architrave.institution.acts import Point
from architrave.institution.pending import DeadlineKind
from architrave.portal.feeds.calendar_dates import Dated, Status, Why, dates_of
from architrave.portal.feeds.calendar_file import calendar_bytes, calendar_file
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.words import LANGUAGES, say

ASKED, MEETING = "TDC/2027/KOR/9", "TDC/2027/JPN/9"


def asked() -> Scene:
    """Seoul has asked to consult."""
    scene = opened()
    words = scene.world.words(f"ground {NASTY}")
    scene.world.act(
        "KOR", "TDC", acts.Consulted, symbol=ASKED, body="TDC", ground=words, facts=words,
        wish=words,
    )  # fmt: skip
    scene.world.settle()
    return scene


def convene(scene: Scene, hours: int, **fields: object) -> str:
    """Tokyo convenes the meeting that was asked for, or moves it."""
    world = scene.world
    (name,) = world.peers["KOR"].state.consultations
    starts = world.now + hours * HOUR
    agenda = [Point(title=world.words(f"point {NASTY}")), Point(title=world.words("papers"),
              debate=False)]  # fmt: skip
    given = {"symbol": MEETING, "body": "TDC", "starts": starts, "ends": starts + HOUR}
    given |= {"consultation": name, "agenda": agenda, "place": world.words("By secure line")}
    convened = world.act("JPN", "TDC", acts.Convened, **{**given, **fields})
    world.settle()
    return convened


def dated(scene: Scene, kind: DeadlineKind) -> Dated:
    (one,) = [one for one in dates_of(copy_of(scene, "USA")) if one.kind is kind]
    return one


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_and_the_meeting_stand_on_every_page(
    screen: Callable[..., Any], language: str
) -> None:
    scene = asked()
    shown = screen(scene.world)
    page = unescape(shown.page(f"/{language}/consultations/{ASKED}"))
    assert say("clock-owed", language) in page
    assert say("clock-due", language) in page
    name = convene(scene, 31)
    pages = {
        path: shown.page(f"/{language}/{path}")
        for path in (f"consultations/{ASKED}", "bodies", "calendar", "")
    }
    for path, page in pages.items():
        assert MEETING in page, path
        assert "<script>alert" not in page
    assert say("clock-within", language) in pages[f"consultations/{ASKED}"]
    assert "UTC" in pages[f"consultations/{ASKED}"]
    assert '#TDC"' in pages["calendar"]
    world = scene.world
    world.now += 31 * HOUR
    for party, held in (("KOR", True), ("USA", False)):
        world.act(
            party, "TDC", acts.Minuted, meeting=name, held=held, account=world.words(NASTY),
            present=["KOR", "JPN"] if held else [],
        )  # fmt: skip
    world.settle()
    page = shown.page(f"/{language}/consultations/{ASKED}")
    for word in ("met-differs", "minutes-held", "minutes-not-held"):
        assert say(word, language) in page, word
    assert strays(" ".join(read(page).text), language) == []


def test_a_meeting_that_is_moved_keeps_its_event_and_its_sequence_rises() -> None:
    scene = asked()
    before = dated(scene, DeadlineKind.MEET_BY)
    assert (before.why, before.at) == (Why.SET, before.made + 48 * HOUR)
    name = convene(scene, 60)
    first = dated(scene, DeadlineKind.MEETING)
    met = dated(scene, DeadlineKind.MEET_BY)
    assert (met.uid, met.why, met.status) == (before.uid, Why.MET, Status.CANCELLED)
    convene(scene, 30, moves=name)
    moved = dated(scene, DeadlineKind.MEETING)
    assert moved.uid == first.uid
    assert moved.sequence > first.sequence
    assert (moved.at or 0) < (first.at or 0)
    gone = {"starts": moved.at, "ends": moved.ends, "cancelled": True}
    convene(scene, 0, moves=name, **gone)
    copy = copy_of(scene, "KOR", "ja")
    file = calendar_file(copy, "TDC")
    assert file is not None
    events = Calendar.from_ical(calendar_bytes(file)).walk("VEVENT")
    (event,) = [one for one in events if str(one["uid"]) == first.uid]
    assert str(event["status"]) == "CANCELLED"
    assert event["sequence"] > moved.sequence
    assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 3600
    assert str(event["location"]) == "By secure line (ja)"
    # The meeting that was asked for is owed again.
    assert dated(scene, DeadlineKind.MEET_BY).why is Why.SET


def test_a_feed_tells_of_meetings_where_it_tells_of_consultations() -> None:
    scene = asked()
    convene(scene, 30)
    found = feed(copy_of(scene, "KOR", "en"), "consultations", "TDC")
    assert found is not None
    titles = [str(one.title) for one in found.entries]
    assert any(MEETING in title for title in titles), titles
