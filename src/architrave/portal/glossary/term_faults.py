"""Terms that a text in several languages does not use as the glossary has them.

Three faults: a term of one language has no counterpart in another; a form to avoid stands where
the term should; a form that is to be avoided everywhere stands somewhere. The longest term at a
place counts; of terms with one form, any counterpart will do. Texts with the same number of
paragraphs are compared paragraph by paragraph, since an occurrence elsewhere excuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from architrave.portal.glossary import term_forms
from architrave.portal.glossary.terms import Term, terms
from architrave.portal.words import LANGUAGES

__all__ = ["TermFault", "faults_in", "sentence", "uses_in"]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class TermFault:
    """A fault: `language` is the text to mend, `expected` the forms that should stand there.

    `found` is what was read, in the text of `found_in`, at the character `offset` (from 0) of the
    `paragraph` (from 1) of that text; `instead` a form to avoid that stands in the text to mend,
    else empty.
    """

    term: str
    language: str
    expected: tuple[str, ...]
    found: str
    found_in: str
    offset: int
    paragraph: int
    instead: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place in a text, and the terms of which a form or a variant stands there.

    `asks` are those that stand there in their own form: a variant may mean something else, so it
    answers and does not ask.
    """

    start: int
    end: int
    terms: tuple[Term, ...]
    asks: tuple[Term, ...]
    avoided: bool


def faults_in(text: Mapping[str, str]) -> tuple[TermFault, ...]:
    """The faults of a text given in several languages; a language that is missing has none."""
    given = {one: text[one] for one in LANGUAGES if text.get(one, "").strip()}
    parts = {one: list(_paragraphs(given[one])) for one in given}
    if len({len(several) for several in parts.values()}) > 1:
        parts = {one: [(0, given[one])] for one in given}
    faults: list[TermFault] = []
    for number in range(len(next(iter(parts.values()), []))):
        starts = {one: parts[one][number][0] for one in given}
        for fault in _of_paragraph({one: parts[one][number][1] for one in given}):
            offset = fault.offset + starts[fault.found_in]
            paragraph = 1 + len(_PARAGRAPH.findall(given[fault.found_in], 0, offset))
            faults.append(replace(fault, offset=offset, paragraph=paragraph))
    return tuple(faults)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def _of_paragraph(text: Mapping[str, str]) -> Iterator[TermFault]:
    hits = {language: _hits(text[language], language) for language in text}
    told: set[tuple[str, str]] = set()
    for language, several in hits.items():
        for hit in several:
            if hit.avoided:
                yield from _avoided(text[language], language, hit)
    # English first: where several languages ask for a counterpart, its question stands.
    for asking in sorted(hits, key=lambda one: one != "en"):
        for hit in hits[asking]:
            for language in text:
                if hit.avoided or language == asking or not _asked(text, asking, hit, language):
                    continue
                for fault in _unanswered(text, asking, hit, language, hits[asking]):
                    if (fault.term, language) not in told:
                        told.add((fault.term, language))
                        yield fault


def _asked(text: Mapping[str, str], asking: str, hit: _Hit, language: str) -> bool:
    """Say whether a text may be held to a term: English only if each other language has it.

    English says in plain words what Korean and Japanese say with a set noun, so that one of them
    alone is no witness that the English lacks a term.
    """
    third = [one for one in text if one not in (asking, language)]
    return language != "en" or all(
        _present(term, one, text[one]) for one in third for term in hit.terms
    )


def _avoided(text: str, language: str, hit: _Hit) -> Iterator[TermFault]:
    found = text[hit.start : hit.end]
    for one in hit.terms:
        yield TermFault(
            one.id, language, (one.forms[language],), found, language, hit.start, 1, found
        )


def _unanswered(
    text: Mapping[str, str], asking: str, hit: _Hit, language: str, others: Iterable[_Hit]
) -> Iterator[TermFault]:
    """The fault, if any, that a language has no counterpart of what stands at a place."""
    if any(_present(one, language, text[language]) for one in hit.terms):
        return
    for one in hit.asks:
        instead = _standing_in(one, language, text[language], others)
        if asking not in one.enforced and not (instead and "swap" in one.enforced):
            continue
        forms = tuple(dict.fromkeys(each.forms[language] for each in hit.terms))
        found = text[asking][hit.start : hit.end]
        yield TermFault(one.id, language, forms, found, asking, hit.start, 1, instead)
        return


def _present(one: Term, language: str, text: str) -> bool:
    return any(
        term_forms.present(form, language).search(text)
        or (language == "en" and term_forms.echoed(form, text))
        for form in one.accepted(language)
    )


def _standing_in(one: Term, language: str, text: str, others: Iterable[_Hit]) -> str:
    """A form to avoid that stands in place of a term, unless another term of the text has it."""
    excused = {form for hit in others for each in hit.terms for form in each.accepted(language)}
    for form in one.avoid[language]:
        if form not in excused and term_forms.avoided(form, language).search(text):
            return form
    return ""


_OWN, _VARIANT, _AVOID = range(3)


@cache
def _forms(language: str) -> tuple[tuple[Term, str, str, int], ...]:
    """All forms of a language, what a text with each holds when folded, and their kind."""
    return tuple(
        (one, form, term_forms.folded_start(form, language), kind)
        for one in terms().values()
        for kind, forms in (
            (_OWN, one.own(language)),
            (_VARIANT, one.also[language]),
            (_AVOID, one.avoid[language] if "avoid" in one.enforced else ()),
        )
        for form in forms
    )


def _hits(text: str, language: str) -> tuple[_Hit, ...]:
    """What stands in a text, in order; of what overlaps, the longest."""
    places: dict[tuple[int, int], dict[str, Term]] = {}
    asking: dict[tuple[int, int], dict[str, Term]] = {}
    wrong: dict[tuple[int, int], dict[str, Term]] = {}
    letters = term_forms.folded(text)
    for one, form, key, kind in _forms(language):
        if key in letters:
            pattern = term_forms.avoided if kind == _AVOID else term_forms.found
            for match in pattern(form, language).finditer(text):
                (wrong if kind == _AVOID else places).setdefault(match.span(), {})[one.id] = one
                if kind == _OWN:
                    asking.setdefault(match.span(), {})[one.id] = one
    every = sorted({*places, *wrong}, key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple[int, int]] = []
    for start, end in every:
        if not any(start < last and first < end for first, last in kept):
            kept.append((start, end))
    return tuple(
        _Hit(
            *span,
            tuple((wrong.get(span) or places[span]).values()),
            tuple(asking.get(span, {}).values()),
            span in wrong,
        )
        for span in sorted(kept)
    )


def uses_in(text: str, language: str, one: Term) -> tuple[int, ...]:
    """Where a text of a language uses a term: the offsets (from 0) of its forms and variants."""
    return tuple(hit.start for hit in _hits(text, language) if one in hit.terms and not hit.avoided)


def sentence(fault: TermFault) -> str:
    """A fault in one English sentence, its place before it."""
    expected = " or ".join(f"'{form}'" for form in fault.expected)
    place = f"{fault.found_in}, paragraph {fault.paragraph}, character {fault.offset + 1}"
    if fault.language == fault.found_in:
        return f"{place}: '{fault.found}' is a form to avoid; the glossary has {expected}."
    said = f"{place}: '{fault.found}' has no counterpart in {fault.language}"
    stands = f", where '{fault.instead}' stands" if fault.instead else ""
    return f"{said}{stands}; the glossary has {expected}."
