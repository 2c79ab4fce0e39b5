"""Where a paper is had: the links that its page shows."""

from __future__ import annotations

from architrave.charter.model import Body, Charter
from architrave.portal.pages_rows import Link
from architrave.portal.papers.press import ENDINGS, can_write
from architrave.portal.reading import Copy

__all__ = ["brief_href", "council_body", "paper_links"]


def paper_links(copy: Copy, path: str) -> tuple[Link, ...]:
    """Links to the paper at this path, one for each kind of file that can be written here."""
    return tuple(
        Link(copy.say_of("paper", ending), f"/papers/{copy.language}/{path}.{ending}", False)
        for ending in ENDINGS
        if can_write(ending)
    )


def council_body(charter: Charter) -> Body | None:
    """The body that the charter would set up first, and that stands below no other; or None."""
    proposed = [one for one in charter.bodies if one.phase is not None and one.parent is None]
    return min(proposed, key=lambda one: one.phase or 0, default=None)


def brief_href(copy: Copy, body: Body) -> str:
    """Where a body's brief is; empty for a body that has none."""
    council = council_body(copy.charter)
    mine = council is not None and council.id == body.id
    return copy.address("council", "brief") if mine else ""
