"""The files behind the forum's pages, and all that pages show beside the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from architrave.cli.council_files import council_beside
from architrave.cli.shipped import shipped

if TYPE_CHECKING:
    from architrave.charter.model import Charter
    from architrave.node.readiness import Ready
    from architrave.portal.forum.forum_data import ForumData

__all__ = ["forum_for", "pages_beside"]


def pages_beside(ready: Ready) -> object:
    """What the pages of a copy that is ready to run show beside its record.

    BadInput if one of the files cannot be read.
    """
    from architrave.portal.beside import Beside

    return Beside(council_beside(ready), forum_for(ready.charter))


def forum_for(charter: Charter) -> ForumData | None:
    """The shipped figures of the forum; None for a charter that has none of it."""
    from architrave.portal.forum.forum_data import read_forum

    file = shipped("data/forum/forum.toml")

    def opened(path: str) -> str | None:
        place = file.parent / path
        return place.read_text(encoding="utf-8") if place.is_file() else None

    return read_forum(file.read_text(encoding="utf-8"), charter, opened)
