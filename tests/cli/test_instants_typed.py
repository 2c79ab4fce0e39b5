"""Whatever is typed for a time is one that every capital's clock can show, or is unclear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import World

from architrave.cli.faults import Unclear
from architrave.portal.composing.instants import clocks, instant, utc

CHARTER = World().charter
OWN = CHARTER.parties[0].id
DAYS = ["2027-03-01", "0001-01-01", "9999-12-31", "0002-01-01", "9998-12-31", "2027-02-30"]
CLOCKS = ["", " 00:00", "T23:59:59", " 24:00", " 9:05"]
ZONES = ["", "Z", " +23:59", " -23:59", " +99:00", " Asia", " ../UTC", " Etc/UTC", " \0", " \ud800"]


@given(
    st.builds("".join, st.tuples(*map(st.sampled_from, (DAYS, CLOCKS, ZONES)))) | st.text(),
    st.booleans(),
)
def test_what_is_typed_is_a_time_or_unclear(text: str, end: bool) -> None:
    said = "--due: "
    try:
        ms = instant(text, CHARTER, "--due", end)
    except Unclear as fault:
        said = str(fault)
    else:
        assert utc(ms)
        assert clocks(ms, CHARTER, OWN)
    assert said.startswith("--due: ")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_refused(day: str) -> None:
    with pytest.raises(Unclear, match="a year from 2 to 9998"):
        instant(day, CHARTER, "--due", day_means_end=True)
