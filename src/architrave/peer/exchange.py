"""Replication: how a peer answers each message about logs, and what it sends.

Everything is pulled towards agreement by `Heads`: who holds more sends growth, who needs acts asks
for them. A lost message costs one round and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.peer import restore
from architrave.peer.consents import consents
from architrave.peer.effects import Effect, Notify, Persist, Send, StoredEntry
from architrave.peer.errors import PeerError
from architrave.peer.messages import Ask, Growth, Heads, Misconduct
from architrave.peer.named_branches import take_branch, want
from architrave.peer.relay import WANTS, acts_for, wants
from architrave.peer.replica import Checked, Replica
from architrave.peer.witnessing import keep_note, merged_note, witness
from architrave.record.checkpoints import open_checkpoint
from architrave.record.entries import Tip
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import RecordError
from architrave.record.history import Branch
from architrave.record.origins import first_log

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = [
    "ask_for_missing",
    "drain_others",
    "heads",
    "on_ask",
    "on_growth",
    "on_heads",
    "on_misconduct",
    "share",
]

_BATCH_ENTRIES = 2_000
_BATCH_BYTES = 2 << 20
_BRANCH_BYTES = 12 << 20
_IN_TOUCH = 120_000


def heads(peer: Peer) -> Heads:
    """How far this peer holds each log, which it has stopped, and which acts it needs."""
    sizes = {origin: replica.sure for origin, replica in peer.replicas.items()}
    stopped = sorted(o for o, replica in peer.replicas.items() if replica.proof is not None)
    return Heads(peer.now, sizes, wants(peer), stopped)


def share(peer: Peer, origin: str, refresh: bool = False) -> list[Effect]:
    """Send what the others lack of a log, as far as they have told; all of the note on refresh."""
    effects: list[Effect] = []
    replica = peer.replicas[origin]
    if replica.branch.broken is not None and replica.party != peer.origin:
        # Of a broken log nothing more is read, but its checkpoints still have to meet.
        size = _covered(replica)
        note = Growth(origin, size, [], size, replica.note)
        return [Send(other, note) for other in peer.others if refresh and other != replica.party]
    size = replica.sure
    for other in peer.others:
        known = peer.told.setdefault(other, {}).get(origin, 0)
        if other != replica.party and (refresh or known < size):
            effects += _growth_for(peer, other, origin, min(known, size))
    return effects


def _growth_for(peer: Peer, other: str, origin: str, start: int) -> list[Effect]:
    """Growth and the acts in it that the other may read, in one batch of bounded size."""
    replica = peer.replicas[origin]
    # What a later log shares with the one that it continues is held by whoever has opened it.
    start = max(start, replica.branch.start)
    covered = _covered(replica)
    chosen: list[bytes] = []
    size = 0
    for data in replica.data(start, min(start + _BATCH_ENTRIES, replica.sure)):
        if size > _BATCH_BYTES:
            break
        chosen.append(data)
        size += len(data)
    complete = start + len(chosen) >= covered
    if complete:
        # A checkpoint covers exactly the entries before its size: send no more than that.
        chosen = chosen[: max(0, covered - start)]
    end = start + len(chosen)
    note = replica.note if complete else b""
    peer.told.setdefault(other, {})[origin] = end
    found: list[Effect] = [Send(other, Growth(origin, start, chosen, replica.sure, note))]
    held = replica.branch.entries[start:end]
    return found + acts_for(peer, other, [one.header.seal for one in held if one.header.seal])


def _covered(replica: Replica) -> int:
    if not replica.note:
        return 0
    checkpoint, _ = open_checkpoint(replica.note, replica.key)
    return checkpoint.size


# -- answering --------------------------------------------------------------------------------


def on_heads(peer: Peer, sender: str, message: Heads, effects: list[Effect]) -> None:
    """Send what the sender lacks; note how far it is, what its clock says, and what it needs."""
    if any(size < 0 for size in message.sizes.values()):
        raise PeerError("heads: sizes of 0 or more expected.")
    peer.clocks[sender] = (peer.now, peer.now - message.now)
    if abs(peer.now - message.now) <= _IN_TOUCH:
        peer.clock_confirmed = True
    told = peer.told.setdefault(sender, {})
    for origin, replica in peer.replicas.items():
        if origin not in message.sizes and origin in peer.history.successions:
            effects += consents(peer, sender, origin)
            continue  # the sender has not opened this log
        size = told[origin] = message.sizes.get(origin, 0)
        if replica.proof is not None and origin not in message.stopped:
            effects.append(Send(sender, Misconduct(origin, replica.proof)))
        # What is sent without its checkpoint is of no use: of a broken log the rest comes by name.
        if origin in message.stopped or (replica.stopped and _covered(replica) > replica.sure):
            continue
        if size < replica.sure and replica.party != sender:
            effects += _growth_for(peer, sender, origin, size)
        elif size > replica.sure and not replica.stopped:
            effects.append(Send(sender, Ask(origin, replica.sure)))
    restore.on_told(peer, sender, message.sizes)
    effects += acts_for(peer, sender, message.wants[: 2 * WANTS])


def _replica(peer: Peer, origin: str) -> Replica | None:
    """The replica of a log; None for a later log of a party that has not been opened here."""
    found = peer.replicas.get(origin)
    if found is None and first_log(origin) not in peer.founding.origins:
        raise PeerError(f"{origin} is no log of this founding.", 404)
    return found


def on_growth(peer: Peer, sender: str, message: Growth, effects: list[Effect]) -> None:
    """Check and take entries of a log; cosign its checkpoint; ask for what is missing."""
    replica = _replica(peer, message.origin)
    if replica is None:
        return
    if message.start < 0:
        raise PeerError("growth: a position of 0 or more expected.")
    end = message.start + len(message.entries)
    wanted = [tip for tip in peer.branch_wants if (tip.origin, tip.size) == (message.origin, end)]
    # Of the own log another branch is read too, once it is known to have two.
    own_branch = wanted and replica.proof is not None and not message.note
    if message.origin == peer.log and not own_branch and not restore.shows_more(peer, message):
        return
    found = Checked()
    if wanted and not message.note:
        found = take_branch(replica, wanted, message.start, message.entries)
        for tip in wanted:
            if peer.history.find(tip) is not None:
                del peer.branch_wants[tip]
    if not found.added:
        grown = replica.grow(message.start, message.entries, message.note)
        grown.missing = grown.missing or found.missing
        found = grown
    _take(peer, sender, replica, found, effects)


def _take(peer: Peer, sender: str, replica: Replica, found: Checked, effects: list[Effect]) -> None:
    persist = Persist()
    _note_added(peer, found, persist)
    if found.proof is not None:
        persist.proofs[replica.origin] = found.proof
    reply: Effect | None = None
    if found.witness is not None and replica.party != peer.origin:
        reply = witness(peer, replica, *found.witness, persist)
    elif found.witness is not None:
        keep_note(peer, replica, merged_note(peer, replica, *found.witness), persist)
    missing = {*found.missing, *drain_others(peer, persist)}
    _forget_found(peer)
    if persist:
        effects.append(persist)
    if reply is not None:
        effects.append(reply)
    if found.proof is not None:
        _raise_alarm(peer, replica.origin, found.proof, effects)
    if found.broken is not None:
        effects.append(Notify(replica.origin, f"{found.broken} Nothing after it is read."))
    if found.dispute and replica.note:
        # The sender's tree may be the larger one: with this checkpoint it can prove what we cannot.
        size = replica.sure
        effects.append(Send(sender, Growth(replica.origin, size, [], size, replica.note)))
    for tip in sorted(missing):
        _ask_missing(peer, sender, tip, effects)
    if found.more is not None:
        effects.append(Send(sender, Ask(replica.origin, found.more)))
    restore.check(peer)


def _note_added(peer: Peer, found: Checked, persist: Persist) -> None:
    for number, tip in found.added:
        branch = peer.history.branches[tip.origin][number]
        data = branch.entries[tip.size - 1].data
        persist.entries.append(StoredEntry(tip.origin, number, tip.size - 1, data))
        peer.arrived(tip)


def drain_others(peer: Peer, persist: Persist) -> list[Tip]:
    """Add entries that waited for entries of other logs; return what is missing now."""
    moved = True
    missing: list[Tip] = []
    while moved:
        moved = False
        missing = []
        for replica in peer.replicas.values():
            if replica.checked:
                before = set(replica.missing)
                found = replica.drain()
                _note_added(peer, found, persist)
                moved = moved or bool(found.added)
                missing += [tip for tip in found.missing if tip not in before]
    return missing


def _ask_missing(peer: Peer, sender: str, tip: Tip, effects: list[Effect]) -> None:
    """Ask for a prefix that an entry names: by its hash where plain growth cannot bring it."""
    replica = _replica(peer, tip.origin)
    if replica is None:
        return  # it opens once the parties' acts are read, which come with their own logs
    if replica.stopped or tip.size <= replica.sure or tip in peer.branch_wants:
        want(peer, tip)
        effects.append(Send(sender, Ask(tip.origin, 0, tip.size, tip.root)))
    else:
        effects.append(Send(sender, Ask(tip.origin, replica.sure)))


def _forget_found(peer: Peer) -> None:
    """What was asked for by its hash may have come another way, such as by the log's own growth."""
    for tip in [tip for tip in peer.branch_wants if peer.history.find(tip) is not None]:
        del peer.branch_wants[tip]


def ask_for_missing(peer: Peer) -> list[Effect]:
    """Ask every other party again for what entries name that are held back for it."""
    effects: list[Effect] = []
    for replica in peer.replicas.values():
        for tip in replica.missing:
            if peer.history.find(tip) is None and tip.origin in peer.replicas:
                want(peer, tip)
    _forget_found(peer)
    for tip in sorted(peer.branch_wants):
        effects += [Send(other, Ask(tip.origin, 0, tip.size, tip.root)) for other in peer.others]
    return effects


def on_ask(peer: Peer, sender: str, message: Ask, effects: list[Effect]) -> None:
    """Send a log from a position on, or the branch that was asked for by its hash."""
    replica = _replica(peer, message.origin)
    if replica is None:
        return
    if message.start < 0 or message.size < 0:
        raise PeerError("ask: positions of 0 or more expected.")
    if not message.root:
        # Who holds more than we do gets our checkpoint, to compare.
        start = min(message.start, replica.sure)
        effects += _growth_for(peer, sender, message.origin, start)
        return
    found = peer.history.find(Tip(message.origin, message.size, message.root))
    if found is not None and message.start <= message.size:
        start = _fitting_start(found, message.start, message.size)
        entries = found.entries[start : message.size]
        data = [entry.data for entry in entries]
        effects.append(Send(sender, Growth(message.origin, start, data, message.size, b"")))
        seals = [entry.header.seal for entry in entries if entry.header.seal]
        effects += acts_for(peer, sender, seals)


def _fitting_start(branch: Branch, start: int, size: int) -> int:
    """The position from which the entries up to `size` fit into a batch; no lower than `start`.

    More than a batch is refused unread. Of a long branch its end is sent: whoever has read the log
    up to where it forked needs no more.
    """
    room = _BRANCH_BYTES
    for position in range(size - 1, start - 1, -1):
        room -= len(branch.entries[position].data) + 5
        if room < 0:
            return position + 1
    return start


def on_misconduct(peer: Peer, message: Misconduct, effects: list[Effect]) -> None:
    """Check a proof that a log has two faces; if it holds, stop that log and tell the others."""
    replica = peer.replicas.get(message.origin)
    if replica is None or replica.proof is not None:
        return
    try:
        check_equivocation(message.proof, replica.key)
    except RecordError as fault:
        raise PeerError(f"proof of two faces: {fault}", 422) from fault
    replica.stop(message.proof)
    effects.append(Persist(proofs={message.origin: message.proof}))
    _raise_alarm(peer, message.origin, message.proof, effects)


def _raise_alarm(peer: Peer, origin: str, proof: bytes, effects: list[Effect]) -> None:
    effects.append(Notify(origin, "two histories of this log were signed; nothing more is taken."))
    effects += [Send(other, Misconduct(origin, proof)) for other in peer.others]
