"""The work of a node grows with what is new, not with what there is.

Nothing here is timed: calls of functions are counted, which gives the same number on every machine.
A count that grew with the square of the size would be four times as high for twice the size.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from world import World

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.peer.peer import Peer
from bench.material import new_writer, node_keys, stored, write_acts

BODY = "ESFSC"


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, written in Python or not, while `work` runs."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def opened() -> World:
    world = World()
    world.open(BODY)
    return world


def table(world: World, party: str, number: int) -> str:
    return world.act(
        party,
        BODY,
        acts.Tabled,
        symbol=f"{BODY}/2027/{party}/{number}",
        body=BODY,
        article="3(1)",
        wording=acts.Wording(
            title=world.words("Title"),
            summary=world.words("Summary"),
            instrument="arrangement",
            nature="political",
        ),
    )


def starting(size: int) -> int:
    """A node starts from a record of mixed acts and judges all of them."""
    writer = new_writer()
    write_acts(writer, size)
    party = writer.parties[0]
    keys = node_keys(party)

    def start() -> None:
        peer = Peer(writer.founding, writer.charter, party, keys, stored(writer))
        peer.tick(writer.now)

    return calls(start)


def deciding(size: int) -> int:
    """Matters are tabled and decided one after another, and everyone answers everyone."""
    world = opened()

    def decide() -> None:
        for number in range(size):
            matter = table(world, world.parties[number % 3], number + 1)
            world.settle(2)
            for party in world.parties:
                world.act(
                    party,
                    BODY,
                    acts.Positioned,
                    matter=matter,
                    version=matter,
                    position=Position.CONCUR,
                )
            world.settle(3)

    return calls(decide)


def seating(size: int) -> int:
    """A seat changes hands again and again, and each holder lays down a document."""
    world = opened()
    party = world.parties[0]

    def seat() -> None:
        for number in range(size):
            world.seat(party, BODY, f"holder {number}")
            world.act(
                party,
                BODY,
                acts.Deposited,
                title=world.words("Title"),
                digest=f"{number:064x}",
                source="a test",
            )

    return calls(seat)


@pytest.mark.parametrize(
    ("work", "size"),
    [(starting, 300), (deciding, 4), (seating, 20)],
    ids=["starting", "deciding", "seating"],
)
def test_twice_as_much_is_twice_the_work(work: Callable[[int], int], size: int) -> None:
    small, large = work(size), work(2 * size)
    assert 1.5 * small < large < 2.3 * small


def test_an_act_costs_the_same_however_many_matters_are_open() -> None:
    def one_more(size: int) -> int:
        world = opened()
        for number in range(size):
            table(world, world.parties[0], number + 1)
        world.settle()
        return calls(lambda: table(world, world.parties[0], size + 1))

    assert one_more(40) < 1.2 * one_more(10)


def test_a_position_costs_in_proportion_to_those_before_it_on_the_same_matter() -> None:
    def move(size: int) -> int:
        world = opened()
        asking, party = world.parties[:2]
        matter = table(world, asking, 1)
        world.settle(2)

        def position(number: int) -> None:
            world.act(
                party,
                BODY,
                acts.Positioned,
                matter=matter,
                version=matter,
                position=(Position.ABSTAIN, Position.CONCUR)[number % 2],
            )

        for number in range(size):
            position(number)
        return calls(lambda: position(size))

    assert move(80) < 2.3 * move(40)


def test_acts_that_wait_are_looked_at_once_for_what_they_wait_for() -> None:
    """Entries arrive long before their acts: each act that comes wakes its own entry."""

    def late(size: int) -> int:
        writer = new_writer()
        write_acts(writer, size)
        party = writer.parties[0]
        keys = node_keys(party)
        held = stored(writer)
        given, held.acts = held.acts, []
        peer = Peer(writer.founding, writer.charter, party, keys, held)
        peer.now = writer.now
        everything = [act for _, _, act in writer.order if act is not None]
        assert len(given) == len(everything)

        def take() -> None:
            for act in everything:
                peer.reader.take_act(act)
                peer.judge()

        count = calls(take)
        assert not peer.reader.waiting
        return count

    assert late(600) < 2.3 * late(300)
