"""Cosignatures with a time, Ed25519, key type 04 (C2SP tlog-cosignature).

Wire form: a signature line of a note whose payload is 72 bytes, the time in seconds since
1970-01-01T00:00:00Z as a big-endian unsigned 64-bit number and an Ed25519 signature over::

    cosignature/v1
    time <seconds in decimal>
    <text of the checkpoint, three lines>

It says: at that time this was the largest tree of that origin, consistent with all before it, that
the cosigner had seen. The time is the cosigner's word alone. The cosigner's name is not covered by
the signature, so one key pair is used under one name only.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from architrave.record.errors import BadSignature
from architrave.record.keys import SIGNATURE_SIZE, PrivateKey
from architrave.record.vkeys import KeyType, NoteKey, NoteSignature

if TYPE_CHECKING:  # a note is verified with the help of this module
    from architrave.record.checkpoints import Checkpoint
    from architrave.record.notes import Note

__all__ = ["cosign", "cosigners", "verify_cosignature"]

_TIME_SIZE = 8


def cosign(checkpoint: Checkpoint, name: str, key: PrivateKey, seconds: int) -> NoteSignature:
    """The cosignature of `key` under `name` at `seconds` since 1970; ValueError outside 64 bits."""
    if not 0 <= seconds < 2**64:
        raise ValueError(f"the time of a cosignature has 64 bits, found {seconds}")
    named = NoteKey(name, KeyType.COSIGNATURE, key.public.raw)
    signature = key.sign(_message(checkpoint.text, seconds))
    return NoteSignature(name, named.key_id, seconds.to_bytes(_TIME_SIZE, "big") + signature)


# The same line is met again in every note that carries it; only what held is remembered.
@lru_cache(maxsize=1_024)
def verify_cosignature(text: str, signature: NoteSignature, key: NoteKey) -> int:
    """The time, in seconds since 1970, at which `key` cosigned the checkpoint with this text.

    BadSignature if the line is not by this key, or not over this text and its own time.
    """
    if key.kind != KeyType.COSIGNATURE:
        raise ValueError(f"the key of {key.name} is of type {int(key.kind)}, expected 4")
    if not signature.names(key):
        raise BadSignature(f"cosignature: the line names {signature.name}, not {key.name}.")
    if len(signature.payload) != _TIME_SIZE + SIGNATURE_SIZE:
        raise BadSignature(
            f"cosignature of {key.name}: expected 72 bytes, found {len(signature.payload)}."
        )
    seconds = int.from_bytes(signature.payload[:_TIME_SIZE], "big")
    if not key.public.verifies(signature.payload[_TIME_SIZE:], _message(text, seconds)):
        raise BadSignature(f"cosignature of {key.name}: it is not over this checkpoint and time.")
    return seconds


def cosigners(note: Note, keys: Collection[NoteKey]) -> dict[str, int]:
    """Who of `keys` cosigned the note: each name with its time in seconds since 1970.

    Keys of other types and lines by other keys are passed over. Of two good lines of one name the
    earlier time counts: it says more. BadSignature if a line by one of the keys does not hold.
    """
    times: dict[str, int] = {}
    for key in keys:
        if key.kind != KeyType.COSIGNATURE:
            continue
        for signature in note.signatures:
            if signature.names(key):
                seconds = verify_cosignature(note.text, signature, key)
                times[key.name] = min(seconds, times.get(key.name, seconds))
    return times


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
