"""Drills of the consultation line: was each leg answered in time, month by month.

A leg is *in time* if an answer was there within so many hours of the request whatever the true
times within their bounds, *late* if it surely was not, and *not settled* between. A party whose
drill was closed without its answer owes a word on why (the institution says so); the repair itself
gets an owner and a date as a commitment, whose wording is made here.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from architrave.charter.model import Charter
from architrave.desks.consultation.documents import Belongs, document
from architrave.desks.consultation.timings import Elapsed, LegTimes, Timings, elapsed
from architrave.desks.consultation.words import (
    REPAIR_SUMMARY,
    REPAIR_TITLE,
    REPAIR_WHAT,
    worded,
)
from architrave.desks.errors import BadInput
from architrave.institution.acts import Pledge, Revised, Tabled, Wording
from architrave.institution.cadence import day_end, iso_day, period_ends
from architrave.institution.drills import FAILURES, LegState
from architrave.institution.standing import MatterStanding, Stage

__all__ = [
    "HOURS",
    "PLEDGE",
    "LegResult",
    "Month",
    "MonthState",
    "Repair",
    "Share",
    "Verdict",
    "months",
    "pledged",
    "repair",
    "results",
    "shares",
]

PLEDGE = "drill"
"""The id of the monthly commitment under which drills are held, in whatever instrument."""

HOURS = 24
"""Within how many hours of its request a drill is to be answered, unless told otherwise."""

_HOUR = 3_600_000


class Verdict(StrEnum):
    """Whether a leg was answered in time."""

    IN_TIME = "in-time"
    LATE = "late"
    NOT_SETTLED = "not-settled"


class MonthState(StrEnum):
    """What the record shows of a month."""

    HELD = "held"
    NOT_SETTLED = "not-settled"  # a drill that may have been in this month or the next
    RUNNING = "running"  # none yet, and the month is not over
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LegResult:
    """What a drill shows of the line to one party; times None for what is not here."""

    party: str
    state: LegState
    verdict: Verdict
    received: Elapsed | None
    answered: Elapsed | None
    repair_due: int | None = None

    @property
    def failed(self) -> bool:
        """True if the leg was surely late, or the drill was closed without an answer in time."""
        if self.verdict is Verdict.LATE:
            return True
        unanswered = self.state in FAILURES
        return unanswered and self.verdict is not Verdict.IN_TIME

    @property
    def owes_a_word(self) -> bool:
        """True while the party owes a word on why its line failed."""
        return self.state is LegState.FAILED


@dataclass(frozen=True, slots=True)
class Month:
    """A period of the calendar of drills, both days included; `drills` are symbols."""

    first: date
    last: date
    state: MonthState
    drills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The line to one party over all drills.

    `share` is that of legs in time among those that are settled, None without any; `longest` the
    answer that took longest, by the least that it can have taken.
    """

    party: str
    legs: int
    in_time: int
    late: int
    not_settled: int
    failed: int
    share: float | None
    longest: Elapsed | None


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair with owner and date, ready to be tabled."""

    wording: Wording
    pledge: Pledge


def results(one: Timings, hours: int = HOURS) -> tuple[LegResult, ...]:
    """What a drill shows of each leg."""
    limit = hours * _HOUR
    found = []
    for leg in one.legs:
        received = elapsed(one.asked.when, leg.received.when) if leg.received else None
        answered = elapsed(one.asked.when, leg.answered.when) if leg.answered else None
        verdict = _verdict(one, leg, answered, limit)
        found.append(LegResult(leg.party, leg.state, verdict, received, answered, leg.repair_due))
    return tuple(found)


def _verdict(one: Timings, leg: LegTimes, answered: Elapsed | None, limit: int) -> Verdict:
    if answered is not None:
        if answered.at_most is not None and answered.at_most <= limit:
            return Verdict.IN_TIME
        return Verdict.LATE if answered.at_least > limit else Verdict.NOT_SETTLED
    # No answer is here. It is late once the party's own book has gone past the time without one;
    # while that book is silent, an answer may stand in it that has not come.
    if leg.latest is not None and elapsed(one.asked.when, leg.latest.when).at_least > limit:
        return Verdict.LATE
    return Verdict.NOT_SETTLED


def months(
    drills: Iterable[Timings], today: date, pledge: Pledge | None = None
) -> tuple[Month, ...]:
    """The calendar of drills up to the period that holds `today`.

    `pledge` is the monthly commitment under which they are held; without one, calendar months from
    the first drill on. Raises BadInput for a commitment that is not monthly.
    """
    held = tuple(drills)
    spans = _calendar_months(held, today) if pledge is None else _pledged(pledge, today)
    found = []
    for first, last in spans:
        inside, perhaps = [], []
        for one in held:
            begun, ended = _days(one)
            if first <= begun and ended <= last:
                inside.append(one.symbol)
            elif begun <= last and first <= ended:
                perhaps.append(one.symbol)
        state = MonthState.RUNNING if today <= last else MonthState.NONE
        if perhaps:
            state = MonthState.NOT_SETTLED
        if inside:
            state = MonthState.HELD
        found.append(Month(first, last, state, (*inside, *perhaps)))
    return tuple(found)


def pledged(standings: Iterable[MatterStanding], body: str) -> Pledge | None:
    """The monthly commitment to drills in a body that stands; None if none does.

    `standings` are matters, the one tabled last first; the first that has it counts.
    """
    for standing in standings:
        decided = standing.decided
        if standing.stage is not Stage.IN_FORCE or decided is None or standing.act.body != body:
            continue
        act = decided.version.fact.act
        assert isinstance(act, Tabled | Revised)
        for pledge in act.pledges:
            if (pledge.id, pledge.cadence) == (PLEDGE, "monthly"):
                return pledge
    return None


def _days(one: Timings) -> tuple[date, date]:
    """The first and last day (UTC) on which a drill can have been asked for."""
    when = one.asked.when
    begun = when.not_before if when.not_before is not None else when.claimed
    ended = when.not_after if when.not_after is not None else when.claimed
    return _day(min(begun, ended)), _day(max(begun, ended))


def _day(ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, UTC).date()


def _pledged(pledge: Pledge, today: date) -> list[tuple[date, date]]:
    if pledge.cadence != "monthly":
        raise BadInput(
            f"the commitment {pledge.id} is {pledge.cadence}; drills are held under a monthly one."
        )
    due = iso_day(pledge.due)
    if due is None:
        raise BadInput(f"the commitment {pledge.id}: {pledge.due!r} is no date.")
    reach = day_end((today - timedelta(days=1)).isoformat())
    ends = [date.fromisoformat(one) for one in period_ends(pledge, reach)]
    # The first period is the month that ends on the first due date.
    starts = [_month_before(due), *ends]
    spans = [(start + timedelta(days=1), end) for start, end in zip(starts, ends, strict=False)]
    return [span for span in spans if span[0] <= today]


def _calendar_months(drills: Sequence[Timings], today: date) -> list[tuple[date, date]]:
    if not drills:
        return []
    first = min(_days(one)[0] for one in drills).replace(day=1)
    spans = []
    while first <= today:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        spans.append((first, last))
        first = last + timedelta(days=1)
    return spans


def _month_before(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month - 2, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shares(drills: Iterable[Timings], hours: int = HOURS) -> tuple[Share, ...]:
    """How the line to each party did over all drills, in the order in which they were asked."""
    by_party: dict[str, list[LegResult]] = {}
    for one in drills:
        for leg in results(one, hours):
            by_party.setdefault(leg.party, []).append(leg)
    return tuple(_share(party, found) for party, found in by_party.items())


def _share(party: str, found: Sequence[LegResult]) -> Share:
    number = {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}
    settled = number[Verdict.IN_TIME] + number[Verdict.LATE]
    took = [one.answered for one in found if one.answered is not None]
    return Share(
        party=party,
        legs=len(found),
        in_time=number[Verdict.IN_TIME],
        late=number[Verdict.LATE],
        not_settled=number[Verdict.NOT_SETTLED],
        failed=sum(one.failed for one in found),
        share=number[Verdict.IN_TIME] / settled if settled else None,
        longest=max(took, key=lambda one: (one.at_least, one.claimed), default=None),
    )


def repair(charter: Charter, one: Timings, party: str, due: str, hours: int = HOURS) -> Repair:
    """A repair of the line to a party that failed in a drill: owner its seat, due on an ISO date.

    Raises BadInput if that leg did not fail, or if the date is none or lies before the drill.
    """
    leg = next((leg for leg in results(one, hours) if leg.party == party), None)
    if leg is None or not leg.failed:
        raise BadInput(f"{one.symbol}: the line to {party} has not failed in this drill.")
    # The text says that so many hours brought no answer: so they must have been given.
    given = elapsed(one.asked.when, one.closed.when).claimed if one.closed is not None else None
    if leg.verdict is not Verdict.LATE and given is not None and given < hours * _HOUR:
        raise BadInput(
            f"{one.symbol}: the drill was closed before {hours} hours had passed, so whether "
            f"{party} would have answered within them is not known."
        )
    day = iso_day(due)
    if day is None or day < _day(one.asked.when.claimed):
        raise BadInput(f"due: expected a date such as 2027-03-31 after the drill, found {due!r}.")
    values = {
        "capital": dict(charter.party(party).capital),
        "symbol": dict.fromkeys(charter.languages, one.symbol),
        "hours": dict.fromkeys(charter.languages, str(hours)),
    }
    wording = Wording(
        title=worded(charter, REPAIR_TITLE, values),
        summary=worded(charter, REPAIR_SUMMARY, values),
        instrument="plan",
        nature=charter.legal_nature,
        document=document(Belongs(one.name, "repair")),
    )
    what = worded(charter, REPAIR_WHAT, values)
    owner = charter.body(one.body).seat_of(party).id
    return Repair(wording, Pledge(id="repair", owner=owner, due=due, what=what))
