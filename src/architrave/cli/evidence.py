"""What one line shows of itself: its times as evidence, who has received it, a proof to keep."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.cli.faults import Unclear
from architrave.cli.look import Look
from architrave.record.checkpoints import open_checkpoint
from architrave.record.cosignatures import cosigners
from architrave.record.entries import Tip
from architrave.record.proofs import OfflineProof, format_offline_proof, verify_offline_proof
from architrave.record.vkeys import NoteKey

__all__ = ["Received", "Times", "received", "times", "tlog_proof"]


@dataclass(frozen=True, slots=True)
class Times:
    """A line's time as its author claims it, and the interval that others' lines and signatures
    give (ms since 1970).

    `not_before` is the time of the newest line of another book that it acknowledges, `not_after`
    that of the latest co-signature needed on the checkpoint that this copy holds; null where there
    is none. `outside` says that the claim lies outside that interval.
    """

    claimed: int
    not_before: int | None
    not_after: int | None
    outside: bool


@dataclass(frozen=True, slots=True)
class Received:
    """The first line of another party's book that acknowledges a line, and that line's time."""

    party: str
    line: int | None
    at: int | None


def times(look: Look, tip: Tip) -> Times:
    """The times of a line as evidence."""
    history = look.history
    claimed = history.entry(tip).header.t
    before, after = history.seen_until(tip), _cosigned_by(look, tip)
    outside = (before is not None and claimed < before) or (after is not None and claimed > after)
    return Times(claimed, before, after, outside)


def _cosigned_by(look: Look, tip: Tip) -> int | None:
    """The time (ms) of the latest co-signature needed on a checkpoint that covers the line.

    A co-signature names a second; the line was there before that second was over.
    """
    note_bytes = look.peer.note(tip.origin)
    if not note_bytes:
        return None
    author = look.state.founding.member(tip.origin)
    checkpoint, note = open_checkpoint(note_bytes, _log_key(look, tip))
    others = [one for one in look.state.founding.members if one != author]
    signed = cosigners(note, [key for one in others for key in one.cosigners])
    if checkpoint.size < tip.size or len(signed) < len(others):
        return None
    return max(signed.values()) * 1000 + 999


def _log_key(look: Look, tip: Tip) -> NoteKey:
    """The key of the party's latest log, whose checkpoints cover its earlier lines too."""
    return look.peer.replicas[look.history.newest(tip.origin)].key


def received(look: Look, tip: Tip) -> tuple[Received, ...]:
    """Where each other party's book first acknowledges a line."""
    rows = []
    for party in look.order:
        upto = look.view.tip(party)
        if party == look.state.party_of(tip.origin):
            continue
        first = look.history.first_naming(upto, tip) if upto is not None else None
        at = look.history.entry(first).header.t if first is not None else None
        rows.append(Received(party, first.size if first is not None else None, at))
    return tuple(rows)


def tlog_proof(look: Look, tip: Tip) -> tuple[bytes, bytes]:
    """A proof file (C2SP tlog-proof) that a line is in its book, and the line's own bytes.

    Unclear while the checkpoint held is not co-signed by every other party or ends before it.
    """
    founding = look.state.founding
    author = founding.member(tip.origin)
    name = look.line(tip)
    if _cosigned_by(look, tip) is None:
        raise Unclear(f"{name}: no checkpoint that all others have co-signed covers this line yet.")
    note = look.peer.note(tip.origin)
    checkpoint, _ = open_checkpoint(note, _log_key(look, tip))
    branch = look.history.main(tip.origin)
    size = checkpoint.size
    if branch.size < size or branch.tips[size - 1].root != checkpoint.root:
        raise Unclear(f"{name}: this copy does not hold the checkpoint that all have co-signed.")
    entry = branch.entries[tip.size - 1].data
    hashes = tuple(branch.tree.inclusion(tip.size - 1, checkpoint.size))
    proof = OfflineProof(tip.size - 1, hashes, note)
    others = [one for one in founding.members if one != author]
    keys = [key for one in others for key in one.cosigners]
    verify_offline_proof(proof, entry, _log_key(look, tip), keys)
    return format_offline_proof(proof), entry
