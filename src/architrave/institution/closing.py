"""How a party closes a version: the entry of its own log that fixes its position.

A party *closes* a version at the first entry of its own log in whose past the positions that stand
on that version satisfy its rule, its own among them; under silence, at the first entry dated at or
after the end of its own period, in whose past nobody has objected or reserved, no other live
version is known and the party itself stands on no other. Having closed, its position is fixed: what
it does later in that matter is void. (`docs/decisions/0003-closing.md` says why standing positions,
and not any positions, are counted.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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

__all__ = ["Closing", "Known", "Version", "closing", "period_end", "rule_holds", "version_of"]

_BREAKS = (Position.OBJECT, Position.RESERVE)


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
class Known:
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
    if upto is None or not any(_may_close(fact, party) for fact in facts):
        return None
    history = view.history
    known: list[tuple[int, Fact]] = []
    for fact in view.of(facts):
        first = history.first_naming(upto, fact.tip)
        if first is not None:
            known.append((first.size, fact))
    known.sort(key=lambda pair: (pair[0], pair[1].tip))
    versions = {
        fact.name: (size, version_of(state, fact))
        for size, fact in known
        if isinstance(fact.act, Tabled | Revised)
    }
    moments = {size for size, _ in known}
    ends: dict[str, int] = {}
    for size, version in versions.values():
        if version.silence is not None:
            received = history.entry(history.at(upto, size)).header.t
            ending = period_end(state, version, party, received)
            end = None if ending is None else history.first_dated(upto, ending)
            if end is not None:
                ends[version.name] = max(size, end.size)
                moments.add(ends[version.name])
    past, order, nexts = _Past(), list(versions), iter(known)
    coming = next(nexts, None)
    for moment in sorted(moments):
        own: Fact | None = None
        while coming is not None and coming[0] <= moment:
            # The entry that ends a silence is looked at without the act that it carries itself.
            if coming[1].tip == history.at(upto, moment):
                own = coming[1]
            else:
                past.add(coming[1])
            coming = next(nexts, None)
        tip = history.at(upto, moment)
        found = [_kept_silence(versions, party, past, moment, ends, tip)]
        if own is not None:
            past.add(own)
        if not (judging and moment == upto.size):
            found.append(_has_all(versions, party, past, tip))
        closed = [one for one in found if one is not None]
        if closed:
            return min(closed, key=lambda one: order.index(one.version))
    return None


def _may_close(fact: Fact, party: str) -> bool:
    """Say whether a fact is its position, or a silence: without one a party closes nothing."""
    act = fact.act
    if isinstance(act, Positioned):
        return fact.party == party
    return isinstance(act, Tabled | Revised) and act.silence is not None


@dataclass(slots=True)
class _Past:
    """The facts of a matter up to some entry of one log, taken in one by one.

    `held` is the standing position of each party, `live` the versions that nobody has broken.
    """

    held: dict[str, Fact] = field(default_factory=dict)
    live: dict[str, None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    withdrawn: bool = False

    def add(self, fact: Fact) -> None:
        """Take in the next fact."""
        act = fact.act
        if isinstance(act, Positioned):
            self.held[fact.party] = fact
            if act.position in _BREAKS:
                self.broken.add(act.version)
                self.live.pop(act.version, None)
        elif isinstance(act, Retracted | Revised):
            # Revising leaves the reviser's position on every version that was there before.
            self.held.pop(fact.party, None)
        elif isinstance(act, WithdrewMatter):
            self.withdrawn = True
        if isinstance(act, Tabled | Revised) and fact.name not in self.broken:
            self.live[fact.name] = None

    def on(self, version: Version) -> dict[str, Fact]:
        """The standing positions of the body's parties on one version, by party."""
        return {
            party: fact
            for party in version.body.parties
            if (fact := self.held.get(party)) is not None
            and isinstance(fact.act, Positioned)
            and fact.act.version == version.name
        }


def _has_all(
    versions: Mapping[str, tuple[int, Version]], party: str, past: _Past, tip: Tip
) -> Closing | None:
    """The closing by a rule that counts positions, if it is reached with this past."""
    mine = past.held.get(party)
    if past.withdrawn or mine is None or not isinstance(mine.act, Positioned):
        return None
    size, version = versions.get(mine.act.version, (0, None))
    if version is None or size > tip.size or version.silence is not None:
        return None
    if party not in version.body.parties or not rule_holds(version, past.on(version)):
        return None
    return Closing(version.name, tip, mine)


def _kept_silence(
    versions: Mapping[str, tuple[int, Version]],
    party: str,
    past: _Past,
    moment: int,
    ends: Mapping[str, int],
    tip: Tip,
) -> Closing | None:
    """The closing by silence, if a period has ended and nothing known stands against it."""
    if past.withdrawn or len(past.live) != 1:
        return None  # a party keeps silence on no version while it knows of another live one
    size, version = versions[next(iter(past.live))]
    if version.silence is None or party not in version.body.parties or size >= moment:
        return None
    if moment < ends.get(version.name, moment + 1):
        return None
    return Closing(version.name, tip, past.on(version).get(party))
