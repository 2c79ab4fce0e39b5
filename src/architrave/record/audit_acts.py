"""The acts of an export: each opens a seal, and each may be read by anyone.

This floor knows no kinds of acts. Who signed an act, and whether its author released it, is judged
by an `Opening` that the caller brings. It is shown every public act first, in the order of the
logs. Several lines may hold one seal: an act may lie open if it may under one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from architrave.record.audit_headers import ActLine
from architrave.record.audit_log import ReadFile
from architrave.record.canonical import Value
from architrave.record.findings import Fault, Remark
from architrave.record.layout import ACTS, act_path, tombstone_path
from architrave.record.sealing import MAX_ACT, SALT_SIZE, SealedAct
from architrave.record.tombstones import Tombstone

__all__ = ["Opening", "check_acts"]

_SEAL = re.compile(r"[0-9a-f]{64}")


class Opening(Protocol):
    """What the audit asks of those who know what acts say."""

    def fault(self, line: ActLine, act: SealedAct) -> str | None:
        """Why this act may not lie open under this line, in one sentence; None if it may."""

    def erased(self, line: ActLine, stone: Tombstone) -> str | None:
        """Why this tombstone may not stand for the act of this line; None if it may.

        Asked again for the same line, it answers the same or, once it has seen more, None.
        """

    def may_be_open(self, line: ActLine) -> bool:
        """Say whether the act of a line that is not public could have been released."""

    def remarks(self) -> Iterable[Remark]:
        """What a reader should know of the acts that were shown, and of those that were not."""

    def remember(self) -> dict[str, Value]:
        """What another judge needs so that acts shown after these find what they would find now."""

    def recall(self, memory: Mapping[str, Value], renewed: Callable[[str], str]) -> None:
        """Take up where an earlier judge ended, before anything is shown; Malformed if it is none.

        `renewed` gives what is now the place of a line that was remembered.
        """

    def unsettled(self, *, listed: bool) -> bool:
        """Say whether lines of before `recall` may have to be looked at again, all of them.

        `listed` says that the caller knows the files of acts and tombstones that came and went.
        """


def check_acts(
    read: ReadFile,
    listed: Collection[str] | None,
    lines: Iterable[ActLine],
    complete: bool,
    opening: Opening,
    faults: list[Fault],
) -> set[bytes]:
    """Check the files of acts against the lines that hold their seals; return the seals opened.

    `complete` says that all lines are known. Otherwise a file without a line is not blamed: its
    line may stand where a log could not be read.
    """
    by_seal: dict[bytes, list[ActLine]] = {}
    for line in lines:
        by_seal.setdefault(line.seal, []).append(line)
    check = _Check(read, opening, complete, faults, set())
    for seal, found in by_seal.items():
        if all(_public(line) for line in found):
            check.public(seal, found)
    # What is not public under every line waits until all releases are known.
    for seal, found in by_seal.items():
        if any(_public(line) for line in found) and not all(_public(line) for line in found):
            check.public(seal, found)
    done = {seal for seal, found in by_seal.items() if any(_public(line) for line in found)}
    if listed is None:
        for seal, found in by_seal.items():
            if seal not in done and any(opening.may_be_open(line) for line in found):
                check.other(seal, found, required=False)
        return check.opened
    for path in sorted(path for path in listed if path.startswith(ACTS)):
        name = path.removeprefix(ACTS)
        if not _SEAL.fullmatch(name):
            faults.append(Fault(path, "expected a seal as its name, 64 hex digits in lower case."))
        elif bytes.fromhex(name) not in done:
            seal = bytes.fromhex(name)
            check.other(seal, by_seal.get(seal, []), required=True)
    return check.opened


def _public(line: ActLine) -> bool:
    return line.to is not None and line.to.public


@dataclass(slots=True)
class _Check:
    """Checks one act after the other, and gathers the seals that were opened."""

    read: ReadFile
    opening: Opening
    complete: bool
    faults: list[Fault]
    opened: set[bytes]

    def public(self, seal: bytes, lines: list[ActLine]) -> None:
        """Check an act that must be there, since one of its lines is public."""
        place = next(line.place for line in lines if _public(line))
        if self._checked(seal, lines) is None and self.read(tombstone_path(seal)) is None:
            path = act_path(seal)
            self.faults.append(Fault(path, f"the file is missing; {place} is public."))

    def other(self, seal: bytes, lines: list[ActLine], *, required: bool) -> None:
        """Check an act none of whose lines is public; `required` if its file is listed."""
        if self._checked(seal, lines) is None and required:
            message = "it is listed and cannot be read as an ordinary file."
            self.faults.append(Fault(act_path(seal), message))

    def _checked(self, seal: bytes, lines: list[ActLine]) -> bytes | None:
        """Check the file of an act; its bytes, or None if there is none."""
        path = act_path(seal)
        data = self.read(path)
        if data is None:
            return None
        message = _seal_fault(data, seal)
        if message is None and not lines and self.complete:
            message = "no entry here holds this seal."
        if message is None and lines:
            act = _sealed(data)
            reasons = [self.opening.fault(line, act) for line in lines]
            if None in reasons:
                self.opened.add(seal)
            elif self.complete or any(_public(line) for line in lines):
                message = f"{reasons[0]} (Its line: {lines[0].place}.)"
        if message is not None:
            self.faults.append(Fault(path, message))
        return data


def _sealed(data: bytes) -> SealedAct:
    return SealedAct(data[:SALT_SIZE], data[SALT_SIZE:])


def _seal_fault(data: bytes, seal: bytes) -> str | None:
    if not SALT_SIZE < len(data) <= SALT_SIZE + MAX_ACT:
        return f"expected a salt of {SALT_SIZE} bytes and an act, found {len(data)} bytes."
    if _sealed(data).seal != seal:
        return "its bytes do not open the seal that it is named by."
    return None
