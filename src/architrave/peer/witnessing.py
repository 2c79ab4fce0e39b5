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
from architrave.record.notes import format_note, parse_note
from architrave.record.vkeys import NoteSignature, parse_signature

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
    signature = cosign(
        checkpoint, peer.cosigner_keys[peer.origin].name, peer.keys.cosigner, peer.now // 1000
    )
    replica.witnessed, replica.witnessed_note = checkpoint, note
    replica.cosigned_at = peer.now
    persist.witnessed[replica.origin] = note
    keep_note(peer, replica, _merge(peer, replica, checkpoint, note, [signature]), persist)
    return Send(
        replica.party,
        Cosigned(replica.origin, checkpoint.size, checkpoint.root, signature.line),
    )


def keep_note(peer: Peer, replica: Replica, merged: bytes, persist: Persist) -> bool:
    """Keep a merged note as the newest; True if every other party has cosigned it.

    The newest that all have cosigned is kept beside it, once all that it covers is held: a log that
    goes on growing would otherwise never have one to show.
    """
    replica.note = persist.notes[replica.origin] = merged
    note = parse_note(merged)
    complete = len(note.signatures) == len(peer.founding.members)
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
        own = peer.cosigner_keys[peer.origin]
        at = cosigners(parse_note(note), [own]).get(own.name)
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
    """One note with the log's signature and the newest cosignature of each party, in order."""
    chosen: dict[str, NoteSignature] = {}
    newest: dict[str, int] = {}
    sources = [parse_note(note).signatures, tuple(extra)]
    if replica.note:
        held = parse_note(replica.note)
        if held.text == checkpoint.text:
            sources.insert(0, held.signatures)
    for signature in (one for source in sources for one in source):
        if signature.name == replica.origin:
            chosen.setdefault(signature.name, signature)
        for origin, key in peer.cosigner_keys.items():
            if signature.name == key.name and origin != replica.party:
                try:
                    seconds = verify_cosignature(checkpoint.text, signature, key)
                except RecordError:
                    continue
                if seconds >= newest.get(signature.name, -1):
                    chosen[signature.name], newest[signature.name] = signature, seconds
                    sizes = peer.cosigned[replica.origin]
                    sizes[origin] = max(sizes.get(origin, 0), checkpoint.size)
    names = [replica.origin] + [key.name for key in peer.cosigner_keys.values()]
    return format_note(checkpoint.text, [chosen[name] for name in names if name in chosen])


def take_stored_note(peer: Peer, origin: str, note: bytes) -> None:
    """Take a note that was stored, with those of its lines that hold; count who cosigned it."""
    replica = peer.replicas[origin]
    checkpoint, _ = open_checkpoint(note, replica.key)
    replica.note = _merge(peer, replica, checkpoint, note, [])


def on_cosigned(peer: Peer, sender: str, message: Cosigned, effects: list[Effect]) -> None:
    """Add a cosignature to the own checkpoint; pass the note on when all have cosigned it."""
    replica = peer.replicas[peer.log]
    own = peer.history.main(peer.origin)
    if message.origin != peer.log or not replica.note:
        return
    if message.size != own.size or own.tip is None or message.root != own.tip.root:
        return
    try:
        signature = parse_signature(message.line)
    except RecordError as fault:
        raise PeerError(str(fault)) from fault
    checkpoint = Checkpoint(peer.log, own.size, own.tip.root)
    if parse_note(replica.note).text != checkpoint.text:
        # A restored copy may hold a checkpoint of more lines than it holds.
        return
    merged = _merge(peer, replica, checkpoint, replica.note, [signature])
    if merged != replica.note:
        persist = Persist()
        complete = keep_note(peer, replica, merged, persist)
        effects.append(persist)
        if complete:
            for other in peer.others:
                effects.append(Send(other, Growth(peer.log, own.size, [], own.size, merged)))
