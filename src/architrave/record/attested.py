"""What outside witnesses have attested of a log: notes in an export, and what a reader checks.

A note lies at ``<party>/witness.<key ID, 8 hex digits>``: a checkpoint with the log's own signature
and the lines of one witness, whose key no founding names. Whoever trusts that key gives it to the
audit; everybody else learns that such lines are there and what they claim.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from architrave.record.audit_log import ReadFile, ReadLog
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.cosignatures import COSIGNATURES, verify_cosignature
from architrave.record.errors import RecordError
from architrave.record.findings import Fault, Remark
from architrave.record.history import Branch
from architrave.record.notes import Note, NoteKey, format_note, parse_note

__all__ = ["attested_notes", "attested_path", "check_attested", "is_attested", "kept_note"]

_PLACE = re.compile(r"witness\.([0-9a-f]{8})")


def attested_path(folder: str, key_id: str) -> str:
    """The path of what a witness, by its key ID in hex, has attested of a log."""
    return f"{folder}/witness.{key_id}"


def is_attested(place: str) -> bool:
    """Say whether a place in a log's folder is that of a witness's note."""
    return _PLACE.fullmatch(place) is not None


def kept_note(note: Note, log: NoteKey, lines: str) -> bytes:
    """The log's own line of a note, with the lines of a witness, as one note."""
    own = [one for one in note.signatures if one.names(log)][:1]
    bare = format_note(note.text, own)
    return bare + lines.encode()


def attested_notes(
    notes: Mapping[str, bytes], keys: Collection[NoteKey], branch: Branch, size: int
) -> dict[str, bytes]:
    """Of the notes kept by key ID those that stand on the first `size` lines of a branch.

    `keys` are those under which the log has signed, its earlier names' among them.
    """
    found = {}
    for key_id, data in notes.items():
        for key in keys:
            try:
                checkpoint, _ = open_checkpoint(data, key)
            except RecordError:
                continue
            upto = checkpoint.size
            if 0 < upto <= size and branch.tips[upto - 1].root == checkpoint.root:
                found[key_id] = data
    return found


def check_attested(
    read: ReadFile,
    paths: Collection[str] | None,
    logs: list[ReadLog],
    witnesses: Collection[NoteKey],
    faults: list[Fault],
    remarks: list[Remark],
) -> None:
    """Check every such note that is listed, and that each witness named has attested some log.

    Without a listing only those of the witnesses named are looked for.
    """
    named = {key.key_id.hex(): key for key in witnesses}
    seen: set[str] = set()
    for log in logs:
        ids = set(named)
        for path in paths or ():
            folder, _, place = path.partition("/")
            if folder == log.folder and (match := _PLACE.fullmatch(place)) is not None:
                ids.add(match[1])
        for key_id in sorted(ids):
            path = attested_path(log.folder, key_id)
            data = read(path)
            if data is None:
                if paths is not None and path in paths:
                    faults.append(Fault(path, "it cannot be read as an ordinary file."))
                continue
            seen.add(key_id)
            try:
                _check_one(log, path, data, key_id, named.get(key_id), remarks)
            except RecordError as fault:
                faults.append(Fault(path, str(fault)))
    for key_id, key in named.items():
        if key_id not in seen:
            faults.append(
                Fault("--witness", f"{key.name} ({key_id}) has attested no log of this record.")
            )


def _check_one(
    log: ReadLog,
    path: str,
    data: bytes,
    key_id: str,
    witness: NoteKey | None,
    remarks: list[Remark],
) -> None:
    note = parse_note(data)
    checkpoint, signer = _opened(log, data)
    lines = [one for one in note.signatures if not one.names(signer)]
    if not lines or any(one.key_id.hex() != key_id for one in lines):
        raise _Wrong(f"expected the log's line and those of the witness {key_id}, no others.")
    _check_stands(log, checkpoint)
    claim = f"{lines[0].name} ({key_id})"
    if witness is None:
        remarks.append(
            Remark(
                path,
                f"{claim} is said to have cosigned {checkpoint.size} lines; --witness with its "
                "key checks that.",
            )
        )
        return
    if witness.kind not in COSIGNATURES:
        raise _Wrong(f"the key of {witness.name} is none that cosigns.")
    seconds = max(verify_cosignature(note.text, one, witness) for one in lines)
    told = f"{claim} has cosigned {checkpoint.size} lines, by its clock {seconds} s after 1970."
    remarks.append(Remark(path, told))


class _Wrong(RecordError):
    """Such a note is not as it must be."""


def _opened(log: ReadLog, data: bytes) -> tuple[Checkpoint, NoteKey]:
    """The checkpoint, under whichever key of the log signed it: it may be of an earlier name."""
    origin = parse_note(data).text.split("\n", 1)[0]
    segment = log.keys.named(origin)
    if segment is None:
        raise _Wrong(f"it is of {origin[:80]!r}, no name of this log.")
    checkpoint, _ = open_checkpoint(data, segment.note_key)
    return checkpoint, segment.note_key


def _check_stands(log: ReadLog, checkpoint: Checkpoint) -> None:
    size = log.top.size if log.top is not None else 0
    if checkpoint.size > size:
        raise _Wrong(
            f"it attests {checkpoint.size} lines, and the record has {size}: lines are missing."
        )
    # What an earlier audit has read is compared by one that reads everything.
    if log.rooted and log.start <= checkpoint.size:
        if log.tree.root(checkpoint.size) != checkpoint.root:
            raise _Wrong(
                f"the first {checkpoint.size} lines are others than those that were attested: this "
                "log has been rewritten."
            )
