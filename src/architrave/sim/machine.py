"""A party's machine: the real peer on a disk and a clock that may fail.

A turn is that of the node's keeper: look at the clock, let the peer decide, then perform the
effects in order. A crash may come before the record is written, after it, after the token, or
between two messages; whatever was not performed by then never happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from architrave.institution.errors import UnknownKind
from architrave.peer.carrying import Carrier, take_carried
from architrave.peer.effects import Answer, Effect, Notify, Send, in_order
from architrave.peer.errors import OwnError, PeerError, StorageUncertain
from architrave.peer.messages import Message
from architrave.peer.peer import Keys, Pace, Peer
from architrave.peer.startup import require_whole
from architrave.peer.succession import Succeeding
from architrave.record.errors import RecordError
from architrave.record.sealing import SealedAct
from architrave.sim.cast import Cast, cosigner_key, node_key
from architrave.sim.clocks import MachineClock
from architrave.sim.disks import Disk

__all__ = ["Boundary", "Damaged", "Machine"]


class Boundary(Enum):
    """Where a turn can be cut off."""

    BEFORE_RECORD = "before the record was written"
    AFTER_RECORD = "after the record was written, before the token"
    AFTER_TOKEN = "after the token was written, before anything left"
    AMID_LEAVING = "between two messages"


class Damaged(Exception):
    """A start found that what is stored does not hold together."""


class Crash(Exception):
    """The machine stops at once."""


@dataclass
class Machine:
    """One machine. `peer` is the running program, or the one that ran last.

    `began` is how many lines of its log it held when this life began to write.
    """

    cast: Cast
    party: str
    pace: Pace
    leave: Callable[[str, Send | Answer | Notify], None]
    disk: Disk = field(default_factory=Disk)
    clock: MachineClock = field(default_factory=MachineClock)
    up: bool = False
    trip: Boundary | None = None
    lives: int = 0
    began: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)
    succeeding: dict[str, Succeeding] = field(default_factory=dict)
    peer: Peer = field(init=False)
    _head: bytes = b""
    _signed: tuple[int, bytes] | None = None

    @property
    def origin(self) -> str:
        """The party's log."""
        return self.cast.origin(self.party)

    # -- starting and stopping ----------------------------------------------------------------

    def start(self, true: int, time_confirmed: bool = False) -> None:
        """Start from the disk; Damaged if it does not hold together, and then nothing runs."""
        stored = self.disk.read()
        later = self.cast.later(self.party)
        keys = Keys(node_key(self.party), cosigner_key(self.party), later=later)
        confirmed = time_confirmed or not stored.entries
        try:
            peer = Peer(
                self.cast.founding,
                self.cast.charter,
                self.party,
                keys,
                stored,
                self.pace,
                confirmed,
                self.succeeding,
            )
            require_whole(peer, stored)
        except (RecordError, OwnError, UnknownKind, KeyError) as fault:
            raise Damaged(str(fault)) from fault
        if stored.token is None:
            # Without its token a folder may be an old copy: it waits for the others' word.
            peer.restored = True
        self.peer, self.up, self.trip = peer, True, None
        self.lives += 1
        self.began = peer.history.main(peer.origin).size
        self._head = stored.notes.get(peer.log, b"")
        self._signed = stored.token
        self.clock.start(true)

    def stop(self) -> None:
        """The machine is off: what it had in memory is gone."""
        self.up = False

    # -- a turn -------------------------------------------------------------------------------

    def turn(
        self,
        true: int,
        acts: Sequence[tuple[int, SealedAct]] = (),
        messages: Iterable[tuple[str, Message]] = (),
        ticks: bool = True,
        carried: Iterable[Carrier] = (),
    ) -> None:
        """Tick, take acts and messages, perform. A machine that fails in it is off afterwards.

        A node's keeper ticks in every turn, and greets once a second; here time leaps, and if every
        message that arrives were a reason to greet, greetings would fill the leaps.
        """
        if not self.up:
            return
        peer = self.peer
        if self.clock.jumped(true):
            peer.clock_confirmed = False
        refilling = peer.restored
        effects: list[Effect] = []
        if ticks:
            effects += peer.tick(self.clock.shown(true))
        else:
            peer.now = self.clock.shown(true)
        if acts:
            effects += peer.commands(acts)
        for sender, message in messages:
            try:
                effects += peer.receive(sender, message)
            except PeerError as fault:
                self.refusals.append((sender, str(fault)))
        for one in carried:
            effects += take_carried(peer, one.sender, one.messages)
        if refilling:
            self.began = peer.history.main(peer.origin).size
        try:
            self._perform(effects)
        except (Crash, StorageUncertain):
            self.stop()

    def _perform(self, effects: Sequence[Effect]) -> None:
        turn = in_order(effects)
        if turn.kept is not None:
            self._crash_at(Boundary.BEFORE_RECORD)
            if self.peer.log in turn.kept.titles:
                self._head = b""
            self.disk.commit(turn.kept, self.peer.log, self._head)
            self._head = turn.kept.notes.get(self.peer.log, self._head)
            self._crash_at(Boundary.AFTER_RECORD)
        if turn.token is not None:
            self.disk.save(turn.token, self._signed)
            self._signed = (turn.token.size, turn.token.root)
            self._crash_at(Boundary.AFTER_TOKEN)
        for number, effect in enumerate(turn.leaving):
            self.leave(self.party, effect)
            if number * 2 >= len(turn.leaving):
                self._crash_at(Boundary.AMID_LEAVING)

    def _crash_at(self, boundary: Boundary) -> None:
        if self.trip is boundary:
            self.trip = None
            raise Crash
