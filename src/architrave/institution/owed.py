"""What an instrument in force leaves: notices of withdrawal from it, and commitments under it.

A commitment has the states of a promise. The record itself is the source: it covers a period once
the owner's own book holds a line dated after the period's last day, so only then does the absence
of a report read *none found*; before that it is *not known*. Nothing here is ever called late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from architrave.charter.days import DAY_MS
from architrave.institution.acts import (
    AcceptedReport,
    NotifiedWithdrawal,
    Pledge,
    Reported,
    RescindedNotice,
    SuspendedNotice,
)
from architrave.institution.duties import pledges_of
from architrave.institution.promises import State
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["Instrument", "Notice", "Owed", "instrument_of", "notices", "owed_under"]

_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "annual": 12}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of withdrawal, with effect at `effect` (ms).

    `awaiting` names the other parties of the body whose books have no line yet dated at or after
    that instant; when it is empty the notice has run. Whether those lines stand under checkpoints
    that all have countersigned is the reader's to check.
    """

    given: Fact
    party: str
    effect: int
    suspended: bool
    rescinded: bool
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreed matter that is in force, and the notices given against it."""

    standing: MatterStanding
    notices: tuple[Notice, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment in one period, which ends on the ISO date `due`.

    `next` marks the first period that is not over. `reports` are those for the period; `accepted`
    counts those whom the charter names and who have accepted the last of them.
    """

    standing: MatterStanding
    pledge: Pledge
    party: str
    due: str
    state: State
    reports: tuple[Fact, ...]
    accepted: tuple[str, ...]
    next: bool
    final: bool


def instrument_of(
    state: Institution, view: View, standing: MatterStanding, final: bool
) -> Instrument:
    """A matter in force as an instrument, with the notices against it."""
    return Instrument(standing, notices(state, view, standing), final)


def notices(state: Institution, view: View, standing: MatterStanding) -> tuple[Notice, ...]:
    """The notices of withdrawal from an instrument, in the order of their effect."""
    facts = tuple(view.of(state.notices.get(standing.name, ())))
    parties = standing.current.version.body.parties
    found = [
        _notice(view, fact, facts, tuple(one for one in parties if one != fact.party))
        for fact in facts
        if isinstance(fact.act, NotifiedWithdrawal)
    ]
    return tuple(sorted(found, key=lambda one: (one.effect, one.party)))


def _notice(view: View, given: Fact, facts: tuple[Fact, ...], others: tuple[str, ...]) -> Notice:
    assert isinstance(given.act, NotifiedWithdrawal)
    effect = given.act.effect
    run = {one: _first_dated(view, one, effect) for one in others}
    rescissions = [
        fact
        for fact in facts
        if isinstance(fact.act, RescindedNotice) and fact.act.notice == given.name
    ]
    # A rescission counts while some other party's first line at or after the effect has it.
    in_time = [
        fact
        for fact in rescissions
        if any(tip is None or view.history.names(tip, fact.tip) for tip in run.values())
    ]
    return Notice(
        given=given,
        party=given.party,
        effect=effect,
        suspended=any(
            isinstance(fact.act, SuspendedNotice) and fact.act.notice == given.name
            for fact in facts
        ),
        rescinded=bool(in_time),
        awaiting=tuple(one for one, tip in run.items() if tip is None),
    )


def _first_dated(view: View, party: str, t: int) -> Tip | None:
    upto = view.tip(party)
    return view.history.first_dated(upto, t) if upto is not None else None


def owed_under(
    state: Institution, view: View, standing: MatterStanding, last: View
) -> tuple[Owed, ...]:
    """The commitments under an instrument, period by period up to the next date.

    `last` is the final part of the view. A period is over once the owner's own book says so.
    """
    found = []
    for pledge in pledges_of(standing.current):
        seat = state.charter.find_seat(pledge.owner)
        if seat is not None and seat.party is not None:
            found += list(_periods(state, view, standing, pledge, seat.party, last))
    return tuple(found)


def _periods(
    state: Institution,
    view: View,
    standing: MatterStanding,
    pledge: Pledge,
    party: str,
    last: View,
) -> Iterator[Owed]:
    facts = tuple(view.of(state.reports.get(standing.name, ())))
    told = [f for f in facts if isinstance(f.act, Reported) and f.act.pledge == pledge.id]
    upto = view.tip(party)
    reach = view.history.entry(upto).header.t if upto is not None else 0
    for due in _dates(pledge, reach):
        mine = tuple(f for f in told if isinstance(f.act, Reported) and f.act.period == due)
        accepted = _accepters(state, standing, mine, facts)
        over = _end_of(due) <= reach
        reported = State.HELD if accepted else State.REPORTED
        empty = State.NONE_FOUND if over else State.NOT_KNOWN
        yield Owed(
            standing=standing,
            pledge=pledge,
            party=party,
            due=due,
            state=reported if mine else empty,
            reports=mine,
            accepted=accepted,
            next=not over,
            final=all(last.holds(fact) for fact in mine),
        )


def _dates(pledge: Pledge, reach: int) -> Iterator[str]:
    """The ends of the pledge's periods, up to the first that is not over at `reach` (ms)."""
    try:
        first = date.fromisoformat(pledge.due)
    except ValueError:
        return
    step, count = _MONTHS.get(pledge.cadence), 0
    while True:
        due = _months_after(first, (step or 0) * count).isoformat()
        yield due
        if step is None or _end_of(due) > reach:
            return
        count += 1


def _end_of(due: str) -> int:
    """The instant (ms) at which an ISO day is over in UTC."""
    return ((date.fromisoformat(due) - _EPOCH).days + 1) * DAY_MS


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    longest = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, longest))


def _accepters(
    state: Institution, standing: MatterStanding, reports: tuple[Fact, ...], facts: tuple[Fact, ...]
) -> tuple[str, ...]:
    """Who has accepted the last report, if all whom the charter names have; else nobody."""
    if not reports:
        return ()
    report, body = reports[-1], standing.current.version.body
    given = [
        fact
        for fact in facts
        if isinstance(fact.act, AcceptedReport) and fact.act.report == report.name
    ]
    parties = tuple(dict.fromkeys(fact.party for fact in given))
    article = state.charter.article_for(body.id, "accept-report")
    needed = article.accepts_evidence if article is not None else None
    if needed == "all-others":
        others = {party for party in body.parties if party != report.party}
        return parties if others <= set(parties) else ()
    if needed == "chair":
        return tuple(fact.party for fact in given if _in_chair(standing, fact))
    return parties


def _in_chair(standing: MatterStanding, fact: Fact) -> bool:
    chair = standing.current.version.body.chair
    day = datetime.fromtimestamp(fact.t / 1000, UTC).date()
    return chair is not None and chair.chair_on(day) == fact.party
