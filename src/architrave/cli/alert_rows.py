"""An alert, the answers to it and who had it when: frozen values, and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from architrave.cli.consult_times import BooksOf, MomentRow, moment_row
from architrave.cli.layout import heading, paragraph, table
from architrave.cli.look import Look, in_english
from architrave.cli.meeting_rows import (
    ClockRow,
    MeetingSheet,
    clock_lines,
    clock_row,
    meeting_sheet,
    meeting_text,
)
from architrave.institution.acts import Alerted, Closed, Responded, Tabled
from architrave.institution.acts_warning import POINTS
from architrave.institution.alerts import (
    Alert,
    alert_named,
    first_known,
    first_point,
    matters_on,
    point_of,
)
from architrave.institution.meeting_clock import meetings_for
from architrave.institution.state import Fact
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of

__all__ = [
    "AlertRow",
    "AlertSheet",
    "PartyAnswer",
    "ToldRow",
    "alert_lines",
    "alert_row",
    "alert_row_lines",
    "alert_sheet",
]


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert that nobody has closed; `drill` marks a test alert, which owes nothing.

    `point` is the first of which something is known, `words` what is said of it.
    """

    symbol: str
    body: str
    raised_by: str
    raised_at: int
    impact: Mapping[str, str]
    point: str
    words: Mapping[str, str]
    drill: bool
    answered_by: tuple[str, ...]
    unanswered: tuple[str, ...]
    owes_meeting: str
    clock: ClockRow | None
    final: bool


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What a party answered: what it offers, what it sees, or that it cannot help."""

    party: str
    at: int
    offer: Mapping[str, str]
    sees: Mapping[str, str]
    unable: bool
    line: str
    final: bool


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Who was told: the first line of a party's book that acknowledges the alert, or null.

    Its bounds are those that the books of others give: what is not in them is not known.
    """

    party: str
    received: MomentRow | None


@dataclass(frozen=True, slots=True)
class AlertSheet:
    """The JSON shape of `architrave show` of an alert; `points` are its six, in their order.

    A point that stands in `unknown` has no words. `evidence` names files by SHA-256, `matter` is a
    symbol or empty, `matters` are those of which a version names the alert, `outcome` says with
    what it was closed at `closed` (null while it is open).
    """

    symbol: str
    name: str
    body: str
    raised_by: str
    raised_at: int
    drill: bool
    points: Mapping[str, Mapping[str, str]]
    unknown: tuple[str, ...]
    matter: str
    matters: tuple[str, ...]
    evidence: Mapping[str, str]
    answers: tuple[PartyAnswer, ...]
    closed: int | None
    outcome: Mapping[str, str]
    told: tuple[ToldRow, ...]
    clock: ClockRow | None
    meetings: tuple[MeetingSheet, ...]
    unanswered: tuple[str, ...]
    final: bool
    erased: tuple[str, ...]


def alert_row(look: Look, one: Alert) -> AlertRow:
    """An open alert as a row of what a copy owes and awaits."""
    clock = clock_row(look, one.asked)
    owes = [waiting.party for waiting in one.awaiting if waiting.party == one.asked.party]
    return AlertRow(
        symbol=one.act.symbol,
        body=one.act.body,
        raised_by=one.asked.party,
        raised_at=one.asked.t,
        impact=one.act.impact,
        point=first_point(one.act),
        words=first_known(one.act),
        drill=one.act.drill,
        answered_by=tuple(dict.fromkeys(fact.party for fact in one.answers)),
        unanswered=one.unanswered,
        owes_meeting=owes[0] if owes else "",
        clock=clock,
        final=one.final,
    )


def alert_row_lines(look: Look, one: AlertRow) -> Iterator[str]:
    """An open alert in a list on the screen."""
    told = f"{look.capital(one.raised_by)} warned at {utc(one.raised_at)}"
    sure = say("final" if one.final else "provisional", "en")
    yield from table([(one.symbol, told, in_english(one.words), sure)], fixed=1)
    if one.drill:
        yield from paragraph(say("alert-test-note", "en"), 4)
    for party in one.answered_by:
        yield f"    answered by {look.capital(party)}"
    yield from _clock(look, one.clock, 4)
    if one.unanswered:
        word = say_of("need", "answer", "en")
        yield from paragraph(f"awaits {look.capitals(one.unanswered)}: {word}", 4)
    if one.owes_meeting:
        word = say_of("need", "meeting", "en")
        yield from paragraph(f"awaits {look.capital(one.owes_meeting)}: {word}", 4)


def alert_sheet(look: Look, asked: Fact) -> AlertSheet:
    """An alert as the view shows it, whoever may read it."""
    books = BooksOf(look)
    one = alert_named(look.state, books.among(asked), asked.name)
    assert one is not None
    asked = one.asked  # of two faces of a book the one that every copy takes
    facts = [asked, *one.answers, *([one.closed] if one.closed is not None else [])]
    act = one.act
    return AlertSheet(
        symbol=act.symbol,
        name=asked.name,
        body=act.body,
        raised_by=asked.party,
        raised_at=asked.t,
        drill=act.drill,
        points={point: point_of(act, point) for point in POINTS},
        unknown=tuple(act.unknown),
        matter=look.symbol(act.matter),
        matters=tuple(
            fact.act.symbol
            for fact in matters_on(look.state, look.view, asked.name)
            if isinstance(fact.act, Tabled)
        ),
        evidence=act.evidence,
        answers=tuple(_answer(look, fact, fact.act) for fact in one.answers
                      if isinstance(fact.act, Responded)),
        closed=one.closed.t if one.closed is not None else None,
        outcome=one.closed.act.outcome
        if one.closed is not None and isinstance(one.closed.act, Closed)
        else {},
        told=tuple(_told(look, books, asked, act)),
        clock=clock_row(look, asked),
        meetings=tuple(
            meeting_sheet(look, met) for met in meetings_for(look.state, look.view, asked.name)
        ),
        unanswered=one.unanswered,
        final=one.final,
        erased=look.erased_of(facts),
    )  # fmt: skip


def _answer(look: Look, fact: Fact, act: Responded) -> PartyAnswer:
    return PartyAnswer(
        party=fact.party,
        at=fact.t,
        offer=act.offer,
        sees=act.sees,
        unable=act.unable,
        line=look.line(fact.tip),
        final=look.is_final(fact.tip),
    )


def _told(look: Look, books: BooksOf, asked: Fact, act: Alerted) -> Iterator[ToldRow]:
    for party in look.charter.body(act.body).parties:
        if party != asked.party:
            first = books.first_naming(party, asked.tip)
            yield ToldRow(party, moment_row(first) if first is not None else None)


def alert_lines(look: Look, one: AlertSheet) -> Iterator[str]:
    """An alert on the screen."""
    state = say("alert-closed-word" if one.closed is not None else "alert-open-word", "en")
    yield heading(f"{one.symbol}  {state}, {say('final' if one.final else 'provisional', 'en')}")
    if one.drill:
        yield from paragraph(say("alert-test-note", "en"))
    raised = say("alert-raised", "en", party=look.capital(one.raised_by), at=utc(one.raised_at))
    yield from paragraph(f"{raised} ({look.charter.body(one.body).name['en']})")
    yield from table(
        [(say_of("alert-point", point, "en"), _words(words)) for point, words in one.points.items()]
    )
    if one.matter:
        yield from paragraph(f"{say('alert-about', 'en')}: {one.matter}")
    if one.matters:
        yield from paragraph(f"{say('alert-tabled', 'en')}: {', '.join(one.matters)}")
    for name, digest in one.evidence.items():
        yield from paragraph(f"{say('alert-evidence', 'en')}: {name} {digest}")
    for answer in one.answers:
        yield from _answer_lines(look, answer)
    if one.closed is not None:
        yield from paragraph(f"Closed, {utc(one.closed)}: {in_english(one.outcome)}")
    yield from _clock(look, one.clock)
    for meeting in one.meetings:
        yield from paragraph(f"{meeting.symbol}: {meeting_text(look, meeting)}", 4)
    if one.unanswered:
        parties = look.capitals(one.unanswered)
        yield from paragraph(say("consultation-awaits", "en", parties=parties))
    yield ""
    yield heading(say("alert-told-title", "en"))
    for row in one.told:
        yield from paragraph(f"{look.capital(row.party)}: {_moment(row.received)}")
    for erased in one.erased:
        yield from paragraph(erased)


def _answer_lines(look: Look, one: PartyAnswer) -> Iterator[str]:
    said = say("alert-answer", "en", party=look.capital(one.party), at=utc(one.at))
    yield from paragraph(f"{said} (line {one.line})")
    for word, text in (("alert-offers", one.offer), ("alert-sees", one.sees)):
        if text:
            yield from paragraph(f"{say(word, 'en')}: {in_english(text)}", 4)
    if one.unable:
        yield from paragraph(say("alert-unable", "en"), 4)


def _clock(look: Look, clock: ClockRow | None, indent: int = 2) -> Iterator[str]:
    yield from clock_lines(look, clock, indent, "raised", "the alert")


def _moment(one: MomentRow | None) -> str:
    if one is None:
        return say("alert-told-unknown", "en")
    ends = [utc(ms) if ms is not None else "not known" for ms in (one.not_before, one.not_after)]
    return (
        f"had it at {utc(one.claimed)} (line {one.line}); not before {ends[0]}, not after {ends[1]}"
    )


def _words(text: Mapping[str, str]) -> str:
    return in_english(text) if text else say("alert-not-known", "en")
