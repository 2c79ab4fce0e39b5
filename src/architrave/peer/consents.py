"""Helping a party to open a later log: by which entries the others have concurred.

A party whose own log has ended may still concur with another, and its later log may leave that
line out. Then no log that can be read without the new one names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.institution.acts import LogSucceeded
from architrave.institution.successions import concurred
from architrave.peer.effects import Effect, Send
from architrave.peer.messages import Ask, Consents
from architrave.peer.named_branches import want
from architrave.record.entries import Tip
from architrave.record.origins import first_log

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["consents", "on_consents"]


def consents(peer: Peer, other: str, log: str) -> list[Effect]:
    """Tell a party that has not opened a log by which entries the others have concurred."""
    for one in concurred(peer.state):
        if one.title.succession.log == log:
            tips = [(t.origin, t.size, t.root) for many in one.tips.values() for t in many]
            return [Send(other, Consents(log, tips))]
    return []


def on_consents(peer: Peer, sender: str, message: Consents, effects: list[Effect]) -> None:
    """Ask for those entries that are not held here, by their hash."""
    if message.log in peer.history.successions or len(message.tips) > 4 * len(peer.others):
        return
    if first_log(message.log) != peer.origin and not _has_concurred(peer, message.log):
        return  # what some party says of a log that this one knows nothing of
    for origin, size, root in message.tips:
        tip = Tip(origin, size, root)
        if origin in peer.replicas and size > 0 and peer.history.find(tip) is None:
            want(peer, tip)
            effects.append(Send(sender, Ask(origin, 0, size, root)))


def _has_concurred(peer: Peer, log: str) -> bool:
    facts = peer.state.successions.get(first_log(log), ())
    return any(
        isinstance(fact.act, LogSucceeded) and fact.act.log == log and fact.party == peer.party
        for fact in facts
    )
