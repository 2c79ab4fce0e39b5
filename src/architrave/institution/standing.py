"""What stands: the stage of each version, and its two rows of ticks.

A version is *agreed* when every party of the body has closed it and the fixed positions together
satisfy the rule; it is *in force* when the entry by which each has received all of them is received
by every other. How a party closes is in `closing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.institution.acts import Positioned, Tabled
from architrave.institution.closing import Closing, Known, Version, closing, rule_holds, version_of
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["MatterStanding", "Stage", "VersionStanding", "stand"]


class Stage(StrEnum):
    """Where a version is in its life; `LIFE` in life.py lists the ways from one to the next."""

    OPEN = "open"
    RUNNING = "silence-running"
    BROKEN = "silence-broken"
    SUPERSEDED = "superseded"
    CLOSING = "closing"
    AGREED = "agreed"
    IN_FORCE = "in-force"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """One version as a view shows it.

    `has_all[party]` is the entry by which the party has received all positions and closed (first
    row of ticks); `knows[party]` says whether it has received that of every other (second row).
    """

    version: Version
    stage: Stage
    positions: Mapping[str, Fact]
    has_all: Mapping[str, Tip | None]
    knows: Mapping[str, bool]
    breaks: tuple[Fact, ...] = ()
    late: tuple[Fact, ...] = ()

    @property
    def ticks(self) -> int:
        """How many ticks of twice the number of parties are set."""
        return sum(tip is not None for tip in self.has_all.values()) + sum(self.knows.values())


@dataclass(frozen=True, slots=True)
class MatterStanding:
    """A matter as a view shows it; `decided` is its version that is agreed or in force.

    `closed[party]` is the entry by which the party has closed a version of it.
    """

    name: str
    tabled: Fact
    versions: tuple[VersionStanding, ...]
    closed: Mapping[str, Tip | None]

    @property
    def act(self) -> Tabled:
        """The tabling act."""
        assert isinstance(self.tabled.act, Tabled)
        return self.tabled.act

    @property
    def symbol(self) -> str:
        """The symbol that the tabling party issued."""
        return self.act.symbol

    @property
    def decided(self) -> VersionStanding | None:
        """The version that is agreed or in force, if one is."""
        return next(
            (one for one in self.versions if one.stage in (Stage.AGREED, Stage.IN_FORCE)), None
        )

    @property
    def current(self) -> VersionStanding:
        """The version to look at: the decided one, else the latest."""
        return self.decided or self.versions[-1]

    @property
    def stage(self) -> Stage:
        """The stage of the current version."""
        return self.current.stage


def stand(state: Institution, matter: str, view: View) -> MatterStanding | None:
    """Return a matter as a view shows it; None if the view does not hold its tabling.

    Where a log has forked, each branch is tried and the furthest standing is shown: nothing agreed
    or in force ever goes back.
    """
    best: MatterStanding | None = None
    for choice in view.choices():
        found = _stand(state, matter, choice)
        if found is not None and (best is None or _rank(found) > _rank(best)):
            best = found
    return best


def _rank(standing: MatterStanding) -> tuple[int, int]:
    order = {Stage.IN_FORCE: 2, Stage.AGREED: 1}
    return order.get(standing.stage, 0), standing.current.ticks


def _stand(state: Institution, matter: str, view: View) -> MatterStanding | None:
    everything = state.matters.get(matter, ())
    facts = tuple(view.of(everything))
    tabled = next((fact for fact in facts if isinstance(fact.act, Tabled)), None)
    if tabled is None:
        return None
    past = Known(facts)
    first = version_of(state, tabled)
    parties = first.body.parties
    closings = {party: closing(state, facts, party, view) for party in parties}
    order = sorted(past.versions(), key=lambda fact: (fact is not tabled, fact.t, fact.name))
    versions = tuple(
        _version_standing(state, version_of(state, fact), past, closings, view) for fact in order
    )
    closed = {party: one.tip if one is not None else None for party, one in closings.items()}
    return MatterStanding(matter, tabled, versions, closed)


def _version_standing(
    state: Institution,
    version: Version,
    past: Known,
    closings: Mapping[str, Closing | None],
    view: View,
) -> VersionStanding:
    parties = version.body.parties
    mine = {
        party: one
        for party, one in closings.items()
        if one is not None and one.version == version.name
    }
    fixed = {party: one.fixed for party, one in mine.items() if one.fixed is not None}
    positions = {**past.on(version.name, parties), **fixed}
    has_all: dict[str, Tip | None] = {party: None for party in parties}
    together = len(mine) == len(parties) and (
        version.silence is not None or rule_holds(version, fixed)
    )
    for party, one in mine.items():
        has_all[party] = _received_all(version, one, fixed, view, together)
    knows = {party: _knows_others(party, has_all, view) for party in parties}
    agreed = together and all(tip is not None for tip in has_all.values())
    stage = _stage(version, past, closings, agreed, agreed and all(knows.values()))
    late = tuple(
        fact
        for fact in view.of(state.late.get(state.matter_of[version.name], ()))
        if isinstance(fact.act, Positioned) and fact.act.version == version.name
    )
    breaks = past.breaks(version.name)
    return VersionStanding(version, stage, positions, has_all, knows, breaks, late)


def _received_all(
    version: Version, one: Closing, fixed: Mapping[str, Fact], view: View, together: bool
) -> Tip | None:
    # Before all have closed, the closing entry itself is the tick. Once all have, the entry that
    # has every fixed position in its past counts: a party may have closed on an earlier one.
    if version.silence is not None or not together:
        return one.tip
    upto = view.tip(one.fixed.party) if one.fixed else None
    if upto is None:
        return None
    tips = [view.history.first_naming(upto, fact.tip) for fact in fixed.values()]
    if any(tip is None for tip in tips):
        return None
    return max([one.tip, *(tip for tip in tips if tip is not None)], key=lambda tip: tip.size)


def _knows_others(party: str, has_all: Mapping[str, Tip | None], view: View) -> bool:
    upto = view.tip(party)
    if upto is None:
        return False
    return all(
        tip is not None and view.history.names(upto, tip)
        for other, tip in has_all.items()
        if other != party
    )


def _stage(
    version: Version,
    past: Known,
    closings: Mapping[str, Closing | None],
    agreed: bool,
    in_force: bool,
) -> Stage:
    if in_force:
        return Stage.IN_FORCE
    if agreed:
        return Stage.AGREED
    if past.withdrawn:
        return Stage.WITHDRAWN
    closed = [one for one in closings.values() if one is not None]
    mine = [one for one in closed if one.version == version.name]
    if len(mine) != len(closed):
        return Stage.SUPERSEDED if not mine else Stage.FAILED
    if mine:
        if version.silence is not None:
            return Stage.FAILED if past.breaks(version.name) else Stage.CLOSING
        # An objection that has given way to another position is over; silence stays broken.
        others = past.on(version.name, version.body.parties)
        return Stage.CLOSING if rule_holds(version, others) else Stage.FAILED
    if version.silence is not None:
        return Stage.BROKEN if past.breaks(version.name) else Stage.RUNNING
    return Stage.OPEN
