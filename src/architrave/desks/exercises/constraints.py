"""The hard rules between pieces, as CP-SAT sees them: one function for each, named for its rule.

A `Board` has one Boolean for each piece and each day on which it may begin. What bars a single day
is left out before (`candidates`), so the days' lengths stay exact whatever the grid. "At most one
at a time" is written once for each largest set of beginnings that would be under way together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from architrave.desks.exercises.candidates import Piece, Table, Use
from architrave.desks.exercises.rules import (
    area_key,
    force_key,
    gap_key,
    pairs_of_areas,
    precedence_key,
    shares_key,
    tempo_key,
)
from architrave.desks.exercises.solver import cp_model

__all__ = ["Board", "board_of", "days_in_year"]


@dataclass(slots=True)
class Board:
    """A model, and for each piece by id its days in order with their literals.

    `optional` are pieces that could also begin in a year that is not looked at.
    """

    table: Table
    pieces: tuple[Piece, ...]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    starts: dict[str, list[tuple[int, cp_model.IntVar]]] = field(default_factory=dict)
    begun: dict[str, list[cp_model.IntVar]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)

    @property
    def literals(self) -> list[cp_model.IntVar]:
        """Every beginning that there could be."""
        return [literal for starts in self.starts.values() for _, literal in starts]


@dataclass(frozen=True, slots=True)
class _Span:
    """Days that a beginning would take, both inclusive."""

    first: int
    last: int
    literal: cp_model.IntVar


def board_of(
    table: Table, kept: frozenset[str] | None = None, years: range | None = None
) -> Board | None:
    """The model under the rules `kept` (all, if not given); None where a piece has no day left.

    With `years` only what begins in them is looked at: whatever is impossible, or costs something,
    there is so in the whole as well.
    """
    board = Board(table, ())
    stands: Callable[[str], bool] = (lambda key: True) if kept is None else kept.__contains__
    for piece in table.pieces:
        if not stands(piece.rule):
            continue
        days = table.open_days(piece, kept)
        if not days:
            return None
        within = [day for day in days if years is None or date.fromordinal(day).year in years]
        if within:
            board.pieces = (*board.pieces, piece)
            each_piece_begins_once(board, piece, within, len(within) < len(days))
    for force in table.programme.forces.values():
        if stands(force_key(force.id)):
            a_force_is_in_one_exercise_at_a_time(board, force.id, force.rest_days, stands)
        a_force_keeps_its_tempo(board, force.id, force.days_a_year, stands)
    for area in table.programme.areas:
        if stands(area_key(area)):
            an_area_has_one_exercise_at_a_time(board, area, stands)
    for one, other in pairs_of_areas(table.programme):
        if stands(shares_key(one, other)):
            areas_that_overlap_are_not_used_together(board, one, other, stands)
    for series in table.programme.series:
        if stands(gap_key(series)):
            editions_follow_one_another(board, series)
    for index, precedence in enumerate(table.programme.precedences):
        if stands(precedence_key(index)):
            one_edition_comes_before_another(
                board, precedence.before, precedence.after, precedence.gap_days
            )
    return board


def each_piece_begins_once(
    board: Board, piece: Piece, days: Sequence[int], optional: bool = False
) -> None:
    """Each piece begins on exactly one of its days; an optional one on none or one."""
    starts = [(day, board.model.new_bool_var(f"{piece.id}@{day}")) for day in days]
    board.starts[piece.id] = starts
    if optional:
        board.optional.add(piece.id)
        board.model.add_at_most_one(literal for _, literal in starts)
    else:
        board.model.add_exactly_one(literal for _, literal in starts)


def a_force_is_in_one_exercise_at_a_time(
    board: Board, force: str, rest_days: int, stands: Callable[[str], bool]
) -> None:
    """A force is in one exercise at a time, and rests before the next."""
    spans = _spans(board, lambda piece: piece.forces, force, stands, rest_days)
    for clique in _together(spans):
        board.model.add_at_most_one(clique)


def an_area_has_one_exercise_at_a_time(
    board: Board, area: str, stands: Callable[[str], bool]
) -> None:
    """In an area one exercise acts at a time."""
    for clique in _together(_spans(board, lambda piece: piece.areas, area, stands)):
        board.model.add_at_most_one(clique)


def areas_that_overlap_are_not_used_together(
    board: Board, one: str, other: str, stands: Callable[[str], bool]
) -> None:
    """Of two areas that overlap one at most is in use on a day, but by one and the same piece."""
    spans = [_spans(board, lambda piece: piece.areas, area, stands) for area in (one, other)]
    if stands(area_key(one)) and stands(area_key(other)):
        for clique in _together([*spans[0], *spans[1]]):
            board.model.add_at_most_one(clique)
        return
    for day in sorted({span.first for span in (*spans[0], *spans[1])}):
        mine, theirs = (
            {span.literal.index: span.literal for span in side if span.first <= day <= span.last}
            for side in spans
        )
        _either(board, mine, theirs)


def _either(
    board: Board, mine: dict[int, cp_model.IntVar], theirs: dict[int, cp_model.IntVar]
) -> None:
    """Beginnings of two sides exclude one another; one that is on both sides excludes the rest."""
    if not mine or not theirs:
        return
    mine_in_use = board.model.new_bool_var("")
    for index, literal in mine.items():
        if index not in theirs:
            board.model.add_implication(literal, mine_in_use)
    for index, literal in theirs.items():
        if index not in mine:
            board.model.add_implication(literal, ~mine_in_use)
    both = [literal for index, literal in mine.items() if index in theirs]
    rest = [one for index, one in {**mine, **theirs}.items() if index not in mine.keys() & theirs]
    for literal in both:
        for another in rest:
            board.model.add_at_most_one((literal, another))
    board.model.add_at_most_one(both)


def a_force_keeps_its_tempo(
    board: Board, force: str, days_a_year: int, stands: Callable[[str], bool]
) -> None:
    """In no calendar year does a force exercise on more days than its tempo allows."""
    horizon = board.table.programme.horizon
    for year in range(horizon.year, horizon.year + horizon.years):
        if not stands(tempo_key(force, year)):
            continue
        terms: list[cp_model.LinearExprT] = []
        most = 0
        for piece in board.pieces:
            uses = [use for use in piece.forces if use.of == force and stands(use.rule)]
            counts = [
                (days_in_year(uses, day, year), literal) for day, literal in board.starts[piece.id]
            ]
            terms += [count * literal for count, literal in counts if count]
            most += max(count for count, _ in counts)
        if most > days_a_year:
            board.model.add(sum(terms) <= days_a_year)


def days_in_year(uses: Sequence[Use], day: int, year: int) -> int:
    """On how many days of a year a piece that begins on `day` takes what it uses."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    taken: set[int] = set()
    for use in uses:
        start = day + use.offset
        taken.update(range(max(first, start), min(last, start + use.days - 1) + 1))
    return len(taken)


def editions_follow_one_another(board: Board, series: str) -> None:
    """The editions of a series keep their order, with its days between one and the next."""
    mine = [one for one in board.pieces if one.series.id == series and not one.part]
    for one, following in pairwise(mine):
        distance = one.days + one.series.gap_days
        _begins_after(board, one, following, distance)


def one_edition_comes_before_another(board: Board, before: str, after: str, gap_days: int) -> None:
    """An edition starts so many days after the end of another: a lesson is retested there."""
    pieces = {one.id: one for one in board.pieces}
    if before in pieces and after in pieces:
        one = pieces[before]
        _begins_after(board, one, pieces[after], one.days - 1 + gap_days)


def _begins_after(board: Board, one: Piece, following: Piece, distance: int) -> None:
    """Whoever begins by a day implies that the other has begun `distance` days before."""
    if one.id in board.optional or following.id in board.optional:
        return
    theirs = [day for day, _ in board.starts[one.id]]
    begun = _begun(board, one.id)
    for (day, literal), by_then in zip(
        board.starts[following.id], _begun(board, following.id), strict=True
    ):
        early_enough = sum(1 for start in theirs if start + distance <= day)
        if early_enough == 0:
            board.model.add(literal == 0)
        elif early_enough < len(theirs):
            board.model.add_implication(by_then, begun[early_enough - 1])


def _begun(board: Board, piece: str) -> list[cp_model.IntVar]:
    """For each day of a piece, whether it has begun by then."""
    if piece not in board.begun:
        found: list[cp_model.IntVar] = []
        for day, literal in board.starts[piece]:
            by_then = board.model.new_bool_var(f"{piece}<={day}")
            board.model.add(by_then == literal + (found[-1] if found else 0))
            found.append(by_then)
        board.begun[piece] = found
    return board.begun[piece]


def _spans(
    board: Board,
    uses: Callable[[Piece], Iterable[Use]],
    of: str,
    stands: Callable[[str], bool],
    longer: int = 0,
) -> list[_Span]:
    return [
        _Span(day + use.offset, day + use.offset + use.days - 1 + longer, literal)
        for piece in board.pieces
        for use in uses(piece)
        if use.of == of and stands(use.rule)
        for day, literal in board.starts[piece.id]
    ]


def _together(spans: Iterable[_Span]) -> Iterator[list[cp_model.IntVar]]:
    """The largest sets of beginnings that would be under way on one day, two or more in each."""
    under_way: list[_Span] = []
    grown = False
    for span in sorted(spans, key=lambda span: span.first):
        staying = [one for one in under_way if one.last >= span.first]
        if grown and len(staying) < len(under_way):
            yield from _as_clique(under_way)
        grown = True
        under_way = [*staying, span]
    if grown:
        yield from _as_clique(under_way)


def _as_clique(spans: Sequence[_Span]) -> Iterator[list[cp_model.IntVar]]:
    literals = {span.literal.index: span.literal for span in spans}
    if len(literals) > 1:
        yield list(literals.values())
