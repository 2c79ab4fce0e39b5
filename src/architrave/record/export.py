"""The public record as files, one by one or all of them: what `audit` reads.

What lies where is written in `layout`. A node serves single files while its logs grow, so a bundle
or tile is given for every size that the log has had; a whole export holds those of one size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from architrave.record.attested import attested_path
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.cosignatures import verify_cosignature
from architrave.record.errors import Malformed, RecordError
from architrave.record.founding import Founding, Member
from architrave.record.history import Branch
from architrave.record.layout import (
    ACTS,
    CHARTER,
    FOUNDING,
    README,
    TOMBSTONES,
    act_path,
    checkpoint_path,
    folder_of,
    proof_path,
    readme,
    signed_path,
    succession_path,
    tile_paths,
    tombstone_path,
)
from architrave.record.notes import Note, NoteSignature, format_note
from architrave.record.sealing import SealedAct
from architrave.record.tiles import TILE_WIDTH, encode_bundle, parse_path, tile_bytes
from architrave.record.tombstones import ErasedAct, HeldAct
from architrave.record.vkeys import NoteKey

__all__ = ["Published", "PublishedLog", "export_files", "publish_log", "published_file"]


@dataclass(frozen=True, slots=True)
class PublishedLog:
    """A log as it is shown: `size` entries of `branch`, under two notes of which one may be empty.

    `checkpoint` is the newest that every other party has cosigned, and `signed` a later one with
    the log's own signature; while no checkpoint is cosigned by all, `checkpoint` is the newest,
    with the cosignatures that it has. `proof` convicts the log, or one that it continues, of two
    histories; empty without one. `titles` are those of the later logs, by generation; `attested`
    are the notes of outside witnesses, by key ID.
    """

    member: Member
    branch: Branch
    checkpoint: bytes
    signed: bytes
    size: int
    proof: bytes
    titles: Mapping[int, bytes] = field(default_factory=dict)
    attested: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """All that anyone may read. `founding_file` and `charter` are those files' bytes.

    `log` gives a party's log, `act` the act of a seal (32 bytes), or what is left of it once its
    words are erased, if it is held and anyone may read it.
    """

    founding: Founding
    founding_file: bytes
    charter: bytes
    log: Callable[[Member], PublishedLog]
    act: Callable[[bytes], HeldAct | None]


# -- one log ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    checkpoint: Checkpoint
    own: NoteSignature
    cosignatures: tuple[NoteSignature, ...]

    @property
    def rank(self) -> tuple[int, int]:
        return self.checkpoint.size, len(self.cosignatures)


def publish_log(
    member: Member,
    founding: Founding,
    branch: Branch,
    notes: list[bytes],
    proof: bytes = b"",
    log_key: NoteKey | None = None,
    titles: Mapping[int, bytes] | None = None,
) -> PublishedLog:
    """The log of a member as far as `branch` holds it, under the best of the notes held of it.

    `log_key` is that of the member's latest log, if that is not the first. Lines of a note that do
    not hold, or that nobody accounts for, are left out. Without any note that covers what is held,
    nothing of the log is shown.
    """
    others = [one for one in founding.members if one != member]
    key = log_key or member.log_key
    found = [
        candidate
        for data in notes
        if (candidate := _candidate(data, key, others, branch)) is not None
    ]
    if not found:
        return PublishedLog(member, branch, b"", b"", 0, proof, titles or {})
    newest = max(found, key=lambda one: one.rank)
    needed = sum(len(other.cosigners) for other in others)
    complete = [one for one in found if len(one.cosignatures) == needed]
    best = max(complete, key=lambda one: one.rank) if complete else newest
    text = best.checkpoint.text
    checkpoint = format_note(text, [best.own, *best.cosignatures])
    later = newest.checkpoint.size > best.checkpoint.size
    signed = format_note(newest.checkpoint.text, [newest.own]) if later else b""
    size = newest.checkpoint.size
    return PublishedLog(member, branch, checkpoint, signed, size, proof, titles or {})


def _candidate(
    data: bytes, key: NoteKey, others: list[Member], branch: Branch
) -> _Candidate | None:
    try:
        checkpoint, note = open_checkpoint(data, key)
    except RecordError:
        return None
    size = checkpoint.size
    if not 0 < size <= branch.size or branch.tips[size - 1].root != checkpoint.root:
        return None
    own = next(line for line in note.signatures if line.names(key))
    lines = [_cosignature(note, one) for other in others for one in other.cosigners]
    return _Candidate(checkpoint, own, tuple(line for line in lines if line is not None))


def _cosignature(note: Note, key: NoteKey) -> NoteSignature | None:
    newest: tuple[int, NoteSignature] | None = None
    for line in note.signatures:
        if line.names(key):
            try:
                seconds = verify_cosignature(note.text, line, key)
            except RecordError:
                continue
            if newest is None or seconds > newest[0]:
                newest = seconds, line
    return newest[1] if newest else None


# -- files ------------------------------------------------------------------------------------


def published_file(published: Published, path: str) -> bytes | None:
    """The bytes of the public record at a path; None if nothing lies there."""
    founding = published.founding
    if path == FOUNDING:
        return published.founding_file
    if path == CHARTER:
        return published.charter
    if path == README:
        return readme(founding)
    for folder, kind in ((ACTS, SealedAct), (TOMBSTONES, ErasedAct)):
        if path.startswith(folder):
            act = _act(published, path.removeprefix(folder))
            return _act_bytes(act) if isinstance(act, kind) else None
    for member in founding.members:
        folder = folder_of(member)
        if path == proof_path(folder) or path.startswith(f"{folder}/"):
            return _log_file(published.log(member), folder, path)
    return None


def export_files(published: Published) -> Iterator[tuple[str, bytes]]:
    """Every file of an export, as path and bytes: what `audit` will ask for, and nothing else."""
    for path in (FOUNDING, CHARTER, README):
        yield path, _present(published_file(published, path), path)
    seals: dict[bytes, None] = {}
    for member in published.founding.members:
        log, folder = published.log(member), folder_of(member)
        paths = [checkpoint_path(folder)] if log.checkpoint else []
        paths += [signed_path(folder)] if log.signed else []
        paths += [proof_path(folder)] if log.proof else []
        paths += [attested_path(folder, one) for one in sorted(log.attested)]
        paths += [succession_path(folder, one) for one in sorted(log.titles)] if log.size else []
        for path in [*paths, *tile_paths(folder, log.size)]:
            yield path, _present(_log_file(log, folder, path), path)
        for entry in log.branch.entries[: log.size]:
            if entry.header.seal is not None:
                seals[entry.header.seal] = None
    for seal in seals:
        act = _act(published, seal.hex())
        if act is not None:
            path = tombstone_path(seal) if isinstance(act, ErasedAct) else act_path(seal)
            yield path, _act_bytes(act)


def _present(data: bytes | None, path: str) -> bytes:
    if data is None:
        raise ValueError(f"{path}: nothing lies where the layout says that something does")
    return data


def _act(published: Published, name: str) -> HeldAct | None:
    try:
        seal = bytes.fromhex(name)
    except ValueError:
        return None
    if seal.hex() != name:
        return None
    return published.act(seal)


def _act_bytes(act: HeldAct) -> bytes:
    return act.stone.data if isinstance(act, ErasedAct) else act.salt + act.data


def _log_file(log: PublishedLog, folder: str, path: str) -> bytes | None:
    if path == checkpoint_path(folder):
        return log.checkpoint or None
    if path == signed_path(folder):
        return log.signed or None
    if path == proof_path(folder):
        return log.proof or None
    for key_id, note in log.attested.items():
        if path == attested_path(folder, key_id):
            return note
    for generation, title in log.titles.items():
        if path == succession_path(folder, generation):
            return title
    try:
        level, index, width = parse_path(path.removeprefix(f"{folder}/"))
    except Malformed:
        return None
    first = index * TILE_WIDTH
    if level == "entries":
        if first + width > log.size:
            return None
        return encode_bundle([one.data for one in log.branch.entries[first : first + width]])
    if (first + width) << (8 * level) > log.size:
        return None
    return tile_bytes(log.branch.tree, level, index, width)
