"""Alerts as public data: their six points, answers, clock and who had them, the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from page_scenes import copy_of
from test_portal_alerts import TESTED, WARNED, convene, name_of, warned

from architrave.institution import acts
from architrave.institution.acts_warning import POINTS
from architrave.portal.data.api_alerts import Alerts
from architrave.portal.data.data_alerts import alerts_data
from architrave.portal.data.data_whole import encoded, files_of, read_whole, rebuild
from architrave.portal.words import LANGUAGES


def test_an_alert_is_told_with_what_is_known_and_what_is_not() -> None:
    scene = warned()
    warn, trial = sorted(alerts_data(copy_of(scene, "USA")).alerts, key=lambda one: one.drill)
    assert (warn.symbol, warn.party, warn.body, warn.drill) == (WARNED, "KOR", "ESFSC", False)
    assert [one.point.code for one in warn.points] == list(POINTS)
    known = {one.point.code: one.known for one in warn.points}
    assert known == {**dict.fromkeys(POINTS, True), "duration": False}
    assert {one.point.code for one in warn.points if not one.text} == {"duration"}
    assert warn.evidence == {"a.csv": "ab" * 32}
    assert [(one.party, bool(one.offer), one.unable) for one in warn.answers] == [
        ("JPN", True, False),
        ("JPN", False, True),
    ]
    assert [(one.party, one.need.code) for one in warn.awaiting] == [
        ("USA", "answer"),
        ("KOR", "meeting"),
    ]
    assert (trial.symbol, trial.awaiting, trial.clock) == (TESTED, (), None)


def test_the_clock_says_until_when_and_who_had_it_by_which_line() -> None:
    scene = warned()
    (warn,) = [one for one in alerts_data(copy_of(scene, "USA")).alerts if not one.drill]
    assert warn.clock is not None
    assert warn.clock.due is not None
    assert (warn.clock.due - warn.at).days == 15
    assert (warn.clock.article.number, warn.clock.meeting) == ("5(4)", "")
    assert [(one.party, one.line is not None) for one in warn.received] == [
        ("JPN", True),
        ("USA", True),
    ]
    convene(scene)
    (met,) = [one for one in alerts_data(copy_of(scene, "USA")).alerts if not one.drill]
    assert met.clock is not None
    assert (met.clock.meeting, met.clock.within) == ("ESFSC/2027/USA/8", True)
    assert [one.party for one in met.awaiting] == ["USA"]


def test_a_capital_that_is_cut_off_is_not_said_to_have_it() -> None:
    scene = warned()
    world = scene.world
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    world.act("KOR", "ESFSC", acts.Alerted, symbol="ESFSC/2027/KOR/6", body="ESFSC",
              **{point: world.words(point) for point in POINTS})  # fmt: skip
    (late,) = [
        one for one in alerts_data(copy_of(scene, "KOR")).alerts if one.symbol.endswith("KOR/6")
    ]
    assert [(one.party, one.line) for one in late.received] == [("JPN", None), ("USA", None)]
    assert not late.final


def test_every_capital_answers_the_same_bytes_and_they_are_read_back() -> None:
    scene = warned()
    scene.world.act("KOR", "ESFSC", acts.Closed, consultation=name_of(scene),
                    outcome=scene.world.words("over"))  # fmt: skip
    scene.world.settle()
    found = {encoded(alerts_data(copy_of(scene, one))) for one in scene.world.parties}
    (data,) = found
    (closed,) = [one for one in msgspec.json.decode(data, type=Alerts).alerts if not one.drill]
    assert closed.closed is not None
    assert closed.closed.text == scene.world.words("over")
    assert closed.awaiting == ()
    whole = read_whole(copy_of(scene, "USA"))
    assert len(whole.alerts.alerts) == 2
    assert rebuild(files_of(whole)) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_erased_are_gone_from_the_page_and_the_data(
    screen: Callable[..., Any], language: str
) -> None:
    scene = warned()
    world = scene.world
    world.act("KOR", "ESFSC", acts.Closed, consultation=name_of(scene),
              outcome=world.words("the end of it"))  # fmt: skip
    world.settle()
    facts = world.peers["KOR"].state.consultations[name_of(scene)]
    for fact in facts:
        if getattr(fact.act, "unable", False):
            continue  # it holds no words
        world.act(fact.party, "ESFSC", acts.Erased, act=fact.name, cause="law",
                  reason=world.words("by law"))  # fmt: skip
    world.settle(20)
    copy = copy_of(scene, "USA", language)
    (warn,) = [one for one in alerts_data(copy).alerts if not one.drill]
    assert {one.point.code for one in warn.points if not one.known} == {"duration"}
    page = screen(world).page(f"/{language}/alerts/{WARNED}")
    for gone in ("gallium", "stocks", "the end of it"):
        assert gone not in page
        assert gone not in encoded(alerts_data(copy)).decode()
    assert [line for line in (warn.erased, warn.answers[0].erased) if line is None] == []


def test_the_address_answers_and_is_in_the_index(screen: Callable[..., Any]) -> None:
    shown = screen(warned().world)
    answer = shown.answer("/api/1/alerts")
    assert answer.status_code == 200
    found = msgspec.json.decode(answer.content, type=Alerts)
    assert {one.symbol for one in found.alerts} == {WARNED, TESTED}
    assert shown.answer("/api/1/alerts?page=2").status_code == 400
    assert b"/api/1/alerts" in shown.answer("/api/1/").content
