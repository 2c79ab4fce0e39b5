"""Reading a node's folder without running it: the record as it was last written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from architrave.charter.model import Charter
from architrave.node.configure import configure
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.peer.peer import Keys, Peer
from architrave.record.founding import Founding

__all__ = ["Reading", "read_folder"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A node's folder, read: nothing of it is locked, and nothing will be written."""

    folder: Folder
    founding: Founding
    charter: Charter
    peer: Peer


def read_folder(path: Path) -> Reading:
    """Read a node's record. FolderFault if there is none."""
    folder = Folder(path)
    folder.settings()
    founding, charter = folder.founding(), folder.charter()
    if not folder.database.exists():
        raise FolderFault(f"{path}: the node has not run yet; `architrave node run` starts it.")
    configure(folder.database, "architrave.cli.urls")
    # Django is configured only now.
    from architrave.node import store

    token = Token(folder.path / folder.setting("token"))
    keys = Keys(folder.key("node"), folder.key("cosigner"))
    stored = store.read_stored(token.read())
    peer = Peer(founding, charter, folder.party, keys, stored)
    peer.now = max((b[0].times[-1] for b in peer.history.branches.values() if b[0].size), default=0)
    return Reading(folder, founding, charter, peer)
