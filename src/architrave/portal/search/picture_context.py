"""The context of the shared picture of a consultation."""

from __future__ import annotations

from architrave.institution.acts import Assessed, kind_of
from architrave.institution.drills import Leg
from architrave.institution.pending import Consultation
from architrave.institution.picture import Point, Proposition, Read, picture
from architrave.institution.state import Fact
from architrave.portal.reading import Copy
from architrave.portal.search.pages_picture import (
    LegRow,
    PictureBlock,
    PointRow,
    ReadingRow,
    TimelineRow,
    WordingRow,
)
from architrave.portal.translated import untranslated

__all__ = ["picture_block"]


def picture_block(copy: Copy, one: Consultation) -> PictureBlock:
    """What the page of a consultation shows below the request."""
    found = picture(copy.state, copy.view, one.asked.name)
    legs = {leg.party: leg for leg in one.legs}
    return PictureBlock(
        legs=tuple(_leg(copy, legs[party]) for party in copy.ordered(legs)),
        points=tuple(_point(copy, point) for point in found.points) if found else (),
        timeline=tuple(_row(copy, fact) for fact in found.timeline) if found else (),
    )


def _leg(copy: Copy, leg: Leg) -> LegRow:
    at = copy.here(leg.answer.t) if leg.answer is not None else None
    return LegRow(copy.party(leg.party), leg.state.value, copy.say_of("leg", leg.state), at)


def _point(copy: Copy, point: Point) -> PointRow:
    return PointRow(
        id=point.id,
        code=point.agreement.value,
        word=copy.say_of("point", point.agreement),
        wordings=tuple(_wording(copy, one) for one in point.propositions),
        awaiting=copy.parties(point.awaiting),
    )


def _wording(copy: Copy, one: Proposition) -> WordingRow:
    by_party = {read.party: read for read in one.readings}
    text = copy.of(one.act.proposition)
    return WordingRow(
        text=text,
        party=copy.party(one.worded.party),
        at=copy.here(one.worded.t),
        line=copy.line(one.worded.tip),
        readings=tuple(_reading(copy, by_party[party]) for party in copy.ordered(by_party)),
        untranslated=untranslated(copy, text),
    )


def _reading(copy: Copy, read: Read) -> ReadingRow:
    return ReadingRow(
        party=copy.party(read.party),
        code=read.act.reading,
        word=copy.say_of("reading", read.act.reading),
        account=copy.of(read.act.account),
        at=copy.here(read.fact.t),
        line=copy.line(read.fact.tip),
        sure=copy.sure(copy.final.holds(read.fact)),
    )


def _row(copy: Copy, fact: Fact) -> TimelineRow:
    act = fact.act
    read = act if isinstance(act, Assessed) else None
    return TimelineRow(
        party=copy.party(fact.party),
        kind=copy.say_of("kind", kind_of(act)),
        point=read.point if read is not None else "",
        word=copy.say_of("reading", read.reading) if read is not None else "",
        at=copy.here(fact.t),
        line=copy.line(fact.tip),
    )
