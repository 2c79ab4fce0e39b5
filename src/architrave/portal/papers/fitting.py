"""Making things fit: texts cut to a width, and a note on rows that were left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from architrave.portal.formats import Said, number
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.model import visible
from architrave.portal.papers.sheet import Sheet, code

__all__ = ["clipped", "more"]


def clipped(shown: Shown, most: int) -> Shown:
    """A text on one line, of at most so many columns: a wide letter takes two of them."""
    if isinstance(shown, Said):
        return Said(_cut(shown.text, most), shown.lang)
    return _cut(shown, most)


def _cut(text: str, most: int) -> str:
    """The text, or its beginning and three dots; what has no width of its own counts as one."""
    text, width, kept = " ".join(visible(text).split()), 0, 0
    for sign in text:
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width <= most - 1:
            kept += 1
        if width > most:
            return text[:kept].rstrip() + "…"
    return text


def more(sheet: Sheet, rows: Sequence[object], most: int, *path: str) -> None:
    """A note on the rows beyond `most`, if there are any, with the page that has all of them."""
    if len(rows) > most:
        left = number(len(rows) - most)
        address = code(sheet.copy.address(*path))
        sheet.note(sheet.copy.say("brief-more", n=left), " ", address)
