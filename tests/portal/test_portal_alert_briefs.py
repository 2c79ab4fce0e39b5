"""Open alerts on the Council's brief: two pages with them, in three languages."""

from __future__ import annotations

from functools import cache

import pytest
from brief_scenes import LONG, brief_copy, brief_of, quick_launches, rich
from page_scenes import Scene, opened
from paper_reading import pdf_file, reader, said, with_fonts
from world import DAY, HOUR

from architrave.institution import acts
from architrave.institution.acts_warning import POINTS
from architrave.portal.words import LANGUAGES, say, say_of

every = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_launches(monkeypatch)


@cache
def warned() -> Scene:
    """The full table of the council, five alerts before it, of which one has its meeting."""
    scene = rich.__wrapped__()
    world = scene.world
    for number in range(31, 36):
        world.act(
            "USA", "TDC", acts.Alerted, symbol=f"TDC/2027/USA/{number}", body="TDC",
            **dict.fromkeys(POINTS, LONG),
        )  # fmt: skip
        world.settle()
    last = world.peers["KOR"].state.symbols["TDC/2027/USA/35"][0].name
    world.act(
        "KOR", "TDC", acts.Convened, symbol="TDC/2027/KOR/40", body="TDC", consultation=last,
        starts=world.now + DAY, ends=world.now + DAY + HOUR,
    )  # fmt: skip
    world.settle()
    return scene


@with_fonts
@every
def test_open_alerts_stand_first_on_two_pages(language: str) -> None:
    paper = brief_of(warned().world, "KOR", language)
    words = said(paper)
    assert f"{say('alerts-title', language)} · 5" in words
    for number in (31, 32, 33):
        assert f"TDC/2027/USA/{number}" in words
    assert "TDC/2027/USA/34" not in words
    assert say("brief-more", language, n=2) in words
    assert say_of("need", "meeting", language) in words
    assert words.index(say("alerts-title", language)) < words.index(say("brief-waits", language))
    assert len(reader(pdf_file(paper)).pages) == 2


@every
def test_a_test_is_listed_last_and_a_meeting_is_named(language: str) -> None:
    scene = opened()
    world = scene.world
    for number, drill in ((31, False), (32, False), (33, True)):
        world.act(
            "USA", "TDC", acts.Alerted, symbol=f"TDC/2027/USA/{number}", body="TDC", drill=drill,
            **dict.fromkeys(POINTS, LONG),
        )  # fmt: skip
        world.settle()
    first = world.peers["KOR"].state.symbols["TDC/2027/USA/31"][0].name
    starts = world.now + DAY
    world.act(
        "KOR", "TDC", acts.Convened, symbol="TDC/2027/KOR/40", body="TDC", consultation=first,
        starts=starts, ends=starts + HOUR,
    )  # fmt: skip
    world.settle()
    paper = brief_of(world, "KOR", language)
    places = [said(paper).index(f"TDC/2027/USA/{number}") for number in (32, 31, 33)]
    assert places == sorted(places)
    assert say("alert-test-title", language) in said(paper)
    at = brief_copy(world, "KOR", language).here(starts).text
    assert say("brief-meets", language, symbol="TDC/2027/KOR/40", at=at) in said(paper)


@every
def test_every_capital_writes_the_same_of_them(language: str) -> None:
    world = warned().world
    papers = {pdf_file(brief_of(world, party, language)) for party in world.parties}
    assert len(papers) == 1


@every
def test_where_none_is_open_that_is_said(language: str) -> None:
    assert say("brief-no-alerts", language) in said(brief_of(rich().world, "KOR", language))
