"""The lines of entries that a log has, and cuts: sets of entries closed under what came before."""

from __future__ import annotations

from bisect import bisect_left
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
    while it does not change. `_growth` holds by log the sizes that were named of it, and by which
    entries. The first `start` entries are those of the log that it continues.
    """

    origin: str
    entries: list[Entry] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    tips: list[Tip] = field(default_factory=list)
    seen: list[Mapping[str, Tip]] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    broken: str | None = None
    start: int = 0
    _growth: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many entries the branch holds."""
        return len(self.entries)

    @property
    def tip(self) -> Tip | None:
        """The whole branch by its hash; None while it is empty."""
        return self.tips[-1] if self.tips else None

    def see(self, seen: Mapping[str, Tip]) -> None:
        """Note what a new entry names of other logs."""
        previous = self.seen[-1] if self.seen else {}
        position = len(self.seen)
        self.seen.append({**previous, **seen} if seen else previous)
        for log, tip in seen.items():
            sizes, positions = self._growth.setdefault(log, ([], []))
            sizes.append(tip.size)
            positions.append(position)

    def first_seeing(self, log: str, size: int) -> int:
        """The position of the first entry up to which `size` entries of a log were named.

        The number of entries if none is: what is named of one line of entries only grows.
        """
        sizes, positions = self._growth.get(log, ([], []))
        index = bisect_left(sizes, size)
        return positions[index] if index < len(positions) else len(self.seen)

    def prefix(self, size: int) -> Branch:
        """A new branch that shares the first `size` entries."""
        growth = {}
        for log, (sizes, positions) in self._growth.items():
            kept = bisect_left(positions, size)
            growth[log] = (sizes[:kept], positions[:kept])
        return Branch(
            self.origin,
            self.entries[:size],
            self.tree.copy_prefix(size),
            self.tips[:size],
            self.seen[:size],
            self.times[:size],
            start=self.start,
            _growth=growth,
        )
