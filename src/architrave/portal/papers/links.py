"""Where a paper is had: the links that its page shows."""

from __future__ import annotations

from architrave.portal.pages_rows import Link
from architrave.portal.papers.press import ENDINGS, can_write
from architrave.portal.reading import Copy

__all__ = ["paper_links"]


def paper_links(copy: Copy, path: str) -> tuple[Link, ...]:
    """Links to the paper at this path, one for each kind of file that can be written here."""
    return tuple(
        Link(copy.say_of("paper", ending), f"/papers/{copy.language}/{path}.{ending}", False)
        for ending in ENDINGS
        if can_write(ending)
    )
