"""A plan goes out under silence: one objection comes with a minute to spare, one too late."""

from __future__ import annotations

import scenes
from world import DAY, HOUR, World

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused

BODY = scenes.BODY
MINUTE = 60_000


def under_silence() -> tuple[World, str, int]:
    """A plan under silence that all capitals have; the instant at which the first period ends."""
    world = World()
    world.open(BODY)
    matter = scenes.table_silence(world, "JPN")
    expiry = world.now + DAY
    world.settle()
    return world, matter, expiry


def object_to(world: World, party: str, matter: str) -> Admitted | Refused:
    because = world.words("the plan names no port")
    fields = {"matter": matter, "version": matter, "reason": because, "remedy": because}
    return scenes.attempt(world, party, acts.Positioned, position=Position.OBJECT, **fields)


def test_an_objection_one_minute_before_the_expiry_breaks_the_silence() -> None:
    world, matter, expiry = under_silence()
    world.now = expiry - MINUTE
    assert isinstance(object_to(world, "KOR", matter), Admitted)
    world.settle()
    world.now = expiry + 2 * HOUR
    world.settle()
    for capital in world.parties:
        shown = world.stand(capital, matter)
        assert shown.stage is Stage.BROKEN
        assert [fact.party for fact in shown.current.breaks] == ["KOR"]
        assert list(shown.current.has_all.values()) == [None, None, None]


def test_an_objection_after_the_own_period_is_recorded_as_late_and_changes_nothing() -> None:
    world, matter, expiry = under_silence()
    world.now = expiry + HOUR
    world.settle()
    found = object_to(world, "KOR", matter)
    assert isinstance(found, Refused)
    assert found.article == "2(2)"
    assert "late objection" in found.reason
    world.settle()
    for capital in world.parties:
        shown = world.stand(capital, matter)
        assert shown.stage is Stage.IN_FORCE
        assert [fact.party for fact in shown.current.late] == ["KOR"]


def test_an_objection_made_in_time_counts_though_it_arrives_after_the_others_periods() -> None:
    """The line to one capital is cut. Its objection was in its book in time: no silence of its."""
    world, matter, expiry = under_silence()
    world.now = expiry - MINUTE
    world.cut = {("KOR", "JPN"), ("KOR", "USA"), ("JPN", "KOR"), ("USA", "KOR")}
    assert isinstance(object_to(world, "KOR", matter), Admitted)
    world.settle()
    world.now = expiry + HOUR
    world.settle()
    assert world.stand("JPN", matter).stage is Stage.CLOSING, (
        "two have kept silence, one is unheard"
    )
    world.cut = set()
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.FAILED
