"""Whether a later checkpoint continues an earlier one, and what shows that it does or does not.

Two checkpoints are compared with the help of a tree that somebody holds: proofs are made from it
and then verified, so a tree that is wrong settles nothing and never convicts anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.record.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint
from architrave.record.cosignatures import cosigners
from architrave.record.equivocation import check_equivocation, format_equivocation
from architrave.record.errors import Malformed, OtherRecord, ProofFailed
from architrave.record.founding import Founding, Member
from architrave.record.notes import NoteKey, parse_note
from architrave.record.origins import first_log, generation_of
from architrave.record.tree import consistency_old_root, verify_consistency

__all__ = [
    "Compared",
    "Held",
    "Outcome",
    "SignedNote",
    "compare",
    "open_signed",
    "split_notes",
    "tidied_note",
]


class Outcome(StrEnum):
    """What two checkpoints of one party are to each other.

    SAME: one root. CONTINUES: the later begins with the earlier. PARTED: it does not. LEFT_OUT: the
    later is of a log that succeeds that of the earlier and, as all parties have agreed, goes on
    before its end. BEYOND: the tree does not reach far enough to tell. ELSEWHERE: the tree does not
    lead to the later one.
    """

    SAME = "same"
    CONTINUES = "continues"
    PARTED = "parted"
    LEFT_OUT = "left-out"
    BEYOND = "beyond"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A checkpoint that its log signed: the note's bytes, the key, whose log it is.

    `cosigned` holds the times (seconds since 1970) of the cosignatures that it bears.
    """

    data: bytes
    checkpoint: Checkpoint
    key: NoteKey
    member: Member
    cosigned: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A tree that somebody holds: its size, and consistency proofs from it in the long form.

    `starts` tells, by name of a log that succeeds another, how many entries it took over.
    """

    size: int
    prove: Callable[[int, int], list[bytes]]
    starts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two checkpoints, the earlier first, and what came out.

    `proof` leads from the earlier to the later, in the form of RFC 9162, where the later continues
    the earlier. `convicts` is the portable proof of two histories where both are of one log.
    """

    old: SignedNote
    new: SignedNote
    outcome: Outcome
    proof: tuple[bytes, ...] = ()
    convicts: bytes = b""


def tidied_note(text: str) -> bytes:
    """A note as it was served, from text that went through a form or an editor.

    Those end lines in other ways and lose or add empty lines at the ends. Nothing else is changed.
    """
    return (text.replace("\r\n", "\n").strip("\ufeff \t\r\n") + "\n").encode("utf-8", "replace")


def split_notes(text: str) -> tuple[bytes, ...]:
    """The notes in a text, one after another, each as `tidied_note` gives it.

    A note ends with its lines of signatures: whatever follows them begins the next one.
    """
    notes: list[list[str]] = []
    signed = True
    for line in tidied_note(text).decode().split("\n"):
        if signed and line and not line.startswith("\u2014 "):
            notes.append([])
            signed = False
        if notes:
            notes[-1].append(line)
            signed = signed or line.startswith("\u2014 ")
    return tuple(tidied_note("\n".join(lines)) for lines in notes)


def open_signed(
    data: bytes, founding: Founding, key_of: Callable[[str], NoteKey | None]
) -> SignedNote:
    """Read a checkpoint of any log of a founding; `key_of` gives the key of a log by its name.

    OtherRecord if it is of no log that is known, another RecordError if it is not in its form, not
    signed by that key, or a cosignature does not hold.
    """
    origin = parse_checkpoint(parse_note(data).text).origin
    if first_log(origin) not in founding.origins:
        raise OtherRecord(f"checkpoint: {origin} is no log of this founding.")
    key = key_of(origin)
    if key is None:
        raise OtherRecord(f"checkpoint: the key of {origin} is not known here.")
    checkpoint, note = open_checkpoint(data, key)
    if checkpoint.size == 0:
        raise Malformed(f"checkpoint of {origin}: it covers no line.")
    member = founding.member(origin)
    others = [key for one in founding.members if one != member for key in one.cosigners]
    return SignedNote(data, checkpoint, key, member, cosigners(note, others))


def compare(one: SignedNote, other: SignedNote, held: Held) -> Compared:
    """What two checkpoints of one party's logs are to each other, as far as a tree can tell.

    ValueError if they are of different parties.
    """
    if one.member != other.member:
        raise ValueError("checkpoints of two parties have nothing to do with each other")
    old, new = sorted((one, other), key=lambda note: note.checkpoint.size)
    before, after = old.checkpoint, new.checkpoint
    if before.size == after.size:
        same = before.root == after.root
        return Compared(old, new, Outcome.SAME) if same else _parted(old, new, [], held)
    if after.size > held.size:
        return Compared(old, new, Outcome.BEYOND)
    proof = held.prove(before.size, after.size)
    try:
        reached = consistency_old_root(before.size, after.size, after.root, proof)
    except ProofFailed:
        return Compared(old, new, Outcome.ELSEWHERE)
    if reached != before.root:
        return _parted(old, new, proof, held)
    short = proof[1:] if before.size & (before.size - 1) == 0 else proof
    verify_consistency(before.size, after.size, before.root, after.root, short)
    return Compared(old, new, Outcome.CONTINUES, tuple(short))


def _parted(old: SignedNote, new: SignedNote, proof: list[bytes], held: Held) -> Compared:
    if old.checkpoint.origin == new.checkpoint.origin:
        convicts = format_equivocation(old.data, new.data, proof)
        check_equivocation(convicts, new.key)
        return Compared(old, new, Outcome.PARTED, convicts=convicts)
    # A party may have signed more under its old name than those who let it go on had received.
    first, later = sorted((old, new), key=_generation)
    between = [
        start
        for log, start in held.starts.items()
        if _generation(first) < generation_of(log) <= _generation(later)
    ]
    left_out = first.checkpoint.size > min(between, default=first.checkpoint.size)
    return Compared(old, new, Outcome.LEFT_OUT if left_out else Outcome.PARTED)


def _generation(note: SignedNote) -> int:
    return generation_of(note.checkpoint.origin)
