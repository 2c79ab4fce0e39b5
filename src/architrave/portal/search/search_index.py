"""The index of a node's pages: which pieces hold which keys, and what answers a query.

A query is read as units; each has the form that was asked for and, from the glossary, its forms in
other languages. A piece answers if it holds one form of each unit. Where nothing does, the nearest
word that something holds is tried, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from architrave.portal.search.closeness import nearest
from architrave.portal.search.folding import (
    Folded,
    Span,
    fold,
    is_paired,
    keys_of,
    phrase_of,
    spans,
)
from architrave.portal.search.search_pieces import Nature, Passage, Piece
from architrave.portal.search.search_terms import Form, forms_of

__all__ = ["LONGEST", "WORDS", "Answer", "Hit", "Index", "Touch", "Unit", "ask", "is_long"]

LONGEST, WORDS = 200, 12  # characters and words of a query
_LONGEST_TERM = 6  # words of a term of the glossary
_EXACT = 1_000.0
_ASKED, _ADDED, _CLOSE = 1.0, 0.7, 0.5
_SHOWN_IN = 2  # passages that are shown of a hit
# What follows a Korean noun; a query may carry it where the text has another one.
_PARTICLES = (
    "으로서", "에서는", "에서", "으로", "에게", "까지", "부터", "보다", "처럼",
    "을", "를", "이", "가", "은", "는", "의", "에", "와", "과", "도", "로", "만",
)  # fmt: skip
_NATURES = {Nature.ACT: 0, Nature.FACT: 1, Nature.CHARTER: 2}


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is asked for: as it was typed, and the other forms that were added."""

    asked: tuple[str, ...]
    text: str
    added: tuple[Form, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touch:
    """A passage that is hit, and where: stretches of `source` in order, none within another."""

    passage: Passage
    source: str
    spans: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece that answers. `through` are added forms that hit where the asked did not."""

    piece: Piece
    score: float
    touches: tuple[Touch, ...]
    through: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits, best first; `whole` is false where each holds only a part of what was asked."""

    units: tuple[Unit, ...]
    hits: tuple[Hit, ...]
    whole: bool


class Index:
    """Pieces by their keys. It is built once for a view and only read afterwards.

    It may go on from another, which holds what changes seldom: whose lists are not touched.
    """

    def __init__(self, pieces: Iterable[Piece], beside: Index | None = None) -> None:
        more = tuple(pieces)
        first = len(beside.pieces) if beside is not None else 0
        postings: dict[str, list[int]] = {}
        exact: dict[str, list[int]] = {}
        for number, piece in enumerate(more, start=first):
            for key in piece.keys:
                postings.setdefault(key, []).append(number)
            for name in piece.names:
                exact.setdefault(fold(name).letters, []).append(number)
        self.pieces = (*beside.pieces, *more) if beside is not None else more
        self.postings = _joined(beside.postings, postings) if beside is not None else postings
        self.exact = _joined(beside.exact, exact) if beside is not None else exact

    def holding(self, phrase: tuple[str, ...]) -> set[int]:
        """The pieces that hold all keys of a phrase; they may hold them apart."""
        sets = [self._of_key(key) for key in keys_of(" ".join(phrase))]
        return set.intersection(*sorted(sets, key=len)) if sets else set()

    def _of_key(self, key: str) -> set[int]:
        found = set(self.postings.get(key, ()))
        if len(key) == 1 and is_paired(key):
            # A character alone is looked for in every pair.
            for pair, here in self.postings.items():
                if len(pair) == 2 and key in pair and is_paired(pair):
                    found.update(here)
        return found


def _joined(before: dict[str, list[int]], more: dict[str, list[int]]) -> dict[str, list[int]]:
    return before | {key: [*before.get(key, ()), *numbers] for key, numbers in more.items()}


def is_long(query: str) -> bool:
    """Say whether a query is longer than what is looked for, as it is typed or as it is read.

    One character may be read as eighteen: a query of such takes seconds.
    """
    if len(query) > LONGEST or len(query.split()) > WORDS:
        return True
    return len(fold(query).letters) > LONGEST


def ask(index: Index, query: str) -> Answer:
    """What answers a query, best first."""
    units = tuple(_nearer(index, unit) for unit in _units(query))
    if not units:
        return Answer((), (), True)
    exact = set(index.exact.get(fold(query.strip()).letters, ()))
    sought = [_sought(index, unit) for unit in units]
    each = [set().union(*(one.held for one in forms)) for forms in sought]
    wanted = set.intersection(*each)
    hits = [*_hits(index, wanted | exact, sought, exact, len(units))]
    if not hits and len(units) > 1:
        return Answer(units, _ranked(_hits(index, set.union(*each), sought, exact, 1)), False)
    return Answer(units, _ranked(hits), True)


def _ranked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(
        sorted(
            hits,
            key=lambda hit: (
                -hit.score, _NATURES[hit.piece.nature], -hit.piece.when, hit.piece.sort,
                hit.piece.names, hit.piece.place,
            ),
        )
    )  # fmt: skip


# -- reading a query ------------------------------------------------------------------------------


def _units(query: str) -> list[Unit]:
    """The units of a query: the longest terms of the glossary in it, and the words left over."""
    words = query[:LONGEST].split()[:WORDS]
    units: list[Unit] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_TERM, len(words) - at), 0, -1):
            text = " ".join(words[at : at + length])
            unit = _term(text) if length > 1 else _word(text)
            if unit is not None:
                units.append(unit)
                break
        at += length
    return list({unit.asked: unit for unit in units}.values())


def _term(text: str) -> Unit | None:
    phrase = phrase_of(text)
    forms = forms_of(phrase)
    return Unit(phrase, text, _others(phrase, forms)) if forms else None


def _word(text: str) -> Unit | None:
    """A word, also as the glossary has it without the particle that may end it."""
    phrase = phrase_of(text)
    if not phrase:
        return None
    bare = next(_bare(phrase), None)
    forms = forms_of(phrase) or (forms_of((bare,)) if bare else ())
    return Unit(phrase, text, _others(phrase, forms))


def _bare(phrase: tuple[str, ...]) -> Iterator[str]:
    if len(phrase) == 1:
        for particle in _PARTICLES:
            noun = phrase[0].removesuffix(particle)
            if noun != phrase[0] and len(noun) >= 2:
                yield noun


def _others(phrase: tuple[str, ...], forms: Sequence[Form]) -> tuple[Form, ...]:
    return tuple(form for form in forms if form.phrase != phrase)


def _nearer(index: Index, unit: Unit) -> Unit:
    """The unit itself if something holds it, else with the nearest words that something holds."""
    if _stands(index, unit):
        return unit
    near = nearest(unit.asked, index.postings, _bare(unit.asked))
    close = [one for one in near if _stands(index, Unit(one, "", forms_of(one)))]
    forms = tuple(form for one in close for form in _others(one, forms_of(one)))
    texts = tuple(" ".join(one) for one in close)
    return Unit(unit.asked, unit.text, forms, texts) if close else unit


# -- looking up -----------------------------------------------------------------------------------


def _forms(unit: Unit) -> list[tuple[tuple[str, ...], float, Form | None]]:
    close: list[tuple[tuple[str, ...], float, Form | None]] = [
        (phrase_of(text), _CLOSE, None) for text in unit.close
    ]
    added = [(form.phrase, _ADDED * (_CLOSE if unit.close else 1), form) for form in unit.added]
    return [(unit.asked, _ASKED, None), *close, *added]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A form of a unit, what a hit of it counts, and the pieces that may hold it.

    Whether they do is seen when they are read.
    """

    phrase: tuple[str, ...]
    factor: float
    form: Form | None
    held: set[int]


def _sought(index: Index, unit: Unit) -> list[_Sought]:
    return [
        _Sought(phrase, factor, form, index.holding(phrase))
        for phrase, factor, form in _forms(unit)
    ]


def _stands(index: Index, unit: Unit) -> bool:
    """Say whether anything does hold a form of the unit."""
    return any(
        spans(fold(passage.text), phrase)
        for phrase, _, _ in _forms(unit)
        for number in index.holding(phrase)
        for passage in index.pieces[number].passages
    )


def _hits(
    index: Index,
    numbers: Iterable[int],
    sought: Sequence[Sequence[_Sought]],
    exact: set[int],
    needed: int,
) -> Iterator[Hit]:
    for number in numbers:
        piece = index.pieces[number]
        here = [[one for one in forms if number in one.held] for forms in sought]
        hit = _hit(piece, here, needed)
        if number in exact:
            touches = hit.touches if hit is not None else ()
            through = hit.through if hit is not None else ()
            yield Hit(piece, _EXACT + (hit.score if hit is not None else 0), touches, through)
        elif hit is not None:
            yield hit


def _hit(piece: Piece, sought: Sequence[Sequence[_Sought]], needed: int) -> Hit | None:
    folded = [fold(passage.text) for passage in piece.passages]
    marked: dict[int, list[Span]] = {}
    scores: dict[int, float] = {}
    through: dict[tuple[str, ...], Form] = {}
    total, met = 0.0, 0
    for forms in sought:
        best, asked_hits = 0.0, False
        for one in forms:
            form = one.form
            for at, passage in enumerate(piece.passages):
                found = spans(folded[at], one.phrase)
                if not found:
                    continue
                score = _score(folded[at], passage, found) * one.factor
                marked.setdefault(at, []).extend(found)
                scores[at] = scores.get(at, 0.0) + score
                best = max(best, score)
                asked_hits = asked_hits or form is None
                if form is not None and not asked_hits:
                    through.setdefault(form.phrase, form)
        total, met = total + best, met + bool(best)
    if met < needed:
        return None
    order = sorted(marked, key=lambda at: (-scores[at], at))[:_SHOWN_IN]
    touches = tuple(
        Touch(piece.passages[at], folded[at].source, _apart(marked[at]), scores[at]) for at in order
    )
    return Hit(piece, total, touches, tuple(through.values()))


def _score(folded: Folded, passage: Passage, found: Sequence[Span]) -> float:
    """More for a title than for a text, a little more for each time, more where a word begins."""
    source = folded.source
    begins = any(start == 0 or not source[start - 1].isalnum() for start, _ in found)
    return passage.weight * (1 + 0.1 * min(len(found) - 1, 5)) * (1.2 if begins else 1)


def _apart(found: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches in order, those that touch joined."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
