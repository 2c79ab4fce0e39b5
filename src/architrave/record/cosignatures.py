"""Cosignatures with a time, by keys of type 04 and 06 (C2SP tlog-cosignature).

Wire form: a signature line of a note whose payload is the time in seconds since
1970-01-01T00:00:00Z, as a big-endian unsigned 64-bit number, and a signature. It says: at that time
this was the largest tree of that origin, consistent with all before it, that the cosigner had seen.
The time is the cosigner's word alone.

Type 04, Ed25519, 72 bytes of payload, signs::

    cosignature/v1
    time <seconds in decimal>
    <text of the checkpoint, three lines>

The cosigner's name is not covered, so one key pair is used under one name only. Type 06, ML-DSA-44,
2,428 bytes of payload, signs these bytes, numbers being big-endian::

    "subtree/v1" 0A 00
    length of the cosigner's name (1 byte), the name
    time (8 bytes)
    length of the origin (1 byte), the origin
    0 (8 bytes), size (8 bytes), root (32 bytes)

A cosigner with keys of both types signs with both: it counts only where all its keys have signed.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from architrave.record.errors import BadSignature, Malformed
from architrave.record.keys import SIGNATURE_SIZE, PrivateKey
from architrave.record.mldsa import MLDSA_SIGNATURE_SIZE, MldsaPrivateKey
from architrave.record.vkeys import KeyType, NoteKey, NoteSignature, parse_vkey

if TYPE_CHECKING:  # a note is verified with the help of this module
    from architrave.record.checkpoints import Checkpoint
    from architrave.record.notes import Note

__all__ = [
    "COSIGNATURES",
    "MAX_NAME",
    "CosignerKey",
    "cosign",
    "cosigners",
    "parse_cosigner",
    "verify_cosignature",
]

COSIGNATURES = {
    KeyType.COSIGNATURE: SIGNATURE_SIZE,
    KeyType.MLDSA: MLDSA_SIGNATURE_SIZE,
}
"""The types of keys that cosign, and the bytes of their signatures."""

MAX_NAME = 255
"""Bytes of the longest name and origin that a signature of type 06 can cover."""

CosignerKey = PrivateKey | MldsaPrivateKey

_TIME_SIZE = 8
_SUBTREE = b"subtree/v1\n\0"


def cosign(checkpoint: Checkpoint, name: str, key: CosignerKey, seconds: int) -> NoteSignature:
    """The cosignature of `key` under `name` at `seconds` since 1970; ValueError outside 64 bits.

    Malformed if a key of type 06 cannot cover a name that long.
    """
    if not 0 <= seconds < 2**64:
        raise ValueError(f"the time of a cosignature has 64 bits, found {seconds}")
    kind = KeyType.MLDSA if isinstance(key, MldsaPrivateKey) else KeyType.COSIGNATURE
    named = NoteKey(name, kind, key.public.raw)
    signature = key.sign(_message(named, checkpoint.text, seconds))
    return NoteSignature(name, named.key_id, seconds.to_bytes(_TIME_SIZE, "big") + signature)


def parse_cosigner(vkey: str) -> NoteKey:
    """Read the vkey of a cosigner; Malformed if it is none, or its key does not cosign."""
    key = parse_vkey(vkey)
    if key.kind not in COSIGNATURES:
        raise Malformed(f"the key of {key.name} is none that cosigns.")
    return key


# The same line is met again in every note that carries it; only what held is remembered.
@lru_cache(maxsize=1_024)
def verify_cosignature(text: str, signature: NoteSignature, key: NoteKey) -> int:
    """The time, in seconds since 1970, at which `key` cosigned the checkpoint with this text.

    BadSignature if the line is not by this key, or not over this text and its own time.
    """
    if key.kind not in COSIGNATURES:
        raise ValueError(f"the key of {key.name} is of type {int(key.kind)}, expected 4 or 6")
    if not signature.names(key):
        raise BadSignature(f"cosignature: the line names {signature.name}, not {key.name}.")
    expected = _TIME_SIZE + COSIGNATURES[key.kind]
    if len(signature.payload) != expected:
        raise BadSignature(
            f"cosignature of {key.name}: expected {expected} bytes, found {len(signature.payload)}."
        )
    seconds = int.from_bytes(signature.payload[:_TIME_SIZE], "big")
    try:
        message = _message(key, text, seconds)
    except Malformed as fault:
        raise BadSignature(f"cosignature of {key.name}: {fault}") from None
    if not key.verifies(signature.payload[_TIME_SIZE:], message):
        raise BadSignature(f"cosignature of {key.name}: it is not over this checkpoint and time.")
    return seconds


def cosigners(note: Note, keys: Collection[NoteKey]) -> dict[str, int]:
    """Who of `keys` cosigned the note: each name with its time in seconds since 1970.

    A name counts once all of its keys have signed; the time is when the last of them had. Of two
    good lines of one key the earlier counts: it says more. Keys that sign no cosignatures and lines
    by other keys are passed over. BadSignature if a line by one of the keys does not hold.
    """
    times: dict[str, int] = {}
    lacking: set[str] = set()
    for key in keys:
        if key.kind not in COSIGNATURES:
            continue
        lines = [line for line in note.signatures if line.names(key)]
        if lines:
            earliest = min(verify_cosignature(note.text, line, key) for line in lines)
            times[key.name] = max(earliest, times.get(key.name, 0))
        else:
            lacking.add(key.name)
    return {name: seconds for name, seconds in times.items() if name not in lacking}


def _message(key: NoteKey, text: str, seconds: int) -> bytes:
    if key.kind == KeyType.COSIGNATURE:
        return f"cosignature/v1\ntime {seconds}\n{text}".encode()
    # Checkpoints are notes, and notes are verified with the help of this module.
    from architrave.record.checkpoints import parse_checkpoint

    checkpoint = parse_checkpoint(text)
    return b"".join(
        [
            _SUBTREE,
            _with_length(key.name),
            seconds.to_bytes(8, "big"),
            _with_length(checkpoint.origin),
            bytes(8),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        ]
    )


def _with_length(name: str) -> bytes:
    data = name.encode()
    if len(data) > MAX_NAME:
        raise Malformed(f"name {name[:40]!r}…: at most {MAX_NAME} bytes, found {len(data)}.")
    return bytes([len(data)]) + data
