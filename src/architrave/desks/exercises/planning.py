"""A plan of several years: the cheapest one that keeps every hard rule, and that is proven.

```python
found = plan(programme, seconds=30)
match found:
    case Plan(): ...        # found.proven: no plan is cheaper
    case Infeasible(): ...  # found.rules: the smallest set that cannot stand together, in words
    case Undecided(): ...   # neither within the time
```

**The same plan in every capital.** Where `settled` is true the answer depends on nothing but the
programme and `step_days`: it is the cheapest plan, and of all that are as cheap the one whose first
edition begins earliest, then its second, and so on (by year, then as the series stand). Where the
time ran out before that was so, another machine may find another plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from architrave.desks.exercises.candidates import Piece, Table, points_on, table_of
from architrave.desks.exercises.conflicts import Infeasible, conflict
from architrave.desks.exercises.constraints import board_of
from architrave.desks.exercises.costs import cost_of
from architrave.desks.exercises.explaining import counts_by_quarter
from architrave.desks.exercises.hosting import burden, evenly
from architrave.desks.exercises.model import Placed, Plan, Programme
from architrave.desks.exercises.settling import Settled, settle
from architrave.desks.exercises.solver import Asker

__all__ = ["Infeasible", "Undecided", "plan"]


class Undecided:
    """Neither a plan nor a proof that there is none was found in the time given."""


def plan(
    programme: Programme,
    seconds: float = 30.0,
    workers: int = 1,
    step_days: int = 7,
    conflict_seconds: float = 30.0,
) -> Plan | Infeasible | Undecided:
    """Plan a programme; exercises may begin on every `step_days`-th day, Mondays if it is 7.

    At most `seconds` are spent on the plan, and at most `conflict_seconds` on the smallest set of
    rules that cannot stand together, where there is no plan.
    """
    table = table_of(programme, step_days)
    board = board_of(table)
    if board is None:
        return conflict(table, conflict_seconds, workers)
    asker = Asker(seconds, workers)
    found = settle(board, (cost_of(board, asker),), asker)
    if found is None:
        return conflict(table, conflict_seconds, workers)
    if found.days is None:
        return Undecided()
    hosts, commands = _hosted(programme, table.pieces, found.days)
    return as_plan(table, found.days, found, hosts, commands)


def as_plan(
    table: Table,
    days: Mapping[str, int],
    found: Settled,
    hosts: Mapping[str, str],
    commands: Mapping[str, str],
) -> Plan:
    """The plan that the days make, with what it pays, by first day."""
    programme = table.programme
    placed = tuple(
        Placed(
            piece.edition.id,
            date.fromordinal(days[piece.id]),
            piece.days,
            "" if piece.part else hosts.get(piece.id, ""),
            "" if piece.part else commands.get(piece.id, ""),
            piece.part,
        )
        for piece in table.pieces
    )
    burdens = _burden_points(programme, table.pieces, hosts, commands)
    cost = days_cost(programme, table.pieces, days) + burdens
    bound = min(cost, found.bound + burdens)
    ordered = sorted(placed, key=lambda one: (one.first, one.edition, one.part))
    return Plan(tuple(ordered), cost, bound, found.proven, found.settled)


def days_cost(programme: Programme, pieces: Sequence[Piece], days: Mapping[str, int]) -> int:
    """What the days of all pieces cost: blackouts, and domains crowded into a quarter."""
    paid = sum(
        points for piece in pieces for _, _, points in points_on(programme, piece, days[piece.id])
    )
    counts = counts_by_quarter(pieces, days)
    crowded = sum(
        max(0, count - (sum(of_year) + 3) // 4) for of_year in counts.values() for count in of_year
    )
    return paid + programme.weights.spread * crowded


def _hosted(
    programme: Programme, pieces: Sequence[Piece], days: Mapping[str, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Hosts and commands by edition; turns are taken in the order of the days."""
    editions = sorted(
        (piece for piece in pieces if not piece.part), key=lambda piece: (days[piece.id], piece.id)
    )
    names = [piece.id for piece in editions]
    hosts = evenly(programme.parties, [piece.series.hosts for piece in editions])
    commands = evenly(programme.parties, [piece.series.commands for piece in editions])
    return dict(zip(names, hosts, strict=True)), dict(zip(names, commands, strict=True))


def _burden_points(
    programme: Programme,
    pieces: Sequence[Piece],
    hosts: Mapping[str, str],
    commands: Mapping[str, str],
) -> int:
    editions = [piece for piece in pieces if not piece.part]
    host = burden(
        programme.parties,
        [hosts.get(piece.id, "") for piece in editions],
        [piece.series.hosts for piece in editions],
    )
    command = burden(
        programme.parties,
        [commands.get(piece.id, "") for piece in editions],
        [piece.series.commands for piece in editions],
    )
    return programme.weights.host * host + programme.weights.command * command
