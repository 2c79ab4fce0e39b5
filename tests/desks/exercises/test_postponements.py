"""A part moves alone, its history stays, and a calendar gets an update and no double."""

from __future__ import annotations

from datetime import date

import pytest
from exercise_tables import EXAMPLE, example, with_row

from architrave.desks.errors import BadInput
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.places import read_plan, write_plan
from architrave.desks.exercises.postponements import (
    as_postponed,
    calendar_entries,
    history,
    moved,
    read_moves,
    with_moves,
)

EDITION = "north-wind/2031.1"
PART = f"{EDITION}#boarding"
PLAN = read_plan(EXAMPLE, example())


def test_a_part_moves_and_its_edition_stays() -> None:
    after = moved(example(), PLAN, read_moves(EXAMPLE, example()))
    assert [one for one in after if not one.part] == list(PLAN)
    (part,) = [one for one in after if one.part]
    assert (labelled(part), part.first, part.days) == (PART, date(2031, 9, 15), 3)


def test_reason_seat_and_every_earlier_day_are_kept() -> None:
    row = f"{EDITION},2031-09-15,2031-09-01,USA/TDCWL,storm,boarding,,2031-09-22"
    moves = read_moves(with_row(EXAMPLE, "postponements.csv", row), example())
    told = history(moves, EDITION, "boarding")
    assert [(one.was, one.now, one.seat, one.reason) for one in told] == [
        (date(2031, 6, 25), date(2031, 9, 15), "KOR/TDCWL", "heat (illustrative)"),
        (date(2031, 9, 15), None, "USA/TDCWL", "storm"),
    ]
    assert history(moves, EDITION) == ()
    asked = as_postponed(told[1])
    assert (asked.not_before, asked.decided) == (date(2031, 9, 22), date(2031, 9, 1))


def test_a_calendar_entry_keeps_its_name_and_counts_its_moves() -> None:
    programme = example()
    none = {one.uid: one for one in calendar_entries(programme, PLAN, (), "x.example")}
    row = f"{EDITION},2031-06-23,2031-06-03,JPN/TDCWL,storm,,2031-07-07,"
    moves = read_moves(with_row(EXAMPLE, "postponements.csv", row), programme)
    first = {one.uid: one for one in calendar_entries(programme, PLAN, moves[:1], "x.example")}
    second = {one.uid: one for one in calendar_entries(programme, PLAN, moves, "x.example")}
    assert first.keys() == second.keys()
    (part,) = first.keys() - none.keys()
    assert (first[part].sequence, first[part].first) == (1, date(2031, 9, 15))
    changed = [uid for uid in none if none[uid] != second[uid]]
    assert [(none[uid].sequence, second[uid].sequence) for uid in changed] == [(0, 1)]
    assert second[changed[0]].note == "2031-06-03, JPN/TDCWL: storm"
    assert len({one.uid for one in second.values()}) == len(second)


def test_what_has_no_new_day_is_tentative() -> None:
    text = EXAMPLE["postponements.csv"].replace("2031-09-15", "")
    moves = read_moves({**EXAMPLE, "postponements.csv": text}, example())
    assert moved(example(), PLAN, moves) == PLAN
    (entry,) = [
        one for one in calendar_entries(example(), PLAN, moves, "x.example") if one.sequence
    ]
    assert (entry.status, entry.first) == ("tentative", date(2031, 6, 25))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"{EDITION},2031-06-23,2031-06-03,,heat,,2031-07-07,", "seat is empty"),
        (f"{EDITION},2031-06-23,2031-06-03,KOR/TDCWL,,,2031-07-07,", "reason is empty"),
        (f"{EDITION},2031-06-23,2031-06-03,S,heat,,2031-06-23,", "now 2031-06-23 is not after"),
        (f"{EDITION},2031-06-23,2031-06-03,S,heat,,2031-07-07,2031-07-08", "is before not_before"),
        (f"{EDITION},2031-06-23,2031-06-03,S,heat,,2030-12-31,", "is before the plan, 2031-01-01"),
        (f"{EDITION},2031-06-23,2031-06-03,S,heat,,,2031-06-23", "not_before 2031-06-23 is not"),
        (
            f"{EDITION},2031-09-16,2031-09-01,S,heat,boarding,2031-09-22,",
            "was to begin on 2031-09-15 (postponements.csv, line 2), not 2031-09-16",
        ),
        (
            f"{EDITION},2031-09-15,2031-05-01,S,heat,boarding,2031-09-22,",
            "it was decided on 2031-05-01, before postponements.csv, line 2 (2031-06-02)",
        ),
        (
            "south-wind/2031.1,2031-03-10,2031-03-01,S,heat,boarding,,",
            "(parts.csv, line 2) is none",
        ),
    ],
)
def test_bad_rows_are_refused(row: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_moves(with_row(EXAMPLE, "postponements.csv", row), example())
    assert str(refused.value).startswith("postponements.csv, line 3: ")
    assert sentence in str(refused.value)


def test_a_move_from_where_nothing_stands_is_refused() -> None:
    row = f"{EDITION},2031-06-22,2031-06-03,S,heat,,2031-07-07,"
    moves = read_moves(with_row(EXAMPLE, "postponements.csv", row), example())
    with pytest.raises(BadInput, match="begins on 2031-06-23 in the plan, not 2031-06-22"):
        moved(example(), PLAN, moves)
    with pytest.raises(BadInput, match="has no place in the plan"):
        moved(example(), (), moves)


def test_a_plan_is_written_and_read_again() -> None:
    after = moved(example(), PLAN, read_moves(EXAMPLE, example()))
    assert read_plan({**EXAMPLE, "plan.csv": write_plan(after)}, example()) == after


def test_a_plan_that_books_a_force_twice_is_refused_with_both_rows() -> None:
    files = with_row(EXAMPLE, "plan.csv", "north-wind/2031.1,2031-09-01,3,boarding,,")
    assert len(read_plan(files, example())) == len(PLAN) + 1
    text = EXAMPLE["plan.csv"].replace("2031-10-20", "2031-04-25")
    with pytest.raises(BadInput) as refused:
        read_plan({**EXAMPLE, "plan.csv": text}, example())
    assert "plan.csv, line 5: the " in str(refused.value)
    assert "for east-wind/2031.1 in plan.csv, line 3." in str(refused.value)


def test_a_move_is_taken_back_by_a_further_row() -> None:
    rows = EXAMPLE["postponements.csv"] + (
        f"{EDITION},2031-09-15,2031-06-10,KOR/TDCWL,cooler (illustrative),boarding,2031-06-25,\n"
    )
    moves = read_moves({**EXAMPLE, "postponements.csv": rows}, example())
    after = {labelled(one): one.first for one in moved(example(), PLAN, moves)}
    assert PART not in after  # it is a part of its edition again
    (entry,) = [
        one for one in calendar_entries(example(), PLAN, moves, "x.example") if one.sequence
    ]
    assert (entry.sequence, entry.first, entry.status) == (2, date(2031, 6, 25), "confirmed")
    assert [one.now for one in history(moves, EDITION, "boarding")] == [
        date(2031, 9, 15),
        date(2031, 6, 25),
    ]


def test_rows_are_added_behind_what_was_there() -> None:
    before = EXAMPLE["postponements.csv"]
    moves = read_moves(EXAMPLE, example())
    text = with_moves(before, moves)
    assert text == before + before.splitlines(keepends=True)[1]
    assert with_moves(before.rstrip("\n"), moves) == text
    assert with_moves(None, moves).splitlines()[1] == before.splitlines()[1]
    windows = before.replace("\n", "\r\n")
    assert with_moves(windows, moves) == text.replace("\n", "\r\n")


def test_a_table_without_a_needed_column_is_refused() -> None:
    moves = read_moves(EXAMPLE, example())
    with pytest.raises(BadInput, match=r"postponements.csv, line 1: a column part is needed"):
        with_moves("edition,was,decided,seat,reason,now\n", moves)
    with pytest.raises(BadInput, match="there is no column reason"):
        with_moves("edition,was,decided,seat\n", moves)
