"""The front page: the books, the mark, dates, promises and what is being decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from page_scenes import copy_of as copy
from page_scenes import (
    five_parties,
    in_force,
    matter_open,
    opened,
    party_down,
    silence_broken,
    silence_running,
    table,
    two_faces,
    unfounded,
)
from world import DAY

from architrave.institution.acts import Silence
from architrave.institution.register import Fulfilment, Register, Relation
from architrave.portal.contexts import home_page, matters_page
from architrave.portal.reading import Copy
from architrave.portal.register.pages_register import RegisterPage
from architrave.portal.register.register_context import ROWS, register_page
from architrave.portal.words import LANGUAGES


def test_before_the_founding_no_book_is_complete() -> None:
    page = home_page(copy(unfounded(), "KOR"))
    assert (page.beam.text, page.beam.closed) == ("▯▯▯", False)
    assert page.verdict == "Not every book has been begun."
    assert [book.size for book in page.books] == ["0"] * 3


def test_the_beam_closes_when_the_books_agree() -> None:
    page = home_page(copy(opened(), "JPN"))
    assert (page.beam.text, page.beam.closed) == ("▮▮▮", True)
    assert page.verdict == "All books agree."
    assert not any(book.behind or book.silent for book in page.books)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("party", "order"), [("KOR", "KUJ"), ("JPN", "JUK"), ("USA", "UJK")], ids=["KOR", "JPN", "USA"]
)
def test_a_capital_names_its_own_state_first_in_every_language(
    party: str, order: str, language: str
) -> None:
    page = home_page(copy(opened(), party, language))
    assert "".join(book.href.split("/")[-1][0].upper() for book in page.books) == order


def test_a_capital_that_is_down_leaves_the_page_standing() -> None:
    page = home_page(copy(party_down(), "KOR"))
    away = page.books[1]
    assert (page.beam.text, page.beam.closed) == ("▮▯▮", False)
    assert away.silent
    assert "silent since" in away.alive
    assert "(20 min ago)" in away.alive
    assert away.behind == "ROK"
    assert [book.silent for book in page.books] == [False, True, False]


def test_a_copy_that_was_just_started_has_heard_of_nobody() -> None:
    scene = opened()
    scene.world.restart("KOR")
    page = home_page(copy(scene, "KOR"))
    assert [book.alive for book in page.books][1:] == [
        "not heard of since this copy was started"
    ] * 2


def test_two_histories_of_one_book_are_told_with_their_proof() -> None:
    page = home_page(copy(two_faces(), "KOR"))
    liar = page.books[1]
    assert page.verdict.startswith("Two different histories")
    assert (liar.stopped, liar.complete) == (True, False)
    assert liar.proof_href == "/record/proofs/usa.json"
    assert page.beam.text[1] == "▯"
    assert not page.beam.closed


def test_parties_that_share_a_date_stand_on_one_row() -> None:
    page = home_page(copy(silence_running(), "USA"))
    assert [(row.what, row.parties, row.over) for row in page.dates] == [
        ("silence expires", "United States, Japan, ROK", False)
    ]
    assert page.dates[0].when.text == "2 January 2027, 19:00 (Washington)"


def test_a_silence_that_ran_out_while_a_party_was_away_is_still_awaited() -> None:
    scene = silence_running()
    world = scene.world
    world.down.add("USA")
    world.now += 90 * 3_600_000
    world.settle(12)
    page = home_page(copy(scene, "KOR"))
    assert [(row.parties, row.over) for row in page.dates] == [("United States", True)]
    assert [row.party for row in page.deciding[0].awaiting] == ["United States"]


def test_what_is_owed_and_a_notice_are_among_the_dates() -> None:
    page = home_page(copy(in_force(), "KOR"))
    assert [row.what for row in page.dates] == [
        "promise falls due",
        "notice of withdrawal takes effect",
    ]
    assert (page.standing.text, page.standing.href) == ("What stands: 1", "/en/matters")
    assert page.deciding == ()


def test_open_matters_name_whom_they_wait_for() -> None:
    page = home_page(copy(matter_open(), "KOR"))
    (row,) = page.deciding
    assert {str(one.party): one.need for one in row.awaiting} == {
        "ROK": "its book has still to show all positions",
        "United States": "reserves, awaiting its capital",
        "Japan": "has not stated a position",
    }
    (consultation,) = page.consultations
    assert consultation.awaiting == "Japan"
    assert [str(one.party) for one in consultation.answers] == ["United States"]
    assert matters_page(copy(matter_open(), "KOR")).consultations == (consultation,)


def test_the_first_rows_stand_on_the_front_page_and_the_number_of_the_others() -> None:
    scene = silence_running()
    for number in range(4):
        scene.world.now += 60_000
        table(scene, "KOR", "TDC", "3(1)", f"matter {number}")
        scene.world.settle()
    page = home_page(copy(scene, "KOR"))
    assert [row.symbol for row in page.deciding] == scene.symbols[:1:-1]
    assert page.more_deciding is not None
    assert (page.more_deciding.text, page.more_deciding.href) == ("2 more", "/en/matters")
    assert (len(page.dates), page.more_dates) == (1, None)


def test_more_dates_than_fit_are_left_to_the_calendar() -> None:
    scene = opened()
    for days in (5, 3, 4):
        silence = Silence("4(2)", scene.world.now + days * DAY)
        table(scene, "KOR", "ESFBT", "4(2)", silence=silence)
        scene.world.settle()
    page = home_page(copy(scene, "KOR", "ja"))
    assert [str(row.subject.text) for row in page.dates] == [scene.symbols[1], scene.symbols[2]]
    assert page.more_dates is not None
    assert (page.more_dates.text, page.more_dates.href) == ("ほか1件", "/ja/calendar")


def test_a_proposed_body_says_so_wherever_it_is_named() -> None:
    for language, mark in (("ko", "(제안)"), ("ja", "（提案中）"), ("en", "(proposed)")):
        for row in matters_page(copy(silence_broken(), "KOR", language)).matters:
            assert str(row.body).endswith(mark)


def test_five_parties_have_five_columns_and_texts_marked_as_english() -> None:
    page = home_page(copy(five_parties(), "ALD", "ko"))
    assert page.beam.text == "▮▮▮▮▮"
    assert str(page.beam.columns[0].name) == '<span lang="en">Aldmere</span>'
    (row,) = matters_page(copy(five_parties(), "ALD", "ko")).matters
    assert str(row.stage) == '<span lang="en">in force</span>'


# -- promised and held ------------------------------------------------------------------------


def test_the_six_promises_of_the_front_event_stand_with_reason_and_sources(
    register: Register,
) -> None:
    table = home_page(copy(opened(), "USA", register=register)).promises
    assert table is not None
    assert len(table.rows) == 6
    assert [str(row.who) for row in table.rows] == [
        *("Leaders", "Foreign ministers", "Defence ministers"),
        *("Commerce and industry ministers", "National security advisers", "Assistant ministers"),
    ]
    assert table.reach.iso == "2026-03-31"
    assert table.years == ("2023–24", "2024–25", "2025–26", "2026–27")
    periods = [period for row in table.rows for period in row.cells if period is not None]
    assert all(period.reason and period.span and period.sign for period in periods)
    assert table.legend[0].state == "not-held"
    assert all(period.count for period in periods if period.state == "held")
    assert {period.state for period in periods} == {"held", "none-found", "not-known"}


def test_a_meeting_missing_from_the_compilation_reads_none_found_and_never_late(
    screen: Callable[..., object],
) -> None:
    shown = screen(opened().world)
    page = shown.page("/en/register")
    start = page.index('id="cm-ipd-annual"')
    block = page[start : page.index("</article>", start)]
    assert "none found" in block
    assert "Sources up to <time" in block
    assert re.search(r"\b(?:late|overdue|missed|failed)\b", block) is None


def with_denial(register: Register) -> Register:
    link = Fulfilment(
        "cm-leaders-annual",
        "",
        Relation.NOT_HELD,
        date(2024, 1, 5),
        "https://report.example/a",
        "",
        "",
    )
    return Register(
        register.header, register.events, register.promises, (*register.fulfilments, link)
    )


def test_a_promise_not_held_is_the_first_row_of_the_front_page(register: Register) -> None:
    table = home_page(copy(opened(), "USA", register=with_denial(register))).promises
    assert table is not None
    assert table.rows[0].href.endswith("/register/cm-leaders-annual")
    assert table.rows[0].cells[0] is not None
    assert table.rows[0].cells[0].state == "not-held"


def test_what_was_not_held_comes_first_and_cannot_be_folded_away(
    screen: Callable[..., object], register: Register
) -> None:
    shown = replace(screen(opened().world), register=with_denial(register))
    page = shown.page("/en/register")
    first = page[page.index('<section class="group') :]
    first = first[: first.index("</section>")]
    assert 'class="group not-held"' in first
    assert 'id="cm-leaders-annual"' in first
    assert "A source says, for" in first
    assert "report.example" in first
    assert "<details" not in page


def test_the_register_keeps_its_five_states_in_sight(register: Register) -> None:
    pages = register_pages(copy(opened(), "KOR", register=register))
    states = [group.state for page in pages for group in page.groups]
    assert list(dict.fromkeys(states)) == [
        *("not-held", "none-found", "not-known", "reported", "held")
    ]
    assert pages[0].groups[0].state == "not-held"
    rows = [one.id for page in pages for group in page.groups for one in group.promises]
    assert sorted(rows) == sorted(one.id for one in register.promises)
    assert len(set(rows)) == len(rows)


def register_pages(it: Copy) -> list[RegisterPage]:
    found: list[RegisterPage] = []
    while (page := register_page(it, len(found) + 1)) is not None:
        found.append(page)
    return found


def test_each_state_leads_to_the_page_where_it_begins(
    screen: Callable[..., object], register: Register
) -> None:
    shown = screen(opened().world)
    page = register_page(copy(opened(), "JPN", register=register))
    assert page is not None
    for state in page.states:
        path, _, anchor = state.href.partition("#")
        assert f'id="{anchor}"' in shown.page(path), state.href


def test_every_row_of_the_register_has_a_source_and_says_who_compiled_it(
    screen: Callable[..., object], register: Register
) -> None:
    shown = screen(opened().world)
    last, last_of_events = (-(-len(of) // ROWS) for of in (register.promises, register.events))
    pages = [shown.page(f"/en/register/{number + 1}") for number in range(last)]
    pages += [shown.page(f"/en/register/events/{number + 1}") for number in range(last_of_events)]
    for path in ("register/0", f"register/{last + 1}", f"register/events/{last_of_events + 1}"):
        shown.page(f"/en/{path}", 404)
    whole = "".join(pages)
    rows = len(register.promises) + len(register.events)
    assert whole.count("Compiled from public reports</p>") == rows
    for row in (*register.promises, *register.events):
        assert whole.count(f'id="{row.id}"') == 1


def test_a_copy_without_a_register_says_so(screen: Callable[..., object]) -> None:
    shown = screen(opened().world, with_register=False)
    assert "This copy holds no register." in shown.page("/en/")
    assert "There is no such page" in shown.page("/en/register", 404)


def test_books_that_agree_while_one_is_silent_agree_as_last_heard() -> None:
    scene = opened()
    scene.world.down.add("JPN")
    scene.world.now += 5 * 60_000
    scene.world.settle()
    page = home_page(copy(scene, "USA"))
    assert page.beam.closed
    assert page.verdict.startswith("All books agree as far as was last heard")


def test_what_was_kept_from_the_last_page_gives_way_to_a_new_line() -> None:
    scene = opened()
    first, again = copy(scene, "KOR").told, copy(scene, "KOR", "ja").told
    before = len(first.matters)
    assert again.matters is first.matters
    assert again.dates is first.dates
    assert again.books is first.books
    table(scene, "KOR", "TDC", "3(1)")
    assert len(copy(scene, "KOR").told.matters) == before + 1


def test_a_promise_leads_to_its_events_and_each_event_leads_back(
    screen: Callable[..., Any],
) -> None:
    shown = screen(opened().world)
    promise = shown.page("/ko/register/cm-leaders-annual")
    events = set(re.findall(r'href="(/ko/register/ev-[^"]+)"', promise))
    assert events
    made_at = re.search(r'href="(/ko/register/ev-[^"]+)"', promise)
    assert made_at is not None
    kept = events - {made_at.group(1)}
    assert kept, "no event is named that kept it"
    for event in kept:
        assert 'href="/ko/register/cm-leaders-annual"' in shown.page(event)
