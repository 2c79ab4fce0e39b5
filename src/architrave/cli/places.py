"""Which node a verb means: a folder, or a capital of the demonstration that runs here."""

from __future__ import annotations

import os
from pathlib import Path

from architrave.charter.model import Charter, Party
from architrave.charter.parse import parse_charter
from architrave.node.errors import FolderFault

__all__ = ["demo_folder", "node_folder", "party_named", "party_names"]


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


def party_named(charter: Charter, name: str) -> Party | None:
    """The party of this id, name or capital city in any language; None if none is."""
    wanted = name.strip().casefold()
    for party in charter.parties:
        if wanted in {one.casefold() for one in party_names(charter, party)}:
            return party
    return None


def party_names(charter: Charter, party: Party) -> tuple[str, ...]:
    """Every name by which people call a party: id, short and full names, its capital.

    The last word of a full name of several words counts too, unless another party's ends alike.
    """
    last = [one.full[code].split()[-1] for one in charter.parties for code in one.full]
    ends = [text.split()[-1] for text in party.full.values() if " " in text]
    return (
        party.id,
        *party.short.values(),
        *party.full.values(),
        *party.capital.values(),
        *(end for end in ends if last.count(end) == 1),
    )


def _charter_in(root: Path) -> Charter | None:
    for file in sorted(root.glob("*/charter.toml")):
        return parse_charter(file.read_text(encoding="utf-8"), file.name)
    return None
