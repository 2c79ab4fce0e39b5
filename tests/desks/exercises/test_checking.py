"""The checker names each kind of fault: a sound plan is altered so that one rule is broken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from exercise_worlds import PARTIES, YEAR, programme, series

from architrave.desks.exercises.checking import cost_found, faults
from architrave.desks.exercises.model import (
    Away,
    Blackout,
    ClashKind,
    Domain,
    Fixed,
    Need,
    Part,
    Placed,
    Plan,
    Postponed,
    Precedence,
    Programme,
)
from architrave.desks.exercises.planning import plan

NORTH, NORTH_2, SEA = f"north-wind/{YEAR}.1", f"north-wind/{YEAR}.2", f"sea-breeze/{YEAR}.1"


def world() -> Programme:
    """Every kind of rule, in one programme that has a plan."""
    found = programme(
        series(
            days=10, editions=2, months=(3, 4, 5, 6, 9), area="area-a", lead_days=80, gap_days=30,
            hosts=PARTIES[:2], commands=PARTIES,
        ),
        series("sea-breeze", parties=PARTIES[2:], area="area-b", domains=(Domain.AIR,)),
        series("dusk-squall", days=3, area="area-a"),
        needs=(Need("north-wind", "oak"), Need("dusk-squall", "oak")),
        away=(Away("oak", date(YEAR, 4, 1), date(YEAR, 4, 20)),),
        parts={"boarding": Part("boarding", "sea-breeze", "Boarding", 1, 2, "area-c", ("elm",))},
        blackouts=(
            Blackout(
                "talks", ClashKind.TALKS, date(YEAR, 5, 20), date(YEAR, 5, 30), PARTIES[:1], None
            ),
            Blackout("rain", ClashKind.WEATHER, date(YEAR, 6, 1), date(YEAR, 6, 30), (), 2),
        ),
        precedences=(Precedence(NORTH, SEA, 5),),
        fixed=(Fixed(f"dusk-squall/{YEAR}.1", date(YEAR, 2, 4)),),
    )  # fmt: skip
    oak = replace(found.forces["oak"], days_a_year=25, rest_days=14)
    return replace(found, forces={**found.forces, "oak": oak})


FOUND = world()
SOUND = plan(FOUND)


def altered(edition: str, **fields: object) -> Plan:
    assert isinstance(SOUND, Plan)
    placed = tuple(
        replace(one, **fields) if one.edition == edition else one  # type: ignore[arg-type]
        for one in SOUND.placed
    )
    made = replace(SOUND, placed=placed)
    return replace(made, cost=cost_found(FOUND, made))


def day_of(edition: str) -> date:
    assert isinstance(SOUND, Plan)
    return next(one.first for one in SOUND.placed if one.edition == edition)


def test_the_plan_before_it_is_altered_is_sound() -> None:
    assert isinstance(SOUND, Plan)
    assert faults(FOUND, SOUND) == ()


@pytest.mark.parametrize(
    ("rule", "edition", "first"),
    [
        ("lead", NORTH, lambda: date(YEAR, 3, 4)),
        ("months", NORTH_2, lambda: date(YEAR, 10, 7)),
        ("period", SEA, lambda: date(YEAR + 1, 1, 6)),
        ("period", SEA, lambda: date(YEAR - 1, 12, 30)),
        ("end", SEA, lambda: date(YEAR, 12, 30)),
        ("fixed", f"dusk-squall/{YEAR}.1", lambda: date(YEAR, 2, 5)),
        ("blackout", NORTH_2, lambda: date(YEAR, 5, 18)),
        ("away", NORTH_2, lambda: date(YEAR, 4, 20)),
        ("force", f"dusk-squall/{YEAR}.1", lambda: day_of(NORTH) - timedelta(16)),
        ("area", f"dusk-squall/{YEAR}.1", lambda: day_of(NORTH) - timedelta(2)),
        ("shares", SEA, lambda: day_of(NORTH_2) + timedelta(9)),
        ("gap", NORTH_2, lambda: day_of(NORTH) + timedelta(39)),
        ("gap", NORTH_2, lambda: day_of(NORTH) - timedelta(1)),
        ("precedence", SEA, lambda: day_of(NORTH) + timedelta(13)),
    ],
)
def test_a_moved_edition_is_named_by_its_rule(
    rule: str, edition: str, first: Callable[[], date]
) -> None:
    found = [
        fault for fault in faults(FOUND, altered(edition, first=first())) if fault.rule == rule
    ]
    assert found
    assert all(edition in fault.concerned for fault in found)
    assert all(fault.sentence.endswith(".") for fault in found)


@pytest.mark.parametrize("day", [lambda: day_of(NORTH) + timedelta(14)])
def test_a_day_later_the_precedence_is_kept(day: Callable[[], date]) -> None:
    rules = [fault.rule for fault in faults(FOUND, altered(SEA, first=day()))]
    assert "precedence" not in rules


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("host", {"host": PARTIES[2]}),
        ("host", {"host": ""}),
        ("command", {"command": ""}),
        ("length", {"days": 9}),
    ],
)
def test_a_wrong_host_command_or_length_is_named(rule: str, fields: dict[str, object]) -> None:
    assert rule in [fault.rule for fault in faults(FOUND, altered(NORTH, **fields))]


def test_tempo_is_counted_in_the_year_in_which_days_fall() -> None:
    tired = replace(FOUND.forces["oak"], days_a_year=22)
    assert isinstance(SOUND, Plan)
    found = faults(replace(FOUND, forces={**FOUND.forces, "oak": tired}), SOUND)
    assert [fault.rule for fault in found] == ["tempo"]
    assert found[0].sentence == f"oak exercises on 23 days of {YEAR}, above 22."


def test_what_is_missing_twice_there_or_unknown_is_named() -> None:
    assert isinstance(SOUND, Plan)
    first = SOUND.placed[0]
    less = replace(SOUND, placed=SOUND.placed[1:])
    more = replace(SOUND, placed=(*SOUND.placed, first))
    strange = replace(SOUND, placed=(*SOUND.placed, Placed("west-wind/2041.1", first.first, 5)))
    part = replace(SOUND, placed=(*SOUND.placed, Placed(NORTH, first.first, 2, part="boarding")))
    for plan_found in (less, more, strange, part):
        assert {fault.rule for fault in faults(FOUND, plan_found)} == {"promise"}


def test_a_part_that_stands_alone_takes_its_force_and_area_along() -> None:
    assert isinstance(SOUND, Plan)
    alone = Placed(SEA, day_of(SEA) + timedelta(60), 2, part="boarding")
    apart = replace(SOUND, placed=(*SOUND.placed, alone))
    away = (*FOUND.away, Away("elm", alone.first, alone.first))
    found = faults(replace(FOUND, away=away), replace(apart, cost=cost_found(FOUND, apart)))
    assert [(fault.rule, fault.concerned) for fault in found] == [("away", (f"{SEA}#boarding",))]


def test_a_postponement_is_heeded() -> None:
    put_off = Postponed(NORTH, day_of(NORTH) + timedelta(1), date(YEAR, 1, 1))
    assert isinstance(SOUND, Plan)
    assert "postponed" in [fault.rule for fault in faults(FOUND, SOUND, (put_off,))]
    late = replace(put_off, not_before=day_of(NORTH), decided=day_of(NORTH) - timedelta(79))
    assert [fault.rule for fault in faults(FOUND, SOUND, (late,))] == ["lead"]


def test_the_cost_is_counted_by_hand() -> None:
    """Ten days in the rain; hosts apart, commands 1:1:0; two of three at sea in one quarter."""
    made = altered(NORTH_2, first=date(YEAR, 6, 1), host=PARTIES[0])
    hosts = [one.host for one in made.placed if one.edition == NORTH]
    apart = 2 if hosts == [PARTIES[0]] else 0
    assert made.cost == 10 * 2 + 20 * apart + 20 * 1 + 5 * 1
