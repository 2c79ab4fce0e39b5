"""The shared picture: signed readings of points, side by side and never averaged."""

from __future__ import annotations

import pytest
import scenes
from scenes import BODY
from test_refusals import opened
from world import World

from architrave.institution import acts
from architrave.institution.acts import kind_of
from architrave.institution.picture import Agreement, Picture, Point, picture
from architrave.institution.state import Refused


def ask(world: World, party: str = "KOR", number: int = 1, **fields: object) -> str:
    words = world.words("w")
    name = world.act(
        party, BODY, acts.Consulted, symbol=f"{BODY}/2027/{party}/{number}", body=BODY,
        ground=words, facts=words, wish=words, **fields,
    )  # fmt: skip
    world.settle()
    return name


def assess(
    world: World, party: str, asked: str, reading: str, point: str = "port", words: str = ""
) -> str:
    fields: dict[str, object] = {"proposition": world.words(words)} if words else {}
    return world.act(
        party, BODY, acts.Assessed, consultation=asked, point=point, reading=reading,
        account=world.words(f"{party} says"), **fields,
    )  # fmt: skip


def seen(world: World, asked: str) -> Picture:
    """The picture, which every copy shows alike."""
    found = [picture(peer.state, peer.view(), asked) for peer in world.peers.values()]
    assert found[0] is not None
    assert found[0] == found[1] == found[2]
    return found[0]


def point(world: World, asked: str, name: str = "port") -> Point:
    (found,) = [one for one in seen(world, asked).points if one.id == name]
    return found


def told(one: Point) -> list[dict[str, str]]:
    return [
        {read.party: read.act.reading for read in wording.readings} for wording in one.propositions
    ]


def test_a_point_is_open_until_all_have_spoken_and_differs_as_soon_as_two_do() -> None:
    world = opened()
    asked = ask(world)
    assess(world, "KOR", asked, "affirm", words="The port is closed.")
    world.settle()
    found = point(world, asked)
    assert (found.agreement, found.awaiting) == (Agreement.OPEN, ("JPN", "USA"))
    assess(world, "JPN", asked, "deny")
    world.settle()
    found = point(world, asked)
    assert (found.agreement, found.awaiting) == (Agreement.DIFFERS, ("USA",))
    assess(world, "USA", asked, "affirm")
    world.settle()
    assert told(point(world, asked)) == [{"JPN": "deny", "KOR": "affirm", "USA": "affirm"}]
    assert point(world, asked).agreement is Agreement.DIFFERS


def test_a_later_reading_replaces_a_party_s_own_and_both_stay_in_the_timeline() -> None:
    world = opened()
    asked = ask(world)
    assess(world, "KOR", asked, "affirm", words="The port is closed.")
    world.settle()
    for party, reading in (("JPN", "uncertain"), ("USA", "affirm"), ("JPN", "affirm")):
        assess(world, party, asked, reading)
        world.settle()
    found = point(world, asked)
    assert found.agreement is Agreement.AGREED
    assert told(found) == [{"JPN": "affirm", "KOR": "affirm", "USA": "affirm"}]
    assert [one.party for one in seen(world, asked).timeline] == ["KOR", "JPN", "USA", "JPN"]


def test_two_wordings_given_at_once_stay_side_by_side() -> None:
    world = opened()
    asked = ask(world)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    assess(world, "USA", asked, "affirm", words="The port is shut.")
    assess(world, "JPN", asked, "affirm", words="The port is closed.")
    world.cut = set()
    world.settle()
    assess(world, "KOR", asked, "affirm")
    world.settle()
    found = point(world, asked)
    worded = {one.worded.party: {read.party for read in one.readings} for one in found.propositions}
    # Who read neither as its own reads the first that it knew.
    assert set(worded) == {"JPN", "USA"}
    assert sorted(worded["JPN"] | worded["USA"]) == ["JPN", "KOR", "USA"]
    assert not worded["JPN"] & worded["USA"]
    assert found.agreement is Agreement.DIFFERS
    assess(world, "USA", asked, "deny")
    world.settle()
    assert {"USA": "deny"} in [
        {k: v for k, v in one.items() if k == "USA"} for one in told(point(world, asked))
    ]


def test_points_stand_in_the_order_in_which_they_were_first_named() -> None:
    world = opened()
    asked = ask(world)
    for party, name in (("USA", "z"), ("KOR", "a"), ("JPN", "m")):
        assess(world, party, asked, "uncertain", point=name, words=f"It is {name}.")
        world.settle()
    assert [one.id for one in seen(world, asked).points] == ["z", "a", "m"]


def test_the_timeline_follows_cause_whatever_the_books_claim_of_the_time() -> None:
    world = opened()
    asked = ask(world)
    world.act("JPN", BODY, acts.Acknowledged, consultation=asked, answer=world.words("here"))
    world.settle()
    assess(world, "USA", asked, "affirm", words="The port is closed.")
    world.settle()
    world.act("KOR", BODY, acts.Closed, consultation=asked, outcome=world.words("done"))
    world.settle()
    timeline = seen(world, asked).timeline
    assert [kind_of(one.act) for one in timeline] == ["acknowledged", "assessed", "closed"]


def test_what_is_no_consultation_has_no_picture() -> None:
    world = opened()
    matter = scenes.table(world)
    peer = world.peers["JPN"]
    assert picture(peer.state, peer.view(), matter) is None
    assert picture(peer.state, peer.view(), "0" * 64) is None


@pytest.mark.parametrize("drill", [False, True])
def test_a_drill_is_assessed_like_any_other_request_and_not_once_it_is_closed(drill: bool) -> None:
    world = opened()
    asked = ask(world, drill=drill)
    assess(world, "JPN", asked, "affirm", words="The line is clear.")
    world.settle()
    world.act("KOR", BODY, acts.Closed, consultation=asked, outcome=world.words("done"))
    world.settle()
    words = world.words("x")
    found = scenes.attempt(
        world, "USA", acts.Assessed, consultation=asked, point="port", reading="deny", account=words
    )
    assert isinstance(found, Refused)
    assert found.reason == "the consultation is closed."
    assert point(world, asked).awaiting == ("KOR", "USA")
