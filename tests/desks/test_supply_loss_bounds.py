"""The days of a loss are bounds: no value that sources allow is short sooner, or later."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from test_supply_chains import BOUGHT, HEAD, STOCKS, held, months

from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import read_chain

DAYS, HORIZON = 40, 60
UPSTREAM = {"ore": (), "sand": (), "thing": ("ore", "sand")}
PLENTY = 10_000


@dataclass(frozen=True)
class Known:
    """What sources print of one stage: AAA's part in 100, days of stock, months."""

    part: tuple[int, int]
    named: bool
    stock: tuple[int | None, int | None] | None
    months: tuple[float | None, float | None] | None


def spans(numbers: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    """None, or a least and a most of which one may be missing."""
    both = st.tuples(numbers, numbers).map(lambda it: (min(it), max(it)))
    return (
        st.none() | both | numbers.map(lambda it: (None, it)) | numbers.map(lambda it: (it, None))
    )


stage = st.builds(
    Known,
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda it: (10 * min(it), 10 * max(it))),
    st.booleans(),
    spans(st.integers(0, 20)),
    spans(st.sampled_from([0.2, 0.5, 1.0])),
)


def written(chain: dict[str, Known]) -> Chain:
    """The same as tables."""
    rows, stocks = "", ""
    for name, one in chain.items():
        head = f"{name},{name.title()},material,{';'.join(UPSTREAM[name])},production"
        low, high = one.part
        if one.named:
            rows += f"{head},AAA,,{low},{high},2020,,[primary] x,u\n"
        else:  # BBB makes all but what AAA may make
            rows += f"{head},BBB,{100 - high},,,2020,,[primary] x,u\n"
        for span, row in ((one.stock, held), (one.months, months)):
            if span is not None:
                stocks += row(name, ",".join("" if it is None else str(it) for it in span))
    rows += "named,Named,material,,production,AAA,100,,,2020,,[primary] x,u\n"
    tables = (("c.csv", HEAD + rows), ("s.csv", STOCKS + stocks), ("d.csv", BOUGHT))
    return read_chain("invented", *tables)


def corners(one: Known, most: int) -> Iterator[tuple[int, int, float]]:
    """Every extreme that sources allow: part lost, stock, and the day of a replacement."""
    low, high = one.part if one.named else (0, one.part[1])
    least, top = one.stock or (None, None)
    soon, late = one.months or (math.inf, math.inf)
    yield from product(
        {low, high},
        {least or 0, max(most, least or 0) if top is None else top},
        {(soon or 0) * 30.4, math.inf if late is None else late * 30.4},
    )


def first_days(given: dict[str, tuple[int, int, float]]) -> dict[str, float]:
    """The first day short by stage, reckoned in hundredths, without the desk."""
    coming: dict[str, list[int]] = {}
    for name, (lost, days, back) in given.items():
        left, parts = 100 * days, []
        for day in range(HORIZON):
            own = 100 - lost if day < min(DAYS, back) else 100
            part = min([own, *(coming[up][day] for up in UPSTREAM[name])])
            cover = min(left, 100 - part)
            left -= cover
            parts.append(part + cover)
        coming[name] = parts
    return {
        name: next((day for day, part in enumerate(parts) if part < 100), math.inf)
        for name, parts in coming.items()
    }


def sooner_and_later(chain: dict[str, Known], most: int) -> dict[str, tuple[float, float]]:
    """The first and the last first day short, by stage, over every corner."""
    found: dict[str, list[float]] = {name: [] for name in UPSTREAM}
    for chosen in product(*(tuple(corners(chain[name], most)) for name in UPSTREAM)):
        for name, day in first_days(dict(zip(UPSTREAM, chosen, strict=True))).items():
            found[name].append(day)
    return {name: (min(days), max(days)) for name, days in found.items()}


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({name: stage for name in UPSTREAM}))
def test_the_days_are_the_first_and_the_last_of_all_that_sources_allow(
    chain: dict[str, Known],
) -> None:
    found = lose(written(chain), "AAA", DAYS, "XXX", horizon=HORIZON)
    open_, bare = sooner_and_later(chain, PLENTY), sooner_and_later(chain, 0)
    for name, (first, last) in open_.items():
        told = found.of(name)
        if told is None:
            assert first == math.inf
            continue
        assert told.earliest == first
        assert (math.inf if told.latest is None else told.latest) == last
        # Not known: only a stock whose most is not known may put it off for ever.
        assert told.latest_known == (last < math.inf or bare[name][1] == math.inf)


def test_a_path_without_a_known_stock_leaves_the_latest_open() -> None:
    # Ore with ten days and sand with no stock that is known; of the thing five days are held.
    ore = Known((50, 50), True, (10, 10), None)
    thing = Known((0, 0), False, (5, 5), None)
    sand = Known((50, 50), True, None, None)
    told = lose(written({"ore": ore, "sand": sand, "thing": thing}), "AAA", DAYS, "XXX")
    through = told.of("thing")
    assert through is not None
    # Through sand it may be short from day 10; through ore it is by day 20 + 10.
    assert (through.earliest, through.latest, through.latest_known) == (10, 30, True)
    lone = Known((0, 0), True, None, None)
    other = lose(written({"ore": lone, "sand": sand, "thing": thing}), "AAA", DAYS, "XXX")
    open_ = other.of("thing")
    assert open_ is not None
    assert (open_.earliest, open_.latest, open_.latest_known) == (10, None, False)
