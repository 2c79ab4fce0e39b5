"""Couriers in the place of lines: files carried by hand, hours late, lost, doubled, unordered."""

from __future__ import annotations

from random import Random

from architrave.peer.carrying import carried_for, carrier_files, read_carrier
from architrave.peer.messages import Heads
from architrave.peer.succession import party_keys
from architrave.record.errors import RecordError
from architrave.sim.cast import node_key
from architrave.sim.world import HOUR, World

__all__ = ["Courier"]

_FOR_EVER = 1 << 60
_LIMIT = 1_000_000


class Courier:
    """All lines are cut from the start; whoever has a machine that runs may send a file."""

    def __init__(self, world: World, draw: Random) -> None:
        self.world, self.draw = world, draw
        self.words: dict[tuple[str, str], Heads] = {}
        for first in world.cast.parties:
            for second in world.cast.parties:
                if first != second and world.liar not in (first, second):
                    world.links.cut_until(first, second, _FOR_EVER)

    def step(self) -> None:
        """Sometimes an officer writes a file for another capital and gives it to a courier."""
        if self.draw.random() < 0.4:
            sender, to = self.draw.sample(self.world.honest, 2)
            if self.world.machines[sender].up:
                self.send(sender, to)

    def send(self, sender: str, to: str) -> None:
        """Write all that the other lacks, as far as its last file told, and send it off."""
        cast, machine = self.world.cast, self.world.machines[sender]
        word = self.words.get((sender, to))
        messages = carried_for(machine.peer, cast.origin(to), word, _LIMIT // 2)
        shown = machine.clock.shown(self.world.now)
        files = carrier_files(
            cast.founding,
            machine.peer.node_key or node_key(sender),
            machine.origin,
            cast.origin(to),
            shown,
            messages,
            _LIMIT,
        )
        self.draw.shuffle(files)
        for data in files:
            copies = self.draw.choices([0, 1, 2], [15, 70, 15])[0]
            for _ in range(copies):
                arrives = self.world.now + self.draw.randrange(1, 30) * HOUR
                self.world.at(arrives, lambda data=data: self.arrive(to, data))  # type: ignore[misc]

    def arrive(self, to: str, data: bytes) -> None:
        """An officer takes a file in; the machine must run."""
        cast, machine = self.world.cast, self.world.machines[to]
        if not machine.up:
            return
        peer = machine.peer
        try:
            carrier = read_carrier(
                data, cast.founding, machine.origin, lambda first: party_keys(peer, first)
            )
        except RecordError:
            return  # written under a key that no longer speaks here, or does not speak yet
        if carrier.word is not None:
            self.words[to, cast.founding.member(carrier.sender).name] = carrier.word
        self.world.turn(to, carried=[carrier])
