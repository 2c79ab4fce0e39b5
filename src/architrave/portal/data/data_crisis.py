"""Suspensions, and the shared picture of a consultation, as public data."""

from __future__ import annotations

from architrave.institution import pending
from architrave.institution import picture as drawn
from architrave.institution.owed import instrument_of
from architrave.institution.standing import MatterStanding
from architrave.portal.data.api_matters import Leg, Point, Proposition, Reading, Suspension
from architrave.portal.data.data_values import coded, instant, line_name, texts
from architrave.portal.reading import Copy

__all__ = ["legs_data", "points_data", "suspensions_data"]


def suspensions_data(copy: Copy, standing: MatterStanding) -> tuple[Suspension, ...]:
    """Every suspension of a text in force, in the order of time."""
    if standing.name not in copy.state.suspensions:
        return ()
    found = instrument_of(copy.state, copy.view, standing, True).suspensions
    return tuple(
        Suspension(
            party=one.party,
            since=instant(one.since),
            until=instant(one.until) if one.until is not None else None,
            line=line_name(copy, one.given.tip),
            reason=texts(one.reason),
            resumed=line_name(copy, one.resumed.tip) if one.resumed is not None else None,
        )
        for one in sorted(found, key=lambda one: (one.since, one.party))
    )


def legs_data(one: pending.Consultation) -> tuple[Leg, ...]:
    """The line to each party that was asked."""
    return tuple(Leg(leg.party, coded("leg", leg.state)) for leg in one.legs)


def points_data(copy: Copy, one: pending.Consultation) -> tuple[Point, ...]:
    """The points of a consultation in the order in which they were first named."""
    found = drawn.picture(copy.state, copy.view, one.asked.name)
    return tuple(_point(copy, point) for point in found.points) if found is not None else ()


def _point(copy: Copy, point: drawn.Point) -> Point:
    return Point(
        id=point.id,
        agreement=coded("point", point.agreement),
        propositions=tuple(
            Proposition(
                party=one.worded.party,
                line=line_name(copy, one.worded.tip),
                text=texts(one.act.proposition),
                readings=tuple(_reading(copy, read) for read in one.readings),
            )
            for one in point.propositions
        ),
        awaiting=point.awaiting,
    )


def _reading(copy: Copy, read: drawn.Read) -> Reading:
    return Reading(
        party=read.party,
        reading=coded("reading", read.act.reading),
        account=texts(read.act.account),
        at=instant(read.fact.t),
        line=line_name(copy, read.fact.tip),
    )
