"""The legs of a consultation: for each party that was asked, what the record shows of its answer.

Each request is a line from the one that asks to each of the others, and each leg of it is open
until that party answers. Of a *drill*, which asks for nothing else, a leg that was still open when
the drill was closed has failed: the party owes a word on why its line failed, and gives it by
acknowledging late. How long an answer took is not said here: no book shows when another was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from architrave.institution.acts import Acknowledged, Closed, Consulted
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["Leg", "LegState", "answered_by", "close_of", "legs"]


class LegState(StrEnum):
    """What has become of a leg."""

    OPEN = "open"
    ANSWERED = "answered"
    FAILED = "failed"  # the drill was closed, and no answer is here
    EXPLAINED = "explained"  # answered when the party knew that the drill was closed
    ENDED = "ended"  # a request that was no drill was closed, and no answer is here


@dataclass(frozen=True, slots=True)
class Leg:
    """One party's leg, and its first answer if it has given one."""

    party: str
    state: LegState
    answer: Fact | None

    @property
    def owed(self) -> bool:
        """True while something is owed by the party: an answer, or why the line failed."""
        return self.state in (LegState.OPEN, LegState.FAILED)


def legs(state: Institution, view: View, asked: Fact) -> tuple[Leg, ...]:
    """The legs of a request in the order of the body's parties."""
    assert isinstance(asked.act, Consulted)
    here = tuple(view.of(state.consultations.get(asked.name, ())))
    closed = close_of(here)
    found = []
    for party in state.charter.body(asked.act.body).parties:
        if party != asked.party:
            answer = answered_by(here, party)
            found.append(Leg(party, _state(view, asked.act, closed, answer), answer))
    return tuple(found)


def answered_by(facts: tuple[Fact, ...], party: str) -> Fact | None:
    """A party's first answer among the facts of a consultation, or None."""
    mine = [one for one in facts if isinstance(one.act, Acknowledged) and one.party == party]
    return min(mine, key=_place, default=None)


def close_of(facts: Iterable[Fact]) -> Fact | None:
    """The close among the facts of a consultation, or None.

    A party that shows two faces may close twice; every copy then takes the same one of the two.
    """
    return min((one for one in facts if isinstance(one.act, Closed)), key=_place, default=None)


def _place(fact: Fact) -> tuple[int, Tip]:
    return fact.tip.size, fact.tip


def _state(view: View, act: Consulted, closed: Fact | None, answer: Fact | None) -> LegState:
    if answer is not None:
        late = closed is not None and view.history.names(answer.tip, closed.tip)
        return LegState.EXPLAINED if late else LegState.ANSWERED
    if closed is None:
        return LegState.OPEN
    return LegState.FAILED if act.drill else LegState.ENDED
