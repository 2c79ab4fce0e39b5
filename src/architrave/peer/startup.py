"""Starting a peer from what its node had stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from architrave.peer.effects import StoredEntry
from architrave.peer.errors import OwnError
from architrave.peer.witnessing import count_cosignatures
from architrave.record.checkpoints import open_checkpoint
from architrave.record.history import MissingPast
from architrave.record.sealing import SealedAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["Stored", "load"]


@dataclass(slots=True)
class Stored:
    """What a node had stored: the form of `Persist`, read back, and the token's size and root."""

    entries: list[StoredEntry] = field(default_factory=list)
    acts: list[tuple[bytes, bytes]] = field(default_factory=list)
    notes: dict[str, bytes] = field(default_factory=dict)
    witnessed: dict[str, bytes] = field(default_factory=dict)
    proofs: dict[str, bytes] = field(default_factory=dict)
    token: tuple[int, bytes] | None = None
    cosigned: dict[str, bytes] = field(default_factory=dict)


def load(peer: Peer, stored: Stored) -> None:
    """Bring a peer to where its stored record ends."""
    acts = {act.seal: act for act in (SealedAct(salt, data) for salt, data in stored.acts)}
    peer.reader.acts.update(acts)
    for act in acts.values():
        peer.note_name(act)
    pending = sorted(stored.entries, key=lambda one: (one.origin, one.branch, one.n))
    for origin, proof in stored.proofs.items():
        peer.replicas[origin].proof = proof
    _reload(peer, pending)
    for origin, note in stored.notes.items():
        peer.replicas[origin].note = note
        count_cosignatures(peer, origin, note)
    for origin, note in stored.cosigned.items():
        peer.replicas[origin].cosigned_note = note
    for origin, note in stored.witnessed.items():
        replica = peer.replicas[origin]
        replica.witnessed, _ = open_checkpoint(note, replica.key)
        replica.witnessed_note = note
    own = peer.history.main(peer.origin)
    if stored.token is not None:
        size, root = stored.token
        peer.restored = size > own.size or (size > 0 and own.tips[size - 1].root != root)
    elif own.size:
        # Lines were signed, but nothing tells how many.
        peer.restored = True
    if own.size:
        peer.now = own.times[-1]
    peer.judge()


def _reload(peer: Peer, pending: list[StoredEntry]) -> None:
    # Entries were stored in an order in which each one's past was held; logs are read side by
    # side again until nothing is left.
    queues: dict[tuple[str, int], list[StoredEntry]] = {}
    for one in pending:
        queues.setdefault((one.origin, one.branch), []).append(one)
    for origin, number in sorted(queues):
        while len(peer.history.branches[origin]) <= number:
            peer.history.fork(peer.history.main(origin), 0)
    moved = True
    while moved and queues:
        moved = False
        for key in sorted(queues):
            moved = _reload_branch(peer, key, queues) or moved
    if queues:
        raise OwnError("the stored entries name entries that are not stored.")


def _reload_branch(
    peer: Peer, key: tuple[str, int], queues: dict[tuple[str, int], list[StoredEntry]]
) -> bool:
    branch = peer.history.branches[key[0]][key[1]]
    held = branch.size
    for one in queues[key]:
        try:
            peer.arrived(peer.history.append(branch, one.data))
        except MissingPast:
            break
    queues[key] = queues[key][branch.size - held :]
    if not queues[key]:
        del queues[key]
    return branch.size > held
