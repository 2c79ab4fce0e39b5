from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record.errors import Malformed, ProofFailed
from architrave.record.tree import (
    EMPTY_ROOT,
    Tree,
    check_growth,
    consistency_old_root,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

ENTRIES = [b"entry %d" % number for number in range(40)]
TREE = Tree(leaf_hash(entry) for entry in ENTRIES)
SIZES = range(1, len(ENTRIES) + 1)
PAIRS = [(old, new) for new in SIZES for old in range(1, new + 1)]


# The definitions of RFC 6962 section 2.1, word for word and slowly.
def plain_split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def plain_root(d: list[bytes]) -> bytes:
    if not d:
        return hashlib.sha256(b"").digest()
    if len(d) == 1:
        return hashlib.sha256(b"\0" + d[0]).digest()
    k = plain_split(len(d))
    return hashlib.sha256(b"\1" + plain_root(d[:k]) + plain_root(d[k:])).digest()


def plain_path(m: int, d: list[bytes]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = plain_split(len(d))
    if m < k:
        return [*plain_path(m, d[:k]), plain_root(d[k:])]
    return [*plain_path(m - k, d[k:]), plain_root(d[:k])]


def plain_subproof(m: int, d: list[bytes], whole: bool) -> list[bytes]:
    if m == len(d):
        return [] if whole else [plain_root(d)]
    k = plain_split(len(d))
    if m <= k:
        return [*plain_subproof(m, d[:k], whole), plain_root(d[k:])]
    return [*plain_subproof(m - k, d[k:], False), plain_root(d[:k])]


def flipped(value: bytes, bit: int = 0) -> bytes:
    return bytes([value[0] ^ 1 << bit]) + value[1:]


def altered(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with each hash changed, cut, or left out, with hashes added, and turned round."""
    for at, value in enumerate(proof):
        for changed in (flipped(value), value[:31], value + b"\0", b""):
            yield [*proof[:at], changed, *proof[at + 1 :]]
        yield proof[:at] + proof[at + 1 :]
    for extra in (EMPTY_ROOT, b"", *proof[:1]):
        yield [extra, *proof]
        yield [*proof, extra]
    if len(proof) > 1:
        yield proof[::-1]


def test_the_empty_tree() -> None:
    assert Tree().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()
    assert len(Tree()) == 0
    assert TREE.root(0) == EMPTY_ROOT


@pytest.mark.parametrize("size", SIZES)
def test_roots_and_inclusion_proofs_are_those_of_the_definition(size: int) -> None:
    entries = ENTRIES[:size]
    root = plain_root(entries)
    assert TREE.root(size) == root == Tree(map(leaf_hash, entries)).root()
    for index, entry in enumerate(entries):
        proof = TREE.inclusion(index, size)
        assert proof == plain_path(index, entries)
        verify_inclusion(leaf_hash(entry), index, size, proof, root)


@pytest.mark.parametrize("new", SIZES)
def test_consistency_proofs_are_those_of_the_definition(new: int) -> None:
    for old in range(1, new + 1):
        proof = TREE.consistency(old, new)
        assert proof == plain_subproof(old, ENTRIES[:new], True)
        verify_consistency(old, new, TREE.root(old), TREE.root(new), proof)
        check_growth(old, new, TREE.root(old), TREE.root(new), proof)
        long_form = TREE.long_consistency(old, new)
        assert consistency_old_root(old, new, TREE.root(new), long_form) == TREE.root(old)
        assert proof == long_form[len(long_form) - len(proof) :]


@pytest.mark.parametrize("size", SIZES)
def test_altered_inclusion_proofs_are_refused(size: int) -> None:
    root = TREE.root(size)
    for index in range(size):
        leaf, proof = TREE.leaf(index), TREE.inclusion(index, size)
        for wrong in altered(proof):
            with pytest.raises(ProofFailed):
                verify_inclusion(leaf, index, size, wrong, root)
        for other in {0, index - 1, index ^ 1, index + 1, size, size - 1, -1} - {index}:
            with pytest.raises(ProofFailed):
                verify_inclusion(leaf, other, size, proof, root)
        for wrong_leaf, wrong_root in ((flipped(leaf), root), (leaf, flipped(root)), (leaf, b"")):
            with pytest.raises(ProofFailed):
                verify_inclusion(wrong_leaf, index, size, proof, wrong_root)


@pytest.mark.parametrize("new", SIZES)
def test_altered_consistency_proofs_are_refused(new: int) -> None:
    new_root = TREE.root(new)
    for old in range(1, new + 1):
        old_root, proof = TREE.root(old), TREE.consistency(old, new)
        for wrong in altered(proof):
            with pytest.raises(ProofFailed):
                verify_consistency(old, new, old_root, new_root, wrong)
        for other in {old - 1, old + 1, new, new + 1, -1} - {old}:
            with pytest.raises(ProofFailed):
                verify_consistency(other, new, old_root, new_root, proof)
        for wrong_old, wrong_new in (
            (flipped(old_root), new_root),
            (old_root, flipped(new_root)),
            (old_root[:31], new_root),
            (old_root, b""),
        ):
            with pytest.raises(ProofFailed):
                verify_consistency(old, new, wrong_old, wrong_new, proof)


def test_a_long_proof_shows_the_root_that_another_history_would_have_to_have() -> None:
    forked = Tree(leaf_hash(b"other " + entry) for entry in ENTRIES)
    for old, new in PAIRS:
        shown = consistency_old_root(old, new, TREE.root(new), TREE.long_consistency(old, new))
        assert shown != forked.root(old)
        if old < new:
            with pytest.raises(ProofFailed):
                consistency_old_root(old, new, TREE.root(new), forked.long_consistency(old, new))


def test_the_short_form_shows_no_old_root_where_the_two_forms_differ() -> None:
    for old, new in PAIRS:
        short = TREE.consistency(old, new)
        if short != TREE.long_consistency(old, new):
            with pytest.raises(ProofFailed):
                consistency_old_root(old, new, TREE.root(new), short)


def test_size_zero_is_evidence_of_nothing() -> None:
    for new in (0, 1, 5):
        with pytest.raises(ProofFailed, match="no proof leads from size 0"):
            verify_consistency(0, new, EMPTY_ROOT, TREE.root(new), [])
        with pytest.raises(ProofFailed):
            consistency_old_root(0, new, TREE.root(new), [])


def test_a_witness_that_holds_nothing_takes_any_tree_without_a_proof() -> None:
    check_growth(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    check_growth(0, 7, EMPTY_ROOT, TREE.root(7), [])
    for old, new, old_root, new_root, proof in [
        (0, 7, EMPTY_ROOT, TREE.root(7), [TREE.leaf(0)]),
        (0, 7, TREE.root(1), TREE.root(7), []),
        (0, 0, EMPTY_ROOT, TREE.root(1), []),
        (0, 7, EMPTY_ROOT, b"", []),
        (0, -1, EMPTY_ROOT, EMPTY_ROOT, []),
        (7, 0, TREE.root(7), EMPTY_ROOT, []),
        (-1, 7, EMPTY_ROOT, TREE.root(7), []),
    ]:
        with pytest.raises(ProofFailed):
            check_growth(old, new, old_root, new_root, proof)


def test_a_proof_of_64_hashes_is_refused_by_its_length() -> None:
    # A leaf of 64 right-hand siblings: every step would hold if lengths were not limited.
    proof = [leaf_hash(b"%d" % number) for number in range(64)]
    root = leaf_hash(b"")
    for value in proof:
        root = node_hash(root, value)
    with pytest.raises(ProofFailed, match="at most 63"):
        verify_inclusion(leaf_hash(b""), 0, 2**64, proof, root)
    with pytest.raises(ProofFailed, match="at most 63"):
        verify_consistency(1, 2**64, leaf_hash(b""), root, proof)


def test_a_copied_prefix_grows_apart() -> None:
    for size in range(len(ENTRIES) + 1):
        copy = TREE.copy_prefix(size)
        assert (len(copy), copy.root()) == (size, TREE.root(size))
        copy.append(leaf_hash(b"apart"))
        assert copy.root() == plain_root([*ENTRIES[:size], b"apart"])
    assert TREE.root() == plain_root(ENTRIES)


def test_what_lies_outside_the_tree_is_a_mistake_of_the_caller() -> None:
    tree = TREE.copy_prefix(5)
    for wrong in (
        lambda: tree.root(6),
        lambda: tree.root(-1),
        lambda: tree.leaf(5),
        lambda: tree.leaf(-1),
        lambda: tree.inclusion(3, 3),
        lambda: tree.inclusion(0, 6),
        lambda: tree.consistency(0, 5),
        lambda: tree.consistency(2, 6),
        lambda: tree.consistency(4, 3),
        lambda: tree.copy_prefix(6),
        lambda: tree.complete(1, 2, 1),
        lambda: tree.complete(9, 0, 1),
    ):
        with pytest.raises(IndexError):
            wrong()
    with pytest.raises(Malformed, match="expected 32 bytes, found 3"):
        tree.append(b"abc")
    assert tree.root() == TREE.root(5)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=300), st.data())
def test_any_tree_agrees_with_the_definition(entries: list[bytes], data: st.DataObject) -> None:
    tree = Tree(map(leaf_hash, entries))
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    assert tree.root(size) == plain_root(entries[:size])
    assert tree.inclusion(index, size) == plain_path(index, entries[:size])
    assert tree.consistency(old, size) == plain_subproof(old, entries[:size], True)


@given(
    st.integers(-1, 70),
    st.integers(-1, 2**64),
    st.binary(max_size=33),
    st.lists(st.binary(min_size=31, max_size=32), max_size=66),
)
def test_whatever_proof_arrives_it_is_refused_as_a_failed_proof(
    old: int, new: int, root: bytes, proof: list[bytes]
) -> None:
    with pytest.raises(ProofFailed):
        verify_inclusion(leaf_hash(b"never a leaf of theirs"), old, new, proof, root)
    if proof or old != new:
        with pytest.raises(ProofFailed):
            verify_consistency(old, new, root, EMPTY_ROOT, proof)
