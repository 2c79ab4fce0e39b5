"""What the pages behind the door share: their frame, the links between them, and links to forms."""

from __future__ import annotations

from urllib.parse import urlencode

from architrave.charter.model import Body
from architrave.portal.pages_rows import Frame, Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.portal.workspace.officers import Officer

__all__ = ["body_of", "desk_frame", "desk_tabs", "form_link", "seat_name"]


def desk_frame(copy: Copy, title: str, *path: str) -> Frame:
    """The frame of a page of the workspace."""
    return frame_of(copy, title, "work", *path)


def desk_tabs(copy: Copy, current: str) -> tuple[Link, ...]:
    """The workspace's pages."""
    return (
        Link(copy.say("work-title"), copy.address("work"), current == "work"),
        Link(copy.say("work-council"), copy.address("work", "council"), current == "council"),
    )


def body_of(copy: Copy, officer: Officer) -> Body:
    """The body in which the officer's seat is."""
    return copy.charter.body(copy.charter.seat(officer.seat).body)


def seat_name(copy: Copy, seat: str) -> Shown:
    """A seat by its title in the charter; by its id where the charter has it no more."""
    found = copy.charter.find_seat(seat)
    return copy.of(found.title) if found is not None else seat


def form_link(copy: Copy, name: str, about: str = "") -> Link:
    """A form, for the matter or the consultation of this symbol."""
    asked = f"?{urlencode({'about': about})}" if about else ""
    text = copy.say_of("work-do", name)
    return link_to(text, copy.address("work", "forms", name) + asked)
