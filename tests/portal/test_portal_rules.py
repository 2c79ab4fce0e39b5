"""A rule in plain words, as a table and tried: by the very table that judges the record."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from page_scenes import Scene, five_parties, opened
from page_scenes import copy_of as copy

from architrave.charter.rules import Position, RuleName, classes, satisfied, table
from architrave.institution.standing import Stage
from architrave.portal.charter.rules_context import EXAMPLES, _read, rule_page
from architrave.portal.words import LANGUAGES, say

MOST_WORDS = 100  # of English, for a rule and its example together
# Korean and Japanese are counted in characters. A hundred English words are about 600 letters and
# spaces, and either script says the same in half of that.
MOST_LETTERS = 300


# -- plain words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(RuleName))
def test_a_rule_and_its_example_are_short(name: RuleName) -> None:
    texts = {one: f"{say(f'rule-plain-{name}', one)} {say(f'rule-example-{name}', one)}"
             for one in LANGUAGES}  # fmt: skip
    assert 20 <= len(texts["en"].split()) <= MOST_WORDS
    for language in ("ko", "ja"):
        assert 50 <= len(texts[language]) <= MOST_LETTERS, language


def test_every_rule_has_an_example_with_an_outcome_of_each_kind() -> None:
    assert set(EXAMPLES) == set(RuleName)
    for name, (rule, first, second) in EXAMPLES.items():
        assert rule.name is name
        rows = table(rule, 3).rows
        assert (rows[first], rows[second]) == (True, False), name


def test_an_example_tells_the_outcome_that_the_table_gives() -> None:
    page = rule_page(copy(opened(), "KOR"), "3(4)", {})
    assert page is not None
    assert page.example.endswith(
        "Two concur and the third abstains: decided. "
        "The third reserves its position instead: not decided."
    )
    assert "at least 2 have to concur" in page.plain


# -- which articles -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_with_a_rule_has_a_page_and_no_other_has(
    screen: Callable[..., Any], language: str
) -> None:
    for scene in (opened(), five_parties()):
        shown = screen(scene.world, with_register=False)
        for article in scene.world.charter.articles:
            shown.page(f"/{language}/rules/{article.number}", 200 if article.rule else 404)
        shown.page(f"/{language}/rules/99", 404)


def test_where_evidence_is_accepted_no_positions_are_tried() -> None:
    page = rule_page(copy(opened(), "KOR"), "6(2)", {})
    assert page is not None
    assert (page.tables, page.trials, page.result) == ((), (), None)
    refused = rule_page(copy(opened(), "KOR"), "6(2)", {"JPN": "concur"})
    assert refused is not None
    assert refused.fault


# -- the table ------------------------------------------------------------------------------------


class Tables(HTMLParser):
    """The cells of the tables of a page, row by row, with the scope of each header."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self.captions = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append((tag, dict(attrs).get("scope") or ""))
        self.captions += tag == "caption"


def test_the_table_is_whole_and_each_cell_has_its_headers(screen: Callable[..., Any]) -> None:
    scene = opened()
    page = rule_page(copy(scene, "KOR"), "3(4)", {})
    assert page is not None
    (shown,) = page.tables
    assert sum(int(row.ways) for row in shown.rows) == 6**3
    rule = scene.world.charter.article("3(4)").rule
    assert rule is not None
    expected = {(one.positions, one.satisfied) for one in classes(table(rule, 3))}
    found = set()
    for row in shown.rows:
        held = [one for one, n in zip(Position, row.counts, strict=True) for _ in range(int(n))]
        found.add((tuple(held), row.decides))
    assert found == expected
    parsed = Tables()
    parsed.feed(screen(scene.world).page("/ko/rules/3(4)"))
    head, *rows = parsed.rows
    assert parsed.captions == 1
    assert head == [("th", "col")] * 8
    assert len(rows) == 56
    assert all(row == [("th", "row"), *[("td", "")] * 7] for row in rows)


def test_a_rule_that_bodies_of_several_sizes_share_has_a_table_for_each() -> None:
    page = rule_page(copy(five_parties(), "DUN"), "2(5)", {})
    assert page is not None
    assert [len(trial.parties) for trial in page.trials] == [5, 3]
    assert [one.anchor for one in page.tables] == ["table-3", "table-5"]
    assert [trial.bodies for trial in page.trials] == ["Basin Council", "Ferry Board (proposed)"]
    alike = rule_page(copy(opened(), "KOR"), "3(4)", {})
    assert alike is not None
    assert [trial.bodies for trial in alike.trials] == [""]


# -- the trial ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["2(1)", "3(1)", "3(4)", "4(1)"])
def test_a_trial_says_of_every_combination_what_the_evaluator_says(number: str) -> None:
    it = copy(opened(), "JPN")
    rule = it.charter.article(number).rule
    assert rule is not None
    for row in table(rule, 3).rows:
        given = dict(zip(("JPN", "KOR", "USA"), row, strict=True))
        page = rule_page(it, number, {party: one.value for party, one in given.items()})
        assert page is not None
        assert page.result is not None
        assert page.result.decides is satisfied(rule, given), row


def test_what_would_change_it_does() -> None:
    it = copy(opened(), "JPN")
    given = {"JPN": "concur", "KOR": "concur", "USA": "object"}
    page = rule_page(it, "3(1)", given)
    assert page is not None
    assert page.result is not None
    assert page.result.outcome == "not decided"
    assert page.result.changes == ("United States → concur",)
    assert [str(one.role) for one in page.result.reasons][
        1
    ] == "nothing is decided while this stands"
    moved = rule_page(it, "3(1)", {**given, "USA": "concur"})
    assert moved is not None
    assert moved.result is not None
    assert moved.result.decides


def test_a_trial_agrees_with_what_the_record_decided() -> None:
    scene = five_parties()
    standing = copy(scene, "DUN").told.matters[0]
    assert standing.stage is Stage.IN_FORCE
    current = standing.current
    given = {party: fact.act.position.value for party, fact in current.positions.items()}
    page = rule_page(copy(scene, "DUN"), current.version.article.number, given)
    assert page is not None
    assert page.result is not None
    assert page.result.decides


def test_a_party_that_is_left_out_has_said_nothing() -> None:
    page = rule_page(copy(opened(), "KOR"), "3(1)", {"JPN": "concur"})
    assert page is not None
    assert page.result is not None
    assert page.result.href == "/en/rules/3(1)?KOR=none&USA=none&JPN=concur"
    chosen = [one.value for p in page.trials[0].parties for one in p.options if one.chosen]
    assert chosen == ["none", "none", "concur"]


def test_a_result_is_found_again_at_its_address_in_every_language(
    screen: Callable[..., Any],
) -> None:
    shown = screen(opened().world)
    query = urlencode({"JPN": "concur", "KOR": "abstain", "USA": "concur"})
    words = {"ko": "성립", "ja": "成立", "en": "decided"}
    for language, word in words.items():
        html = shown.page(f"/{language}/rules/3(4)?{query}")
        result = html.split('id="result"')[1].split("</section>")[0]
        assert f'<span class="stage agreed">{word}</span>' in result
        for other in LANGUAGES:
            assert f'href="/{other}/rules/3(4)?' in html
    assert re.search(r'<option value="abstain" selected>', html)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("FRA=concur", "“FRA” is no party that decides under this article."),
        ("JPN=maybe", "“maybe”, given for Japan, is no position that the rule knows."),
        ("JPN=concur&x=<b>", "“x” is no party"),
    ],
)
def test_what_is_wrong_with_a_trial_is_told_in_one_sentence(
    screen: Callable[..., Any], query: str, said: str
) -> None:
    html = screen(opened().world).page(f"/en/rules/3(1)?{query}", 400)
    alert = html.split('role="alert">')[1].split("</p>")[0]
    assert said in alert
    assert 'id="result"' not in html


def test_parties_of_no_common_body_are_told_so() -> None:
    it = copy(opened(), "KOR")
    circles = {("JPN", "USA"): ["one"], ("KOR", "USA"): ["other"]}
    positions, fault = _read(it, circles, {"JPN": "concur", "KOR": "concur"})
    assert positions == {}
    assert fault == "In no body do these parties decide together under this article: ROK, Japan."


def test_a_trial_changes_nothing(screen: Callable[..., Any]) -> None:
    scene: Scene = opened()
    before = {party: disk.bytes() for party, disk in scene.world.disks.items()}
    screen(scene.world).page("/en/rules/3(1)?JPN=concur&KOR=concur&USA=concur")
    assert {party: disk.bytes() for party, disk in scene.world.disks.items()} == before
