"""Schmeidler's nucleolus: the shares with which the least content coalition fares best.

Of all shares that leave nobody below what they have alone, those that make the largest complaint
smallest; of those, the next largest; and so on (Schmeidler 1969). A complaint is what a coalition
is worth beyond what its members are given. Found by linear programmes one after the other, each
fixing the coalitions whose complaint cannot fall (Maschler, Peleg and Shapley 1979).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from architrave.desks.errors import BadInput
from architrave.desks.shares.game import Coalition, Game, coalitions

__all__ = ["nucleolus"]

_TIGHT = 1e-7


@dataclass
class _Rows:
    """Equations that hold, and coalitions whose complaint may still fall."""

    fixed: list[tuple[list[float], float]] = field(default_factory=list)
    loose: list[Coalition] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return int(np.linalg.matrix_rank(np.array([row for row, _ in self.fixed])))


def nucleolus(game: Game) -> dict[str, float]:
    """The nucleolus of a game.

    BadInput where the players are worth less together than alone, so that no shares leave nobody
    below what they have.
    """
    players, everyone = game.players, frozenset(game.players)
    scale = max(1.0, max(abs(worth) for worth in game.worth.values()))
    if game.gain < -_TIGHT * scale:
        raise BadInput("all together are worth less than each alone, so nothing can be shared.")
    rows = _Rows([([1.0] * len(players), game.all / scale)])
    rows.loose = [one for one in coalitions(players) if one and one != everyone]
    shares = np.array([game.of([player]) / scale for player in players])
    shares += game.gain / scale / len(players)
    while rows.loose and rows.rank < len(players):
        shares = _next(game, scale, rows)
    return {player: float(share) * scale for player, share in zip(players, shares, strict=True)}


def _next(game: Game, scale: float, rows: _Rows) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Make the largest loose complaint smallest, and fix those that cannot fall further."""
    bounds = [(game.of([player]) / scale, None) for player in game.players]
    upper = [[-value for value in _member(game, one)] for one in rows.loose]
    worth = [-game.of(one) / scale for one in rows.loose]
    solved = linprog(
        [0.0] * len(game.players) + [1.0],
        A_ub=[[*row, -1.0] for row in upper],
        b_ub=worth,
        A_eq=[[*row, 0.0] for row, _ in rows.fixed],
        b_eq=[value for _, value in rows.fixed],
        bounds=[*bounds, (None, None)],
        method="highs",
    )
    if not solved.success:
        raise BadInput(f"the shares cannot be found: {solved.message}")
    complaint = float(solved.x[-1])
    # A coalition with a price on its row is tight in every best solution.
    tight = [
        one
        for one, price in zip(rows.loose, solved.ineqlin.marginals, strict=True)
        if abs(price) > _TIGHT
    ]
    for one in tight:
        rows.fixed.append((_member(game, one), game.of(one) / scale - complaint))
    rows.loose = [one for one in rows.loose if one not in tight]
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = np.asarray(solved.x[:-1])
    return found


def _member(game: Game, coalition: Coalition) -> list[float]:
    return [1.0 if player in coalition else 0.0 for player in game.players]
