"""One node of a world whose keeper is real: its thread, its database, its token."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection
from world import World, seed

from architrave.institution import acts
from architrave.institution.acts import document_of
from architrave.node import store
from architrave.node.folder import Token
from architrave.node.journal import Journal
from architrave.node.keeper import Keeper
from architrave.peer.effects import Persist
from architrave.peer.messages import Message
from architrave.peer.peer import Keys, Peer
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act


@dataclass
class Carrier:
    """Takes what leaves the keeper for one other node, in order."""

    sent: list[Message] = field(default_factory=list)
    idle: bool = True

    def send(self, message: Message) -> None:
        self.sent.append(message)


@dataclass
class WorldClock:
    """The world's clock."""

    world: World

    def now(self) -> int:
        return self.world.now

    def jumped(self) -> bool:
        return False


class KeptNode:
    """A party of a world, kept by a keeper on the database that Django uses."""

    def __init__(self, world: World, party: str, token: Token) -> None:
        self.world = world
        self.party = party
        self.origin = world.origin(party)
        self.token = token
        self.carriers: dict[str, Carrier] = {}
        self.keeper: Keeper | None = None
        self.turn = 0

    def store_what_the_world_stored(self) -> None:
        disk = self.world.disks[self.party].stored
        acts_ = [(SealedAct(salt, data).seal, salt, data) for salt, data in disk.acts]
        store.require_institution(self.world.founding.id)
        store.write(Persist(disk.entries, acts_, disk.notes, disk.witnessed), self.origin, b"")
        assert disk.token is not None
        self.token.write(*disk.token)

    def start(self) -> Keeper:
        """A new process would do the same: read what is stored, and go on."""
        signed = self.token.read()
        stored = store.read_stored(signed)
        connection.close()
        keys = Keys(PrivateKey(seed(self.party, "node")), PrivateKey(seed(self.party, "cosigner")))
        peer = Peer(self.world.founding, self.world.charter, self.party, keys, stored)
        head = stored.notes.get(self.origin, b"")
        self.carriers = {
            other: Carrier() for other in self.world.founding.origins if other != self.origin
        }
        journal = Journal(self.origin, head, self.token, signed)
        self.keeper = Keeper(peer, WorldClock(self.world), journal, self.carriers)  # type: ignore[arg-type]
        return self.keeper

    def run(self) -> Keeper:
        keeper = self.start()
        keeper.start()
        return keeper

    def stop(self) -> None:
        """End the keeper, whether it has failed or not."""
        if self.keeper is not None and self.keeper.is_alive():
            self.keeper.stop()
            self.keeper.join(timeout=30)
            assert not self.keeper.is_alive()

    def act(self, holder: str, **changed: object) -> bytes:
        """An act of the party that is admitted: it appoints somebody to one of its seats."""
        key = PrivateKey(seed(self.party, "party"))
        self.turn += 1
        office = self.world.charter.bodies[0].seat_of(self.party).id
        fields: dict[str, object] = {
            "party": self.party,
            "key": key.public.text,
            "at": self.world.now + self.turn,
            "to": self.world.everyone(),
            "office": office,
            "holder": holder,
            "language": "en",
        }
        act = acts.Appointed(**(fields | changed))  # type: ignore[arg-type]
        return sign_act(document_of(act), self.world.founding.id, key)

    def hand_over(self) -> None:
        """Give the others what has left the keeper so far."""
        for other, carrier in self.carriers.items():
            to = self.world.founding.member(other).name
            for message in carrier.sent:
                effects = self.world.peers[to].receive(self.origin, message)
                self.world.perform(to, effects)
            carrier.sent.clear()

    def rejoin(self) -> None:
        """Go on as a peer of the world, from what is stored, and let all come to rest."""
        self.stop()
        self.world.disks[self.party].stored = store.read_stored(self.token.read())
        connection.close()
        self.world.restart(self.party)
        self.world.settle()
