"""A text for two that was released later, on the pages, in search, feeds, data and the export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from data_scenes import whole_of
from exports import audited, export
from founding_files import charter_text, founding_file
from page_scenes import Scene, copy_of, for_two, released_later
from test_portal_pages import scene_of

from architrave.institution import acts
from architrave.node.files import record_file
from architrave.portal.data.data_whole import files_of
from architrave.portal.data.tables import TABLES, sheet_of
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.formats import plain
from architrave.portal.pages import LineRow
from architrave.portal.places import symbol_place
from architrave.portal.record_context import record_page
from architrave.portal.search.search_context import index_of
from architrave.portal.search.search_index import ask
from architrave.portal.words import LANGUAGES
from architrave.record.sealing import SealedAct

PARTIES = ("JPN", "KOR", "USA")
in_each_copy = pytest.mark.parametrize("party", PARTIES)


def opened_lines(scene: Scene, party: str, language: str = "en") -> list[LineRow]:
    page = record_page(copy_of(scene, party, language), "JPN", None)
    assert page is not None
    return [line for line in page.lines if line.opened is not None]


@in_each_copy
def test_the_line_shows_the_text_when_it_was_released_and_when_sealed(party: str) -> None:
    scene = scene_of("released_later")
    tabled, deposit = opened_lines(scene, party)
    said = deposit.opened
    assert said is not None
    assert (deposit.what, deposit.readers, tabled.what) == (
        "deposit",
        "the public",
        "tabled (put forward)",
    )
    assert tabled.subject is None, "no matter is made of it"
    assert str(said.texts[0]).startswith("opened <script>")
    assert said.texts[1:] == ("cd" * 32, "https://archive.example/")
    assert str(deposit.at) in said.note
    assert "Japan" in said.first
    assert "ROK" in said.first
    assert "United States" not in said.first
    copy = copy_of(scene, party)
    assert copy.told.matters == ()


@pytest.mark.parametrize("language", LANGUAGES)
@in_each_copy
def test_the_page_serves_the_text_and_the_file_opens_what_stands_on_the_line(
    screen: Callable[..., Any], party: str, language: str
) -> None:
    scene = scene_of("released_later")
    shown = screen(scene.world, party)
    page = shown.answer(f"/{language}/record/jpn").content.decode()
    assert "opened &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "&lt;time" not in page
    deposit = opened_lines(scene, party, language)[1]
    assert deposit.opened is not None
    assert deposit.opened.file is not None
    assert f'href="{deposit.opened.file.href}"' in page
    path = deposit.opened.file.href.removeprefix("/record/")
    peer = scene.world.peers[party]
    file = record_file(peer, charter_text(scene.world), founding_file(scene.world), path)
    assert file is not None
    sealed = SealedAct(file[:32], file[32:])
    assert sealed.seal.hex() in deposit.opened.proof
    (tip,) = peer.seals[sealed.seal]
    assert peer.history.entry(tip).header.seal == sealed.seal


@in_each_copy
def test_its_symbol_leads_to_its_line(screen: Callable[..., Any], party: str) -> None:
    scene = scene_of("released_later")
    place = symbol_place(copy_of(scene, party), "TDC/2027/JPN/7")
    tabled = opened_lines(scene, party)[0]
    assert place == (("record", "jpn", "1"), tabled.anchor)
    answer = screen(scene.world, party).answer("/s/TDC/2027/JPN/7")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/record/jpn/1#{tabled.anchor}")
    assert symbol_place(copy_of(scene_of("for_two"), party), "") is None


@in_each_copy
@pytest.mark.parametrize("query", ["opened", "cd" * 32, "TDC/2027/JPN/7", "archive.example"])
def test_it_is_found(party: str, query: str) -> None:
    found = ask(index_of(copy_of(scene_of("released_later"), party)), query)
    assert [hit.piece.sort for hit in found.hits[:1]] == ["opened"]


def test_a_copy_whose_pages_were_made_before_the_text_came_shows_it_afterwards() -> None:
    scene = for_two()
    world = scene.world
    world.cut = {(one, "USA") for one in ("JPN", "KOR")}
    (name,) = world.peers["JPN"].state.deposits["ab" * 32]
    world.act("JPN", "TDC", acts.Released, act=name.name, to=["public"])
    world.settle()
    copy = copy_of(scene, "USA")
    assert not ask(index_of(copy), "secret").hits
    assert not opened_lines(scene, "USA")
    world.cut = set()
    world.settle()
    assert ask(index_of(copy_of(scene, "USA")), "secret").hits
    assert len(opened_lines(scene, "USA")) == 1


@in_each_copy
def test_the_feed_has_the_release_with_the_text(party: str) -> None:
    found = feed(copy_of(scene_of("released_later"), party), "record", "")
    assert found is not None
    entries = [one for one in found.entries if plain(one.title).endswith("release")]
    said = [" ".join(plain(line) for line in one.lines) for one in entries]
    assert sorted("opened <script>" in one for one in said) == [False, True]
    assert all("Released later" in one for one in said)
    assert all("/record/jpn/1#line-" in one.href for one in entries)


def test_the_data_hold_it_and_are_the_same_in_every_capital() -> None:
    made = [files_of(whole_of("released_later", party, None)) for party in PARTIES]
    assert made[0] == made[1] == made[2]
    whole = whole_of("released_later", "USA", None)
    lines = [one for page in whole.pages for one in page.lines if one.opened is not None]
    deposit, tabled = lines
    assert (deposit.what, deposit.public, deposit.readers) == ("released", True, ("JPN", "KOR"))
    assert deposit.opened is not None
    assert deposit.opened.texts[0]["en"].startswith("opened <script>")
    assert (tabled.subject, tabled.refused, whole.matters) == ("", {}, ())
    sheet = sheet_of(TABLES["lines"], whole)
    column = sheet.columns.index("released_utc")
    assert sum(row[column] is not None for row in sheet.rows) == 2


@in_each_copy
def test_an_export_of_any_copy_holds_the_text_and_verifies(party: str) -> None:
    world = scene_of("released_later").world
    files = export(world, party)
    found = audited(files)
    assert found.faults == ()
    assert not any("whose text is not here" in one.message for one in found.remarks)
    assert any(b"tabled for two" in data for name, data in files.items() if name[:5] == "acts/")


def test_words_erased_after_the_release_are_shown_nowhere() -> None:
    scene = released_later()
    world = scene.world
    (fact,) = world.peers["JPN"].state.deposits["cd" * 32]
    world.act("JPN", "TDC", acts.Erased, act=fact.name, cause="law", to=["public"])
    world.settle()
    for party in PARTIES:
        deposit = opened_lines(scene, party)[1]
        assert deposit.opened is not None
        assert "erased by Japan" in deposit.erased
        assert (deposit.opened.file, deposit.opened.proof) == (None, "")
        assert not any("opened" in plain(one) for one in deposit.opened.texts)
        answer = ask(index_of(copy_of(scene, party)), "opened")
        assert not any(hit.piece.sort == "opened" for hit in answer.hits)
