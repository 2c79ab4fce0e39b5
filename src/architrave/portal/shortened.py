"""A text cut to a length that a title or a preview has room for, where a reader would cut it.

Length is counted in columns, as letters stand on a screen: a Hangul, kana or Han letter is as wide
as two of the Latin alphabet.
"""

from __future__ import annotations

import re
import unicodedata

from architrave.portal import formats
from architrave.portal.pages_rows import Shown

__all__ = ["ABOUT", "TITLE", "columns", "shortened"]

TITLE = 72
"""Columns of a title, which a list of search results or a tab cuts anyway."""
ABOUT = 200
"""Columns of what a page says of itself."""

_ENDS = " ,.;:·…、。，．；：・！？!?-–—~〜「『（([〔【《〈“‘"
"""What no cut text ends with: a break, or what opens something."""
_CLOSED = "。．.！？!?、，,;；）」』】》〉"
"""After these a text without blanks may be cut."""
_NEVER_FIRST = (
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮーゝゞ々、。，．・：；！？）」』】》〉〕’”％"
)
"""What a line of Japanese never begins with belongs to what stands before it."""
_ONE_WORD = re.compile(r"[A-Za-z0-9À-ɏ'’.,%-]")


def columns(text: str) -> int:
    """How wide a text is."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def shortened(text: Shown, most: int) -> str:
    """A text on one line: whole if it has at most `most` columns, else its beginning and "…".

    It is cut between words; where there are none, after a mark, or else between two letters that
    may be parted.
    """
    line = " ".join(formats.plain(text).split())
    if columns(line) <= most:
        return line
    end = _room(line, most - 1)
    cut = _between_words(line, end)
    return line[:cut].rstrip(_ENDS) + "…"


def _room(line: str, most: int) -> int:
    """How many letters fit."""
    wide = 0
    for place, letter in enumerate(line):
        wide += _width(letter)
        if wide > most:
            return place
    return len(line)


def _between_words(line: str, end: int) -> int:
    """The last place up to `end` at which the line may be cut, in its second half if it can be."""
    least = max(1, end // 2)
    blank = line.rfind(" ", least, end + 1)
    if blank > 0:
        return blank
    mark = max((line.rfind(one, least, end) for one in _CLOSED), default=-1)
    # A sentence or clause that ends late is worth more than a few further letters.
    if mark >= end * 3 // 4:
        return mark + 1
    return next((at for at in range(end, least - 1, -1) if _may_part(line[at - 1], line[at])), end)


def _may_part(before: str, after: str) -> bool:
    if not _width(after) or before == "\u200d":
        return False
    if after in _NEVER_FIRST and after not in _ENDS:
        return False
    return not (_ONE_WORD.match(before) and _ONE_WORD.match(after))
