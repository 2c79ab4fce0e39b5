"""A programme is read as it was written, and what contradicts itself is refused with both rows."""

from __future__ import annotations

import pytest
from exercise_tables import EXAMPLE, PARTIES, example, placeless, programmes, with_row
from hypothesis import given

from architrave.desks.errors import BadInput
from architrave.desks.exercises.model import Horizon, Programme, Weights
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.workbook import read_workbook, write_workbook
from architrave.desks.exercises.writing import write_programme


@given(programmes())
def test_what_is_written_is_read(programme: Programme) -> None:
    assert placeless(read_programme(write_programme(programme))) == programme


def test_a_workbook_holds_the_same_programme() -> None:
    packed = write_workbook(write_programme(example()))
    sheets = read_workbook("plan.xlsx", packed)
    read = read_programme(sheets, PARTIES)
    assert placeless(read) == placeless(example())
    assert str(read.forces["rowan"].place) == "forces, row 6"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"id,name\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"^plan.xlsx: this is no workbook that can be read"):
        read_workbook("plan.xlsx", content)


def test_settings_may_stand_in_toml() -> None:
    files = {name: text for name, text in EXAMPLE.items() if name != "programme.csv"}
    files["programme.toml"] = 'year = 2031\nyears = 3\nparties = ["USA", "KOR", "JPN"]\nhost = 7\n'
    read = read_programme(files, PARTIES)
    assert (read.horizon, read.parties) == (Horizon(2031, 3), PARTIES)
    assert read.weights == Weights(host=7)
    files["programme.toml"] += "spread = -1\n"
    with pytest.raises(BadInput, match=r"^programme.toml, line 5: value must be a whole number"):
        read_programme(files, PARTIES)


def test_a_party_outside_of_the_charter_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^programme.csv, line 4: value may name JPN, KOR"):
        read_programme(EXAMPLE, ("JPN", "KOR"))


FIXED = "edition,first\nsouth-wind/2031.1,2031-03-10\n"
BAD = [
    # One row by itself.
    ("away.csv", "elm,2031-07-09,2031-07-01,,", "away.csv, line 4: last 2031-07-01 is before"),
    ("needs.csv", "north-wind,oak", "needs.csv, line 8: there is no force 'oak'."),
    ("needs.csv", "west-wind,elm", "needs.csv, line 8: there is no series 'west-wind'."),
    ("parts.csv", "p,north-wind,P,0,1,ash,", "parts.csv, line 4: there is no area 'ash'."),
    ("areas.csv", "ash,Ash,yew", "areas.csv, line 5: there is no area 'yew' that it could"),
    ("areas.csv", "ash,Ash,ash", "areas.csv, line 5: the area ash is said to overlap itself."),
    ("forces.csv", "yew,XXA,sea,Yew,,", "forces.csv, line 8: party must be one of JPN, KOR"),
    ("forces.csv", "a b,JPN,sea,Yew,,", "forces.csv, line 8: id may hold letters, digits"),
    (
        "precedences.csv",
        "north-wind/2029.1,south-wind/2032.1,1,",
        "precedences.csv, line 3: there is no edition 'north-wind/2029.1': the series north-wind "
        "(series.csv, line 2) has no such edition within 2031 to 2033.",
    ),
    # Two rows.
    ("forces.csv", "elm,KOR,sea,Elm,,", "forces.csv, line 8: the id 'elm' is that of forces.csv"),
    ("needs.csv", "north-wind,elm", "needs.csv, line 8: needs.csv, line 3 says so already."),
    (
        "needs.csv",
        "south-wind,elm",
        "needs.csv, line 8: the force elm is of KOR (forces.csv, line 3), which takes no part in "
        "south-wind (series.csv, line 4).",
    ),
    (
        "parts.csv",
        "late,south-wind,Late,3,2,,",
        "parts.csv, line 4: the part late ends on day 5 of an edition that has 4 "
        "(series.csv, line 4).",
    ),
    (
        "away.csv",
        "elm,2031-05-20,2031-06-01,force,duty",
        "away.csv, line 4: the force elm is taken on 2031-05-20 for force (duty), and for "
        "maintenance (in maintenance (illustrative)) in away.csv, line 2.",
    ),
    (
        "fixed.csv",
        "north-wind/2031.1,2031-05-20",
        "fixed.csv, line 3: the force elm is taken on 2031-05-20 for north-wind/2031.1, and for "
        "maintenance (in maintenance (illustrative)) in away.csv, line 2.",
    ),
    (
        "fixed.csv",
        "south-wind/2031.1,2031-03-17",
        "fixed.csv, line 3: the first day of south-wind/2031.1 was settled in fixed.csv, line 2.",
    ),
    (
        "fixed.csv",
        "north-wind/2031.1,2032-06-01",
        "fixed.csv, line 3: 2032-06-01 is outside of the period of north-wind/2031.1, which is "
        "2031-01-01 to 2031-12-31 (series.csv, line 2).",
    ),
    (
        "fixed.csv",
        "north-wind/2031.1,2031-10-06",
        "fixed.csv, line 3: 2031-10-06 is in none of the months in which north-wind may start: "
        "5, 6, 7, 9 (series.csv, line 2).",
    ),
    (
        "precedences.csv",
        "south-wind/2032.1,north-wind/2031.1,1,",
        "these precedences go in a circle.",
    ),
]


@pytest.mark.parametrize(("file", "row", "sentence"), BAD)
def test_bad_rows_are_refused(file: str, row: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_programme(with_row(EXAMPLE, file, row), PARTIES)
    assert sentence in str(refused.value)


def test_a_circle_names_every_row_of_it() -> None:
    files = with_row(EXAMPLE, "precedences.csv", "south-wind/2032.1,east-wind/2032.1,1,")
    files = with_row(files, "precedences.csv", "east-wind/2032.1,north-wind/2031.1,1,")
    with pytest.raises(BadInput) as refused:
        read_programme(files, PARTIES)
    for line in (2, 3, 4):
        assert f"precedences.csv, line {line}" in str(refused.value)


def test_two_settled_exercises_do_not_share_a_force() -> None:
    files = with_row(EXAMPLE, "series.csv", "gale,Gale,KOR,air,5,1,1,,,,,,,")
    files = with_row(files, "needs.csv", "gale,rowan")
    files = with_row(files, "fixed.csv", "gale/2031.1,2031-04-14")
    files = with_row(files, "fixed.csv", "east-wind/2031.1,2031-04-18")
    with pytest.raises(BadInput) as refused:
        read_programme(files, PARTIES)
    assert str(refused.value) == (
        "fixed.csv, line 4: the force rowan is taken on 2031-04-18 for east-wind/2031.1, and for "
        "gale/2031.1 in fixed.csv, line 3."
    )


def test_only_programme_and_series_are_needed() -> None:
    files = {"programme.csv": EXAMPLE["programme.csv"]}
    with pytest.raises(BadInput, match=r"^series.csv: there is no such table.$"):
        read_programme(files)
    files["series.csv"] = "id,name,parties,domains,days\nx,X,KOR,air,3\n"
    assert read_programme(files).series["x"].days == 3
