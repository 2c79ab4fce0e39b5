"""A cooperative game: what each coalition of a few players is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from architrave.desks.errors import BadInput

__all__ = [
    "MOST_PLAYERS",
    "Coalition",
    "Game",
    "coalitions",
    "gain_by_leaving",
    "game_of",
    "superadditive",
]

MOST_PLAYERS = 12
"""A game of n players has 2^n coalitions."""

Coalition = frozenset[str]


@dataclass(frozen=True, slots=True)
class Game:
    """Players in their order, and what each coalition is worth; the empty one is worth 0."""

    players: tuple[str, ...]
    worth: Mapping[Coalition, float]

    def of(self, players: Iterable[str]) -> float:
        """What some players are worth together."""
        return self.worth[frozenset(players)]

    @property
    def all(self) -> float:
        """What all players are worth together."""
        return self.of(self.players)

    @property
    def gain(self) -> float:
        """What all gain together beyond what each is worth alone."""
        return self.all - sum(self.of([one]) for one in self.players)


def coalitions(players: Iterable[str]) -> Iterator[Coalition]:
    """Every coalition, the empty one first, smaller before larger, in the order of players."""
    known = tuple(players)
    for size in range(len(known) + 1):
        for chosen in combinations(known, size):
            yield frozenset(chosen)


def game_of(players: Iterable[str], worth: Callable[[tuple[str, ...]], float]) -> Game:
    """Ask what each coalition but the empty one is worth; players come in their own order.

    BadInput for too many players, a player twice, or a worth that is not finite.
    """
    known = tuple(players)
    if not 1 <= len(known) <= MOST_PLAYERS or len(set(known)) < len(known):
        raise BadInput(f"a game has 1 to {MOST_PLAYERS} different players, not {len(known)}.")
    found: dict[Coalition, float] = {}
    for coalition in coalitions(known):
        told = tuple(one for one in known if one in coalition)
        found[coalition] = float(worth(told)) if told else 0.0
        if not math.isfinite(found[coalition]):
            raise BadInput(f"what {' + '.join(told)} are worth is not a finite number.")
    return Game(known, found)


def superadditive(game: Game, tolerance: float = 1e-9) -> tuple[Coalition, Coalition] | None:
    """Two coalitions that lose by joining, or None if none does."""
    for one in coalitions(game.players):
        for other in coalitions(player for player in game.players if player not in one):
            if game.of(one | other) < game.of(one) + game.of(other) - tolerance:
                return one, other
    return None


def gain_by_leaving(
    game: Game, shares: Mapping[str, float], tolerance: float = 1e-9
) -> tuple[Coalition, float] | None:
    """The coalition that would gain most by leaving, and how much; None if none would.

    None means that the shares lie in the core, provided that they add up to what all are worth.
    """
    worst = max(
        (one for one in coalitions(game.players) if one and one != frozenset(game.players)),
        key=lambda one: game.of(one) - sum(shares[player] for player in one),
        default=None,
    )
    if worst is None:
        return None
    gained = game.of(worst) - sum(shares[player] for player in worst)
    return (worst, gained) if gained > tolerance else None
