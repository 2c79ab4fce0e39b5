"""Appointments in the record: who holds a seat now, and whether that is who was invited."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.institution.acts import Appointed
from architrave.institution.questions import known_as
from architrave.institution.state import Fact, Institution, View
from architrave.peer.peer import Peer

__all__ = ["Appointment", "Officer", "appointment_named", "appointment_now", "officer_in"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A holder of a seat by one act of appointment, and what tells that holder from others."""

    name: str
    party: str
    seat: str
    holder: str
    language: str
    known: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in: a seat of this capital and its holder as invited.

    `acts` is False once the seat has passed to another, or stands empty: then the officer reads.
    """

    party: str
    seat: str
    holder: str
    language: str
    acts: bool


def appointment_now(state: Institution, view: View, seat: str) -> Appointment | None:
    """Who holds a seat in a view; None if it is vacant."""
    return _appointment(view.last(state.seats.get(seat, ())))


def appointment_named(state: Institution, view: View, name: str) -> Appointment | None:
    """The appointment of this name (an act's, in hex); None if the view holds none."""
    return _appointment(state.find(view, name))


def officer_in(peer: Peer, seat: str, appointment: str) -> Officer | None:
    """The officer of an account as a peer's record has them now; None if it knows no such."""
    state, view = peer.state, peer.view()
    invited = appointment_named(state, view, appointment)
    if invited is None or invited.seat != seat:
        return None
    now = appointment_now(state, view, seat)
    acts = now is not None and now.known == invited.known
    return Officer(invited.party, seat, invited.holder, invited.language, acts)


def _appointment(fact: Fact | None) -> Appointment | None:
    if fact is None or not isinstance(fact.act, Appointed):
        return None
    act = fact.act
    return Appointment(fact.name, fact.party, act.office, act.holder, act.language, known_as(act))
