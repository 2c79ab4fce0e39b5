"""A passkey in software: registers and signs as an authenticator does, with a real P-256 key."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    """One passkey of one origin; `verifies` says whether its holder gives a PIN or a finger."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    account: bytes = b""
    uses: int = 0

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        self.uses += 1
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def registered(self, options: dict[str, Any]) -> str:
        """The answer to what a new passkey is made from."""
        told = options["publicKey"]
        self.account = websafe_decode(told["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        data = self._data(ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big")
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data + self.id + public})
        client = self._client("webauthn.create", told["challenge"])
        return self._shape({"clientDataJSON": client, "attestationObject": attested})

    def signed(self, options: dict[str, Any]) -> str:
        """The answer to what a passkey is to sign."""
        data = self._data(0)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        words = data + hashlib.sha256(client).digest()
        parts = {
            "clientDataJSON": client,
            "authenticatorData": data,
            "signature": self.key.sign(words, ec.ECDSA(hashes.SHA256())),
            "userHandle": self.account,
        }
        return self._shape(parts)

    def _shape(self, parts: dict[str, bytes]) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": {name: websafe_encode(part) for name, part in parts.items()},
                "clientExtensionResults": {},
            }
        )
