"""Sending to the other nodes: a thread and a line of messages for each, none waits for another."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Iterable

import httpx

from architrave.node.signing import MESSAGES, NONCE, RequestSigner
from architrave.peer.messages import (
    MOST_MESSAGES,
    Acts,
    Cosigned,
    Growth,
    Heads,
    Message,
    Tombstones,
    encode_batch,
)

__all__ = ["Outbound"]

log = logging.getLogger("architrave.outbound")
# A batch is closed when it holds this many bytes; a single message holds at most some 3 MiB, so
# every batch stays well below what the receiver reads.
_BATCH_BYTES = 4 << 20
_WAITING = 2_000
_WAITING_BYTES = 32 << 20
_ANSWER = 4_096
_GATHER = 0.04  # seconds; receipts are back before that, where nothing is slow


class Outbound:
    """Messages on their way to the node that writes the log `to`. What cannot be sent is dropped:
    the next round of heads brings it again.
    """

    def __init__(self, to: str, url: str, signer: RequestSigner) -> None:
        self._to = to
        self._url = url.rstrip("/") + MESSAGES
        self._signer = signer
        self._nonce = "none"
        self._changed = threading.Condition()
        self._line: deque[Message] = deque()
        self._bytes = 0
        self._since = 0.0
        self._sending = False
        self._closed = False
        self.reachable = False
        self._thread = threading.Thread(target=self._run, name=f"to {url}", daemon=True)

    def start(self) -> None:
        """Begin sending."""
        self._thread.start()

    def send(self, messages: Iterable[Message]) -> None:
        """Put messages on their way, together if they can be; what finds no room is dropped."""
        with self._changed:
            for message in messages:
                size = _size(message)
                full = len(self._line) >= _WAITING or self._bytes + size > _WAITING_BYTES
                if not self._closed and not (self._line and full):
                    if not self._line:
                        self._since = time.monotonic()
                    self._line.append(message)
                    self._bytes += size
            self._changed.notify()

    @property
    def idle(self) -> bool:
        """True if nothing waits or is being sent."""
        with self._changed:
            return not self._line and not self._sending

    def close(self) -> None:
        """Send what waits, then end; returns at once."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def join(self, timeout: float) -> None:
        """Wait for the end, for at most `timeout` seconds."""
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _take(self) -> list[Message]:
        """The next batch; empty when closed and nothing is left."""
        with self._changed:
            self._sending = False
            while not self._closed and (left := self._patience()) > 0:
                self._changed.wait(None if left == math.inf else left)
            batch: list[Message] = []
            size = 0
            while self._line and len(batch) < MOST_MESSAGES and size < _BATCH_BYTES:
                batch.append(self._line.popleft())
                size += _size(batch[-1])
            self._bytes -= size
            self._sending = bool(batch)
            return batch

    def _patience(self) -> float:
        """Seconds that what waits may still wait; for ever if nothing does.

        Lines and texts leave at once. Cosignatures can wait a little: each would take the time of a
        request, of which a consultation brings a dozen just when the receipts are on their way.
        """
        if not self._line:
            return math.inf
        if not all(isinstance(one, Cosigned) or _bare(one) for one in self._line):
            return 0.0
        return self._since + _GATHER - time.monotonic()

    def _run(self) -> None:
        with httpx.Client(timeout=httpx.Timeout(10.0, connect=1.0), trust_env=False) as client:
            while batch := self._take():
                try:
                    self._post(client, batch)
                except httpx.HTTPError as fault:
                    if self.reachable:
                        log.info("unreachable %s: %s", self._url, type(fault).__name__)
                    self.reachable = False
                    if self._closed:
                        return

    def _post(self, client: httpx.Client, batch: list[Message]) -> None:
        body = encode_batch(batch)
        status, nonce, says = self._once(client, body)
        if status == 401 and nonce:
            # The other has started anew, or its nonce has run out.
            status, nonce, says = self._once(client, body)
        self.reachable = True
        if status >= 400 and not all(isinstance(one, Heads) for one in batch):
            log.warning("%s answered %s: %s", self._url, status, says)

    def _once(self, client: httpx.Client, body: bytes) -> tuple[int, bool, str]:
        """Post a body; the status, whether another nonce was told, and the start of the answer."""
        headers = self._signer.headers("POST", self._url, body, self._to, self._nonce)
        with client.stream("POST", self._url, content=body, headers=headers) as answer:
            says = b""
            for part in answer.iter_raw(_ANSWER):
                says += part
                if len(says) >= _ANSWER:
                    break  # however much the other sends, no more of it is read
            told = answer.headers.get(NONCE, "")
            fresh = bool(told) and told != self._nonce and told.isascii() and len(told) < 100
            if fresh:
                self._nonce = told
            return answer.status_code, fresh, says[:200].decode("utf-8", "replace")


def _bare(message: Message) -> bool:
    """Say whether a message brings a checkpoint's cosignatures and no line."""
    return isinstance(message, Growth) and not message.entries


def _size(message: Message) -> int:
    """About how many bytes a message takes."""
    if isinstance(message, Growth):
        return 200 + len(message.note) + sum(len(one) + 5 for one in message.entries)
    if isinstance(message, Acts):
        return 200 + sum(len(salt) + len(data) + 10 for salt, data in message.acts)
    if isinstance(message, Tombstones):
        return 200 + sum(len(one) + 5 for one in message.stones)
    return 1_000
