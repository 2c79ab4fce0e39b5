"""What breaks a log: a fault of a header, after which nothing is read; and what only waits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import found, load_charter, seed

from architrave.record.entries import Header, Tip, sign_entry
from architrave.record.errors import BadSignature
from architrave.record.history import BrokenLog, Cut, History, MissingPast
from architrave.record.keys import PrivateKey

FOUNDING, _ = found(load_charter())
FIRST, SECOND, THIRD = FOUNDING.members
TIME = 1_798_761_600_000


def line(member: object, n: int, **fields: object) -> Header:
    header = Header(
        log=member.origin,
        n=n,
        t=TIME + n,
        key=member.node_key,
        founding=FOUNDING.id if n == 0 else None,
    )
    return replace(header, **fields)


def add(history: History, header: Header, party: str) -> Tip:
    data = sign_entry(header, PrivateKey(seed(party, "node"))).data
    return history.append(history.main(header.log), data)


def test_a_line_that_its_node_did_not_sign_is_not_taken() -> None:
    history = History(FOUNDING)
    with pytest.raises((BadSignature, BrokenLog)):
        add(history, line(FIRST, 0), SECOND.name)
    data = sign_entry(line(FIRST, 0), PrivateKey(seed(FIRST.name, "node"))).data
    with pytest.raises((BadSignature, BrokenLog)):
        history.append(history.main(FIRST.origin), data[:-1] + bytes([data[-1] ^ 1]))


@pytest.mark.parametrize(
    "fields",
    [
        {"t": TIME - 1},
        {"n": 2},
        {"log": SECOND.origin},
        {"key": SECOND.node_key},
        {"seen": {"x.demo.invalid/log/1": Tip("x.demo.invalid/log/1", 1, bytes(32))}},
    ],
    ids=["falling time", "wrong place", "another log", "another key", "a stranger's log"],
)
def test_a_fault_of_a_header_breaks_the_log(fields: dict[str, object]) -> None:
    history = History(FOUNDING)
    add(history, line(FIRST, 0), FIRST.name)
    header = replace(line(FIRST, 1), **fields)
    data = sign_entry(header, PrivateKey(seed(FIRST.name, "node"))).data
    with pytest.raises((BadSignature, BrokenLog)):
        history.append(history.main(FIRST.origin), data)
    assert history.main(FIRST.origin).size == 1


def test_what_is_named_and_not_held_is_waited_for() -> None:
    history = History(FOUNDING)
    add(history, line(FIRST, 0), FIRST.name)
    wanted = Tip(SECOND.origin, 1, bytes(32))
    with pytest.raises(MissingPast) as waits:
        add(history, line(FIRST, 1, seen={SECOND.origin: wanted}), FIRST.name)
    assert waits.value.tips == (wanted,)


def test_of_a_forked_log_that_is_final_which_the_branches_share() -> None:
    # Found by a history: once the others had named different branches, nothing was final any more.
    history = History(FOUNDING)
    for member in FOUNDING.members:
        add(history, line(member, 0), member.name)
    one = add(history, line(FIRST, 1), FIRST.name)
    fork = history.fork(history.main(FIRST.origin), 1)
    data = sign_entry(line(FIRST, 1, t=TIME + 9), PrivateKey(seed(FIRST.name, "node"))).data
    other = history.append(fork, data)
    second = add(history, line(SECOND, 1, seen={FIRST.origin: one}), SECOND.name)
    third = add(history, line(THIRD, 1, seen={FIRST.origin: other}), THIRD.name)
    cut = Cut({FIRST.origin: (one, other), SECOND.origin: (second,), THIRD.origin: (third,)})
    assert [tip.size for tip in history.final_cut(cut).of(FIRST.origin)] == [1]


def test_final_is_what_every_other_has_received() -> None:
    history = History(FOUNDING)
    for member in FOUNDING.members:
        add(history, line(member, 0), member.name)
    short = history.main(FIRST.origin).tips[0]
    long = add(history, line(FIRST, 1), FIRST.name)
    second = add(history, line(SECOND, 1, seen={FIRST.origin: long}), SECOND.name)
    third = add(history, line(THIRD, 1, seen={FIRST.origin: short}), THIRD.name)
    cut = Cut({FIRST.origin: (long,), SECOND.origin: (second,), THIRD.origin: (third,)})
    assert history.final_cut(cut).of(FIRST.origin) == (short,)
