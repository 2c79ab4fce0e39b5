"""Hosts and commands: as even as any choice, found by trying all."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.exercises.hosting import burden, evenly

PARTIES = ("east-bank", "hill-side", "low-land", "far-isle")
LISTS = st.lists(st.sets(st.sampled_from(PARTIES), min_size=1).map(sorted), max_size=6)


@given(LISTS)
def test_no_choice_is_more_even(allowed: list[list[str]]) -> None:
    chosen = evenly(PARTIES, allowed)
    assert all(party in names for party, names in zip(chosen, allowed, strict=True))
    least = min(burden(PARTIES, one, allowed) for one in product(*allowed))
    assert burden(PARTIES, chosen, allowed) == least


def test_loads_are_passed_on_through_a_third_party() -> None:
    allowed = [["east-bank", "hill-side"], ["east-bank"], ["east-bank"], ["hill-side", "low-land"]]
    chosen = evenly(PARTIES, [*allowed, ["hill-side", "low-land"], ["hill-side"]])
    assert [chosen.count(party) for party in PARTIES[:3]] == [2, 2, 2]


def test_turns_are_taken() -> None:
    assert evenly(PARTIES[:3], [PARTIES[:3]] * 6) == PARTIES[:3] * 2


def test_nobody_hosts_where_nobody_may() -> None:
    assert evenly(PARTIES, [[], ["low-land"]]) == ("", "low-land")
