from __future__ import annotations

from pathlib import Path

import pytest

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter

REPOSITORY = Path(__file__).parents[2]


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.fixture(scope="session")
def trilateral_text() -> str:
    return _read(REPOSITORY / "charters" / "trilateral.toml")


@pytest.fixture(scope="session")
def five_text() -> str:
    return _read(REPOSITORY / "src" / "architrave" / "sim" / "rivers.toml")


@pytest.fixture(scope="session")
def trilateral(trilateral_text: str) -> Charter:
    return parse_charter(trilateral_text, "trilateral.toml")


@pytest.fixture(scope="session")
def five(five_text: str) -> Charter:
    return parse_charter(five_text, "five.toml")
