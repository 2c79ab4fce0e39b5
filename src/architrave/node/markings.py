"""Markings above unclassified, in the languages of banners: what carries one is not taken.

Nothing here judges content: a text is refused because of what stands on it. A marking is sought as
banners write it, in capitals or spaced out; ordinary words that contain it are let through where
the table says so. Handling labels of unclassified paper are no markings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from architrave.record.canonical import Value

__all__ = ["MARKINGS", "Marked", "marking_in"]


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking by name, and how it is found in a text in Unicode's NFKC form."""

    name: str
    pattern: re.Pattern[str]


def _marking(name: str, pattern: str) -> Marking:
    return Marking(name, re.compile(pattern, re.MULTILINE))


MARKINGS = (
    # English: capitals only, so that a secret ballot passes; a trade secret passes in capitals too.
    _marking("TOP SECRET", r"\bTOP[ _-]?SECRET\b|\bT ?O ?P +S ?E ?C ?R ?E ?T\b|^\s*\(TS\b"),
    _marking(
        "SECRET",
        r"(?<!TRADE )(?<!TRADE-)\bSECRET\b(?! BALLOT)|\bS E C R E T\b|^\s*\(S(?://[^)]*)?\)",
    ),
    _marking(
        "CONFIDENTIAL",
        r"\bCONFIDENTIAL ?//|^\W*CONFIDENTIAL\W*$|\bC O N F I D E N T I A L\b|^\s*\(C//[^)]*\)",
    ),
    # Korean: the three levels; the word for "in strict secrecy" (an adverb) passes.
    _marking("I급 비밀", r"(?<!I)(?<![IV0-9])[I1]\s*급\s*비\s*밀"),
    _marking("II급 비밀", r"(?<![IV0-9])(?:II|2)\s*급\s*비\s*밀"),
    _marking("III급 비밀", r"(?<![IV0-9])(?:III|3)\s*급\s*비\s*밀"),
    _marking("극비", r"극비(?!리)"),
    _marking("군사비밀", r"군사\s*비밀(?!\s*(?:보호|보안))"),
    # Japanese: the law's name and the adverb pass, and so do words that only contain the last sign.
    _marking("特定秘密", r"特定秘密(?!の?保護)"),
    _marking("極秘", r"極秘(?!裏|裡)"),
    _marking("機密", r"^\W*機密\W*$|[【(\[]機密[】)\]]"),
    _marking("秘", r"^\W*秘\W*$|[【(\[]秘[】)\]]"),
)
"""More than one may fit; the first is named."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a marking stands (the path of a field) and which; never the text itself."""

    place: str
    name: str

    @property
    def sentence(self) -> str:
        """Why this is not taken."""
        return (
            f"{self.place} carries the marking {self.name}: this system is for unclassified paper "
            "only; nothing of it was kept."
        )


def marking_in(document: Value) -> Marked | None:
    """The first marking in the texts of a document, names of fields included; None if none is."""
    for place, text in _texts(document, "act"):
        plain = _plain(text)
        for marking in MARKINGS:
            if marking.pattern.search(plain):
                return Marked(place, marking.name)
    return None


def _plain(text: str) -> str:
    """One form for wide letters, Roman numerals in one sign and circled signs, without gaps."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")


def _texts(value: Value, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, member in value.items():
            # A name is in the sentence only after it was found to be plain.
            yield f"{place}: the name of a field", name
            yield from _texts(member, f"{place}.{name}")
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield from _texts(member, f"{place}[{index}]")
