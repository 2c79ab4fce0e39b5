"""Erased words are in no byte of the database's files, the write-ahead log included."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from architrave.node import store
from architrave.node.folder import Token
from architrave.node.journal import Journal
from architrave.peer.effects import Persist, SaveToken
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import Tombstone

SEEDS = [0, 6]  # the second finds words left behind if the file is not written anew
OWN = "alder.demo.invalid/log/1"


def drawn(draw: random.Random) -> tuple[bytes, SealedAct]:
    """An act of some size, full of a word of its own, and that word."""
    salt, word = draw.randbytes(32), f"word {draw.getrandbits(64):016x} ".encode()
    size = draw.choice([60, 200, 600, 900, 1_500, 3_000, 9_000])
    return word, SealedAct(salt, word * (size // len(word) + 1))


def stone(seal: bytes, size: int = 500) -> tuple[bytes, bytes]:
    skeleton = b'{"kind":"deposited","title":{"en":"' + b"-" * size + b'"}}'
    return seal, Tombstone(seal, seal.hex(), True, skeleton).data


def write_act(act: SealedAct) -> None:
    store.write(Persist(acts=[(act.seal, act.salt, act.data)]), OWN, b"")


def bytes_of(database: Path) -> bytes:
    files = [file for file in database.parent.iterdir() if file.name.startswith(database.name)]
    return b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_erased_is_in_no_byte_of_the_files(seed: int, database: Path) -> None:
    """One after the other among new acts: SQLite leaves copies of rows that it has moved."""
    draw = random.Random(seed)
    held = [drawn(draw) for _ in range(200)]
    acts = [(act.seal, act.salt, act.data) for _, act in held]
    store.write(Persist(acts=acts), OWN, b"")
    gone: list[bytes] = []
    for _ in range(60):
        word, act = held.pop(draw.randrange(len(held)))
        store.write(Persist(tombstones=[stone(act.seal, draw.randrange(600))]), OWN, b"")
        gone += [word, act.salt]
        if draw.random() < 0.5:
            held.append(drawn(draw))
            write_act(held[-1][1])
        assert store.scrub()
        lying = bytes_of(database)
        assert not any(one in lying for one in gone)
    assert all(word in lying and act.salt in lying for word, act in held)
    stored = store.read_stored(None)
    assert len(stored.acts) == len(held)
    assert len(stored.tombstones) == 60


def test_a_reader_that_holds_the_old_log_delays_the_scrub_and_a_later_turn_ends_it(
    database: Path, tmp_path: Path
) -> None:
    word, act = drawn(random.Random(3))
    token = Token(tmp_path / "outside" / "token")
    journal = Journal(OWN, b"", token, None)
    kept = Persist(acts=[(act.seal, act.salt, act.data)], notes={OWN: b"a note"})
    journal.perform([kept, SaveToken(1, bytes(32))], lambda _: None)
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM act").fetchone() == (1,)
        journal.perform([Persist(tombstones=[stone(act.seal)])], lambda _: None)
        journal.scrub()
        assert word in bytes_of(database), "the reader's log still has it"
    for _ in range(1_000):
        journal.scrub()
        if word not in bytes_of(database):
            break
    assert word not in bytes_of(database)


def test_a_start_after_a_crash_before_the_scrub_goes_on_with_it(
    database: Path, tmp_path: Path
) -> None:
    word, act = drawn(random.Random(4))
    write_act(act)
    store.write(Persist(tombstones=[stone(act.seal)]), OWN, b"")
    assert word in bytes_of(database)
    Journal(OWN, b"", Token(tmp_path / "outside" / "token"), None).scrub()
    assert word not in bytes_of(database)
