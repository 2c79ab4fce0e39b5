"""Reading before `seen`: what one party can judge, and how far it may name each log.

A party can *judge* an act when it holds it, its seal opens, its kind is known, and it can judge
every act in its past whose audience includes the act's whole audience. Its `seen` of a log stops
before the first entry that is an act to it which it cannot judge, or whose past holds an act
addressed to it and to the entry's author which it cannot judge. So *received* means *read*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from architrave.record.entries import Audience, Tip
from architrave.record.history import Branch, Cut, History
from architrave.record.sealing import SealedAct

__all__ = ["Reader", "Waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act addressed to the reader which it cannot judge yet, and why."""

    tip: Tip
    audience: Audience
    seal: bytes
    needs_act: bool


@dataclass(slots=True)
class Reader:
    """One party's reading of a history.

    `knows` says of an act's bytes whether their kind can be judged here; `now` is the reader's
    clock (ms): entries dated more than `patience` ahead of it are held back.
    """

    history: History
    me: str
    knows: Callable[[SealedAct], bool]
    acts: dict[bytes, SealedAct] = field(default_factory=dict)
    waiting: dict[Tip, Waiting] = field(default_factory=dict)
    judged: list[Tip] = field(default_factory=list)
    now: int = 0
    patience: int = 120_000
    _read: dict[tuple[str, int], int] = field(default_factory=dict)

    def arrived(self, tip: Tip) -> None:
        """Note that an entry has joined the history."""
        header = self.history.entry(tip).header
        if header.seal is not None and header.to is not None and header.to.reaches(self.me):
            held = header.seal in self.acts
            self.waiting[tip] = Waiting(tip, header.to, header.seal, not held)

    def holds_act(self, tip: Tip) -> bool:
        """Say whether the act of an entry is held."""
        seal = self.history.entry(tip).header.seal
        return seal is not None and seal in self.acts

    def take_act(self, act: SealedAct) -> bool:
        """Keep an act whose seal some entry waits for; False if nobody waits for it."""
        seal = act.seal
        if seal in self.acts:
            return False
        wanted = [one for one in self.waiting.values() if one.seal == seal]
        if not wanted:
            return False
        self.acts[seal] = act
        return True

    def advance(self, now: int) -> list[Tip]:
        """Judge what has become judgeable; return those entries in causal order."""
        self.now = max(self.now, now)
        fresh: list[Tip] = []
        found = True
        while found:
            found = False
            for tip in list(self.waiting):
                if self._judgeable(self.waiting[tip]):
                    del self.waiting[tip]
                    fresh.append(tip)
                    found = True
        self.judged.extend(fresh)
        return fresh

    def _judgeable(self, one: Waiting) -> bool:
        act = self.acts.get(one.seal)
        if act is None:
            return False
        if self.history.entry(one.tip).header.t > self.now + self.patience:
            return False
        if not self.knows(act):
            return False
        past = self.history.past(one.tip)
        everyone = self.history.founding.origins
        return not any(
            other.tip != one.tip
            and other.audience.covers(one.audience, everyone)
            and self.history.holds(past, other.tip)
            for other in self.waiting.values()
        )

    # -- how far each log is read -----------------------------------------------------------

    def read_size(self, branch: Branch) -> int:
        """How many entries of a branch are read: the most that this party may name."""
        if branch.origin == self.me:
            return branch.size
        branches = self.history.branches[branch.origin]
        key = (branch.origin, next(i for i, one in enumerate(branches) if one is branch))
        size = self._read.get(key, 0)
        while size < branch.size and self._readable(branch.tips[size]):
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
        past = self.history.past(tip)
        return not any(
            one.tip.origin != tip.origin
            and one.audience.reaches(tip.origin)
            and self.history.holds(past, one.tip)
            for one in self.waiting.values()
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
        """What this party's next entry may name of each other log: its first branch, as read.

        After an equivocation the first branch stands still and is named as far as it was read.
        """
        seen = {}
        for origin in self.history.branches:
            if origin != self.me:
                branch = self.history.main(origin)
                size = self.read_size(branch)
                if size:
                    seen[origin] = branch.tips[size - 1]
        return seen
