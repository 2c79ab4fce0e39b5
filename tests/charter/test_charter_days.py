"""Periods: hand-counted cases, and a slow independent count over the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.charter.days import Period, Unit, earliest_close
from architrave.charter.errors import UncountedYear
from architrave.charter.model import Charter, Party


def ms(text: str) -> int:
    """The instant of an ISO time with offset, in ms."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def working(count: int) -> Period:
    return Period(Unit.WORKING_DAYS, count)


@pytest.mark.parametrize(
    ("party", "received", "days", "close"),
    [
        # An ordinary Tuesday: Wednesday and Thursday count.
        ("KOR", "2026-11-10T15:30:00+09:00", 2, "2026-11-13T00:00:00+09:00"),
        # Friday: the weekend is passed over.
        ("KOR", "2026-11-13T15:30:00+09:00", 2, "2026-11-18T00:00:00+09:00"),
        # Monday 23 November is a holiday in Japan only.
        ("JPN", "2026-11-20T15:30:00+09:00", 1, "2026-11-25T00:00:00+09:00"),
        ("KOR", "2026-11-20T15:30:00+09:00", 1, "2026-11-24T00:00:00+09:00"),
        # Washington: Thursday 26 November is a holiday; winter offset all year.
        ("USA", "2026-11-25T10:00:00-05:00", 2, "2026-12-01T00:00:00-05:00"),
        ("USA", "2026-07-06T10:00:00-05:00", 1, "2026-07-08T00:00:00-05:00"),
        # One minute before and at midnight in Seoul are two days of receipt.
        ("KOR", "2026-11-10T23:59:00+09:00", 1, "2026-11-12T00:00:00+09:00"),
        ("KOR", "2026-11-11T00:00:00+09:00", 1, "2026-11-13T00:00:00+09:00"),
        # Received on a Saturday: Monday is the first day that counts.
        ("KOR", "2026-11-14T12:00:00+09:00", 1, "2026-11-17T00:00:00+09:00"),
        # The last working day of the year closes with the year.
        ("KOR", "2026-12-30T12:00:00+09:00", 1, "2027-01-01T00:00:00+09:00"),
        # The turn of the year: 1 January and the weekend are passed over.
        ("JPN", "2026-12-31T12:00:00+09:00", 1, "2027-01-05T00:00:00+09:00"),
    ],
)
def test_working_days_are_whole_days_after_receipt(
    trilateral: Charter, party: str, received: str, days: int, close: str
) -> None:
    assert earliest_close(ms(received), working(days), trilateral.party(party)) == ms(close)


def test_one_receipt_gives_each_party_its_own_close(trilateral: Charter) -> None:
    received = ms("2026-11-20T20:00:00+09:00")
    closes = {party.id: earliest_close(received, working(2), party) for party in trilateral.parties}
    assert closes == {
        "KOR": ms("2026-11-25T00:00:00+09:00"),
        "JPN": ms("2026-11-26T00:00:00+09:00"),
        "USA": ms("2026-11-25T00:00:00-05:00"),
    }


def test_hours_and_days_are_spans_of_time(trilateral: Charter) -> None:
    party = trilateral.party("KOR")
    assert earliest_close(1_000, Period(Unit.HOURS, 24), party) == 1_000 + 86_400_000
    assert earliest_close(7, Period(Unit.DAYS, 90), party) == 7 + 90 * 86_400_000
    assert Period(Unit.HOURS, 36).end_after(0, party) == 36 * 3_600_000


def test_a_span_of_time_asks_for_no_holidays(trilateral: Charter) -> None:
    received = ms("2031-05-05T00:00:00+00:00")
    close = earliest_close(received, Period(Unit.DAYS, 1), trilateral.party("JPN"))
    assert close == received + 86_400_000


@pytest.mark.parametrize(
    ("received", "days", "year"),
    [("2027-12-30T12:00:00+09:00", 2, 2028), ("2025-12-01T12:00:00+09:00", 1, 2025)],
)
def test_a_year_without_listed_holidays_is_refused(
    trilateral: Charter, received: str, days: int, year: int
) -> None:
    with pytest.raises(UncountedYear) as refused:
        earliest_close(ms(received), working(days), trilateral.party("KOR"))
    assert str(refused.value) == (
        f"working days of KOR cannot be counted in {year}: "
        "the charter lists holidays from 2026 to 2027 only."
    )


def test_the_last_listed_day_still_counts(trilateral: Charter) -> None:
    close = earliest_close(ms("2027-12-30T12:00:00+09:00"), working(1), trilateral.party("KOR"))
    assert close == ms("2028-01-01T00:00:00+09:00")


def slow_close(received_ms: int, count: int, party: Party) -> int:
    """Count by walking local midnights with the standard library's clock arithmetic."""
    zone = timezone(timedelta(minutes=party.offset_minutes))
    local = datetime.fromtimestamp(received_ms // 1000, UTC).astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    while True:
        if midnight.isoweekday() <= 5 and midnight.date() not in party.holidays:
            count -= 1
        midnight += timedelta(days=1)
        if count == 0:
            return int(midnight.timestamp()) * 1000


@given(
    st.sampled_from(["ALD", "BOR", "CAS", "DUN", "EST"]),
    st.integers(ms("2026-01-01T15:00:00+00:00"), ms("2027-10-01T00:00:00+00:00")),
    st.integers(1, 30),
)
def test_the_count_agrees_with_a_walk_over_midnights(
    five: Charter, name: str, received: int, count: int
) -> None:
    party = five.party(name)
    close = earliest_close(received, working(count), party)
    assert close == slow_close(received, count, party)
    assert close > received
    assert earliest_close(received + 60_000, working(count), party) >= close


def test_a_holiday_on_a_weekend_changes_nothing(five: Charter) -> None:
    plain = five.party("ALD")
    more = replace(plain, holidays=plain.holidays | {date(2026, 3, 7)})
    received = ms("2026-03-06T12:00:00+00:00")
    assert earliest_close(received, working(1), plain) == earliest_close(received, working(1), more)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(Unit.DAYS, 1), "1 day"),
        (working(2), "2 working days"),
        (working(1), "1 working day"),
    ],
)
def test_a_period_says_itself(period: Period, words: str) -> None:
    assert str(period) == words
