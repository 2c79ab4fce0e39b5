"""Suspension of an instrument: suspended, resumed, each party for itself.

The instrument is suspended while any party's suspension stands, and only its own party resumes it.
The stage of a version stays what it was: what is suspended is in force, and notices run on. From
when to when follows from the lines that say so, by their dates; nobody else's book is asked, since
a suspension takes nothing from the others but time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from architrave.institution.acts import Resumed, Revised, Suspended, Tabled, Text
from architrave.institution.amendments import INSTRUMENT
from architrave.institution.cadence import day_end
from architrave.institution.duties import instrument_in
from architrave.institution.questions import text_fault, words_fault
from architrave.institution.standing import MatterStanding, Stage, stand
from architrave.institution.state import Fact, Institution, Refused, View, add

__all__ = [
    "Suspension",
    "change",
    "covering",
    "may_resume",
    "may_suspend",
    "standing_of",
    "suspensions",
]


@dataclass(frozen=True, slots=True)
class Suspension:
    """One party's suspension of an instrument, `since` an instant (ms) `until` another.

    `until` is None while it stands; `resumed` is the act that ended it. A party that has left the
    instrument suspends it no longer: that ends a suspension without an act.
    """

    given: Fact
    party: str
    since: int
    until: int | None = None
    resumed: Fact | None = None

    @property
    def stands(self) -> bool:
        """True while nothing has ended it."""
        return self.until is None

    @property
    def reason(self) -> Text:
        """Why, as the party says."""
        assert isinstance(self.given.act, Suspended)
        return self.given.act.reason

    def covers(self, day: str) -> bool:
        """True if the end of an ISO day falls into it."""
        end = day_end(day)
        return self.since <= end and (self.until is None or end < self.until)


def may_suspend(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of the body suspends what is in force, once at a time, and says why."""
    act = fact.act
    assert isinstance(act, Suspended)
    found = instrument_in(state, past, fact, act.matter, "suspend")
    if isinstance(found, Refused):
        return found
    version, number = found
    # What it changed is the charter by now, and all go on being judged by that.
    put = version.fact.act
    assert isinstance(put, Tabled | Revised)
    if put.wording.instrument == INSTRUMENT:
        return Refused(number, "a text that amends the charter is not suspended.")
    standing = stand(state, act.matter, past)
    if standing is None or standing.stage is not Stage.IN_FORCE:
        return Refused(number, "the matter is not in force in the past of this act.")
    if _stands(state, past, act.matter, fact.party):
        return Refused(number, f"{fact.party} has suspended this already.")
    return text_fault(state, number, act.reason)


def may_resume(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party ends the suspension that it has itself put."""
    act = fact.act
    assert isinstance(act, Resumed)
    found = instrument_in(state, past, fact, act.matter, "resume")
    if isinstance(found, Refused):
        return found
    _, number = found
    if not _stands(state, past, act.matter, fact.party):
        return Refused(number, f"{fact.party} has no suspension of this that stands.")
    return words_fault(state, number, act.reason)


def change(state: Institution, fact: Fact) -> Institution:
    """A party's suspension begins or ends."""
    act = fact.act
    assert isinstance(act, Suspended | Resumed)
    return state.but(suspensions=add(state.suspensions, act.matter, fact))


def _of_party(state: Institution, matter: str, party: str) -> tuple[Fact, ...]:
    """What a party has said of it, in the order of its log."""
    mine = [one for one in state.suspensions.get(matter, ()) if one.party == party]
    return tuple(sorted(mine, key=lambda one: (one.tip.size, one.tip)))


def _stands(state: Institution, past: View, matter: str, party: str) -> bool:
    last = past.last(_of_party(state, matter, party))
    return last is not None and isinstance(last.act, Suspended)


def suspensions(
    state: Institution, view: View, standing: MatterStanding, left: Iterable[tuple[str, int]] = ()
) -> tuple[Suspension, ...]:
    """Every suspension of an instrument that a view holds, by party and time; most are over.

    `left` says which party has left the instrument, with effect at which instant (ms).
    """
    if standing.name not in state.suspensions:
        return ()
    gone = dict(left)
    found: list[Suspension] = []
    for party in standing.current.version.body.parties:
        open_: Fact | None = None
        for fact in view.of(_of_party(state, standing.name, party)):
            if isinstance(fact.act, Suspended) and open_ is None:
                open_ = fact
            elif isinstance(fact.act, Resumed) and open_ is not None:
                # What a party says after it has left makes its suspension no longer.
                ended = max(open_.t, min(fact.t, gone.get(party, fact.t)))
                found.append(Suspension(open_, party, open_.t, ended, fact))
                open_ = None
        if open_ is not None:
            until = max(gone[party], open_.t) if party in gone else None
            found.append(Suspension(open_, party, open_.t, until))
    return tuple(found)


def standing_of(found: Iterable[Suspension]) -> tuple[Suspension, ...]:
    """Those that stand."""
    return tuple(one for one in found if one.stands)


def covering(found: Iterable[Suspension], day: str) -> tuple[Suspension, ...]:
    """Those into which the end of an ISO day falls."""
    return tuple(one for one in found if one.covers(day))
