"""A checkpoint of an export, line by line: no line is passed over.

A node ignores signature lines of keys that it does not know. An audit cannot: a line that nobody
accounts for might be a cosignature with one changed byte. So the lines stand in one order, the
log's own first, then the others in the order of the founding, each key at most once. A party has
cosigned once a line of each of its keys stands there.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.record.checkpoints import Checkpoint, parse_checkpoint
from architrave.record.cosignatures import verify_cosignature
from architrave.record.errors import BadSignature, RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member
from architrave.record.notes import Note, parse_note
from architrave.record.tree import EMPTY_ROOT
from architrave.record.vkeys import NoteKey

__all__ = ["OpenedNote", "open_accounted"]

_LINES_BEFORE_SIGNATURES = 4  # origin, size, root, an empty line


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A checkpoint that its log signed, and the parties, by name, whose cosignature holds."""

    checkpoint: Checkpoint
    cosigners: tuple[str, ...]


def open_accounted(
    data: bytes,
    place: str,
    member: Member,
    key: NoteKey,
    founding: Founding,
    cosigned: bool,
    faults: list[Fault],
) -> OpenedNote | None:
    """Read a checkpoint of a member's log; None if the log did not sign one here.

    `key` is that of the member's latest log. With `cosigned` the other members may have cosigned
    it; without, only the log's line may stand there. Every line that does not hold, or that nobody
    accounts for, is added to `faults`.
    """
    try:
        note = parse_note(data)
        checkpoint = parse_checkpoint(note.text)
    except RecordError as fault:
        faults.append(Fault(place, str(fault)))
        return None
    if checkpoint.origin != key.name:
        faults.append(Fault(place, f"expected {key.name}, found {checkpoint.origin}."))
        return None
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        faults.append(Fault(place, "a log without entries has the root of the empty tree."))
        return None
    if not _signed_first(note, place, key, faults):
        return None
    others = [one for one in founding.members if one != member] if cosigned else []
    return OpenedNote(checkpoint, _cosigners(note, place, others, faults))


def _signed_first(note: Note, place: str, key: NoteKey, faults: list[Fault]) -> bool:
    first = note.signatures[0]
    where = f"{place} line {_LINES_BEFORE_SIGNATURES + 1}"
    if not first.names(key):
        faults.append(
            Fault(where, f"expected the signature of {key.name}, found a line of {first.name}.")
        )
        return False
    if not key.public.verifies(first.payload, note.text.encode()):
        faults.append(Fault(where, f"the signature of {key.name} is not over this checkpoint."))
        return False
    return True


def _cosigners(
    note: Note, place: str, others: list[Member], faults: list[Fault]
) -> tuple[str, ...]:
    keys = [key for other in others for key in other.cosigners]
    found: set[NoteKey] = set()
    reached = -1
    for number, line in enumerate(note.signatures[1:], _LINES_BEFORE_SIGNATURES + 2):
        where = f"{place} line {number}"
        index = next((n for n, key in enumerate(keys) if line.names(key)), None)
        if index is None:
            faults.append(Fault(where, f"nobody accounts for this line of {line.name}."))
        elif index == reached:
            faults.append(Fault(where, f"{line.name} stands here twice."))
        elif index < reached:
            faults.append(Fault(where, f"the line of {line.name} is out of its order."))
        else:
            reached = index
            try:
                verify_cosignature(note.text, line, keys[index])
            except BadSignature as fault:
                faults.append(Fault(where, str(fault)))
            else:
                found.add(keys[index])
    return tuple(other.name for other in others if found.issuperset(other.cosigners))
