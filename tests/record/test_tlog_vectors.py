"""The published vectors of the transparency-log formats, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from architrave.record import b64
from architrave.record.checkpoints import open_checkpoint
from architrave.record.errors import Malformed, ProofFailed, UnknownSigner
from architrave.record.keys import PrivateKey
from architrave.record.notes import KeyType, open_note, parse_note, parse_vkey, sign_note
from architrave.record.tiles import (
    check_bundles,
    check_tiles,
    decode_bundle,
    entries_path,
    parse_path,
    read_tree,
    tile_path,
)
from architrave.record.tree import (
    EMPTY_ROOT,
    Tree,
    check_growth,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

SUBTREES = "rfc6962/subtreeconsistency.json"
VECTORS = Path(__file__).parents[2] / ".." / "shared" / "data" / "tlog"

if not VECTORS.is_dir():
    pytest.skip("the published vectors (../shared/data/tlog) are not here", allow_module_level=True)


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    assert found
    return found


def test_every_published_file_is_read_here() -> None:
    found = {path.relative_to(VECTORS).as_posix() for path in VECTORS.rglob("*.json")}
    read = {"inclusion", "consistency", "subtreeinclusion", "subtreeconsistency"}
    assert found == {
        *(f"rfc6962/{name}.json" for name in read),
        "notes/notes.json",
        "notes/tile-paths.json",
    }
    # What is left out of the two files on subtrees is for mirrors only.
    left_out = [
        v for v in vectors("rfc6962/subtreeinclusion.json") if not is_subtree(v["start"], v["end"])
    ]
    assert all(vector["wantErr"] for vector in left_out if vector["start"] >= vector["end"])
    assert len(left_out) == 13
    assert sum(v["start"] > 0 or v["end"] == 0 for v in vectors(SUBTREES)) == 15


def hashes(vector: dict[str, Any]) -> list[bytes]:
    return [b64.decode(text) for text in vector["proof"] or []]


# The test that publishes this key goes through a reader which does not compare the printed key ID.
# By the formula of the specification, which the same source uses to write keys, it is another.
MISPRINTED_KEY_IDS = {"mldsa44-vkey": ("5893dc2c", "31236897")}


def is_subtree(start: int, end: int) -> bool:
    """Whether leaves `start` to `end` - 1 are a tree of their own in every tree that holds them."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


@pytest.mark.parametrize("vector", vectors("rfc6962/inclusion.json"), ids=lambda v: v["path"])
def test_inclusion(vector: dict[str, Any]) -> None:
    given = (
        b64.decode(vector["leafHash"]),
        vector["leafIdx"],
        vector["treeSize"],
        hashes(vector),
        b64.decode(vector["root"]),
    )
    if vector["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_inclusion(*given)
    else:
        verify_inclusion(*given)


@pytest.mark.parametrize("vector", vectors("rfc6962/consistency.json"), ids=lambda v: v["path"])
def test_consistency(vector: dict[str, Any]) -> None:
    given = (
        vector["size1"],
        vector["size2"],
        b64.decode(vector["root1"]),
        b64.decode(vector["root2"]),
        hashes(vector),
    )
    if vector["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_consistency(*given)
    else:
        verify_consistency(*given)


# A subtree that begins at a place where trees split is itself a tree of its own leaves.
@pytest.mark.parametrize(
    "vector",
    [
        vector
        for vector in vectors("rfc6962/subtreeinclusion.json")
        if is_subtree(vector["start"], vector["end"])
    ],
    ids=lambda v: v["path"],
)
def test_inclusion_in_a_subtree(vector: dict[str, Any]) -> None:
    given = (
        b64.decode(vector["leafHash"]),
        vector["leafIdx"] - vector["start"],
        vector["end"] - vector["start"],
        hashes(vector),
        b64.decode(vector["root"]),
    )
    if vector["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_inclusion(*given)
    else:
        verify_inclusion(*given)


# Subtrees that begin later are for mirrors only, which version 1 has not; neither is there an empty
# one, since a consistency proof from size 0 is evidence of nothing.
@pytest.mark.parametrize(
    "vector",
    [
        vector
        for vector in vectors("rfc6962/subtreeconsistency.json")
        if vector["start"] == 0 < vector["end"]
    ],
    ids=lambda v: v["path"],
)
def test_consistency_of_a_subtree_that_begins_with_the_log(vector: dict[str, Any]) -> None:
    given = (
        vector["end"],
        vector["size"],
        b64.decode(vector["root1"]),
        b64.decode(vector["root2"]),
        hashes(vector),
    )
    if vector["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_consistency(*given)
    else:
        verify_consistency(*given)


@pytest.mark.parametrize("vector", vectors("notes/notes.json"), ids=lambda v: v["id"])
def test_notes(vector: dict[str, Any]) -> None:
    if not vector["valid"]:
        with pytest.raises(Malformed):
            parse_vkey(vector["vkey"])
        return
    vkey = vector["vkey"]
    if vector["id"] in MISPRINTED_KEY_IDS:
        printed, computed = MISPRINTED_KEY_IDS[vector["id"]]
        with pytest.raises(Malformed, match=f"the key ID is {computed}, found '{printed}'"):
            parse_vkey(vkey)
        vkey = vkey.replace(f"+{printed}+", f"+{computed}+")
    key = parse_vkey(vkey)
    assert key.text == vkey
    assert key.kind == vector.get("alg", KeyType.NOTE)
    for field in ("note", "old", "new"):
        if field in vector:
            note, signers = open_note(vector[field].encode(), [key])
            assert signers == (key,)
            assert note.text == vector.get("text", note.text)
    if "skey" in vector:
        seed = b64.decode(vector["skey"].split("+", 4)[4])[1:]
        signature = sign_note(vector["text"], key.name, PrivateKey(seed))
        assert (signature,) == parse_note(vector["note"].encode()).signatures
    if "proof_hex" in vector:
        proof = [bytes.fromhex(text) for text in vector["proof_hex"]]
        old, _ = open_checkpoint(vector["old"].encode(), key)
        new, _ = open_checkpoint(vector["new"].encode(), key)
        assert old.size == vector["old_size"]
        check_growth(old.size, new.size, old.root, new.root, proof)


@pytest.mark.parametrize("vector", vectors("notes/tile-paths.json"), ids=lambda v: v["path"])
def test_tile_paths(vector: dict[str, Any]) -> None:
    level, index, width = vector["level"], vector["index"], vector["width"]
    printed = entries_path(index, width) if level == "entries" else tile_path(level, index, width)
    assert printed == vector["path"]
    assert parse_path(vector["path"]) == (level, index, width)


def read_sample(path: str) -> bytes | None:
    file = VECTORS / "sample-log" / path
    return file.read_bytes() if file.is_file() else None


def test_the_sample_log_from_its_checkpoints_down_to_its_entries() -> None:
    key = parse_vkey((VECTORS / "sample-log" / "vkey").read_text(encoding="utf-8").strip())
    bundle = read_sample("tile/entries/000.p/15")
    assert bundle is not None
    tree = Tree(leaf_hash(entry) for entry in decode_bundle(bundle, 15))
    for size in range(0, 15, 2):
        data = read_sample(f"checkpoint.{size}")
        assert data is not None
        checkpoint, _ = open_checkpoint(data, key)
        assert (checkpoint.size, checkpoint.root) == (size, tree.root(size))
        with pytest.raises(UnknownSigner):
            open_note(data, [])
    for size in range(1, 16):
        assert read_tree(size, read_sample).root() == tree.root(size)
        assert check_tiles(tree, size, read_sample) is None
        assert check_bundles(tree, size, read_sample) is None
    assert tree.root(0) == EMPTY_ROOT
