"""The meeting clock of a request, or of an alert: how long since it, and when the parties meet.

A charter may say within which period a body meets once a party asked to consult, or warned it of a
disruption; the article that permits the one or the other names it. The clock runs
from the time of the line that holds the request. Any party may convene the meeting; while none is
convened the party that asked owes it. Where the charter names no period nobody owes anything, and
the clock only counts up. A drill asks for no meeting and has no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from architrave.charter.days import Period
from architrave.charter.errors import UncountedYear
from architrave.institution.acts import Alerted, Consulted
from architrave.institution.amendments import charter_at
from architrave.institution.drills import close_of
from architrave.institution.meetings import Meeting, meetings
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["MeetingClock", "meeting_clock", "meetings_for"]


@dataclass(frozen=True, slots=True)
class MeetingClock:
    """The clock of one request; times in ms.

    `period` and `article` are the charter's, None and empty where it names none; `due` is the
    instant at which the period, begun at the request, has run (None also where the charter lacks
    the holidays to count it). `meeting` is the first that stands; `ended` when it was closed.
    """

    asked: Fact
    article: str
    period: Period | None
    due: int | None
    meeting: Meeting | None
    ended: int | None

    @property
    def since(self) -> int:
        """When it began: the time of the line that holds the request."""
        return self.asked.t

    @property
    def after(self) -> int | None:
        """How long after the request the meeting begins (ms); None without one."""
        return None if self.meeting is None else self.meeting.act.starts - self.since

    @property
    def within(self) -> bool | None:
        """Whether the meeting begins within the period; None without a meeting or an end of it."""
        if self.meeting is None or self.due is None:
            return None
        return self.meeting.act.starts <= self.due

    @property
    def tips(self) -> tuple[Tip, ...]:
        """The lines that its meeting rests on."""
        return tuple(self.meeting.tips) if self.meeting is not None else ()

    @property
    def owed(self) -> bool:
        """True while the charter asks for a meeting and none is convened."""
        return self.period is not None and self.meeting is None and self.ended is None


def meeting_clock(state: Institution, view: View, asked: Fact) -> MeetingClock | None:
    """The clock of a request, under the charter in whose knowledge it was made; None of a drill."""
    act = asked.act
    assert isinstance(act, Alerted | Consulted)
    if act.drill:
        return None
    charter = state.charter
    if state.amended:
        past = view.history.past(asked.tip)
        charter = charter_at(state, replace(view, cut=past, audience=asked.audience))
    article = charter.article_for(act.body, "alert" if isinstance(act, Alerted) else "consult")
    period = article.meeting_within if article is not None else None
    due = None
    if period is not None:
        try:
            due = period.end_after(asked.t, charter.party(asked.party))
        except UncountedYear:
            due = None
    closed = close_of(view.of(state.consultations.get(asked.name, ())))
    return MeetingClock(
        asked=asked,
        article=article.number if article is not None and period is not None else "",
        period=period,
        due=due,
        meeting=next((one for one in meetings_for(state, view, asked.name) if one.stands), None),
        ended=closed.t if closed is not None else None,
    )


def meetings_for(state: Institution, view: View, consultation: str) -> tuple[Meeting, ...]:
    """The meetings that answer a request, by its name, the one that begins first first."""
    if not state.meetings:
        return ()
    return tuple(one for one in meetings(state, view) if one.act.consultation == consultation)
