"""Topics of the feeds: which kind of record entry belongs to which, and to which body."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.institution import acts
from architrave.institution.acts import Act, Alerted, Consulted, Convened, Tabled
from architrave.portal.reading import Copy

__all__ = [
    "ALL",
    "TOPICS",
    "TOPIC_OF",
    "body_of",
    "consultation_of",
    "matter_of",
    "meeting_of",
    "seats_of",
]

ALL = "all"
TOPICS = ("decisions", "consultations", "commitments", "register", "record")

TOPIC_OF: Mapping[type[Act], str] = {
    acts.Tabled: "decisions",
    acts.Revised: "decisions",
    acts.Positioned: "decisions",
    acts.Retracted: "decisions",
    acts.WithdrewMatter: "decisions",
    acts.Amended: "decisions",
    acts.Attested: "decisions",
    acts.Consulted: "consultations",
    acts.Acknowledged: "consultations",
    acts.Assessed: "consultations",
    acts.Closed: "consultations",
    acts.Alerted: "consultations",
    acts.Responded: "consultations",
    acts.Convened: "consultations",
    acts.Minuted: "consultations",
    acts.Reported: "commitments",
    acts.AcceptedReport: "commitments",
    acts.NotifiedWithdrawal: "commitments",
    acts.SuspendedNotice: "commitments",
    acts.RescindedNotice: "commitments",
    acts.Suspended: "commitments",
    acts.Resumed: "commitments",
    acts.Confirmed: "register",
    acts.Corrected: "register",
    acts.Contested: "register",
    acts.Founded: "record",
    acts.Appointed: "record",
    acts.Vacated: "record",
    acts.KeyDelegated: "record",
    acts.KeyRevoked: "record",
    acts.LogSucceeded: "record",
    acts.Deposited: "record",
    acts.Released: "record",
    acts.Erased: "record",
}
"""The topic of each kind; a test demands that none is left out."""


def matter_of(copy: Copy, act: Act) -> Tabled | None:
    """The tabling of the matter that an act is about, if all parties may read it."""
    if isinstance(act, Tabled):
        return act
    name = getattr(act, "matter", "")
    named = getattr(act, "notice", "") or getattr(act, "report", "")
    if named:
        other = copy.state.find(copy.view, named)
        name = getattr(other.act, "matter", "") if other is not None else ""
    found = copy.state.find(copy.view, name) if name else None
    return found.act if found is not None and isinstance(found.act, Tabled) else None


def consultation_of(copy: Copy, act: Act) -> Alerted | Consulted | None:
    """The request, or the alert, that an act makes or answers."""
    if isinstance(act, Alerted | Consulted):
        return act
    name = getattr(act, "consultation", "") or getattr(act, "alert", "")
    found = copy.state.find(copy.view, name) if name else None
    return found.act if found is not None and isinstance(found.act, Alerted | Consulted) else None


def meeting_of(copy: Copy, act: Act) -> Convened | None:
    """The convening that an act makes, or whose minutes it is."""
    if isinstance(act, Convened):
        return act
    name = getattr(act, "meeting", "")
    found = copy.state.find(copy.view, name) if name else None
    return found.act if found is not None and isinstance(found.act, Convened) else None


def body_of(copy: Copy, act: Act, seats: Mapping[str, str]) -> str:
    """The id of the body before which something was said, or in which its seat is; else empty."""
    about = meeting_of(copy, act) or matter_of(copy, act) or consultation_of(copy, act)
    if about is not None:
        return about.body
    # The party key names no seat: what it says of a seat belongs to that seat's body.
    return seats.get(getattr(act, "office", "") or act.seat, "")


def seats_of(copy: Copy) -> dict[str, str]:
    """The body of each seat."""
    return {seat.id: body.id for body in copy.charter.bodies for seat in body.seats}
