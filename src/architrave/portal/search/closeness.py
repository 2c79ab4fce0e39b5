"""The nearest word to one that nothing holds: one slip of a finger, two in a long word.

Words of letters may lack, gain, change or swap one. In a compound of Korean syllables one syllable
may differ in one of its letters; in one of three or more Han or Kana, one character may differ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from architrave.portal.search.folding import is_paired
from architrave.portal.search.search_terms import phrases

__all__ = ["distance", "nearest"]

_SHORTEST, _LONG = 4, 8  # letters of a word
_LONGEST = 40  # of a compound: whoever types more has left out spaces
_MOST = 3
Held = Mapping[str, int]


def nearest(asked: tuple[str, ...], held: Held, bare: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases near to one that nothing holds, the nearest first, at most three; often none.

    `bare` are forms of it without what may end a noun. Each word of a phrase is mended by itself.
    """
    if len(asked) != 1:
        mended = [_of_word(one, held)[:1] or (one,) for one in asked]
        found = tuple(one[0] for one in mended)
        return (found,) if found != asked else ()
    word = asked[0]
    if not is_paired(word):
        return tuple((one,) for one in _of_word(word, held)[:_MOST])
    nouns = [noun for noun in bare if _stands(noun, held)]
    return tuple((one,) for one in dict.fromkeys([*nouns, *_of_compound(word, held)]))[:_MOST]


def _stands(word: str, held: Held) -> bool:
    return all(word[at : at + 2] in held for at in range(len(word) - 1))


# -- words of letters -----------------------------------------------------------------------------


def _of_word(word: str, held: Held) -> tuple[str, ...]:
    if word in held or len(word) < _SHORTEST or is_paired(word) or word.isdigit():
        return ()
    most = 2 if len(word) >= _LONG else 1
    words = {*held, *(one for phrase in phrases() for one in phrase)}
    near = []
    for other in words:
        if abs(len(other) - len(word)) <= most and not is_paired(other) and len(other) > 2:
            apart = distance(word, other, most)
            if apart <= most:
                near.append((apart, -held.get(other, 0), other))
    best = min((apart for apart, _, _ in near), default=0)
    return tuple(other for apart, _, other in sorted(near) if apart == best)


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap with their neighbour; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for at, wanted in enumerate(other, start=1):
            cost = min(last[at] + 1, line[at - 1] + 1, last[at - 1] + (letter != wanted))
            if row > 1 and at > 1 and letter == other[at - 2] and one[row - 2] == wanted:
                cost = min(cost, before[at - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


# -- compounds ------------------------------------------------------------------------------------


def _of_compound(word: str, held: Held) -> Iterator[str]:
    """The word with one character changed, if all its pairs are held or the glossary has it."""
    if not 2 <= len(word) <= _LONGEST:
        return
    terms = {phrase[0] for phrase in phrases() if len(phrase) == 1}
    for at, wrong in enumerate(word):
        for right in sorted(_candidates(word, at, held, terms)):
            other = word[:at] + right + word[at + 1 :]
            if _alike(wrong, right, len(word)) and (other in terms or _stands(other, held)):
                yield other


def _candidates(word: str, at: int, held: Held, terms: Iterable[str]) -> set[str]:
    """Characters that something has beside the neighbour of this place."""
    found: set[str] = set()
    if at > 0:
        found |= {key[1] for key in held if len(key) == 2 and key[0] == word[at - 1]}
    else:
        found |= {key[0] for key in held if len(key) == 2 and key[1] == word[1]}
    found |= {
        term[at]
        for term in terms
        if len(term) == len(word) and term[:at] + term[at + 1 :] == word[:at] + word[at + 1 :]
    }
    return {one for one in found if is_paired(one) and one != word[at]}


def _alike(wrong: str, right: str, length: int) -> bool:
    one, other = (unicodedata.normalize("NFD", letter) for letter in (wrong, right))
    if len(one) > 1 and len(other) > 1 and one[0] >= "\u1100":
        return distance(one, other, 1) <= 1
    return length >= 3
