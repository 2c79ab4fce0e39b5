"""The council's brief: two pages whatever there is, in three languages, the same for everybody."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from brief_scenes import (
    brief_copy,
    brief_of,
    quick_launches,
    rich,
    said_by_desks,
    tables,
)
from council_scenes import explained
from page_scenes import five_parties, opened, table
from paper_reading import (
    lines_of,
    pdf_file,
    reader,
    run_together,
    said,
    tags_of,
    the_register,
    with_fonts,
    word_document,
    word_file,
    word_texts,
)
from test_portal_pages import read, scene_of, strays

from architrave.desks.dialogues.model import MeetingStatus
from architrave.desks.errors import BadInput
from architrave.institution import acts
from architrave.institution.promises import PeriodState, Reason, ReasonKey, State
from architrave.institution.register import reported_date
from architrave.portal.formats import Said
from architrave.portal.papers import brief_now, desk_data, paper_views
from architrave.portal.papers.council_paper import council_paper, state_text
from architrave.portal.papers.desk_data import DeskData, DeskTables, exercises_held, tables_in
from architrave.portal.papers.errors import Busy
from architrave.portal.papers.fitting import clipped
from architrave.portal.papers.links import council_body
from architrave.portal.papers.model import Heading, Paper, plain_text
from architrave.portal.papers.press import ENDINGS, Press
from architrave.portal.papers.shared_copy import NoSuchState, cut_at, shared_copy
from architrave.portal.papers.text_paper import text_of
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say
from architrave.record import b64

every = pytest.mark.parametrize("language", LANGUAGES)
SCENES = ("unfounded", "opened", "matter_open", "in_force", "two_faces", "party_down")


@pytest.fixture(autouse=True)
def _few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_launches(monkeypatch)


def rich_paper(language: str, party: str = "KOR") -> Paper:
    return brief_of(rich().world, party, language)


# -- two pages ---------------------------------------------------------------------------------


@with_fonts
@every
def test_the_brief_of_a_full_table_has_two_pages(language: str) -> None:
    found = reader(pdf_file(rich_paper(language)))
    assert len(found.pages) == 2
    for page in found.pages:
        width, height = (float(one) / 72 * 25.4 for one in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)


@with_fonts
@every
@pytest.mark.parametrize("name", SCENES)
def test_the_brief_of_any_other_scene_has_at_most_two(name: str, language: str) -> None:
    paper = brief_of(scene_of(name).world, "KOR", language)
    assert len(reader(pdf_file(paper)).pages) <= 2


@with_fonts
@every
def test_it_is_tagged_titled_and_in_its_language(language: str) -> None:
    paper = rich_paper(language)
    made = pdf_file(paper)
    root = reader(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).split("-")[0] == language
    metadata = reader(made).metadata
    assert metadata is not None
    assert metadata.title == paper.title == say("brief-title", language, body=body_name(language))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = tags_of(made)
    headings = [one for one in paper.blocks if isinstance(one, Heading)]
    assert (tags.count("/H1"), tags.count("/H2")) == (1, len(headings) - 1)
    assert "/H3" not in tags
    assert tags.count("/TH") == 20
    held = run_together(" ".join(lines_of(made)))
    for one in headings:
        assert run_together(plain_text(one.text)) in held
    assert held.count("DEMO") >= 3


def body_name(language: str) -> str:
    body = council_body(rich().world.charter)
    assert body is not None
    return say("body-proposed", language, name=body.name[language])


@every
def test_the_word_document_is_small_and_holds_the_same(language: str) -> None:
    paper = rich_paper(language)
    held = set(word_texts(word_document(paper)))
    for block in paper.blocks:
        if isinstance(block, Heading):
            assert plain_text(block.text) in held
    document = word_document(paper)
    assert document.sections[0].left_margin.mm == pytest.approx(17, abs=0.1)
    assert document.styles["Normal"].font.size.pt == pytest.approx(9)
    with zipfile.ZipFile(io.BytesIO(word_file(paper))) as parts:
        assert b"w:tblHeader" in parts.read("word/document.xml")


# -- what it says ------------------------------------------------------------------------------


@every
def test_it_says_what_waits_what_is_owed_and_what_was_asked(language: str) -> None:
    words = said(rich_paper(language))
    for name in (
        "brief-waits brief-talks brief-dialogues brief-exercises brief-launches brief-sources "
        "brief-books brief-signing brief-compiled demo-banner drill-title handover-owed"
    ).split():
        assert say(name, language) in words, name
    assert f"{say('brief-waits', language)} · 7" in words
    for symbol in ("TDC/2027/JPN/1", "TDC/2027/KOR/9", "TDC/2027/KOR/25"):
        assert symbol in words
    assert say("brief-more", language, n=2) + f" /{language}/matters" in words
    assert words.count(say("need-objection", language)) == 1
    assert re.search(say("brief-point", language, point="course", readings=""), words)
    answer = say("brief-answer-not-settled", language)
    assert answer in words
    assert say("brief-no-table", language) not in words


@every
def test_no_word_of_the_machine_room_strays_into_it(language: str) -> None:
    assert strays(said(rich_paper(language)).replace("architrave brief", ""), language) == []


def test_only_what_was_not_held_is_called_overdue() -> None:
    copy = brief_copy(rich().world, "KOR", "en")
    desk = said_by_desks(copy)
    assert not any(state.state is State.NOT_HELD for row in desk.recurring for state in row.states)
    assert "overdue" not in said(rich_paper("en"))
    row = desk.recurring[-1]
    late = PeriodState(
        row.promise.id, row.states[0].period, State.NOT_HELD, Reason(ReasonKey.SEAT_DENIES, ())
    )
    changed = replace(desk, recurring=(*desk.recurring[:-1], replace(row, states=(late,))))
    paper = council_paper(copy, changed)
    assert paper is not None
    assert said(paper).count("overdue (not held)") == 1


def test_answers_are_told_in_their_order_and_the_last_is_named() -> None:
    words = said(rich_paper("en"))
    open_one = next(line for line in words.split("\n") if line.startswith("TDC/2027/KOR/24 "))
    assert "answered: Japan, 1 January 2027" in open_one
    assert "no answer: United States, since 1 January 2027" in open_one
    world = opened().world
    told = dict.fromkeys(("ground", "facts", "wish"), world.words("w"))
    asked = world.act(
        "KOR", "TDC", acts.Consulted, symbol="TDC/2027/KOR/1", body="TDC", drill=True, **told
    )
    world.settle()
    for party in ("USA", "JPN"):
        world.act(party, "TDC", acts.Acknowledged, consultation=asked, answer=world.words("w"))
        world.now += 3_600_000
        world.settle()
    words = said(brief_of(world, "KOR", "en"))
    assert re.search("answered: United States, .* · last to answer: Japan, ", words)
    assert "no answer:" not in words


def test_a_word_on_why_a_line_failed_is_no_answer_in_the_brief() -> None:
    words = said(brief_of(explained().world, "KOR", "en"))
    (line,) = [one for one in words.split("\n") if one.startswith("TDC/2027/KOR/7 ")]
    assert "answered: Japan" in line
    assert "United States: answered after the close, saying why" in line
    assert "last to answer" not in line


def test_a_record_with_nothing_in_it_says_so() -> None:
    words = said(brief_of(scene_of("unfounded").world, "KOR", "en"))
    for name in ("brief-nothing-waits", "brief-no-talks"):
        assert say(name, "en") in words
    copy = brief_copy(opened().world, "KOR", "en")
    empty = council_paper(copy, DeskData(date(2027, 1, 1)))
    assert empty is not None
    assert said(empty).count(say("brief-no-table", "en")) == 3
    assert say("brief-nothing-owed", "en") in said(empty)
    assert the_register().digest in said(empty)


def test_a_charter_without_a_council_has_no_brief() -> None:
    world = five_parties().world
    copy = shared_copy(Copy(world.peers["CAS"], "en", world.now, None, {}))
    assert council_body(copy.charter) is None
    assert council_paper(copy, DeskData(date(2027, 1, 1))) is None


def test_the_next_announced_meeting_is_named_and_one_that_is_over_is_not() -> None:
    copy = brief_copy(opened().world, "KOR", "en")
    desk = said_by_desks(copy)
    first = desk.series[0]
    row = next(one for one in desk.meetings if one.series == first.id)

    def brief(day: str) -> str:
        when = reported_date(day)
        assert when is not None
        told = replace(row, meeting="next", status=MeetingStatus.ANNOUNCED, when=when, last=when)
        paper = council_paper(copy, replace(desk, series=(first,), meetings=(told,)))
        assert paper is not None
        return said(paper)

    assert "1 May 2028" in brief("2028-05-01")
    assert "1 May 2026" not in brief("2026-05-01")
    assert say("brief-none-announced", "en") in brief("2026-05-01")
    assert say("not-known", "en") in brief("2028-05-01")


# -- the same for everybody --------------------------------------------------------------------


@every
def test_every_capital_s_copy_gives_the_same_bytes(language: str) -> None:
    papers = [rich_paper(language, party) for party in rich().world.parties]
    assert papers[0] == papers[1] == papers[2]
    assert len({text_of(one) for one in papers}) == 1
    assert len({word_file(one) for one in papers}) == 1


def test_time_that_passes_changes_nothing_and_a_line_does() -> None:
    scene = opened()
    world = scene.world
    before = brief_of(world, "KOR", "en")
    world.now += 3_000_000
    assert brief_of(world, "JPN", "en") == before
    world.seat("KOR", "TDC", "second holder")
    world.settle()
    assert brief_of(world, "KOR", "en") != before


def test_an_earlier_state_is_made_again_from_a_later_copy() -> None:
    scene = opened()
    world = scene.world
    copy = brief_copy(world, "KOR", "ko")
    before, state = brief_of(world, "KOR", "ko"), state_text(copy)
    table(scene, "JPN", "TDC", "3(1)", "later")
    world.settle()
    later = Copy(world.peers["USA"], "ko", world.now, the_register(), {})
    sizes = {name: int(size) for name, size in (one.split(":") for one in state.split(","))}
    again = shared_copy(later, cut_at(later, sizes))
    assert council_paper(again, said_by_desks(again)) == before
    assert brief_of(world, "USA", "ko") != before
    for party in world.parties:
        tip = copy.view.tip(party)
        assert tip is not None
        assert b64.encode(tip.root) in said(before)


def test_a_state_that_no_copy_ever_had_is_refused() -> None:
    world = rich().world
    copy = Copy(world.peers["KOR"], "en", world.now, None, {})
    sizes = {party: copy.view.tip(party).size for party in world.parties}  # type: ignore[union-attr]
    assert cut_at(copy, sizes) == copy.view.cut
    for changed, why in (
        ({**sizes, "KOR": sizes["KOR"] + 1}, "fewer than"),
        ({"KOR": 1, "USA": 1}, "of JPN is missing"),
        ({**sizes, "JPN": 1}, "no state of the record has one without the other"),
    ):
        with pytest.raises(NoSuchState, match=why):
            cut_at(copy, changed)


# -- what desks bring --------------------------------------------------------------------------


def test_exercises_are_counted_from_the_register_up_to_the_day() -> None:
    parties = ("JPN", "KOR", "USA")
    counted = exercises_held(the_register(), parties, date(2026, 1, 1))
    assert [year for year, _ in counted] == list(range(counted[0][0], counted[-1][0] + 1))
    held = [
        one
        for one in the_register().events
        if one.kind == "exercise" and set(parties) <= set(one.parties)
    ]
    assert sum(number for _, number in counted) == len(held)
    assert exercises_held(the_register(), parties, date(1999, 1, 1)) == ()


def test_tables_are_found_beside_a_copy_or_as_part_of_what_is_there() -> None:
    class Other:
        """Something else beside a copy, which has the tables too."""

        brief = tables()

    assert tables_in(Other()) == Other.brief
    assert tables_in(Other.brief) is Other.brief
    assert tables_in(None) is None
    assert tables_in(object()) is None


def test_a_copy_without_a_table_says_less_and_a_bad_table_is_refused() -> None:
    register, parties, day = the_register(), ("JPN", "KOR", "USA"), date(2026, 6, 1)
    some = DeskTables({"provocations.csv": tables().texts["provocations.csv"]}, lambda text: None)
    found = desk_data.desk_data(some, register, parties, day)
    assert found.series == ()
    assert found.launches is not None
    assert found.dialogues is None
    assert desk_data.desk_data(tables(), None, parties, day) == DeskData(day)
    assert desk_data.desk_data(None, register, parties, day).assessments == ()
    desk_data.require_readable(tables(), parties)
    marked = DeskTables(tables().texts, lambda text: "MARK")
    with pytest.raises(BadInput, match="carries the marking MARK"):
        desk_data.require_readable(marked, parties)


def test_those_who_ask_at_once_wait_for_one_count(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, held = desk_data._launches, []

    def watched(*given: Any) -> object:
        held.append(desk_data._counting.locked())
        return counted(*given)

    quick_launches(monkeypatch)
    counted = desk_data._launches
    monkeypatch.setattr(desk_data, "_launches", watched)
    said_by_desks(brief_copy(opened().world, "KOR", "en"))
    assert held == [True]
    assert not desk_data._counting.locked()


def test_seconds_of_shuffling_are_spent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    desk_data._launches.cache_clear()
    register, parties = the_register(), ("JPN", "KOR", "USA")
    first = desk_data.desk_data(tables(), register, parties, date(2026, 6, 1))
    second = desk_data.desk_data(tables(), register, parties, date(2026, 6, 2))
    assert first.launches is second.launches
    assert first.launches is not None
    assert first.launches.parameters["shuffles"] == 10_000


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [
        ("short", 5, "short"),
        ("a longer one", 8, "a longe…"),
        ("회의 문안", 9, "회의 문안"),
        ("회의 문안", 8, "회의 문…"),
        ("two\nlines  here", 40, "two lines here"),
        ("", 3, ""),
        ("end \u202e", 40, "end [U+202E]"),
    ],
)
def test_a_text_is_cut_to_columns(text: str, most: int, found: str) -> None:
    assert clipped(text, most) == found
    assert clipped(Said(text, "fr"), most) == Said(found, "fr")


# -- on the pages ------------------------------------------------------------------------------


@pytest.fixture
def own_press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press(writer=lambda ending: lambda paper: f"{ending} {paper.digest()}".encode())
    monkeypatch.setattr(paper_views, "press", made)
    return made


@every
def test_the_page_lists_each_file_with_its_digest_and_what_it_is_made_from(
    screen: Callable[..., object], own_press: Press, language: str
) -> None:
    world = scene_of("matter_open").world
    digests = set()
    for party in world.parties:
        shown = screen(world, party)
        page = shown.page(f"/{language}/council/brief")
        found = read(page)
        for ending in ENDINGS:
            address = f"/papers/{language}/council.{ending}"
            assert address in found.links
            answer = shown.answer(address)
            assert answer.status_code == 200
            digest = hashlib.sha256(answer.content).hexdigest()
            assert digest in page
            digests.add(digest)
        copy = brief_copy(world, party, language)
        assert f"--state {state_text(copy)} --language {language}" in page
        assert f"/{language}/council/brief" in read(shown.page(f"/{language}/bodies")).links
    assert len(digests) == len(ENDINGS)


def test_a_file_that_cannot_be_made_now_says_why_on_the_page(
    screen: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(paper: Paper, ending: str) -> bytes:
        raise Busy

    made = Press()
    monkeypatch.setattr(made, "printed", busy)
    monkeypatch.setattr(paper_views, "press", made)
    page = screen(scene_of("opened").world).page("/en/council/brief")
    assert page.count(say("paper-busy", "en")) == len(ENDINGS)


def test_where_there_is_no_council_there_is_no_page(screen: Callable[..., object]) -> None:
    shown = screen(five_parties().world, with_register=False)
    assert say("absent-title", "en") in shown.page("/en/council/brief", 404)
    assert say("absent-title", "en") in shown.page("/papers/en/council.txt", 404)
    assert "council/brief" not in shown.page("/en/bodies")


def test_the_paper_of_a_node_with_tables_has_them(
    screen: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief_now, "tables_in", lambda beside: tables())
    answer = screen(scene_of("opened").world).answer("/papers/en/council.txt")
    assert answer.status_code == 200
    assert "Nuclear Consultative Group" in answer.content.decode()
