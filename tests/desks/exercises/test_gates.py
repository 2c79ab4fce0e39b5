"""Gates stand on shared working days in their order, and stay shut while a product is open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from exercise_tables import EXAMPLE, PARTIES, example, holidays, quiet, with_row
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.gates import GateKind, gates, read_products
from architrave.desks.exercises.lessons import read_lessons
from architrave.desks.exercises.model import Placed

PLACED = Placed("north-wind/2031.1", date(2031, 6, 23), 12)
STARTS = st.dates(date(2031, 1, 1), date(2033, 12, 1))
COUNTS = st.lists(st.integers(1, 200), min_size=3, max_size=3, unique=True).map(
    lambda counts: sorted(counts, reverse=True)
)


@given(STARTS, COUNTS, st.integers(1, 60))
def test_no_gate_is_on_a_holiday_of_any_party_and_all_are_in_order(
    start: date, counts: list[int], review: int
) -> None:
    offsets = dict(zip(GateKind, [*counts, review], strict=True))
    placed = Placed("north-wind/2031.1", start, 12)
    found = gates(example(), placed, holidays(), start, offsets=offsets)
    assert [one.kind for one in found] == list(GateKind)
    for one in found:
        assert one.day.weekday() < 5
        assert not any(one.day in holidays().days[party] for party in PARTIES)
    days = [one.day for one in found]
    assert days == sorted(set(days))
    assert days[2] < start
    assert placed.last < days[3]


def test_offsets_count_shared_working_days() -> None:
    off = {"KOR": {date(2031, 6, 20)}, "JPN": {date(2031, 6, 18)}}
    offsets = dict(zip(GateKind, (4, 2, 1, 1), strict=True))
    found = gates(example(), PLACED, quiet(off), date(2031, 1, 1), offsets=offsets)
    # Friday the 20th and Wednesday the 18th are holidays, each of one party.
    assert [one.day for one in found] == [
        date(2031, 6, 13),
        date(2031, 6, 17),
        date(2031, 6, 19),
        date(2031, 7, 7),
    ]


def test_a_gate_stays_shut_while_a_required_product_is_open() -> None:
    products = read_products(EXAMPLE, example())

    def shut(today: date) -> list[bool]:
        return [one.is_shut for one in gates(example(), PLACED, quiet(), today, products)]

    # The concept was done on 20 October, the list on 15 January; the event list never was.
    assert shut(date(2030, 10, 19)) == [True, True, True, True]
    assert shut(date(2030, 10, 20)) == [False, True, True, True]
    files = {**EXAMPLE, "products.csv": EXAMPLE["products.csv"].replace("10,yes,\n", "10,no,\n")}
    products = read_products(files, example())
    assert shut(date(2031, 1, 14)) == [False, True, True, True]
    assert shut(date(2031, 1, 15)) == [False, False, False, False]


def test_products_are_due_before_their_gate() -> None:
    products = read_products(EXAMPLE, example())
    for gate in gates(example(), PLACED, holidays(), date(2031, 1, 1), products):
        for product, due in gate.products:
            assert product.gate is gate.kind
            assert due < gate.day - timedelta(days=product.days_before - 1)


def test_open_lessons_are_shown_at_the_initial_conference_of_the_edition_that_retests() -> None:
    lessons = read_lessons(EXAMPLE, example())
    placed = Placed("north-wind/2032.1", date(2032, 6, 14), 12)
    found = gates(example(), placed, quiet(), date(2032, 1, 5), lessons=lessons)
    assert [[one.id for one in gate.lessons] for gate in found] == [["tow-gear"], [], [], []]


@pytest.mark.parametrize("counts", [(1, 2, 3, 1), (3, 2, 2, 1), (3, 2, 0, 1), (3, 2, 1, 0)])
def test_offsets_out_of_order_are_refused(counts: tuple[int, ...]) -> None:
    offsets = dict(zip(GateKind, counts, strict=True))
    with pytest.raises(BadInput, match="must be 1 or more, and fall from the initial"):
        gates(example(), PLACED, quiet(), date(2031, 1, 1), offsets=offsets)


def test_a_product_of_no_edition_is_refused() -> None:
    files = with_row(EXAMPLE, "products.csv", "x,north-wind/2035.1,main,X,KOR/TDCWL,,,")
    with pytest.raises(BadInput, match=r"^products.csv, line 6: there is no edition"):
        read_products(files, example())
