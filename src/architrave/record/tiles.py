"""Tiles: a log as small files that never change (C2SP tlog-tiles).

Wire form of the paths, below the log's address::

    tile/<L>/<N>            256 hashes joined, 8,192 bytes
    tile/<L>/<N>.p/<W>      the first W of them, 1 to 255
    tile/entries/<N>        256 entries, each after its length in 2 bytes, big-endian
    tile/entries/<N>.p/<W>  the first W of them

Level 0 holds leaf hashes; a hash on level L is the root of a full tile on level L - 1, that is of
256**L entries. N is written in groups of three digits, all but the last with an x before them:
1234067 is ``x001/x234/067``. L is 0 to 63 without leading zeros. No empty tile exists. An entry has
at most 65,535 bytes, for its length has two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from architrave.record.errors import Malformed
from architrave.record.tree import HASH_SIZE, Tree, leaf_hash, node_hash

__all__ = [
    "MAX_ENTRY_SIZE",
    "TILE_WIDTH",
    "ReadTile",
    "check_bundles",
    "check_tiles",
    "decode_bundle",
    "encode_bundle",
    "entries_path",
    "growth_from_tiles",
    "inclusion_from_tiles",
    "parse_path",
    "read_tree",
    "tile_bytes",
    "tile_path",
    "tiles_of",
]

TILE_WIDTH = 256
MAX_LEVEL = 63
MAX_ENTRY_SIZE = 65_535

ReadTile = Callable[[str], bytes | None]
"""The bytes at a path, or None if nothing is there."""

_LEVEL_BITS = 8
_PATH = re.compile(
    r"tile/(entries|[1-9]?[0-9])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes; ValueError if the numbers are outside their form."""
    if not 0 <= level <= MAX_LEVEL:
        raise ValueError(f"a tile has a level from 0 to {MAX_LEVEL}, found {level}")
    return _path(str(level), index, width)


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """The path of a bundle of entries; ValueError if the numbers are outside their form."""
    return _path("entries", index, width)


def parse_path(path: str) -> tuple[int | Literal["entries"], int, int]:
    """The level or "entries", the index and the width that a path names; else Malformed."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise Malformed(f"tile path: {path[:80]!r} is not one.")
    index = int(match[2].replace("x", "").replace("/", ""))
    width = int(match[3]) if match[3] else TILE_WIDTH
    level: int | Literal["entries"] = "entries" if match[1] == "entries" else int(match[1])
    try:
        printed = (
            entries_path(index, width) if level == "entries" else tile_path(level, index, width)
        )
    except ValueError as error:
        raise Malformed(f"tile path {path[:80]!r}: {error}.") from None
    if printed != path:
        raise Malformed(f"tile path: {path[:80]!r} is not in its one form, {printed!r}.")
    return level, index, width


def tiles_of(size: int, since: int = 0) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of every tile of hashes of a tree of `size`, the lowest level first.

    The tiles on level 0 are also the bundles of entries. Those that were full when the tree had
    `since` leaves are left out.
    """
    level = 0
    while hashes := size >> (_LEVEL_BITS * level):
        full, rest = divmod(hashes, TILE_WIDTH)
        for index in range((since >> (_LEVEL_BITS * level)) // TILE_WIDTH, full):
            yield level, index, TILE_WIDTH
        if rest:
            yield level, full, rest
        level += 1


def tile_bytes(tree: Tree, level: int, index: int, width: int = TILE_WIDTH) -> bytes:
    """The bytes of a tile; IndexError if the tree does not reach so far."""
    return tree.complete(_LEVEL_BITS * level, index * TILE_WIDTH, width)


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of a bundle of 1 to 256 entries; Malformed for another count or a longer entry."""
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise Malformed(f"bundle: expected 1 to {TILE_WIDTH} entries, found {len(entries)}.")
    parts = []
    for place, entry in enumerate(entries):
        if len(entry) > MAX_ENTRY_SIZE:
            raise Malformed(
                f"bundle, entry {place}: at most {MAX_ENTRY_SIZE} bytes, found {len(entry)}."
            )
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_bundle(data: bytes, count: int) -> list[bytes]:
    """The entries of a bundle that holds exactly `count`; else Malformed."""
    entries = []
    start = 0
    for place in range(count):
        end = start + 2 + int.from_bytes(data[start : start + 2], "big")
        if start + 2 > len(data) or end > len(data):
            raise Malformed(f"bundle, entry {place} of {count}: it ends after {len(data)} bytes.")
        entries.append(data[start + 2 : end])
        start = end
    if start != len(data):
        raise Malformed(f"bundle of {count} entries: {len(data) - start} bytes are left over.")
    return entries


def read_tree(size: int, read_tile: ReadTile) -> Tree:
    """The tree of `size` whose leaf hashes are in the tiles of level 0.

    Malformed, naming the path, if a tile is missing or has another length. The caller compares the
    root with a signed checkpoint; until then the tree is only what the tiles say.
    """
    tree = Tree()
    for level, index, width in tiles_of(size):
        if level > 0:
            break
        path = tile_path(level, index, width)
        data = _tile(read_tile, level, index, width)
        if data is None:
            raise Malformed(f"{path}: the tile is missing.")
        if len(data) != width * HASH_SIZE:
            raise Malformed(f"{path}: expected {width * HASH_SIZE} bytes, found {len(data)}.")
        tree.extend(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))
    return tree


def check_tiles(tree: Tree, size: int, read_tile: ReadTile) -> str | None:
    """The path of the first tile of hashes that is missing or not what the leaf hashes give.

    None if every tile of `size` is right. The leaf hashes are those of `tree`, from entries or
    from `read_tree`, whose root the caller has compared with a signed checkpoint.
    """
    for level, index, width in tiles_of(size):
        if _tile(read_tile, level, index, width) != tile_bytes(tree, level, index, width):
            return tile_path(level, index, width)
    return None


def check_bundles(tree: Tree, size: int, read_tile: ReadTile) -> str | None:
    """The path of the first bundle that is missing, malformed or not the entries of the leaves.

    None if every bundle of `size` is right.
    """
    for level, index, width in tiles_of(size):
        if level > 0:
            break
        try:
            entries = _bundle(read_tile, index, width)
        except Malformed:
            return entries_path(index, width)
        joined = b"".join(leaf_hash(entry) for entry in entries)
        if joined != tile_bytes(tree, 0, index, width):
            return entries_path(index, width)
    return None


def inclusion_from_tiles(index: int, size: int, read_tile: ReadTile) -> list[bytes]:
    """The proof that the leaf at `index` is in the tree of `size`, from the tiles on its way alone.

    At most two tiles are read on each level: the one that the way passes, and the last. Malformed,
    naming the path, if one is missing or has another length. Whoever uses the proof verifies it;
    until then it is only what the tiles say. IndexError if the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"there is no leaf {index} in a tree of size {size}")
    tiles = _OpenTiles(size, read_tile)
    proof = []
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < middle:
            proof.append(tiles.range_root(middle, end))
            end = middle
        else:
            proof.append(tiles.range_root(start, middle))
            start = middle
    return proof[::-1]


def growth_from_tiles(old: int, new: int, size: int, read_tile: ReadTile) -> list[bytes]:
    """The proof that `new` leaves begin with `old`, in the long form, from the tiles of `size`.

    Malformed, naming the path, if a tile is missing or has another length. Whoever uses the proof
    verifies it. IndexError if the tree has no such sizes.
    """
    if not 0 < old <= new <= size:
        raise IndexError(f"no proof leads from size {old} to size {new} in a tree of {size}")
    tiles = _OpenTiles(size, read_tile)
    proof = []
    start, end = 0, new
    while end != old:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if old <= middle:
            proof.append(tiles.range_root(middle, end))
            end = middle
        else:
            proof.append(tiles.range_root(start, middle))
            start = middle
    if old < new:
        proof.append(tiles.range_root(start, end))
    return proof[::-1]


class _OpenTiles:
    """The tiles of a tree of `size` that have been read for one question."""

    def __init__(self, size: int, read_tile: ReadTile) -> None:
        self._size = size
        self._read_tile = read_tile
        self._held: dict[tuple[int, int], bytes] = {}

    def range_root(self, start: int, end: int) -> bytes:
        """The root over leaves start..end-1, where `start` is one at which RFC 6962 splits."""
        peaks = []
        while start < end:
            level = (end - start).bit_length() - 1
            peaks.append(self._complete(level, start >> level))
            start += 1 << level
        value = peaks.pop()
        while peaks:
            value = node_hash(peaks.pop(), value)
        return value

    def _complete(self, level: int, index: int) -> bytes:
        """The root of the complete subtree of 2**level leaves at `index`."""
        tile_level, rest = divmod(level, _LEVEL_BITS)
        first, count = index << rest, 1 << rest
        tile = self._tile(tile_level, first // TILE_WIDTH)
        at = first % TILE_WIDTH * HASH_SIZE
        hashes = [
            tile[place : place + HASH_SIZE]
            for place in range(at, at + count * HASH_SIZE, HASH_SIZE)
        ]
        while len(hashes) > 1:
            hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _tile(self, level: int, index: int) -> bytes:
        held = self._held.get((level, index))
        if held is None:
            width = min(TILE_WIDTH, (self._size >> (_LEVEL_BITS * level)) - index * TILE_WIDTH)
            path, data = tile_path(level, index, width), _tile(self._read_tile, level, index, width)
            if data is None:
                raise Malformed(f"{path}: the tile is missing.")
            if len(data) != width * HASH_SIZE:
                raise Malformed(f"{path}: expected {width * HASH_SIZE} bytes, found {len(data)}.")
            held = self._held[level, index] = data
        return held


def _tile(read_tile: ReadTile, level: int, index: int, width: int) -> bytes | None:
    """A tile, from its own file or, once that may have been removed, from the full tile."""
    data = read_tile(tile_path(level, index, width))
    if data is None and width < TILE_WIDTH:
        full = read_tile(tile_path(level, index))
        if full is not None and len(full) == TILE_WIDTH * HASH_SIZE:
            data = full[: width * HASH_SIZE]
    return data


def _bundle(read_tile: ReadTile, index: int, width: int) -> list[bytes]:
    data = read_tile(entries_path(index, width))
    if data is None and width < TILE_WIDTH:
        full = read_tile(entries_path(index))
        if full is not None:
            return decode_bundle(full, TILE_WIDTH)[:width]
    if data is None:
        raise Malformed(f"{entries_path(index, width)}: the bundle is missing.")
    return decode_bundle(data, width)


def _path(kind: str, index: int, width: int) -> str:
    if not 0 <= index < 2**63:
        raise ValueError(f"a tile has an index from 0 below 2**63, found {index}")
    if not 1 <= width <= TILE_WIDTH:
        raise ValueError(f"a tile has a width from 1 to {TILE_WIDTH}, found {width}")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{kind}/{'/'.join(reversed(groups))}{partial}"
