"""The planner against the independent checker, and against trying every combination."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from exercise_worlds import (
    PARTIES,
    STEP,
    YEAR,
    allowed_days,
    every_plan,
    names_in_order,
    programme,
    series,
    small_programmes,
)
from hypothesis import event, given

from architrave.desks.exercises.checking import faults
from architrave.desks.exercises.editions import promised
from architrave.desks.exercises.model import (
    Blackout,
    ClashKind,
    Fixed,
    Part,
    Plan,
    Programme,
    Weights,
)
from architrave.desks.exercises.planning import Infeasible, Undecided, plan
from bench.exercise_programmes import invented

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@given(small_programmes())
def test_a_plan_is_sound_cheapest_and_earliest_or_there_is_none(found: Programme) -> None:
    planned = plan(found, step_days=STEP, conflict_seconds=0)
    names = names_in_order(found)
    assert [edition.id for edition in promised(found)] == names
    plans = list(every_plan(found, [allowed_days(found, name) for name in names]))
    event(f"{type(planned).__name__} of {len(names)}")
    if not plans:
        assert isinstance(planned, Infeasible)
        return
    assert isinstance(planned, Plan)
    assert faults(found, planned) == ()
    assert planned.proven
    assert planned.settled
    assert planned.bound == planned.cost
    best = min(plans, key=lambda one: (one.cost, [placed.first for placed in one.placed]))
    days = {placed.edition: placed.first for placed in planned.placed}
    assert planned.cost == best.cost
    assert [days[name] for name in names] == [placed.first for placed in best.placed]


@pytest.mark.slow
def test_a_larger_plan_is_sound_and_the_same_under_another_hash_seed() -> None:
    program = (
        "from bench.exercise_programmes import invented\n"
        "from architrave.desks.exercises.planning import plan\n"
        "print(plan(invented(14, 2), seconds=300))"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    found = invented(14, 2)
    again = plan(found, seconds=300, workers=2)
    assert isinstance(again, Plan)
    assert again.settled
    assert f"{again}\n" == printed[0]
    assert faults(found, again) == ()


def test_a_day_off_the_grid_is_kept_where_it_is_settled() -> None:
    fixed = Fixed(f"north-wind/{YEAR}.1", date(YEAR, 5, 1))
    planned = plan(programme(series(), fixed=(fixed,)))
    assert isinstance(planned, Plan)
    assert [one.first for one in planned.placed] == [fixed.first]


def test_the_earliest_is_found_where_presolving_disturbs_the_order_of_the_search() -> None:
    winter = Blackout("winter", ClashKind.TALKS, date(YEAR, 1, 1), date(YEAR, 2, 25))
    row = series(days=40, editions=2, gap_days=70)
    part = Part("boarding", row.id, "Boarding", 2, 3, "area-c", ("elm",))
    found = programme(row, parts={part.id: part}, blackouts=(winter,), weights=Weights(0, 0, 0))
    planned = plan(found, step_days=STEP)
    assert isinstance(planned, Plan)
    assert [one.first for one in planned.placed] == [date(YEAR, 4, 1), date(YEAR, 8, 19)]


def test_a_long_exercise_pays_for_each_day_of_overlap() -> None:
    whole_year = Blackout("all", ClashKind.TALKS, date(YEAR, 1, 1), date(YEAR, 12, 31), (), 3)
    planned = plan(programme(series(days=7), blackouts=(whole_year,)))
    assert isinstance(planned, Plan)
    assert planned.cost == 21


def test_a_period_that_leads_out_of_the_horizon_is_not_promised() -> None:
    found = programme(series(years=2), years=3)
    assert [edition.id for edition in promised(found)] == [f"north-wind/{YEAR}.1"]


def test_a_programme_of_nothing_has_an_empty_plan() -> None:
    assert plan(programme()) == Plan((), 0, 0, True, True)


def test_hosts_and_commands_are_spread_evenly() -> None:
    row = series(editions=2, hosts=PARTIES, commands=PARTIES[:2])
    planned = plan(programme(row, years=3, weights=Weights(20, 20, 0)))
    assert isinstance(planned, Plan)
    hosts = [one.host for one in planned.placed]
    assert [hosts.count(party) for party in PARTIES] == [2, 2, 2]
    assert [one.command for one in planned.placed] == [*PARTIES[:2]] * 3
    assert planned.cost == 0


def test_without_time_nothing_is_claimed() -> None:
    assert isinstance(plan(programme(series()), seconds=0), Undecided)


def test_a_plan_says_when_its_cost_is_not_what_the_programme_asks() -> None:
    found = programme(series())
    planned = plan(found)
    assert isinstance(planned, Plan)
    assert [fault.rule for fault in faults(found, replace(planned, cost=1))] == ["cost"]
