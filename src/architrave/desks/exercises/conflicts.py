"""Why there is no plan: the smallest set of rules that cannot stand together, each in words.

A set is tried by building the model of nothing but its rules. First the whole is shrunk until none
of its rules can be left out: what is promised first, and each half before each rule. That need not
be the smallest: so then, as in the method of implicit hitting sets, a set of rules that strikes
every known way out is made as small as can be; where it can stand, it is filled up until nothing
more can be added, and what is left over is one more way out; where it cannot, nothing smaller is a
conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from architrave.desks.exercises.candidates import Piece, Table
from architrave.desks.exercises.constraints import board_of
from architrave.desks.exercises.rules import (
    Rule,
    area_key,
    force_key,
    gap_key,
    pairs_of_areas,
    precedence_key,
    shares_key,
    tempo_key,
)
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
    about: Mapping[str, set[str]]
    known: dict[frozenset[str], bool] = field(default_factory=dict)

    def stands(self, kept: frozenset[str]) -> bool:
        kept = frozenset(_relevant(self, list(kept)))
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
    about = {piece.id: _about(table, piece) for piece in table.pieces}
    trial = _Trial(table, Asker(seconds, workers), about)
    every = [rule.key for rule in table.rules]
    how_small = HowSmall.NOT_SHRUNK
    held = _bars_alone(table) or every
    try:
        held = _shrunk(trial, held)
        how_small = HowSmall.NONE_TO_SPARE
        held = _smallest(trial, every, held)
        how_small = HowSmall.SMALLEST
    except _OutOfTime:
        if how_small is HowSmall.NOT_SHRUNK:
            tried = [
                sorted(kept, key=every.index) for kept, stood in trial.known.items() if not stood
            ]
            held = min([_relevant(trial, one) for one in (held, *tried)], key=len)
    return Infeasible(tuple(rule for rule in table.rules if rule.key in held), how_small)


def _bars_alone(table: Table) -> list[str]:
    """The rules that bar every day of one piece, where there is such a piece; no search is needed.

    Of several such pieces the one with the fewest rules.
    """
    found: list[list[str]] = []
    for piece in table.pieces:
        if not table.open_days(piece):
            keys = {key for _, bars in table.offered[piece.id] for bar in bars for key in bar}
            found.append([piece.rule, *sorted(keys)])
    return min(found, key=len, default=[])


def _shrunk(trial: _Trial, keys: list[str]) -> list[str]:
    """A conflict within `keys` of which none can be spared: first what is promised, then the rest.

    What cannot be spared while all the other rules stand cannot be spared when fewer do.
    """
    promises = {piece.rule for piece in trial.table.pieces}
    others = [key for key in keys if key not in promises]
    held = _without_spare(trial, others, [key for key in keys if key in promises], False)
    rest = [key for key in _relevant(trial, [*held, *others]) if key not in promises]
    if not trial.stands(frozenset(held)):
        return held
    return held + _without_spare(trial, held, rest, False)


def _relevant(trial: _Trial, keys: Sequence[str]) -> list[str]:
    """Of these rules those that have a say about what is promised among them."""
    chosen = set(keys)
    pieces = [piece for piece in trial.table.pieces if piece.rule in chosen]
    said: set[str] = set()
    for piece in pieces:
        said |= trial.about[piece.id]
    editions = {piece.id for piece in pieces}
    for index, one in enumerate(trial.table.programme.precedences):
        if {one.before, one.after} <= editions:
            said.add(precedence_key(index))
    return [key for key in keys if key in said]


def _about(table: Table, piece: Piece) -> set[str]:
    """The rules that have a say about a piece, whatever stands beside it."""
    programme = table.programme
    years = range(programme.horizon.year, programme.horizon.last.year + 1)
    said = {piece.rule, gap_key(piece.series.id)}
    said.update(key for _, bars in table.offered[piece.id] for bar in bars for key in bar)
    said.update(use.rule for use in (*piece.forces, *piece.areas))
    for use in piece.forces:
        said.add(force_key(use.of))
        said.update(tempo_key(use.of, year) for year in years)
    areas = {use.of for use in piece.areas}
    said.update(area_key(area) for area in areas)
    said.update(shares_key(*pair) for pair in pairs_of_areas(programme) if areas & {*pair})
    return said


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
    promises = {piece.rule for piece in trial.table.pieces}
    more = [key for key in every if key not in strike and key not in promises]
    # The rules of the known conflict come last, so that what is left over is among them.
    standing, left = _filled(trial, strike, [key for key in more if key not in held])
    standing, few = _filled(trial, standing, [key for key in more if key in held])
    barred = {
        piece.rule for piece in trial.table.pieces if not trial.table.open_days(piece, standing)
    } - standing
    wanted = [key for key in every if key in promises and key not in standing | barred]
    standing, many = _filled(trial, standing, wanted)
    return left | few | barred | many


def _filled(
    trial: _Trial, standing: frozenset[str], keys: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """A set that can stand with what else of `keys` can be added, and what cannot."""
    stack = [list(keys)]
    left: set[str] = set()
    while stack:
        more = stack.pop()
        if more and trial.stands(standing | frozenset(more)):
            standing |= frozenset(more)
        elif len(more) == 1:
            left.update(more)
        elif more:
            half = len(more) // 2
            stack += [more[half:], more[:half]]
    return standing, frozenset(left)


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
