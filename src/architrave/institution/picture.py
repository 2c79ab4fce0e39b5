"""The shared picture of a consultation: what each party makes of each point, side by side.

A *point* has a short id. The first that speaks on it words the proposition that is read; those who
speak later in its knowledge read that wording, and leave it out. Two parties that word one point at
once cannot know of each other: both wordings stay, side by side, as two propositions of the point.
A party's reading is on its own wording if it gave one, else on the first that it knew; who wants to
speak to the other opens another point. So nobody's words are put into another's mouth, and whether
an act is admitted never depends on words, which may be erased.

A party's latest reading on a point is its reading. Readings that differ are shown as they are, and
nothing is ever averaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from architrave.institution.acts import Acknowledged, Assessed, Closed, Consulted
from architrave.institution.crisis import open_fault
from architrave.institution.questions import text_fault
from architrave.institution.state import Fact, Institution, Refused, View
from architrave.record.entries import Tip

__all__ = [
    "READINGS",
    "Agreement",
    "Picture",
    "Point",
    "Proposition",
    "Read",
    "may_assess",
    "picture",
]

READINGS = ("affirm", "deny", "uncertain")
_POINT = re.compile(r"[a-z0-9-]{1,40}")


class Agreement(StrEnum):
    """Whether the parties of the body read a point alike."""

    AGREED = "agreed"  # all have spoken, and read one wording alike
    DIFFERS = "differs"  # two read it differently, or read two wordings
    OPEN = "open"  # somebody has not spoken; those who have read it alike


@dataclass(frozen=True, slots=True)
class Read:
    """A party's latest reading of a point."""

    fact: Fact
    act: Assessed

    @property
    def party(self) -> str:
        """Whose reading it is."""
        return self.fact.party


@dataclass(frozen=True, slots=True)
class Proposition:
    """One wording of a point, the act that gave it, and who reads it how."""

    worded: Fact
    act: Assessed
    readings: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point; `awaiting` names the parties of the body that have not spoken on it."""

    id: str
    propositions: tuple[Proposition, ...]
    agreement: Agreement
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The points in the order in which they were first named, and what was said, in its order.

    The order is that of cause: what follows a line stands after it, and the dates that the books
    claim decide nothing. Of lines that knew nothing of each other, the one that had less behind it
    stands first, then the party that the founding names first: so each copy shows one order.
    """

    asked: Fact
    points: tuple[Point, ...]
    timeline: tuple[Fact, ...]


def may_assess(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party that takes part reads a point of an open consultation; the first words it."""
    act = fact.act
    assert isinstance(act, Assessed)
    asked = state.find(past, act.consultation)
    if asked is None or not isinstance(asked.act, Consulted):
        return Refused("", "the request to consult is not in the past of this act.")
    fault = open_fault(state, past, act.consultation, fact, "assess", act.account)
    if fault is not None:
        return fault
    if not _POINT.fullmatch(act.point):
        return Refused("", f"{act.point!r} is no id of a point: up to 40 of a to z, 0 to 9 and -.")
    if act.reading not in READINGS:
        return Refused("", f"{act.reading!r} is no reading of a point: {', '.join(READINGS)}.")
    facts = past.of(state.consultations.get(act.consultation, ()))
    if not any(isinstance(one.act, Assessed) and one.act.point == act.point for one in facts):
        return text_fault(state, "", act.proposition)
    if act.proposition:
        return Refused("", "the point is worded already; a later reading leaves that out.")
    return None


def picture(state: Institution, view: View, consultation: str) -> Picture | None:
    """The shared picture of a consultation; None if the view does not hold the request."""
    asked = state.find(view, consultation)
    if asked is None or not isinstance(asked.act, Consulted):
        return None
    said = (Acknowledged, Assessed, Closed)
    facts = [one for one in state.consultations[consultation] if isinstance(one.act, said)]
    timeline = _in_order(state, view, view.of(facts))
    parties = state.charter.body(asked.act.body).parties
    told = [Read(one, one.act) for one in timeline if isinstance(one.act, Assessed)]
    points = tuple(
        _point(view, point, [one for one in told if one.act.point == point], parties)
        for point in dict.fromkeys(one.act.point for one in told)
    )
    return Picture(asked, points, timeline)


def _in_order(state: Institution, view: View, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    names = [member.name for member in state.founding.members]

    def place(fact: Fact) -> tuple[int, int, int, Tip]:
        # Whatever follows a line has all that lies behind it and more, so this sum only grows.
        behind = view.history.past(fact.tip).tips.values()
        behind_it = sum(tip.size for tips in behind for tip in tips)
        # Of two histories of one book the lines may be alike in all but their hash.
        return behind_it, names.index(fact.party), fact.t, fact.tip

    return tuple(sorted(facts, key=place))


def _point(view: View, point: str, told: list[Read], parties: tuple[str, ...]) -> Point:
    wordings = [one for one in told if one.act.proposition]
    latest: list[Read] = []
    for party in parties:
        mine = sorted(
            (one for one in told if one.party == party),
            key=lambda one: (one.fact.tip.size, one.fact.tip),
        )
        last = view.last(tuple(one.fact for one in mine))
        latest += [one for one in mine if one.fact is last]
    read = [(_wording_read(view, wordings, one), one) for one in latest]
    propositions = tuple(
        Proposition(one.fact, one.act, tuple(reading for at, reading in read if at is one))
        for one in wordings
    )
    spoken = {one.party for one in latest}
    awaiting = tuple(party for party in parties if party not in spoken)
    alike = len({(id(at), one.act.reading) for at, one in read}) <= 1
    if not alike:
        return Point(point, propositions, Agreement.DIFFERS, awaiting)
    return Point(point, propositions, Agreement.OPEN if awaiting else Agreement.AGREED, awaiting)


def _wording_read(view: View, wordings: list[Read], one: Read) -> Read | None:
    """The wording that a reading is on: its party's own, else the first that it knew."""
    past = view.history.past(one.fact.tip)
    knew = replace(view, cut=past, audience=one.fact.audience)
    known = [worded for worded in wordings if knew.holds(worded.fact)]
    own = [worded for worded in known if worded.party == one.party]
    return next(iter(own or known), None)
