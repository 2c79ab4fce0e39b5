"""The index of concentration is a range that holds: no shares that sources allow lie outside it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_supply_chains import BOUGHT, HEAD, STOCKS

from architrave.desks.supply.chains.reading import SHIPPED, read_chain, shipped_chain
from architrave.desks.supply.chains.shares import Shares, concentration, shares_of
from architrave.desks.supply.chains.supplied import lost_of

ranges = st.tuples(st.integers(0, 20), st.integers(0, 60)).map(lambda it: (it[0], it[0] + it[1]))


def shares_with(makers: list[tuple[int, int]], lumped: int) -> Shares:
    """Named makers from a least to a most, and a rest of the world."""
    by_country = {f"M{at}": (float(low), float(high)) for at, (low, high) in enumerate(makers)}
    if lumped:
        by_country["ROW"] = (float(lumped), float(lumped))
    unknown = 100.0 - sum(low for low, _ in by_country.values())
    return Shares("x", "production", 2024, by_country, unknown, ())


def dealt(shares: Shares, random: Random) -> list[float]:
    """Shares that sources allow: what is open is dealt out in a random order, in large pieces."""
    named = [share for who, share in shares.by_country.items() if who != "ROW"]
    lumped, _ = shares.by_country.get("ROW", (0.0, 0.0))
    found, left = [low for low, _ in named], shares.unknown
    others = [lumped * part for part in random.choice([(1.0,), (0.5, 0.5), (0.9, 0.1)])]
    for at in random.sample(range(len(named)), len(named)):
        most = min(left, named[at][1] - named[at][0])
        given_ = random.choice([0.0, most, most, most * random.random()])
        found[at], left = found[at] + given_, left - given_
    hand = random.randrange(len(others))
    others[hand] += left
    return [*found, *others]


@settings(max_examples=300)
@given(
    st.lists(ranges, max_size=5).filter(lambda it: sum(low for low, _ in it) <= 80),
    st.integers(0, 20),
    st.integers(0, 2**32),
)
def test_no_shares_that_sources_allow_are_outside_the_index(
    makers: list[tuple[int, int]], lumped: int, seed: int
) -> None:
    shares = shares_with(makers, lumped)
    found, random = concentration(shares), Random(seed)
    for _ in range(40):
        given_ = dealt(shares, random)
        assert sum(given_) == pytest.approx(100)
        assert found.low - 1e-6 <= sum(one**2 for one in given_) <= found.high + 1e-6


@given(st.lists(ranges, min_size=11, max_size=15).filter(lambda it: sum(a for a, _ in it) <= 100))
def test_of_many_makers_the_index_is_a_bound_too(makers: list[tuple[int, int]]) -> None:
    shares = shares_with(makers, 0)
    found, random = concentration(shares), Random(7)
    for _ in range(40):
        assert sum(one**2 for one in dealt(shares, random)) <= found.high + 1e-6


def test_the_most_is_reached_by_filling_two_ranged_makers_by_hand() -> None:
    # 40 are open: A takes 20 and B 20, which is more than A 20 and another 20, or another 40.
    shares = shares_with([(30, 50), (30, 50)], 0)
    assert concentration(shares).high == 50**2 + 50**2
    # A small range on a large maker and a wide one on a small: both matter.
    assert (
        concentration(shares_with([(50, 51), (0, 40), (10, 10)], 0)).high == 51**2 + 39**2 + 10**2
    )


def test_a_most_that_no_source_prints_is_what_the_others_leave() -> None:
    rows = "".join(
        f"a,A,material,,capacity,{who},,{low},{high},2021,,[primary] x,u\n"
        for who, low, high in (("AAA", 40, ""), ("BBB", 25, 50), ("CCC", 15, ""))
    )
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    shares = shares_of(chain, "a")
    assert shares is not None
    assert dict(shares.by_country) == {"AAA": (40, 60), "BBB": (25, 50), "CCC": (15, 35)}
    assert concentration(shares).high == 60**2 + 25**2 + 15**2


def test_over_ninety_is_a_least_and_no_share() -> None:
    rows = (
        "a,A,material,,capacity,AAA,90,90,,2021,,[primary] over 90,u\n"
        "b,B,material,,capacity,AAA,80,80,85,2021,,[primary] x,u\n"
        "c,C,material,,capacity,AAA,90,,,2021,,[primary] x,u\n"
        "c,C,material,,capacity,BBB,10,,,2021,,[primary] x,u\n"
    )
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    over, ranged, point = (shares_of(chain, one) for one in "abc")
    assert over is not None
    assert ranged is not None
    assert point is not None
    assert (over.top, over.unknown, over.at_least) == (("AAA", (90, 100)), 10, True)
    assert concentration(over).high == 100**2
    assert (ranged.top, ranged.at_least) == (("AAA", (80, 85)), False)
    assert (point.top, point.at_least) == (("AAA", (90, 90)), False)
    assert lost_of(chain, "a", "AAA", "KOR").high == 1.0


def test_each_figure_with_a_lone_least_in_what_is_shipped_is_a_range() -> None:
    found = 0
    for name in SHIPPED:
        chain = shipped_chain(name)
        for stage in chain.stages:
            shares = shares_of(chain, stage)
            for one in chain.figures if shares is not None else ():
                key = (one.stage, one.measure, one.year)
                if one.primary and key == (stage, shares.measure, shares.year):
                    low, high = shares.by_country[one.country]
                    if one.low is not None and one.high is None and shares.unknown:
                        found += 1
                        assert low < high
    assert found >= 3


def test_rows_of_another_gas_are_no_purchases_of_neon() -> None:
    chain = shipped_chain("semiconductors")
    assert not [one for one in chain.dependences if "not neon" in one.note]
    bought = lost_of(chain, "sem_neon", "UKR", "KOR")
    assert (bought.low, bought.high, bought.own, bought.year) == (0.23, 0.23, True, 2021)
