"""The founding: who the parties are, with which keys, under which charter.

Wire form (canonical JSON, one line)::

    {"founding":{...},"signatures":{"<party>":"<base64>"},"v":1}

Each party key signs ``founding/v1\\n`` + the canonical JSON of the inner object. The SHA-256 of
that inner object is the institution's id: it does not depend on the order in which the parties
signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from architrave.record import b64, canonical
from architrave.record.canonical import Value
from architrave.record.errors import BadSignature, Malformed
from architrave.record.fields import Fields
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.mldsa import MldsaPublicKey
from architrave.record.origins import cosigner_name, first_log, log_origin
from architrave.record.vkeys import KeyType, NoteKey, check_name

__all__ = [
    "DEMONSTRATION_DOMAIN",
    "DEMONSTRATION_DOMAINS",
    "TABLETOP_DOMAIN",
    "Founding",
    "Member",
    "read_founding",
    "sign_founding",
]

DEMONSTRATION_DOMAIN = "demo.invalid"
TABLETOP_DOMAIN = f"table-top.{DEMONSTRATION_DOMAIN}"
"""Ends every name in a table-top exercise, which is a demonstration that is wiped at its end."""
DEMONSTRATION_DOMAINS = (DEMONSTRATION_DOMAIN, TABLETOP_DOMAIN)
_CONTEXT = b"founding/v1\n"
_LONGEST_ORIGIN = 240  # of 255: a later generation has more digits


@dataclass(frozen=True, slots=True)
class Member:
    """One party as the founding names it.

    `name` is the charter's id of the party. `origin` names its first log and the key of its
    checkpoints. It cosigns the other logs with `cosigner_key` and, where the founding names one,
    with `mldsa_key` as well.
    """

    name: str
    origin: str
    party_key: PublicKey
    node_key: PublicKey
    cosigner_key: PublicKey
    url: str
    mldsa_key: MldsaPublicKey | None = None

    @property
    def log_key(self) -> NoteKey:
        """The key that signs this member's checkpoints."""
        return NoteKey(self.origin, KeyType.NOTE, self.node_key.raw)

    @property
    def cosigner(self) -> NoteKey:
        """The Ed25519 key with which this member cosigns checkpoints of the others."""
        return NoteKey(cosigner_name(self.origin), KeyType.COSIGNATURE, self.cosigner_key.raw)

    @property
    def cosigners(self) -> tuple[NoteKey, ...]:
        """Every key with which this member cosigns, all of which must sign: `cosigner` first."""
        if self.mldsa_key is None:
            return (self.cosigner,)
        mldsa = NoteKey(cosigner_name(self.origin), KeyType.MLDSA, self.mldsa_key.raw)
        return self.cosigner, mldsa


@dataclass(frozen=True)
class Founding:
    """The agreed founding, without its signatures.

    `charter` is the hex SHA-256 of the charter file. `domain` ends every origin.
    """

    domain: str
    charter: str
    demonstration: bool
    members: tuple[Member, ...]

    @cached_property
    def body(self) -> bytes:
        """The canonical JSON that every party key signs."""
        return canonical.dump(
            {
                "charter": self.charter,
                "demonstration": self.demonstration,
                "domain": self.domain,
                "members": [_member_fields(member) for member in self.members],
            }
        )

    @cached_property
    def id(self) -> str:
        """The institution's id: hex SHA-256 of the founding."""
        return canonical.digest(self.body)

    @property
    def tabletop(self) -> bool:
        """True for a table-top exercise, whose every name says so."""
        return self.domain == TABLETOP_DOMAIN

    @cached_property
    def origins(self) -> frozenset[str]:
        """The origins of all first logs."""
        return frozenset(member.origin for member in self.members)

    def member(self, origin: str) -> Member:
        """Return the member that writes `origin`, of whatever generation; KeyError if none does."""
        found = self._by_origin.get(origin)
        return found if found is not None else self._by_origin[first_log(origin)]

    def named(self, name: str) -> Member:
        """Return the member called `name` in the charter; KeyError if none is."""
        return self._by_name[name]

    @cached_property
    def _by_origin(self) -> dict[str, Member]:
        return {member.origin: member for member in self.members}

    @cached_property
    def _by_name(self) -> dict[str, Member]:
        return {member.name: member for member in self.members}


def _member_fields(member: Member) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "cosigner_key": member.cosigner_key.text,
        "name": member.name,
        "node_key": member.node_key.text,
        "origin": member.origin,
        "party_key": member.party_key.text,
        "url": member.url,
    }
    if member.mldsa_key is not None:
        fields["mldsa_key"] = member.mldsa_key.text
    return fields


def sign_founding(founding: Founding, keys: Mapping[str, PrivateKey]) -> bytes:
    """Return the founding file, signed by the party keys given by name."""
    return join_founding(founding, {name: sign_part(founding, key) for name, key in keys.items()})


def join_founding(founding: Founding, parts: Mapping[str, str]) -> bytes:
    """Return the founding file made of the parties' signatures, each as `sign_part` gives it."""
    signatures: dict[str, Value] = dict(parts)
    return canonical.dump(
        {"founding": canonical.load(founding.body), "signatures": signatures, "v": 1}
    )


def sign_part(founding: Founding, key: PrivateKey) -> str:
    """Return one party's signature of the founding, as base64 text."""
    return b64.encode(key.sign(_CONTEXT + founding.body))


def read_founding(data: bytes) -> Founding:
    """Read a founding file and check every party's signature.

    Raises Malformed or BadSignature, naming the field or the party.
    """
    outer = Fields.of(canonical.load(data), "founding file")
    outer.require_integer("v", 1)
    inner = outer.fields("founding")
    signatures = outer.fields("signatures")
    outer.end()
    founding = Founding(
        domain=inner.text("domain"),
        charter=inner.text("charter"),
        demonstration=inner.boolean("demonstration"),
        members=tuple(_read_member(member) for member in inner.list_of_fields("members")),
    )
    inner.end()
    _check(founding)
    for member in founding.members:
        signature = b64.decode(signatures.text(member.name))
        if not member.party_key.verifies(signature, _CONTEXT + founding.body):
            raise BadSignature(
                f"founding file: the signature of {member.name} does not match its party key."
            )
    signatures.end()
    return founding


def _read_member(fields: Fields) -> Member:
    member = Member(
        name=fields.text("name"),
        origin=fields.text("origin"),
        party_key=PublicKey.parse(fields.text("party_key")),
        node_key=PublicKey.parse(fields.text("node_key")),
        cosigner_key=PublicKey.parse(fields.text("cosigner_key")),
        url=fields.text("url"),
        mldsa_key=(
            MldsaPublicKey.parse(fields.text("mldsa_key")) if fields.has("mldsa_key") else None
        ),
    )
    fields.end()
    return member


def _check(founding: Founding) -> None:
    if len(founding.members) < 2:
        raise Malformed("founding file: members: expected two or more parties.")
    if len(founding.charter) != 64 or set(founding.charter) - set("0123456789abcdef"):
        raise Malformed("founding file: charter: expected a SHA-256 digest in 64 hex digits.")
    if founding.demonstration != (founding.domain in DEMONSTRATION_DOMAINS):
        raise Malformed(
            f"founding file: the domains {' and '.join(DEMONSTRATION_DOMAINS)} are for "
            "demonstrations, and only for them."
        )
    if any(member.mldsa_key for member in founding.members):
        # What such a key signs holds its cosigner's name and a log's, each with a length of 1 byte.
        for member in founding.members:
            if len(member.origin.encode()) > _LONGEST_ORIGIN:
                raise Malformed(
                    f"founding file: the log of {member.name} has a name that is longer than"
                    f" {_LONGEST_ORIGIN} bytes, which an ML-DSA-44 key cannot cosign."
                )
    seen: set[object] = set()
    for member in founding.members:
        check_name(member.origin)
        if member.origin != log_origin(member.name, founding.domain):
            raise Malformed(
                f"founding file: the log of {member.name} is called {member.origin!r}, "
                f"expected {log_origin(member.name, founding.domain)!r}."
            )
        keys = member.party_key, member.node_key, member.cosigner_key, member.mldsa_key
        for unique in (member.name, *(key for key in keys if key is not None)):
            if unique in seen:
                raise Malformed(
                    f"founding file: {member.name}: a name or a key stands there twice; "
                    "each key serves one party in one role."
                )
            seen.add(unique)
