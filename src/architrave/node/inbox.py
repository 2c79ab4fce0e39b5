"""What waits for the keeper: bounded, acts before messages, each sender in its own line.

A party that floods the node fills its own line and nobody else's. What finds no room is dropped,
and the next greeting brings it again.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from architrave.node.errors import Busy
from architrave.peer.messages import Ask, Heads, Message

__all__ = ["Inbox", "Incoming", "answered"]

ACTS = 256
BATCHES = 128
BATCH_BYTES = 16 << 20
QUESTIONS = 128
"""Greetings and questions of one party that are answered in one turn: few bytes can ask for many,
and officers wait until the turn is over. An honest node asks a few times a second."""
_BATCHES_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Incoming:
    """A batch of another node; `size` is the bytes in which it came.

    `carried` marks what came in a carrier file: nothing in it is fresh.
    """

    sender: str
    messages: list[Message]
    size: int
    carried: bool = False


def answered(batches: Sequence[Incoming]) -> list[Incoming]:
    """The batches of a turn without the questions of a party beyond QUESTIONS.

    What is left out is lost like a message on the way: whoever still needs it asks again. Of what
    was carried nothing is left out: it was asked hours ago, and would come once more only by hand.
    """
    asked: Counter[str] = Counter()
    found = []
    for batch in batches:
        kept = []
        for message in batch.messages:
            if not batch.carried and isinstance(message, Ask | Heads):
                asked[batch.sender] += 1
                if asked[batch.sender] > QUESTIONS:
                    continue
            kept.append(message)
        found.append(replace(batch, messages=kept))
    return found


class Inbox:
    """Commands (of any class) and batches, put by web threads, taken by the keeper."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._commands: deque[object] = deque()
        self._lines: dict[str, deque[Incoming]] = {}
        self._sizes: dict[str, int] = {}
        self._taken = 0
        self._closed = False

    def put(self, command: object) -> bool:
        """Queue a command; False if the inbox is closed. Busy if too many wait."""
        with self._changed:
            if self._closed:
                return False
            if len(self._commands) >= ACTS:
                raise Busy("too many acts wait; nothing of this one was written.")
            self._commands.append(command)
            self._changed.notify()
            return True

    def put_batch(self, batch: Incoming) -> bool:
        """Queue a batch; False if there is no room for it in its sender's line."""
        with self._changed:
            line = self._lines.setdefault(batch.sender, deque())
            size = self._sizes.get(batch.sender, 0) + batch.size
            if self._closed or len(line) >= BATCHES or (line and size > BATCH_BYTES):
                return False
            line.append(batch)
            self._sizes[batch.sender] = size
            self._changed.notify()
            return True

    def take(self, timeout: float) -> tuple[list[object], list[Incoming]]:
        """All commands, and some batches of each sender by turns; waits up to `timeout` seconds."""
        with self._changed:
            if not self._waits() and not self._closed:
                self._changed.wait(timeout)
            commands = list(self._commands)
            self._commands.clear()
            batches: list[Incoming] = []
            while len(batches) < _BATCHES_TOGETHER and any(self._lines.values()):
                for sender, line in self._lines.items():
                    if line:
                        batches.append(line.popleft())
                        self._sizes[sender] -= batches[-1].size
            self._taken = len(commands) + len(batches)
            return commands, batches

    def done(self) -> None:
        """What was taken last has been dealt with."""
        with self._changed:
            self._taken = 0

    def close(self) -> list[object]:
        """Take nothing more; returns the commands that nobody has taken and nobody will."""
        with self._changed:
            self._closed = True
            left = list(self._commands)
            self._commands.clear()
            self._lines.clear()
            self._changed.notify_all()
            return left

    @property
    def idle(self) -> bool:
        """True if nothing waits and nothing is being dealt with."""
        with self._changed:
            return not self._taken and not self._waits()

    def _waits(self) -> bool:
        return bool(self._commands) or any(self._lines.values())
