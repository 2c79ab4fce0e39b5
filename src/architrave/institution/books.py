"""The minute books side by side: how far each goes, and whether it acknowledges the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from architrave.record.entries import Tip
from architrave.record.history import Cut, History

__all__ = ["Book", "books"]


@dataclass(frozen=True, slots=True)
class Book:
    """A party's minute book as a cut holds it: lines, the time of the last (ms), what it covers.

    `behind` names the other parties of whose books lines wait for this party's acknowledgement.
    """

    party: str
    size: int
    last: int | None
    covers: tuple[tuple[str, int], ...]
    behind: tuple[str, ...]
    faces: int

    @property
    def complete(self) -> bool:
        """True if the book is read, has one face, and acknowledges all that it should."""
        return self.size > 0 and self.faces == 1 and not self.behind


def books(history: History, cut: Cut, answers: Collection[Tip] = ()) -> tuple[Book, ...]:
    """The minute books of all parties as a cut holds them, in the order of the founding.

    A book is behind another while that one holds a line with an act addressed to its party, or one
    of `answers` (see `closing_tips`), which it does not name. Receipts wait for no answer.
    """
    return tuple(
        _book(history, cut, member.name, frozenset(answers)) for member in history.founding.members
    )


def _book(history: History, cut: Cut, party: str, answers: frozenset[Tip]) -> Book:
    mine = history.founding.named(party).origin
    tips = cut.of(mine)
    if not tips:
        return Book(party, 0, None, (), (), 0)
    seen = history.seen(tips[0])
    covers, behind = [], []
    for member in history.founding.members:
        if member.name == party:
            continue
        theirs = [(tip, history.covered(seen, tip)) for tip in cut.of(member.origin)]
        covers.append((member.name, max((named for _, named in theirs), default=0)))
        if any(_owed(history, tip, named, mine, answers) for tip, named in theirs):
            behind.append(member.name)
    last = history.entry(tips[0]).header.t
    return Book(party, tips[0].size, last, tuple(covers), tuple(behind), len(tips))


def _owed(history: History, tip: Tip, named: int, reader: str, answers: frozenset[Tip]) -> bool:
    for size in range(named + 1, tip.size + 1):
        one = history.at(tip, size)
        to = history.entry(one).header.to
        if one in answers or (to is not None and to.reaches(reader)):
            return True
    return False
