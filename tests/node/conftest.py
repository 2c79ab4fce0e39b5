"""Django on a database of one's own, and one real keeper among the peers of a world."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import override_settings
from keepers import KeptNode
from postgres import Server, Use, served
from world import ROOT, World

from architrave.node.configure import configure, may_write, migrate, settings_for
from architrave.node.databases import django_database
from architrave.node.folder import Token
from architrave.node.runtime import install
from architrave.node.signing import Nonces, RequestVerifier
from architrave.record.founding import sign_founding

URLS = "architrave.cli.urls"


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the record's tables and nothing in them."""
    database = tmp_path_factory.mktemp("node") / "empty.db"
    configure(database, URLS)
    may_write()
    with _pointed_at(database):
        migrate()
    return database


@pytest.fixture
def database(empty_record: Path, tmp_path: Path) -> Iterator[Path]:
    """A database of this test's own, which Django uses."""
    place = tmp_path / "record.db"
    shutil.copy(empty_record, place)
    settings = settings_for(place, URLS, ("architrave.portal",))
    del settings["DATABASES"]
    with _pointed_at(place), override_settings(**settings):
        yield place


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server; skips where none can be had."""
    with served() as it:
        yield it


@pytest.fixture
def use(tmp_path: Path) -> Iterator[Use]:
    """Leads Django's connections, of all threads, to a record."""
    configure(tmp_path / "unused.db", URLS)
    may_write()
    before = connections.settings["default"]

    def lead(settings: dict[str, object]) -> None:
        connection.close()
        connections.settings = {"default": settings}
        connections.settings = connections.configure_settings(connections.settings)
        del connections["default"]

    yield lambda record: lead(django_database(record))
    lead(before)


class _pointed_at:
    """Django's connections, of all threads, lead to this database."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._before = ""

    def __enter__(self) -> None:
        connection.close()
        self._before = str(connections.settings["default"]["NAME"])
        connections.settings["default"]["NAME"] = str(self._database)
        connection.settings_dict["NAME"] = str(self._database)

    def __exit__(self, *_fault: object) -> None:
        connection.close()
        connections.settings["default"]["NAME"] = self._before
        connection.settings_dict["NAME"] = self._before


@pytest.fixture
def world() -> World:
    world = World()
    world.open()
    return world


@pytest.fixture
def kept(world: World, database: Path, tmp_path: Path) -> Iterator[KeptNode]:
    """The first party's node: a real keeper on a real database, with what its peer had stored."""
    node = KeptNode(world, world.parties[0], Token(tmp_path / "outside" / "token"))
    node.store_what_the_world_stored()
    yield node
    node.stop()


@pytest.fixture
def stored(database: Path) -> Callable[[Path], None]:
    """Puts a record of a few lines, and the token that goes with it, into a node's folder."""
    world = World(mldsa=True)
    world.open()
    token = Token(database.with_name("token"))
    KeptNode(world, world.parties[0], token).store_what_the_world_stored()
    connection.close()

    def store(folder: Path) -> None:
        shutil.copy(database, folder / "record.db")
        (folder / "record.db").chmod(0o600)
        shutil.copy(token.path, folder.parent / "tokens" / folder.name)

    return store


@pytest.fixture
def door(kept: KeptNode) -> KeptNode:
    """The same node with its web door open; its keeper runs."""
    # Its views are part of Django's configuration, which a fixture made.
    from architrave.node import http

    keeper = kept.run()
    install(keeper.runtime)
    url = kept.world.founding.member(kept.origin).url
    verifier = RequestVerifier(kept.world.known_keys, kept.origin, url, Nonces())
    signed = sign_founding(kept.world.founding, kept.world.party_keys)
    charter = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")
    http.open_door(http.Door(keeper, verifier, charter, signed))
    return kept
