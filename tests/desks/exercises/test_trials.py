"""A place is tried before anything is kept: what is in the way there, and what it would break."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from exercise_tables import EXAMPLE, example
from hypothesis import given, settings
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.checking import faults
from architrave.desks.exercises.clashes import clashes_of_part
from architrave.desks.exercises.model import ClashKind, Part
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.postponements import Move, moved, read_moves
from architrave.desks.exercises.trials import as_plan, faults_of, last_put_off, trial

EDITION = "north-wind/2031.1"
DECIDED = date(2031, 1, 10)
WAS = date(2031, 6, 23)
PLAN = read_plan(EXAMPLE, example())
MOVES = read_moves(EXAMPLE, example())


def tried(to: date, **more: object) -> Move:
    return replace(Move(EDITION, WAS, DECIDED, "S", "why", "", to), **more)  # type: ignore[arg-type]


def test_a_clean_day_breaks_nothing() -> None:
    found = trial(example(), PLAN, MOVES, tried(date(2031, 7, 7)))
    assert (found.broken, found.unjudged, found.may_stand) == ((), (), True)
    assert found.after == moved(example(), PLAN, (*MOVES, tried(date(2031, 7, 7))))


@pytest.mark.parametrize(
    ("to", "decided", "rules"),
    [
        (date(2031, 6, 2), DECIDED, {"blackout"}),
        (date(2031, 5, 12), DECIDED, {"away"}),
        (date(2031, 8, 4), DECIDED, {"blackout", "months"}),
        (date(2031, 7, 7), date(2031, 6, 30), {"lead"}),
        (date(2032, 6, 7), DECIDED, {"period", "gap", "force", "precedence"}),
    ],
)
def test_rules_that_a_day_would_break_are_named(to: date, decided: date, rules: set[str]) -> None:
    found = trial(example(), PLAN, MOVES, tried(to, decided=decided))
    assert rules <= {one.rule for one in found.broken}
    assert not found.may_stand


def test_what_was_wanting_before_is_not_laid_to_the_move() -> None:
    programme = replace(example(), fixed=(replace(example().fixed[0], first=date(2031, 3, 17)),))
    assert [one.rule for one in faults_of(programme, PLAN, MOVES)] == ["fixed"]
    assert trial(programme, PLAN, MOVES, tried(date(2031, 7, 7))).broken == ()


def test_a_plan_that_cannot_be_judged_may_keep_no_day() -> None:
    found = trial(example(), PLAN[:-1], MOVES, tried(date(2031, 7, 7)))
    assert [one.rule for one in found.unjudged] == ["promise"]
    assert not found.may_stand


def test_a_move_from_where_nothing_stands_is_refused() -> None:
    with pytest.raises(BadInput, match="begins on 2031-06-23"):
        trial(example(), PLAN, MOVES, tried(date(2031, 7, 7), was=date(2031, 6, 24)))


@settings(max_examples=40, deadline=None)
@given(st.integers(-200, 200).filter(bool))
def test_the_trial_and_the_checker_agree(days: int) -> None:
    move = tried(WAS + timedelta(days=days))
    found = trial(example(), PLAN, MOVES, move)
    judged = faults(
        example(), as_plan(example(), found.after), last_put_off(found.after, (*MOVES, move))
    )  # of a plan that was sound before
    assert faults_of(example(), moved(example(), PLAN, MOVES), MOVES) == ()
    assert found.broken == judged


def test_a_part_clashes_by_its_own_area_and_forces_alone() -> None:
    programme = example()
    part = Part("dive", "north-wind", "Dive", 0, 3, "birch-air", ("hazel",))
    programme = replace(programme, parts={**programme.parts, "dive": part})
    to = date(2031, 4, 23)  # while East Wind has the wing and the area
    found = clashes_of_part(programme, EDITION, "dive", to, PLAN)
    assert {one.kind for one in found} == {ClashKind.EXERCISE, ClashKind.FORCE, ClashKind.AREA}
    assert all("larch" not in one.what for one in found)
    beside = clashes_of_part(programme, EDITION, "dive", WAS, PLAN)
    assert beside == ()  # its own edition is not in its way


def test_the_last_move_of_each_is_what_counts() -> None:
    again = tried(date(2031, 7, 14), was=date(2031, 7, 7))
    moves = (*MOVES, tried(date(2031, 7, 7)), again)
    found = last_put_off(moved(example(), PLAN, moves), moves)
    assert [(one.part, one.not_before) for one in found] == [
        ("boarding", date(2031, 9, 15)),
        ("", date(2031, 7, 14)),
    ]
