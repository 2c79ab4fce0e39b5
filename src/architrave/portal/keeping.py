"""Pages as they were last written, kept while nothing that they show has changed.

A page is a function of the record, of the address, and of the clock. The record is named by
`_stamp`, the address by its caller. The clock is the rest, and it is watched: a page that is to be
kept is built from a `Watched` copy, which notes until when each of its answers about the time
holds: a day until midnight, "not yet over" until the instant. A page that asks for the bare time is
not kept at all. What changes with every second, the time at the foot of a page and when a capital
was last heard of, is written as a blank and filled in for each reader. So nothing kept can be
stale, and no page has to say which times it depends on.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from django.utils.html import conditional_escape

from architrave.institution.register import Register
from architrave.peer.peer import Peer
from architrave.portal.alive import alive
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy

__all__ = ["MOST", "Place", "Watched", "place_of", "watched"]

MOST = 16 << 20
"""Bytes of pages that are kept for one peer; those that were not asked for the longest go first."""

_FOR_EVER = 1 << 62
# Drawn anew by each process: no text of the record can hold one of these by intent or by chance.
_MARK = f"blank{secrets.token_hex(16)}"
_BLANKS = re.compile(rf"{_MARK}\(([a-z]+):([A-Za-z0-9_-]*)\)".encode())


class Watched(Copy):
    """A copy that notes until when what it tells of the time holds, and leaves blanks."""

    until: int = _FOR_EVER
    _now: int

    @property
    def now(self) -> int:  # type: ignore[override]
        """The bare time: whoever asks for it makes a page of this very instant."""
        self.until = 0
        return self._now

    @now.setter
    def now(self, value: int) -> None:
        self._now = value

    @property
    def shown_now(self) -> Moment:
        """The time as a blank."""
        return Moment(_blank("iso"), _blank("now"))

    def today(self, zone: str = "UTC") -> date:
        """The day, which holds until midnight."""
        there = ZoneInfo(zone)
        day = datetime.fromtimestamp(self._now / 1000, there).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), there)
        self._holds(int(midnight.timestamp() * 1000))
        return day

    def passed(self, at: int) -> bool:
        """Whether an instant is over; that it is not holds up to it."""
        over = at < self._now
        if not over:
            self._holds(at + 1)
        return over

    def told_alive(self, party: str) -> tuple[Shown, bool]:
        """When a capital was last heard of, as a blank; whether that is long ago names the page."""
        return _blank("heard", party), alive(_plain(self), party)[1]

    def _holds(self, until: int) -> None:
        self.until = min(self.until, until)


def _plain(copy: Watched) -> Copy:
    """The same copy, unwatched."""
    return Copy(copy.peer, copy.language, copy._now, copy.register, copy.addresses, copy.contact)


def _blank(kind: str, of: str = "") -> str:
    return f"{_MARK}({kind}:{of})"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page in parts, from `made` until before `until` (ms): text, and between texts a blank."""

    parts: tuple[bytes, ...]
    made: int
    until: int
    size: int


class _Shelf:
    """The pages of one peer at one state of its record."""

    def __init__(self) -> None:
        self.stamp: object = None
        self.register: Register | None = None
        self.pages: OrderedDict[object, _Kept] = OrderedDict()
        self.size = 0

    def at(self, stamp: object, register: Register | None) -> _Shelf:
        """This shelf, emptied if it holds pages of another state or register."""
        if self.stamp != stamp or self.register is not register:
            self.stamp, self.register = stamp, register
            self.pages.clear()
            self.size = 0
        return self

    def put(self, name: object, page: _Kept) -> None:
        """Keep a page, and let go of the oldest if there are too many bytes."""
        before = self.pages.pop(name, None)
        self.size += page.size - (before.size if before is not None else 0)
        self.pages[name] = page
        while self.size > MOST:
            _, gone = self.pages.popitem(last=False)
            self.size -= gone.size


# One for each peer of this process. Pages are put here after the reading lock was given back.
_shelves: WeakKeyDictionary[Peer, _Shelf] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a copy is kept, and what is filled into it now."""

    peer: Peer
    register: Register | None
    stamp: object
    name: object
    now: int
    written: Mapping[tuple[bytes, bytes], bytes]

    def found(self) -> bytes | None:
        """The page as it is now, if it is kept."""
        with _lock:
            shelf = _shelves.setdefault(self.peer, _Shelf()).at(self.stamp, self.register)
            page = shelf.pages.get(self.name)
            if page is None or not page.made <= self.now < page.until:
                return None
            shelf.pages.move_to_end(self.name)
        return self._filled(page.parts)

    def keep(self, copy: Copy, text: str) -> bytes:
        """A page that was just built and written, filled in; kept if it holds for a while."""
        parts = tuple(_BLANKS.split(text.encode()))
        size = sum(map(len, parts))
        until = copy.until if isinstance(copy, Watched) else 0
        if self.now < until and size <= MOST:
            with _lock:
                shelf = _shelves.get(self.peer)
                # While it was written the record may have moved on, and another reader with it.
                if shelf and shelf.stamp == self.stamp and shelf.register is self.register:
                    shelf.put(self.name, _Kept(parts, self.now, until, size))
        return self._filled(parts)

    def _filled(self, parts: tuple[bytes, ...]) -> bytes:
        """A text, then the kind of a blank, what it is of, and a text, and so on: as one page."""
        page = list(parts)
        page[1::3] = [self.written[pair] for pair in zip(parts[1::3], parts[2::3], strict=True)]
        page[2::3] = [b""] * len(parts[2::3])
        return b"".join(page)


def place_of(copy: Copy, name: str) -> Place:
    """Where a page is kept, by its address; to be asked for while the peer is read."""
    told = {party: alive(copy, party) for party in copy.order}
    now = copy.shown_now
    values: dict[tuple[bytes, bytes], Shown] = {
        (b"iso", b""): now.iso,
        (b"now", b""): now.text,
        **{(b"heard", party.encode()): shown for party, (shown, _) in told.items()},
    }
    return Place(
        copy.peer,
        copy.register,
        _stamp(copy),
        (copy.language, name, tuple(silent for _, silent in told.values())),
        copy.now,
        {key: str(conditional_escape(value)).encode() for key, value in values.items()},
    )


def watched(copy: Copy) -> Watched:
    """The same copy, watched."""
    return Watched(
        copy.peer,
        copy.language,
        copy.now,
        copy.register,
        copy.addresses,
        copy.contact,
        copy.council,
        copy.forum,
    )


def _stamp(copy: Copy) -> object:
    """All that a page can show of a copy but the register and the time."""
    peer = copy.peer
    branches = [one for many in peer.history.branches.values() for one in many]
    return (
        frozenset(one.tips[-1] for one in branches if one.tips),
        # How far each book is read: a line may wait for its text while later ones are held.
        tuple(sorted(copy.view.cut.tips.items())),
        (len(peer.reader.judged), len(peer.reader.acts)),
        (len(peer.erasing.acts), peer.erasing.times),
        # What others have signed and seen, without which no line is final.
        tuple(
            # A note is signed anew every minute or so; what it says is its first part.
            (log, one.note.partition(b"\n\n")[0], one.proof)
            for log, one in sorted(peer.replicas.items())
        ),
        tuple((log, tuple(sorted(one.items()))) for log, one in sorted(peer.cosigned.items())),
        tuple(sorted(copy.addresses.items())),
        copy.contact,
        copy.council,
        copy.forum,
    )
