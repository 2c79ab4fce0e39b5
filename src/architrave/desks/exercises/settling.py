"""One aim after the other, each kept while the next is followed; then the earliest of all equals.

The earliest is found by a search that decides on the first edition's days in their order, then the
second's, and goes back on a decision only where it is proven that nothing follows from it. So the
first days that it reaches are the earliest there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.exercises.constraints import Board
from architrave.desks.exercises.solver import Answer, Asker, cp_model

__all__ = ["Settled", "settle"]


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
    """Of all days that are as good the earliest, and whether the time was enough to find them."""
    board.model.clear_objective()  # type: ignore[no-untyped-call]
    board.model.clear_hints()  # type: ignore[no-untyped-call]
    board.model.add_decision_strategy(
        board.literals, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE
    )
    found = asker.ask(board.model, board.literals, in_order=True)
    return (found, True) if found.solved else (best, False)


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
