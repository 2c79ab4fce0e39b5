"""One contract for the record's two databases: a file of SQLite, and a real PostgreSQL server."""

from __future__ import annotations

import gc
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from keepers import KeptNode
from postgres import Server, Use
from world import World
from written import KNOWN, LOG, entry, read

from architrave.institution.state import Admitted
from architrave.node import store
from architrave.node.configure import may_write, migrate
from architrave.node.database_check import check_database
from architrave.node.databases import Record, reading
from architrave.node.errors import FolderFault
from architrave.node.folder import Token
from architrave.peer.effects import Persist, StoredEntry
from architrave.peer.errors import StorageUncertain
from architrave.record.sealing import SealedAct, act_name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Record:
    """Where a record may be made: nothing is there yet."""
    if request.param == "sqlite":
        return tmp_path / "record.db"
    server: Server = request.getfixturevalue("server")
    return server.new()


@pytest.fixture
def record(empty: Record, use: Use) -> Record:
    """A record with its tables and nothing in them, which Django uses."""
    use(empty)
    migrate()
    return empty


def everything() -> Persist:
    return Persist(
        entries=[entry(0), entry(1, b"\x00\xff'"), StoredEntry("b.invalid/log/1", 3, 7, b"x")],
        acts=[(b"seal-1", b"salt-1", b"act-1"), (b"seal-2", b"salt-2", b"act-2")],
        notes={LOG: b"note"},
        witnessed={LOG: b"witnessed"},
        proofs={LOG: b"proof"},
        cosigned={LOG: b"cosigned"},
        tombstones=[(b"seal-3", b"stone")],
        titles={LOG: b"title"},
    )


# -- what is written is read ----------------------------------------------------------------------


def test_a_new_record_is_empty(record: Record) -> None:
    stored = store.read_stored(None)
    assert (stored.entries, stored.acts, stored.notes) == ([], [], {})


def test_all_that_is_written_is_read_back(record: Record) -> None:
    written = everything()
    store.write(written, LOG, b"")
    stored = read(record)
    assert stored.entries == sorted(written.entries, key=lambda one: (one.origin, one.n))
    assert sorted(stored.acts) == [(b"salt-1", b"act-1"), (b"salt-2", b"act-2")]
    assert stored.tombstones == [b"stone"]
    assert (stored.notes, stored.witnessed) == ({LOG: b"note"}, {LOG: b"witnessed"})
    assert (stored.proofs, stored.cosigned) == ({LOG: b"proof"}, {LOG: b"cosigned"})
    assert stored.titles == {LOG: b"title"}


def test_many_long_entries_are_one_write(record: Record) -> None:
    lines = [entry(n, os.urandom(60_000)) for n in range(300)]
    store.write(Persist(entries=lines, notes={LOG: b"note"}), LOG, b"")
    assert read(record).entries == lines


def test_entries_come_back_in_the_order_of_their_logs(record: Record) -> None:
    for n in (2, 0, 11, 1):
        store.write(Persist(entries=[entry(n)]), LOG, b"")
    assert [one.n for one in read(record).entries] == [0, 1, 2, 11]


def test_an_act_that_is_there_is_kept_and_a_note_is_replaced(record: Record) -> None:
    store.write(Persist(acts=[(b"s", b"salt", b"first")], notes={LOG: b"one"}), LOG, b"")
    store.write(Persist(acts=[(b"s", b"salt", b"second")], notes={LOG: b"two"}), LOG, b"one")
    stored = read(record)
    assert stored.acts == [(b"salt", b"first")]
    assert stored.notes == {LOG: b"two"}


# -- all or nothing -------------------------------------------------------------------------------


def test_another_head_than_the_last_writes_nothing(record: Record) -> None:
    store.write(Persist(entries=[entry(0)], notes={LOG: b"one"}), LOG, b"")
    for head in (b"", b"other"):
        with pytest.raises(StorageUncertain):
            store.write(Persist(entries=[entry(1)], notes={LOG: b"two"}), LOG, head)
    stored = read(record)
    assert (stored.entries, stored.notes) == ([entry(0)], {LOG: b"one"})


def test_an_entry_is_never_replaced_and_what_came_with_it_is_not_there(record: Record) -> None:
    store.write(Persist(entries=[entry(0)], notes={LOG: b"one"}), LOG, b"")
    with pytest.raises(Error):
        store.write(
            Persist(entries=[entry(1), entry(0, b"other")], notes={LOG: b"two"}), LOG, b"one"
        )
    stored = read(record)
    assert (stored.entries, stored.notes) == ([entry(0)], {LOG: b"one"})


def test_of_writers_with_one_head_one_writes(record: Record) -> None:
    store.write(Persist(notes={LOG: b"start"}), LOG, b"")
    together, found = threading.Barrier(4), []

    def one(number: int) -> None:
        may_write()
        together.wait()
        try:
            note = {LOG: b"by %d" % number}
            store.write(Persist(entries=[entry(number)], notes=note), LOG, b"start")
            found.append(number)
        except (StorageUncertain, Error):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 1
    stored = read(record)
    assert stored.entries == [entry(found[0])]
    assert stored.notes == {LOG: b"by %d" % found[0]}


def test_a_thread_that_has_not_said_that_it_writes_only_reads(record: Record) -> None:
    found: list[object] = []

    def one() -> None:
        try:
            found.append(store.read_stored(None).entries)
            store.write(Persist(entries=[entry(0)]), LOG, b"")
        except Error as fault:
            found.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=one)
    thread.start()
    thread.join(60)
    assert found[0] == []
    assert isinstance(found[1], Error)
    assert read(record).entries == []


def test_who_reads_a_record_can_change_nothing(record: Record) -> None:
    store.write(Persist(entries=[entry(0)]), LOG, b"")
    with pytest.raises(FolderFault), reading(record) as cursor:
        cursor.execute("DELETE FROM entry")
    assert read(record).entries == [entry(0)]


class Cut:
    """Cuts the connection off before one of its statements, as a crash would."""

    def __init__(self, record: Record, statement: int) -> None:
        self.record, self.left = record, statement

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.left == 0 and isinstance(self.record, Path):
            connection.connection.close()
        elif self.left == 0:
            with psycopg.connect(self.record, autocommit=True) as other:
                pid = connection.connection.info.backend_pid
                assert other.execute("SELECT pg_terminate_backend(%s, 30000)", [pid]).fetchone()
        self.left -= 1
        return execute(sql, params, many, context)


def test_a_write_cut_before_any_of_its_statements_leaves_nothing(record: Record) -> None:
    store.write(Persist(entries=[entry(9)], notes={LOG: b"before"}), LOG, b"")
    before, whole, cuts = read(record), everything(), 0
    while True:
        cut, done = Cut(record, cuts), False
        with suppress(Error), connection.execute_wrapper(cut):
            store.write(whole, LOG, b"before")
            done = True
        if done:
            break
        connection.close()
        # What the cut connection had open holds its lock until the last of it is let go.
        gc.collect()
        assert read(record) == before, cuts
        cuts += 1
    # The lock or the head, the entries, the acts, what is erased, the notes.
    assert cuts >= 7
    assert read(record).notes == {LOG: b"note"}
    assert len(read(record).entries) == 1 + len(whole.entries)


# -- erased words ---------------------------------------------------------------------------------


def test_a_tombstone_takes_the_place_of_an_act_and_the_file_is_written_anew(record: Record) -> None:
    store.write(Persist(acts=[(b"s", b"salt", b"words"), (b"t", b"salt", b"stay")]), LOG, b"")
    store.write(Persist(tombstones=[(b"s", b"stone")]), LOG, b"")
    stored = read(record)
    assert (stored.acts, stored.tombstones) == ([(b"salt", b"stay")], [b"stone"])
    assert store.scrub()
    assert store.scrub()
    with reading(record) as cursor:
        cursor.execute("SELECT count(*) FROM unscrubbed")
        assert list(cursor.fetchall()) == [(0,)]


# -- whose it is ----------------------------------------------------------------------------------


def test_a_record_belongs_to_one_institution(record: Record) -> None:
    store.require_institution("a" * 64)
    store.require_institution("a" * 64)
    check_database(record, "a" * 64, KNOWN)
    with pytest.raises(FolderFault, match="another institution"):
        store.require_institution("b" * 64)
    with pytest.raises(FolderFault, match="another institution"):
        check_database(record, "b" * 64, KNOWN)


def test_nothing_there_yet_is_no_fault(empty: Record) -> None:
    check_database(empty, "a" * 64, KNOWN)


def test_a_later_version_s_record_is_refused(record: Record) -> None:
    check_database(record, "a" * 64, KNOWN)
    with pytest.raises(FolderFault, match=r"it has 0002_tombstones"):
        check_database(record, "a" * 64, KNOWN - {("node", "0002_tombstones")})


def test_a_database_that_is_something_else_is_refused(empty: Record, use: Use) -> None:
    use(empty)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    with pytest.raises(FolderFault, match="this database is not a record"):
        check_database(empty, "a" * 64, KNOWN)


def test_a_framework_s_other_program_is_refused(empty: Record, use: Use) -> None:
    use(empty)
    migrate()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'recipes'")
    connection.close()
    with pytest.raises(FolderFault, match="this database is not a record"):
        check_database(empty, "a" * 64, KNOWN)


def test_a_first_start_that_was_cut_off_is_gone_on_with(empty: Record, use: Use) -> None:
    use(empty)
    MigrationRecorder(connection).ensure_schema()
    connection.close()
    check_database(empty, "a" * 64, KNOWN)
    migrate()
    store.write(everything(), LOG, b"")
    assert read(empty).notes == {LOG: b"note"}


def test_tables_that_are_up_to_date_stay_as_they_are(record: Record) -> None:
    store.write(everything(), LOG, b"")
    before = read(record)
    connection.close()
    migrate()
    assert read(record) == before


# -- a keeper on it -------------------------------------------------------------------------------


def test_a_keeper_acknowledges_what_the_next_one_finds(record: Record, tmp_path: Path) -> None:
    world = World()
    world.open()
    node = KeptNode(world, world.parties[0], Token(tmp_path / "outside" / "token"))
    node.store_what_the_world_stored()
    given = [node.act(f"holder {number}") for number in range(5)]
    keeper = node.run()
    for data in given:
        assert isinstance(keeper.submit(data).verdict, Admitted)
    node.stop()
    stored = read(record)
    held = {act_name(SealedAct(salt, data).document) for salt, data in stored.acts}
    assert {act_name(SealedAct(b"", data).document) for data in given} <= held
    node.rejoin()
    assert world.peers[node.party].may_sign()


def test_two_keepers_on_one_record_are_one_too_many(record: Record, tmp_path: Path) -> None:
    world = World()
    world.open()
    node = KeptNode(world, world.parties[0], Token(tmp_path / "outside" / "token"))
    node.store_what_the_world_stored()
    other = KeptNode(world, world.parties[0], Token(tmp_path / "elsewhere" / "token"))
    other.token.write(*(node.token.read() or (0, b"")))
    # Both have read the same; the second begins to write when the first has, so that it is always
    # the second that is refused, on a database that holds a record for one writer too.
    first, second = node.run(), other.start()
    assert isinstance(first.submit(node.act("A")).verdict, Admitted)
    second.start()
    other.turn = 7
    with pytest.raises(StorageUncertain):
        second.submit(other.act("B"))
    second.join(30)
    assert not second.is_alive()
    node.stop()
