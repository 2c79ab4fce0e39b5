"""Exercises: planning an invented programme of five years, to proof; and planning it again.

The yardstick is CP-SAT on the bare model, as a textbook would write it: an interval for each
edition, no overlap for each force and area, tables for what a first day costs, hosts and commands
with the rest; two workers, the same days, the same costs. It has 30 seconds; where it has proven
nothing by then, its 30 seconds stand, so the ratio says at most how much quicker the desk is.
The plan is asserted to pass the independent checker, to be proven or within 1 %, and to cost
no more than the yardstick's and no less than its bound. Rows:

exercises.plan           seconds from the programme to its plan, the earliest of the cheapest
exercises.plan.proof     the same seconds against the reach of 30
exercises.plan.replan    seconds to plan again, an edition of the second year being postponed
exercises.plan.conflict  seconds to the smallest conflict, a force being away for a year
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from ortools.sat.python import cp_model

from architrave.desks.exercises.candidates import Piece, Table, points_on, table_of
from architrave.desks.exercises.checking import faults
from architrave.desks.exercises.conflicts import HowSmall
from architrave.desks.exercises.constraints import days_in_year
from architrave.desks.exercises.model import Away, Plan, Postponed, Programme
from architrave.desks.exercises.planning import Infeasible, plan
from architrave.desks.exercises.replanning import Replanned, replan
from bench import Figure, main, seconds, versions
from bench.exercise_programmes import invented

SIZE = 65
LIMIT = 30.0
Found = TypeVar("Found")


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of one run, and what it found; planning is the same run each time."""
    kept: list[Found] = []
    taken = seconds(lambda: kept.append(work()))
    return taken, kept[0]


def bare_cost(table: Table) -> tuple[float, float]:
    """Value and bound of the bare model."""
    model = cp_model.CpModel()
    starts = {piece.id: _start(model, table, piece) for piece in table.pieces}
    _no_overlaps(model, table, starts)
    _orders(model, table, starts)
    _tempos(model, table, starts)
    paid = [_blackouts(model, table, piece, starts[piece.id]) for piece in table.pieces]
    model.minimize(sum(paid) + _crowded(model, table, starts) + _burdens(model, table))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = LIMIT
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return float("inf"), solver.best_objective_bound
    return solver.objective_value, solver.best_objective_bound


def _start(model: cp_model.CpModel, table: Table, piece: Piece) -> cp_model.IntVar:
    domain = cp_model.Domain.from_values(table.open_days(piece))
    return model.new_int_var_from_domain(domain, piece.id)


Starts = dict[str, cp_model.IntVar]


def _no_overlaps(model: cp_model.CpModel, table: Table, starts: Starts) -> None:
    programme = table.programme
    for force in programme.forces.values():
        model.add_no_overlap(
            model.new_fixed_size_interval_var(
                starts[piece.id] + use.offset, use.days + force.rest_days, ""
            )
            for piece in table.pieces
            for use in piece.forces
            if use.of == force.id
        )
    groups = [(area,) for area in programme.areas]
    groups += [(one.id, other) for one in programme.areas.values() for other in one.shares]
    for group in groups:
        model.add_no_overlap(
            model.new_fixed_size_interval_var(starts[piece.id] + use.offset, use.days, "")
            for piece in table.pieces
            for use in piece.areas
            if use.of in group
        )


def _orders(model: cp_model.CpModel, table: Table, starts: Starts) -> None:
    last: dict[str, Piece] = {}
    for piece in table.pieces:
        before = last.get(piece.series.id)
        if before is not None:
            model.add(starts[piece.id] >= starts[before.id] + piece.days + piece.series.gap_days)
        last[piece.series.id] = piece
    lengths = {piece.id: piece.days for piece in table.pieces}
    for one in table.programme.precedences:
        end = starts[one.before] + lengths[one.before] - 1
        model.add(starts[one.after] >= end + one.gap_days)


def _table(
    model: cp_model.CpModel, start: cp_model.IntVar, values: dict[int, int]
) -> cp_model.IntVar:
    """A variable that follows a first day."""
    follows = model.new_int_var(min(values.values()), max(values.values()), "")
    model.add_allowed_assignments([start, follows], list(values.items()))
    return follows


def _tempos(model: cp_model.CpModel, table: Table, starts: Starts) -> None:
    horizon = table.programme.horizon
    for force in table.programme.forces.values():
        for year in range(horizon.year, horizon.year + horizon.years):
            days = []
            for piece in table.pieces:
                uses = [use for use in piece.forces if use.of == force.id]
                values = {day: days_in_year(uses, day, year) for day in table.open_days(piece)}
                if any(values.values()):
                    days.append(_table(model, starts[piece.id], values))
            model.add(sum(days) <= force.days_a_year)


def _blackouts(
    model: cp_model.CpModel, table: Table, piece: Piece, start: cp_model.IntVar
) -> cp_model.IntVar:
    values = {
        day: sum(points for _, _, points in points_on(table.programme, piece, day))
        for day in table.open_days(piece)
    }
    return _table(model, start, values)


def _crowded(model: cp_model.CpModel, table: Table, starts: Starts) -> cp_model.LinearExprT:
    horizon = table.programme.horizon
    excesses = []
    for domain in sorted({one for piece in table.pieces for one in piece.series.domains}):
        mine = [piece for piece in table.pieces if domain in piece.series.domains]
        for year in range(horizon.year, horizon.year + horizon.years):
            counts = []
            for quarter in range(4):
                inside = [
                    _table(
                        model,
                        starts[piece.id],
                        {
                            day: int(_quarter(day) == (year, quarter))
                            for day in table.open_days(piece)
                        },
                    )
                    for piece in mine
                ]
                counts.append(sum(inside))
            even = model.new_int_var(0, len(mine), "")
            model.add(4 * even <= sum(counts) + 3)
            for count in counts:
                excess = model.new_int_var(0, len(mine), "")
                model.add(excess >= count - even)
                excesses.append(excess)
    return table.programme.weights.spread * sum(excesses)


def _quarter(day: int) -> tuple[int, int]:
    found = date.fromordinal(day)
    return found.year, (found.month - 1) // 3


def _burdens(model: cp_model.CpModel, table: Table) -> cp_model.LinearExprT:
    weights = table.programme.weights
    found: cp_model.LinearExprT = 0
    for weight, lists in (
        (weights.host, [piece.series.hosts for piece in table.pieces]),
        (weights.command, [piece.series.commands for piece in table.pieces]),
    ):
        loads: dict[str, list[cp_model.IntVar]] = {}
        for names in lists:
            chosen = [model.new_bool_var("") for _ in names]
            model.add_exactly_one(chosen)
            for name, literal in zip(names, chosen, strict=True):
                loads.setdefault(name, []).append(literal)
        most, least = (model.new_int_var(0, len(lists), "") for _ in range(2))
        for load in loads.values():
            model.add(most >= sum(load))
            model.add(least <= sum(load))
        found = found + weight * (most - least)
    return found


def measure(size: int = SIZE) -> list[Figure]:
    """Measure on about `size` editions over five years."""
    programme = invented(size)
    taken, made = timed(lambda: plan(programme, seconds=LIMIT))
    assert isinstance(made, Plan)
    bare, (value, bound) = timed(lambda: bare_cost(table_of(programme)))
    right = (
        faults(programme, made) == ()
        and made.cost - made.bound <= made.cost / 100
        and made.cost <= value
        and made.cost >= bound - 1e-6
    )
    again, moves, moved_right = _again(programme, made)
    stuck, rules, stuck_right = _stuck(programme)
    sizes = {"editions": len(made.placed), "years": 5, "forces": len(programme.forces)}
    sizes |= {"proven": int(made.proven), "settled": int(made.settled)}
    used = versions("ortools")
    return [
        Figure("exercises.plan", taken, bare, ("<=", 1), right, sizes, used),
        Figure("exercises.plan.proof", taken, None, ("<=", LIMIT), right, sizes, used),
        Figure(
            "exercises.plan.replan", again, None, ("<=", LIMIT), moved_right,
            {**sizes, "moves": moves}, used,
        ),
        Figure(
            "exercises.plan.conflict", stuck, None, ("<=", LIMIT), stuck_right,
            {**sizes, "rules": rules}, used,
        ),
    ]  # fmt: skip


def _again(programme: Programme, made: Plan) -> tuple[float, int, bool]:
    first = next(one for one in made.placed if one.first.year == programme.horizon.year + 1)
    # Into the very days of another edition, so that something may have to give way.
    busy = next(one.first for one in made.placed if one.first > first.first + timedelta(35))
    decided = first.first - timedelta(60)
    put_off = Postponed(first.edition, busy, decided, reason="invented", beyond=True)
    taken, found = timed(lambda: replan(programme, made, (put_off,), seconds=LIMIT))
    right = isinstance(found, Replanned) and faults(programme, found.plan, (put_off,)) == ()
    return taken, len(found.moves) if isinstance(found, Replanned) else 0, right


def _stuck(programme: Programme) -> tuple[float, int, bool]:
    year = programme.horizon.year + 2
    whole = Away(programme.needs[0].force, date(year, 1, 1), date(year, 12, 31))
    blocked = replace(programme, away=(*programme.away, whole))
    taken, found = timed(lambda: plan(blocked, seconds=LIMIT, conflict_seconds=LIMIT))
    assert isinstance(found, Infeasible)
    return taken, len(found.rules), found.how_small is HowSmall.SMALLEST


if __name__ == "__main__":
    sys.exit(main(measure))
