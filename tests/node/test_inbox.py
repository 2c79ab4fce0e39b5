"""What waits is bounded, and nobody's flood keeps another waiting."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.node import outbound
from architrave.node.errors import Busy
from architrave.node.inbox import ACTS, BATCH_BYTES, BATCHES, QUESTIONS, Inbox, Incoming, answered
from architrave.node.lines import Sparing
from architrave.node.outbound import Outbound
from architrave.node.signing import RequestSigner
from architrave.peer.messages import Acts, Ask, Growth, Heads
from architrave.record.keys import PrivateKey


def batch(sender: str, size: int = 1) -> Incoming:
    return Incoming(sender, [], size)


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(0, BATCH_BYTES + 2)),
        max_size=2 * BATCHES + 10,
    )
)
def test_no_flood_grows_what_waits(sent: list[tuple[str, int]]) -> None:
    inbox = Inbox()
    taken = [one for one in sent if inbox.put_batch(batch(*one))]
    for sender in "AB":
        sizes = [size for who, size in taken if who == sender]
        assert len(sizes) <= BATCHES
        # One batch always finds room, however long: what the door let in is bounded already.
        assert len(sizes) == 1 or sum(sizes) <= BATCH_BYTES or sum(sizes[:-1]) <= BATCH_BYTES


def test_a_flood_of_one_leaves_room_for_another_and_for_acts() -> None:
    inbox = Inbox()
    while inbox.put_batch(batch("loud")):
        pass
    assert inbox.put_batch(batch("quiet"))
    assert inbox.put("act")
    commands, batches = inbox.take(0)
    assert commands == ["act"]
    assert "quiet" in [one.sender for one in batches[:2]]
    # What was taken leaves room again.
    assert inbox.put_batch(batch("loud"))


def test_the_questions_of_one_party_are_bounded_and_nothing_else_is_left_out() -> None:
    ask, acts = Ask("a", 0), Acts([])
    loud = [Incoming("loud", [ask, acts] * QUESTIONS, 1)] * 3
    quiet = Incoming("quiet", [ask, Heads(1, {}, [])], 1)
    carried = Incoming("loud", [ask] * (QUESTIONS + 1), 1, carried=True)
    kept = answered([*loud, quiet, carried])
    sent = [one for batch in kept[:3] for one in batch.messages]
    assert (sent.count(ask), sent.count(acts)) == (QUESTIONS, 3 * QUESTIONS)
    assert kept[3:] == [quiet, carried]


def test_acts_are_bounded_too() -> None:
    inbox = Inbox()
    for number in range(ACTS):
        assert inbox.put(number)
    with pytest.raises(Busy):
        inbox.put("one more")


def test_what_is_left_at_the_end_is_handed_back() -> None:
    inbox = Inbox()
    inbox.put("act")
    inbox.put_batch(batch("A"))
    assert inbox.close() == ["act"]
    assert inbox.put("late") is False
    assert inbox.put_batch(batch("A")) is False
    assert inbox.idle


def test_nothing_is_idle_while_something_is_dealt_with() -> None:
    inbox = Inbox()
    inbox.put("act")
    assert not inbox.idle
    inbox.take(0)
    assert not inbox.idle
    inbox.done()
    assert inbox.idle


def outgoing() -> Outbound:
    return Outbound(
        "a/log/1", "http://127.0.0.1:9", RequestSigner(lambda: ("b/log/1", PrivateKey(bytes(32))))
    )


def test_what_waits_for_a_silent_node_is_bounded() -> None:
    line = outgoing()
    for _ in range(outbound._WAITING + 100):
        line.send([Heads(1, {}, [])])
    assert len(line._line) == outbound._WAITING
    line = outgoing()
    for _ in range(100):
        line.send([Growth("a/log/1", 0, [bytes(1 << 20)], 1, b"")])
    assert line._bytes <= outbound._WAITING_BYTES


def test_a_batch_stays_below_what_the_other_reads() -> None:
    line = outgoing()
    for _ in range(20):
        line.send([Acts([(bytes(32), bytes(1 << 20))] * 3)])
    sizes = []
    while line._line:
        sizes.append(sum(outbound._size(one) for one in line._take()))
    assert max(sizes) < 16 << 20
    assert len(sizes) > 1


def test_a_line_that_is_closed_ends() -> None:
    line = outgoing()
    line.start()
    line.send([Heads(1, {}, [])])
    line.close()
    line.join(30)
    assert not line._thread.is_alive()
    line.send([Heads(1, {}, [])])
    assert line._line == type(line._line)()


def test_a_flood_of_one_wording_is_counted_not_written() -> None:
    now = [0.0]
    filter_ = Sparing(most=3, seconds=60, clock=lambda: now[0])

    def line(level: int = logging.WARNING) -> logging.LogRecord:
        return logging.LogRecord("a", level, "", 0, "refused %s", ("x",), None)

    assert [filter_.filter(line()) for _ in range(5)] == [True] * 3 + [False] * 2
    assert filter_.filter(line(logging.CRITICAL))
    now[0] = 60.0
    first = line()
    assert filter_.filter(first)
    assert first.getMessage() == "refused x (2 like it left out)"
