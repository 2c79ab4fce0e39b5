"""Which node a verb means: a folder, or a capital of the demonstration that runs here."""

from __future__ import annotations

import os
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.node.errors import FolderFault
from architrave.portal.composing.parties import party_named

__all__ = ["demo_folder", "node_folder"]


def demo_folder() -> Path:
    """Where the demonstration keeps its three folders, unless it is told otherwise."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "architrave" / "demo"


def node_folder(name: str) -> Path:
    """The folder of a node, from its path or from a capital's name in the demonstration.

    A capital is named by its party's id, its short name or its city, in any of the charter's
    languages. FolderFault if there is no such node.
    """
    path = Path(name)
    if (path / "node.json").is_file():
        return path
    root = demo_folder()
    charter = _charter_in(root)
    if charter is not None:
        party = party_named(charter, name)
        if party is not None:
            return root / party.id
        known = ", ".join(charter.party(one).capital["en"] for one in charter.order("en"))
        raise FolderFault(
            f"{name}: neither a node's folder nor a capital of the demonstration ({known})."
        )
    raise FolderFault(
        f"{name}: no node lives there, and no demonstration has been played here; "
        "`architrave demo` plays one."
    )


def _charter_in(root: Path) -> Charter | None:
    for file in sorted(root.glob("*/charter.toml")):
        return parse_charter(file.read_text(encoding="utf-8"), file.name)
    return None
