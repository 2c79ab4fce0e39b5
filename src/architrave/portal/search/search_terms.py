"""Terms of the field in three languages: a word asked for in one finds its forms in the others.

The glossary's terms, and in `everyday.csv` words that readers type and the glossary has no need of.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from architrave.portal.glossary.terms import terms
from architrave.portal.search.folding import is_paired, phrase_of
from architrave.portal.words import LANGUAGES

__all__ = ["Form", "forms_of", "phrases", "table"]

_ASIDE = re.compile(r"\s*[(（][^)）]*[)）]")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a term in one language."""

    language: str
    text: str
    phrase: tuple[str, ...]


@cache
def table() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The ids of the terms that have a form, by the form's phrase."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, forms in _terms().items():
        for form in forms:
            ids = found.setdefault(form.phrase, [])
            if name not in ids:
                ids.append(name)
    return {phrase: tuple(ids) for phrase, ids in found.items()}


@cache
def _terms() -> Mapping[str, tuple[Form, ...]]:
    text = files("architrave.portal").joinpath("everyday.csv").read_text(encoding="utf-8")
    cells = {
        **{
            one.id: {lang: "/".join(one.accepted(lang)) for lang in LANGUAGES}
            for one in terms().values()
        },
        **{row["id"]: row for row in csv.DictReader(text.splitlines())},
    }
    return {
        name: tuple(form for one in LANGUAGES for form in _forms(one, forms[one]))
        for name, forms in cells.items()
    }


def _forms(language: str, cell: str) -> list[Form]:
    """The forms of a cell: without what is said aside, and parted where it gives two."""
    found = []
    for part in _ASIDE.sub("", cell).split("/"):
        phrase = phrase_of(part)
        # One character alone stands in too many other words.
        alone = len(phrase) == 1 and is_paired(phrase[0]) and len(phrase[0]) < 2
        if phrase and not alone and len(part) <= _LONGEST:
            found.append(Form(language, part.strip(), phrase))
    return found


def forms_of(phrase: tuple[str, ...]) -> tuple[Form, ...]:
    """All forms of the terms that have this phrase, itself among them; empty if none has."""
    found: dict[tuple[str, ...], Form] = {}
    for name in table().get(phrase, ()):
        for form in _terms()[name]:
            found.setdefault(form.phrase, form)
    return tuple(found.values())


def phrases() -> tuple[tuple[str, ...], ...]:
    """Every phrase of the glossary, for words that were almost hit."""
    return tuple(table())
