"""`verify RECORD --since NOTE`: does the record continue a checkpoint kept from before?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from architrave.cli.audit_words import FAULT, GOOD, UNTRUSTED, wrapped
from architrave.node.errors import NodeError
from architrave.record.audit import ReadFile
from architrave.record.audit_succession import LogKeys, keys_of_log
from architrave.record.b64 import encode
from architrave.record.continuity import (
    Compared,
    Held,
    Outcome,
    SignedNote,
    compare,
    open_signed,
    tidied_note,
)
from architrave.record.errors import RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member, read_founding
from architrave.record.layout import FOUNDING, checkpoint_path, folder_of, signed_path
from architrave.record.notes import MAX_NOTE, NoteKey
from architrave.record.origins import first_log
from architrave.record.tiles import growth_from_tiles

__all__ = ["Since", "since_lines", "since_status", "since_value", "sinces"]

_SETTLED = (Outcome.SAME, Outcome.CONTINUES, Outcome.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Since:
    """What a note, named by its file, is to another note or, if `other` is empty, to the record."""

    note: str
    other: str
    found: Compared


@dataclass(frozen=True, slots=True)
class _Book:
    """The log of one party in a record: its keys, its newest checkpoint and its tree."""

    keys: LogKeys
    newest: SignedNote
    held: Held


def sinces(read: ReadFile, notes: Sequence[Path], trusted: bytes | None) -> tuple[Since, ...]:
    """Compare notes with a record, and notes of one party with each other.

    NodeError or RecordError, naming the file, for a note that does not hold.
    """
    data = trusted if trusted is not None else read(FOUNDING)
    if data is None:
        raise NodeError(f"{FOUNDING}: the file is missing.")
    founding = read_founding(data)
    books: dict[str, _Book] = {}
    opened: list[tuple[str, SignedNote]] = []

    def key_of(origin: str) -> NoteKey | None:
        member = founding.member(first_log(origin))
        if member.name not in books:
            books[member.name] = _book(read, founding, member)
        segment = books[member.name].keys.named(origin)
        return segment.note_key if segment is not None else None

    for place in notes:
        opened.append((str(place), _opened(place, founding, key_of)))
    found = [
        Since(name, "", compare(note, books[note.member.name].newest, books[note.member.name].held))
        for name, note in opened
    ]
    found += [
        Since(name, other, compare(note, twin, books[note.member.name].held))
        for (name, note), (other, twin) in combinations(opened, 2)
        if note.member == twin.member
    ]
    return tuple(found)


def _opened(place: Path, founding: Founding, key_of: Callable[[str], NoteKey | None]) -> SignedNote:
    if place.stat().st_size > MAX_NOTE:
        raise NodeError(f"{place}: longer than any checkpoint.")
    try:
        return open_signed(tidied_note(place.read_text("utf-8", "replace")), founding, key_of)
    except RecordError as fault:
        raise NodeError(f"{place}: {fault}") from fault


def _book(read: ReadFile, founding: Founding, member: Member) -> _Book:
    folder = folder_of(member)
    notes = [read(checkpoint_path(folder)), read(signed_path(folder))]
    faults: list[Fault] = []
    keys = keys_of_log(read, member, founding, folder, notes[0] or notes[1], faults)
    if faults:
        raise NodeError(f"{faults[0].place}: {faults[0].message}")
    key = keys.latest.note_key
    opened = [open_signed(one, founding, lambda _: key) for one in notes if one]
    if not opened:
        raise NodeError(f"{checkpoint_path(folder)}: the file is missing.")
    newest = max(opened, key=lambda one: one.checkpoint.size)
    size = newest.checkpoint.size
    starts = {one.log: one.start for one in keys.segments[1:]}
    prove = partial(_proof_from, read, folder, size)
    return _Book(keys, newest, Held(size, prove, starts))


def _proof_from(read: ReadFile, folder: str, size: int, old: int, new: int) -> list[bytes]:
    return growth_from_tiles(old, new, size, lambda path: read(f"{folder}/{path}"))


# -- in words -------------------------------------------------------------------------------------


def since_status(found: Sequence[Since]) -> int:
    """0 if all continues, 1 if anything does not, 3 if the record does not reach far enough."""
    outcomes = {one.found.outcome for one in found}
    if outcomes & {Outcome.PARTED, Outcome.ELSEWHERE}:
        return FAULT
    return GOOD if outcomes <= set(_SETTLED) else UNTRUSTED


def since_lines(found: Sequence[Since]) -> Iterator[str]:
    """One sentence for each comparison."""
    for one in found:
        yield ""
        yield from wrapped(_sentence(one))


def _sentence(one: Since) -> str:
    pair = one.found
    old, new = pair.old.checkpoint, pair.new.checkpoint
    what = f"{one.note} and {one.other}" if one.other else f"{one.note} and this record"
    party = pair.old.member.name
    match pair.outcome:
        case Outcome.SAME:
            return f"Holds: {what}: both show the same {new.size} lines of {party}."
        case Outcome.CONTINUES:
            return (
                f"Holds: {what}: the first {old.size} of {new.size} lines of {party} are unchanged."
            )
        case Outcome.LEFT_OUT:
            return (
                f"Holds: {what}: every party has signed that {party}'s book goes on before the end"
                f" of the {old.size} lines; what came after was left out with their consent."
            )
        case Outcome.BEYOND:
            return (
                f"Not settled: {what}: this record does not reach {new.size} lines of {party}; ask"
                " a copy that does."
            )
        case Outcome.PARTED:
            return (
                f"FAULT: {what}: {party} signed two histories, which part within its first"
                f" {old.size} lines."
            )
        case Outcome.ELSEWHERE:
            return f"FAULT: {what}: these are not the first {new.size} lines of {party} held here."


def since_value(found: Sequence[Since]) -> list[Mapping[str, object]]:
    """The same as JSON values."""
    return [
        {
            "note": one.note,
            "other": one.other,
            "party": one.found.old.member.name,
            "outcome": one.found.outcome.value,
            "from": one.found.old.checkpoint.size,
            "to": one.found.new.checkpoint.size,
            "proof": [encode(value) for value in one.found.proof],
        }
        for one in found
    ]
