"""Erasing words: who has to sign a tombstone, when the words go, and what a refill takes instead.

As soon as a node has read that a party has an act of its own erased, it shows the act's skeleton
and no more its words, and signs a tombstone. The words stay on the disk, and are served to those
who may read them, until every party that may read the act has signed: whoever is still to read
them can. Then the tombstone takes their place. A node takes a tombstone for an act that it lacks
only with its own signature: it is bound to what it once read, and nobody else can say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, Erased, document_of
from architrave.institution.admit import fold_entry
from architrave.institution.erasure import lasting_words, skeleton_of
from architrave.institution.errors import UnknownKind
from architrave.institution.state import Admitted, Fact, Institution, empty
from architrave.peer.effects import Effect, Notify, Persist, Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import Tombstones
from architrave.peer.relay import addressed, audience_of, note_name
from architrave.peer.watch import Watch
from architrave.record import canonical
from architrave.record.errors import RecordError
from architrave.record.keys import PublicKey
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct, HeldAct, Tombstone, read_tombstone

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["Erasing", "admitted", "hide", "look", "on_tombstones", "remind", "shown"]

_BATCH_BYTES = 2 << 20


@dataclass(slots=True)
class Erasing:
    """The erased acts by their seals: `acts` as they are shown, `unfinished` while the words stay.

    `names` holds the names of acts that are to be looked at, `lasting` the seals of those that
    cannot be erased. `times` counts how often the state was folded anew without some words.
    """

    acts: dict[bytes, ErasedAct] = field(default_factory=dict)
    unfinished: set[bytes] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    lasting: set[bytes] = field(default_factory=set)
    times: int = 0


def shown(peer: Peer, seal: bytes) -> HeldAct | None:
    """The act of this seal as anybody may see it here: without its words once they are erased."""
    return peer.erasing.acts.get(seal) or peer.reader.acts.get(seal)


def admitted(peer: Peer, fact: Fact) -> None:
    """An act has been admitted: if it erases another, that one is looked at."""
    if isinstance(fact.act, Erased):
        peer.erasing.names.add(fact.act.act)


def hide(peer: Peer, effects: list[Effect]) -> None:
    """Show no more the words of acts that their own party has erased."""
    it = peer.erasing
    fresh = {}
    for seal in sorted({seal for name in it.names for seal in peer.names.get(name, ())}):
        act = peer.reader.acts.get(seal)
        if isinstance(act, SealedAct) and seal not in it.acts and _demanded(peer, act):
            fresh[seal] = ErasedAct(_stone(peer, act))
    it.names.clear()
    if fresh:
        _hide(peer, fresh, effects)


def look(peer: Peer, effects: list[Effect]) -> None:
    """Hide, sign and drop what has become due."""
    it = peer.erasing
    hide(peer, effects)
    persist = Persist()
    for seal in sorted(it.unfinished):
        stone = it.acts[seal].stone
        key = peer.node_key
        if peer.origin not in stone.signatures and not peer.restored and key is not None:
            stone = stone.signed_with(peer.origin, key, peer.founding.id)
            it.acts[seal] = ErasedAct(stone)
            effects += _send(peer, [seal])
        _finish(peer, seal, persist)
    if persist:
        effects.append(persist)


def remind(peer: Peer) -> list[Effect]:
    """Send the tombstones that are not signed by all yet once more."""
    return _send(peer, sorted(peer.erasing.unfinished))


def on_tombstones(peer: Peer, sender: str, message: Tombstones, effects: list[Effect]) -> None:
    """Gather signatures; take a tombstone in place of an act that is lacking here."""
    persist = Persist()
    back: list[bytes] = []
    for data in message.stones:
        try:
            stone = read_tombstone(data)
        except RecordError as fault:
            raise PeerError(str(fault)) from fault
        if stone.seal not in peer.seals:
            continue
        if stone.seal not in peer.reader.acts:
            _take(peer, stone, persist)
        elif stone.seal in peer.erasing.acts and _gather(peer, stone, persist, effects):
            back.append(stone.seal)
    if persist:
        effects.append(persist)
    effects += [one for one in _send(peer, back) if isinstance(one, Send) and one.to == sender]


# -- one act ----------------------------------------------------------------------------------


def _demanded(peer: Peer, sealed: SealedAct) -> bool:
    """Say whether an act's own party has it erased, and it can be."""
    try:
        read = read_act(sealed)
    except (RecordError, UnknownKind):
        return False
    erasures = peer.state.erasures.get(read.name, ())
    if not any(fact.party == read.act.party for fact in erasures) or lasting_words(read.act):
        return False
    return sealed.seal not in peer.erasing.lasting


def _stone(peer: Peer, sealed: SealedAct) -> Tombstone:
    """What this party has to say of an act that it has read."""
    read = read_act(sealed)
    skeleton = canonical.dump(document_of(skeleton_of(read.act)))
    signed = _signed(peer, sealed, read.act)
    return Tombstone(sealed.seal, read.name, signed, skeleton)


def _signed(peer: Peer, sealed: SealedAct, act: Act) -> bool:
    try:
        return sealed.signed_by(PublicKey.parse(act.key), peer.founding.id)
    except RecordError:
        return False


def _readers(peer: Peer, act: HeldAct) -> frozenset[str]:
    """The origins of the parties that may read an act: whose signatures its tombstone needs."""
    audience = audience_of(peer, act.seal, act)
    return peer.founding.origins if audience.logs is None else audience.logs


def _node_keys(peer: Peer) -> Mapping[str, tuple[PublicKey, ...]]:
    return {first: peer.history.node_keys(first) for first in peer.history.parties()}


def _finish(peer: Peer, seal: bytes, persist: Persist) -> None:
    """Put the tombstone in the place of the words, if all who may read them have signed it."""
    act = peer.erasing.acts[seal]
    if not act.stone.lacks(_readers(peer, act)):
        peer.reader.acts[seal] = act
        peer.erasing.unfinished.discard(seal)
        persist.tombstones.append((seal, act.stone.data))


def _gather(peer: Peer, stone: Tombstone, persist: Persist, effects: list[Effect]) -> bool:
    """Add the signatures of a tombstone to those held; True if the sender lacks one of ours."""
    seal = stone.seal
    held = peer.erasing.acts[seal].stone
    if not held.agrees(stone):
        effects.append(Notify(stone.name, "another party shows another skeleton of this act."))
        return False
    joined = held.joined(stone, _node_keys(peer), peer.founding.id)
    if joined is not held:
        peer.erasing.acts[seal] = ErasedAct(joined)
        if seal in peer.erasing.unfinished:
            _finish(peer, seal, persist)
        else:
            peer.reader.acts[seal] = peer.erasing.acts[seal]
            persist.tombstones.append((seal, joined.data))
    return bool(stone.lacks(joined.signatures))


def _take(peer: Peer, stone: Tombstone, persist: Persist) -> None:
    act = ErasedAct(stone.checked(_node_keys(peer), peer.founding.id))
    here = addressed(peer, peer.seals[stone.seal])
    readers = _readers(peer, act)
    if act.stone.lacks(readers | {peer.origin} if here else readers):
        return
    if not here and not audience_of(peer, stone.seal, act).public:
        return
    if here and not peer.reader.take_act(act):
        return
    peer.reader.acts[stone.seal] = peer.erasing.acts[stone.seal] = act
    note_name(peer, act)
    persist.tombstones.append((stone.seal, act.stone.data))


def _send(peer: Peer, seals: Iterable[bytes]) -> list[Effect]:
    """Tombstones for the others who may read the act, in batches of bounded size."""
    for_each: dict[str, list[list[bytes]]] = {}
    for seal in seals:
        act = peer.erasing.acts[seal]
        if not act.stone.signatures:
            continue
        for other in sorted(_readers(peer, act) - {peer.origin}):
            batches = for_each.setdefault(other, [[]])
            if sum(map(len, batches[-1])) > _BATCH_BYTES:
                batches.append([])
            batches[-1].append(act.stone.data)
    return [Send(other, Tombstones(one)) for other, many in for_each.items() for one in many]


# -- the state without the words --------------------------------------------------------------


def _hide(peer: Peer, fresh: Mapping[bytes, ErasedAct], effects: list[Effect]) -> None:
    """Fold everything anew with skeletons in place of these acts.

    The verdict on every act must come out as it did with the words; if not, the words stay, and
    the officer hears of it.
    """
    peer.erasing.acts.update(fresh)
    state, watch = _folded(peer)
    if _verdicts(state) != _verdicts(peer.state):
        for seal, act in fresh.items():
            del peer.erasing.acts[seal]
            peer.erasing.lasting.add(seal)
            effects.append(Notify(act.name, "without its words this act would do something else."))
        return
    peer.state, peer.watch = state, watch
    peer.erasing.unfinished.update(fresh)
    peer.erasing.times += 1


def _folded(peer: Peer) -> tuple[Institution, Watch]:
    state = empty(peer.founding, peer.state.founded_under)
    watch = Watch(peer.history, peer.reader, peer.party)
    for tip in peer.reader.judged:
        seal = peer.history.entry(tip).header.seal
        act = shown(peer, seal) if seal is not None else None
        assert act is not None
        state, verdict = fold_entry(state, peer.history, tip, act)
        if isinstance(verdict, Admitted):
            watch.admitted(state.acts[read_act(act).name][-1])
    return state, watch


def _verdicts(state: Institution) -> tuple[object, ...]:
    places = frozenset(fact.tip for facts in state.acts.values() for fact in facts)
    refused = frozenset((tip, one.late) for tip, one in state.refused.items())
    return places, refused
