"""What a plan pays, as CP-SAT sees it: blackouts overlapped, and domains crowded into a quarter.

Everything is paid in the year in which a piece begins. So the least that each year must cost, and
then each run of years that no period crosses, is found first, on a model of nothing else; the whole
model is told, and has little left to prove.
"""

from __future__ import annotations

from datetime import date

from architrave.desks.exercises.candidates import Table, points_on
from architrave.desks.exercises.constraints import Board, board_of
from architrave.desks.exercises.solver import Answer, Asker, cp_model

__all__ = ["cost_of"]

SHARE = 0.1
"""What part of the time that is left may go into the least cost of one run of years."""


def cost_of(board: Board, asker: Asker | None = None) -> cp_model.LinearExprT:
    """The cost of a whole plan; given an asker, the least cost of each year is found first."""
    table = board.table
    least: dict[range, int] = {}
    best: dict[str, int] = {}
    if asker is None:
        return _cost_known(board, least)
    for run in _runs(table):
        part = board_of(table, years=run)
        if part is not None and len(part.pieces) > 1:
            part.model.minimize(_cost_known(part, least))
            found = asker.ask(part.model, part.literals, SHARE if len(run) == 1 else 2 * SHARE)
            least[run] = found.bound
            best.update(_days(part, found))
    for piece, day in best.items():
        for other, literal in board.starts[piece]:
            board.model.add_hint(literal, other == day)
    return _cost_known(board, least)


def _days(board: Board, found: Answer) -> dict[str, int]:
    """Where a run of years has its best: the search in the whole begins there."""
    return {
        piece: day
        for piece, starts in board.starts.items()
        for day, literal in starts
        if found.solved and piece not in board.optional and found.chosen[literal.index]
    }


def _runs(table: Table) -> list[range]:
    """Each year, and then each longest run of years that no piece's days lead out of."""
    horizon = table.programme.horizon
    years = range(horizon.year, horizon.year + horizon.years)
    tied: set[int] = set()
    for piece in table.pieces:
        days = table.open_days(piece)
        first, last = date.fromordinal(days[0]).year, date.fromordinal(days[-1]).year
        tied.update(range(first, last))
    runs: list[range] = []
    start = years.start
    for year in years:
        if year not in tied:
            runs.append(range(start, year + 1))
            start = year + 1
    longer = [run for run in runs if 1 < len(run) < len(years)]
    return [range(year, year + 1) for year in years] + longer


def _cost_known(board: Board, least: dict[range, int]) -> cp_model.LinearExprT:
    """The sum of the years' costs, each a variable of its own, none below what is known."""
    costs: dict[int, cp_model.IntVar] = {}
    for year, terms in _cost_by_year(board).items():
        lowest = max(0, least.get(range(year, year + 1), 0))
        costs[year] = board.model.new_int_var(lowest, max(lowest, MOST), f"cost of {year}")
        board.model.add(costs[year] == sum(terms))
    for run, lowest in least.items():
        known = [costs[year] for year in run if year in costs]
        if len(run) > 1 and known:
            board.model.add(sum(known) >= lowest)
    return sum(costs.values())


MOST = 10**9
"""Above what any year costs."""


def _cost_by_year(board: Board) -> dict[int, list[cp_model.LinearExprT]]:
    terms: dict[int, list[cp_model.LinearExprT]] = {}
    for paid in (blackout_points(board), spread_points(board)):
        for year, more in paid.items():
            terms.setdefault(year, []).extend(more)
    return dict(sorted(terms.items()))


def blackout_points(board: Board) -> dict[int, list[cp_model.LinearExprT]]:
    """Each day on which an exercise overlaps a blackout costs the blackout's weight."""
    found: dict[int, list[cp_model.LinearExprT]] = {}
    for piece in board.pieces:
        for day, literal in board.starts[piece.id]:
            paid = sum(points for _, _, points in points_on(board.table.programme, piece, day))
            if paid:
                found.setdefault(date.fromordinal(day).year, []).append(paid * literal)
    return found


def spread_points(board: Board) -> dict[int, list[cp_model.LinearExprT]]:
    """Each edition that a domain has in a quarter above a fourth of its year, rounded up, costs."""
    weight = board.table.programme.weights.spread
    quarters: dict[tuple[int, str], list[list[cp_model.IntVar]]] = {}
    for piece in board.pieces:
        for domain in () if piece.part else piece.series.domains:
            for day, literal in board.starts[piece.id]:
                begun = date.fromordinal(day)
                found = quarters.setdefault((begun.year, domain), [[], [], [], []])
                found[(begun.month - 1) // 3].append(literal)
    terms: dict[int, list[cp_model.LinearExprT]] = {}
    if weight:
        for (year, _), of_year in quarters.items():
            above = _above_even_share(board, of_year)
            terms.setdefault(year, []).extend(weight * excess for excess in above)
    return terms


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
