"""The life of a version: what random histories show stands in the table, and no row is idle."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from life_walk import Change, Walk, changes, played
from world import World, load_charter

from architrave.institution.life import BEGINNINGS, LIFE, diagram
from architrave.institution.standing import Stage

# A history of real peers takes about a second, so fewer are tried than of other properties.
FEWER = settings(max_examples=max(1, settings.default.max_examples // 12))
RIVERS = "src/architrave/sim/rivers.toml"
CHARTERS = [
    ("charters/trilateral.toml", "ESFBT"),
    ("charters/two-alliances.toml", "KORUSA"),
    ("charters/ad-hoc.toml", "MEET"),
    (RIVERS, "FERRY"),
]


def unlisted(found: set[Change]) -> set[Change]:
    return {
        (old, new)
        for old, new in found
        if not (new in BEGINNINGS if old is None else (old, new) in LIFE)
    }


@pytest.mark.slow
@pytest.mark.parametrize(("path", "body"), CHARTERS, ids=[path for path, _ in CHARTERS])
@FEWER
@given(rng=st.randoms(use_true_random=False))
def test_every_change_of_stage_that_a_reader_can_see_stands_in_the_table(
    path: str, body: str, rng: random.Random
) -> None:
    walk = played(load_charter(path), body, rng.randrange, 24)
    for _ in range(3):
        assert unlisted(set(changes(walk, rng.randrange))) == set()


def walked(script: str, path: str = CHARTERS[0][0], body: str = CHARTERS[0][1]) -> Walk:
    walk = Walk(World(load_charter(path)), body, lambda n: 0)
    walk.world.open(body)
    walk.follow(script)
    walk.world.cut = set()
    walk.world.settle()
    return walk


def orders() -> list[Callable[[int], int]]:
    """Ways of reading a history: one book after the other, from either end, and mixed."""
    mixed = [random.Random(seed).randrange for seed in range(6)]
    return [lambda n: 0, lambda n: n - 1, *mixed]


OPEN, RUNNING, BROKEN, SUPERSEDED = Stage.OPEN, Stage.RUNNING, Stage.BROKEN, Stage.SUPERSEDED
CLOSING, AGREED, IN_FORCE = Stage.CLOSING, Stage.AGREED, Stage.IN_FORCE
FAILED, WITHDRAWN = Stage.FAILED, Stage.WITHDRAWN

# What happens, and the changes of stage that some reader of it sees.
SCRIPTS: dict[str, tuple[str, list[Change]]] = {
    "all concur": (
        "J:table J:concur0 K:concur0 U:concur0",
        [(None, OPEN), (OPEN, CLOSING), (CLOSING, AGREED), (AGREED, IN_FORCE)],
    ),
    "all keep silence": ("J:silence day", [(None, RUNNING), (RUNNING, CLOSING)]),
    "another version is agreed": (
        "J:table J:revise J:concur1 K:concur1 U:concur1",
        [(OPEN, SUPERSEDED)],
    ),
    "positions overtake a silence": (
        "J:silence K:revise J:concur1 K:concur1 U:concur1",
        [(RUNNING, SUPERSEDED)],
    ),
    "a broken silence is followed by a version that is agreed": (
        "J:silence K:object0 K:revise J:concur1 K:concur1 U:concur1",
        [(RUNNING, BROKEN), (BROKEN, SUPERSEDED)],
    ),
    "a matter is withdrawn": ("J:table J:withdraw", [(OPEN, WITHDRAWN)]),
    "a silence is withdrawn": ("J:silence J:withdraw", [(RUNNING, WITHDRAWN)]),
    "a broken silence is withdrawn": (
        "J:silence U:reserve0 J:withdraw",
        [(BROKEN, WITHDRAWN)],
    ),
    "revised by one that does not know of the withdrawal": (
        "J:table cut:K K:revise J:withdraw",
        [(None, WITHDRAWN)],
    ),
    "revised by one that does not know of the closing": (
        "J:table J:concur0 K:concur0 cut:J U:concur0 J:revise J:withdraw",
        [(None, SUPERSEDED), (SUPERSEDED, WITHDRAWN), (CLOSING, FAILED), (FAILED, WITHDRAWN)],
    ),
    "withdrawn by one that does not know of the closing": (
        "J:table J:concur0 K:concur0 cut:J U:concur0 J:withdraw",
        [(CLOSING, WITHDRAWN)],
    ),
    "left by one that does not know of the closing, who returns": (
        "J:table J:concur0 K:concur0 cut:J U:concur0 J:retract J:concur0",
        [(OPEN, FAILED), (CLOSING, FAILED), (FAILED, CLOSING)],
    ),
    "left, and entered again by one that then knows": (
        "J:table J:concur0 K:concur0 cut:J U:concur0 J:retract mend J:concur0",
        [(CLOSING, AGREED)],
    ),
    "an objection that two had not received": (
        "J:silence cut:K K:object0 day",
        [(BROKEN, FAILED), (CLOSING, FAILED)],
    ),
    "two keep silence on a new version and one on the old": (
        "J:silence cut:U K:object0 K:revise-silence day day",
        [(SUPERSEDED, FAILED)],
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_history_shows_the_changes_that_it_should(name: str) -> None:
    script, expected = SCRIPTS[name]
    walk = walked(script)
    seen = {change for order in orders() for change in changes(walk, order)}
    assert set(expected) <= seen
    assert unlisted(seen) == set()


def test_an_objection_that_gave_way_is_no_failure() -> None:
    walk = walked("J:table U:object0 J:concur0 K:concur0 U:concur0")
    for order in orders():
        assert {new for _, new in changes(walk, order)} == {OPEN, CLOSING, AGREED, IN_FORCE}


def test_every_row_of_the_table_is_shown_by_some_history() -> None:
    shown = {change for _, expected in SCRIPTS.values() for change in expected}
    assert set(LIFE) | {(None, stage) for stage in BEGINNINGS} == shown


def test_a_change_that_is_not_listed_would_be_found() -> None:
    assert unlisted({(IN_FORCE, OPEN), (None, AGREED), (AGREED, IN_FORCE), (None, OPEN)}) == {
        (IN_FORCE, OPEN),
        (None, AGREED),
    }


def test_what_is_agreed_or_in_force_never_goes_back() -> None:
    assert [new for old, new in LIFE if old is AGREED] == [IN_FORCE]
    assert [new for old, new in LIFE if old in (IN_FORCE, WITHDRAWN)] == []


def test_the_diagram_draws_every_row() -> None:
    lines = diagram().splitlines()
    assert len(lines) == 1 + len(BEGINNINGS) + len(LIFE)
    assert "    agreed --> in_force: each has received that each has received all" in lines


@pytest.mark.parametrize(
    ("path", "body", "script"),
    [
        *((path, body, None) for path, body in CHARTERS),
        (
            RIVERS,
            "BASIN",
            "A:table A:concur0 B:concur0 C:concur0 D:concur0",
        ),
    ],
)
def test_under_every_charter_a_plan_comes_into_force(
    path: str, body: str, script: str | None
) -> None:
    parties = load_charter(path).body(body).parties
    walk = walked(
        script or " ".join([f"{parties[0][0]}:table", *(f"{one[0]}:concur0" for one in parties)]),
        path,
        body,
    )
    assert walk.matter is not None
    for party in parties:
        standing = walk.world.stand(party, walk.matter)
        if script is None:
            assert standing.stage is IN_FORCE
            assert standing.current.ticks == 2 * len(parties)
        else:
            # Three would do by number; a fifth party that has not spoken keeps it open.
            assert standing.stage is OPEN
            assert standing.current.positions.keys() == set(parties[:4])
