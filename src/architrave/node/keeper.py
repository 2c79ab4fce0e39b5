"""The keeper: the one thread that writes. It holds the node key, in order and one step at a time.

What waits is taken together: the peer decides, all that is to be kept goes into one durable
transaction, then the token, and only then does anything leave (see `journal`). If a step fails, the
peer in memory is ahead of the disk: the readers are shut out, whoever waits is told that nobody
knows, and the process ends.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from django.db import Error, connection

from architrave.institution.state import Refused
from architrave.node.clock import Clock
from architrave.node.configure import may_write
from architrave.node.databases import on_one_line
from architrave.node.inbox import Inbox, Incoming, answered
from architrave.node.journal import Journal
from architrave.node.markings import marking_in
from architrave.node.outbound import Outbound
from architrave.node.runtime import Runtime
from architrave.peer.carrying import take_carried
from architrave.peer.cosigning import Cosigning, add_checkpoint
from architrave.peer.effects import Answer, Effect, Notify, Send
from architrave.peer.errors import PeerError, StorageUncertain
from architrave.peer.messages import Message
from architrave.peer.peer import Peer
from architrave.record.errors import RecordError
from architrave.record.sealing import SALT_SIZE, SealedAct

__all__ = ["Keeper"]

log = logging.getLogger("architrave.keeper")
_POLL = 0.02
_PATIENCE = 30.0
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Command:
    """An officer's act, and where its answer goes."""

    act: SealedAct
    answer: Future[Answer] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Witness:
    """Somebody's request to cosign a checkpoint, and where the answer goes."""

    body: bytes
    answer: Future[Cosigning] = field(default_factory=Future)


class Keeper(threading.Thread):
    """Runs one peer on one clock and one journal."""

    def __init__(
        self, peer: Peer, clock: Clock, journal: Journal, outbound: dict[str, Outbound]
    ) -> None:
        super().__init__(name="keeper", daemon=True)
        self.peer = peer
        self.clock = clock
        self.journal = journal
        self.outbound = outbound
        self.runtime = Runtime(peer, clock.now, lambda act: self.submit(act.data))
        self.failed: BaseException | None = None
        self.ticked = 0
        # What to do once a restored copy has been refilled and has signed; None if it is none.
        self.signed_again: Callable[[], None] | None = None
        self._inbox = Inbox()
        self._stopping = False
        self._open: list[Future[Any]] = []
        self._waiting: dict[int, Future[Answer]] = {}
        self._asked: list[tuple[Future[Cosigning], Cosigning]] = []
        self._tickets = 0

    # -- for web threads ----------------------------------------------------------------------

    def submit(self, data: bytes) -> Answer:
        """Put an act before the peer and wait for its answer; `data` is JSON and signature.

        An act that carries a marking is refused here, whoever brings it. StorageUncertain if nobody
        knows whether it was written, Busy if too much waits: then it was not.
        """
        act = SealedAct(os.urandom(SALT_SIZE), data)
        try:
            marked = marking_in(act.document)
        except RecordError as fault:
            return Answer(0, None, Refused("", str(fault)))
        if marked is not None:
            return Answer(0, None, Refused("", marked.sentence))
        command = _Command(act)
        self._put(command)
        return _awaited(command.answer)

    def witness(self, body: bytes) -> Cosigning:
        """Have a checkpoint cosigned; StorageUncertain and Busy as for `submit`."""
        request = _Witness(body)
        self._put(request)
        return _awaited(request.answer)

    def deliver(
        self, sender: str, messages: list[Message], size: int, carried: bool = False
    ) -> bool:
        """Put a batch of another node, `size` bytes long, before the peer; False if dropped."""
        return self._inbox.put_batch(Incoming(sender, messages, size, carried))

    @property
    def idle(self) -> bool:
        """True if nothing waits here or on the way out."""
        return self._inbox.idle and all(one.idle for one in self.outbound.values())

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._stopping = True

    def _put(self, command: _Command | _Witness) -> None:
        if not self._inbox.put(command):
            raise StorageUncertain("the node has stopped; nothing of this was written.")

    # -- the thread ---------------------------------------------------------------------------

    def run(self) -> None:
        """Take, decide, keep, send, until told to stop."""
        may_write(alone=True)
        try:
            self._take_hold()
            while not self._stopping:
                self._turn()
            self._turn()
        except BaseException as fault:
            self.failed = fault
            known = isinstance(fault, StorageUncertain)
            log.critical("the keeper stops: %s", fault, exc_info=not known)
        finally:
            self._leave()
            with suppress(Error):
                connection.close()

    def _take_hold(self) -> None:
        """Open the connection that writes, and with it hold the record, before anything is decided.

        StorageUncertain if another process keeps it: what was read may have changed since.
        """
        try:
            connection.ensure_connection()
        except Error as fault:
            raise StorageUncertain(on_one_line(fault) + ".") from fault

    def _leave(self) -> None:
        """Answer whoever waits, with what is known: those taken perhaps written, the others not."""
        reason = str(self.failed or "the node has stopped.")
        left = self._inbox.close()
        for answer in self._open:
            if not answer.done():
                answer.set_exception(StorageUncertain(reason))
        for one in left:
            if isinstance(one, _Command | _Witness):
                one.answer.set_exception(StorageUncertain(f"{reason} Nothing of this was written."))

    def _turn(self) -> None:
        commands, batches = self._inbox.take(self._pause())
        # Whoever waits is known before anything is decided, so that a failure finds them all.
        self._open = [one.answer for one in commands if isinstance(one, _Command | _Witness)]
        with self.runtime.lock:
            try:
                self._decide_and_perform(commands, batches)
            except BaseException as fault:
                # Before the lock is let go: no page may show what was signed and not kept.
                self.runtime.stopped = f"this node has stopped: {fault}"
                raise
        # Pages are served meanwhile: what they show is clean already.
        self.journal.scrub()
        if self.signed_again and self.journal.saved and not self.peer.restored:
            self.signed_again()
            self.signed_again = None
        self._inbox.done()

    def _pause(self) -> float:
        """Seconds to wait for something to do: no longer than until the peer wants to write.

        What was due before is waited for as long as ever: a node that may not sign would spin.
        """
        with self.runtime.lock:
            wake = self.peer.next_wake
        left = 0 if wake is None else wake - self.clock.now()
        return _POLL if left <= 0 else min(_POLL, left / 1_000)

    def _decide_and_perform(self, commands: Sequence[object], batches: Sequence[Incoming]) -> None:
        if self.clock.jumped():
            log.warning("the clock was set; until another node is heard, nothing is signed.")
            self.peer.clock_confirmed = False
        now = self.clock.now()
        effects = self.peer.tick(now)
        self.ticked = now
        for kind, together in groupby(commands, type):
            if kind is _Command:
                effects += self._commands(together)
            elif kind is _Witness:
                effects += self._cosign(together)
        for batch in answered(batches):
            effects += self._receive(batch)
        if batches:
            # What has just been read may be answered at once: in the same transaction.
            effects += self.peer.tick(now)
        self.journal.perform(effects, self._send)

    def _commands(self, commands: Iterable[object]) -> list[Effect]:
        """Acts that were queued one after another: one checkpoint will cover them all."""
        given = []
        for one in commands:
            assert isinstance(one, _Command)
            self._tickets += 1
            self._waiting[self._tickets] = one.answer
            given.append((self._tickets, one.act))
        return self.peer.commands(given)

    def _cosign(self, requests: Iterable[object]) -> list[Effect]:
        effects: list[Effect] = []
        for one in requests:
            assert isinstance(one, _Witness)
            reply, more = add_checkpoint(self.peer, one.body)
            self._asked.append((one.answer, reply))
            effects += more
        return effects

    def _receive(self, batch: Incoming) -> list[Effect]:
        if batch.carried:
            return take_carried(self.peer, batch.sender, batch.messages)
        effects: list[Effect] = []
        for message in batch.messages:
            try:
                effects += self.peer.receive(batch.sender, message)
            except PeerError as fault:
                log.warning("refused a message of %s: %s", batch.sender, fault)
        return effects

    def _send(self, effects: Sequence[Effect]) -> None:
        leaving: dict[str, list[Message]] = {}
        for effect in effects:
            if isinstance(effect, Send):
                leaving.setdefault(effect.to, []).append(effect.message)
        for to, messages in leaving.items():
            self.outbound[to].send(messages)
        for effect in effects:
            if isinstance(effect, Answer):
                self._waiting.pop(effect.ticket).set_result(effect)
            elif isinstance(effect, Notify):
                log.warning("%s: %s", effect.subject, effect.text)
        for answer, reply in self._asked:
            answer.set_result(reply)
        self._asked.clear()


def _awaited(answer: Future[_Result]) -> _Result:
    try:
        return answer.result(timeout=_PATIENCE)
    except TimeoutError:
        raise StorageUncertain("the node did not answer in time.") from None
