"""Calendars and feeds as they were last written: a follower asks again and again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from architrave.institution.register import Register
from architrave.peer.peer import Peer
from architrave.portal.papers.plain_names import PlainNames
from architrave.portal.reading import Copy

__all__ = ["MOST", "FilePlace", "file_place", "stamp_of_feeds"]

MOST = 8 << 20
"""Bytes of files that are kept for one peer."""


@dataclass(eq=False, slots=True)
class _Shelf:
    """The files of one state of the record and one register, by language, kind and name."""

    stamp: object
    register: Register | None
    files: dict[tuple[str, ...], bytes] = field(default_factory=dict)


# One for each peer of this process. Files are put here after the reading lock was given back.
_shelves: WeakKeyDictionary[Peer, _Shelf] = WeakKeyDictionary()
_lock = threading.Lock()


def stamp_of_feeds(copy: Copy) -> object:
    """All that a calendar or a feed shows but the register."""
    return (copy.told.stamp, copy.charter.digest, PlainNames(copy).site)


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file of one state is kept."""

    shelf: _Shelf
    name: tuple[str, ...]

    def found(self) -> bytes | None:
        """The file, if it was written at this state."""
        return self.shelf.files.get(self.name)

    def keep(self, data: bytes) -> bytes:
        """Keep a file that was just written; if all are too long together, the others go."""
        files = self.shelf.files
        with _lock:
            if sum(map(len, files.values())) + len(data) > MOST:
                files.clear()
            files[self.name] = data
        return data


def file_place(copy: Copy, name: tuple[str, ...]) -> FilePlace:
    """Where a file of the present state is kept; to be asked for while the peer is read."""
    stamp = stamp_of_feeds(copy)
    shelf = _shelves.get(copy.peer)
    # Another register may have the same digest: translations are no part of it.
    if shelf is None or shelf.stamp != stamp or shelf.register is not copy.register:
        shelf = _shelves[copy.peer] = _Shelf(stamp, copy.register)
    return FilePlace(shelf, name)
