"""One aim after the other, each kept while the next is followed; then the earliest of all equals.

The earliest is found some editions at a time: their places among their days are read as one number
whose first figure is the first edition's, and that number is made as small as can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.exercises.constraints import Board
from architrave.desks.exercises.solver import Answer, Asker, cp_model

__all__ = ["Settled", "settle"]

LARGEST = 10**6
"""How large the number of several editions may become; larger ones are slow to prove."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The first day of each piece (None: the time ran out), and what is known of the last aim."""

    days: Mapping[str, int] | None
    bound: int
    proven: bool
    settled: bool


def settle(board: Board, aims: Sequence[cp_model.LinearExprT], asker: Asker) -> Settled | None:
    """Follow the aims in turn; None where it is proven that no days are possible at all."""
    best: Answer | None = None
    for aim in aims:
        board.model.minimize(aim)
        found = asker.ask(board.model, board.literals)
        if best is None and found.impossible:
            return None
        best = found if found.solved else best
        if not found.proven:
            days = _days(board, best) if best is not None else None
            return Settled(days, found.bound if aim is aims[-1] else 0, False, False)
        _hint(board, found)
        board.model.add(aim == found.value)
    if best is None:
        raise ValueError("there is no aim to follow")
    bound = best.bound
    best, settled = _earliest(board, best, asker)
    return Settled(_days(board, best), bound, True, settled)


def _earliest(board: Board, best: Answer, asker: Asker) -> tuple[Answer, bool]:
    """Of all days that are as good the earliest, and whether the time was enough to be sure."""
    pieces = [piece.id for piece in board.pieces]
    while pieces:
        taken: list[str] = []
        size = 1
        while pieces and size * len(board.starts[pieces[0]]) <= LARGEST:
            size *= len(board.starts[pieces[0]])
            taken.append(pieces.pop(0))
        if not taken:
            taken.append(pieces.pop(0))
        if not all(best.chosen[board.starts[one][0][1].index] for one in taken):
            board.model.minimize(_as_number(board, taken))
            found = asker.ask(board.model, board.literals)
            best = found if found.solved else best
            if not found.proven:
                return best, False
            _hint(board, best)
        for one in taken:
            board.model.add_bool_and(
                literal for _, literal in board.starts[one] if best.chosen[literal.index]
            )
    return best, True


def _as_number(board: Board, pieces: Sequence[str]) -> cp_model.LinearExprT:
    terms: list[cp_model.LinearExprT] = []
    size = 1
    for piece in reversed(pieces):
        starts = board.starts[piece]
        terms += [size * place * literal for place, (_, literal) in enumerate(starts) if place]
        size *= len(starts)
    return sum(terms)


def _hint(board: Board, found: Answer) -> None:
    board.model.clear_hints()  # type: ignore[no-untyped-call]
    for literal in board.literals:
        board.model.add_hint(literal, found.chosen[literal.index])


def _days(board: Board, found: Answer) -> dict[str, int]:
    return {
        piece: day
        for piece, starts in board.starts.items()
        for day, literal in starts
        if found.chosen[literal.index]
    }
