"""Proofs that can be checked without any network (C2SP tlog-proof, files named .tlog-proof).

Wire form; the line with `extra` may be absent::

    c2sp.org/tlog-proof@v1
    extra <base64 of bytes for the application>
    index <position of the entry, in decimal>
    <base64 of a hash of the inclusion proof; 0 to 63 such lines>

    <the cosigned checkpoint, a note, as it was served>

The entry itself is not in the file: whoever shows the proof shows the entry beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from architrave.record import b64
from architrave.record.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    parse_decimal,
    parse_hash,
)
from architrave.record.cosignatures import COSIGNATURES, cosigners
from architrave.record.entries import Tip
from architrave.record.errors import Malformed, ProofFailed, UnknownSigner
from architrave.record.history import Branch
from architrave.record.notes import MAX_NOTE, NoteKey, parse_note
from architrave.record.tree import MAX_PROOF, leaf_hash, verify_inclusion

__all__ = [
    "OfflineProof",
    "format_offline_proof",
    "offline_proof",
    "parse_offline_proof",
    "verify_offline_proof",
]

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MAX_PROOF_FILE = 2 * MAX_NOTE


@dataclass(frozen=True, slots=True)
class OfflineProof:
    """Where an entry is, the inclusion proof and the note with the checkpoint it leads to."""

    index: int
    hashes: tuple[bytes, ...]
    note_bytes: bytes
    extra: bytes | None = None


def parse_offline_proof(data: bytes) -> OfflineProof:
    """Read a proof file without verifying it; Malformed if it is not in its one form."""
    if len(data) > _MAX_PROOF_FILE:
        raise Malformed(f"proof: at most {_MAX_PROOF_FILE} bytes, found {len(data)}.")
    head, gap, note = data.partition(b"\n\n")
    if not gap or not 0 < len(note) <= MAX_NOTE:
        raise Malformed(f"proof: expected an empty line, then a note of 1 to {MAX_NOTE} bytes.")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Malformed("proof: a byte before the note is not ASCII.") from None
    if lines.pop(0) != _FIRST_LINE:
        raise Malformed(f"proof, line 1: expected {_FIRST_LINE}.")
    number = 2
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = b64.decode(lines.pop(0).removeprefix("extra "))
        if not extra:
            raise Malformed("proof, line 2: extra without bytes; the line is left out instead.")
        number = 3
    if not lines or not lines[0].startswith("index "):
        raise Malformed(f"proof, line {number}: expected index and a number.")
    index = parse_decimal(lines.pop(0).removeprefix("index "), f"proof, line {number}")
    if len(lines) > MAX_PROOF:
        raise Malformed(f"proof: at most {MAX_PROOF} hashes, found {len(lines)}.")
    hashes = tuple(
        parse_hash(line, f"proof, line {place}") for place, line in enumerate(lines, number + 1)
    )
    return OfflineProof(index, hashes, note, extra)


def format_offline_proof(proof: OfflineProof) -> bytes:
    """The bytes of a proof file; Malformed if `parse_offline_proof` would refuse them."""
    extra = "" if proof.extra is None else f"extra {b64.encode(proof.extra)}\n"
    hashes = "".join(f"{b64.encode(value)}\n" for value in proof.hashes)
    head = f"{_FIRST_LINE}\n{extra}index {proof.index}\n{hashes}\n"
    data = head.encode() + proof.note_bytes
    parse_offline_proof(data)
    return data


def offline_proof(branch: Branch, tip: Tip, note: bytes) -> bytes:
    """The proof file of the entry that `tip` names, under the checkpoint that `note` carries.

    `branch` holds the entry and leads to the checkpoint; the note's signatures are not verified
    here. ProofFailed if the checkpoint is not one of this branch or does not cover the entry.
    """
    place = f"proof of entry {tip.size - 1} of {tip.origin}"
    checkpoint = parse_checkpoint(parse_note(note).text)
    if not 0 < tip.size <= branch.size or branch.tips[tip.size - 1] != tip:
        raise ProofFailed(f"{place}: the entry is not held on this branch.")
    if checkpoint.size < tip.size:
        raise ProofFailed(f"{place}: the checkpoint covers {checkpoint.size} entries only.")
    if checkpoint.size > branch.size or branch.tips[checkpoint.size - 1] != (
        Tip(checkpoint.origin, checkpoint.size, checkpoint.root)
    ):
        raise ProofFailed(f"{place}: the checkpoint is not one of this branch.")
    hashes = tuple(branch.tree.inclusion(tip.size - 1, checkpoint.size))
    return format_offline_proof(OfflineProof(tip.size - 1, hashes, note))


def verify_offline_proof(
    proof: OfflineProof, entry: bytes, log_key: NoteKey, cosigner_keys: Collection[NoteKey]
) -> Checkpoint:
    """The checkpoint under which the log holds `entry` at the proof's index.

    Every one of `cosigner_keys` (type 04 or 06) must have cosigned it: UnknownSigner names one that
    did not. BadSignature, ProofFailed or Malformed if anything else does not hold.
    """
    checkpoint, note = open_checkpoint(proof.note_bytes, log_key)
    for key in cosigner_keys:
        if key.kind not in COSIGNATURES:
            raise ValueError(f"the key of {key.name} is of type {int(key.kind)}, expected 4 or 6")
        if not cosigners(note, [key]):
            raise UnknownSigner(f"proof: {key.name} has not cosigned the checkpoint.")
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint
