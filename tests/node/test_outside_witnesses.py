"""Witnesses from outside: what they cosign, what a node does with it, what a reader checks."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from cli_nodes import fault, said, value
from folders import PARTIES
from processes import Trio
from world import World, seed

from architrave.node.errors import FolderFault, FolderInUse
from architrave.node.folder import Folder
from architrave.node.observer import Observer, make_observer
from architrave.node.witnesses import witnesses_in
from architrave.record.checkpoints import Checkpoint, parse_checkpoint, sign_checkpoint
from architrave.record.cosignatures import verify_cosignature
from architrave.record.keys import PrivateKey
from architrave.record.notes import (
    KeyType,
    NoteKey,
    format_note,
    parse_note,
    parse_signature_lines,
    parse_vkey,
)
from architrave.record.observing import SIZE_TYPE
from architrave.record.tree import Tree, leaf_hash
from architrave.record.witness import format_add_checkpoint

LOG = "a.demo.invalid/log/1"
KEY = PrivateKey(seed("log"))
LOG_KEY = NoteKey(LOG, KeyType.NOTE, KEY.public.raw)
NAME = "archive.demo.invalid/witness"


def tree_of(*lines: bytes) -> Tree:
    tree = Tree()
    for line in lines:
        tree.append(leaf_hash(line))
    return tree


LINES = tuple(b"line %d" % number for number in range(40))


def request(tree: Tree, old: int, size: int, key: PrivateKey = KEY, origin: str = LOG) -> bytes:
    checkpoint = Checkpoint(origin, size, tree.root(size))
    note = format_note(checkpoint.text, [sign_checkpoint(checkpoint, key)])
    proof = tree.consistency(old, size) if 0 < old < size else []
    return format_add_checkpoint(old, proof, note)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "observer"
    make_observer(folder, NAME, "http://127.0.0.1:1", [LOG_KEY], seed("witness"))
    return folder


# -- the observer ---------------------------------------------------------------------------------


def test_it_cosigns_what_grows_and_says_so_with_its_time(place: Path) -> None:
    observer, tree = Observer(place, lambda: 1_800_000_000.5), tree_of(*LINES)
    for old, size in ((0, 1), (1, 1), (1, 7), (7, 40)):
        reply = observer.add_checkpoint(request(tree, old, size))
        assert reply.status == 200, reply
        [line] = parse_signature_lines(reply.body)
        text = Checkpoint(LOG, size, tree.root(size)).text
        assert verify_cosignature(text, line, observer.vkey) == 1_800_000_000
    held = observer.held(LOG)
    assert held is not None
    assert parse_checkpoint(parse_note(held).text).size == 40


@pytest.mark.parametrize(
    ("body", "status", "said_"),
    [
        (b"", 400, "expected an empty line"),
        (request(tree_of(*LINES), 0, 3, origin="b.demo.invalid/log/1"), 404, "no log"),
        (request(tree_of(*LINES), 0, 3, key=PrivateKey(seed("other"))), 403, ""),
        (request(tree_of(*LINES), 9, 12), 409, "5"),
        (request(tree_of(*LINES), 0, 12), 409, "5"),
        (request(tree_of(b"other", *LINES), 5, 12), 422, ""),
        (request(tree_of(b"other", *LINES), 5, 5), 422, ""),
        (request(tree_of(*LINES), 5, 3), 400, "larger"),
    ],
)
def test_it_refuses_and_keeps_what_it_held(
    place: Path, body: bytes, status: int, said_: str
) -> None:
    observer = Observer(place)
    assert observer.add_checkpoint(request(tree_of(*LINES), 0, 5)).status == 200
    before = observer.held(LOG)
    reply = observer.add_checkpoint(body)
    assert reply.status == status, reply
    assert said_ in reply.body.decode()
    if status == 409:
        assert (reply.kind, reply.body) == (SIZE_TYPE, b"5\n")
    assert observer.held(LOG) == before


def test_a_second_history_is_refused_by_the_next_process_too(place: Path) -> None:
    assert Observer(place).add_checkpoint(request(tree_of(*LINES), 0, 9)).status == 200
    again = Observer(place)
    other = tree_of(*LINES[:4], b"another", *LINES[5:])
    assert again.add_checkpoint(request(other, 9, 12)).status == 422
    assert again.add_checkpoint(request(other, 4, 12)).status == 409
    assert again.add_checkpoint(request(tree_of(*LINES), 9, 12)).status == 200


def test_of_two_histories_asked_for_at_once_one_is_cosigned(place: Path) -> None:
    observer = Observer(place)
    assert observer.add_checkpoint(request(tree_of(*LINES), 0, 4)).status == 200
    faces = [tree_of(*LINES[:4], b"face %d" % number, *LINES[5:]) for number in range(6)]
    together, found = threading.Barrier(len(faces)), []

    def ask(tree: Tree) -> None:
        together.wait()
        found.append(observer.add_checkpoint(request(tree, 4, 12)).status)

    threads = [threading.Thread(target=ask, args=(one,)) for one in faces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [200, *[409] * (len(faces) - 1)]


def test_one_process_at_a_time(place: Path) -> None:
    with Observer(place).locked(), pytest.raises(FolderInUse), Observer(place).locked():
        pass


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": "red"}, "expected the fields listen, logs, name"),
        ({"logs": "x"}, "logs: expected a list of vkeys"),
        ({"logs": ["x"]}, "logs: vkey: expected a name"),
        ({"logs": [LOG_KEY.text] * 2}, "stands there twice"),
        ({"name": 3}, "name and listen: expected text"),
    ],
)
def test_settings_that_do_not_do_are_named(
    place: Path, change: dict[str, object], sentence: str
) -> None:
    file = place / "witness.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(settings | change), encoding="utf-8")
    with pytest.raises(FolderFault, match=sentence):
        Observer(place)


# -- a node that names witnesses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("witnesses", "sentence"),
    [
        ("x", "expected an address for each witness's key"),
        ({"x": "http://a"}, "witnesses: vkey: expected a name"),
        ({LOG_KEY.text: "http://a"}, "is none that cosigns"),
        ({NoteKey(NAME, KeyType.COSIGNATURE, bytes(32)).text: "ftp://a"}, "expected http://"),
    ],
)
def test_what_node_json_says_of_witnesses_is_checked(
    tmp_path: Path, witnesses: object, sentence: str
) -> None:
    (tmp_path / "node.json").write_text(json.dumps({"witnesses": witnesses}), encoding="utf-8")
    with pytest.raises(FolderFault, match=sentence):
        witnesses_in(Folder(tmp_path))


class Outside:
    """An observer in a process of its own."""

    def __init__(self, root: Path, founding: Path, url: str) -> None:
        self.folder, self.url = root / "outside", url
        self.vkey = said(
            "witness", "init", self.folder, "--name", NAME, "--founding", founding, "--listen", url
        ).split()[-1]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "architrave.cli.main", "witness", "run", str(self.folder)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        assert "listens at" in self.process.stderr.readline()

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait(60) == -signal.SIGKILL

    def sizes(self) -> dict[str, int]:
        lines = httpx.get(self.url, trust_env=False).text.splitlines()
        told = [line.split(": ") for line in lines if line.endswith("lines cosigned")]
        return {origin: int(size.split()[0]) for origin, size in told}


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    it = Trio(tmp_path / "trio")
    yield it
    it.close()


def until(true: Callable[[], bool]) -> None:
    for _ in range(20_000):
        if true():
            return
    raise AssertionError("it never comes to that")


def free_url() -> str:
    import socket

    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{it.getsockname()[1]}"


def test_a_node_is_witnessed_from_outside_and_a_reader_checks_it(
    trio: Trio, tmp_path: Path
) -> None:
    party = PARTIES[1]
    folder = trio.folders[party]
    outside = Outside(tmp_path, folder / "founding.json", free_url())
    settings = json.loads((folder / "node.json").read_text(encoding="utf-8"))
    settings["witnesses"] = {outside.vkey: outside.url}
    (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
    trio.start(*PARTIES)
    trio.open("SEC")
    own = trio.founding.named(party).origin

    def told() -> dict[str, object]:
        found: dict[str, object] = trio.status(party)["witnesses"][NAME]
        return found

    try:
        # Nobody waits for a witness that is not there, and the node says that it is not.
        until(lambda: bool(told()["fault"]))
        assert told()["lines"] == 0
        assert "the last question failed" in said("node", "status", folder)
        outside.start()
        trio.rest()
        until(lambda: told()["lines"] == trio.status(party)["sizes"][own])
        before = outside.sizes()[own]
        assert before == told()["lines"]
        assert told()["fault"] == ""
        early = tmp_path / "early"
        said("export", folder, early)
        # Killed under load, it goes on from what it had told.
        for number in range(6):
            text = {one: f"{number}" for one in trio.charter.languages}
            trio.give(party, "deposited", "SEC", title=text, digest="5e" * 32, source="s")
            if number == 3:
                outside.kill()
        outside.start()
        assert outside.sizes()[own] >= before
        trio.rest()
        until(lambda: told()["lines"] == trio.status(party)["sizes"][own])
        assert outside.sizes()[own] == told()["lines"]
        trio.kill(party)  # and the node remembers who has cosigned what
        trio.start(party)
        assert int(str(told()["lines"])) > before
        _check_exports(folder, early, tmp_path, outside.vkey)
    finally:
        outside.kill()


def _check_exports(folder: Path, early: Path, tmp_path: Path, vkey: str) -> None:
    founding = ["--founding", folder / "founding.json"]
    late = tmp_path / "late"
    said("export", folder, late)
    own = folder.name.lower()
    [note] = late.glob(f"{own}/witness.*")
    assert note.name == f"witness.{parse_vkey(vkey).key_id.hex()}"
    good = said("verify", late, *founding, "--witness", vkey)
    assert f"{NAME} " in good
    assert "has cosigned" in good
    told = said("verify", late, *founding)
    assert "is said to have cosigned" in told
    stranger = NoteKey("else.invalid/w", KeyType.COSIGNATURE, PrivateKey(seed("w")).public.raw)
    lacking = value("verify", late, *founding, "--witness", stranger.text, code=1)
    assert "has attested no log" in lacking["faults"][0]["message"]
    # The same name and key ID would need the same key; a changed line does not hold.
    data = bytearray(note.read_bytes())
    data[-20] ^= 1
    note.write_bytes(bytes(data))
    assert value("verify", late, *founding, "--witness", vkey, code=1)["faults"]
    # A record that has fewer lines than a witness has attested has lost some.
    short = next(early.glob(f"{own}/witness.*"))
    said("export", folder, tmp_path / "whole")
    short.write_bytes(next((tmp_path / "whole").glob(f"{own}/witness.*")).read_bytes())
    missing = value("verify", early, *founding, "--witness", vkey, code=1)
    assert "lines are missing" in missing["faults"][0]["message"]
    assert "--witness: vkey" in fault("verify", late, "--witness", "nonsense")


def test_a_log_that_was_rewritten_is_told_by_what_was_attested(tmp_path: Path) -> None:
    """All three capitals write other books; whoever kept a witness's note sees it."""
    from exports import audited, export

    world = World()
    world.open()
    files = dict(export(world, world.parties[0]))
    member = world.founding.members[0]
    branch = world.peers[member.name].history.main(member.origin)
    other = tree_of(*[b"x%d" % n for n in range(branch.size)])
    checkpoint = Checkpoint(member.origin, branch.size - 1, other.root(branch.size - 1))
    own = sign_checkpoint(checkpoint, PrivateKey(seed(member.name, "node")))
    observer_place = tmp_path / "w"
    make_observer(observer_place, NAME, "http://127.0.0.1:1", [member.log_key], seed("w"))
    observer = Observer(observer_place)
    note = format_note(checkpoint.text, [own])
    reply = observer.add_checkpoint(format_add_checkpoint(0, [], note))
    path = f"{member.name.lower()}/witness.{observer.vkey.key_id.hex()}"
    files[path] = note + reply.body
    [found] = audited(files).faults
    assert found.place == path
    assert "this log has been rewritten" in found.message
