"""The public past as it was compiled, and the sandbox that it becomes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from exercise_tables import PARTIES, placeless
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.exercises.editions import promised
from architrave.desks.exercises.illustration import illustration, sandbox_day
from architrave.desks.exercises.past import NO_CADENCE, Past, read_past, runs_by_year
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.writing import write_programme
from architrave.institution.promises import State, is_late
from architrave.institution.register import Register, read_register

TODAY = date(2026, 11, 26)
RESEARCH = {
    path.name: path.read_text(encoding="utf-8")
    for path in (ROOT / "data" / "research").glob("*.csv")
}


@cache
def register() -> Register:
    folder = ROOT / "data" / "register"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return read_register(texts, frozenset(PARTIES))


@cache
def past() -> Past:
    return read_past(RESEARCH, register(), TODAY)


def test_every_exercise_of_the_register_is_a_run_of_one_series() -> None:
    told = [run.row for one in past().series for run in one.runs if run.layer == "register"]
    assert sorted(told) == sorted(one.id for one in register().events if one.kind == "exercise")


def test_nineteen_series_with_their_runs_and_sources() -> None:
    by_id = {one.id: one for one in past().series}
    assert len(by_id) == 19
    assert all(run.source.startswith("http") for one in past().series for run in one.runs)
    assert all(run.last <= TODAY for one in past().series for run in one.runs)
    years = runs_by_year(by_id["freedom-edge"])
    assert {year: len(runs) for year, runs in years.items()} == {2024: 2, 2025: 1}
    assert by_id["korea-japan-naval-search-and-rescue-exercise"].runs[0].when == "2017"
    # The series' own last known date is no second run of what an event tells of.
    assert len(by_id["orient-shield"].runs) == 2


def test_a_cadence_is_told_only_where_a_public_text_promised_one() -> None:
    told = {one.id: one.cadence for one in past().series if one.cadence != NO_CADENCE}
    assert told == {
        "freedom-edge": "annual, as the register reads cm-multidomain, cm-tscf-ex, cm-ny-fe",
        "trilateral-coast-guard-exercise": "annual, as the register reads cm-cg-regular",
    }


def test_nothing_is_called_late_without_a_source() -> None:
    states = [state for one in past().series for found in one.states.values() for state in found]
    assert {state.state for state in states} >= {State.HELD, State.NOT_KNOWN}
    assert not any(is_late(state.state) for state in states)


def test_an_earlier_day_knows_less() -> None:
    earlier = read_past(RESEARCH, register(), date(2024, 6, 30))
    (edge,) = [one for one in earlier.series if one.id == "freedom-edge"]
    assert [run.row for run in edge.runs] == ["ev-fe-1"]
    assert [one.id for one in edge.promises] == ["cm-multidomain", "cm-fe-launch"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("x,held,register,ev-fe-1,b", "there is no series 'x'."),
        ("freedom-edge,held,register,ev-none,b", "there is no event 'ev-none'."),
        ("freedom-edge,promise,register,cm-none,b", "there is no promise 'cm-none'."),
    ],
)
def test_a_link_to_nothing_is_refused(row: str, sentence: str) -> None:
    heading = RESEARCH["exercise_links.csv"].splitlines()[0]
    files = {**RESEARCH, "exercise_links.csv": f"{heading}\n{row}\n"}
    with pytest.raises(BadInput) as refused:
        read_past(files, register(), TODAY)
    assert str(refused.value) == f"exercise_links.csv, line 2: {sentence}"


def test_the_sandbox_is_five_years_without_a_number_and_says_what_it_is() -> None:
    found = illustration(past(), PARTIES)
    programme = found.programme
    assert (programme.horizon.first, programme.horizon.last) == (date(1, 1, 1), date(5, 12, 31))
    assert len(promised(programme)) >= 60
    named = [*programme.series.values(), *programme.forces.values(), *programme.areas.values()]
    assert all("(illustrative)" in one.name for one in named)
    assert all("nobody's statement" in one.source for one in programme.series.values())
    assert not re.search(r"\b20[0-9]{2}-", "".join(write_programme(programme)["fixed.csv"]))
    assert all(series.parties for series in programme.series.values())
    assert all(programme.forces[need.force].party in programme.series[need.series].parties
               for need in programme.needs)  # fmt: skip


def test_each_series_of_the_sandbox_says_on_what_it_rests() -> None:
    bases = {one.series: one for one in illustration(past(), PARTIES).bases}
    assert len(bases) == 19
    assert bases["freedom-edge"].cadence.startswith("one a year: promised (annual")
    assert bases["keen-sword"].cadence.startswith("one in two years: as compiled")
    assert bases["freedom-flag"].cadence.startswith("two a year: its two usual months")
    assert bases["iron-mace"].cadence.startswith("one a year is assumed: runs are told of 2025")
    assert bases["orient-shield"].days == "5 days are assumed: no length was compiled"
    assert bases["keen-edge"].left_out == "AUS took part too: left out here"


def test_the_sandbox_is_a_programme_that_can_be_written_and_read() -> None:
    programme = illustration(past(), PARTIES).programme
    assert placeless(read_programme(write_programme(programme), PARTIES)) == programme


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1, 1, 1), "year 1, week 1"),
        (date(2, 4, 7), "year 2, week 14"),
        (date(5, 12, 31), "year 5, week 53"),
    ],
)
def test_a_day_of_the_sandbox_is_a_year_and_a_week(day: date, words: str) -> None:
    assert sandbox_day(day) == words
