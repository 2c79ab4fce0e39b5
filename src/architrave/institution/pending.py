"""What stands, is owed and is pending, and whom it waits for, as a view shows it.

Nothing here decides anything: it asks the questions that a desk officer, a page or a command asks
of `standing`. Each row says whether it is *final*: every entry that it rests on lies in the final
cut of the view, so every other party has received it; all else is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from architrave.charter.rules import Position
from architrave.institution.acts import Acknowledged, Consulted, Positioned
from architrave.institution.alerts import Alert, alerts
from architrave.institution.amendments import Course, course_of
from architrave.institution.books import Book, books
from architrave.institution.drills import Leg, LegState, asked_of, close_of, legs
from architrave.institution.meeting_clock import meeting_clock
from architrave.institution.meetings import MeetingState, meetings
from architrave.institution.owed import (
    Instrument,
    Owed,
    instrument_of,
    owed_under,
)
from architrave.institution.silences import SilenceRun, silences
from architrave.institution.standing import (
    MatterStanding,
    Stage,
    VersionStanding,
    stand,
)
from architrave.institution.state import Fact, Institution, View
from architrave.institution.waiting import Need, Waiting, final_part
from architrave.record.entries import Tip

__all__ = [
    "Book",
    "Consultation",
    "Deadline",
    "DeadlineKind",
    "Need",
    "OpenMatter",
    "SilenceRun",
    "Status",
    "Waiting",
    "all_matters",
    "awaiting",
    "awaiting_version",
    "books",
    "closing_tips",
    "consultations",
    "deadlines",
    "final_part",
    "focus",
    "matter_is_final",
    "open_matters",
    "silences",
    "status",
]

Standings = Iterable[MatterStanding] | None


_STUCK = {Position.RESERVE: Need.INSTRUCTIONS, Position.OBJECT: Need.OBJECTION}


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A matter before a body; `shown` is the version to look at."""

    standing: MatterStanding
    shown: VersionStanding
    awaiting: tuple[Waiting, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """A request to consult, the answers by party, and its close if it was closed.

    A drill that was closed still waits for those whose answer it had not: for a word on why,
    and for the proof, by a later drill, that the line is repaired.
    """

    asked: Fact
    answers: tuple[Fact, ...]
    legs: tuple[Leg, ...]
    closed: Fact | None
    awaiting: tuple[Waiting, ...]
    final: bool

    @property
    def act(self) -> Consulted:
        """The request."""
        assert isinstance(self.asked.act, Consulted)
        return self.asked.act

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The parties that owe a word or a repair; whoever owes a meeting owes neither by that."""
        rest = (one.party for one in self.awaiting if one.need is not Need.MEETING)
        return tuple(dict.fromkeys(rest))

    @property
    def pending(self) -> bool:
        """True while it is open, or somebody owes a word on it or a repair."""
        return self.closed is None or bool(self.awaiting)


class DeadlineKind(StrEnum):
    """What happens at a date."""

    SILENCE = "silence"
    NOTICE = "notice"
    COMMITMENT = "commitment"
    CHAIR = "chair"
    MEETING = "meeting"  # a meeting begins
    MEET_BY = "meet-by"  # by then a body meets that was asked to consult or warned


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date ahead or run out: an instant `at` (ms), or an ISO day `day`.

    `subject` is the symbol of a matter, meeting or request, or for CHAIR the id of the body; the
    date is `party`'s. For SILENCE `at` is the earliest it can be while that has not the text.
    """

    kind: DeadlineKind
    subject: str
    party: str
    at: int | None
    day: str
    final: bool


@dataclass(frozen=True, slots=True)
class Status:
    """What stands, what is owed, what is pending, and the dates."""

    stands: tuple[Instrument, ...]
    owed: tuple[Owed, ...]
    pending: tuple[OpenMatter, ...]
    consultations: tuple[Consultation, ...]
    alerts: tuple[Alert, ...]
    deadlines: tuple[Deadline, ...]


def status(state: Institution, view: View) -> Status:
    """Everything at once, as a view shows it."""
    standings = all_matters(state, view)
    last = final_part(view)
    stands = tuple(
        instrument_of(state, view, one, _held(last, _rests_on(one)))
        for one in standings
        if one.stage is Stage.IN_FORCE
    )
    owed = tuple(row for one in stands for row in owed_under(state, view, one.standing, last))
    return Status(
        stands,
        owed,
        tuple(_open(state, view, one, last) for one in standings if _is_open(one)),
        tuple(one for one in consultations(state, view) if one.pending),
        tuple(one for one in alerts(state, view) if one.pending),
        deadlines(state, view, standings),
    )


def all_matters(state: Institution, view: View) -> tuple[MatterStanding, ...]:
    """Every matter that the view holds, the one tabled last first."""
    found = [one for name in state.matters if (one := stand(state, name, view)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.tabled.t, one.symbol)))


def open_matters(state: Institution, view: View) -> tuple[OpenMatter, ...]:
    """The matters that are neither in force nor withdrawn, the one tabled last first."""
    last = final_part(view)
    return tuple(_open(state, view, one, last) for one in all_matters(state, view) if _is_open(one))


def _is_open(standing: MatterStanding) -> bool:
    return focus(standing).stage not in (Stage.IN_FORCE, Stage.WITHDRAWN)


def _open(state: Institution, view: View, standing: MatterStanding, last: View) -> OpenMatter:
    shown = focus(standing)
    waiting = awaiting_version(state, view, standing, shown)
    return OpenMatter(standing, shown, waiting, _held(last, _rests_on(standing)))


def focus(standing: MatterStanding) -> VersionStanding:
    """The version to look at: decided, else one that a party has closed, else the latest alive."""
    if standing.decided is not None:
        return standing.decided
    gone = (Stage.SUPERSEDED, Stage.FAILED)
    closing = [one for one in standing.versions if one.stage is Stage.CLOSING]
    alive = [one for one in standing.versions if one.stage not in gone]
    return (closing or alive or standing.versions)[-1]


def matter_is_final(view: View, standing: MatterStanding) -> bool:
    """Say whether every other party has received all that a matter's standing rests on."""
    return _held(final_part(view), _rests_on(standing))


def _rests_on(standing: MatterStanding) -> Iterator[Tip]:
    yield standing.tabled.tip
    shown = focus(standing)
    yield shown.version.fact.tip
    yield from (fact.tip for fact in shown.positions.values())
    yield from (fact.tip for fact in shown.breaks)
    yield from (tip for tip in shown.has_all.values() if tip is not None)


def _held(view: View, tips: Iterable[Tip]) -> bool:
    return all(view.history.holds(view.cut, tip) for tip in tips)


def awaiting(state: Institution, view: View, matter: str) -> tuple[Waiting, ...]:
    """Whom a matter waits for, and for what; empty if for nobody, or if it is not in the view."""
    standing = stand(state, matter, view)
    if standing is None:
        return ()
    return awaiting_version(state, view, standing, focus(standing))


def awaiting_version(
    state: Institution, view: View, standing: MatterStanding, shown: VersionStanding
) -> tuple[Waiting, ...]:
    """Whom one version of a matter waits for, in the order of the body's parties."""
    parties = shown.version.body.parties
    if course_of(state, view, shown) is Course.OVERTAKEN:
        return ()  # nobody can do anything for it any more
    match shown.stage:
        case Stage.OPEN | Stage.CLOSING if shown.version.silence is None:
            return tuple(
                Waiting(party, _need(shown, party))
                for party in parties
                if shown.has_all.get(party) is None
            )
        case Stage.RUNNING | Stage.CLOSING:
            return tuple(
                _silence_waits(standing, shown, run)
                for run in silences(state, view, shown)
                if not run.kept
            )
        case Stage.AGREED:
            return tuple(Waiting(party, Need.OTHERS) for party in parties if not shown.knows[party])
        case Stage.BROKEN | Stage.FAILED | Stage.SUPERSEDED:
            return (Waiting(standing.tabled.party, Need.NEW_TEXT),)
    return ()


def _silence_waits(standing: MatterStanding, shown: VersionStanding, run: SilenceRun) -> Waiting:
    """What a party's silence waits for: time, the text, or that it leaves its earlier position."""
    for other in standing.versions:
        fact = other.positions.get(run.party) if other is not shown else None
        if fact is not None and isinstance(fact.act, Positioned):
            return Waiting(run.party, _STUCK.get(fact.act.position, Need.POSITION))
    return Waiting(run.party, Need.SILENCE if run.received else Need.TEXT, run.ends)


def _need(shown: VersionStanding, party: str) -> Need:
    fact = shown.positions.get(party)
    if fact is None or not isinstance(fact.act, Positioned):
        return Need.POSITION
    return _STUCK.get(fact.act.position, Need.ALL_POSITIONS)


def consultations(state: Institution, view: View) -> tuple[Consultation, ...]:
    """The consultations that the view holds, the one asked for last first."""
    last = final_part(view)
    found = []
    for facts in state.consultations.values():
        here = tuple(view.of(facts))
        asked = asked_of(here)
        if asked is not None:
            found.append(_consultation(state, view, asked, here, last))
    return tuple(sorted(found, key=lambda one: (-one.asked.t, one.act.symbol)))


def _consultation(
    state: Institution, view: View, asked: Fact, here: tuple[Fact, ...], last: View
) -> Consultation:
    closed = close_of(here)
    answers = tuple(fact for fact in here if isinstance(fact.act, Acknowledged))
    each = legs(state, view, asked)
    words = {LegState.OPEN: Need.ANSWER, LegState.FAILED: Need.LINE}
    waiting = [Waiting(leg.party, words[leg.state]) for leg in each if leg.owed]
    waiting += [Waiting(leg.party, Need.REPAIR, leg.due) for leg in each if leg.unproven]
    clock = meeting_clock(state, view, asked)
    if clock is not None and clock.owed:
        waiting.append(Waiting(asked.party, Need.MEETING, clock.due))
    rests = [*(one.tip for one in here), *(tip for leg in each for tip in leg.tips)]
    sure = _held(last, [*rests, *(clock.tips if clock is not None else ())])
    return Consultation(asked, answers, each, closed, tuple(waiting), sure)


def deadlines(state: Institution, view: View, standings: Standings = None) -> tuple[Deadline, ...]:
    """Dates that the record and the charter hold, by time; some may be over.

    Silences that have not been kept, notices of withdrawal, the next date of each commitment,
    meetings that are convened, the ends of meeting clocks that run, and the first day of each term
    of a chair whose date the charter gives; `standings` if at hand.
    """
    last = final_part(view)
    found: list[Deadline] = []
    for standing in all_matters(state, view) if standings is None else standings:
        sure = _held(last, _rests_on(standing))
        found += _silence_dates(state, view, standing, sure)
        if standing.stage is Stage.IN_FORCE:
            instrument = instrument_of(state, view, standing, sure)
            found += [
                Deadline(DeadlineKind.NOTICE, standing.symbol, one.party, one.effect, "", sure)
                for one in instrument.notices
                if not one.rescinded
            ]
            found += [
                Deadline(DeadlineKind.COMMITMENT, standing.symbol, one.party, None, one.due, sure)
                for one in owed_under(state, view, standing, last)
                if one.next and not one.suspensions
            ]
    found += _meeting_dates(state, view, last)
    for body in state.charter.bodies:
        # In a body that does not exist nobody takes the chair.
        chair = body.chair if not body.proposed else None
        for term in chair.terms if chair is not None else ():
            if term.first is not None:
                day = term.first.isoformat()
                found.append(Deadline(DeadlineKind.CHAIR, body.id, term.party, None, day, True))
    return tuple(sorted(found, key=lambda one: (one.at is None, one.at or 0, one.day, one.party)))


def _silence_dates(
    state: Institution, view: View, standing: MatterStanding, sure: bool
) -> Iterator[Deadline]:
    shown = focus(standing)
    silence = shown.version.silence
    if silence is None or shown.stage not in (Stage.RUNNING, Stage.CLOSING):
        return
    for run in silences(state, view, shown):
        if not run.kept:
            at = run.ends or silence.expiry
            yield Deadline(DeadlineKind.SILENCE, standing.symbol, run.party, at, "", sure)


def _meeting_dates(state: Institution, view: View, last: View) -> Iterator[Deadline]:
    for one in meetings(state, view):
        if one.state is MeetingState.CONVENED:
            sure, kind = _held(last, one.tips), DeadlineKind.MEETING
            yield Deadline(kind, one.act.symbol, one.party, one.act.starts, "", sure)
    asking: tuple[Consultation | Alert, ...] = consultations(state, view)
    for asked in (*asking, *alerts(state, view)):
        for owed in asked.awaiting:
            if owed.need is Need.MEETING and owed.until is not None:
                kind, symbol = DeadlineKind.MEET_BY, asked.act.symbol
                yield Deadline(kind, symbol, owed.party, owed.until, "", asked.final)


def closing_tips(state: Institution, view: View, standings: Standings = None) -> frozenset[Tip]:
    """The entries by which parties have received all positions: each other party answers them.

    `standings` are all matters of the view, for a caller who has them.
    """
    return frozenset(
        tip
        for standing in (all_matters(state, view) if standings is None else standings)
        for version in standing.versions
        for tip in version.has_all.values()
        if tip is not None
    )
