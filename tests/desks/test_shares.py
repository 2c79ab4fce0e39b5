"""Shares of what is gained together: textbook games, and what each value promises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.shares.game import Game, coalitions, gain_by_leaving, game_of, superadditive
from architrave.desks.shares.nucleolus import nucleolus
from architrave.desks.shares.values import myerson, restricted, shapley

PLAYERS = ("a", "b", "c")


def glove(players: tuple[str, ...]) -> float:
    """One left glove (a), two right ones (b, c): a pair is worth 1."""
    return float("a" in players and len(players) > 1)


def bankruptcy(estate: float, claims: dict[str, float]) -> Game:
    """What a coalition is left when all others have been paid in full (O'Neill 1982)."""

    def worth(players: tuple[str, ...]) -> float:
        return max(0.0, estate - sum(claim for who, claim in claims.items() if who not in players))

    return game_of(claims, worth)


def test_the_glove_game_pays_the_scarce_side() -> None:
    game = game_of(PLAYERS, glove)
    assert shapley(game) == pytest.approx({"a": 4 / 6, "b": 1 / 6, "c": 1 / 6})
    assert nucleolus(game) == pytest.approx({"a": 1.0, "b": 0.0, "c": 0.0}, abs=1e-9)
    assert gain_by_leaving(game, nucleolus(game)) is None
    left = gain_by_leaving(game, shapley(game))
    assert left is not None
    assert "a" in left[0]
    assert left[1] == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))],
)
def test_the_nucleolus_divides_the_estates_of_the_talmud(
    estate: float, shares: tuple[float, ...]
) -> None:
    # Aumann and Maschler 1985: claims of 100, 200 and 300.
    game = bankruptcy(estate, {"one": 100, "two": 200, "three": 300})
    assert tuple(nucleolus(game).values()) == pytest.approx(shares)


def test_a_hub_takes_what_its_place_is_worth() -> None:
    # Any two can make 1 together, all three no more: by themselves they share alike.
    game = game_of(PLAYERS, lambda players: float(len(players) > 1))
    assert shapley(game) == pytest.approx({one: 1 / 3 for one in PLAYERS})
    spokes = myerson(game, [("a", "b"), ("a", "c")])
    assert spokes == pytest.approx({"a": 4 / 6, "b": 1 / 6, "c": 1 / 6})
    assert myerson(game, [("a", "b")]) == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.0})
    assert myerson(game, [("a", "b"), ("b", "c"), ("a", "c")]) == pytest.approx(shapley(game))
    with pytest.raises(BadInput, match="no player 'd'"):
        restricted(game, [("a", "d")])
    with pytest.raises(BadInput, match="leads nowhere"):
        restricted(game, [("a", "a")])


worths = st.lists(st.integers(0, 100), min_size=4, max_size=4)


def drawn(extra: list[int]) -> Game:
    """A superadditive game of three: nobody has anything alone."""
    ab, ac, bc, more = extra
    table = {("a", "b"): ab, ("a", "c"): ac, ("b", "c"): bc, PLAYERS: max(ab, ac, bc) + more}
    return game_of(PLAYERS, lambda players: float(table.get(players, 0)))


@settings(max_examples=60)
@given(worths)
def test_shares_add_up_leave_nobody_worse_off_and_treat_equals_alike(extra: list[int]) -> None:
    game = drawn(extra)
    assert superadditive(game) is None
    for shares in (shapley(game), nucleolus(game)):
        assert sum(shares.values()) == pytest.approx(game.all)
        assert min(shares.values()) >= -1e-7
    if game.of("ab") == game.of("ac"):
        for shares in (shapley(game), nucleolus(game)):
            assert shares["b"] == pytest.approx(shares["c"], abs=1e-6)


@settings(max_examples=60)
@given(worths)
def test_the_nucleolus_lies_in_the_core_wherever_there_is_one(extra: list[int]) -> None:
    game = drawn(extra)
    # For three: the core is not empty where the pairs together are worth at most twice the whole.
    if game.of("ab") + game.of("ac") + game.of("bc") <= 2 * game.all:
        assert gain_by_leaving(game, nucleolus(game), 1e-6) is None


def test_what_is_no_game_is_refused() -> None:
    with pytest.raises(BadInput, match="different players"):
        game_of(("a", "a"), lambda players: 0.0)
    with pytest.raises(BadInput, match="what a \\+ b are worth is not a finite number"):
        game_of(("a", "b"), lambda players: float("nan") if len(players) > 1 else 0.0)
    with pytest.raises(BadInput, match="worth less than each alone"):
        nucleolus(game_of(("a", "b"), lambda players: float(len(players) == 1)))
    loss = game_of(("a", "b"), lambda players: float(len(players) == 1))
    assert superadditive(loss) == (frozenset("a"), frozenset("b"))
    assert len(list(coalitions(PLAYERS))) == 8
