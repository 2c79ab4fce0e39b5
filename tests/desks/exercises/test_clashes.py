"""Every kind of clash is found, and a window that is offered has none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from exercise_tables import DAYS, EXAMPLE, PARTIES, charter, example, holidays, programmes, quiet
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises import calendars
from architrave.desks.exercises.calendars import CHARTER, calendars_of
from architrave.desks.exercises.clashes import clashes, read_occasions
from architrave.desks.exercises.model import ClashKind, Placed, Programme
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.windows import said, windows

KINDS = [
    (ClashKind.HOLIDAY, "north-wind", "2031-06-30", "public holiday in USA, Independence Day"),
    (ClashKind.ELECTION, "north-wind", "2031-06-02", "election: an election (illustrative)"),
    (ClashKind.TALKS, "north-wind", "2031-05-26", "talks: Ministers meet (illustrative)"),
    (ClashKind.EXERCISE, "south-wind", "2031-06-23", "JPN, USA in North Wind (illustrative)"),
    (ClashKind.FORCE, "east-wind", "2032-10-04", "the force hazel (Hazel wing (illustrative))"),
    (ClashKind.AREA, "east-wind", "2031-10-20", "the area birch-air is in use by east-wind/2031.2"),
    (ClashKind.MAINTENANCE, "north-wind", "2031-05-12", "the force elm (Elm squadron"),
    (ClashKind.WEATHER, "north-wind", "2031-07-28", "weather: season of storms (illustrative)"),
]


@pytest.mark.parametrize(("kind", "series", "first", "what"), KINDS)
def test_each_kind_of_clash_is_found(kind: ClashKind, series: str, first: str, what: str) -> None:
    programme = example()
    booked = read_plan(EXAMPLE, programme)
    occasions = read_occasions(EXAMPLE, PARTIES)
    day = date.fromisoformat(first)
    found = clashes(programme, programme.series[series], day, booked, holidays(), occasions)
    assert [one.what for one in found if one.kind is kind and one.what.startswith(what)]


def test_an_edition_is_not_in_its_own_way() -> None:
    programme = example()
    booked = read_plan(EXAMPLE, programme)
    first = next(one for one in booked if one.edition == "east-wind/2031.2")
    series = programme.series["east-wind"]
    assert clashes(programme, series, first.first, booked, quiet())
    assert clashes(programme, series, first.first, booked, quiet(), edition=first.edition) == ()


def test_areas_that_overlap_clash_either_way() -> None:
    programme = example()
    part = Placed("north-wind/2032.1", date(2031, 9, 15), 3, part="boarding")
    found = clashes(programme, programme.series["north-wind"], date(2031, 9, 8), [part], quiet())
    assert (
        "the area maple-sea, which overlaps oak-sea, is in use by north-wind/2032.1#boarding"
        in [one.what for one in found]
    )


def test_rest_and_tempo_are_kept() -> None:
    programme = example()
    series = programme.series["east-wind"]
    booked = [Placed("east-wind/2031.1", date(2031, 4, 21), 5)]
    near = clashes(programme, series, date(2031, 4, 28), booked, edition="east-wind/2031.2")
    assert {one.what.split(" rests")[0] for one in near if one.kind is ClashKind.FORCE} == {
        f"the force {force} ({programme.forces[force].name})"
        for force in ("hazel", "rowan", "alder")
    }
    assert not clashes(programme, series, date(2031, 4, 29), booked, edition="east-wind/2031.2")
    many = [Placed("east-wind/2032.1", date(2031, 10, 1), 36)]
    found = clashes(programme, series, date(2031, 4, 21), many)
    assert any("41 days of 2031, and 40 are allowed" in one.what for one in found)


def test_the_charter_s_dates_win_where_it_lists_them() -> None:
    first, last = charter().parties[0].holiday_years
    found = calendars_of(PARTIES, first, last + 1, charter())
    for party in charter().parties:
        mine = found.days[party.id]
        inside = {day for day in mine if first <= day.year <= last}
        assert inside == {day for day in party.holidays if day.year <= last}
        assert {mine[day].source for day in inside} == {CHARTER}
        assert all("package" in one.source for day, one in mine.items() if day.year > last)


def test_a_year_or_party_without_lists_is_refused() -> None:
    with pytest.raises(BadInput, match="2029 to 2035, and 2040 was asked for"):
        holidays().holidays(PARTIES, date(2035, 12, 1), date(2040, 1, 1))
    with pytest.raises(BadInput, match="No public holidays of ELM are held here"):
        holidays().is_working_day(date(2031, 3, 3), ("ELM",))
    with pytest.raises(BadInput, match=r"^ELM: neither the charter nor the package"):
        calendars_of(("ELM",), 2031, 2031)


def test_without_the_package_the_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "holidays", None)
    with pytest.raises(calendars.MissingLibrary, match=r"install architrave\[exercises\]"):
        calendars_of(PARTIES, 2090, 2090, charter())


@given(programmes(), DAYS, st.booleans())
def test_windows_are_clean_and_every_earlier_day_has_a_reason(
    programme: Programme, from_day: date, every_day: bool
) -> None:
    series = programme.series["s-0"]
    booked = [Placed("s-1/2031.1", date(2031, 6, 2), programme.series["s-1"].days)]
    found = windows(programme, series, from_day, booked, holidays(), every_day=every_day)
    starts = {one.first for one in found.windows}
    inside: set[date] = set()
    for one in found.windows:
        assert clashes(programme, series, one.first, booked, holidays()) == ()
        assert not series.months or one.first.month in series.months
        assert one.last <= programme.horizon.last
        assert not inside & {one.first, one.last}
        inside |= {one.first + timedelta(days=count) for count in range(series.days)}
    step = 1 if every_day else 7
    reasons = {
        day: row.reasons
        for row in found.unclean
        for count in range((row.last - row.first).days // step + 1)
        for day in [row.first + timedelta(days=count * step)]
    }
    day = max(from_day, programme.horizon.first)
    while day <= found.looked_until:
        looked = every_day or day.weekday() == 0
        if (
            looked
            and day not in inside
            and day + timedelta(days=series.days - 1) <= (programme.horizon.last)
        ):
            assert (day in starts) != bool(reasons.get(day))
        day += timedelta(days=1)


def test_kinds_may_be_let_pass() -> None:
    programme = example()
    series = programme.series["north-wind"]
    kinds = frozenset(ClashKind) - {ClashKind.HOLIDAY, ClashKind.MAINTENANCE}
    found = windows(programme, series, date(2031, 5, 1), (), holidays(), kinds=kinds, count=1)
    assert [(one.first, one.last) for one in found.windows] == [
        (date(2031, 5, 5), date(2031, 5, 16))
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2031, 5, 12), date(2031, 5, 16), "12 to 16 May 2031"),
        (date(2031, 5, 12), date(2031, 5, 12), "12 May 2031"),
        (date(2031, 5, 26), date(2031, 6, 2), "26 May to 2 June 2031"),
        (date(2031, 12, 29), date(2032, 1, 5), "29 December 2031 to 5 January 2032"),
    ],
)
def test_days_are_said_shortly(first: date, last: date, words: str) -> None:
    assert said(first, last) == words
