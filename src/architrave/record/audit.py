"""Checking an exported record without asking anybody.

Everything that `layout` names is read through two functions that the caller brings; no byte of any
file is passed over, and every fault that can be found independently of the others is reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from architrave.record.audit_acts import Opening, check_acts
from architrave.record.audit_log import (
    ActLine,
    Claim,
    ReadFile,
    ReadLog,
    Spread,
    open_log,
    read_log,
)
from architrave.record.audit_tombstones import check_tombstones
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import Malformed, RecordError
from architrave.record.findings import Audit, Fault, LogAudit, Remark
from architrave.record.founding import Founding, read_founding
from architrave.record.layout import (
    ACTS,
    CHARTER,
    FOUNDING,
    README,
    TOMBSTONES,
    check_folders,
    checkpoint_path,
    proof_path,
    readme,
    signed_path,
    tile_belongs,
)
from architrave.record.tiles import parse_path
from architrave.record.tree import EMPTY_ROOT

__all__ = [
    "ActLine",
    "Audit",
    "Fault",
    "ListFiles",
    "LogAudit",
    "Opening",
    "Progress",
    "ReadFile",
    "Remark",
    "Spread",
    "audit",
    "readme",
]

ListFiles = Callable[[], Iterable[str]]
"""The relative paths of all files there are; None in its place where nobody can list them."""

Progress = Callable[[int, int], None]
"""Told how many entries have been read, and how many there are."""


def audit(
    read: ReadFile,
    listed: ListFiles | None,
    opening: Callable[[Founding], Opening],
    trusted: bytes | None = None,
    progress: Progress | None = None,
    spread: Spread = map,
) -> Audit:
    """Audit an export. `trusted` is the founding file that the reader trusts, if any.

    `opening` makes the judge of acts for a founding. Without a listing, files that nothing asks for
    go unseen. `spread` may share the reading of entries among processes. RecordError if `trusted`
    itself is no founding; nothing else in a file raises.
    """
    wanted = read_founding(trusted) if trusted is not None else None
    faults: list[Fault] = []
    founding, same = _founding(read, wanted, faults)
    if founding is None:
        return Audit("", False, False, (), tuple(faults), ())
    try:
        check_folders(founding)
    except Malformed as fault:
        faults.append(Fault(FOUNDING, str(fault)))
        return Audit(founding.id, founding.demonstration, same, (), tuple(faults), ())
    paths = None if listed is None else frozenset(listed())
    _texts(read, founding, faults)
    logs = [open_log(read, member, founding) for member in founding.members]
    _read_all(logs, read, founding, progress, spread)
    remarks: list[Remark] = []
    two_faced = _proofs(read, logs, faults)
    _check_claims(logs, two_faced, remarks)
    complete = all(log.complete for log in logs)
    judge = opening(founding)
    lines = [line for log in logs for line in log.lines]
    opened = check_acts(read, paths, lines, complete, judge, faults)
    erased = check_tombstones(read, paths, lines, founding, judge, faults, remarks)
    if complete:
        remarks.extend(judge.remarks())
    if paths is not None:
        _surplus(read, paths, logs, faults)
    for log in logs:
        faults.extend(log.faults)
    return Audit(
        founding.id,
        founding.demonstration,
        same,
        tuple(_log_audit(log, _others(log, founding), opened, erased, faults) for log in logs),
        tuple(sorted(set(faults), key=lambda fault: (fault.place, fault.message))),
        tuple(remarks),
    )


def _founding(
    read: ReadFile, wanted: Founding | None, faults: list[Fault]
) -> tuple[Founding | None, bool]:
    """The founding to go on with, and whether it is the trusted one."""
    data = read(FOUNDING)
    if data is None:
        faults.append(Fault(FOUNDING, "the file is missing."))
        return wanted, wanted is not None
    try:
        found = read_founding(data)
    except RecordError as fault:
        faults.append(Fault(FOUNDING, str(fault)))
        return wanted, wanted is not None
    if wanted is not None and found.id != wanted.id:
        faults.append(
            Fault(FOUNDING, f"this is institution {found.id}, the trusted one is {wanted.id}.")
        )
        return None, False
    return found, wanted is not None


def _texts(read: ReadFile, founding: Founding, faults: list[Fault]) -> None:
    charter = read(CHARTER)
    if charter is None:
        faults.append(Fault(CHARTER, "the file is missing."))
    elif hashlib.sha256(charter).hexdigest() != founding.charter:
        faults.append(Fault(CHARTER, "its SHA-256 is not the one that the founding names."))
    text = read(README)
    if text is None:
        faults.append(Fault(README, "the file is missing."))
    elif text != readme(founding):
        faults.append(Fault(README, "it is not the text that goes with this founding."))


def _read_all(
    logs: list[ReadLog],
    read: ReadFile,
    founding: Founding,
    progress: Progress | None,
    spread: Spread,
) -> None:
    total = sum(log.top.size for log in logs if log.top is not None)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    for log in logs:
        read_log(log, read, founding, step, spread)


def _proofs(read: ReadFile, logs: list[ReadLog], faults: list[Fault]) -> set[str]:
    """The origins of logs that were signed in two versions, as proofs in the export show."""
    found = set()
    for log in logs:
        path = proof_path(log.folder)
        data = read(path)
        if data is None:
            continue
        try:
            first, second = check_equivocation(data, log.member.log_key)
        except RecordError as fault:
            faults.append(Fault(path, str(fault)))
            continue
        found.add(log.member.origin)
        message = (
            f"{log.member.name} signed two histories of its log that do not agree"
            f" (sizes {first.size} and {second.size})."
        )
        faults.append(Fault(path, message))
    return found


class _Roots:
    """The roots of the logs at the sizes that claims name; two logs often name the same one."""

    def __init__(self, logs: Mapping[str, ReadLog]) -> None:
        self._logs = logs
        self._known: dict[tuple[str, int], bytes] = {}

    def of(self, origin: str, size: int) -> bytes:
        """The root of the first `size` entries of a log."""
        if (origin, size) not in self._known:
            self._known[origin, size] = self._logs[origin].tree.root(size)
        return self._known[origin, size]


def _check_claims(logs: list[ReadLog], two_faced: set[str], remarks: list[Remark]) -> None:
    """Compare what each log names of the others with what those logs hold."""
    by_origin = {log.member.origin: log for log in logs}
    roots = _Roots(by_origin)
    for log in logs:
        beyond: dict[str, Claim] = {}
        blamed: set[str] = set()
        for claim in log.claims:
            origin, size, root = claim.named
            other = by_origin[origin]
            if not other.rooted or origin in blamed:
                continue
            if size > len(other.tree):
                beyond.setdefault(origin, claim)
            elif roots.of(origin, size) != root:
                if origin in two_faced:
                    remarks.append(
                        Remark(claim.place, f"names the other of two histories of {origin}.")
                    )
                    continue
                message = f"the first {size} entries of {origin} are others than it names."
                log.faults.append(Fault(claim.place, f"seen: {message}"))
                blamed.add(origin)  # what follows from the first is not told again
        for origin, claim in beyond.items():
            held = len(by_origin[origin].tree)
            message = f"names {claim.named.size} entries of {origin}, {held} are exported."
            remarks.append(Remark(claim.place, message))


def _surplus(
    read: ReadFile, paths: frozenset[str], logs: list[ReadLog], faults: list[Fault]
) -> None:
    fixed = {FOUNDING, CHARTER, README}
    for log in logs:
        optional = {signed_path(log.folder), proof_path(log.folder)}
        for path in sorted(optional & paths):
            if read(path) is None:
                faults.append(Fault(path, "it is listed and cannot be read as an ordinary file."))
        fixed |= {checkpoint_path(log.folder), *optional}
    folders = {log.folder: log for log in logs}
    for path in sorted(paths - fixed):
        if path.startswith((ACTS, TOMBSTONES)):
            continue  # judged with the acts
        folder, _, rest = path.partition("/")
        if folder not in folders or not _expected(folders[folder], rest):
            faults.append(Fault(path, "this file is no part of the export."))


def _expected(log: ReadLog, path: str) -> bool:
    try:
        level, index, width = parse_path(path)
    except Malformed:
        return False
    if log.top is None:
        return True  # how many files there should be is not known without a checkpoint
    return tile_belongs(log.top.size, 0 if level == "entries" else level, index, width)


def _others(log: ReadLog, founding: Founding) -> tuple[str, ...]:
    return tuple(one.name for one in founding.members if one != log.member)


def _log_audit(
    log: ReadLog,
    others: tuple[str, ...],
    opened: set[bytes],
    erased: set[bytes],
    faults: list[Fault],
) -> LogAudit:
    note = log.cosigned
    cosigners = note.cosigners if note is not None else ()
    awaited = tuple(name for name in others if name not in cosigners)
    complete = note is not None and not awaited
    return LogAudit(
        origin=log.member.origin,
        party=log.member.name,
        signed_size=log.top.size if log.top is not None else 0,
        cosigned_size=note.checkpoint.size if note is not None and complete else 0,
        root=log.top.root if log.top is not None else EMPTY_ROOT,
        cosigners=cosigners,
        receipts=log.receipts,
        acts=len(log.lines),
        sealed_acts=sum(line.seal not in opened and line.seal not in erased for line in log.lines),
        erased_acts=sum(line.seal in erased for line in log.lines),
        public_acts=sum(line.seal in opened for line in log.lines),
        awaited=awaited,
        sound=not any(
            fault.place.startswith(f"{log.folder}/") or fault.place == proof_path(log.folder)
            for fault in faults
        ),
    )
