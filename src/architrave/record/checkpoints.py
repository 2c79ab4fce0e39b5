"""Checkpoints (C2SP tlog-checkpoint): what a log says of itself, as the text of a signed note.

Wire form, three lines and no other::

    <origin>
    <size in decimal>
    <base64 of the root, 32 bytes>

The origin is the name of the log's key. Lines of extension are refused: not every cosignature
covers them, and nobody could audit them. Numbers are printed again to refuse odd spellings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from architrave.record import b64
from architrave.record.errors import Malformed, UnknownSigner
from architrave.record.keys import PrivateKey
from architrave.record.notes import (
    KeyType,
    Note,
    NoteKey,
    NoteSignature,
    check_name,
    open_note,
    sign_note,
)
from architrave.record.tree import HASH_SIZE

__all__ = [
    "SIZE_LIMIT",
    "Checkpoint",
    "open_checkpoint",
    "parse_checkpoint",
    "parse_decimal",
    "parse_hash",
    "sign_checkpoint",
]

SIZE_LIMIT = 2**63
"""Sizes stay below this: a proof has at most 63 hashes."""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of a log; Malformed if a field is outside its form.

    Whether a size of 0 goes with the empty root is judged by `tree.check_growth`.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        check_name(self.origin)
        if not 0 <= self.size < SIZE_LIMIT:
            raise Malformed(f"checkpoint of {self.origin}: {self.size} is not a size.")
        if len(self.root) != HASH_SIZE:
            raise Malformed(
                f"checkpoint of {self.origin}: expected a root of 32 bytes, found {len(self.root)}."
            )

    @property
    def text(self) -> str:
        """The three lines, with their LF, that are signed."""
        return f"{self.origin}\n{self.size}\n{b64.encode(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; Malformed if it is not in its one form."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Malformed(
            "checkpoint: expected three lines (origin, size, root) and LF after each,"
            f" found {len(lines) - 1}."
        )
    origin, size, root = lines[:3]
    checkpoint = Checkpoint(
        origin, parse_decimal(size, "checkpoint size"), parse_hash(root, "checkpoint root")
    )
    if checkpoint.text != text:
        raise Malformed(f"checkpoint of {origin!r}: it is not in its one form.")
    return checkpoint


def sign_checkpoint(checkpoint: Checkpoint, key: PrivateKey) -> NoteSignature:
    """The log's own signature, under the name that is its origin."""
    return sign_note(checkpoint.text, checkpoint.origin, key)


@lru_cache(maxsize=256)
def open_checkpoint(data: bytes, log_key: NoteKey) -> tuple[Checkpoint, Note]:
    """Read a checkpoint that the log signed, with the note that carries it.

    BadSignature or UnknownSigner if the log's key did not sign it, UnknownSigner too if the origin
    is not the key's name, Malformed for the form. Cosignatures are not looked at.
    """
    if log_key.kind != KeyType.NOTE:
        raise ValueError(f"the key of {log_key.name} is of type {int(log_key.kind)}, expected 1")
    note, _ = open_note(data, [log_key])
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log_key.name:
        raise UnknownSigner(
            f"checkpoint of {checkpoint.origin}: signed by the key of {log_key.name} instead."
        )
    return checkpoint, note


def parse_decimal(text: str, place: str) -> int:
    """A number from 0 below 2**63 in its one decimal spelling; Malformed, naming `place`."""
    if not _DECIMAL.fullmatch(text) or int(text) >= SIZE_LIMIT:
        raise Malformed(
            f"{place}: expected a number below 2**63 without leading zeros, found {text[:40]!r}."
        )
    return int(text)


def parse_hash(text: str, place: str) -> bytes:
    """A hash of 32 bytes in base64; Malformed, naming `place`."""
    try:
        value = b64.decode(text)
    except Malformed as error:
        raise Malformed(f"{place}: {error}") from None
    if len(value) != HASH_SIZE:
        raise Malformed(f"{place}: expected 32 bytes, found {len(value)}.")
    return value
