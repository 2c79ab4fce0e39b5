"""The history: every log as its branches, and what lies in the past of an entry, by hash.

An entry is named by the tip it makes. Its *past* is its own log up to itself and, of each other
log, what its author's log itself names in `seen`: never what those logs name in turn. Within a log
that never forked a past is one size per log; explicit branches exist only where a log has forked.

A later generation of a log (see `succession`) shares the entries of the one that it continues. Cuts
speak of parties: they hold the tips of all of a party's logs under the name of its first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from architrave.record.branches import Branch, Cut
from architrave.record.entries import Entry, Tip, read_entry
from architrave.record.errors import BadSignature, Malformed, RecordError
from architrave.record.founding import Founding
from architrave.record.keys import PublicKey
from architrave.record.origins import first_log, generation_of
from architrave.record.succession import Succession
from architrave.record.tree import leaf_hash

__all__ = ["Branch", "BrokenLog", "Cut", "History", "MissingPast"]


class BrokenLog(RecordError):
    """A fault of a header: nothing after it is read, and only a succession helps."""


class MissingPast(RecordError):
    """An entry names prefixes of other logs that are not held yet; `tips` lists them."""

    def __init__(self, tips: tuple[Tip, ...]) -> None:
        super().__init__(f"{len(tips)} prefixes named in seen are not held yet.")
        self.tips = tips


class History:
    """All entries held, of every log of one founding.

    Not thread-safe. Entries are only added; nothing is ever removed or replaced.
    """

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.branches: dict[str, list[Branch]] = {
            member.origin: [Branch(member.origin)] for member in founding.members
        }
        self.successions: dict[str, Succession] = {}
        self._newest = {member.origin: member.origin for member in founding.members}

    def main(self, origin: str) -> Branch:
        """The branch, of the latest log of the party that writes `origin`, that was held first.

        KeyError for a log of nobody here.
        """
        return self.branches[self.newest(origin)][0]

    def newest(self, origin: str) -> str:
        """The latest log of the party that writes `origin`; KeyError for a log of nobody here."""
        found = self._newest.get(origin)
        return found if found is not None else self._newest[first_log(origin)]

    def parties(self) -> Iterator[str]:
        """The first log of each party, in the order of the founding."""
        return iter(self._newest)

    def node_key(self, origin: str) -> PublicKey:
        """The key that signs entries of this log."""
        if origin in self.successions:
            return self.successions[origin].node_key
        return self.founding.member(origin).node_key

    def node_keys(self, origin: str) -> tuple[PublicKey, ...]:
        """The keys of all logs of the party that writes `origin`, from the first on."""
        first = first_log(origin)
        later = [one.node_key for one in self.successions.values() if one.first == first]
        return (self.founding.member(first).node_key, *later)

    def open(self, succession: Succession) -> Branch:
        """Begin a later log of a party, which shares the entries up to the prefix it continues.

        Whether all parties concur is the caller's to know. ValueError if that prefix is not held,
        or the log is not later than all that are open.
        """
        held = self.find(succession.continues)
        newest = self.newest(succession.log)
        if held is None or generation_of(succession.log) <= generation_of(newest):
            raise ValueError(f"{succession.log} cannot be opened here")
        branch = held.prefix(succession.continues.size)
        branch.origin, branch.start = succession.log, branch.size
        self.branches[succession.log] = [branch]
        self.successions[succession.log] = succession
        self._newest[succession.first] = succession.log
        return branch

    def find(self, tip: Tip) -> Branch | None:
        """The first branch that holds this prefix, or None."""
        for branch in self.branches.get(tip.origin, ()):
            tips = branch.tips
            if 0 < tip.size <= len(tips) and tips[tip.size - 1].root == tip.root:
                return branch if tip.size > branch.start else None
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

    def seen_until(self, tip: Tip) -> int | None:
        """The time (ms) of the newest entry of another log that was named by then; None if none."""
        return max((self.entry(one).header.t for one in self.seen(tip).values()), default=None)

    def past(self, tip: Tip) -> Cut:
        """The past of an entry, itself included."""
        return Cut({**self.named(tip).tips, first_log(tip.origin): (tip,)})

    def named(self, tip: Tip) -> Cut:
        """What the log of an entry, up to there, names of the others."""
        seen = self.seen(tip)
        if self.successions:
            return self.cut_of(seen.values())
        return Cut({origin: (other,) for origin, other in seen.items()})

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
        branch.see(entry.header.seen)
        return tip

    def fork(self, branch: Branch, size: int) -> Branch:
        """Begin another branch of a log that shares its first `size` entries."""
        other = branch.prefix(size)
        self.branches[branch.origin].append(other)
        return other

    def _check_header(self, branch: Branch, entry: Entry, signature_holds: bool) -> None:
        header, place = entry.header, f"entry {branch.size} of {branch.origin}"
        if branch.size < branch.start:
            raise BrokenLog(f"{place}: it stands before the prefix that this log continues.")
        if header.log != branch.origin or header.n != branch.size:
            raise BrokenLog(f"{place}: the header says entry {header.n} of {header.log}.")
        if not signature_holds:
            entry.check_signature(self.node_key(branch.origin))
        if branch.size == branch.start > 0 and (header.to is None or not header.to.public):
            raise BrokenLog(f"{place}: a later log begins with a public act that says so.")
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
            if first_log(origin) not in self._newest:
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
        if shorter.size > longer.size:
            return False
        if shorter.origin == longer.origin:
            if len(self.branches[longer.origin]) == 1:
                return True
        elif first_log(shorter.origin) != first_log(longer.origin):
            return False
        return self._held(longer).tips[shorter.size - 1].root == shorter.root

    def holds(self, cut: Cut, tip: Tip) -> bool:
        """Say whether a cut holds the entry that `tip` names."""
        for held in cut.of(tip.origin):  # noqa: SIM110 - asked for each fact of each view
            if self.is_prefix(tip, held):
                return True
        return False

    def names(self, namer: Tip, named: Tip) -> bool:
        """Say whether the log of `namer`, up to there, itself names the entry `named`."""
        if self.same_party(namer, named):
            return self.is_prefix(named, namer)
        return self._knows(self.seen(namer), named)

    def same_party(self, one: Tip, other: Tip) -> bool:
        """Say whether two entries stand in logs of one party."""
        return one.origin == other.origin or first_log(one.origin) == first_log(other.origin)

    def _knows(self, seen: Mapping[str, Tip], named: Tip) -> bool:
        """Say whether one of the prefixes that a log names holds the entry `named`."""
        tip = seen.get(named.origin)
        if tip is not None and self.is_prefix(named, tip):
            return True
        return bool(self.successions) and any(
            self.is_prefix(named, seen[log])
            for log in self.successions
            if log in seen and first_log(log) == first_log(named.origin)
        )

    def first_naming(self, upto: Tip, named: Tip) -> Tip | None:
        """The first entry of a log (up to a tip) that has `named` in its past; None if none has.

        A log's `seen` only grows, so the answer is found by halving.
        """
        if self.same_party(upto, named):
            return named if self.is_prefix(named, upto) else None
        branch = self._held(upto)
        if not self.successions and len(self.branches[named.origin]) == 1:
            # Of one line of entries sizes say it all.
            index = branch.first_seeing(named.origin, named.size)
        else:
            index = bisect_left(
                branch.seen, True, hi=upto.size, key=lambda seen: self._knows(seen, named)
            )
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
        for tip in sorted(tips, key=self._latest_first):
            kept = chosen.setdefault(first_log(tip.origin), [])
            if not any(self.is_prefix(tip, other) for other in kept):
                kept.append(tip)
        return Cut({origin: tuple(kept) for origin, kept in sorted(chosen.items())})

    def _latest_first(self, tip: Tip) -> tuple[int, int]:
        later = generation_of(tip.origin) if self.successions else 0
        return -later, -tip.size

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
        for origin in self._newest:
            received = [
                [one for tip in within.of(other) for one in self.tips_of(self.seen(tip), origin)]
                for other in self._newest
                if other != origin
            ]
            tips.extend(self.shared(received))
        return self.cut_of(tips)

    def covered(self, seen: Mapping[str, Tip], tip: Tip) -> int:
        """How many of the entries of a prefix are among those that a log has named."""
        held = seen.get(tip.origin)
        if held is not None and not self.successions and len(self.branches[tip.origin]) == 1:
            return min(held.size, tip.size)
        return max((self._alike(one, tip) for one in self.tips_of(seen, tip.origin)), default=0)

    def tips_of(self, seen: Mapping[str, Tip], origin: str) -> list[Tip]:
        """What is named of the logs of the party that writes `origin`."""
        first = first_log(origin)
        logs = [first, *(log for log in self.successions if first_log(log) == first)]
        return [seen[log] for log in logs if log in seen]

    def shared(self, received: list[list[Tip]]) -> list[Tip]:
        """What each of several parties has received of one party's log, by hash.

        Where it has forked and they hold different branches, that is what the branches share.
        """
        if not all(received):
            return []
        found = []
        for tip in received[0] if received else ():
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
