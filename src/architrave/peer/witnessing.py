"""Cosigning: what a party says of the other logs' checkpoints, and what the others say of its own.

Cosigning is never blocked: not by a clock, not after a restore.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.peer.effects import Effect, Persist, Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import Cosigned, Growth
from architrave.peer.replica import Replica
from architrave.record.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint
from architrave.record.cosignatures import cosign, cosigners, verify_cosignature
from architrave.record.errors import RecordError
from architrave.record.notes import format_note, parse_note, parse_signature_lines
from architrave.record.vkeys import NoteKey, NoteSignature

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["keep_note", "merged_note", "on_cosigned", "take_stored_note", "witness"]


def witness(
    peer: Peer, replica: Replica, checkpoint: Checkpoint, note: bytes, persist: Persist
) -> Effect | None:
    """Cosign a checkpoint that extends what was last cosigned; keep that before it is told."""
    if _cosigned_lately(peer, replica, checkpoint, note):
        merged = _merge(peer, replica, checkpoint, note, [])
        if merged != replica.note:
            keep_note(peer, replica, merged, persist)
        return None
    name, seconds = peer.me.cosigner.name, peer.now // 1000
    signatures = [cosign(checkpoint, name, key, seconds) for key in peer.keys.cosigners]
    replica.witnessed, replica.witnessed_note = checkpoint, note
    replica.cosigned_at = peer.now
    persist.witnessed[replica.origin] = note
    keep_note(peer, replica, _merge(peer, replica, checkpoint, note, signatures), persist)
    lines = "".join(one.line for one in signatures)
    return Send(replica.party, Cosigned(replica.origin, checkpoint.size, checkpoint.root, lines))


def keep_note(peer: Peer, replica: Replica, merged: bytes, persist: Persist) -> bool:
    """Keep a merged note as the newest; True if every other party has cosigned it.

    The newest that all have cosigned is kept beside it, once all that it covers is held: a log that
    goes on growing would otherwise never have one to show.
    """
    replica.note = persist.notes[replica.origin] = merged
    note = parse_note(merged)
    needed = [key for origin in peer.cosigner_keys for key in _keys_of(peer, replica, origin)]
    complete = len(note.signatures) == 1 + len(needed)
    if complete and parse_checkpoint(note.text).size <= replica.branch.size:
        replica.cosigned_note = persist.cosigned[replica.origin] = merged
    return complete


def merged_note(peer: Peer, replica: Replica, checkpoint: Checkpoint, note: bytes) -> bytes:
    """A checkpoint's note with the cosignatures that are held of it beside those that it brings."""
    return _merge(peer, replica, checkpoint, note, [])


def _cosigned_lately(peer: Peer, replica: Replica, checkpoint: Checkpoint, note: bytes) -> bool:
    """Say whether the note carries this party's cosignature, and one was given within the pace.

    By this node's own clock: a note that was long under way shows an old one, and answering each
    such note with a new signature would bring two more for every one that arrives.
    """
    if replica.witnessed != checkpoint:
        return False
    try:
        at = cosigners(parse_note(note), peer.me.cosigners).get(peer.me.cosigner.name)
    except RecordError:
        # A line under this party's name that it never signed: anybody can add one.
        return False
    if at is None:
        return False
    return 0 <= peer.now - max(at * 1000, replica.cosigned_at) < peer.pace.refresh


def _merge(
    peer: Peer,
    replica: Replica,
    checkpoint: Checkpoint,
    note: bytes,
    extra: list[NoteSignature],
) -> bytes:
    """One note with the log's signature and the newest cosignature of each key, in order."""
    sources = [parse_note(note).signatures, tuple(extra)]
    if replica.note:
        held = parse_note(replica.note)
        if held.text == checkpoint.text:
            sources.insert(0, held.signatures)
    lines = [one for source in sources for one in source]
    chosen = [one for one in lines if one.name == replica.origin][:1]
    for origin in peer.cosigner_keys:
        keys = _keys_of(peer, replica, origin)
        found = [_newest(checkpoint.text, lines, key) for key in keys]
        chosen += [one for one in found if one is not None]
        if keys and None not in found:
            sizes = peer.cosigned[replica.origin]
            sizes[origin] = max(sizes.get(origin, 0), checkpoint.size)
    return format_note(checkpoint.text, chosen)


def _keys_of(peer: Peer, replica: Replica, origin: str) -> tuple[NoteKey, ...]:
    """The keys with all of which a party cosigns this log; none for the party that writes it."""
    return () if origin == replica.party else peer.cosigner_keys[origin]


def _newest(text: str, lines: list[NoteSignature], key: NoteKey) -> NoteSignature | None:
    """Of the lines that `key` made under this text the latest; of two of one time the later."""
    newest: tuple[int, NoteSignature] | None = None
    for line in lines:
        if line.names(key):
            try:
                seconds = verify_cosignature(text, line, key)
            except RecordError:
                continue
            if newest is None or seconds >= newest[0]:
                newest = seconds, line
    return newest[1] if newest is not None else None


def take_stored_note(peer: Peer, origin: str, note: bytes) -> None:
    """Take a note that was stored, with those of its lines that hold; count who cosigned it."""
    replica = peer.replicas[origin]
    checkpoint, _ = open_checkpoint(note, replica.key)
    replica.note = _merge(peer, replica, checkpoint, note, [])


def on_cosigned(peer: Peer, sender: str, message: Cosigned, effects: list[Effect]) -> None:
    """Add a party's cosignature to the own checkpoint; once all have cosigned it, pass it on."""
    replica = peer.replicas[peer.log]
    own = peer.history.main(peer.origin)
    if message.origin != peer.log or not replica.note:
        return
    if message.size != own.size or own.tip is None or message.root != own.tip.root:
        return
    try:
        signatures = list(parse_signature_lines(message.lines.encode()))
    except RecordError as fault:
        raise PeerError(str(fault)) from fault
    checkpoint = Checkpoint(peer.log, own.size, own.tip.root)
    if parse_note(replica.note).text != checkpoint.text:
        # A restored copy may hold a checkpoint of more lines than it holds.
        return
    merged = _merge(peer, replica, checkpoint, replica.note, signatures)
    if merged != replica.note:
        persist = Persist()
        complete = keep_note(peer, replica, merged, persist)
        effects.append(persist)
        if complete:
            for other in peer.others:
                effects.append(Send(other, Growth(peer.log, own.size, [], own.size, merged)))
