"""The suspensions of a text on its page."""

from __future__ import annotations

from architrave.institution.acts import Resumed
from architrave.institution.owed import instrument_of
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.suspensions import Suspension
from architrave.portal.matters.pages_matter import SuspensionRow
from architrave.portal.reading import Copy
from architrave.portal.translated import untranslated

__all__ = ["suspension_rows"]


def suspension_rows(copy: Copy, standing: MatterStanding) -> tuple[SuspensionRow, ...]:
    """Every suspension of a text, in the order of time; those that are over too."""
    if standing.stage is not Stage.IN_FORCE or standing.name not in copy.state.suspensions:
        return ()
    found = instrument_of(copy.state, copy.view, standing, True).suspensions
    return tuple(_row(copy, one) for one in sorted(found, key=lambda one: (one.since, one.party)))


def _row(copy: Copy, one: Suspension) -> SuspensionRow:
    act = one.resumed.act if one.resumed is not None else None
    resumed = act.reason if isinstance(act, Resumed) else {}
    ended = copy.say("suspended-ended") if act is not None else copy.say("suspended-left")
    return SuspensionRow(
        party=copy.party(one.party),
        at=copy.here(one.since),
        until=copy.here(one.until) if one.until is not None else None,
        state=copy.say("suspended-stands") if one.stands else ended,
        reason=copy.of(one.reason),
        resumed=copy.of(resumed),
        line=copy.line(one.given.tip),
        untranslated=untranslated(copy, copy.of(one.reason), copy.of(resumed)),
    )
