"""One log of an export: its checkpoints, every bundle and tile, and every entry's header.

What does not depend on another log is checked here. Reading stops at the first entry that does not
hold; the files beside it are still compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import partial

from architrave.record.audit_headers import ActLine, Claim, Headers, entry_place
from architrave.record.audit_notes import OpenedNote, open_accounted
from architrave.record.audit_state import LogState
from architrave.record.audit_succession import LogKeys, keys_of_log
from architrave.record.checkpoints import Checkpoint
from architrave.record.edge import EdgeTree, edges_of
from architrave.record.errors import Malformed
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member
from architrave.record.layout import checkpoint_path, folder_of, signed_path
from architrave.record.tiles import (
    TILE_WIDTH,
    decode_bundle,
    entries_path,
    growth_from_tiles,
    tile_bytes,
    tile_path,
    tiles_of,
)
from architrave.record.tree import EMPTY_ROOT, HASH_SIZE, Tree, consistency_old_root, leaf_hash

__all__ = ["ReadFile", "ReadLog", "Spread", "log_state", "open_log", "read_log", "root_of"]

ReadFile = Callable[[str], bytes | None]
"""The bytes of a file of the export, by its relative path; None if it is not there."""

Spread = Callable[[Callable[[int], "RangeRead"], Iterable[int]], Iterable["RangeRead"]]
"""Does some work for each of several numbers, in order: `map`, or that of a pool of processes.

For a pool of processes the `read` of the audit must be one that can be sent to them.
"""

RANGE_BUNDLES = 4
"""How many bundles are read by one process at a time."""


@dataclass(slots=True)
class ReadLog:
    """A log as far as it was read.

    `top` is the later checkpoint that holds, `cosigned` the one in the cosigned file. `rooted` says
    that `tree` leads to `top`; `complete` that every entry was read and its header holds. With a
    state of an earlier audit, `since`, only what is new is in `tree`, `lines` and `claims`.
    """

    member: Member
    folder: str
    keys: LogKeys
    cosigned: OpenedNote | None = None
    top: Checkpoint | None = None
    top_note: bytes = b""
    since: LogState | None = None
    time: int = 0
    named: dict[str, int] = field(default_factory=dict)
    tree: Tree = field(default_factory=Tree)
    rooted: bool = False
    complete: bool = False
    receipts: int = 0
    lines: list[ActLine] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def start(self) -> int:
        """How many entries were read in an earlier audit."""
        return self.since.size if self.since is not None else 0

    @property
    def first(self) -> int:
        """The first entry of the bundle in which the reading begins."""
        return self.start - self.start % TILE_WIDTH

    def fault(self, place: str, message: str) -> None:
        """Note a fault of a file in this log's folder, by its path within it."""
        self.faults.append(Fault(f"{self.folder}/{place}", message))

    def entry_fault(self, n: int, message: str) -> None:
        """Note a fault of entry `n`."""
        assert self.top is not None
        self.faults.append(Fault(entry_place(self.folder, n, self.top.size), message))


def open_log(
    read: ReadFile, member: Member, founding: Founding, since: LogState | None = None
) -> ReadLog:
    """Open a log's checkpoints; what is wrong with them stands in `faults`.

    So does that they cover less than the state of an earlier audit, `since`.
    """
    folder = folder_of(member)
    data = read(checkpoint_path(folder))
    faults: list[Fault] = []
    keys = keys_of_log(read, member, founding, folder, data, faults)
    log = ReadLog(member, folder, keys, faults=faults)
    key = keys.latest.note_key
    if data is None:
        log.fault("checkpoint", "the file is missing.")
    else:
        log.cosigned = open_accounted(
            data, checkpoint_path(folder), member, key, founding, True, log.faults
        )
        log.top = log.cosigned.checkpoint if log.cosigned else None
        log.top_note = data
    data = read(signed_path(folder))
    if data is not None:
        later = open_accounted(data, signed_path(folder), member, key, founding, False, log.faults)
        if later is not None:
            _take_later(log, later.checkpoint, data)
    if since is not None and log.top is not None:
        if log.top.size < since.size:
            log.fault("checkpoint", f"covers {log.top.size} entries, {since.size} were audited.")
            return log
        log.since = since
        log.tree = EdgeTree(log.first, since.edges)
    return log


def _take_later(log: ReadLog, later: Checkpoint, data: bytes) -> None:
    if log.top is not None and later.size < log.top.size:
        log.fault("checkpoint.signed", f"covers {later.size} entries, the other {log.top.size}.")
    elif log.top is not None and later.size == log.top.size and later.root != log.top.root:
        log.fault("checkpoint.signed", "has another root than the cosigned one of its size.")
    else:
        log.top, log.top_note = later, data


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
    headers = Headers(log.member, founding, log.start, log.keys)
    if log.since is not None:
        headers.time, headers.named = log.since.time, dict(log.since.named)
    bundles_hold = _read_bundles(log, read, headers, step, spread)
    if bundles_hold and log.tree.root() == log.top.root:
        log.rooted = True
        if headers.fault is None:
            log.complete = True
        else:
            log.faults.append(headers.fault)
    elif log.since is not None:
        log.fault("checkpoint", "what is new here does not lead to it from what was audited.")
    else:
        headers.receipts = 0
        headers.lines.clear()
        headers.claims.clear()
        _fall_back(log, read, log.top, bundles_hold)
    log.receipts, log.lines, log.claims = headers.receipts, headers.lines, headers.claims
    log.time, log.named = headers.time, headers.named
    if log.rooted:
        _check_tiles(log, read, log.top.size)
        _check_smaller(log, read)


def _check_smaller(log: ReadLog, read: ReadFile) -> None:
    if log.cosigned is not None:
        small = log.cosigned.checkpoint
        if root_of(log, read, small.size) != small.root:
            log.fault("checkpoint", "its root is not that of the first entries here.")


def root_of(log: ReadLog, read: ReadFile, size: int) -> bytes:
    """The root of the first `size` entries of a log whose tree leads to its checkpoint.

    What an earlier audit has read is shown by the tiles of hashes, and they are checked:
    RecordError if they do not lead to the root that was audited.
    """
    if size >= log.first or log.since is None:
        return log.tree.root(size)
    if size == 0:
        return EMPTY_ROOT
    assert log.top is not None
    proof = growth_from_tiles(
        size, log.first, log.top.size, lambda path: read(f"{log.folder}/{path}")
    )
    return consistency_old_root(size, log.first, log.tree.root(log.first), proof)


def log_state(log: ReadLog, public_acts: int, erased_acts: int) -> LogState:
    """What the next audit needs of a log in which nothing is at fault."""
    assert log.top is not None
    before = log.since
    return LogState(
        origin=log.member.origin,
        size=log.top.size,
        root=log.top.root,
        note=log.top_note,
        time=log.time,
        named=log.named,
        edges=edges_of(log.tree, log.top.size),
        receipts=log.receipts + (before.receipts if before else 0),
        acts=len(log.lines) + (before.acts if before else 0),
        public_acts=public_acts,
        erased_acts=erased_acts,
    )


# -- bundles and tiles ------------------------------------------------------------------------


def _read_bundles(
    log: ReadLog,
    read: ReadFile,
    headers: Headers,
    step: Callable[[int], None],
    spread: Spread,
) -> bool:
    """Fill the tree from the bundles; False, with the fault noted, if one is not to be read."""
    assert log.top is not None
    size = log.top.size
    work = partial(_read_range, read, log.member, headers.founding, log.keys, size, log.start)
    firsts = range(log.first // TILE_WIDTH, -(-size // TILE_WIDTH), RANGE_BUNDLES)
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
    headers: Headers
    stopped: Fault | None = None


def _read_range(
    read: ReadFile,
    member: Member,
    founding: Founding,
    keys: LogKeys,
    size: int,
    start: int,
    first: int,
    headers: Headers | None = None,
) -> RangeRead:
    """Read up to RANGE_BUNDLES bundles from `first` on; without `headers`, from no known past."""
    folder = folder_of(member)
    found = RangeRead(bytearray(), headers or Headers(member, founding, start, keys))
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
            log.entry_fault(n, "it is not the entry that the checkpoint covers.")
        log.tree, log.rooted = found, True
    elif bundles_hold and found is not None and _first_difference(log.tree, found) < top.size:
        n = _first_difference(log.tree, found)
        log.entry_fault(n, "the entry and its tile differ, and neither leads to the checkpoint.")
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


def _check_tiles(log: ReadLog, read: ReadFile, size: int) -> None:
    for level, index, width in tiles_of(size, log.start):
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
