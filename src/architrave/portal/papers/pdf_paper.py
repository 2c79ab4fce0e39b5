"""A paper as tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst with fonts of this machine.

Typst is given one fixed template and the words as data, so that no text is read as markup. It
refuses a letter that no font has; such a letter stands as its number, ``[U+1F389]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from architrave.portal.papers import fonts
from architrave.portal.papers.errors import CannotSet
from architrave.portal.papers.model import Paper, legible, numbered

__all__ = ["STANDARDS", "pdf_of"]

STANDARDS = ["ua-1", "a-2a"]
"""Tagged for a screen reader, and kept for long: Typst checks what it writes against both."""

_TRIES, _ONE_BY_ONE = 12, 4
_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed with', re.DOTALL)
# A word without end, in which a line may break all the same: PDF/A knows no longer strings.
_ENDLESS = re.compile(r"([!#-\[\]-~]{80})(?=[!#-\[\]-~]{40})")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def _template() -> bytes:
    return files("architrave.portal.papers").joinpath("paper.typ").read_bytes()


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF; NoFonts if letters of a language would be missing."""
    here = fonts.found()
    data = _data(paper, fonts.families_for(paper, here))
    unknown: set[str] = set()
    for tried in range(_TRIES):
        # A few rare letters are replaced alone; a text full of them is not tried for ever.
        said = _with_numbers(data, unknown, tried > _ONE_BY_ONE) if unknown else data
        try:
            return _compiled(said, here, paper.stamp)
        except typst.TypstError as fault:
            missing = _missing(fault.message) - unknown
            if not missing:
                raise CannotSet(fault.message) from fault
            unknown |= missing
    raise CannotSet("too many letters of this text are in no font.")


def _compiled(data: dict[str, Any], here: typst.Fonts, stamp: int) -> bytes:
    found = typst.compile(
        _template(),
        format="pdf",
        font_paths=here,
        sys_inputs={"paper": _ENDLESS.sub("\\1\u200b", json.dumps(data, ensure_ascii=False))},
        pdf_standards=STANDARDS,
        timestamp=stamp // 1000,
    )
    assert isinstance(found, bytes)
    return found


def _data(paper: Paper, families: dict[str, list[str]]) -> dict[str, Any]:
    when = datetime.fromtimestamp(paper.stamp // 1000, UTC)
    return {
        "title": paper.title,
        "language": paper.language,
        "institution": paper.institution,
        "head": [one for one in (paper.banner, paper.symbol or paper.title) if one],
        "date": {
            name: getattr(when, name)
            for name in ("year", "month", "day", "hour", "minute", "second")
        },
        "fonts": families,
        "compact": paper.compact,
        "blocks": [{"kind": type(one).__name__, **asdict(one)} for one in paper.blocks],
    }


def _missing(message: str) -> set[str]:
    """The letters that a refusal names."""
    found = _NOT_DISPLAYED.search(message)
    if found is None:
        return set()
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found[1])
    # Of a letter and its accent, only what is rare is at fault.
    return {sign for sign in text if legible(sign) != sign} or set(text)


def _with_numbers(data: Any, unknown: Iterable[str], every: bool) -> Any:
    """The same data with these letters as their numbers, or `every` letter that fonts may lack."""
    if isinstance(data, str):
        data = numbered(data, unknown)
        return legible(data) if every else data
    if isinstance(data, dict):
        return {
            name: one if name in ("fonts", "kind", "signs") else _with_numbers(one, unknown, every)
            for name, one in data.items()
        }
    if isinstance(data, list | tuple):
        return [_with_numbers(one, unknown, every) for one in data]
    return data
