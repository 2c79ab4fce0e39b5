"""The page of a matter: versions, positions, silence, ticks, refusals, and what follows."""

from __future__ import annotations

import pytest
from page_scenes import (
    Scene,
    five_parties,
    in_force,
    matter_open,
    opened,
    refused,
    say,
    silence_broken,
    silence_running,
    table,
    wording,
)
from page_scenes import copy_of as copy

from architrave.charter.rules import Position
from architrave.institution.register import Register
from architrave.portal.matters.matter_context import matter_page
from architrave.portal.matters.pages_matter import MatterPage
from architrave.portal.register.register_context import register_page
from architrave.portal.words import LANGUAGES


def page_of(scene: Scene, party: str = "KOR", language: str = "en") -> MatterPage:
    page = matter_page(copy(scene, party, language), scene.symbols[0])
    assert page is not None
    return page


def test_a_symbol_that_nobody_issued_has_no_page() -> None:
    assert matter_page(copy(opened(), "KOR"), "TDC/2027/KOR/77") is None


def test_the_ticks_fill_one_by_one() -> None:
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(1)")
    seen = [page_of(scene, "JPN").ticks_text]
    world.settle()
    for party in ("JPN", "KOR", "USA"):
        say(world, party, "TDC", matter, Position.CONCUR)
    for _ in range(12):
        world.tick(20)
        seen.append(page_of(scene, "JPN").ticks_text)
    counts = [int(text.split()[0]) for text in seen]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 6)
    page = page_of(scene, "JPN")
    assert page.code == "in-force"
    assert all(tick.has_all and tick.knows for tick in page.ticks)


@pytest.mark.parametrize(
    ("language", "word"), [("ko", "적용 중"), ("ja", "適用中"), ("en", "in effect")]
)
def test_a_political_text_is_in_effect_and_never_in_force(language: str, word: str) -> None:
    assert page_of(in_force(), "USA", language).stage == word


def test_a_binding_text_is_in_force() -> None:
    page = page_of(five_parties(), "DUN", "en")
    assert (page.stage, page.ticks_text) == ("in force", "10 of 10 ticks")
    assert page.versions[0].nature == "Legally binding"


def test_an_expiry_stands_on_each_capitals_clock_and_in_utc() -> None:
    page = page_of(silence_running(), "KOR", "ko")
    silence = page.versions[0].silence
    assert silence is not None
    assert [one.text for one in silence.expiry] == [
        "2027. 1. 3. 09:00(서울)",
        "2027. 1. 2. 19:00(워싱턴)",
        "2027. 1. 3. 09:00(도쿄)",
        "2027. 1. 3. 00:00(UTC)",
    ]
    assert [row.state for row in silence.periods] == ["기간 진행 중"] * 3
    assert silence.minimum == "24시간"
    assert all(row.received is not None and len(row.ends) == 4 for row in silence.periods)


def test_no_period_runs_for_a_party_that_has_not_the_text() -> None:
    scene = opened()
    world = scene.world
    world.down.add("USA")
    table(scene, "KOR", "ESFBT", "4(2)", silence=silence_running_expiry(world.now))
    world.settle()
    silence = page_of(scene).versions[0].silence
    assert silence is not None
    away = silence.periods[1]
    assert (away.received, away.ends, away.state) == (
        None,
        (),
        "text not received: no period runs",
    )


def silence_running_expiry(now: int) -> object:
    from architrave.institution.acts import Silence

    return Silence("4(2)", now + 48 * 3_600_000)


def test_versions_stand_newest_first_and_the_objection_keeps_its_remedy() -> None:
    page = page_of(silence_broken(), "USA")
    assert [one.name for one in page.versions] == ["Version 2", "Version 1"]
    assert [one.shown for one in page.versions] == [True, False]
    first = page.versions[1]
    assert first.code == "silence-broken"
    objecting = next(row for row in first.positions if row.code == "object")
    assert objecting.party == "Japan"
    assert str(objecting.reason).startswith("reason <script>")
    assert str(objecting.remedy).startswith("remedy <script>")
    assert first.explanation is not None
    assert first.explanation.outcome == "not adopted"
    assert [
        str(row.party) for row in first.explanation.reasons if "while this stands" in row.role
    ] == ["Japan"]


def test_an_outcome_is_explained_with_what_would_change_it() -> None:
    why = page_of(matter_open(), "KOR").versions[0].explanation
    assert why is not None
    assert (why.outcome, why.more) == ("not decided", "")
    assert why.changes
    assert all("Japan → " in str(one.moves) for one in why.changes)
    assert all("United States → " in str(one.moves) for one in why.changes)


def test_while_a_silence_runs_no_outcome_is_told() -> None:
    assert page_of(silence_running(), "KOR").versions[0].explanation is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_charter_did_not_admit_is_shown_with_its_article(language: str) -> None:
    for party in ("KOR", "JPN", "USA"):
        page = page_of(refused(), party, language)
        (row,) = page.refused
        assert str(row.article) == {"ko": "제2조제3항", "ja": "第2条3", "en": "Art. 2(3)"}[language]
        assert (
            str(row.reason)
            == {
                "ko": "안건을 상정한 참가국만 철회할 수 있습니다(상정한 참가국: JPN).",
                "ja": "議案を撤回できるのは、上程した参加国だけです（上程した参加国：JPN）。",
                "en": "only JPN, which tabled it, may withdraw it.",
            }[language]
        )
        assert page.code == "open"


def test_a_commitment_and_a_notice_follow_a_text_in_effect() -> None:
    page = page_of(in_force(), "JPN")
    assert [(str(row.party), row.state) for row in page.owed] == [("ROK", "held")]
    assert page.owed[0].accepted == "Japan"
    (notice,) = page.notices
    assert (notice.party, notice.state, len(notice.effect)) == ("United States", "notice runs", 4)


def test_a_notice_that_has_run_waits_for_the_others_books() -> None:
    scene = in_force()
    world = scene.world
    world.down = {"JPN"}
    world.now += 101 * 86_400_000
    world.settle()
    (notice,) = page_of(scene, "USA").notices
    # The other book has its line, but not yet under a checkpoint that Tokyo has cosigned.
    assert notice.state == "notice run, awaiting Japan, ROK"


def test_the_page_of_the_register_names_the_matter_that_took_note_of_it(
    register: Register,
) -> None:
    scene = opened()
    world = scene.world
    before = register_page(copy(scene, "JPN", register=register))
    assert before is not None
    assert before.noted is None
    text = wording(world, "take note of the register", "note")
    from msgspec.structs import replace

    note = replace(text, digests={"register": register.digest})
    matter = table(scene, "USA", "TDC", "3(1)", wording=note)
    world.settle()
    for party in world.parties:
        say(world, party, "TDC", matter, Position.CONCUR)
    world.settle()
    noted = register_page(copy(scene, "JPN", register=register))
    assert noted is not None
    assert noted.noted is not None
    assert (noted.noted.symbol, noted.noted.stage) == (scene.symbols[0], "in effect")
