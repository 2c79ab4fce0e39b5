"""The context of the council's consultations and drills: who was reached when, by the books."""

from __future__ import annotations

from datetime import date

from architrave.institution.drills import Leg, LegState
from architrave.institution.pending import Consultation, consultations
from architrave.institution.picture import Agreement, picture
from architrave.institution.register_rows import ReportedDate
from architrave.portal import formats
from architrave.portal.council.council_frame import council_frame, council_of, tabs_of
from architrave.portal.council.pages_council import (
    ConsultationsPage,
    DrillMonth,
    LegLine,
    RequestRow,
)
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to

__all__ = ["MONTHS", "consultations_page", "drill_months"]

MONTHS = 12
"""Months of the calendar of drills."""


def consultations_page(copy: Copy) -> ConsultationsPage | None:
    """The page; None if this copy has no council."""
    found = council_of(copy)
    if found is None:
        return None
    data, bodies = found
    ids = frozenset(body.id for body in bodies)
    asked = [one for one in consultations(copy.state, copy.view) if one.act.body in ids]
    return ConsultationsPage(
        frame=council_frame(copy, data, "consultations"),
        tabs=tabs_of(copy, data, "consultations"),
        requests=tuple(_request(copy, one) for one in asked),
        months=_months(copy, [one for one in asked if one.act.drill]),
    )


def drill_months(copy: Copy, body: str) -> tuple[DrillMonth, ...]:
    """The drills of one body by month, as this copy's view shows them."""
    asked = [one for one in consultations(copy.state, copy.view) if one.act.body == body]
    return _months(copy, [one for one in asked if one.act.drill])


def _request(copy: Copy, one: Consultation) -> RequestRow:
    symbol, legs = one.act.symbol, {leg.party: leg for leg in one.legs}
    return RequestRow(
        link=link_to(symbol, copy.address("consultations", symbol)),
        drill=one.act.drill,
        body=copy.body(copy.charter.body(one.act.body)),
        party=copy.party(one.asked.party),
        at=copy.here(one.asked.t),
        ground=copy.of(one.act.ground),
        legs=tuple(_leg(copy, one, legs[party]) for party in copy.ordered(legs)),
        points=_points(copy, one),
        sure=copy.sure(one.final),
    )


def _leg(copy: Copy, one: Consultation, leg: Leg) -> LegLine:
    upto = copy.view.tip(leg.party)
    history = copy.view.history
    first = history.first_naming(upto, one.asked.tip) if upto is not None else None
    return LegLine(
        party=copy.party(leg.party),
        received=copy.here(history.entry(first).header.t) if first is not None else None,
        answered=copy.here(leg.answer.t) if leg.answer is not None else None,
        code=leg.state.value,
        word=copy.say_of("leg", leg.state),
    )


def _points(copy: Copy, one: Consultation) -> str:
    found = picture(copy.state, copy.view, one.asked.name)
    points = found.points if found is not None else ()
    if not points:
        return ""
    apart = sum(point.agreement is Agreement.DIFFERS for point in points)
    return copy.say("council-points", n=formats.number(apart), all=formats.number(len(points)))


def _began(copy: Copy) -> date:
    """The day of the oldest line that this copy shows; today without any."""
    books = (copy.view.history.main(origin) for origin in copy.state.founding.origins)
    times = [book.entries[0].header.t for book in books if book.entries]
    return formats.day_of(min(times)) if times else copy.today()


def _months(copy: Copy, drills: list[Consultation]) -> tuple[DrillMonth, ...]:
    """The last months up to today's, the latest first; in one without a drill none was entered.

    Of months before the record began nothing is said: no drill could have been entered.
    """
    today = copy.today()
    latest = today.year * 12 + today.month - 1
    began = _began(copy)
    rows = []
    for number in range(latest, max(latest - MONTHS, began.year * 12 + began.month - 2), -1):
        first = date(number // 12, number % 12 + 1, 1)
        inside = [one for one in drills if formats.day_of(one.asked.t).replace(day=1) == first]
        last = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
        month = ReportedDate(first, date.fromordinal(last.toordinal() - 1))
        rows.append(
            DrillMonth(
                formats.reported_moment(month, copy.language),
                formats.number(len(inside)),
                _slowest(copy, inside),
            )
        )
    return tuple(rows)


def _slowest(copy: Copy, drills: list[Consultation]) -> Shown:
    """Of the drills of a month, whose answer came last after the request, by both books' times."""
    waits = [
        (leg.answer.t - one.asked.t, leg.party)
        for one in drills
        for leg in one.legs
        if leg.answer is not None and leg.state is LegState.ANSWERED
    ]
    silent = {leg.party for one in drills for leg in one.legs if leg.answer is None}
    told: list[Shown] = []
    if waits:
        longest, _ = max(waits)
        minutes = formats.number(max(0, longest) // 60_000)
        last = copy.parties({party for wait, party in waits if wait == longest})
        told.append(copy.say("council-slowest", party=last, n=minutes))
    for state in (LegState.EXPLAINED, LegState.REPAIRED):
        # It says why the line failed, and is no answer that took so long.
        late = {leg.party for one in drills for leg in one.legs if leg.state is state}
        if late:
            word = copy.say_of("leg", state)
            told.append(copy.say("pair", left=copy.parties(late), right=word))
    if silent:
        told.append(copy.say("council-unanswered", parties=copy.parties(silent)))
    return formats.joined(told, " · ")
