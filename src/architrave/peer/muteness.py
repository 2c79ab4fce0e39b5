"""Why a node writes nothing for now, whatever its officers ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.peer import restore
from architrave.peer.clocks import AHEAD

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["why_not_write"]


def why_not_write(peer: Peer) -> str:
    """Why this node writes nothing in its latest log, not even the first line; empty if it may."""
    if peer.node_key is None:
        return f"the key of {peer.log} is not in this node's folder."
    if peer.replicas[peer.log].proof is not None:
        return "two histories of this log were signed; only a succession opens its voice again."
    if peer.restored:
        return restore.why_mute(peer)
    if restore.claimed(peer):
        return "another party says that it holds more of this log; it has a moment to show it."
    if not peer.clock_confirmed:
        return "after a restart out of touch an officer confirms the time first."
    touched = [ahead for at, ahead in peer.clocks.values() if peer.now - at < 3 * peer.pace.refresh]
    if touched and all(ahead > AHEAD for ahead in touched):
        return "this node's clock is over two minutes ahead of every other in touch."
    return ""
