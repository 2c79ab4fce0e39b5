"""Alerts as public data."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.institution import alerts as warnings
from architrave.institution.acts import Act, Alerted, Closed, Responded, Tabled
from architrave.institution.acts_warning import POINTS
from architrave.institution.meeting_clock import meeting_clock
from architrave.institution.state import Fact
from architrave.institution.waiting import Waiting
from architrave.portal.data.api_alerts import (
    Alert,
    AlertAnswer,
    AlertClock,
    AlertPoint,
    Alerts,
    ToldParty,
)
from architrave.portal.data.api_matters import Answer, Awaited
from architrave.portal.data.data_values import (
    cited,
    coded,
    erased_line,
    instant,
    line_name,
    texts,
)
from architrave.portal.reading import Copy

__all__ = ["alerts_data"]


def alerts_data(copy: Copy) -> Alerts:
    """Every alert, open or closed."""
    return Alerts(tuple(_alert(copy, one) for one in warnings.alerts(copy.state, copy.view)))


def _alert(copy: Copy, one: warnings.Alert) -> Alert:
    asked, act = one.asked, _left(copy, one.asked)
    assert isinstance(act, Alerted)
    return Alert(
        symbol=act.symbol,
        body=act.body,
        party=asked.party,
        at=instant(asked.t),
        line=line_name(copy, asked.tip),
        drill=act.drill,
        points=tuple(
            AlertPoint(
                coded("alert-point", point),
                point not in act.unknown,
                texts(warnings.point_of(act, point)),
            )
            for point in POINTS
        ),
        matter=_matter(copy, act),
        matters=tuple(
            fact.act.symbol
            for fact in warnings.matters_on(copy.state, copy.view, asked.name)
            if isinstance(fact.act, Tabled)
        ),
        evidence=dict(act.evidence),
        answers=tuple(_answer(copy, fact) for fact in one.answers),
        received=tuple(_told(copy, one)),
        clock=_clock(copy, asked),
        closed=_closed(copy, one.closed) if one.closed is not None else None,
        awaiting=tuple(_awaited(waiting) for waiting in one.awaiting),
        final=one.final,
        erased=erased_line(copy, asked.tip, asked.party, asked.name),
    )


def _left(copy: Copy, fact: Fact) -> Act:
    """What an act says, without its words once they are erased."""
    return copy.read(fact.tip) or fact.act


def _matter(copy: Copy, act: Alerted) -> str:
    found = copy.state.find(copy.view, act.matter) if act.matter else None
    return found.act.symbol if found is not None and isinstance(found.act, Tabled) else ""


def _answer(copy: Copy, fact: Fact) -> AlertAnswer:
    act = _left(copy, fact)
    assert isinstance(act, Responded)
    return AlertAnswer(
        party=fact.party,
        at=instant(fact.t),
        line=line_name(copy, fact.tip),
        offer=texts(act.offer),
        sees=texts(act.sees),
        unable=act.unable,
        erased=erased_line(copy, fact.tip, fact.party, fact.name),
    )


def _told(copy: Copy, one: warnings.Alert) -> Iterator[ToldParty]:
    history = copy.view.history
    for party in copy.charter.body(one.act.body).parties:
        if party == one.asked.party:
            continue
        upto = copy.view.tip(party)
        first = history.first_naming(upto, one.asked.tip) if upto is not None else None
        if first is None:
            yield ToldParty(party, None, None)
        else:
            at = instant(history.entry(first).header.t)
            yield ToldParty(party, line_name(copy, first), at)


def _clock(copy: Copy, asked: Fact) -> AlertClock | None:
    clock = meeting_clock(copy.state, copy.view, asked)
    if clock is None:
        return None
    meeting = clock.meeting.act if clock.meeting is not None else None
    return AlertClock(
        article=cited(copy, clock.article) if clock.article else None,
        due=instant(clock.due) if clock.due is not None else None,
        meeting=meeting.symbol if meeting is not None else "",
        starts=instant(meeting.starts) if meeting is not None else None,
        within=clock.within,
    )


def _closed(copy: Copy, fact: Fact) -> Answer:
    act = _left(copy, fact)
    assert isinstance(act, Closed)
    return Answer(fact.party, instant(fact.t), line_name(copy, fact.tip), texts(act.outcome))


def _awaited(one: Waiting) -> Awaited:
    until = instant(one.until) if one.until is not None else None
    return Awaited(one.party, coded("need", one.need), until)
