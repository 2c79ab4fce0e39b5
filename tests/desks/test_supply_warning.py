"""Thresholds, notices and the log of what fired: once for each crossing, and by line where bad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from architrave.desks.errors import BadInput
from architrave.desks.supply.warning.fired import (
    Fired,
    line_of,
    new_of_notices,
    new_of_series,
    read_fired,
    trial_of,
)
from architrave.desks.supply.warning.notices import read_notices, touched, watch_of
from architrave.desks.supply.warning.periods import period_of
from architrave.desks.supply.warning.series import Series, read_series
from architrave.desks.supply.warning.thresholds import crossings, measured, threshold_of

AT = "2026-11-26T12:00:00+00:00"
HEAD = "period,value,unit,currency,year\n"


def months(*values: float | None, name: str = "gallium") -> Series:
    """A series of months from January 2025 on."""
    rows = [
        f"{2025 + place // 12}-{place % 12 + 1:02},{'' if value is None else value},USD/kg,USD,2026"
        for place, value in enumerate(values)
    ]
    return read_series(name, "g.csv", HEAD + "\n".join(rows) + "\n")


def runs(series: Series, line: str) -> list[tuple[str, str]]:
    return [(one.first.text, one.last.text) for one in crossings(series, threshold_of(line))]


def test_a_level_crosses_once_until_it_returns_and_anew_after() -> None:
    series = months(100, 130, 140, 90, 125)
    assert runs(series, "level >= 120") == [("2025-02", "2025-03"), ("2025-05", "2025-05")]
    assert runs(series, "level < 100") == [("2025-04", "2025-04")]


def test_what_is_not_known_neither_begins_nor_ends_a_crossing() -> None:
    assert runs(months(130, None, 135, None, 90), "level >= 120") == [("2025-01", "2025-03")]
    assert runs(months(90, None, None), "level >= 0.5") == [("2025-01", "2025-01")]


def test_a_change_is_over_so_many_periods_in_units_or_percent() -> None:
    series = months(100, 105, 110, 126, 126)
    assert runs(series, "change 3 >= 20%") == [("2025-04", "2025-05")]
    assert runs(series, "change 1 >= 10") == [("2025-04", "2025-04")]
    assert runs(series, "change 1 <= -1") == []


def test_a_change_across_a_gap_or_from_nothing_is_not_known() -> None:
    text = HEAD + "2025-01,100,t,none,2026\n2025-03,200,t,none,2026\n2025-04,500,t,none,2026\n"
    gap = read_series("g", "g.csv", text)
    assert [value for _, value in measured(gap, threshold_of("change 1 >= 20%"))] == [
        None, None, 150.0,
    ]  # fmt: skip
    none = [value for _, value in measured(months(0, 5), threshold_of("change 1 >= 20%"))]
    assert none == [None, None]


@pytest.mark.parametrize(
    "line", ["", "level", "level = 5", "level >= 5%", "change 0 > 1", "change 9999 > 1", "> 5"]
)
def test_what_is_no_threshold_is_refused_with_the_forms_that_are(line: str) -> None:
    with pytest.raises(BadInput, match="none of the forms"):
        threshold_of(line)


@pytest.mark.parametrize("text", ["level>=120", "level  >=  120", "level >= 120.0"])
def test_a_threshold_has_one_spelling_by_which_the_log_knows_it(text: str) -> None:
    assert str(threshold_of(text)) == "level >= 120"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "g.csv, line 2: there is no row."),
        ("2025-13,1,t,none,2026", "g.csv, line 2: period must be such as 2026, 2026-Q3"),
        ("2025-02-30,1,t,none,2026", "line 2: period must be such as"),
        ("2025-01,1,,none,2026", "line 2: unit is empty."),
        ("2025-01,1,t,,2026", "line 2: currency is empty."),
        ("2025-01,1,t,usd,2026", "line 2: currency must be three capital letters or none"),
        ("2025-01,1,t,USD,", "line 2: year must be a whole number from 1900 to 2999"),
        ("2025-01,1 000,t,USD,2026", "line 2: value must be a number, or empty if not known"),
        ("2025-01,nan,t,USD,2026", "line 2: value must be a number"),
        ("2025-01,1e999,t,USD,2026", "line 2: value must be a number"),
        ("2025-01,1,t,USD,2026\n2025-02,1,kg,USD,2026", "line 3: unit is 'kg'; g.csv, line 2 has"),
        ("2025-01,1,t,USD,2026\n2025-02,1,t,EUR,2026", "line 3: currency is 'EUR'"),
        ("2025-01,1,t,USD,2026\n2025-02,1,t,USD,2025", "line 3: year is '2025'"),
        ("2025-02,1,t,USD,2026\n2025-01,1,t,USD,2026", "line 3: the period 2025-01 does not come"),
        ("2025-01,1,t,USD,2026\n2025-Q2,1,t,USD,2026", "line 3: the period 2025-Q2 is a quarter"),
    ],
)
def test_a_bad_row_is_refused_by_its_line(rows: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        read_series("g", "g.csv", HEAD + rows + "\n")
    assert said in str(fault.value)
    assert str(fault.value).count("\n") == 0


@pytest.mark.parametrize("column", ["unit", "currency", "year"])
def test_unit_currency_and_year_are_required(column: str) -> None:
    names = [one for one in HEAD.strip().split(",") if one != column]
    with pytest.raises(BadInput, match=f"there is no column {column}"):
        read_series("g", "g.csv", ",".join(names) + "\n")


@pytest.mark.parametrize(
    ("one", "next_one"),
    [
        ("2025", "2026"),
        ("2025-Q4", "2026-Q1"),
        ("2025-12", "2026-01"),
        ("2024-02-29", "2024-03-01"),
    ],
)
def test_periods_that_follow_each_other_count_on_by_one(one: str, next_one: str) -> None:
    first, second = period_of(one), period_of(next_one)
    assert first is not None
    assert second is not None
    assert second.number - first.number == 1


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("2025-01,0.1,t,none,2026\n2025-02,0.12,t,none,2026", "change 1 >= 20%"),
        ("2025-01,1.1,t,none,2026\n2025-02,1.4,t,none,2026", "change 1 >= 0.3"),
        ("2025-01,1.4,t,none,2026\n2025-02,1.1,t,none,2026", "change 1 <= -0.3"),
        ("2025-02,0.3,t,none,2026", "level >= 0.3"),
    ],
)
def test_what_is_equal_to_the_bound_as_written_is_at_it(rows: str, line: str) -> None:
    series = read_series("g", "g.csv", HEAD + rows + "\n")
    assert runs(series, line) == [("2025-02", "2025-02")]
    assert runs(series, line.replace("=", "")) == []


def test_thresholds_that_differ_in_any_digit_are_two() -> None:
    series, log = months(1_234_568), list[Fired]()
    log += new_of_series(series, threshold_of("level >= 1234567"), log, AT).new
    assert [(one.line, one.measure) for one in log] == [("level >= 1234567", "1234568")]
    assert fired(series, "level >= 1234568", log) == ["2025-01"]
    assert str(threshold_of("level > -0.0")) == "level > 0"
    assert str(threshold_of("level > 0.000000000001")) == "level > 0.000000000001"
    with pytest.raises(BadInput, match="none of the forms"):
        threshold_of(f"level < {'9' * 400}")


@pytest.mark.parametrize("value", ["1e101", "-1e101", "1e-101"])
def test_a_figure_out_of_all_measure_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="line 2: value must be a number"):
        read_series("g", "g.csv", f"{HEAD}2025-01,{value},t,none,2026\n")


def fired(series: Series, line: str, log: list[Fired]) -> list[str]:
    return [one.place for one in new_of_series(series, threshold_of(line), log, AT).new]


def test_it_fires_once_for_each_crossing_and_not_daily() -> None:
    line, log = "level >= 120", []
    series = months(100, 130)
    assert fired(series, line, log) == ["2025-02"]
    log += new_of_series(series, threshold_of(line), log, AT).new
    assert fired(series, line, log) == []
    assert fired(months(100, 130, 140), line, log) == []
    assert fired(months(100, 130, 90, 125), line, log) == ["2025-04"]


def test_figures_that_are_revised_fire_nothing_for_a_crossing_that_has_fired() -> None:
    line, log = "level >= 120", []
    log += new_of_series(months(100, 100, 130), threshold_of(line), log, AT).new
    assert fired(months(100, 121, 130), line, log) == []
    assert fired(months(125, 90, 130), line, log) == ["2025-01"]


def run(series: Series, line: str, log: list[Fired]) -> list[str]:
    """What fires, with all of it written to the log."""
    found = new_of_series(series, threshold_of(line), log, AT)
    log += [*found.new, *found.on]
    return [one.place for one in found.new]


def test_a_crossing_that_was_seen_to_go_on_is_the_same_when_its_first_figure_is_revised() -> None:
    line, log = "level >= 120", list[Fired]()
    assert run(months(100, 130), line, log) == ["2025-02"]
    assert run(months(100, 130, 135), line, log) == []
    assert [(one.until, one.goes_on) for one in log] == [("2025-02", False), ("2025-03", True)]
    assert run(months(100, 119, 135, 140), line, log) == []
    assert run(months(100, 119, 135, 140), line, log) == []
    assert [one.until for one in log] == ["2025-02", "2025-03", "2025-04"]
    assert run(months(100, 119, 135, 90, 125), line, log) == ["2025-05"]


def test_a_figure_that_is_withdrawn_ends_no_crossing() -> None:
    line, log = "level >= 120", list[Fired]()
    assert run(months(100, 130), line, log) == ["2025-02"]
    assert run(months(100, None, 135), line, log) == []
    assert run(months(100, None, None, 90, None, 135), line, log) == ["2025-06"]


def test_a_window_that_moves_on_fires_nothing_for_a_crossing_that_it_cuts() -> None:
    line, log = "change 1 >= 1", list[Fired]()
    rising = [f"2025-{month:02},{month * 10},t,none,2026\n" for month in range(1, 10)]
    for end in range(2, 10):
        window = read_series("g", "g.csv", HEAD + "".join(rising[max(0, end - 3) : end]))
        assert run(window, line, log) == (["2025-02"] if end == 2 else [])
    away = read_series("g", "g.csv", HEAD + rising[8] + "2025-10,1,t,none,2026\n")
    assert run(away, line, log) == []
    anew = HEAD + "2025-10,1,t,none,2026\n2025-11,5,t,none,2026\n"
    assert run(read_series("g", "g.csv", anew), line, log) == ["2025-11"]


def test_a_log_in_months_says_nothing_of_days() -> None:
    log = list(new_of_series(months(130), threshold_of("level >= 120"), [], AT).new)
    days = read_series("gallium", "g.csv", HEAD + "2025-01-05,130,USD/kg,USD,2026\n")
    assert fired(days, "level >= 120", log) == ["2025-01-05"]


def test_another_threshold_another_series_and_a_test_are_another_s() -> None:
    log = list(new_of_series(months(130), threshold_of("level >= 120"), [], AT).new)
    assert fired(months(130), "level >= 125", log) == ["2025-01"]
    assert fired(months(130, name="germanium"), "level >= 120", log) == ["2025-01"]
    assert fired(months(130), "level >= 120", [replace(log[0], test=True)]) == ["2025-01"]
    trial = trial_of("gallium", "level >= 120", "ab" * 32, AT)
    assert fired(months(130), "level >= 120", [trial]) == ["2025-01"]


@given(some.lists(some.none() | some.integers(0, 9), min_size=1, max_size=30), some.data())
def test_whatever_comes_month_by_month_fires_as_often_as_it_is_crossed(
    values: list[int | None], data: some.DataObject
) -> None:
    line, log = threshold_of("level >= 5"), []
    for end in range(1, len(values) + 1):
        for _ in range(data.draw(some.integers(1, 2))):
            found = new_of_series(months(*values[:end]), line, log, AT)
            log += [*found.new, *found.on]
    assert [one.place for one in log if not one.goes_on] == [
        one.first.text for one in crossings(months(*values), line)
    ]


def test_the_log_is_read_back_and_a_line_that_is_none_of_it_is_named() -> None:
    log = [*new_of_series(months(130, 1, 130), threshold_of("level > 9"), [], AT).new]
    log.append(trial_of("notices", "hs 2504", "ab" * 32, AT))
    text = "".join(map(line_of, log))
    assert read_fired("log", text) == tuple(log)
    first = line_of(log[0]).strip()
    for bad in (
        "{",
        "[]",
        "{}",
        "",
        first.replace("false", '"no"'),
        first.replace('"until": "', '"until": "x'),
    ):
        with pytest.raises(BadInput, match=r"^log, line 3: "):
            read_fired("log", "".join(map(line_of, log[:2])) + bad + "\n")


def test_what_a_notice_says_never_breaks_the_log() -> None:
    said = "quota\u2028of\x85gallium\u2029and\x1cmore"
    text = f'date,issuer,hs,measure,source\n2026-10-09,AAA,81,"{said}",s\n'
    found = touched(read_notices("n.csv", text), watch_of(["81"]))
    log = new_of_notices(found, watch_of(["81"]), (), "ab" * 32, AT)
    assert log[0].measure == f"AAA: {said}"
    assert read_fired("log", "".join(map(line_of, log))) == log


NOTICES = (
    "date,issuer,hs,measure,source\n"
    "2026-10-09,AAA,811292;8112,export licence,https://example.org/1\n"
    "2026-01-05,BBB,25,export quota,https://example.org/2\n"
    "2026-05-05,CCC,7202,tariff,https://example.org/3\n"
)


def test_a_notice_touches_what_lies_under_its_code_and_what_it_lies_under() -> None:
    notices = read_notices("n.csv", NOTICES)
    assert [one.issuer for one in notices] == ["BBB", "CCC", "AAA"]
    found = touched(notices, watch_of(["2504", "81"]))
    assert [(one.notice.issuer, one.codes) for one in found] == [
        ("BBB", ("2504",)),
        ("AAA", ("81",)),
    ]


def test_a_notice_fires_once_however_often_and_in_what_order_it_is_read() -> None:
    watch, log = watch_of(["81"]), []
    found = touched(read_notices("n.csv", NOTICES), watch)
    log += new_of_notices(found, watch, log, "ab" * 32, AT)
    assert [one.measure for one in log] == ["AAA: export licence"]
    head, *rows = NOTICES.splitlines()
    again = touched(read_notices("n.csv", "\n".join([head, *reversed(rows)])), watch)
    assert new_of_notices(again, watch, log, "cd" * 32, AT) == ()
    wider = watch_of(["81", "25"])
    more = new_of_notices(touched(read_notices("n.csv", NOTICES), wider), wider, log, "ab" * 32, AT)
    assert [one.line for one in more] == ["hs 25"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-10,AAA,81,m,s", "line 2: date must be a date"),
        ("2026-10-09,AAA,,m,s", "line 2: hs is empty."),
        ("2026-10-09,AAA,811,m,s", "line 2: hs must be codes of 2, 4, 6, 8 or 10 digits"),
        ("2026-10-09,AAA,81,,s", "line 2: measure is empty."),
        ("2026-10-09,AAA,81,m,", "line 2: source is empty."),
        ("2026-10-09,AAA,81,m,s\n2026-10-09,AAA,81,m,s", "line 3: it says what n.csv, line 2 says"),
    ],
)
def test_a_bad_notice_is_refused_by_its_line(row: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        read_notices("n.csv", "date,issuer,hs,measure,source\n" + row + "\n")
    assert said in str(fault.value)


@pytest.mark.parametrize("codes", [[], ["x"], ["811"], ["²5"]])
def test_a_watch_is_of_codes(codes: list[str]) -> None:
    with pytest.raises(BadInput):
        watch_of(codes)
