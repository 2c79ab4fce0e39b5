"""The lines of entries that a log has, and cuts: sets of entries closed under what came before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from architrave.record.entries import Entry, Tip
from architrave.record.origins import first_log
from architrave.record.tree import Tree

__all__ = ["Branch", "Cut"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A set of entries closed under 'before in its log'.

    One tip per party, more where its log forked. Tips stand under the party's first log, those of
    the latest generation first.
    """

    tips: Mapping[str, tuple[Tip, ...]]

    def of(self, origin: str) -> tuple[Tip, ...]:
        """The tips of the party that writes a log; empty if the cut holds nothing of it."""
        found = self.tips.get(origin)
        return found if found is not None else self.tips.get(first_log(origin), ())

    def choices(self) -> Iterator[Cut]:
        """Every way of keeping one tip per log; one way only where nothing forked."""
        forked = [origin for origin, tips in self.tips.items() if len(tips) > 1]
        if not forked:
            yield self
            return
        for tip in self.tips[forked[0]]:
            yield from Cut({**self.tips, forked[0]: (tip,)}).choices()


@dataclass(slots=True)
class Branch:
    """One line of entries of a log, from its first entry on.

    `seen[i]` is all that the log had named of the others up to entry i; the same object is kept
    while it does not change. The first `start` entries are those of the log that it continues.
    """

    origin: str
    entries: list[Entry] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    tips: list[Tip] = field(default_factory=list)
    seen: list[Mapping[str, Tip]] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    broken: str | None = None
    start: int = 0

    @property
    def size(self) -> int:
        """How many entries the branch holds."""
        return len(self.entries)

    @property
    def tip(self) -> Tip | None:
        """The whole branch by its hash; None while it is empty."""
        return self.tips[-1] if self.tips else None

    def prefix(self, size: int) -> Branch:
        """A new branch that shares the first `size` entries."""
        return Branch(
            self.origin,
            self.entries[:size],
            self.tree.copy_prefix(size),
            self.tips[:size],
            self.seen[:size],
            self.times[:size],
            start=self.start,
        )
