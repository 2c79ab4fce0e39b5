"""Why there is no plan: the smallest set of rules that cannot stand together, each in words.

A set is tried by building the model of nothing but its rules. First the whole is shrunk until none
of its rules can be left out (each half is tried before each rule). That need not be the smallest:
so then, as in the method of implicit hitting sets, a set of rules that strikes every known way out
is made as small as can be; where it can stand, it is filled up until nothing more can be added, and
what is left over is one more way out; where it cannot, nothing smaller is a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from architrave.desks.exercises.candidates import Table
from architrave.desks.exercises.constraints import board_of
from architrave.desks.exercises.rules import Rule
from architrave.desks.exercises.solver import Asker, cp_model

__all__ = ["HowSmall", "Infeasible", "conflict"]


class HowSmall(StrEnum):
    """What is proven of a set of rules that cannot stand together."""

    SMALLEST = "no smaller set is a conflict"
    NONE_TO_SPARE = "none of these can be left out"
    NOT_SHRUNK = "some of these could perhaps be left out"


@dataclass(frozen=True, slots=True)
class Infeasible:
    """There is no plan, because these rules cannot stand together."""

    rules: tuple[Rule, ...]
    how_small: HowSmall

    @property
    def sentences(self) -> tuple[str, ...]:
        """One plain sentence for each rule."""
        return tuple(rule.sentence for rule in self.rules)


class _OutOfTime(Exception):
    pass


@dataclass(slots=True)
class _Trial:
    """Which rules can stand together, as far as it was asked."""

    table: Table
    asker: Asker
    known: dict[frozenset[str], bool] = field(default_factory=dict)

    def stands(self, kept: frozenset[str]) -> bool:
        if kept not in self.known:
            board = board_of(self.table, kept)
            if board is None:
                self.known[kept] = False
            else:
                found = self.asker.ask(board.model)
                if not found.proven:
                    raise _OutOfTime
                self.known[kept] = found.solved
        return self.known[kept]


def conflict(table: Table, seconds: float, workers: int) -> Infeasible:
    """The smallest conflict among the rules of a table that is known to have no plan.

    Where `seconds` do not suffice, `how_small` says what is proven of the set that is given.
    """
    trial = _Trial(table, Asker(seconds, workers))
    every = [rule.key for rule in table.rules]
    held = list(every)
    try:
        held = _without_spare(trial, [], every, False)
        how_small = HowSmall.NONE_TO_SPARE
        held = _smallest(trial, every, held)
        how_small = HowSmall.SMALLEST
    except _OutOfTime:
        how_small = HowSmall.NOT_SHRUNK if len(held) == len(every) else HowSmall.NONE_TO_SPARE
    return Infeasible(tuple(rule for rule in table.rules if rule.key in held), how_small)


def _without_spare(
    trial: _Trial, background: list[str], keys: list[str], changed: bool
) -> list[str]:
    """Those of `keys` that, with the background, cannot stand, and none of which can be spared."""
    if changed and not trial.stands(frozenset(background)):
        return []
    if len(keys) == 1:
        return keys
    half = len(keys) // 2
    first, second = keys[:half], keys[half:]
    of_second = _without_spare(trial, background + first, second, bool(first))
    of_first = _without_spare(trial, background + of_second, first, bool(of_second))
    return of_first + of_second


def _smallest(trial: _Trial, every: Sequence[str], held: list[str]) -> list[str]:
    """A conflict with the fewest rules; `held` is one in which none can be spared."""
    # Whatever a conflict leaves out, each of its rules is a way out of this one conflict.
    ways_out: list[frozenset[str]] = []
    while True:
        strike = _striking_all(ways_out, trial.asker)
        if len(strike) == len(held):
            return held
        if not trial.stands(frozenset(strike)):
            return sorted(strike, key=list(every).index)
        left = _left_over(trial, every, frozenset(strike), held)
        ways_out.append(left)


def _left_over(
    trial: _Trial, every: Sequence[str], strike: frozenset[str], held: Sequence[str]
) -> frozenset[str]:
    """Fill up a set that can stand until nothing more can be added; give what is left over."""
    # The rules of the known conflict come last, so that what is left over is among them.
    others = [key for key in every if key not in strike and key not in held]
    rest = [key for key in every if key not in strike and key in held]
    standing = strike
    stack = [rest, others] if rest else [others]
    left: set[str] = set()
    while stack:
        more = stack.pop()
        if not more:
            continue
        if trial.stands(standing | frozenset(more)):
            standing |= frozenset(more)
        elif len(more) == 1:
            left.update(more)
        else:
            half = len(more) // 2
            stack += [more[half:], more[:half]]
    return frozenset(left)


def _striking_all(ways_out: Sequence[frozenset[str]], asker: Asker) -> frozenset[str]:
    """The fewest rules of which each known way out holds one."""
    model = cp_model.CpModel()
    names = sorted({key for way in ways_out for key in way})
    literals = {key: model.new_bool_var(key) for key in names}
    for way in ways_out:
        model.add_bool_or(literals[key] for key in sorted(way))
    model.minimize(sum(literals.values()))
    found = asker.ask(model, list(literals.values()))
    if not (found.solved and found.proven):
        raise _OutOfTime
    return frozenset(key for key, literal in literals.items() if found.chosen[literal.index])
