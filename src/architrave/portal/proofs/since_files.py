"""Comparing checkpoints with the help of this copy, and the files that show what came out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from architrave.node.files import published_log
from architrave.peer.peer import Peer
from architrave.record.branches import Branch
from architrave.record.checkpoints import parse_checkpoint
from architrave.record.continuity import (
    Compared,
    Held,
    Outcome,
    SignedNote,
    compare,
    open_signed,
)
from architrave.record.founding import Member
from architrave.record.notes import NoteKey, parse_note
from architrave.record.witness import format_add_checkpoint

__all__ = ["Pair", "growth_file", "growth_of", "opened", "pair_file", "pairs", "parting_line"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two checkpoints that were compared; `held` is the branch with whose tree."""

    found: Compared
    held: Branch


def opened(peer: Peer, data: bytes) -> SignedNote:
    """Read a checkpoint of any log that this copy knows; RecordError if it does not hold."""

    def key_of(log: str) -> NoteKey | None:
        replica = peer.replicas.get(log)
        return replica.key if replica is not None else None

    return open_signed(data, peer.founding, key_of)


def pairs(peer: Peer, firsts: list[SignedNote], seconds: list[SignedNote]) -> list[Pair]:
    """Compare the first notes with the second ones of the same book.

    A note without another of its book is compared with what this copy has of that book, and so are
    both of two that this copy alone cannot compare.
    """
    found: list[Pair] = []
    alone: list[SignedNote] = []
    for note in firsts:
        others = [one for one in seconds if one.member == note.member]
        alone += [] if others else [note]
        found += [_compared(peer, note, one) for one in others]
    with_first = {one.member.name for one in firsts}
    alone += [one for one in seconds if one.member.name not in with_first]
    for pair in list(found):
        if pair.found.outcome in (Outcome.BEYOND, Outcome.ELSEWHERE):
            alone += [pair.found.old, pair.found.new]
    once = {note.data: note for note in alone}
    return found + [_with_this_copy(peer, note) for note in once.values()]


def _with_this_copy(peer: Peer, note: SignedNote) -> Pair:
    notes = list(_own(peer, note))
    tried = [_compared(peer, note, one) for one in notes]
    # What convicts is worth more than what merely does not fit.
    return next((one for one in tried if one.found.convicts), tried[0])


def _own(peer: Peer, note: SignedNote) -> Iterator[SignedNote]:
    """This copy's checkpoints of a book: the newest, and the last under the name of the note."""
    log = published_log(peer, note.member)
    newest = [one for one in (log.signed, log.checkpoint) if one]
    last = peer.replicas[note.checkpoint.origin].note
    for data in dict.fromkeys([*newest[:1], last]):
        if data:
            yield opened(peer, data)


def _compared(peer: Peer, one: SignedNote, other: SignedNote) -> Pair:
    new = max((one, other), key=lambda note: note.checkpoint.size).checkpoint
    main = peer.history.main(one.member.origin)
    branches = list(peer.branches_of(one.member.origin))
    leads = [branch for branch in branches if _root(branch, new.size) == new.root]
    branch = leads[0] if leads else main
    starts = {log: s.continues.size for log, s in peer.history.successions.items()}
    held = Held(branch.size, branch.tree.long_consistency, starts)
    return Pair(compare(one, other, held), branch)


def _root(branch: Branch, size: int) -> bytes:
    return branch.tips[size - 1].root if 0 < size <= branch.size else b""


def parting_line(peer: Peer, pair: Pair) -> int | None:
    """The first line in which two histories differ, where this copy holds both; else None."""
    old = pair.found.old
    for branch in peer.branches_of(old.member.origin):
        if _root(branch, old.checkpoint.size) == old.checkpoint.root:
            most = min(branch.size, pair.held.size)
            place = bisect_left(range(most), True, key=lambda at: _differ(branch, pair.held, at))
            if place < most:
                return place + 1
    return None


def _differ(one: Branch, other: Branch, at: int) -> bool:
    return one.tips[at].root != other.tips[at].root


def pair_file(pair: Pair) -> bytes:
    """The portable proof of what came out; empty where it shows nothing to others."""
    found = pair.found
    if found.outcome is Outcome.CONTINUES:
        return format_add_checkpoint(found.old.checkpoint.size, found.proof, found.new.data)
    return found.convicts


def growth_file(peer: Peer, member: Member, size: int) -> bytes | None:
    """That a member's book, as all have co-signed it, begins with its first `size` lines.

    Under the author's signature alone while not all have. None if it has no such lines.
    """
    log = published_log(peer, member)
    for note in (log.checkpoint, log.signed):
        if note:
            upto = parse_checkpoint(parse_note(note).text).size
            if 0 < size <= upto:
                proof = growth_of(log.branch, size, upto)
                return format_add_checkpoint(size, proof, note)
    return None


def growth_of(branch: Branch, old: int, new: int) -> list[bytes]:
    """The consistency proof between two sizes of a branch."""
    return branch.tree.consistency(old, new) if old < new else []
