"""The same mission if every pair ran through one party: what that party gains and loses by it.

As hub, a party carries what two others send each other, and the links between those others are not
used. The comparison says what a mission rests on; no party is better or worse for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from architrave.desks.interoperability.chains import (
    LOWEST,
    Chain,
    Connection,
    Interval,
    Levels,
    chain,
    chain_over,
    links_of,
)
from architrave.desks.interoperability.model import Mission

__all__ = ["Hub", "hubs"]


@dataclass(frozen=True, slots=True)
class Hub:
    """A party as hub of a mission.

    `mission` is the level with its links alone, `with_all` that with every link. `carried` and
    `carried_with_all` count connections between two others that run through it: as hub, all of
    them; with every link, those of which each best short path does. `own` and `others` are the
    lowest level among its own connections and among those between two others, None without any.
    """

    party: str
    mission: Interval
    with_all: Interval
    carried: int
    carried_with_all: int
    own: Interval | None
    own_with_all: Interval | None
    others: Interval | None
    others_with_all: Interval | None


def hubs(mission: Mission, levels: Levels, parties: Sequence[str]) -> tuple[Hub, ...]:
    """Each party as hub in turn, in the charter's order, beside the mission with all links."""
    links = links_of(mission, levels, parties)
    every = chain(mission, levels, parties)
    found = []
    for party in parties:
        # A link that is not used is as none: the lowest level, and no interval.
        alone = {
            cell: link if party in cell[1] else Interval(LOWEST, LOWEST)
            for cell, link in links.items()
        }
        only = chain_over(mission, alone, parties)
        found.append(_hub(party, only, every))
    return tuple(found)


def _hub(party: str, only: Chain, every: Chain) -> Hub:
    return Hub(
        party=party,
        mission=only.level,
        with_all=every.level,
        carried=sum(party not in one.pair for one in only.connections),
        carried_with_all=sum(
            party not in one.pair and all(party in path for path in one.paths)
            for one in every.connections
        ),
        own=_lowest(one for one in only.connections if party in one.pair),
        own_with_all=_lowest(one for one in every.connections if party in one.pair),
        others=_lowest(one for one in only.connections if party not in one.pair),
        others_with_all=_lowest(one for one in every.connections if party not in one.pair),
    )


def _lowest(connections: Iterable[Connection]) -> Interval | None:
    levels = [one.level for one in connections]
    if not levels:
        return None
    return Interval(min(one.low for one in levels), min(one.high for one in levels))
