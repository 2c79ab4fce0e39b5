"""The index of a node's pages: which pieces hold which keys, and what answers a query.

A query is read as units; each has the form that was asked for and, from the glossary, its forms in
other languages. A piece answers if it holds one form of each unit. Where nothing does, the nearest
word that something holds is tried, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_, or_

from architrave.portal.search.closeness import nearest
from architrave.portal.search.folding import (
    Folded,
    Span,
    fold,
    phrase_of,
    spans,
)
from architrave.portal.search.search_marks import begin_of, worth
from architrave.portal.search.search_part import Part
from architrave.portal.search.search_pieces import Passage, Piece
from architrave.portal.search.search_terms import Form, forms_of

__all__ = ["LONGEST", "WORDS", "Answer", "Hit", "Index", "Touch", "Unit", "ask", "is_long"]

LONGEST, WORDS = 200, 12  # characters and words of a query
_LONGEST_TERM = 6  # words of a term of the glossary
_EXACT = 10_000_000
_ASKED, _ADDED, _CLOSE = 20, 14, 10  # whole numbers, so that what counts as much is equal
_SHOWN_IN = 2  # passages that are shown of a hit
# What follows a Korean noun; a query may carry it where the text has another one.
_PARTICLES = (
    "으로서", "에서는", "에서", "으로", "에게", "까지", "부터", "보다", "처럼",
    "을", "를", "이", "가", "은", "는", "의", "에", "와", "과", "도", "로", "만",
)  # fmt: skip


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
    score: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece that answers. `through` are added forms that hit where the asked did not."""

    piece: Piece
    score: int
    touches: tuple[Touch, ...]
    through: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, best first, and how many there are in all.

    `whole` is false where each holds only a part of what was asked.
    """

    units: tuple[Unit, ...]
    hits: tuple[Hit, ...]
    whole: bool
    count: int


class Index:
    """Parts in the order in which their pieces rank; only read, never changed."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = tuple(parts)
        self.held = _Held(self.parts)

    @property
    def pieces(self) -> list[Piece]:
        """All pieces."""
        return [piece for part in self.parts for piece in part.pieces if piece is not None]


class _Held(Mapping[str, int]):
    """How many pieces hold each key."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts

    def __getitem__(self, key: str) -> int:
        if key not in self:
            raise KeyError(key)
        return sum(part.count(key) for part in self.parts)

    def __contains__(self, key: object) -> bool:
        return any(key in part.keys for part in self.parts)

    def __iter__(self) -> Iterator[str]:
        return iter(set().union(*(part.keys for part in self.parts)))

    def __len__(self) -> int:
        return len(set().union(*(part.keys for part in self.parts)))


def is_long(query: str) -> bool:
    """Say whether a query is longer than what is looked for, as it is typed or as it is read.

    One character may be read as eighteen: a query of such takes seconds.
    """
    if len(query) > LONGEST or len(query.split()) > WORDS:
        return True
    return len(fold(query).letters) > LONGEST


def ask(index: Index, query: str, first: int = 0, most: int | None = None) -> Answer:
    """What answers a query, best first: all hits, or as many from `first`; the count is of all."""
    units = tuple(_nearer(index, unit) for unit in _units(query))
    if not units:
        return Answer((), (), True, 0)
    name = fold(query.strip()).letters
    sought = [_forms(unit) for unit in units]
    levels = [[_levels(part, forms) for forms in sought] for part in index.parts]
    ranked = [
        _whole(each, part.named(name)) for part, each in zip(index.parts, levels, strict=True)
    ]
    whole = any(ranked) or len(units) == 1
    if not whole:
        ranked = [_counted(each, reduce(or_, map(_all, each))) for each in levels]
    count = sum(bits.bit_count() for part in ranked for bits in part.values())
    shown = islice(_best_first(index, ranked, first), most)
    hits = tuple(_hit(part, number, score, sought) for part, number, score in shown)
    return Answer(units, hits, whole, count)


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
    near = nearest(unit.asked, index.held, _bare(unit.asked))
    close = [one for one in near if _stands(index, Unit(one, "", forms_of(one)))]
    forms = tuple(form for one in close for form in _others(one, forms_of(one)))
    texts = tuple(" ".join(one) for one in close)
    return Unit(unit.asked, unit.text, forms, texts) if close else unit


# -- looking up -----------------------------------------------------------------------------------


def _forms(unit: Unit) -> list[_Sought]:
    added = _ADDED * (_CLOSE if unit.close else _ASKED) // _ASKED
    found: list[tuple[tuple[str, ...], int, Form | None]] = [
        (unit.asked, _ASKED, None),
        *((phrase_of(text), _CLOSE, None) for text in unit.close),
        *((form.phrase, added, form) for form in unit.added),
    ]
    return [_Sought(*one, begin_of(one[0])) for one in found]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A form of a unit, and what a hit of it counts. No text without `begin` holds it."""

    phrase: tuple[str, ...]
    factor: int
    form: Form | None
    begin: str


def _stands(index: Index, unit: Unit) -> bool:
    """Say whether anything holds a form of the unit."""
    forms = _forms(unit)
    return any(part.levels(one.phrase) for one in forms for part in index.parts)


def _levels(part: Part, forms: Iterable[_Sought]) -> dict[int, int]:
    """The pieces that hold a form of a unit, by what the best form of each counts; best first."""
    found: dict[int, int] = {}
    for one in forms:
        for value, bits in part.levels(one.phrase):
            score = value * one.factor
            found[score] = found.get(score, 0) | bits
    seen, best = 0, {}
    for score in sorted(found, reverse=True):
        bits = found[score] & ~seen
        if bits:
            best[score] = bits
            seen |= bits
    return best


def _all(levels: Mapping[int, int]) -> int:
    return reduce(or_, levels.values(), 0)


def _whole(levels: Sequence[Mapping[int, int]], named: int) -> dict[int, int]:
    """The pieces that hold all units, and those that are asked for by name, by what they count."""
    found = _counted(levels, reduce(and_, map(_all, levels)))
    if not named:
        return found
    ranked = {_EXACT: named & ~_all(found)}
    for score, bits in found.items():
        ranked[_EXACT + score], ranked[score] = bits & named, bits & ~named
    return {score: bits for score, bits in ranked.items() if bits}


def _counted(levels: Iterable[Mapping[int, int]], wanted: int) -> dict[int, int]:
    """The wanted pieces by what all units together count in them."""
    ranked = {0: wanted} if wanted else {}
    for unit in levels:
        more: dict[int, int] = {}
        for total, rest in ranked.items():
            for score, held in unit.items():
                bits = rest & held
                if bits:
                    more[total + score] = more.get(total + score, 0) | bits
                    rest ^= bits
                    if not rest:
                        break
            if rest:
                more[total] = more.get(total, 0) | rest
        ranked = more
    return ranked


def _best_first(
    index: Index, ranked: Sequence[Mapping[int, int]], first: int
) -> Iterator[tuple[Part, int, int]]:
    """Parts, numbers in them and counts: the best first, where it is equal as they rank."""
    for score in sorted({score for part in ranked for score in part}, reverse=True):
        for part, found in zip(index.parts, ranked, strict=True):
            bits = found.get(score, 0)
            left = bits.bit_count()
            if first >= left:
                first -= left
                continue
            for number in islice(part.best_first(bits), first, None):
                yield part, number, score
            first = 0


def _hit(part: Part, number: int, score: int, sought: Iterable[Iterable[_Sought]]) -> Hit:
    """A piece that is shown: only now is it looked up where it is hit."""
    piece, texts = part.piece(number), part.texts[number]
    folded: dict[int, Folded] = {}
    marked: dict[int, list[Span]] = {}
    scores: dict[int, int] = {}
    through: dict[tuple[str, ...], Form] = {}
    for forms in sought:
        asked_hits = False
        for one in forms:
            for at in [at for at, text in enumerate(texts) if one.begin in text.letters]:
                passage = piece.passages[at]
                if at not in folded:
                    folded[at] = fold(passage.text)
                found = spans(folded[at], one.phrase)
                if not found:
                    continue
                value = _worth(folded[at], passage, found) * one.factor
                marked.setdefault(at, []).extend(found)
                scores[at] = scores.get(at, 0) + value
                asked_hits = asked_hits or one.form is None
                if one.form is not None and not asked_hits:
                    through.setdefault(one.form.phrase, one.form)
    order = sorted(marked, key=lambda at: (-scores[at], at))[:_SHOWN_IN]
    touches = tuple(
        Touch(piece.passages[at], folded[at].source, _apart(marked[at]), scores[at]) for at in order
    )
    return Hit(piece, score, touches, tuple(through.values()))


def _worth(folded: Folded, passage: Passage, found: Sequence[Span]) -> int:
    source = folded.source
    begins = any(start == 0 or not source[start - 1].isalnum() for start, _ in found)
    return worth(passage.weight, len(found), begins)


def _apart(found: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches in order, those that touch joined."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
