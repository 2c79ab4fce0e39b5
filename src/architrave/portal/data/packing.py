"""The thread of a node that makes the dump, so that no request has to wait until it is made.

It makes the first at once, and another when the record has changed and then been still from one
look to the next; where it is never still, after some looks all the same. Between two of them it
rests ten times as long as the last one took: however long the record is, a tenth of a core goes to
it and no more.
"""

from __future__ import annotations

import logging
import threading
import time

from architrave.node.runtime import Runtime
from architrave.peer.errors import StorageUncertain
from architrave.portal.data.data_kept import finished, make, stamp_of
from architrave.portal.reading import Copy

__all__ = ["Packing"]

log = logging.getLogger("architrave.dump")
_LOOK = 2.0  # seconds
_AFTER_FAULT = 60.0
_REST = 10
_PATIENCE = 15  # looks


class Packing(threading.Thread):
    """Makes the dump of one running node."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(name="dump", daemon=True)
        self.runtime = runtime
        self._closing = threading.Event()
        self._seen: object = None
        self._looks = 0

    def run(self) -> None:
        """Look, and wait, until told to end."""
        while not self._closing.wait(self.turn()):
            pass

    def close(self) -> None:
        """End before the next look. What is just being made is dropped with the process."""
        self._closing.set()

    def turn(self) -> float:
        """Look once, make what is due, and say how many seconds may pass until the next look."""
        try:
            return self._look()
        except StorageUncertain:
            return _AFTER_FAULT  # the copy has stopped, and its process ends
        except Exception:
            # What was made last is still given out, and said to be of an earlier state.
            log.exception("the dump cannot be made")
            return _AFTER_FAULT

    def _look(self) -> float:
        runtime = self.runtime
        with runtime.reading() as peer:
            copy = Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses)
            last, stamp = finished(peer), stamp_of(copy)
        still, self._seen = stamp == self._seen, stamp
        if last is not None and last.stamp == stamp:
            self._looks = 0
            return _LOOK
        self._looks += 1
        if last is not None and not still and self._looks < _PATIENCE:
            return _LOOK
        begun = time.monotonic()
        make(runtime)
        self._looks = 0
        return max(_LOOK, _REST * (time.monotonic() - begun))
