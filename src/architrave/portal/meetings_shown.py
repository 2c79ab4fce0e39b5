"""Meetings and the meeting clock as pages show them."""

from __future__ import annotations

from architrave.charter.days import DAY_MS, HOUR_MS
from architrave.charter.model import Body
from architrave.institution.acts import Alerted, Consulted, Convened, Minuted, Point, Tabled
from architrave.institution.alerts import Alert
from architrave.institution.meeting_clock import MeetingClock, meeting_clock, meetings_for
from architrave.institution.meetings import Meeting, MeetingState, meetings
from architrave.institution.pending import Consultation
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.pages_meetings import AgendaRow, ClockBlock, MeetingRow, MinutesRow
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.places import symbol_place
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to

__all__ = ["clock_block", "meeting_row", "meetings_of", "next_meetings", "subject_address"]


def subject_address(copy: Copy, symbol: str) -> str:
    """The page about what a symbol names, with its anchor: of a meeting, its body's."""
    path, anchor = symbol_place(copy, symbol) or (("matters", symbol), "")
    return copy.address(*path) + (f"#{anchor}" if anchor else "")


def next_meetings(copy: Copy, body: Body) -> tuple[MeetingRow, ...]:
    """The meetings of a body that are convened and have not ended, the next one first."""
    return tuple(
        meeting_row(copy, one)
        for one in meetings(copy.state, copy.view)
        if one.act.body == body.id
        and one.state is MeetingState.CONVENED
        and not copy.passed(one.act.ends)
    )


def meetings_of(copy: Copy, consultation: Consultation | Alert) -> tuple[MeetingRow, ...]:
    """The meetings that answer a request, the one that begins first first."""
    found = meetings_for(copy.state, copy.view, consultation.asked.name)
    return tuple(meeting_row(copy, one) for one in found)


def meeting_row(copy: Copy, one: Meeting) -> MeetingRow:
    """A meeting, its words as they can be read here."""
    said = copy.read(one.last.tip)
    act = said if isinstance(said, Convened) else one.act
    minutes = {fact.party: fact for fact in one.minutes}
    changed = formats.number(one.moves)
    return MeetingRow(
        symbol=act.symbol,
        code=one.state.value,
        word=copy.say_of("met", one.state),
        party=copy.party(one.party),
        when=copy.zones(act.starts),
        place=copy.of(act.place) if act.place else "",
        answers=_answers(copy, act),
        changes=copy.say("meeting-changed", n=changed) if one.moves else "",
        agenda=tuple(_point(copy, point) for point in act.agenda),
        minutes=tuple(_minutes(copy, minutes[party]) for party in copy.ordered(minutes)),
        differs=copy.say("minutes-presence-differs") if one.presence_differs else "",
        sure=copy.sure(all(copy.view.history.holds(copy.final.cut, tip) for tip in one.tips)),
    )


def _answers(copy: Copy, act: Convened) -> Link | None:
    found = copy.state.find(copy.view, act.consultation) if act.consultation else None
    if found is None or not isinstance(found.act, Alerted | Consulted):
        return None
    return link_to(found.act.symbol, subject_address(copy, found.act.symbol))


def _point(copy: Copy, point: Point) -> AgendaRow:
    return AgendaRow("B" if point.debate else "A", copy.of(point.title), _matter(copy, point))


def _matter(copy: Copy, point: Point) -> Link | None:
    found = copy.state.find(copy.view, point.matter) if point.matter else None
    if found is None or not isinstance(found.act, Tabled):
        return None
    return link_to(found.act.symbol, copy.matter_address(found.act.symbol))


def _minutes(copy: Copy, fact: Fact) -> MinutesRow:
    act = copy.read(fact.tip)
    act = act if isinstance(act, Minuted) else fact.act
    assert isinstance(act, Minuted)
    return MinutesRow(
        party=copy.party(fact.party),
        held=copy.say("minutes-held" if act.held else "minutes-not-held"),
        present=copy.parties(act.present) if act.present else "",
        account=copy.of(act.account) if act.account else "",
        line=copy.line(fact.tip),
    )


def clock_block(copy: Copy, one: Consultation | Alert) -> ClockBlock | None:
    """The meeting clock of a request or of an alert; None of a drill."""
    clock = meeting_clock(copy.state, copy.view, one.asked)
    if clock is None:
        return None
    code = _code(clock)
    return ClockBlock(
        lead=_lead(copy, clock),
        rule=_rule(copy, clock),
        code=code,
        word=copy.say_of("clock", code),
        due=copy.zones(clock.due) if clock.due is not None else (),
        owes=copy.party(clock.asked.party) if clock.owed else "",
        meetings=meetings_of(copy, one),
    )


def _code(clock: MeetingClock) -> str:
    if clock.meeting is not None:
        return {True: "within", False: "late", None: "convened"}[clock.within]
    if clock.ended is not None:
        return "ended"
    return "owed" if clock.owed else "running"


def _lead(copy: Copy, clock: MeetingClock) -> str:
    warned = isinstance(clock.asked.act, Alerted)
    if clock.meeting is not None and clock.after is not None:
        symbol, word = clock.meeting.act.symbol, "clock-alert-meets" if warned else "clock-meets"
        return copy.say(word, symbol=symbol, span=_span(copy, clock.after))
    if clock.ended is not None:
        return copy.say("clock-no-meeting")
    word = "clock-alert-runs" if warned else "clock-runs"
    return copy.say(word, span=_span(copy, max(0, copy.now - clock.since)))


def _rule(copy: Copy, clock: MeetingClock) -> Shown:
    if clock.period is None:
        return copy.say("clock-no-period")
    period = copy.say_of("period", clock.period.unit, n=clock.period.count)
    word = "clock-alert-rule" if isinstance(clock.asked.act, Alerted) else "clock-rule"
    return copy.say(word, period=period, article=copy.cite(clock.article))


def _span(copy: Copy, ms: int) -> str:
    if ms < HOUR_MS:
        return copy.say("span-minutes", n=formats.number(ms // 60_000))
    if ms < 4 * DAY_MS:
        return copy.say("span-hours", n=formats.number(ms // HOUR_MS))
    return copy.say_of("period", "days", n=formats.number(ms // DAY_MS))
