"""Pieces of a record, good and tampered with, in a form that other people's tools can be given.

    python -m tests.other_tools.cases > cases.json

Each case is a JSON object: `name`, `kind` (inclusion, consistency or cosignature), `good`, and the
bytes concerned in base64. Nothing here verifies anything.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from world import World

from architrave.record.notes import parse_note
from architrave.record.proofs import offline_proof, parse_offline_proof
from architrave.record.vkeys import NoteKey

Case = dict[str, object]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def der(raw: bytes) -> bytes:
    """A public key in the form in which most tools read one."""
    key = Ed25519PublicKey.from_public_bytes(raw)
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@cache
def _world() -> World:
    world = World(mldsa=True)
    world.open(*[body.id for body in world.charter.bodies[:4]])
    world.settle()
    return world


def _flip(data: bytes, at: int = -1) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def _inclusion(name: str, good: bool, **fields: object) -> Case:
    return {"name": name, "kind": "inclusion", "good": good, **fields}


def inclusion_cases() -> Iterator[Case]:
    """An entry under a checkpoint: proofs that hold, and each kind of byte changed."""
    world = _world()
    first, other = world.parties[:2]
    member = world.founding.named(first)
    peer = world.peers[first]
    branch = peer.history.main(member.origin)
    note = peer.note(member.origin)
    plain: Case = {}
    for index in (0, 1, branch.size // 2, branch.size - 1):
        proof = parse_offline_proof(offline_proof(branch, branch.tips[index], note))
        plain = {
            "origin": member.origin,
            "vkey": member.log_key.text,
            "key_id": member.log_key.key_id.hex(),
            "public_der": b64(der(member.log_key.raw)),
            "envelope": note.decode(),
            "index": index,
            "hashes": [b64(one) for one in proof.hashes],
            "entry": b64(branch.entries[index].data),
        }
        yield _inclusion(f"entry {index}", True, **plain)
    index = branch.size // 2
    proof = parse_offline_proof(offline_proof(branch, branch.tips[index], note))
    plain |= {
        "index": index,
        "hashes": [b64(one) for one in proof.hashes],
        "entry": b64(branch.entries[index].data),
    }
    yield from _tampered(plain, world, other)


def _tampered(plain: Case, world: World, other: str) -> Iterator[Case]:
    lines = str(plain["envelope"]).split("\n")
    hashes = [base64.b64decode(str(one)) for one in plain["hashes"]]  # type: ignore[union-attr]

    def with_line(number: int, text: str) -> str:
        return "\n".join([*lines[:number], text, *lines[number + 1 :]])

    signature = lines[4].split(" ")
    payload = base64.b64decode(signature[2])
    stranger = world.founding.named(other)

    def signed(data: bytes) -> str:
        return with_line(4, " ".join([*signature[:2], b64(data)]))

    for name, changes in {
        "a byte of the signature": {"envelope": signed(_flip(payload))},
        "the first byte of the signature": {"envelope": signed(_flip(payload, 4))},
        "the key ID": {"envelope": signed(_flip(payload, 0))},
        "the root": {"envelope": with_line(2, b64(_flip(base64.b64decode(lines[2]))))},
        "the size": {"envelope": with_line(1, str(int(lines[1]) + 1))},
        "the origin": {"envelope": with_line(0, lines[0] + "0")},
        "a hash of the proof": {"hashes": [b64(_flip(one)) for one in hashes[:1]]
                                + [b64(one) for one in hashes[1:]]},
        "the last hash of the proof": {"hashes": [b64(one) for one in hashes[:-1]]
                                       + [b64(_flip(hashes[-1]))]},
        "a hash left out": {"hashes": [b64(one) for one in hashes[:-1]]},
        "a hash too many": {"hashes": [*(b64(one) for one in hashes), b64(bytes(32))]},
        "the place": {"index": int(str(plain["index"])) + 1},
        "a byte of the entry": {"entry": b64(_flip(base64.b64decode(str(plain["entry"]))))},
        "another log's note": {"envelope": world.peers[other].note(stranger.origin).decode()},
        "another log's key": {"vkey": stranger.log_key.text,
                              "key_id": stranger.log_key.key_id.hex(),
                              "public_der": b64(der(stranger.log_key.raw))},
    }.items():  # fmt: skip
        yield _inclusion(name, False, **{**plain, **changes})


def growth_cases() -> Iterator[Case]:
    """Two checkpoints of one log, and cosignatures under one."""
    world = _world()
    first, other = world.parties[:2]
    member, witness = world.founding.named(first), world.founding.named(other)
    branch = world.peers[first].history.main(member.origin)
    size, tree = branch.size, branch.tree
    for old in (1, 2, size // 2, size - 1):
        proof = [b64(one) for one in tree.consistency(old, size)]
        plain: Case = {
            "kind": "consistency",
            "old_size": old,
            "old_root": b64(tree.root(old)),
            "size": size,
            "root": b64(tree.root(size)),
            "hashes": proof,
        }
        yield {**plain, "name": f"grown from {old}", "good": True}
        spoiled = [b64(_flip(base64.b64decode(proof[0]))), *proof[1:]]
        yield {**plain, "name": f"grown from {old}, a hash", "good": False, "hashes": spoiled}
        wrong = b64(_flip(tree.root(old)))
        yield {**plain, "name": f"grown from {old}, old root", "good": False, "old_root": wrong}
    note = world.peers[first].note(member.origin).decode()
    yield from _cosignature(note, witness.cosigner)


def mldsa_cases() -> Iterator[Case]:
    """A cosignature with ML-DSA-44."""
    world = _world()
    first, other = world.parties[:2]
    note = world.peers[first].note(world.origin(first)).decode()
    yield from _cosignature(note, world.founding.named(other).cosigners[1])


def _cosignature(note: str, key: NoteKey) -> Iterator[Case]:
    plain: Case = {"kind": "cosignature", "vkey": key.text, "envelope": note}
    yield {**plain, "name": "a cosignature", "good": True}
    lines = note.split("\n")
    (mine,) = [line for line in parse_note(note.encode()).signatures if line.names(key)]
    number = lines.index(mine.line.removesuffix("\n"))
    words = lines[number].split(" ")
    payload = base64.b64decode(words[2])
    for name, at in (("its time", 11), ("its signature", -1), ("its signature's start", 12)):
        spoiled = [*lines]
        spoiled[number] = " ".join([*words[:2], b64(_flip(payload, at))])
        yield {**plain, "name": name, "good": False, "envelope": "\n".join(spoiled)}
    for name, at, text in (
        ("the size it is under", 1, str(int(lines[1]) + 1)),
        ("the root it is under", 2, b64(_flip(base64.b64decode(lines[2])))),
        ("the origin it is under", 0, lines[0] + "0"),
    ):
        changed = [*lines]
        changed[at] = text
        yield {**plain, "name": name, "good": False, "envelope": "\n".join(changed)}


if __name__ == "__main__":
    print(json.dumps([*inclusion_cases(), *growth_cases()], indent=1))
