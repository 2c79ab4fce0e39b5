"""What each key of a piece counts, worked out once, when the piece comes into the index.

So a query reads no text to rank what it finds. A phrase of several keys is looked for in the folded
letters that are kept here; for those of the glossary even that is done beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from architrave.portal.search.folding import (
    GAP,
    Folded,
    finds,
    fold,
    is_key,
    is_paired,
    keys_of,
    runs,
    stem,
)
from architrave.portal.search.search_pieces import Piece
from architrave.portal.search.search_terms import phrases

__all__ = [
    "Marks",
    "Phrase",
    "Read",
    "begin_of",
    "is_kept",
    "keys_in",
    "marks_of",
    "worth",
    "worth_in",
]

Phrase = tuple[str, ...]

_GAP = re.compile(GAP)
_MOST_TIMES = 5


@cache
def worth(weight: int, times: int, begins: bool) -> int:
    """More for a title than for a text, a little more for each time, more where a word begins."""
    return weight * (10 + min(times - 1, _MOST_TIMES)) * (12 if begins else 10) if times else 0


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as it is looked through for phrases: without gaps; a bit where a word begins."""

    weight: int
    letters: str
    begins: int


@dataclass(frozen=True, slots=True)
class Marks:
    """A piece, read: what its keys and the glossary's phrases count; 0 for a pair across a gap."""

    keys: Mapping[str, int]
    terms: Mapping[Phrase, int]
    texts: tuple[Read, ...]


def marks_of(piece: Piece) -> Marks:
    """Read a piece."""
    keys: dict[str, int] = {}
    texts = []
    for passage in piece.passages:
        counts: dict[str, int] = {}
        texts.append(_read(fold(passage.text), int(passage.weight), counts))
        for key, count in counts.items():
            value = worth(passage.weight, count >> 1, bool(count & 1))
            if value >= keys.get(key, 0):
                keys[key] = value
    read = tuple(texts)
    terms = {}
    for phrase in _possible(keys):
        value = worth_in(read, phrase)
        if value:
            terms[phrase] = value
    return Marks(keys, terms, read)


def _read(folded: Folded, weight: int, counts: dict[str, int]) -> Read:
    """Count the keys of a text: twice for each time, and one if a word begins with it."""
    letters, places, source = folded.letters, folded.places, folded.source
    parts: list[str] = []
    begun = removed = upto = 0
    paired_before = False
    for match in runs(letters):
        run, start = match[0], match.start()
        paired = is_paired(run)
        if paired and paired_before and _GAP.fullmatch(letters, upto, start):
            counts.setdefault(letters[upto - 1] + run[0], 0)
            removed += start - upto
        else:
            parts.append(letters[upto:start])
        place = places[start]
        begins = not place or not source[place - 1].isalnum()
        if begins:
            begun |= 1 << (start - removed)
        _count(run, paired, begins, counts)
        parts.append(run)
        paired_before, upto = paired, match.end()
    parts.append(letters[upto:])
    return Read(weight, "".join(parts), begun)


def _count(run: str, paired: bool, begins: bool, counts: dict[str, int]) -> None:
    if not paired:
        key = stem(run)
        counts[key] = counts.get(key, 0) + 2 | begins
        return
    last = -2
    for at, one in enumerate(run):
        counts[one] = counts.get(one, 0) + 2
        pair = run[at : at + 2]
        # Of three alike in a row only two make a pair: a stretch is not counted twice.
        if len(pair) == 2 and not (last == at - 1 and pair[0] == pair[1] == run[at - 1]):
            counts[pair] = counts.get(pair, 0) + 2
            last = at
    if begins:
        counts[run[0]] |= 1
        if len(run) > 1:
            counts[run[:2]] |= 1


# -- phrases of several keys ----------------------------------------------------------------------


def keys_in(phrase: Phrase) -> list[str]:
    """The keys that a text must have to hold a phrase."""
    return sorted({key for run in phrase for key in keys_of(run)})


def begin_of(phrase: Phrase) -> str:
    """What a text must have to hold a phrase: most have not even that, which is seen at once."""
    first = phrase[0]
    return first if is_paired(first) else first[:-1]


def worth_in(texts: Iterable[Read], phrase: Phrase) -> int:
    """What it counts that these texts hold a phrase of several keys; 0 if none does."""
    best, begin = 0, begin_of(phrase)
    for text in texts:
        if begin in text.letters:
            found = finds(text.letters, phrase)
            begins = any(text.begins >> start & 1 for start, _ in found)
            best = max(best, worth(text.weight, len(found), begins))
    return best


@cache
def _kept() -> tuple[frozenset[Phrase], Mapping[str, Sequence[tuple[Phrase, frozenset[str]]]]]:
    """The glossary's phrases of several keys, and the same by one of these keys."""
    by_key: dict[str, list[tuple[Phrase, frozenset[str]]]] = {}
    several = [phrase for phrase in phrases() if not is_key(phrase)]
    for phrase in several:
        keys = keys_in(phrase)
        by_key.setdefault(keys[0], []).append((phrase, frozenset(keys)))
    return frozenset(several), by_key


def is_kept(phrase: Phrase) -> bool:
    """Say whether what a phrase counts is worked out beforehand."""
    return phrase in _kept()[0]


def _possible(keys: Mapping[str, int]) -> Iterator[Phrase]:
    by_key = _kept()[1]
    for key in by_key.keys() & keys.keys():
        for phrase, needed in by_key[key]:
            if needed <= keys.keys():
                yield phrase
