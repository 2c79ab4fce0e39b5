"""A node's disk: the record in the node's folder, and the token that lies outside it.

The contract is that of the real store: a commit is all or nothing, and the last signed checkpoint
is compared before it is replaced. What may go wrong with a write is listed in `Trouble`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from enum import Enum
from random import Random

from architrave.peer.effects import Persist, SaveToken
from architrave.peer.errors import StorageUncertain
from architrave.peer.startup import Stored
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import read_tombstone
from architrave.record.tree import EMPTY_ROOT

__all__ = ["Disk", "Folder", "Trouble"]

_REMEMBERED = 12


class Trouble(Enum):
    """What may happen to the next write."""

    FULL = "there is no room: nothing is written, and the node is told"
    LOST = "the write fails, and nothing was written"
    LANDED = "the write fails, and yet it was written"


@dataclass(frozen=True, slots=True)
class Mark:
    """How much a folder held; `count` of `acts`, and the notes and tombstones that it held then."""

    entries: int
    acts: list[tuple[bytes, bytes]]
    count: int
    notes: dict[str, dict[str, bytes]]
    tombstones: list[bytes]


@dataclass(slots=True)
class Folder:
    """The record as it lies in a folder. `places` are those of its lines: log, branch, position."""

    stored: Stored = field(default_factory=Stored)
    places: set[tuple[str, int, int]] = field(default_factory=set)

    def copy(self) -> Folder:
        """Another folder with the same contents."""
        held = self.stored
        notes = self._notes(held)
        return Folder(
            replace(
                held,
                entries=list(held.entries),
                acts=list(held.acts),
                tombstones=list(held.tombstones),
                **notes,
            ),
            set(self.places),
        )

    @staticmethod
    def _notes(held: Stored) -> dict[str, dict[str, bytes]]:
        names = ("notes", "witnessed", "proofs", "cosigned", "titles")
        return {name: dict(getattr(held, name)) for name in names}

    def mark(self) -> Mark:
        """Where the folder stands now, to go back to."""
        held = self.stored
        stones = list(held.tombstones)
        return Mark(len(held.entries), held.acts, len(held.acts), self._notes(held), stones)

    def cut_to(self, mark: Mark) -> None:
        """Go back to where the folder stood: what came after was never written."""
        for one in self.stored.entries[mark.entries :]:
            self.places.discard((one.origin, one.branch, one.n))
        del self.stored.entries[mark.entries :]
        # A list of acts only grows; an erasure begins another.
        del mark.acts[mark.count :]
        notes = {name: dict(held) for name, held in mark.notes.items()}
        stones = list(mark.tombstones)
        self.stored = replace(self.stored, acts=mark.acts, tombstones=stones, **notes)

    def write(self, persist: Persist) -> None:
        """Add one transaction."""
        self.places |= {(one.origin, one.branch, one.n) for one in persist.entries}
        self.stored.entries += persist.entries
        self.stored.acts += [(salt, data) for _, salt, data in persist.acts]
        self.stored.notes.update(persist.notes)
        self.stored.witnessed.update(persist.witnessed)
        self.stored.proofs.update(persist.proofs)
        self.stored.cosigned.update(persist.cosigned)
        self.stored.titles.update(persist.titles)
        if persist.tombstones:
            fresh = dict(persist.tombstones)
            held = self.stored
            held.acts = [one for one in held.acts if SealedAct(*one).seal not in fresh]
            kept = [one for one in held.tombstones if read_tombstone(one).seal not in fresh]
            held.tombstones = [*kept, *fresh.values()]

    def contains(self, mark: bytes) -> bool:
        """Say whether some bytes lie anywhere in the folder."""
        held = self.stored
        return (
            any(mark in salt or mark in data for salt, data in held.acts)
            or any(mark in one for one in held.tombstones)
            or any(mark in one.data for one in held.entries)
            or any(mark in one for one in (*held.notes.values(), *held.proofs.values()))
        )


@dataclass(slots=True)
class Disk:
    """One node's disk. `token` is None once it is lost."""

    folder: Folder = field(default_factory=Folder)
    token: tuple[int, bytes] | None = (0, EMPTY_ROOT)
    trouble: Trouble | None = None
    full: bool = False
    _before: deque[tuple[Folder, Persist]] = field(
        default_factory=lambda: deque(maxlen=_REMEMBERED)
    )

    def commit(self, persist: Persist, own: str, head: bytes) -> None:
        """Write all of it or nothing; StorageUncertain if it fails or the own log has moved."""
        held = self.folder.stored
        if held.notes.get(own, b"") != head:
            raise StorageUncertain("another writer has moved this node's log.")
        trouble, self.trouble = self.trouble, None
        if self.full or trouble in (Trouble.FULL, Trouble.LOST):
            raise StorageUncertain("the record could not be written.")
        places = {(one.origin, one.branch, one.n) for one in persist.entries}
        if len(places) != len(persist.entries) or self._taken(places):
            raise StorageUncertain("a line is already written at that place.")
        self._before.append((self.folder.mark(), persist))
        self.folder.write(persist)
        if trouble is Trouble.LANDED:
            raise StorageUncertain("the record could not be written, as far as is known.")

    def save(self, token: SaveToken, expected: tuple[int, bytes] | None) -> None:
        """Write the token; StorageUncertain if another process has written it."""
        if self.token != expected:
            raise StorageUncertain("another process has signed with this token.")
        if self.full:
            raise StorageUncertain("the token could not be written.")
        self.token = (token.size, token.root)

    def read(self) -> Stored:
        """What is stored, as a start finds it, with the token."""
        stored = self.folder.copy().stored
        stored.token = self.token
        return stored

    def _taken(self, places: set[tuple[str, int, int]]) -> bool:
        return not places.isdisjoint(self.folder.places)

    # -- what happens to it -------------------------------------------------------------------

    def lose_last(self, commits: int) -> int:
        """The last commits were never on the disk, though it said so; how many were lost."""
        count = min(commits, len(self._before))
        for _ in range(count):
            mark, _persist = self._before.pop()
            self.folder.cut_to(mark)
        return count

    def tear_last(self, draw: Random) -> bool:
        """Of the last commit only a part reached the disk; False if there was none."""
        if not self._before:
            return False
        mark, last = self._before.pop()
        self.folder.cut_to(mark)
        kept = draw.randint(0, len(last.entries))
        part = Persist(entries=last.entries[:kept], acts=last.acts if draw.random() < 0.5 else [])
        if draw.random() < 0.3:
            part.notes = dict(last.notes)
        self.folder.write(part)
        return True

    def flip(self, draw: Random) -> str:
        """One bit turns over; where, in words."""
        held = self.folder.stored
        where = draw.choice(["line", "act", "note"])
        if where == "line" and held.entries:
            at = draw.randrange(len(held.entries))
            one = held.entries[at]
            held.entries[at] = replace(one, data=_flipped(one.data, draw))
            return f"line {one.n} of {one.origin}"
        if where == "act" and held.acts:
            at = draw.randrange(len(held.acts))
            salt, data = held.acts[at]
            held.acts[at] = (salt, _flipped(data, draw))
            return "an act"
        if held.notes:
            origin = draw.choice(sorted(held.notes))
            held.notes[origin] = _flipped(held.notes[origin], draw)
            return f"the checkpoint of {origin}"
        return "an empty place"

    def put_back(self, folder: Folder) -> None:
        """An older copy of the folder is put in its place; the token stays as it is."""
        self.folder = folder.copy()
        self._before.clear()


def _flipped(data: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
