"""Succession: a party's log goes on under a new node key, with the consent of every party.

The new log is a *generation* of the old one and continues its tree: its first entries, up to a
prefix that the statement names by hash, are the old log's. So positions go on, one consistency
proof leads across, and what others hold of the old log stays good. From there on the lines bear the
new log's name and are signed with the new key.

Wire form (canonical JSON, one line)::

    {"signatures":{"<party>":"<base64>"},"succession":{...},"v":1}

with, inside: ``cause`` (one of `CAUSES`), ``continues`` ([origin, size, root] of the prefix),
``institution``, ``log`` (the new log's name), ``node_key`` (base64). Each party key signs
``succession/v1\\n`` + the canonical JSON of the inner object. With the signature of the party whose
log it is alone, the file asks the others; with those of all, it is the title to the new log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from architrave.record import b64, canonical
from architrave.record.canonical import Value
from architrave.record.entries import Tip
from architrave.record.errors import BadSignature, Malformed
from architrave.record.fields import Fields
from architrave.record.founding import Founding, Member
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.origins import first_log, generation_of
from architrave.record.vkeys import KeyType, NoteKey

__all__ = ["CAUSES", "MAX_SUCCESSION", "Succession", "Title", "fault_of", "read_title"]

CAUSES = ("rotation", "stolen-key", "two-histories", "lost-lines", "fault")
"""A new key by plan; a key that others have; two signed histories; lines that nobody holds; a line
that does not hold."""

MAX_SUCCESSION = 65_536
"""Bytes of the largest file of a succession that is read."""

_CONTEXT = b"succession/v1\n"


@dataclass(frozen=True)
class Succession:
    """That the log `log`, signed with `node_key`, continues the prefix `continues`, and why."""

    institution: str
    log: str
    continues: Tip
    node_key: PublicKey
    cause: str

    @cached_property
    def body(self) -> bytes:
        """The canonical JSON that the party keys sign."""
        origin, size, root = self.continues
        return canonical.dump(
            {
                "cause": self.cause,
                "continues": [origin, size, b64.encode(root)],
                "institution": self.institution,
                "log": self.log,
                "node_key": self.node_key.text,
            }
        )

    @property
    def first(self) -> str:
        """The first log of the party whose log this is: the name that stands for the party."""
        return first_log(self.log)

    @property
    def log_key(self) -> NoteKey:
        """The key that signs checkpoints of the new log."""
        return NoteKey(self.log, KeyType.NOTE, self.node_key.raw)

    def signed_by(self, key: PrivateKey) -> str:
        """A party's signature of this statement, as base64 text."""
        return b64.encode(key.sign(_CONTEXT + self.body))

    def bears(self, signature: str, key: PublicKey) -> bool:
        """Say whether a signature, as base64 text, is that of a party key over this statement."""
        try:
            return key.verifies(b64.decode(signature), _CONTEXT + self.body)
        except Malformed:
            return False


@dataclass(frozen=True)
class Title:
    """A succession with the signatures of party keys, by party; complete with those of all.

    `owner` is the party whose log it is; its signature is always there.
    """

    succession: Succession
    owner: str
    signatures: Mapping[str, str]

    @property
    def asked(self) -> str:
        """The signature of the party whose log it is."""
        return self.signatures[self.owner]

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        signatures: dict[str, Value] = dict(self.signatures)
        inner = canonical.load(self.succession.body)
        return canonical.dump({"signatures": signatures, "succession": inner, "v": 1})

    def lacking(self, founding: Founding) -> tuple[str, ...]:
        """The parties, in the founding's order, that have not signed."""
        return tuple(one.name for one in founding.members if one.name not in self.signatures)


def read_title(data: bytes, founding: Founding) -> Title:
    """Read a file of a succession and check every signature in it.

    Malformed for the form and for what cannot succeed under this founding, BadSignature if a
    signature does not match, or that of the party whose log it is does not stand there.
    """
    if len(data) > MAX_SUCCESSION:
        raise Malformed(f"succession: longer than {MAX_SUCCESSION} bytes.")
    outer = Fields.of(canonical.load(data), "succession")
    outer.require_integer("v", 1)
    succession = _read(outer.fields("succession"))
    given = outer.fields("signatures")
    outer.end()
    fault = fault_of(succession, founding)
    if fault:
        raise Malformed(f"succession: {fault}")
    signatures = {}
    for member in founding.members:
        if given.has(member.name):
            signatures[member.name] = given.text(member.name)
            if not succession.bears(signatures[member.name], member.party_key):
                raise BadSignature(
                    f"succession: the signature of {member.name} does not match its party key."
                )
    given.end()
    asking = founding.member(succession.first).name
    if asking not in signatures:
        raise BadSignature(f"succession: {asking}, whose log it is, has not signed.")
    return Title(succession, asking, signatures)


def _read(fields: Fields) -> Succession:
    named = fields.values("continues")
    match named:
        case [str(origin), int(size), str(root)] if not isinstance(size, bool) and size > 0:
            continues = Tip(origin, size, b64.decode(root))
        case _:
            raise Malformed("succession: continues: expected an origin, a size and a root.")
    if len(continues.root) != 32:
        raise Malformed("succession: continues: expected a root of 32 bytes.")
    found = Succession(
        institution=fields.text("institution"),
        log=fields.text("log"),
        continues=continues,
        node_key=PublicKey.parse(fields.text("node_key")),
        cause=fields.text("cause"),
    )
    fields.end()
    return found


def fault_of(succession: Succession, founding: Founding) -> str:
    """Why such a statement can make no new log under a founding; empty if it can."""
    if succession.institution != founding.id:
        return "it belongs to another founding."
    if succession.first not in founding.origins:
        return f"{succession.log} is no log of this founding."
    if first_log(succession.continues.origin) != succession.first:
        return f"{succession.log} cannot continue the log of another party."
    if generation_of(succession.log) <= generation_of(succession.continues.origin):
        return f"{succession.log} is not later than {succession.continues.origin}."
    if succession.cause not in CAUSES:
        return f"{succession.cause!r} is no cause of a succession: {', '.join(CAUSES)}."
    if any(succession.node_key in _keys(member) for member in founding.members):
        return "a key of the founding cannot serve as the new node key."
    return ""


def _keys(member: Member) -> tuple[PublicKey, ...]:
    return member.party_key, member.node_key, member.cosigner_key
