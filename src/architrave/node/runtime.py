"""What a running node offers its web threads: its peer, read under a lock, and the way to act."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from architrave.institution.register import Register
from architrave.peer.effects import Answer
from architrave.peer.errors import StorageUncertain
from architrave.peer.peer import Peer
from architrave.record.sealing import SealedAct

__all__ = ["Runtime", "current", "install"]


@dataclass
class Runtime:
    """A running node. `clock` gives milliseconds since 1970; `submit` waits for the answer.

    `submit` raises StorageUncertain if nobody knows whether the act was written, and Busy if too
    much waits. `addresses` maps each party to the web address of its node, for links; `contact` is
    where the public may write, empty if nowhere. `attested`
    are the notes that outside witnesses have cosigned, by key ID, and `witnesses` tells how each
    stands, by name. `charter_text` and `founding_file` are the files under which it was founded.
    `beside` is what its pages show beside the record, of which the node knows nothing.
    `stopped` says why the keeper has stopped in the middle of a write; empty while
    all is well.
    """

    peer: Peer
    clock: Callable[[], int]
    submit: Callable[[SealedAct], Answer]
    register: Register | None = None
    addresses: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    attested: Mapping[str, bytes] = field(default_factory=dict)
    witnesses: Callable[[], Mapping[str, Mapping[str, object]]] = dict
    charter_text: str = ""
    founding_file: bytes = b""
    beside: object = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    stopped: str = ""

    @contextmanager
    def reading(self) -> Iterator[Peer]:
        """The peer, while nobody writes. Keep it short, and keep nothing of it afterwards.

        StorageUncertain once a write has failed: what the peer then holds in memory, a checkpoint
        signed in vain among it, must not leave.
        """
        with self.lock:
            if self.stopped:
                raise StorageUncertain(self.stopped)
            yield self.peer


_installed: list[Runtime] = []


def install(runtime: Runtime) -> None:
    """Make this the process's node."""
    _installed[:] = [runtime]


def current() -> Runtime:
    """The process's node; RuntimeError before `install`."""
    if not _installed:
        raise RuntimeError("no node runs in this process.")
    return _installed[0]
