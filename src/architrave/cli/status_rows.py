"""The rows of `architrave status`: one frozen value each, and the JSON shape as it stands here.

Instants are milliseconds since 1970; texts map a language to words; parties, seats, bodies, stages,
needs and states are the codes of the charter and of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from architrave.charter.model import Seat
from architrave.cli.alert_rows import AlertRow, alert_row
from architrave.cli.look import Look
from architrave.cli.meeting_rows import ClockRow, MeetingSheet, clock_row, meeting_sheet
from architrave.cli.suspension_rows import SuspensionRow, suspension_rows, suspension_text
from architrave.institution.acts import Revised, Tabled, Wording
from architrave.institution.meetings import MeetingState, meetings
from architrave.institution.owed import Instrument, Notice, Owed
from architrave.institution.pending import (
    Book,
    Consultation,
    Deadline,
    DeadlineKind,
    OpenMatter,
    Waiting,
    books,
    closing_tips,
    silences,
    status,
)
from architrave.institution.promises import State
from architrave.institution.state import Fact
from architrave.portal.composing.instants import utc

__all__ = [
    "BookRow",
    "ConsultationRow",
    "DateRow",
    "NoticeRow",
    "OwedRow",
    "PendingRow",
    "SilenceRow",
    "Stands",
    "StatusSheet",
    "WaitingRow",
    "status_sheet",
    "waiting_rows",
]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice of withdrawal: `state` is runs, suspended, taken-back, awaiting or run."""

    party: str
    effect: int
    state: str
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stands:
    """An instrument; `standing` says in force or in effect, by its legal nature.

    `suspended` are the suspensions that stand, one for each party that has put one.
    """

    symbol: str
    body: str
    title: Mapping[str, str]
    instrument: str
    nature: str
    standing: str
    final: bool
    notices: tuple[NoticeRow, ...]
    suspended: tuple[SuspensionRow, ...]


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A commitment in one period, which ends on `due`: one of five states, and why.

    Nothing is owed for a period that ends while the text is `suspended`.
    """

    symbol: str
    commitment: str
    what: Mapping[str, str]
    seat: str
    party: str
    cadence: str
    due: str
    state: str
    reason: str
    reports: tuple[str, ...]
    accepted_by: tuple[str, ...]
    suspended: tuple[SuspensionRow, ...]
    next: bool
    final: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Whom something waits for, for what, and until when if an instant is known."""

    party: str
    need: str
    until: int | None


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A party's own period of silence; `ends` is null before it can be known."""

    party: str
    received: int | None
    ends: int | None
    kept: bool


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A matter before a body; `version` counts from 1, `expiry` is that of its silence."""

    symbol: str
    body: str
    title: Mapping[str, str]
    stage: str
    version: int
    awaiting: tuple[WaitingRow, ...]
    silence: tuple[SilenceRow, ...]
    expiry: int | None
    final: bool


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A request to consult that is open, or a `drill` on which somebody owes a word."""

    symbol: str
    body: str
    asked_by: str
    asked_at: int
    ground: Mapping[str, str]
    drill: bool
    closed: bool
    answered_by: tuple[str, ...]
    clock: ClockRow | None
    awaiting: tuple[WaitingRow, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date: an instant `at`, or an ISO `day`; `clocks` is the instant on each capital's clock."""

    kind: str
    subject: str
    party: str
    at: int | None
    day: str
    over: bool
    clocks: str
    final: bool


@dataclass(frozen=True, slots=True)
class BookRow:
    """A minute book: how many lines, the time of the last, what it acknowledges of the others."""

    party: str
    lines: int
    last: int | None
    acknowledges: Mapping[str, int]
    behind: tuple[str, ...]
    two_histories: bool


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """All of it; `seat` narrows everything but the books to that seat's body."""

    party: str
    institution: str
    demonstration: bool
    at: int
    seat: str
    stands: tuple[Stands, ...]
    owed: tuple[OwedRow, ...]
    pending: tuple[PendingRow, ...]
    consultations: tuple[ConsultationRow, ...]
    alerts: tuple[AlertRow, ...]
    meetings: tuple[MeetingSheet, ...]
    dates: tuple[DateRow, ...]
    books: tuple[BookRow, ...]


_NEVER = 1 << 62


def status_sheet(look: Look, seat: Seat | None) -> StatusSheet:
    """What stands, is owed and is pending in a copy, each list by its nearest date."""
    now = status(look.state, look.view)
    body = seat.body if seat is not None else None
    stands = [one for one in now.stands if body in (None, one.standing.act.body)]
    pending = [one for one in now.pending if body in (None, one.standing.act.body)]
    asked = [one for one in now.consultations if body in (None, one.act.body)]
    owed = [one for one in now.owed if seat is None or one.pledge.owner == seat.id]
    met = [one for one in meetings(look.state, look.view) if body in (None, one.act.body)]
    answers = closing_tips(look.state, look.view)
    return StatusSheet(
        party=look.party,
        institution=look.state.founding.id,
        demonstration=look.state.founding.demonstration,
        at=look.at,
        seat=seat.id if seat is not None else "",
        stands=tuple(_stands(look, one) for one in sorted(stands, key=_first_effect)),
        owed=tuple(_owed(look, one) for one in sorted(owed, key=lambda one: (one.due, one.party))),
        pending=tuple(sorted((_pending(look, one) for one in pending), key=_first_end)),
        consultations=tuple(_consultation(look, one) for one in reversed(asked)),
        alerts=tuple(
            alert_row(look, one) for one in reversed(now.alerts) if body in (None, one.act.body)
        ),
        meetings=tuple(
            meeting_sheet(look, one) for one in met if one.state is MeetingState.CONVENED
        ),
        dates=tuple(
            sorted(
                (_date(look, d) for d in now.deadlines if body in (None, _body_of(d))),
                key=lambda row: (row.day or utc(row.at or 0)[:10], row.at or 0, row.subject),
            )
        ),
        books=_books(look, books(look.history, look.view.cut, answers)),
    )


def _body_of(date: Deadline) -> str:
    # A symbol carries its body; the date of a chair names the body itself.
    return date.subject.partition("/")[0]


def _first_effect(one: Instrument) -> tuple[int, str]:
    effects = [notice.effect for notice in one.notices if not notice.rescinded]
    return min(effects, default=_NEVER), one.standing.symbol


def _first_end(row: PendingRow) -> tuple[int, str]:
    ends = [one.until for one in row.awaiting if one.until is not None]
    return min(ends, default=row.expiry or _NEVER), row.symbol


def _stands(look: Look, one: Instrument) -> Stands:
    wording = _wording(one.standing.current.version.fact)
    words = look.charter.words_for(wording.nature)
    return Stands(
        symbol=one.standing.symbol,
        body=one.standing.act.body,
        title=wording.title,
        instrument=wording.instrument,
        nature=wording.nature,
        standing=words.standing["en"],
        final=one.final,
        notices=tuple(NoticeRow(n.party, n.effect, _run(look, n), n.awaiting) for n in one.notices),
        suspended=suspension_rows(look, one.suspended),
    )


def _run(look: Look, notice: Notice) -> str:
    if notice.rescinded:
        return "taken-back"
    if notice.suspended:
        return "suspended"
    if notice.effect > look.at:
        return "runs"
    return "awaiting" if notice.awaiting else "run"


def _owed(look: Look, one: Owed) -> OwedRow:
    return OwedRow(
        symbol=one.standing.symbol,
        commitment=one.pledge.id,
        what=one.pledge.what,
        seat=one.pledge.owner,
        party=one.party,
        cadence=one.pledge.cadence,
        due=one.due,
        state=one.state,
        reason=_reason(look, one),
        reports=tuple(look.line(fact.tip) for fact in one.reports),
        accepted_by=one.accepted,
        suspended=suspension_rows(look, one.suspensions),
        next=one.next,
        final=one.final,
    )


def _reason(look: Look, one: Owed) -> str:
    """Why a commitment has its state in a period, in one clause."""
    capital = look.capital(one.party)
    if one.state is State.HELD:
        return f"{look.capitals(one.accepted)} accepted the report in line {_last(look, one)}"
    if one.state is State.REPORTED:
        return f"reported in line {_last(look, one)}; nobody has accepted it yet"
    if one.suspensions:
        rows = suspension_rows(look, one.suspensions)
        return f"{'; '.join(suspension_text(look, row) for row in rows)}; nothing is owed"
    tip = look.view.tip(one.party)
    reach = utc(look.history.entry(tip).header.t)[:10] if tip is not None else "nowhere"
    if one.state is State.NONE_FOUND:
        return f"the book of {capital} reaches {reach} and shows no report"
    return f"the book of {capital} reaches {reach}, before the period is over"


def _last(look: Look, one: Owed) -> str:
    return look.line(one.reports[-1].tip)


def waiting_rows(waiting: Iterable[Waiting]) -> tuple[WaitingRow, ...]:
    """Whom something waits for, as rows."""
    return tuple(WaitingRow(one.party, one.need, one.until) for one in waiting)


def _pending(look: Look, one: OpenMatter) -> PendingRow:
    fact, silence = one.shown.version.fact, one.shown.version.silence
    return PendingRow(
        symbol=one.standing.symbol,
        body=one.standing.act.body,
        title=_wording(fact).title,
        stage=one.shown.stage,
        version=1 + one.standing.versions.index(one.shown),
        awaiting=waiting_rows(one.awaiting),
        silence=tuple(
            SilenceRow(run.party, run.received, run.ends, run.kept)
            for run in silences(look.state, look.view, one.shown)
        ),
        expiry=silence.expiry if silence is not None else None,
        final=one.final,
    )


def _consultation(look: Look, one: Consultation) -> ConsultationRow:
    return ConsultationRow(
        symbol=one.act.symbol,
        body=one.act.body,
        asked_by=one.asked.party,
        asked_at=one.asked.t,
        ground=one.act.ground,
        drill=one.act.drill,
        closed=one.closed is not None,
        answered_by=tuple(fact.party for fact in one.answers),
        clock=clock_row(look, one.asked),
        awaiting=waiting_rows(one.awaiting),
        final=one.final,
    )


def _date(look: Look, one: Deadline) -> DateRow:
    over = one.at <= look.at if one.at is not None else one.day < utc(look.at)[:10]
    return DateRow(
        kind=DeadlineKind(one.kind),
        subject=one.subject,
        party=one.party,
        at=one.at,
        day=one.day,
        over=over,
        clocks=look.clocks(one.at) if one.at is not None else "",
        final=one.final,
    )


def _books(look: Look, found: Iterable[Book]) -> tuple[BookRow, ...]:
    rows = {
        one.party: BookRow(
            one.party, one.size, one.last, dict(one.covers), one.behind, one.faces > 1
        )
        for one in found
    }
    return tuple(rows[party] for party in look.order if party in rows)


def _wording(fact: Fact) -> Wording:
    assert isinstance(fact.act, Tabled | Revised)
    return fact.act.wording
