"""Real nodes whose records lie in a real PostgreSQL server: killed, cut off, doubled, restored."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import pytest
from cli_nodes import said
from folders import PARTIES, copy_of, make_three
from killing import kill
from postgres import Server
from processes import PATIENCE, Trio, set_in

from architrave.node.backup import make_backup
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder

pytestmark = pytest.mark.slow

FIRST = PARTIES[0]
BODY = "SEC"


def open_trio(root: Path, server: Server) -> Trio:
    """Three nodes, the first one's record in PostgreSQL."""
    trio = Trio(root, {FIRST: server.new()})
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
    except BaseException:
        trio.close()
        raise
    return trio


def consult(trio: Trio, number: int) -> str:
    """Have the first party ask for a consultation; its symbol."""
    text = {one: "x" for one in trio.charter.languages}
    symbol = f"{BODY}/2027/{FIRST}/{number}"
    asked = {"ground": text, "facts": text, "wish": text}
    trio.give(FIRST, "consulted", BODY, symbol=symbol, body=BODY, **asked)
    return symbol


def refused(folder: Path, *more: str) -> str:
    """The one line with which a node does not start."""
    command = [sys.executable, "-m", "architrave.cli.main", "node", "run", str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    return done.stderr


def test_a_node_goes_on_after_sigkill_and_a_second_one_is_refused(
    server: Server, tmp_path: Path
) -> None:
    trio = open_trio(tmp_path / "three", server)
    folder = trio.folders[FIRST]
    try:
        symbol = consult(trio, 1)
        acknowledged = trio.names(FIRST)
        trio.kill(FIRST)
        assert trio.names(FIRST) == acknowledged
        trio.start(FIRST)
        assert trio.status(FIRST)["signs"] == "yes"
        second = consult(trio, 2)
        states = trio.rest()
        assert len({one["state"] for one in states}) == 1
        assert acknowledged < trio.names(FIRST)
        assert not (folder / "record.db").exists()
        for one in (symbol, second):
            assert one in said("show", folder, one)
        with pytest.raises(FolderFault, match="lies in PostgreSQL"):
            make_backup(Folder(folder), tmp_path / "backup")

        # The same folder on another machine: its own locks, its own token, one database.
        other = copy_of(trio.root, tmp_path / "elsewhere") / FIRST
        set_in(other, listen="http://127.0.0.1:0")
        clock = ("--clock", str(trio.root / "clock"))
        assert "another process keeps it" in refused(other, *clock)
        consult(trio, 3)
        trio.rest()
    finally:
        trio.close()


def test_a_node_whose_server_has_gone_ends_and_goes_on_with_it(
    server: Server, tmp_path: Path
) -> None:
    trio = open_trio(tmp_path, server)
    try:
        consult(trio, 1)
        acknowledged = trio.names(FIRST)
        server.kill()
        lost = trio.act(FIRST, "appointed", office="none", holder="A", language="en")
        try:
            trio.client.post(f"{trio.urls[FIRST]}/peer/act", content=lost)
            trio.tick()
        except httpx.HTTPError:
            pass  # it may have noticed before, by a line of another capital
        consultation = trio.act(
            FIRST,
            "appointed",
            office=trio.charter.body(BODY).seat_of(FIRST).id,
            holder="B",
            language="en",
        )
        status = 0
        try:
            answer = trio.client.post(f"{trio.urls[FIRST]}/peer/act", content=consultation)
            status = answer.status_code
        except httpx.HTTPError:
            pass
        assert status != 200
        assert trio.processes[FIRST].running.wait(PATIENCE) == 70
        assert "could not be written" in "".join(trio.processes[FIRST].said)
        assert "cannot be read as a record" in refused(trio.folders[FIRST])

        server.start()
        trio.start(FIRST)
        assert acknowledged <= trio.names(FIRST)
        consult(trio, 2)
        states = trio.rest()
        assert len({one["state"] for one in states}) == 1
    finally:
        if not (server.data / "postmaster.pid").exists():
            server.start()
        trio.close()


def test_a_dump_that_was_brought_back_is_an_old_copy(server: Server, tmp_path: Path) -> None:
    trio = open_trio(tmp_path, server)
    folder = trio.folders[FIRST]
    as_keeper = ["-h", str(server.root), "-U", "keeper"]
    try:
        before = Folder(folder).setting("database").split("?")[0].rpartition("/")[2]
        dump = str(server.root / "dump")
        server.run("pg_dump", *as_keeper, "-Fc", "-f", dump, before)
        symbol = consult(trio, 1)
        trio.rest()
        acknowledged = trio.names(FIRST)
        assert trio.processes[FIRST].end(signal.SIGTERM) == 0
        set_in(folder, database=server.new())
        after = f"record{server.databases}"
        server.run("pg_restore", *as_keeper, "-d", after, dump)
        assert symbol not in said("status", folder)

        trio.pause(*PARTIES[1:])
        trio.start(FIRST)
        assert trio.status(FIRST)["signs"] != "yes"
        trio.resume(*PARTIES[1:])
        trio.rest()
        assert trio.status(FIRST)["signs"] == "yes"
        assert acknowledged <= trio.names(FIRST)
        consult(trio, 2)
        trio.rest()
    finally:
        trio.close()


def test_nodes_killed_at_random_moments_lose_nothing_acknowledged(
    server: Server, tmp_path: Path
) -> None:
    report = kill(2, 2027, tmp_path, {party: server.new() for party in PARTIES})
    assert report.faults == []
    assert report.acknowledged > 0
    assert report.kills >= 2


def nowhere(server: Server, place: Path) -> str:
    return f"postgresql:///record?host={place}"


def ascii_only(server: Server, place: Path) -> str:
    return server.new("-T", "template0", "-E", "SQL_ASCII", "--locale=C")


def somebody_else_s(server: Server, place: Path) -> str:
    address = server.new()
    with psycopg.connect(address, autocommit=True) as it:
        it.execute("CREATE ROLE guest LOGIN")
        it.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    return server.address(f"record{server.databases}", "guest")


def full(server: Server, place: Path) -> str:
    address = server.new()
    with psycopg.connect(address, autocommit=True) as it:
        it.execute("CREATE TABLE recipes (name TEXT)")
    return address


FAULTS: dict[str, tuple[Callable[[Server, Path], str], str]] = {
    "nowhere": (nowhere, "Is the server running"),
    "ascii": (ascii_only, "encoding is SQL_ASCII; expected UTF8"),
    "guest": (somebody_else_s, "permission denied for schema public"),
    "full": (full, "this database is not a record"),
    "password": (lambda *_: "postgresql://a:secret@host/record", "holds a password"),
}


def test_a_database_that_does_not_do_is_named_in_one_line(server: Server, tmp_path: Path) -> None:
    make_three(tmp_path / "nodes")
    for name, (made, sentence) in FAULTS.items():
        folder = Path(shutil.copytree(tmp_path / "nodes", tmp_path / name)) / FIRST
        set_in(folder, listen="http://127.0.0.1:0", database=made(server, tmp_path))
        line = refused(folder)
        assert sentence in line, name
        assert "secret" not in line
        assert not (folder / "record.db").exists()
