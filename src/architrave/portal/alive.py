"""Whether a capital's copy is in touch with this one, and if not, since when."""

from __future__ import annotations

from architrave.portal.pages_rows import Shown, SilentRow
from architrave.portal.reading import Copy

__all__ = ["alive", "silent_rows"]

SILENT_AFTER = 2  # refreshes missed before a book is called silent


def alive(copy: Copy, party: str) -> tuple[Shown, bool]:
    """When a capital's copy was last heard of, and whether that is too long ago."""
    stands = copy.told_alive(party)
    if stands is not None:
        return stands
    if party == copy.peer.party:
        return copy.say("alive-here"), False
    heard = copy.peer.heard.get(copy.state.origin_of(party))
    if heard is None:
        return copy.say("silent-since-start"), True
    if copy.now - heard > SILENT_AFTER * copy.peer.pace.refresh:
        return copy.say("silent-since", at=copy.here(heard), ago=copy.ago(heard)), True
    return copy.say("alive", ago=copy.ago(heard)), False


def silent_rows(copy: Copy) -> tuple[SilentRow, ...]:
    """The capitals of which nothing has been heard for too long, in order."""
    found = ((party, *alive(copy, party)) for party in copy.order)
    return tuple(SilentRow(copy.party(party), since) for party, since, silent in found if silent)
