"""Suspensions, readings and drills say the same in any order of reading, on every copy."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from crisis_walk import crisis
from hypothesis import given, settings
from hypothesis import strategies as some
from test_erasure import erased
from world import World

from architrave.institution.act_reading import read_act
from architrave.institution.acts import kind_of
from architrave.institution.admit import fold_entry
from architrave.institution.digest import shared_state
from architrave.institution.drills import legs
from architrave.institution.erasure import lasting_words
from architrave.institution.owed import instrument_of, owed_under
from architrave.institution.picture import Picture, picture
from architrave.institution.standing import stand
from architrave.institution.state import Institution, View, empty
from architrave.peer.peer import Peer
from architrave.record.entries import Tip

SEEDS = some.integers(0, 10**6)


def told(state: Institution, view: View, matter: str, asked: str) -> object:
    """All that the acts of a crisis leave, without the words."""
    standing = stand(state, matter, view)
    request = state.find(view, asked)
    assert standing is not None
    assert request is not None
    instrument = instrument_of(state, view, standing, True)
    paused = [(one.party, one.since, one.until) for one in instrument.suspensions]
    owed = [(one.due, one.state, len(one.suspensions)) for one in
            owed_under(state, view, standing, view)]  # fmt: skip
    found = picture(state, view, asked)
    assert found is not None
    lines = [(leg.party, leg.state) for leg in legs(state, view, request)]
    return shared_state(state, view), paused, owed, _bare(found), lines


def _bare(found: Picture) -> object:
    points = [
        (
            point.id,
            point.agreement,
            point.awaiting,
            [
                (one.worded.name, [(read.fact.name, read.act.reading) for read in one.readings])
                for one in point.propositions
            ],
        )
        for point in found.points
    ]
    return points, [fact.name for fact in found.timeline]


def read_in(world: World, peer: Peer, order: list[Tip], gone: float, draw: Random) -> Institution:
    """A record folded in this order, with a part of the acts as skeletons."""
    state = empty(world.founding, world.charter)
    for tip in order:
        act = peer.reader.acts[peer.history.entry(tip).header.seal]
        if draw.random() < gone and not lasting_words(read_act(act).act):
            act = erased(act, world.founding.id)
        state, _ = fold_entry(state, peer.history, tip, act)
    return state


def some_order(peer: Peer, draw: Random) -> list[Tip]:
    """A random order in which each entry follows all that lies in its past."""
    left, order = list(peer.reader.judged), list[Tip]()
    history = peer.history
    past = {tip: history.past(tip) for tip in left}
    while left:
        free = [
            tip
            for tip in left
            if not any(one != tip and history.holds(past[tip], one) for one in left)
        ]
        order.append(draw.choice(free))
        left.remove(order[-1])
    return order


@given(seed=SEEDS)
@pytest.mark.slow
@settings(max_examples=15, deadline=None)
def test_every_copy_and_every_order_say_the_same(seed: int) -> None:
    draw = Random(seed)
    world, matter, asked = crisis(draw.randrange, 24)
    found = [told(one.state, one.view(), matter, asked) for one in world.peers.values()]
    assert found[0] == found[1] == found[2]
    peer = world.peers[draw.choice(world.parties)]
    again = read_in(world, peer, some_order(peer, draw), 0.0, draw)
    assert again.refused == peer.state.refused
    assert told(again, peer.view(), matter, asked) == found[0]


@given(seed=SEEDS)
@pytest.mark.slow
@settings(max_examples=15, deadline=None)
def test_whatever_is_erased_every_verdict_and_all_that_is_told_stay(seed: int) -> None:
    draw = Random(seed)
    world, matter, asked = crisis(draw.randrange, 24)
    peer = world.peers[draw.choice(world.parties)]
    bare = read_in(world, peer, some_order(peer, draw), 0.7, draw)
    assert set(bare.refused) == set(peer.state.refused)
    assert told(bare, peer.view(), matter, asked) == told(peer.state, peer.view(), matter, asked)


def test_the_histories_hold_every_act_admitted_and_void() -> None:
    admitted, void = Counter[str](), Counter[str]()
    for seed in range(15):
        world, _, _ = crisis(Random(seed).randrange, 24)
        state = world.peers["USA"].state
        for index, count in ((state.acts, admitted), (state.void, void)):
            count.update(kind_of(fact.act) for facts in index.values() for fact in facts)
    for kind in ("suspended", "resumed", "assessed", "acknowledged"):
        assert admitted[kind], kind
        assert void[kind], kind
    assert admitted["closed"]
