"""Real records for tests of the export: three peers that wrote, released, sealed and forked."""

from __future__ import annotations

import functools
import json
import sqlite3
from pathlib import Path

from world import ROOT, World, seed

from architrave.institution import acts
from architrave.institution.acts import document_of
from architrave.institution.opening import PublicReader
from architrave.institution.state import Admitted
from architrave.node.files import published
from architrave.node.folder import write_key
from architrave.node.migrations import __name__ as migrations_package
from architrave.peer.effects import Answer, Send
from architrave.record.audit import audit
from architrave.record.export import export_files
from architrave.record.findings import Audit
from architrave.record.founding import sign_founding
from architrave.record.sealing import SealedAct, sign_act

CHARTER = (ROOT / "charters" / "trilateral.toml").read_bytes()
BODY = "TDC"

Files = dict[str, bytes]


def deposit(world: World, party: str, words: str, to: list[str]) -> str:
    return world.act(
        party,
        BODY,
        acts.Deposited,
        to=to,
        title=world.words(words),
        digest=seed(words).hex(),
        source="an archive",
    )


def release(world: World, party: str, name: str) -> str:
    return world.act(party, BODY, acts.Released, to=["public"], act=name)


def written(mldsa: bool = False) -> World:
    """A world in which each party wrote something public, and two sealed something for two."""
    world = World(mldsa=mldsa)
    world.open(BODY)
    first, second, third = world.parties
    deposit(world, first, "a public paper", ["public"])
    for_two = sorted([world.origin(first), world.origin(second)])
    deposit(world, first, "sealed for two", for_two)
    kept = deposit(world, second, "sealed, then released", world.everyone())
    deposit(world, third, "sealed for all", world.everyone())
    world.settle()
    release(world, second, kept)
    world.settle()
    return world


@functools.cache
def usual() -> World:
    """One such world for all tests that only read it."""
    return written()


def founding_file(world: World) -> bytes:
    return sign_founding(world.founding, world.party_keys)


def export(world: World, party: str) -> Files:
    return dict(export_files(published(world.peers[party], CHARTER, founding_file(world))))


@functools.cache
def usual_export(party: str) -> Files:
    """The export of one party; whoever changes it makes a copy first."""
    return export(usual(), party)


def audited(files: Files, trusted: bytes | None = None, *, listing: bool = True) -> Audit:
    return audit(files.get, (lambda: list(files)) if listing else None, PublicReader, trusted)


def places(found: Audit) -> list[str]:
    return [fault.place for fault in found.faults]


def act_holding(world: World, party: str, name: str) -> SealedAct:
    """An act that a party holds, by its name."""
    for act in world.peers[party].reader.acts.values():
        if acts.name_of(acts.act_of(act.document)) == name:
            return act
    raise KeyError(name)


def two_faced() -> World:
    """A world in which the first party showed each of the others another history of its log."""
    world = World()
    world.open(BODY)
    liar, left, right = world.parties
    twin = world.boot(liar)
    twin.tick(world.now)
    world.cut = {(liar, right), (right, liar), (left, right), (right, left)}
    deposit(world, liar, "one face", ["public"])
    world.settle()
    key = world.officer(liar, BODY)
    act = acts.Deposited(
        party=liar,
        seat=world.charter.body(BODY).seat_of(liar).id,
        key=key.public.text,
        at=world.now + 1_000,
        to=["public"],
        title=world.words("the other face"),
        digest=seed("the other face").hex(),
        source="an archive",
    )
    sealed = SealedAct(seed("salt of the twin"), sign_act(document_of(act), world.founding.id, key))
    effects = twin.command(1, sealed)
    answers = [one for one in effects if isinstance(one, Answer)]
    assert isinstance(answers[0].verdict, Admitted), answers
    for effect in effects:
        if isinstance(effect, Send) and effect.to == world.origin(right):
            world.perform(right, world.peers[right].receive(world.origin(liar), effect.message))
    world.settle()
    world.cut = {(liar, right), (right, liar), (left, liar), (liar, left)}
    world.settle()
    # What is named of a stopped log is fetched when the checkpoints are told again.
    world.tick(61_000)
    world.settle()
    return world


def node_folder(world: World, party: str, folder: Path) -> Path:
    """The folder that the party's node would have left: its keys, its settings and its database."""
    folder.mkdir(parents=True)
    settings = {"party": party, "token": str(folder.parent / f"{party}.token")}
    (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "charter.toml").write_bytes(CHARTER)
    (folder / "founding.json").write_bytes(founding_file(world))
    mldsa = world.founding.named(party).mldsa_key is not None
    for name in ["node", "cosigner"] + (["mldsa"] if mldsa else []):
        write_key(folder / "keys" / f"{name}.key", seed(party, name))
    stored = world.disks[party].stored
    notes = {
        "checkpoint": stored.notes,
        "witnessed": stored.witnessed,
        "proof": stored.proofs,
        "cosigned": stored.cosigned,
    }
    with sqlite3.connect(folder / "record.db") as database:
        database.executescript(_tables())
        database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            [(one.origin, one.branch, one.n, one.data) for one in stored.entries],
        )
        database.executemany(
            "INSERT INTO act VALUES (?, ?, ?)",
            [(SealedAct(salt, data).seal, salt, data) for salt, data in stored.acts],
        )
        database.executemany(
            "INSERT INTO note VALUES (?, ?, ?)",
            [(kind, origin, data) for kind, held in notes.items() for origin, data in held.items()],
        )
    database.close()
    return folder


def _tables() -> str:
    from importlib import import_module

    names = ("0001_record", "0002_tombstones")
    return "".join(import_module(f"{migrations_package}.{name}").TABLES for name in names)
