"""A matter's texts in all languages, its steps in order, and what is not translated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import amending
import pytest
from msgspec.structs import replace as replaced
from page_scenes import (
    Scene,
    amended,
    five_parties,
    in_force,
    matter_open,
    opened,
    refused,
    say,
    silence_broken,
    table,
    wording,
)
from page_scenes import copy_of as copy
from world import World, load_charter

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.portal.contexts import home_page
from architrave.portal.matters.matter_context import matter_page
from architrave.portal.matters.pages_texts import AlignedText, StepsPage, TextsPage
from architrave.portal.matters.steps_context import steps_page
from architrave.portal.matters.texts_context import aligned, paragraphs, texts_page
from architrave.portal.words import LANGUAGES

MINUTE = 60_000


def texts_of(scene: Scene, symbol: str = "", language: str = "en") -> TextsPage:
    page = texts_page(copy(scene, "KOR", language), symbol or scene.symbols[0])
    assert page is not None
    return page


def steps_of(scene: Scene, symbol: str = "", party: str = "KOR", language: str = "en") -> StepsPage:
    page = steps_page(copy(scene, party, language), symbol or scene.symbols[0])
    assert page is not None
    return page


# -- alignment ------------------------------------------------------------------------------------


def align(language: str = "en", **text: str) -> AlignedText:
    return aligned(copy(opened(), "KOR", language), "x", text)


def test_blank_lines_part_paragraphs_and_single_breaks_do_not() -> None:
    assert paragraphs("\none\ntwo\n \n\nthree\n") == ["one\ntwo", "three"]
    assert paragraphs("  ") == []


def test_equal_texts_are_marked_by_nothing() -> None:
    found = align(ko="하나\n\n둘", ja="一\n\n二", en="one\n\ntwo")
    assert found.note == ""
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["하나", "一", "one"],
        ["둘", "二", "two"],
    ]
    assert [cell.lang for cell in found.rows[0].cells] == ["ko", "ja", "en"]
    assert not any(row.uneven for row in found.rows)


def test_a_missing_language_is_told_with_those_that_exist() -> None:
    found = align(ko="하나", en="one")
    assert found.note == "Missing in Japanese; it exists in Korean, English."
    assert [cell.text if cell else None for cell in found.rows[0].cells] == ["하나", None, "one"]
    # Nothing is amiss with the paragraphs of those that exist.
    assert not found.rows[0].uneven
    assert align("ja", ko="하나").note == "欠けている言語：日本語、英語。存在する言語：韓国語。"


def test_unequal_paragraphs_are_marked_where_one_is_lacking() -> None:
    found = align(ko="하나\n\n둘\n\n셋", ja="一\n\n二", en="one\n\ntwo\n\nthree")
    assert found.note == "The number of paragraphs differs: Korean 3, Japanese 2, English 3."
    assert [row.uneven for row in found.rows] == [False, False, True]
    assert align("ko", ko="하나\n\n둘", ja="一").note == (
        "없는 언어: 영어. 있는 언어: 한국어, 일본어. 단락의 수가 다릅니다: 한국어 2, 일본어 1."
    )


def test_no_words_at_all_are_told_as_such() -> None:
    found = align(ko=" ")
    assert (found.note, found.rows) == ("There are no words in any language.", ())


# -- the page of texts ----------------------------------------------------------------------------


def test_a_reason_in_one_language_is_shown_with_what_it_lacks(screen: Callable[..., Any]) -> None:
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(1)")
    world.settle()
    say(world, "KOR", "TDC", matter, Position.RESERVE, reason={"ko": "본국 훈령 대기"})
    world.settle()
    page = texts_of(scene)
    assert [text.note for text in page.versions[0].texts] == [
        "",
        "",
        "Missing in Japanese, English; it exists in Korean.",
    ]
    assert page.versions[0].texts[2].label == "ROK, position stated: Reason"
    html = screen(world).page(f"/en/matters/{scene.symbols[0]}/texts")
    assert '<td><span lang="ko">본국 훈령 대기</span></td>' in html
    assert html.count('<td class="none">absent</td>') == 2
    for language in ("ko", "ja", "en"):
        assert f'<th scope="col"><span lang="{language}">' in html
    # The page of the matter shows the same words and says that they are not translated.
    shown = matter_page(copy(scene, "KOR", "en"), scene.symbols[0])
    own = matter_page(copy(scene, "KOR", "ko"), scene.symbols[0])
    assert [row.untranslated for row in shown.versions[0].positions if row.reason] == [
        "Not translated into the language of this page; shown in Korean."
    ]
    assert [row.untranslated for row in own.versions[0].positions if row.reason] == [""]


@pytest.mark.parametrize("document", ["[" * 20_000, '{"en":' * 5_000])
def test_a_document_that_is_nested_too_deep_is_shown_as_it_is(document: str) -> None:
    scene = opened()
    text = replaced(wording(scene.world, "deep"), document=document)
    table(scene, "JPN", "TDC", "3(4)", wording=replaced(text, instrument="statement"))
    scene.world.settle()
    (version,) = texts_of(scene).versions
    assert version.document == document


def test_a_document_that_is_kept_by_language_is_aligned_and_another_is_shown_whole() -> None:
    scene = opened()
    text = '{"en":"one\\n\\ntwo","ja":"一","ko":"하나\\n\\n둘"}'
    for document in (text, "plain words"):
        said = acts.Wording(
            scene.world.words("t"), scene.world.words("s"), "plan", "political", document
        )
        table(scene, "JPN", "TDC", "3(1)", wording=said)
    scene.world.settle()
    whole = texts_of(scene).versions[0]
    assert whole.document == ""
    assert whole.texts[2].note == (
        "The number of paragraphs differs: Korean 2, Japanese 1, English 2."
    )
    other = texts_of(scene, scene.symbols[1]).versions[0]
    assert (other.document, len(other.texts)) == ("plain words", 2)


def test_an_amendment_shows_the_articles_that_it_changes() -> None:
    scene = amended()
    (version,) = texts_of(scene, f"{amending.BODY}/2027/KOR/1").versions
    assert [text.label for text in version.texts] == [
        "Title",
        "Summary",
        "Art. 4(2): Title",
        "Art. 4(2)",
    ]
    assert version.document == ""


def test_a_charter_in_two_other_languages_has_two_columns(screen: Callable[..., Any]) -> None:
    scene = five_parties()
    page = texts_page(copy(scene, "DUN", "ko"), scene.symbols[0])
    assert page is not None
    assert [(one.text, one.lang) for one in page.heads] == [("English", "en"), ("fr", "fr")]
    html = screen(scene.world, with_register=False).page(f"/ko/matters/{scene.symbols[0]}/texts")
    assert '<span lang="fr">' in html


# -- not translated -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "least"), [("bodies", 2), ("charter", 10), ("rules/2(2)", 1), ("matters/{}", 1)]
)
def test_a_text_that_is_not_in_the_language_of_the_page_says_so(
    screen: Callable[..., Any], path: str, least: int
) -> None:
    scene = five_parties()
    shown = screen(scene.world, with_register=False)
    path = path.format(scene.symbols[0])
    said = {"ko": "영어로 표시합니다", "ja": "英語で表示しています"}
    for language, words in said.items():
        html = shown.page(f"/{language}/{path}")
        assert html.count(f'<p class="untranslated">{"이" if language == "ko" else "こ"}') >= least
        assert words in html
    assert "untranslated" not in shown.page(f"/en/{path}")


def test_a_request_to_consult_in_other_languages_says_so() -> None:
    scene = five_parties()
    told = {name: scene.world.words(name) for name in ("ground", "facts", "wish")}
    scene.world.act("BOR", "BASIN", acts.Consulted, symbol="BASIN/2027/BOR/9", body="BASIN",
                    **told)  # fmt: skip
    scene.world.settle()
    (own,) = home_page(copy(scene, "DUN", "en")).consultations
    (other,) = home_page(copy(scene, "DUN", "ja")).consultations
    assert own.untranslated == ""
    assert other.untranslated == "この画面の言語に翻訳されていないため、英語で表示しています。"


def test_a_translated_text_says_nothing_of_it(screen: Callable[..., Any]) -> None:
    scene = matter_open()
    shown = screen(scene.world)
    for language in LANGUAGES:
        for path in ("bodies", "charter", "rules/3(1)", f"matters/{scene.symbols[0]}"):
            assert "untranslated" not in shown.page(f"/{language}/{path}"), path


# -- step by step ---------------------------------------------------------------------------------


def test_each_step_tells_who_when_under_which_article_and_what_came_of_it() -> None:
    page = steps_of(matter_open(), language="en")
    assert [(step.party, step.capital, step.article, step.decides) for step in page.steps] == [
        ("Japan", "Tokyo", "Art. 2(1)", "Art. 3(4)"),
        ("ROK", "Seoul", "Art. 2(2)", ""),
        ("United States", "Washington", "Art. 2(2)", ""),
    ]
    assert [step.outcome for step in page.steps] == ["not decided"] * 3
    assert page.steps[2].positions == (
        "ROK: concur · United States: reserve (pending capital) · Japan: no position"
    )
    assert page.steps[0].line.href == "/en/record/jpn/1#line-7"
    assert (page.code, [one.line for one in page.closings]) == ("open", [None] * 3)


def test_the_last_position_turns_the_outcome_over_and_the_books_close_it() -> None:
    scene = five_parties()
    page = steps_of(scene, party="DUN")
    assert [step.outcome for step in page.steps] == ["not decided"] * 5 + ["decided"]
    assert page.code == "in-force"
    assert all(one.knows and one.line for one in page.closings)
    assert page.ticks_text == "10 of 10 ticks"


def test_a_silence_is_decided_by_its_periods_until_somebody_speaks() -> None:
    kept, broken = steps_of(in_force()), steps_of(silence_broken())
    assert [step.outcome for step in kept.steps] == [
        "no objection or reserve so far; the periods decide", "", "", "",
    ]  # fmt: skip
    assert [step.article for step in kept.steps] == [
        "Art. 2(1)", "Art. 6(1)", "Art. 6(2)", "Art. 7(1)",
    ]  # fmt: skip
    assert [step.outcome for step in broken.steps][1:] == ["not adopted", "not decided"]
    assert broken.steps[2].decides == "Art. 3(1)"


def test_a_position_taken_back_is_a_step_of_the_version_it_was_on() -> None:
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(1)")
    world.settle()
    say(world, "KOR", "TDC", matter, Position.CONCUR)
    world.act("KOR", "TDC", acts.Retracted, matter=matter)
    world.settle()
    last = steps_of(scene).steps[-1]
    assert last.positions == "ROK: no position · United States: no position · Japan: no position"
    assert last.outcome == "not decided"


def test_what_was_not_admitted_stands_in_its_place_and_moves_nothing() -> None:
    last = steps_of(refused()).steps[-1]
    assert (last.article, last.outcome, last.positions) == ("Art. 2(3)", "", "")
    assert "may withdraw it" in last.refused.text


def test_the_step_that_brings_an_amendment_stands_under_the_charter_it_replaces() -> None:
    scene = amended()
    page = steps_of(scene, f"{amending.BODY}/2027/KOR/1")
    assert [step.kind for step in page.steps][-1] == "charter runs as amended"
    assert page.steps[-1].article == "Art. 3(3)"
    assert page.steps[-2].outcome == "decided"


def test_no_step_stands_before_one_that_its_author_had_received() -> None:
    """A clock that is slow does not put an answer before its question."""
    scene = opened()
    world = scene.world
    world.now += 2 * MINUTE
    matter = table(scene, "JPN", "TDC", "3(1)")
    world.now -= 2 * MINUTE
    world.deliver()
    say(world, "KOR", "TDC", matter, Position.CONCUR)
    world.now += 2 * MINUTE
    world.settle()
    steps = steps_of(scene, language="en").steps
    assert [step.party for step in steps] == ["Japan", "ROK"]
    assert steps[1].at.iso < steps[0].at.iso


def test_all_copies_tell_the_same_steps_and_a_restarted_one_too() -> None:
    scene = silence_broken()
    told = {
        party: [replace(step, at=None, positions="") for step in steps_of(scene, party=party).steps]
        for party in scene.world.parties
    }
    one, *others = told.values()
    assert all(other == one for other in others)


def test_erased_words_are_gone_from_texts_and_steps() -> None:
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(1)", wording=wording(world, "words to be erased"))
    world.settle()
    world.act("JPN", "TDC", acts.Erased, act=matter, cause="mistake")
    world.settle()
    assert "words to be erased" not in repr(texts_of(scene))
    page = steps_of(scene)
    assert "words to be erased" not in repr(page)
    assert [step.kind for step in page.steps] == ["tabled (put forward)", "words erased"]


# -- nothing leaks --------------------------------------------------------------------------------


def test_a_matter_of_three_has_neither_texts_nor_steps(screen: Callable[..., Any]) -> None:
    """Not even for the three: what is released to fewer than all is on no page."""
    scene = Scene(World(load_charter("src/architrave/sim/rivers.toml")))
    world = scene.world
    world.open("BASIN", "FERRY")
    to = sorted(world.origin(party) for party in ("ALD", "BOR", "CAS"))
    said = wording(world, "a secret matter", "arrangement", "binding")
    matter = table(scene, "ALD", "FERRY", "2(2)", wording=said, to=to)
    world.settle()
    reason = {"reason": world.words("a secret reason"), "to": to}
    say(world, "BOR", "FERRY", matter, Position.RESERVE, **reason)
    world.settle()
    assert matter in world.peers["CAS"].state.matters
    for party in world.parties:
        shown = screen(world, party, with_register=False)
        for page in ("texts", "steps"):
            assert "secret" not in shown.page(f"/en/matters/{scene.symbols[0]}/{page}", 404)


def test_a_symbol_that_nobody_issued_has_neither() -> None:
    assert texts_page(copy(opened(), "KOR"), "TDC/2027/KOR/77") is None
    assert steps_page(copy(opened(), "KOR"), "TDC/2027/KOR/77") is None
