"""A meeting, its minutes and the meeting clock of a request: frozen values, and their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from architrave.charter.days import DAY_MS, HOUR_MS
from architrave.cli.layout import heading, paragraph, table
from architrave.cli.look import Look, in_english
from architrave.institution.acts import Minuted
from architrave.institution.meeting_clock import MeetingClock, meeting_clock
from architrave.institution.meetings import Meeting, minutes_of
from architrave.institution.state import Fact
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of

__all__ = [
    "AgendaRow",
    "ClockRow",
    "MeetingSheet",
    "MinutesRow",
    "clock_lines",
    "clock_row",
    "meeting_lines",
    "meeting_sheet",
    "meeting_text",
]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A point of an agenda; without `debate` a point A. `matter` is a symbol, or empty."""

    title: Mapping[str, str]
    matter: str
    debate: bool


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """A party's latest minutes of a meeting."""

    party: str
    held: bool
    present: tuple[str, ...]
    account: Mapping[str, str]
    at: int
    line: str
    final: bool


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """A meeting as it stands; `moves` counts its changes, `consultation` is the symbol it answers.

    `clocks` is its beginning on each capital's clock.
    """

    symbol: str
    name: str
    body: str
    convened_by: str
    convened_at: int
    state: str
    starts: int
    ends: int
    clocks: str
    place: Mapping[str, str]
    agenda: tuple[AgendaRow, ...]
    consultation: str
    moves: int
    reason: Mapping[str, str]
    minutes: tuple[MinutesRow, ...]
    presence_differs: bool
    final: bool
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """The meeting clock of a request: times in ms, `period` as the charter words it, or empty.

    `due` is null where the charter names no period; `meeting`, a symbol, is empty and `starts`,
    `after` and `within` are null while none stands; `ended` is when the consultation was closed.
    """

    since: int
    article: str
    period: str
    due: int | None
    meeting: str
    starts: int | None
    after: int | None
    within: bool | None
    ended: int | None


def meeting_sheet(look: Look, one: Meeting) -> MeetingSheet:
    """A meeting as the view shows it."""
    act = one.act
    return MeetingSheet(
        symbol=act.symbol,
        name=one.name,
        body=act.body,
        convened_by=one.party,
        convened_at=one.first.t,
        state=one.state,
        starts=act.starts,
        ends=act.ends,
        clocks=look.clocks(act.starts),
        place=act.place,
        agenda=tuple(
            AgendaRow(point.title, look.symbol(point.matter), point.debate) for point in act.agenda
        ),
        consultation=look.symbol(act.consultation),
        moves=one.moves,
        reason=act.reason,
        minutes=tuple(_minutes(look, fact, minutes_of(fact)) for fact in one.minutes),
        presence_differs=one.presence_differs,
        final=all(look.is_final(tip) for tip in one.tips),
        erased=look.erased_of([*one.convenings, *one.minutes]),
    )


def _minutes(look: Look, fact: Fact, act: Minuted) -> MinutesRow:
    present = tuple(party for party in look.order if party in act.present)
    line, final = look.line(fact.tip), look.is_final(fact.tip)
    return MinutesRow(fact.party, act.held, present, act.account, fact.t, line, final)


def clock_row(look: Look, asked: Fact) -> ClockRow | None:
    """The meeting clock of a request as the view shows it; None of a drill."""
    clock = meeting_clock(look.state, look.view, asked)
    return None if clock is None else _row(clock)


def _row(clock: MeetingClock) -> ClockRow:
    return ClockRow(
        since=clock.since,
        article=clock.article,
        period=str(clock.period) if clock.period is not None else "",
        due=clock.due,
        meeting=clock.meeting.act.symbol if clock.meeting is not None else "",
        starts=clock.meeting.act.starts if clock.meeting is not None else None,
        after=clock.after,
        within=clock.within,
        ended=clock.ended,
    )


def clock_lines(
    look: Look,
    row: ClockRow | None,
    indent: int = 2,
    asked: str = "asked",
    request: str = "the request",
) -> Iterator[str]:
    """A meeting clock on the screen; nothing of a drill."""
    if row is None:
        return
    told = [f"{say('clock-title', 'en')}: {asked} {utc(row.since)}"]
    if row.starts is not None and row.after is not None:
        told.append(f"meeting {row.meeting} convened for {look.clocks(row.starts)}")
        told.append(f"{_span(row.after)} after {request}")
    elif row.ended is not None:
        told.append("closed without a meeting")
    else:
        told.append(f"no meeting is convened, {_span(look.at - row.since)} after {request}")
    if row.period:
        within = {True: "within", False: "later than", None: "the charter says within"}[row.within]
        told.append(f"{within} {row.period} ({look.cite(row.article)})")
        if row.due is not None and row.starts is None and row.ended is None:
            over = "ended" if row.due <= look.at else "end"
            told.append(f"which {over} {look.clocks(row.due)}")
    else:
        told.append("the charter names no period")
    yield from paragraph("; ".join(told), indent)


def _span(ms: int) -> str:
    """A length of time in words: 20 min, 31 h, 3 days."""
    if ms < HOUR_MS:
        return f"{max(ms, 0) // 60_000} min"
    return f"{ms // HOUR_MS} h" if ms < 4 * DAY_MS else f"{ms // DAY_MS} days"


def meeting_text(look: Look, one: MeetingSheet) -> str:
    """A meeting in a line: when, where, by whom convened, and what became of it."""
    state = say_of("met", one.state, "en")
    place = f", {in_english(one.place)}" if one.place else ""
    return f"{state}: {one.clocks}{place}; convened by {look.capital(one.convened_by)}"


def meeting_lines(look: Look, one: MeetingSheet) -> Iterator[str]:
    """A meeting on the screen."""
    sure = say("final" if one.final else "provisional", "en")
    yield heading(f"{one.symbol}  {say_of('met', one.state, 'en')}, {sure}")
    yield from paragraph(f"{meeting_text(look, one)} ({look.charter.body(one.body).name['en']})")
    if one.consultation:
        yield from paragraph(f"{say('meeting-answers', 'en')}: {one.consultation}")
    if one.moves:
        changed = say("meeting-changed", "en", n=one.moves)
        why = f" ({in_english(one.reason)})" if one.reason else ""
        yield from paragraph(changed + why)
    yield from _agenda(one.agenda)
    for told in one.minutes:
        held = say("minutes-held" if told.held else "minutes-not-held", "en")
        here = f", {say('minutes-present', 'en')}: {look.capitals(told.present)}"
        line = f"{look.capital(told.party)}, {utc(told.at)} (line {told.line}): {held}"
        yield from paragraph(f"{line}{here if told.present else ''}")
        if told.account:
            yield from paragraph(in_english(told.account), 4)
    if one.presence_differs:
        yield from paragraph(say("minutes-presence-differs", "en"))
    for erased in one.erased:
        yield from paragraph(erased)


def _agenda(points: Iterable[AgendaRow]) -> Iterator[str]:
    rows = [("B" if one.debate else "A", one.matter, in_english(one.title)) for one in points]
    yield from table(rows, fixed=2)
