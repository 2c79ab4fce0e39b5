"""Reading a node's folder without running it: the record as it was last written."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from architrave.charter.model import Charter
from architrave.node.databases import reading
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.node.readiness import read_keys
from architrave.node.rows import read_rows
from architrave.node.succeeding import succeeding_in
from architrave.peer.erasing import hide
from architrave.peer.peer import Peer
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
    record = folder.record
    if isinstance(record, Path) and not record.exists():
        raise FolderFault(f"{path}: the node has not run yet; `architrave node run` starts it.")
    token = Token(folder.path / folder.setting("token")).read()
    with reading(record) as cursor:  # beside the node's own process, if it runs
        stored = read_rows(cursor, token)
    keys = read_keys(folder, founding)
    peer = Peer(
        founding,
        charter,
        folder.party,
        keys,
        stored,
        succeeding=succeeding_in(folder, founding),
    )
    peer.now = _now(peer)
    peer.judge()
    hide(peer, [])
    return Reading(folder, founding, charter, peer)


def _now(peer: Peer) -> int:
    """The reader's clock (ms): the machine's, or in a demonstration the latest line's."""
    if not peer.founding.demonstration:
        return time.time_ns() // 1_000_000
    books = [branches[0] for branches in peer.history.branches.values()]
    return max((book.times[-1] for book in books if book.size), default=0)
