"""The dump is made aside: nobody waits for it, and none but the present one is called present."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from data_scenes import value
from page_scenes import opened, table

from architrave.node.runtime import current
from architrave.portal.data import data_kept, packing
from architrave.portal.data.data_kept import finished, make
from architrave.portal.data.dump import dump_file
from architrave.portal.data.packing import Packing
from architrave.portal.words import LANGUAGES, say

DUMP = "/api/1/dump.zip"
PATIENCE = 5  # seconds after which a thread that should have come has not


class Aside:
    """A node in whose process nothing is made unless the test does so."""

    def __init__(self, screen: Callable[..., Any]) -> None:
        self.scene = opened()
        self.shown = screen(self.scene.world)
        self.shown.packs = False
        self.answer, self.page = self.shown.answer, self.shown.page
        self.answer("/api/1/")
        self.number = 0

    def change(self) -> None:
        self.number += 1
        table(self.scene, "JPN", "TDC", "3(1)", f"one more, {self.number}")

    def make(self) -> str:
        return make(current()).dump.digest.hex()

    def last(self) -> int:
        found = finished(current().peer)
        return found.number if found is not None else 0


@pytest.fixture
def aside(screen: Callable[..., Any]) -> Aside:
    return Aside(screen)


def test_before_the_first_is_finished_the_page_says_so_and_a_program_is_told_to_come_again(
    aside: Aside,
) -> None:
    for language in LANGUAGES:
        page = aside.page(f"/{language}/data")
        assert say("data-making", language) in page
        assert "/api/1/dump" not in page
        assert 'href="/data/matters.csv"' in page
    for address in (DUMP, "/api/1/dump", "/data/seats.csv", "/data/seats.xlsx"):
        answer = aside.answer(address)
        assert answer.status_code == 503, address
        assert int(answer["Retry-After"]) > 0
        assert value(answer)["error"] == (
            "the dump and the tables are being made; ask again in a moment."
        )
    assert aside.answer("/data/none.csv").status_code == 404
    digest = aside.make()
    for language in LANGUAGES:
        page = aside.page(f"/{language}/data")
        assert say("data-making", language) not in page
        assert f'href="/api/1/dump/{digest}.zip"' in page
    assert aside.answer(DUMP).status_code == aside.answer("/data/seats.csv").status_code == 200


def test_an_earlier_one_is_named_with_its_state_and_never_called_present(aside: Aside) -> None:
    first = aside.make()
    before = aside.answer(DUMP)
    told = value(aside.answer("/api/1/dump"))
    assert (told["digest"], told["present"]) == (first, True)
    assert told["length"] == len(before.content)
    assert sha256(before.content).hexdigest() == first
    assert say("data-newer", "en") not in aside.page("/en/data")
    books = {one["party"]: one for one in value(aside.answer("/api/1/books"))["books"]}
    assert {one["party"]: one["size"] for one in told["books"]} == {
        party: one["size"] for party, one in books.items()
    }
    for one in told["books"]:
        page = value(aside.answer(f"{books[one['party']]['address']}"))
        assert one["root"] == page["lines"][-1]["root"]
        assert one["last"] == page["lines"][-1]["at"]

    aside.change()
    again = value(aside.answer("/api/1/dump"))
    assert again == {**told, "present": False}
    answer = aside.answer(DUMP)
    assert answer.content == before.content
    assert answer["ETag"] == f'"{first}"'
    assert answer["Content-Location"] == told["address"]
    for language in LANGUAGES:
        page = aside.page(f"/{language}/data")
        assert say("data-newer", language) in page
        assert first in page
        for one in told["books"]:
            assert one["root"] in page
    assert "one more" not in aside.answer("/data/matters.csv").content.decode()

    second = aside.make()
    assert second != first
    for language in LANGUAGES:
        page = aside.page(f"/{language}/data")
        assert say("data-newer", language) not in page
        assert second in page
        assert first not in page
    assert value(aside.answer("/api/1/dump"))["present"]
    assert "one more" in aside.answer("/data/matters.csv").content.decode()


def test_what_is_downloaded_is_what_was_named(aside: Aside) -> None:
    digests = [aside.make()]
    for _ in range(2):
        aside.change()
        digests.append(aside.make())
        for digest in digests[-2:]:
            answer = aside.answer(f"/api/1/dump/{digest}.zip")
            assert sha256(answer.content).hexdigest() == digest
            assert digest[:12] in answer["Content-Disposition"]
    # The one before the last but one is no longer kept, and nothing else answers in its place.
    gone = aside.answer(f"/api/1/dump/{digests[0]}.zip")
    assert gone.status_code == 404
    assert value(gone)["error"].startswith("dump: ")


def test_another_state_with_the_same_bytes_does_not_drive_the_one_before_out(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = aside.make()
    monkeypatch.setattr(data_kept, "dump_file", lambda *_given: b"the same")
    aside.change()
    second = aside.make()
    aside.change()
    assert say("data-newer", "en") in aside.page("/en/data")
    assert aside.make() == second
    assert say("data-newer", "en") not in aside.page("/en/data")
    for digest in (first, second):
        assert aside.answer(f"/api/1/dump/{digest}.zip").status_code == 200


def test_a_fault_in_the_middle_leaves_the_last_one_as_it_was(
    aside: Aside, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    thread = Packing(current())
    thread.turn()
    before = aside.answer(DUMP).content

    def broken(*_given: Any) -> bytes:
        raise MemoryError("no room")

    aside.change()
    monkeypatch.setattr(data_kept, "dump_file", broken)
    waits = [thread.turn() for _ in range(2)]
    assert waits[-1] == packing._AFTER_FAULT
    assert "the dump cannot be made" in caplog.text
    assert aside.answer(DUMP).content == before
    assert not value(aside.answer("/api/1/dump"))["present"]
    monkeypatch.setattr(data_kept, "dump_file", dump_file)
    thread.turn()
    assert value(aside.answer("/api/1/dump"))["present"]
    assert aside.answer(DUMP).content != before


def test_a_copy_that_has_stopped_makes_none_and_gives_none(aside: Aside) -> None:
    thread = Packing(current())
    thread.turn()
    current().stopped = "the disk is full"
    assert thread.turn() == packing._AFTER_FAULT
    assert aside.last() == 1


# -- when it is made --------------------------------------------------------------------------


def test_it_is_made_at_once_and_then_when_the_record_has_been_still(aside: Aside) -> None:
    thread = Packing(current())
    thread.turn()
    assert aside.last() == 1
    thread.turn()
    assert aside.last() == 1
    aside.change()
    thread.turn()
    assert aside.last() == 1
    aside.change()
    thread.turn()
    assert aside.last() == 1
    thread.turn()
    assert aside.last() == 2


def test_where_it_is_never_still_it_is_made_all_the_same(aside: Aside) -> None:
    thread = Packing(current())
    thread.turn()
    found = []
    for _ in range(2 * packing._PATIENCE):
        aside.change()
        thread.turn()
        found.append(aside.last())
    assert found.count(1) == packing._PATIENCE - 1
    assert found.count(2) == packing._PATIENCE


def test_it_rests_ten_times_as_long_as_it_took(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([100.0, 107.0])
    monkeypatch.setattr(packing.time, "monotonic", lambda: next(times))
    assert Packing(current()).turn() == 70.0


def test_while_one_is_made_readers_are_given_the_last_and_the_node_may_write(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = aside.make()
    aside.change()
    aside.answer("/api/1/")
    begun, go = threading.Event(), threading.Event()

    def slowly(*given: Any) -> bytes:
        begun.set()
        assert go.wait(PATIENCE)
        return dump_file(*given)

    monkeypatch.setattr(data_kept, "dump_file", slowly)
    runtime = current()
    making = threading.Thread(target=make, args=(runtime,))
    making.start()
    assert begun.wait(PATIENCE)
    try:
        # Nobody holds the lock under which the keeper writes.
        assert runtime.lock.acquire(blocking=False)
        runtime.lock.release()
        for address in ("/ko/data", DUMP, "/api/1/dump", "/data/seats.csv"):
            assert aside.answer(address).status_code == 200
        assert aside.answer(DUMP)["ETag"] == f'"{first}"'
        # A line that comes in while it is made is not in it, and it is not called present.
        aside.change()
    finally:
        go.set()
        making.join(PATIENCE)
    assert aside.last() == 2
    assert not value(aside.answer("/api/1/dump"))["present"]
    assert "one more, 2" not in aside.answer("/data/matters.csv").content.decode()
    aside.make()
    assert "one more, 2" in aside.answer("/data/matters.csv").content.decode()


def test_the_thread_makes_one_and_ends_when_told(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()

    def told(*given: Any) -> Any:
        made = make(*given)
        done.set()
        return made

    monkeypatch.setattr(packing, "make", told)
    thread = Packing(current())
    thread.start()
    assert done.wait(PATIENCE)
    thread.close()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert aside.last() == 1
