"""A part is postponed: the plan that moves as little else as can be.

In this order: the fewest other editions moved, the fewest days moved in sum, the lowest cost, and
the earliest of what is left. Hosts and commands stay as they are. What has begun by the day of the
decision stays, and what moves has its lead time again. A part that is postponed alone becomes a
piece of its own, with its area and forces, and its edition stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.errors import BadInput
from architrave.desks.exercises.candidates import Table, table_of
from architrave.desks.exercises.conflicts import Infeasible, conflict
from architrave.desks.exercises.constraints import Board, board_of
from architrave.desks.exercises.costs import cost_of
from architrave.desks.exercises.editions import promised
from architrave.desks.exercises.model import Placed, Plan, Postponed, Programme
from architrave.desks.exercises.planning import Undecided, as_plan
from architrave.desks.exercises.settling import settle
from architrave.desks.exercises.solver import Asker, cp_model

__all__ = ["Move", "Replanned", "replan", "stood_on"]


@dataclass(frozen=True, slots=True)
class Move:
    """A piece that moves; with the postponement if it was itself put off, else to make room."""

    edition: str
    part: str
    before: date
    after: date
    postponed: Postponed | None = None

    @property
    def days(self) -> int:
        """How far, forward or back."""
        return abs((self.after - self.before).days)


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new plan and what moved, by the new first day.

    `least`: it is proven that no fewer other editions, and then no fewer days, have to move.
    """

    plan: Plan
    moves: tuple[Move, ...]
    postponed: tuple[Postponed, ...]
    least: bool

    @property
    def others(self) -> tuple[Move, ...]:
        """What moved without having been postponed itself."""
        return tuple(move for move in self.moves if move.postponed is None)


def replan(
    programme: Programme,
    plan: Plan,
    postponed: Sequence[Postponed],
    seconds: float = 30.0,
    workers: int = 1,
    step_days: int = 7,
    conflict_seconds: float = 30.0,
) -> Replanned | Infeasible | Undecided:
    """Plan again around what was postponed; the days are those of `plan`, and where things stand.

    `plan` need not keep the rules of `programme` (they may have changed): then what must move to
    keep them moves too. Postponements of earlier days that still hold are given again.

    Raises BadInput where a postponement names nothing that is planned, or `plan` lacks an edition.
    """
    _known(programme, plan, postponed)
    table = table_of(programme, step_days, plan, postponed)
    board = board_of(table)
    if board is None:
        return conflict(table, conflict_seconds, workers)
    stood = {
        piece.id: stood_on(programme, plan, piece.edition.id, piece.part).toordinal()
        for piece in table.pieces
    }
    asker = Asker(seconds, workers)
    cost = cost_of(board)
    aims = (_others_moved(board, stood, postponed), _days_moved(board, stood), cost)
    found = settle(board, aims, asker)
    if found is None:
        return conflict(table, conflict_seconds, workers)
    if found.days is None:
        return Undecided()
    editions = {one.edition: one for one in plan.placed if not one.part}
    made = as_plan(
        table,
        found.days,
        found,
        {name: one.host for name, one in editions.items()},
        {name: one.command for name, one in editions.items()},
    )
    moves = _moves(table, stood, made.placed, postponed)
    return Replanned(made, moves, tuple(postponed), found.proven)


def _known(programme: Programme, plan: Plan, postponed: Sequence[Postponed]) -> None:
    series_of = {edition.id: edition.series for edition in promised(programme)}
    for missing in sorted(series_of.keys() - {one.edition for one in plan.placed if not one.part}):
        raise BadInput(f"The plan lacks {missing}, so it is no plan of this programme.")
    for one in postponed:
        part = programme.parts.get(one.part)
        where = f"{one.place}: " if one.place.file else ""
        if one.edition not in series_of:
            raise BadInput(f"{where}there is no edition {one.edition!r} to postpone.")
        if one.part and (part is None or part.series != series_of[one.edition]):
            raise BadInput(f"{where}{one.edition} has no part {one.part!r} to postpone.")


def stood_on(programme: Programme, plan: Plan, edition: str, part: str) -> date:
    """The first day of a piece in a plan; a part that is not alone there begins in its edition."""
    places = {(one.edition, one.part): one.first for one in plan.placed}
    if (edition, part) in places:
        return places[edition, part]
    whole = places[edition, ""]
    return date.fromordinal(whole.toordinal() + programme.parts[part].offset)


def _others_moved(
    board: Board, stood: dict[str, int], postponed: Sequence[Postponed]
) -> cp_model.LinearExprT:
    """How many pieces, that were not postponed themselves, begin on another day than before."""
    mine = {(one.edition, one.part) for one in postponed}
    return sum(
        literal
        for piece in board.pieces
        if (piece.edition.id, piece.part) not in mine
        for day, literal in board.starts[piece.id]
        if day != stood[piece.id]
    )


def _days_moved(board: Board, stood: dict[str, int]) -> cp_model.LinearExprT:
    """By how many days all pieces together are moved."""
    return sum(
        abs(day - stood[piece.id]) * literal
        for piece in board.pieces
        for day, literal in board.starts[piece.id]
        if day != stood[piece.id]
    )


def _moves(
    table: Table,
    stood: dict[str, int],
    placed: Sequence[Placed],
    postponed: Sequence[Postponed],
) -> tuple[Move, ...]:
    ids = {(piece.edition.id, piece.part): piece.id for piece in table.pieces}
    reasons = {(one.edition, one.part): one for one in postponed}
    return tuple(
        Move(
            one.edition,
            one.part,
            date.fromordinal(stood[ids[one.edition, one.part]]),
            one.first,
            reasons.get((one.edition, one.part)),
        )
        for one in placed
        if one.first.toordinal() != stood[ids[one.edition, one.part]]
    )
