"""Names that the institution does not write: disputed places and contested seas.

A list that forbids a name would itself write the name, so the list holds SHA-256 digests of
normalised words only. `docs/formats/register.md` says how to add one.

Three kinds of row: `place` and `sea` are not written; `exempt` is a longer, harmless expression
that begins with the same letters. Two forms: `words` (one or more Latin words in sequence) and
`letters` (Hangul, kana or Han, which are written without spaces between words).

Normalised means: escapes of addresses undone, NFKC, case folded, Latin diacritics and apostrophes
removed, a possessive ending dropped. Hangul is compared from the start of a written word only,
since particles follow the noun and a longer word may end in the same syllables; kana and Han are
compared at every position.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from architrave.institution.errors import InstitutionError

__all__ = ["NameFound", "NameKind", "Unnamed", "UnnamedError", "names_found", "read_unnamed"]

_COLUMNS = ["kind", "form", "length", "sha256"]
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LENGTH = re.compile(r"[1-9][0-9]?")
_LATIN = re.compile(r"[a-z0-9]+")
_JOINER = re.compile(r"[\s_\-\u2010-\u2015]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_KANA_AND_HAN = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u3005\u3400-\u4dbf\u4e00-\u9fff]+")
_POSSESSIVE = re.compile(r"['\u2019\u02bc]s\b")
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc]")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LATIN_MARK = re.compile(r"[\u0300-\u036f]")


class NameKind(StrEnum):
    """What a listed digest stands for."""

    PLACE = "place"
    SEA = "sea"
    EXEMPT = "exempt"


class UnnamedError(InstitutionError):
    """The list of digests itself is malformed, at a line (from 1) and column of it."""

    def __init__(self, line: int, field: str, message: str) -> None:
        self.line, self.field, self.message = line, field, message
        super().__init__(f"line {line}, {field}: {message}")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Digests of names by form: `words` and `letters` map (length, hex digest) to the kind."""

    words: Mapping[tuple[int, str], NameKind]
    letters: Mapping[tuple[int, str], NameKind]


@dataclass(frozen=True, slots=True)
class NameFound:
    """A listed name in a text: its kind and the line (from 1). The name is not repeated."""

    kind: NameKind
    line: int


def read_unnamed(text: str) -> Unnamed:
    """Read the CSV list of digests (columns kind, form, length, sha256).

    Raises UnnamedError at the first line that is not of that shape.
    """
    reader = csv.reader(text.splitlines(), strict=True)
    forms: dict[str, dict[tuple[int, str], NameKind]] = {"words": {}, "letters": {}}
    header = next(reader, [])
    if header != _COLUMNS:
        expected = f"expected {', '.join(_COLUMNS)}, found {', '.join(header)}"
        raise UnnamedError(1, "columns", expected)
    kinds = [kind.value for kind in NameKind]
    for cells in reader:
        if len(cells) != len(_COLUMNS):
            message = f"expected {len(_COLUMNS)} cells, found {len(cells)}"
            raise UnnamedError(reader.line_num, "row", message)
        kind, form, length, digest = cells
        for field, right, expected in [
            ("kind", kind in kinds, "place, sea or exempt"),
            ("form", form in forms, "words or letters"),
            ("length", bool(_LENGTH.fullmatch(length)), "a number from 1 to 99"),
            ("sha256", bool(_DIGEST.fullmatch(digest)), "64 lower-case hexadecimal digits"),
        ]:
            if not right:
                raise UnnamedError(reader.line_num, field, f"expected {expected}")
        forms[form][int(length), digest] = NameKind(kind)
    return Unnamed(words=forms["words"], letters=forms["letters"])


def names_found(
    text: str, unnamed: Unnamed, kinds: Collection[NameKind] = (NameKind.PLACE, NameKind.SEA)
) -> tuple[NameFound, ...]:
    """Every listed name of the given kinds in the text, in order of line."""
    normal = _normalised(text)
    found = [*_found_words(normal, unnamed.words), *_found_letters(normal, unnamed.letters)]
    lines = sorted(
        {(normal.count("\n", 0, start) + 1, kind) for start, kind in found if kind in kinds}
    )
    return tuple(NameFound(kind, line) for line, kind in lines)


def _normalised(text: str) -> str:
    # An address can carry a name in escapes as well as in letters.
    plain = _ESCAPES.sub(_unescaped, text)
    folded = unicodedata.normalize("NFKD", plain).casefold()
    # Only Latin marks are dropped: the marks that NFKD splits from kana carry meaning.
    bare = unicodedata.normalize("NFKC", _LATIN_MARK.sub("", folded))
    return _APOSTROPHE.sub("", _POSSESSIVE.sub("", bare))


def _unescaped(escapes: re.Match[str]) -> str:
    octets = bytes.fromhex(escapes.group().replace("%", ""))
    return octets.decode("utf-8", "replace").replace("\n", " ")


def _found_words(
    text: str, listed: Mapping[tuple[int, str], NameKind]
) -> Iterator[tuple[int, NameKind]]:
    lengths = sorted({length for length, _ in listed}, reverse=True)
    for words, starts in _word_chains(text):
        for index, start in enumerate(starts):
            tails = [words[index : index + n] for n in lengths if index + n <= len(words)]
            kind = _first_listed([(len(tail), " ".join(tail)) for tail in tails], listed)
            if kind is not None:
                yield start, kind


def _word_chains(text: str) -> Iterator[tuple[list[str], list[int]]]:
    """Words that follow each other with nothing but spaces, hyphens or underscores between."""
    words: list[str] = []
    starts: list[int] = []
    end = 0
    for match in _LATIN.finditer(text):
        if words and not _JOINER.fullmatch(text, end, match.start()):
            yield words, starts
            words, starts = [], []
        words.append(match.group())
        starts.append(match.start())
        end = match.end()
    if words:
        yield words, starts


def _found_letters(
    text: str, listed: Mapping[tuple[int, str], NameKind]
) -> Iterator[tuple[int, NameKind]]:
    lengths = sorted({length for length, _ in listed}, reverse=True)
    starts = [match.start() for match in _HANGUL.finditer(text)]
    starts += [at for match in _KANA_AND_HAN.finditer(text) for at in range(*match.span())]
    for start in starts:
        tails = [(n, text[start : start + n]) for n in lengths if start + n <= len(text)]
        kind = _first_listed(tails, listed)
        if kind is not None:
            yield start, kind


def _first_listed(
    candidates: list[tuple[int, str]], listed: Mapping[tuple[int, str], NameKind]
) -> NameKind | None:
    # Longest first, so that a harmless longer expression is met before the name it begins with.
    for length, phrase in candidates:
        kind = listed.get((length, sha256(phrase.encode()).hexdigest()))
        if kind is not None:
            return kind
    return None
