"""Dialogues: announced is not held, only a source makes *not held*, only the public is read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import ROOT

from architrave.charter.parse import parse_charter
from architrave.desks.dialogues.calendar import (
    Days,
    announcements,
    gaps,
    held,
    kept,
    promise_id,
)
from architrave.desks.dialogues.council import RECURRING, council
from architrave.desks.dialogues.evidence import assess
from architrave.desks.dialogues.model import MeetingRow, MeetingStatus, Series
from architrave.desks.dialogues.reading import read_meetings, read_series
from architrave.desks.errors import BadInput
from architrave.institution.promises import PromiseReport, State
from architrave.institution.register import Register, read_register
from architrave.institution.unnamed import names_found, read_unnamed

CHARTER = ROOT / "charters" / "trilateral.toml"
PARTIES = parse_charter(CHARTER.read_text(encoding="utf-8"), CHARTER.name).party_ids
RESEARCH = ROOT / "data" / "research"
PAGE = "https://example.org/page"
HEAD = "series,meeting,ordinal,status,first,last,source,note\n"
SERIES = (
    "series,name_ko,name_ja,name_en,parties,level,since,promised,promised_on,promised_source,"
    "searched_to,source\n"
)
ELM = f"ELM,느릅,楡,Elm talks,ASH;OAK,working,2031,quarterly,2031-01-01,{PAGE},2032-06-30,{PAGE}\n"
TODAY = date(2032, 12, 31)


def unmarked(_: str) -> str | None:
    return None


def banner(text: str) -> str | None:
    return "TOP" if "TOP//" in text else None


def elm(old: str = "", new: str = "") -> Series:
    return read_series(SERIES + ELM.replace(old, new), ("OAK", "ASH"), unmarked)[0]


def rows(*lines: str) -> tuple[MeetingRow, ...]:
    text = HEAD + "".join(f"ELM,{line},{PAGE},\n" for line in lines)
    return read_meetings(text, ("ELM",), unmarked)


def register() -> Register:
    folder = ROOT / "data" / "register"
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    return read_register(texts, frozenset(PARTIES))


def table(name: str) -> str:
    return (RESEARCH / f"{name}.csv").read_text(encoding="utf-8")


def shipped() -> tuple[tuple[Series, ...], tuple[MeetingRow, ...]]:
    texts = [
        (RESEARCH / f"{name}.csv").read_text("utf-8") for name in ("dialogues", "dialogue_meetings")
    ]
    series = read_series(texts[0], PARTIES, unmarked)
    return series, read_meetings(texts[1], [one.id for one in series], unmarked)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("ELM,e1,,held,2031-05-01,,,\n", "line 2: source is empty."),
        (
            "ELM,e1,,held,2031-05-01,,a letter,\n",
            "line 2: source must be the address of a public page, not 'a letter'.",
        ),
        (
            f"ELM,e1,,held,2031-05-01,,{PAGE},TOP//X and more\n",
            "line 2: note carries the marking TOP; only what is public is taken.",
        ),
        (
            f"ELM,e1,,held,spring,,{PAGE},\n",
            "line 2: first must be a day such as 2031-05-20 or a month such as 2031-05, not "
            "'spring'.",
        ),
        (
            f"ELM,e1,,held,2031-05-02,2031-05-01,{PAGE},\n",
            "line 2: last 2031-05-01 is before first 2031-05-02.",
        ),
        (f"FIR,e1,,held,2031-05-02,,{PAGE},\n", "line 2: there is no series 'FIR'."),
        (
            f"ELM,e1,1,held,2031-05-02,,{PAGE},\nELM,e1,1,held,2031-05-03,,{PAGE},\n",
            "line 3: e1 is held on 2031-05-03 here, and has a day on which it was held in "
            "dialogue_meetings.csv, line 2.",
        ),
        (
            f"ELM,e1,1,held,2031-05-02,,{PAGE},\nELM,e2,1,held,2031-06-03,,{PAGE},\n",
            "line 3: the ordinal 1 of ELM is that of e1 in dialogue_meetings.csv, line 2.",
        ),
        (
            f"ELM,e1,1,held,2031-05-02,,{PAGE},\nELM,e1,2,announced,2031-05-02,,{PAGE},\n",
            "line 3: e1 has another ordinal than in dialogue_meetings.csv, line 2.",
        ),
        (
            f"ELM,e1,,announced,2031-05-02,,{PAGE},\nELM,e1,,put-off,2031-05-02,,{PAGE},\n",
            "line 3: e1 is said to be planned for 2031-05-02 as in dialogue_meetings.csv, line 2.",
        ),
    ],
)
def test_what_cannot_be_released_or_contradicts_is_refused(lines: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_meetings(HEAD + lines, ("ELM",), banner)
    assert str(refused.value) == f"dialogue_meetings.csv, {sentence}"
    assert "and more" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "quarterly,2031-01-01",
            "quarterly,",
            "promised_on is filled where an interval was promised, and only there.",
        ),
        (
            "quarterly",
            "none-seen",
            "promised_on is filled where an interval was promised, and only there.",
        ),
        ("ASH;OAK", "ASH", "parties names fewer than two."),
        ("ASH;OAK", "ASH;FIR", "parties may name OAK, ASH, and not 'FIR'."),
        (",2031,", ",long ago,", "since must be a year, month or day, not 'long ago'."),
    ],
)
def test_a_bad_series_is_refused(old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_series(SERIES + ELM.replace(old, new), ("OAK", "ASH"), unmarked)
    assert str(refused.value) == f"dialogues.csv, line 2: {sentence}"


def test_parties_stand_in_the_order_of_the_charter() -> None:
    assert elm().parties == ("OAK", "ASH")


def test_announced_is_not_held_and_only_a_source_says_not_held() -> None:
    told = announcements(
        elm(),
        rows(
            "e1,1,announced,2031-02-01,",
            "e1,1,held,2031-02-01,",
            "e2,2,announced,2031-05-01,",
            "e3,3,put-off,2031-08-01,",
            "e4,4,announced,2032-12-01,",
            "e5,5,put-off,2031-10-01,",
            "e5,5,announced,2031-10-20,",
            "e5,5,held,2031-11-10,",
        ),
        TODAY,
    )
    assert [(one.row.meeting, one.state, one.slipped) for one in told] == [
        ("e1", State.HELD, None),
        ("e2", State.NONE_FOUND, None),
        ("e3", State.NOT_HELD, None),
        ("e5", State.NOT_HELD, Days(40, 40)),
        ("e5", State.HELD, Days(21, 21)),
        ("e4", State.NOT_KNOWN, None),
    ]


def test_a_month_without_a_day_slips_by_what_is_possible_or_not_surely() -> None:
    months = rows(
        "e1,1,put-off,2031-10,",
        "e1,1,held,2031-12-11,",
        "e2,2,announced,2032-01-20,",
        "e2,2,held,2032-01,",
    )
    assert [str(one.slipped) for one in announcements(elm(), months, TODAY)] == ["41 to 71", "None"]


def test_the_five_states_of_a_promised_interval() -> None:
    found = rows(
        "e0,1,held,2031-01-01,",
        "e1,2,held,2031-06-10,",
        "e2,3,announced,2031-08-01,",
        "no,,not-held,2031-11-15,",
    )
    report = PromiseReport(promise_id(elm()), "OAK/TALKS", date(2032, 2, 1), True, False, "R/1")
    states = [state.state for state in kept(elm(), found, TODAY, [report])]
    assert states == [
        State.NONE_FOUND,  # the meeting at which it was promised keeps nothing
        State.HELD,
        State.NONE_FOUND,  # announced alone is nothing
        State.NOT_HELD,  # a source says so
        State.REPORTED,  # a seat says so
        State.NONE_FOUND,
        State.NOT_KNOWN,  # sources seen do not reach
        State.NOT_KNOWN,
    ]


def test_without_a_promise_there_is_no_period_and_nothing_is_beyond() -> None:
    none = elm(f"quarterly,2031-01-01,{PAGE}", "none-seen,,")
    found = rows("e1,1,held,2031-02-01,", "e2,2,held,2032-05-01,")
    assert kept(none, found, TODAY) == ()
    (gap,) = gaps(none, found, TODAY)
    assert (gap.days, gap.due, gap.beyond) == (Days(455, 455), None, None)


def test_a_gap_goes_beyond_the_interval_only_where_no_meeting_was_missed() -> None:
    found = rows("e1,1,held,2031-01-31,", "e2,2,held,2031-05-10,", "e4,4,held,2032-05-10,")
    first, second = gaps(elm(), found, TODAY)
    assert (first.due, first.beyond) == (date(2031, 4, 30), Days(10, 10))
    assert (second.due, second.beyond) == (None, None)
    assert [row.meeting for row in held(elm(), found, date(2031, 5, 9))] == ["e1"]


@given(st.lists(st.integers(1, 700), unique=True, max_size=8), st.integers(0, 800))
def test_only_held_meetings_hold_a_period(days: list[int], reach: int) -> None:
    start = date(2031, 1, 1)
    today = start + timedelta(days=reach)
    found = rows(
        *(f"e{day},,held,{start + timedelta(days=day)}," for day in days),
        *(f"a{day},,announced,{start + timedelta(days=day + 1)}," for day in days),
    )
    states = kept(elm(), found, today)
    for state in states:
        inside = [
            day
            for day in days
            if day <= reach and state.period.has_day(start + timedelta(days=day))
        ]
        assert (state.state is State.HELD) == bool(inside)
        assert state.state is not State.NOT_HELD
    assert all(
        (second.period.first - first.period.last).days == 1
        for first, second in pairwise(states)
        if first.period.last
    )


def test_the_shipped_calendars_tell_announced_from_held() -> None:
    series, meetings = shipped()
    assert [one.id for one in series] == ["EDD", "NCG", "EDSCG"]
    edd, ncg, edscg = series
    assert [one.ordinal for one in held(ncg, meetings, TODAY)] == [1, 2, 3, 4, 5]
    slips = {
        one.row.meeting: one.slipped
        for one in announcements(ncg, meetings, TODAY)
        if one.row.status is MeetingStatus.PUT_OFF
    }
    assert slips == {"ncg-4": Days(37, 37), "ncg-5": Days(41, 71)}
    assert gaps(ncg, meetings, TODAY)[-1].days == Days(335, 335)
    assert kept(edd, meetings, TODAY) == ()
    assert [state.state for state in kept(edscg, meetings, date(2025, 1, 1))] == [
        State.HELD, State.HELD, State.NOT_KNOWN,
    ]  # fmt: skip
    assert {state.state for state in kept(ncg, meetings, TODAY)} == {
        State.HELD, State.NONE_FOUND, State.NOT_KNOWN,
    }  # fmt: skip


def test_the_shipped_tables_end_where_sources_do_and_write_no_listed_name() -> None:
    series, meetings = shipped()
    reach = {one.id: one.searched_to.last for one in series}
    assert all(row.when.first <= reach[row.series] for row in meetings)
    unnamed = read_unnamed((ROOT / "data" / "register" / "unnamed.csv").read_text("utf-8"))
    for name in ("dialogues", "dialogue_meetings"):
        assert names_found(table(name), unnamed) == ()


def test_the_council_side_comes_from_the_register_by_its_own_rule() -> None:
    found = council(register(), date(2026, 3, 31))
    by_id = {row.promise.id: [state.state for state in row.states] for row in found}
    assert by_id["cm-defmin-annual"] == [State.HELD, State.NONE_FOUND, State.NOT_KNOWN]
    assert {row.promise.pillar for row in found} == {"defence"}
    assert {row.promise.cadence for row in found} <= set(RECURRING)
    assert "cm-dtt-16" not in {row.promise.id for row in council(register(), date(2025, 1, 1))}


def test_an_assessment_can_be_worked_out_again() -> None:
    texts = [
        (RESEARCH / f"{name}.csv").read_text("utf-8") for name in ("dialogues", "dialogue_meetings")
    ]
    arguments = (texts[0], texts[1], register(), PARTIES)
    found = assess(*arguments, date(2026, 3, 31), unmarked)
    assert found.digest == assess(*arguments, date(2026, 3, 31), unmarked).digest
    assert found.digest != assess(*arguments, date(2024, 3, 31), unmarked).digest
    assert found.result["series"]["NCG"]["held"][-1] == ["ncg-5", "2025-12-11"]
    assert {layer.name: layer.newest for layer in found.layers}["dialogues.csv"] == "2026-02-22"
