"""The minute books as the consultation desk asks them: when lines were written, as evidence.

A line was not written before the newest line of another book that it acknowledges, nor after the
first line of another book that acknowledges it, nor after the latest co-signature needed on the
checkpoint that this copy holds. The last of these moves with each refresh, and fails while one
capital is down; so the earlier of the two counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from architrave.cli.evidence import received, times
from architrave.cli.faults import Unclear
from architrave.cli.look import Look
from architrave.desks.consultation.timings import Interval, Moment, Timings, timings
from architrave.institution.acts import Consulted
from architrave.institution.drills import asked_of
from architrave.institution.state import Fact, View
from architrave.portal.composing.finding import nearest, symbol_fact
from architrave.record.entries import Tip

__all__ = [
    "BooksOf",
    "MomentRow",
    "among_readers",
    "consultation_found",
    "day_of",
    "drills_of",
    "moment_row",
    "times_of",
]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A line and its time (ms): claimed, and the bounds that others' books give, or null."""

    line: str
    claimed: int
    not_before: int | None
    not_after: int | None
    outside: bool


@dataclass(frozen=True, slots=True)
class BooksOf:
    """The books of one copy."""

    look: Look

    def among(self, asked: Fact) -> View:
        """The view in which all counts that those who may read this were told."""
        return among_readers(self.look, asked.name)

    def moment(self, line: Tip) -> Moment:
        """When a line was written."""
        told = times(self.look, line)
        named = [one.at for one in received(self.look, line) if one.at is not None]
        ends = [*named, *([told.not_after] if told.not_after is not None else [])]
        when = Interval(told.claimed, told.not_before, min(ends, default=None))
        return Moment(self.look.line(line), when)

    def first_naming(self, party: str, line: Tip) -> Moment | None:
        """The first line of a party's book that acknowledges a line; None if none is here."""
        upto = self.look.view.tip(party)
        first = self.look.history.first_naming(upto, line) if upto is not None else None
        return self.moment(first) if first is not None else None

    def latest(self, party: str) -> Moment | None:
        """The last line of a party's book that is here."""
        upto = self.look.view.tip(party)
        return self.moment(upto) if upto is not None else None


def times_of(look: Look, asked: Fact) -> Timings:
    """The times of a request as a copy shows them."""
    return timings(look.state, among_readers(look, asked.name), asked, BooksOf(look))


def among_readers(look: Look, consultation: str) -> View:
    """The view in which all counts that those who may read a request were told."""
    facts = look.state.acts.get(consultation, ())
    return replace(look.view, audience=facts[0].audience) if facts else look.view


def drills_of(look: Look, body: str) -> tuple[Timings, ...]:
    """The drills in a body that a copy holds, the one asked for first first."""
    here = (
        asked_of(fact for fact in facts if look.history.holds(look.view.cut, fact.tip))
        for facts in look.state.consultations.values()
    )
    asked = [
        fact
        for fact in here
        if fact is not None
        and isinstance(fact.act, Consulted)
        and fact.act.drill
        and fact.act.body == body
    ]
    return tuple(times_of(look, one) for one in sorted(asked, key=lambda one: (one.t, one.name)))


def consultation_found(look: Look, symbol: str) -> Fact:
    """The request to consult of this symbol; Unclear with the nearest."""
    fact = symbol_fact(look, symbol)
    if fact is not None and isinstance(fact.act, Consulted):
        return fact
    known = [
        one.act.symbol
        for facts in look.state.consultations.values()
        for one in look.view.of(facts)
        if isinstance(one.act, Consulted)
    ]
    raise Unclear(f"{symbol!r} is no request to consult here; {nearest(symbol, known)}.")


def day_of(ms: int) -> date:
    """The day of an instant (ms), UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).date()


def moment_row(one: Moment) -> MomentRow:
    """A line and its time as evidence."""
    when = one.when
    return MomentRow(one.line, when.claimed, when.not_before, when.not_after, when.outside)
