"""One byte of an export, changed: which bytes there are of a kind, and who notices."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.charter.model import Charter
from architrave.node.errors import NodeError
from architrave.record.entries import read_entry
from architrave.record.findings import Audit
from architrave.record.founding import Founding, Member
from architrave.record.layout import ACTS, checkpoint_path, folder_of
from architrave.record.tiles import decode_bundle, parse_path

__all__ = ["Tampered", "What", "city_of", "noticed", "tamper", "told"]


class What(StrEnum):
    """What is tampered with."""

    ENTRY = "entry"
    ACT = "act"
    TILE = "tile"
    CHECKPOINT = "checkpoint"
    COSIGNATURE = "cosignature"


@dataclass(frozen=True, slots=True)
class Tampered:
    """One byte was changed: the file, the byte's place in it (from 0), its old and new value.

    `subject` names the thing in words; `after` is the file's new content.
    """

    path: str
    at: int
    old: int
    new: int
    subject: str
    after: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    path: str
    first: int
    end: int
    subject: str


def city_of(charter: Charter, party: str) -> str:
    """A party's capital city, in English or else in the charter's first language."""
    cities = charter.party(party).capital
    return cities.get("en") or next(iter(cities.values()))


def tamper(
    files: Mapping[str, bytes],
    founding: Founding,
    charter: Charter,
    party: str,
    what: What,
    seed: int,
) -> Tampered:
    """Change one byte of a party's part of an export, chosen by `seed`.

    NodeError if the export holds nothing of the kind.
    """
    member = founding.named(party)
    targets = _FINDERS[what](files, founding, member, charter)
    if not targets:
        raise NodeError(f"{party}: its record holds no {what.value} that could be changed.")
    dice = random.Random(seed)
    target = dice.choice(targets)
    at = dice.randrange(target.first, target.end)
    data = files[target.path]
    new = data[at] ^ (1 << dice.randrange(8))
    after = data[:at] + bytes([new]) + data[at + 1 :]
    return Tampered(target.path, at, data[at], new, target.subject, after)


def _entries(
    files: Mapping[str, bytes], founding: Founding, member: Member, charter: Charter
) -> list[_Target]:
    found = []
    for path, n, first, entry in _each_entry(files, member):
        subject = f"line {n} of {city_of(charter, member.name)}'s minute book"
        found.append(_Target(path, first, first + len(entry), subject))
    return found


def _each_entry(files: Mapping[str, bytes], member: Member) -> list[tuple[str, int, int, bytes]]:
    """Path, position in the log, first byte in the file, and bytes of each entry."""
    prefix, found = f"{folder_of(member)}/", []
    for path in sorted(path for path in files if path.startswith(f"{prefix}tile/entries/")):
        _, index, width = parse_path(path.removeprefix(prefix))
        at = 0
        for place, entry in enumerate(decode_bundle(files[path], width)):
            found.append((path, index * 256 + place, at + 2, entry))
            at += 2 + len(entry)
    return found


def _acts(
    files: Mapping[str, bytes], founding: Founding, member: Member, charter: Charter
) -> list[_Target]:
    found, city = [], city_of(charter, member.name)
    for _, n, _, entry in _each_entry(files, member):
        seal = read_entry(entry).header.seal
        path = f"{ACTS}{seal.hex()}" if seal else ""
        if path in files:
            subject = f"the text sealed on line {n} of {city}'s minute book"
            found.append(_Target(path, 0, len(files[path]), subject))
    return found


def _tiles(
    files: Mapping[str, bytes], founding: Founding, member: Member, charter: Charter
) -> list[_Target]:
    tile = re.compile(rf"{re.escape(folder_of(member))}/tile/[0-9]")
    subject = f"the fingerprints of {city_of(charter, member.name)}'s minute book"
    return [
        _Target(path, 0, len(files[path]), subject) for path in sorted(files) if tile.match(path)
    ]


def _checkpoint(
    files: Mapping[str, bytes], founding: Founding, member: Member, charter: Charter
) -> list[_Target]:
    path = checkpoint_path(folder_of(member))
    text = files[path].index(b"\n\n") + 1
    subject = f"the checkpoint of {city_of(charter, member.name)}'s minute book"
    return [_Target(path, 0, text, subject)]


def _cosignatures(
    files: Mapping[str, bytes], founding: Founding, member: Member, charter: Charter
) -> list[_Target]:
    path, found = checkpoint_path(folder_of(member)), []
    data = files[path]
    for other in founding.members:
        if other != member:
            head = f"\u2014 {other.cosigner.name} ".encode()
            cities = [city_of(charter, one.name) for one in (other, member)]
            subject = f"{cities[0]}'s co-signature under {cities[1]}'s minute book"
            start = data.find(head)
            while start >= 0:  # a line for each of its keys
                end = data.index(b"\n", start)
                found.append(_Target(path, start + len(head), end, subject))
                start = data.find(head, end)
    return found


_FINDERS = {
    What.ENTRY: _entries,
    What.ACT: _acts,
    What.TILE: _tiles,
    What.CHECKPOINT: _checkpoint,
    What.COSIGNATURE: _cosignatures,
}


def noticed(what: What, party: str, before: Audit, charter: Charter) -> str:
    """Who notices the change, in words; `before` is the audit of the untouched export."""
    log = next(one for one in before.logs if one.party == party)
    own = city_of(charter, party)
    others = [city_of(charter, name) for name in log.cosigners]
    if what is What.ENTRY:
        holders = others or [own]
        verb = "hold" if len(holders) > 1 else "holds"
        return f"{' and '.join(holders)} {verb} another text"
    return {
        What.ACT: f"the line in {own}'s book is sealed over another text",
        What.TILE: f"the lines of {own}'s book give another fingerprint",
        What.CHECKPOINT: f"{own} itself signed another checkpoint",
        What.COSIGNATURE: "whoever it is said to be from did not sign this",
    }[what]


def told(tampered: Tampered) -> str:
    """What was done, in words."""
    return (
        f"One byte of {tampered.subject} was changed, in a copy: byte {tampered.at} of"
        f" {tampered.path}, from {tampered.old:02x} to {tampered.new:02x}."
    )
