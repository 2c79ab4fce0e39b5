"""Shapley's value, and Myerson's for players who can only work together where they are linked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from math import factorial

from architrave.desks.errors import BadInput
from architrave.desks.shares.game import Coalition, Game, coalitions, game_of

__all__ = ["myerson", "restricted", "shapley"]


def shapley(game: Game) -> dict[str, float]:
    """What each player adds, on average over all orders of joining (Shapley 1953)."""
    count = len(game.players)
    weight = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    found: dict[str, float] = {}
    for player in game.players:
        others = [one for one in game.players if one != player]
        added = (
            weight[len(one)] * (game.of(one | {player}) - game.of(one))
            for one in coalitions(others)
        )
        found[player] = sum(added) / factorial(count)
    return found


def myerson(game: Game, links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Shapley's value of the game in which only linked players join (Myerson 1977).

    A hub without whom nobody is linked takes what its place in the middle is worth. BadInput for a
    link that names no player, or one player twice.
    """
    return shapley(restricted(game, links))


def restricted(game: Game, links: Iterable[tuple[str, str]]) -> Game:
    """The game in which a coalition is worth what its linked parts are worth apart."""
    known = tuple(links)
    for pair in known:
        for player in pair:
            if player not in game.players:
                raise BadInput(f"the link {' - '.join(pair)} names no player {player!r}.")
        if pair[0] == pair[1]:
            raise BadInput(f"the link {' - '.join(pair)} leads nowhere.")

    def worth(players: tuple[str, ...]) -> float:
        return sum(game.of(part) for part in _parts(frozenset(players), known))

    return game_of(game.players, worth)


def _parts(players: Coalition, links: tuple[tuple[str, str], ...]) -> list[Coalition]:
    """The parts of a coalition that hang together by its links."""
    parts = [frozenset([one]) for one in sorted(players)]
    for pair in links:
        if players.issuperset(pair):
            joined = [part for part in parts if part.intersection(pair)]
            parts = [part for part in parts if not part.intersection(pair)]
            parts.append(frozenset(chain.from_iterable(joined)))
    return parts
