"""What a plan pays, as CP-SAT sees it: blackouts overlapped, and domains crowded into a quarter."""

from __future__ import annotations

from datetime import date

from architrave.desks.exercises.candidates import points_on
from architrave.desks.exercises.constraints import Board
from architrave.desks.exercises.solver import cp_model

__all__ = ["blackout_points", "spread_points"]


def blackout_points(board: Board) -> list[cp_model.LinearExprT]:
    """Each day on which an exercise overlaps a blackout costs the blackout's weight."""
    return [
        paid * literal
        for piece in board.pieces
        for day, literal in board.starts[piece.id]
        if (paid := sum(points for _, _, points in points_on(board.table.programme, piece, day)))
    ]


def spread_points(board: Board) -> list[cp_model.LinearExprT]:
    """Each edition that a domain has in a quarter above a fourth of its year, rounded up, costs."""
    weight = board.table.programme.weights.spread
    if not weight:
        return []
    quarters: dict[tuple[str, int], list[list[cp_model.IntVar]]] = {}
    for piece in board.pieces:
        if piece.part:
            continue
        for domain in piece.series.domains:
            for day, literal in board.starts[piece.id]:
                begun = date.fromordinal(day)
                found = quarters.setdefault((domain, begun.year), [[], [], [], []])
                found[(begun.month - 1) // 3].append(literal)
    return [
        weight * excess
        for of_year in quarters.values()
        for excess in _above_even_share(board, of_year)
    ]


def _above_even_share(board: Board, quarters: list[list[cp_model.IntVar]]) -> list[cp_model.IntVar]:
    """The even share may differ from plan to plan where a period is longer than a year."""
    model = board.model
    most = sum(len(literals) for literals in quarters)
    even = model.new_int_var(0, (most + 3) // 4, "")
    model.add(4 * even <= sum(one for literals in quarters for one in literals) + 3)
    excesses: list[cp_model.IntVar] = []
    for literals in quarters:
        if literals:
            excess = model.new_int_var(0, len(literals), "")
            model.add(excess >= sum(literals) - even)
            excesses.append(excess)
    return excesses
