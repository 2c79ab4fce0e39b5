"""The histories that a lying party signs: each is a log of its own, and all have one origin."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Header, Tip
from architrave.record.history import Branch
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.tree import Tree, leaf_hash

__all__ = ["Face"]


@dataclass
class Face:
    """One history: lines, their headers, the tips they make, and what each has seen in all."""

    origin: str
    entries: list[bytes]
    headers: list[Header]
    tips: list[Tip]
    seen: list[dict[str, Tip]]
    tree: Tree

    @classmethod
    def of(cls, branch: Branch) -> Face:
        """The history that an honest node has kept so far."""
        return cls(
            branch.origin,
            [entry.data for entry in branch.entries],
            [entry.header for entry in branch.entries],
            list(branch.tips),
            [dict(one) for one in branch.seen],
            branch.tree.copy_prefix(branch.size),
        )

    def prefix(self, size: int) -> Face:
        """Another history that begins with the first `size` lines of this one."""
        return Face(
            self.origin,
            self.entries[:size],
            self.headers[:size],
            self.tips[:size],
            self.seen[:size],
            self.tree.copy_prefix(size),
        )

    def extend(self, header: Header, data: bytes) -> None:
        """Add a line."""
        self.tree.append(leaf_hash(data))
        self.entries.append(data)
        self.headers.append(header)
        self.tips.append(Tip(self.origin, len(self.entries), self.tree.root()))
        self.seen.append({**self.seen[-1], **header.seen})

    def note(self, size: int, key: PrivateKey) -> bytes:
        """A checkpoint of the first `size` lines, signed."""
        checkpoint = Checkpoint(self.origin, size, self.tree.root(size))
        return format_note(checkpoint.text, [sign_checkpoint(checkpoint, key)])
