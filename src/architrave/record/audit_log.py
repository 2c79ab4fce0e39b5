"""One log of an export: its checkpoints, every bundle and tile, and every entry's header.

What does not depend on another log is checked here. Reading stops at the first entry that does not
hold; the files beside it are still compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from architrave.record.audit_notes import OpenedNote, open_accounted
from architrave.record.checkpoints import Checkpoint
from architrave.record.entries import Audience, Header, Tip, read_entry
from architrave.record.errors import Malformed, RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member
from architrave.record.layout import checkpoint_path, folder_of, signed_path
from architrave.record.tiles import (
    TILE_WIDTH,
    decode_bundle,
    entries_path,
    tile_bytes,
    tile_path,
    tiles_of,
)
from architrave.record.tree import HASH_SIZE, Tree, leaf_hash

__all__ = ["ActLine", "Claim", "ReadFile", "ReadLog", "Spread", "open_log", "read_log"]

ReadFile = Callable[[str], bytes | None]
"""The bytes of a file of the export, by its relative path; None if it is not there."""

Spread = Callable[[Callable[[int], "RangeRead"], Iterable[int]], Iterable["RangeRead"]]
"""Does some work for each of several numbers, in order: `map`, or that of a pool of processes.

For a pool of processes the `read` of the audit must be one that can be sent to them.
"""

RANGE_BUNDLES = 4
"""How many bundles are read by one process at a time."""


class ActLine(NamedTuple):
    """An entry that carries an act: where it stands, the seal (32 bytes), who may read it.

    `to` is None if the audience itself is secret.
    """

    party: str
    n: int
    place: str
    seal: bytes
    to: Audience | None


class Claim(NamedTuple):
    """An entry, by its place, names a prefix of another log."""

    place: str
    named: Tip


@dataclass(slots=True)
class ReadLog:
    """A log as far as it was read.

    `top` is the later checkpoint that holds, `cosigned` the one in the cosigned file. `rooted` says
    that `tree` leads to `top`; `complete` that every entry was read and its header holds.
    """

    member: Member
    folder: str
    cosigned: OpenedNote | None = None
    top: Checkpoint | None = None
    tree: Tree = field(default_factory=Tree)
    rooted: bool = False
    complete: bool = False
    receipts: int = 0
    lines: list[ActLine] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, message: str) -> None:
        """Note a fault of a file in this log's folder, by its path within it."""
        self.faults.append(Fault(f"{self.folder}/{place}", message))


def open_log(read: ReadFile, member: Member, founding: Founding) -> ReadLog:
    """Open a log's checkpoints; what is wrong with them stands in `faults`."""
    folder = folder_of(member)
    log = ReadLog(member, folder)
    data = read(checkpoint_path(folder))
    if data is None:
        log.fault("checkpoint", "the file is missing.")
    else:
        log.cosigned = open_accounted(
            data, checkpoint_path(folder), member, founding, True, log.faults
        )
        log.top = log.cosigned.checkpoint if log.cosigned else None
    data = read(signed_path(folder))
    if data is not None:
        later = open_accounted(data, signed_path(folder), member, founding, False, log.faults)
        if later is not None:
            _take_later(log, later.checkpoint)
    return log


def _take_later(log: ReadLog, later: Checkpoint) -> None:
    if log.top is not None and later.size < log.top.size:
        log.fault("checkpoint.signed", f"covers {later.size} entries, the other {log.top.size}.")
    elif log.top is not None and later.size == log.top.size and later.root != log.top.root:
        log.fault("checkpoint.signed", "has another root than the cosigned one of its size.")
    else:
        log.top = later


def read_log(
    log: ReadLog,
    read: ReadFile,
    founding: Founding,
    step: Callable[[int], None],
    spread: Spread = map,
) -> None:
    """Check the files under a log's checkpoint. `step` is told how many entries were read."""
    if log.top is None:
        return
    headers = _Headers(log.member, founding)
    bundles_hold = _read_bundles(log, read, headers, step, spread)
    if bundles_hold and log.tree.root() == log.top.root:
        log.rooted = True
        if headers.fault is None:
            log.complete = True
        else:
            log.faults.append(headers.fault)
    else:
        headers.receipts = 0
        headers.lines.clear()
        headers.claims.clear()
        _fall_back(log, read, log.top, bundles_hold)
    log.receipts, log.lines, log.claims = headers.receipts, headers.lines, headers.claims
    if log.rooted:
        _check_tiles(log, read, log.top.size)
        _check_smaller(log)


def _check_smaller(log: ReadLog) -> None:
    if log.cosigned is not None:
        small = log.cosigned.checkpoint
        if log.tree.root(small.size) != small.root:
            log.fault("checkpoint", "its root is not that of the first entries here.")


# -- bundles and tiles ------------------------------------------------------------------------


def _read_bundles(
    log: ReadLog,
    read: ReadFile,
    headers: _Headers,
    step: Callable[[int], None],
    spread: Spread,
) -> bool:
    """Fill the tree from the bundles; False, with the fault noted, if one is not to be read."""
    assert log.top is not None
    size = log.top.size
    work = partial(_read_range, read, log.member, headers.founding, log.folder, size)
    firsts = range(0, -(-size // TILE_WIDTH), RANGE_BUNDLES)
    for first, found in zip(firsts, spread(work, firsts), strict=True):
        leaves = bytes(found.leaves)
        log.tree.extend(leaves[at : at + HASH_SIZE] for at in range(0, len(leaves), HASH_SIZE))
        if headers.fault is None:
            if not headers.goes_on(found.headers):
                # What is wrong, or does not follow, is told as if all had been read in order.
                found = work(first, copy(headers))
            headers.take_over(found.headers)
        step(len(leaves) // HASH_SIZE)
        if found.stopped is not None:
            log.faults.append(found.stopped)
            return False
    return True


@dataclass(slots=True)
class RangeRead:
    """Some bundles that were read by themselves: the leaf hashes, joined, and what headers say.

    `stopped` says why the range ends early: a bundle that is not to be read.
    """

    leaves: bytearray
    headers: _Headers
    stopped: Fault | None = None


def _read_range(
    read: ReadFile,
    member: Member,
    founding: Founding,
    folder: str,
    size: int,
    first: int,
    headers: _Headers | None = None,
) -> RangeRead:
    """Read up to RANGE_BUNDLES bundles from `first` on; without `headers`, from no known past."""
    found = RangeRead(bytearray(), headers or _Headers(member, founding))
    last = min(first + RANGE_BUNDLES, -(-size // TILE_WIDTH))
    for index in range(first, last):
        width = min(TILE_WIDTH, size - index * TILE_WIDTH)
        path = entries_path(index, width)
        data = read(f"{folder}/{path}")
        try:
            entries = decode_bundle(data, width) if data is not None else []
        except Malformed as fault:
            found.stopped = Fault(f"{folder}/{path}", str(fault))
            break
        if data is None:
            found.stopped = Fault(f"{folder}/{path}", "the file is missing.")
            break
        for n, entry in enumerate(entries, start=index * TILE_WIDTH):
            found.headers.take(entry, n, f"{folder}/{path} entry {n}")
            found.leaves += leaf_hash(entry)
    return found


def _fall_back(log: ReadLog, read: ReadFile, top: Checkpoint, bundles_hold: bool) -> None:
    """The entries do not lead to the checkpoint: find out what does not fit, from the tiles."""
    before = len(log.faults)
    found = _tree_of_tiles(log, read, top.size)
    if found is not None and found.root() == top.root:
        if bundles_hold:
            n = _first_difference(log.tree, found)
            log.fault(_entry_place(n, top.size), "it is not the entry that the checkpoint covers.")
        log.tree, log.rooted = found, True
    elif bundles_hold and found is not None and _first_difference(log.tree, found) < top.size:
        n = _first_difference(log.tree, found)
        log.fault(
            _entry_place(n, top.size),
            "the entry and its tile differ, and neither leads to the checkpoint.",
        )
    elif bundles_hold and len(log.faults) == before:
        log.fault("checkpoint", "the entries here lead to another root.")


def _tree_of_tiles(log: ReadLog, read: ReadFile, size: int) -> Tree | None:
    tree = Tree()
    for level, index, width in tiles_of(size):
        if level > 0:
            break
        path = tile_path(level, index, width)
        data = read(f"{log.folder}/{path}")
        if data is None or len(data) != width * HASH_SIZE:
            log.fault(path, _length_fault(data, width))
            return None
        tree.extend(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))
    return tree


def _first_difference(one: Tree, other: Tree) -> int:
    """The first leaf in which two trees of one size differ; that size if none does."""
    return next((n for n in range(len(one)) if one.leaf(n) != other.leaf(n)), len(one))


def _entry_place(n: int, size: int) -> str:
    index = n // TILE_WIDTH
    return f"{entries_path(index, min(TILE_WIDTH, size - index * TILE_WIDTH))} entry {n}"


def _check_tiles(log: ReadLog, read: ReadFile, size: int) -> None:
    for level, index, width in tiles_of(size):
        path = tile_path(level, index, width)
        data = read(f"{log.folder}/{path}")
        expected = tile_bytes(log.tree, level, index, width)
        if data is None or len(data) != len(expected):
            log.fault(path, _length_fault(data, width))
        elif data != expected:
            at = next(at for at, byte in enumerate(data) if byte != expected[at])
            log.fault(path, f"hash {at // HASH_SIZE} is not the one that the entries give.")


def _length_fault(data: bytes | None, width: int) -> str:
    if data is None:
        return "the file is missing."
    return f"expected {width * HASH_SIZE} bytes, found {len(data)}."


# -- entries ----------------------------------------------------------------------------------


class _Headers:
    """Reads the entries of one log in order, up to the first whose header does not hold.

    It may begin anywhere: `first_time` and `first_named` are what the past must not contradict.
    """

    def __init__(self, member: Member, founding: Founding) -> None:
        self.member = member
        self.founding = founding
        self.fault: Fault | None = None
        self.receipts = 0
        self.lines: list[ActLine] = []
        self.claims: list[Claim] = []
        self.first_time: int | None = None
        self.first_named: dict[str, int] = {}
        self._time = 0
        self._named: dict[str, int] = {}

    def __copy__(self) -> _Headers:
        """Another that goes on from here, and keeps what it finds by itself."""
        other = _Headers(self.member, self.founding)
        other._time, other._named = self._time, dict(self._named)
        return other

    def goes_on(self, later: _Headers) -> bool:
        """Say whether what was read without this past is what reading in order would give."""
        return (
            later.fault is None
            and (later.first_time is None or later.first_time >= self._time)
            and all(size > self._named.get(log, 0) for log, size in later.first_named.items())
        )

    def take_over(self, later: _Headers) -> None:
        """Take what was read after this."""
        self.fault = later.fault
        self.receipts += later.receipts
        self.lines += later.lines
        self.claims += later.claims
        self._time = max(self._time, later._time)
        self._named.update(later._named)

    def take(self, data: bytes, n: int, place: str) -> None:
        """Read the next entry; the fault that ends the reading is kept."""
        if self.fault is not None:
            return
        try:
            entry = read_entry(data)
            self._check(entry.header, n)
            entry.check_signature(self.member.node_key)
        except RecordError as fault:
            self.fault = Fault(place, str(fault))
            return
        header = entry.header
        self._time = header.t
        if self.first_time is None:
            self.first_time = header.t
        for origin, tip in header.seen.items():
            self._named[origin] = tip.size
            self.first_named.setdefault(origin, tip.size)
            self.claims.append(Claim(place, tip))
        if header.seal is None:
            self.receipts += 1
        else:
            self.lines.append(ActLine(self.member.name, header.n, place, header.seal, header.to))

    def _check(self, header: Header, n: int) -> None:
        origin = self.member.origin
        if header.log != origin or header.n != n:
            raise Malformed(
                f"expected entry {n} of {origin}, found entry {header.n} of {header.log}."
            )
        if header.founding is not None and header.founding != self.founding.id:
            raise Malformed("founding: this entry belongs to another founding.")
        if header.t < self._time:
            raise Malformed("t: its time is before that of the entry that it follows.")
        if header.to is not None and header.to.logs is not None:
            strangers = header.to.logs - self.founding.origins
            if strangers:
                raise Malformed(f"to: {min(strangers)} is no log of this founding.")
        for other, tip in header.seen.items():
            if other not in self.founding.origins:
                raise Malformed(f"seen: {other} is no log of this founding.")
            if tip.size <= self._named.get(other, 0):
                raise Malformed(
                    f"seen: {other} does not grow: {tip.size} after {self._named[other]}."
                )
