"""Record, audit: an exported record checked from its files, on all cores.

Headers, node signatures, tiles, roots, claims of each log on the others, cosignatures, and the acts
that lie open. The yardstick verifies as many Ed25519 signatures and does nothing else, on as many
processes. Value and yardstick are entries, and signatures, a second. Rows:

record.audit        the whole export; every entry has one signature
record.audit.one    the same on one core, beside the yardstick on one core
record.audit.bytes  on one core, what no audit of these formats can leave out: the form of each
                    entry, its signature, the hashes of its tree, and the root of each prefix that
                    it names; no files, cosignatures or acts
"""

import functools
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from architrave.record.audit import Audit, Spread, audit
from architrave.record.entries import read_entry
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.tree import Tree, leaf_hash
from bench import Figure, main, side_by_side, versions
from bench.material import FolderReader, SignedActs, Writer, export, new_writer, seed, write_acts

SIZE = 20_000
AT_ONCE = 512


def audited(folder: Path, writer: Writer, spread: Spread) -> Audit:
    """The audit of an export, under the founding that is trusted."""
    read = FolderReader(folder)
    trusted = writer.founding_file
    return audit(read, read.listed, SignedActs, trusted, spread=spread)


def verify_many(key: bytes, signed: Sequence[tuple[bytes, bytes]]) -> int:
    """How many of the signatures hold."""
    public = PublicKey(key)
    return sum(public.verifies(signature, message) for signature, message in signed)


def bytes_alone(writer: Writer) -> None:
    """Read each entry, verify its signature, hash it into its tree, and compare what it names."""
    trees = {writer.books[author].origin: Tree() for author in writer.parties}
    keys = {party: writer.founding.named(party).node_key for party in writer.parties}
    for author, data, _ in writer.order:
        entry = read_entry(data)
        entry.check_signature(keys[author])
        trees[writer.books[author].origin].append(leaf_hash(data))
        for origin, named in entry.header.seen.items():
            assert trees[origin].root(named.size) == named.root


def check(found: Audit, writer: Writer) -> None:
    """Assert that the audit saw everything and blames nothing."""
    assert found.trusted
    assert not found.faults, found.faults[:3]
    assert sum(log.signed_size for log in found.logs) == len(writer.order)
    assert all(log.sound and log.cosigned_size == log.signed_size for log in found.logs)
    assert sum(log.acts for log in found.logs) == writer.acts
    assert sum(log.public_acts for log in found.logs) > 0


def spoil(folder: Path) -> None:
    """Change one byte of one entry, which an audit must find."""
    path = sorted(folder.glob("*/tile/entries/**/*"))[-1]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))


def measure(size: int = SIZE) -> list[Figure]:
    """Measure on about `size` entries."""
    writer, cores = new_writer(), cpu_count() or 1
    write_acts(writer, int(size / 1.46))
    count = len(writer.order)
    key = PrivateKey(seed("yardstick"))
    messages = [number.to_bytes(4, "big") * 75 for number in range(count)]
    signed = [(key.sign(message), message) for message in messages]
    parts = [signed[at : at + AT_ONCE] for at in range(0, count, AT_ONCE)]
    verify = functools.partial(verify_many, key.public.raw)
    sizes, software = {"entries": count, "acts": writer.acts}, versions("pynacl", "msgspec")
    rows = []
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool,
    ):
        folder = Path(name)
        export(writer, folder)
        for row, spread in (("record.audit", pool.map), ("record.audit.one", map)):
            check(audited(folder, writer, spread), writer)
            assert sum(spread(verify, parts)) == count
            mine, bare = side_by_side(
                functools.partial(audited, folder, writer, spread),
                lambda spread=spread: sum(spread(verify, parts)),
            )
            rows.append((row, count / mine, count / bare))
        mine, bare = side_by_side(
            functools.partial(bytes_alone, writer), lambda: sum(map(verify, parts))
        )
        rows.append(("record.audit.bytes", count / mine, count / bare))
        spoil(folder)
        assert audited(folder, writer, pool.map).faults
        assert audited(folder, writer, pool.map) == audited(folder, writer, map)
    return [Figure(row, mine, bare, (">=", 0.8), True, sizes, software) for row, mine, bare in rows]


if __name__ == "__main__":
    sys.exit(main(measure))
