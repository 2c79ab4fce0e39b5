"""Ed25519 keys.

Wire form of a public key: base64 of its 32 bytes, 44 characters. A signature is 64 bytes. The
private key is the 32-byte seed of RFC 8032, drawn by the caller; it has no wire form here.
Signatures are made and checked by libsodium, which also refuses keys of small order and
signatures that were altered into a second valid form.
"""

from __future__ import annotations

from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from architrave.record import b64
from architrave.record.errors import BadSignature, Malformed

__all__ = ["KEY_SIZE", "SIGNATURE_SIZE", "PrivateKey", "PublicKey"]

KEY_SIZE = 32
SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key: 32 bytes. Malformed for any other length."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_SIZE:
            raise Malformed(f"public key: expected {KEY_SIZE} bytes, found {len(self.raw)}.")

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read a key from its base64 text."""
        return cls(b64.decode(text))

    @property
    def text(self) -> str:
        """The key in base64, 44 characters."""
        return b64.encode(self.raw)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Return if this key signed `message`; BadSignature if not, whatever the length."""
        if not self.verifies(signature, message):
            raise BadSignature(f"signature: not made by the key {self.text} over this message.")

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key signed `message`."""
        if len(signature) != SIGNATURE_SIZE:
            return False
        try:
            VerifyKey(self.raw).verify(message, signature)
        except BadSignatureError:
            return False
        return True


class PrivateKey:
    """An Ed25519 private key, made from a 32-byte seed. Malformed for any other length.

    Its printed form shows the public key only. It does not compare by value and cannot be pickled.
    """

    __slots__ = ("_public", "_signing")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_SIZE:
            raise Malformed(f"private key: expected a seed of {KEY_SIZE} bytes, found {len(seed)}.")
        self._signing = SigningKey(seed)
        self._public = PublicKey(bytes(self._signing.verify_key))

    @property
    def public(self) -> PublicKey:
        """The public key that belongs to it."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, 64 bytes; the same message gives the same signature."""
        return self._signing.sign(message).signature

    def __repr__(self) -> str:
        return f"PrivateKey(public={self._public.text!r})"

    def __reduce__(self) -> str:
        raise TypeError("A private key is not pickled.")
