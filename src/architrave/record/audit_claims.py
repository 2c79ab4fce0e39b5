"""What the logs of an export say of each other, and what they signed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from architrave.record.audit_headers import Claim
from architrave.record.audit_log import ReadFile, ReadLog, root_of
from architrave.record.equivocation import check_equivocation, convicted_log
from architrave.record.errors import RecordError
from architrave.record.findings import Fault, Remark
from architrave.record.layout import proof_path
from architrave.record.origins import first_log

__all__ = ["check_claims", "check_proofs"]


def check_proofs(
    read: ReadFile, logs: list[ReadLog], faults: list[Fault], remarks: list[Remark]
) -> set[str]:
    """The first logs of parties that signed two versions of a log, as proofs in the export show.

    It is no fault of a log that the one it continues was signed twice: all parties know.
    """
    found = set()
    for log in logs:
        path = proof_path(log.folder)
        data = read(path)
        if data is None:
            continue
        try:
            segment = log.keys.named(convicted_log(data)) or log.keys.latest
            first, second = check_equivocation(data, segment.note_key)
        except RecordError as fault:
            faults.append(Fault(path, str(fault)))
            continue
        found.add(log.member.origin)
        message = (
            f"{log.member.name} signed two histories of its log that do not agree"
            f" (sizes {first.size} and {second.size})."
        )
        if segment is log.keys.latest:
            faults.append(Fault(path, message))
        else:
            remarks.append(Remark(path, f"{message} {log.keys.latest.log} continues it."))
    return found


class _Roots:
    """The roots of the logs at the sizes that claims name; two logs often name the same one."""

    def __init__(self, logs: Mapping[str, ReadLog], read: ReadFile) -> None:
        self._logs = logs
        self._read = read
        self._known: dict[tuple[str, int], bytes] = {}

    def of(self, origin: str, size: int) -> bytes:
        """The root of the first `size` entries of a log."""
        if (origin, size) not in self._known:
            self._known[origin, size] = root_of(self._logs[origin], self._read, size)
        return self._known[origin, size]


def check_claims(
    logs: list[ReadLog],
    read: ReadFile,
    waiting: Sequence[Claim],
    two_faced: set[str],
    remarks: list[Remark],
) -> list[Claim]:
    """Compare what each log names of the others with what those logs hold.

    `waiting` are claims that an earlier audit could not compare; those that still cannot be are
    returned.
    """
    by_origin = {log.member.origin: log for log in logs}
    roots = _Roots(by_origin, read)
    left: list[Claim] = []
    for log in logs:
        beyond: dict[str, Claim] = {}
        blamed: set[str] = set()
        before = [one for one in waiting if one.place.startswith(f"{log.folder}/")]
        for claim in [*before, *log.claims]:
            origin, size, root = claim.named
            first = first_log(origin)
            other = by_origin[first]
            if not other.rooted or first in blamed:
                continue
            if other.keys.left_out(origin, size):
                message = f"names entries of {origin} that {other.keys.latest.log} leaves out."
                remarks.append(Remark(claim.place, message))
                continue
            if size > len(other.tree):
                beyond.setdefault(origin, claim)
                left.append(claim)
            elif roots.of(first, size) != root:
                if first in two_faced:
                    remarks.append(
                        Remark(claim.place, f"names the other of two histories of {origin}.")
                    )
                    continue
                message = f"the first {size} entries of {origin} are others than it names."
                log.faults.append(Fault(claim.place, f"seen: {message}"))
                blamed.add(first)  # what follows from the first is not told again
        for origin, claim in beyond.items():
            held = len(by_origin[first_log(origin)].tree)
            message = f"names {claim.named.size} entries of {origin}, {held} are exported."
            remarks.append(Remark(claim.place, message))
    return left
