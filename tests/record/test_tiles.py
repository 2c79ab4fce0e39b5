from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record.errors import Malformed
from architrave.record.tiles import (
    MAX_ENTRY_SIZE,
    ReadTile,
    check_bundles,
    check_tiles,
    decode_bundle,
    encode_bundle,
    entries_path,
    parse_path,
    read_tree,
    tile_bytes,
    tile_path,
    tiles_of,
)
from architrave.record.tree import Tree, leaf_hash, node_hash

SIZE = 70_000  # the example of the specification: three levels
ENTRIES = [b"entry %d" % number for number in range(SIZE)]
TREE = Tree(map(leaf_hash, ENTRIES))


def published(size: int) -> dict[str, bytes]:
    """Every tile and bundle of the log at `size`, by path."""
    files = {}
    for level, index, width in tiles_of(size):
        files[tile_path(level, index, width)] = tile_bytes(TREE, level, index, width)
        if level == 0:
            entries = ENTRIES[256 * index : 256 * index + width]
            files[entries_path(index, width)] = encode_bundle(entries)
    return files


def test_the_tiles_of_the_example_in_the_specification() -> None:
    tiles = list(tiles_of(SIZE))
    assert tiles[:273] == [(0, index, 256) for index in range(273)]
    assert tiles[273:] == [(0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1)]


def test_no_tile_is_empty() -> None:
    assert list(tiles_of(0)) == []
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(65_536))[-2:] == [(1, 0, 256), (2, 0, 1)]


def test_a_hash_on_a_higher_level_is_the_root_of_a_full_tile_below() -> None:
    for level in (1, 2):
        below = tile_bytes(TREE, level - 1, 0)
        row = [below[at : at + 32] for at in range(0, len(below), 32)]
        while len(row) > 1:
            row = [node_hash(*row[at : at + 2]) for at in range(0, len(row), 2)]
        assert row == [tile_bytes(TREE, level, 0, 1)] == [TREE.root(256**level)]


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        (63, 999, 1, "tile/63/999.p/1"),
        (10, 1000, 255, "tile/10/x001/000.p/255"),
        (1, 2**63 - 1, 256, "tile/1/x009/x223/x372/x036/x854/x775/807"),
        ("entries", 3_057_500, 5, "tile/entries/x003/x057/500.p/5"),
    ],
)
def test_paths(level: int | str, index: int, width: int, path: str) -> None:
    assert parse_path(path) == (level, index, width)
    if isinstance(level, int):
        assert tile_path(level, index, width) == path
    else:
        assert entries_path(index, width) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/entry/000",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/../000",
    ],
)
def test_another_path_is_refused(path: str) -> None:
    with pytest.raises(Malformed, match="tile path"):
        parse_path(path)


@given(st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
def test_a_path_comes_back_as_its_numbers(level: int, index: int, width: int) -> None:
    assert parse_path(tile_path(level, index, width)) == (level, index, width)
    assert parse_path(entries_path(index, width)) == ("entries", index, width)


@pytest.mark.parametrize(
    ("level", "index", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_numbers_without_a_path_are_a_mistake_of_the_caller(
    level: int, index: int, width: int
) -> None:
    with pytest.raises(ValueError, match="a tile has"):
        tile_path(level, index, width)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=30))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    data = encode_bundle(entries)
    assert decode_bundle(data, len(entries)) == entries
    for count in (len(entries) - 1, len(entries) + 1):
        with pytest.raises(Malformed, match="bundle"):
            decode_bundle(data, count)
    for wrong in (data[:-1], data + b"\0"):
        with pytest.raises(Malformed, match="bundle"):
            decode_bundle(wrong, len(entries))


def test_the_longest_entry_and_the_fullest_bundle() -> None:
    longest = bytes(MAX_ENTRY_SIZE)
    assert decode_bundle(encode_bundle([longest]), 1) == [longest]
    assert len(encode_bundle([b""] * 256)) == 512
    with pytest.raises(Malformed, match="bundle, entry 1: at most 65535 bytes, found 65536"):
        encode_bundle([b"", longest + b"\0"])
    for count in (0, 257):
        with pytest.raises(Malformed, match=f"1 to 256 entries, found {count}"):
            encode_bundle([b""] * count)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 600, SIZE])
def test_a_tree_is_read_back_from_its_tiles(size: int) -> None:
    files = published(size)
    tree = read_tree(size, files.get)
    assert (len(tree), tree.root()) == (size, TREE.root(size))
    assert check_tiles(tree, size, files.get) is None
    assert check_bundles(tree, size, files.get) is None


def test_an_older_size_is_read_from_full_tiles_once_its_partial_ones_are_gone() -> None:
    files = published(512)
    assert "tile/0/001.p/44" not in files
    assert read_tree(300, files.get).root() == TREE.root(300)
    # The level-1 tile of size 300 is a partial one, and there is no full one yet.
    assert check_tiles(TREE, 300, files.get) == "tile/1/000.p/1"
    assert check_bundles(TREE, 300, files.get) is None


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("tile/0/000", check_tiles),
        ("tile/0/257.p/208", check_tiles),
        ("tile/1/000", check_tiles),
        ("tile/1/001.p/1", check_tiles),
        ("tile/2/000.p/1", check_tiles),
        ("tile/entries/000", check_bundles),
        ("tile/entries/257.p/208", check_bundles),
    ],
)
def test_the_first_wrong_tile_is_named(
    path: str, check: Callable[[Tree, int, ReadTile], str | None]
) -> None:
    files = published(66_000)
    data = files[path]
    assert check(TREE, 66_000, files.get) is None
    for wrong in (data[:-1] + bytes([data[-1] ^ 1]), data[:-1], data + b"\0", b"", None):
        changed: dict[str, bytes | None] = {**files, path: wrong}
        assert check(TREE, 66_000, changed.get) == path


def test_a_missing_or_short_tile_is_named_when_a_tree_is_read() -> None:
    files = published(600)
    for changed, reason in ((None, "is missing"), (b"abc", "8192 bytes, found 3")):
        broken: dict[str, bytes | None] = {**files, "tile/0/001": changed}
        with pytest.raises(Malformed, match=f"tile/0/001: .*{reason}"):
            read_tree(600, broken.get)


@given(st.binary(max_size=40), st.integers(0, 5))
def test_whatever_bytes_arrive_a_bundle_is_read_or_refused(data: bytes, count: int) -> None:
    try:
        entries = decode_bundle(data, count)
    except Malformed:
        return
    assert len(entries) == count
    assert b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries) == data
