"""Invented levels between lettered parties, and every path tried: what the desk is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise, permutations, product

from hypothesis import strategies as st

from architrave.desks.interoperability.model import Level, Mission, Pair, Step, pairs_of
from architrave.desks.rows import Place

LETTERS = ("A", "B", "C", "D", "E")
FUNCTIONS = ("weather", "ferry")
HERE = Place("missions.csv", 2)
TODAY = date(2031, 3, 1)
SCORES = "function,first,second,level,evidence,assessor,on,to,basis\n"

Key = tuple[str, Pair]


@st.composite
def cases(
    draw: st.DrawFn, known_only: bool = False, most: int = 5
) -> tuple[Mission, dict[Key, Level], tuple[str, ...]]:
    """A mission of one to three steps among three to five parties, with levels known or not."""
    parties = LETTERS[: draw(st.integers(3, most))]
    pairs = pairs_of(parties)
    level = st.sampled_from(Level) if known_only else st.none() | st.sampled_from(Level)
    levels = {
        (function, pair): found
        for function in FUNCTIONS
        for pair in pairs
        if (found := draw(level)) is not None
    }
    step = st.builds(
        Step, st.sampled_from(FUNCTIONS), st.none() | st.sampled_from(pairs), st.just(HERE)
    )
    steps = draw(st.lists(step, min_size=1, max_size=3))
    return Mission("m", "Invented", tuple(steps), HERE), levels, parties


def ways(pair: Pair, parties: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way from one party to another that meets none twice."""
    between = [party for party in parties if party not in pair]
    for count in range(len(between) + 1):
        for chosen in permutations(between, count):
            yield (pair[0], *chosen, pair[1])


def strength(way: tuple[str, ...], function: str, levels: Mapping[Key, int]) -> int:
    """The weakest pair of a way."""
    legs = (tuple(sorted(leg)) for leg in pairwise(way))
    return min(levels[function, (first, second)] for first, second in legs)


def reached(pair: Pair, function: str, levels: Mapping[Key, int], parties: tuple[str, ...]) -> int:
    """The best way's level, by trying all."""
    return max(strength(way, function, levels) for way in ways(pair, parties))


def connections(mission: Mission, parties: tuple[str, ...]) -> list[tuple[int, str, Pair]]:
    """Step, function and pair of every connection that the mission needs."""
    return [
        (number, step.function, pair)
        for number, step in enumerate(mission.steps, 1)
        for pair in ((step.pair,) if step.pair else pairs_of(parties))
    ]


def tried(mission: Mission, levels: Mapping[Key, int], parties: tuple[str, ...]) -> int:
    """The mission's level where every level is known, by trying every way."""
    return min(
        reached(pair, function, levels, parties)
        for _, function, pair in connections(mission, parties)
    )


def completions(
    levels: Mapping[Key, Level], parties: tuple[str, ...], choices: tuple[int, ...] = (0, 4)
) -> Iterator[dict[Key, int]]:
    """Every way in which what is unknown may turn out, each cell being one of `choices`."""
    cells = [(function, pair) for function in FUNCTIONS for pair in pairs_of(parties)]
    unknown = [cell for cell in cells if cell not in levels]
    for values in product(choices, repeat=len(unknown)):
        yield {**levels, **dict(zip(unknown, values, strict=True))}
