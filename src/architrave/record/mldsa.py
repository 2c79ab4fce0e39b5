"""ML-DSA-44 keys (FIPS 204): signatures that a quantum computer is not known to forge.

Wire form of a public key: base64 of its 1,312 bytes. A signature is 2,420 bytes. The private key
is the 32-byte seed of FIPS 204, drawn by the caller; it has no wire form here. The library mixes
random bytes of its own into each signature, so that two over one message differ: nothing that must
come out alike each time may hang on their bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from architrave.record import b64
from architrave.record.errors import Malformed

__all__ = ["MLDSA_KEY_SIZE", "MLDSA_SIGNATURE_SIZE", "MldsaPrivateKey", "MldsaPublicKey"]

MLDSA_KEY_SIZE = 1_312
MLDSA_SIGNATURE_SIZE = 2_420
_SEED_SIZE = 32


@dataclass(frozen=True, slots=True)
class MldsaPublicKey:
    """An ML-DSA-44 public key: 1,312 bytes. Malformed for any other length."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != MLDSA_KEY_SIZE:
            raise Malformed(
                f"ML-DSA-44 public key: expected {MLDSA_KEY_SIZE} bytes, found {len(self.raw)}."
            )

    @classmethod
    def parse(cls, text: str) -> MldsaPublicKey:
        """Read a key from its base64 text."""
        return cls(b64.decode(text))

    @property
    def text(self) -> str:
        """The key in base64, 1,752 characters."""
        return b64.encode(self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key signed `message`, with the empty context."""
        if len(signature) != MLDSA_SIGNATURE_SIZE:
            return False
        try:
            MLDSA44PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class MldsaPrivateKey:
    """An ML-DSA-44 private key, made from a 32-byte seed. Malformed for any other length.

    Its printed form shows the start of the public key only. It does not compare by value and cannot
    be pickled.
    """

    __slots__ = ("_public", "_signing")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SEED_SIZE:
            raise Malformed(
                f"private key: expected a seed of {_SEED_SIZE} bytes, found {len(seed)}."
            )
        self._signing = MLDSA44PrivateKey.from_seed_bytes(seed)
        self._public = MldsaPublicKey(self._signing.public_key().public_bytes_raw())

    @property
    def public(self) -> MldsaPublicKey:
        """The public key that belongs to it."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """A signature over `message` with the empty context, 2,420 bytes."""
        return self._signing.sign(message)

    def __repr__(self) -> str:
        return f"MldsaPrivateKey(public={self._public.text[:24]!r}…)"

    def __reduce__(self) -> str:
        raise TypeError("A private key is not pickled.")
