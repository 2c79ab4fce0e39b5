"""The folders that the verbs look at: written once for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from cli_nodes import lay_out
from cli_scenes import BODIES, Scene, played

from architrave.cli import look
from architrave.cli.reading import Reading, read_folder


@pytest.fixture(scope="session")
def scene() -> Scene:
    return played()


@pytest.fixture(scope="session")
def state_home(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("state")
    lay_out(scene.world, home / "architrave" / "demo", *BODIES)
    return home


@pytest.fixture(scope="session")
def read_once() -> Callable[[Path], Reading]:
    return cache(read_folder)


@pytest.fixture
def demo(
    state_home: Path, read_once: Callable[[Path], Reading], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The three nodes as those of a demonstration, so that capitals name them; each folder is read
    once for all tests, since no verb changes what it reads."""
    monkeypatch.setenv("XDG_STATE_HOME", str(state_home))
    monkeypatch.setattr(look, "read_folder", read_once)
    return state_home / "architrave" / "demo"
