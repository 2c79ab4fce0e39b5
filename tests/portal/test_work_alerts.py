"""The desk's forms of early warning: six points, each told or not known, and answers."""

from __future__ import annotations

import base64
import re

import pytest
from alerting import told
from test_work_pages import ME, Desk
from world import World

from architrave.institution import acts
from architrave.institution.acts_warning import POINTS
from architrave.institution.alerts import alerts
from architrave.portal.words import say, say_of
from architrave.record import canonical
from architrave.record.sealing import sign_act

WARNED = "TDC/2027/KOR/5"
LANGUAGES = ("ko", "ja", "en")


@pytest.fixture
def desk(portal: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    world = World()
    world.open("TDC")
    given = told(world, "KOR", "TDC") | {"causes": {}, "unknown": ["causes"]}
    world.act("KOR", "TDC", acts.Alerted, **given)
    world.settle()
    return Desk(world, monkeypatch, ME)


def words(point: str) -> dict[str, str]:
    return {f"{point}.{one}": f"{point} ({one})" for one in LANGUAGES}


def given(*unknown: str, **more: str) -> dict[str, str]:
    found = {"body": "TDC", **more}
    for point in POINTS:
        found |= {f"unknown-{point}": "yes"} if point in unknown else words(point)
    return found


def signed(it: Desk, page: str) -> acts.Act:
    """Give what a page asks to be signed; the act that then stands in the book."""
    message = base64.b64decode(re.findall(r'data-message="([^"]+)"', page)[0])
    act = acts.act_of(canonical.load(message.split(b"\n", 2)[2]))
    key = it.world.officer("JPN", "TDC")
    data = sign_act(acts.document_of(act), it.world.founding.id, key)
    it.page("/en/work/give", {"signed": base64.b64encode(data).decode()})
    it.world.settle()
    return act


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_waits_at_the_desk_for_an_answer(desk: Desk, language: str) -> None:
    waits = desk.page(f"/{language}/work")
    assert f"forms/respond?about={WARNED.replace('/', '%2F')}" in waits
    assert "forms/alert" in waits
    form = desk.page(f"/{language}/work/forms/respond?about={WARNED}")
    assert say_of("work-field", "impact", language) in form
    assert "causes (" not in form


def test_each_point_is_told_or_ticked_as_not_known(desk: Desk) -> None:
    short = given("duration")
    del short["wanted.ja"]
    assert "the text is missing in ja" in desk.page("/en/work/forms/alert", short)
    left_out = {name: text for name, text in given().items() if not name.startswith("wanted")}
    assert "wanted: missing" in desk.page("/en/work/forms/alert", left_out)
    page = desk.page("/en/work/forms/alert", given("duration"))
    assert say("alert-not-known", "en") in page
    assert "impact (ja)" in page
    act = signed(desk, page)
    assert isinstance(act, acts.Alerted)
    assert (act.unknown, act.duration, act.drill) == (["duration"], {}, False)
    peer = desk.world.peers["KOR"]
    assert {one.asked.party for one in alerts(peer.state, peer.view())} == {"JPN", "KOR"}


def test_a_test_alert_is_signed_as_one(desk: Desk) -> None:
    page = desk.page("/en/work/forms/alert", given(test="yes"))
    assert say_of("work-field", "test", "en") in page
    act = signed(desk, page)
    assert isinstance(act, acts.Alerted)
    assert act.drill


def test_an_answer_is_composed_and_given(desk: Desk) -> None:
    page = desk.page("/en/work/forms/respond", {"about": WARNED, "unable": "yes"})
    assert say_of("work-field", "unable", "en") in page
    act = signed(desk, page)
    assert isinstance(act, acts.Responded)
    assert act.unable
    assert f"forms/respond?about={WARNED.replace('/', '%2F')}" not in desk.page("/en/work")
    empty = desk.page("/en/work/forms/respond", {"about": WARNED})
    assert "an answer says what is offered or seen" in empty


def test_the_meeting_of_an_alert_is_convened_from_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = Desk(desk.world, monkeypatch, type(ME)("KOR", "KOR/TDC", "first holder", "ko", True))
    waits = it.page("/en/work")
    assert f"forms/convene?about={WARNED.replace('/', '%2F')}" in waits
    times = {"starts": "2027-01-05 15:30Z", "ends": "2027-01-05 17:00Z"}
    page = it.page("/en/work/forms/convene", {"about": WARNED, **times})
    assert WARNED in page
