"""Writes what a node of today's format leaves behind, to be opened by every later version.

`python tests/upgrade/make.py FOLDER` writes a new folder; one that exists is never written anew: it
is what an earlier version wrote. The parties, their charter and their keys are invented.
"""

# The tests' own modules are found only once their folder is on the path.
# ruff: noqa: E402

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "institution"), str(HERE.parents[1])]

from world import World, seed

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.digest import state_digest
from architrave.node import migrations
from architrave.node.files import published
from architrave.node.token import Token
from architrave.peer.carrying import carried_for, carrier_files
from architrave.record import b64
from architrave.record.export import export_files
from architrave.record.founding import sign_founding
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import read_tombstone
from architrave.sim.agenda import ways
from architrave.sim.rivers import rivers

CHARTER = HERE.parents[1] / "src" / "architrave" / "sim" / "rivers.toml"
BODY = "BASIN"


def migrations_here() -> list[str]:
    """The names of the record's migrations, in order."""
    folder = Path(next(iter(migrations.__path__)))
    return sorted(one.stem for one in folder.glob("[0-9]*.py"))


def lived() -> World:
    """A matter in force, a consultation, an erasure, a rotation: something of everything."""
    world = World(rivers(5))
    world.open(BODY)
    first, second, *_ = world.parties
    way = ways(world.charter, BODY, "decide")[0]
    words = world.words("a text")
    wording = acts.Wording(words, words, way.instrument, way.nature)
    symbol = f"{BODY}/2027/{first}/1"
    matter = world.act(
        first, BODY, acts.Tabled, symbol=symbol, body=BODY, article=way.article, wording=wording
    )
    world.settle()
    for party in world.parties:
        world.act(
            party, BODY, acts.Positioned, matter=matter, version=matter, position=Position.CONCUR
        )
    world.settle()
    paper = world.act(
        second, BODY, acts.Deposited, title=world.words("a paper"), digest="5e" * 32, source="s"
    )
    world.settle()
    world.act(second, BODY, acts.Erased, act=paper, cause="law")
    world.settle(70)
    world.rotate(second)
    return world


def rows_of(world: World, party: str, place: Path) -> None:
    """The database of a party's node, as SQL."""
    stored = world.disks[party].stored
    database = sqlite3.connect(":memory:")
    for name in migrations_here():
        module = __import__(f"architrave.node.migrations.{name}", fromlist=["TABLES"])
        database.executescript(module.TABLES)
    entries = [(one.origin, one.branch, one.n, one.data) for one in stored.entries]
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
    kept = [(SealedAct(*one).seal, *one) for one in stored.acts]
    database.executemany("INSERT INTO act VALUES (?, ?, ?)", kept)
    stones = [(read_tombstone(one).seal, one) for one in stored.tombstones]
    database.executemany("INSERT INTO tombstone VALUES (?, ?)", stones)
    kinds = {
        "checkpoint": stored.notes,
        "witnessed": stored.witnessed,
        "cosigned": stored.cosigned,
        "proof": stored.proofs,
        "title": stored.titles,
    }
    for kind, notes in kinds.items():
        rows = [(kind, origin, data) for origin, data in notes.items()]
        database.executemany("INSERT INTO note VALUES (?, ?, ?)", rows)
    database.execute("INSERT INTO belongs VALUES (?)", [world.founding.id])
    database.commit()
    place.write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")


def write(folder: Path) -> None:
    """Write the folder."""
    folder.mkdir()
    world = lived()
    first, second, *_ = world.parties
    founding, charter = sign_founding(world.founding, world.party_keys), CHARTER.read_bytes()
    (folder / "founding.json").write_bytes(founding)
    (folder / "charter.toml").write_bytes(charter)
    rows_of(world, first, folder / "record.sql")
    token = world.disks[first].stored.token
    assert token is not None
    Token(folder / "token").write(*token)
    peer = world.peers[first]
    files = dict(export_files(published(peer, charter, founding)))
    export = {path: b64.encode(data) for path, data in sorted(files.items())}
    (folder / "export.json").write_text(json.dumps(export, indent=0) + "\n", encoding="utf-8")
    other = world.origin(second)
    found = carried_for(peer, other, None, 500_000)
    key = PrivateKey(seed(first, "node"))
    (carrier,) = carrier_files(world.founding, key, peer.origin, other, peer.now, found, 1_000_000)
    (folder / "carrier").write_bytes(carrier)
    said = {
        "party": first,
        "carrier_for": other,
        "now": peer.now,
        "migrations": migrations_here(),
        "kinds": sorted(acts.KINDS),
        "state": state_digest(peer.state, peer.view()),
        "sizes": {log: one.branch.size for log, one in sorted(peer.replicas.items())},
    }
    (folder / "expected.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
