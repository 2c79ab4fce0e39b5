"""Whatever a party's node signs for, the other nodes answer or refuse it, and go on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import World, seed

from architrave.peer import replica
from architrave.peer.effects import Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import (
    Acts,
    Ask,
    Cosigned,
    Growth,
    Heads,
    Message,
    Misconduct,
    decode_batch,
    encode_batch,
)
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Header, Tip, sign_entry
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note


def _settled() -> World:
    world = World()
    world.open()
    return world


WORLD = _settled()
ME, LIAR, THIRD = WORLD.parties
ORIGINS = [*(WORLD.origin(party) for party in WORLD.parties), "stranger.invalid/log/1", ""]
SIZES = {one: WORLD.peers[ME].history.main(one).size for one in ORIGINS[:3]}
KEY = PrivateKey(seed(LIAR, "node"))
LOG = WORLD.origin(LIAR)

numbers = st.integers(-3, 12) | st.sampled_from([2**31, 2**53, 2**63 - 1, -(2**63), 2**64 - 1])
origins = st.sampled_from(ORIGINS)
held = [
    entry.data
    for party in WORLD.parties
    for entry in WORLD.peers[ME].history.main(WORLD.origin(party)).entries
]
notes = [WORLD.peers[ME].note(one) for one in ORIGINS[:3]]


@st.composite
def entries(draw: st.DrawFn) -> bytes:
    """A line that the liar's node key has signed, with whatever header."""
    tips = {
        origin: Tip(origin, draw(st.integers(1, 9)), draw(st.sampled_from([bytes(32), b"x" * 32])))
        for origin in draw(st.lists(st.sampled_from(ORIGINS[:4]), max_size=2, unique=True))
    }
    header = Header(
        log=draw(st.sampled_from([LOG, ORIGINS[0]])),
        n=draw(st.integers(0, 9)),
        t=draw(st.sampled_from([0, WORLD.now, WORLD.now + 10**9, 2**52])),
        key=KEY.public,
        seen=tips,
    )
    return sign_entry(header, KEY).data


@st.composite
def signed(draw: st.DrawFn) -> bytes:
    """A checkpoint that the liar's node key has signed, of whatever size and root."""
    size = draw(st.integers(0, 12) | st.sampled_from([2**40, 2**63 - 1]))
    tree = WORLD.peers[ME].history.main(LOG).tree
    root = tree.root(size) if size <= SIZES[LOG] and draw(st.booleans()) else bytes(32)
    checkpoint = Checkpoint(LOG, size, root)
    return format_note(checkpoint.text, [sign_checkpoint(checkpoint, KEY)])


junk = st.binary(max_size=60)
bodies = junk | st.sampled_from(held) | entries()
heads = st.builds(Heads, numbers, st.dictionaries(origins, numbers, max_size=4), st.lists(junk))
growths = st.builds(
    Growth,
    origins | st.just(LOG),
    numbers,
    st.lists(bodies, max_size=3),
    numbers,
    junk | st.sampled_from(notes) | signed(),
)
asks = st.builds(Ask, origins, numbers, numbers, junk | st.just(bytes(32)))
cosigned = st.builds(Cosigned, origins, numbers, junk, st.text(max_size=80))
acts = st.builds(Acts, st.lists(st.tuples(junk, junk), max_size=2))
misconduct = st.builds(Misconduct, origins, junk | signed())
anything = st.lists(heads | growths | asks | cosigned | acts | misconduct, min_size=1, max_size=6)


@given(anything)
@settings(max_examples=200)
def test_no_message_of_a_liar_stops_a_node(messages: list[Message]) -> None:
    peer = WORLD.boot(ME)
    peer.tick(WORLD.now)
    for message in decode_batch(encode_batch(messages)):
        try:
            effects = peer.receive(LOG, message)
        except PeerError:
            continue
        assert isinstance(effects, list)
    peer.tick(WORLD.now + 2_000)
    # It goes on with the honest one, and its own book is as it was.
    peer.receive(WORLD.origin(THIRD), Heads(WORLD.now, {}, []))
    assert peer.history.main(peer.origin).size >= SIZES[peer.origin]
    assert peer.replicas[peer.origin].proof is None
    assert not peer.restored or any(
        one.sizes.get(peer.origin, 0) > SIZES[peer.origin]
        for one in messages
        if isinstance(one, Heads)
    )


@given(st.binary(max_size=200))
def test_whatever_bytes_arrive_are_a_batch_or_a_fault_of_the_sender(data: bytes) -> None:
    try:
        batch = decode_batch(data)
    except PeerError:
        return
    assert decode_batch(encode_batch(batch)) == batch


def test_lines_without_a_checkpoint_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "STAGED_LIMIT", 10_000)
    peer = WORLD.boot(ME)

    def send() -> None:
        reach = peer.replicas[LOG].reach
        peer.receive(LOG, Growth(LOG, reach, [bytes(1_000)], reach + 1, b""))

    for _ in range(3):
        for _ in range(10):
            send()
        with pytest.raises(PeerError, match="without a checkpoint") as fault:
            send()
        assert fault.value.status_hint == 413
        assert peer.replicas[LOG].staged == []


def test_a_clock_that_was_set_back_does_not_silence_a_node() -> None:
    peer = WORLD.boot(ME)

    def greets(now: int) -> bool:
        sent = [one.message for one in peer.tick(now) if isinstance(one, Send)]
        return any(isinstance(one, Heads) for one in sent)

    later = WORLD.now + 3_600_000
    assert greets(later)
    assert not greets(later + 1)
    assert greets(WORLD.now)
    assert not greets(WORLD.now + 1)
    assert greets(WORLD.now + peer.pace.greet)
