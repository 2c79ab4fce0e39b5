"""What an audit of an exported record finds: values only."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Audit", "Fault", "LogAudit", "Remark"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something does not hold. `place` is a file of the export, and where it helps a part of it.

    For example ``elm/tile/entries/000.p/12 entry 7``: entries count from 0 over the whole log.
    """

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader should know and that is no fault."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class LogAudit:
    """One party's log, as far as its checkpoints and entries show.

    `signed_size` entries stand under the log's own signature, `cosigned_size` of them also under
    that of every other party (0 while one is missing). `root` is that of the signed size.
    `cosigners` have initialled the cosigned checkpoint, `awaited` have not; both are party names.
    Of the entries that were read, `receipts` carry no act; of the `acts`, the text of
    `public_acts` is in the export, that of `sealed_acts` is not, and in place of that of
    `erased_acts` there is a tombstone. `sound` is False if anything in
    this log's folder is at fault, or a proof shows two histories of it; the sizes then are claims
    only.
    """

    origin: str
    party: str
    signed_size: int
    cosigned_size: int
    root: bytes
    cosigners: tuple[str, ...]
    receipts: int
    acts: int
    sealed_acts: int
    erased_acts: int
    public_acts: int
    awaited: tuple[str, ...]
    sound: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole export. `trusted` is True if its founding is the one that the reader trusts.

    `institution` is empty, and there are no logs, if no founding could be read.
    """

    institution: str
    demonstration: bool
    trusted: bool
    logs: tuple[LogAudit, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]
