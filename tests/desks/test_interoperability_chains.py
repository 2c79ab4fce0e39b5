"""Chains against every path tried out, on invented levels."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from interoperability_scenes import (
    HERE,
    LETTERS,
    Key,
    cases,
    completions,
    connections,
    reached,
    strength,
    tried,
    ways,
)

from architrave.desks.interoperability.chains import (
    UNKNOWN,
    Interval,
    best_upgrades,
    chain,
    upgrades,
)
from architrave.desks.interoperability.hubs import hubs
from architrave.desks.interoperability.model import Level, Mission, Step, pairs_of

Case = tuple[Mission, dict[Key, Level], tuple[str, ...]]


def mission(*steps: Step) -> Mission:
    return Mission("m", "Invented", steps, HERE)


@given(cases(known_only=True))
def test_a_level_is_that_of_the_best_of_all_paths(case: Case) -> None:
    asked, levels, parties = case
    found = chain(asked, levels, parties)
    expected = tried(asked, levels, parties)
    assert found.level == Interval(expected, expected)
    assert [(one.step, one.function, one.pair) for one in found.connections] == connections(
        asked, parties
    )
    for one in found.connections:
        assert one.level.low == reached(one.pair, one.function, levels, parties)
        assert one.weakest == (one.level.low == expected)


@given(cases(known_only=True))
def test_paths_are_all_the_shortest_of_the_best(case: Case) -> None:
    asked, levels, parties = case
    for one in chain(asked, levels, parties).connections:
        good = [
            way
            for way in ways(one.pair, parties)
            if strength(way, one.function, levels) >= one.level.low
        ]
        fewest = min(map(len, good))
        assert sorted(one.paths) == sorted(way for way in good if len(way) == fewest)


@given(cases(most=3))
def test_an_interval_is_exactly_what_the_unknown_leaves_open(case: Case) -> None:
    asked, levels, parties = case
    found = chain(asked, levels, parties)
    possible = [tried(asked, one, parties) for one in completions(levels, parties)]
    assert found.level == Interval(min(possible), max(possible))
    for one in completions(levels, parties):
        level = tried(asked, one, parties)
        for link in found.connections:
            value = reached(link.pair, link.function, one, parties)
            assert link.level.low <= value <= link.level.high
            assert link.weakest or value > level, "one that can be the weakest was ruled out"


@given(cases(most=4), st.data())
def test_raising_a_level_never_lowers_a_mission(case: Case, data: st.DataObject) -> None:
    asked, levels, parties = case
    assume(levels)
    cell = data.draw(st.sampled_from(sorted(levels)))
    raised = Level(data.draw(st.integers(levels[cell], max(Level))))
    before, after = chain(asked, levels, parties), chain(asked, {**levels, cell: raised}, parties)
    assert before.level.low <= after.level.low
    assert before.level.high <= after.level.high


@given(cases(known_only=True, most=4), st.none() | st.sampled_from(Level))
def test_the_best_upgrade_is_the_best_of_all_tried(case: Case, to: Level | None) -> None:
    asked, levels, parties = case
    now = tried(asked, levels, parties)
    functions = {step.function for step in asked.steps}
    after = {}
    for function, pair in levels:
        target = levels[function, pair] + 1 if to is None else to
        if function in functions and levels[function, pair] < target <= max(Level):
            raised = {**levels, (function, pair): Level(target)}
            after[function, pair] = tried(asked, raised, parties)
    best = max(after.values(), default=now)
    found = best_upgrades(asked, levels, parties, to)
    assert {
        (one.function, one.pair): one.mission.low for one in upgrades(asked, levels, parties, to)
    } == after
    assert bool(found) == (best > now)
    assert all(after[one.function, one.pair] == one.mission.low == best for one in found)


@given(cases(most=4))
def test_an_upgrade_never_lowers_what_is_unknown(case: Case) -> None:
    asked, levels, parties = case
    now = chain(asked, levels, parties).level
    for one in upgrades(asked, levels, parties):
        assert one.before.low < one.after.low or one.before.high < one.after.high
        assert now.low <= one.mission.low
        assert now.high <= one.mission.high


@given(cases(known_only=True))
def test_a_hub_uses_its_own_links_alone(case: Case) -> None:
    asked, levels, parties = case
    for hub in hubs(asked, levels, parties):
        expected = min(
            levels[function, pair]
            if hub.party in pair
            else min(
                levels[function, tuple(sorted((hub.party, end)))]  # type: ignore[index]
                for end in pair
            )
            for _, function, pair in connections(asked, parties)
        )
        between = [one for one in connections(asked, parties) if hub.party not in one[2]]
        # Its own connections may not run through others either: every pair through the hub.
        assert hub.mission == Interval(expected, expected)
        assert hub.carried == len(between)
        assert (hub.others is None) == (not between)
        assert hub.mission.low <= hub.with_all.low


def test_a_weak_pair_is_bridged_by_a_third() -> None:
    levels = {
        ("weather", ("A", "B")): Level.DOMAIN,
        ("weather", ("A", "C")): Level.CONNECTED,
        ("weather", ("B", "C")): Level.FUNCTIONAL,
    }
    found = chain(mission(Step("weather", ("A", "C"), HERE)), levels, LETTERS[:3])
    (one,) = found.connections
    assert (one.level.low, one.direct.low, one.paths) == (2, 1, (("A", "B", "C"),))
    raised = best_upgrades(found.mission, levels, LETTERS[:3], Level.ENTERPRISE)
    # Raising B-C leaves A-B at 3; raising A-C to 4 bridges nothing and is better.
    assert [(up.pair, up.mission.low) for up in raised] == [(("A", "C"), 4)]


def test_nothing_known_leaves_everything_open() -> None:
    found = chain(mission(Step("lamp", None, HERE)), {}, LETTERS[:3])
    assert found.level == UNKNOWN
    assert found.unknown == tuple(("lamp", pair) for pair in pairs_of(LETTERS[:3]))
    assert str(found.level) == "0–4"
    assert len(found.weakest) == 3


def test_no_single_upgrade_helps_where_two_connections_are_equally_weak() -> None:
    steps = (Step("weather", ("A", "B"), HERE), Step("ferry", ("A", "B"), HERE))
    cells = [(function, pair) for function in ("weather", "ferry") for pair in pairs_of("ABC")]
    levels = dict.fromkeys(cells, Level.CONNECTED)
    assert best_upgrades(mission(*steps), levels, tuple("ABC")) == ()


def test_what_a_hub_gains_and_loses_is_counted() -> None:
    levels = {
        ("ferry", ("A", "B")): Level.DOMAIN,
        ("ferry", ("A", "C")): Level.CONNECTED,
        ("ferry", ("B", "C")): Level.DOMAIN,
    }
    first, second, third = hubs(mission(Step("ferry", None, HERE)), levels, tuple("ABC"))
    assert (first.mission.low, second.mission.low, third.mission.low) == (1, 3, 1)
    assert (first.carried, first.carried_with_all) == (1, 0)
    assert (second.carried, second.carried_with_all) == (1, 1)
    # A as hub loses the way round by B to C, and so do the others.
    assert first.own is not None
    assert first.own_with_all is not None
    assert (first.own.low, first.own_with_all.low) == (1, 3)
