"""What the verdict on an officer's act would be, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, LogSucceeded, name_of
from architrave.institution.admit import Signed, admit
from architrave.institution.errors import UnknownKind
from architrave.institution.state import Admitted, Fact, Refused, View
from architrave.peer import succession
from architrave.record.entries import Tip
from architrave.record.errors import RecordError
from architrave.record.history import Cut
from architrave.record.keys import PublicKey
from architrave.record.sealing import SealedAct

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = ["rehearsed", "verdict_on_command", "verdict_unsigned"]


def verdict_on_command(peer: Peer, act: SealedAct) -> Admitted | Refused:
    """Whether an act may be written now: what this node knows counts beside the charter."""
    try:
        read = read_act(act).act
    except (RecordError, UnknownKind) as fault:
        return Refused("", peer.why_not() or str(fault))
    gives_way = isinstance(read, LogSucceeded) and succession.gives_way(peer, read)
    if not peer.may_sign() and not gives_way:
        return Refused("", peer.why_not())
    if not read.audience.reaches(peer.origin):
        return Refused("", "an act is addressed to its own party too.")
    everyone = peer.founding.origins
    if read.audience.logs is not None and read.audience.logs - everyone:
        return Refused("", "an act is addressed to logs of this founding only.")
    own = {branch.origin for branch in peer.branches_of(peer.origin)}
    for one in peer.reader.waiting.values():
        if one.tip.origin in own and one.audience.covers(read.audience, everyone):
            return Refused("", "an earlier act of this log is still to be fetched and read.")
    if isinstance(read, LogSucceeded):
        reason = succession.why_not_concur(peer, read)
        if reason:
            return Refused("", reason)
    return rehearsed(peer, act)


def rehearsed(peer: Peer, act: SealedAct) -> Admitted | Refused:
    """What the verdict on an act would be if it were written now. Writes nothing.

    Raises Malformed or UnknownKind for bytes that are no act.
    """
    read = read_act(act)
    return _judged(peer, read.act, read.name, act)


class _Signed:
    """What stands for a signature that is still to come: the key that the act names has signed."""

    def signed_by(self, _key: PublicKey, _institution: str) -> bool:
        """Yes."""
        return True


def verdict_unsigned(peer: Peer, act: Act) -> Admitted | Refused:
    """What the verdict would be now if the key that the act names signed it. Writes nothing."""
    reason = peer.why_not()
    if reason:
        return Refused("", reason)
    return _judged(peer, act, name_of(act), _Signed())


def _judged(peer: Peer, act: Act, name: str, signed: Signed) -> Admitted | Refused:
    audience = act.audience
    history, branch = peer.history, peer.history.main(peer.origin)
    named = branch.seen[-1] if branch.seen else {}
    tips = {**named, **peer.reader.seen_now()}
    if branch.tips:
        tips[peer.origin] = branch.tips[-1]
    # Only later logs make two tips of one party.
    cut = (
        history.cut_of(tips.values())
        if history.successions
        else Cut({origin: (tip,) for origin, tip in tips.items()})
    )
    future = Tip(peer.log, branch.size + 1, b"")
    view = View(history, cut, audience, rehearsal=True)
    now = max(peer.now, branch.times[-1] if branch.times else 0)
    fact = Fact(future, peer.party, now, audience, name, act)
    return admit(peer.state, view, fact, signed)
