"""The acts of an export: each opens a seal, and each may be read by anyone.

This floor knows no kinds of acts. Who signed an act, and whether its author released it, is judged
by an `Opening` that the caller brings. It is shown every public act first, in the order of the
logs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Protocol

from architrave.record.audit_log import ActLine, ReadFile
from architrave.record.findings import Fault
from architrave.record.layout import ACTS, act_path
from architrave.record.sealing import MAX_ACT, SALT_SIZE, SealedAct

__all__ = ["Opening", "check_acts"]

_SEAL = re.compile(r"[0-9a-f]{64}")


class Opening(Protocol):
    """What the audit asks of those who know what acts say."""

    def fault(self, line: ActLine, act: SealedAct) -> str | None:
        """Why this act may not lie open under this line, in one sentence; None if it may."""

    def may_be_open(self, line: ActLine) -> bool:
        """Say whether the act of a line that is not public could have been released."""

    def unopened(self) -> Iterable[str]:
        """One sentence for each release whose act was not shown."""


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
    public = [one for found in by_seal.values() for one in found if _public(one)]
    opened = _public_acts(read, public, opening, faults)
    done = {line.seal for line in public}
    if listed is None:
        for seal, found in by_seal.items():
            if seal not in done and any(opening.may_be_open(line) for line in found):
                _other_act(read, seal, found, complete, opening, faults, opened, required=False)
        return opened
    for path in sorted(path for path in listed if path.startswith(ACTS)):
        name = path.removeprefix(ACTS)
        if not _SEAL.fullmatch(name):
            faults.append(Fault(path, "expected a seal as its name, 64 hex digits in lower case."))
        elif bytes.fromhex(name) not in done:
            seal = bytes.fromhex(name)
            found = by_seal.get(seal, [])
            _other_act(read, seal, found, complete, opening, faults, opened, required=True)
    return opened


def _public(line: ActLine) -> bool:
    return line.to is not None and line.to.public


def _public_acts(
    read: ReadFile, lines: list[ActLine], opening: Opening, faults: list[Fault]
) -> set[bytes]:
    opened: set[bytes] = set()
    broken: set[bytes] = set()
    for line in lines:
        path = act_path(line.seal)
        if line.seal in broken:
            continue
        data = read(path)
        if data is None:
            faults.append(Fault(path, f"the file is missing; {line.place} is public."))
            broken.add(line.seal)
            continue
        message = _seal_fault(data, line.seal)
        if message is not None:
            faults.append(Fault(path, message))
            broken.add(line.seal)
            continue
        opened.add(line.seal)
        message = opening.fault(line, _sealed(data))
        if message is not None:
            faults.append(Fault(path, f"{message} (Its line: {line.place}.)"))
    return opened


def _other_act(
    read: ReadFile,
    seal: bytes,
    lines: list[ActLine],
    complete: bool,
    opening: Opening,
    faults: list[Fault],
    opened: set[bytes],
    *,
    required: bool,
) -> None:
    path = act_path(seal)
    data = read(path)
    if data is None:
        if required:
            faults.append(Fault(path, "it is listed and cannot be read as an ordinary file."))
        return
    message = _seal_fault(data, seal)
    if message is None and complete:
        act = _sealed(data)
        reasons = [opening.fault(line, act) for line in lines]
        if not reasons:
            message = "no entry here holds this seal."
        elif None in reasons:
            opened.add(seal)
        else:
            message = reasons[0]
    if message is not None:
        faults.append(Fault(path, message))


def _sealed(data: bytes) -> SealedAct:
    return SealedAct(data[:SALT_SIZE], data[SALT_SIZE:])


def _seal_fault(data: bytes, seal: bytes) -> str | None:
    if not SALT_SIZE < len(data) <= SALT_SIZE + MAX_ACT:
        return f"expected a salt of {SALT_SIZE} bytes and an act, found {len(data)} bytes."
    if _sealed(data).seal != seal:
        return "its bytes do not open the seal that it is named by."
    return None
