"""A proof from tiles is the proof from the tree, and reads few tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record.errors import Malformed
from architrave.record.tiles import inclusion_from_tiles, tile_bytes, tile_path, tiles_of
from architrave.record.tree import Tree, leaf_hash, verify_inclusion

TREE = Tree(leaf_hash(number.to_bytes(4, "big")) for number in range(66_000))


def tiles(size: int) -> dict[str, bytes]:
    return {tile_path(*one): tile_bytes(TREE, *one) for one in tiles_of(size)}


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000])
def test_every_kind_of_size_gives_the_proof_of_the_tree(size: int) -> None:
    held = tiles(size)
    for index in {0, 1, size // 3, size // 2, size - 2, size - 1} & set(range(size)):
        proof = inclusion_from_tiles(index, size, held.get)
        assert proof == TREE.inclusion(index, size)
        verify_inclusion(TREE.leaf(index), index, size, proof, TREE.root(size))


@given(st.integers(1, 2_000), st.data())
def test_any_size_and_leaf(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    assert inclusion_from_tiles(index, size, tiles(size).get) == TREE.inclusion(index, size)


def test_few_tiles_are_read_and_none_twice() -> None:
    held, read = tiles(66_000), []

    def read_tile(path: str) -> bytes | None:
        read.append(path)
        return held.get(path)

    inclusion_from_tiles(12_345, 66_000, read_tile)
    assert len(read) == len(set(read)) <= 6


def test_a_pruned_partial_tile_is_read_from_the_full_one() -> None:
    held = tiles(512)
    assert inclusion_from_tiles(3, 300, held.get) == TREE.inclusion(3, 300)


@pytest.mark.parametrize("damage", [None, b"", b"short", bytes(32 * 255)])
def test_a_missing_or_short_tile_is_named(damage: bytes | None) -> None:
    held: dict[str, bytes | None] = {**tiles(1_000), tile_path(0, 1): damage}
    with pytest.raises(Malformed, match=r"tile/0/001: "):
        inclusion_from_tiles(300, 1_000, held.get)


@pytest.mark.parametrize("index", [-1, 10])
def test_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_from_tiles(index, 10, tiles(10).get)
