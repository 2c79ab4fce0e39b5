"""The node as a witness of the other logs of its founding (C2SP tlog-witness)."""

from __future__ import annotations

import hashlib

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from keepers import KeptNode
from world import World, seed

from architrave.institution import acts
from architrave.node import store
from architrave.peer.cosigning import SIZE_TYPE, add_checkpoint, witnessed_note
from architrave.peer.peer import Peer
from architrave.record.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from architrave.record.cosignatures import verify_cosignature
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note, parse_note, parse_signature_lines
from architrave.record.tree import EMPTY_ROOT
from architrave.record.witness import format_add_checkpoint


class Log:
    """The log of the second party, as its own node holds it, and what the first has cosigned."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.party = world.parties[1]
        self.origin = world.origin(self.party)
        self.owner: Peer = world.peers[self.party]
        self.witness: Peer = world.peers[world.parties[0]]

    @property
    def cosigned(self) -> int:
        held = self.witness.replicas[self.origin].witnessed
        return held.size if held is not None else 0

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        branch = self.owner.history.main(self.origin)
        size = branch.size if size is None else size
        return Checkpoint(self.origin, size, branch.tree.root(size) if size else EMPTY_ROOT)

    def note(self, checkpoint: Checkpoint, role: str = "node") -> bytes:
        key = PrivateKey(seed(self.party, role))
        return format_note(checkpoint.text, [sign_checkpoint(checkpoint, key)])

    def request(self, old: int | None = None, checkpoint: Checkpoint | None = None) -> bytes:
        old = self.cosigned if old is None else old
        checkpoint = checkpoint or self.checkpoint()
        tree = self.owner.history.main(self.origin).tree
        proof = tree.consistency(old, checkpoint.size) if 0 < old < checkpoint.size else []
        return format_add_checkpoint(old, proof, self.note(checkpoint))

    def grow(self) -> None:
        """The owner writes a line that nobody else has yet."""
        self.world.party_act(
            self.party,
            acts.Appointed,
            office=self.world.charter.bodies[0].seat_of(self.party).id,
            holder=f"holder {self.owner.history.main(self.origin).size}",
            language="en",
        )


@pytest.fixture
def log(door: KeptNode) -> Log:
    log = Log(door.world)
    assert door.keeper is not None
    log.witness = door.keeper.peer
    return log


def post(body: bytes) -> HttpResponse:
    return Client().post("/witness/add-checkpoint", body, content_type="text/plain")  # type: ignore[return-value]


def hand_over(log: Log, door: KeptNode) -> None:
    """Let the messages of the owner reach the keeper."""
    keeper = door.keeper
    assert keeper is not None
    for sender, to, message in list(log.world.queue):
        if sender == log.party and to == door.party:
            keeper.deliver(log.origin, [message], 1)
    while not keeper.idle:
        pass


def test_what_is_held_is_cosigned_anew(log: Log, door: KeptNode) -> None:
    answer = post(log.request())
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    (line,) = parse_signature_lines(answer.content)
    member = door.world.founding.named(door.party)
    seconds = verify_cosignature(log.checkpoint().text, line, member.cosigner)
    assert seconds == door.world.now // 1000
    # Again, with a fresh time, though nothing has grown.
    door.world.now += 5_000
    (again,) = parse_signature_lines(post(log.request()).content)
    assert verify_cosignature(log.checkpoint().text, again, member.cosigner) == seconds + 5


def test_what_was_cosigned_is_stored_before_the_answer_and_served(log: Log, door: KeptNode) -> None:
    log.grow()
    hand_over(log, door)
    door.world.now += 5_000
    answer = post(log.request())
    assert answer.status_code == 200
    stored = store.read_stored(None)
    checkpoint, _ = open_checkpoint(
        stored.witnessed[log.origin], door.world.founding.member(log.origin).log_key
    )
    assert checkpoint == log.checkpoint()
    name = hashlib.sha256(log.origin.encode()).hexdigest()
    served = Client().get(f"/witness/{name}/checkpoint")
    assert served.status_code == 200
    note = parse_note(served.content)
    assert note.text == log.checkpoint().text
    assert answer.content.decode() in {one.line for one in note.signatures}
    assert served.content == stored.notes[log.origin]


def test_what_is_not_held_in_full_is_not_cosigned(log: Log, door: KeptNode) -> None:
    before = log.cosigned
    log.grow()
    answer = post(log.request())
    assert (answer.status_code, answer.content) == (409, f"{before}\n".encode())
    assert answer.headers["Content-Type"] == SIZE_TYPE
    assert log.cosigned == before


def test_an_old_size_that_is_not_the_cosigned_one_is_told_it(log: Log) -> None:
    answer = post(log.request(old=1))
    assert (answer.status_code, answer.content) == (409, f"{log.cosigned}\n".encode())
    assert answer.headers["Content-Type"] == SIZE_TYPE
    assert post(log.request(old=0)).status_code == 409


def test_an_old_size_above_the_new_one_is_no_request(log: Log) -> None:
    smaller = log.checkpoint(1)
    assert log.cosigned > 1
    assert post(log.request(log.cosigned, smaller)).status_code == 400


def test_another_root_of_the_same_size_is_not_cosigned(log: Log) -> None:
    forged = Checkpoint(log.origin, log.cosigned, bytes(32))
    assert post(log.request(checkpoint=forged)).status_code == 422


def test_a_proof_that_does_not_hold_is_not_taken(log: Log, door: KeptNode) -> None:
    cosigned = log.cosigned
    log.grow()
    hand_over(log, door)
    log.witness.replicas[log.origin].witnessed = log.checkpoint(cosigned)
    body = format_add_checkpoint(cosigned, [bytes(32)], log.note(log.checkpoint()))
    assert post(body).status_code == 422


def test_only_the_log_itself_is_listened_to(log: Log) -> None:
    checkpoint = log.checkpoint()
    body = format_add_checkpoint(log.cosigned, [], log.note(checkpoint, "cosigner"))
    assert post(body).status_code == 403


@pytest.mark.parametrize("origin", ["stranger.invalid/log/1", "own"])
def test_other_logs_and_the_own_one_are_not_witnessed(
    log: Log, door: KeptNode, origin: str
) -> None:
    named = door.origin if origin == "own" else origin
    checkpoint = Checkpoint(named, 1, bytes(32))
    body = format_add_checkpoint(0, [], log.note(checkpoint))
    assert post(body).status_code == 404
    name = hashlib.sha256(named.encode()).hexdigest()
    assert Client().get(f"/witness/{name}/checkpoint").status_code == 404


def test_an_empty_log_is_not_cosigned(door: KeptNode) -> None:
    world = World()
    log = Log(world)
    reply, effects = add_checkpoint(log.witness, log.request(0, log.checkpoint(0)))
    assert (reply.status, reply.body, effects) == (409, "0\n", [])
    assert witnessed_note(log.witness, log.origin) is None
    nonempty = Checkpoint(log.origin, 0, bytes(32))
    assert add_checkpoint(log.witness, log.request(0, nonempty))[0].status == 422


def test_a_log_with_two_faces_is_witnessed_no_more(log: Log) -> None:
    log.witness.replicas[log.origin].proof = b"kept"
    assert post(log.request()).status_code == 403


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_arrives_is_answered_with_a_status(body: bytes) -> None:
    reply, effects = add_checkpoint(WITNESS, body)
    assert reply.status in {400, 404}
    assert effects == []


@given(st.integers(0, 400), st.integers(0, 255))
def test_one_changed_byte_is_never_cosigned(place: int, value: int) -> None:
    body = bytearray(REQUEST)
    place %= len(body)
    changed = body[place] != value
    body[place] = value
    reply, _ = add_checkpoint(WITNESS, bytes(body))
    assert (reply.status == 200) == (not changed)


def _settled() -> Log:
    world = World()
    world.open()
    return Log(world)


SETTLED = _settled()
WITNESS = SETTLED.witness
REQUEST = SETTLED.request()
