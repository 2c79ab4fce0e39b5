"""The page of critical goods: what stands, on what evidence, what changed, and what is lacking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from desk_shelves import assessed
from forum_scenes import forum_copy, shipped_forum
from goods_scenes import BODY, SOURCE, agree, day_of, good, listed, table, words
from page_scenes import NASTY, Scene
from test_portal_pages import read as parsed
from test_portal_pages import strays
from world import DAY, World

from architrave.desks.evidence import bytes_of
from architrave.desks.goods.changes import LackKind
from architrave.desks.goods.model import Good, GoodsList
from architrave.desks.tabling import wording_with_evidence
from architrave.institution import acts
from architrave.portal.beside import Beside
from architrave.portal.forum.goods_context import goods_page
from architrave.portal.forum.pages_goods import BodyGoods
from architrave.portal.words import LANGUAGES, say, say_of

every = pytest.mark.parametrize("language", LANGUAGES)
EVIDENCE = f"{BODY}/2027/USA/1"


@pytest.fixture
def world() -> World:
    found = World()
    found.open(BODY)
    return found


def in_days(world: World, days: int) -> Any:
    return day_of(world) + timedelta(days=days)


def evidence(world: World) -> str:
    title = world.words("Evidence")
    matter = world.act(
        "USA", BODY, acts.Tabled, symbol=EVIDENCE, body=BODY, article="3(1)",
        wording=wording_with_evidence(title, title, assessed("launches")),
    )  # fmt: skip
    world.settle()
    digest = assessed("launches")[0].digest
    world.act(
        "JPN", BODY, acts.Attested, matter=matter, version=matter, evidence=digest,
        finding="same", result="cd" * 32, versions={"architrave": "0.1"},
    )  # fmt: skip
    return digest


def page_of(world: World, language: str = "en", later: int = 0) -> BodyGoods:
    """What the page shows of the forum's one body that has a list."""
    copy = forum_copy(Scene(world), language, shipped_forum())
    found = goods_page(replace(copy, now=world.now + later))
    assert found is not None
    (body,) = found.bodies
    assert (body.anchor, body.proposed) == (BODY, True)
    return body


def shown_in(screen: Callable[..., Any], world: World) -> Any:
    return replace(screen(world), beside=Beside(None, shipped_forum()))


def stocked(world: World) -> tuple[GoodsList, GoodsList]:
    """A list that stands, on a source, on what was worked out and on what is not here; a next."""
    digest = evidence(world)
    first = listed(
        good("a", review=in_days(world, 400)),
        good("b", review=in_days(world, 100), evidence=(f"sha256:{digest}",), hs=(),
             stage="sem_photoresist"),
        good("c", review=in_days(world, 200), evidence=(f"sha256:{'ef' * 32}",), name=words(NASTY)),
    )  # fmt: skip
    agree(world, table(world, "KOR", first))
    after = listed(
        good("b", review=in_days(world, 500), evidence=(f"sha256:{digest}",), hs=(),
             stage="sem_photoresist"),
        good("c", review=in_days(world, 200), evidence=(f"sha256:{'ef' * 32}",), name=words(NASTY),
             why=words("two makers now")),
        good("d", review=in_days(world, 300)),
        before=[first],
        a="made at home now",
    )  # fmt: skip
    table(world, "JPN", after, [first])
    world.settle()
    return first, after


def test_before_any_list_the_page_says_that_none_stands(
    screen: Callable[..., Any], world: World
) -> None:
    found = goods_page(forum_copy(Scene(world), "en", shipped_forum()))
    assert found is not None
    assert found.bodies == ()
    for language in LANGUAGES:
        page = unescape(shown_in(screen, world).page(f"/{language}/forum/goods"))
        assert say("goods-none", language) in page
        assert say("goods-lists", language) not in page


def test_goods_stand_by_their_review_with_evidence_and_who_worked_it_out(world: World) -> None:
    stocked(world)
    page = page_of(world)
    assert [one.anchor for one in page.goods] == [f"ESF-2027-KOR-1-{one}" for one in "bca"]
    made, missing, source = (one.evidence for one in page.goods)
    assert (made[0].href, made[0].text) == (f"/en/matters/{EVIDENCE}", EVIDENCE)
    assert made[0].again == (f"Japan: {say_of('attested', 'same', 'en')}",)
    assert (missing[0].href, missing[0].text) == (
        "", "efefefefefefefef…, which this copy does not have",
    )  # fmt: skip
    assert (source[0].href, source[0].text) == (SOURCE.format("a"), "example.org")
    assert page.goods[0].matter.href == f"/en/matters/{BODY}/2027/KOR/1"
    assert not any(one.overdue for one in page.goods)


def test_a_review_that_was_not_held_says_so_from_the_day_after_on(world: World) -> None:
    stocked(world)
    assert not page_of(world, later=100 * DAY).goods[0].overdue
    found = [bool(one.overdue) for one in page_of(world, later=101 * DAY).goods]
    assert found == [True, False, False]


def test_every_list_says_what_it_changes_and_what_it_lacks(world: World) -> None:
    stocked(world)
    after, first = page_of(world).lists
    assert (first.symbol, first.stands, first.lacks) == (f"{BODY}/2027/KOR/1", True, ())
    assert [(row.word, len(row.names)) for row in first.changes] == [("Added", 3)]
    assert (after.stands, after.count) == (False, "3 goods")
    assert [(row.word, [str(one) for one in row.names]) for row in after.changes] == [
        ("Added", ["d (en)"]),
        ("Removed", ["a: made at home now (en)"]),
        ("Another day of review", ["b (en)"]),
        ("Reworded", [f"{NASTY} (en)"]),
    ]
    (lack,) = after.lacks
    assert lack == "b: the review is put off without evidence that was not there before."


def test_lists_agreed_beside_each_other_are_both_told(world: World) -> None:
    for party, name in (("KOR", "a"), ("USA", "b")):
        agree(world, table(world, party, listed(good(name, review=in_days(world, 99)))))
    page = page_of(world)
    assert page.several == (
        "Lists were agreed beside each other, and the next takes them together: "
        "ESF/2027/USA/1, ESF/2027/KOR/1."
    )
    assert len(page.goods) == 2


@every
def test_the_page_is_whole_in_its_language(
    screen: Callable[..., Any], world: World, language: str
) -> None:
    _, after = stocked(world)
    title = world.words("False")
    spoiled = bytes_of({**after.document, "goods": [{**after.document["goods"][0], "review": ""}]})
    world.act(
        "KOR", BODY, acts.Tabled, symbol=f"{BODY}/2027/KOR/2", body=BODY, article="3(1)",
        wording=acts.Wording(title, title, "plan", "political", spoiled.decode()),
    )  # fmt: skip
    world.settle()
    page = shown_in(screen, world).page(f"/{language}/forum/goods")
    reading = parsed(page)
    assert (reading.faults, reading.open) == ([], [])
    assert len(set(reading.ids)) == len(reading.ids)
    assert "<script>alert" not in page
    assert say("goods-unreadable", language) in unescape(page)
    assert "without a day of review" in unescape(page)
    assert f"/{language}/forum/goods" in page
    if language != "en":
        told = " ".join(reading.text).replace(unescape(NASTY), "")
        assert [one for one in strays(told, language) if one not in "alert n quoted party"] == []


@every
def test_each_thing_that_a_list_may_lack_is_said(language: str) -> None:
    said = {
        str(say_of("goods-lack", kind, language, of="film", day="2028", years=3))
        for kind in LackKind
    }
    assert len(said) == len(LackKind)
    assert all("film" in one for one in said)


def test_names_of_stages_are_those_of_the_forum_s_chains(world: World) -> None:
    digest = evidence(world)
    one: Good = good("b", review=in_days(world, 9), evidence=(f"sha256:{digest}",),
                     stage="sem_photoresist")  # fmt: skip
    agree(world, table(world, "KOR", listed(one)))
    names = {language: str(page_of(world, language).goods[0].stage) for language in LANGUAGES}
    assert len(set(names.values())) == len(LANGUAGES)
    assert "sem_photoresist" not in names.values()


def test_each_of_the_forum_s_bodies_has_a_list_of_its_own(world: World) -> None:
    for party in world.parties:
        world.seat(party, "ESFBT", "holder")
    world.settle()
    table(world, "KOR", listed(good("a", review=in_days(world, 99))))
    table(world, "JPN", listed(good("b", review=in_days(world, 99))), body="ESFBT")
    world.settle()
    found = goods_page(forum_copy(Scene(world), "en", shipped_forum()))
    assert found is not None
    assert [(one.anchor, len(one.lists)) for one in found.bodies] == [("ESF", 1), ("ESFBT", 1)]


def test_a_good_that_leaves_without_a_reason_is_named_alone(world: World) -> None:
    review = in_days(world, 99)
    first = listed(good("a", review=review), good("b", review=review))
    agree(world, table(world, "KOR", first))
    table(world, "JPN", listed(good("a", review=review), before=[first]), [first])
    world.settle()
    after = page_of(world).lists[0]
    assert [row.names for row in after.changes] == [("b",)]
    assert after.lacks == ("b leaves the list without a reason.",)
