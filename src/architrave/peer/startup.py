"""Starting a peer from what its node had stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from architrave.peer.effects import SaveToken, StoredEntry
from architrave.peer.erasing import hide
from architrave.peer.errors import OwnError
from architrave.peer.relay import note_name
from architrave.peer.succession import open_log
from architrave.peer.witnessing import take_stored_note
from architrave.record.checkpoints import open_checkpoint
from architrave.record.entries import Entry, read_entry
from architrave.record.errors import Malformed
from architrave.record.frontier import Frontier
from architrave.record.history import Branch, BrokenLog, MissingPast
from architrave.record.origins import generation_of
from architrave.record.sealing import SealedAct
from architrave.record.succession import read_title
from architrave.record.tombstones import ErasedAct, read_tombstone
from architrave.record.tree import leaf_hash

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["Stored", "load", "require_whole", "uncovered"]


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
    tombstones: list[bytes] = field(default_factory=list)
    titles: dict[str, bytes] = field(default_factory=dict)


def load(peer: Peer, stored: Stored) -> None:
    """Bring a peer to where its stored record ends."""
    for salt, data in stored.acts:
        act = SealedAct(salt, data)
        peer.reader.acts[act.seal] = act
    for data in stored.tombstones:
        erased = ErasedAct(read_tombstone(data))
        peer.reader.acts[erased.seal] = peer.erasing.acts[erased.seal] = erased
    for held in peer.reader.acts.values():
        note_name(peer, held)
    _reload(peer, stored)
    for origin, proof in stored.proofs.items():
        peer.replicas[origin].proof = proof
    for origin, note in stored.notes.items():
        take_stored_note(peer, origin, note)
    for origin, note in stored.cosigned.items():
        peer.replicas[origin].cosigned_note = note
    for origin, note in stored.witnessed.items():
        replica = peer.replicas[origin]
        replica.witnessed, _ = open_checkpoint(note, replica.key)
        replica.witnessed_note = note
    own = peer.history.main(peer.origin)
    peer.signed = stored.token
    if stored.token is not None:
        size, root = stored.token
        peer.restored = size > own.size or (size > 0 and own.tips[size - 1].root != root)
        peer.unsaved = _ahead_of(peer, size)
    elif own.size:
        # Lines were signed, but nothing tells how many.
        peer.restored = True
    if own.size:
        peer.now = own.times[-1]
    peer.judge()
    hide(peer, [])


def _ahead_of(peer: Peer, size: int) -> SaveToken | None:
    """The token that is due where the record is ahead of it: a crash came between the two.

    Those lines are shown to others from now on; a copy of the folder from before them must be
    recognised.
    """
    replica = peer.replicas[peer.log]
    covered = open_checkpoint(replica.note, replica.key)[0].size if replica.note else 0
    if peer.restored or not size < covered <= replica.branch.size:
        return None
    tip = replica.branch.tips[covered - 1]
    return SaveToken(tip.size, tip.root)


def require_whole(peer: Peer, stored: Stored) -> None:
    """Return if each log was read to where it was written; OwnError if not: a line is missing.

    What breaks here was not broken when it came.
    """
    counts: dict[tuple[str, int], int] = {}
    for one in stored.entries:
        counts[one.origin, one.branch] = max(one.n + 1, counts.get((one.origin, one.branch), 0))
    for (origin, number), count in sorted(counts.items()):
        branch = peer.history.branches[origin][number]
        if branch.size != count:
            raise OwnError(branch.broken or f"lines of {origin} are missing")


def uncovered(peer: Peer) -> bool:
    """Say whether lines of the own log lie under no checkpoint: their write was torn."""
    replica = peer.replicas[peer.log]
    covered = open_checkpoint(replica.note, replica.key)[0].size if replica.note else 0
    return replica.branch.size > max(covered, replica.branch.start)


def _reload(peer: Peer, stored: Stored) -> None:
    # Entries were stored in an order in which each one's past was held; logs are read side by
    # side again until nothing is left.
    pending = sorted(stored.entries, key=lambda one: (one.origin, one.branch, one.n), reverse=True)
    queues: dict[tuple[str, int], list[bytes]] = {}
    for one in pending:
        queues.setdefault((one.origin, one.branch), []).append(one.data)
    titles = dict(stored.titles)
    covered: dict[tuple[str, int], int] = {}
    heads: dict[tuple[str, int], Entry] = {}
    moved = True
    while moved and (queues or titles):
        moved = _open_titles(peer, titles)
        for key in sorted(queues):
            if key not in covered:
                if key[0] in titles:
                    continue
                covered[key] = _ready(peer, key, stored.notes, queues[key])
            moved = _reload_branch(peer, key, queues, heads, covered[key]) or moved
    if queues or titles:
        raise OwnError("the stored entries name entries that are not stored.")


def _open_titles(peer: Peer, titles: dict[str, bytes]) -> bool:
    """Open the later logs whose beginning is held by now; True if there was one."""
    found = False
    for log in sorted(titles, key=generation_of):
        title = read_title(titles[log], peer.founding)
        if peer.history.find(title.succession.continues) is not None:
            open_log(peer, title)
            del titles[log]
            found = True
    return found


def _ready(peer: Peer, key: tuple[str, int], notes: Mapping[str, bytes], queue: list[bytes]) -> int:
    """Make a branch ready for its stored entries, of which the first is last in `queue`.

    Returns how many entries its log's own checkpoint is known to cover.
    """
    origin, number = key
    branches = peer.history.branches[origin]
    while len(branches) <= number:
        peer.history.fork(branches[0], branches[0].start)
    if number or origin not in notes:
        return 0
    return _covered(peer, branches[0], notes[origin], queue)


def _covered(peer: Peer, branch: Branch, note: bytes, queue: list[bytes]) -> int:
    """How many of a log's entries lead to the checkpoint it signed, those in `queue` among them.

    The key of the checkpoint is the key of the entries, and each entry was checked when it came:
    one signature now says that all of them are still the same.
    """
    checkpoint, _ = open_checkpoint(note, peer.replicas[branch.origin].key)
    count = checkpoint.size - branch.start
    if not 0 <= count <= len(queue):
        return 0
    frontier = Frontier(branch.tree, branch.start)
    for data in queue[len(queue) - count :][::-1]:
        frontier.append(leaf_hash(data))
    return checkpoint.size if frontier.root() == checkpoint.root else 0


def _reload_branch(
    peer: Peer,
    key: tuple[str, int],
    queues: dict[tuple[str, int], list[bytes]],
    heads: dict[tuple[str, int], Entry],
    signed: int,
) -> bool:
    """Add what can be added of one branch, whose next entry is the last of its queue.

    `heads` keeps the entries that were read and wait for those of other logs.
    """
    history = peer.history
    branch, queue = history.branches[key[0]][key[1]], queues[key]
    held = branch.size
    while queue:
        try:
            entry = heads.pop(key, None) or read_entry(queue[-1])
            tip = history.append_read(branch, entry, queue[-1], branch.size < signed)
        except MissingPast:
            heads[key] = entry
            break
        except (BrokenLog, Malformed):
            queue.clear()
            break
        queue.pop()
        if history.find(tip) is branch:
            peer.arrived(tip)
    if not queue:
        del queues[key]
    return branch.size > held
