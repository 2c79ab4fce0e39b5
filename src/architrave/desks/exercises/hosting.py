"""Who hosts and who commands: as even as the lists allow, and apart from the dates.

No rule ties a host to a day, so the two questions are answered one after the other, exactly. Loads
are evened out along chains (an edition passes from A to B, another from B to C) until no chain
leads from a party to one that has two fewer; then no other choice has a smaller difference between
the most and the least burdened party. Plain Python, no solver, the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["burden", "evenly"]


def burden(parties: Sequence[str], chosen: Sequence[str], allowed: Sequence[Sequence[str]]) -> int:
    """Editions between the most and the least burdened of those parties that are on any list."""
    counted = [party for party in parties if any(party in one for one in allowed)]
    loads = [sum(1 for one in chosen if one == party) for party in counted]
    return max(loads, default=0) - min(loads, default=0)


def evenly(parties: Sequence[str], allowed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """For each edition in turn one of its parties, or "" where nobody is on its list.

    The first draft gives each to whoever has had the fewest so far, and among those to the one
    whose last turn is longest ago; `parties` decides what is left.
    """
    chosen: list[str] = []
    for names in allowed:
        ranked = sorted(
            (party for party in parties if party in names),
            key=lambda party: (chosen.count(party), _last_turn(chosen, party)),
        )
        chosen.append(ranked[0] if ranked else "")
    while (chain := _chain(parties, chosen, allowed)) is not None:
        for number, party in chain.items():
            chosen[number] = party
    return tuple(chosen)


def _last_turn(chosen: Sequence[str], party: str) -> int:
    return max((number for number, one in enumerate(chosen) if one == party), default=-1)


def _chain(
    parties: Sequence[str], chosen: Sequence[str], allowed: Sequence[Sequence[str]]
) -> Mapping[int, str] | None:
    """Changes that take one edition from a party and give one to another with two fewer."""
    loads = {party: chosen.count(party) for party in parties}
    for giver in sorted(parties, key=lambda party: -loads[party]):
        reached: dict[str, tuple[str, int]] = {}
        frontier = [giver]
        while frontier:
            party = frontier.pop(0)
            if loads[party] <= loads[giver] - 2:
                return _changes(giver, party, reached)
            # Later editions change first, so that the early ones of a plan stay as they were.
            for number in range(len(chosen) - 1, -1, -1):
                if chosen[number] != party:
                    continue
                for other in parties:
                    if other in allowed[number] and other != giver and other not in reached:
                        reached[other] = (party, number)
                        frontier.append(other)
    return None


def _changes(giver: str, taker: str, reached: Mapping[str, tuple[str, int]]) -> Mapping[int, str]:
    changes: dict[int, str] = {}
    while taker != giver:
        previous, number = reached[taker]
        changes[number] = taker
        taker = previous
    return changes
