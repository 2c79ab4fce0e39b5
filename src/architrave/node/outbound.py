"""Sending to the other nodes: a thread and a line of messages for each, none waits for another."""

from __future__ import annotations

import logging
import queue
import threading

import httpx

from architrave.node.signing import RequestSigner
from architrave.peer.messages import Heads, Message, encode_batch

__all__ = ["Outbound"]

log = logging.getLogger("architrave.outbound")
_LIMIT = 200
_CLOSE = object()


class Outbound:
    """Messages on their way to one other node. What cannot be sent is dropped: the next round of
    heads brings it again.
    """

    def __init__(self, url: str, signer: RequestSigner) -> None:
        self._url = url.rstrip("/") + "/peer/messages"
        self._signer = signer
        self._queue: queue.Queue[object] = queue.Queue(maxsize=10_000)
        self._busy = 0
        self._guard = threading.Lock()
        self.reachable = False
        self._thread = threading.Thread(target=self._run, name=f"to {url}", daemon=True)
        self._thread.start()

    def send(self, message: Message) -> None:
        """Put a message on its way; dropped if too many wait."""
        with self._guard:
            self._busy += 1
        try:
            self._queue.put_nowait(message)
        except queue.Full:
            self._done(1)

    @property
    def idle(self) -> bool:
        """True if nothing waits or is being sent."""
        with self._guard:
            return self._busy == 0

    def close(self) -> None:
        """Stop after what is being sent."""
        self._queue.put(_CLOSE)
        self._thread.join(timeout=3)

    def _done(self, count: int) -> None:
        with self._guard:
            self._busy -= count

    def _run(self) -> None:
        with httpx.Client(timeout=httpx.Timeout(10.0, connect=1.0), trust_env=False) as client:
            while True:
                first = self._queue.get()
                batch = [first]
                while len(batch) < _LIMIT and first is not _CLOSE:
                    try:
                        batch.append(self._queue.get_nowait())
                    except queue.Empty:
                        break
                messages = [one for one in batch if isinstance(one, Message)]
                if messages:
                    self._post(client, messages)
                    self._done(len(messages))
                if _CLOSE in batch:
                    return

    def _post(self, client: httpx.Client, messages: list[Message]) -> None:
        body = encode_batch(messages)
        try:
            headers = self._signer.headers("POST", self._url, body)
            answer = client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as fault:
            if self.reachable:
                log.info("unreachable %s: %s", self._url, type(fault).__name__)
            self.reachable = False
            return
        self.reachable = True
        if answer.status_code >= 400 and not all(isinstance(one, Heads) for one in messages):
            log.warning("%s answered %s: %s", self._url, answer.status_code, answer.text[:200])
