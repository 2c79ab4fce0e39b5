"""Launches, tests and incidents: counted, never forecast, and compared with shuffled dates."""

import itertools
import math
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.launches.counts import by_month, by_year, upper_tail
from architrave.desks.launches.evidence import assess, meetings_of
from architrave.desks.launches.reactive import Answer, is_soon, reaction
from architrave.desks.launches.reading import Count, Family, days_of, read_counts
from architrave.institution.register import read_register
from architrave.institution.register_rows import Register

DATA = Path(__file__).resolve().parents[3] / "data"
PARTIES = ("JPN", "KOR", "USA")
DAYS = st.dates(date(2001, 1, 1), date(2004, 12, 31))


def shipped() -> str:
    return (DATA / "research" / "provocations.csv").read_text()


def register() -> Register:
    files = {path.name: path.read_text() for path in (DATA / "register").iterdir()}
    return read_register(files, frozenset(PARTIES))


def counts_on(*days: date) -> tuple[Count, ...]:
    tally = Counter(days)
    return tuple(Count(day, "missile:srbm", tally[day], "s") for day in sorted(tally))


def test_every_record_of_the_shipped_list_is_counted_once() -> None:
    counts = read_counts(shipped())
    records = sum(count.records for count in counts)
    assert len(counts) == 352
    assert sum(month.total for month in by_month(counts)) == records
    assert sum(year.total for year in by_year(counts)) == records


def test_families_know_weapons_from_other_incidents() -> None:
    assert Count(date(2001, 1, 1), "missile:icbm", 1, "s").family is Family.LONGER_RANGE
    assert Count(date(2001, 1, 1), "missile:sam", 1, "s").family is Family.OTHER_MISSILE
    assert Count(date(2001, 1, 1), "nuclear-test", 1, "s").of_weapons
    assert not Count(date(2001, 1, 1), "other:drones-uavs", 1, "s").of_weapons


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "2001-01-02,a,1,s\n2001-01-02,a,2,s\n",
            "provocations.csv, line 3: a on 2001-01-02 is that of provocations.csv, line 2.",
        ),
        (
            "2001-01-02,a,1,s\n2001-01-01,a,2,s\n",
            "provocations.csv, line 3: 2001-01-01 comes after 2001-01-02.",
        ),
        (
            "2001-01-02,a,0,s\n",
            "provocations.csv, line 2: count must be a whole number from 1 to 1000, not '0'.",
        ),
    ],
)
def test_a_bad_list_is_refused_with_its_rows(rows: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_counts("date,kind,count,source\n" + rows)
    assert str(refused.value) == sentence


@given(st.lists(DAYS, min_size=1, max_size=40))
def test_months_run_without_a_gap(days: list[date]) -> None:
    months = by_month(counts_on(*days))
    assert sum(month.total for month in months) == len(days)
    steps = {
        later.first.year * 12 + later.first.month - earlier.first.year * 12 - earlier.first.month
        for earlier, later in itertools.pairwise(months)
    }
    assert steps <= {1}


def test_a_month_far_above_those_before_it_is_a_burst_and_an_even_one_is_not() -> None:
    even = [date(2001 + month // 12, month % 12 + 1, 1 + n) for month in range(36) for n in (0, 1)]
    crowd = [date(2004, 1, day) for day in range(1, 9)]
    months = by_month(counts_on(*even, *crowd))
    assert [month.first for month in months if month.burst] == [date(2004, 1, 1)]
    assert all(month.rate is None for month in months[:24])


@pytest.mark.parametrize(("records", "rate"), [(0, 3.0), (1, 0.5), (4, 2.5), (9, 2.5)])
def test_the_tail_is_that_of_a_poisson_count(records: int, rate: float) -> None:
    beyond = (rate**n * math.exp(-rate) / math.factorial(n) for n in range(records, records + 60))
    assert upper_tail(records, rate) == pytest.approx(math.fsum(beyond), rel=1e-9)


def test_soon_counts_the_day_itself_and_not_the_day_before_a_launch() -> None:
    launch = date(2001, 3, 1)
    days = [launch + timedelta(days=offset) for offset in (-1, 0, 30, 31)]
    assert [is_soon((launch,), day, 30) for day in days] == [False, True, True, False]


def test_meetings_that_always_follow_launches_are_more_than_chance() -> None:
    launches = tuple(date(2001 + n, 6, 1) for n in range(15))
    after = tuple(day + timedelta(days=3) for day in launches[:14])
    found = reaction(launches, after, shuffles=500)
    assert (found.soon, found.meetings, found.answer) == (14, 14, Answer.MORE_THAN_CHANCE)
    before = tuple(day - timedelta(days=40) for day in launches)
    assert reaction(launches, before, shuffles=500).soon == 0


def test_few_meetings_settle_nothing() -> None:
    launches = (date(2001, 1, 1), date(2004, 12, 31))
    assert reaction(launches, (date(2001, 1, 2),), shuffles=10).answer is Answer.TOO_FEW


def test_meetings_that_the_list_cannot_answer_for_are_left_out_and_counted() -> None:
    launches = (date(2001, 5, 1), date(2002, 5, 1))
    found = reaction(
        launches, (date(2000, 1, 1), date(2001, 5, 2), date(2003, 1, 1)), 4, shuffles=9
    )
    assert (found.meetings, found.left_out) == (1, 6)


@given(st.lists(DAYS, min_size=1, max_size=20), st.lists(DAYS, max_size=20), st.integers(0, 99))
def test_one_seed_gives_one_answer_and_shuffles_stay_in_their_year(
    launches: list[date], meetings: list[date], seed: int
) -> None:
    days, met = tuple(sorted(launches)), tuple(sorted(meetings))
    first = reaction(days, met, shuffles=50, seed=seed)
    assert first == reaction(days, met, shuffles=50, seed=seed)
    assert first.low <= first.middle <= first.high
    assert 0 <= first.soon <= first.meetings <= len(meetings)


def test_the_shipped_data_leave_the_question_open() -> None:
    found = assess(shipped(), register(), PARTIES, shuffles=2000)
    assert found.result["answer"] == "not-settled"
    assert found.result["meetings"] + found.result["left_out"] == sum(map(len_of, (register(),)))
    assert found.layers[0].newest == "2026-08-20"
    assert found.digest == assess(shipped(), register(), PARTIES, shuffles=2000).digest


def len_of(one: Register) -> int:
    days, unknown = meetings_of(one, PARTIES)
    return len(days) + unknown


def test_days_are_those_of_weapons_each_once() -> None:
    counts = read_counts(
        "date,kind,count,source\n2001-01-01,missile:srbm,1,s\n2001-01-01,nuclear-test,1,s\n"
        "2001-01-02,other:explosion,1,s\n"
    )
    assert days_of(counts) == (date(2001, 1, 1),)
