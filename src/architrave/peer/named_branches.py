"""Branches of a log that other logs name: asked for by their hash, and kept side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from architrave.peer.replica import Checked, Replica
from architrave.record.entries import Tip
from architrave.record.frontier import Frontier
from architrave.record.history import Branch, BrokenLog, MissingPast
from architrave.record.tree import leaf_hash

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["MOST_WANTED", "take_branch", "want"]

MOST_WANTED = 64
"""Prefixes asked for by their hash at one time; two liars can name as many as they like."""


def want(peer: Peer, tip: Tip) -> None:
    """Ask for a prefix by its hash from now on; the oldest such wish makes room.

    What an honest log still needs is wished for anew at every greeting.
    """
    peer.branch_wants.setdefault(tip, peer.now)
    while len(peer.branch_wants) > MOST_WANTED:
        del peer.branch_wants[next(iter(peer.branch_wants))]


def take_branch(
    replica: Replica, wanted: Collection[Tip], start: int, entries: list[bytes]
) -> Checked:
    """Take entries that lead to a prefix which another log has named by hash.

    No checkpoint is needed: the hash that was named covers them. What continues the first
    branch joins it while the log is not stopped; all else is kept on a branch of its own.
    """
    branches = replica.history.branches[replica.origin]
    fitting = [
        (_shared(branch, start, entries), number)
        for number, branch in enumerate(branches)
        if start <= branch.size and _leads_to(replica, branch, start, entries) in wanted
    ]
    if not fitting:
        return Checked()
    shared, number = max(fitting, key=lambda one: (one[0], _grows(replica, one[1], one[0])))
    fresh = entries[shared - start :]
    trial = branches[number].prefix(shared)
    found = _append(replica, trial, fresh)
    if found.broken is not None or not found.added:
        return Checked(missing=found.missing)
    tips = [tip for _, tip in found.added]
    if _grows(replica, number, shared):
        _append(replica, branches[number], fresh[: len(tips)])
        found.added = [(number, tip) for tip in tips]
    else:
        found.added = [(len(branches), tip) for tip in trial.tips[trial.start :]]
        branches.append(trial)
    if number == 0 and not replica.stopped:
        _no_longer_staged(replica, fresh[: len(tips)])
    return found


def _no_longer_staged(replica: Replica, lines: list[bytes]) -> None:
    """Lines have joined the first branch by their names; they may have been staged too.

    What was staged after them stays: it may lie under a checkpoint that was cosigned, and be
    all that can prove another face. If others were staged, all is asked for again.
    """
    replica.missing = ()
    if replica.staged[: len(lines)] == lines:
        del replica.staged[: len(lines)]
        replica.checked = max(0, replica.checked - len(lines))
    else:
        replica.staged.clear()
        replica.checked = 0


def _grows(replica: Replica, number: int, size: int) -> bool:
    """Say whether entries from `size` on may join this branch: the first rests when stopped."""
    branch = replica.history.branches[replica.origin][number]
    return size == branch.size and not (number == 0 and replica.stopped)


def _append(replica: Replica, branch: Branch, entries: list[bytes]) -> Checked:
    found = Checked()
    for data in entries:
        try:
            found.added.append((0, replica.history.append(branch, data)))
        except MissingPast as missing:
            found.missing = missing.tips
            break
        except BrokenLog as fault:
            # No honest log names what is broken: nothing of this is kept.
            found.broken = str(fault)
            break
    return found


def _leads_to(replica: Replica, branch: Branch, start: int, entries: list[bytes]) -> Tip:
    frontier = Frontier(branch.tree, start)
    for data in entries:
        frontier.append(leaf_hash(data))
    return Tip(replica.origin, frontier.size, frontier.root())


def _shared(branch: Branch, start: int, entries: list[bytes]) -> int:
    """Up to which position the entries are those of the branch."""
    for index, data in enumerate(entries):
        if start + index >= branch.size or branch.entries[start + index].data != data:
            return start + index
    return start + len(entries)
