"""The rows of `architrave consultation` and `architrave drill`, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.cli.consult_times import MomentRow as MomentRow
from architrave.cli.consult_times import among_readers, moment_row
from architrave.cli.look import Look
from architrave.cli.show_rows import ConsultationSheet
from architrave.desks.consultation.drills import LegResult, Month, Share, results
from architrave.desks.consultation.lines import Change, Line, lines_of
from architrave.desks.consultation.timings import Elapsed, LegTimes, Moment, Timings, elapsed
from architrave.institution.acts import Text
from architrave.institution.pending import awaiting
from architrave.institution.state import View

__all__ = [
    "ChangeRow",
    "DrillRow",
    "DrillSheet",
    "ElapsedRow",
    "LegTimesRow",
    "LineRow",
    "MomentRow",
    "MonthRow",
    "ResultRow",
    "ShareRow",
    "TimedSheet",
    "TimingsSheet",
    "drill_row",
    "line_rows",
    "month_row",
    "share_row",
    "timings_sheet",
]


@dataclass(frozen=True, slots=True)
class ElapsedRow:
    """How long something took (ms): as claimed, at least, and at most (null: not bounded)."""

    claimed: int
    at_least: int
    at_most: int | None


@dataclass(frozen=True, slots=True)
class LegTimesRow:
    """The line to one party: its moments, and how long after the request; null if not here."""

    party: str
    state: str
    received: MomentRow | None
    received_after: ElapsedRow | None
    answered: MomentRow | None
    answered_after: ElapsedRow | None
    final: MomentRow | None


@dataclass(frozen=True, slots=True)
class TimingsSheet:
    """The times of a request, of its legs, and of its close."""

    asked: MomentRow
    legs: tuple[LegTimesRow, ...]
    closed: MomentRow | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A version of lines to take; `changed` names what differs from the version before."""

    number: int
    by: str
    at: int
    stage: str
    changed: tuple[str, ...]
    title: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class LineRow:
    """A matter that belongs to a consultation: `kind` is lines or repair."""

    symbol: str
    kind: str
    stage: str
    versions: tuple[ChangeRow, ...]
    replaces: str
    replaced_by: tuple[str, ...]
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimedSheet:
    """A consultation as `show` has it, the times of its legs, and what was made of it."""

    consultation: ConsultationSheet
    timings: TimingsSheet
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What a drill shows of the line to one party; `verdict` is in-time, late or not-settled.

    `repair_due` is an instant while the party owes the proof of a repair, else null.
    """

    party: str
    state: str
    verdict: str
    failed: bool
    owes_a_word: bool
    repair_due: int | None
    received_after: ElapsedRow | None
    answered_after: ElapsedRow | None


@dataclass(frozen=True, slots=True)
class DrillRow:
    """A drill, its legs, and the matters tabled to repair a line that failed."""

    symbol: str
    asked_by: str
    asked: MomentRow
    closed: bool
    legs: tuple[ResultRow, ...]
    repairs: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A period of the calendar; `state` is held, not-settled, running or none."""

    first: str
    last: str
    state: str
    drills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """The line to one party over all drills; `share` of those that are settled, or null."""

    party: str
    legs: int
    in_time: int
    late: int
    not_settled: int
    failed: int
    share: float | None
    longest: ElapsedRow | None


@dataclass(frozen=True, slots=True)
class DrillSheet:
    """All drills of a body; `digest` is that of the assessment, which can be worked out again."""

    body: str
    hours: int
    today: str
    commitment: str
    drills: tuple[DrillRow, ...]
    months: tuple[MonthRow, ...]
    shares: tuple[ShareRow, ...]
    digest: str


def timings_sheet(one: Timings) -> TimingsSheet:
    """The times of a request."""
    legs = tuple(_leg(one, leg) for leg in one.legs)
    return TimingsSheet(moment_row(one.asked), legs, _moment(one.closed))


def _leg(one: Timings, leg: LegTimes) -> LegTimesRow:
    return LegTimesRow(
        party=leg.party,
        state=leg.state,
        received=_moment(leg.received),
        received_after=_between(one.asked, leg.received),
        answered=_moment(leg.answered),
        answered_after=_between(one.asked, leg.answered),
        final=_moment(leg.final),
    )


def _moment(one: Moment | None) -> MomentRow | None:
    return moment_row(one) if one is not None else None


def _between(start: Moment, end: Moment | None) -> ElapsedRow | None:
    return _elapsed(elapsed(start.when, end.when)) if end is not None else None


def _elapsed(one: Elapsed | None) -> ElapsedRow | None:
    return ElapsedRow(one.claimed, one.at_least, one.at_most) if one is not None else None


def line_rows(look: Look, consultation: str, kind: str | None = None) -> tuple[LineRow, ...]:
    """The matters that belong to a consultation; of one kind if it is given."""
    view = among_readers(look, consultation)
    found = lines_of(look.state, view, consultation)
    return tuple(_line(look, one, view) for one in found if kind is None or one.kind == kind)


def _line(look: Look, one: Line, view: View) -> LineRow:
    waiting = {row.party for row in awaiting(look.state, view, one.name)}
    return LineRow(
        symbol=one.symbol,
        kind=one.kind,
        stage=one.standing.stage,
        versions=tuple(_change(change) for change in one.changes),
        replaces=one.replaces,
        replaced_by=one.replaced_by,
        awaiting=tuple(party for party in look.order if party in waiting),
    )


def _change(one: Change) -> ChangeRow:
    words = one.wording
    return ChangeRow(one.number, one.by, one.at, one.stage, one.changed, words.title, words.summary)


def drill_row(look: Look, one: Timings, hours: int) -> DrillRow:
    """A drill as a copy shows it."""
    legs = tuple(_result(leg) for leg in results(one, hours))
    repairs = line_rows(look, one.name, "repair")
    closed = one.closed is not None
    return DrillRow(one.symbol, one.asked_by, moment_row(one.asked), closed, legs, repairs)


def _result(leg: LegResult) -> ResultRow:
    return ResultRow(
        party=leg.party,
        state=leg.state,
        verdict=leg.verdict,
        failed=leg.failed,
        owes_a_word=leg.owes_a_word,
        repair_due=leg.repair_due,
        received_after=_elapsed(leg.received),
        answered_after=_elapsed(leg.answered),
    )


def month_row(one: Month) -> MonthRow:
    """A period of the calendar."""
    return MonthRow(one.first.isoformat(), one.last.isoformat(), one.state, one.drills)


def share_row(one: Share) -> ShareRow:
    """The line to one party over all drills."""
    return ShareRow(
        party=one.party,
        legs=one.legs,
        in_time=one.in_time,
        late=one.late,
        not_settled=one.not_settled,
        failed=one.failed,
        share=one.share,
        longest=_elapsed(one.longest),
    )
