"""What a search finds, what it never finds, and the addresses that stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from page_scenes import (
    NASTY,
    SCENES,
    Scene,
    copy_of,
    matter_open,
    opened,
    table,
)
from test_portal_pages import read, scene_of
from world import World

from architrave.institution import acts
from architrave.institution.acts import Wording
from architrave.institution.erasure import MARK
from architrave.institution.register import Register
from architrave.portal.search.closeness import distance
from architrave.portal.search.folding import fold, keys_of, phrase_of, spans, stem
from architrave.portal.search.search_context import HITS, index_of
from architrave.portal.search.search_index import LONGEST, WORDS, Answer, ask
from architrave.portal.search.search_terms import forms_of
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


def found(scene: Scene, query: str, register: Register | None = None) -> Answer:
    return ask(index_of(copy_of(scene, "KOR", register=register)), query)


def names(answer: Answer) -> list[str]:
    return [hit.piece.names[0] for hit in answer.hits if hit.piece.names]


def marked(answer: Answer) -> set[str]:
    return {
        touch.source[start:end]
        for hit in answer.hits
        for touch in hit.touches
        for start, end in touch.spans
    }


def worded(world: World, **texts: str) -> Wording:
    """A statement whose title is given language by language."""
    summary = {one: "…" for one in world.charter.languages}
    return Wording({**summary, **texts}, summary, "statement", "political", "")


@cache
def drills() -> Scene:
    """Matters whose words are known; nothing is changed in it."""
    return planned()


def planned() -> Scene:
    scene = opened()
    world = scene.world
    table(scene, "JPN", "TDC", "3(4)", wording=worded(
        world, ko="3자 훈련을 함께 계획한다", ja="日米韓の訓練を計画する",
        en="The three plan joint policies"))  # fmt: skip
    table(scene, "KOR", "TDC", "3(4)", wording=worded(
        world, ko="수출통제 담당관의 등대 협의", ja="輸出管理担当官の協議",
        en="Officers in charge of export controls"))  # fmt: skip
    world.settle()
    return scene


# -- what is found --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("훈련", "훈련"),  # the text has it with a particle
        ("훈련을", "훈련을"),
        ("계획", "계획"),
        ("訓練", "訓練"),
        ("policy", "policies"),
        ("POLICIES", "policies"),
        ("ｐｏｌｉｃｙ", "policies"),  # full width
        ("3자훈련", "3자 훈련"),
    ],
)
def test_a_word_is_found_in_each_language(query: str, hit: str) -> None:
    answer = found(drills(), query)
    assert "TDC/2027/JPN/1" in names(answer)
    assert hit in marked(answer)


def test_a_particle_that_the_text_lacks_does_not_hide_a_noun() -> None:
    answer = found(drills(), "등대까지")
    assert names(answer)[0] == "TDC/2027/KOR/2"
    assert answer.units[0].close == ("등대",)


@pytest.mark.parametrize(
    ("query", "body"), [("반도", "ESFSC"), ("半導体", "ESFSC"), ("협의", "DTT")]
)
def test_two_characters_find_a_body_of_the_charter(query: str, body: str) -> None:
    assert body in names(found(scene_of("opened"), query))


def test_the_charter_is_found_by_seat_article_and_holder() -> None:
    scene = scene_of("opened")
    assert "KOR/TDC" in names(found(scene, "first holder"))
    assert names(found(scene, "7(2)"))[0] == "7(2)"
    assert "7(2)" in names(found(scene, "제7조"))


@every
def test_a_body_that_does_not_exist_is_called_proposed(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(scene_of("opened").world)
    for query, word in (("TDC", "search-body-proposed"), ("KOR/TDC", "search-seat-proposed")):
        assert say(word, language) in shown.page(f"/{language}/search?q={query}")
    assert say("search-body-proposed", language) not in shown.page(f"/{language}/search?q=DTT")


def test_the_register_is_found_from_another_language(register: Register) -> None:
    bare = replace(register, translations={})
    answer = found(scene_of("opened"), "미사일 경보", bare)
    assert "ev-warning-2023" in names(answer)
    first = next(hit for hit in answer.hits if hit.piece.names == ("ev-warning-2023",))
    assert [form.text for form in first.through] == ["missile warning"]


@pytest.mark.parametrize("word", ["경보", "警戒", "warning"])
def test_the_register_is_found_in_its_translations(register: Register, word: str) -> None:
    assert "ev-warning-2023" in names(found(scene_of("opened"), word, register))


def test_a_symbol_or_an_id_comes_first_whatever_else_names_it(register: Register) -> None:
    scene = drills()
    assert names(found(scene, "tdc/2027/kor/2"))[0] == "TDC/2027/KOR/2"
    assert names(found(scene, "ev-campdavid", register))[0] == "ev-campdavid"
    matter = next(iter(scene.world.peers["KOR"].state.matters))
    assert found(scene, matter).hits[0].piece.sort == "matter"


def test_a_title_goes_before_a_text() -> None:
    scene = opened()
    world = scene.world
    summary = {one: "about lighthouses" for one in world.charter.languages}
    other = Wording(world.words("Something else"), summary, "statement", "political", "")
    table(scene, "JPN", "TDC", "3(4)", wording=other)
    table(scene, "JPN", "TDC", "3(4)", wording=worded(world, en="Lighthouse keepers"))
    world.settle()
    assert names(found(scene, "lighthouse")) == ["TDC/2027/JPN/2", "TDC/2027/JPN/1"]


def test_reasons_answers_promises_and_documents_are_searched() -> None:
    scene = matter_open()
    sorts = {hit.piece.sort for hit in found(scene, "quoted").hits}
    assert sorts == {"matter", "consultation"}
    assert "commitment" in {
        hit.piece.sort for hit in found(scene_of("silence_running"), "what").hits
    }
    world = scene.world
    world.act("KOR", "TDC", acts.Deposited, title=world.words("treatise on buoys"),
              digest="cd" * 32, source="https://papers.example/")  # fmt: skip
    world.settle()
    (hit,) = found(scene, "treatise").hits
    assert hit.piece.sort == "deposit"
    assert found(scene, "cd" * 32).hits[0].piece == hit.piece


def test_the_index_follows_the_record_and_reads_only_what_is_new() -> None:
    scene = planned()
    copy = copy_of(scene, "KOR")
    before = {piece.names[0]: piece for piece in index_of(copy).pieces if piece.sort == "matter"}
    assert index_of(copy_of(scene, "KOR")) is index_of(copy)
    table(scene, "USA", "TDC", "3(1)", "harbour lights")
    scene.world.settle()
    after = index_of(copy_of(scene, "KOR")).pieces
    same = [piece for piece in after if piece.names and before.get(piece.names[0]) is piece]
    assert len(same) == 2
    assert names(found(scene, "harbours")) == ["TDC/2027/USA/3"]


def test_what_holds_only_a_part_is_shown_as_such() -> None:
    answer = found(drills(), "policies lighthouses")
    assert not answer.whole
    assert names(answer)[0] == "TDC/2027/JPN/1"


# -- other languages and slips --------------------------------------------------------------------


def test_the_glossary_adds_forms_and_says_which() -> None:
    answer = found(drills(), "export control")
    assert {(one.language, one.text) for one in answer.units[0].added} == {
        ("ko", "수출통제"), ("ja", "輸出管理"),
    }  # fmt: skip
    (hit,) = [one for one in answer.hits if one.piece.names[0] == "TDC/2027/KOR/2"]
    assert {touch.passage.language for touch in hit.touches} <= {"ko", "ja", "en"}
    assert {"수출통제", "輸出管理", "export controls"} & marked(answer)


@pytest.mark.parametrize("word", ["export controls", "수출통제", "輸出管理", "수출 통제"])
def test_a_term_leads_to_its_three_forms(word: str) -> None:
    assert {form.language for form in forms_of(phrase_of(word))} == {"ko", "ja", "en"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("polices", "policy"),
        ("polcies", "policy"),
        ("oficers", "officer"),
        ("semiconducter", "semiconductor"),
        ("반도채", "반도체"),
        ("輸出官理", "輸出管理"),
    ],
)
def test_one_slip_is_mended_and_told(typed: str, meant: str) -> None:
    answer = found(drills(), typed)
    assert meant in answer.units[0].close
    assert answer.hits


@pytest.mark.parametrize("typed", ["asdfghjkl", "zzz", "가나다라마", "12345678901", "<>&\"'"])
def test_what_is_near_nothing_finds_nothing(typed: str) -> None:
    assert found(drills(), typed).hits == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("seal", "seal", 0), ("seal", "sael", 1), ("seal", "seals", 1), ("seal", "eel", 2),
     ("seal", "walrus", 3)],
)  # fmt: skip
def test_how_far_two_words_are_apart(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart


# -- reading a text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sought", "source"),
    [
        ("キャンプ・デービッド原則", "キャンプデービッド", "キャンプ・デービッド"),
        ("ｷｬﾝﾌﾟで", "キャンプ", "ｷｬﾝﾌﾟ"),
        ("훈련을", "훈련", "훈련"),
        ("Café Défense", "defense", "Défense"),
        ("the states' boxes", "state", "states"),
        ("AI반도체 협력", "반도체", "반도체"),
        ("a supply-chain test", "supply chains", "supply-chain"),
    ],
)
def test_a_stretch_is_found_in_its_own_letters(text: str, sought: str, source: str) -> None:
    folded = fold(text)
    assert [folded.source[a:b] for a, b in spans(folded, phrase_of(sought))] == [source]
    assert keys_of(sought) <= keys_of(text)


def test_decomposed_hangul_is_the_same_word() -> None:
    import unicodedata

    folded = fold(unicodedata.normalize("NFD", "훈련을"))
    assert [folded.source[a:b] for a, b in spans(folded, ("훈련",))] == ["훈련"]


def test_a_word_within_another_is_no_hit() -> None:
    assert spans(fold("a subpolicy of policymakers"), ("policy",)) == []
    assert spans(fold("도 반드시"), ("도반",)) == []


@pytest.mark.parametrize(
    ("word", "bare"),
    [("policies", "policy"), ("exercises", "exercise"), ("boxes", "box"), ("glass", "glass"),
     ("consensus", "consensus"), ("crisis", "crisis"), ("us", "us"), ("talks", "talk")],
)  # fmt: skip
def test_a_stem_is_the_word_without_its_plural(word: str, bare: str) -> None:
    assert stem(word) == bare


# -- what is never found --------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["secret", "a secret of two", "ab" * 32, "secret.example"])
def test_a_sealed_text_is_not_found_even_by_those_who_may_read_it(query: str) -> None:
    scene = scene_of("for_two")
    for party in scene.world.parties:
        answer = ask(index_of(copy_of(scene, party)), query)
        assert not any(hit.piece.sort == "deposit" for hit in answer.hits)
        assert not any("secret" in text for text in marked(answer))


def test_erased_words_are_not_found() -> None:
    scene = opened()
    world = scene.world
    named = world.act("JPN", "TDC", acts.Deposited, title=world.words("unspeakable"),
                      digest="ef" * 32, source="")  # fmt: skip
    world.settle()
    assert found(scene, "unspeakable").hits
    world.act("JPN", "TDC", acts.Erased, act=named, cause="mistake")
    world.settle()
    assert found(scene, "unspeakable").hits == ()
    assert found(scene, MARK).hits == ()


# In these scenes the copies hold different records.
APART = {"party_down", "two_faces", "refused"}


@pytest.mark.parametrize("name", sorted(set(SCENES) - APART))
def test_two_capitals_answer_alike_from_the_same_record(name: str, register: Register) -> None:
    scene = scene_of(name)
    ours = register if len(scene.world.parties) == 3 else None
    for query in ("reason", "훈련", "協議", "TDC", "quoted summary", "version"):
        seen = [
            [(hit.piece, hit.score) for hit in ask(index_of(copy_of(scene, one, register=ours)),
                                                   query).hits]
            for one in scene.world.parties
        ]  # fmt: skip
        assert all(one == seen[0] for one in seen), query


# -- the page -------------------------------------------------------------------------------------


@every
def test_a_hit_says_what_it_is_where_it_stands_and_marks_it(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(drills().world).page(f"/{language}/search?q={quote('훈련')}")
    assert "<mark>훈련</mark>" in page
    assert f'<a href="/{language}/matters/TDC/2027/JPN/1">' in page
    assert say("search-act", language) in page
    korean = say("language-ko", language)
    assert say("search-languages", language, languages=korean) in page
    assert re.search('<p class="snippet" lang="ko">', page)
    assert 'name="q" value="훈련"' in page
    assert f'href="/ja/search?q={quote("훈련")}"' in page


@every
@pytest.mark.parametrize(
    ("query", "word"),
    [("", "search-empty"), ("   ", "search-empty"), ("asdfghjkl", "search-none")],
)
def test_a_search_without_hits_is_told_in_words(
    screen: Callable[..., Any], language: str, query: str, word: str
) -> None:
    assert say(word, language) in screen(scene_of("opened").world).page(
        f"/{language}/search?q={query}"
    )


@every
@pytest.mark.parametrize(
    "query", ["x" * (LONGEST + 1), "a%20" * (WORDS + 1), "한" * 5000, "\ufdfa" * 40]
)
def test_too_long_a_query_is_refused_in_words(
    screen: Callable[..., Any], language: str, query: str
) -> None:
    page = screen(scene_of("opened").world).page(f"/{language}/search?q={query}")
    assert say("search-long", language, n=LONGEST, words=WORDS) in page
    assert "x" * (LONGEST + 1) not in page


@every
def test_what_was_typed_and_what_was_written_is_escaped(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(scene_of("matter_open").world)
    for query in (NASTY, '"><script>alert(1)</script>', "quoted", "script", "{party}", "%00"):
        page = shown.page(f"/{language}/search?q={quote(query)}")
        assert page.count("<script") == 2, "the page's own"
        assert read(page).faults == []
    text = "".join(read(shown.page(f"/{language}/search?q=quoted")).text)
    assert "<script>alert(" in text  # the written text, as text


@every
def test_hits_go_on_over_pages_that_link_to_each_other(
    screen: Callable[..., Any], register: Register, language: str
) -> None:
    scene = scene_of("opened")
    every_hit = found(scene, "exercise", register)
    last = -(-every_hit.count // HITS)
    assert last > 2
    shown, places = screen(scene.world), []
    for number in range(1, last + 1):
        asked = f"/{language}/search?q=exercise" + (f"&page={number}" if number > 1 else "")
        page = shown.page(asked)
        places += re.findall(r'<li class="hit [a-z]+">\s*<p class="head">.*?href="([^"]+)"', page)
        links = re.findall(r'<nav class="pages".*?</nav>', page, re.DOTALL)[0]
        leads = [unescape(one) for one in re.findall('href="([^"]+)"', links)]
        there = [one for one in (number - 1, number, number + 1) if 1 <= one <= last]
        assert leads == [
            f"/{language}/search?q=exercise" + (f"&page={one}" if one > 1 else "") for one in there
        ]
        first, end = (number - 1) * HITS + 1, min(number * HITS, every_hit.count)
        spread = f"{first}–{end}" if first < end else str(end)
        assert say("search-range", language, n=every_hit.count, range=spread) in page
        assert shown.page(asked) == page, "as it was kept"
        other = next(one for one in LANGUAGES if one != language)
        assert f"/{other}" + leads[there.index(number)].removeprefix(f"/{language}") in unescape(
            page
        )
    assert len(places) == every_hit.count
    expected = [
        "/" + "/".join((language, *hit.piece.place[0]))
        + (f"#{hit.piece.place[1]}" if hit.piece.place[1] else "")
        for hit in every_hit.hits
    ]  # fmt: skip
    assert [unescape(one) for one in places] == expected


@pytest.mark.parametrize(
    "asked",
    ["q=exercise&page=99", "q=exercise&page=0", "q=exercise&page=-1", "q=exercise&page=x",
     "q=exercise&page=", "q=exercise&page=%EF%BC%92", "q=exercise&page=1e1", "page=2",
     "q=asdfghjkl&page=2", "q=exercise&page=99999999999999999999"],
)  # fmt: skip
def test_a_page_of_hits_that_there_is_not_is_told_in_words(
    screen: Callable[..., Any], asked: str
) -> None:
    shown = screen(scene_of("opened").world)
    assert say("absent-title", "en") in shown.page(f"/en/search?{asked}", 404)


def test_few_hits_have_one_page_and_no_links(screen: Callable[..., Any]) -> None:
    page = screen(drills().world).page(f"/en/search?q={quote('등대')}&page=1")
    assert say("search-one", "en", n=1) in page
    assert '<nav class="pages"' not in page


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", "언어: 한국어"), ("ja", "言語：韓国語"), ("en", "in Korean")],
)
def test_the_language_of_a_hit_is_named_in_the_readers_own(
    screen: Callable[..., Any], language: str, told: str
) -> None:
    page = screen(drills().world).page(f"/{language}/search?q={quote('등대')}")
    about = re.findall(r'<li class="hit .*?<p class="quiet">(.*?)</p>', page, re.DOTALL)
    assert about
    assert all(f" · {told}" in one for one in about)


def test_the_search_stands_in_the_head_of_every_page(screen: Callable[..., Any]) -> None:
    shown = screen(scene_of("opened").world)
    for path in ("", "matters", "register", "bodies", "record", "verify", "research"):
        page = shown.page(f"/ko/{path}")
        assert 'role="search" method="get" action="/ko/search"' in page
    assert "form-action 'self'" in shown.answer("/ko/")["Content-Security-Policy"]


def test_a_near_word_is_offered_as_a_search(screen: Callable[..., Any]) -> None:
    page = screen(drills().world).page("/en/search?q=polcies")
    assert '<a href="/en/search?q=policy">policy</a>' in page


# -- addresses that stay --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/s/TDC/2027/JPN/1", "/ja/matters/TDC/2027/JPN/1"),
        ("/s/TDC/2027/KOR/9", "/ja/consultations/TDC/2027/KOR/9"),
        ("/r/ev-campdavid", "/ja/register/ev-campdavid"),
        ("/r/cm-ny-fe", "/ja/register/cm-ny-fe"),
    ],
)
def test_an_address_that_stays_leads_there_on_every_node(
    screen: Callable[..., Any], address: str, page: str
) -> None:
    world = scene_of("matter_open").world
    for party in world.parties:
        shown = screen(world, party)
        answer = shown.answer(address, **{"accept-language": "ja"})
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert answer["Vary"] == "Accept-Language"
        shown.page(page)


@pytest.mark.parametrize("address", ["/s/TDC/2027/JPN/99", "/s/%3Cb%3E", "/r/ev-none", "/s/a//b"])
def test_an_address_of_nothing_is_told_in_words(screen: Callable[..., Any], address: str) -> None:
    assert say("absent-title", "ja") in screen(scene_of("opened").world).page(address, 404)


@every
def test_a_reference_pins_down_what_it_names(screen: Callable[..., Any], language: str) -> None:
    scene = scene_of("matter_open")
    world = scene.world
    matter = next(iter(world.peers["KOR"].state.matters))
    fact = world.peers["KOR"].state.matters[matter][0]
    page = screen(world, "KOR").page(f"/{language}/matters/TDC/2027/JPN/1")
    plain, bibtex, csl, command = re.findall("<pre><code>(.*?)</code></pre>", page, re.S)[-4:]
    for text in (plain, bibtex, csl):
        assert matter in text
        assert world.founding.id in text
        assert "http://kor.example:4001/s/TDC/2027/JPN/1" in text
    assert f"JPN:{fact.tip.size} --proof TDC-2027-JPN-1.tlog-proof" in command
    assert bibtex.startswith("@misc{TDC-2027-JPN-1,")
    assert bibtex.count("{") - bibtex.count(r"\{") == bibtex.count("}") - bibtex.count(r"\}")
    (value,) = json.loads("".join(read(f"<p>{csl}</p>").text))
    assert (value["id"], value["number"]) == ("TDC-2027-JPN-1", "TDC/2027/JPN/1")
    assert NASTY in value["title"]
    assert value["issued"]["date-parts"][0][0] == 2027


@every
def test_a_row_is_cited_as_a_compiled_fact(
    screen: Callable[..., Any], register: Register, language: str
) -> None:
    page = screen(scene_of("opened").world).page(f"/{language}/register/ev-campdavid")
    assert register.row_digest("ev-campdavid") in page
    assert register.digest in page
    assert register.header.standing[language] in unescape(page)
    assert "tlog-proof" not in page
    assert f'href="/{language}/register/ev-campdavid"' in screen(scene_of("opened").world).page(
        f"/{language}/register"
    )


def test_a_closed_consultation_keeps_its_page(screen: Callable[..., Any]) -> None:
    scene = matter_open()
    world = scene.world
    asked = next(iter(world.peers["KOR"].state.consultations))
    world.act("KOR", "TDC", acts.Closed, consultation=asked, outcome=world.words("all is well"))
    world.settle()
    page = screen(world).page("/en/consultations/TDC/2027/KOR/9")
    assert "all is well (en)" in page
    assert "TDC/2027/KOR/9" in names(found(scene, "all is well"))
