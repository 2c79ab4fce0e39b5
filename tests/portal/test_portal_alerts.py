"""Alerts on pages, in feeds, in the calendar and in the search."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from alerting import attested, named, told
from forum_scenes import forum_copy, shipped_forum
from page_scenes import NASTY, Scene, copy_of
from scenes import BODY
from world import DAY, HOUR, World

from architrave.institution import acts
from architrave.portal.data.data_alerts import alerts_data
from architrave.portal.feeds.calendar_dates import Status, Why, dates_of
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.feeds.feed_topics import ALL
from architrave.portal.forum.overview_context import forum_page
from architrave.portal.words import LANGUAGES, say, say_of

WARNED, TESTED = f"{BODY}/2027/KOR/5", f"{BODY}/2027/JPN/5"


def opened() -> Scene:
    scene = Scene(World())
    scene.world.open("TDC", BODY)
    return scene


def warned() -> Scene:
    """An alert of Seoul's that Tokyo answers and Washington has not, and a test of Tokyo's."""
    scene = opened()
    world = scene.world
    given = told(world) | {"duration": {}, "unknown": ["duration"]}
    given["impact"] = world.words(f"No gallium {NASTY}")
    name = world.act("KOR", BODY, acts.Alerted, evidence={"a.csv": "ab" * 32}, **given)
    world.settle()
    world.act("JPN", BODY, acts.Responded, alert=name, offer=world.words(f"stocks {NASTY}"))
    world.settle()
    world.act("JPN", BODY, acts.Responded, alert=name, unable=True)
    world.act("JPN", BODY, acts.Alerted, drill=True, **told(world, "JPN"))
    world.settle()
    return scene


def name_of(scene: Scene, symbol: str = WARNED) -> str:
    return scene.world.peers["KOR"].state.symbols[symbol][0].name


def convene(scene: Scene) -> None:
    world = scene.world
    starts = world.now + 2 * DAY
    world.act(
        "USA", BODY, acts.Convened, symbol=f"{BODY}/2027/USA/8", body=BODY, starts=starts,
        ends=starts + HOUR, consultation=name_of(scene),
    )  # fmt: skip
    world.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_alert_says_each_point_each_answer_and_who_had_it(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(warned().world).page(f"/{language}/alerts/{WARNED}")
    for point in ("impact", "causes", "duration", "sectors", "measures", "wanted"):
        assert say_of("alert-point", point, language) in page
    assert say("alert-not-known", language) in page
    assert say("alert-unable", language) in page
    assert page.index("stocks") < page.rindex(say("alert-unable", language))
    assert say_of("clock", "owed", language) in page
    assert say("alert-told-title", language) in page
    assert say("alert-told-unknown", language) not in page
    assert "ab" * 32 in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_alert_stands_on_the_front_page_among_matters_and_with_its_body(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(warned().world)
    for path in ("", "matters", "bodies"):
        page = shown.page(f"/{language}/{path}")
        assert f"/{language}/alerts/{WARNED}" in page, path
        assert "<script>alert" not in page
    assert say("alerts-title", language) in shown.page(f"/{language}/bodies")
    page = shown.page(f"/{language}/matters")
    assert say("clock-due", language) in page, "until when the body meets"
    assert page.index(WARNED) < page.index(TESTED), "a test stands after the warnings"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_alert_says_so_wherever_it_is_shown(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(warned().world)
    note, title = say("alert-test-note", language), say("alert-test-title", language)
    assert title in shown.page(f"/{language}/")
    for path in ("matters", "bodies", f"alerts/{TESTED}"):
        assert note in shown.page(f"/{language}/{path}"), path
    page = shown.page(f"/{language}/alerts/{TESTED}")
    assert say("clock-title", language) not in page
    assert title in shown.page(f"/{language}/record")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_titles_and_citations_show_the_first_point_of_which_something_is_known(
    screen: Callable[..., Any], language: str
) -> None:
    scene = opened()
    world = scene.world
    rest = ("causes", "duration", "impact", "measures", "wanted")
    given = told(world) | {"unknown": list(rest), **{one: {} for one in rest}}
    world.act("KOR", BODY, acts.Alerted, **given)
    world.settle()
    shown = screen(world)
    said = given["sectors"][language]
    for path in ("", "matters", "bodies"):
        page = shown.page(f"/{language}/{path}")
        assert said in page, path
    page = shown.page(f"/{language}/alerts/{WARNED}")
    title = page[page.index("<title>") :].split("</title>")[0]
    assert said in title
    assert say("alert-not-known", language) not in title
    assert said in page[page.index("BibTeX") :]


def test_who_was_told_leads_to_the_line_and_who_was_not_is_said(
    screen: Callable[..., Any],
) -> None:
    scene = warned()
    page = screen(scene.world).page(f"/en/alerts/{WARNED}")
    told_part = page[page.index(say("alert-told-title", "en")) :].split("</ul>")[0]
    assert told_part.count("<a href=") == 2
    assert "/en/record/jpn/1#line-" in told_part
    world = scene.world
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    world.act("KOR", BODY, acts.Alerted, **told(world, number=6))
    late = screen(world, "KOR").page(f"/en/alerts/{BODY}/2027/KOR/6")
    assert late.count(say("alert-told-unknown", "en")) == 2


def test_the_forum_s_first_page_leads_to_its_alerts() -> None:
    scene = warned()
    page = forum_page(forum_copy(scene, "en", shipped_forum()))
    assert page is not None
    rows = [row for body in page.bodies for row in body.alerts]
    assert {row.symbol for row in rows} == {WARNED, TESTED}
    assert {row.href for row in rows} == {f"/en/alerts/{one}" for one in (WARNED, TESTED)}
    # They stand before the matters as well, and a test after what is none.
    assert [row.symbol for row in page.alerts] == [WARNED, TESTED]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_and_the_matter_that_it_became_lead_to_each_other(
    screen: Callable[..., Any], language: str
) -> None:
    scene = warned()
    symbol = f"{BODY}/2027/JPN/1"
    matter = named(scene.world, alert=name_of(scene))
    assert matter
    shown = screen(scene.world)
    assert f"/{language}/matters/{symbol}" in shown.page(f"/{language}/alerts/{WARNED}")
    assert f"/{language}/alerts/{WARNED}" in shown.page(f"/{language}/matters/{symbol}")
    (warn,) = [one for one in alerts_data(copy_of(scene, "USA")).alerts if not one.drill]
    assert warn.matters == (symbol,)


def test_a_closed_alert_keeps_its_page_and_leaves_the_lists(screen: Callable[..., Any]) -> None:
    scene = warned()
    scene.world.act(
        "KOR", BODY, acts.Closed, consultation=name_of(scene), outcome=scene.world.words("over")
    )
    scene.world.settle()
    shown = screen(scene.world)
    assert say("alert-closed-word", "en") in shown.page(f"/en/alerts/{WARNED}")
    assert f"/alerts/{WARNED}" not in shown.page("/en/matters")
    shown.page("/en/alerts/ESFSC/2027/KOR/77", 404)


def test_the_address_that_stays_leads_to_the_page_of_the_alert(screen: Callable[..., Any]) -> None:
    answer = screen(warned().world).answer(f"/s/{WARNED}")
    assert answer.status_code in (302, 303)
    assert answer.headers["Location"].endswith(f"/alerts/{WARNED}")


def test_the_end_of_the_clock_is_in_the_calendar_until_the_body_meets() -> None:
    scene = warned()
    (due,) = [one for one in dates_of(copy_of(scene, "KOR")) if one.subject == WARNED]
    assert (due.kind, due.why, due.status) == ("meet-by", Why.SET, Status.CONFIRMED)
    convene(scene)
    (met,) = [one for one in dates_of(copy_of(scene, "KOR")) if one.subject == WARNED]
    assert (met.why, met.uid) == (Why.MET, due.uid)
    assert not [one for one in dates_of(copy_of(scene, "KOR")) if one.subject == TESTED]


def test_a_meeting_that_answers_it_leads_back_to_the_alert(screen: Callable[..., Any]) -> None:
    scene = warned()
    convene(scene)
    page = screen(scene.world).page(f"/en/alerts/{WARNED}")
    assert say_of("clock", "within", "en") in page
    assert f"/en/alerts/{WARNED}" in screen(scene.world).page("/en/bodies")


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_say_what_is_not_known_and_what_is_a_test(language: str) -> None:
    found = feed(copy_of(warned(), "KOR", language), ALL, "")
    told = [
        (str(getattr(one.title, "text", one.title)), str(getattr(line, "text", line)))
        for one in found.entries
        for line in (*one.lines, "")
    ]
    unknown = say("alert-not-known", language)
    assert any(WARNED in title and unknown in line for title, line in told)
    assert any(say("alert-unable", language) == line for _, line in told)
    tests = {line for title, line in told if say("alert-test-title", language) in title}
    assert say("alert-test-note", language) in tests


def test_what_came_of_evidence_is_an_entry_of_its_matter() -> None:
    scene = opened()
    matter = named(scene.world)
    cells = [acts.Cell("result.x", "1", "2")]
    said = attested(matter, finding="different", differing=1, cells=cells)
    scene.world.act("KOR", BODY, acts.Attested, **said)
    scene.world.settle()
    found = feed(copy_of(scene, "KOR"), ALL, "")
    texts = [str(getattr(line, "text", line)) for one in found.entries for line in one.lines]
    assert say_of("attested", "different", "en") in texts


def test_an_alert_is_found_by_its_words_and_by_those_of_an_answer(
    screen: Callable[..., Any],
) -> None:
    shown = screen(warned().world)
    for query in ("gallium", "stocks", WARNED):
        page = unescape(shown.page(f"/en/search?q={query}"))
        assert f"/en/alerts/{WARNED}" in page, query


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_matter_shows_what_came_of_its_evidence_by_party(
    screen: Callable[..., Any], language: str
) -> None:
    scene = opened()
    world = scene.world
    matter = named(world)
    cells = [acts.Cell(f"<b>result.{one}", "1", "2") for one in range(9)]
    world.act(
        "KOR", BODY, acts.Attested,
        **attested(matter, finding="different", differing=70, cells=cells),
    )  # fmt: skip
    world.act(
        "USA", BODY, acts.Attested,
        **attested(matter, finding="not-rerun", result="", versions={}, reason=world.words("why")),
    )  # fmt: skip
    world.settle()
    page = screen(world).page(f"/{language}/matters/{BODY}/2027/JPN/1")
    for finding in ("different", "not-rerun"):
        assert say_of("attested", finding, language) in page
    assert say("attested-cells", language, n=70) in page
    assert "&lt;b&gt;result.4: 1 → 2" in page
    assert "result.5" not in page
    assert say_of("attested", "same", language) not in page
