"""A charter in plain text: everything that is decided is told, in each language."""

from __future__ import annotations

import pytest

from architrave.charter.explain import (
    check_summary,
    explain_article,
    explain_body,
    explain_charter,
    explanation_text,
    needs_text,
    outcomes_checked,
    rule_table_text,
    rule_text,
)
from architrave.charter.model import Charter
from architrave.charter.phrases import phrase
from architrave.charter.rules import Position, Rule, RuleName, explain


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
def test_every_body_article_and_platform_is_told(trilateral: Charter, language: str) -> None:
    told = explain_charter(trilateral, language)
    for body in trilateral.bodies:
        assert f"{body.id}  {body.name[language]}" in told
        assert body.mandate[language] in told
        assert all(seat.title[language] in told for seat in body.seats)
        assert all(source.url in told for source in body.sources)
    for article in trilateral.articles:
        number = trilateral.citation(article.number, language)
        assert f"{number}  {article.title[language]}" in told
        assert article.text[language] in told
        if article.rule is not None:
            assert rule_text(article.rule, language) in told
        if article.minimum_period is not None:
            period = article.minimum_period
            assert phrase(period.unit, language, n=period.count) in told
    for platform in trilateral.platforms:
        assert platform.name[language] in told
    assert "{" not in told


def test_proposed_bodies_stand_under_a_heading_that_says_so(trilateral: Charter) -> None:
    told = explain_charter(trilateral, "en")
    heading = told.index("Bodies that are proposed and do not exist")
    for body in trilateral.bodies:
        assert (told.index(f"  {body.id}  ") > heading) is body.proposed


def test_unknown_dates_are_told_as_not_known(trilateral: Charter, five: Charter) -> None:
    rotation = "Rotation: ROK → United States → Japan, 2 years each (dates not known)"
    assert rotation in explain_charter(trilateral, "en")
    told = explain_charter(five, "en")
    assert "Casteron 2026-01-01 – 2026-12-31; Aldmere 2027-01-01 – 2027-12-31; " in told
    assert "Estrund 2028-01-01 – not known)" in told


def test_parties_are_named_in_the_order_of_the_language(trilateral: Charter) -> None:
    assert "대한민국, 미합중국, 일본국" in explain_charter(trilateral, "ko")
    assert "日本国, アメリカ合衆国, 大韓民国" in explain_charter(trilateral, "ja")


def test_a_language_that_the_charter_lacks_is_refused(trilateral: Charter, five: Charter) -> None:
    with pytest.raises(KeyError):
        explain_charter(trilateral, "fr")
    assert "art. 2, par. 5  Ordre du jour" in explain_charter(five, "fr")


def test_outcomes_are_counted_by_article_and_size_of_body(
    trilateral: Charter, five: Charter
) -> None:
    ruled = [article for article in trilateral.articles if article.rule is not None]
    assert outcomes_checked(trilateral) == len(ruled) * 6**3
    # Six rules meet both sizes of body, five parties and three; one is the ferries' own, of three,
    # and one the council's own, of five.
    assert outcomes_checked(five) == 6 * (6**5 + 6**3) + 6**3 + 6**5
    assert check_summary(five, "five.toml") == (
        "five.toml: 5 parties, 2 bodies (1 existing, 1 proposed), 17 articles; "
        f"{outcomes_checked(five):,} outcomes of 8 rules checked, no fault found."
    )


def test_a_rule_table_is_printed_with_its_numbers() -> None:
    told = rule_table_text(Rule(RuleName.CONSENSUS, 2), 3)
    lines = told.splitlines()
    assert lines[0].startswith("consensus(2): all have spoken")
    assert lines[1] == "3 parties: 216 outcomes; decided: 7"
    assert len(lines) == 2 + 56
    assert "    decided · 2 concur, 1 abstain · 3 ways" in lines
    assert "    decided · 3 concur · 1 way" in lines
    assert "    not decided · 2 concur, 1 object · 3 ways" in lines
    assert sum(line.startswith("    decided") for line in lines) == 3


def test_an_explanation_names_parties_as_the_reader_does(trilateral: Charter) -> None:
    held = {"KOR": Position.CONCUR, "JPN": Position.CONCUR, "USA": Position.RESERVE}
    names = {party.id: party.short["ko"] for party in trilateral.parties}
    told = explanation_text(explain(Rule(RuleName.CONSENSUS, 2), held), "ko", names)
    assert told.splitlines() == [
        "이 입장에 따른 결과: 불성립",
        "    한국: 동의 – 이 참가국의 변경만으로는 성립하지 않음",
        "    일본: 동의 – 이 참가국의 변경만으로는 성립하지 않음",
        "    미국: 입장 유보(청훈 중) – 이 입장이 유지되는 한 성립하지 않음",
        "결과를 바꾸는 최소 변경",
        "    미국 → 동의 / 막지 않음 / 기권",
    ]


def test_a_broken_silence_is_told_to_be_over() -> None:
    held = {"K": Position.NONE, "J": Position.OBJECT, "U": Position.NONE}
    told = explanation_text(explain(Rule(RuleName.SILENCE), held), "en").splitlines()
    assert told[0] == "Provided that each party's own period has run: not adopted"
    assert told[-1].startswith("Once laid, an objection or a reserve ends the silence")
    kept = explanation_text(explain(Rule(RuleName.SILENCE), {**held, "J": Position.NONE}), "en")
    assert "Once laid" not in kept


def test_an_article_is_told_with_what_it_needs(trilateral: Charter) -> None:
    told = explain_article(trilateral, trilateral.article("3(4)"), "en").splitlines()
    assert told[0] == "Art. 3(4)  Statements and programmes"
    assert told[-2].strip().startswith("It is decided when every party has spoken")
    assert told[-1].strip() == "3 parties: 216 outcomes; decided: 7"
    silence = explain_article(trilateral, trilateral.article("4(2)"), "en")
    assert "For a party that the text has not reached no period runs." in silence
    assert "At least: 24 hours" in silence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1(1)", "Nothing is decided under this article."),
        ("2(2)", "No positions are counted: the party concerned does this by itself."),
        ("6(2)", "Any one party other than the one that reported may do this by itself."),
        ("5(1)", "Any one party of the body may do this by itself; no other has to concur."),
    ],
)
def test_what_an_article_needs_is_one_sentence(
    trilateral: Charter, number: str, words: str
) -> None:
    assert needs_text(trilateral.article(number), "en") == words


def test_a_body_is_told_with_what_is_decided_in_it(trilateral: Charter) -> None:
    told = explain_body(trilateral, trilateral.body("ESFBT"), "en")
    assert told.startswith("Bodies that are proposed and do not exist\n  ESFBT  Battery group")
    assert (
        "plan: Art. 3(1) (every party concurs); or by silence Art. 4(2) (At least: 24 hours)"
        in told
    )
    assert "arrangement (Legally binding): Art. 3(2)" in told
    secretariat = explain_body(trilateral, trilateral.body("SEC"), "en")
    assert "Reports differ on the day on which the first term began" in secretariat


def test_the_source_of_a_proposal_is_told_as_such(trilateral: Charter) -> None:
    assert "Proposed in: 2025-08-20 https" in explain_body(trilateral, trilateral.body("TDC"), "en")
    assert "Seen: 2024-04-24 https" in explain_body(trilateral, trilateral.body("DTT"), "en")


def test_more_changes_than_two_are_told_by_number() -> None:
    held = dict.fromkeys(("A", "B", "C"), Position.NONE)
    told = explanation_text(explain(Rule(RuleName.ALL_CONCUR), held), "en")
    assert told.splitlines()[-1] == "To change it, 3 parties would have to move"
    lone = explanation_text(explain(Rule(RuleName.CONSENSUS, 4), held), "en")
    assert len(lone.splitlines()) == 4


def test_phrases_fall_back_to_english() -> None:
    assert phrase("days", "fr", n=3) == "3 days"
    with pytest.raises(KeyError):
        phrase("no such phrase", "en")
