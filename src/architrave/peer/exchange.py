"""Replication, cosigning and relay: how a peer answers each message, and what it sends.

Everything is pulled towards agreement by `Heads`: who holds more sends growth, who needs acts asks
for them. A lost message costs one round and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.institution.acts import act_of
from architrave.institution.record_acts import opened
from architrave.institution.state import Fact
from architrave.peer.admitted import admitted_audience
from architrave.peer.effects import Effect, Notify, Persist, Send, StoredEntry
from architrave.peer.errors import PeerError
from architrave.peer.messages import Acts, Ask, Cosigned, Growth, Heads, Misconduct
from architrave.peer.replica import Checked, Replica
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.cosignatures import cosign, cosigners, verify_cosignature
from architrave.record.entries import PUBLIC, Audience, Tip
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import RecordError
from architrave.record.history import Branch
from architrave.record.notes import format_note, parse_note
from architrave.record.sealing import SealedAct, act_name
from architrave.record.vkeys import NoteSignature, parse_signature

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

_BATCH_ENTRIES = 2_000
_BATCH_BYTES = 2 << 20
_WANTS = 500


def heads(peer: Peer) -> Heads:
    """How far this peer holds each log, and which acts it needs."""
    wants = [one.seal for one in peer.reader.waiting.values() if one.seal not in peer.reader.acts]
    sizes = {origin: replica.reach for origin, replica in peer.replicas.items()}
    return Heads(peer.now, sizes, wants[:_WANTS])


def share(peer: Peer, origin: str, refresh: bool = False) -> list[Effect]:
    """Send what the others lack of a log, as far as they have told; all of the note on refresh."""
    effects: list[Effect] = []
    branch = peer.history.main(origin)
    for other in peer.others:
        known = peer.told.setdefault(other, {}).get(origin, 0)
        if other != origin and (refresh or known < branch.size):
            effects += _growth_for(peer, other, branch, min(known, branch.size))
    return effects


def _growth_for(peer: Peer, other: str, branch: Branch, start: int) -> list[Effect]:
    """Growth and the acts in it that the other may read, in one batch of bounded size."""
    chosen: list[bytes] = []
    size = 0
    for entry in branch.entries[start:]:
        if len(chosen) >= _BATCH_ENTRIES or size > _BATCH_BYTES:
            break
        chosen.append(entry.data)
        size += len(entry.data)
    end = start + len(chosen)
    note = peer.note(branch.origin)
    covered = _covered(peer, branch.origin, note)
    complete = end >= covered
    if complete:
        # A checkpoint covers exactly the entries before its size: send no more than that.
        chosen = chosen[: max(0, covered - start)]
        end = min(end, covered)
    growth = Growth(branch.origin, start, chosen, branch.size, note if complete else b"")
    peer.told.setdefault(other, {})[branch.origin] = max(end, start)
    found: list[Effect] = [Send(other, growth)]
    seals = [entry.header.seal for entry in branch.entries[start:end] if entry.header.seal]
    return found + _acts_for(peer, other, seals)


def _covered(peer: Peer, origin: str, note: bytes) -> int:
    if not note:
        return 0
    checkpoint, _ = open_checkpoint(note, peer.replicas[origin].key)
    return checkpoint.size


def _acts_for(peer: Peer, other: str, seals: list[bytes]) -> list[Effect]:
    found, size = [], 0
    for seal in seals:
        act = peer.reader.acts.get(seal)
        if act is not None and may_read(peer, other, seal, act):
            found.append((act.salt, act.data))
            size += len(act.data)
            if size > _BATCH_BYTES:
                break
    return [Send(other, Acts(found))] if found else []


def audience_of(peer: Peer, seal: bytes, act: SealedAct) -> Audience:
    """Who may read an act that is held: what the act itself says, in a log of its own party.

    A line that repeats another party's seal opens nothing: only the line whose audience equals the
    act's own counts. An act whose bytes cannot be read is shown to those whom all its lines name.
    """
    found = admitted_audience(peer, seal, act)
    if found is not None:
        return found
    lines = [peer.history.entry(tip).header.to for tip in peer.seals.get(seal, ())]
    audiences = [to for to in lines if to is not None]
    try:
        inner = act_of(act.document)
    except RecordError:
        return _narrowest(peer, audiences)
    for tip in peer.seals.get(seal, ()):
        to = peer.history.entry(tip).header.to
        if peer.state.party_of(tip.origin) == inner.party and to == inner.audience:
            fact = Fact(tip, inner.party, 0, to, act_name(act.document), inner)
            return PUBLIC if opened(peer.state, peer.view(), fact) else to
    return _narrowest(peer, audiences)


def _narrowest(peer: Peer, audiences: list[Audience]) -> Audience:
    everyone = peer.founding.origins
    shared = everyone
    for audience in audiences:
        shared = shared & (everyone if audience.logs is None else audience.logs)
    return Audience(shared)


def may_read(peer: Peer, origin: str, seal: bytes, act: SealedAct) -> bool:
    """Say whether the party that writes `origin` may read an act that is held here."""
    return audience_of(peer, seal, act).reaches(origin)


# -- answering --------------------------------------------------------------------------------


def on_heads(peer: Peer, sender: str, message: Heads, effects: list[Effect]) -> None:
    """Send what the sender lacks; note how far it is, what its clock says, and what it needs."""
    peer.clocks[sender] = (peer.now, peer.now - message.now)
    if abs(peer.now - message.now) <= 120_000:
        peer.clock_confirmed = True
    told = peer.told.setdefault(sender, {})
    for origin in peer.replicas:
        size = message.sizes.get(origin, 0)
        told[origin] = size
        replica = peer.replicas[origin]
        if size < replica.branch.size and origin != sender:
            effects += _growth_for(peer, sender, replica.branch, size)
        elif size > replica.reach and replica.proof is None:
            effects.append(Send(sender, Ask(origin, replica.reach)))
    _check_restored(peer, sender, message.sizes.get(peer.origin, 0))
    effects += _acts_for(peer, sender, message.wants[:_WANTS])


def _check_restored(peer: Peer, sender: str, size: int) -> None:
    own = peer.history.main(peer.origin)
    if size > own.size:
        peer.restored = True
    if peer.restored:
        peer.reported[sender] = size
        if set(peer.reported) == set(peer.others) and own.size >= peer.refill_size():
            peer.restored = False


def on_growth(peer: Peer, sender: str, message: Growth, effects: list[Effect]) -> None:
    """Check and take entries of a log; cosign its checkpoint; ask for what is missing."""
    replica = peer.replicas.get(message.origin)
    if replica is None:
        raise PeerError(f"{message.origin} is no log of this founding.", 404)
    if message.origin == peer.origin and not peer.restored:
        return
    if message.start < 0:
        raise PeerError("growth: a position of 0 or more expected.")
    wanted = _wanted_branch(peer, message)
    if wanted is not None:
        found = replica.take_branch(wanted, message.start, message.entries)
        if found.added:
            del peer.branch_wants[wanted]
        if found.more is not None and message.start > 0:
            effects.append(Send(sender, Ask(wanted.origin, 0, wanted.size, wanted.root)))
        found.more = None
    else:
        found = replica.grow(message.start, message.entries, message.note)
    _take(peer, sender, replica, found, effects)
    told = peer.told.setdefault(sender, {})
    told[message.origin] = max(told.get(message.origin, 0), message.total)


def _wanted_branch(peer: Peer, message: Growth) -> Tip | None:
    for tip in peer.branch_wants:
        if tip.origin == message.origin and message.start + len(message.entries) == tip.size:
            return tip
    return None


def _take(peer: Peer, sender: str, replica: Replica, found: Checked, effects: list[Effect]) -> None:
    persist = Persist()
    _note_added(peer, replica, found, persist)
    if found.proof is not None:
        persist.proofs[replica.origin] = found.proof
    reply: Effect | None = None
    if found.witness is not None and replica.origin != peer.origin:
        reply = _witness(peer, replica, *found.witness, persist)
    elif found.witness is not None:
        replica.note = found.witness[1]
        persist.notes[replica.origin] = replica.note
    _drain_others(peer, persist)
    if persist:
        effects.append(persist)
    if reply is not None:
        effects.append(reply)
    if found.proof is not None:
        _raise_alarm(peer, replica.origin, found.proof, effects)
    for tip in found.missing:
        _ask_missing(peer, sender, replica.origin, tip, effects)
    if found.more is not None:
        effects.append(Send(sender, Ask(replica.origin, found.more)))
    if peer.restored and replica.origin == peer.origin:
        _check_restored(peer, sender, peer.reported.get(sender, 0))


def _note_added(peer: Peer, replica: Replica, found: Checked, persist: Persist) -> None:
    for number, tip in found.added:
        entry = peer.history.branches[tip.origin][number].entries[tip.size - 1]
        persist.entries.append(StoredEntry(tip.origin, number, tip.size - 1, entry.data))
        if number == 0 or peer.history.find(tip) is peer.history.branches[tip.origin][number]:
            peer.arrived(tip)


def _drain_others(peer: Peer, persist: Persist) -> None:
    """Entries that waited for entries of other logs may be added now."""
    moved = True
    while moved:
        moved = False
        for replica in peer.replicas.values():
            if replica.staged and replica.staged_is_checked:
                found = replica.drain()
                _note_added(peer, replica, found, persist)
                moved = moved or bool(found.added)


def _ask_missing(peer: Peer, sender: str, namer: str, tip: Tip, effects: list[Effect]) -> None:
    replica = peer.replicas[tip.origin]
    if replica.proof is None:
        effects.append(Send(sender, Ask(tip.origin, replica.reach)))
    else:
        peer.branch_wants[tip] = namer
        effects.append(Send(sender, Ask(tip.origin, 0, tip.size, tip.root)))


def _witness(
    peer: Peer, replica: Replica, checkpoint: Checkpoint, note: bytes, persist: Persist
) -> Effect | None:
    """Cosign a checkpoint that extends what was last cosigned; keep that before it is told."""
    if _cosigned_lately(peer, replica, checkpoint, note):
        merged = _merge(peer, replica, checkpoint, note, [])
        if merged != replica.note:
            replica.note = persist.notes[replica.origin] = merged
        return None
    signature = cosign(checkpoint, peer.me.cosigner.name, peer.keys.cosigner, peer.now // 1000)
    replica.witnessed, replica.witnessed_note = checkpoint, note
    persist.witnessed[replica.origin] = note
    merged = _merge(peer, replica, checkpoint, note, [signature])
    replica.note = merged
    persist.notes[replica.origin] = merged
    return Send(
        replica.origin,
        Cosigned(replica.origin, checkpoint.size, checkpoint.root, signature.line),
    )


def _cosigned_lately(peer: Peer, replica: Replica, checkpoint: Checkpoint, note: bytes) -> bool:
    """Say whether the note already carries this party's cosignature, not older than the pace."""
    if replica.witnessed != checkpoint:
        return False
    times = cosigners(parse_note(note), [peer.me.cosigner])
    at = times.get(peer.me.cosigner.name)
    return at is not None and peer.now - at * 1000 < peer.pace.refresh


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
        for member in peer.founding.members:
            if signature.name == member.cosigner.name and member.origin != replica.origin:
                try:
                    seconds = verify_cosignature(checkpoint.text, signature, member.cosigner)
                except RecordError:
                    continue
                if seconds >= newest.get(signature.name, -1):
                    chosen[signature.name], newest[signature.name] = signature, seconds
                    sizes = peer.cosigned[replica.origin]
                    sizes[member.origin] = max(sizes.get(member.origin, 0), checkpoint.size)
    names = [replica.origin] + [member.cosigner.name for member in peer.founding.members]
    return format_note(checkpoint.text, [chosen[name] for name in names if name in chosen])


def count_cosignatures(peer: Peer, origin: str, note: bytes) -> None:
    """Note which parties have cosigned how much of a log, from a note that was stored."""
    replica = peer.replicas[origin]
    checkpoint, _ = open_checkpoint(note, replica.key)
    _merge(peer, replica, checkpoint, note, [])


def on_cosigned(peer: Peer, sender: str, message: Cosigned, effects: list[Effect]) -> None:
    """Add a cosignature to the own checkpoint; pass the note on when all have cosigned it."""
    replica = peer.replicas[peer.origin]
    own = peer.history.main(peer.origin)
    if message.origin != peer.origin or not replica.note:
        return
    if message.size != own.size or own.tip is None or message.root != own.tip.root:
        return
    try:
        signature = parse_signature(message.line)
    except RecordError as fault:
        raise PeerError(str(fault)) from fault
    checkpoint = Checkpoint(peer.origin, own.size, own.tip.root)
    merged = _merge(peer, replica, checkpoint, replica.note, [signature])
    if merged != replica.note:
        replica.note = merged
        effects.append(Persist(notes={peer.origin: merged}))
        if len(parse_note(merged).signatures) == len(peer.founding.members):
            for other in peer.others:
                effects.append(Send(other, Growth(peer.origin, own.size, [], own.size, merged)))


def on_acts(peer: Peer, message: Acts, effects: list[Effect]) -> None:
    """Keep acts that some entry waits for."""
    persist = Persist()
    for salt, data in message.acts:
        act = SealedAct(salt, data)
        if peer.reader.take_act(act):
            persist.acts.append((act.seal, salt, data))
    if persist:
        effects.append(persist)


def on_ask(peer: Peer, sender: str, message: Ask, effects: list[Effect]) -> None:
    """Send a log from a position on, or the branch that was asked for by its hash."""
    if message.origin not in peer.replicas:
        raise PeerError(f"{message.origin} is no log of this founding.", 404)
    if not message.root:
        branch = peer.history.main(message.origin)
        if 0 <= message.start <= branch.size:
            effects += _growth_for(peer, sender, branch, message.start)
        return
    found = peer.history.find(Tip(message.origin, message.size, message.root))
    if found is not None and 0 <= message.start <= message.size:
        entries = found.entries[message.start : message.size]
        data = [entry.data for entry in entries]
        effects.append(Send(sender, Growth(message.origin, message.start, data, message.size, b"")))
        seals = [entry.header.seal for entry in entries if entry.header.seal]
        effects += _acts_for(peer, sender, seals)


def on_misconduct(peer: Peer, message: Misconduct, effects: list[Effect]) -> None:
    """Check a proof that a log has two faces; if it holds, stop that log and tell the others."""
    replica = peer.replicas.get(message.origin)
    if replica is None or replica.proof is not None:
        return
    try:
        check_equivocation(message.proof, replica.key)
    except RecordError as fault:
        raise PeerError(f"proof of two faces: {fault}", 422) from fault
    replica.proof = message.proof
    replica.staged.clear()
    effects.append(Persist(proofs={message.origin: message.proof}))
    _raise_alarm(peer, message.origin, message.proof, effects)


def _raise_alarm(peer: Peer, origin: str, proof: bytes, effects: list[Effect]) -> None:
    effects.append(Notify(origin, "two histories of this log were signed; nothing more is taken."))
    effects += [Send(other, Misconduct(origin, proof)) for other in peer.others]
