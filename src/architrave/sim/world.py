"""The world of one history: machines, lines and time, all from one seed.

Time is the world's and is true; machines see it through their clocks. Whatever happens stands in
one line of events, ordered by time and then by when it was planned, so one seed gives one history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

from architrave.peer.carrying import Carrier
from architrave.peer.effects import Answer, Notify, Send
from architrave.peer.messages import Message, decode_batch, encode_batch
from architrave.peer.peer import Pace
from architrave.record.sealing import SealedAct
from architrave.sim.cast import Cast
from architrave.sim.links import Links
from architrave.sim.machine import Damaged, Machine

__all__ = ["DAY", "HOUR", "MINUTE", "START", "Endless", "World"]

START = 1_798_761_600_000  # 2027-01-01T00:00:00Z
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

ENDLESS = 20_000
"""More events than the busiest step has: beyond them, messages answer each other without end."""


class Endless(Exception):
    """Messages answer each other without end."""


Observer = Callable[[str, Send | Answer | Notify], None]


@dataclass
class World:
    """Machines by party, the lines between them, and what is still to happen.

    `liar` is the party that has no machine: what is sent to it goes to `liar_hears`, and what it
    sends it hands over with `hand`. `observers` are shown all that leaves an honest machine.
    """

    cast: Cast
    seed: object
    pace: Pace = field(default_factory=Pace)
    now: int = START
    links: Links = field(default_factory=Links)
    liar: str | None = None
    liar_hears: Callable[[str, Message], None] | None = None
    observers: list[Observer] = field(default_factory=list)
    story: list[tuple[int, str]] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)
    delivered: list[tuple[str, str, bytes]] = field(default_factory=list)
    _order: int = 0
    _events: list[tuple[int, int, Callable[[], None]]] = field(default_factory=list)
    _wakes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = Random(f"{self.seed}/lines")
        self.machines = {
            party: Machine(self.cast, party, self.pace, self._leave) for party in self.cast.parties
        }

    # -- parties ------------------------------------------------------------------------------

    @property
    def honest(self) -> list[str]:
        """The parties that have a machine, in the founding's order."""
        return [party for party in self.cast.parties if party != self.liar]

    def running(self) -> list[str]:
        """The honest parties whose machines are up."""
        return [party for party in self.honest if self.machines[party].up]

    def tell(self, text: str) -> None:
        """Add a line to the story."""
        self.story.append((self.now, text))

    # -- time ---------------------------------------------------------------------------------

    def at(self, when: int, happen: Callable[[], None]) -> None:
        """Let something happen at an instant, not before now."""
        self._order += 1
        heappush(self._events, (max(when, self.now), self._order, happen))

    def advance(self, milliseconds: int, ticks: int = 1) -> None:
        """Let time pass; each running machine ticks `ticks` times, spread over it, and when due."""
        end = self.now + milliseconds
        for number in range(1, ticks + 1):
            for party in self.honest:
                self.at(self.now + milliseconds * number // ticks, self._ticking(party))
        happened = 0
        while self._events and self._events[0][0] <= end:
            happened += 1
            if happened > ENDLESS:
                raise Endless
            when, _, happen = heappop(self._events)
            self.now = max(self.now, when)
            happen()
        self.now = end

    def _ticking(self, party: str) -> Callable[[], None]:
        def tick() -> None:
            self.turn(party)

        return tick

    # -- turns --------------------------------------------------------------------------------

    def turn(
        self,
        party: str,
        acts: list[tuple[int, SealedAct]] | None = None,
        messages: list[tuple[str, Message]] | None = None,
        carried: Sequence[Carrier] = (),
    ) -> None:
        """One turn of a machine, if it is up."""
        machine = self.machines[party]
        if not machine.up:
            return
        machine.turn(self.now, acts or (), messages or (), messages is None, carried)
        if not machine.up:
            self.tell(f"{party}'s node stops in the middle of what it does")
            return
        wake = machine.peer.next_wake
        if wake is None:
            return
        true = wake - machine.clock.error(self.now)
        planned = self._wakes.get(party, 0)
        if true > self.now and not self.now < planned <= true:
            self._wakes[party] = true
            self.at(true, self._ticking(party))

    def start(self, party: str, time_confirmed: bool = False) -> bool:
        """Start a machine; False if what is stored does not hold together."""
        machine = self.machines[party]
        try:
            machine.start(self.now, time_confirmed)
        except Damaged as fault:
            self.tell(f"{party}'s node does not start: {fault}")
            return False
        self.turn(party)
        return True

    # -- messages -----------------------------------------------------------------------------

    def _leave(self, party: str, effect: Send | Answer | Notify) -> None:
        for observe in self.observers:
            observe(party, effect)
        if isinstance(effect, Answer):
            self.answers[effect.ticket] = effect
        elif isinstance(effect, Send):
            self.send(party, self.cast.founding.member(effect.to).name, effect.message)

    def send(self, sender: str, to: str, message: Message) -> None:
        """Put a message on the line from one party to another."""
        data = encode_batch([message])
        for when in self.links.arrivals(sender, to, self.now, self.draw):
            self.at(when, lambda: self.deliver(sender, to, data))

    def deliver(self, sender: str, to: str, data: bytes) -> None:
        """A message arrives."""
        [message] = decode_batch(data)
        if to == self.liar:
            if self.liar_hears is not None:
                self.liar_hears(sender, message)
            return
        if self.machines[to].up:
            self.delivered.append((sender, to, data))
            del self.delivered[:-200]
            self.turn(to, messages=[(self.cast.origin(sender), message)])

    def drop_all(self) -> None:
        """Nothing of what is on its way arrives any more."""
        self._events.clear()
        self._wakes.clear()
