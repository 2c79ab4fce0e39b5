"""The legs of a consultation: for each party that was asked, what the record shows of its answer.

Each request is a line from the one that asks to each of the others, and each leg of it is open
until that party answers. Of a *drill*, which asks for nothing else, a leg that was still open when
the drill was closed has failed. That raises two duties of its party by itself, without any further
act: a word on why its line failed, given by acknowledging late; and the proof that the line is
repaired, which is an answer in time to a later drill of the same body and nothing else. Drills are
monthly, so the proof is due a month after the close. How long an answer took is not said here: no
book shows when another was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from architrave.institution.acts import Acknowledged, Closed, Consulted
from architrave.institution.cadence import day_end, months_after
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["FAILURES", "Leg", "LegState", "answered_by", "asked_of", "close_of", "legs"]


class LegState(StrEnum):
    """What has become of a leg."""

    OPEN = "open"
    ANSWERED = "answered"
    FAILED = "failed"  # the drill was closed, and no answer is here
    EXPLAINED = "explained"  # answered when the party knew that the drill was closed
    REPAIRED = "repaired"  # explained, and a later drill was answered in time
    ENDED = "ended"  # a request that was no drill was closed, and no answer is here


FAILURES = frozenset({LegState.FAILED, LegState.EXPLAINED, LegState.REPAIRED})
"""The states of a leg that was without an answer when its drill was closed."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One party's leg, and its first answer if it has given one.

    Where it failed, `proof` is the party's answer in time to a later drill, if there is one,
    `retried` the request of that drill, and `due` the instant (ms) until which it is owed.
    """

    party: str
    state: LegState
    answer: Fact | None
    proof: Fact | None = None
    retried: Fact | None = None
    due: int | None = None

    @property
    def tips(self) -> tuple[Tip, ...]:
        """The lines beside those of its own request that this leg rests on."""
        return tuple(one.tip for one in (self.proof, self.retried) if one is not None)

    @property
    def owed(self) -> bool:
        """True while a word is owed by the party: an answer, or why the line failed."""
        return self.state in (LegState.OPEN, LegState.FAILED)

    @property
    def unproven(self) -> bool:
        """True while the party owes the proof that its line is repaired."""
        return self.state in FAILURES and self.proof is None


def legs(state: Institution, view: View, asked: Fact) -> tuple[Leg, ...]:
    """The legs of a request in the order of the body's parties."""
    assert isinstance(asked.act, Consulted)
    here = tuple(view.of(state.consultations.get(asked.name, ())))
    closed = close_of(here)
    found = []
    for party in state.charter.body(asked.act.body).parties:
        if party != asked.party:
            answer = answered_by(here, party)
            found.append(_leg(state, view, asked, closed, party, answer))
    return tuple(found)


def _leg(
    state: Institution,
    view: View,
    asked: Fact,
    closed: Fact | None,
    party: str,
    answer: Fact | None,
) -> Leg:
    assert isinstance(asked.act, Consulted)
    found = _state(view, asked.act, closed, answer)
    if closed is None or not asked.act.drill or found not in FAILURES:
        return Leg(party, found, answer)
    proof, retried = _proof(state, view, asked.act.body, closed, party)
    if proof is not None and found is LegState.EXPLAINED:
        found = LegState.REPAIRED
    day = datetime.fromtimestamp(closed.t / 1000, UTC).date()
    due = day_end(months_after(day, 1).isoformat())
    return Leg(party, found, answer, proof, retried, due)


def _proof(
    state: Institution, view: View, body: str, closed: Fact, party: str
) -> tuple[Fact, Fact] | tuple[None, None]:
    """A party's first answer in time to a drill opened after a close, and that drill's request."""
    found = []
    for facts in state.consultations.values():
        here = tuple(view.of(facts))
        # Opened by one who knew of the failure: only that shows that the line was tried since. A
        # two-faced party may ask twice, before and after it knew; either face opens the line.
        since = [
            one
            for one in here
            if isinstance(one.act, Consulted)
            and (one.act.body, one.act.drill) == (body, True)
            and view.history.names(one.tip, closed.tip)
        ]
        for asked in sorted(since, key=_place)[:1]:
            answer = answered_by(here, party)
            assert isinstance(asked.act, Consulted)
            if _state(view, asked.act, close_of(here), answer) is LegState.ANSWERED and answer:
                found.append((answer, asked))
    return min(found, key=lambda one: _place(one[0]), default=(None, None))


def answered_by(facts: tuple[Fact, ...], party: str) -> Fact | None:
    """A party's first answer among the facts of a consultation, or None."""
    mine = [one for one in facts if isinstance(one.act, Acknowledged) and one.party == party]
    return min(mine, key=_place, default=None)


def asked_of(facts: Iterable[Fact]) -> Fact | None:
    """The request among the facts of a consultation, or None.

    A party that shows two faces may ask twice in the same words; every copy takes the same one.
    """
    return min((one for one in facts if isinstance(one.act, Consulted)), key=_place, default=None)


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
