"""The history: every log as its branches, and what lies in the past of an entry, by hash.

An entry is named by the tip it makes. Its *past* is its own log up to itself and, of each other
log, what its author's log itself names in `seen`: never what those logs name in turn. Within a log
that never forked a past is one size per log; explicit branches exist only where a log has forked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from architrave.record.entries import Entry, Tip, read_entry
from architrave.record.errors import BadSignature, Malformed, RecordError
from architrave.record.founding import Founding
from architrave.record.keys import PublicKey
from architrave.record.tree import Tree, leaf_hash

__all__ = ["Branch", "BrokenLog", "Cut", "History", "MissingPast"]


class BrokenLog(RecordError):
    """A fault of a header: nothing after it is read, and only a succession helps."""


class MissingPast(RecordError):
    """An entry names prefixes of other logs that are not held yet; `tips` lists them."""

    def __init__(self, tips: tuple[Tip, ...]) -> None:
        super().__init__(f"{len(tips)} prefixes named in seen are not held yet.")
        self.tips = tips


@dataclass(frozen=True, slots=True)
class Cut:
    """A set of entries closed under 'before in its log': one tip per log, more where one forked."""

    tips: Mapping[str, tuple[Tip, ...]]

    def of(self, origin: str) -> tuple[Tip, ...]:
        """The tips of one log in this cut; empty if it holds nothing of it."""
        return self.tips.get(origin, ())

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
    while it does not change.
    """

    origin: str
    entries: list[Entry] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    tips: list[Tip] = field(default_factory=list)
    seen: list[Mapping[str, Tip]] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    broken: str | None = None

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
        )


class History:
    """All entries held, of every log of one founding.

    Not thread-safe. Entries are only added; nothing is ever removed or replaced.
    """

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.branches: dict[str, list[Branch]] = {
            member.origin: [Branch(member.origin)] for member in founding.members
        }

    def main(self, origin: str) -> Branch:
        """The branch of a log that was held first; KeyError for a log of nobody here."""
        return self.branches[origin][0]

    def node_key(self, origin: str) -> PublicKey:
        """The key that signs entries of this log."""
        return self.founding.member(origin).node_key

    def find(self, tip: Tip) -> Branch | None:
        """The first branch that holds this prefix, or None."""
        for branch in self.branches.get(tip.origin, ()):
            tips = branch.tips
            if 0 < tip.size <= len(tips) and tips[tip.size - 1].root == tip.root:
                return branch
        return None

    def entry(self, tip: Tip) -> Entry:
        """The last entry of a prefix; KeyError if the prefix is not held."""
        return self._held(tip).entries[tip.size - 1]

    def before(self, tip: Tip) -> Tip | None:
        """The prefix one entry shorter; None before the first entry."""
        return self._held(tip).tips[tip.size - 2] if tip.size > 1 else None

    def seen(self, tip: Tip) -> Mapping[str, Tip]:
        """What the log had named of each other log, up to and including this entry."""
        return self._held(tip).seen[tip.size - 1]

    def past(self, tip: Tip) -> Cut:
        """The past of an entry, itself included."""
        tips = {origin: (other,) for origin, other in self.seen(tip).items()}
        return Cut({**tips, tip.origin: (tip,)})

    def _held(self, tip: Tip) -> Branch:
        branch = self.find(tip)
        if branch is None:
            raise KeyError(tip)
        return branch

    # -- adding -----------------------------------------------------------------------------

    def append(self, branch: Branch, data: bytes) -> Tip:
        """Add the next entry to a branch and return the tip it makes.

        Raises MissingPast if it names what is not held, and BrokenLog for bytes that are no entry
        and for a fault of its header (the branch is then marked and takes nothing more).
        """
        if branch.broken is not None:
            raise BrokenLog(branch.broken)
        try:
            entry = read_entry(data)
        except Malformed as fault:
            branch.broken = f"entry {branch.size} of {branch.origin}: {fault}"
            raise BrokenLog(branch.broken) from fault
        return self.append_read(branch, entry, data)

    def append_read(
        self, branch: Branch, entry: Entry, data: bytes, signature_holds: bool = False
    ) -> Tip:
        """Add an entry that has been read already; as `append`.

        `signature_holds` says that the caller knows the node's signature to be right: it has just
        made it, or the entry lies under a checkpoint that the same key signed.
        """
        if branch.broken is not None:
            raise BrokenLog(branch.broken)
        try:
            self._check_header(branch, entry, signature_holds)
        except BrokenLog as fault:
            branch.broken = str(fault)
            raise
        except BadSignature as fault:
            branch.broken = f"entry {branch.size} of {branch.origin}: {fault}"
            raise BrokenLog(branch.broken) from fault
        branch.tree.append(leaf_hash(data))
        tip = Tip(branch.origin, branch.size + 1, branch.tree.root())
        branch.entries.append(entry)
        branch.tips.append(tip)
        branch.times.append(entry.header.t)
        previous = branch.seen[-1] if branch.seen else {}
        branch.seen.append({**previous, **entry.header.seen} if entry.header.seen else previous)
        return tip

    def fork(self, branch: Branch, size: int) -> Branch:
        """Begin another branch of a log that shares its first `size` entries."""
        other = branch.prefix(size)
        self.branches[branch.origin].append(other)
        return other

    def _check_header(self, branch: Branch, entry: Entry, signature_holds: bool) -> None:
        header, place = entry.header, f"entry {branch.size} of {branch.origin}"
        if header.log != branch.origin or header.n != branch.size:
            raise BrokenLog(f"{place}: the header says entry {header.n} of {header.log}.")
        if not signature_holds:
            entry.check_signature(self.node_key(branch.origin))
        if header.founding is not None and header.founding != self.founding.id:
            raise BrokenLog(f"{place}: belongs to another founding.")
        if branch.times and header.t < branch.times[-1]:
            raise BrokenLog(f"{place}: its time is before that of the entry it follows.")
        if header.to is not None and header.to.logs is not None:
            strangers = header.to.logs - self.founding.origins
            if strangers:
                raise BrokenLog(f"{place}: to: {min(strangers)} is no log of this founding.")
        self._check_seen(branch, entry, place)

    def _check_seen(self, branch: Branch, entry: Entry, place: str) -> None:
        previous = branch.seen[-1] if branch.seen else {}
        missing = []
        for origin, tip in entry.header.seen.items():
            if origin not in self.branches:
                raise BrokenLog(f"{place}: seen: {origin} is no log of this founding.")
            old = previous.get(origin)
            if old is not None and tip.size <= old.size:
                raise BrokenLog(f"{place}: seen: {origin} does not grow.")
            if self.find(tip) is None:
                missing.append(tip)
            elif old is not None and not self.is_prefix(old, tip):
                raise BrokenLog(f"{place}: seen: {origin} leaves the branch it had named.")
        if missing:
            raise MissingPast(tuple(missing))

    # -- asking -----------------------------------------------------------------------------

    def is_prefix(self, shorter: Tip, longer: Tip) -> bool:
        """Say whether one held prefix of a log is a prefix of another."""
        if shorter.origin != longer.origin or shorter.size > longer.size:
            return False
        if len(self.branches[longer.origin]) == 1:
            return True
        return self._held(longer).tips[shorter.size - 1].root == shorter.root

    def holds(self, cut: Cut, tip: Tip) -> bool:
        """Say whether a cut holds the entry that `tip` names."""
        return any(self.is_prefix(tip, held) for held in cut.of(tip.origin))

    def names(self, namer: Tip, named: Tip) -> bool:
        """Say whether the log of `namer`, up to there, itself names the entry `named`."""
        if namer.origin == named.origin:
            return self.is_prefix(named, namer)
        seen = self.seen(namer).get(named.origin)
        return seen is not None and self.is_prefix(named, seen)

    def first_naming(self, upto: Tip, named: Tip) -> Tip | None:
        """The first entry of a log (up to a tip) that has `named` in its past; None if none has.

        A log's `seen` only grows, so the answer is found by halving.
        """
        if upto.origin == named.origin:
            return named if self.is_prefix(named, upto) else None
        branch = self._held(upto)

        def knows(mapping: Mapping[str, Tip]) -> bool:
            tip = mapping.get(named.origin)
            return tip is not None and self.is_prefix(named, tip)

        index = bisect_left(branch.seen, True, hi=upto.size, key=knows)
        return branch.tips[index] if index < upto.size else None

    def first_dated(self, upto: Tip, t: int) -> Tip | None:
        """The first entry of a log (up to a tip) dated at or after `t`, in milliseconds."""
        branch = self._held(upto)
        index = bisect_left(branch.times, t, hi=upto.size)
        return branch.tips[index] if index < upto.size else None

    def at(self, upto: Tip, size: int) -> Tip:
        """The prefix of `size` entries on the branch of `upto`."""
        return self._held(upto).tips[size - 1]

    def cut_of(self, tips: Iterable[Tip]) -> Cut:
        """The cut that these tips span; a tip that another one contains is left out."""
        chosen: dict[str, list[Tip]] = {}
        for tip in sorted(tips, key=lambda tip: -tip.size):
            kept = chosen.setdefault(tip.origin, [])
            if not any(self.is_prefix(tip, other) for other in kept):
                kept.append(tip)
        return Cut({origin: tuple(kept) for origin, kept in sorted(chosen.items())})

    def dated_cut(self, within: Cut, t: int) -> Cut:
        """The largest causally closed cut among the entries of `within` dated up to `t` (ms)."""
        sizes: dict[Tip, int] = {}
        for tips in within.tips.values():
            for tip in tips:
                sizes[tip] = bisect_left(self._held(tip).times, t + 1, hi=tip.size)
        changed = True
        while changed:
            changed = False
            cut = self.cut_of(self.at(tip, size) for tip, size in sizes.items() if size)
            for tip, size in sizes.items():
                closed = self._closed_size(tip, size, cut)
                if closed < size:
                    sizes[tip], changed = closed, True
        return self.cut_of(self.at(tip, size) for tip, size in sizes.items() if size)

    def _closed_size(self, tip: Tip, size: int, cut: Cut) -> int:
        """How many of the first `size` entries name only what the cut holds."""

        def reaches_out(seen: Mapping[str, Tip]) -> bool:
            return not all(self.holds(cut, one) for one in seen.values())

        return bisect_left(self._held(tip).seen, True, hi=size, key=reaches_out)

    def final_cut(self, within: Cut) -> Cut:
        """What every other party of the founding has received, as far as `within` shows."""
        tips = []
        for origin in self.branches:
            received = []
            for other in self.branches:
                if other != origin:
                    named = [self.seen(tip).get(origin) for tip in within.of(other)]
                    received.append([tip for tip in named if tip is not None])
            tips.extend(self._shared(received))
        return self.cut_of(tips)

    def _shared(self, received: list[list[Tip]]) -> list[Tip]:
        # What each of the others has received, by hash: where a log has forked and the others hold
        # different branches, that is the part that the branches share.
        if not all(received):
            return []
        found = []
        for tip in received[0]:
            sizes = [max(self._alike(tip, other) for other in tips) for tips in received[1:]]
            size = min(sizes, default=tip.size)
            if size:
                found.append(self.at(tip, size))
        return found

    def _alike(self, one: Tip, other: Tip) -> int:
        """How many entries two held prefixes of one log share."""
        size = min(one.size, other.size)
        first, second = self._held(one).tips, self._held(other).tips
        if first is second:
            return size
        return bisect_left(range(size), True, key=lambda i: first[i].root != second[i].root)
