"""Counts for researchers: who tabled what, what there is of each kind, what is withheld."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from page_scenes import NASTY, Scene, copy_of, for_two, opened
from test_portal_pages import read, scene_of
from world import DAY

from architrave.institution import acts
from architrave.institution.acts import kind_of
from architrave.portal.research.pages_research import ResearchPage
from architrave.portal.research.research_context import research_page
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


def page_of(scene: Scene, party: str = "KOR", **asked: str) -> ResearchPage:
    return research_page(copy_of(scene, party), asked)


def test_matters_and_versions_that_stood_are_counted_by_capital_and_year() -> None:
    scene = scene_of("in_force")
    page, korea = page_of(scene), copy_of(scene, "KOR").party("KOR")
    rows = {(row.year, row.party): (row.tabled, row.stood) for row in page.agenda}
    (year,) = {year for year, _ in rows}
    assert rows[year, korea] == ("1", "1")
    assert {pair for (_, party), pair in rows.items() if party != korea} == {("0", "0")}


def test_a_matter_that_is_open_has_been_tabled_and_does_not_stand() -> None:
    counts = [(row.tabled, row.stood) for row in page_of(scene_of("matter_open")).agenda]
    assert sorted(counts) == [("0", "0"), ("0", "0"), ("1", "0")]


def test_the_chart_shows_the_numbers_of_its_table_from_zero() -> None:
    page = page_of(scene_of("in_force"))
    assert page.chart is not None
    told = [count for row in page.agenda for count in (row.tabled, row.stood)]
    assert [bar.count for bar in page.chart.bars] == told
    longest = max(bar.length for bar in page.chart.bars)
    for bar in page.chart.bars:
        most = max(int(one) for one in told)
        assert bar.length == round(longest * int(bar.count) / most)
        assert bar.y + 12 <= page.chart.height
        assert bar.count_x < page.chart.width
    assert page_of(scene_of("opened")).chart is None


def test_every_entry_for_all_is_counted_once_under_its_kind() -> None:
    scene = scene_of("in_force")
    copy = copy_of(scene, "KOR")
    kinds: Counter[str] = Counter()
    for facts in copy.state.acts.values():
        kinds.update(kind_of(fact.act) for fact in list(copy.view.of(facts))[:1])
    page = page_of(scene)
    for kind, number in kinds.items():
        word = say(f"kind-{kind}", "en")
        assert sum(int(row.count) for row in page.counts if row.kind == word) == number
    assert page.total == str(sum(kinds.values()))


def test_a_question_narrows_the_counts_and_stands_in_the_address() -> None:
    scene = scene_of("in_force")
    page = page_of(scene, body="ESFBT", kind="reported", year="2027")
    assert page.address.href == "/en/research?body=ESFBT&kind=reported&year=2027"
    assert [(row.kind, row.count) for row in page.counts] == [(say("kind-reported", "en"), "1")]
    assert page.total == "1"
    assert page_of(scene, year="2027").total == page_of(scene).total
    # A report, a notice and a position count under the body of their matter.
    bodies = {row.body for row in page_of(scene, kind="notified-withdrawal").counts}
    assert len(bodies) == 1
    assert page_of(scene, body="TDC", kind="reported").counts == ()


@every
def test_a_value_that_nothing_has_is_told_in_words(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(scene_of("opened").world).page(
        f"/{language}/research?body=NOBODY&kind=tabled&year=1999"
    )
    assert say("counts-unknown", language, value="NOBODY") in page
    assert say("counts-unknown", language, value="1999") in page
    assert f'<a href="/{language}/research?kind=tabled">' in page


def test_what_stands_in_the_address_is_escaped(screen: Callable[..., Any]) -> None:
    page = screen(scene_of("opened").world).page(
        f"/en/research?body=%3Cscript%3E&kind=%22%3E&year={'9' * 999}"
    )
    assert "<script" not in page
    assert read(page).faults == []
    assert "9" * 100 not in page


def test_sealed_texts_are_counted_by_readers_and_age_without_content(
    screen: Callable[..., Any],
) -> None:
    scene = for_two()
    (row,) = page_of(scene).withheld
    assert (row.readers, row.ages, row.total) == ("2 of 3 parties", ("1", "0", "0", "0"), "1")
    scene.world.now += 400 * DAY
    (row,) = page_of(scene).withheld
    assert row.ages == ("0", "0", "1", "0")
    for party in scene.world.parties:
        text = screen(scene.world, party).page("/en/research")
        assert "secret" not in text
        assert "abab" not in text
    # It is counted among what is withheld and nowhere else.
    kinds = {counted.kind for counted in page_of(scene).counts}
    assert say("kind-deposited", "en") not in kinds


def test_where_nothing_is_withheld_the_page_says_so(screen: Callable[..., Any]) -> None:
    assert page_of(scene_of("opened")).withheld == ()
    assert say("withheld-none", "en") in screen(scene_of("opened").world).page("/en/research")


def test_erased_words_are_counted_by_cause() -> None:
    scene = opened()
    world = scene.world
    for number, cause in enumerate(("mistake", "mistake", "law")):
        named = world.act("JPN", "TDC", acts.Deposited, title=world.words(f"unspeakable {number}"),
                          digest=f"{number}" * 64, source="")  # fmt: skip
        world.settle()
        world.act("JPN", "TDC", acts.Erased, act=named, cause=cause)
        world.settle()
    counts = {row.cause: row.count for row in page_of(scene).erased}
    assert counts == {say("cause-law", "en"): "1", say("cause-mistake", "en"): "2"}


def test_two_capitals_count_alike_from_the_same_record() -> None:
    for scene in map(scene_of, ("in_force", "matter_open", "for_two")):
        seen = []
        for party in scene.world.parties:
            page = page_of(scene, party)
            agenda = sorted(
                (row.year, str(row.party), row.tabled, row.stood) for row in page.agenda
            )
            counts = [(row.month, row.body, row.kind, row.count) for row in page.counts]
            seen.append((agenda, counts, page.withheld, page.erased))
        assert seen[0] == seen[1] == seen[2]


@every
def test_the_page_says_what_counts_do_not_show(screen: Callable[..., Any], language: str) -> None:
    page = screen(scene_of("in_force").world).page(f"/{language}/research")
    for word in ("agenda-caveat", "counts-text", "withheld-text", "place-research"):
        assert say(word, language) in unescape(page)
    assert NASTY not in page
    assert len(re.findall("<rect ", page)) == 6
    assert f'role="img" aria-label="{say("agenda-chart", language)}"' in page
