"""What the pages of the charter and of a matter share: links to lines, tabs, and frames."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from architrave.portal.pages_rows import Frame, Link, Shown
from architrave.portal.places import line_place
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.record.entries import Tip

__all__ = ["asked_frame", "line_link", "matter_tabs"]


def line_link(copy: Copy, tip: Tip) -> Link:
    """A line of a minute book, on the page of the book where it stands."""
    path, anchor = line_place(copy, tip)
    return link_to(copy.line(tip), copy.address(*path) + (f"#{anchor}" if anchor else ""))


def matter_tabs(copy: Copy, symbol: str, current: str = "") -> tuple[Link, ...]:
    """The pages of one matter: how it stands, its texts, its steps."""
    page = copy.matter_address(symbol)
    return (
        Link(copy.say("matter-tab"), page, not current),
        Link(copy.say("texts-tab"), f"{page}/texts", current == "texts"),
        Link(copy.say("steps-tab"), f"{page}/steps", current == "steps"),
    )


def asked_frame(
    copy: Copy, title: str, asked: dict[str, str], *path: str, about: Shown = ""
) -> Frame:
    """The frame of a page whose address asks something: the other languages ask the same."""
    frame = frame_of(copy, title, *path, about=about)
    if not asked:
        return frame
    query = f"?{urlencode(asked)}"
    tongues = tuple(replace(one, href=one.href + query) for one in frame.tongues)
    return replace(frame, tongues=tongues)
