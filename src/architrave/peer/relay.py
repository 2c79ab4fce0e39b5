"""Relay: who may read an act that is held here, and which acts to ask for and to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from architrave.institution.record_acts import released
from architrave.peer.admitted import admitted_audience
from architrave.peer.effects import Effect, Persist, Send
from architrave.peer.messages import Acts, Tombstones
from architrave.record.entries import PUBLIC, Audience, Tip
from architrave.record.errors import RecordError
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct, HeldAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = [
    "acts_for",
    "addressed",
    "audience_of",
    "claims",
    "may_read",
    "note_name",
    "on_acts",
    "wants",
]

BATCH_BYTES = 2 << 20
WANTS = 500
_NAMES = 100
_NAME = re.compile(r"[0-9a-f]{64}")


def acts_for(peer: Peer, other: str, asked: list[bytes]) -> list[Effect]:
    """The acts of these seals or names that are held and the other may read, in one batch.

    Of an erased act that is its tombstone.
    """
    found, stones, size = [], [], 0
    for seal in dict.fromkeys(seal for one in asked for seal in _meant(peer, one)):
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


def _meant(peer: Peer, asked: bytes) -> Iterable[bytes]:
    """The seal that was asked for, or the seals of the act whose name this is."""
    return (asked,) if asked in peer.reader.acts else sorted(peer.names.get(asked.hex(), ()))


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
    """What to ask the others for: seals of acts addressed here, and names of acts released."""
    held = peer.reader.acts
    found = [one.seal for one in peer.reader.waiting.values() if one.seal not in held]
    return found[:WANTS] + _released_names(peer)


def _released_names(peer: Peer) -> list[bytes]:
    # A release names an act, a line holds only its seal. Whoever may not read the act cannot tell
    # which line it is; whoever holds it can, so it is asked for by its name until it has come.
    # Of each party some at a time, in turn: a name that nobody can answer must not stand in the
    # way of another for good, nor one party's names in the way of another party's.
    found: list[bytes] = []
    for names in _unopened(peer).values():
        parts = -(-len(names) // _NAMES)
        start = peer.turn % parts * _NAMES
        found += [bytes.fromhex(name) for name in names[start : start + _NAMES]]
    return found


def addressed(peer: Peer, tips: list[Tip]) -> bool:
    """Say whether one of these lines is addressed to this party."""
    lines = [peer.history.entry(tip).header.to for tip in tips]
    return any(to is not None and to.reaches(peer.origin) for to in lines)


def _unopened(peer: Peer) -> dict[str, list[str]]:
    """By party, in order, the names of the acts that it has released and that are not held here."""
    found: dict[str, list[str]] = {}
    for name in sorted(peer.state.releases):
        if name not in peer.names and _NAME.fullmatch(name):
            for party in sorted({fact.party for fact in peer.state.releases[name]}):
                found.setdefault(party, []).append(name)
    return found


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
