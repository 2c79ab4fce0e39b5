"""An entry: a signed header, what a log holds.

Wire form: canonical JSON header, LF, 64 bytes of Ed25519 signature by the node key over
``entry/v1\\n`` + header. At most 65,535 bytes. Fields of the header::

    v         1
    log       origin of the log, with its generation
    n         position in the log, from 0
    t         the author's claim of the time, milliseconds since 1970-01-01T00:00:00Z
    key       the node key that signs, base64
    founding  only at n = 0: the institution's id
    seen      {origin: [size, root]} of other logs, only where it changed
    seal, to  of the act that this entry carries; both absent in a receipt

An entry with a seal and without `to` is a sealed statement whose audience is itself secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import msgspec

from architrave.record import b64, canonical
from architrave.record.canonical import Value
from architrave.record.errors import BadSignature, Malformed
from architrave.record.fields import Fields
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.origins import first_log

__all__ = ["MAX_ENTRY", "PUBLIC", "Audience", "Entry", "Header", "Tip", "read_entry", "sign_entry"]

MAX_ENTRY = 65_535
SIGNATURE_SIZE = 64
_CONTEXT = b"entry/v1\n"


class Tip(NamedTuple):
    """A prefix of a log, named by its hash; it also names the last entry of that prefix."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read an act: everyone (`logs` is None), or the parties that write these logs."""

    logs: frozenset[str] | None

    @property
    def public(self) -> bool:
        """True if anyone may read it."""
        return self.logs is None

    def reaches(self, origin: str) -> bool:
        """Say whether the party that writes `origin` may read it."""
        return self.logs is None or origin in self.logs

    def covers(self, other: Audience, everyone: frozenset[str]) -> bool:
        """Say whether all parties of `other` may read it; `everyone` stands for the public."""
        if self.logs is None:
            return True
        return (everyone if other.logs is None else other.logs) <= self.logs

    @property
    def value(self) -> Value:
        """The form in a header or an act: the word public, or a sorted list of origins."""
        if self.logs is None:
            return "public"
        names: list[Value] = []
        names.extend(sorted(self.logs))
        return names

    @classmethod
    def of(cls, value: Value, place: str) -> Audience:
        """Read the form that `value` writes; Malformed otherwise."""
        if value == "public":
            return PUBLIC
        if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
            names = [str(name) for name in value]
            if names == sorted(set(names)):
                return cls(frozenset(names))
        raise Malformed(f'{place}: expected "public" or a sorted list of log origins.')

    @classmethod
    def among(cls, origins: Iterable[str]) -> Audience:
        """The audience of the parties that write `origins`."""
        return cls(frozenset(origins))


PUBLIC = Audience(None)


@dataclass(frozen=True, slots=True)
class Header:
    """What the author of a log says of one entry; the module's docstring lists the fields."""

    log: str
    n: int
    t: int
    key: PublicKey
    seen: Mapping[str, Tip] = field(default_factory=dict)
    seal: bytes | None = None
    to: Audience | None = None
    founding: str | None = None

    @property
    def receipt(self) -> bool:
        """True if the entry carries no act."""
        return self.seal is None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as read: its header, the bytes of the header, and the node's signature."""

    header: Header
    body: bytes
    signature: bytes

    @property
    def data(self) -> bytes:
        """The entry's bytes: the leaf of the log's tree."""
        return self.body + b"\n" + self.signature

    def check_signature(self, key: PublicKey) -> None:
        """Raise BadSignature unless `key` signed this entry and the header names that key."""
        place = f"entry {self.header.n} of {self.header.log}"
        if self.header.key != key:
            raise BadSignature(f"{place}: signed with a key that is not this log's node key.")
        if not key.verifies(self.signature, _CONTEXT + self.body):
            raise BadSignature(f"{place}: the node's signature does not match the header.")


def header_bytes(header: Header) -> bytes:
    """Return the canonical JSON of a header."""
    wire = _Wire(
        key=header.key.text,
        log=header.log,
        n=header.n,
        t=header.t,
        v=1,
        founding=header.founding,
        seal=b64.encode(header.seal) if header.seal is not None else None,
        seen={origin: (tip.size, b64.encode(tip.root)) for origin, tip in header.seen.items()},
        to=_written(header.to) if header.to is not None else None,
    )
    body = _encoder.encode(wire)
    if body.isascii() and _in_bounds(wire):
        return body
    return canonical.dump(canonical.load(body))  # says what is wrong


def _written(to: Audience) -> str | list[str]:
    return "public" if to.logs is None else sorted(to.logs)


def sign_entry(header: Header, key: PrivateKey) -> Entry:
    """Return the entry signed by the node key; Malformed if it is too long."""
    body = header_bytes(header)
    entry = Entry(header, body, key.sign(_CONTEXT + body))
    if len(entry.data) > MAX_ENTRY:
        raise Malformed(f"entry {header.n} of {header.log}: longer than {MAX_ENTRY} bytes.")
    return entry


def read_entry(data: bytes) -> Entry:
    """Read an entry's form; the signature is checked by `Entry.check_signature`."""
    if len(data) > MAX_ENTRY:
        raise Malformed(f"entry: longer than {MAX_ENTRY} bytes.")
    cut = len(data) - SIGNATURE_SIZE - 1
    if cut < 2 or data[cut : cut + 1] != b"\n":
        raise Malformed("entry: expected a header, a line feed and 64 bytes of signature.")
    body = data[:cut]
    return Entry(_read_header(body), body, data[cut + 1 :])


class _Wire(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A header's JSON, for reading the usual one quickly."""

    key: str
    log: str
    n: int
    t: int
    v: int
    founding: str | None = None
    seal: str | None = None
    seen: dict[str, tuple[int, str]] = {}
    to: str | list[str] | None = None


_decoder = msgspec.json.Decoder(_Wire)
_encoder = msgspec.json.Encoder(order="sorted")
_public_key = lru_cache(maxsize=64)(PublicKey.parse)


def _read_header(body: bytes) -> Header:
    """Read a header in its one form.

    Bytes that are written again as they came are canonical. All others are read slowly, by the
    definition, which says what is wrong with them.
    """
    try:
        wire = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _read_slowly(body)
    if not body.isascii() or _encoder.encode(wire) != body or not _in_bounds(wire):
        return _read_slowly(body)
    header = Header(
        log=wire.log,
        n=wire.n,
        t=wire.t,
        key=_public_key(wire.key),
        seen={
            origin: Tip(origin, size, _hash(root, f"seen: {origin}"))
            for origin, (size, root) in wire.seen.items()
        },
        seal=_hash(wire.seal, "seal") if wire.seal is not None else None,
        to=_audience(wire.to) if wire.to is not None else None,
        founding=wire.founding,
    )
    _check_header(header)
    return header


def _in_bounds(wire: _Wire) -> bool:
    """Say whether the numbers are such as a header may hold."""
    limit = canonical.INTEGER_LIMIT
    return (
        wire.v == 1
        and 0 <= wire.n < limit
        and 0 <= wire.t < limit
        and all(0 < size < limit for size, _ in wire.seen.values())
    )


def _audience(value: str | list[str]) -> Audience:
    return _known_audience(value if isinstance(value, str) else tuple(value))


@lru_cache(maxsize=64)
def _known_audience(value: str | tuple[str, ...]) -> Audience:
    return Audience.of(value if isinstance(value, str) else list(value), "entry header: to")


def _read_slowly(body: bytes) -> Header:
    fields = Fields.of(canonical.load(body), "entry header")
    fields.require_integer("v", 1)
    header = Header(
        log=fields.text("log"),
        n=fields.integer("n"),
        t=fields.integer("t"),
        key=PublicKey.parse(fields.text("key")),
        seen=_read_seen(fields),
        seal=_hash(fields.text("seal"), "seal") if fields.has("seal") else None,
        to=Audience.of(fields.value("to"), "entry header: to") if fields.has("to") else None,
        founding=fields.text("founding") if fields.has("founding") else None,
    )
    fields.end()
    _check_header(header)
    return header


def _check_header(header: Header) -> None:
    if header.to is not None and header.seal is None:
        raise Malformed("entry header: to: an audience without a sealed act.")
    if header.to is not None and not header.to.reaches(first_log(header.log)):
        raise Malformed("entry header: to: the author's own log is missing.")
    if (header.founding is not None) != (header.n == 0):
        raise Malformed("entry header: founding: belongs to the first entry, and only there.")
    if any(first_log(origin) == first_log(header.log) for origin in header.seen):
        raise Malformed("entry header: seen: a log does not name itself.")


def _read_seen(fields: Fields) -> dict[str, Tip]:
    if not fields.has("seen"):
        return {}
    inner = fields.fields("seen")
    seen: dict[str, Tip] = {}
    for origin in inner.names():
        pair = inner.values(origin)
        if len(pair) != 2 or not isinstance(pair[0], int) or not isinstance(pair[1], str):
            raise Malformed(f"entry header: seen: {origin}: expected [size, root].")
        if isinstance(pair[0], bool) or pair[0] < 1:
            raise Malformed(f"entry header: seen: {origin}: a size of 1 or more expected.")
        seen[origin] = Tip(origin, pair[0], _hash(pair[1], f"seen: {origin}"))
    if not seen:
        raise Malformed("entry header: seen: empty; it is left out where nothing changed.")
    return seen


def _hash(text: str, place: str) -> bytes:
    raw = b64.decode(text)
    if len(raw) != 32:
        raise Malformed(f"entry header: {place}: expected 32 bytes.")
    return raw
