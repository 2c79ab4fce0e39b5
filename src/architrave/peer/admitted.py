"""Who may read an act that was admitted: its line and its words have been found to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.institution.act_reading import read_act
from architrave.institution.errors import UnknownKind
from architrave.record.entries import PUBLIC, Audience
from architrave.record.errors import RecordError
from architrave.record.tombstones import HeldAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["admitted_audience"]


def admitted_audience(peer: Peer, seal: bytes, act: HeldAct) -> Audience | None:
    """Who may read an act of this seal, if it was admitted; nothing of it is read again."""
    try:
        name = read_act(act).name
    except (RecordError, UnknownKind):
        return None
    tips = peer.seals.get(seal, ())
    fact = next((one for one in peer.state.acts.get(name, ()) if one.tip in tips), None)
    if fact is None:
        return None
    releases = peer.state.releases.get(name, ())
    if releases and any(one.party == fact.party for one in peer.view().of(releases)):
        return PUBLIC
    return fact.audience
