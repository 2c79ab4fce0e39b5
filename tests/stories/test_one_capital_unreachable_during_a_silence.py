"""While a capital cannot be reached its silence does not run out: it never consents by absence."""

from __future__ import annotations

import scenes
from world import DAY, HOUR, World

from architrave.institution.standing import Stage

BODY = scenes.BODY


def test_a_silence_waits_for_the_capital_that_never_got_the_text_and_resumes_with_it() -> None:
    world = World()
    world.open(BODY)
    world.down = {"USA"}
    matter = scenes.table_silence(world, "JPN")
    world.settle()
    for _ in range(10):
        world.now += DAY
        world.settle(2)
    shown = world.stand("JPN", matter)
    assert shown.stage is Stage.CLOSING
    assert shown.current.has_all["USA"] is None

    world.down = set()
    world.settle()
    world.now += 23 * HOUR
    world.settle()
    assert world.stand("JPN", matter).stage is Stage.CLOSING, "its own day has not run yet"
    world.now += 2 * HOUR
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.IN_FORCE


def test_a_capital_that_had_the_text_and_was_cut_off_is_waited_for() -> None:
    world = World()
    world.open(BODY)
    matter = scenes.table_silence(world, "JPN")
    world.settle()
    world.down = {"USA"}
    for _ in range(5):
        world.now += DAY
        world.settle(2)
    assert world.stand("KOR", matter).stage is Stage.CLOSING
    world.restart("USA")
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.IN_FORCE


def test_it_may_still_object_when_it_returns_within_its_own_period() -> None:
    world = World()
    world.open(BODY)
    world.down = {"USA"}
    matter = scenes.table_silence(world, "JPN")
    world.settle()
    world.now += 4 * DAY
    world.settle()
    world.down = set()
    world.settle()
    scenes.objection(world, "USA", matter)
    world.settle()
    world.now += 2 * DAY
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.FAILED
