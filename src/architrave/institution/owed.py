"""What an instrument in force leaves: notices of withdrawal from it, and commitments under it.

A commitment has the states of a promise. The record itself is the source: it covers a period once
the owner's own book holds a line dated after the period's last day, so only then does the absence
of a report read *none found*; before that it is *not known*. Nothing here is ever called late. For
a period that ends while the instrument is suspended nothing is owed: without a report its state is
*not known*, and the row says who had suspended it, from when to when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from architrave.institution.acts import (
    AcceptedReport,
    NotifiedWithdrawal,
    Pledge,
    Reported,
    RescindedNotice,
    SuspendedNotice,
)
from architrave.institution.cadence import day_end, period_ends
from architrave.institution.duties import pledges_of
from architrave.institution.promises import State
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.state import Fact, Institution, View
from architrave.institution.suspensions import Suspension, covering, standing_of, suspensions
from architrave.record.entries import Tip

__all__ = ["Instrument", "Notice", "Owed", "instrument_of", "notices", "owed_under", "suspended"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of withdrawal, with effect at `effect` (ms).

    It runs on the books of the other parties of the body. `awaiting` names those that hold no line
    dated at or after that instant under a checkpoint which every party of the founding, but its
    author and the withdrawing one, has cosigned. When nobody is awaited the notice has run.
    """

    given: Fact
    party: str
    effect: int
    suspended: bool
    rescinded: bool
    awaiting: tuple[str, ...]

    @property
    def effective(self) -> bool:
        """True if the party has left the instrument."""
        return not (self.awaiting or self.suspended or self.rescinded)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreed matter that is in force, the notices given against it, and its suspensions.

    It is suspended while any party's suspension stands; most of those listed may be over.
    """

    standing: MatterStanding
    notices: tuple[Notice, ...]
    suspensions: tuple[Suspension, ...]
    final: bool

    @property
    def left(self) -> tuple[str, ...]:
        """The parties whose withdrawal has taken effect."""
        return tuple(one.party for one in self.notices if one.effective)

    @property
    def suspended(self) -> tuple[Suspension, ...]:
        """The suspensions that stand, by party; empty if it applies."""
        return standing_of(self.suspensions)


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment in one period, which ends on the ISO date `due`.

    `next` marks the first period that is not over. `reports` are those for the period; `accepted`
    counts those whom the charter names and who have accepted the last of them. Where one of
    `suspensions` holds at the end of the period, nothing is owed for it.
    """

    standing: MatterStanding
    pledge: Pledge
    party: str
    due: str
    state: State
    reports: tuple[Fact, ...]
    accepted: tuple[str, ...]
    suspensions: tuple[Suspension, ...]
    next: bool
    final: bool


def instrument_of(
    state: Institution, view: View, standing: MatterStanding, final: bool
) -> Instrument:
    """A matter in force as an instrument, with the notices against it and its suspensions."""
    given = notices(state, view, standing)
    paused = suspensions(state, view, standing, _gone(given).items())
    return Instrument(standing, given, paused, final)


def suspended(state: Institution, view: View, standing: MatterStanding) -> tuple[Suspension, ...]:
    """The suspensions of a matter that stand; of most matters there are none, quickly said."""
    if standing.stage is not Stage.IN_FORCE or standing.name not in state.suspensions:
        return ()
    return instrument_of(state, view, standing, True).suspended


def _gone(given: Iterable[Notice]) -> dict[str, int]:
    """The parties that have left, each with the instant (ms) of it."""
    return {one.party: one.effect for one in given if one.effective}


def notices(state: Institution, view: View, standing: MatterStanding) -> tuple[Notice, ...]:
    """The notices of withdrawal from an instrument, in the order of their effect."""
    facts = tuple(view.of(state.notices.get(standing.name, ())))
    parties = standing.current.version.body.parties
    found = [
        _notice(state, view, fact, facts, tuple(one for one in parties if one != fact.party))
        for fact in facts
        if isinstance(fact.act, NotifiedWithdrawal)
    ]
    return tuple(sorted(found, key=lambda one: (one.effect, one.party)))


def _notice(
    state: Institution, view: View, given: Fact, facts: tuple[Fact, ...], others: tuple[str, ...]
) -> Notice:
    assert isinstance(given.act, NotifiedWithdrawal)
    effect = given.act.effect
    run = {one: _line_at(view, one, effect) for one in others}

    def counts(party: str, tip: Tip) -> bool:
        apart = {state.origin_of(party), state.origin_of(given.party)}
        return view.under_cosigned(tip, state.founding.origins - apart)

    def changed(kind: type[SuspendedNotice] | type[RescindedNotice]) -> bool:
        # A change counts once some other party's book has it no later than its first line at or
        # after the effect: what comes later cannot bring back what has taken effect.
        for fact in facts:
            if isinstance(fact.act, kind) and fact.act.notice == given.name:
                for party, line in run.items():
                    has = _line_naming(view, party, fact.tip)
                    in_time = has is not None and (line is None or has.size <= line.size)
                    if has is not None and in_time and counts(party, has):
                        return True
        return False

    return Notice(
        given=given,
        party=given.party,
        effect=effect,
        suspended=changed(SuspendedNotice),
        rescinded=changed(RescindedNotice),
        awaiting=tuple(
            party for party, line in run.items() if line is None or not counts(party, line)
        ),
    )


def _line_at(view: View, party: str, effect: int) -> Tip | None:
    """The first line of a party's book dated at or after an instant (ms)."""
    upto = view.tip(party)
    return view.history.first_dated(upto, effect) if upto is not None else None


def _line_naming(view: View, party: str, tip: Tip) -> Tip | None:
    """The first line of a party's book that has an entry in its past."""
    upto = view.tip(party)
    return view.history.first_naming(upto, tip) if upto is not None else None


def owed_under(
    state: Institution, view: View, standing: MatterStanding, last: View
) -> tuple[Owed, ...]:
    """The commitments under an instrument, period by period up to the next date.

    `last` is the final part of the view. A period is over once the owner's own book says so.
    """
    found = []
    gone = _gone(notices(state, view, standing))
    paused = suspensions(state, view, standing, gone.items())
    for pledge in pledges_of(standing.current.version):
        seat = state.charter.find_seat(pledge.owner)
        if seat is not None and seat.party is not None:
            until = gone.get(seat.party)
            for row in _periods(state, view, standing, pledge, seat.party, last):
                if until is None or day_end(row.due) <= until:
                    found.append(_paused(row, covering(paused, row.due)))
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
    for due in period_ends(pledge, reach):
        mine = tuple(f for f in told if isinstance(f.act, Reported) and f.act.period == due)
        accepted = _accepters(state, standing, mine, facts)
        over = day_end(due) <= reach
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
            suspensions=(),
            next=not over,
            final=all(last.holds(fact) for fact in mine),
        )


def _paused(row: Owed, paused: tuple[Suspension, ...]) -> Owed:
    """A row as it is while its instrument is suspended: what was reported stays."""
    if not paused:
        return row
    state = row.state if row.reports else State.NOT_KNOWN
    return replace(row, state=state, suspensions=paused)


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
