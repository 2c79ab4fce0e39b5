"""How well a mission's functions are connected, and what would help most.

A connection between two parties may run directly or through others: its level is that of the best
path, and a path is as good as its weakest pair (max-min). A mission is as good as its weakest
connection (min). All numbers are whole levels and exact.

What is not assessed, or stale, may be anything: it counts as the interval from the lowest to the
highest level. Max and min never fall when a level rises, so working out both ends gives the exact
interval of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.interoperability.model import Level, Mission, Pair, pairs_of

__all__ = [
    "Chain",
    "Connection",
    "Interval",
    "Levels",
    "Upgrade",
    "best_upgrades",
    "chain",
    "upgrades",
]

Levels = Mapping[tuple[str, Pair], Level]
"""Current levels by function and pair; what is not in it is unknown."""

LOWEST, HIGHEST = int(min(Level)), int(max(Level))


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The lowest and the highest level that what is known allows; equal where it is settled."""

    low: int
    high: int

    @property
    def settled(self) -> bool:
        """True where both ends are one level."""
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.settled else f"{self.low}–{self.high}"


UNKNOWN = Interval(LOWEST, HIGHEST)
Links = Mapping[tuple[str, Pair], Interval]


@dataclass(frozen=True, slots=True)
class Connection:
    """One step between two of its parties.

    `step` counts from 1; `direct` is the pair's own level. `paths` are the best paths with the
    fewest parties between, all of them, at the lower end of what is known. `weakest` says that the
    connection cannot be ruled out as the mission's weakest.
    """

    step: int
    function: str
    pair: Pair
    level: Interval
    direct: Interval
    paths: tuple[tuple[str, ...], ...]
    weakest: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A mission: its level, every connection in order, and the cells that nobody has assessed."""

    mission: Mission
    level: Interval
    connections: tuple[Connection, ...]
    unknown: tuple[tuple[str, Pair], ...]

    @property
    def weakest(self) -> tuple[Connection, ...]:
        """The weakest connections, all ties, and all that cannot be ruled out."""
        return tuple(one for one in self.connections if one.weakest)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Raising one function between one pair, and what the mission would then be.

    `weakest` is how many connections remain at the mission's lower end.
    """

    function: str
    pair: Pair
    before: Interval
    after: Interval
    mission: Interval
    weakest: int


def chain(mission: Mission, levels: Levels, parties: Sequence[str]) -> Chain:
    """The mission's level and its connections.

    `levels` may hold pairs of `parties` in their order; parties are at least two.
    """
    return chain_over(mission, links_of(mission, levels, parties), parties)


def links_of(mission: Mission, levels: Levels, parties: Sequence[str]) -> Links:
    """Every pair in each function of the mission; unknown levels as the whole interval."""
    found: dict[tuple[str, Pair], Interval] = {}
    for function in dict.fromkeys(step.function for step in mission.steps):
        for pair in pairs_of(parties):
            level = levels.get((function, pair))
            found[function, pair] = UNKNOWN if level is None else Interval(level, level)
    return found


def chain_over(mission: Mission, links: Links, parties: Sequence[str]) -> Chain:
    """The same, over intervals that the caller has chosen."""
    ends = {
        function: (_widest(function, links, parties, 0), _widest(function, links, parties, 1))
        for function in dict.fromkeys(step.function for step in mission.steps)
    }
    met = [
        (number, step.function, pair, Interval(*(end[pair] for end in ends[step.function])))
        for number, step in enumerate(mission.steps, 1)
        for pair in ((step.pair,) if step.pair else pairs_of(parties))
    ]
    level = Interval(min(one[3].low for one in met), min(one[3].high for one in met))
    connections = tuple(
        Connection(
            step=number,
            function=function,
            pair=pair,
            level=reached,
            direct=links[function, pair],
            paths=_shortest(function, pair, reached.low, links, parties),
            weakest=reached.low <= level.high,
        )
        for number, function, pair, reached in met
    )
    unknown = tuple(cell for cell, link in links.items() if not link.settled)
    return Chain(mission, level, connections, unknown)


def upgrades(
    mission: Mission, levels: Levels, parties: Sequence[str], to: Level | None = None
) -> tuple[Upgrade, ...]:
    """Every single upgrade: one function between one pair by one level, or up to `to`.

    An unknown level is raised whatever it is, so that at least its lower end rises.
    """
    links = links_of(mission, levels, parties)
    found = []
    for (function, pair), before in links.items():
        after = _raised(before, to)
        if after == before:
            continue
        then = chain_over(mission, {**links, (function, pair): after}, parties)
        lowest = sum(one.level.low == then.level.low for one in then.connections)
        found.append(Upgrade(function, pair, before, after, then.level, lowest))
    return tuple(found)


def best_upgrades(
    mission: Mission, levels: Levels, parties: Sequence[str], to: Level | None = None
) -> tuple[Upgrade, ...]:
    """The upgrades after which the mission's level is highest, all ties; none if none raises it.

    The lower end counts first, then the upper end, then that fewer connections remain lowest.
    """
    now = chain(mission, levels, parties).level
    helping = [one for one in upgrades(mission, levels, parties, to) if one.mission > now]
    if not helping:
        return ()
    best = max((one.mission, -one.weakest) for one in helping)
    return tuple(one for one in helping if (one.mission, -one.weakest) == best)


def _raised(link: Interval, to: Level | None) -> Interval:
    if to is None:
        return Interval(min(link.low + 1, HIGHEST), min(link.high + 1, HIGHEST))
    return Interval(max(link.low, to), max(link.high, to))


def _widest(function: str, links: Links, parties: Sequence[str], end: int) -> dict[Pair, int]:
    """The level of the best path between every pair, at one end of the intervals.

    Floyd and Warshall's closure with max and min in place of min and sum.
    """
    best = {}
    for first, second in pairs_of(parties):
        link = links[function, (first, second)]
        best[first, second] = best[second, first] = link.high if end else link.low
    for via in parties:
        for first in parties:
            for second in parties:
                if len({via, first, second}) == 3:
                    through = min(best[first, via], best[via, second])
                    best[first, second] = max(best[first, second], through)
    return {pair: best[pair] for pair in pairs_of(parties)}


def _shortest(
    function: str, pair: Pair, least: int, links: Links, parties: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """All paths with the fewest parties whose every pair has at least the level `least`."""
    start, goal = pair
    paths: tuple[tuple[str, ...], ...] = ((start,),)
    seen = {start}
    while not any(path[-1] == goal for path in paths):
        paths = tuple(
            (*path, party)
            for path in paths
            for party in parties
            if party not in seen and _low(function, path[-1], party, links, parties) >= least
        )
        seen |= {path[-1] for path in paths}
    return tuple(path for path in paths if path[-1] == goal)


def _low(function: str, first: str, second: str, links: Links, parties: Sequence[str]) -> int:
    in_order = parties.index(first) < parties.index(second)
    return links[function, (first, second) if in_order else (second, first)].low
