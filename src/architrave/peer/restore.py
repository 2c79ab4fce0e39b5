"""Restored copies: a folder put back from an older copy must not sign a second history.

Another party that holds more of a log than its own node does has something to show for it: a
checkpoint, or entries, signed by that node. A larger number alone proves nothing, or one lying
party could silence every other; it only makes the node wait a moment for the proof.

What the token says was signed must come back too: a line that nobody holds may still be on its way
to somebody, and another in its place would be a second history. If it never comes, only a
succession opens the log's voice again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from architrave.peer.messages import Growth
from architrave.record.checkpoints import open_checkpoint
from architrave.record.entries import read_entry
from architrave.record.errors import RecordError
from architrave.record.origins import first_log

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["check", "claimed", "on_told", "refill_size", "shows_more", "why_mute"]


def on_told(peer: Peer, sender: str, sizes: Mapping[str, int]) -> None:
    """Another party tells how far it holds each log, this node's among them."""
    size = sizes.get(peer.log, 0)
    if size > peer.history.main(peer.origin).size:
        peer.claims.setdefault(sender, peer.now)
    if peer.restored:
        peer.reported[sender] = size
        peer.their_own[sender] = {
            log: size for log, size in sizes.items() if first_log(log) == sender
        }
        check(peer)


def claimed(peer: Peer) -> bool:
    """Say whether some party has just claimed to hold more, and may still show it."""
    return any(0 <= peer.now - at <= 2 * peer.pace.greet for at in peer.claims.values())


def refill_size(peer: Peer) -> int:
    """How many entries of the own log the others have told that they hold."""
    return max(peer.reported.values(), default=0)


def _waits_for(peer: Peer) -> list[str]:
    """The logs of those parties that have not told yet how far they hold this node's log."""
    return [other for other in peer.others if other not in peer.reported]


def _unfilled(peer: Peer) -> bool:
    """Say whether lines are missing that the token says were signed, or that others hold.

    The others' own logs too: they would show that this party's log goes on as another.
    """
    if any(
        _unread(peer, log, size) for one in peer.their_own.values() for log, size in one.items()
    ):
        return True
    own = peer.history.main(peer.origin)
    if own.size < refill_size(peer):
        return True
    size, root = peer.signed or (0, b"")
    return size > 0 and (own.size < size or own.tips[size - 1].root != root)


def _unread(peer: Peer, log: str, size: int) -> bool:
    replica = peer.replicas.get(log)
    return replica is None or (not replica.stopped and replica.branch.size < size)


def check(peer: Peer) -> None:
    """End the restored state once every other party has told, and the log is refilled."""
    if peer.restored and not _waits_for(peer) and not _unfilled(peer):
        peer.restored = False


def why_mute(peer: Peer) -> str:
    """Why a restored copy writes nothing."""
    copy = "this is an old copy of the node's folder"
    size = peer.history.main(peer.origin).size
    signed = peer.signed[0] if peer.signed is not None else 0
    if not _waits_for(peer) and signed > size:
        return (
            f"{copy}: lines up to {signed} of this log were signed, and nobody holds them beyond "
            f"{size}; unless they come, only a succession opens its voice again."
        )
    if not _waits_for(peer) and refill_size(peer) > size:
        return (
            f"{copy}: another party says that it holds lines up to {refill_size(peer)} of this "
            f"log, and has shown them up to {size}; unless it shows them or says less, only a "
            "succession opens its voice again."
        )
    return (
        f"{copy}: it signs nothing until every other party has told how far it holds this log, and "
        "the log is refilled."
    )


def shows_more(peer: Peer, message: Growth) -> bool:
    """Say whether growth of the own log is to be taken: it shows signed lines that are missing."""
    if peer.restored:
        return True
    if _signed_size(peer, message) > peer.history.main(peer.origin).size:
        peer.restored = True
        peer.reported.clear()
        peer.their_own.clear()
        return True
    return False


def _signed_size(peer: Peer, message: Growth) -> int:
    """The largest size of the own log for which the message holds this node's own signature."""
    size = 0
    try:
        if message.note:
            checkpoint, _ = open_checkpoint(message.note, peer.replicas[peer.log].key)
            size = checkpoint.size
        if message.entries:
            entry = read_entry(message.entries[-1])
            if entry.header.log == peer.log:
                entry.check_signature(peer.history.node_key(peer.log))
                size = max(size, entry.header.n + 1)
    except RecordError:
        return size
    return size
