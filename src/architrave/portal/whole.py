"""What the pages of the charter and of a matter share: links to lines, tabs, and frames."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from architrave.portal.pages_rows import Frame, Link
from architrave.portal.reading import LINES, Copy
from architrave.portal.rows import frame_of, link_to
from architrave.record.entries import Tip

__all__ = ["asked_frame", "line_link", "matter_tabs"]


def line_link(copy: Copy, tip: Tip) -> Link:
    """A line of a minute book, on the page of the book where it stands."""
    party = copy.state.party_of(tip.origin)
    text, book = copy.line(tip), ("record", party.lower())
    main = copy.view.history.main(copy.state.origin_of(party))
    if tip.size <= len(main.tips) and main.tips[tip.size - 1] == tip:
        page = str((tip.size - 1) // LINES + 1)
        return link_to(text, copy.address(*book, page) + f"#line-{tip.size}")
    others = [one for one in copy.peer.branches_of(main.tips[-1].origin) if one is not main]
    found = copy.view.history.find(tip)
    for face, branch in enumerate(others, start=2):
        if branch is found:
            return link_to(text, copy.address(*book) + f"#face-{face}-line-{tip.size}")
    return link_to(text, copy.address(*book))


def matter_tabs(copy: Copy, symbol: str, current: str = "") -> tuple[Link, ...]:
    """The pages of one matter: how it stands, its texts, its steps."""
    page = copy.matter_address(symbol)
    return (
        Link(copy.say("matter-tab"), page, not current),
        Link(copy.say("texts-tab"), f"{page}/texts", current == "texts"),
        Link(copy.say("steps-tab"), f"{page}/steps", current == "steps"),
    )


def asked_frame(copy: Copy, title: str, asked: dict[str, str], *path: str) -> Frame:
    """The frame of a page whose address asks something: the other languages ask the same."""
    frame = frame_of(copy, title, *path)
    if not asked:
        return frame
    query = f"?{urlencode(asked)}"
    tongues = tuple(replace(one, href=one.href + query) for one in frame.tongues)
    return replace(frame, tongues=tongues)
