"""One log of another party as this node replicates it: what is held, staged, cosigned, stopped.

Growth is checked before anything is added: the entries must lead from what is held, and from what
was last cosigned, to the root of a checkpoint signed by the log. What does not is either noise
(dropped) or a second face of the log. Two checkpoints of one log meet where somebody holds the
larger tree: that party can prove that they do not agree. So whoever is shown entries that do not
fit answers with the checkpoint it holds (`dispute`).
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
from architrave.record.origins import first_log
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
    from, if any. `dispute`: what was shown does not fit; the sender should see what is held here.
    `broken`: why nothing more of this log is read, where this has just been found.
    """

    added: list[tuple[int, Tip]] = field(default_factory=list)
    witness: tuple[Checkpoint, bytes] | None = None
    missing: tuple[Tip, ...] = ()
    more: int | None = None
    proof: bytes | None = None
    dispute: bool = False
    broken: str | None = None


@dataclass(slots=True)
class Replica:
    """Replication of one log.

    `closed` says that a later log continues this one; its branches can still be asked for by name.
    `staged` holds entries past the held ones, not added yet; the first `checked` of them lie under
    a checkpoint that the log signed, and wait only for what they name of other logs (`missing`).
    `note` is the newest checkpoint, `cosigned_note` the newest that all the others have cosigned;
    `cosigned_at` is when (ms) this node last cosigned since it started.
    """

    history: History
    origin: str
    key: NoteKey
    note: bytes = b""
    cosigned_note: bytes = b""
    witnessed: Checkpoint | None = None
    witnessed_note: bytes = b""
    cosigned_at: int = 0
    proof: bytes | None = None
    staged: list[bytes] = field(default_factory=list)
    checked: int = 0
    missing: tuple[Tip, ...] = ()
    staged_bytes: int = 0
    closed: bool = False

    @property
    def party(self) -> str:
        """The first log of the party that writes this one."""
        return first_log(self.origin)

    @property
    def branch(self) -> Branch:
        """The branch that was held first."""
        return self.history.branches[self.origin][0]

    @property
    def reach(self) -> int:
        """How many entries are held or staged."""
        return self.branch.size + len(self.staged)

    @property
    def sure(self) -> int:
        """How many entries are held, or staged under a checkpoint that the log signed."""
        return self.branch.size + self.checked

    @property
    def stopped(self) -> bool:
        """True if nothing more is taken from this log's author."""
        return self.closed or self.proof is not None or self.branch.broken is not None

    def data(self, start: int, end: int) -> list[bytes]:
        """The bytes of the entries that are sure, from position `start` up to `end`."""
        held = [entry.data for entry in self.branch.entries[start:end]]
        first = max(0, start - self.branch.size)
        last = max(0, min(end - self.branch.size, self.checked))
        return held + self.staged[first:last]

    def stop(self, proof: bytes) -> None:
        """Take nothing more from this log: it is proved to have two faces."""
        self.proof = proof
        self._drop_staged()

    def close(self) -> None:
        """Take nothing more from this log: another succeeds it."""
        self.closed = True
        self._drop_staged()

    def _drop_staged(self) -> None:
        self.staged.clear()
        self.checked, self.missing = 0, ()

    def grow(self, start: int, entries: list[bytes], note: bytes) -> Checked:
        """Take entries from position `start` on, with the checkpoint that covers them, if sent."""
        if self.branch.broken is not None and self.proof is None and not self.closed:
            return self._note_past_a_fault(note)
        if self.closed and self.proof is None:
            return self._note_after_the_end(note)
        if self.stopped:
            return Checked()
        if start > self.reach:
            return Checked(more=self.reach)
        differs = self._overlap(start, entries)
        if differs is not None and differs >= self.sure:
            # What was staged without a checkpoint may come from anybody: the newer word counts.
            del self.staged[self.checked :]
            if start > self.sure:
                return Checked(more=self.sure)
        elif differs is not None:
            return self._second_face(differs, start, entries, note)
        fresh = entries[self.reach - start :]
        if fresh:
            self._make_room(fresh)
            self.staged.extend(fresh)
        if note:
            return self._admit_note(note, start, bool(fresh))
        # Without anything new, asking again would only bring the same answer.
        return Checked(more=self.reach if fresh else None)

    def _make_room(self, fresh: list[bytes]) -> None:
        """Count what is staged; PeerError if so much comes without a checkpoint that covers it."""
        if len(self.staged) == self.checked:
            self.staged_bytes = 0
        self.staged_bytes += sum(len(data) for data in fresh)
        if self.staged_bytes > STAGED_LIMIT:
            del self.staged[self.checked :]
            raise PeerError(
                f"{self.origin}: over {STAGED_LIMIT} bytes came without a checkpoint for them.", 413
            )

    def _overlap(self, start: int, entries: list[bytes]) -> int | None:
        """The first position at which an entry differs from the one held or staged there."""
        for index, data in enumerate(entries[: max(0, self.reach - start)]):
            if self._at(start + index) != data:
                return start + index
        return None

    def _at(self, position: int) -> bytes:
        size = self.branch.size
        if position < size:
            return self.branch.entries[position].data
        return self.staged[position - size]

    def _opened(self, note: bytes) -> Checkpoint:
        try:
            checkpoint, _ = open_checkpoint(note, self.key)
        except RecordError as fault:
            del self.staged[self.checked :]
            raise PeerError(f"{self.origin}: {fault}", 403) from fault
        return checkpoint

    def _admit_note(self, note: bytes, start: int, fresh: bool) -> Checked:
        checkpoint = self._opened(note)
        if checkpoint.size <= self.sure:
            return self._known_note(checkpoint, note)
        if checkpoint.size > self.reach:
            return Checked(more=self.reach if fresh else None)
        old = self.witnessed
        if old is not None and checkpoint.size < old.size:
            # After a restart less may be held than was cosigned: only what leads there counts.
            return Checked(more=self.reach if fresh else None)
        roots = self._roots(checkpoint.size)
        if roots[checkpoint.size] != checkpoint.root:
            del self.staged[self.checked :]
            return Checked(more=self.sure if start > self.sure else None, dispute=True)
        if old is not None and roots[old.size] != old.root:
            tree = self._tree(self.reach)
            return self._convict(self._prove(self.witnessed_note, old, note, checkpoint, tree))
        self.checked = checkpoint.size - self.branch.size
        found = self.drain()
        found.witness = (checkpoint, note)
        return found

    def _roots(self, size: int) -> dict[int, bytes]:
        """Roots at the witnessed size (if it is not larger) and at `size`."""
        frontier = Frontier(self.branch.tree, self.branch.size)
        wanted = {size, self.witnessed.size if self.witnessed else size}
        roots = {one: self.branch.tree.root(one) for one in wanted if one <= self.branch.size}
        for data in self.staged[: max(0, size - self.branch.size)]:
            frontier.append(leaf_hash(data))
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
        return roots

    def _tree(self, size: int) -> Tree:
        """The tree of the first `size` entries that are held or staged."""
        tree = self.branch.tree.copy_prefix(min(size, self.branch.size))
        tree.extend(leaf_hash(data) for data in self.staged[: max(0, size - self.branch.size)])
        return tree

    def _evidence(self) -> tuple[Checkpoint, bytes] | None:
        """A checkpoint that the log signed, no larger than what is sure here, with its note."""
        if self.witnessed is not None:
            found = self.witnessed, self.witnessed_note
        elif self.note:
            found = self._opened(self.note), self.note
        else:
            return None
        return found if found[0].size <= self.sure else None

    def _known_note(self, checkpoint: Checkpoint, note: bytes) -> Checked:
        """A checkpoint no larger than what is sure: right, or the proof of a second face."""
        if checkpoint.size == 0:
            return Checked()
        if self._root(checkpoint.size) == checkpoint.root:
            return self._fitting_note(checkpoint, note)
        return self._second_note(checkpoint, note)

    def _second_note(self, checkpoint: Checkpoint, note: bytes) -> Checked:
        """A checkpoint that is not of the lines held here."""
        held = self._evidence()
        if held is None or held[0].size < checkpoint.size:
            # The tree of the larger checkpoint is theirs: they can prove it, we cannot.
            return Checked(dispute=True)
        tree = self._tree(held[0].size)
        if tree.root() != held[0].root:
            return Checked(dispute=True)
        return self._convict(self._prove(note, checkpoint, held[1], held[0], tree))

    def _note_past_a_fault(self, note: bytes) -> Checked:
        """A checkpoint of a broken log: of its lines nothing more is read, but two of one size that
        differ still convict it.
        """
        held = self._opened(self.note) if self.note else None
        if held is None or not note:
            return Checked()
        checkpoint = self._opened(note)
        if checkpoint.size != held.size or checkpoint.root == held.root:
            return Checked()
        return self._convict(format_equivocation(self.note, note, []))

    def _note_after_the_end(self, note: bytes) -> Checked:
        """A checkpoint of a log that another continues: it may still show a second face."""
        if not note:
            return Checked()
        checkpoint = self._opened(note)
        if not 0 < checkpoint.size <= self.branch.size:
            return Checked()
        if self._root(checkpoint.size) == checkpoint.root:
            return Checked()
        return self._second_note(checkpoint, note)

    def _fitting_note(self, checkpoint: Checkpoint, note: bytes) -> Checked:
        old = self.witnessed
        if old is not None and checkpoint.size < old.size:
            return self.drain()
        if old is not None and self._root(old.size) != old.root:
            # What is held came by the names that others gave, and is not what was cosigned.
            tree = self._tree(checkpoint.size)
            return self._convict(self._prove(self.witnessed_note, old, note, checkpoint, tree))
        found = self.drain()
        found.witness = (checkpoint, note)
        return found

    def _root(self, size: int) -> bytes:
        held = self.branch.size
        return self.branch.tree.root(size) if size <= held else self._tree(size).root()

    def _second_face(self, at: int, start: int, entries: list[bytes], note: bytes) -> Checked:
        """Entries that differ from those held: convict the log if it signed both."""
        if not note:
            return Checked(dispute=True)
        checkpoint = self._opened(note)
        if checkpoint.size <= self.sure:
            return self._known_note(checkpoint, note)
        tree = self._tree(at)
        tree.extend(leaf_hash(data) for data in entries[at - start :])
        held = self._evidence()
        if len(tree) != checkpoint.size or tree.root() != checkpoint.root or held is None:
            return Checked(dispute=True)
        if tree.root(held[0].size) == held[0].root:
            return Checked(dispute=True)
        return self._convict(self._prove(held[1], held[0], note, checkpoint, tree))

    def _prove(
        self, first: bytes, small: Checkpoint, second: bytes, large: Checkpoint, tree: Tree
    ) -> bytes:
        """A proof from two notes and the tree that leads to the larger one."""
        if small.size == large.size:
            return format_equivocation(first, second, [])
        return format_equivocation(first, second, tree.long_consistency(small.size, large.size))

    def _convict(self, proof: bytes) -> Checked:
        self.stop(proof)
        return Checked(proof=proof)

    def drain(self) -> Checked:
        """Add checked entries to the first branch, as far as what they name is held."""
        found = Checked()
        self.missing = ()
        while self.checked:
            try:
                tip = self.history.append(self.branch, self.staged[0])
            except MissingPast as missing:
                found.missing = self.missing = missing.tips
                break
            except BrokenLog as fault:
                self.staged.clear()
                self.checked = 0
                found.broken = str(fault)
                break
            del self.staged[0]
            self.checked -= 1
            found.added.append((0, tip))
        return found
