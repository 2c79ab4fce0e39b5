"""The minute books line by line, what is sealed, and how to check it all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from data_scenes import two_histories
from page_scenes import copy_of as copy
from page_scenes import (
    five_parties,
    for_two,
    matter_open,
    opened,
    refused,
    two_faces,
    unfounded,
    write_anyway,
)
from world import seed

from architrave.institution import acts
from architrave.institution.acts import document_of
from architrave.peer import exchange
from architrave.peer.effects import Effect
from architrave.portal.contexts import verify_page
from architrave.portal.reading import LINES
from architrave.portal.record_context import record_page
from architrave.portal.whole import line_link
from architrave.portal.words import LANGUAGES
from architrave.record.entries import Audience
from architrave.record.sealing import SealedAct, sign_act


def test_an_empty_book_has_a_page() -> None:
    page = record_page(copy(unfounded(), "KOR"), "USA", None)
    assert page is not None
    assert (page.lines, page.older, page.newer) == ((), None, None)


def test_every_line_says_what_it_holds_and_whether_it_is_final() -> None:
    scene = opened()
    page = record_page(copy(scene, "KOR"), "JPN", None)
    assert page is not None
    assert [line.number for line in page.lines] == [str(n) for n in range(len(page.lines), 0, -1)]
    oldest = page.lines[-1]
    assert (oldest.what, oldest.final, oldest.readers) == ("founding entered", True, "the public")
    assert any(str(line.what).startswith("acknowledgement: ") for line in page.lines)
    assert any(
        "appointment: Representative in the Defence Council" in str(one.what) for one in page.lines
    )


def test_a_long_book_has_pages_that_hold_each_line_once() -> None:
    scene = opened()
    world = scene.world
    for turn in range(LINES + 5):
        world.party_act(
            "KOR", acts.Appointed, office="KOR/DEF", holder=f"holder {turn}", language="en"
        )
    world.settle()
    numbers = []
    page = record_page(copy(scene, "JPN"), "KOR", None)
    while page is not None:
        numbers += [line.number for line in page.lines]
        older = page.older
        page = (
            record_page(copy(scene, "JPN"), "KOR", int(older.href.split("/")[-1]))
            if older
            else None
        )
    size = world.peers["JPN"].history.main(world.origin("KOR")).size
    assert numbers == [str(n) for n in range(size, 0, -1)]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_past_the_end_of_a_book_does_not_exist(number: int) -> None:
    assert record_page(copy(opened(), "KOR"), "KOR", number) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("party", ["KOR", "JPN", "USA"])
def test_a_text_for_two_shows_only_that_it_is_there(
    screen: Callable[..., object], party: str, language: str
) -> None:
    scene = for_two()
    shown = screen(scene.world, party)
    for path in scene.paths():
        page = shown.page(f"/{language}/{path}")
        assert "a secret of two" not in page
        assert "secret.example" not in page
        assert "ab" * 32 not in page
    said = {"ko": "대상 한정 문서(대상: ", "ja": "対象限定文書（対象：", "en": "sealed text for "}
    assert said[language] in shown.page(f"/{language}/record/jpn")


def test_a_line_that_repeats_a_seal_for_more_readers_opens_nothing(
    screen: Callable[..., object],
) -> None:
    scene = for_two()
    world = scene.world
    liar = world.peers["JPN"]
    secret = next(one for one in liar.reader.acts.values() if b"a secret of two" in one.data)
    effects: list[Effect] = []
    liar.write(effects, secret, Audience(world.founding.origins))
    world.perform("JPN", effects)
    world.settle()
    for party in ("JPN", "KOR"):
        page = screen(world, party).page("/en/record/jpn")
        assert "a secret of two" not in page
        assert "text not yet here" in page


def test_a_sealed_statement_does_not_name_its_readers() -> None:
    scene = opened()
    world = scene.world
    key = world.officer("JPN", "TDC")
    act = acts.Deposited(
        party="JPN", seat="JPN/TDC", key=key.public.text, at=world.now, to=[world.origin("JPN")],
        title=world.words("x"), digest="cd" * 32, source="",
    )  # fmt: skip
    sealed = SealedAct(seed("secret"), sign_act(document_of(act), world.founding.id, key))
    effects: list[Effect] = []
    world.peers["JPN"].write(effects, sealed, None)
    world.perform("JPN", effects)
    world.settle()
    page = record_page(copy(scene, "KOR"), "JPN", None)
    assert page is not None
    assert "sealed text; its readers are not named" in [line.what for line in page.lines]


def test_a_void_line_stays_in_the_book_with_its_article() -> None:
    page = record_page(copy(refused(), "USA"), "KOR", None)
    assert page is not None
    (line,) = [line for line in page.lines if line.refused]
    assert str(line.refused).startswith("Not admitted under Art. 2(3): ")
    assert line.subject is None


def test_each_line_of_either_face_has_a_place_on_a_page(screen: Callable[..., object]) -> None:
    scene = two_histories()
    shown, book = screen(scene.world, "JPN"), copy(scene, "JPN")
    branches = book.view.history.branches[scene.world.origin("USA")]
    assert len(branches) == 2
    places = {line_link(book, tip).href for branch in branches for tip in branch.tips}
    assert len(places) > max(branch.size for branch in branches)
    for href in places:
        page, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in shown.page(page)


def test_a_book_with_two_faces_says_so() -> None:
    page = record_page(copy(two_faces(), "JPN"), "USA", None)
    assert page is not None
    assert page.stopped


def test_sizes_say_what_all_have_cosigned_and_what_is_only_signed() -> None:
    scene = matter_open()
    world = scene.world
    before = verify_page(copy(scene, "KOR")).books[0]
    assert before.cosigned == before.signed
    world.down = {"USA"}
    world.act("KOR", "TDC", acts.Deposited, title=world.words("x"), digest="ef" * 32, source="")
    world.settle()
    after = verify_page(copy(scene, "KOR")).books[0]
    assert int(after.signed) > int(after.cosigned)
    assert after.cosigned == before.cosigned


def test_the_page_on_checking_gives_what_a_stranger_needs(screen: Callable[..., object]) -> None:
    scene = matter_open()
    shown = screen(scene.world, "USA")
    page = shown.page("/en/verify")
    assert scene.world.founding.id in page
    assert scene.world.charter.digest in page
    for party in scene.world.parties:
        address = f"http://{party.lower()}.example:4001"
        assert f"architrave verify {address} --founding founding.json" in page


def test_holders_stand_on_the_page_of_the_charter(screen: Callable[..., object]) -> None:
    shown = screen(opened().world)
    page = shown.page("/en/bodies")
    assert "Representative in the Defence Council, Japan: first holder" in page
    assert "3 parties: 216 outcomes; decided: 1" in shown.page("/en/charter")
    assert page.count("not known") >= 6  # first and last day of each term of the secretariat


def test_terms_with_dates_are_shown_with_them(screen: Callable[..., object]) -> None:
    page = screen(five_parties().world, "BOR", with_register=False).page("/ja/bodies")
    assert "2026年1月1日" in page
    assert '<span lang="en">Basin Council</span>' in page


@pytest.mark.parametrize("instant", [10**15, 253_402_300_799_000, 2**53 - 1])
def test_a_line_that_claims_a_time_of_no_calendar_is_shown_with_the_last_one(
    instant: int, screen: Callable[..., object]
) -> None:
    scene = matter_open()
    world = scene.world
    liar, now = world.peers["USA"], world.now
    world.down = {"KOR", "JPN"}
    act = acts.Deposited(
        party="USA",
        seat="USA/TDC",
        key=world.officer("USA", "TDC").public.text,
        at=now,
        to=world.everyone(),
        title=world.words("dated by its author"),
        digest="ab" * 32,
        source="",
    )
    world.now = liar.now = instant
    write_anyway(world, "USA", act, act.audience)
    world.now, world.down, liar.told = now, set(), {}
    world.queue.clear()
    world.perform("USA", exchange.share(liar, liar.origin, refresh=True))
    world.deliver()
    book = world.peers["JPN"].history.main(world.origin("USA"))
    assert book.times[-1] == instant
    assert "9999" in screen(world, "JPN").page("/en/record/usa")
