"""The keeper: the one thread that writes. It holds the node key, in order and one step at a time.

What is queued is taken together: the peer decides, all that is to be kept goes into one durable
transaction, then the token, and only then does anything leave. A crash

* before the commit: nothing was acknowledged and nothing left; the record is as before;
* after the commit, before the token: the record is ahead of the token, which a start accepts;
* after the token, before sending: the others ask for it at the next greeting.

So a start needs no recovery of its own: it reads the record and goes on.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import groupby

from django.db import DatabaseError, connection

from architrave.node import store
from architrave.node.clock import Clock
from architrave.node.folder import Token
from architrave.node.outbound import Outbound
from architrave.peer.effects import Answer, Effect, Notify, Persist, SaveToken, Send
from architrave.peer.errors import PeerError, StorageUncertain
from architrave.peer.messages import Message
from architrave.peer.peer import Peer
from architrave.record.sealing import SALT_SIZE, SealedAct

__all__ = ["Keeper"]

log = logging.getLogger("architrave.keeper")
_TOGETHER = 256
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class _Command:
    act: SealedAct
    answer: Future[Answer]


@dataclass(frozen=True, slots=True)
class _Incoming:
    sender: str
    messages: list[Message]


class Keeper(threading.Thread):
    """Runs one peer on one clock, one database and one token."""

    def __init__(
        self,
        peer: Peer,
        clock: Clock,
        token: Token,
        outbound: dict[str, Outbound],
        lock: threading.RLock,
    ) -> None:
        super().__init__(name="keeper")
        self.peer = peer
        self.clock = clock
        self.token = token
        self.outbound = outbound
        self.lock = lock
        self.failed: BaseException | None = None
        self.ticked = 0
        self._inbox: queue.Queue[_Command | _Incoming | None] = queue.Queue()
        self._pending = 0
        self._guard = threading.Lock()
        self._waiting: dict[int, Future[Answer]] = {}
        self._tickets = 0

    # -- for web threads ----------------------------------------------------------------------

    def submit(self, data: bytes) -> Answer:
        """Put an act before the peer and wait for its answer; `data` is JSON and signature."""
        answer: Future[Answer] = Future()
        self._put(_Command(SealedAct(os.urandom(SALT_SIZE), data), answer))
        return answer.result(timeout=30)

    def deliver(self, sender: str, messages: list[Message]) -> None:
        """Put messages of another node before the peer."""
        self._put(_Incoming(sender, messages))

    @property
    def idle(self) -> bool:
        """True if nothing waits here or on the way out."""
        with self._guard:
            if self._pending:
                return False
        return all(one.idle for one in self.outbound.values())

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._put(None)

    def _put(self, one: _Command | _Incoming | None) -> None:
        with self._guard:
            self._pending += 1
        self._inbox.put(one)

    # -- the thread ---------------------------------------------------------------------------

    def run(self) -> None:
        """Take, decide, keep, send, until told to stop."""
        try:
            while self._turn():
                pass
        except BaseException as fault:
            self.failed = fault
            log.critical(
                "the keeper stops: %r", fault, exc_info=not isinstance(fault, StorageUncertain)
            )
            for answer in self._waiting.values():
                answer.set_exception(StorageUncertain(str(fault)))
        finally:
            connection.close()

    def _turn(self) -> bool:
        batch = self._take()
        going = None not in batch
        with self.lock:
            now = self.clock.now()
            effects = self.peer.tick(now)
            self.ticked = now
            for kind, together in groupby(batch, type):
                if kind is _Command:
                    effects += self._put_before_peer(together)
                else:
                    for one in together:
                        effects += self._decide(one)
            self._perform(effects)
        with self._guard:
            self._pending -= len(batch)
        return going

    def _pause(self) -> float:
        """Seconds to wait for something to do: no longer than until the peer wants to write."""
        with self.lock:
            wake = self.peer.next_wake
        return _POLL if wake is None else min(_POLL, max(0.0, (wake - self.clock.now()) / 1_000))

    def _take(self) -> list[_Command | _Incoming | None]:
        batch: list[_Command | _Incoming | None] = []
        try:
            batch.append(self._inbox.get(timeout=self._pause()))
            while len(batch) < _TOGETHER:
                batch.append(self._inbox.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _put_before_peer(self, commands: Iterable[object]) -> list[Effect]:
        """Acts that were queued one after another: one checkpoint will cover them all."""
        given = []
        for one in commands:
            assert isinstance(one, _Command)
            self._tickets += 1
            self._waiting[self._tickets] = one.answer
            given.append((self._tickets, one.act))
        return self.peer.commands(given)

    def _decide(self, one: object) -> list[Effect]:
        if not isinstance(one, _Incoming):
            return []
        effects: list[Effect] = []
        for message in one.messages:
            try:
                effects += self.peer.receive(one.sender, message)
            except PeerError as fault:
                log.warning("refused a message of %s: %s", one.sender, fault)
        return effects

    def _perform(self, effects: list[Effect]) -> None:
        kept = [one for one in effects if isinstance(one, Persist)]
        if kept:
            try:
                store.write(_joined(kept))
            except DatabaseError as fault:
                raise StorageUncertain(f"the record could not be written: {fault}") from fault
        tokens = [one for one in effects if isinstance(one, SaveToken)]
        if tokens:
            self.token.write(tokens[-1].size, tokens[-1].root)
        for effect in effects:
            if isinstance(effect, Send):
                self.outbound[effect.to].send(effect.message)
            elif isinstance(effect, Answer):
                self._waiting.pop(effect.ticket).set_result(effect)
            elif isinstance(effect, Notify):
                log.warning("%s: %s", effect.subject, effect.text)


def _joined(many: list[Persist]) -> Persist:
    """All of it as one transaction; a later note replaces an earlier one."""
    joined = Persist()
    for one in many:
        joined.entries += one.entries
        joined.acts += one.acts
        joined.notes.update(one.notes)
        joined.witnessed.update(one.witnessed)
        joined.proofs.update(one.proofs)
    return joined
