"""Programmes for tests: the shipped example, and any that hypothesis can think of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from world import ROOT

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.desks.exercises.calendars import Calendars, Holiday, calendars_of
from architrave.desks.exercises.model import (
    NOWHERE,
    Area,
    Away,
    Blackout,
    ClashKind,
    Domain,
    Force,
    Horizon,
    Need,
    Part,
    Programme,
    Series,
    Weights,
)
from architrave.desks.exercises.reading import read_programme
from architrave.desks.rows import Place

PARTIES = ("JPN", "KOR", "USA")
EXAMPLE = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "data" / "examples" / "exercises").glob("*.csv"))
}
WORDS = st.text("abcdefgh ij,;\"'ñ風\n", max_size=12).map(lambda text: " ".join(text.split()))
NAMES = WORDS.filter(bool)
DAYS = st.dates(date(2031, 1, 1), date(2033, 12, 31))


@cache
def charter() -> Charter:
    text = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")
    return parse_charter(text, "trilateral.toml")


@cache
def example() -> Programme:
    return read_programme(EXAMPLE, PARTIES)


@cache
def holidays() -> Calendars:
    return calendars_of(PARTIES, 2029, 2035, charter())


def quiet(days: dict[str, set[date]] | None = None) -> Calendars:
    """Calendars with the holidays given and no others."""
    return Calendars(
        2000,
        2100,
        {
            party: {day: Holiday(day, party, "", "a test") for day in (days or {}).get(party, ())}
            for party in PARTIES
        },
    )


def with_row(files: dict[str, str], name: str, row: str) -> dict[str, str]:
    """The tables with one more row; its line number is that of the last line."""
    return {**files, name: files[name] + row + "\n"}


def placeless(value: Any) -> Any:
    """The same without the places where rows were read."""
    if isinstance(value, Place):
        return NOWHERE
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: placeless(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **changed)
    if isinstance(value, dict):
        return {key: placeless(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(placeless(one) for one in value)
    return value


@st.composite
def spans(draw: st.DrawFn, most: int = 40) -> tuple[date, date]:
    first = draw(DAYS)
    return first, first + timedelta(days=draw(st.integers(0, most)))


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """A sound programme: whatever could contradict itself is left out or kept apart."""
    areas = {
        f"area-{index}": Area(f"area-{index}", draw(NAMES), ("area-0",) if index else ())
        for index in range(draw(st.integers(0, 3)))
    }
    forces = {
        f"force-{index}": Force(
            f"force-{index}",
            draw(st.sampled_from(PARTIES)),
            draw(st.sampled_from(list(Domain))),
            draw(NAMES),
            draw(st.integers(0, 366)),
            draw(st.integers(0, 30)),
        )
        for index in range(draw(st.integers(0, 4)))
    }
    series = {f"s-{index}": draw(_series(f"s-{index}", areas)) for index in range(3)}
    needs = tuple(
        Need(one, force)
        for one in series
        for force in forces
        if forces[force].party in series[one].parties and draw(st.booleans())
    )
    parts = {}
    for one in series.values():
        if draw(st.booleans()):
            offset = draw(st.integers(0, one.days - 1))
            length = draw(st.integers(1, one.days - offset))
            area = draw(st.sampled_from(["", *areas]))
            parts[f"p-{one.id}"] = Part(f"p-{one.id}", one.id, draw(NAMES), offset, length, area)
    kinds = st.sampled_from([ClashKind.MAINTENANCE, ClashKind.FORCE])
    away = tuple(
        Away(force, *draw(spans()), draw(kinds), draw(WORDS))
        for force in forces
        if draw(st.booleans())
    )
    blackouts = tuple(
        Blackout(
            f"b-{index}",
            draw(st.sampled_from(list(ClashKind))),
            *draw(spans()),
            tuple(draw(st.lists(st.sampled_from(PARTIES), unique=True))),
            draw(st.none() | st.integers(0, 50)),
            draw(WORDS),
            draw(WORDS),
        )
        for index in range(draw(st.integers(0, 3)))
    )
    weights = Weights(*(draw(st.integers(0, 99)) for _ in range(3)))
    horizon = Horizon(2031, draw(st.integers(1, 5)))
    return Programme(
        horizon, PARTIES, areas, forces, series, away, needs, parts, blackouts, weights=weights
    )


@st.composite
def _series(draw: st.DrawFn, name: str, areas: dict[str, Area]) -> Series:
    parties = tuple(draw(st.lists(st.sampled_from(PARTIES), min_size=1, unique=True)))
    return Series(
        name,
        draw(NAMES),
        parties,
        tuple(draw(st.lists(st.sampled_from(list(Domain)), unique=True))),
        draw(st.integers(1, 20)),
        draw(st.integers(1, 3)),
        draw(st.integers(1, 2)),
        tuple(draw(st.lists(st.integers(1, 12), unique=True))),
        draw(st.sampled_from(["", *areas])),
        draw(st.integers(0, 90)),
        draw(st.integers(0, 90)),
        tuple(draw(st.lists(st.sampled_from(parties), unique=True))),
        tuple(draw(st.lists(st.sampled_from(parties), unique=True))),
        draw(WORDS),
    )
