"""One contract for the record's two databases: a file of SQLite, and a real PostgreSQL server."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_nodes import said
from django.db import Error, OperationalError, connection, connections
from folders import PARTIES
from keepers import KeptNode
from postgres import Server, served
from processes import Trio
from world import World

from architrave.institution.state import Admitted
from architrave.node import store
from architrave.node.backup import make_backup
from architrave.node.configure import configure, may_write, migrate
from architrave.node.database_check import check_database
from architrave.node.databases import Record, django_database, postgres_parameters, reading
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.node.rows import read_rows
from architrave.peer.effects import Persist, StoredEntry
from architrave.peer.errors import StorageUncertain
from architrave.record.sealing import SealedAct, act_name

URLS = "architrave.cli.urls"
KNOWN = frozenset({("node", "0001_record"), ("node", "0002_tombstones")})
LOG = "a.invalid/log/1"
Use = Callable[[Record], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as it:
        yield it


@pytest.fixture
def use(tmp_path: Path) -> Iterator[Use]:
    """Leads Django's connections, of all threads, to a record."""
    configure(tmp_path / "unused.db", URLS)
    may_write()
    before = connections.settings["default"]

    def lead(settings: dict[str, object]) -> None:
        connection.close()
        connections.settings = {"default": settings}
        connections.settings = connections.configure_settings(connections.settings)
        del connections["default"]

    yield lambda record: lead(django_database(record))
    lead(before)


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


def entry(n: int, data: bytes = b"line") -> StoredEntry:
    return StoredEntry(LOG, 0, n, data)


def read(record: Record):  # type: ignore[no-untyped-def]
    with reading(record) as cursor:
        return read_rows(cursor, None)


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
    first, second = node.run(), other.run()
    assert isinstance(first.submit(node.act("A")).verdict, Admitted)
    other.turn = 7
    with pytest.raises(StorageUncertain):
        second.submit(other.act("B"))
    second.join(30)
    assert not second.is_alive()
    node.stop()


# -- PostgreSQL alone -----------------------------------------------------------------------------


def test_what_was_committed_outlives_the_power(server: Server, use: Use) -> None:
    record = server.new()
    use(record)
    migrate()
    store.write(Persist(entries=[entry(0)], notes={LOG: b"one"}), LOG, b"")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("INSERT INTO entry VALUES (%s, 0, 1, %s)", [LOG, b"never"])
    server.kill()
    connection.close()
    server.start()
    assert read(record).entries == [entry(0)]


CUT = """
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    PERFORM pg_sleep(30);
    RETURN NEW;
END $$;
CREATE TRIGGER cut BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION cut();
"""


def test_a_connection_cut_in_a_write_leaves_nothing_of_it(server: Server, use: Use) -> None:
    record = server.new()
    use(record)
    migrate()
    store.write(Persist(notes={LOG: b"one"}), LOG, b"")
    with connection.cursor() as cursor:
        cursor.execute(CUT)
    with pytest.raises(OperationalError):
        store.write(Persist(entries=[entry(0)], notes={LOG: b"two"}), LOG, b"one")
    connection.close()
    stored = read(record)
    assert (stored.entries, stored.notes) == ([], {LOG: b"one"})


def test_a_server_that_does_not_write_durably_is_refused(server: Server) -> None:
    record = server.new()
    for name in ("fsync", "full_page_writes"):
        try:
            _tell(server, name, "off")
            with pytest.raises(FolderFault, match=f"the server's {name} is off"):
                check_database(record, "a" * 64, KNOWN)
        finally:
            _tell(server, name, "on")
    check_database(record, "a" * 64, KNOWN)


def _tell(server: Server, name: str, value: str) -> None:
    words = ["-h", str(server.root), "-U", "keeper", "-d", "postgres"]
    server.run("psql", *words, "-c", f"ALTER SYSTEM SET {name} = {value}")
    server.run("psql", *words, "-c", "SELECT pg_reload_conf()")
    # The reload reaches the next connections a moment later.
    for _ in range(200):
        with reading(server.address("postgres")) as cursor:
            cursor.execute(f"SHOW {name}")
            if list(cursor.fetchall()) == [(value,)]:
                return
    raise AssertionError(f"the server does not take {name} {value}")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://a/b", "begins with postgresql://"),
        ("host=a password=secret", "begins with postgresql://"),
        ("postgresql://keeper:secret%zz@host/record", "libpq cannot read"),
        ("postgresql://host/record?sslpassword=secret", "holds a password"),
        ("postgresql://keeper:secret@host/record", "holds a password"),
        ("postgresql://host/record?password=secret", "holds a password"),
        ("postgresql://host", "names no database"),
        ("postgresql://host/record?options=-csynchronous_commit%3Doff", "sets options"),
        ("postgresql://host/record?colour=red", "libpq cannot read"),
    ],
)
def test_an_address_that_does_not_do_is_refused_in_a_sentence(address: str, sentence: str) -> None:
    with pytest.raises(FolderFault, match=sentence) as fault:
        postgres_parameters(address)
    assert "secret" not in str(fault.value)


def test_an_address_may_set_its_own_patience(server: Server) -> None:
    with reading(f"{server.new()}&connect_timeout=3") as cursor:
        cursor.execute("SELECT 1")
        assert list(cursor.fetchall()) == [(1,)]


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    address = f"postgresql:///record?host={tmp_path}"
    with pytest.raises(FolderFault, match="cannot be read as a record"):
        check_database(address, "a" * 64, KNOWN)


def test_a_real_node_lives_in_postgresql(server: Server, tmp_path: Path) -> None:
    trio = Trio(tmp_path)
    try:
        first, *_ = PARTIES
        folder = trio.folders[first]
        settings = json.loads((folder / "node.json").read_text(encoding="utf-8"))
        settings["database"] = server.new()
        (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
        trio.start(*PARTIES)
        trio.open("SEC")
        trio.rest()
        text = {one: "x" for one in trio.charter.languages}
        asked = {"ground": text, "facts": text, "wish": text}
        symbol = f"SEC/2027/{first}/1"
        trio.give(first, "consulted", "SEC", symbol=symbol, body="SEC", **asked)
        trio.kill(first)
        trio.start(first)
        states = trio.rest()
        assert len({one["state"] for one in states}) == 1
        assert not (folder / "record.db").exists()
        assert symbol in said("show", folder, symbol)
        with pytest.raises(FolderFault, match="lies in PostgreSQL"):
            make_backup(Folder(folder), tmp_path / "backup")
    finally:
        trio.close()
