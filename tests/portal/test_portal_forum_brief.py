"""The forum's brief: one page in three languages, with the figures of the pages, for everybody."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from brief_scenes import LONG
from forum_scenes import forum_copy, shipped_forum
from page_scenes import Scene
from paper_reading import (
    lines_of,
    pdf_file,
    reader,
    run_together,
    said,
    tags_of,
    with_fonts,
    word_document,
    word_file,
    word_texts,
)
from test_portal_pages import strays
from world import World

from architrave.institution import acts
from architrave.institution.acts_warning import POINTS
from architrave.portal.beside import Beside
from architrave.portal.formats import plain
from architrave.portal.forum.chains_context import share_text
from architrave.portal.forum.days_context import days_page, lost_text
from architrave.portal.forum.exposure_context import exposure_page
from architrave.portal.forum.shocks_context import shocks_page
from architrave.portal.papers.forum_paper import forum_command, forum_paper, largest_stages
from architrave.portal.papers.model import Heading, Paper, Table, plain_text
from architrave.portal.papers.press import ENDINGS, can_write
from architrave.portal.papers.shared_copy import SharedCopy, shared_copy
from architrave.portal.papers.text_paper import text_of
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say, say_of

every = pytest.mark.parametrize("language", LANGUAGES)


@cache
def full() -> Scene:
    """More matters before the forum than one page holds, each with a very long title."""
    scene = Scene(World())
    world = scene.world
    world.open("ESF")
    for number in range(1, 7):
        world.act(
            "KOR", "ESF", acts.Tabled, symbol=f"ESF/2027/KOR/{number}", body="ESF", article="3(1)",
            wording=acts.Wording(LONG, LONG, "plan", "political"),
        )  # fmt: skip
        world.settle()
    return scene


def copy_of_all(party: str, language: str) -> SharedCopy:
    world = full().world
    return shared_copy(Copy(world.peers[party], language, world.now, None, {}))


@cache
def paper_in(language: str, party: str = "KOR") -> Paper:
    found = forum_paper(copy_of_all(party, language), shipped_forum())
    assert found is not None
    return found


@with_fonts
@every
def test_it_has_one_page_whatever_waits_and_every_letter_has_a_form(language: str) -> None:
    made = pdf_file(paper_in(language))
    assert len(reader(made).pages) == 1
    held = run_together(" ".join(lines_of(made)))
    for block in paper_in(language).blocks:
        if isinstance(block, Heading):
            assert run_together(plain_text(block.text)) in held
    assert "\ufffd" not in held
    assert "\u25a1" not in held
    assert tags_of(made).count("/H1") == 1
    root = reader(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).split("-")[0] == language


@every
def test_the_word_document_opens_and_holds_the_same(language: str) -> None:
    paper = paper_in(language)
    held = set(word_texts(word_document(paper)))
    for block in paper.blocks:
        if isinstance(block, Heading):
            assert plain_text(block.text) in held
        if isinstance(block, Table):
            for row in block.rows:
                assert {plain_text(cell) for cell in row} <= held


def numbers(paper: Paper) -> list[str]:
    """Every share of the paper, in the order of reading; ranges are written as a language does."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    cells = [plain_text(cell) for one in tables for row in one.rows for cell in row]
    return [one for cell in cells for one in re.findall(r"[+−]?[\d.]+%", cell)]


def test_the_figures_are_the_same_in_each_language_but_for_the_order_of_names() -> None:
    found = {language: sorted(numbers(paper_in(language))) for language in LANGUAGES}
    assert len(found["en"]) > 30
    assert found["en"] == found["ko"] == found["ja"]


@every
def test_the_figures_are_those_of_the_pages(language: str) -> None:
    data, words = shipped_forum(), said(paper_in(language))
    copy = forum_copy(full(), language, data)
    exposure, shocks = exposure_page(copy), shocks_page(copy)
    assert exposure is not None
    assert shocks is not None
    told = numbers(paper_in(language))
    for row in exposure.mutual:
        assert {row.supplies, row.earns} <= set(told)
    parties = {plain(copy.party(one)) for one in copy.order}
    for shock in shocks.rows:
        if plain(shock.region) in parties:
            assert set(shock.changes) <= set(told)
    days = days_page(copy)
    assert days is not None
    assert lost_text(copy_of_all("KOR", language), data) in words
    for block in days.regions[:3]:
        lowest = min(block.rows, key=lambda row: float(row.middle.rstrip("%")))
        for part in (lowest.low.rstrip("%"), lowest.middle, lowest.high):
            assert part in words
    for stages in data.figures.chains.values():
        for stage, who in list(largest_stages(stages))[:4]:
            assert share_text(copy, *stage.shares[who]) in words
    for layer in data.figures.layers:
        assert layer.digest in words
    assert data.figures.digest in words
    assert "2011" in words.split("\n")[2]
    assert say("forum-compiled", language) in words
    assert strays(words.replace("architrave brief", ""), language) == []


def test_stages_are_listed_by_the_largest_share_of_one_who_is_named() -> None:
    for stages in shipped_forum().figures.chains.values():
        found = list(largest_stages(stages))
        tops = [stage.shares[who][0] for stage, who in found]
        assert tops == sorted(tops, reverse=True)
        assert all(who != "ROW" for _, who in found)
        assert {stage.id for stage, _ in found} <= {one.id for one in stages if one.shares}


@every
def test_every_capital_s_copy_gives_the_same_bytes(language: str) -> None:
    papers = [paper_in(language, party) for party in full().world.parties]
    assert papers[0] == papers[1] == papers[2]
    assert len({text_of(one) for one in papers}) == 1
    assert len({word_file(one) for one in papers}) == 1
    assert forum_command(copy_of_all("JPN", language)) in said(papers[0])


def test_the_files_are_on_the_forum_s_page_and_nowhere_without_a_forum(
    screen: Callable[..., Any],
) -> None:
    with_forum = replace(screen(full().world), beside=Beside(None, shipped_forum()))
    page = with_forum.page("/ko/forum")
    for ending in ENDINGS:
        address = f"/papers/ko/forum.{ending}"
        assert (f'href="{address}"' in page) == can_write(ending)
    answer = with_forum.answer("/papers/ko/forum.txt")
    assert answer.status_code == 200
    assert answer.content == text_of(paper_in("ko"))
    document = with_forum.answer("/papers/ko/forum.docx")
    assert io.BytesIO(document.content).read(2) == b"PK"
    without = screen(full().world)
    assert without.answer("/papers/ko/forum.txt").status_code == 404


def test_another_charter_has_no_brief() -> None:
    data = shipped_forum()
    other = replace(data, charter="another")
    assert forum_paper(copy_of_all("KOR", "en"), other) is None


@cache
def warned() -> Scene:
    """The full scene with more alerts before the forum than the page lists, and a test of one."""
    scene = Scene(World())
    world = scene.world
    world.open("ESF")
    for number in range(1, 5):
        world.act(
            "KOR", "ESF", acts.Tabled, symbol=f"ESF/2027/KOR/{number}", body="ESF", article="3(1)",
            wording=acts.Wording(LONG, LONG, "plan", "political"),
        )  # fmt: skip
    for number in range(10, 14):
        world.act(
            "JPN", "ESF", acts.Alerted, symbol=f"ESF/2027/JPN/{number}", body="ESF",
            drill=number == 12, unknown=["impact"],
            **{**dict.fromkeys(POINTS, LONG), "impact": {}},
        )  # fmt: skip
        world.settle()
    asked = world.peers["USA"].state.symbols["ESF/2027/JPN/13"][0].name
    world.act("USA", "ESF", acts.Responded, alert=asked, unable=True)
    world.settle()
    return scene


@with_fonts
@every
def test_alerts_that_are_open_stand_on_the_one_page(language: str) -> None:
    world = warned().world
    found = forum_paper(
        shared_copy(Copy(world.peers["KOR"], language, world.now, None, {})), shipped_forum()
    )
    assert found is not None
    words = said(found)
    assert f"{say('alerts-title', language)} · 4" in words
    # Two are listed: what is due first, and never a test before a warning.
    assert words.index("ESF/2027/JPN/10") < words.index("ESF/2027/JPN/11")
    assert "ESF/2027/JPN/12" not in words
    assert "ESF/2027/JPN/13" not in words
    assert say_of("alert-point", "causes", language) in words
    assert say_of("need", "meeting", language) in words
    assert say("brief-more", language, n=2) in words
    assert len(reader(pdf_file(found)).pages) == 1


@every
def test_where_no_alert_is_open_the_page_says_so(language: str) -> None:
    assert say("brief-no-alerts", language) in said(paper_in(language))
