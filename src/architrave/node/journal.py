"""The order of writes: the record, then the token, then everything that leaves.

Start-up needs no code of its own for any crash: it reads the record and the token, and goes on with
the same three steps. What a crash leaves behind stands beside each step.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from enum import Enum

from django.db import Error

from architrave.node import store
from architrave.node.databases import on_one_line
from architrave.node.errors import FolderFault
from architrave.node.folder import Token
from architrave.peer.effects import Effect, Persist, SaveToken, in_order
from architrave.peer.errors import StorageUncertain
from architrave.record.origins import first_log

__all__ = ["Journal", "JournalStep"]

log = logging.getLogger("architrave.journal")
_TURNS = 100  # a few seconds


class JournalStep(Enum):
    """The steps, in order."""

    RECORD = "the record is committed"
    TOKEN = "the token is written"
    SEND = "messages and answers leave"


class Journal:
    """Performs the effects of one turn in order, and stops at the first step that fails.

    `origin` is the latest own log and `head` the bytes of its last checkpoint in the database,
    empty before the first; `token` holds what `signed` says.
    """

    def __init__(
        self, origin: str, head: bytes, token: Token, signed: tuple[int, bytes] | None
    ) -> None:
        self._origin = origin
        self._head = head
        self._token = token
        self._signed = signed
        # True once this process has written the token.
        self.saved = False
        # Turns to wait before the file is scrubbed; None if it is clean.
        self._pause: int | None = 0

    def perform(self, effects: Sequence[Effect], send: Callable[[Sequence[Effect]], None]) -> None:
        """Write what is to be written, and only then hand the effects to `send`.

        StorageUncertain if a write failed, or if another writer has moved the log or the token:
        then nothing has left, and the process must end, because its peer is ahead of its disk.
        """
        turn = in_order(effects)
        # A crash before the commit: nothing was written, acknowledged or sent, and the signatures
        # were in memory only. The next start signs that position anew, and nobody has seen another.
        if turn.kept is not None:
            self._commit(turn.kept)
        # A crash here: the record is ahead of the token, which a start accepts. Nothing has left;
        # the caller knows of no answer, and finds the act in the record.
        if turn.token is not None:
            self._save(turn.token)
        # A crash here, or between two messages: the record and the token agree, and the others ask
        # for what they lack at the next greeting.
        send(turn.leaving)
        # A crash here: erased words may still lie in the database's file. The record says so, and
        # the next start, or the next turn after a pause, goes on.
        if turn.kept is not None and turn.kept.tombstones:
            self._pause = 0

    def scrub(self) -> None:
        """Write the database's file without what was erased; if that fails, later once more."""
        if self._pause is None or self._pause > 0:
            self._pause = None if self._pause is None else self._pause - 1
            return
        try:
            self._pause = None if store.scrub() else _TURNS
        except Error as fault:
            log.warning("erased words still lie in the database's file: %s.", on_one_line(fault))
            self._pause = _TURNS

    def _commit(self, persist: Persist) -> None:
        self._follow(persist)
        try:
            store.write(persist, self._origin, self._head)
        except Error as fault:
            raise StorageUncertain(
                f"the record could not be written: {on_one_line(fault)}."
            ) from fault
        self._head = persist.notes.get(self._origin, self._head)

    def _follow(self, persist: Persist) -> None:
        """From the title of a later log of this party on, that is the log that is compared."""
        for log in persist.titles:
            if first_log(log) == first_log(self._origin):
                self._origin, self._head = log, b""

    def _save(self, token: SaveToken) -> None:
        try:
            if self._token.read() != self._signed:
                raise StorageUncertain(
                    f"{self._token.path}: another process has signed with this token; this one "
                    "sends nothing more."
                )
            self._token.write(token.size, token.root)
        except (OSError, FolderFault) as fault:
            raise StorageUncertain(f"the token could not be written: {fault}") from fault
        self._signed = (token.size, token.root)
        self.saved = True
