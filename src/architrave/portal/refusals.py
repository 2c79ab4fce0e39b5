"""What the charter did not admit, by the matter that it is about: read once for each view.

Going through all refusals for each matter would let one capital that writes many void lines hold
up every page of every matter, and the dump.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from architrave.institution.acts import Act, Tabled
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Refused
from architrave.peer.peer import Peer
from architrave.portal.reading import Copy
from architrave.record.entries import Tip

__all__ = ["Refusal", "refusals_about"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that changes nothing: when (ms) and where it stands, what it says, and why."""

    t: int
    tip: Tip
    act: Act
    refused: Refused


_Kept = dict[str, list[Refusal]]

# One for each peer of this process; read and written under the reading lock only.
_kept: WeakKeyDictionary[Peer, tuple[object, _Kept]] = WeakKeyDictionary()


def refusals_about(copy: Copy, standing: MatterStanding) -> list[Refusal]:
    """The void lines about a matter that all parties may read, the newest first."""
    stamp = copy.told.stamp
    kept = _kept.get(copy.peer)
    if kept is None or kept[0] != stamp:
        kept = _kept[copy.peer] = (stamp, _by_matter(copy))
    # A matter is named by the act that tabled it, or by a symbol that somebody issued once more.
    found = [*kept[1].get(standing.name, ()), *kept[1].get(standing.symbol, ())]
    return sorted(found, key=lambda one: (-one.t, one.tip))


def _by_matter(copy: Copy) -> _Kept:
    history, found = copy.view.history, _Kept()
    for tip, refused in copy.state.refused.items():
        act = copy.read(tip) if history.holds(copy.view.cut, tip) else None
        if act is None:
            continue
        name = act.symbol if isinstance(act, Tabled) else getattr(act, "matter", "")
        if name:
            one = Refusal(history.entry(tip).header.t, tip, act, refused)
            found.setdefault(name, []).append(one)
    return found
