"""Which key signs which entries of a log in an export, where it goes on under later names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from architrave.record.errors import RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member
from architrave.record.keys import PublicKey
from architrave.record.layout import succession_path
from architrave.record.notes import parse_note
from architrave.record.origins import first_log, generation_of
from architrave.record.succession import Succession, read_title
from architrave.record.vkeys import KeyType, NoteKey

__all__ = ["LogKeys", "Segment", "keys_of_log"]


@dataclass(frozen=True, slots=True)
class Segment:
    """The entries from position `start` on bear the name `log` and are signed with `key`."""

    start: int
    log: str
    key: PublicKey

    @property
    def note_key(self) -> NoteKey:
        """The key that signs checkpoints under this name."""
        return NoteKey(self.log, KeyType.NOTE, self.key.raw)


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The segments of one party's log, in order; the first begins at 0."""

    segments: tuple[Segment, ...]

    @classmethod
    def of_member(cls, member: Member) -> LogKeys:
        """The log of a member that no other log succeeds."""
        return cls((Segment(0, member.origin, member.node_key),))

    @property
    def latest(self) -> Segment:
        """The segment under whose name the log is exported."""
        return self.segments[-1]

    @property
    def generations(self) -> tuple[int, ...]:
        """The generations, after the first log, whose titles an export holds."""
        return tuple(generation_of(one.log) for one in self.segments[1:])

    def at(self, position: int) -> Segment:
        """The segment in which an entry stands."""
        return next(one for one in reversed(self.segments) if one.start <= position)

    def named(self, log: str) -> Segment | None:
        """The segment that bears a name; None if none does."""
        return next((one for one in self.segments if one.log == log), None)

    def left_out(self, log: str, size: int) -> bool:
        """Say whether a prefix of `log` holds entries that a later log leaves out."""
        if generation_of(log) >= generation_of(self.latest.log):
            return False
        later = [one.start for one in self.segments if generation_of(one.log) > generation_of(log)]
        return size > min(later)


def keys_of_log(
    read: Callable[[str], bytes | None],
    member: Member,
    founding: Founding,
    folder: str,
    checkpoint: bytes | None,
    faults: list[Fault],
) -> LogKeys:
    """The keys of a log, from the name under its checkpoint back to the founding.

    Where a title is missing or does not hold, that is noted, and the founding's key stands alone.
    """
    alone = LogKeys.of_member(member)
    try:
        log = parse_note(checkpoint or b"").text.split("\n", 1)[0]
        generation = generation_of(log)
    except RecordError:
        return alone  # what is wrong with the checkpoint is told where it is opened
    if first_log(log) != member.origin:
        return alone
    found: list[Segment] = []
    while generation > 1:
        path = succession_path(folder, generation)
        succession = _read_complete(read(path), path, log, founding, faults)
        if succession is None:
            return alone
        found.insert(0, Segment(succession.continues.size, log, succession.node_key))
        log = succession.continues.origin
        generation = generation_of(log)
    return LogKeys((*alone.segments, *found))


def _read_complete(
    data: bytes | None, path: str, log: str, founding: Founding, faults: list[Fault]
) -> Succession | None:
    if data is None:
        faults.append(Fault(path, f"the file is missing that {log} needs."))
        return None
    try:
        title = read_title(data, founding)
    except RecordError as fault:
        faults.append(Fault(path, str(fault)))
        return None
    if title.succession.log != log:
        faults.append(Fault(path, f"it is the title of {title.succession.log}, not of {log}."))
        return None
    lacking = title.lacking(founding)
    if lacking:
        faults.append(Fault(path, f"{', '.join(lacking)} has not concurred that {log} succeeds."))
        return None
    return title.succession
