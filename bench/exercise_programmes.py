"""An invented programme of exercises, as large as asked: illustrative, nobody's forces or areas.

Three invented parties, forces named for trees, areas for letters, series for winds. It is drawn
from a seed, and is not a subject of its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

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
    Precedence,
    Programme,
    Series,
)
from architrave.desks.rows import Place

PARTIES = ("east-bank", "hill-side", "low-land")
TREES = "oak elm ash yew fir larch beech maple alder".split()
LETTERS = ("area-a", "area-b", "area-c", "area-d", "area-e", "area-f")
WINDS = (
    "north-wind south-wind east-wind west-wind sea-breeze land-breeze hill-gust dawn-calm "
    "noon-draught dusk-squall trade-wind spring-gale"
).split()
ALL_MONTHS = tuple(range(1, 13))


def invented(editions: int = 65, years: int = 5, seed: int = 7) -> Programme:
    """A programme of about so many editions, and of as many years."""
    draw = Random(seed)
    horizon = Horizon(2041, years)
    forces = {
        tree: Force(
            tree,
            PARTIES[number % 3],
            list(Domain)[number % 5],
            f"Illustrative unit {tree}",
            days_a_year=70,
            rest_days=7,
            place=Place("forces.csv", number + 2),
        )
        for number, tree in enumerate(TREES)
    }
    areas = {
        letter: Area(letter, f"Illustrative {letter}", place=Place("areas.csv", number + 2))
        for number, letter in enumerate(LETTERS)
    }
    areas["area-b"] = Area("area-b", "Illustrative area-b", ("area-a",), Place("areas.csv", 3))
    series = _series(draw, editions, years)
    needs = [
        Need(name, tree, Place("needs.csv", 0))
        for name in series
        for tree in sorted(draw.sample(TREES, 2))
    ]
    needs = [Need(n.series, n.force, Place("needs.csv", line + 2)) for line, n in enumerate(needs)]
    return Programme(
        horizon,
        PARTIES,
        areas,
        forces,
        series,
        tuple(_away(draw, horizon)),
        tuple(needs),
        _parts(series),
        tuple(_blackouts(draw, horizon)),
        tuple(_precedences(series, horizon)),
    )


def _series(draw: Random, editions: int, years: int) -> dict[str, Series]:
    """Series until their editions are enough: one, two or a biennial one in turn."""
    found: dict[str, Series] = {}
    promised = 0
    while promised < editions and len(found) < len(WINDS):
        name = WINDS[len(found)]
        each, period = ((1, 1), (2, 1), (1, 1), (2, 1), (1, 2))[len(found) % 5]
        months = tuple(sorted(draw.sample(ALL_MONTHS, draw.choice((5, 7, 9)))))
        found[name] = Series(
            name,
            f"Illustrative exercise {name}",
            PARTIES if len(found) % 4 else PARTIES[:2],
            tuple(sorted(draw.sample(list(Domain), 2))),
            draw.choice((3, 5, 8, 12)),
            each,
            period,
            months if each == 1 else (),
            draw.choice(LETTERS[:4]),
            30,
            60 if each == 2 else 0,
            PARTIES if len(found) % 3 else PARTIES[1:],
            PARTIES,
            "illustrative",
            Place("series.csv", len(found) + 2),
        )
        promised += each * (years // period)
    return found


def _parts(series: dict[str, Series]) -> dict[str, Part]:
    longest = max(series.values(), key=lambda one: one.days)
    place = Place("parts.csv", 2)
    return {
        "boarding": Part("boarding", longest.id, "Boarding drill", 1, 2, "area-e", ("oak",), place)
    }


def _away(draw: Random, horizon: Horizon) -> list[Away]:
    found: list[Away] = []
    for year in range(horizon.year, horizon.year + horizon.years):
        for tree in TREES:
            first = date(year, 1, 1) + timedelta(draw.randrange(300))
            last = first + timedelta(draw.choice((20, 40, 55)))
            place = Place("away.csv", len(found) + 2)
            found.append(Away(tree, first, last, ClashKind.MAINTENANCE, "illustrative", place))
    return found


def _blackouts(draw: Random, horizon: Horizon) -> list[Blackout]:
    found: list[Blackout] = []
    for year in range(horizon.year, horizon.year + horizon.years):
        for number in range(16):
            first = date(year, 1, 1) + timedelta(draw.randrange(350))
            last = first + timedelta(draw.choice((2, 6, 20, 45)))
            parties = () if number % 3 == 0 else (draw.choice(PARTIES),)
            kind = draw.choice((ClashKind.HOLIDAY, ClashKind.TALKS, ClashKind.WEATHER))
            weight = None if number % 8 == 7 else draw.choice((2, 5, 10, 20))
            name = f"invented-{year}-{number + 1}"
            place = Place("blackouts.csv", len(found) + 2)
            found.append(
                Blackout(name, kind, first, last, parties, weight, "", "illustrative", place)
            )
    return found


def _precedences(series: dict[str, Series], horizon: Horizon) -> list[Precedence]:
    yearly = [one.id for one in series.values() if one.years == 1]
    return [
        Precedence(
            f"{yearly[number % len(yearly)]}/{horizon.year + number}.1",
            f"{yearly[(number + 1) % len(yearly)]}/{horizon.year + number}.1",
            14,
            "an invented lesson is tried again",
            Place("precedences.csv", number + 2),
        )
        for number in range(horizon.years)
    ]
