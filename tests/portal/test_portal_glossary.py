"""The glossary: its file, what it finds in a text, and its page."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping

import pytest
from page_scenes import SCENES
from world import ROOT

from architrave.institution.register import Register
from architrave.institution.unnamed import names_found, read_unnamed
from architrave.portal.glossary.term_faults import faults_in, sentence, uses_in
from architrave.portal.glossary.terms import DOMAINS, STATUSES, Term, looked_up, near, term, terms
from architrave.portal.words import LANGUAGES, table

FILE = ROOT / "src" / "architrave" / "portal" / "glossary.csv"
OTHER = {"ko": "가나다", "ja": "いろは", "en": "xyz"}


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


# The file


def test_each_row_is_whole() -> None:
    known = {*LANGUAGES, "avoid", "swap"}
    ids = [row["id"] for row in rows()]
    assert len(ids) > 500
    assert len(set(ids)) == len(ids)
    for row in rows():
        assert re.fullmatch(r"[a-z0-9-]+", row["id"])
        assert all(row[language].strip() for language in LANGUAGES), row["id"]
        assert row["status"] in STATUSES, row["id"]
        assert row["domain"] in DOMAINS, row["id"]
        assert set(row["enforced"].split()) <= known, row["id"]
        if {"avoid", "swap"} & set(row["enforced"].split()):
            assert row["avoid_ko"] or row["avoid_ja"], row["id"]


def test_no_form_is_both_wanted_and_to_avoid() -> None:
    for one in terms().values():
        for language in LANGUAGES:
            assert not set(one.accepted(language)) & set(one.avoid[language]), one.id


def test_the_file_writes_no_disputed_name() -> None:
    listed = (ROOT / "data" / "register" / "unnamed.csv").read_text(encoding="utf-8")
    assert names_found(FILE.read_text(encoding="utf-8"), read_unnamed(listed)) == ()


# What is found


def asking(language: str) -> list[Term]:
    return [one for one in terms().values() if language in one.enforced]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_beside_its_counterparts_is_no_fault(language: str) -> None:
    for one in terms().values():
        text = {each: one.own(each)[0] for each in LANGUAGES}
        assert [fault for fault in faults_in(text) if fault.term == one.id] == [], one.id


@pytest.mark.parametrize(
    ("language", "lacking"), [("en", "ko"), ("en", "ja"), ("ko", "ja"), ("ja", "ko")]
)
def test_a_term_that_asks_is_missed_in_each_other_language(language: str, lacking: str) -> None:
    assert len(asking(language)) > 100
    for one in asking(language):
        text = {each: one.own(each)[0] for each in LANGUAGES} | {lacking: OTHER[lacking]}
        found = [fault for fault in faults_in(text) if fault.language == lacking]
        assert any(one.forms[lacking] in fault.expected for fault in found), one.id


def test_english_is_asked_only_if_each_other_language_has_the_term() -> None:
    form = {"ko": "확장억제를 논의했다.", "ja": "拡大抑止を協議した。", "en": "They spoke."}
    assert [fault.language for fault in faults_in(form)] == ["en"]
    assert faults_in({**form, "ja": "話し合った。", "ko": "확장 논의"}) == ()
    assert faults_in({**form, "en": "They spoke of extending deterrents."}) == ()


def test_every_form_to_avoid_everywhere_is_found_and_named() -> None:
    always = [one for one in terms().values() if "avoid" in one.enforced]
    assert len(always) > 20
    for one in always:
        for language in LANGUAGES:
            for form in one.avoid[language]:
                (fault,) = (f for f in faults_in({language: form}) if f.term == one.id)
                assert (fault.language, fault.found_in, fault.instead) == (language, language, form)
                assert fault.expected == (one.forms[language],)


def test_a_form_that_stands_in_for_another_is_named() -> None:
    text = {"en": "the depositary", "ko": "기탁자", "ja": "寄託者"}
    (fault,) = faults_in(text)
    assert (fault.language, fault.expected, fault.instead) == ("ko", ("수탁자",), "기탁자")
    assert sentence(fault) == (
        "en, paragraph 1, character 5: 'depositary' has no counterpart in ko, where '기탁자' "
        "stands; the glossary has '수탁자'."
    )


def test_a_stand_in_that_another_term_of_the_text_wants_is_excused() -> None:
    text = {"ko": "협의와 협상", "ja": "交渉の後に話す"}
    assert faults_in(text) == ()
    # Nothing tells which of the two was meant: both are named.
    faults = faults_in({**text, "ko": "협의"})
    assert {(fault.term, fault.language, fault.instead) for fault in faults} == {
        ("consultation", "ja", "交渉"),
        ("negotiation", "ko", "협의"),
    }


@pytest.mark.parametrize(
    ("text", "language", "name", "count"),
    [
        ("수출통제를 강화한다", "ko", "export-control", 1),
        ("한일 수출관리정책대화", "ko", "export-control-dialogue", 1),
        ("日韓輸出管理政策対話", "ja", "export-control", 0),
        ("輸出管理を強化し、輸出管理を", "ja", "export-control", 2),
        ("再輸出管理", "ja", "export-control", 0),
        ("Export controls and an export-control list", "en", "export-control", 1),
        ("export control list", "en", "control-list", 1),
        ("extended deterrence", "en", "deterrence", 0),
        ("undeterrence", "en", "deterrence", 0),
        ("남한테 주었다", "ko", "name-rok", 0),
        ("Denuclearisation", "en", "denuclearisation", 1),
        ("キャンプ・デービッド原則", "ja", "camp-david-principles", 1),
    ],
)
def test_a_term_is_found_at_the_bounds_of_a_word_and_the_longest_counts(
    text: str, language: str, name: str, count: int
) -> None:
    assert len(uses_in(text, language, term(name))) == count


def test_a_longer_word_hides_no_avoided_form_of_its_own() -> None:
    assert [fault.found for fault in faults_in({"ja": "韓米日の会合"})] == ["韓米日"]
    assert faults_in({"ja": "在韓米軍", "ko": "주한미군"}) == ()
    assert faults_in({"ko": "그것은 남한테 주었다."}) == ()


def test_a_fault_says_its_paragraph_and_its_place() -> None:
    text = {
        "en": "First.\n\nThe extended deterrence of the second.\n\nThird.",
        "ko": "확장억제가 첫째 문단에 있다.\n\n둘째.\n\n셋째.",
        "ja": "一。\n\n拡大抑止。\n\n三。",
    }
    missed = [f for f in faults_in(text) if f.language == "ko"]
    assert [(f.paragraph, text["en"][f.offset :][: len(f.found)]) for f in missed] == [
        (2, "extended deterrence")
    ]
    joined = {**text, "ko": text["ko"].replace("\n\n", " ")}
    assert [f for f in faults_in(joined) if f.language == "ko"] == []


def test_a_text_in_one_language_lacks_nothing() -> None:
    assert faults_in({"en": "extended deterrence", "ko": " "}) == ()
    assert faults_in({}) == ()


# Our own texts


def own_texts() -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from table().items()
    for file in sorted((ROOT / "charters").glob("*.toml")):
        yield from _maps(tomllib.loads(file.read_text(encoding="utf-8")), file.name)


def _maps(value: object, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            yield place, value
        for key, one in value.items():
            yield from _maps(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _maps(one, f"{place}.{number}")


def test_our_words_and_charters_use_no_form_to_avoid() -> None:
    texts = list(own_texts())
    assert len(texts) > 600
    used = [
        (place, sentence(fault))
        for place, text in texts
        for fault in faults_in(text)
        if fault.instead
    ]
    assert used == []


def test_no_translation_of_the_register_uses_a_form_to_avoid(register: Register) -> None:
    texts = [one.texts for one in register.translations.values()]
    assert len(texts) > 500
    assert [f for text in texts for f in faults_in(text) if f.instead] == []


# Looking up


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("협의", "consultation"),
        ("協議", "consultation"),
        ("Consultation", "consultation"),
        ("export-control", "export-control"),
        ("수출 통제", "export-control"),
        ("TSCF", "tscf"),
        ("公約", "commitment"),
    ],
)
def test_a_term_is_looked_up_in_any_language(word: str, name: str) -> None:
    assert name in [one.id for one in looked_up(word)]


def test_a_form_goes_before_a_form_to_avoid() -> None:
    assert [one.id for one in looked_up("협의")][:2] == ["consultation", "negotiation"]


def test_what_comes_near_holds_the_word_or_is_like_it() -> None:
    assert looked_up("deterence") == ()
    assert "deterrence" in [one.id for one in near("deterence")]
    assert near("inverse")[0].id == "leontief-inverse"
    assert near("qqqqzz") == ()


# The page


def test_each_form_is_marked_with_its_language_and_each_term_has_its_place(
    screen: Callable[..., object],
) -> None:
    page = screen(SCENES["opened"]().world).page("/ko/glossary")  # type: ignore[attr-defined]
    for one in terms().values():
        row = re.search(rf'<tr id="{one.id}">(.*?)</tr>', page, re.DOTALL)
        assert row is not None, one.id
        marked = re.findall(r'<td><span lang="(\w\w)">', row[1])
        assert marked == list(LANGUAGES), one.id
        assert row[1].count("<s>") == sum(len(forms) for forms in one.avoid.values()), one.id
    assert '<s><span lang="ja">公約</span></s>' in page
    assert '<span lang="ko">구상서</span>' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statuses_are_explained_and_each_page_leads_there(
    screen: Callable[..., object], language: str
) -> None:
    shown = screen(SCENES["unfounded"]().world)
    page = shown.page(f"/{language}/glossary")  # type: ignore[attr-defined]
    for status in STATUSES:
        assert table()[f"terms-means-{status}"][language].replace("'", "&#x27;") in page
    home = shown.page(f"/{language}/")  # type: ignore[attr-defined]
    assert f'<a href="/{language}/glossary">' in home
