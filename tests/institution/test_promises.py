from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.institution.promises import (
    Period,
    PeriodState,
    PromiseReport,
    ReasonKey,
    State,
    assess,
    counts,
    is_late,
    periods,
    summary,
)
from architrave.institution.register import Promise, Register, read_register
from tests.institution.register_texts import (
    SHIPPED_PARTIES,
    event,
    link,
    promise,
    shipped_register,
    shipped_texts,
    small_register,
)

TODAY = date(2026, 11, 24)
YEAR_TWO = Period(date(2024, 8, 18), date(2025, 8, 17))
SHIPPED = shipped_register()


def promise_of(row: str) -> Promise:
    (found,) = small_register("", row).promises
    return found


def states_of(
    register: Register, promise_id: str = "cm-yearly", reports: tuple[PromiseReport, ...] = ()
) -> list[PeriodState]:
    return list(assess(register, register.promise_by_id[promise_id], TODAY, reports))


def state_in(states: list[PeriodState], period: Period) -> PeriodState:
    (found,) = [state for state in states if state.period == period]
    return found


def report(*, held: bool = True, accepted: bool = False) -> PromiseReport:
    return PromiseReport("cm-yearly", "seat-a", date(2024, 9, 1), held, accepted, "AAA/1")


# The Indo-Pacific Dialogue of December 2024 took place, and the compilation does not hold it.


def test_the_dialogue_of_december_2024_reads_none_found_and_never_late() -> None:
    found = state_in(states_of(SHIPPED, "cm-ipd-annual"), YEAR_TWO)
    assert found.state is State.NONE_FOUND
    assert found.reason.key is ReasonKey.SOURCES_SHOW_NOTHING
    assert dict(found.reason.values) == {"reach": "2026-03-31"}
    assert not is_late(found.state)


def test_the_dialogue_of_december_2024_reads_held_once_its_row_and_link_are_added() -> None:
    files = shipped_texts()
    files["events.csv"] += (
        "ev-ipd-2,2024-12,,Second dialogue,working-level,senior-officials,KOR;JPN;USA,"
        "cross-cutting,,Held,https://example.org/second\n"
    )
    files["fulfilments.csv"] += "cm-ipd-annual,ev-ipd-2,held,,,read on its page,\n"
    register = read_register(files, SHIPPED_PARTIES)
    found = state_in(states_of(register, "cm-ipd-annual"), YEAR_TWO)
    assert found.state is State.HELD
    assert found.events == ("ev-ipd-2",)
    assert found.sources == ("https://example.org/second",)


def test_nothing_in_the_shipped_register_is_called_late() -> None:
    states = [state for row in SHIPPED.promises for state in assess(SHIPPED, row, TODAY)]
    assert not any(is_late(state.state) for state in states)


@given(st.dates(date(2008, 1, 1), date(2030, 12, 31)))
def test_every_held_period_of_the_shipped_register_names_its_event(today: date) -> None:
    for row in SHIPPED.promises:
        for state in assess(SHIPPED, row, today):
            assert (state.state is State.HELD) == bool(state.events)
            for event_id in state.events:
                held_on = SHIPPED.event_by_id[event_id].date
                assert state.period.contains(held_on)
                assert held_on.first <= today


def test_only_not_held_is_late() -> None:
    assert [state for state in State if is_late(state)] == [State.NOT_HELD]


# Periods.


def test_a_yearly_promise_runs_in_years_from_the_day_it_was_made() -> None:
    found = periods(promise_of(promise()), date(2025, 8, 18))
    assert found == (
        Period(date(2023, 8, 18), date(2024, 8, 17)),
        YEAR_TWO,
        Period(date(2025, 8, 18), date(2026, 8, 17)),
    )


def test_a_due_date_that_is_no_anniversary_ends_the_first_period() -> None:
    found = periods(promise_of(promise(due="2024-12")), date(2025, 3, 1))
    assert found == (
        Period(date(2023, 8, 18), date(2024, 12, 31)),
        Period(date(2025, 1, 1), date(2025, 12, 31)),
    )


def test_a_quarterly_promise_runs_in_quarters_and_keeps_to_month_ends() -> None:
    row = promise("cm-q", "2023-08-31", cadence="quarterly", due="")
    assert periods(promise_of(row), date(2024, 3, 1))[:2] == (
        Period(date(2023, 8, 31), date(2023, 11, 29)),
        Period(date(2023, 11, 30), date(2024, 2, 28)),
    )


def test_a_promise_due_once_has_one_period_and_a_standing_one_is_open() -> None:
    once = promise_of(promise(cadence="once"))
    assert periods(once, TODAY) == (Period(date(2023, 8, 18), date(2024, 8, 31)),)
    standing = promise_of(promise(cadence="standing"))
    assert periods(standing, TODAY) == (Period(date(2023, 8, 18), None),)


def test_before_a_promise_is_made_it_has_no_period() -> None:
    assert periods(promise_of(promise()), date(2023, 8, 17)) == ()


@given(
    made=st.dates(date(2000, 1, 1), date(2020, 12, 31)),
    cadence=st.sampled_from(["annual", "quarterly"]),
    due_after=st.one_of(st.none(), st.integers(0, 900)),
    until_after=st.integers(0, 2000),
)
def test_recurring_periods_follow_each_other_without_gap_and_hold_the_last_day(
    made: date, cadence: str, due_after: int | None, until_after: int
) -> None:
    due = "" if due_after is None else (made + timedelta(days=due_after)).isoformat()
    row = promise("cm-any", made.isoformat(), cadence=cadence, due=due)
    until = made + timedelta(days=until_after)
    found = periods(promise_of(row), until)
    assert found[0].first == made
    for earlier, later in pairwise(found):
        assert earlier.last is not None
        assert earlier.last + timedelta(days=1) == later.first
    assert [period for period in found if period.has_day(until)] == [found[-1]]


# States and their precedence.


@pytest.mark.parametrize(
    ("links", "reports", "state", "key"),
    [
        ("", (), State.NONE_FOUND, ReasonKey.SOURCES_SHOW_NOTHING),
        (link(), (), State.HELD, ReasonKey.LINKED_EVENT),
        (link(relation="related"), (), State.NONE_FOUND, ReasonKey.SOURCES_SHOW_NOTHING),
        ("", (report(),), State.REPORTED, ReasonKey.SEAT_REPORT),
        ("", (report(accepted=True),), State.HELD, ReasonKey.ACCEPTED_REPORT),
        ("", (report(held=False),), State.NOT_HELD, ReasonKey.SEAT_DENIES),
        ("", (report(), report(held=False)), State.NOT_HELD, ReasonKey.SEAT_DENIES),
        (link(), (report(held=False),), State.HELD, ReasonKey.LINKED_AND_DENIED),
        (
            link("cm-yearly", "", "not-held", on="2025-01-01", source="https://example.org/n"),
            (report(),),
            State.NOT_HELD,
            ReasonKey.SOURCE_DENIES,
        ),
    ],
)
def test_the_state_of_a_period_and_its_reason(
    links: str, reports: tuple[PromiseReport, ...], state: State, key: ReasonKey
) -> None:
    register = small_register(event() + event("ev-second", "2024-12-05"), "", links)
    found = state_in(states_of(register, reports=reports), YEAR_TWO)
    assert (found.state, found.reason.key) == (state, key)


def test_a_denial_names_its_source_and_leaves_other_periods_alone() -> None:
    denial = link("cm-yearly", "", "not-held", on="2025-01-01", source="https://example.org/n")
    states = states_of(small_register("", "", denial))
    assert [state.state for state in states] == [
        State.NONE_FOUND,
        State.NOT_HELD,
        State.NOT_KNOWN,
        State.NOT_KNOWN,
    ]
    assert states[1].sources == ("https://example.org/n",)


def test_a_related_event_is_shown_and_does_not_count() -> None:
    rows = event() + event("ev-second", "2024-12-05")
    states = states_of(small_register(rows, "", link(relation="related")))
    found = state_in(states, YEAR_TWO)
    assert (found.events, found.related) == ((), ("ev-second",))


def test_a_period_that_ends_after_the_sources_is_not_known() -> None:
    last = states_of(small_register())[2]
    assert last.period.first == date(2025, 8, 18)
    assert (last.state, last.reason.key) == (State.NOT_KNOWN, ReasonKey.SOURCES_END)


def test_a_running_period_is_not_known_even_where_sources_reach_further() -> None:
    register = small_register()
    states = assess(register, register.promises[0], date(2024, 1, 1))
    assert [state.state for state in states] == [State.NOT_KNOWN]
    assert dict(states[0].reason.values) == {"reach": "2024-01-01"}


def test_an_event_later_than_today_does_not_count_yet() -> None:
    register = small_register(event() + event("ev-second", "2024-02-01"), "", link())
    (before,) = assess(register, register.promises[0], date(2024, 1, 31))
    (after,) = assess(register, register.promises[0], date(2024, 2, 1))
    assert (before.state, after.state) == (State.NOT_KNOWN, State.HELD)


def test_a_month_that_crosses_the_edge_of_two_periods_settles_neither() -> None:
    register = small_register(event() + event("ev-second", "2024-08"), "", link())
    first, second = states_of(register)[:2]
    assert (first.state, second.state) == (State.NOT_KNOWN, State.NOT_KNOWN)
    assert first.reason.key is ReasonKey.DATE_UNSETTLED
    assert first.related == second.related == ("ev-second",)


def test_a_standing_promise_is_not_measurable_until_linked_and_then_tells_the_latest() -> None:
    standing = promise(cadence="standing", due="")
    (bare,) = states_of(small_register("", standing))
    assert (bare.state, bare.reason.key) == (State.NOT_KNOWN, ReasonKey.NOT_MEASURABLE)
    rows = event() + event("ev-second", "2024-02") + event("ev-third", "2025-01-09")
    register = small_register(rows, standing, link(event_id="ev-third") + link())
    (found,) = states_of(register)
    assert (found.state, dict(found.reason.values)) == (State.HELD, {"latest": "2025-01-09"})
    assert found.events == ("ev-second", "ev-third")


def test_a_promise_due_once_without_a_date_stays_open() -> None:
    once = promise(cadence="once", due="")
    (found,) = states_of(small_register("", once))
    assert (found.state, found.reason.key) == (State.NOT_KNOWN, ReasonKey.NO_DUE_DATE)


def test_a_promise_kept_after_its_due_date_says_so_in_a_second_period() -> None:
    rows = event() + event("ev-second", "2025-02-01")
    states = states_of(small_register(rows, promise(cadence="once"), link()))
    assert [state.state for state in states] == [State.NONE_FOUND, State.HELD]
    assert dict(states[1].reason.values) == {"latest": "2025-02-01", "due": "2024-08"}
    assert not any(is_late(state.state) for state in states)


# The table of the front page.


def test_the_front_table_holds_six_promises_in_four_years() -> None:
    rows = {
        row.promise.id: [state.state.value for state in row.states]
        for row in summary(SHIPPED, TODAY)
    }
    unknown = ["not-known", "not-known"]
    assert rows == {
        "cm-comind-annual": ["held", "none-found", *unknown],
        "cm-defmin-annual": ["held", "none-found", *unknown],
        "cm-fm-annual": ["held", "held", "held", "not-known"],
        "cm-ipd-annual": ["held", "none-found", *unknown],
        "cm-leaders-annual": ["none-found", "held", *unknown],
        "cm-nsa-annual": ["held", "held", *unknown],
    }


def test_counts_are_counts_of_rows() -> None:
    register = small_register(event() + event("ev-second", "2024-12-05"), "", link())
    assert counts(register) == {"events": 2, "promises": 1, "fulfilments": 1}
