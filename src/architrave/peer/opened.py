"""Texts for some parties only that their author's party has opened to everyone later.

A release opens a text and does no more: the act is judged by those alone who might read it when it
was made. So a text that reaches a party by its release changes nothing in what that party holds to
be so; it can be read, and its seal shows that it is the one sealed on that line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from architrave.institution.state import Fact
from architrave.peer.erasing import shown
from architrave.peer.relay import claims
from architrave.record.entries import Tip
from architrave.record.tombstones import HeldAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["OpenedText", "opened_texts"]


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text on the line that sealed it (`sealed`, ms), and the first release of its own party.

    `act` is as it may be shown: without its words once they are erased.
    """

    tip: Tip
    party: str
    name: str
    seal: bytes
    sealed: int
    act: HeldAct
    release: Fact


def opened_texts(peer: Peer) -> dict[Tip, OpenedText]:
    """By their lines, the texts held here that were sealed for some parties and released later."""
    view = peer.view()
    found: dict[Tip, OpenedText] = {}
    for name, releases in peer.state.releases.items():
        if name in peer.names:
            # The first of each party, in the order of its own book: the same in every copy.
            for release in sorted(view.of(releases), key=lambda one: (one.t, one.tip)):
                for one in _lines_of(peer, name, release):
                    found.setdefault(one.tip, one)
    return dict(sorted(found.items()))


def _lines_of(peer: Peer, name: str, release: Fact) -> Iterator[OpenedText]:
    for seal in sorted(peer.names[name]):
        act, said = shown(peer, seal), None
        for tip in peer.seals.get(seal, ()):
            header = peer.history.entry(tip).header
            if act is None or peer.state.party_of(tip.origin) != release.party:
                continue
            if header.to is None or header.to.logs is None:
                continue
            if header.to.logs >= peer.founding.origins:
                continue  # nobody was kept from reading it
            said = said or claims(act)
            if said is not None and said[:2] == (release.party, header.to):
                yield OpenedText(tip, release.party, name, seal, header.t, act, release)
