"""When each party was asked, answered, and was known to have answered: times as evidence.

A line of a minute book claims a time. What bounds it are the books of others: it was not written
before the lines that it acknowledges, nor after the lines by which others acknowledge it. So each
moment comes with an interval, and how long a leg took is an interval too. This desk reads no book:
whoever holds one answers its questions (`Books`).

Instants and lengths are milliseconds; instants count from 1970, UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from architrave.institution.acts import Consulted
from architrave.institution.drills import LegState, close_of, legs
from architrave.institution.state import Fact, Institution, View

__all__ = ["Books", "Elapsed", "Interval", "LegTimes", "Moment", "Timings", "elapsed", "timings"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A claimed instant (ms), and the bounds that others' books give; None where there is none."""

    claimed: int
    not_before: int | None = None
    not_after: int | None = None

    @property
    def outside(self) -> bool:
        """True if the claim lies outside the bounds."""
        early = self.not_before is not None and self.claimed < self.not_before
        late = self.not_after is not None and self.claimed > self.not_after
        return early or late


@dataclass(frozen=True, slots=True)
class Moment:
    """A line, such as ``KOR:12``, and when it was written."""

    line: str
    when: Interval


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long something took (ms): what the books claim, and the least and the most it can be.

    `at_most` is None while nothing bounds the end.
    """

    claimed: int
    at_least: int
    at_most: int | None


@dataclass(frozen=True, slots=True)
class LegTimes:
    """The line to one party that was asked.

    `received` is the first line of its book that acknowledges the request, `answered` its first
    answer, `final` the last of the lines by which each other book acknowledges that answer; None
    for what is not here. `latest` is the last line of its book that is here. `repair_due` is an
    instant (ms) while the party owes the proof that a line which failed is repaired.
    """

    party: str
    state: LegState
    received: Moment | None
    answered: Moment | None
    final: Moment | None
    latest: Moment | None
    repair_due: int | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """A request and its legs, in the order of the body's parties; `name` is that of the request."""

    name: str
    symbol: str
    body: str
    asked_by: str
    drill: bool
    asked: Moment
    legs: tuple[LegTimes, ...]
    closed: Moment | None


class Books(Protocol):
    """What this desk asks whoever holds the minute books. A line is as `Fact.tip` gives it."""

    def moment(self, line: Any) -> Moment:
        """When a line was written."""

    def first_naming(self, party: str, line: Any) -> Moment | None:
        """The first line of a party's book that acknowledges a line; None if none is here."""

    def latest(self, party: str) -> Moment | None:
        """The last line of a party's book that is here."""


def timings(state: Institution, view: View, asked: Fact, books: Books) -> Timings:
    """The times of a request to consult, as a view shows them."""
    act = asked.act
    assert isinstance(act, Consulted)
    facts = tuple(view.of(state.consultations.get(asked.name, ())))
    closed = close_of(facts)
    parties = [member.name for member in state.founding.members]
    found = []
    for leg in legs(state, view, asked):
        answer, final = leg.answer, None
        if answer is not None:
            named = [books.first_naming(one, answer.tip) for one in parties if one != answer.party]
            final = _last([one for one in named if one is not None], len(named))
        found.append(
            LegTimes(
                party=leg.party,
                state=leg.state,
                received=books.first_naming(leg.party, asked.tip),
                answered=books.moment(answer.tip) if answer is not None else None,
                final=final,
                latest=books.latest(leg.party),
                repair_due=leg.due if leg.unproven else None,
            )
        )
    return Timings(
        name=asked.name,
        symbol=act.symbol,
        body=act.body,
        asked_by=asked.party,
        drill=act.drill,
        asked=books.moment(asked.tip),
        legs=tuple(found),
        closed=books.moment(closed.tip) if closed is not None else None,
    )


def elapsed(start: Interval, end: Interval) -> Elapsed:
    """How long it took from one moment to a later one."""
    least = 0
    if start.not_after is not None and end.not_before is not None:
        least = max(0, end.not_before - start.not_after)
    most = None
    if end.not_after is not None:
        # Without a lower bound the request's own claim is all there is.
        begun = start.not_before if start.not_before is not None else start.claimed
        most = max(0, end.not_after - begun)
    return Elapsed(max(0, end.claimed - start.claimed), least, most)


def _last(named: Sequence[Moment], needed: int) -> Moment | None:
    """The last of some moments, once as many are here as are needed."""
    if len(named) < needed or not named:
        return None
    last = max(named, key=lambda one: one.when.claimed)
    before = [one.when.not_before for one in named if one.when.not_before is not None]
    after = [one.when.not_after for one in named]
    ends = [one for one in after if one is not None]
    return Moment(
        last.line,
        Interval(
            last.when.claimed,
            max(before, default=None),
            max(ends) if len(ends) == len(after) else None,
        ),
    )
