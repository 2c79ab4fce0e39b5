"""What an audit tells of one log, once everything was read."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.record.audit_acts import Opening
from architrave.record.audit_log import ReadLog
from architrave.record.audit_state import Seals
from architrave.record.findings import Fault, LogAudit
from architrave.record.founding import Founding
from architrave.record.layout import proof_path
from architrave.record.tree import EMPTY_ROOT

__all__ = ["ReadActs", "log_audit"]


@dataclass(frozen=True, slots=True)
class ReadActs:
    """The seals whose act lies open, those with a tombstone, who judged them, and earlier lines."""

    opened: set[bytes] | frozenset[bytes]
    erased: set[bytes] | frozenset[bytes]
    unfinished: bool
    judge: Opening
    seals: Seals


def _others(log: ReadLog, founding: Founding) -> tuple[str, ...]:
    return tuple(one.name for one in founding.members if one != log.member)


def log_audit(log: ReadLog, founding: Founding, acts: ReadActs, faults: list[Fault]) -> LogAudit:
    """One log as an audit tells it."""
    others = _others(log, founding)
    before, note = log.since, log.cosigned
    opened = sum(line.seal in acts.opened for line in log.lines)
    erased = sum(line.seal in acts.erased for line in log.lines)
    sealed = sum(
        line.seal not in acts.opened and line.seal not in acts.erased for line in log.lines
    )
    if before is not None:
        opened, erased = opened + before.public_acts, erased + before.erased_acts
        sealed += before.acts - before.public_acts - before.erased_acts
    cosigners = note.cosigners if note is not None else ()
    awaited = tuple(name for name in others if name not in cosigners)
    complete = note is not None and not awaited
    return LogAudit(
        origin=log.keys.latest.log,
        party=log.member.name,
        signed_size=log.top.size if log.top is not None else 0,
        cosigned_size=note.checkpoint.size if note is not None and complete else 0,
        root=log.top.root if log.top is not None else EMPTY_ROOT,
        cosigners=cosigners,
        receipts=log.receipts + (before.receipts if before is not None else 0),
        acts=len(log.lines) + (before.acts if before is not None else 0),
        sealed_acts=sealed,
        erased_acts=erased,
        public_acts=opened,
        awaited=awaited,
        sound=not any(
            fault.place.startswith(f"{log.folder}/") or fault.place == proof_path(log.folder)
            for fault in faults
        ),
    )
