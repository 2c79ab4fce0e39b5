"""What an audit keeps so that the next one reads only what is new.

The file belongs to whoever audits; nobody else's word is in it. Wire form: canonical JSON, LF, its
SHA-256 in hex, LF. Fields::

    v            1
    institution  the founding's digest
    logs         one object a log, in the order of the founding (see `LogState`)
    beyond       [place, origin, size, root] of claims on entries that were not exported yet
    seals        the first 8 bytes of the seal of each act line, ascending, joined, base64
    opened       the seals whose act lay open, ascending, joined, base64
    erased       the seals in whose place a tombstone stood, ascending, joined, base64
    unfinished   true if one of those tombstones still lacked signatures
    acts         what the judge of acts keeps

The digest guards against a damaged file, not against whoever can write it.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import byteorder

from architrave.record import b64, canonical
from architrave.record.audit_headers import Claim
from architrave.record.canonical import Value
from architrave.record.entries import Tip
from architrave.record.errors import Malformed
from architrave.record.fields import Fields

__all__ = ["AuditState", "LogState", "Seals", "format_state", "read_state"]

_SEAL_SIZE = 32
_SHORT = 8


@dataclass(frozen=True, slots=True)
class LogState:
    """A log as far as it was audited: `size` entries with this root, under the checkpoint `note`.

    `time` is that of the last entry (ms), `named` the size that the log names of each other,
    `edges` the right edge of the tree above its tiles of leaves (see `edge`); the rest are counts.
    """

    origin: str
    size: int
    root: bytes
    note: bytes
    time: int
    named: Mapping[str, int]
    edges: tuple[bytes, ...]
    receipts: int
    acts: int
    public_acts: int
    erased_acts: int


class Seals:
    """The seals of all act lines by their first 8 bytes: enough to say that one is surely new."""

    def __init__(self, short: Iterable[int] = ()) -> None:
        self._short = array("Q", short)

    def holds(self, seal: bytes) -> bool:
        """Say whether a line with this seal may have been read; False is certain."""
        wanted = int.from_bytes(seal[:_SHORT], "big")
        at = bisect_left(self._short, wanted)
        return at < len(self._short) and self._short[at] == wanted

    def with_added(self, seals: Iterable[bytes]) -> Seals:
        """These and others."""
        more = [int.from_bytes(seal[:_SHORT], "big") for seal in seals]
        return Seals(sorted([*self._short, *more])) if more else self

    @property
    def joined(self) -> bytes:
        """The form in the file, before base64."""
        return _swapped(self._short).tobytes()

    @classmethod
    def of(cls, joined: bytes) -> Seals:
        """Read that form; Malformed for another."""
        if len(joined) % _SHORT:
            raise Malformed(f"seals: {len(joined)} bytes are no multiple of {_SHORT}.")
        found = array("Q")
        found.frombytes(joined)
        seals = cls()
        seals._short = _swapped(found)
        return seals


def _swapped(numbers: array[int]) -> array[int]:
    """The same numbers, from this machine's order of bytes to big-endian or back."""
    other = array("Q", numbers)
    if byteorder == "little":
        other.byteswap()
    return other


@dataclass(frozen=True, slots=True)
class AuditState:
    """Where an audit without any fault ended; the module's docstring lists the fields."""

    institution: str
    logs: tuple[LogState, ...]
    beyond: tuple[Claim, ...]
    seals: Seals
    opened: frozenset[bytes]
    erased: frozenset[bytes]
    unfinished: bool
    acts: Mapping[str, Value]


# -- the file ---------------------------------------------------------------------------------


def format_state(state: AuditState) -> bytes:
    """The bytes of a state file."""
    value: dict[str, Value] = {
        "v": 1,
        "institution": state.institution,
        "logs": [_log_value(log) for log in state.logs],
        "beyond": [
            [one.place, one.named.origin, one.named.size, b64.encode(one.named.root)]
            for one in state.beyond
        ],
        "seals": b64.encode(state.seals.joined),
        "opened": b64.encode(b"".join(sorted(state.opened))),
        "erased": b64.encode(b"".join(sorted(state.erased))),
        "unfinished": state.unfinished,
        "acts": state.acts,
    }
    data = canonical.dump(value)
    return data + b"\n" + hashlib.sha256(data).hexdigest().encode() + b"\n"


def _log_value(log: LogState) -> Value:
    named: dict[str, Value] = dict(log.named)
    edges: list[Value] = [b64.encode(edge) for edge in log.edges]
    return {
        "origin": log.origin,
        "size": log.size,
        "root": b64.encode(log.root),
        "note": b64.encode(log.note),
        "time": log.time,
        "named": named,
        "edges": edges,
        "receipts": log.receipts,
        "acts": log.acts,
        "public_acts": log.public_acts,
        "erased_acts": log.erased_acts,
    }


def read_state(data: bytes) -> AuditState:
    """Read a state file; Malformed, in one sentence, if it is none or is damaged."""
    body, _, rest = data.partition(b"\n")
    if rest != hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise Malformed("it is no state of an audit, or is damaged: its digest does not match.")
    fields = Fields.of(canonical.load(body), "state of an audit")
    fields.require_integer("v", 1)
    state = AuditState(
        institution=fields.text("institution"),
        logs=tuple(_read_log(one) for one in fields.list_of_fields("logs")),
        beyond=tuple(_read_claim(one) for one in fields.values("beyond")),
        seals=Seals.of(b64.decode(fields.text("seals"))),
        opened=_read_seals(fields, "opened"),
        erased=_read_seals(fields, "erased"),
        unfinished=fields.boolean("unfinished"),
        acts=_read_acts(fields),
    )
    fields.end()
    return state


def _read_log(fields: Fields) -> LogState:
    named = fields.fields("named")
    log = LogState(
        origin=fields.text("origin"),
        size=fields.integer("size"),
        root=b64.decode(fields.text("root")),
        note=b64.decode(fields.text("note")),
        time=fields.integer("time"),
        named={origin: named.integer(origin) for origin in named.names()},
        edges=tuple(b64.decode(str(edge)) for edge in fields.values("edges")),
        receipts=fields.integer("receipts"),
        acts=fields.integer("acts"),
        public_acts=fields.integer("public_acts"),
        erased_acts=fields.integer("erased_acts"),
    )
    fields.end()
    return log


def _read_claim(value: Value) -> Claim:
    match value:
        case [str(place), str(origin), int(size), str(root)]:
            return Claim(place, Tip(origin, size, b64.decode(root)))
    raise Malformed("state of an audit: beyond: expected a place, an origin, a size and a root.")


def _read_seals(fields: Fields, name: str) -> frozenset[bytes]:
    joined = b64.decode(fields.text(name))
    if len(joined) % _SEAL_SIZE:
        raise Malformed(f"state of an audit: {name}: expected seals of {_SEAL_SIZE} bytes each.")
    return frozenset(joined[at : at + _SEAL_SIZE] for at in range(0, len(joined), _SEAL_SIZE))


def _read_acts(fields: Fields) -> Mapping[str, Value]:
    value = fields.value("acts")
    if not isinstance(value, dict):
        raise Malformed("state of an audit: acts: expected an object.")
    return value
