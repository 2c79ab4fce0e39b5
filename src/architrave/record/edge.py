"""A tree that is gone on with: what lies to the left of its last full tiles is not held.

What is kept of the left are its **edges**: on each tile level from 1 on, the hashes of the tile
that is not full yet. They give every root from there on and every tile that is still to be filled.
"""

from __future__ import annotations

from collections.abc import Sequence

from architrave.record.errors import Malformed
from architrave.record.tiles import TILE_WIDTH, tile_bytes
from architrave.record.tree import EMPTY_ROOT, HASH_SIZE, Tree, node_hash

__all__ = ["EdgeTree", "edges_of"]

_LEVEL_BITS = 8


def edges_of(tree: Tree, size: int) -> tuple[bytes, ...]:
    """The edges of the first `size` leaves, from tile level 1 upwards, for `EdgeTree`."""
    edges = []
    level = 1
    while hashes := size >> (_LEVEL_BITS * level):
        index, width = divmod(hashes, TILE_WIDTH)
        edges.append(tile_bytes(tree, level, index, width) if width else b"")
        level += 1
    return tuple(edges)


class EdgeTree(Tree):
    """A tree whose first leaves, `first` of them, are known by their edges only.

    `first` is a multiple of 256. A leaf, root or tile that would need more raises IndexError.
    Malformed if the edges are not of that size.
    """

    __slots__ = ("_missing", "first")

    def __init__(self, first: int, edges: Sequence[bytes]) -> None:
        super().__init__()
        self.first = first
        # How many roots are missing at the left of each level that _levels holds.
        self._missing = [first >> level for level in range(_LEVEL_BITS)]
        self._levels = [bytearray() for _ in range(_LEVEL_BITS)]
        for level, edge in enumerate(edges, start=1):
            self._take_edge(level, edge)
        if first % TILE_WIDTH or first >> (_LEVEL_BITS * (len(edges) + 1)):
            raise Malformed(f"edges: {len(edges)} levels do not go with {first} leaves.")

    def _take_edge(self, level: int, edge: bytes) -> None:
        hashes = self.first >> (_LEVEL_BITS * level)
        start, width = hashes - hashes % TILE_WIDTH, hashes % TILE_WIDTH
        if not hashes or len(edge) != width * HASH_SIZE:
            raise Malformed(f"edges: {len(edge)} bytes on level {level}, expected {width} hashes.")
        held = bytearray(edge)
        for step in range(_LEVEL_BITS):
            self._missing.append(start >> step)
            self._levels.append(held)
            pairs = range(0, len(held) - HASH_SIZE, 2 * HASH_SIZE)
            held = bytearray(
                b"".join(
                    node_hash(
                        bytes(held[at : at + HASH_SIZE]),
                        bytes(held[at + HASH_SIZE : at + 2 * HASH_SIZE]),
                    )
                    for at in pairs
                )
            )

    def __len__(self) -> int:
        return self.first + len(self._levels[0]) // HASH_SIZE

    def complete(self, level: int, first: int, count: int) -> bytes:
        """The roots of `count` complete subtrees of 2**level leaves, from the first, joined."""
        held = len(self) >> level
        missing = self._missing[level] if level < len(self._missing) else 0
        if level < 0 or count < 0 or not missing <= first <= first + count <= held:
            raise IndexError(f"edges: level {level} holds {missing} to {held}, not {first}")
        at = (first - missing) * HASH_SIZE
        return bytes(self._levels[level][at : at + count * HASH_SIZE]) if count else b""

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, no fewer than `first`; of all by default."""
        size = len(self) if size is None else size
        if not self.first <= size <= len(self):
            raise IndexError(f"edges: roots from {self.first} to {len(self)} are held, not {size}")
        value = b""
        for level in range(size.bit_length()):
            if size >> level & 1:
                peak = self.complete(level, (size >> level) - 1, 1)
                value = node_hash(peak, value) if value else peak
        return value or EMPTY_ROOT
