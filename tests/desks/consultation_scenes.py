"""Drills made up of plain times, and a copy's books for the desk to ask."""

from __future__ import annotations

from dataclasses import dataclass

from world import HOUR, START

from architrave.desks.consultation.timings import Interval, LegTimes, Moment, Timings
from architrave.institution.drills import LegState
from architrave.peer.peer import Peer
from architrave.record.entries import Tip

NAME = "ab" * 32


@dataclass(frozen=True)
class ClaimedBooks:
    """A copy's books, with the times that they claim as their own bounds."""

    peer: Peer

    def moment(self, line: Tip) -> Moment:
        t = self.peer.history.entry(line).header.t
        return Moment(f"{self.peer.state.party_of(line.origin)}:{line.size}", Interval(t, t, t))

    def first_naming(self, party: str, line: Tip) -> Moment | None:
        upto = self.peer.view().tip(party)
        first = self.peer.history.first_naming(upto, line) if upto is not None else None
        return self.moment(first) if first is not None else None

    def latest(self, party: str) -> Moment | None:
        upto = self.peer.view().tip(party)
        return self.moment(upto) if upto is not None else None


def at(hours: float, slack: float | None = 0.0, line: str = "KOR:1") -> Moment:
    """A moment some hours after the start, known to `slack` hours; None: not bounded at all."""
    ms = START + round(hours * HOUR)
    if slack is None:
        return Moment(line, Interval(ms))
    wide = round(slack * HOUR)
    return Moment(line, Interval(ms, ms - wide, ms + wide))


def leg(
    party: str,
    state: LegState = LegState.ANSWERED,
    answered: Moment | None = None,
    latest: Moment | None = None,
) -> LegTimes:
    return LegTimes(party, state, answered, answered, None, latest)


def drill(asked: Moment, *legs: LegTimes, number: int = 1) -> Timings:
    return Timings(NAME, f"ESFSC/2027/KOR/{number}", "ESFSC", "KOR", True, asked, legs, None)
