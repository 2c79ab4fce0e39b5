"""The two files that a node of a world was founded with."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from world import ROOT, World

from architrave.record.founding import sign_founding

CHARTERS = (*sorted((ROOT / "charters").glob("*.toml")), ROOT / "src/architrave/sim/rivers.toml")


@cache
def _texts() -> dict[str, str]:
    texts = [path.read_text(encoding="utf-8") for path in CHARTERS]
    return {sha256(text.encode()).hexdigest(): text for text in texts}


def charter_text(world: World) -> str:
    return _texts()[world.charter.digest]


def founding_file(world: World) -> bytes:
    return sign_founding(world.founding, world.party_keys)
