"""What is PostgreSQL's alone: its server's faults, how it is asked, what stays of erased words."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.utils import Error
from postgres import Server, Use
from written import KNOWN, LOG, entry, read

from architrave.node import database_check, store
from architrave.node.configure import may_write, migrate
from architrave.node.database_check import check_database
from architrave.node.databases import postgres_parameters, reading
from architrave.node.errors import FolderFault
from architrave.peer.effects import Persist

WORDS = b"words that were to be forgotten"


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
        ("host=host dbname=record password=secret", "begins with postgresql://"),
        ("postgresql://keeper:sec%zzret@host/record", "libpq cannot read this address"),
        ("postgresql://host/record?sslpassword=secret", "holds a password"),
        ("postgresql://keeper:secret@host/record", "holds a password"),
        ("postgresql://host/record?password=secret", "holds a password"),
        ("postgresql://host", "names no database"),
        ("postgresql://host/record?options=-csynchronous_commit%3Doff", "sets options"),
        ("postgresql://host/record?colour=red", "libpq cannot read this address"),
    ],
)
def test_an_address_that_does_not_do_is_refused_in_a_sentence(address: str, sentence: str) -> None:
    with pytest.raises(FolderFault, match=sentence) as fault:
        postgres_parameters(address)
    assert "sec" not in str(fault.value)


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    address = f"postgresql:///record?host={tmp_path}"
    with pytest.raises(FolderFault, match="cannot be read as a record"):
        check_database(address, "a" * 64, KNOWN)


def test_an_address_may_say_how_long_a_server_is_waited_for(server: Server) -> None:
    with reading(server.new() + "&connect_timeout=3") as cursor:
        cursor.execute("SELECT 1")
        assert list(cursor.fetchall()) == [(1,)]


def test_a_password_comes_from_the_password_file(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.new()
    with psycopg.connect(server.address("postgres"), autocommit=True) as it:
        it.execute("CREATE ROLE clerk LOGIN PASSWORD 'a long one'")
    record = server.address(f"record{server.databases}", "clerk")
    for line, sentence in (("", "no password supplied"), ("*:*:*:clerk:other", "authentication")):
        place = tmp_path / "passwords"
        place.write_text(line + "\n")
        place.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(place))
        with pytest.raises(FolderFault, match=sentence) as fault:
            check_database(record, "a" * 64, KNOWN)
        assert "\n" not in str(fault.value)
    place.write_text("*:*:*:clerk:a long one\n")
    check_database(record, "a" * 64, KNOWN)


def test_another_encoding_and_an_old_server_are_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    ascii_ = server.new("-T", "template0", "-E", "SQL_ASCII", "--locale=C")
    with pytest.raises(FolderFault, match=r"encoding is SQL_ASCII; expected UTF8\.$"):
        check_database(ascii_, "a" * 64, KNOWN)
    record = server.new()
    check_database(record, "a" * 64, KNOWN)
    monkeypatch.setattr(database_check, "OLDEST", 1_000)
    with pytest.raises(FolderFault, match=r"1000 or a later one is needed\.$"):
        check_database(record, "a" * 64, KNOWN)


def test_names_are_ordered_by_their_bytes_whatever_the_database_says(
    server: Server, use: Use
) -> None:
    names = ["a.invalid", "B.invalid", "b.invalid", "ä.invalid", "z.invalid"]
    try:
        record = server.new("-T", "template0", "--locale-provider=icu", "--icu-locale=en-US")
    except AssertionError as fault:
        pytest.skip(f"this server knows no orders of ICU: {fault}")
    with reading(record) as cursor:
        values = ", ".join(f"('{name}')" for name in names)
        cursor.execute(f"SELECT * FROM (VALUES {values}) AS given(name) ORDER BY name")
        assert [name for (name,) in cursor.fetchall()] != sorted(names)
    use(record)
    migrate()
    store.write(Persist(notes={name: b"x" for name in names}), LOG, b"")
    with reading(record) as cursor:
        cursor.execute("SELECT origin FROM note ORDER BY origin")
        assert [name for (name,) in cursor.fetchall()] == sorted(names)


# -- one writer -----------------------------------------------------------------------------------


def test_a_connection_that_writes_alone_holds_the_record(server: Server, use: Use) -> None:
    record = server.new()
    use(record)
    migrate()
    holding, done, said = threading.Event(), threading.Event(), []

    def first() -> None:
        may_write(alone=True)
        store.write(Persist(entries=[entry(0)]), LOG, b"")
        holding.set()
        assert done.wait(60)
        connection.close()

    def second() -> None:
        may_write(alone=True)
        try:
            store.write(Persist(entries=[entry(1)]), LOG, b"")
        except Error as fault:
            said.append(str(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for one in (first, second, second)]
    threads[0].start()
    assert holding.wait(60)
    threads[1].start()
    threads[1].join(60)
    assert "another process keeps it" in said[0]
    done.set()
    threads[0].join(60)
    # Once the first has ended, the next holds it.
    threads[2].start()
    threads[2].join(60)
    assert len(said) == 1
    assert read(record).entries == [entry(0), entry(1)]


# -- erased words ---------------------------------------------------------------------------------


def test_erased_words_lie_in_no_table_though_an_older_reader_is_there(
    server: Server, use: Use
) -> None:
    record = server.new()
    use(record)
    migrate()
    store.write(Persist(acts=[(b"s", b"salt", WORDS), (b"t", b"salt", b"stay")]), LOG, b"")
    assert server.holds(WORDS)
    with psycopg.connect(record) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM note")
        store.write(Persist(tombstones=[(b"s", b"stone")]), LOG, b"")
        assert server.holds(WORDS)
        assert store.scrub()
        assert not server.holds(WORDS)
    assert read(record).acts == [(b"salt", b"stay")]


def test_who_reads_the_acts_is_not_waited_for(server: Server, use: Use) -> None:
    record = server.new()
    use(record)
    migrate()
    store.write(Persist(acts=[(b"s", b"salt", WORDS)]), LOG, b"")
    store.write(Persist(tombstones=[(b"s", b"stone")]), LOG, b"")
    with psycopg.connect(record) as dump:
        dump.execute("SELECT * FROM act")
        done: list[bool] = []

        def scrub() -> None:
            may_write()
            done.append(store.scrub())
            connection.close()

        thread = threading.Thread(target=scrub, daemon=True)
        thread.start()
        thread.join(60)
        assert done == [False]
        # Meanwhile it goes on writing.
        store.write(Persist(entries=[entry(0)]), LOG, b"")
    assert store.scrub()
    assert not server.holds(WORDS)


NO = """
CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused by a test';
END $$;
CREATE TRIGGER no BEFORE INSERT ON act FOR EACH ROW EXECUTE FUNCTION no();
"""


def test_the_server_s_own_log_tells_nothing_of_the_words(server: Server, use: Use) -> None:
    record = server.new()
    use(record)
    migrate()
    with connection.cursor() as cursor:
        cursor.execute(NO)
    with pytest.raises(Error, match="refused by a test"):
        store.write(Persist(acts=[(b"s", b"salt", WORDS)]), LOG, b"")
    assert "refused by a test" in server.log
    assert "INSERT INTO act" in server.log
    assert WORDS.hex() not in server.log
    assert WORDS.decode() not in server.log
