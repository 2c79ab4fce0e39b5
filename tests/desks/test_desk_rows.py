"""Tables that people bring: whatever is wrong is named with file, line and column."""

from datetime import date

import pytest

from architrave.desks.errors import BadInput
from architrave.desks.rows import (
    Place,
    by_id,
    choice,
    day,
    days_in_order,
    known,
    read_table,
    several,
    text,
    whole,
)


def test_rows_are_read_with_their_places() -> None:
    rows = read_table("a.csv", "\ufeffid, name\n\nx, Elm\ny,  Oak \n", ("id",), ("name",))
    assert [(str(row.place), dict(row.cells)) for row in rows] == [
        ("a.csv, line 3", {"id": "x", "name": "Elm"}),
        ("a.csv, line 4", {"id": "y", "name": "Oak"}),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "a.csv, line 1: there is no column id."),
        ("name\n", "a.csv, line 1: there is no column id."),
        ("id,id\n", "a.csv, line 1: the column id is there twice."),
        ("id,what\n", "a.csv, line 1: the column what is unknown."),
        ("id,\n", "a.csv, line 1: the column without a name is unknown."),
        ("id\nx,y\n", "a.csv, line 2: 1 cells were expected, 2 found."),
    ],
)
def test_a_bad_table_is_refused(content: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table("a.csv", content, ("id",))
    assert str(refused.value) == sentence


def test_cells_are_read_by_kind() -> None:
    (row,) = read_table("a.csv", "n,d,e,c,s\n7,2031-02-28,2031-03-01,b,x; y\n", tuple("ndecs"))
    assert whole(row, "n", 0, 9) == 7
    assert days_in_order(row, "d", "e") == (date(2031, 2, 28), date(2031, 3, 1))
    assert choice(row, "c", ("a", "b")) == "b"
    assert several(row, "s", ("x", "y")) == ("x", "y")
    assert known(row, "c", {"b"}, "area") == "b"
    assert text(row, "missing", "none") == "none"


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda row: text(row, "empty"), "empty is empty."),
        (lambda row: whole(row, "n", 0, 6), "n must be a whole number from 0 to 6, not '7'."),
        (lambda row: whole(row, "s", 0, 6), "s must be a whole number from 0 to 6, not 'x;x'."),
        (lambda row: day(row, "d"), "d must be a date such as 2031-05-20, not '20310228'."),
        (lambda row: days_in_order(row, "e", "f"), "f 2031-02-28 is before e 2031-03-01."),
        (lambda row: choice(row, "n", ("a", "b")), "n must be one of a, b, not '7'."),
        (lambda row: several(row, "s"), "s names x twice."),
        (lambda row: several(row, "s", ("y",)), "s may name y, and not 'x'."),
        (lambda row: known(row, "n", {"1"}, "area"), "there is no area '7'."),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(read: object, sentence: str) -> None:
    content = "n,d,e,f,s,empty\n7,20310228,2031-03-01,2031-02-28,x;x,\n"
    (row,) = read_table("a.csv", content, ("n", "d", "e", "f", "s", "empty"))
    assert callable(read)
    with pytest.raises(BadInput) as refused:
        read(row)
    assert str(refused.value) == f"a.csv, line 2: {sentence}"


def test_an_id_that_stands_twice_is_refused_with_both_rows() -> None:
    rows = read_table("a.csv", "id\nx\ny\nx\n", ("id",))
    with pytest.raises(BadInput, match=r"^a.csv, line 4: the id 'x' is that of a.csv, line 2\.$"):
        by_id(rows, lambda row: row.cells["id"], lambda row: row.place)
    assert list(by_id(rows[:2], lambda row: row.cells["id"], lambda row: row.place)) == ["x", "y"]


def test_places_say_where() -> None:
    assert str(Place("forces.csv", 4)) == "forces.csv, line 4"
