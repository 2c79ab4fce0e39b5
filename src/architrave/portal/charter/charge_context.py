"""Who is in charge: offices that go from party to party, by the charter's own dates.

What the charter does not date is not known here: nothing is worked out from an order or a length.
"""

from __future__ import annotations

from datetime import date

from architrave.charter.model import Body, Rotation
from architrave.portal import formats
from architrave.portal.charter.pages_charter import ChargeRow
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to
from architrave.portal.translated import untranslated

__all__ = ["charge_rows", "order_text"]


def charge_rows(copy: Copy, day: date, query: str = "") -> tuple[ChargeRow, ...]:
    """The chair of each existing body that has one on a day; `query` follows each link.

    In a body that does not exist nobody is in the chair.
    """
    return tuple(
        _row(copy, body, body.chair, day, query)
        for body in copy.charter.bodies
        if body.chair is not None and not body.proposed
    )


def order_text(copy: Copy, chair: Rotation) -> Shown:
    """The order in which parties take the chair."""
    return formats.joined([copy.party(party) for party in chair.order], " → ")


def _row(copy: Copy, body: Body, chair: Rotation, day: date, query: str) -> ChargeRow:
    party = chair.chair_on(day)
    term = next(
        (
            one
            for one in chair.terms
            if one.first and one.last and one.party == party and one.first <= day <= one.last
        ),
        None,
    )
    ahead = [(one.first, one.party) for one in chair.terms if one.first and one.first > day]
    following = min(ahead, default=None)
    note: Shown = copy.of(chair.note) if chair.note is not None else ""
    return ChargeRow(
        body=link_to(copy.body(body), copy.address("bodies") + f"{query}#{body.id}"),
        office=_office(copy, body),
        party=copy.party(party) if party is not None else "",
        first=_moment(copy, term.first if term is not None else None),
        last=_moment(copy, term.last if term is not None else None),
        handover=_moment(copy, following[0] if following is not None else None),
        successor=copy.party(following[1]) if following is not None else "",
        order=order_text(copy, chair),
        note=note,
        untranslated=untranslated(copy, note),
    )


def _office(copy: Copy, body: Body) -> Shown:
    """The seat that goes from party to party; where the body has none, its chair."""
    seat = next((one for one in body.seats if one.party is None), None)
    return copy.of(seat.title) if seat is not None else copy.say("charge-chair")


def _moment(copy: Copy, day: date | None) -> formats.Moment | None:
    return formats.date_moment(day, copy.language) if day is not None else None
