"""A node key is stolen while a plan is on the table. The book stops, goes on, and the plan stands.

The thief has a copy of one capital's disk and its node key, and no officer's key. It shows one
neighbour a line that the capital never wrote. Both others hold the proof; the capital's voice is
stopped; it asks them to concur with a new key, and from then on the old one signs nothing that
anybody takes.
"""

from __future__ import annotations

import copy

import scenes
from world import World, seed

from architrave.institution.digest import state_digest
from architrave.institution.standing import Stage
from architrave.peer.messages import Growth
from architrave.record.entries import Header, sign_entry
from architrave.record.equivocation import check_equivocation
from architrave.record.keys import PrivateKey
from architrave.sim.faces import Face

BODY = scenes.BODY


def only(world: World, one: str, other: str) -> set[tuple[str, str]]:
    """The lines to cut so that only these two hear each other."""
    return {
        (a, b) for a in world.parties for b in world.parties if a != b and {a, b} != {one, other}
    }


def test_the_plan_stands_and_the_old_key_is_worth_nothing() -> None:
    world = World()
    world.open(BODY)
    robbed, near, far = world.parties
    log, stolen = world.origin(robbed), PrivateKey(seed(robbed, "node"))
    plan = scenes.table(world, far)
    world.settle()

    # The robbed capital concurs, as far as one neighbour knows; the thief tells the other nothing
    # of it, with a line of its own.
    disk = copy.deepcopy(world.disks[robbed])
    world.cut = only(world, robbed, near)
    scenes.position(world, robbed, plan)
    world.settle(3)
    kept = world.disks[robbed]
    world.disks[robbed] = disk
    world.restart(robbed)
    world.cut = only(world, robbed, far)
    effects: list[object] = []
    world.peers[robbed].write(effects, None, None)
    world.perform(robbed, effects)
    world.settle(3)

    # The lines are back; so is the capital's own disk. Whoever looks has the proof.
    world.disks[robbed] = kept
    world.restart(robbed)
    world.cut = set()
    world.settle()
    for party in world.parties:
        replica = world.peers[party].replicas[log]
        assert replica.proof is not None
        check_equivocation(replica.proof, replica.key)
    assert "two histories" in world.peers[robbed].why_not()
    assert world.stand(near, plan).stage is not Stage.IN_FORCE

    # It asks to go on under another key, from where its own history stands; the others concur.
    end = world.peers[near].history.main(log).tips[-1]
    title = world.prepare(robbed, "two-histories", end)
    world.settle(12)
    world.all_concur(title)
    assert not world.peers[robbed].why_not()
    for party in (near, far):
        scenes.position(world, party, plan)
    world.settle(20)
    assert {world.stand(party, plan).stage for party in world.parties} == {Stage.IN_FORCE}

    # The thief goes on writing under the old key: nobody takes a line of it.
    face = Face.of(world.peers[near].history.branches[log][0])
    header = Header(log=log, n=len(face.entries), t=world.now, key=stolen.public)
    face.extend(header, sign_entry(header, stolen).data)
    size = len(face.entries)
    growth = Growth(log, size - 1, [face.entries[-1]], size, face.note(size, stolen))
    for party in (near, far):
        held = world.peers[party].history.branches[log][0].size
        world.perform(party, world.peers[party].receive(log, growth))
        world.settle(3)
        assert world.peers[party].history.branches[log][0].size == held

    # And whoever starts again comes to the same.
    for party in world.parties:
        world.restart(party)
    world.settle()
    assert len({state_digest(one.state, one.view()) for one in world.peers.values()}) == 1
    assert not world.faults
