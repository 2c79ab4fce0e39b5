"""In which order a feed has its entries: what changed last comes first, and what each one is.

The order is worked out once for each state of the record, without reading any text; so each page of
a long feed costs what is on it. Where a row of the register stands is worked out once, and anew if
a capital remarks on it; since when a text stands, once for its ticks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from architrave.institution import acts
from architrave.institution.register import Event, Promise, Register
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.state import Fact
from architrave.peer.peer import Peer
from architrave.portal.feeds.calendar_dates import name_of_thing
from architrave.portal.feeds.feed_topics import ALL, TOPIC_OF, body_of, seats_of
from architrave.portal.feeds.register_feed import row_changed, row_dated
from architrave.portal.reading import Copy

__all__ = ["Order", "Placed", "Thing"]

Thing = Fact | MatterStanding | Event | Promise
"""What an entry tells of: something admitted, a text that stands, a row of the register."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry before it is written: its name for ever, when it changed last (ms), what it is."""

    uid: str
    updated: int
    thing: Thing


@dataclass
class Order:
    """The entries of every feed of one state of the record; no language is part of it."""

    facts: list[Fact]
    later: defaultdict[str, list[Fact]]
    seats: dict[str, str]
    _placed: dict[tuple[str, str], tuple[Placed, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, copy: Copy) -> Order:
        """The order that a copy's record gives."""
        facts = _admitted(copy)
        return cls(facts, _later(facts), seats_of(copy))

    def placed(self, copy: Copy, topic: str, body: str) -> tuple[Placed, ...]:
        """The entries of one feed, the one changed last first."""
        if (topic, body) not in self._placed:
            found = sorted(self._found(copy, topic, body), key=lambda one: (-one.updated, one.uid))
            self._placed[topic, body] = tuple(found)
        return self._placed[topic, body]

    def _found(self, copy: Copy, topic: str, body: str) -> Iterator[Placed]:
        founding, register = copy.state.founding.id, copy.register
        if topic in (ALL, "decisions"):
            for standing in copy.told.matters:
                version = standing.current.version
                if standing.stage is Stage.IN_FORCE and body in ("", version.body.id):
                    uid = name_of_thing(founding, "standing", version.name).urn
                    yield Placed(uid, _stands_since(copy, standing), standing)
        if topic in (ALL, "register") and not body and register is not None:
            yield from _rows(copy, register)
        for fact in self.facts:
            if topic not in (ALL, TOPIC_OF[type(fact.act)]):
                continue
            if not body or body_of(copy, fact.act, self.seats) == body:
                updated = max([fact.t, *(one.t for one in self.later[fact.name])])
                yield Placed(name_of_thing(founding, "act", fact.name).urn, updated, fact)


def _admitted(copy: Copy) -> list[Fact]:
    """The admitted acts that all parties may read, each once, by time."""
    held = (next(copy.view.of(facts), None) for facts in copy.state.acts.values())
    return sorted((one for one in held if one is not None), key=lambda one: (one.t, one.tip))


def _later(facts: Iterable[Fact]) -> defaultdict[str, list[Fact]]:
    """By the name of an act, what came later and bears on it."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    versions: defaultdict[str, list[str]] = defaultdict(list)
    latest: dict[tuple[str, ...], str] = {}
    by: dict[str, str] = {}

    def replaces(fact: Fact, *place: str) -> None:
        before = latest.pop(place, "")
        if before:
            found[before].append(fact)

    for fact in facts:
        act = fact.act
        by[fact.name] = fact.party
        match act:
            case acts.Tabled():
                versions[fact.name].append(fact.name)
            case acts.Revised():
                for version in versions[act.matter]:
                    found[version].append(fact)
                versions[act.matter].append(fact.name)
                replaces(fact, "position", act.matter, fact.party)
            case acts.WithdrewMatter():
                for version in versions[act.matter]:
                    found[version].append(fact)
            case acts.Retracted():
                replaces(fact, "position", act.matter, fact.party)
            case acts.Positioned():
                replaces(fact, "position", act.matter, fact.party)
                latest["position", act.matter, fact.party] = fact.name
            case acts.Reported():
                place = ("report", act.matter, act.pledge, act.period, fact.party)
                replaces(fact, *place)
                latest[place] = fact.name
            case acts.Erased() | acts.Released():
                if by.get(act.act) == fact.party:
                    found[act.act].append(fact)
            case _:
                named = [getattr(act, name, "") for name in _NAMES]
                found[next((name for name in named if name), "")].append(fact)
    return found


_NAMES = ("version", "report", "notice", "consultation")
"""Fields by which an act names the one that it bears on."""


# -- what is kept from state to state -------------------------------------------------------------


# The rows of the last register asked for, of one institution: a process serves one register.
_dated: list[tuple[Register, str, tuple[tuple[Event | Promise, Placed], ...]]] = []


def _rows(copy: Copy, register: Register) -> Iterator[Placed]:
    """Every row where it stands now: a register may be long, and few rows have a remark."""
    remarked = {key.partition(" ")[0] for key in copy.state.remarks}
    for row, placed in _rows_dated(register, copy.state.founding.id):
        if row.id in remarked:
            yield replace(placed, updated=row_changed(copy, row))
        else:
            yield placed


def _rows_dated(register: Register, founding: str) -> tuple[tuple[Event | Promise, Placed], ...]:
    """Every row, placed by what it tells of."""
    for kept, of, rows in _dated:
        if kept is register and of == founding:
            return rows
    several = (*register.events, *register.promises)
    found = tuple(
        (row, Placed(name_of_thing(founding, "register", row.id).urn, row_dated(row), row))
        for row in several
    )
    _dated[:] = [(register, founding, found)]
    return found


# Since when each matter stands, by its ticks; read and written under the reading lock only.
_stood: WeakKeyDictionary[Peer, dict[object, int]] = WeakKeyDictionary()


def _stands_since(copy: Copy, standing: MatterStanding) -> int:
    """The time of the last line that was needed: by it the last party knew that all others had."""
    history, ticks = copy.view.history, standing.current.has_all
    forked = history.successions or any(len(one) > 1 for one in history.branches.values())
    kept = _stood.setdefault(copy.peer, {})
    name = (standing.name, tuple(sorted(ticks.items())))
    # In books that only go on, what came first stays so.
    if not forked and name in kept:
        return kept[name]
    times, complete = [standing.tabled.t], True
    for party in ticks:
        upto = copy.view.tip(party)
        for tip in ticks.values():
            known = history.first_naming(upto, tip) if upto is not None and tip else None
            complete = complete and known is not None
            if known is not None:
                times.append(history.entry(known).header.t)
    if complete and not forked:
        kept[name] = max(times)
    return max(times)
