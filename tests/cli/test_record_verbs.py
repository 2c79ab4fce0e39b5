"""`export`, `verify` and `tamper` at a terminal, over folders and over the web."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from exports import export, founding_file, node_folder, two_faced, usual, usual_export
from typer.testing import CliRunner, Result
from world import World, load_charter

from architrave.cli.main import app
from architrave.cli.tampering import What, tamper
from architrave.node.errors import NodeError

PARTIES = usual().parties


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def started(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: Django is configured once in a process."""
    return subprocess.run(
        [sys.executable, "-m", "architrave.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", **settings},
    )


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return written(tmp_path / "record", usual_export(PARTIES[0]))


@pytest.fixture
def founding(tmp_path: Path) -> Path:
    file = tmp_path / "founding.json"
    file.write_bytes(founding_file(usual()))
    return file


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return node_folder(usual(), PARTIES[0], tmp_path_factory.mktemp("nodes") / PARTIES[0])


@pytest.fixture
def site(record: Path, tmp_path: Path) -> Iterator[str]:
    """The record behind an address, as any web server would show it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


# -- verify -----------------------------------------------------------------------------------


def test_a_good_record_ends_with_0_and_says_the_sizes(record: Path, founding: Path) -> None:
    result = call("verify", record, "--founding", founding)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("DEMO: made for a demonstration. Its signatures mean nothing.")
    assert result.output.count("cosigned by all") == 3
    assert "5 entries, 2 open here, 3 sealed" in result.output
    assert result.output.rstrip().endswith("as the capitals of this founding signed it.")
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_without_a_founding_all_is_checked_and_the_end_is_3(record: Path) -> None:
    result = call("verify", record)
    assert result.exit_code == 3
    assert "It fits together." in result.output
    assert "pass --founding" in " ".join(result.output.split())
    path = next(record.glob("*/tile/0/*/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert call("verify", record).exit_code == 1


def test_a_changed_byte_ends_with_1_and_the_exact_place(record: Path, founding: Path) -> None:
    path = next(record.glob(f"{PARTIES[1].lower()}/tile/entries/*/*"))
    data = path.read_bytes()
    at = data.index(b'"n":3,') + 4
    path.write_bytes(data[:at] + b"4" + data[at + 1 :])
    result = call("verify", record, "--founding", founding)
    place = f"FAULT: {path.relative_to(record).as_posix()} entry 3: it is not the entry"
    assert result.exit_code == 1
    assert place in result.output
    assert "NOT GOOD: 1 fault." in result.output


def test_a_verdict_as_json(record: Path, founding: Path) -> None:
    result = call("verify", record, "--founding", founding, "--json")
    value = json.loads(result.output)
    assert (result.exit_code, value["verdict"], value["trusted"]) == (0, "good", True)
    assert value["demonstration"] is True
    assert [log["party"] for log in value["logs"]] == PARTIES
    assert all(log["cosigned_size"] == log["signed_size"] for log in value["logs"])
    (record / "more.txt").write_text("more")
    value = json.loads(call("verify", record, "--json").output)
    assert value["verdict"] == "fault"
    assert value["faults"] == [
        {"place": "more.txt", "message": "this file is no part of the export."}
    ]


def test_with_a_state_only_what_is_new_is_read(
    record: Path, founding: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    first = call("verify", record, "--founding", founding, "--state", state)
    assert first.exit_code == 0, first.output
    assert "not again" not in first.output
    written_then = state.read_bytes()
    again = call("verify", record, "--founding", founding, "--state", state)
    said = " ".join(again.output.split())
    assert again.exit_code == 0
    assert f"not again: {PARTIES[0]} 8 lines, {PARTIES[1]}" in said
    assert "checking without --state shows it." in said
    assert max(len(line) for line in again.output.splitlines()) <= 80
    assert state.read_bytes() == written_then
    value = json.loads(call("verify", record, "--state", state, "--json").output)
    assert value["read_before"][PARTIES[0]] == 8


def test_a_state_stays_as_it_was_after_a_fault(record: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    (record / "more.txt").write_text("more")
    assert call("verify", record, "--state", state).exit_code == 1
    assert not state.exists()
    (record / "more.txt").unlink()
    assert call("verify", record, "--state", state).exit_code == 3
    before = state.read_bytes()
    (record / "more.txt").write_text("more")
    assert call("verify", record, "--state", state).exit_code == 1
    assert state.read_bytes() == before


def test_a_state_that_does_not_match_is_refused_with_one_sentence(
    record: Path, tmp_path: Path
) -> None:
    state, other = tmp_path / "state", tmp_path / "other"
    for data in (b"", b"{}\n", b"\xff"):
        state.write_bytes(data)
        result = call("verify", record, "--state", state)
        assert result.exit_code == 2
        assert f"{state}: it is no state of an audit, or is damaged" in result.output
        assert state.read_bytes() == data
    state.unlink()
    call("verify", record, "--state", state)
    world = World(load_charter("src/architrave/sim/rivers.toml"))
    world.open("BASIN")
    world.settle()
    result = call("verify", written(other, export(world, world.parties[0])), "--state", state)
    assert result.exit_code == 2
    assert result.output.startswith(f"{state}: it is of institution")
    assert result.output.count("\n") == 1


def test_two_histories_are_told(tmp_path: Path) -> None:
    world = two_faced()
    folder = written(tmp_path / "record", export(world, PARTIES[1]))
    result = call("verify", folder)
    assert result.exit_code == 1
    assert "signed two histories" in result.output
    assert "these are claims only" in result.output


@pytest.mark.parametrize("what", ["link", "folder", "pipe", "link to a folder"])
def test_what_is_no_plain_file_is_a_fault(what: str, record: Path, tmp_path: Path) -> None:
    path = record / PARTIES[0].lower() / "checkpoint.signed"
    if what == "link":
        path.symlink_to(record / PARTIES[0].lower() / "checkpoint")
    elif what == "folder":
        (path / "inner").mkdir(parents=True)
        (path / "inner" / "more").write_text("more")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path)
    result = call("verify", record)
    assert result.exit_code == 1
    assert f"FAULT: {PARTIES[0].lower()}/checkpoint.signed" in result.output


def test_a_name_that_would_move_the_cursor_is_shown_as_letters(record: Path) -> None:
    (record / "a\x1b[2Jb\nc").write_text("more")
    (record / os.fsdecode(b"\xff")).write_text("more")
    result = call("verify", record)
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "a\\x1b[2Jb\\nc" in result.output
    assert json.loads(call("verify", record, "--json").output)["verdict"] == "fault"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nowhere"], "nowhere: there is no such folder"),
        (["ftp://elm.invalid"], "expected a folder, or an address that begins with http"),
        (["http://"], "expected a folder, or an address that begins with http"),
        (["http://127.0.0.1:1"], "nobody answers there"),
        (["{record}", "--founding", "{record}/charter.toml"], "JSON: "),
        (["{record}", "--founding", "nowhere"], "No such file"),
    ],
)
def test_bad_usage_ends_with_2_and_one_sentence(
    words: list[str], expected: str, record: Path
) -> None:
    result = CliRunner().invoke(app, ["verify", *(word.format(record=record) for word in words)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_record_on_the_web_is_checked_file_by_file(
    site: str, record: Path, founding: Path
) -> None:
    result = call("verify", site, "--founding", founding)
    assert result.exit_code == 0, result.output
    assert "3 open here" in result.output
    path = next(path for path in sorted(record.glob("acts/*")) if b"released" in path.read_bytes())
    path.write_bytes(path.read_bytes() + b" ")
    assert call("verify", f"{site}/", "--founding", founding).exit_code == 1


def test_an_address_that_answers_otherwise_is_no_verdict(site: str, record: Path) -> None:
    (record / "founding.json").unlink()
    (record / "founding.json").mkdir()
    result = call("verify", site)
    assert result.exit_code == 2
    assert "expected the file" in result.stderr


def test_nothing_of_a_node_is_needed(record: Path, founding: Path, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from architrave.cli.main import app\n"
        "try:\n    app(sys.argv[1:])\n"
        "finally:\n"
        "    from django.conf import settings\n"
        "    sys.exit(4 if settings.configured else None)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, "verify", str(record), "--founding", str(founding)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "nobody")},
    )
    assert result.returncode == 0, result.stderr
    assert "Good." in result.stdout
    assert result.stderr == ""


# -- export -----------------------------------------------------------------------------------


def test_an_export_holds_what_the_node_serves(node: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "record"
    result = started("export", node, folder)
    assert result.returncode == 0, result.stderr
    assert "`architrave verify" in " ".join(result.stdout.split())
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == usual_export(PARTIES[0])
    assert [path.name for path in folder.parent.iterdir()] == ["record"]
    assert call("verify", folder, "--founding", node / "founding.json").exit_code == 0


def test_an_export_into_an_empty_folder_as_json(node: Path, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    result = started("export", node, folder, "--json")
    assert json.loads(result.stdout) == {
        "folder": str(folder),
        "files": len(usual_export(PARTIES[0])),
    }


def test_an_export_never_writes_over_anything(node: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    for folder in (tmp_path, tmp_path / "letter.txt"):
        result = call("export", node, folder)
        assert result.exit_code == 2
        assert "expected a new or an empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    result = call("export", tmp_path, tmp_path / "new")
    assert result.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_a_record_that_has_not_begun_is_not_exported(tmp_path: Path) -> None:
    folder = node_folder(World(), PARTIES[0], tmp_path / PARTIES[0])
    result = started("export", folder, tmp_path / "record")
    assert result.returncode == 2
    assert "once every capital has begun its book" in " ".join(result.stderr.split())
    assert not (tmp_path / "record").exists()


# -- tamper -----------------------------------------------------------------------------------


def rows(folder: Path) -> list[object]:
    with sqlite3.connect(folder / "record.db") as database:
        found = [database.execute(f"SELECT * FROM {name}").fetchall() for name in ("entry", "act")]
        notes = database.execute("SELECT * FROM note").fetchall()
    database.close()
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = [path.read_bytes() for path in files if not path.name.startswith("record.db")]
    return [*found, notes, texts]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("entry", "hold another text"),
        ("act", "is sealed over another text"),
        ("tile", "give another fingerprint"),
        ("checkpoint", "itself signed another checkpoint"),
        ("cosignature", "did not sign this"),
    ],
)
def test_a_changed_byte_is_shown_and_noticed(what: str, said: str, node: Path) -> None:
    before = rows(node)
    result = started("tamper", node, "--what", what, "--seed", "7")
    assert result.returncode == 0, result.stderr
    plain = " ".join(result.stdout.split())
    assert plain.startswith("One byte of ")
    assert "was changed, in a copy: byte" in plain
    assert "Noticed: " in plain
    assert said in plain
    assert plain.endswith("The record itself is as it was.")
    assert rows(node) == before
    for line in result.stdout.splitlines():
        assert len(line) <= 80 or " " not in line.strip()


def test_a_tampering_as_json_names_the_byte_and_depends_on_the_seed(node: Path) -> None:
    first, again, other = (
        json.loads(started("tamper", node, "--seed", seed, "--json").stdout)
        for seed in ("1", "1", "2")
    )
    assert first == again != other
    assert first["noticed"] is True
    assert first["old"] != first["new"]
    assert usual_export(PARTIES[0])[first["path"]][first["byte"]] == first["old"]
    assert first["faults"][0]["place"].startswith(first["path"])


def test_the_capital_is_named_by_the_charter(node: Path, tmp_path: Path) -> None:
    home = tmp_path / "architrave" / "demo"
    home.parent.mkdir()
    home.symlink_to(node.parent, target_is_directory=True)
    result = started("tamper", "tokyo", "--seed", "3", XDG_STATE_HOME=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "of Tokyo's minute book was changed" in " ".join(result.stdout.split())
    assert "Noticed: Seoul and Washington hold another text" in " ".join(result.stdout.split())
    result = started("tamper", "atlantis", XDG_STATE_HOME=str(tmp_path))
    assert result.returncode == 2


def test_a_kind_that_is_not_there_is_refused() -> None:
    held, world = usual_export(PARTIES[0]), usual()
    files = {path: data for path, data in held.items() if not path.startswith("acts/")}
    with pytest.raises(NodeError, match="holds no act"):
        tamper(files, world.founding, world.charter, PARTIES[0], What.ACT, 1)
