"""What stands in place of an act that was erased: its skeleton, signed by those who had read it.

Wire form: canonical JSON, LF, the skeleton. The JSON holds `v` (1), `seal` and `name` of the act in
hex, `signed` (whether the act's signature was by the key that it names) and `signatures`
``{origin of a log: base64 of 64 bytes}``. Each is made with that party's node key over
``tombstone/v1\\n`` + institution id + LF + seal in hex + LF + name + LF + ``signed`` or
``unsigned`` + LF + SHA-256 of the skeleton in hex. The skeleton is the act's own JSON without its
words; this floor does not know which fields those are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias, TypeVar, cast

from architrave.record import b64, canonical
from architrave.record.canonical import Value
from architrave.record.errors import Malformed, RecordError
from architrave.record.fields import Fields
from architrave.record.keys import SIGNATURE_SIZE, PrivateKey, PublicKey
from architrave.record.sealing import MAX_ACT, SealedAct

__all__ = ["MAX_TOMBSTONE", "ErasedAct", "HeldAct", "Tombstone", "read_tombstone"]

MAX_TOMBSTONE = MAX_ACT + 65_536
_HEX = re.compile(r"[0-9a-f]{64}")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Tombstone:
    """An erased act's seal (32 bytes), name (hex), skeleton (canonical JSON) and signatures.

    `signed` says whether the act's signature was by the key that the act names. `signatures` holds
    64 bytes for the origin of each party's log; they are not checked by making one of these.
    """

    seal: bytes
    name: str
    signed: bool
    skeleton: bytes
    signatures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def data(self) -> bytes:
        """Its bytes."""
        head: dict[str, Value] = {
            "name": self.name,
            "seal": self.seal.hex(),
            "signatures": {one: b64.encode(data) for one, data in self.signatures.items()},
            "signed": self.signed,
            "v": 1,
        }
        return canonical.dump(head) + b"\n" + self.skeleton

    def message(self, institution: str) -> bytes:
        """What each node key signs."""
        word = "signed" if self.signed else "unsigned"
        digest = canonical.digest(self.skeleton)
        lines = ("tombstone/v1", institution, self.seal.hex(), self.name, word, digest)
        return "\n".join(lines).encode()

    def agrees(self, other: Tombstone) -> bool:
        """Say whether two say the same of one act, whoever signed them."""
        mine = (self.seal, self.name, self.signed, self.skeleton)
        return mine == (other.seal, other.name, other.signed, other.skeleton)

    def signed_with(self, origin: str, key: PrivateKey, institution: str) -> Tombstone:
        """The tombstone with the signature of one more party."""
        signature = key.sign(self.message(institution))
        return replace(self, signatures={**self.signatures, origin: signature})

    def joined(
        self, other: Tombstone, keys: Mapping[str, Collection[PublicKey]], institution: str
    ) -> Tombstone:
        """The tombstone with those signatures of `other` that it lacks and that hold."""
        lacking = {o: s for o, s in other.signatures.items() if o not in self.signatures}
        message = self.message(institution)
        fresh = {
            o: s for o, s in lacking.items() if any(k.verifies(s, message) for k in keys.get(o, ()))
        }
        return replace(self, signatures={**self.signatures, **fresh}) if fresh else self

    def checked(self, keys: Mapping[str, Collection[PublicKey]], institution: str) -> Tombstone:
        """The tombstone with those of its signatures alone that hold.

        `keys` holds the node keys of each party, of all its logs, by the name of the first.
        """
        return replace(self, signatures={}).joined(self, keys, institution)

    def lacks(self, origins: Collection[str]) -> tuple[str, ...]:
        """Which of these parties (origins of their logs) have not signed."""
        return tuple(sorted(origin for origin in origins if origin not in self.signatures))


def read_tombstone(data: bytes) -> Tombstone:
    """Read a tombstone; Malformed if it is none. Its signatures are not checked."""
    if len(data) > MAX_TOMBSTONE:
        raise Malformed(f"tombstone: longer than {MAX_TOMBSTONE} bytes.")
    head, found, skeleton = data.partition(b"\n")
    if not found:
        raise Malformed("tombstone: expected JSON, a line feed and a skeleton.")
    fields = Fields.of(canonical.load(head), "tombstone")
    fields.require_integer("v", 1)
    seal, name, signed = fields.text("seal"), fields.text("name"), fields.boolean("signed")
    for place, text in (("seal", seal), ("name", name)):
        if not _HEX.fullmatch(text):
            raise Malformed(f"tombstone: {place}: expected 64 hex digits in lower case.")
    signatures = _signatures(fields.value("signatures"))
    fields.end()
    if not isinstance(canonical.load(skeleton), dict):
        raise Malformed("tombstone: the skeleton is no object.")
    return Tombstone(bytes.fromhex(seal), name, signed, skeleton, signatures)


def _signatures(value: Value) -> dict[str, bytes]:
    if not isinstance(value, dict):
        raise Malformed("tombstone: signatures: expected an object.")
    found = {}
    for origin, text in value.items():
        try:
            found[origin] = b64.decode(text if isinstance(text, str) else "")
        except RecordError as fault:
            raise Malformed(f"tombstone: signatures: {origin}: {fault}") from fault
        if len(found[origin]) != SIGNATURE_SIZE:
            raise Malformed(f"tombstone: signatures: {origin}: expected {SIGNATURE_SIZE} bytes.")
    return found


@dataclass(frozen=True)
class ErasedAct:
    """An act of which only the tombstone is shown: it answers what a `SealedAct` answers.

    It has no salt and no bytes, so nothing that would serve a text can take one for the other.
    """

    stone: Tombstone

    @property
    def seal(self) -> bytes:
        """What a log holds in place of this act (32 bytes)."""
        return self.stone.seal

    @property
    def name(self) -> str:
        """The name that the act had."""
        return self.stone.name

    @property
    def document(self) -> Value:
        """The skeleton's JSON, decoded."""
        return canonical.load(self.stone.skeleton)

    def signed_by(self, key: PublicKey, institution: str) -> bool:
        """Say whether the key that the act names had signed it; `key` is that key."""
        return self.stone.signed

    def once(self, make: Callable[[ErasedAct], _Made]) -> _Made:
        """What `make` gives for this act. `make` sees nothing else, and does not raise."""
        if make not in self._makings:
            self._makings[make] = make(self)
        return cast(_Made, self._makings[make])

    @cached_property
    def _makings(self) -> dict[Callable[[ErasedAct], object], object]:
        return {}


HeldAct: TypeAlias = SealedAct | ErasedAct
"""An act as a node holds it: with its words, or erased."""
