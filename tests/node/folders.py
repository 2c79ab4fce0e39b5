"""Three nodes' folders, founded from fixed keys, and what lies in a folder before and after."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
from pathlib import Path

from world import ROOT, load_charter, seed

from architrave.node.founders import ROLES, Seeds, make_node
from architrave.node.founders import found as found_step
from architrave.record.founding import DEMONSTRATION_DOMAIN

CHARTER = ROOT / "charters" / "trilateral.toml"
PARTIES = load_charter().party_ids


def seeds_of(party: str) -> Seeds:
    """The keys of `world`, so that a world and three folders are one institution's."""
    return Seeds(*(seed(party, role) for role in ROLES))


def make_three(root: Path, urls: dict[str, str] | None = None) -> dict[str, Path]:
    """Three founded folders; by default with the addresses of `world`, so of its very founding."""
    folders = {party: root / party for party in PARTIES}
    for party, folder in folders.items():
        make_node(
            folder,
            party,
            CHARTER,
            DEMONSTRATION_DOMAIN,
            f"http://{party.lower()}.invalid",
            Path("..") / "tokens" / party,
            seeds_of(party),
        )
        if urls is not None:
            settings = json.loads((folder / "node.json").read_text(encoding="utf-8"))
            settings["addresses"] = urls
            (folder / "node.json").write_text(json.dumps(settings), encoding="utf-8")
    files = [folder / "request.json" for folder in folders.values()]
    for folder in folders.values():
        step = found_step(folder, files)
        files.append(folder / "signature.json")
    assert not step.waiting
    for folder in folders.values():
        found_step(folder, files)
    return folders


def free_urls() -> dict[str, str]:
    """Addresses on this machine that nobody used a moment ago."""
    holding = [socket.socket() for _ in PARTIES]
    for one in holding:
        one.bind(("127.0.0.1", 0))
    urls = {
        party: f"http://127.0.0.1:{one.getsockname()[1]}"
        for party, one in zip(PARTIES, holding, strict=True)
    }
    for one in holding:
        one.close()
    return urls


def fingerprint(*places: Path) -> dict[str, str]:
    """Every file below these places: its mode and the digest of its bytes."""
    files = [one for place in places for one in [place, *sorted(place.rglob("*"))]]
    return {
        str(one): f"{one.stat().st_mode:o} "
        + (hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "-")
        for one in files
        if one.exists()
    }


def copy_of(folder: Path, place: Path) -> Path:
    return Path(shutil.copytree(folder, place))
