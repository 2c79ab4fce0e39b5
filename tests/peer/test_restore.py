"""Stopping, starting and restoring: nothing acknowledged is lost, nothing is signed twice."""

from __future__ import annotations

import pytest
import scenes
from world import DAY, HOUR, START, Disk, World

from architrave.institution import acts
from architrave.institution.acts import document_of, name_of
from architrave.institution.digest import state_digest
from architrave.institution.state import Admitted, Refused
from architrave.peer.effects import Answer, Effect, Persist, SaveToken
from architrave.peer.messages import Growth, Heads
from architrave.peer.peer import AHEAD
from architrave.peer.startup import Stored
from architrave.record.sealing import SealedAct, sign_act

BODY = scenes.BODY


def opened() -> World:
    world = World()
    world.open(BODY)
    return world


def copy_of(disk: Disk) -> Disk:
    """The disk as it is now."""
    old = disk.stored
    return Disk(
        Stored(
            list(old.entries),
            list(old.acts),
            dict(old.notes),
            dict(old.witnessed),
            dict(old.proofs),
            old.token,
        )
    )


def command(world: World, party: str) -> tuple[acts.Act, list[Effect]]:
    """An officer's act as the peer takes it, its effects not yet performed."""
    act = scenes.make(
        world, party, acts.Deposited, title=world.words("t"), digest="0" * 64, source="s"
    )
    key = world.officer(party, BODY)
    world.salts += 1
    data = sign_act(document_of(act), world.founding.id, key)
    sealed = SealedAct(world.salts.to_bytes(32, "big"), data)
    return act, world.peers[party].command(1, sealed)


def count_of_effects() -> int:
    _, effects = command(opened(), "KOR")
    return len(effects)


@pytest.mark.parametrize("landed", [False, True], ids=["lost", "landed-unacknowledged"])
@pytest.mark.parametrize("stop", range(count_of_effects()))
def test_a_node_that_stops_after_any_effect_goes_on_from_its_disk(stop: int, landed: bool) -> None:
    world = opened()
    before = world.peers["KOR"].history.main(world.origin("KOR")).size
    act, effects = command(world, "KOR")
    done = effects[: stop + 1] if landed else effects[:stop]
    world.perform("KOR", done)
    acknowledged = any(isinstance(one, Answer) for one in done)
    world.restart("KOR")
    world.settle()
    kept = world.peers["KOR"].state.acts.get(name_of(act))
    assert kept is not None or not acknowledged
    wrote = any(isinstance(one, Persist) for one in done)
    assert world.peers["KOR"].history.main(world.origin("KOR")).size >= before + wrote
    again = scenes.attempt(
        world, "KOR", acts.Deposited, title=world.words("t"), digest="1" * 64, source="s"
    )
    assert isinstance(again, Admitted)
    world.settle()
    for party in world.parties:
        assert world.peers[party].replicas[world.origin("KOR")].proof is None
        assert (world.peers[party].state.acts.get(name_of(act)) is None) == (kept is None)
    assert world.faults == []


def test_what_leaves_is_on_disk_before_and_its_token_too() -> None:
    world = opened()
    _, effects = command(world, "JPN")
    kinds = [type(one) for one in effects]
    assert kinds[:2] == [Persist, SaveToken]
    assert Persist not in kinds[2:]


def test_an_ordinary_restart_signs_at_once_and_shows_the_same_state() -> None:
    world = opened()
    scenes.agree(world)
    peer = world.peers["USA"]
    before = state_digest(peer.state, peer.view())
    world.restart("USA")
    peer = world.peers["USA"]
    assert peer.may_sign()
    peer.tick(world.now)
    assert state_digest(peer.state, peer.view()) == before


def older(world: World, party: str) -> Disk:
    """An older copy of a node's folder; the node then goes on writing."""
    old = copy_of(world.disks[party])
    for number in range(3):
        scenes.attempt(
            world,
            party,
            acts.Deposited,
            title=world.words("t"),
            digest=str(number) * 64,
            source="s",
        )
        world.settle(3)
    return old


@pytest.mark.parametrize("token", ["kept", "also restored", "gone"])
def test_a_restored_copy_signs_nothing_until_all_have_told_and_it_is_refilled(token: str) -> None:
    world = opened()
    old = older(world, "KOR")
    size = world.peers["KOR"].history.main(world.origin("KOR")).size
    if token == "kept":
        old.stored.token = world.disks["KOR"].stored.token
    elif token == "gone":
        old.stored.token = None
    world.disks["KOR"] = old
    world.down = {"USA"}
    world.peers["KOR"] = world.boot("KOR")
    if token != "also restored":
        assert not world.peers["KOR"].may_sign()
    world.settle(3)
    peer = world.peers["KOR"]
    assert not peer.may_sign()
    assert "old copy" in peer.why_not()
    assert isinstance(scenes.attempt(world, "KOR", acts.Vacated, office=f"KOR/{BODY}"), Refused)
    assert peer.history.main(peer.origin).size == size, "it is refilled, and writes nothing"
    world.down = set()
    world.settle(3)
    assert peer.may_sign()
    assert isinstance(scenes.attempt(world, "KOR", acts.Vacated, office=f"KOR/{BODY}"), Admitted)
    world.settle()
    assert all(one.replicas[peer.origin].proof is None for one in world.peers.values())
    assert world.peers["JPN"].history.main(peer.origin).size > size


def test_a_bare_claim_to_hold_more_only_makes_a_node_wait_a_moment() -> None:
    world = opened()
    peer = world.peers["KOR"]
    claim = Heads(world.now, {peer.origin: 10**6}, [])
    for _ in range(10):
        peer.receive(world.origin("USA"), claim)
        world.tick()
    assert peer.may_sign()
    assert not peer.restored


def test_growth_of_the_own_log_without_its_own_signature_shows_nothing() -> None:
    world = opened()
    peer = world.peers["KOR"]
    own = peer.history.main(peer.origin)
    junk = Growth(peer.origin, own.size, [b"{}\n" + bytes(64)], own.size + 1, b"")
    assert peer.receive(world.origin("USA"), junk) == []
    assert not peer.restored


# -- clocks ---------------------------------------------------------------------------------------


def test_a_clock_ahead_of_all_in_touch_signs_nothing_but_cosigns() -> None:
    world = opened()
    peer = world.peers["KOR"]
    ahead = world.now + AHEAD + 5_000
    peer.tick(ahead)
    for other in ("JPN", "USA"):
        peer.receive(world.origin(other), Heads(world.now, {}, []))
    assert not peer.may_sign()
    assert "clock" in peer.why_not()
    before = peer.replicas[world.origin("JPN")].witnessed
    scenes.attempt(
        world, "JPN", acts.Deposited, title=world.words("t"), digest="0" * 64, source="s"
    )
    world.deliver()
    assert peer.replicas[world.origin("JPN")].witnessed != before
    peer.tick(ahead + 1)
    for other in ("JPN", "USA"):
        peer.receive(world.origin(other), Heads(ahead, {}, []))
    assert peer.may_sign()


def test_one_peer_whose_clock_agrees_is_enough() -> None:
    world = opened()
    peer = world.peers["KOR"]
    peer.tick(world.now + HOUR)
    peer.receive(world.origin("JPN"), Heads(world.now, {}, []))
    peer.receive(world.origin("USA"), Heads(world.now + HOUR, {}, []))
    assert peer.may_sign()


def test_a_peer_out_of_touch_for_long_no_longer_counts() -> None:
    world = opened()
    peer = world.peers["KOR"]
    peer.receive(world.origin("JPN"), Heads(world.now - DAY, {}, []))
    peer.receive(world.origin("USA"), Heads(world.now - DAY, {}, []))
    assert not peer.may_sign()
    peer.tick(world.now + 4 * peer.pace.refresh)
    assert peer.may_sign()


def test_after_a_restart_out_of_touch_the_officer_or_a_peer_confirms_the_time() -> None:
    world = opened()
    peer = world.boot("KOR")
    peer.clock_confirmed = False
    peer.tick(world.now)
    assert "officer" in peer.why_not()
    peer.receive(world.origin("JPN"), Heads(world.now - DAY, {}, []))
    assert not peer.clock_confirmed
    peer.receive(world.origin("JPN"), Heads(world.now, {}, []))
    assert peer.may_sign()


def test_times_of_the_own_log_never_fall_though_the_clock_does() -> None:
    world = opened()
    world.restart("KOR")
    peer = world.peers["KOR"]
    last = peer.history.main(peer.origin).times[-1]
    peer.tick(START - DAY)
    effects: list[Effect] = []
    tip = peer.write(effects, None, None)
    assert peer.history.entry(tip).header.t >= last


def test_a_clock_that_was_ahead_and_is_right_again_does_not_keep_its_node_waiting() -> None:
    # Found by a history: the node went on counting from the time that the wrong clock had shown.
    world = opened()
    first, second = world.parties[:2]
    peer = world.peers[first]
    peer.tick(world.now + 40 * DAY)
    peer.clock_confirmed = False
    world.settle()
    assert peer.may_sign()
    scenes.attempt(world, second, acts.Vacated, office=f"{second}/{BODY}")
    world.settle()
    tip = world.peers[second].history.main(world.origin(second)).tips[-1]
    assert peer.history.names(peer.history.main(peer.origin).tips[-1], tip)


def test_a_line_that_the_token_knows_and_nobody_holds_is_not_signed_a_second_time() -> None:
    # Found by a history in which the last write was torn and every message with it still under way.
    world = opened()
    party = world.parties[0]
    old = copy_of(world.disks[party])
    fields = {"title": world.words("t"), "digest": "0" * 64, "source": "s"}
    scenes.attempt(world, party, acts.Deposited, **fields)
    under_way = list(world.queue)
    world.queue.clear()
    old.stored.token = world.disks[party].stored.token
    world.disks[party] = old
    world.restart(party)
    world.settle()
    peer = world.peers[party]
    assert not peer.may_sign()
    assert "were signed, and nobody holds them" in peer.why_not()
    # What was under way arrives after all, and the log goes on from there.
    world.queue.extend(under_way)
    world.settle()
    assert peer.may_sign()
    assert peer.history.main(peer.origin).size == old.stored.token[0]


def test_a_token_behind_the_record_is_written_before_anything_leaves() -> None:
    """A crash came between the two: what is shown from now on, an older copy must not sign anew."""
    world = opened()
    party, *_ = world.parties
    older = copy_of(world.disks[party])
    act, effects = command(world, party)
    world.perform(party, [one for one in effects if isinstance(one, Persist)])
    world.restart(party)
    first = world.peers[party].tick(world.now)
    tokens = [one for one in first if isinstance(one, SaveToken)]
    size = world.peers[party].history.main(world.origin(party)).size
    assert [one.size for one in tokens] == [size]
    world.perform(party, first)
    world.settle()
    older.stored.token = world.disks[party].stored.token
    world.disks[party] = older
    world.restart(party)
    assert world.peers[party].restored
    world.settle()
    assert not world.peers[party].restored
    held = world.peers[party].state.acts
    assert name_of(act) in held
