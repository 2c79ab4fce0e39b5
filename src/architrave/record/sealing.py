"""An act's bytes, its name, and the seal that stands for it in a log.

Act: canonical JSON, LF, 64 bytes of Ed25519 signature by the officer key over ``act/v1\\n`` +
institution id + LF + JSON. Name: SHA-256 of the JSON, in hex; acts name each other by it.
Seal: SHA-256 of ``act-payload/v1\\0`` + 32 random bytes (the salt) + the act.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from architrave.record import canonical
from architrave.record.canonical import Value
from architrave.record.errors import Malformed
from architrave.record.keys import PrivateKey, PublicKey

__all__ = ["MAX_ACT", "SALT_SIZE", "SealedAct", "act_name", "sign_act"]

MAX_ACT = 1 << 20
SALT_SIZE = 32
_SIGNATURE_SIZE = 64

_Made = TypeVar("_Made")


def act_name(document: Value) -> str:
    """Return the name of an act: hex SHA-256 of its unsigned canonical JSON."""
    return canonical.digest(canonical.dump(document))


def sign_act(document: Value, institution: str, key: PrivateKey) -> bytes:
    """Return the act's bytes, signed by an officer key for one institution."""
    body = canonical.dump(document)
    data = body + b"\n" + key.sign(_message(institution, body))
    if len(data) > MAX_ACT:
        raise Malformed(f"act: longer than {MAX_ACT} bytes; send attachments by digest.")
    return data


def _message(institution: str, body: bytes) -> bytes:
    return b"act/v1\n" + institution.encode() + b"\n" + body


@dataclass(frozen=True)
class SealedAct:
    """An act with the salt that opens its seal. `data` is JSON, LF and signature.

    Its bytes never change, so what follows from them is worked out once and kept with them.
    """

    salt: bytes
    data: bytes

    @cached_property
    def seal(self) -> bytes:
        """What a log holds in place of this act (32 bytes)."""
        return hashlib.sha256(b"act-payload/v1\0" + self.salt + self.data).digest()

    @property
    def body(self) -> bytes:
        """The act's JSON as it was signed."""
        cut = len(self.data) - _SIGNATURE_SIZE - 1
        if cut < 2 or self.data[cut : cut + 1] != b"\n":
            raise Malformed("act: expected JSON, a line feed and 64 bytes of signature.")
        return self.data[:cut]

    @property
    def document(self) -> Value:
        """The act's JSON, decoded; Malformed if it is not canonical or too long."""
        if len(self.data) > MAX_ACT:
            raise Malformed(f"act: longer than {MAX_ACT} bytes.")
        return canonical.load(self.body)

    @cached_property
    def name(self) -> str:
        """Its name; Malformed if its bytes are no canonical JSON."""
        return act_name(self.document)

    def signed_by(self, key: PublicKey, institution: str) -> bool:
        """Say whether the officer key signed this act for this institution.

        Threads may ask beforehand for acts that one thread is to judge later.
        """
        checks = self._checks
        found = checks.get((key.raw, institution))
        if found is None:
            body = self.body
            found = key.verifies(self.data[len(body) + 1 :], _message(institution, body))
            checks[key.raw, institution] = found
        return found

    def once(self, make: Callable[[SealedAct], _Made]) -> _Made:
        """What `make` gives for this act. `make` sees nothing else, and does not raise."""
        if make not in self._makings:
            self._makings[make] = make(self)
        return cast(_Made, self._makings[make])

    @cached_property
    def _checks(self) -> dict[tuple[bytes, str], bool]:
        return {}

    @cached_property
    def _makings(self) -> dict[Callable[[SealedAct], object], object]:
        return {}
