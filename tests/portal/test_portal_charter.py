"""The charter, its bodies and its offices as of a day; versions of it, old and new side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import amending
import pytest
from page_scenes import Scene, five_parties, for_two, opened, unfounded
from page_scenes import copy_of as copy
from world import DAY, START, World

from architrave.institution import acts
from architrave.institution.amendments import charter_at
from architrave.portal.charter.asof import day_end
from architrave.portal.charter.bodies_context import bodies_page
from architrave.portal.charter.charge_context import charge_rows
from architrave.portal.charter.charter_context import charter_page
from architrave.portal.charter.pages_charter import BodiesPage, CharterPage, SeatRow
from architrave.portal.composing.instants import day_end as day_over
from architrave.portal.composing.instants import instant
from architrave.portal.contexts import home_page
from architrave.portal.words import LANGUAGES

OTHER = amending.LONGER.replace(
    'text]\nko = "이 헌장은 정치적 문서이며',
    'text]\nko = "(개정) 이 헌장은 정치적 문서이며',
).replace("This charter is a political document and", "This charter, as amended, is political and")


def amended_twice() -> Scene:
    """Founded on the first day, amended on the third, and back to the first text on the fifth."""
    scene = Scene(World())
    world = scene.world
    world.open(amending.BODY)
    for number, text in ((1, OTHER), (2, amending.SHIPPED)):
        world.now += 2 * DAY
        amending.amend(world, number, text)
    world.now += 2 * DAY
    world.settle()
    return scene


def day(number: int) -> str:
    """The n-th day of the world, from 1."""
    return date(2027, 1, number).isoformat()


def page_on(scene: Scene, on: str = "", language: str = "en") -> CharterPage:
    return charter_page(copy(scene, "KOR", language), on)


def article(page: CharterPage, number: str) -> Any:
    return next(one for one in page.articles if one.anchor == f"article-{number}")


def test_the_charter_is_that_which_held_at_the_end_of_the_day() -> None:
    scene = amended_twice()
    periods = [article(page_on(scene, day(one)), "4(2)").period for one in range(1, 8)]
    assert periods == ["24 hours"] * 2 + ["48 hours"] * 2 + ["24 hours"] * 3
    assert [one.shown for one in page_on(scene, day(4)).versions] == [False, True, False]
    assert "as amended" in article(page_on(scene, day(4)), "1(3)").text
    assert "as amended" not in article(page_on(scene), "1(3)").text


def test_a_text_that_comes_back_is_a_version_of_its_own() -> None:
    page = page_on(amended_twice())
    assert page.versions[0].digest == page.versions[2].digest == page.digest
    assert [one.shown for one in page.versions] == [False, False, True]
    assert [one.matter.text if one.matter else "" for one in page.versions] == [
        "", "ESFSC/2027/KOR/1", "ESFSC/2027/KOR/2",
    ]  # fmt: skip
    first, second, third = page.versions
    assert (first.last, second.last, third.last) == (second.first, third.first, None)


def test_a_day_ends_as_it_does_on_the_command_line() -> None:
    scene = amended_twice()
    peer = scene.world.peers["KOR"]
    for number in range(1, 8):
        on = date.fromisoformat(day(number))
        at = instant(day(number), peer.state.charter, "--as-of", day_means_end=True)
        assert day_end(on) == at == day_over(on) - 1
        cut = peer.history.dated_cut(peer.reader.cut(), at)
        view = peer.state.view(peer.history, cut)
        assert charter_at(peer.state, view).digest == page_on(scene, day(number)).digest


def test_an_amendment_stands_article_by_article_old_beside_new() -> None:
    changes = page_on(amended_twice(), language="ko").versions[1].changes
    assert [one.what for one in changes] == ["제1조제3항: 변경", "제4조제2항: 변경"]
    text, period = changes[0].rows, changes[1].rows
    assert [(row.label, row.old[:9], row.new[:9]) for row in text] == [
        ("본문", "이 헌장은 정치적", "(개정) 이 헌장")
    ]
    assert [(row.label, row.old, row.new) for row in period] == [("최소 기간", "24시간", "48시간")]
    assert changes[1].fields == "minimum_period"


def test_a_link_to_a_days_end_is_given_only_where_the_version_held_by_then() -> None:
    scene = Scene(World())
    scene.world.open(amending.BODY)
    amending.amend(scene.world, 1)
    founding, first = page_on(scene).versions
    assert (founding.href, first.href) == ("", "/en/charter?on=2027-01-01")


def test_only_an_article_that_runs_now_leads_to_the_page_of_its_rule() -> None:
    then = page_on(amended_twice(), day(4))
    assert article(then, "4(1)").href == "/en/rules/4(1)"
    assert article(then, "4(2)").href == ""
    assert article(then, "1(1)").href == ""


FAULTS = [
    ("2027-02-31", "is not a day"),
    ("yesterday", "is not a day"),
    ("1066-10-14", "is not a day"),
    ("9999-12-31", "is not a day"),
    ("2027-01-09", "still to come"),
    ("2026-12-31", "before this copy's record, which begins on 1 January 2027"),
]


@pytest.mark.parametrize("path", ["charter", "bodies"])
@pytest.mark.parametrize(("on", "said"), FAULTS)
def test_a_day_that_cannot_be_shown_is_answered_in_one_sentence(
    screen: Callable[..., Any], path: str, on: str, said: str
) -> None:
    scene = amended_twice()
    page = charter_page(copy(scene, "KOR"), on)
    assert said in page.asof.fault
    assert page.asof.said == "As this copy shows it now."
    shown = screen(scene.world)
    sentences = set()
    for language in LANGUAGES:
        html = shown.page(f"/{language}/{path}?on={on}", 400)
        found = html.split('<p class="warn" role="alert">')[1].split("</p>")[0]
        sentences.add(found)
    assert len(sentences) == len(LANGUAGES)


def test_what_was_asked_is_quoted_in_part_and_never_run(screen: Callable[..., Any]) -> None:
    html = screen(opened().world).page("/en/charter?on=<script>" + "x" * 99, 400)
    assert "<script" not in html
    assert "&lt;script&gt;" + "x" * 32 + "”" in html


def test_before_the_first_line_there_is_no_earlier_day() -> None:
    page = charter_page(copy(unfounded(), "KOR"), "2026-12-01")
    assert page.asof.fault == "This copy holds no line yet, so it can show no earlier day."
    assert page.asof.earliest == ""


def test_a_day_that_has_begun_in_this_capital_can_be_asked_for() -> None:
    scene = opened()
    scene.world.now = START + DAY - 3_600_000  # 08:00 of the next day in Seoul
    assert bodies_page(copy(scene, "KOR"), "2027-01-02").asof.fault == ""
    assert bodies_page(copy(scene, "USA"), "2027-01-02").asof.fault != ""


def test_every_language_keeps_the_day(screen: Callable[..., Any]) -> None:
    html = screen(opened().world).page("/ja/bodies?on=2027-01-01")
    for language in LANGUAGES:
        assert f'href="/{language}/bodies?on=2027-01-01"' in html
    assert 'name="on" value="2027-01-01" min="2027-01-01" max="2027-01-01"' in html


# -- seats and offices --------------------------------------------------------------------------


def seat(page: BodiesPage, body: str, title: str) -> SeatRow:
    block = next(one for one in (*page.existing, *page.proposed) if one.id == body)
    return next(one for one in block.seats if title in str(one.title))


def test_a_seat_says_since_when_it_is_held_vacant_or_that_nothing_is_entered(
    screen: Callable[..., Any],
) -> None:
    scene = opened()
    world = scene.world
    world.now += DAY
    world.party_act("JPN", acts.Vacated, office="JPN/TDC")
    world.settle()
    now, then = bodies_page(copy(scene, "KOR")), bodies_page(copy(scene, "KOR"), day(1))
    held, left = seat(then, "TDC", "Japan"), seat(now, "TDC", "Japan")
    assert (held.holder, held.since.iso[:10]) == ("first holder", "2027-01-01")
    assert (left.holder, left.since.iso[:10]) == ("", "2027-01-02")
    assert left.line.text.startswith("line ")
    never = seat(now, "LEAD", "Japan")
    assert (never.holder, never.since, never.line) == ("", None, None)
    html = screen(world).page("/en/bodies")
    assert "Council, Japan: vacant" in html
    assert "Prime Minister of Japan: not entered" in html


def test_an_office_without_dates_is_not_known_and_never_guessed(
    screen: Callable[..., Any],
) -> None:
    (row,) = bodies_page(copy(opened(), "KOR")).charge
    assert (str(row.office), row.order) == ("Secretary-General", "ROK → United States → Japan")
    assert (row.party, row.first, row.last, row.handover, row.successor) == (
        "",
        None,
        None,
        None,
        "",
    )
    assert home_page(copy(opened(), "KOR")).charge_href == "/en/bodies#charge"
    for path, word in (("/ko/bodies", "미상"), ("/ja/bodies", "不明"), ("/en/bodies", "not known")):
        block = screen(opened().world).page(path).split('<ul class="matters charge">')[1]
        assert block.split("</ul>")[0].count(word) == 3, path


@pytest.mark.parametrize(
    ("on", "party", "handover", "successor"),
    [
        ("2026-06-01", "Casteron", "2027-01-01", "Aldmere"),
        ("2026-12-31", "Casteron", "2027-01-01", "Aldmere"),
        ("2027-01-01", "Aldmere", "2028-01-01", "Estrund"),
        # The end of that term is not known, so neither is who is in the chair on a day of it.
        ("2028-06-01", "", None, ""),
    ],
)
def test_an_office_with_dates_says_its_term_and_the_next_handover(
    on: str, party: str, handover: str | None, successor: str
) -> None:
    (row,) = charge_rows(copy(five_parties(), "DUN"), date.fromisoformat(on))
    assert (row.party, row.successor) == (party, successor)
    assert (row.handover.iso if row.handover else None) == handover
    assert (row.first is None, row.last is None) == (not party, not party)


def test_a_body_that_does_not_exist_has_nobody_in_its_chair() -> None:
    scene = opened()
    assert scene.world.charter.body("TDC").chair is not None
    assert [one.body.href for one in bodies_page(copy(scene, "KOR")).charge] == ["/en/bodies#SEC"]


def test_no_past_day_shows_what_two_keep_between_them(screen: Callable[..., Any]) -> None:
    scene = for_two()
    for party in scene.world.parties:
        shown = screen(scene.world, party)
        for path in ("charter", "bodies", f"charter?on={day(1)}", f"bodies?on={day(1)}"):
            assert "secret" not in shown.page(f"/en/{path}"), (party, path)
