"""What a node of an earlier format left is opened by today's code, says the same, and goes on."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from world import seed

from architrave.charter.parse import parse_charter
from architrave.institution import acts
from architrave.institution.digest import state_digest
from architrave.institution.opening import PublicReader
from architrave.institution.state import Admitted
from architrave.node import migrations
from architrave.node.folder import Token, write_key
from architrave.node.rows import read_rows
from architrave.peer.carrying import read_carrier
from architrave.peer.peer import Keys, Peer
from architrave.peer.startup import require_whole
from architrave.record import b64
from architrave.record.audit import audit
from architrave.record.founding import read_founding
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

HERE = Path(__file__).parent
FORMATS = sorted(HERE.glob("format-*"), key=lambda one: int(one.name.removeprefix("format-")))
BODY = "BASIN"
every = pytest.mark.parametrize("place", FORMATS, ids=lambda place: place.name)


def expected(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place / "expected.json").read_text(encoding="utf-8"))
    return found


def opened(place: Path) -> Peer:
    """The peer of the stored record, as today's code reads it."""
    founding = read_founding((place / "founding.json").read_bytes())
    charter = parse_charter((place / "charter.toml").read_text(encoding="utf-8"), "charter.toml")
    party = expected(place)["party"]
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((place / "record.sql").read_text(encoding="utf-8"))
        stored = read_rows(database.cursor(), Token(place / "token").read())
    keys = Keys(PrivateKey(seed(party, "node")), PrivateKey(seed(party, "cosigner")))
    peer = Peer(founding, charter, party, keys, stored)
    require_whole(peer, stored)
    return peer


@every
def test_the_record_is_read_to_the_same_state(place: Path) -> None:
    peer, said = opened(place), expected(place)
    assert state_digest(peer.state, peer.view()) == said["state"]
    assert {log: one.branch.size for log, one in peer.replicas.items()} == said["sizes"]
    assert not peer.restored
    assert not peer.reader.waiting


@every
def test_it_goes_on_with_one_more_line(place: Path) -> None:
    peer, said = opened(place), expected(place)
    peer.tick(said["now"] + 1_000)
    founding, party = peer.founding, said["party"]
    key = PrivateKey(seed(party, BODY, "officer"))
    words = {language: "words" for language in peer.state.charter.languages}
    act = acts.Deposited(
        party=party,
        seat=peer.state.charter.body(BODY).seat_of(party).id,
        key=key.public.text,
        at=said["now"] + 1_000,
        to=sorted(founding.origins),
        title=words,
        digest="5e" * 32,
        source="s",
    )
    sealed = SealedAct(bytes(32), sign_act(acts.document_of(act), founding.id, key))
    verdicts = [one.verdict for one in peer.command(1, sealed) if hasattr(one, "verdict")]
    assert [type(one) for one in verdicts] == [Admitted]


@every
def test_an_export_of_it_is_audited_without_a_fault(place: Path) -> None:
    text = (place / "export.json").read_text(encoding="utf-8")
    files = {path: b64.decode(data) for path, data in json.loads(text).items()}
    found = audit(files.get, lambda: list(files), PublicReader)
    assert not found.faults
    assert {log.origin: log.signed_size for log in found.logs}.items() <= (
        expected(place)["sizes"].items()
    )


@every
def test_a_carrier_file_of_it_is_read(place: Path) -> None:
    founding = read_founding((place / "founding.json").read_bytes())
    said = expected(place)
    carrier = read_carrier((place / "carrier").read_bytes(), founding, said["carrier_for"])
    assert founding.member(carrier.sender).name == said["party"]
    assert carrier.word is not None


def laid_out(place: Path, root: Path) -> tuple[Path, str]:
    """A node's folder as that version left it, and the address at which it will answer."""
    said, folder = expected(place), root / "node"
    folder.mkdir()
    for name in ("founding.json", "charter.toml"):
        (folder / name).write_bytes((place / name).read_bytes())
    for role in ("node", "cosigner"):
        write_key(folder / "keys" / f"{role}.key", seed(said["party"], role))
    with closing(sqlite3.connect(folder / "record.db")) as database:
        database.executescript((place / "record.sql").read_text(encoding="utf-8"))
        database.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY AUTOINCREMENT,"
            " app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied datetime NOT NULL)"
        )
        rows = [("node", name, "2026-11-25") for name in said["migrations"]]
        database.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows
        )
        database.commit()
    (folder / "record.db").chmod(0o600)
    (folder / "lock").touch()
    token = root / "token"
    token.write_bytes((place / "token").read_bytes())
    token.with_name("token.lock").touch()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    founding = read_founding((place / "founding.json").read_bytes())
    settings = {
        "party": said["party"],
        "domain": founding.domain,
        "url": url,
        "token": str(token),
        "addresses": {
            one.name: url if one.name == said["party"] else "http://127.0.0.1:9"
            for one in founding.members
        },
    }
    (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder, url


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.slow
@every
def test_a_real_node_starts_on_it_and_says_the_same(place: Path, tmp_path: Path) -> None:
    folder, url = laid_out(place, tmp_path)
    clock = tmp_path / "clock"
    clock.write_text(str(expected(place)["now"]), encoding="utf-8")
    command = [sys.executable, "-m", "architrave.cli.main", "node", "run", str(folder)]
    running = subprocess.Popen(
        [*command, "--clock", str(clock)], stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert running.stderr is not None
        first = running.stderr.readline()  # it says where it listens, or why it does not start
        assert "listens at" in first, first
        status = httpx.get(f"{url}/peer/status", timeout=20, trust_env=False).json()
        assert status["state"] == expected(place)["state"]
        assert (
            status["sizes"].items()
            >= {
                log: size
                for log, size in expected(place)["sizes"].items()
                if not log.startswith(expected(place)["party"].lower())
            }.items()
        )
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=30)
    assert running.returncode == 0


def test_every_format_that_is_written_today_has_a_record_here() -> None:
    """Whoever changes a table adds a folder: docs/upgrading.md says how."""
    latest = expected(FORMATS[-1])
    folder = Path(next(iter(migrations.__path__)))
    assert latest["migrations"] == sorted(one.stem for one in folder.glob("[0-9]*.py"))
    assert set(latest["kinds"]) <= set(acts.KINDS)
