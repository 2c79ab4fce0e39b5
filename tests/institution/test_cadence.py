"""When the periods of a commitment end."""

import pytest

from architrave.institution.acts import Pledge
from architrave.institution.cadence import (
    day_end,
    is_period_end,
    iso_day,
    period_ends,
    within_calendar,
)

DAY = 86_400_000


def pledge(due: str, cadence: str = "once") -> Pledge:
    return Pledge(id="p", owner="A/B", due=due, what={"en": "x"}, cadence=cadence)


def test_a_day_ends_when_it_is_over_in_utc() -> None:
    assert day_end("1970-01-01") == DAY
    assert day_end("1970-01-02") == 2 * DAY


def test_one_period_where_it_is_due_once() -> None:
    assert list(period_ends(pledge("2027-06-30"), day_end("2031-01-01"))) == ["2027-06-30"]


@pytest.mark.parametrize(
    ("cadence", "ends"),
    [
        ("monthly", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        ("quarterly", ["2027-01-31", "2027-04-30"]),
        ("half-yearly", ["2027-01-31", "2027-07-31"]),
        ("annual", ["2027-01-31", "2028-01-31"]),
    ],
)
def test_periods_follow_up_to_the_first_that_is_not_over(cadence: str, ends: list[str]) -> None:
    reach = day_end(ends[-2])
    assert list(period_ends(pledge("2027-01-31", cadence), reach)) == ends


def test_a_leap_day_comes_back_in_leap_years() -> None:
    ends = list(period_ends(pledge("2028-02-29", "annual"), day_end("2031-12-31")))
    assert ends == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


@pytest.mark.parametrize("text", ["2027-04-30", "2027-07-31", "2999-10-31"])
def test_a_period_is_named_by_its_last_day(text: str) -> None:
    assert is_period_end(pledge("2027-01-31", "quarterly"), text)


@pytest.mark.parametrize(
    "text", ["2027-02-28", "2026-10-31", "", "soon", "2027-4-30", "20270430", "9999-12-31"]
)
def test_other_days_name_no_period(text: str) -> None:
    assert not is_period_end(pledge("2027-01-31", "quarterly"), text)


@pytest.mark.parametrize("text", ["3000-01-01", "9999-12-31", "2027-02-29", "0000-01-01", "x"])
def test_no_calendar_counts_this_day(text: str) -> None:
    assert iso_day(text) is None


def test_instants_have_an_end_too() -> None:
    assert within_calendar(0)
    assert within_calendar(day_end("2999-12-31") - 1)
    assert not within_calendar(day_end("2999-12-31"))
    assert not within_calendar(-1)
