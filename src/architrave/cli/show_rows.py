"""The rows of `architrave show`: a matter, a consultation or one line, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from architrave.charter.compare import changes
from architrave.charter.explain import explanation_text
from architrave.charter.rules import Position, RuleName, explain
from architrave.cli.amend_verb import change_text
from architrave.cli.evidence import Received, Times, received, times
from architrave.cli.log_verbs import LogLine, line_at
from architrave.cli.look import Look
from architrave.cli.meeting_rows import ClockRow, MeetingSheet, clock_row, meeting_sheet
from architrave.cli.picture_rows import PictureSheet, picture_sheet
from architrave.cli.status_rows import SilenceRow, WaitingRow, waiting_rows
from architrave.cli.suspension_rows import SuspensionRow, suspension_rows
from architrave.institution.acts import (
    Acknowledged,
    Closed,
    Consulted,
    Pledge,
    Positioned,
    Revised,
    Tabled,
    Text,
    document_of,
)
from architrave.institution.amendments import amendment_in, course_of
from architrave.institution.drills import legs
from architrave.institution.meeting_clock import meetings_for
from architrave.institution.owed import instrument_of
from architrave.institution.pending import awaiting_version, focus, matter_is_final, silences
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.institution.state import Fact
from architrave.record.entries import Tip

__all__ = [
    "AmendsRow",
    "Answered",
    "ConsultationSheet",
    "Explained",
    "LineSheet",
    "MatterSheet",
    "PositionRow",
    "VersionRow",
    "consultation_sheet",
    "line_sheet",
    "matter_sheet",
]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A party's standing position on a version, with the line that holds it."""

    party: str
    position: str
    reason: Mapping[str, str]
    remedy: Mapping[str, str]
    line: str
    final: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; `has_all` and `knows` are the two rows of ticks, by party."""

    number: int
    name: str
    by: str
    at: int
    line: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    instrument: str
    nature: str
    article: str
    rule: str
    stage: str
    expiry: int | None
    silence: tuple[SilenceRow, ...]
    commitments: tuple[Mapping[str, Any], ...]
    positions: tuple[PositionRow, ...]
    has_all: Mapping[str, bool]
    knows: Mapping[str, bool]
    earlier_objections: tuple[PositionRow, ...]
    amends: AmendsRow | None


@dataclass(frozen=True, slots=True)
class AmendsRow:
    """What a version would change, or has changed, in the charter of its tabling.

    `attempt` counts the attempts at amending that charter; `course` is open, due (in force, and
    nobody has said that the charter runs so), done or overtaken.
    """

    attempt: int
    course: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why the shown version is decided or not: what each position does, and what would change it.

    `smallest` is how many parties would have to move; `changes` are such moves, by party: none once
    it is decided, or for a silence that is broken: only a new version begins it anew. `text` says
    it in English.
    """

    decided: bool
    roles: Mapping[str, str]
    changes: tuple[Mapping[str, str], ...]
    smallest: int | None
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterSheet:
    """A matter; `shown` is the number of the version to look at, `standing` its word if decided."""

    symbol: str
    name: str
    body: str
    tabled_by: str
    tabled_at: int
    to: tuple[str, ...]
    stage: str
    standing: str
    suspensions: tuple[SuspensionRow, ...]
    final: bool
    shown: int
    versions: tuple[VersionRow, ...]
    explained: Explained | None
    awaiting: tuple[WaitingRow, ...]
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a request to consult, or its close."""

    party: str
    at: int
    text: Mapping[str, str]
    line: str
    final: bool


@dataclass(frozen=True, slots=True)
class ConsultationSheet:
    """A request to consult with its answers, and its close if it was closed.

    Of a drill, `unproven` owe the proof that a line which failed is repaired.
    """

    symbol: str
    name: str
    body: str
    asked_by: str
    asked_at: int
    ground: Mapping[str, str]
    facts: Mapping[str, str]
    wish: Mapping[str, str]
    answers: tuple[Answered, ...]
    closed: Answered | None
    clock: ClockRow | None
    meetings: tuple[MeetingSheet, ...]
    drill: bool
    picture: PictureSheet
    awaiting: tuple[str, ...]
    unproven: tuple[str, ...]
    final: bool
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineSheet:
    """One line: what it is, what its author had seen, its seal, and its times as evidence."""

    line: LogLine
    book: str
    node_key: str
    has_seen: Mapping[str, int]
    seal: str
    act: Mapping[str, Any] | None
    times: Times
    received: tuple[Received, ...]


def matter_sheet(look: Look, standing: MatterStanding) -> MatterSheet:
    """A matter as the view shows it."""
    shown = focus(standing)
    wording = _carried(shown.version.fact).wording
    decided = standing.decided is not None and shown.stage == "in-force"
    return MatterSheet(
        symbol=standing.symbol,
        name=standing.name,
        body=standing.act.body,
        tabled_by=standing.tabled.party,
        tabled_at=standing.tabled.t,
        to=tuple(look.readers(standing.tabled)),
        stage=shown.stage,
        standing=look.charter.words_for(wording.nature).standing["en"] if decided else "",
        suspensions=suspension_rows(
            look, instrument_of(look.state, look.view, standing, True).suspensions
        )
        if decided
        else (),
        final=matter_is_final(look.view, standing),
        shown=1 + standing.versions.index(shown),
        versions=tuple(
            _version(look, number, one) for number, one in enumerate(standing.versions, 1)
        ),
        explained=_explained(look, shown),
        awaiting=waiting_rows(awaiting_version(look.state, look.view, standing, shown)),
        erased=look.erased_of(_acts_of(look, standing)),
    )


def _acts_of(look: Look, standing: MatterStanding) -> list[Fact]:
    """The acts of a matter that are in the view, as its readers have them."""
    view = replace(look.view, audience=standing.tabled.audience)
    indexes = (
        look.state.matters,
        look.state.reports,
        look.state.notices,
        look.state.suspensions,
        look.state.late,
    )
    return [fact for index in indexes for fact in view.of(index.get(standing.name, ()))]


def _carried(fact: Fact) -> Tabled | Revised:
    assert isinstance(fact.act, Tabled | Revised)
    return fact.act


def _version(look: Look, number: int, one: VersionStanding) -> VersionRow:
    fact = one.version.fact
    act = _carried(fact)
    rule = one.version.article.rule
    return VersionRow(
        number=number,
        name=fact.name,
        by=fact.party,
        at=fact.t,
        line=look.line(fact.tip),
        title=act.wording.title,
        summary=act.wording.summary,
        instrument=act.wording.instrument,
        nature=act.wording.nature,
        article=one.version.article.number,
        rule=str(rule) if rule is not None else "",
        stage=one.stage,
        expiry=act.silence.expiry if act.silence is not None else None,
        silence=tuple(
            SilenceRow(run.party, run.received, run.ends, run.kept)
            for run in silences(look.state, look.view, one)
        ),
        commitments=tuple(_commitment(pledge) for pledge in act.pledges),
        positions=tuple(
            _position(look, one.positions[party]) for party in look.order if party in one.positions
        ),
        has_all={p: one.has_all[p] is not None for p in look.order if p in one.has_all},
        knows={p: one.knows[p] for p in look.order if p in one.knows},
        earlier_objections=tuple(
            _position(look, fact) for fact in one.breaks if fact not in one.positions.values()
        ),
        amends=_amends(look, one),
    )


def _amends(look: Look, one: VersionStanding) -> AmendsRow | None:
    amendment = amendment_in(one.version.fact.act)
    course = course_of(look.state, look.view, one)
    if amendment is None or course is None:
        return None
    found = changes(one.version.charter, amendment.charter)
    return AmendsRow(amendment.attempt, course, tuple(map(change_text, found)))


def _commitment(pledge: Pledge) -> dict[str, Any]:
    return {
        "id": pledge.id,
        "owner": pledge.owner,
        "due": pledge.due,
        "cadence": pledge.cadence,
        "what": pledge.what,
    }


def _position(look: Look, fact: Fact) -> PositionRow:
    assert isinstance(fact.act, Positioned)
    act = fact.act
    return PositionRow(
        fact.party,
        act.position,
        act.reason,
        act.remedy,
        look.line(fact.tip),
        look.is_final(fact.tip),
    )


def _explained(look: Look, shown: VersionStanding) -> Explained | None:
    rule = shown.version.article.rule
    if rule is None:
        return None
    given = {party: Position.NONE for party in look.order if party in shown.version.body.parties}
    for party, fact in shown.positions.items():
        if isinstance(fact.act, Positioned):
            given[party] = fact.act.position
    found = explain(rule, given)
    fixed = shown.stage in (Stage.AGREED, Stage.IN_FORCE)
    if fixed or (rule.name is RuleName.SILENCE and not found.satisfied):
        found = replace(found, changes=(), smallest=None)
    text = explanation_text(found, "en", {party: look.capital(party) for party in given})
    lines = tuple(text.splitlines())
    if fixed:
        lines = (lines[0], "It is decided: positions are fixed, and only notice is left.")
    return Explained(
        decided=found.satisfied,
        roles={reason.party: reason.role for reason in found.reasons},
        changes=tuple(dict(change.to) for change in found.changes),
        smallest=found.smallest,
        text=lines,
    )


def consultation_sheet(look: Look, asked: Fact) -> ConsultationSheet:
    """A consultation as the view shows it."""
    assert isinstance(asked.act, Consulted)
    act = asked.act
    facts = [
        fact
        for fact in look.state.consultations.get(asked.name, ())
        if look.history.holds(look.view.cut, fact.tip)
    ]
    answers = tuple(
        _answer(look, fact, fact.act.answer) for fact in facts if isinstance(fact.act, Acknowledged)
    )
    closed = [
        _answer(look, fact, fact.act.outcome) for fact in facts if isinstance(fact.act, Closed)
    ]
    each = legs(look.state, look.view, asked)
    owing = {leg.party for leg in each if leg.owed}
    unproven = {leg.party for leg in each if leg.unproven}
    return ConsultationSheet(
        symbol=act.symbol,
        name=asked.name,
        body=act.body,
        asked_by=asked.party,
        asked_at=asked.t,
        ground=act.ground,
        facts=act.facts,
        wish=act.wish,
        answers=answers,
        closed=closed[0] if closed else None,
        clock=clock_row(look, asked),
        meetings=tuple(
            meeting_sheet(look, one) for one in meetings_for(look.state, look.view, asked.name)
        ),
        drill=act.drill,
        picture=picture_sheet(look, asked),
        awaiting=tuple(party for party in look.order if party in owing),
        unproven=tuple(party for party in look.order if party in unproven),
        final=all(look.is_final(fact.tip) for fact in facts),
        erased=look.erased_of(facts),
    )


def _answer(look: Look, fact: Fact, text: Text) -> Answered:
    return Answered(fact.party, fact.t, text, look.line(fact.tip), look.is_final(fact.tip))


def line_sheet(look: Look, tip: Tip, fact: Fact | None) -> LineSheet:
    """One line as this copy holds it; `fact` is the admitted act that it carries, if it does."""
    header = look.history.entry(tip).header
    seen = look.history.seen(tip)
    return LineSheet(
        line=line_at(look, tip),
        book=tip.origin,
        node_key=header.key.text,
        has_seen={look.state.party_of(origin): other.size for origin, other in seen.items()},
        seal=header.seal.hex() if header.seal is not None else "",
        act=document_of(fact.act) if fact is not None else None,
        times=times(look, tip),
        received=received(look, tip),
    )
