"""A part of the index: some pieces, and for each key the pieces that hold it, by what it counts.

Pieces are numbered. A set of them is a whole number with a bit for each, so that sets are joined,
met and counted at once; while it is small it is kept as a list. A part is never changed: another
is made from it, which has the pieces that came and not those that went, and shares all else.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias, TypeVar

from architrave.portal.search.folding import fold, is_key
from architrave.portal.search.search_marks import (
    Marks,
    Phrase,
    Read,
    is_kept,
    keys_in,
    marks_of,
    worth_in,
)
from architrave.portal.search.search_pieces import NATURES, Piece, Stamp

__all__ = ["Part", "numbers_of", "rank"]

Numbers: TypeAlias = "int | array[int]"
Levels: TypeAlias = "tuple[tuple[int, Numbers], ...]"
_Counts = Mapping[Any, int]
_Key = TypeVar("_Key")
_LOOKED = 64  # phrases of readers that are kept, so that a page turned is not worked out again
_SPARSE = 32  # a list of numbers has four bytes for each, a set an eighth for each that may be


def rank(piece: Piece) -> tuple[object, ...]:
    """Where a piece stands among those that count as much."""
    return NATURES[piece.nature], -piece.when, piece.sort, piece.names, piece.place


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers in a set, the smallest first."""
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield at * 8 + low.bit_length() - 1
            byte ^= low


def _bits(numbers: Numbers) -> int:
    if isinstance(numbers, int):
        return numbers
    found = bytearray(numbers[-1] // 8 + 1)
    for one in numbers:
        found[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(found, "little")


def _packed(numbers: array[int], among: int) -> Numbers:
    return _bits(numbers) if len(numbers) * _SPARSE > among else numbers


class Part:
    """Pieces by their keys. `ordered` says that they are numbered as they rank."""

    def __init__(self) -> None:
        self.groups: Mapping[Stamp, tuple[int, ...]] = {}
        self.pieces: list[Piece | None] = []
        self.texts: list[tuple[Read, ...]] = []
        self.keys: dict[str, Levels] = {}
        self.terms: dict[Phrase, Levels] = {}
        self.exact: dict[str, Levels] = {}
        self.ordered = True
        self._looked: dict[Phrase, list[tuple[int, int]]] = {}

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Part:
        """A part of pieces that stay."""
        part = cls()
        keys: dict[str, dict[int, array[int]]] = {}
        terms: dict[Phrase, dict[int, array[int]]] = {}
        exact: dict[str, dict[int, array[int]]] = {}
        part.pieces += sorted(pieces, key=rank)
        for number in range(len(part.pieces)):
            piece = part.piece(number)
            marks = marks_of(piece)
            part.texts.append(marks.texts)
            _gather(keys, marks.keys, number)
            _gather(terms, marks.terms, number)
            _gather(exact, _names(piece), number)
        among = len(part.pieces)
        part.keys, part.terms = _frozen(keys, among), _frozen(terms, among)
        part.exact = _frozen(exact, among)
        return part

    def following(self, groups: Mapping[Stamp, tuple[Piece, ...]]) -> Part:
        """The part that holds these groups: only those that this one lacks are read."""
        gone = self.groups.keys() - groups.keys()
        come = [stamp for stamp in groups if stamp not in self.groups]
        if not gone and not come:
            return self
        part = Part()
        part.pieces, part.texts = [*self.pieces], [*self.texts]
        part.keys, part.terms, part.exact = {**self.keys}, {**self.terms}, {**self.exact}
        part.ordered = False
        held = {**self.groups}
        for stamp in gone:
            for number in held.pop(stamp):
                part._drop(number)
        free = [number for number, piece in enumerate(part.pieces) if piece is None]
        for stamp in come:
            held[stamp] = tuple(part._take(piece, free) for piece in groups[stamp])
        part.groups = held
        return part

    def _drop(self, number: int) -> None:
        piece = self.piece(number)
        for levels, marks in self._marked(piece, marks_of(piece)):
            for key, value in marks.items():
                rest = _without(levels[key], value, number)
                if rest:
                    levels[key] = rest
                else:
                    del levels[key]
        self.pieces[number], self.texts[number] = None, ()

    def _take(self, piece: Piece, free: list[int]) -> int:
        marks = marks_of(piece)
        if free:
            number = free.pop()
            self.pieces[number], self.texts[number] = piece, marks.texts
        else:
            number = len(self.pieces)
            self.pieces.append(piece)
            self.texts.append(marks.texts)
        for levels, found in self._marked(piece, marks):
            for key, value in found.items():
                levels[key] = _with(levels.get(key, ()), value, number)
        return number

    def _marked(
        self, piece: Piece, marks: Marks
    ) -> Iterator[tuple[dict[Any, Levels], Mapping[Any, int]]]:
        yield self.keys, marks.keys
        yield self.terms, marks.terms
        yield self.exact, _names(piece)

    # -- asking -----------------------------------------------------------------------------------

    def levels(self, phrase: Phrase) -> list[tuple[int, int]]:
        """What a phrase counts, and the set of the pieces in which it counts that."""
        if is_key(phrase):
            return [(value, _bits(held)) for value, held in self.keys.get(phrase[0], ()) if value]
        if is_kept(phrase):
            return [(value, _bits(held)) for value, held in self.terms.get(phrase, ())]
        levels = self._looked.get(phrase)
        if levels is None:
            levels = self._look(phrase)
            if len(self._looked) >= _LOOKED:
                self._looked.clear()
            self._looked[phrase] = levels
        return levels

    def _look(self, phrase: Phrase) -> list[tuple[int, int]]:
        """The same for a phrase of several keys of which nothing was worked out before."""
        found: dict[int, array[int]] = {}
        for number in numbers_of(reduce(and_, map(self._holding, keys_in(phrase)))):
            value = worth_in(self.texts[number], phrase)
            if value:
                found.setdefault(value, array("I")).append(number)
        return [(value, _bits(held)) for value, held in found.items()]

    def named(self, name: str) -> int:
        """The set of the pieces to which a name leads."""
        return reduce(or_, (_bits(held) for _, held in self.exact.get(name, ())), 0)

    def count(self, key: str) -> int:
        """How many pieces hold a key."""
        return sum(
            held.bit_count() if isinstance(held, int) else len(held)
            for _, held in self.keys.get(key, ())
        )

    def best_first(self, bits: int) -> Iterable[int]:
        """The numbers of a set of pieces that count as much, as they rank."""
        if self.ordered:
            return numbers_of(bits)
        return sorted(numbers_of(bits), key=lambda number: rank(self.piece(number)))

    def piece(self, number: int) -> Piece:
        """The piece with a number."""
        piece = self.pieces[number]
        assert piece is not None
        return piece

    def _holding(self, key: str) -> int:
        return reduce(or_, (_bits(held) for _, held in self.keys.get(key, ())), 0)


def _names(piece: Piece) -> dict[str, int]:
    return {fold(name).letters: 1 for name in piece.names}


def _gather(
    into: dict[_Key, dict[int, array[int]]], marks: Mapping[_Key, int], number: int
) -> None:
    for key, value in marks.items():
        levels = into.get(key)
        if levels is None:
            levels = into[key] = {}
        if value in levels:
            levels[value].append(number)
        else:
            levels[value] = array("I", (number,))


def _frozen(found: Mapping[_Key, Mapping[int, array[int]]], among: int) -> dict[_Key, Levels]:
    return {
        key: tuple((value, _packed(held, among)) for value, held in levels.items())
        for key, levels in found.items()
    }


def _with(levels: Levels, value: int, number: int) -> Levels:
    for at, (known, held) in enumerate(levels):
        if known == value:
            return (*levels[:at], (value, _joined(held, number)), *levels[at + 1 :])
    return (*levels, (value, array("I", (number,))))


def _joined(held: Numbers, number: int) -> Numbers:
    if isinstance(held, int):
        return held | 1 << number
    more = held[:]
    more.insert(bisect_left(more, number), number)
    return _packed(more, max(more[-1], _SPARSE))


def _without(levels: Levels, value: int, number: int) -> Levels:
    kept: list[tuple[int, Numbers]] = []
    for known, held in levels:
        rest = held
        if known == value:
            if isinstance(held, int):
                rest = held & ~(1 << number)
            else:
                rest = array("I", (one for one in held if one != number))
        if rest:
            kept.append((known, rest))
    return tuple(kept)
