"""One aim after the other, each kept while the next is followed; then the earliest of all equals.

The earliest is found by a search that decides on the first edition's days in their order, then the
second's. Presolving can disturb that order, so it is not taken on trust: days that come before the
ones found are asked for, until it is proven that there are none.
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
    while True:
        found = asker.ask(board.model, board.literals, in_order=True)
        if not found.solved:
            # None is earlier than the last one found: that is the proof.
            return best, found.impossible
        best = found
        _earlier_than(board, best)


def _earlier_than(board: Board, best: Answer) -> None:
    """Days that come before those found: the first piece that differs begins earlier."""
    model = board.model
    differs: list[cp_model.IntVar] = []
    before: cp_model.IntVar | None = None
    for piece in board.pieces:
        literals = [literal for _, literal in board.starts[piece.id]]
        place = next(n for n, literal in enumerate(literals) if best.chosen[literal.index])
        here, same = model.new_bool_var(""), model.new_bool_var("")
        model.add_bool_or(literals[:place]).only_enforce_if(here)
        model.add_implication(same, literals[place])
        if before is not None:
            model.add_implication(here, before)
            model.add_implication(same, before)
        before = same
        differs.append(here)
    model.add_bool_or(differs)


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
