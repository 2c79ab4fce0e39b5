"""Keys and signatures as a signed note names them (C2SP signed-note).

Wire form of a key, called vkey: ``name+<key ID in hexadecimal>+<base64 of type || public key>``.
The key ID is the first 4 bytes of SHA256(name || 0A || type || public key). Types::

    01  Ed25519, signs the text of a note; 32 bytes
    04  Ed25519, cosigns a checkpoint at a time; 32 bytes
    06  ML-DSA-44, cosigns a checkpoint at a time; 1,312 bytes

Wire form of a signature: ``U+2014 SP name SP base64(key ID || payload) LF``. A name is not empty
and holds no Unicode space, no control character and no ``+``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Final

from architrave.record import b64
from architrave.record.errors import Malformed
from architrave.record.keys import KEY_SIZE, PublicKey
from architrave.record.mldsa import MLDSA_KEY_SIZE, MldsaPublicKey

__all__ = ["KeyType", "NoteKey", "NoteSignature", "check_name", "parse_signature", "parse_vkey"]

KEY_ID_SIZE: Final = 4
_DASH = "\u2014 "


class KeyType(IntEnum):
    """What a key in a note signs, and with which algorithm."""

    NOTE = 1
    COSIGNATURE = 4
    MLDSA = 6


_KEY_SIZES = {
    KeyType.NOTE: KEY_SIZE,
    KeyType.COSIGNATURE: KEY_SIZE,
    KeyType.MLDSA: MLDSA_KEY_SIZE,
}


@lru_cache(maxsize=1_024)
def check_name(name: str) -> None:
    """Return if `name` may name a key, else raise Malformed."""
    if not name:
        raise Malformed("key name: expected a name, found nothing.")
    for letter in name:
        if letter == "+" or letter.isspace() or letter < " ":
            raise Malformed(f"key name {name!r}: {letter!r} is not allowed in it.")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Malformed(f"key name {name!r}: it holds half of a surrogate pair.") from None


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A named public key of a note; `raw` is the public key without its type byte.

    `key_id` are the 4 bytes by which a signature names this key.

    Malformed for a name or a length that is not allowed.
    """

    name: str
    kind: KeyType
    raw: bytes
    key_id: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.raw) != _KEY_SIZES[self.kind]:
            raise Malformed(
                f"key of {self.name}: type {int(self.kind)} has {_KEY_SIZES[self.kind]} bytes,"
                f" found {len(self.raw)}."
            )
        # Every line of every note is compared with it, so it is made once.
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.raw
        object.__setattr__(self, "key_id", hashlib.sha256(named).digest()[:KEY_ID_SIZE])

    @property
    def text(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.key_id.hex()}+{b64.encode(bytes([self.kind]) + self.raw)}"

    @property
    def public(self) -> PublicKey:
        """The Ed25519 key; a key of type 6 has none and raises Malformed."""
        return PublicKey(self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key signed `message`."""
        if self.kind == KeyType.MLDSA:
            return MldsaPublicKey(self.raw).verifies(signature, message)
        return self.public.verifies(signature, message)


def parse_vkey(text: str) -> NoteKey:
    """Read a vkey; Malformed if its form, type, length or key ID is wrong."""
    parts = text.split("+", 2)  # the base64 at the end may hold a plus sign
    if len(parts) != 3:
        raise Malformed("vkey: expected a name, a key ID and a key, with + between them.")
    name, key_id, encoded = parts
    raw = b64.decode(encoded)
    if not raw or raw[0] not in set(KeyType):
        raise Malformed(f"vkey of {name!r}: expected a key of type 1, 4 or 6.")
    key = NoteKey(name, KeyType(raw[0]), raw[1:])
    if key.key_id.hex() != key_id:
        raise Malformed(f"vkey of {name!r}: the key ID is {key.key_id.hex()}, found {key_id!r}.")
    return key


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: who says to have signed, and the payload after the 4-byte key ID."""

    name: str
    key_id: bytes
    payload: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.key_id) != KEY_ID_SIZE or not self.payload:
            raise Malformed(
                f"signature of {self.name}: expected a key ID of 4 bytes and a payload."
            )

    @property
    def line(self) -> str:
        """The line in a note, its LF included."""
        return f"{_DASH}{self.name} {b64.encode(self.key_id + self.payload)}\n"

    def names(self, key: NoteKey) -> bool:
        """Say whether this line claims to be made by `key`."""
        return self.name == key.name and self.key_id == key.key_id


def parse_signature(line: str) -> NoteSignature:
    """Read one signature line, its LF included; Malformed if it is not in its one form."""
    parts = line.removeprefix(_DASH).removesuffix("\n").split(" ")
    if len(parts) != 2:
        raise Malformed("signature line: expected a dash, a name and base64, one space apart.")
    name, encoded = parts
    raw = b64.decode(encoded)
    signature = NoteSignature(name, raw[:KEY_ID_SIZE], raw[KEY_ID_SIZE:])
    if signature.line != line:
        raise Malformed(f"signature line of {name!r}: it is not in its one form.")
    return signature
