"""The fold: the same acts in any causal order give the same state, and concurrent acts commute."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some
from papers import BODY, adopted, wording
from world import World

from architrave.institution import acts
from architrave.institution.admit import fold
from architrave.institution.digest import shared_state
from architrave.institution.state import Institution, empty
from architrave.record.entries import Tip
from architrave.record.history import History


def busy() -> World:
    """A world in which the three speak at once, while their links are cut."""
    world = World()
    world.open(BODY)
    adopted(world, *world.parties)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    for number, party in enumerate(world.parties):
        matter = world.act(
            party,
            BODY,
            acts.Tabled,
            symbol=f"{BODY}/2027/{party}/{number + 20}",
            body=BODY,
            article="3(1)",
            wording=wording(world, f"plan of {party}"),
        )
        world.act(party, BODY, acts.Positioned, matter=matter, version=matter, position="concur")
        office = world.charter.body("TDC").seat_of(party).id
        world.party_act(party, acts.Appointed, office=office, holder="somebody", language="ko")
    world.deliver()
    world.cut = set()
    world.settle()
    return world


WORLD = busy()
PEER = WORLD.peers[WORLD.parties[0]]
TIPS = list(PEER.reader.judged)


def before(history: History, one: Tip, other: Tip) -> bool:
    """Say whether one entry lies in the past of another."""
    return one != other and history.holds(history.past(other), one)


def folded(tips: list[Tip]) -> Institution:
    start = empty(WORLD.founding, WORLD.charter)
    return fold(start, PEER.history, tips, PEER.reader.acts)


def state_of(tips: list[Tip]) -> object:
    return shared_state(folded(tips), PEER.view())


def in_some_order(seed: int) -> list[Tip]:
    """A random order in which each entry follows all that lies in its past."""
    draw, left, order = Random(seed), list(TIPS), list[Tip]()
    while left:
        free = [tip for tip in left if not any(before(PEER.history, one, tip) for one in left)]
        order.append(draw.choice(free))
        left.remove(order[-1])
    return order


@given(some.integers(0, 10**6))
def test_every_causal_order_gives_the_same_shared_state(seed: int) -> None:
    order = in_some_order(seed)
    assert sorted(order) == sorted(TIPS)
    assert state_of(order) == shared_state(PEER.state, PEER.view())


@pytest.mark.parametrize("party", WORLD.parties)
def test_every_copy_has_the_same_shared_state(party: str) -> None:
    peer = WORLD.peers[party]
    assert shared_state(peer.state, peer.view()) == shared_state(PEER.state, PEER.view())


def test_concurrent_acts_commute() -> None:
    order = in_some_order(1)
    places = {tip: place for place, tip in enumerate(order)}
    pairs = [
        (one, other)
        for one, other in combinations(order, 2)
        if abs(places[one] - places[other]) == 1 and not before(PEER.history, one, other)
    ]
    assert any(one.origin != other.origin for one, other in pairs), "nothing here is concurrent"
    wanted = state_of(order)
    for one, other in pairs:
        swapped = list(order)
        swapped[places[one]], swapped[places[other]] = other, one
        assert state_of(swapped) == wanted
