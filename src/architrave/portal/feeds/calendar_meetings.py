"""The dates of meetings, and of the clocks of requests to consult, each with a history of its own.

A meeting is named for ever by the act that first convened it: however often it is moved, its date
keeps that name, and each change counts one more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from architrave.institution.acts import Convened
from architrave.institution.alerts import Alert, alerts, first_known
from architrave.institution.meeting_clock import meeting_clock, meetings_for
from architrave.institution.meetings import Meeting, MeetingState, meetings
from architrave.institution.pending import Consultation, DeadlineKind, consultations
from architrave.institution.state import Fact
from architrave.portal.feeds.calendar_dated import Bearing, Dated
from architrave.portal.feeds.calendar_states import Why
from architrave.portal.reading import Copy
from architrave.record.entries import Tip

__all__ = ["clock_dates", "meeting_dates"]

_WHY = {
    MeetingState.CONVENED: Why.SET,
    MeetingState.CANCELLED: Why.CANCELLED,
    MeetingState.HELD: Why.HELD,
    MeetingState.NOT_HELD: Why.NOT_HELD,
    MeetingState.DIFFERS: Why.DIFFERS,
}


def meeting_dates(copy: Copy) -> Iterator[Dated]:
    """The beginning of each meeting that was ever convened."""
    for one in meetings(copy.state, copy.view):
        act = one.act
        dated = Bearing(copy, frozenset(one.tips)).dated(
            ("meeting", one.name),
            _WHY[one.state],
            (DeadlineKind.MEETING, act.body, act.symbol, one.party),
            act.starts,
            _agenda(copy, one),
            [tip for fact in (*one.convenings, *one.minutes) for tip in _erased(copy, fact)],
        )
        said = copy.read(one.last.tip)
        place = said.place if isinstance(said, Convened) else {}
        yield replace(dated, ends=act.ends, place=place)


def _agenda(copy: Copy, one: Meeting) -> dict[str, str]:
    """The titles of the points in each language, without their words once they are erased."""
    said = copy.read(one.last.tip)
    points = said.agenda if isinstance(said, Convened) else []
    languages = dict.fromkeys(language for point in points for language in point.title)
    return {
        language: "; ".join(point.title[language] for point in points if language in point.title)
        for language in languages
    }


def _erased(copy: Copy, fact: Fact) -> Iterator[Tip]:
    yield from (one.tip for one in copy.view.of(copy.state.erasures.get(fact.name, ())))


def clock_dates(copy: Copy) -> Iterator[Dated]:
    """By when the body meets after each request and each alert, where the charter says so."""
    asking: tuple[Consultation | Alert, ...] = consultations(copy.state, copy.view)
    for one in (*asking, *alerts(copy.state, copy.view)):
        clock = meeting_clock(copy.state, copy.view, one.asked)
        if clock is None or clock.due is None:
            continue
        met = meetings_for(copy.state, copy.view, one.asked.name)
        rests = {one.asked.tip, *(tip for meeting in met for tip in meeting.tips)}
        rests |= {one.closed.tip} if one.closed is not None else set()
        why = Why.SET if clock.owed else Why.MET if clock.meeting is not None else Why.ENDED
        yield Bearing(copy, frozenset(rests)).dated(
            ("meet-by", one.asked.name),
            why,
            (DeadlineKind.MEET_BY, one.act.body, one.act.symbol, one.asked.party),
            clock.due,
            _said_first(one),
        )


def _said_first(one: Consultation | Alert) -> Mapping[str, str]:
    """The ground of a request; of an alert the first point of which something is known."""
    if isinstance(one, Consultation):
        return one.act.ground
    return first_known(one.act)
