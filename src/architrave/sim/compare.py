"""What two nodes hold, side by side: for the checks at the end of a history."""

from __future__ import annotations

from random import Random

from architrave.peer.messages import Acts, Growth, Message, Tombstones
from architrave.peer.peer import Peer
from architrave.peer.replica import Replica
from architrave.record.checkpoints import parse_checkpoint
from architrave.record.entries import Tip
from architrave.record.history import Cut
from architrave.record.notes import parse_note
from architrave.record.origins import first_log, generation_of
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct

__all__ = ["all_of", "contradict", "left_out", "read_of"]


def left_out(peer: Peer, tip: Tip) -> bool:
    """Say whether a later log leaves out an entry: it was lost, and all consented to go on.

    Or it was a consent to another's succession, by a party that gave way.
    """
    if any(fact.tip == tip for many in peer.state.successions.values() for fact in many):
        return True
    return any(
        one.first == first_log(tip.origin)
        and generation_of(one.log) > generation_of(tip.origin)
        and one.continues.size < tip.size
        and one.cause == "lost-lines"
        for one in peer.history.successions.values()
    )


def contradict(one: Replica, other: Replica) -> bool:
    """Say whether the checkpoint that one node holds is not in what another holds of a log."""
    checkpoint = parse_checkpoint(parse_note(one.note).text)
    covered = parse_checkpoint(parse_note(other.note).text).size
    tree = other.branch.tree
    if not 0 < checkpoint.size <= covered <= len(tree):
        return False  # without the lines up to its own checkpoint the other can prove nothing
    return tree.root(checkpoint.size) != checkpoint.root


def read_of(peer: Peer) -> Cut:
    """What a node has read."""
    return peer.reader.cut()


def all_of(source: Peer, fresh: Peer, draw: Random) -> list[Message]:
    """Everything that one node holds, cut into pieces at random."""
    found: list[Message] = []
    for origin, branches in source.history.branches.items():
        for branch in branches:
            if not branch.size:
                continue
            start = draw.choice([0, min(fresh.history.main(origin).size, branch.size)])
            end = branch.size if draw.random() < 0.6 else draw.randint(start, branch.size)
            lines = [entry.data for entry in branch.entries[start:end]]
            note = source.replicas[origin].note if branch is branches[0] else b""
            found.append(
                Growth(origin, start, lines, branch.size, note if end == branch.size else b"")
            )
    held = list(source.reader.acts.values())
    acts = [(act.salt, act.data) for act in held if isinstance(act, SealedAct)]
    stones = [act.stone.data for act in held if isinstance(act, ErasedAct)]
    draw.shuffle(acts)
    half = len(acts) // 2
    return [*found, Acts(acts[:half]), Acts(acts[half:]), Tombstones(stones)]
