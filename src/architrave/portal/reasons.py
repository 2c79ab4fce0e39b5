"""Why a record entry changes nothing, in the reader's language.

The floors below say it in English. `reasons.csv` holds each such sentence, with blanks for what it
quotes, and how Korean and Japanese say it. A blank of one letter carries what was quoted over
unchanged: a code, a symbol, a number. A blank with a longer name holds English words, which are
looked up in their turn.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from architrave.institution.acts import KINDS
from architrave.portal.formats import Said, filled
from architrave.portal.reading import on_screen
from architrave.portal.words import say_of

__all__ = ["reason_in"]

_BLANK = re.compile(r"\{([a-z]+)\}")
# A sentence of ours holds another that holds a word. What a capital wrote may nest as it likes.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Template:
    """A row: the text around its blanks, the names of these, and the row itself."""

    pieces: tuple[str, ...]
    blanks: tuple[str, ...]
    row: Mapping[str, str]

    @property
    def literal(self) -> int:
        """How many letters of it are no blank."""
        return sum(map(len, self.pieces))

    def read(self, reason: str) -> dict[str, str] | None:
        """What the blanks hold if the whole reason is of this form, each as short as can be.

        In one pass without going back: a capital may have made the reason a million letters long.
        """
        first, last = self.pieces[0], self.pieces[-1]
        if not self.blanks:
            return {} if reason == first else None
        place, end = len(first), len(reason) - len(last)
        if end < place or not reason.startswith(first) or not reason.endswith(last):
            return None
        held: list[str] = []
        for piece in self.pieces[1:-1]:
            found = reason.find(piece, place, end)
            if found < 0:
                return None
            held.append(reason[place:found])
            place = found + len(piece)
        return dict(zip(self.blanks, (*held, reason[place:end]), strict=True))


@cache
def _templates() -> tuple[_Template, ...]:
    """Every row, the most literal first."""
    text = files("architrave.portal").joinpath("reasons.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(text.splitlines()):
        parts = _BLANK.split(row["en"])
        found.append(_Template(tuple(parts[::2]), tuple(parts[1::2]), row))
    return tuple(sorted(found, key=lambda one: -one.literal))


def reason_in(reason: str, language: str) -> str | Said:
    """A refusal's reason in a language of the screen; where no row knows it, marked as English."""
    if language == "en":
        return on_screen(reason).text
    return _said(reason, language, _DEEPEST)


def _said(words: str, language: str, depth: int) -> str | Said:
    """English words of the floors below, in another language."""
    if words in KINDS:
        return say_of("kind", words, language)
    for template in _templates() if depth else ():
        held = template.read(words)
        if held is not None:
            return filled(
                template.row[language],
                {
                    name: value if len(name) == 1 else _said(value, language, depth - 1)
                    for name, value in held.items()
                },
            )
    return on_screen(words)
