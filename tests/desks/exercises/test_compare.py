"""Planned against held: the totals are the sums of the rows, and the export says the same."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from exercise_tables import EXAMPLE, example, with_row
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.compare import (
    Counts,
    Held,
    HeldState,
    comparison,
    lines_csv,
    read_held,
    years_csv,
)
from architrave.desks.exercises.editions import promised
from architrave.desks.exercises.model import Placed
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.postponements import moved, read_moves

EDITIONS = [one.id for one in promised(example())]
DAYS = st.dates(date(2030, 12, 1), date(2034, 1, 31))
PLACED = st.builds(Placed, st.sampled_from(EDITIONS), DAYS, st.integers(1, 30))
HELD = st.builds(
    lambda edition, first, days, forces: Held(
        edition, first, first + timedelta(days=days - 1), forces=tuple(forces)
    ),
    st.sampled_from(EDITIONS),
    DAYS,
    st.integers(1, 30),
    st.lists(st.sampled_from(sorted(example().forces)), unique=True),
)


@given(
    st.lists(PLACED, unique_by=lambda one: one.edition),
    st.lists(HELD, unique_by=lambda one: one.edition),
)
def test_totals_are_the_sums_of_rows_and_of_what_went_in(
    planned: list[Placed], held: list[Held]
) -> None:
    found = comparison(example(), planned, held)
    assert found.planned == sum((row.planned for row in found.years), Counts())
    assert found.held == sum((row.held for row in found.years), Counts())
    assert (found.planned.editions, found.planned.days) == (
        len(planned),
        sum(one.days for one in planned),
    )
    assert (found.held.editions, found.held.days, found.held.forces) == (
        len(held),
        sum(one.days for one in held),
        sum(len(one.forces) for one in held),
    )
    rows = list(csv.DictReader(StringIO(years_csv(found))))
    for column in ("planned_days", "held_days", "planned_forces", "held_forces", "held_editions"):
        *years, total = (int(row[column]) for row in rows)
        assert sum(years) == total
    lines = list(csv.DictReader(StringIO(lines_csv(found))))
    assert sum(int(line["held_days"]) for line in lines) == found.held.days
    assert sum(int(line["planned_forces"]) for line in lines) == found.planned.forces


def test_what_is_known_of_each_line() -> None:
    programme = example()
    plan = moved(programme, read_plan(EXAMPLE, programme), read_moves(EXAMPLE, programme))
    text = EXAMPLE["held.csv"].replace("2031-04-21,2031-04-25", "2031-04-22,2031-04-26")
    held = read_held({**EXAMPLE, "held.csv": text}, programme)
    states = {one.id: one.state for one in comparison(programme, plan, held).lines}
    assert states["south-wind/2031.1"] is HeldState.AS_PLANNED
    assert states["north-wind/2031.1#boarding"] is HeldState.AS_PLANNED
    assert states["east-wind/2031.1"] is HeldState.MOVED
    assert states["east-wind/2031.2"] is HeldState.NO_REPORT
    assert comparison(programme, (), held).lines[0].state is HeldState.UNPLANNED


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("east-wind/2031.1,2031-04-28,2031-04-29,,,", "held.csv, line 3 says when it was held."),
        ("east-wind/2031.2,2031-04-28,2031-04-27,,,", "last 2031-04-27 is before first"),
        ("east-wind/2031.2,2031-04-28,2031-04-29,,oak,", "names 'oak', which is not among the"),
    ],
)
def test_bad_rows_are_refused(row: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_held(with_row(EXAMPLE, "held.csv", row), example())
    assert str(refused.value).startswith("held.csv, line 6: ")
    assert sentence in str(refused.value)
