"""The Merkle tree of RFC 6962 section 2.1, its proofs and their verification.

Hashes are SHA-256, 32 bytes::

    empty tree  SHA256("")
    leaf        SHA256(00 || entry)
    node        SHA256(01 || left || right)

A tree of n > 1 leaves splits at the largest power of two below n; nothing is padded or doubled.
A proof is a sequence of hashes, from the leaf side upwards, at most 63.

A consistency proof from a size that is a power of two leaves the old root out, because whoever
verifies it has that root already. The **long form** puts it in front. Only the long form shows by
itself which root of the old size lies in the new tree; a portable proof of equivocation carries it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from architrave.record.errors import Malformed, ProofFailed

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "MAX_PROOF",
    "Tree",
    "check_growth",
    "consistency_old_root",
    "leaf_hash",
    "node_hash",
    "verify_consistency",
    "verify_inclusion",
]

HASH_SIZE = 32
MAX_PROOF = 63
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Return if the leaf hash `leaf` is at `index` in the tree of `size` and `root`.

    ProofFailed if not (RFC 9162 section 2.1.3.2).
    """
    if not 0 <= index < size:
        raise ProofFailed(f"inclusion: there is no leaf {index} in a tree of size {size}.")
    _check_proof("inclusion", proof, MAX_PROOF)
    _check_hashes("inclusion", (leaf, root))
    position, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofFailed(f"inclusion of leaf {index} in size {size}: the proof is too long.")
        if position & 1 or position == last:
            reached = node_hash(sibling, reached)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofFailed(f"inclusion of leaf {index} in size {size}: the proof is too short.")
    if reached != root:
        raise ProofFailed(f"inclusion of leaf {index} in size {size}: the roots differ.")


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Return if the tree of size `old` is a prefix of the tree of size `new`, else ProofFailed.

    RFC 9162 section 2.1.4.2. An old size of 0 is refused, since such a proof shows nothing; a
    caller for whom it has a meaning uses `check_growth`.
    """
    _check_sizes(old, new)
    _check_proof("consistency", proof, MAX_PROOF)
    _check_hashes("consistency", (old_root, new_root))
    long_form = [old_root, *proof] if _is_power_of_two(old) and old < new else proof
    if consistency_old_root(old, new, new_root, long_form) != old_root:
        raise ProofFailed(f"consistency of sizes {old} and {new}: the old roots differ.")


def check_growth(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Return if a witness that holds (`old`, `old_root`) may take (`new`, `new_root`).

    As `verify_consistency`, but from size 0 anything may grow: then the proof must be empty and
    the old root that of the empty tree. ProofFailed otherwise, and for a size 0 with another root.
    """
    if old != 0:
        verify_consistency(old, new, old_root, new_root, proof)
        return
    if new < 0:
        raise ProofFailed(f"growth from size 0: {new} is not a size.")
    _check_hashes("growth from size 0", (old_root, new_root))
    if proof:
        raise ProofFailed(f"growth from size 0: expected no proof, found {len(proof)} hashes.")
    if old_root != EMPTY_ROOT or (new == 0 and new_root != EMPTY_ROOT):
        raise ProofFailed("growth from size 0: a tree of size 0 has the empty root only.")


def consistency_old_root(old: int, new: int, new_root: bytes, proof: Sequence[bytes]) -> bytes:
    """The root at size `old` of the tree of size `new` and `new_root`, as the proof shows it.

    The proof is in the long form (see above; `Tree.long_consistency` makes it). ProofFailed if it
    does not lead to `new_root`, or if `old` is 0.
    """
    _check_sizes(old, new)
    _check_proof("consistency", proof, MAX_PROOF + 1)
    _check_hashes("consistency", (new_root,))
    place = f"consistency of sizes {old} and {new}"
    if old == new:
        if proof:
            raise ProofFailed(f"{place}: expected no proof, found {len(proof)} hashes.")
        return new_root
    if not proof:
        raise ProofFailed(f"{place}: the proof is empty.")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_reached = new_reached = proof[0]
    for other in proof[1:]:
        if last == 0:
            raise ProofFailed(f"{place}: the proof is too long.")
        if position & 1 or position == last:
            old_reached = node_hash(other, old_reached)
            new_reached = node_hash(other, new_reached)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new_reached = node_hash(new_reached, other)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofFailed(f"{place}: the proof is too short.")
    if new_reached != new_root:
        raise ProofFailed(f"{place}: the proof does not lead to the new root.")
    return old_reached


def _check_sizes(old: int, new: int) -> None:
    if not 0 < old <= new:
        raise ProofFailed(f"consistency: no proof leads from size {old} to size {new}.")


def _check_proof(place: str, proof: Sequence[bytes], limit: int) -> None:
    if len(proof) > limit:
        raise ProofFailed(f"{place}: expected at most {limit} hashes, found {len(proof)}.")
    _check_hashes(place, proof)


def _check_hashes(place: str, hashes: Sequence[bytes]) -> None:
    for value in hashes:
        if len(value) != HASH_SIZE:
            raise ProofFailed(f"{place}: expected hashes of 32 bytes, found one of {len(value)}.")


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0


class Tree:
    """An append-only tree that keeps the root of every complete subtree, 64 bytes a leaf.

    A leaf is appended in constant time on average; a root or a proof for any size that the tree
    has had costs a number of steps that grows with the logarithm of the size. Sizes and indices
    outside the tree are a mistake of the caller: IndexError.
    """

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        # _levels[l] joins the roots of the complete subtrees of 2**l leaves, from left to right.
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_SIZE

    def append(self, leaf: bytes) -> None:
        """Add a leaf, given by its leaf hash."""
        if len(leaf) != HASH_SIZE:
            raise Malformed(f"leaf hash: expected 32 bytes, found {len(leaf)}.")
        index, level, value = len(self), 0, leaf
        self._levels[0] += value
        while index & 1:
            below = self._levels[level]
            value = node_hash(bytes(below[-2 * HASH_SIZE : -HASH_SIZE]), value)
            index, level = index >> 1, level + 1
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += value

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves in order, given by their leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def leaf(self, index: int) -> bytes:
        """The leaf hash at `index`."""
        return self.complete(0, index, 1)

    def complete(self, level: int, first: int, count: int) -> bytes:
        """The roots of `count` complete subtrees of 2**level leaves, from the first, joined."""
        held = len(self) >> level
        if level < 0 or first < 0 or count < 0 or first + count > held:
            raise IndexError(
                f"tree of size {len(self)}: level {level} holds {held} complete subtrees,"
                f" asked for {count} from {first}"
            )
        if count == 0:
            return b""
        return bytes(self._levels[level][first * HASH_SIZE : (first + count) * HASH_SIZE])

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, by default of all."""
        size = self._checked(len(self) if size is None else size)
        # Each entry asks for one: the complete subtrees are joined from the right, and a bit of the
        # size says where each one stands.
        value, level, left = b"", 0, size
        while left:
            if left & 1:
                at = (left - 1) * HASH_SIZE
                peak = bytes(self._levels[level][at : at + HASH_SIZE])
                value = hashlib.sha256(b"\x01" + peak + value).digest() if value else peak
            left, level = left >> 1, level + 1
        return value or EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The proof that the leaf at `index` is in the tree of `size`."""
        if not 0 <= index < self._checked(size):
            raise IndexError(f"there is no leaf {index} in a tree of size {size}")
        proof = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self._range_root(middle, end))
                end = middle
            else:
                proof.append(self._range_root(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `old` leaves, at least 1, is a prefix of that of `new`."""
        proof = self.long_consistency(old, new)
        return proof[1:] if _is_power_of_two(old) else proof

    def long_consistency(self, old: int, new: int) -> list[bytes]:
        """The same proof in the long form, which `consistency_old_root` reads."""
        if not 0 < old <= self._checked(new):
            raise IndexError(f"no proof leads from size {old} to size {new}")
        if old == new:
            return []
        proof = []
        start, end = 0, new
        while end != old:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._range_root(middle, end))
                end = middle
            else:
                proof.append(self._range_root(start, middle))
                start = middle
        proof.append(self._range_root(start, end))
        return proof[::-1]

    def copy_prefix(self, size: int) -> Tree:
        """A separate tree of the first `size` leaves."""
        self._checked(size)
        copy = Tree()
        copy._levels = [
            held[: (size >> level) * HASH_SIZE] for level, held in enumerate(self._levels)
        ]
        return copy

    def _checked(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise IndexError(f"the tree has {len(self)} leaves, asked for size {size}")
        return size

    def _range_root(self, start: int, end: int) -> bytes:
        """The root over leaves start..end-1, where `start` is one at which RFC 6962 splits."""
        peaks = []
        while start < end:
            level = (end - start).bit_length() - 1
            peaks.append(self.complete(level, start >> level, 1))
            start += 1 << level
        value = peaks.pop()
        while peaks:
            value = node_hash(peaks.pop(), value)
        return value


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << ((count - 1).bit_length() - 1)
