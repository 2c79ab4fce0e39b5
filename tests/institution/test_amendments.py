"""The charter is amended under itself: each act by the charter of its past, and one at a time."""

from __future__ import annotations

import amending
import pytest
import scenes
from amending import LONGER, SHIPPED, agree, amend, amended, concur, retract, split, table
from scenes import BODY
from world import DAY, HOUR, World

from architrave.charter.parse import parse_charter
from architrave.institution import acts
from architrave.institution.amendments import amended_by, in_force, shape_fault
from architrave.institution.digest import state_digest
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused


def opened() -> World:
    world = World()
    world.open(BODY, "SEC")
    return world


def silence(world: World, number: int, hours: int) -> object:
    """A plan under a silence that would end so many hours from now."""
    running = acts.Silence("4(2)", world.now + hours * HOUR)
    fields = {"symbol": f"{BODY}/2027/JPN/{number}", "body": BODY, "article": "4(2)"}
    wording, pledges = scenes.wording(world), [scenes.pledge(world)]
    fields |= {"wording": wording, "pledges": pledges, "silence": running}
    return world.act("JPN", BODY, acts.Tabled, **fields)


def in_use(world: World) -> set[str]:
    return {peer.state.charter.digest for peer in world.peers.values()}


def test_the_charter_runs_as_amended_from_the_act_on() -> None:
    world = opened()
    before = world.charter.digest
    matter = agree(world, 1)
    assert in_use(world) == {before}
    assert isinstance(amended(world, "USA", matter), Admitted)
    world.settle()
    assert in_use(world) == {parse_charter(LONGER, "longer").digest}
    for peer in world.peers.values():
        assert in_force(peer.state, peer.view())[0] == matter
        [(fact, amendment)] = amended_by(peer.state, peer.view())
        assert fact.party == "USA"
        assert amendment.text == LONGER


def test_the_record_answers_for_any_past() -> None:
    world = opened()
    peer = world.peers["JPN"]
    earlier = peer.view()
    matter = amend(world, 1)
    assert in_force(peer.state, earlier) == (world.charter.digest, world.charter)
    assert in_force(peer.state, peer.view())[0] == matter


def test_a_version_is_decided_by_the_charter_of_its_tabling() -> None:
    """Twenty-four hours were enough when it was tabled, and stay enough."""
    world = opened()
    old = silence(world, 1, 25)
    world.settle()
    amend(world, 2)
    new = silence(world, 3, 25)
    world.settle()
    world.now += 26 * HOUR
    world.settle()
    assert world.stand("KOR", old).stage is Stage.IN_FORCE
    assert world.stand("KOR", new).stage is Stage.RUNNING
    world.now += DAY
    world.settle()
    assert world.stand("KOR", new).stage is Stage.IN_FORCE


def test_an_act_that_has_not_received_the_amendment_is_judged_by_the_old_charter() -> None:
    assert SHIPPED.count('permits = ["deposit"]') == 1
    gone = SHIPPED.replace('permits = ["deposit"]', "permits = []")
    world = opened()
    matter = agree(world, 1, gone)
    world.cut = {(a, b) for a in world.parties for b in world.parties if "KOR" in (a, b)}
    assert isinstance(amended(world, "JPN", matter), Admitted)
    world.settle()
    paper = {"title": world.words("t"), "digest": "5e" * 32, "source": "s"}
    late = scenes.attempt(world, "JPN", acts.Deposited, **paper)
    assert isinstance(late, Refused)
    assert "no article of the charter permits this" in late.reason
    kept = world.act("KOR", BODY, acts.Deposited, **paper)
    world.cut = set()
    world.settle()
    for peer in world.peers.values():
        assert peer.state.find(peer.view(), kept) is not None
    again = scenes.attempt(world, "KOR", acts.Deposited, **{**paper, "source": "again"})
    assert isinstance(again, Refused)


def test_two_may_say_it_at_once_and_say_the_same() -> None:
    world = opened()
    matter = agree(world, 1)
    world.cut = {(a, b) for a in world.parties for b in world.parties if a != b}
    for party in world.parties:
        assert isinstance(amended(world, party, matter), Admitted)
    world.cut = set()
    world.settle()
    assert len(in_use(world)) == 1
    assert len({state_digest(one.state, one.view()) for one in world.peers.values()}) == 1


def test_an_amended_charter_is_amended_again_and_may_return() -> None:
    world = opened()
    amend(world, 1)
    amend(world, 2, SHIPPED)
    assert in_use(world) == {world.charter.digest}
    third = amend(world, 3)
    peer = world.peers["KOR"]
    assert in_force(peer.state, peer.view())[0] == third
    assert len(list(amended_by(peer.state, peer.view()))) == 3


def test_a_node_that_starts_again_runs_by_the_amended_charter() -> None:
    world = opened()
    amend(world, 1, LONGER.replace("receipt_hours = 6 ", "receipt_hours = 2 "))
    world.restart("JPN")
    world.settle()
    peer = world.peers["JPN"]
    assert peer.state.charter.receipt_hours == 2
    size = peer.history.main(peer.origin).size
    world.now += 3 * HOUR
    world.settle()
    assert peer.history.main(peer.origin).size > size


# -- two at once ----------------------------------------------------------------------------------


def test_a_split_leaves_neither_in_force_and_a_later_attempt_succeeds() -> None:
    world = opened()
    left, right, (one, other, third) = split(world)
    for matter in (left, right):
        assert world.stand(third, matter).stage is Stage.FAILED
    later = table(world, third, 9, LONGER, turn=2)
    world.settle()
    assert isinstance(concur(world, one, later), Admitted)
    assert isinstance(concur(world, other, later), Admitted)
    assert isinstance(concur(world, third, later), Refused)
    assert isinstance(retract(world, third, right), Admitted)
    assert isinstance(concur(world, third, later), Admitted)
    world.settle()
    assert world.stand(one, later).stage is Stage.IN_FORCE
    assert isinstance(amended(world, one, later), Admitted)
    world.settle()
    assert in_use(world) == {parse_charter(LONGER, "longer").digest}
    assert world.stand(one, left).stage is Stage.FAILED


def test_who_walks_away_holds_nobody_captive() -> None:
    """One party has closed an amendment that the others leave: they take up the next attempt."""
    world = opened()
    one, other, third = world.parties
    first = table(world, other, 1)
    world.settle()
    concur(world, other, first)
    concur(world, third, first)
    world.settle()
    world.cut = {(a, b) for a in world.parties for b in world.parties if one in (a, b)}
    concur(world, one, first)
    retract(world, other, first)
    retract(world, third, first)
    world.cut = set()
    world.settle()
    later = table(world, other, 2, LONGER + "# better\n", turn=2)
    world.settle()
    held = concur(world, one, later)
    assert isinstance(held, Refused)
    assert "may still be agreed" in held.reason
    assert isinstance(concur(world, third, later), Admitted)
    world.settle()
    assert isinstance(concur(world, one, later), Admitted)
    assert isinstance(concur(world, other, later), Admitted)
    world.settle()
    assert world.stand(third, later).stage is Stage.IN_FORCE
    back = concur(world, third, first)
    assert isinstance(back, Refused)


def test_to_object_is_always_open() -> None:
    world = opened()
    one = world.parties[0]
    first = table(world, one, 1)
    other = table(world, one, 2, LONGER + "# other\n")
    concur(world, one, first)
    assert scenes.objection(world, one, other)


# -- what no amendment changes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('languages = ["ko", "ja", "en"]', 'languages = ["ja", "ko", "en"]', "languages"),
        ('id = "trilateral"', 'id = "trilateral2"', "id"),
    ],
)
def test_what_would_take_the_ground_from_acts_is_refused(old: str, new: str, said: str) -> None:
    assert old in SHIPPED
    before = parse_charter(SHIPPED, "before")
    assert said in shape_fault(before, parse_charter(SHIPPED.replace(old, new), "after"))


CLERK = '  { id = "CLERK/BASIN", voting = false, title = { en = "Clerk", fr = "Greffier" } },\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (CLERK, "", "the seat CLERK/BASIN of BASIN"),
        ("FERRY", "FERRO", "FERRY is dropped"),
    ],
)
def test_a_body_and_its_seats_stay(old: str, new: str, said: str) -> None:
    five = amending.FIVE
    assert old in five
    after = parse_charter(five.replace(old, new), "after")
    assert said in shape_fault(parse_charter(five, "before"), after)


def test_the_parties_of_a_body_stay() -> None:
    five = amending.FIVE
    old, seat = 'parties = ["ALD", "BOR", "CAS"]', '"CAS/FERRY", party = "CAS"'
    assert old in five
    assert seat in five
    changed = five.replace(old, 'parties = ["ALD", "BOR", "DUN"]')
    changed = changed.replace(seat, '"DUN/FERRY", party = "DUN"')
    after = parse_charter(changed, "after")
    assert "the parties of FERRY" in shape_fault(parse_charter(five, "before"), after)
