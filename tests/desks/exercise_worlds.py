"""Small invented programmes of exercises, and what trying every combination says of them.

Trying is done with the independent checker as the judge; it knows nothing of the planner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from architrave.desks.exercises.checking import cost_found, faults
from architrave.desks.exercises.model import (
    Area,
    Away,
    Blackout,
    ClashKind,
    Domain,
    Force,
    Horizon,
    Need,
    Part,
    Placed,
    Plan,
    Postponed,
    Precedence,
    Programme,
    Series,
    Weights,
)
from architrave.desks.rows import Place

PARTIES = ("east-bank", "hill-side", "low-land")
STEP = 35
YEAR = 2041
DAYS = st.integers(0, 729).map(lambda number: date(YEAR, 1, 1) + timedelta(number))


def series(name: str = "north-wind", **fields: object) -> Series:
    """One exercise, five days long and once a year, if nothing else is said."""
    found = Series(name, name, PARTIES, (Domain.SEA,), 5, place=Place("series.csv", 4))
    return replace(found, **fields)  # type: ignore[arg-type]


def programme(*rows: Series, years: int = 1, **fields: object) -> Programme:
    """A programme of these series, with two forces and three areas of which two overlap."""
    found = Programme(
        Horizon(YEAR, years),
        PARTIES,
        {
            "area-a": Area("area-a", "A", place=Place("areas.csv", 2)),
            "area-b": Area("area-b", "B", ("area-a",), Place("areas.csv", 3)),
            "area-c": Area("area-c", "C", place=Place("areas.csv", 4)),
        },
        {
            "oak": Force("oak", PARTIES[0], Domain.SEA, "Oak", place=Place("forces.csv", 2)),
            "elm": Force("elm", PARTIES[1], Domain.AIR, "Elm", place=Place("forces.csv", 3)),
        },
        {row.id: row for row in rows},
    )
    return replace(found, **fields)  # type: ignore[arg-type]


@st.composite
def small_programmes(draw: st.DrawFn) -> Programme:
    """Two or three editions in a year or two, with every kind of rule now and then."""
    years = draw(st.integers(1, 2))
    names = ("north-wind", "sea-breeze", "dusk-squall")[
        : draw(st.integers(1, 3 if years == 1 else 2))
    ]
    rows = [_row(draw, name, years) for name in names]
    while sum(row.editions * (years // row.years) for row in rows) > 4:
        rows[-1 if len(rows) > 1 and rows[-1].editions > 1 else 0] = series(rows.pop().id)
    needs = [
        Need(row.id, force, Place("needs.csv", 2))
        for row in rows
        for force in draw(st.sets(st.sampled_from(("elm", "oak"))))
        if force
    ]
    found = programme(
        *rows,
        years=years,
        needs=tuple(sorted(needs, key=lambda need: (need.series, need.force))),
        away=tuple(_away(draw) for _ in range(draw(st.integers(0, 2)))),
        blackouts=tuple(_blackout(draw, number) for number in range(draw(st.integers(0, 4)))),
        weights=Weights(0, 0, draw(st.sampled_from((0, 3)))),
        parts=_parts(draw, rows[0]),
    )
    return replace(found, forces=_forces(draw, found), precedences=_precedences(draw, found))


def _row(draw: st.DrawFn, name: str, years: int) -> Series:
    period = draw(st.integers(1, years))
    return series(
        name,
        parties=draw(st.sampled_from((PARTIES, PARTIES[:2], PARTIES[2:]))),
        domains=draw(st.sampled_from(((Domain.SEA,), (Domain.AIR,), (Domain.SEA, Domain.AIR)))),
        days=draw(st.sampled_from((1, 6, 40))),
        editions=draw(st.integers(1, 2)),
        years=period,
        months=draw(st.sampled_from(((), (3, 4, 5, 6), (1, 2, 11, 12)))),
        area=draw(st.sampled_from(("", "area-a", "area-b"))),
        lead_days=draw(st.sampled_from((0, 45))),
        gap_days=draw(st.sampled_from((0, 70))),
    )


def _away(draw: st.DrawFn) -> Away:
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 120)))
    return Away(draw(st.sampled_from(("oak", "elm"))), first, last)


def _blackout(draw: st.DrawFn, number: int) -> Blackout:
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 60)))
    parties = draw(st.sampled_from(((), PARTIES[:1], PARTIES[2:])))
    weight = draw(st.sampled_from((None, 1, 4)))
    return Blackout(f"invented-{number}", ClashKind.TALKS, first, last, parties, weight)


def _parts(draw: st.DrawFn, row: Series) -> dict[str, Part]:
    if row.days < 6 or draw(st.booleans()):
        return {}
    return {"boarding": Part("boarding", row.id, "Boarding", 2, 3, "area-c", ("elm",))}


def _forces(draw: st.DrawFn, found: Programme) -> dict[str, Force]:
    return {
        name: replace(
            force,
            days_a_year=draw(st.sampled_from((366, 45, 10))),
            rest_days=draw(st.sampled_from((0, 20))),
        )
        for name, force in found.forces.items()
    }


def _precedences(draw: st.DrawFn, found: Programme) -> tuple[Precedence, ...]:
    names = [f"{row.id}/{YEAR}.1" for row in found.series.values()]
    if len(names) < 2 or draw(st.booleans()):
        return ()
    return (Precedence(names[1], names[0], draw(st.sampled_from((1, 40)))),)


def names_in_order(found: Programme) -> list[str]:
    """The editions by period, then as the series stand."""
    horizon = found.horizon
    return [
        f"{row.id}/{year}.{number}"
        for year in range(horizon.year, horizon.year + horizon.years)
        for row in found.series.values()
        if (year - horizon.year) % row.years == 0
        and year + row.years <= horizon.year + horizon.years
        for number in range(1, row.editions + 1)
    ]


def days_of(found: Programme, edition: str) -> list[date]:
    """The days of the grid in an edition's period."""
    name, rest = edition.split("/")
    year = int(rest.split(".")[0])
    first = date(year, 1, 1)
    days = (date(year + found.series[name].years, 1, 1) - first).days
    grid = (first + timedelta(number) for number in range(days))
    return [day for day in grid if day.toordinal() % STEP == 1]


def every_plan(found: Programme, choices: Sequence[Sequence[date]]) -> Iterator[Plan]:
    """Every plan that keeps the rules, with its cost; what cannot be alone is never combined."""
    names = names_in_order(found)
    for days in product(*choices):
        placed = tuple(
            Placed(name, day, found.series[name.split("/")[0]].days)
            for name, day in zip(names, days, strict=True)
        )
        plan = Plan(placed, 0, 0, False)
        if all(fault.rule == "cost" for fault in faults(found, plan)):
            yield replace(plan, cost=cost_found(found, plan))


def allowed_days(found: Programme, edition: str, more: Sequence[date] = ()) -> list[date]:
    """Days that nothing but the edition's own rules could forbid."""
    name = edition.split("/")[0]
    kept = []
    for day in sorted({*days_of(found, edition), *more}):
        row = found.series[name]
        fits = not row.months or day.month in row.months
        if fits and day >= found.horizon.first + timedelta(row.lead_days):
            kept.append(day)
    return kept


def moved(before: Plan, after: Plan, postponed: Sequence[Postponed]) -> tuple[int, int]:
    """How many others moved, and by how many days all moved in sum."""
    mine = {one.edition for one in postponed}
    stood = {one.edition: one.first for one in before.placed if not one.part}
    shifts = {
        one.edition: abs((one.first - stood[one.edition]).days)
        for one in after.placed
        if not one.part
    }
    others = sum(1 for name, days in shifts.items() if days and name not in mine)
    return others, sum(shifts.values())
