"""Checking an exported record without asking anybody.

Everything that `layout` names is read through two functions that the caller brings; no byte of any
file is passed over, and every fault that can be found independently of the others is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from architrave.record.attested import check_attested
from architrave.record.audit_acts import Opening, check_acts
from architrave.record.audit_claims import check_claims, check_proofs
from architrave.record.audit_files import check_surplus, check_texts, founding_of
from architrave.record.audit_headers import ActLine, Claim, renewed_place
from architrave.record.audit_log import (
    ReadFile,
    ReadLog,
    Spread,
    log_state,
    open_log,
    read_log,
)
from architrave.record.audit_state import AuditState, Seals
from architrave.record.audit_summary import ReadActs, log_audit
from architrave.record.audit_tombstones import check_tombstones
from architrave.record.errors import Malformed, OtherRecord, RecordError
from architrave.record.findings import Audit, Fault, LogAudit, Remark
from architrave.record.founding import Founding, read_founding
from architrave.record.layout import (
    FOUNDING,
    act_path,
    check_folders,
    tile_paths,
    tombstone_path,
)
from architrave.record.vkeys import NoteKey

__all__ = [
    "ActLine",
    "Audit",
    "Audited",
    "Fault",
    "ListFiles",
    "LogAudit",
    "Opening",
    "Progress",
    "ReadFile",
    "Remark",
    "Spread",
    "audit",
    "audit_on",
]

_Found = TypeVar("_Found", Fault, Remark)

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
    return audit_on(read, listed, opening, None, trusted, progress, spread).found


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit, and the state in which it ended: None if it found a fault.

    `taken_over` lists, by party, how many entries were read by an earlier audit and not now. What
    has changed in their files since then is not seen; an audit without a state sees it.
    """

    found: Audit
    state: AuditState | None
    taken_over: Mapping[str, int]


def audit_on(
    read: ReadFile,
    listed: ListFiles | None,
    opening: Callable[[Founding], Opening],
    since: AuditState | None,
    trusted: bytes | None = None,
    progress: Progress | None = None,
    spread: Spread = map,
    witnesses: Collection[NoteKey] = (),
) -> Audited:
    """Audit what is new in an export since an earlier audit of it, or all of it if that is None.

    What it finds is what `audit` finds. Where the new part shows a fault, or bears on acts that
    were read before, everything is read again, so that no finding rests on the state. Entries other
    than those that were audited are a fault, however they are signed. OtherRecord if the state is
    of another institution, or covers more than the export. Each of the outside `witnesses` must
    have attested some log; what other witnesses are said to have attested is told.
    """
    wanted = read_founding(trusted) if trusted is not None else None
    faults: list[Fault] = []
    founding, same = founding_of(read, wanted, faults)
    if founding is None:
        return Audited(Audit("", False, False, (), tuple(faults), ()), None, {})
    try:
        check_folders(founding)
    except Malformed as fault:
        faults.append(Fault(FOUNDING, str(fault)))
        found = Audit(founding.id, founding.demonstration, same, (), tuple(faults), ())
        return Audited(found, None, {})
    _require_same(founding, since)
    paths = None if listed is None else frozenset(listed())
    check_texts(read, founding, faults)
    reading = _Reading(read, paths, founding, same, opening, progress, spread, faults, witnesses)
    if since is not None and not faults:
        resumed = reading.resumed(since)
        if resumed is not None:
            return resumed
    return reading.whole(since)


def _require_same(founding: Founding, since: AuditState | None) -> None:
    if since is not None and since.institution != founding.id:
        raise OtherRecord(
            f"it is of institution {since.institution}, this record is of {founding.id}."
        )
    if since is not None and [log.origin for log in since.logs] != [
        member.origin for member in founding.members
    ]:
        raise OtherRecord("it does not name the logs of this founding.")


@dataclass(slots=True)
class _Reading:
    """One audit of one export under a founding that was read."""

    read: ReadFile
    paths: frozenset[str] | None
    founding: Founding
    same: bool
    opening: Callable[[Founding], Opening]
    progress: Progress | None
    spread: Spread
    faults: list[Fault]
    witnesses: Collection[NoteKey]

    def whole(self, since: AuditState | None) -> Audited:
        """Read everything; of an earlier audit only compare what it covered."""
        faults, remarks = list(self.faults), list[Remark]()
        logs = [open_log(self.read, member, self.founding) for member in self.founding.members]
        _read_all(logs, self.read, self.founding, self.progress, self.spread)
        if since is not None:
            _compare(logs, since)
        beyond = self._between_logs(logs, (), faults, remarks)
        complete = all(log.complete for log in logs)
        judge = self.opening(self.founding)
        lines = [line for log in logs for line in log.lines]
        opened = check_acts(self.read, self.paths, lines, complete, judge, faults)
        said = len(remarks)
        erased = self._erased(self.paths, logs, lines, judge, faults, remarks)
        unfinished = len(remarks) > said
        if complete:
            remarks.extend(judge.remarks())
        acts = ReadActs(opened, erased, unfinished, judge, Seals())
        ended = self._end(logs, acts, beyond, faults, remarks)
        if since is not None and not ended.found.faults:
            _require_no_less(ended.found, since)
        return ended

    def resumed(self, since: AuditState) -> Audited | None:
        """Read what is new; None if that does not settle it."""
        faults, remarks = list[Fault](), list[Remark]()
        try:
            logs = [
                open_log(self.read, member, self.founding, state)
                for member, state in zip(self.founding.members, since.logs, strict=True)
            ]
        except Malformed as fault:
            raise OtherRecord(f"it does not hold together: {fault}") from fault
        if any(log.faults for log in logs):
            return None
        try:
            _read_all(logs, self.read, self.founding, self.progress, self.spread)
        except RecordError:
            return None  # the tiles do not lead to what was read before
        if any(log.faults or not log.complete for log in logs):
            return None
        _compare(logs, since)
        lines = [line for log in logs for line in log.lines]
        old = {act_path(seal) for seal in since.opened}
        old |= {tombstone_path(seal) for seal in since.erased}
        if since.unfinished or any(since.seals.holds(line.seal) for line in lines):
            return None
        if self.paths is not None and not self.paths.issuperset(old | _tiles_of(logs)):
            return None
        sizes = {log.folder: log.top.size for log in logs if log.top is not None}
        renewed = partial(renewed_place, sizes=sizes)
        try:
            judge = self.opening(self.founding)
            judge.recall(since.acts, renewed)
            waiting = [Claim(renewed(one.place), one.named) for one in since.beyond]
            beyond = self._between_logs(logs, waiting, faults, remarks)
        except RecordError:
            return None  # what was read before is not as it was, or the state is not its own
        paths = None if self.paths is None else self.paths - old
        opened = check_acts(self.read, paths, lines, True, judge, faults)
        said = len(remarks)
        erased = self._erased(paths, logs, lines, judge, faults, remarks)
        unfinished = len(remarks) > said
        if judge.unsettled(listed=paths is not None) or any(log.faults for log in logs) or faults:
            return None
        remarks.extend(judge.remarks())
        opened, erased = opened | since.opened, erased | since.erased
        acts = ReadActs(opened, erased, unfinished, judge, since.seals)
        return self._end(logs, acts, beyond, faults, remarks)

    def _erased(
        self,
        paths: frozenset[str] | None,
        logs: list[ReadLog],
        lines: list[ActLine],
        judge: Opening,
        faults: list[Fault],
        remarks: list[Remark],
    ) -> set[bytes]:
        """The seals in whose place a tombstone stands."""
        keys = {log.member.origin: [one.key for one in log.keys.segments] for log in logs}
        return check_tombstones(
            self.read, paths, lines, self.founding, keys, judge, faults, remarks
        )

    def _between_logs(
        self,
        logs: list[ReadLog],
        waiting: Sequence[Claim],
        faults: list[Fault],
        remarks: list[Remark],
    ) -> list[Claim]:
        """Check what the logs say of each other; the claims on what is not exported yet."""
        two_faced = check_proofs(self.read, logs, faults, remarks)
        return check_claims(logs, self.read, waiting, two_faced, remarks)

    def _end(
        self,
        logs: list[ReadLog],
        acts: ReadActs,
        beyond: list[Claim],
        faults: list[Fault],
        remarks: list[Remark],
    ) -> Audited:
        if self.paths is not None:
            check_surplus(self.read, self.paths, logs, faults)
        for log in logs:
            faults.extend(log.faults)
        check_attested(self.read, self.paths, logs, self.witnesses, faults, remarks)
        found = Audit(
            self.founding.id,
            self.founding.demonstration,
            self.same,
            tuple(log_audit(log, self.founding, acts, faults) for log in logs),
            tuple(_in_order(faults)),
            tuple(_in_order(remarks)),
        )
        taken = {log.member.name: log.start for log in logs if log.start}
        state = None if faults else _state(self.founding, logs, found, acts, beyond)
        return Audited(found, state, taken)


def _require_no_less(found: Audit, since: AuditState) -> None:
    for log, before in zip(found.logs, since.logs, strict=True):
        if log.signed_size < before.size:
            raise OtherRecord(
                f"it covers {before.size} entries of {before.origin}, the record here has"
                f" {log.signed_size}: this record is older than the one that was audited."
            )


def _tiles_of(logs: list[ReadLog]) -> set[str]:
    return {
        path for log in logs if log.top is not None for path in tile_paths(log.folder, log.top.size)
    }


def _in_order(found: Iterable[_Found]) -> list[_Found]:
    return sorted(set(found), key=lambda one: (one.place, one.message))


def _compare(logs: list[ReadLog], since: AuditState) -> None:
    """Blame a log that now holds other entries than those an earlier audit read."""
    for log, before in zip(logs, since.logs, strict=True):
        if log.rooted and log.top is not None and log.top.size >= before.size:
            if log.tree.root(before.size) != before.root:
                log.fault(
                    "checkpoint",
                    f"the first {before.size} entries are others than those that were audited"
                    f" before, under a checkpoint of {log.member.name}.",
                )


def _state(
    founding: Founding, logs: list[ReadLog], found: Audit, acts: ReadActs, beyond: list[Claim]
) -> AuditState | None:
    if not all(log.complete for log in logs):
        return None
    return AuditState(
        institution=founding.id,
        logs=tuple(
            log_state(log, one.public_acts, one.erased_acts)
            for log, one in zip(logs, found.logs, strict=True)
        ),
        beyond=tuple(beyond),
        seals=acts.seals.with_added(line.seal for log in logs for line in log.lines),
        opened=frozenset(acts.opened),
        erased=frozenset(acts.erased),
        unfinished=acts.unfinished,
        acts=acts.judge.remember(),
    )


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
