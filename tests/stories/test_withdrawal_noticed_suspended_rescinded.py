"""A capital gives notice, has second thoughts, and takes the notice back before it takes effect."""

from __future__ import annotations

import scenes
from world import DAY, World

from architrave.institution import acts
from architrave.institution.owed import Notice, notices
from architrave.institution.standing import Stage

BODY = scenes.BODY


def notice_at(world: World, capital: str, matter: str) -> Notice:
    peer = world.peers[capital]
    (found,) = notices(peer.state, peer.view(), world.stand(capital, matter))
    return found


def given_notice() -> tuple[World, str, str]:
    world = World()
    world.open(BODY)
    matter = scenes.agree(world)
    fields = {"matter": matter, "effect": world.now + 100 * DAY, "reason": world.words("costs")}
    notice = world.act("KOR", BODY, acts.NotifiedWithdrawal, **fields)
    world.settle()
    return world, matter, notice


def pass_days(world: World, days: int) -> None:
    for _ in range(days // 10):
        world.now += 10 * DAY
        world.settle(2)
    world.settle()


def test_a_notice_runs_on_the_books_of_the_others() -> None:
    world, matter, _ = given_notice()
    assert notice_at(world, "JPN", matter).awaiting == ("JPN", "USA")
    pass_days(world, 90)
    assert notice_at(world, "JPN", matter).awaiting == ("JPN", "USA")
    pass_days(world, 20)
    for capital in world.parties:
        shown = notice_at(world, capital, matter)
        assert shown.awaiting == ()
        assert not shown.rescinded
        assert world.stand(capital, matter).stage is Stage.IN_FORCE, "that it was agreed stays true"


def test_a_notice_suspended_and_then_taken_back_in_time_leaves_all_as_it_was() -> None:
    world, matter, notice = given_notice()
    pass_days(world, 30)
    world.act("KOR", BODY, acts.SuspendedNotice, notice=notice, reason=world.words("talks"))
    world.settle()
    assert notice_at(world, "USA", matter).suspended
    pass_days(world, 30)
    world.act("KOR", BODY, acts.RescindedNotice, notice=notice, reason=world.words("agreed"))
    world.settle()
    pass_days(world, 60)
    for capital in world.parties:
        assert notice_at(world, capital, matter).rescinded
        assert world.stand(capital, matter).stage is Stage.IN_FORCE


def test_while_one_book_is_silent_the_notice_has_not_run() -> None:
    world, matter, _ = given_notice()
    world.down = {"USA"}
    pass_days(world, 120)
    # Tokyo's book has its line, but not under a checkpoint that Washington has cosigned.
    assert notice_at(world, "JPN", matter).awaiting == ("JPN", "USA")
    world.down = set()
    world.settle()
    assert notice_at(world, "JPN", matter).awaiting == ()
