"""The request by which a log asks for a cosignature (C2SP tlog-witness): its bytes, no state.

Wire form of the body of ``POST <prefix>/add-checkpoint``::

    old <size that the witness holds, in decimal>
    <base64 of a hash of the consistency proof; 0 to 63 such lines>

    <the signed checkpoint, a note>

Whether the proof holds is judged by `tree.check_growth`.
"""

from __future__ import annotations

from collections.abc import Sequence

from architrave.record import b64
from architrave.record.checkpoints import parse_decimal, parse_hash
from architrave.record.errors import Malformed
from architrave.record.notes import MAX_NOTE
from architrave.record.tree import MAX_PROOF

__all__ = ["format_add_checkpoint", "parse_add_checkpoint"]

_MAX_HEAD = 4096  # 63 lines of 45 characters and the first line, with room to spare


def parse_add_checkpoint(body: bytes) -> tuple[int, list[bytes], bytes]:
    """The old size, the proof and the note in a request; Malformed if not in its one form.

    The note is handed on as it came; `checkpoints.open_checkpoint` reads it.
    """
    end_of_head = body.find(b"\n\n", 0, _MAX_HEAD)
    if end_of_head < 0:
        raise Malformed(f"add-checkpoint: expected an empty line in the first {_MAX_HEAD} bytes.")
    note = body[end_of_head + 2 :]
    if not 0 < len(note) <= MAX_NOTE:
        raise Malformed(f"add-checkpoint: expected a note of 1 to {MAX_NOTE} bytes.")
    try:
        first, *lines = body[:end_of_head].decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Malformed("add-checkpoint: a byte before the note is not ASCII.") from None
    if not first.startswith("old "):
        raise Malformed(f"add-checkpoint, line 1: expected old and a size, found {first[:40]!r}.")
    old = parse_decimal(first.removeprefix("old "), "add-checkpoint, line 1")
    if len(lines) > MAX_PROOF:
        raise Malformed(f"add-checkpoint: at most {MAX_PROOF} hashes, found {len(lines)}.")
    proof = [
        parse_hash(line, f"add-checkpoint, line {number}") for number, line in enumerate(lines, 2)
    ]
    return old, proof, note


def format_add_checkpoint(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """The body of a request; Malformed if `parse_add_checkpoint` would refuse it."""
    lines = "".join(f"{b64.encode(value)}\n" for value in proof)
    body = f"old {old}\n{lines}\n".encode() + note
    parse_add_checkpoint(body)
    return body
