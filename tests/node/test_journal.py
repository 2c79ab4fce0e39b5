"""The order of writes, broken at each step in both ways: the write was lost, or only its answer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from keepers import KeptNode

from architrave.institution.state import Admitted, Refused
from architrave.node import store
from architrave.node.errors import Busy
from architrave.node.journal import JournalStep
from architrave.node.keeper import Keeper
from architrave.peer.errors import StorageUncertain
from architrave.peer.startup import Stored
from architrave.record.sealing import SealedAct, act_name


def names(stored: Stored) -> set[str]:
    return {act_name(SealedAct(salt, data).document) for salt, data in stored.acts}


def name(data: bytes) -> str:
    return act_name(SealedAct(b"", data).document)


def broken(write: Callable[..., None], landed: bool) -> Callable[..., None]:
    """The power goes before the write, or after it and before anybody hears of it."""

    def fail(*args: Any) -> None:
        if landed:
            write(*args)
        raise OSError(28, "the power went")

    return fail


def break_step(
    keeper: Keeper, step: JournalStep, landed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    match step:
        case JournalStep.RECORD:
            monkeypatch.setattr(store, "write", as_database(broken(store.write, landed)))
        case JournalStep.TOKEN:
            token = type(keeper.journal._token)
            monkeypatch.setattr(token, "write", broken(token.write, landed))
        case JournalStep.SEND:
            monkeypatch.setattr(keeper, "_send", broken(keeper._send, landed))


def as_database(write: Callable[..., None]) -> Callable[..., None]:
    from django.db import OperationalError

    def fail(*args: Any) -> None:
        try:
            write(*args)
        except OSError as fault:
            raise OperationalError(str(fault)) from fault

    return fail


@pytest.mark.parametrize("landed", [False, True], ids=["lost", "landed-unacknowledged"])
@pytest.mark.parametrize("step", list(JournalStep), ids=lambda step: step.name.lower())
def test_append_recovers_when_a_step_fails(
    step: JournalStep, landed: bool, kept: KeptNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Acknowledged before the fault.
    first = kept.act("A")
    keeper = kept.run()
    assert isinstance(keeper.submit(first).verdict, Admitted)
    kept.stop()

    # The fault.
    second, acknowledged = kept.act("B"), False
    keeper = kept.start()
    with monkeypatch.context() as patch:
        break_step(keeper, step, landed, patch)
        keeper.stop()
        with ThreadPoolExecutor(1) as web:
            waiting = web.submit(keeper.submit, second)
            while keeper._inbox.idle:
                pass
            keeper.run()
            fault = waiting.exception()
    acknowledged = fault is None
    assert acknowledged == (step is JournalStep.SEND and landed)
    assert acknowledged or isinstance(fault, StorageUncertain)
    left = [one for carrier in kept.carriers.values() for one in carrier.sent]
    assert bool(left) == (step is JournalStep.SEND and landed)
    with pytest.raises(StorageUncertain), keeper.runtime.reading():
        pass
    kept.hand_over()

    # A new process goes on from what is there, and signs at once.
    keeper = kept.run()
    assert keeper.peer.why_not() == ""
    stored = step is not JournalStep.RECORD or landed
    again = keeper.submit(second).verdict
    assert isinstance(again, Refused) == stored
    third = kept.act("C")
    assert isinstance(keeper.submit(third).verdict, Admitted)
    kept.rejoin()

    # Nothing acknowledged is lost, and no log has two faces.
    world = kept.world
    for party in world.parties:
        assert {name(first), name(second), name(third)} <= names(world.disks[party].stored)
        assert all(one.proof is None for one in world.peers[party].replicas.values())
    assert world.faults == []
    assert len({tuple(sorted(peer.state.acts)) for peer in world.peers.values()}) == 1


def test_whoever_waits_hears_of_a_stop(kept: KeptNode, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def stuck(*_: object) -> None:
        reached.set()
        go_on.wait(timeout=60)
        raise StorageUncertain("the disk has gone.")

    monkeypatch.setattr(store, "write", stuck)
    keeper = kept.run()
    with ThreadPoolExecutor(4) as web:
        taken = web.submit(keeper.submit, kept.act("A"))
        assert reached.wait(timeout=60)
        queued = [web.submit(keeper.submit, kept.act(holder)) for holder in "BCD"]
        while len(keeper._inbox._commands) < len(queued):
            pass
        go_on.set()
        assert isinstance(taken.exception(), StorageUncertain)
        for one in queued:
            assert "Nothing of this was written" in str(one.exception())
    keeper.join(timeout=30)
    with pytest.raises(StorageUncertain, match="nothing of this was written"):
        keeper.submit(kept.act("E"))
    assert keeper.deliver("nobody", [], 0) is False


def test_a_stop_in_good_order_finishes_what_waits(kept: KeptNode) -> None:
    keeper = kept.start()
    with ThreadPoolExecutor(3) as web:
        waiting = [web.submit(keeper.submit, kept.act(holder)) for holder in "ABC"]
        while len(keeper._inbox._commands) < len(waiting):
            pass
        keeper.stop()
        keeper.run()
        assert all(isinstance(one.result().verdict, Admitted) for one in waiting)
    assert keeper.failed is None


def test_too_many_acts_are_turned_away_and_not_written(
    kept: KeptNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = kept.start()
    monkeypatch.setattr("architrave.node.inbox.ACTS", 0)
    with pytest.raises(Busy, match="nothing of this one was written"):
        keeper.submit(kept.act("A"))


def test_a_full_disk_stops_the_node_and_acknowledges_nothing(kept: KeptNode) -> None:
    def no_room(connection: Any, **_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    connection.close()
    connection_created.connect(no_room)
    try:
        keeper = kept.run()
        before: set[str] = names(store.read_stored(None))
        acknowledged = set()
        fault: StorageUncertain | None = None
        while fault is None and len(acknowledged) < 200:
            data = kept.act("x" * 2_000)
            try:
                assert isinstance(keeper.submit(data).verdict, Admitted)
                acknowledged.add(name(data))
            except StorageUncertain as full:
                fault = full
        assert "database or disk is full" in str(fault)
        keeper.join(timeout=30)
        assert isinstance(keeper.failed, StorageUncertain)
    finally:
        connection_created.disconnect(no_room)
    connection.close()
    assert names(store.read_stored(None)) == before | acknowledged


def test_a_log_that_another_writer_moved_is_left_alone(kept: KeptNode, database: Path) -> None:
    keeper = kept.run()
    assert isinstance(keeper.submit(kept.act("A")).verdict, Admitted)
    kept.hand_over()
    with closing(sqlite3.connect(database)) as other, other:
        other.execute(
            "UPDATE note SET data = x'00' WHERE kind = 'checkpoint' AND origin = ?", [kept.origin]
        )
    with pytest.raises(StorageUncertain, match="another writer has moved this node's log"):
        keeper.submit(kept.act("B"))
    keeper.join(timeout=30)
    assert all(carrier.sent == [] for carrier in kept.carriers.values())


def test_a_token_that_another_process_moved_stops_the_node(kept: KeptNode) -> None:
    keeper = kept.run()
    assert isinstance(keeper.submit(kept.act("A")).verdict, Admitted)
    kept.hand_over()
    kept.token.write(99, bytes(32))
    with pytest.raises(StorageUncertain, match="another process has signed with this token"):
        keeper.submit(kept.act("B"))
    keeper.join(timeout=30)
    assert all(carrier.sent == [] for carrier in kept.carriers.values())


def test_an_older_record_with_a_newer_token_signs_nothing(kept: KeptNode) -> None:
    kept.token.write(99, bytes(32))
    keeper = kept.run()
    verdict = keeper.submit(kept.act("A")).verdict
    assert isinstance(verdict, Refused)
    assert "old copy" in verdict.reason


def test_the_record_is_written_durably(kept: KeptNode) -> None:
    connection.close()
    with connection.cursor() as cursor:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value


def test_a_thread_of_the_web_cannot_write(kept: KeptNode) -> None:
    def write() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM entry")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as web:
        assert "readonly" in str(web.submit(write).exception())
    assert store.read_stored(None).entries


def test_a_clock_that_was_set_is_not_trusted_alone(
    kept: KeptNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = kept.start()
    jumps = iter([True])
    monkeypatch.setattr(keeper.clock, "jumped", lambda: next(jumps, False))
    keeper.start()
    verdict = keeper.submit(kept.act("A")).verdict
    assert isinstance(verdict, Refused)
    assert "confirms the time" in verdict.reason


def test_no_answer_is_kept_waiting_by_an_unreadable_act(kept: KeptNode) -> None:
    keeper = kept.run()
    unknown = kept.act("A").replace(b'"appointed"', b'"anointed!"')
    answers: Sequence[bytes] = (b"", b"\n" * 70, unknown)
    for data in answers:
        verdict = keeper.submit(data).verdict
        assert isinstance(verdict, Refused), data
    assert keeper.is_alive()
