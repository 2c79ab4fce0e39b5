"""The world that fails: disks, clocks and lines do what they say, and only that."""

from __future__ import annotations

from random import Random

import pytest

from architrave.peer.effects import Persist, SaveToken, StoredEntry
from architrave.peer.errors import StorageUncertain
from architrave.sim.clocks import MachineClock
from architrave.sim.disks import Disk, Trouble
from architrave.sim.links import Links, Quality

LOG = "a.demo.invalid/log/1"


def line(n: int) -> StoredEntry:
    return StoredEntry(LOG, 0, n, b"line %d" % n)


def one_line(n: int) -> Persist:
    return Persist(entries=[line(n)], notes={LOG: b"note %d" % n})


def test_a_commit_that_finds_another_head_writes_nothing() -> None:
    disk = Disk()
    disk.commit(one_line(0), LOG, b"")
    with pytest.raises(StorageUncertain):
        disk.commit(one_line(1), LOG, b"")
    assert disk.read().entries == [line(0)]


@pytest.mark.parametrize("trouble", list(Trouble))
def test_a_write_that_fails_was_written_or_not_as_the_trouble_says(trouble: Trouble) -> None:
    disk = Disk(trouble=trouble)
    with pytest.raises(StorageUncertain):
        disk.commit(one_line(0), LOG, b"")
    assert bool(disk.read().entries) is (trouble is Trouble.LANDED)


def test_lost_writes_take_lines_and_notes_back_and_leave_the_token() -> None:
    disk = Disk()
    disk.commit(one_line(0), LOG, b"")
    disk.commit(one_line(1), LOG, b"note 0")
    disk.save(SaveToken(2, bytes(32)), disk.token)
    assert disk.lose_last(1) == 1
    stored = disk.read()
    assert (stored.entries, stored.notes, stored.token) == (
        [line(0)],
        {LOG: b"note 0"},
        (2, bytes(32)),
    )
    disk.commit(one_line(1), LOG, b"note 0")


def test_a_flipped_bit_is_somewhere_in_what_was_written() -> None:
    for seed in range(20):
        disk = Disk()
        disk.commit(one_line(0), LOG, b"")
        before = disk.read()
        where = disk.flip(Random(seed))
        after = disk.read()
        assert (before.entries, before.notes) != (after.entries, after.notes) or "empty" in where


def test_a_backup_is_not_changed_by_what_comes_after() -> None:
    disk = Disk()
    disk.commit(one_line(0), LOG, b"")
    backup = disk.folder.copy()
    disk.commit(one_line(1), LOG, b"note 0")
    disk.put_back(backup)
    assert disk.read().entries == [line(0)]


def test_a_clock_that_is_set_while_it_runs_is_found_out_and_a_slow_one_too() -> None:
    clock = MachineClock()
    clock.start(0)
    assert not clock.jumped(1_000)
    clock.put_to(200_000, 2_000)
    assert clock.jumped(2_000)
    assert not clock.jumped(3_000), "once is enough"
    clock.put_to(200_000, 3_000, drift=1_000)
    assert not clock.jumped(100_000_000)
    assert clock.jumped(200_000_000)


def test_a_cut_line_carries_nothing_in_its_direction_until_it_is_mended() -> None:
    links, draw = Links(), Random(1)
    links.cut_until("A", "B", 100)
    assert links.arrivals("A", "B", 99, draw) == []
    assert links.arrivals("B", "A", 99, draw)
    assert links.arrivals("A", "B", 100, draw)
    links.quality = Quality(loss=1.0)
    assert links.arrivals("A", "B", 100, draw) == []
    links.mend()
    assert links.arrivals("A", "B", 100, draw)
