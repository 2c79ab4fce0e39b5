"""Reasons: the other day is the cheapest that the checker would let pass."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from exercise_worlds import PARTIES, STEP, YEAR, programme, series, small_programmes
from hypothesis import assume, given

from architrave.desks.exercises.candidates import table_of
from architrave.desks.exercises.checking import cost_found, faults
from architrave.desks.exercises.explaining import Paid, explain
from architrave.desks.exercises.model import Blackout, ClashKind, Plan, Programme
from architrave.desks.exercises.planning import plan


@pytest.mark.slow
@given(small_programmes())
def test_the_other_day_is_the_cheapest_that_is_sound(found: Programme) -> None:
    made = plan(found, step_days=STEP, conflict_seconds=0)
    assume(isinstance(made, Plan))
    assert isinstance(made, Plan)
    offered = table_of(found, STEP, made).offered
    for reason in explain(found, made, STEP).reasons:
        costs = []
        for day, _ in offered[reason.edition]:
            placed = tuple(
                replace(one, first=date.fromordinal(day)) if one.edition == reason.edition else one
                for one in made.placed
            )
            other = replace(made, placed=placed)
            other = replace(other, cost=cost_found(found, other))
            if date.fromordinal(day) != reason.first and not faults(found, other):
                costs.append(other.cost - made.cost)
        assert (reason.other_day is None) == (not costs)
        assert reason.more == min(costs, default=0)


def test_what_is_paid_is_told_by_blackout() -> None:
    talks = Blackout("talks", ClashKind.TALKS, date(YEAR, 3, 1), date(YEAR, 4, 2), (), 3)
    found = programme(
        series(days=30, months=(3,), hosts=PARTIES, commands=PARTIES[:1]), blackouts=(talks,)
    )
    made = plan(found)
    assert isinstance(made, Plan)
    told = explain(found, made)
    reason = told.reasons[0]
    days = (talks.last - reason.first).days + 1
    assert reason.paid == (Paid("talks", days, 3 * days),)
    assert reason.first == date(YEAR, 3, 25)
    assert reason.other_day == reason.first - timedelta(7)
    assert reason.more == 21
    assert told.hosts == dict(zip(PARTIES, (1, 0, 0), strict=True))
    assert told.commands[PARTIES[0]] == 1
    assert told.quarters == {("sea", YEAR): (1, 0, 0, 0)}
