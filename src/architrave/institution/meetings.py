"""Meetings: convened by any one party of a body, and minuted by each party for itself.

A meeting is named by the act that first convened it, and keeps that name and its symbol when the
party that convened it moves it or cancels it; a later convening replaces the earlier one. Each
party writes its own minutes, and its latest are its minutes; those of several parties stand side
by side and are never merged, so what they say differently is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from architrave.charter.errors import UncountedYear
from architrave.charter.model import Article, Body
from architrave.institution.acts import Alerted, Consulted, Convened, Minuted, Point
from architrave.institution.cadence import LAST_YEAR, within_calendar
from architrave.institution.drills import close_of
from architrave.institution.questions import (
    body_by_id,
    matter_in,
    permitted,
    readers_fault,
    symbol_fault,
    text_fault,
    words_fault,
)
from architrave.institution.state import Fact, Institution, Refused, View, add, add_along
from architrave.record.entries import Tip

__all__ = [
    "MOST_POINTS",
    "Meeting",
    "MeetingState",
    "convene",
    "may_convene",
    "may_minute",
    "meeting_named",
    "meetings",
    "minute",
]

MOST_POINTS = 60
"""Of one agenda."""


class MeetingState(StrEnum):
    """What the record says of a meeting."""

    CONVENED = "convened"  # nobody has written minutes
    CANCELLED = "cancelled"  # by the party that convened it
    HELD = "held"  # all who wrote minutes say so
    NOT_HELD = "not-held"  # all who wrote minutes say so
    DIFFERS = "differs"  # of those who wrote minutes some say that it was held, some that not


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: the convenings of it, in their order, the one that stands, and the minutes.

    `minutes` holds the latest of each party that wrote any, in the order of the body's parties.
    """

    name: str
    convenings: tuple[Fact, ...]
    last: Fact
    minutes: tuple[Fact, ...]

    @property
    def act(self) -> Convened:
        """What stands: time, place and agenda."""
        assert isinstance(self.last.act, Convened)
        return self.last.act

    @property
    def party(self) -> str:
        """Who convened it."""
        return self.last.party

    @property
    def first(self) -> Fact:
        """The act that first convened it."""
        return self.convenings[0]

    @property
    def moves(self) -> int:
        """How often it was moved or otherwise changed."""
        return len(self.convenings) - 1

    @property
    def state(self) -> MeetingState:
        """What the record says of it."""
        if self.act.cancelled:
            return MeetingState.CANCELLED
        held = {minutes_of(one).held for one in self.minutes}
        if not held:
            return MeetingState.CONVENED
        if len(held) > 1:
            return MeetingState.DIFFERS
        return MeetingState.HELD if held == {True} else MeetingState.NOT_HELD

    @property
    def stands(self) -> bool:
        """True unless it was cancelled, or was not held as all minutes say."""
        return self.state not in (MeetingState.CANCELLED, MeetingState.NOT_HELD)

    @property
    def presence_differs(self) -> bool:
        """True if two parties' minutes of a meeting that was held name others as present."""
        told = [minutes_of(one) for one in self.minutes]
        return len({tuple(sorted(one.present)) for one in told if one.held}) > 1

    @property
    def tips(self) -> tuple[Tip, ...]:
        """The entries that it rests on."""
        return tuple(fact.tip for fact in (*self.convenings, *self.minutes))


def minutes_of(fact: Fact) -> Minuted:
    """The minutes that a fact holds."""
    assert isinstance(fact.act, Minuted)
    return fact.act


def may_convene(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party of a body convenes it; only that party moves or cancels the meeting."""
    act = fact.act
    assert isinstance(act, Convened)
    body = body_by_id(state, act.body)
    if isinstance(body, Refused):
        return body
    article = permitted(state, body.id, "convene")
    if isinstance(article, Refused):
        return article
    number = article.number
    fault = readers_fault(state, fact, body, number)
    if fault is not None:
        return fault
    if not (within_calendar(act.starts) and within_calendar(act.ends)):
        return Refused(number, f"the meeting lies before 1970 or after {LAST_YEAR - 1}.")
    if act.ends <= act.starts:
        return Refused(number, "the meeting ends no later than it starts.")
    before: Convened | None = None
    if act.moves:
        meeting = _meeting_in(state, past, act.moves, number)
        if isinstance(meeting, Refused):
            return meeting
        before, fault = meeting.act, _move_fault(state, fact, act, meeting, number)
    else:
        fault = _first_fault(state, past, fact, act, number)
    return (
        fault
        or _notice_fault(state, fact, body, article, before)
        or _agenda_fault(state, past, act, number)
        or words_fault(state, number, act.place)
        or words_fault(state, number, act.reason)
    )


def _meeting_in(state: Institution, past: View, name: str, number: str) -> Meeting | Refused:
    """The meeting of this name as a past shows it, while it is not cancelled; or a refusal."""
    named = state.find(past, name)
    if named is None or not isinstance(named.act, Convened):
        return Refused(number, "the meeting is not in the past of this act.")
    if named.act.moves:
        return Refused(number, "a meeting is named by the act that first convened it.")
    meeting = meeting_named(state, past, name)
    assert meeting is not None
    if meeting.act.cancelled:
        return Refused(number, "the meeting is cancelled; another may be convened.")
    return meeting


def _first_fault(
    state: Institution, past: View, fact: Fact, act: Convened, number: str
) -> Refused | None:
    if act.cancelled or act.reason:
        return Refused(number, "a meeting is changed or cancelled by an act that names it (moves).")
    fault = symbol_fault(state, past, fact, act.symbol, act.body)
    if fault:
        return Refused(number, fault)
    if not act.consultation:
        return None
    return _answered_fault(state, past, fact, act, number)


def _answered_fault(
    state: Institution, past: View, fact: Fact, act: Convened, number: str
) -> Refused | None:
    """Refuse a meeting that answers no open request of this body, nor an open alert."""
    asked = state.find(past, act.consultation)
    if asked is None or not isinstance(asked.act, Alerted | Consulted):
        return Refused(number, "the request to consult is not in the past of this act.")
    alert = isinstance(asked.act, Alerted)
    if asked.act.body != act.body:
        if alert:
            return Refused(number, f"the alert was raised in {asked.act.body}.")
        return Refused(number, f"the request to consult was made in {asked.act.body}.")
    if asked.act.drill:
        return Refused(number, "a drill asks for no meeting.")
    if close_of(past.of(state.consultations[act.consultation])) is not None:
        if alert:
            return Refused(number, "the alert is closed.")
        return Refused(number, "the consultation is closed.")
    if not fact.audience.covers(asked.audience, state.founding.origins):
        if alert:
            return Refused(number, "everyone who may read the alert must be able to read this.")
        return Refused(number, "everyone who may read the request must be able to read this.")
    return None


def _move_fault(
    state: Institution, fact: Fact, act: Convened, meeting: Meeting, number: str
) -> Refused | None:
    before = meeting.act
    if meeting.party != fact.party:
        return Refused(number, f"only {meeting.party}, which convened the meeting, changes it.")
    kept = (before.symbol, before.body, before.consultation)
    if (act.symbol, act.body, act.consultation) != kept:
        return Refused(number, "a meeting keeps its symbol, its body and what it answers.")
    if act.cancelled and (act.starts, act.ends) != (before.starts, before.ends):
        return Refused(number, "a meeting that is cancelled keeps its time.")
    if meeting.minutes:
        return Refused(number, "there are minutes of the meeting: it is not changed any more.")
    if fact.t >= before.starts:
        return Refused(number, "the meeting has begun: minutes say what became of it.")
    if not fact.audience.covers(meeting.first.audience, state.founding.origins):
        return Refused(number, "everyone who may read the convening must be able to read this.")
    return None


def _notice_fault(
    state: Institution, fact: Fact, body: Body, article: Article, before: Convened | None
) -> Refused | None:
    """Refuse a time that leaves less notice than the charter asks for, or none at all.

    A meeting that answers a consultation needs no notice, nor does one whose time stays.
    """
    act = fact.act
    assert isinstance(act, Convened)
    if before is not None and act.starts == before.starts:
        return None
    if act.starts < fact.t:
        return Refused(article.number, "the meeting would begin before it is convened.")
    if act.consultation or article.minimum_period is None:
        return None
    period, parties = article.minimum_period, [state.charter.party(one) for one in body.parties]
    try:
        earliest = max(period.end_after(fact.t, party) for party in parties)
    except UncountedYear as fault:
        return Refused(article.number, str(fault))
    if act.starts < earliest:
        return Refused(article.number, "the meeting begins before the period of notice has run.")
    return None


def _agenda_fault(state: Institution, past: View, act: Convened, number: str) -> Refused | None:
    if len(act.agenda) > MOST_POINTS:
        return Refused(number, f"an agenda has at most {MOST_POINTS} points.")
    for point in act.agenda:
        fault = _point_fault(state, past, act.body, point, number)
        if fault is not None:
            return fault
    return None


def _point_fault(
    state: Institution, past: View, body: str, point: Point, number: str
) -> Refused | None:
    if point.matter:
        matter = matter_in(state, past, point.matter)
        if isinstance(matter, Refused):
            return matter
        where = getattr(matter.act, "body", "")
        if where != body:
            return Refused(number, f"a matter on the agenda is before {where}, not {body}.")
    return text_fault(state, number, point.title)


def may_minute(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of the body writes its own minutes of a meeting, once it was to begin."""
    act = fact.act
    assert isinstance(act, Minuted)
    meeting = _meeting_in(state, past, act.meeting, "")
    if isinstance(meeting, Refused):
        return meeting
    body = state.charter.body(meeting.act.body)
    article = permitted(state, body.id, "minute")
    if isinstance(article, Refused):
        return article
    number = article.number
    fault = readers_fault(state, fact, body, number)
    if fault is not None:
        return fault
    if fact.t < meeting.act.starts:
        return Refused(number, "minutes are written once the meeting was to begin.")
    for party in act.present:
        if party not in body.parties:
            return Refused(
                number, f"{party!r} is said to be present, and is no party of {body.id}."
            )
    if len(set(act.present)) != len(act.present):
        return Refused(number, "a party is named as present twice.")
    if bool(act.present) != act.held:
        return Refused(number, "minutes say who was present exactly where the meeting was held.")
    return words_fault(state, number, act.account)


def convene(state: Institution, fact: Fact) -> Institution:
    """A meeting is convened, or changed."""
    act = fact.act
    assert isinstance(act, Convened)
    if act.moves:
        return state.but(meetings=add_along(state.meetings, act.moves, fact))
    return state.but(
        meetings=add_along(state.meetings, fact.name, fact),
        symbols=add(state.symbols, act.symbol, fact),
    )


def minute(state: Institution, fact: Fact) -> Institution:
    """A party's minutes join their meeting."""
    return state.but(minutes=add(state.minutes, minutes_of(fact).meeting, fact))


def meeting_named(state: Institution, view: View, name: str) -> Meeting | None:
    """The meeting of this name as a view shows it; None if the view does not hold it."""
    convenings = _along(view.of(state.meetings.get(name, ())))
    last = view.last(convenings)
    if last is None or not isinstance(last.act, Convened) or convenings[0].name != name:
        return None
    told = tuple(view.of(state.minutes.get(name, ())))
    latest = (
        view.last(_along(one for one in told if one.party == party))
        for party in state.charter.body(last.act.body).parties
    )
    return Meeting(name, convenings, last, tuple(one for one in latest if one is not None))


def meetings(state: Institution, view: View) -> tuple[Meeting, ...]:
    """The meetings that a view holds, the one that begins first first."""
    found = [one for name in state.meetings if (one := meeting_named(state, view, name))]
    return tuple(sorted(found, key=lambda one: (one.act.starts, one.act.symbol)))


def _along(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda one: (one.tip.size, one.tip)))
