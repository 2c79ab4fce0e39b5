"""What it would mean to put an edition, or a part of it, elsewhere: clashes, and rules broken.

Nothing is moved here. The rules that are named are those that the plan keeps now and would break
then, as `checking` judges it; a plan that was wanting before stays as wanting as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from architrave.desks.exercises.calendars import Calendars
from architrave.desks.exercises.checking import Fault, cost_found, faults
from architrave.desks.exercises.clashes import Clash, Occasion, clashes, clashes_of_part
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.model import Placed, Plan, Postponed, Programme
from architrave.desks.exercises.postponements import Move, as_postponed, moved

__all__ = ["Trial", "as_plan", "begins", "faults_of", "last_put_off", "trial"]

UNJUDGED = frozenset({"promise", "length"})
"""Where one of these is broken, the checker looks at nothing else."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A new place tried: the plan as it would stand, what is in the way there, what it breaks.

    `unjudged`: why no rule could be looked at; empty if they all were.
    """

    after: tuple[Placed, ...]
    clashes: tuple[Clash, ...]
    broken: tuple[Fault, ...]
    unjudged: tuple[Fault, ...] = ()

    @property
    def may_stand(self) -> bool:
        """True if every rule could be looked at and none is broken by the move."""
        return not self.broken and not self.unjudged


def trial(
    programme: Programme,
    first_plan: Sequence[Placed],
    moves: Sequence[Move],
    move: Move,
    calendars: Calendars | None = None,
    occasions: Sequence[Occasion] = (),
) -> Trial:
    """Try a move with a new day after those that were kept; `first_plan` is the plan before all.

    Raises BadInput where the move names nothing that has its place, or not its day; ValueError for
    a move without a new day, which nothing can be said of.
    """
    if move.now is None:
        raise ValueError("a move without a new day cannot be tried")
    before = moved(programme, first_plan, moves)
    after = moved(programme, first_plan, (*moves, move))
    stood = faults_of(programme, before, moves)
    found = faults_of(programme, after, (*moves, move))
    return Trial(
        after,
        _in_the_way(programme, before, move, calendars, occasions),
        tuple(one for one in found if one not in stood and one.rule not in UNJUDGED),
        tuple(one for one in found if one.rule in UNJUDGED),
    )


def _in_the_way(
    programme: Programme,
    booked: Sequence[Placed],
    move: Move,
    calendars: Calendars | None,
    occasions: Sequence[Occasion],
) -> tuple[Clash, ...]:
    assert move.now is not None
    if move.part:
        return clashes_of_part(
            programme, move.edition, move.part, move.now, booked, calendars, occasions
        )
    series = programme.series[move.edition.partition("/")[0]]
    return clashes(programme, series, move.now, booked, calendars, occasions, move.edition)


def begins(programme: Programme, placed: Sequence[Placed], edition: str, part: str) -> date | None:
    """On which day an edition or a part begins in a plan; None if it has no place there."""
    standing = {labelled(one): one.first for one in placed}
    alone = f"{edition}#{part}" if part else edition
    if alone in standing or not part or edition not in standing:
        return standing.get(alone)
    return date.fromordinal(standing[edition].toordinal() + programme.parts[part].offset)


def faults_of(
    programme: Programme, placed: Sequence[Placed], moves: Sequence[Move]
) -> tuple[Fault, ...]:
    """The rules that a plan breaks as it stands after its moves."""
    return faults(programme, as_plan(programme, placed), last_put_off(placed, moves))


def as_plan(programme: Programme, placed: Sequence[Placed]) -> Plan:
    """A plan that people made, with what it pays; nothing is said to be proven of it."""
    made = Plan(tuple(placed), 0, 0, False)
    known = all(one.edition.partition("/")[0] in programme.series for one in placed)
    return replace(made, cost=cost_found(programme, made)) if known else made


def last_put_off(placed: Sequence[Placed], moves: Sequence[Move]) -> tuple[Postponed, ...]:
    """The last move of each edition or part, as planner and checker take it.

    A part that came back into its edition was put off by nothing any more.
    """
    alone = {labelled(one) for one in placed}
    last = {one.id: one for one in moves}.values()
    return tuple(as_postponed(one) for one in last if one.now is None or one.id in alone)
