"""A log goes on under a new key: with everybody's consent, and never below what all received."""

from __future__ import annotations

import copy

import scenes
from world import World, seed

from architrave.institution import acts
from architrave.institution.digest import state_digest
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused
from architrave.institution.successions import concurrence
from architrave.peer.messages import Growth
from architrave.peer.succession import known_keys
from architrave.record.entries import Header, Tip, sign_entry
from architrave.record.keys import PrivateKey
from architrave.record.succession import Title
from architrave.sim.faces import Face

BODY = scenes.BODY


def opened() -> World:
    world = World()
    world.open(BODY)
    return world


def forked(world: World) -> tuple[str, str, str]:
    """The first party's log has two histories, one known to each of the others."""
    party, one, other = world.parties
    disk = copy.deepcopy(world.disks[party])
    world.cut = {(party, other), (other, party), (one, other), (other, one)}
    scenes.table(world, party, 7)
    world.settle(3)
    world.disks[party] = disk
    world.restart(party)
    world.cut = {(party, one), (one, party), (one, other), (other, one)}
    scenes.table(world, party, 8)
    world.settle(3)
    world.cut = set()
    world.settle()
    for name in world.parties:
        assert world.peers[name].replicas[world.origin(party)].proof is not None
    return party, one, other


def agreed(world: World, number: int, without: str = "") -> str:
    tabling = next(party for party in reversed(world.parties) if party != without)
    matter = scenes.table(world, tabling, number)
    world.settle()
    for party in world.parties:
        scenes.position(world, party, matter)
    world.settle(20)
    return matter


def in_force(world: World, matter: str) -> bool:
    return {world.stand(one, matter).stage for one in world.parties} == {Stage.IN_FORCE}


def digests(world: World) -> set[str]:
    return {state_digest(peer.state, peer.view()) for peer in world.peers.values()}


# -- rotation -------------------------------------------------------------------------------------


def test_a_log_goes_on_under_a_new_key_once_every_other_party_concurs() -> None:
    world = opened()
    party, *others = world.parties
    before = world.peers[party].history.main(world.origin(party)).size
    title = world.prepare(party)
    world.settle()
    assert "ends at" in world.peers[party].why_not()
    assert isinstance(world.concur(others[0], title), Admitted)
    world.settle()
    assert world.peers[party].log == world.origin(party)
    assert isinstance(world.concur(others[1], title), Admitted)
    world.settle()
    for peer in world.peers.values():
        assert peer.history.newest(world.origin(party)) == title.succession.log
        assert peer.history.main(world.origin(party)).size > before
        assert not peer.why_not()
    assert len(digests(world)) == 1
    assert not world.faults


def test_decisions_go_on_across_a_rotation_and_a_restart() -> None:
    world = opened()
    party, *others = world.parties
    matter = scenes.table(world, others[0])
    world.settle()
    scenes.position(world, party, matter)
    world.rotate(party)
    for one in others:
        scenes.position(world, one, matter)
    world.settle(20)
    assert in_force(world, matter)
    for one in world.parties:
        world.restart(one)
    world.settle()
    assert in_force(world, matter)
    assert in_force(world, agreed(world, 2))
    assert len(digests(world)) == 1


def test_every_party_can_rotate_and_twice() -> None:
    world = opened()
    for party in [*world.parties, world.parties[0]]:
        world.rotate(party)
        assert in_force(world, agreed(world, world.at))
    for party in world.parties:
        world.restart(party)
    world.settle()
    assert len(digests(world)) == 1
    assert world.peers[world.parties[0]].log.endswith("/log/3")


def test_the_checkpoints_of_the_new_log_are_cosigned_by_all() -> None:
    world = opened()
    title = world.rotate(world.parties[0])
    world.settle()
    log = title.succession.log
    for party in world.parties:
        peer = world.peers[party]
        held = peer.cosigned[log]
        size = peer.replicas[log].branch.size
        assert {origin for origin in held if held[origin] == size} == {
            world.origin(one) for one in world.parties[1:]
        }


def test_a_party_that_was_away_reads_on_in_the_new_log() -> None:
    world = opened()
    party, one, away = world.parties
    title = world.prepare(party)
    world.settle()
    for other in (one, away):
        assert isinstance(world.concur(other, title), Admitted)
    world.down.add(away)
    world.settle()
    assert not world.peers[party].why_not() or world.peers[party].log == world.origin(party)
    world.restart(away)
    world.settle()
    assert in_force(world, agreed(world, 3))
    assert len(digests(world)) == 1


def test_who_has_the_old_key_writes_nothing_that_anybody_takes() -> None:
    world = opened()
    party, *others = world.parties
    old, key = world.origin(party), PrivateKey(seed(party, "node"))
    world.rotate(party)
    face = Face.of(world.peers[others[0]].history.branches[old][0])
    header = Header(log=old, n=len(face.entries), t=world.now, key=key.public)
    face.extend(header, sign_entry(header, key).data)
    size = len(face.entries)
    growth = Growth(old, size - 1, [face.entries[-1]], size, face.note(size, key))
    for one in others:
        world.perform(one, world.peers[one].receive(old, growth))
        world.settle(3)
        assert world.peers[one].history.branches[old][0].size == size - 1
        assert not known_keys(world.peers[one], old)


# -- consent --------------------------------------------------------------------------------------


def test_nobody_but_the_party_itself_can_ask() -> None:
    world = opened()
    party, one, other = world.parties
    end = world.peers[party].history.main(world.origin(party)).tips[-1]
    title = world.statement(party, "rotation", end, 2)
    forged = Title(
        title.succession,
        title.owner,
        {party: title.succession.signed_by(world.party_keys[one])},
    )
    refused = world.concur(other, forged)
    assert isinstance(refused, Refused)
    assert "has not signed" in refused.reason


def test_a_party_concurs_once_for_each_generation() -> None:
    world = opened()
    party, one, _ = world.parties
    end = world.peers[party].history.main(world.origin(party)).tips[-1]
    assert isinstance(world.concur(one, world.statement(party, "rotation", end, 2)), Admitted)
    for generation in (2, 3):
        refused = world.concur(one, world.statement(party, "lost-lines", end, generation))
        assert isinstance(refused, Refused)
    assert "may still be opened" in refused.reason


def test_a_statement_that_one_party_has_passed_over_is_out_of_reach() -> None:
    world = opened()
    party, one, other = world.parties
    end = world.peers[party].history.main(world.origin(party)).tips[-1]
    first = world.statement(party, "rotation", end, 2)
    assert isinstance(world.concur(one, first), Admitted)
    second = world.statement(party, "stolen-key", end, 3)
    assert isinstance(world.concur(other, second), Admitted)
    world.settle()
    assert isinstance(world.concur(one, second), Admitted)
    world.settle()
    assert isinstance(world.concur(other, first), Refused)
    for name in (one, other):
        assert world.peers[name].history.newest(world.origin(party)).endswith("/log/3")


def test_lines_that_all_have_received_are_never_left_out() -> None:
    world = opened()
    party, one, _ = world.parties
    agreed(world, 4)
    branch = world.peers[party].history.main(world.origin(party))
    title = world.statement(party, "lost-lines", branch.tips[1], 2)
    refused = world.concur(one, title)
    assert isinstance(refused, Refused)
    assert f"that {world.parties[1]} has received" in refused.reason


def test_a_prefix_that_nobody_holds_is_not_continued() -> None:
    world = opened()
    party, one, _ = world.parties
    nowhere = Tip(world.origin(party), 3, bytes(32))
    refused = world.concur(one, world.statement(party, "lost-lines", nowhere, 2))
    assert isinstance(refused, Refused)
    assert "does not hold" in refused.reason


def test_consents_that_cross_leave_nothing_out_that_both_had_received() -> None:
    """Each consents before it hears that the other has received the same lines."""
    world = opened()
    party, one, other = world.parties
    end = world.peers[party].history.main(world.origin(party)).tips[-1]
    world.cut = {(one, other), (other, one), (one, party), (other, party)}
    scenes.table(world, party, 5)
    world.settle()
    title = world.statement(party, "two-histories", end, 2)
    world.cut |= {(party, one), (one, party), (party, other), (other, party)}
    for name in (one, other):
        assert isinstance(world.concur(name, title), Admitted)
    world.cut = set()
    world.settle(20)
    for name in world.parties:
        assert world.peers[name].history.newest(world.origin(party)) == world.origin(party)


# -- two histories --------------------------------------------------------------------------------


def test_after_two_histories_a_succession_reopens_the_voice() -> None:
    world = opened()
    party, one, _ = forked(world)
    assert "two histories" in world.peers[party].why_not()
    end = world.peers[one].history.main(world.origin(party)).tips[-1]
    title = world.prepare(party, "two-histories", end)
    world.settle(12)
    world.all_concur(title)
    assert not world.peers[party].why_not()
    assert in_force(world, agreed(world, 9))
    for name in world.parties:
        world.restart(name)
    world.settle()
    assert in_force(world, agreed(world, 10))
    assert len(digests(world)) == 1
    assert not world.faults


def test_what_stood_on_the_branch_that_was_left_stays_known_to_all() -> None:
    world = opened()
    party, one, other = forked(world)
    ends = {
        name: world.peers[name].history.main(world.origin(party)).tips[-1] for name in (one, other)
    }
    title = world.prepare(party, "two-histories", ends[one])
    world.settle(12)
    world.all_concur(title)
    for name in world.parties:
        history = world.peers[name].history
        assert history.find(ends[one]) is not None
        assert history.find(ends[other]) is not None


# -- copies of the folder -------------------------------------------------------------------------


def test_a_copy_from_before_the_succession_signs_nothing_in_the_old_log() -> None:
    world = opened()
    party, *_ = world.parties
    old = copy.deepcopy(world.disks[party])
    keys = world.later_keys
    world.rotate(party)
    agreed(world, 6)
    old.stored.token = world.disks[party].stored.token
    world.disks[party] = old
    world.later_keys = {}
    world.succeeding = {}
    world.restart(party)
    size = world.peers[party].history.main(world.origin(party)).size
    for _ in range(12):
        assert world.peers[party].why_not()
        world.tick()
    assert world.peers[party].history.main(world.origin(party)).size > size
    assert "key of" in world.peers[party].why_not()
    world.later_keys = keys
    world.restart(party)
    world.settle()
    assert in_force(world, agreed(world, 7))
    assert len(digests(world)) == 1


def test_the_seat_is_held_as_the_new_log_says() -> None:
    """Appointed on the branch that is left, somebody holds no seat in the log that goes on."""
    world = opened()
    party, one, other = world.parties
    disk = copy.deepcopy(world.disks[party])
    world.cut = {(party, other), (other, party), (one, other), (other, one)}
    world.seat(party, BODY, "second holder")
    world.settle(3)
    world.disks[party] = disk
    world.restart(party)
    world.cut = {(party, one), (one, party), (one, other), (other, one)}
    scenes.table(world, party, 8)
    world.settle(3)
    world.cut = set()
    world.settle()
    kept = world.peers[other].history.main(world.origin(party)).tips[-1]
    title = world.prepare(party, "two-histories", kept)
    world.settle(12)
    world.all_concur(title)
    # The officer of the first holder signs again; everybody admits it.
    matter = agreed(world, 9)
    assert in_force(world, matter)
    assert world.peers[one].state.find(world.peers[one].view(), matter) is not None


def test_an_officer_cannot_concur_for_the_party() -> None:
    world = opened()
    party, one, _ = world.parties
    end = world.peers[party].history.main(world.origin(party)).tips[-1]
    title = world.statement(party, "rotation", end, 2)
    given = concurrence(title, one, world.party_keys[one], world.now)
    said = {name: getattr(given, name) for name in given.__struct_fields__}
    for name in ("party", "key", "at", "seat"):
        del said[name]
    refused = scenes.attempt(world, one, acts.LogSucceeded, **said)
    assert isinstance(refused, Refused)
    assert "party key" in refused.reason


# -- two at once ----------------------------------------------------------------------------------


def test_of_two_that_ask_at_once_the_later_gives_way() -> None:
    world = opened()
    party, one, other = world.parties
    first, second = world.prepare(party), world.prepare(one)
    world.settle()
    assert isinstance(world.concur(party, second), Refused)
    assert isinstance(world.concur(one, first), Admitted)
    for title in (first, second):
        assert isinstance(world.concur(other, title), Admitted)
    world.settle()
    assert not world.peers[party].why_not()
    assert "ask the others anew" in world.peers[one].why_not()
    refused = world.concur(party, second)
    assert isinstance(refused, Refused)
    assert "would leave out" in refused.reason
    third = world.prepare(one)
    world.settle()
    assert isinstance(world.concur(party, third), Admitted)
    world.settle()
    assert isinstance(world.concur(other, third), Admitted)
    world.settle()
    assert not world.peers[one].why_not()
    assert in_force(world, agreed(world, 11))
    assert len(digests(world)) == 1


def test_what_was_concurred_with_and_never_opened_binds_nobody_after_a_restart() -> None:
    world = opened()
    party, one, other = world.parties
    assert isinstance(world.concur(one, world.prepare(party)), Admitted)
    world.settle()
    third = world.prepare(party)
    world.settle()
    for name in (other, one):
        assert isinstance(world.concur(name, third), Admitted)
        world.settle()
    assert world.peers[one].history.newest(world.origin(party)) == third.succession.log
    world.restart(one)
    world.settle()
    assert not world.peers[one].reader.ending
