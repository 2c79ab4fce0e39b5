"""What stands: positions, closing, agreed, in force, silence.

A party *closes* a version at the first entry of its own log in whose past the positions that stand on
that version satisfy its rule, its own among them; under silence, at the first entry dated at or after
the end of its own period, in whose past nobody has objected or reserved and no other live version is
known. Having closed, its position is fixed: what it does later in that matter is void. A version is
*agreed* when every party of the body has closed it and the fixed positions together satisfy the rule;
it is *in force* when the entry by which each has received all of them is received by every other.
(`docs/decisions/0003-closing.md` says why standing positions, and not any positions, are counted.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.charter.days import earliest_close
from architrave.charter.model import Article, Body
from architrave.charter.rules import Position, satisfied
from architrave.institution.acts import (
    Positioned,
    Retracted,
    Revised,
    Silence,
    Tabled,
    WithdrewMatter,
)
from architrave.institution.state import Fact, Institution, View
from architrave.record.entries import Tip

__all__ = ["Closing", "MatterStanding", "Stage", "Version", "VersionStanding", "closing", "stand"]

_BREAKS = (Position.OBJECT, Position.RESERVE)


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
class Version:
    """A version and what decides it: the act that carries it, its body, article and silence."""

    fact: Fact
    body: Body
    article: Article
    silence: Silence | None

    @property
    def name(self) -> str:
        """The version's name: that of the act that carries the text."""
        return self.fact.name


@dataclass(frozen=True, slots=True)
class Closing:
    """A party's closing of a version: the entry, and the position fixed there (None: silence)."""

    version: str
    tip: Tip
    fixed: Fact | None


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
    """A matter as a view shows it; `decided` is its version that is agreed or in force."""

    name: str
    tabled: Fact
    versions: tuple[VersionStanding, ...]

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


def version_of(state: Institution, fact: Fact) -> Version:
    """Return the version that a tabling or revising act carries."""
    act = fact.act
    assert isinstance(act, Tabled | Revised)
    body = state.charter.body(_body_of(state, fact))
    return Version(fact, body, state.charter.article(act.article), act.silence)


def _body_of(state: Institution, fact: Fact) -> str:
    if isinstance(fact.act, Tabled):
        return fact.act.body
    assert isinstance(fact.act, Revised)
    tabled = state.acts[fact.act.matter][0].act
    assert isinstance(tabled, Tabled)
    return tabled.body


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts of a matter that one log had in its past at some size of that log."""

    facts: tuple[Fact, ...]

    def position(self, party: str) -> Fact | None:
        """The standing position of a party: its last, unless it left it."""
        held: Fact | None = None
        for fact in sorted(
            (one for one in self.facts if one.party == party), key=lambda one: one.tip.size
        ):
            if isinstance(fact.act, Positioned):
                held = fact
            elif isinstance(fact.act, Retracted):
                held = None
            elif isinstance(fact.act, Revised) and held is not None:
                # Revising leaves the reviser's position on every version that was there before.
                held = None
        return held

    def on(self, version: str, parties: tuple[str, ...]) -> dict[str, Fact]:
        """The standing positions on one version, by party."""
        found = {}
        for party in parties:
            fact = self.position(party)
            if fact is not None and isinstance(fact.act, Positioned):
                if fact.act.version == version:
                    found[party] = fact
        return found

    def breaks(self, version: str) -> tuple[Fact, ...]:
        """Objections and reserves ever laid on a version."""
        return tuple(
            fact
            for fact in self.facts
            if isinstance(fact.act, Positioned)
            and fact.act.version == version
            and fact.act.position in _BREAKS
        )

    def versions(self) -> tuple[Fact, ...]:
        """The tabling and revising acts."""
        return tuple(fact for fact in self.facts if isinstance(fact.act, Tabled | Revised))

    @property
    def withdrawn(self) -> bool:
        """True if the tabling party has withdrawn the matter."""
        return any(isinstance(fact.act, WithdrewMatter) for fact in self.facts)


def rule_holds(version: Version, positions: Mapping[str, Fact]) -> bool:
    """Say whether standing positions on a version satisfy its rule."""
    if version.article.rule is None:
        return False
    given = {party: Position.NONE for party in version.body.parties}
    for party, fact in positions.items():
        if party in given and isinstance(fact.act, Positioned):
            given[party] = fact.act.position
    return satisfied(version.article.rule, given)


def period_end(state: Institution, version: Version, party: str, received: int) -> int:
    """The instant (ms) at which a party's own silence on a version ends.

    `received` is the time of the party's own entry that first had the text in its past.
    """
    assert version.silence is not None
    article = state.charter.article(version.silence.article)
    if article.minimum_period is None:
        return version.silence.expiry
    close = earliest_close(received, article.minimum_period, state.charter.party(party))
    return max(version.silence.expiry, close)


def closing(
    state: Institution,
    facts: tuple[Fact, ...],
    party: str,
    view: View,
    judging: bool = False,
) -> Closing | None:
    """Return the closing of a matter by one party, as its log shows it up to the view's tip.

    `facts` are the matter's facts. The answer depends on the past of the closing entry alone, so
    every view that holds that entry gives the same. With `judging` the view's tip carries an act
    that is being judged: it may still leave a position that its own entry would otherwise close,
    but an objection carried by the very entry that ends the party's silence is late.
    """
    upto = view.tip(party)
    if upto is None:
        return None
    history = view.history
    known: list[tuple[int, Fact]] = []
    for fact in view.of(facts):
        first = history.first_naming(upto, fact.tip)
        if first is not None:
            known.append((first.size, fact))
    known.sort(key=lambda pair: (pair[0], pair[1].tip))
    versions = [
        (size, version_of(state, fact))
        for size, fact in known
        if isinstance(fact.act, Tabled | Revised)
    ]
    moments = {size for size, _ in known}
    ends: dict[str, int] = {}
    for size, version in versions:
        if version.silence is not None:
            received = history.entry(history.at(upto, size)).header.t
            end = history.first_dated(upto, period_end(state, version, party, received))
            if end is not None:
                ends[version.name] = max(size, end.size)
                moments.add(ends[version.name])
    origin = upto.origin
    for moment in sorted(moments):
        past = _Known(tuple(fact for size, fact in known if size <= moment))
        # The entry that ends a silence is looked at without the act that it carries itself.
        earlier = _Known(
            tuple(
                fact
                for size, fact in known
                if size <= moment and (fact.tip.origin, fact.tip.size) != (origin, moment)
            )
        )
        tip = history.at(upto, moment)
        for size, version in versions:
            if size > moment or party not in version.body.parties:
                continue
            if version.silence is not None and size < moment:
                found = _kept_silence(version, party, earlier, moment, ends, tip)
            elif judging and moment == upto.size:
                continue
            else:
                found = _has_all(version, party, past, tip)
            if found is not None:
                return found
    return None


def _has_all(version: Version, party: str, past: _Known, tip: Tip) -> Closing | None:
    """The closing by a rule that counts positions, if it is reached with this past."""
    if past.withdrawn or version.silence is not None:
        return None
    positions = past.on(version.name, version.body.parties)
    if party not in positions or not rule_holds(version, positions):
        return None
    return Closing(version.name, tip, positions[party])


def _kept_silence(
    version: Version, party: str, past: _Known, moment: int, ends: Mapping[str, int], tip: Tip
) -> Closing | None:
    """The closing by silence, if the period has ended and nothing known stands against it."""
    if past.withdrawn or version.name not in ends or moment < ends[version.name]:
        return None
    others = [one for one in past.versions() if one.name != version.name]
    if past.breaks(version.name) or any(not past.breaks(one.name) for one in others):
        return None
    positions = past.on(version.name, version.body.parties)
    return Closing(version.name, tip, positions.get(party))


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
    past = _Known(facts)
    first = version_of(state, tabled)
    parties = first.body.parties
    closings = {party: closing(state, facts, party, view) for party in parties}
    order = sorted(past.versions(), key=lambda fact: (fact is not tabled, fact.t, fact.name))
    versions = tuple(
        _version_standing(state, version_of(state, fact), past, closings, view) for fact in order
    )
    return MatterStanding(matter, tabled, versions)


def _version_standing(
    state: Institution,
    version: Version,
    past: _Known,
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
    return VersionStanding(version, stage, positions, has_all, knows, past.breaks(version.name))


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
    past: _Known,
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
        others = past.on(version.name, version.body.parties)
        left = version.silence is None and not rule_holds(version, others)
        return Stage.FAILED if left or past.breaks(version.name) else Stage.CLOSING
    if version.silence is not None:
        return Stage.BROKEN if past.breaks(version.name) else Stage.RUNNING
    return Stage.OPEN
