"""The tombstones of an export: each stands for an act on a line, signed by those who had read it.

Nobody who was not among the readers can compare a skeleton with the words that are gone: what is
shown is that all whom the line addresses have signed it, and that its author had the words erased.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from architrave.record.audit_acts import Opening
from architrave.record.audit_headers import ActLine
from architrave.record.audit_log import ReadFile
from architrave.record.errors import RecordError
from architrave.record.findings import Fault, Remark
from architrave.record.founding import Founding
from architrave.record.keys import PublicKey
from architrave.record.layout import TOMBSTONES, act_path, tombstone_path
from architrave.record.tombstones import Tombstone, read_tombstone

__all__ = ["check_tombstones"]

_SEAL = re.compile(r"[0-9a-f]{64}")


def check_tombstones(
    read: ReadFile,
    listed: Collection[str] | None,
    lines: Iterable[ActLine],
    founding: Founding,
    keys: Mapping[str, Collection[PublicKey]],
    opening: Opening,
    faults: list[Fault],
    remarks: list[Remark],
) -> set[bytes]:
    """Check the tombstones against the lines that hold their seals; return the seals erased.

    `keys` holds the node keys of each party, of all its logs, by the name of the first. `opening`
    has been shown all acts that lie open: among them are those that erase others.
    """
    by_seal: dict[bytes, list[ActLine]] = {}
    for line in lines:
        by_seal.setdefault(line.seal, []).append(line)
    check = _Check(read, founding, keys, faults, remarks)
    stones = []
    for seal in _seals(listed, by_seal, opening, faults):
        stone = check.stone(seal, by_seal.get(seal, []))
        if stone is not None:
            stones.append(stone)
    # An act that erases another may have been erased itself: whatever can be judged goes first.
    erased: set[bytes] = set()
    moved = True
    while moved:
        moved = False
        for stone in stones:
            if stone.seal not in erased and None in _reasons(stone, by_seal, opening):
                erased.add(stone.seal)
                moved = True
    for stone in stones:
        if stone.seal not in erased:
            reason = _reasons(stone, by_seal, opening)[0]
            faults.append(Fault(tombstone_path(stone.seal), str(reason)))
    return erased


def _reasons(
    stone: Tombstone, by_seal: dict[bytes, list[ActLine]], opening: Opening
) -> list[str | None]:
    return [opening.erased(line, stone) for line in by_seal[stone.seal]]


def _seals(
    listed: Collection[str] | None,
    by_seal: dict[bytes, list[ActLine]],
    opening: Opening,
    faults: list[Fault],
) -> list[bytes]:
    """The seals whose tombstones are looked for: those listed, or those that might be there."""
    if listed is None:
        return [
            seal
            for seal, lines in by_seal.items()
            if any((one.to and one.to.public) or opening.may_be_open(one) for one in lines)
        ]
    found = []
    for path in sorted(path for path in listed if path.startswith(TOMBSTONES)):
        name = path.removeprefix(TOMBSTONES)
        if _SEAL.fullmatch(name):
            found.append(bytes.fromhex(name))
        else:
            faults.append(Fault(path, "expected a seal as its name, 64 hex digits in lower case."))
    return found


@dataclass(slots=True)
class _Check:
    """Checks the form and the signatures of one tombstone after the other."""

    read: ReadFile
    founding: Founding
    keys: Mapping[str, Collection[PublicKey]]
    faults: list[Fault]
    remarks: list[Remark]

    def stone(self, seal: bytes, lines: list[ActLine]) -> Tombstone | None:
        """The tombstone of this seal, if there is one that can be judged further."""
        data = self.read(tombstone_path(seal))
        if data is None:
            return None
        found = self._judged(seal, data, lines)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found

    def _judged(self, seal: bytes, data: bytes, lines: list[ActLine]) -> Tombstone | Fault:
        path = tombstone_path(seal)
        try:
            stone = read_tombstone(data)
        except RecordError as fault:
            return Fault(path, str(fault))
        if stone.seal != seal:
            return Fault(path, "it stands for another seal than the one it is named by.")
        if not lines:
            return Fault(path, "no entry here holds this seal.")
        if self.read(act_path(seal)) is not None:
            return Fault(act_path(seal), "its words were erased, and lie here all the same.")
        keys = self.keys
        held = stone.checked(keys, self.founding.id)
        wrong = held.lacks(stone.signatures.keys())
        if wrong:
            return Fault(path, f"the signature for {wrong[0]} is not by its node key.")
        lacking = held.lacks(self._readers(lines))
        if lacking:
            names = ", ".join(self.founding.member(origin).name for origin in lacking)
            message = f"its words are being erased; not signed yet by {names}."
            self.remarks.append(Remark(path, message))
        return stone

    def _readers(self, lines: list[ActLine]) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for line in lines:
            if line.to is not None:
                found |= self.founding.origins if line.to.logs is None else line.to.logs
        return found & self.founding.origins
