"""What a party's own log must show before anybody may count it: worked out anew, by other code.

Nothing here asks `institution.closing`: positions, dates and periods are read off the log itself.
"""

from __future__ import annotations

from architrave.charter.rules import Position
from architrave.institution.acts import Positioned, Retracted, Revised, Tabled
from architrave.institution.standing import MatterStanding, VersionStanding
from architrave.peer.peer import Peer
from architrave.record.entries import Tip

__all__ = ["position_fault", "silence_fault"]


def position_fault(
    peer: Peer, standing: MatterStanding, version: VersionStanding, party: str, tip: Tip
) -> str | None:
    """Why a party did not stand on a version when its log closed it; None if it did."""
    mine = [
        fact
        for fact in peer.state.matters[standing.name]
        if fact.party == party and peer.history.is_prefix(fact.tip, tip)
        if isinstance(fact.act, Positioned | Retracted | Revised)
    ]
    if not mine:
        return "which had taken no position"
    last = max(mine, key=lambda fact: fact.tip.size).act
    if not isinstance(last, Positioned) or last.version != version.version.name:
        return "which had left the version"
    return None


def silence_fault(
    peer: Peer, standing: MatterStanding, version: VersionStanding, party: str, tip: Tip
) -> str | None:
    """Why a party's silence on a version had not run on its own log; None if it had."""
    history, fact = peer.history, version.version.fact
    act = fact.act
    assert isinstance(act, Tabled | Revised)
    assert act.silence is not None
    received = history.first_naming(tip, fact.tip)
    if received is None:
        return "whose log had not received the text"
    ended, began = history.entry(tip).header.t, history.entry(received).header.t
    if ended < act.silence.expiry:
        return "whose log held no line dated at or after the expiry"
    charter = version.version.charter
    article = charter.article(act.silence.article)
    if article.minimum_period is not None:
        if ended < article.minimum_period.end_after(began, charter.party(party)):
            return "for whom the charter's least period had not run"
    for one in peer.state.matters[standing.name]:
        if (
            one.party == party
            and one.tip.size < tip.size
            and peer.history.is_prefix(one.tip, tip)
            and isinstance(one.act, Positioned)
            and one.act.version == version.version.name
            and one.act.position in (Position.OBJECT, Position.RESERVE)
            and not _left(peer, standing, party, one.tip, tip)
        ):
            return "which had objected or reserved its position before"
    return None


def _left(peer: Peer, standing: MatterStanding, party: str, after: Tip, upto: Tip) -> bool:
    """Say whether a party left a position between two lines of its log."""
    return any(
        one.party == party
        and after.size < one.tip.size
        and peer.history.is_prefix(one.tip, upto)
        and isinstance(one.act, Positioned | Retracted | Revised)
        for one in peer.state.matters[standing.name]
    )
