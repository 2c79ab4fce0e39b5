"""The glossary: one form for each concept in each language, and forms to avoid.

`glossary.csv` is a compilation of ours. A row is *official usage* if a government's text, a treaty
or a statute was seen to use a form, *field usage* if the field writes so, else *proposed*.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from architrave.portal.words import LANGUAGES

__all__ = ["DOMAINS", "STATUSES", "Term", "looked_up", "near", "term", "terms"]

DOMAINS = (*("institution", "procedure", "record", "defence", "economy", "dialogue", "interface"),)
"""The domains, in the order in which they are shown."""

STATUSES = ("official-usage", "field-usage", "proposed")
"""How well a row is founded, best first."""

_ASIDE = re.compile(r"\s*[(（]([^)）]*)[)）]")
_SHORT = re.compile(r"[A-Z][A-Za-z0-9/+-]*[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Term:
    """A concept: `forms`, `also` (accepted beside the form) and `avoid` by language.

    `enforced` says what is looked for: a language whose form asks the other languages for theirs;
    `avoid` if a form to avoid is a fault wherever it stands; `swap` if it is one where it stands in
    place of the form.
    """

    id: str
    forms: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]
    note: str
    status: str
    domain: str
    enforced: frozenset[str]

    def own(self, language: str) -> tuple[str, ...]:
        """The form without what is said aside, each part where it gives two, and short forms."""
        form = self.forms[language]
        bare = [one.strip() for one in _ASIDE.sub("", form).split(" / ")]
        short = [one for one in _ASIDE.findall(form) if _SHORT.fullmatch(one)]
        return tuple(one for one in dict.fromkeys([*bare, *short]) if one)

    def accepted(self, language: str) -> tuple[str, ...]:
        """What may stand for the concept in a text: the forms, and variants."""
        return tuple(dict.fromkeys([*self.own(language), *self.also[language]]))


@cache
def terms() -> Mapping[str, Term]:
    """Every term by its id, in the order of the file."""
    text = files("architrave.portal").joinpath("glossary.csv").read_text(encoding="utf-8")
    return {row["id"]: _term(row) for row in csv.DictReader(text.splitlines())}


def _term(row: Mapping[str, str]) -> Term:
    return Term(
        id=row["id"],
        forms={one: row[one] for one in LANGUAGES},
        also={one: _parts(row[f"also_{one}"]) for one in LANGUAGES},
        avoid={one: _parts(row.get(f"avoid_{one}", "")) for one in LANGUAGES},
        note=row["note_en"],
        status=row["status"],
        domain=row["domain"],
        enforced=frozenset(row["enforced"].split()),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def term(name: str) -> Term:
    """The term of this id; KeyError if there is none."""
    return terms()[name]


def looked_up(word: str) -> tuple[Term, ...]:
    """The terms with this word as id, form, variant or form to avoid, forms before the last."""
    wanted = _folded(word)
    found: dict[int, list[Term]] = {0: [], 1: []}
    for one in terms().values():
        forms = [*one.forms.values(), *(a for lang in LANGUAGES for a in one.accepted(lang))]
        avoided = [form for forms_ in one.avoid.values() for form in forms_]
        if wanted in {_folded(form) for form in (one.id, *forms)}:
            found[0].append(one)
        elif wanted in {_folded(form) for form in avoided}:
            found[1].append(one)
    return (*found[0], *found[1])


def near(word: str, limit: int = 5) -> tuple[Term, ...]:
    """The terms whose forms come nearest: those that hold the word, then those like it."""
    wanted = _folded(word)
    by_form: dict[str, list[Term]] = {}
    for one in terms().values():
        for form in {_folded(form) for lang in LANGUAGES for form in one.accepted(lang)}:
            by_form.setdefault(form, []).append(one)
    # One letter stands in too many words to be a likeness.
    holding = [form for form in by_form if wanted in form] if len(wanted) > 1 else []
    like = difflib.get_close_matches(wanted, by_form, limit, 0.7)
    found = {one.id: one for form in (*sorted(holding, key=len), *like) for one in by_form[form]}
    return tuple(found.values())[:limit]


def _folded(text: str) -> str:
    """A text for comparing: without case, spaces, middle dots and hyphens."""
    return re.sub(r"[\s·・\-]", "", text).casefold()
