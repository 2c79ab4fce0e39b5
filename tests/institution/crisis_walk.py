"""Random histories of one instrument and one consultation: suspended, resumed, assessed, closed."""

from __future__ import annotations

from collections.abc import Callable

from scenes import BODY, agree, make, sealed, write
from test_refusals import opened
from world import World

from architrave.institution import acts

Choose = Callable[[int], int]  # a number from 0 up to, but without, the one given

READINGS = ("affirm", "deny", "uncertain", "perhaps")
POINTS = ("port", "road")


def crisis(choose: Choose, steps: int) -> tuple[World, str, str]:
    """A world in which parties act as chance has it; the matter and the request in it.

    Links are cut and mended in between, so that many acts know nothing of each other.
    """
    world = opened()
    matter = agree(world)
    words = world.words("w")
    asked = world.act(
        "KOR", BODY, acts.Consulted, symbol=f"{BODY}/2027/KOR/9", body=BODY,
        ground=words, facts=words, wish=words, drill=bool(choose(2)),
    )  # fmt: skip
    world.settle()
    for _ in range(steps):
        _step(world, choose, matter, asked)
    world.cut = set()
    world.settle(12)
    return world, matter, asked


def _step(world: World, choose: Choose, matter: str, asked: str) -> None:
    party = world.parties[choose(3)]
    words = world.words(f"{party} {world.at}")
    kind = choose(9)
    if kind < 2:
        others = [one for one in world.parties if one != party]
        cut = {(party, one) for one in others} | {(one, party) for one in others}
        world.cut = set() if world.cut else cut
    elif kind < 4:
        world.settle(2)
        world.now += 3_600_000
    elif kind == 4:
        _say(world, choose, party, acts.Suspended, matter=matter, reason=words)
    elif kind == 5:
        _say(world, choose, party, acts.Resumed, matter=matter, reason=words if choose(2) else {})
    elif kind == 6:
        said = {} if choose(4) == 0 else words
        _say(world, choose, party, acts.Acknowledged, consultation=asked, answer=said)
    elif kind == 7 and choose(4) == 0:
        _say(world, choose, party, acts.Closed, consultation=asked, outcome=words)
    else:
        _say(
            world, choose, party, acts.Assessed, consultation=asked, point=POINTS[choose(2)],
            reading=READINGS[choose(4)], account=words, proposition=words if choose(2) else {},
        )  # fmt: skip


def _say(world: World, choose: Choose, party: str, kind: type[acts.Act], **fields: object) -> None:
    """Give an act to the party's node, or write it unasked: then it may be void."""
    act = make(world, party, kind, **fields)
    key = world.officer(party, BODY)
    if choose(3):
        world.try_submit(party, act, key)
    else:
        write(world, party, sealed(world, act, key), act.to)
