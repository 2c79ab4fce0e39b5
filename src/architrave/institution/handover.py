"""What passes to the next holder of a seat: all that stands, is owed and is pending; who is who.

It is computed from the record alone, so that nothing depends on what the last holder wrote down.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.charter.model import Body, Seat
from architrave.institution.acts import Appointed
from architrave.institution.alerts import Alert
from architrave.institution.owed import Instrument, Owed
from architrave.institution.pending import (
    Consultation,
    Deadline,
    OpenMatter,
    Waiting,
    status,
)
from architrave.institution.questions import holder, key_serves
from architrave.institution.state import Fact, Institution, View

__all__ = ["Colleague", "Handover", "handover"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another seat of the body and who holds it; no name while it is vacant."""

    seat: Seat
    holder: str | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The pack for the present holder of a seat, in `language`; both are empty while it is vacant.

    `holders` are all appointments to the seat, oldest first; `keys` the officer keys that serve
    now. `stands`, `owed`, `pending`, `consultations`, `alerts` and `dates` are those of the
    seat's body; `mine` says, by the symbol of a matter, a consultation or an alert, what waits for
    the seat's own party.
    """

    seat: Seat
    body: Body
    holder: str
    language: str
    holders: tuple[Fact, ...]
    keys: tuple[str, ...]
    colleagues: tuple[Colleague, ...]
    stands: tuple[Instrument, ...]
    owed: tuple[Owed, ...]
    pending: tuple[OpenMatter, ...]
    consultations: tuple[Consultation, ...]
    alerts: tuple[Alert, ...]
    dates: tuple[Deadline, ...]
    mine: tuple[tuple[str, Waiting], ...]


def handover(state: Institution, view: View, seat: str) -> Handover:
    """The pack for a seat as a view shows it; raises UnknownId for no seat of the charter."""
    office = state.charter.seat(seat)
    body = state.charter.body(office.body)
    now = status(state, view)
    appointments = tuple(
        fact for fact in view.of(state.seats.get(seat, ())) if isinstance(fact.act, Appointed)
    )
    present = holder(state, view, seat) or ""
    last = appointments[-1].act if present else None
    stands = tuple(one for one in now.stands if one.standing.act.body == body.id)
    pending = tuple(one for one in now.pending if one.standing.act.body == body.id)
    consultations = tuple(one for one in now.consultations if one.act.body == body.id)
    warned = tuple(one for one in now.alerts if one.act.body == body.id)
    return Handover(
        seat=office,
        body=body,
        holder=present,
        language=last.language if isinstance(last, Appointed) else "",
        holders=appointments,
        keys=tuple(sorted(key for key in state.keys if key_serves(state, view, key, seat))),
        colleagues=tuple(
            Colleague(other, holder(state, view, other.id))
            for other in body.seats
            if other.id != seat
        ),
        stands=stands,
        owed=tuple(one for one in now.owed if one.standing.act.body == body.id),
        pending=pending,
        consultations=consultations,
        alerts=warned,
        dates=tuple(one for one in now.deadlines if _concerns(one, body)),
        mine=tuple(_waiting_for(office, pending, (*consultations, *warned))),
    )


def _concerns(date: Deadline, body: Body) -> bool:
    # A symbol carries its body; the date of a chair names the body itself.
    return date.subject.partition("/")[0] == body.id


def _waiting_for(
    seat: Seat, pending: tuple[OpenMatter, ...], asking: tuple[Consultation | Alert, ...]
) -> list[tuple[str, Waiting]]:
    everything = [(one.standing.symbol, one.awaiting) for one in pending]
    everything += [(one.act.symbol, one.awaiting) for one in asking]
    return [
        (symbol, waiting)
        for symbol, awaiting in everything
        for waiting in awaiting
        if waiting.party == seat.party
    ]
