"""The right edge of a tree: enough to say what the root becomes as leaves are added.

A node checks a checkpoint that it was sent before it adds anything to the log that it holds.
"""

from __future__ import annotations

from architrave.record.tree import EMPTY_ROOT, Tree, node_hash

__all__ = ["Frontier"]


class Frontier:
    """The roots of the complete subtrees of a tree of `size` leaves, largest first."""

    def __init__(self, tree: Tree, size: int) -> None:
        self.size = size
        self._peaks: list[tuple[int, bytes]] = []
        start = 0
        while start < size:
            level = (size - start).bit_length() - 1
            self._peaks.append((level, tree.complete(level, start >> level, 1)))
            start += 1 << level

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        level = 0
        while self._peaks and self._peaks[-1][0] == level:
            leaf = node_hash(self._peaks.pop()[1], leaf)
            level += 1
        self._peaks.append((level, leaf))
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        value = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            value = node_hash(peak, value)
        return value
