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
from dataclasses import dataclass

from architrave.charter.days import earliest_close
from architrave.charter.errors import UncountedYear
from architrave.charter.model import Article, Body, Charter
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
    """A version and what decides it: the act that carries it, its body, article and silence.

    They are those of `charter`, the one in force in the past of that act, whatever amends it later.
    """

    fact: Fact
    body: Body
    article: Article
    silence: Silence | None
    charter: Charter

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
    charter = state.under.get(fact.tip, state.founded_under)
    body = charter.body(_body_of(state, fact))
    return Version(fact, body, charter.article(act.article), act.silence, charter)


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


def period_end(version: Version, party: str, received: int) -> int | None:
    """The instant (ms) at which a party's own silence on a version ends.

    `received` is the time of the party's own entry that first had the text in its past. None where
    working days lead beyond the years whose holidays the charter lists: that silence ends for
    nobody, on any node, and its text is put anew once the calendar is amended.
    """
    assert version.silence is not None
    article = version.charter.article(version.silence.article)
    if article.minimum_period is None:
        return version.silence.expiry
    try:
        close = earliest_close(received, article.minimum_period, version.charter.party(party))
    except UncountedYear:
        return None
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
    # A log names another in its order, so one party's facts come here in the order of its log.
    known.sort(key=lambda pair: (pair[0], pair[1].tip))
    table = _Table(party)
    ends = _silence_ends(state, known, party, view, upto)
    moments = sorted(
        {size for size, _ in known}
        | set(ends.values())
        # What an own act changes for a silence, it changes from the next entry on.
        | {size + 1 for size, fact in known if fact.party == party and size < upto.size}
    )
    position = 0
    for moment in moments:
        own: Fact | None = None
        while position < len(known) and known[position][0] == moment:
            fact = known[position][1]
            if fact.party == party:
                # The entry that ends a silence is looked at without the act that it carries.
                own = fact
            else:
                table.take(state, fact)
            position += 1
        found = table.silent(ends, moment)
        if found is None:
            if own is not None:
                table.take(state, own)
            if not (judging and moment == upto.size):
                found = table.decided()
        if found is not None:
            version, fixed = found
            return Closing(version, history.at(upto, moment), fixed)
    return None


def _silence_ends(
    state: Institution, known: list[tuple[int, Fact]], party: str, view: View, upto: Tip
) -> dict[str, int]:
    """For each version under silence, the position after which the party's own period has run."""
    ends: dict[str, int] = {}
    history = view.history
    for size, fact in known:
        if not isinstance(fact.act, Tabled | Revised) or fact.act.silence is None:
            continue
        received = history.entry(history.at(upto, size)).header.t
        end = period_end(version_of(state, fact), party, received)
        last = history.first_dated(upto, end) if end is not None else None
        # The entry that receives the text ends no silence, however late it was sent.
        if last is not None and max(size + 1, last.size) <= upto.size:
            ends[fact.name] = max(size + 1, last.size)
    return ends


class _Table:
    """What one party has before it as its log goes on: versions, positions, what broke which."""

    def __init__(self, party: str) -> None:
        self.party = party
        self.versions: dict[str, Version] = {}
        self.positions: dict[str, Fact] = {}
        self.broken: set[str] = set()
        self.withdrawn = False

    def take(self, state: Institution, fact: Fact) -> None:
        """Lay one more fact on the table."""
        act = fact.act
        if isinstance(act, Positioned):
            self.positions[fact.party] = fact
            if act.position in _BREAKS:
                self.broken.add(act.version)
        elif isinstance(act, WithdrewMatter):
            self.withdrawn = True
        elif isinstance(act, Retracted | Revised):
            # Revising leaves the reviser's position on every version that was there before.
            self.positions.pop(fact.party, None)
        if isinstance(act, Tabled | Revised):
            self.versions[fact.name] = version_of(state, fact)

    def decided(self) -> tuple[str, Fact] | None:
        """The version whose rule the standing positions satisfy, the party's own among them."""
        own = self.positions.get(self.party)
        if own is None or self.withdrawn:
            return None
        assert isinstance(own.act, Positioned)
        version = self.versions.get(own.act.version)
        if version is None or version.silence is not None:
            return None
        if self.party not in version.body.parties:
            return None
        on = {
            party: fact
            for party, fact in self.positions.items()
            if isinstance(fact.act, Positioned) and fact.act.version == version.name
        }
        return (version.name, own) if rule_holds(version, on) else None

    def silent(self, ends: Mapping[str, int], moment: int) -> tuple[str, Fact | None] | None:
        """The version on which the party's period has ended with nothing known against it.

        Nothing is kept beside another version that may still be decided, nor by a party that holds
        a position on another.
        """
        if self.withdrawn:
            return None
        own = self.positions.get(self.party)
        for name, version in self.versions.items():
            if moment < ends.get(name, moment + 1) or name in self.broken:
                continue
            if self.party not in version.body.parties:
                continue
            if any(other not in self.broken for other in self.versions if other != name):
                continue
            if own is None or (isinstance(own.act, Positioned) and own.act.version == name):
                return name, own
        return None
