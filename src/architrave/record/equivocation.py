"""The portable proof that a log has two faces.

Canonical JSON: ``{"first": note, "proof": [hash, ...], "second": note, "v": 1}``, notes and hashes
in base64, the smaller checkpoint first. Each note carries the log's own signature and no other:
what others signed proves nothing here, and a byte that nobody checks could be changed unseen.
Sizes equal: the roots differ and the proof is empty. Otherwise the proof leads from some root of
the first size to the root of the second checkpoint, and that root is not the first checkpoint's:
so the log signed two histories.
"""

from __future__ import annotations

from architrave.record import b64, canonical
from architrave.record.canonical import Value
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.errors import Malformed, ProofFailed
from architrave.record.fields import Fields
from architrave.record.notes import format_note, parse_note
from architrave.record.tree import consistency_old_root
from architrave.record.vkeys import NoteKey

__all__ = ["check_equivocation", "convicted_log", "format_equivocation"]


def format_equivocation(first: bytes, second: bytes, proof: list[bytes]) -> bytes:
    """Return the proof's file: two checkpoint notes, the smaller first, and hashes between them.

    Of each note, the text and the log's own signature are kept.
    """
    first, second = _own_part(first), _own_part(second)
    hashes: list[Value] = []
    hashes.extend(b64.encode(one) for one in proof)
    return canonical.dump(
        {"first": b64.encode(first), "proof": hashes, "second": b64.encode(second), "v": 1}
    )


def _own_part(data: bytes) -> bytes:
    note = parse_note(data)
    origin = note.text.split("\n", 1)[0]
    return format_note(note.text, [line for line in note.signatures if line.name == origin][:1])


def convicted_log(data: bytes) -> str:
    """The name of the log that a proof speaks of; Malformed if it is none. Nothing is checked."""
    fields = Fields.of(canonical.load(data), "proof of two faces")
    return parse_note(b64.decode(fields.text("first"))).text.split("\n", 1)[0]


def check_equivocation(data: bytes, log_key: NoteKey) -> tuple[Checkpoint, Checkpoint]:
    """Return the two checkpoints if they convict the log; RecordError otherwise."""
    fields = Fields.of(canonical.load(data), "proof of two faces")
    fields.require_integer("v", 1)
    first, note = open_checkpoint(b64.decode(fields.text("first")), log_key)
    second, other_note = open_checkpoint(b64.decode(fields.text("second")), log_key)
    proof = [b64.decode(str(one)) for one in fields.values("proof")]
    fields.end()
    if first.size > second.size or first.size == 0:
        raise Malformed(
            "proof of two faces: expected the smaller checkpoint first, not an empty one."
        )
    if len(note.signatures) != 1 or len(other_note.signatures) != 1:
        raise Malformed("proof of two faces: expected the log's own signature on each note, alone.")
    if first.size == second.size:
        if proof:
            raise Malformed("proof of two faces: hashes between checkpoints of one size.")
        honest = first.root == second.root
    else:
        honest = consistency_old_root(first.size, second.size, second.root, proof) == first.root
    if honest:
        raise ProofFailed("proof of two faces: the two checkpoints agree with each other.")
    return first, second
