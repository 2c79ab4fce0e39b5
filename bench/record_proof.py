"""Record, proof: the proof that a log holds an entry, made from tile files, and its verification.

A tree of N leaves is written as C2SP tiles into a folder. For random leaves the proof is made by
opening only the files on its way, each time anew, and verified against the root. Rows:

record.proof         milliseconds from the index to the proof, of 100 proofs the slowest but one
record.proof.verify  microseconds of one verification, median
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from architrave.record.tiles import inclusion_from_tiles, tile_bytes, tile_path, tiles_of
from architrave.record.tree import Tree, leaf_hash, verify_inclusion
from bench import Figure, main, percentile

SIZE = 1_000_000
PROOFS = 2_000


def written(size: int, folder: Path) -> Tree:
    """The tree of `size` leaves, its tiles written as files."""
    tree = Tree(leaf_hash(number.to_bytes(8, "big")) for number in range(size))
    for level, index, width in tiles_of(size):
        path = folder / tile_path(level, index, width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tile_bytes(tree, level, index, width))
    return tree


def measure(size: int = SIZE) -> list[Figure]:
    """Measure proofs in a tree of `size` leaves."""
    draw = random.Random(1)
    making, verifying = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree = written(size, folder)
        root = tree.root()

        def read_tile(path: str) -> bytes | None:
            try:
                return (folder / path).read_bytes()
            except FileNotFoundError:
                return None

        for _ in range(PROOFS):
            index = draw.randrange(size)
            leaf = tree.leaf(index)
            start = time.perf_counter()
            proof = inclusion_from_tiles(index, size, read_tile)
            made = time.perf_counter()
            verify_inclusion(leaf, index, size, proof, root)
            verified = time.perf_counter()
            making.append((made - start) * 1e3)
            verifying.append((verified - made) * 1e6)
            assert proof == tree.inclusion(index, size)
    sizes = {"leaves": size, "proofs": PROOFS}
    return [
        Figure("record.proof", percentile(making, 99), None, ("<=", 10.0), True, sizes),
        Figure("record.proof.verify", median(verifying), None, ("<=", 50.0), True, sizes),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
