"""One log of another party as this node replicates it: what is held, staged, cosigned, stopped.

Growth is checked before anything is added: the entries must lead from what is held, and from what
was last cosigned, to the root of a checkpoint signed by the log. What does not is either noise
(refused) or a second face of the log (kept as a portable proof).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from architrave.peer.errors import PeerError
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.entries import Tip
from architrave.record.equivocation import format_equivocation
from architrave.record.errors import RecordError
from architrave.record.frontier import Frontier
from architrave.record.history import Branch, BrokenLog, History, MissingPast
from architrave.record.tree import Tree, leaf_hash
from architrave.record.vkeys import NoteKey

__all__ = ["STAGED_LIMIT", "Checked", "Replica"]

STAGED_LIMIT = 256 << 20
"""Bytes of entries of one log that may wait for a checkpoint which covers them."""


@dataclass(slots=True)
class Checked:
    """What came of some growth.

    `added`: entries now held, as (branch number, tip). `witness`: a checkpoint that may be
    cosigned. `missing`: prefixes of other logs to ask for. `more`: the position to ask this log
    from, if any.
    """

    added: list[tuple[int, Tip]] = field(default_factory=list)
    witness: tuple[Checkpoint, bytes] | None = None
    missing: tuple[Tip, ...] = ()
    more: int | None = None
    proof: bytes | None = None


@dataclass(slots=True)
class Replica:
    """Replication of one log. `staged` holds entries past the held ones, not added yet."""

    history: History
    origin: str
    key: NoteKey
    note: bytes = b""
    witnessed: Checkpoint | None = None
    witnessed_note: bytes = b""
    proof: bytes | None = None
    staged: list[bytes] = field(default_factory=list)
    staged_is_checked: bool = False
    staged_bytes: int = 0

    @property
    def branch(self) -> Branch:
        """The branch that was held first."""
        return self.history.main(self.origin)

    @property
    def reach(self) -> int:
        """How many entries are held or staged."""
        return self.branch.size + len(self.staged)

    def grow(self, start: int, entries: list[bytes], note: bytes) -> Checked:
        """Take entries from position `start` on, with the checkpoint that covers them, if sent."""
        if self.proof is not None:
            return Checked()
        if start > self.reach:
            return Checked(more=self.reach)
        held = self._overlap(start, entries)
        if held is not None:
            return self._second_face(held, start, entries, note)
        fresh = entries[self.reach - start :]
        if fresh:
            self._make_room(fresh)
            self.staged.extend(fresh)
            self.staged_is_checked = False
        if note:
            return self._admit_note(note, start, bool(fresh))
        # Without anything new, asking again would only bring the same answer.
        return Checked(more=self.reach if fresh else None)

    def _make_room(self, fresh: list[bytes]) -> None:
        """Count what is staged; PeerError if so much comes without a checkpoint that covers it."""
        if not self.staged:
            self.staged_bytes = 0
        self.staged_bytes += sum(len(data) for data in fresh)
        if self.staged_bytes > STAGED_LIMIT:
            self.staged.clear()
            raise PeerError(
                f"{self.origin}: over {STAGED_LIMIT} bytes came without a checkpoint for them.", 413
            )

    def _overlap(self, start: int, entries: list[bytes]) -> int | None:
        """The first position at which an entry differs from the one held or staged there."""
        for index, data in enumerate(entries[: max(0, self.reach - start)]):
            position = start + index
            if self._at(position) != data:
                return position
        return None

    def _at(self, position: int) -> bytes:
        size = self.branch.size
        if position < size:
            return self.branch.entries[position].data
        return self.staged[position - size]

    def _admit_note(self, note: bytes, start: int, fresh: bool) -> Checked:
        try:
            checkpoint, _ = open_checkpoint(note, self.key)
        except RecordError as fault:
            self.staged.clear()
            raise PeerError(f"{self.origin}: {fault}", 403) from fault
        if checkpoint.size > self.reach:
            return Checked(more=self.reach if fresh else None)
        if checkpoint.size < self.branch.size:
            return self._old_note(checkpoint, note)
        roots = self._roots(checkpoint.size)
        if roots[checkpoint.size] != checkpoint.root:
            return self._mismatch(checkpoint, note, start)
        old = self.witnessed
        if old is not None and old.size <= checkpoint.size and roots[old.size] != old.root:
            proof = self._prove(self.witnessed_note, old, note, checkpoint, self._staged_tree())
            return self._convict(proof)
        del self.staged[max(0, checkpoint.size - self.branch.size) :]
        self.staged_is_checked = True
        found = self.drain()
        if old is None or checkpoint.size >= old.size:
            found.witness = (checkpoint, note)
        return found

    def _roots(self, size: int) -> dict[int, bytes]:
        """Roots at the held size, at the witnessed size and at `size`."""
        frontier = Frontier(self.branch.tree, self.branch.size)
        wanted = {size, self.witnessed.size if self.witnessed else size}
        roots = {one: self.branch.tree.root(one) for one in wanted if one <= self.branch.size}
        for data in self.staged[: max(0, size - self.branch.size)]:
            frontier.append(leaf_hash(data))
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
        roots.setdefault(frontier.size, frontier.root())
        return roots

    def _staged_tree(self) -> Tree:
        tree = self.branch.tree.copy_prefix(self.branch.size)
        tree.extend(leaf_hash(data) for data in self.staged)
        return tree

    def _old_note(self, checkpoint: Checkpoint, note: bytes) -> Checked:
        """A checkpoint smaller than what is held: right, or the proof of a second face."""
        if checkpoint.size and self.branch.tree.root(checkpoint.size) != checkpoint.root:
            if self.witnessed is not None and self.witnessed.size <= self.branch.size:
                proof = self._prove(
                    note, checkpoint, self.witnessed_note, self.witnessed, self.branch.tree
                )
                return self._convict(proof)
        return Checked()

    def _mismatch(self, checkpoint: Checkpoint, note: bytes, start: int) -> Checked:
        # Entries that do not lead to the signed root prove nothing yet: start again from what is
        # held; if the log has another face, its whole other history will show it.
        self.staged.clear()
        if checkpoint.size == self.branch.size and self.witnessed is not None:
            if checkpoint.size == self.witnessed.size:
                return self._convict(format_equivocation(self.witnessed_note, note, []))
        return self._from_start(start)

    def _from_start(self, start: int) -> Checked:
        if start == 0:
            raise PeerError(f"{self.origin}: entries do not lead to the signed checkpoint.", 422)
        return Checked(more=0)

    def _second_face(self, at: int, start: int, entries: list[bytes], note: bytes) -> Checked:
        """Entries that differ from those held: convict the log if it signed both."""
        if at >= self.branch.size:
            self.staged.clear()
            return Checked(more=self.branch.size)
        if not note:
            return self._from_start(start)
        checkpoint, _ = self._opened(note)
        tree = self.branch.tree.copy_prefix(at)
        tree.extend(leaf_hash(data) for data in entries[at - start :])
        if len(tree) != checkpoint.size or tree.root() != checkpoint.root:
            return self._from_start(start)
        if self.witnessed is None:
            raise PeerError(f"{self.origin}: nothing was cosigned yet to hold against this.", 422)
        if checkpoint.size >= self.witnessed.size:
            proof = self._prove(self.witnessed_note, self.witnessed, note, checkpoint, tree)
        else:
            mine = self._staged_tree()
            proof = self._prove(note, checkpoint, self.witnessed_note, self.witnessed, mine)
        return self._convict(proof)

    def _opened(self, note: bytes) -> tuple[Checkpoint, bytes]:
        try:
            checkpoint, _ = open_checkpoint(note, self.key)
        except RecordError as fault:
            raise PeerError(f"{self.origin}: {fault}", 403) from fault
        return checkpoint, note

    def _prove(
        self, first: bytes, small: Checkpoint, second: bytes, large: Checkpoint, tree: Tree
    ) -> bytes:
        """A proof from two notes and the tree that leads to the larger one."""
        if small.size == large.size:
            return format_equivocation(first, second, [])
        return format_equivocation(first, second, tree.long_consistency(small.size, large.size))

    def _convict(self, proof: bytes) -> Checked:
        self.staged.clear()
        self.proof = proof
        return Checked(proof=proof)

    def drain(self) -> Checked:
        """Add staged entries to the first branch, as far as what they name is held."""
        return self.drain_into(self.branch)

    def drain_into(self, branch: Branch) -> Checked:
        """Add staged entries to a branch, as far as what they name is held."""
        found = Checked()
        while self.staged:
            try:
                tip = self.history.append(branch, self.staged[0])
            except MissingPast as missing:
                found.missing = missing.tips
                break
            except BrokenLog:
                self.staged.clear()
                break
            del self.staged[0]
            found.added.append((0, tip))
        return found

    def take_branch(self, wanted: Tip, start: int, entries: list[bytes]) -> Checked:
        """Take a branch that another log has named by hash, though this log is stopped."""
        for branch in list(self.history.branches[self.origin]):
            if start > branch.size:
                continue
            frontier = Frontier(branch.tree, start)
            for data in entries:
                frontier.append(leaf_hash(data))
            if frontier.size == wanted.size and frontier.root() == wanted.root:
                return self._follow(branch, start, entries)
        return Checked(more=0)

    def _follow(self, branch: Branch, start: int, entries: list[bytes]) -> Checked:
        number = len(self.history.branches[self.origin])
        other = self.history.fork(branch, start)
        found = Checked(added=[(number, tip) for tip in other.tips])
        for data in entries:
            try:
                found.added.append((number, self.history.append(other, data)))
            except MissingPast as missing:
                self.history.branches[self.origin].remove(other)
                return Checked(missing=missing.tips)
            except BrokenLog:
                break
        return found
