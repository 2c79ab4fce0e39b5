"""Whatever is wrong with a folder is said in one sentence, and nothing changes."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from folders import CHARTER, PARTIES, copy_of, fingerprint, free_urls, make_three
from typer.testing import CliRunner

from architrave.cli.main import app
from architrave.node.folder import Folder, Token

FIRST = PARTIES[0]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("founded")
    make_three(root, free_urls())
    return root


@pytest.fixture
def root(founded: Path, tmp_path: Path) -> Path:
    return copy_of(founded, tmp_path / "nodes")


def refused(*words: str) -> str:
    """Run a verb that must fail with one sentence and exit status 2; returns the sentence."""
    result = CliRunner().invoke(app, [*words])
    said = result.stderr.strip()
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert said.endswith(".")
    assert "\n" not in said
    assert "Traceback" not in said
    return said


def write(name: str, data: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return change


def gone(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).unlink()

    return change


def folder_at(name: str) -> Callable[[Path], None]:
    """A folder where a file should be cannot be read, whoever asks."""

    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return change


def setting(**values: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        settings = json.loads((folder / "node.json").read_text(encoding="utf-8")) | values
        (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")

    return change


def swap_keys(folder: Path) -> None:
    shutil.copy(folder / "keys" / "cosigner.key", folder / "keys" / "node.key")


def open_key(folder: Path) -> None:
    (folder / "keys" / "node.key").chmod(0o644)


def later_format(folder: Path) -> None:
    text = (folder / "charter.toml").read_text(encoding="utf-8")
    changed = text.replace("\nformat = 1\n", "\nformat = 9\n")
    assert changed != text
    (folder / "charter.toml").write_text(changed, encoding="utf-8")


def other_charter(folder: Path) -> None:
    with (folder / "charter.toml").open("a", encoding="utf-8") as file:
        file.write("# one line more\n")


def no_token(folder: Path) -> None:
    (folder.parent / "tokens" / folder.name).unlink()


def bad_token(folder: Path) -> None:
    (folder.parent / "tokens" / folder.name).write_text("07 root\n", encoding="ascii")


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "no node": (gone("node.json"), "no node lives here"),
    "settings are no JSON": (write("node.json", b"{"), "node.json: not JSON"),
    "settings are no object": (write("node.json", b"[]"), "node.json: expected an object"),
    "settings are not UTF-8": (write("node.json", b"\xff"), "node.json: not UTF-8 at byte 0"),
    "no language of the charter": (
        setting(language="xx"),
        "node.json: language: expected one of ko, ja, en, found 'xx'",
    ),
    "no party": (setting(party=7), "node.json: party: expected text"),
    "a stranger": (setting(party="NONE"), "knows no party 'NONE'"),
    "a bad address": (setting(addresses={FIRST: "http://[::1"}), "address 'http://[::1'"),
    "a bad port": (setting(addresses={FIRST: "http://a:99999"}), "address 'http://a:99999'"),
    "an encrypted address": (setting(listen="https://a.invalid"), "listens without encryption"),
    "hosts": (setting(hosts="all"), "hosts: expected a list"),
    "not founded": (gone("founding.json"), "not founded yet"),
    "founding is a folder": (folder_at("founding.json"), "founding.json: cannot be read"),
    "founding is cut": (write("founding.json", b'{"founding":'), "founding.json: JSON"),
    "no charter": (gone("charter.toml"), "the charter is missing"),
    "charter is not UTF-8": (write("charter.toml", b"a = '\xff'"), "charter.toml: not UTF-8"),
    "charter does not check": (later_format, "the charter does not check"),
    "another charter": (other_charter, "not the one that the founding names"),
    "wrong keys": (swap_keys, "node.key: not the key that the founding names"),
    "no key": (gone("keys/node.key"), "node.key: the key is missing"),
    "a key of letters": (write("keys/cosigner.key", b"zz\n"), "cosigner.key: expected a key"),
    "a key for all": (open_key, "others than its owner may read this key (mode 644)"),
    "token missing": (no_token, "the token is missing"),
    "token corrupt": (bad_token, "expected a size and a root"),
    "token inside": (setting(token="token"), "the token lies inside the folder"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_folder_with_a_fault_does_not_run(name: str, root: Path) -> None:
    change, sentence = FAULTS[name]
    folder = root / FIRST
    change(folder)
    before = fingerprint(root)
    assert sentence in refused("node", "run", str(folder))
    assert fingerprint(root) == before


def test_a_folder_in_use_does_not_run_twice(root: Path) -> None:
    folder = Folder(root / FIRST)
    with folder.locked():
        before = fingerprint(root)
        assert "another process runs this node" in refused("node", "run", str(folder.path))
        assert "another process" in refused("node", "found", str(folder.path), str(CHARTER))
        assert fingerprint(root) == before


def test_a_copy_does_not_run_beside_its_original(root: Path) -> None:
    folder = Folder(root / FIRST)
    copied = copy_of(folder.path, root / "copy")
    with folder.locked(), folder.token().locked():
        before = fingerprint(root)
        assert "holds the token" in refused("node", "run", str(copied))
        assert fingerprint(root) == before


def test_a_port_that_is_taken_is_named(root: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        setting(listen=url)(root / FIRST)
        before = fingerprint(root / FIRST)
        assert f"{url}: the address cannot be used" in refused("node", "run", str(root / FIRST))
        assert fingerprint(root / FIRST) == before


def test_a_test_clock_needs_a_time(root: Path) -> None:
    clock = root / "clock"
    clock.write_text("noon", encoding="ascii")
    said = refused("node", "run", str(root / FIRST), "--clock", str(clock))
    assert "expected a time in milliseconds" in said


def test_a_token_that_is_there_is_not_lost(root: Path) -> None:
    assert "the token is there" in refused("node", "run", str(root / FIRST), "--token-lost")


# -- databases: in processes of their own, because Django is configured once in a process -------


def other_institution(database: Path) -> None:
    change(database, "UPDATE belongs SET institution = 'f00d'")


def later_version(database: Path) -> None:
    change(
        database,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('node', '0999_later', '')",
    )


def no_database(database: Path) -> None:
    database.write_bytes(b"These are minutes, but not ours. " * 100)


def another_table(database: Path) -> None:
    database.unlink()
    change(database, "CREATE TABLE accounts (name TEXT)")


def damaged_line(database: Path) -> None:
    change(database, "UPDATE entry SET data = CAST(replace(data, 'log', 'lag') AS BLOB)")


def missing_line(database: Path) -> None:
    change(database, "DELETE FROM entry WHERE n = 0")


def change(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(sql)


DATABASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "another-institution": (other_institution, "the record of another institution (f00d"),
    "a-later-version": (later_version, "a later version of this program (it has 0999_later)"),
    "no-database": (no_database, "cannot be read as a record"),
    "another-program": (another_table, "this database is not a record"),
    "a-damaged-line": (damaged_line, "the stored record is damaged"),
    "a-missing-line": (missing_line, "the stored record is damaged"),
}


@pytest.mark.slow
def test_a_database_with_a_fault_is_left_as_it_is(
    root: Path, stored: Callable[[Path], None]
) -> None:
    started = {}
    for name, (spoil, _) in DATABASES.items():
        nodes = copy_of(root, root.parent / name)
        stored(nodes / FIRST)
        spoil(nodes / FIRST / "record.db")
        setting(listen="http://127.0.0.1:0")(nodes / FIRST)
        before = fingerprint(nodes / FIRST)
        command = [sys.executable, "-m", "architrave.cli.main", "node", "run", nodes / FIRST]
        started[name] = nodes, before, subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for name, (nodes, before, process) in started.items():
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.count("\n")) == (2, 1), said
        assert DATABASES[name][1] in said
        assert fingerprint(nodes / FIRST) == before, name


# -- making and founding ------------------------------------------------------------------------


def init(folder: Path, **changed: str) -> list[str]:
    options = {
        "party": FIRST,
        "domain": "council.invalid",
        "url": "http://127.0.0.1:8701",
        "charter": str(CHARTER),
        "token": str(folder.parent / "token"),
    } | changed
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return ["node", "init", str(folder), *words]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"party": "NONE"}, "the charter knows no party 'NONE'"),
        ({"domain": "Council of three"}, "domain 'Council of three'"),
        ({"url": "council.invalid"}, "expected http:// or https:// and a host"),
        ({"url": "http://a b"}, "printable ASCII without spaces"),
        ({"url": "http://name@a.invalid"}, "expected a host, a port and a path"),
        ({"listen": "ftp://a"}, "expected http:// or https:// and a host"),
        ({"charter": "nowhere.toml"}, "nowhere.toml: the charter is missing"),
    ],
)
def test_a_node_is_not_made_from_what_does_not_check(
    changed: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    assert sentence in refused(*init(tmp_path / "node", **changed))
    assert list(tmp_path.iterdir()) == []


def test_a_node_is_not_made_in_a_folder_with_files(tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()
    (tmp_path / "node" / "letter").write_text("keep me", encoding="utf-8")
    before = fingerprint(tmp_path)
    assert "the folder is not empty" in refused(*init(tmp_path / "node"))
    assert fingerprint(tmp_path) == before


def test_a_node_is_not_made_at_a_file(tmp_path: Path) -> None:
    (tmp_path / "node").write_text("keep me", encoding="utf-8")
    assert "cannot be used as a folder" in refused(*init(tmp_path / "node"))


def test_a_token_is_not_made_inside_the_folder(tmp_path: Path) -> None:
    said = refused(*init(tmp_path / "node", token=str(tmp_path / "node" / "token")))
    assert "must lie outside the folder" in said
    assert list(tmp_path.iterdir()) == []


def test_a_token_is_not_taken_from_another_node(tmp_path: Path) -> None:
    Token(tmp_path / "token").begin()
    assert "a token lies there already" in refused(*init(tmp_path / "node"))
    assert not (tmp_path / "node").exists()


def test_what_a_node_keeps_is_for_its_owner_alone(root: Path) -> None:
    folder = root / FIRST
    private = [folder, folder / "keys", *(folder / "keys").iterdir(), root / "tokens" / FIRST]
    assert [one for one in private if one.stat().st_mode & 0o077] == []


def test_a_charter_that_cannot_be_read_founds_nothing(tmp_path: Path) -> None:
    charter = tmp_path / "charter.toml"
    charter.mkdir()
    said = refused(*init(tmp_path / "node", charter=str(charter)))
    assert "charter.toml: cannot be read" in said
