"""Replanning moves nothing that need not move: every other plan is tried."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from exercise_worlds import (
    STEP,
    YEAR,
    allowed_days,
    days_of,
    every_plan,
    moved,
    names_in_order,
    programme,
    series,
    small_programmes,
)
from hypothesis import assume, event, given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.checking import faults
from architrave.desks.exercises.conflicts import Infeasible
from architrave.desks.exercises.model import Need, Part, Plan, Postponed, Programme
from architrave.desks.exercises.planning import plan
from architrave.desks.exercises.replanning import Replanned, replan
from architrave.desks.rows import Place


def planned(found: Programme) -> Plan:
    made = plan(found, step_days=STEP, conflict_seconds=0)
    assert isinstance(made, Plan)
    return made


@pytest.mark.slow
@given(small_programmes(), st.integers(0, 3), st.integers(1, 150), st.integers(0, 120))
def test_no_edition_moves_that_need_not(
    found: Programme, which: int, later: int, decided: int
) -> None:
    before = plan(found, step_days=STEP, conflict_seconds=0)
    assume(isinstance(before, Plan))
    assert isinstance(before, Plan)
    names = names_in_order(found)
    stood = {one.edition: one.first for one in before.placed}
    name = names[which % len(names)]
    put_off = (
        Postponed(
            name, stood[name] + timedelta(later), date(YEAR, 1, 1) + timedelta(decided), reason="?"
        ),
    )
    again = replan(found, before, put_off, step_days=STEP, conflict_seconds=0)
    choices = [_days_after(found, one, stood[one], put_off[0]) for one in names]
    others = [one for one in every_plan(found, choices) if _heeds(one, put_off[0])]
    event(type(again).__name__)
    if not others:
        assert isinstance(again, Infeasible)
        return
    assert isinstance(again, Replanned)
    assert faults(found, again.plan, put_off) == ()
    best = min((*moved(before, one, put_off), one.cost) for one in others)
    assert (*moved(before, again.plan, put_off), again.plan.cost) == best
    assert len(again.others) == best[0]
    event(f"{best[0]} others moved")


def _days_after(found: Programme, name: str, stood: date, put_off: Postponed) -> list[date]:
    """Where an edition may be once that was decided: not moved if begun, else with its lead."""
    if name != put_off.edition and stood <= put_off.decided:
        return [stood]
    lead = timedelta(found.series[name.split("/")[0]].lead_days)
    return [
        day
        for day in allowed_days(found, name, [stood])
        if day >= put_off.decided + lead or (day == stood and name != put_off.edition)
    ]


def _heeds(one: Plan, put_off: Postponed) -> bool:
    days = {placed.edition: placed.first for placed in one.placed}
    return days[put_off.edition] >= put_off.not_before


def test_a_part_postponed_alone_leaves_its_edition_in_place() -> None:
    part = Part("boarding", "north-wind", "Boarding", 1, 2, "area-c", ("elm",))
    row = series(days=5)
    found = programme(
        row, series("sea-breeze", area="area-c"), parts={"boarding": part},
        needs=(Need("sea-breeze", "elm"),),
    )  # fmt: skip
    before = planned(found)
    sea = next(one for one in before.placed if one.edition.startswith("sea"))
    put_off = Postponed(
        f"north-wind/{YEAR}.1", sea.first, date(YEAR, 1, 1), "boarding", "weather", "chair"
    )
    again = replan(found, before, (put_off,), step_days=STEP)
    assert isinstance(again, Replanned)
    assert [(move.edition, move.part) for move in again.moves] == [(put_off.edition, "boarding")]
    assert again.moves[0].postponed == put_off
    assert again.others == ()
    assert faults(found, again.plan, (put_off,)) == ()
    alone = next(one for one in again.plan.placed if one.part)
    assert alone.days == 2
    assert alone.first >= sea.first
    assert (alone.host, alone.command) == ("", "")


def test_what_was_postponed_alone_stays_alone_in_the_next_plan() -> None:
    part = Part("boarding", "north-wind", "Boarding", 1, 2)
    found = programme(series(), parts={"boarding": part})
    put_off = Postponed(f"north-wind/{YEAR}.1", date(YEAR, 6, 1), date(YEAR, 1, 1), "boarding")
    first = replan(found, planned(found), (put_off,))
    assert isinstance(first, Replanned)
    whole = Postponed(f"north-wind/{YEAR}.1", date(YEAR, 4, 1), date(YEAR, 1, 1))
    second = replan(found, first.plan, (whole,))
    assert isinstance(second, Replanned)
    assert [move.part for move in second.moves] == [""]
    assert faults(found, second.plan, (whole,)) == ()


def test_only_where_it_is_said_may_an_edition_leave_its_period() -> None:
    found = programme(series(days=9), years=2)
    before = planned(found)
    put_off = Postponed(f"north-wind/{YEAR}.1", date(YEAR + 1, 1, 1), date(YEAR, 2, 1))
    refused = replan(found, before, (put_off,))
    assert isinstance(refused, Infeasible)
    assert any("is postponed and begins on" in sentence for sentence in refused.sentences)
    again = replan(found, before, (replace(put_off, beyond=True),))
    assert isinstance(again, Replanned)
    assert faults(found, again.plan, (replace(put_off, beyond=True),)) == ()
    assert [fault.rule for fault in faults(found, again.plan)] == ["period"]
    # The next year's edition follows it, so that one had to make room, and nothing else did.
    assert [move.edition for move in again.others] == [f"north-wind/{YEAR + 1}.1"]


@pytest.mark.parametrize(
    ("edition", "part", "said"),
    [
        ("north-wind/2041.7", "", "there is no edition 'north-wind/2041.7' to postpone"),
        ("sea-breeze/2041.1", "boarding", "sea-breeze/2041.1 has no part 'boarding'"),
        ("north-wind/2041.1", "drill", "has no part 'drill'"),
    ],
)
def test_what_is_not_planned_cannot_be_postponed(edition: str, part: str, said: str) -> None:
    parts = {"boarding": Part("boarding", "north-wind", "Boarding", 1, 2)}
    found = programme(series(), series("sea-breeze"), parts=parts)
    put_off = Postponed(edition, date(YEAR, 6, 1), date(YEAR, 1, 1), part, place=Place("p.csv", 2))
    with pytest.raises(BadInput, match=said):
        replan(found, planned(found), (put_off,))


def test_a_plan_of_another_programme_is_refused() -> None:
    with pytest.raises(BadInput, match="lacks sea-breeze"):
        replan(programme(series(), series("sea-breeze")), planned(programme(series())), ())


def test_what_left_its_period_stays_where_it_is_in_the_next_plan() -> None:
    found = programme(series(days=9), series("sea-breeze"), years=2)
    away = Postponed(f"north-wind/{YEAR}.1", date(YEAR + 1, 1, 1), date(YEAR, 2, 1), beyond=True)
    first = replan(found, planned(found), (away,))
    assert isinstance(first, Replanned)
    later = Postponed(f"sea-breeze/{YEAR}.1", date(YEAR, 8, 1), date(YEAR, 3, 1))
    second = replan(found, first.plan, (away, later))
    assert isinstance(second, Replanned)
    assert [move.edition for move in second.moves] == [later.edition]
    assert faults(found, second.plan, (away, later)) == ()


def test_nothing_moves_where_nothing_is_postponed() -> None:
    found = programme(series(), series("sea-breeze"))
    before = planned(found)
    again = replan(found, before, ())
    assert isinstance(again, Replanned)
    assert (again.plan.placed, again.moves) == (before.placed, ())


def test_a_day_off_the_grid_stays() -> None:
    found = programme(series(), series("sea-breeze", area="area-a"))
    before = planned(found)
    odd = tuple(replace(one, first=one.first + timedelta(2)) for one in before.placed)
    assert odd[0].first not in days_of(found, odd[0].edition)
    put_off = Postponed(odd[0].edition, odd[0].first + timedelta(9), date(YEAR, 1, 1))
    again = replan(found, replace(before, placed=odd), (put_off,))
    assert isinstance(again, Replanned)
    assert again.others == ()
