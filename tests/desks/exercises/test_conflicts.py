"""Programmes without a plan: the smallest conflict, in words."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from exercise_worlds import PARTIES, STEP, YEAR, programme, series, small_programmes
from hypothesis import assume, given

from architrave.desks.exercises.candidates import table_of
from architrave.desks.exercises.conflicts import HowSmall, Infeasible, conflict
from architrave.desks.exercises.constraints import board_of
from architrave.desks.exercises.model import (
    Away,
    Blackout,
    ClashKind,
    Fixed,
    Need,
    Plan,
    Precedence,
    Programme,
)
from architrave.desks.exercises.planning import plan
from architrave.desks.exercises.solver import Asker
from architrave.desks.rows import Place

NEED = Need("north-wind", "oak", Place("needs.csv", 7))
AWAY = Away(
    "oak", date(YEAR, 1, 1), date(YEAR, 12, 31), ClashKind.MAINTENANCE, "", Place("away.csv", 3)
)


def sentences(found: Programme) -> tuple[str, ...]:
    planned = plan(found)
    assert isinstance(planned, Infeasible)
    assert planned.how_small is HowSmall.SMALLEST
    return planned.sentences


def test_a_force_that_is_away_all_year_is_named_with_its_rows() -> None:
    found = programme(series(), series("sea-breeze"), needs=(NEED,), away=(AWAY,))
    assert sentences(found) == (
        f"north-wind must be held once in {YEAR}, 5 days each time (series.csv, line 4).",
        "north-wind takes oak (needs.csv, line 7).",
        f"oak is away from {YEAR}-01-01 to {YEAR}-12-31 (maintenance) (away.csv, line 3).",
    )


def test_a_blackout_over_all_months_allowed() -> None:
    talks = Blackout(
        "spring-talks", ClashKind.TALKS, date(YEAR, 2, 20), date(YEAR, 5, 20), PARTIES[:1],
        place=Place("blackouts.csv", 5),
    )  # fmt: skip
    assert sentences(programme(series(months=(3, 4)), blackouts=(talks,))) == (
        f"north-wind must be held once in {YEAR}, 5 days each time (series.csv, line 4).",
        "north-wind starts only in March, April (series.csv, line 4).",
        f"No exercise of east-bank is held from {YEAR}-02-20 to {YEAR}-05-20"
        " (blackout spring-talks, talks) (blackouts.csv, line 5).",
    )


@pytest.mark.parametrize(
    ("found", "part_of_it"),
    [
        (programme(series(editions=2, gap_days=400)), "at least 400 days between two"),
        (programme(series(lead_days=365)), "starts no earlier than 365 days after"),
        (programme(series(months=(12,), days=40)), "The plan ends on 2041-12-31"),
        (
            programme(
                series(months=(3,), days=31, area="area-a"),
                series("sea-breeze", months=(3,), days=31, area="area-b"),
            ),
            "area-a and area-b overlap",
        ),
        (
            programme(
                series(months=(3,), days=31, area="area-c"),
                series("sea-breeze", months=(3,), days=31, area="area-c"),
            ),
            "One exercise at a time acts in area-c (areas.csv, line 4).",
        ),
        (
            programme(
                series(months=(3,)),
                series("sea-breeze", months=(6,)),
                precedences=(Precedence(f"sea-breeze/{YEAR}.1", f"north-wind/{YEAR}.1", 9),),
            ),
            f"north-wind/{YEAR}.1 starts at least 9 days after the end of sea-breeze/{YEAR}.1.",
        ),
        (
            programme(
                series(months=(3,)), fixed=(Fixed(f"north-wind/{YEAR}.1", date(YEAR, 5, 6)),)
            ),
            f"north-wind/{YEAR}.1 is settled for {YEAR}-05-06.",
        ),
    ],
)
def test_each_rule_is_named_where_it_is_in_the_way(found: Programme, part_of_it: str) -> None:
    assert any(part_of_it in sentence for sentence in sentences(found))


def test_tempo_and_rest_are_named() -> None:
    found = programme(series(days=10), needs=(NEED,))
    tired = replace(found.forces["oak"], days_a_year=9)
    resting = replace(found.forces["oak"], rest_days=360)
    words = sentences(replace(found, forces={**found.forces, "oak": tired}))
    assert f"oak exercises on at most 9 days in {YEAR} (forces.csv, line 2)." in words
    twice = replace(found, series={"north-wind": series(editions=2)})
    words = sentences(replace(twice, forces={**found.forces, "oak": resting}))
    rest = "oak takes part in one exercise at a time, and rests 360 days between two"
    assert f"{rest} (forces.csv, line 2)." in words


def test_the_smaller_of_two_conflicts_is_given() -> None:
    """Three rules forbid north-wind; sea-breeze alone is longer than the plan."""
    found = programme(series(), series("sea-breeze", days=400), needs=(NEED,), away=(AWAY,))
    assert sentences(found) == (
        f"sea-breeze must be held once in {YEAR}, 400 days each time (series.csv, line 4).",
        f"The plan ends on {YEAR}-12-31, and every exercise in it with it.",
    )


@pytest.mark.slow
@given(small_programmes())
def test_none_can_be_spared_and_no_smaller_set_is_a_conflict(found: Programme) -> None:
    table = table_of(found, STEP)
    keys = [rule.key for rule in table.rules]

    def stands(kept: frozenset[str]) -> bool:
        board = board_of(table, kept)
        return board is not None and Asker(60, 1).ask(board.model).solved

    assume(not stands(frozenset(keys)))
    given_up = conflict(table, 60, 1)
    assert given_up.how_small is HowSmall.SMALLEST
    held = frozenset(rule.key for rule in given_up.rules)
    assert not stands(held)
    assert all(stands(held - {key}) for key in held)
    if len(held) <= 3:
        assert all(stands(frozenset(few)) for few in combinations(keys, len(held) - 1))


def test_without_time_the_set_is_not_called_smallest() -> None:
    table = table_of(programme(series(), needs=(NEED,), away=(AWAY,)))
    barred = conflict(table, 0, 1)
    assert barred.how_small in (HowSmall.NOT_SHRUNK, HowSmall.NONE_TO_SPARE)


def test_what_is_dropped_opens_the_plan() -> None:
    found = programme(series(), needs=(NEED,), away=(AWAY,))
    assert isinstance(plan(replace(found, away=())), Plan)
    assert isinstance(plan(replace(found, needs=())), Plan)
