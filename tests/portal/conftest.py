"""Pages of the peers of a world, through Django's own test client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from founding_files import charter_text, founding_file
from world import ROOT, World

from architrave.institution.register import Register, read_register
from architrave.node.configure import configure, settings_for
from architrave.node.runtime import Runtime, install
from architrave.portal.data.data_kept import make

APPS = ("architrave.portal",)
URLS = "architrave.cli.urls"


@pytest.fixture(scope="session")
def register() -> Register:
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    return read_register(files, frozenset({"KOR", "JPN", "USA"}))


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that no page may touch: it does not exist."""
    return tmp_path_factory.mktemp("portal") / "none" / "node.sqlite3"


@pytest.fixture
def portal(nowhere: Path) -> Iterator[None]:
    """Django with the pages, whatever another test of this process configured before."""
    configure(nowhere, URLS, APPS)
    wanted = settings_for(nowhere, URLS, APPS)
    del wanted["DATABASES"]
    with override_settings(**wanted):
        yield


@dataclass
class Screen:
    """The pages of one party's node in a world."""

    world: World
    party: str
    register: Register | None
    started: int = 0
    packs: bool = True
    """Whether the dump of the present state is made first, as a node's own thread would."""
    beside: object = None

    def answer(self, address: str, **headers: str) -> HttpResponse:
        peer = self.world.peers[self.party]
        addresses = {one: f"http://{one.lower()}.example:4001" for one in self.world.parties}
        runtime = Runtime(peer, lambda: self.world.now, refuse, self.register, addresses)
        runtime.charter_text = charter_text(self.world)
        runtime.founding_file = founding_file(self.world)
        runtime.started = self.started
        runtime.beside = self.beside
        install(runtime)
        if self.packs and ("/data" in address or "dump" in address):
            make(runtime)
        return client(**headers).get(address)

    def page(self, address: str, status: int = 200) -> str:
        response = self.answer(address)
        assert response.status_code == status, address
        return response.content.decode("utf-8")


_chains: dict[object, tuple[object, ...]] = {}


def client(**headers: str) -> Client:
    """A reader without cookies. The middleware is made once for all that are set up alike.

    What Django makes for each client looks at every static file, which takes longer than a page.
    """
    alike = tuple(
        repr(getattr(settings, name))
        for name in ("ROOT_URLCONF", "INSTALLED_APPS", "MIDDLEWARE", "STATIC_ROOT", "STORAGES")
    )
    found = Client(headers=headers)
    kept = ("_middleware_chain", "_view_middleware", "_template_response_middleware")
    kept += ("_exception_middleware",)
    if alike in _chains:
        for name, value in zip(kept, _chains[alike], strict=True):
            setattr(found.handler, name, value)
    else:
        found.handler.load_middleware()
        _chains[alike] = tuple(getattr(found.handler, name) for name in kept)
    return found


def refuse(_act: object) -> None:
    raise AssertionError("a page gave the node an act")


@pytest.fixture
def screen(portal: None, register: Register) -> Callable[..., Screen]:
    def of(world: World, party: str = "", with_register: bool = True) -> Screen:
        return Screen(world, party or world.parties[0], register if with_register else None)

    return of
