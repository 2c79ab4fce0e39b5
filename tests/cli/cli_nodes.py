"""Real node folders, written from what the peers of a `World` have stored; and a terminal."""

from __future__ import annotations

import importlib
import json
import sqlite3
from pathlib import Path

from typer.testing import CliRunner, Result
from world import ROOT, World, found, seed

from architrave.cli.main import app
from architrave.node.folder import Folder, Token, write_key
from architrave.node.founders import ROLES, Seeds, make_node
from architrave.record.founding import DEMONSTRATION_DOMAIN, Founding, sign_founding
from architrave.record.tombstones import read_tombstone

TABLES = "".join(
    importlib.import_module(f"architrave.node.migrations.{name}").TABLES
    for name in ("0001_record", "0002_tombstones")
)


def lay_out(world: World, root: Path, *bodies: str) -> dict[str, Path]:
    """Write each party's node into a folder below root, as its own process would have left it.

    The officers' keys in the given bodies lie in the folders too.
    """
    _, keys = found(world.charter)
    founding = world.founding
    signed = sign_founding(
        Founding(DEMONSTRATION_DOMAIN, world.charter.digest, True, founding.members), keys
    )
    folders = {}
    for member in founding.members:
        folder = root / member.name
        roles = (seed(member.name, role) for role in ROLES)
        make_node(
            folder,
            member.name,
            ROOT / "charters" / "trilateral.toml",
            DEMONSTRATION_DOMAIN,
            member.url,
            root / f"{member.name}.token",
            Seeds(*roles),
        )
        (folder / "founding.json").write_bytes(signed)
        settings = json.loads((folder / "node.json").read_text(encoding="utf-8"))
        # Nobody listens there: these nodes do not run.
        settings["addresses"] = dict.fromkeys(world.parties, "http://127.0.0.1:9")
        (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
        for body in bodies:
            seat = world.charter.body(body).seat_of(member.name).id.replace("/", ".")
            place = folder / "keys" / "officers" / f"{seat}.key"
            write_key(place, seed(member.name, body, "officer"))
        _store(world, member.name, folder)
        folders[member.name] = folder
    return folders


def _store(world: World, party: str, folder: Path) -> None:
    stored = world.disks[party].stored
    database = sqlite3.connect(Folder(folder).database)
    database.executescript("PRAGMA journal_mode=WAL;" + TABLES)
    with database:
        database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            [(one.origin, one.branch, one.n, one.data) for one in stored.entries],
        )
        database.executemany(
            "INSERT INTO act VALUES (?, ?, ?)",
            [(bytes([place % 256]) * 8 + str(place).encode(), salt, data)
             for place, (salt, data) in enumerate(stored.acts)],
        )  # fmt: skip
        database.executemany(
            "INSERT INTO tombstone VALUES (?, ?)",
            [(read_tombstone(data).seal, data) for data in stored.tombstones],
        )
        kinds = {
            "checkpoint": stored.notes,
            "witnessed": stored.witnessed,
            "proof": stored.proofs,
        }
        for kind, notes in kinds.items():
            rows = [(kind, origin, data) for origin, data in notes.items()]
            database.executemany("INSERT INTO note VALUES (?, ?, ?)", rows)
    database.close()
    if stored.token is not None:
        Token(folder.with_name(f"{party}.token")).write(*stored.token)


def run(*words: object) -> Result:
    """Type a command; its result has `exit_code`, `stdout` and `stderr`."""
    return CliRunner().invoke(app, [str(word) for word in words])


def said(*words: object, code: int = 0) -> str:
    """What a command says on standard output, on one line; demands its exit status."""
    result = run(*words)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return " ".join(result.stdout.split())


def fault(*words: object) -> str:
    """The sentence with which a command is refused, exit status 2; nothing else may be said."""
    result = run(*words)
    assert result.exit_code == 2, (result.exit_code, result.stdout, result.exception)
    assert result.stdout == ""
    return str(result.stderr).strip()


def value(*words: object, code: int = 0):  # type: ignore[no-untyped-def]
    """The JSON value of a command."""
    result = run(*words, "--json")
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return json.loads(result.stdout)
