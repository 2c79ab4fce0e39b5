"""The entries of one log as an audit reads them: in order, up to the first that does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from architrave.record.audit_succession import LogKeys
from architrave.record.entries import Audience, Header, Tip, read_entry
from architrave.record.errors import Malformed, RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member
from architrave.record.origins import first_log
from architrave.record.tiles import TILE_WIDTH, entries_path

__all__ = ["ActLine", "Claim", "Headers", "entry_place", "renewed_place"]

_PLACE = re.compile(r"([^/]+)/tile/entries/\S+ entry ([0-9]+)")


class ActLine(NamedTuple):
    """An entry that carries an act: where it stands, the seal (32 bytes), who may read it.

    `to` is None if the audience itself is secret.
    """

    party: str
    n: int
    place: str
    seal: bytes
    to: Audience | None


class Claim(NamedTuple):
    """An entry, by its place, names a prefix of another log."""

    place: str
    named: Tip


def entry_place(folder: str, n: int, size: int) -> str:
    """Where entry `n` lies in the export of a log of `size`, as findings name it."""
    index = n // TILE_WIDTH
    path = entries_path(index, min(TILE_WIDTH, size - index * TILE_WIDTH))
    return f"{folder}/{path} entry {n}"


def renewed_place(place: str, sizes: Mapping[str, int]) -> str:
    """What was the place of an entry in a shorter export, now that the logs have these sizes.

    `sizes` are by folder. The name of a bundle changes while it fills. Any other place stays.
    """
    match = _PLACE.fullmatch(place)
    if match is None or match[1] not in sizes:
        return place
    return entry_place(match[1], int(match[2]), sizes[match[1]])


class Headers:
    """Reads the entries of one log in order, up to the first whose header does not hold.

    It may begin anywhere: `first_time` and `first_named` are what the past must not contradict.
    Entries before `start` are passed over: an earlier audit has read them.
    """

    def __init__(
        self, member: Member, founding: Founding, start: int = 0, keys: LogKeys | None = None
    ) -> None:
        self.member = member
        self.keys = keys or LogKeys.of_member(member)
        self.founding = founding
        self.start = start
        self.fault: Fault | None = None
        self.receipts = 0
        self.lines: list[ActLine] = []
        self.claims: list[Claim] = []
        self.first_time: int | None = None
        self.first_named: dict[str, int] = {}
        self.time = 0
        self.named: dict[str, int] = {}

    def __copy__(self) -> Headers:
        """Another that goes on from here, and keeps what it finds by itself."""
        other = Headers(self.member, self.founding, self.start, self.keys)
        other.time, other.named = self.time, dict(self.named)
        return other

    def goes_on(self, later: Headers) -> bool:
        """Say whether what was read without this past is what reading in order would give."""
        return (
            later.fault is None
            and (later.first_time is None or later.first_time >= self.time)
            and all(size > self.named.get(log, 0) for log, size in later.first_named.items())
        )

    def take_over(self, later: Headers) -> None:
        """Take what was read after this."""
        self.fault = later.fault
        self.receipts += later.receipts
        self.lines += later.lines
        self.claims += later.claims
        self.time = max(self.time, later.time)
        self.named.update(later.named)

    def take(self, data: bytes, n: int, place: str) -> None:
        """Read the next entry; the fault that ends the reading is kept."""
        if self.fault is not None or n < self.start:
            return
        try:
            entry = read_entry(data)
            self._check(entry.header, n)
            entry.check_signature(self.keys.at(n).key)
        except RecordError as fault:
            self.fault = Fault(place, str(fault))
            return
        header = entry.header
        self.time = header.t
        if self.first_time is None:
            self.first_time = header.t
        for origin, tip in header.seen.items():
            self.named[origin] = tip.size
            self.first_named.setdefault(origin, tip.size)
            self.claims.append(Claim(place, tip))
        if header.seal is None:
            self.receipts += 1
        else:
            self.lines.append(ActLine(self.member.name, header.n, place, header.seal, header.to))

    def _check(self, header: Header, n: int) -> None:
        segment = self.keys.at(n)
        origin = segment.log
        if header.log != origin or header.n != n:
            raise Malformed(
                f"expected entry {n} of {origin}, found entry {header.n} of {header.log}."
            )
        if header.founding is not None and header.founding != self.founding.id:
            raise Malformed("founding: this entry belongs to another founding.")
        if n == segment.start > 0 and (header.to is None or not header.to.public):
            raise Malformed("a later log begins with a public act that says so.")
        if header.t < self.time:
            raise Malformed("t: its time is before that of the entry that it follows.")
        if header.to is not None and header.to.logs is not None:
            strangers = header.to.logs - self.founding.origins
            if strangers:
                raise Malformed(f"to: {min(strangers)} is no log of this founding.")
        for other, tip in header.seen.items():
            if first_log(other) not in self.founding.origins:
                raise Malformed(f"seen: {other} is no log of this founding.")
            if tip.size <= self.named.get(other, 0):
                raise Malformed(
                    f"seen: {other} does not grow: {tip.size} after {self.named[other]}."
                )
