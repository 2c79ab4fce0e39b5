"""Backups: whole to the last bit, taken while the node runs, and brought back as an old copy."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from folders import fingerprint
from processes import PARTIES, Trio
from typer.testing import CliRunner
from world import load_charter

from architrave.cli.main import app
from architrave.node.backup import check_backup
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.record.sealing import SealedAct

BODY = load_charter().bodies[0].id
A, B, C = PARTIES


def typed(*words: object, status: int = 0) -> str:
    # Whoever runs the tests may have played the demonstration: its capitals would be known.
    apart = {"XDG_STATE_HOME": os.devnull}
    result = CliRunner().invoke(app, [str(word) for word in words], env=apart)
    assert result.exit_code == status, result.output
    return " ".join((result.stdout + result.stderr).split())


def names_in(trio: Trio, folder: Path) -> set[str]:
    return {SealedAct(salt, data).name for salt, data in trio.stored(B, folder).acts}


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory):
    trio = Trio(tmp_path_factory.mktemp("three"))
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
        yield trio
    finally:
        trio.close()


@pytest.fixture(scope="module")
def backup(trio: Trio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a node that runs."""
    place = tmp_path_factory.mktemp("backups") / "first"
    said = typed("node", "backup", trio.folders[B], place)
    assert "No key is in it" in said
    return place


@pytest.mark.slow
def test_a_backup_holds_the_record_and_neither_keys_nor_token(trio: Trio, backup: Path) -> None:
    names = {file.relative_to(backup).as_posix() for file in backup.rglob("*") if file.is_file()}
    assert names == {
        "backup.json", "charter.toml", "founding.json", "node.json", "record.db", "request.json",
        "signature.json",
    }  # fmt: skip
    assert {file.stat().st_mode & 0o077 for file in (backup, backup / "record.db")} == {0}
    assert check_backup(backup).lines == trio.status(B)["sizes"][trio.founding.named(B).origin]
    lying = b"".join(file.read_bytes() for file in backup.rglob("*") if file.is_file())
    for key in (trio.folders[B] / "keys").glob("*.key"):
        assert key.read_bytes().strip() not in lying


@pytest.mark.slow
def test_one_flipped_bit_anywhere_is_refused_with_the_files_name(
    trio: Trio, backup: Path, tmp_path: Path
) -> None:
    draw = random.Random(5)
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    check_backup(copy)
    for file in sorted(file for file in copy.rglob("*") if file.is_file()):
        data = file.read_bytes()
        for at in {0, len(data) - 1, *(draw.randrange(len(data)) for _ in range(12))}:
            changed = bytearray(data)
            changed[at] ^= 1 << draw.randrange(8)
            file.write_bytes(changed)
            with pytest.raises(FolderFault, match=file.name):
                check_backup(copy)
        file.write_bytes(data)
        file.rename(tmp_path / "away")
        with pytest.raises(FolderFault, match=file.name):
            check_backup(copy)
        (tmp_path / "away").rename(file)
    (copy / "more").write_bytes(b"x")
    before = fingerprint(tmp_path)
    said = typed("node", "restore", copy, tmp_path / "new", "--keys", trio.folders[B] / "keys",
                 status=2)  # fmt: skip
    assert said == f"{copy / 'more'}: this file is no part of the backup."
    assert fingerprint(tmp_path) == before


@pytest.mark.slow
def test_what_cannot_be_brought_back_is_refused_and_nothing_is_written(
    trio: Trio, backup: Path, tmp_path: Path
) -> None:
    keys = trio.folders[B] / "keys"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    for words, expected in (
        ([backup, tmp_path / "new"], "the backup holds no keys; name the folder with node.key"),
        ([backup, tmp_path / "new", "--keys", trio.folders[A] / "keys"], "not the key that the"),
        ([backup, tmp_path / "new", "--keys", tmp_path / "none"], "there is no such folder"),
        ([tmp_path / "none", tmp_path / "new", "--keys", keys], "no backup lies here"),
        ([trio.folders[B], tmp_path / "new", "--keys", keys], "no backup lies here"),
        ([backup, tmp_path / "full", "--keys", keys], "expected a new or an empty folder"),
        ([backup, tmp_path / "new", "--keys", keys, "--token", tmp_path / "new" / "t"],
         "must lie outside the folder"),
    ):  # fmt: skip
        before = fingerprint(tmp_path)
        assert expected in typed("node", "restore", *words, status=2)
        assert fingerprint(tmp_path) == before
    assert "expected a new or an empty" in typed(
        "node", "backup", trio.folders[B], tmp_path / "full", status=2
    )
    assert "no node lives there" in typed("node", "backup", tmp_path, tmp_path / "b", status=2)
    assert not (tmp_path / "b").exists()


@pytest.mark.slow
def test_keys_are_backed_up_only_when_asked_for_and_it_is_said(
    trio: Trio, backup: Path, tmp_path: Path
) -> None:
    said = typed("node", "backup", trio.folders[A], tmp_path / "all", "--with-keys")
    assert "THE KEYS ARE IN IT" in said
    kept = tmp_path / "all" / "keys" / "node.key"
    assert kept.read_bytes() == (trio.folders[A] / "keys" / "node.key").read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    typed("node", "restore", tmp_path / "all", tmp_path / "again")
    assert Folder(tmp_path / "again").key("node").public == trio.founding.named(A).node_key
    assert "bring no others" in typed(
        "node", "restore", tmp_path / "all", tmp_path / "more", "--keys", kept.parent, status=2
    )


@pytest.mark.slow
@pytest.mark.parametrize("token_lost", [True, False], ids=["machine lost", "disk lost"])
def test_a_restored_node_refuses_to_sign_refills_and_signs_again(
    trio: Trio, tmp_path: Path, token_lost: bool
) -> None:
    place = tmp_path / "backup"
    typed("node", "backup", trio.folders[B], place)
    fields = {"title": dict.fromkeys(trio.charter.languages, "a later paper"), "source": "archive"}
    later = [trio.give(B, "deposited", BODY, digest=f"{n:064x}", **fields) for n in range(3)]
    trio.rest()
    assert trio.processes[B].end(signal.SIGTERM) == 0
    old_token = Folder(trio.folders[B]).token().path
    new, keys = tmp_path / "again", trio.folders[B] / "keys"
    where = [] if token_lost else ["--token", old_token]
    said = typed("node", "restore", place, new, "--keys", keys, *where)
    assert "it signs nothing until every other capital has told" in said
    assert Folder(new).restored
    # One of the others cannot be asked: however much the other tells, nothing is signed.
    trio.pause(C)
    trio.start(B, folder=new)
    trio.tick()
    data = trio.act(B, "deposited", BODY, digest="f" * 64, **fields)
    status, value = trio.post(B, data)
    assert (status, value["stored"]) == (409, False)
    assert value["reason"].startswith("this is an old copy of the node's folder")
    trio.resume(C)
    found = trio.rest()
    assert [one["stopped"] for one in found] == [[], [], []]
    status, value = trio.post(B, data)
    assert (status, value["admitted"]) == (200, True), value
    assert set(later) <= names_in(trio, new)
    trio.rest()
    assert not Folder(new).restored
    assert Folder(new).token().read() is not None
    # From here on it is a node like any other.
    assert trio.processes[B].end(signal.SIGTERM) == 0
    trio.folders[B] = new
    trio.pause(A, C)
    trio.start(B)
    assert trio.status(B)["signs"] == "yes"
    trio.resume(A, C)
    trio.rest()


@pytest.mark.slow
def test_a_backup_has_no_byte_of_what_was_erased_before_it(trio: Trio, tmp_path: Path) -> None:
    words = "a sentence that a law wants gone"
    fields = {"title": dict.fromkeys(trio.charter.languages, words), "source": words}
    name = trio.give(A, "deposited", BODY, digest="0" * 64, **fields)
    trio.rest()
    typed("node", "backup", trio.folders[B], tmp_path / "before")
    trio.give(A, "erased", BODY, act=name, cause="law")
    trio.rest()
    trio.tick(61_000)
    trio.rest()
    for party in PARTIES:
        folder = trio.folders[party]
        assert words.encode() not in b"".join(
            file.read_bytes() for file in folder.rglob("*") if file.is_file()
        ), party
        with closing(sqlite3.connect(f"{(folder / 'record.db').as_uri()}?mode=ro", uri=True)) as it:
            assert it.execute("SELECT count(*) FROM tombstone").fetchone() == (1,)
    typed("node", "backup", trio.folders[B], tmp_path / "after")
    for name, has in (("before", True), ("after", False)):
        data = (tmp_path / name / "record.db").read_bytes()
        assert (words.encode() in data) is has
    # An old backup brings the words back, and the node erases them again.
    assert trio.processes[B].end(signal.SIGTERM) == 0
    keys, token = trio.folders[B] / "keys", Folder(trio.folders[B]).token().path
    new = tmp_path / "again"
    typed("node", "restore", tmp_path / "before", new, "--keys", keys, "--token", token)
    assert isinstance(Token(token).read(), tuple)
    trio.start(B, folder=new)
    trio.folders[B] = new
    trio.rest()
    trio.tick(61_000)
    trio.rest()
    assert words.encode() not in b"".join(
        file.read_bytes() for file in new.rglob("*") if file.is_file()
    )
