"""Every shipped charter, and the invented one of five parties, through the same tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from architrave.charter.explain import explain_article, explain_body, explain_charter
from architrave.charter.model import Article, Charter
from architrave.charter.parse import parse_charter
from architrave.charter.proofs import article_tables, outcomes_checked, table_faults
from architrave.charter.rules import Position, Row, RuleName, classes, satisfied

REPOSITORY = Path(__file__).parents[2]
SHIPPED = sorted((REPOSITORY / "charters").glob("*.toml"))
FILES = {
    path.stem: path
    for path in [*SHIPPED, REPOSITORY / "src" / "architrave" / "sim" / "rivers.toml"]
}
NONE, CONCUR, DO_NOT_BLOCK, ABSTAIN, RESERVE, OBJECT = Position


def text_of(name: str) -> str:
    with FILES[name].open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.fixture(scope="module", params=sorted(FILES))
def charter(request: pytest.FixtureRequest) -> Charter:
    return parse_charter(text_of(request.param), FILES[request.param].name)


def ruled(charter: Charter) -> Iterator[tuple[Article, int]]:
    """Each article with a rule, with each number of parties of a body in which it is applied."""
    for article in charter.articles:
        if article.rule is not None:
            for size in sorted(
                {len(one.parties) for one in charter.bodies if article.applies_to(one.id)}
            ):
                yield article, size


def as_the_words_say(article: Article, row: Row) -> bool:
    """What the words of a rule say of one outcome, written without the code that is tested."""
    assert article.rule is not None
    n = article.rule.parameter or 0
    said = [one for one in row if one is not NONE]
    refuses = any(one in (RESERVE, OBJECT) for one in row)
    concur = sum(one is CONCUR for one in row)
    match article.rule.name:
        case RuleName.ALL_CONCUR:
            return concur == len(row)
        case RuleName.CONSENSUS:
            return len(said) == len(row) and not refuses and concur >= n
        case RuleName.SILENCE:
            return not refuses
        case RuleName.ANY_ONE:
            return concur > 0
        case RuleName.AT_LEAST:
            return concur >= n


def test_four_charters_are_tried() -> None:
    assert sorted(FILES) == ["ad-hoc", "rivers", "trilateral", "two-alliances"]


def test_every_clause_is_as_its_words_say_in_every_case(charter: Charter) -> None:
    cases = 0
    for article, size in ruled(charter):
        assert article.rule is not None
        parties = "ABCDEF"[:size]
        for row in product(Position, repeat=size):
            holds = satisfied(article.rule, dict(zip(parties, row, strict=True)))
            assert holds is as_the_words_say(article, row), (article.number, row)
            cases += 1
    assert cases == outcomes_checked(charter) > 0


def test_every_table_is_sound_and_treats_parties_alike(charter: Charter) -> None:
    for article, size in ruled(charter):
        (table,) = [one for one in article_tables(charter, article) if one.n_parties == size]
        assert list(table_faults(table)) == []
        assert sum(one.count for one in classes(table)) == 6**size


def test_nothing_is_decided_for_a_party_that_has_not_spoken(charter: Charter) -> None:
    for article, size in ruled(charter):
        assert article.rule is not None
        if not {"decide", "amend", "open-phase", "release-joint"} & set(article.permits):
            continue
        if article.procedural:
            continue
        for row in product(Position, repeat=size):
            if {NONE, RESERVE, OBJECT} & set(row):
                held = dict(zip("ABCDEF", row, strict=False))
                assert not satisfied(article.rule, held), (article.number, row)


def test_the_charter_changes_only_where_every_party_has_a_voice(charter: Charter) -> None:
    for article in charter.articles:
        if {"amend", "open-phase"} & set(article.permits):
            for body in charter.bodies:
                if article.applies_to(body.id):
                    assert set(body.parties) == set(charter.party_ids)


def test_everything_is_told_in_every_language(charter: Charter) -> None:
    for language in charter.languages:
        told = explain_charter(charter, language)
        told += "".join(explain_body(charter, one, language) for one in charter.bodies)
        told += "".join(explain_article(charter, one, language) for one in charter.articles)
        assert "{" not in told
        for body in charter.bodies:
            assert body.mandate[language] in told
        for article in charter.articles:
            assert article.text[language] in told


def test_something_can_be_tabled_decided_and_signed_in_every_body(charter: Charter) -> None:
    for body in charter.bodies:
        for permit in ("table", "position", "decide", "convene", "consult", "appoint",
                       "delegate-key"):  # fmt: skip
            assert charter.article_for(body.id, permit) is not None, (body.id, permit)


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{path}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, path)
    else:
        yield path, value


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_charter_carries_no_key(name: str) -> None:
    found = list(leaves(tomllib.loads(text_of(name))))
    assert len(found) > 100
    for path, value in found:
        assert not re.search(r"key|secret|signature|password", path), path
        # 32 bytes in hexadecimal, or in either base64, is what a key would look like.
        assert not re.search(r"\b[0-9a-fA-F]{64}\b", str(value)), path
        for word in re.findall(r"[A-Za-z0-9+/_-]{43}=?", str(value)):
            assert str(value).startswith("http"), (path, word)


def test_a_key_in_a_charter_is_refused_as_a_field_of_another_name() -> None:
    text = text_of("trilateral").replace('id = "JPN"\n', 'id = "JPN"\nkey = "AAAA"\n', 1)
    with pytest.raises(Exception, match=r"parties\.JPN\.key: expected only .* and holidays here"):
        parse_charter(text, "x.toml")


def test_the_shipped_charters_are_of_the_same_parties() -> None:
    # The lab sets them side by side: names, orders and calendars must not differ.
    charters = [parse_charter(text_of(path.stem), path.name) for path in SHIPPED]
    first = charters[0]
    for other in charters[1:]:
        assert other.parties == first.parties
        assert other.language_orders == first.language_orders
        assert other.capital_orders == first.capital_orders
        assert other.words == first.words


@pytest.mark.parametrize("name", ["two-alliances", "ad-hoc"])
def test_a_charter_made_up_for_comparison_says_so(name: str) -> None:
    text = text_of(name)
    head = " ".join(
        line.removeprefix("#").strip() for line in text.split("\n\nformat")[0].split("\n")
    )
    assert "an illustration, made up for comparison" in head
    assert "No government has adopted it, proposed it or been asked about it" in head
    charter = parse_charter(text, name)
    assert "illustration" in charter.title["en"]
    assert "예시" in charter.title["ko"]
    assert "例示" in charter.title["ja"]
    assert "an illustration made up for comparison" in charter.article("1(2)").text["en"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_text_is_political_in_three_languages(path: Path) -> None:
    charter = parse_charter(text_of(path.stem), path.name)
    forbidden = re.compile(
        r"\b(shall|must|obligations?|obliged)\b|하여야 한다|해야 한다|의무|"
        r"しなければならない|ものとする|義務",
        re.IGNORECASE,
    )
    endings = {"ko": "다.", "ja": "。", "en": "."}
    assert charter.legal_nature == "political"
    texts = [article.text for article in charter.articles]
    texts += [body.mandate for body in charter.bodies]
    texts += [body.chair.note for body in charter.bodies if body.chair and body.chair.note]
    for text in texts:
        assert tuple(text) == ("ko", "ja", "en")
        for language, words in text.items():
            assert not forbidden.search(words), words
            assert words.endswith(endings[language])
            assert not re.search(r"(습니다|세요|해요)\.|(です|ます)。", words)
            wrong = r"[\u3040-\u30ff\u4e00-\u9fff]" if language == "ko" else r"[\uac00-\ud7a3]"
            if language != "en":
                assert not re.search(wrong, words), words
            else:
                assert words.isascii()


def test_in_the_two_alliances_no_body_holds_all_and_one_party_is_in_both() -> None:
    charter = parse_charter(text_of("two-alliances"), "two-alliances")
    assert [len(body.parties) for body in charter.bodies] == [2, 2]
    first, second = (set(body.parties) for body in charter.bodies)
    assert len(first & second) == 1
    assert first | second == set(charter.party_ids)


def test_ad_hoc_leaves_nothing_standing() -> None:
    charter = parse_charter(text_of("ad-hoc"), "ad-hoc")
    (body,) = charter.bodies
    assert (body.cadence, body.chair, body.parties) == ("none", None, charter.party_ids)
    permits = {permit for article in charter.articles for permit in article.permits}
    assert not permits & {"silence", "report", "accept-report", "withdraw", "amend", "alert"}
    decides = charter.article_for(body.id, "decide", "plan")
    assert decides is not None
    assert str(decides.rule) == "all-concur"
    meets = charter.article_for(body.id, "convene")
    assert meets is not None
    assert str(meets.rule) == "any-one"
