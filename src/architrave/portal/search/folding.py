"""How a text is read for searching: folded, cut into keys, and found again in its own letters.

Korean, Japanese and Chinese characters are cut into pairs, so that a word is found with whatever
stands before or after it, and at whatever place a compound holds it. Every other script is cut
into words without their plural. Spaces and dots inside a compound do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "GAP",
    "Folded",
    "Span",
    "finds",
    "fold",
    "is_key",
    "is_paired",
    "keys_of",
    "phrase_of",
    "runs",
    "spans",
    "stem",
]

Span = tuple[int, int]

# Han, Kana and Hangul, without the dot between words, which is a gap.
_PAIRED = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_PAIRED}]+|[^\\W_{_PAIRED}]+")
_PAIR = re.compile(f"[{_PAIRED}]")
GAP = "[\\s·・]+"
_GAP = re.compile(f"(?<=[{_PAIRED}]){GAP}(?=[{_PAIRED}])")
_CLUSTER = re.compile("[\\s\\S][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*")
_MARK = re.compile("[\u0300-\u036f\u3099\u309a\uff9e\uff9f]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_UNEVEN = re.compile(f"{_MARK.pattern}|[\u00c0-\u024f]")
_POSSESSIVE = re.compile("['’]s?(?!\\w)")
_BETWEEN = 3  # characters that may part two words of a phrase
_LONGEST_END = 3  # of a plural


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared. `places` leads from each letter back to `source`."""

    source: str
    letters: str
    places: range | list[int]

    def span(self, start: int, end: int) -> Span:
        """A stretch of `letters` as a stretch of `source`."""
        last = self.places[end - 1] + 1
        while last < len(self.source) and _MARK.match(self.source, last):
            last += 1
        return self.places[start], last

    def without_gaps(self) -> Folded:
        """The same without spaces and dots between two characters that are read in pairs."""
        kept: list[str] = []
        places: list[int] = []
        upto = 0
        for gap in _GAP.finditer(self.letters):
            kept.append(self.letters[upto : gap.start()])
            places += self.places[upto : gap.start()]
            upto = gap.end()
        if not upto:
            return self
        return Folded(
            self.source, "".join(kept) + self.letters[upto:], [*places, *self.places[upto:]]
        )


@lru_cache(maxsize=20_000)
def _cluster(cluster: str) -> str:
    letters = unicodedata.normalize("NFKC", cluster).casefold()
    if len(letters) == 1 and ord(letters) < 0x250:
        # An accent is no other letter: names are asked for without.
        return _ACCENTS.sub("", unicodedata.normalize("NFKD", letters))
    return letters


def fold(text: str) -> Folded:
    """A text with one form for each letter: NFKC, case folded, accents off Latin letters."""
    if text.isascii():
        return Folded(text, text.lower(), range(len(text)))
    if unicodedata.is_normalized("NFKC", text) and not _UNEVEN.search(text):
        # Nearly every text: each letter stands for itself, unless case folding makes it several.
        plain = text.casefold()
        if len(plain) == len(text):
            return Folded(text, plain, range(len(text)))
    source = unicodedata.normalize("NFC", text)
    letters: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(source):
        folded = _cluster(match[0])
        letters.append(folded)
        places += [match.start()] * len(folded)
    return Folded(source, "".join(letters), places)


def is_paired(run: str) -> bool:
    """Say whether a run is read in pairs: all characters of one run are, or none."""
    return run[:1] > "\u10ff" and _PAIR.match(run) is not None


def runs(letters: str) -> Iterator[re.Match[str]]:
    """The stretches of one way of reading, without what stands between them."""
    return _RUN.finditer(letters)


def stem(word: str) -> str:
    """An English word without its plural; any other word as good as unchanged."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def phrase_of(text: str) -> tuple[str, ...]:
    """The runs of a text, words by their stems and compounds without their gaps."""
    letters = _POSSESSIVE.sub("", fold(text).without_gaps().letters)
    return tuple(one[0] if is_paired(one[0]) else stem(one[0]) for one in runs(letters))


@lru_cache(maxsize=20_000)
def keys_of(text: str) -> frozenset[str]:
    """What a text can be looked up by: pairs of characters, and stems of words."""
    keys: set[str] = set()
    for run in phrase_of(text):
        if is_paired(run) and len(run) > 1:
            keys.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            keys.add(run)
    return frozenset(keys)


def spans(folded: Folded, phrase: tuple[str, ...]) -> list[Span]:
    """Where a phrase stands in a text, in the letters of its source."""
    # Two characters alone must touch: across a gap they are seldom one word.
    paired = any(map(is_paired, phrase)) and not is_key(phrase)
    within = folded.without_gaps() if paired else folded
    return [within.span(*one) for one in finds(within.letters, phrase)]


def is_key(phrase: tuple[str, ...]) -> bool:
    """Say whether a phrase is one key by itself: a word, or at most two characters."""
    return len(phrase) == 1 and (len(phrase[0]) <= 2 or not is_paired(phrase[0]))


def finds(letters: str, phrase: tuple[str, ...]) -> list[Span]:
    """Where a phrase stands in folded letters; those without gaps, unless it is one key."""
    first, *others = phrase
    if is_paired(first):
        return _of_characters(letters, first, others)
    found: list[Span] = []
    # What a word and its plural begin with alike is found fast; each find is then looked at.
    begin = first[:-1] if first.endswith("y") and len(first) > 1 else first
    at = letters.find(begin)
    while at >= 0:
        run = _RUN.match(letters, at)
        assert run is not None
        if (at == 0 or _parts(letters, at)) and stem(run[0]) == first:
            end = _continued(letters, run.end(), others)
            if end:
                found.append((at, end))
        at = letters.find(begin, at + 1)
    return found


def _parts(letters: str, at: int) -> bool:
    """Say whether a new run begins at a letter that follows another."""
    before = letters[at - 1]
    return is_paired(before) or not _RUN.match(before)


def _continued(letters: str, at: int, others: Sequence[str]) -> int:
    """Where the rest of a phrase ends that goes on from a place; 0 if it does not."""
    for sought in others:
        run = _RUN.search(letters, at, at + _BETWEEN + len(sought) + _LONGEST_END)
        if run is None or run.start() - at > _BETWEEN:
            return 0
        run = _RUN.match(letters, run.start())
        assert run is not None
        paired = is_paired(sought)
        if (paired and not run[0].startswith(sought)) or (not paired and stem(run[0]) != sought):
            return 0
        at = run.start() + len(sought) if paired else run.end()
    return at


def _of_characters(letters: str, first: str, others: Sequence[str]) -> list[Span]:
    """Where a phrase stands whose first run is of characters: it may end a longer run."""
    found: list[Span] = []
    at = letters.find(first)
    while at >= 0:
        end = _continued(letters, at + len(first), others)
        if end:
            found.append((at, end))
        at = letters.find(first, at + (1 if others else len(first)))
    return found
