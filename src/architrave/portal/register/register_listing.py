"""The register's promises in the order of the page, with their states.

Kept from page to page, since a state follows from the register and the record alone: periods are
counted to the record's last day, and not to that of a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from architrave.institution.promises import PeriodState, PromiseReport, State, assess
from architrave.institution.register import Event, Promise, Register
from architrave.institution.remarks import promise_reports
from architrave.portal import formats
from architrave.portal.reading import Copy

__all__ = ["ORDER", "Listed", "Listing", "counted_to", "listing_of"]

ORDER = (State.NOT_HELD, State.NONE_FOUND, State.NOT_KNOWN, State.REPORTED, State.HELD)
"""The states as they are listed: what was not held comes first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A promise, the state under which it is listed, and the state of each of its periods."""

    promise: Promise
    state: State
    states: tuple[PeriodState, ...]


@dataclass(frozen=True)
class Listing:
    """All promises in the order of the page, and the events, newest first."""

    register: Register
    day: date
    reports: tuple[PromiseReport, ...]

    @cached_property
    def promises(self) -> tuple[Listed, ...]:
        """By state, and in a state by the day on which they were made."""
        reports: dict[str, list[PromiseReport]] = {}
        for one in self.reports:
            reports.setdefault(one.promise, []).append(one)
        found = []
        for promise in self.register.promises:
            states = assess(self.register, promise, self.day, reports.get(promise.id, ()))
            found.append(Listed(promise, _telling(states), states))
        place = {state: number for number, state in enumerate(ORDER)}
        return tuple(
            sorted(
                found,
                key=lambda one: (place[one.state], one.promise.made_on.first, one.promise.id),
            )
        )

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many promises stand under each state."""
        states = [one.state for one in self.promises]
        return {state: states.count(state) for state in ORDER}

    @cached_property
    def by_id(self) -> Mapping[str, Listed]:
        """Promises by id."""
        return {one.promise.id: one for one in self.promises}

    @cached_property
    def kept(self) -> Mapping[str, tuple[str, ...]]:
        """The promises that rest on an event, by the event: the way back from it."""
        found: dict[str, dict[str, None]] = {}
        for one in self.promises:
            for state in one.states:
                for event in (*state.events, *state.related):
                    found.setdefault(event, {})[one.promise.id] = None
        return {event: tuple(ids) for event, ids in found.items()}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events, newest first."""
        ordered = sorted(self.register.events, key=lambda one: (one.date.last, one.id))
        return tuple(reversed(ordered))


def _telling(states: tuple[PeriodState, ...]) -> State:
    """The state under which a promise is listed: the latest that says something.

    Any period that was not held goes before all others.
    """
    known = [one.state for one in states]
    if State.NOT_HELD in known:
        return State.NOT_HELD
    telling = [state for state in known if state is not State.NOT_KNOWN]
    return telling[-1] if telling else State.NOT_KNOWN


def counted_to(copy: Copy, register: Register) -> date:
    """The day to which periods are counted: that of the newest line, or to which sources reach.

    By the record and not by a clock: so whoever holds the same record and register reads the same
    states, on a page as in data, whenever and wherever. A node that lacks lines counts to an
    earlier day, and says to which.
    """
    lasts = [formats.day_of(one.last) for one in copy.told.books if one.last is not None]
    return max([register.sources_reach, *lasts])


# The last one asked for: a process serves one register.
_kept: list[Listing] = []


def listing_of(copy: Copy, register: Register) -> Listing:
    """The register's rows as this copy lists them now."""
    day = counted_to(copy, register)
    reports = promise_reports(copy.state, copy.view, register)
    for kept in _kept:
        if kept.register is register and kept.day == day and kept.reports == reports:
            return kept
    _kept[:] = [Listing(register, day, reports)]
    return _kept[0]
