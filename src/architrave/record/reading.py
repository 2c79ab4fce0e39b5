"""Reading before `seen`: what one party can judge, and how far it may name each log.

A party can *judge* an act when it holds it, its seal opens, its kind is known, and it can judge
every act in its past whose audience includes the act's whole audience. Its `seen` of a log stops
before the first entry that is an act to it which it cannot judge, or whose past holds an act
addressed to it and to the entry's author which it cannot judge. So *received* means *read*.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from architrave.record.entries import Audience, Tip
from architrave.record.history import Branch, Cut, History
from architrave.record.origins import first_log
from architrave.record.tombstones import HeldAct

__all__ = ["Reader", "Waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act addressed to the reader which it cannot judge yet."""

    tip: Tip
    audience: Audience
    seal: bytes


@dataclass(slots=True)
class Reader:
    """One party's reading of a history.

    `knows` says of an act's bytes whether their kind can be judged here; `now` is the reader's
    clock (ms): entries dated more than `patience` ahead of it are held back. An act that waits is
    looked at again when what it waits for has come, and not before. `ending` holds, by a party's
    first log, the prefix after which nothing more of its latest log is to be named.
    """

    history: History
    me: str
    knows: Callable[[HeldAct], bool]
    acts: dict[bytes, HeldAct] = field(default_factory=dict)
    waiting: dict[Tip, Waiting] = field(default_factory=dict)
    judged: list[Tip] = field(default_factory=list)
    ending: dict[str, Tip] = field(default_factory=dict)
    now: int = 0
    patience: int = 120_000
    _read: dict[tuple[str, int], int] = field(default_factory=dict)
    # What to look at next; and what waits for an act, for the clock, or for another act.
    _agenda: deque[Tip] = field(default_factory=deque)
    _sought: dict[bytes, list[Tip]] = field(default_factory=dict)
    _early: list[tuple[int, Tip]] = field(default_factory=list)
    _behind: dict[Tip, list[Tip]] = field(default_factory=dict)
    # The waiting acts of one log and one audience, the one that stands first on top of the heap.
    _lines: dict[str, dict[Audience, list[tuple[int, Tip]]]] = field(default_factory=dict)

    def arrived(self, tip: Tip) -> None:
        """Note that an entry has joined the history."""
        header = self.history.entry(tip).header
        if header.seal is not None and header.to is not None and header.to.reaches(self.me):
            self.waiting[tip] = Waiting(tip, header.to, header.seal)
            mine = self._lines.setdefault(first_log(tip.origin), {})
            line = mine.setdefault(header.to, [])
            heappush(line, (tip.size, tip))
            if header.seal in self.acts:
                self._agenda.append(tip)
            else:
                self._sought.setdefault(header.seal, []).append(tip)

    def holds_act(self, tip: Tip) -> bool:
        """Say whether the act of an entry is held."""
        seal = self.history.entry(tip).header.seal
        return seal is not None and seal in self.acts

    def keep(self, act: HeldAct) -> None:
        """Keep an act, whether or not an entry waits for it."""
        self.acts[act.seal] = act
        self._agenda.extend(self._sought.pop(act.seal, ()))

    def take_act(self, act: HeldAct) -> bool:
        """Keep an act whose seal some entry waits for; False if nobody waits for it."""
        if act.seal in self.acts or act.seal not in self._sought:
            return False
        self.keep(act)
        return True

    def advance(self, now: int) -> list[Tip]:
        """Judge what has become judgeable; return those entries in causal order."""
        return list(self.judging(now))

    def judging(self, now: int) -> Iterator[Tip]:
        """The entries that have become judgeable, one by one, in causal order."""
        self.now = max(self.now, now)
        while self._early and self._early[0][0] <= self.now + self.patience:
            self._agenda.append(heappop(self._early)[1])
        while self._agenda:
            tip = self._agenda.popleft()
            if tip in self.waiting and self._judgeable(self.waiting[tip]):
                del self.waiting[tip]
                self._agenda.extend(self._behind.pop(tip, ()))
                self.judged.append(tip)
                yield tip

    def _judgeable(self, one: Waiting) -> bool:
        act = self.acts[one.seal]
        t = self.history.entry(one.tip).header.t
        if t > self.now + self.patience:
            heappush(self._early, (t, one.tip))
            return False
        if not self.knows(act):
            return False  # for as long as this version runs
        everyone = self.history.founding.origins
        past = self.history.past(one.tip)
        first = self._first_waiting(past, lambda to: to.covers(one.audience, everyone), one.tip)
        if first is not None:
            self._behind.setdefault(first, []).append(one.tip)
        return first is None

    def _first_waiting(
        self, past: Cut, counts: Callable[[Audience], bool], itself: Tip
    ) -> Tip | None:
        """A waiting act that a past holds and whose audience counts, other than `itself`."""
        for origin, lines in self._lines.items():
            for tip in past.of(origin):
                for audience, line in lines.items():
                    while line and line[0][1] not in self.waiting:
                        heappop(line)
                    # Most lines hold nothing that early: only then is their audience looked at.
                    if line and line[0][0] <= tip.size and counts(audience):
                        for found in self._in_line(line, tip):
                            if found != itself:
                                return found
        return None

    def _in_line(self, line: list[tuple[int, Tip]], upto: Tip) -> Iterable[Tip]:
        """Waiting acts of a line that a prefix holds: the first, or more where the log forked."""
        if len(self.history.branches[upto.origin]) == 1 and not self.history.successions:
            return (line[0][1],)
        return [tip for _, tip in line if tip in self.waiting and self.history.is_prefix(tip, upto)]

    # -- how far each log is read -----------------------------------------------------------

    def read_size(self, branch: Branch) -> int:
        """How many entries of a branch are read: the most that this party may name."""
        branches = self.history.branches[branch.origin]
        index = 0
        while branches[index] is not branch:
            index += 1
        key, total = (branch.origin, index), len(branch.entries)
        size = self._read.get(key, 0)
        if size == total:
            return size
        if first_log(branch.origin) == self.me:
            size = total
        while size < total and self._readable(branch.tips[size]):
            size += 1
        self._read[key] = size
        return size

    def _readable(self, tip: Tip) -> bool:
        if tip in self.waiting:
            return False
        if self.history.entry(tip).header.t > self.now + self.patience:
            return False
        if not self.waiting:
            return True
        author = first_log(tip.origin)
        return (
            self._first_waiting(self.history.named(tip), lambda to: to.reaches(author), tip) is None
        )

    def cut(self) -> Cut:
        """Everything read, over all branches: what counts for this party now."""
        return self.history.cut_of(
            branch.tips[size - 1]
            for branches in self.history.branches.values()
            for branch in branches
            if (size := self.read_size(branch))
        )

    def seen_now(self) -> dict[str, Tip]:
        """What this party's next entry may name of each other party: its latest log, as read.

        After an equivocation the first branch stands still and is named as far as it was read,
        until another log succeeds it. A prefix stands under the log of its last entry.
        """
        own = self.history.main(self.me)
        named = own.seen[-1] if own.seen else {}
        seen = {}
        for origin in self.history.parties():
            branch = self.history.main(origin)
            size = self.read_size(branch) if origin != self.me else 0
            if size and origin in self.ending:
                size = self._until_end(branch.tips[size - 1], self.ending[origin])
            if size:
                tip = branch.tips[size - 1]
                old = named.get(tip.origin)
                if old is None or self.history.is_prefix(old, tip):
                    seen[tip.origin] = tip
        return seen

    def _until_end(self, tip: Tip, end: Tip) -> int:
        """How far a prefix may be named of a log that ends at `end`: 0 if it leads elsewhere."""
        history = self.history
        if history.find(end) is None:
            return 0
        if history.is_prefix(tip, end):
            return tip.size
        return end.size if history.is_prefix(end, tip) else 0
