"""Relay: who may read an act that is held here, and which acts to ask for and to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.institution.acts import Released
from architrave.institution.record_acts import released
from architrave.peer.admitted import admitted_audience
from architrave.peer.effects import Effect, Persist, Send
from architrave.peer.messages import Acts, Tombstones
from architrave.record.entries import PUBLIC, Audience, Tip
from architrave.record.errors import RecordError
from architrave.record.origins import first_log
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct, HeldAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["acts_for", "addressed", "audience_of", "may_read", "note_name", "on_acts", "wants"]

BATCH_BYTES = 2 << 20
WANTS = 500
_OPENED = 50


def acts_for(peer: Peer, other: str, seals: list[bytes]) -> list[Effect]:
    """The acts under these seals that are held and that the other may read, in one batch.

    Of an erased act that is its tombstone.
    """
    found, stones, size = [], [], 0
    for seal in seals:
        act = peer.reader.acts.get(seal)
        if act is None or not may_read(peer, other, seal, act):
            continue
        if isinstance(act, ErasedAct):
            stones.append(act.stone.data)
            size += len(act.stone.data)
        else:
            found.append((act.salt, act.data))
            size += len(act.data)
        if size > BATCH_BYTES:
            break
    effects: list[Effect] = [Send(other, Acts(found))] if found else []
    return effects + ([Send(other, Tombstones(stones))] if stones else [])


def claims(act: HeldAct) -> tuple[str, Audience, str] | None:
    """What an act says of its party and its readers, and its name; None if it does not say.

    The kind need not be known: an act of a later version is relayed like any other.
    """
    try:
        document = act.document
        if not isinstance(document, dict) or not isinstance(document.get("party"), str):
            return None
        to = document.get("to")
        audience = PUBLIC if to == ["public"] else Audience.of(to or "", "act: to")
        return str(document["party"]), audience, act.name
    except RecordError:
        return None


def audience_of(peer: Peer, seal: bytes, act: HeldAct) -> Audience:
    """Who may read an act that is held: what the act itself says, in a log of its own party.

    A line that repeats another party's seal opens nothing: only the line whose audience equals the
    act's own counts. An act whose bytes do not say is shown to those whom all its lines name.
    """
    found = admitted_audience(peer, seal, act)
    if found is not None:
        return found
    lines = [(tip, peer.history.entry(tip).header.to) for tip in peer.seals.get(seal, ())]
    said = claims(act)
    if said is not None:
        party, audience, name = said
        if any(peer.state.party_of(tip.origin) == party and to == audience for tip, to in lines):
            opened = audience.public or released(peer.state, peer.view(), party, name)
            return PUBLIC if opened else audience
    everyone = peer.founding.origins
    shared = everyone
    for _, to in lines:
        if to is not None:
            shared = shared & (everyone if to.logs is None else to.logs)
    return Audience(shared)


def may_read(peer: Peer, origin: str, seal: bytes, act: HeldAct) -> bool:
    """Say whether the party that writes `origin` may read an act that is held here."""
    return audience_of(peer, seal, act).reaches(origin)


def wants(peer: Peer) -> list[bytes]:
    """The seals of acts to ask the others for: those addressed here, and some of those released."""
    held = peer.reader.acts
    found = [one.seal for one in peer.reader.waiting.values() if one.seal not in held]
    return found[:WANTS] + _released_lines(peer)


def _released_lines(peer: Peer) -> list[bytes]:
    # A release names an act, a line holds only its seal. Until the act has come, the lines of that
    # party which were closed to this one are asked for; whoever holds the released one sends it.
    found: list[bytes] = []
    for origin in sorted(_unopened(peer)):
        for seal, tips in peer.seals.items():
            if first_log(tips[0].origin) == origin and seal not in peer.reader.acts:
                if not addressed(peer, tips):
                    found.append(seal)
    return found[-_OPENED:]


def addressed(peer: Peer, tips: list[Tip]) -> bool:
    """Say whether one of these lines is addressed to this party."""
    lines = [peer.history.entry(tip).header.to for tip in tips]
    return any(to is not None and to.reaches(peer.origin) for to in lines)


def _unopened(peer: Peer) -> set[str]:
    """The logs of parties that have released an act which is not held here."""
    return {
        first_log(fact.tip.origin)
        for name, facts in peer.state.releases.items()
        if name not in peer.names
        for fact in facts
        if isinstance(fact.act, Released)
    }


def note_name(peer: Peer, act: HeldAct) -> None:
    """Note the name of an act that is held, and whether it was to be erased."""
    try:
        name = act.name
    except RecordError:
        return  # its bytes are no act: nothing can name it
    peer.names.setdefault(name, set()).add(act.seal)
    if name in peer.state.erasures:
        peer.erasing.names.add(name)


def on_acts(peer: Peer, message: Acts, effects: list[Effect]) -> None:
    """Keep acts that some entry waits for, and acts that their own party has released."""
    persist = Persist()
    for salt, data in message.acts:
        act = SealedAct(salt, data)
        if peer.reader.take_act(act) or _take_released(peer, act):
            note_name(peer, act)
            persist.acts.append((act.seal, salt, data))
    if persist:
        effects.append(persist)


def _take_released(peer: Peer, act: SealedAct) -> bool:
    seal = act.seal
    if seal in peer.reader.acts or seal not in peer.seals:
        return False
    if not may_read(peer, peer.origin, seal, act) or addressed(peer, peer.seals[seal]):
        return False
    peer.reader.acts[seal] = act
    return True
