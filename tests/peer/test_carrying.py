"""Files carried between networks: any mix of file and line, lost, doubled or late, is one state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import pytest
import scenes
from world import DAY, HOUR, World, seed

from architrave.institution import acts
from architrave.institution.digest import state_digest
from architrave.institution.standing import Stage
from architrave.peer.carrying import (
    MAX_CARRIER,
    Carrier,
    carried_for,
    carrier_files,
    read_carrier,
    take_carried,
)
from architrave.peer.messages import Growth, Heads
from architrave.record.errors import BadSignature, RecordError
from architrave.record.keys import PrivateKey

BODY = scenes.BODY


@dataclass
class Couriers:
    """Carries files between the parties of a world whose lines are cut."""

    world: World
    limit: int = 1_000_000
    words: dict[tuple[str, str], Heads] = field(default_factory=dict)
    largest: int = 0

    def cut_all(self) -> None:
        parties = self.world.parties
        self.world.cut |= {(one, other) for one in parties for other in parties if one != other}

    def out(self, sender: str, to: str) -> list[bytes]:
        world = self.world
        word, peer = self.words.get((sender, to)), world.peers[sender]
        found = carried_for(peer, world.origin(to), word, self.limit // 2)
        key = PrivateKey(seed(sender, "node"))
        origins = (world.origin(sender), world.origin(to))
        files = carrier_files(world.founding, key, *origins, peer.now, found, self.limit)
        self.largest = max([self.largest, *(len(one) for one in files)])
        return files

    def into(self, to: str, data: bytes) -> Carrier:
        world = self.world
        carrier = read_carrier(data, world.founding, world.origin(to))
        sender = world.founding.member(carrier.sender).name
        if carrier.word is not None:
            self.words[to, sender] = carrier.word
        world.perform(to, take_carried(world.peers[to], carrier.sender, carrier.messages))
        return carrier

    def carry(self, sender: str, to: str) -> None:
        for data in self.out(sender, to):
            self.into(to, data)

    def round(self, hours: int = 6) -> None:
        """Everybody sends everybody a file, and hours pass."""
        for sender in self.world.parties:
            for to in self.world.parties:
                if sender != to:
                    self.carry(sender, to)
        self.world.queue.clear()
        self.world.tick(hours * HOUR)
        self.world.tick(200)


def opened() -> Couriers:
    world = World()
    world.open(BODY)
    couriers = Couriers(world)
    couriers.cut_all()
    return couriers


def test_a_consultation_and_a_silence_carried_as_small_files() -> None:
    couriers = opened()
    world = couriers.world
    asking, second, _ = world.parties
    words = world.words("please")
    name = world.act(asking, BODY, acts.Consulted, symbol=f"{BODY}/2027/{asking}/1", body=BODY,
                     ground=words, facts=words, wish=words)  # fmt: skip
    couriers.round()
    world.act(second, BODY, acts.Acknowledged, consultation=name, answer=words)
    matter = scenes.table_silence(world, second, 2)
    for _ in range(14):
        couriers.round(hours=48)
    for party in world.parties:
        peer = world.peers[party]
        assert len(tuple(peer.view().of(peer.state.consultations[name]))) == 2
        assert world.stand(party, matter).stage is Stage.IN_FORCE
    assert len({state_digest(one.state, one.view()) for one in world.peers.values()}) == 1
    assert couriers.largest < 1_000_000


@pytest.mark.parametrize("number", range(12))
def test_any_mix_of_files_and_lines_gives_one_state(number: int) -> None:
    draw = Random(number)
    couriers = opened()
    world = couriers.world
    couriers.limit = draw.choice([20_000, 1_000_000])
    waiting: list[tuple[str, bytes]] = []
    matters: list[str] = []
    for step in range(40):
        party = draw.choice(world.parties)
        if draw.random() < 0.4:
            if not matters or draw.random() < 0.2:
                matters.append(scenes.table(world, party, step + 1))
            else:
                matter = draw.choice(matters)
                scenes.attempt(world, party, acts.Positioned, matter=matter, version=matter,
                               position=draw.choice(list(scenes.Position)[1:4]))  # fmt: skip
        if draw.random() < 0.5:
            sender, to = draw.sample(world.parties, 2)
            waiting += [(to, data) for data in couriers.out(sender, to)]
        draw.shuffle(waiting)
        while waiting and draw.random() < 0.5:
            to, data = waiting.pop()
            if draw.random() < 0.8:
                couriers.into(to, data)
            if draw.random() < 0.2:
                couriers.into(to, data)
        if draw.random() < 0.2:
            world.cut ^= {tuple(draw.sample(world.parties, 2))}
        world.tick(draw.choice([100, 1_000, HOUR]))
    couriers.cut_all()
    for _ in range(8):
        couriers.round(hours=1)
    assert len({state_digest(one.state, one.view()) for one in world.peers.values()}) == 1
    assert all(replica.proof is None for one in world.peers.values()
               for replica in one.replicas.values())  # fmt: skip


def test_an_old_file_changes_nothing_confirms_no_clock_and_opens_no_mouth() -> None:
    couriers = opened()
    world = couriers.world
    sender, to = world.parties[:2]
    files = couriers.out(sender, to)
    for data in files:
        couriers.into(to, data)
    peer = world.peers[to]
    before = state_digest(peer.state, peer.view())
    peer.clock_confirmed, peer.restored = False, True
    heard, reported = dict(peer.heard), dict(peer.reported)
    world.now += 3 * DAY
    peer.now = world.now
    for data in files:
        effects = take_carried(
            peer, world.origin(sender), read_carrier(data, world.founding, peer.origin).messages
        )
        assert not any(getattr(one, "entries", ()) for one in effects)
    assert not peer.clock_confirmed
    assert peer.restored
    assert (peer.heard, peer.reported) == (heard, reported)
    assert state_digest(peer.state, peer.view()) == before


def test_a_restored_copy_is_refilled_from_files_and_still_waits_for_a_fresh_word() -> None:
    couriers = opened()
    world = couriers.world
    first, second, third = world.parties
    own = world.origin(first)
    stored = world.disks[first].stored
    old = replace(
        stored,
        entries=list(stored.entries),
        acts=list(stored.acts),
        notes=dict(stored.notes),
        witnessed=dict(stored.witnessed),
        cosigned=dict(stored.cosigned),
    )
    scenes.attempt(
        world, first, acts.Deposited, title=world.words("t"), digest="0" * 64, source="s"
    )
    for other in (second, third):
        couriers.carry(first, other)
    size, token = world.peers[first].history.main(own).size, world.disks[first].stored.token
    old.token = token
    world.disks[first].stored = old
    world.restart(first)
    assert world.peers[first].history.main(own).size < size
    assert world.peers[first].restored
    for other in (second, third):
        couriers.carry(first, other)
    for other in (second, third):
        couriers.carry(other, first)
    peer = world.peers[first]
    assert peer.history.main(own).size == size, "the lines have come back"
    assert not peer.may_sign(), "an old file says nothing of what was signed since"


def test_a_file_brings_only_what_the_other_has_not_told() -> None:
    couriers = opened()
    world = couriers.world
    sender, to = world.parties[:2]
    whole = sum(len(one) for one in couriers.out(sender, to))
    couriers.carry(to, sender)
    less = sum(len(one) for one in couriers.out(sender, to))
    assert less < whole / 2


def test_each_fault_of_a_file_is_said_in_one_sentence() -> None:
    couriers = opened()
    world = couriers.world
    sender, to, third = world.parties
    [data] = couriers.out(sender, to)
    me = world.origin(to)
    for spoiled, says in [
        (b"", "expected a header"),
        (b"x" * 5_000, "expected a header"),
        (data[:-1], "not those that its header names"),
        (data[: len(data) // 2], "not those"),
        (data + b"\0", "not those"),
        (bytes(MAX_CARRIER + 1), "longer than"),
        (data.replace(b'"part":1', b'"part":2', 1), "cannot be"),
    ]:
        with pytest.raises(RecordError) as fault:
            read_carrier(spoiled, world.founding, me)
        assert says in str(fault.value)
    with pytest.raises(RecordError, match="it is for"):
        read_carrier(data, world.founding, world.origin(third))
    with pytest.raises(RecordError, match="no other party"):
        read_carrier(data, world.founding, world.origin(sender))
    end = data.index(b"\n")
    for at in (end + 1, end + 64):
        spoiled = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(BadSignature):
            read_carrier(spoiled, world.founding, me)


def test_every_byte_of_a_file_matters() -> None:
    couriers = opened()
    world = couriers.world
    sender, to = world.parties[:2]
    [data] = couriers.out(sender, to)
    draw = Random(5)
    for _ in range(300):
        at = draw.randrange(len(data))
        spoiled = data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
        with pytest.raises(RecordError):
            read_carrier(spoiled, world.founding, world.origin(to))


def test_a_file_holds_nothing_that_its_receiver_may_not_read() -> None:
    couriers = opened()
    world = couriers.world
    first, second, third = world.parties
    to = sorted([world.origin(first), world.origin(second)])
    scenes.attempt(world, first, acts.Deposited, to=to, title=world.words("for two only"),
                   digest="0" * 64, source="s")  # fmt: skip
    assert any(b"for two only" in data for data in couriers.out(first, second))
    assert not any(b"for two only" in data for data in couriers.out(first, third))


def test_what_does_not_fit_into_one_file_is_spread_over_several() -> None:
    couriers = opened()
    world = couriers.world
    sender, to = world.parties[:2]
    couriers.limit = 20_000
    for number in range(40):
        scenes.attempt(world, sender, acts.Deposited, title=world.words("t" * 300),
                       digest=f"{number:064x}", source="s")  # fmt: skip
    files = couriers.out(sender, to)
    assert len(files) > 1
    assert all(len(one) <= 20_000 for one in files)
    for data in files:
        carrier = couriers.into(to, data)
        assert carrier.word is not None
        assert carrier.parts == len(files)
        assert any(isinstance(one, Growth) for one in carrier.messages) or carrier.messages
    size = world.peers[sender].history.main(world.origin(sender)).size
    assert world.peers[to].history.main(world.origin(sender)).size == size
