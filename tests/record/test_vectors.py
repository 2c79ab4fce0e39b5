"""Our own vectors: they are what their command writes, and our readers agree with each of them."""

from __future__ import annotations

import base64
import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from architrave.institution.act_reading import read_act
from architrave.institution.acts import act_of, document_of
from architrave.institution.erasure import skeleton_of
from architrave.institution.opening import PublicReader
from architrave.record import canonical
from architrave.record.audit import audit, audit_on
from architrave.record.audit_state import format_state, read_state
from architrave.record.checkpoints import open_checkpoint
from architrave.record.cosignatures import cosigners
from architrave.record.entries import read_entry
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import Malformed, RecordError
from architrave.record.founding import read_founding
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.mldsa import MldsaPrivateKey
from architrave.record.notes import parse_vkey
from architrave.record.proofs import parse_offline_proof, verify_offline_proof
from architrave.record.sealing import SealedAct, act_name, sign_act
from architrave.record.succession import read_title
from architrave.record.tombstones import read_tombstone
from architrave.record.tree import Tree, leaf_hash, verify_consistency, verify_inclusion

FOLDER = Path(__file__).parents[1] / "vectors"
# The acts have a file and a test of their own: one of each kind, none of them invalid.
NAMES = sorted(path.name for path in FOLDER.glob("*.json") if path.name != "acts.json")

Vector = dict[str, Any]


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_vectors", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(name: str) -> list[Vector]:
    found: list[Vector] = json.loads((FOLDER / name).read_text(encoding="utf-8"))["vectors"]
    assert len({vector["id"] for vector in found}) == len(found) > 0
    return found


def some(name: str, valid: bool) -> Any:
    chosen = [vector for vector in read(name) if vector["valid"] is valid]
    assert chosen
    return pytest.mark.parametrize("vector", chosen, ids=lambda vector: vector["id"])


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_what_its_command_writes(name: str) -> None:
    make = maker()
    assert sorted(make.FILES) == NAMES
    assert (FOLDER / name).read_text(encoding="utf-8") == make.text_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_each_file_stands_in_the_list(name: str) -> None:
    assert f"`{name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_valid_says_why(name: str) -> None:
    assert all(vector["why"] for vector in read(name) if not vector["valid"])


@some("canonical-json.json", True)
def test_canonical_json(vector: Vector) -> None:
    assert canonical.dump(vector["value"]) == raw(vector["bytes"])
    assert canonical.load(raw(vector["bytes"])) == vector["value"]


@some("canonical-json.json", False)
def test_json_in_another_spelling(vector: Vector) -> None:
    with pytest.raises(Malformed):
        canonical.load(raw(vector["bytes"]))


@some("tree.json", True)
def test_trees(vector: Vector) -> None:
    leaves = [leaf_hash(raw(entry)) for entry in vector["entries"]]
    root, size = bytes.fromhex(vector["root"]), len(leaves)
    assert Tree(leaves).root() == root
    for index, proof in enumerate(vector["inclusion"]):
        verify_inclusion(leaves[index], index, size, list(map(bytes.fromhex, proof)), root)
    for old, proof in vector["consistency"].items():
        old_root = Tree(leaves[: int(old)]).root()
        verify_consistency(int(old), size, old_root, root, list(map(bytes.fromhex, proof)))
    assert len(vector["inclusion"]) == len(vector["consistency"]) == size


@some("checkpoint.json", True)
def test_checkpoints(vector: Vector) -> None:
    key = parse_vkey(vector["log_key"])
    checkpoint, note = open_checkpoint(raw(vector["note"]), key)
    assert checkpoint.text == vector["text"]
    assert (checkpoint.size, checkpoint.root.hex()) == (vector["size"], vector["root"])
    assert cosigners(note, list(map(parse_vkey, vector["cosigner_keys"]))) == vector["times"]
    seeds = [vector["seeds"]["log"], *vector["seeds"]["cosigners"]]
    keys = [key, *map(parse_vkey, vector["cosigner_keys"])]
    assert [PrivateKey(bytes.fromhex(one)).public for one in seeds] == [one.public for one in keys]


@some("checkpoint.json", False)
def test_checkpoints_that_do_not_hold(vector: Vector) -> None:
    keys = list(map(parse_vkey, vector["cosigner_keys"]))
    with pytest.raises(RecordError):
        cosigners(open_checkpoint(raw(vector["note"]), parse_vkey(vector["log_key"]))[1], keys)


@some("mldsa.json", True)
def test_cosignatures_of_both_kinds(vector: Vector) -> None:
    note = open_checkpoint(raw(vector["note"]), parse_vkey(vector["log_key"]))[1]
    keys = [parse_vkey(one) for one in vector["cosigner_keys"]]
    assert [int(key.kind) for key in keys] == [4, 6]
    assert cosigners(note, keys) == {keys[0].name: vector["time"]}
    ed25519, mldsa = (bytes.fromhex(one) for one in vector["seeds"]["cosigners"])
    assert PrivateKey(ed25519).public == keys[0].public
    public = MldsaPrivateKey(mldsa).public
    assert public.raw == keys[1].raw
    (line,) = [one for one in note.signatures if one.names(keys[1])]
    assert public.verifies(line.payload[8:], bytes.fromhex(vector["signed"]))
    founding = read_founding(raw(vector["founding"]))
    assert founding.id == vector["institution"]
    assert list(founding.named("Birch").cosigners) == keys


@some("mldsa.json", False)
def test_cosignatures_of_which_one_kind_does_not_hold(vector: Vector) -> None:
    keys = [parse_vkey(one) for one in vector["cosigner_keys"]]
    try:
        note = open_checkpoint(raw(vector["note"]), parse_vkey(vector["log_key"]))[1]
        assert cosigners(note, keys) == {}
    except RecordError:
        pass


def verified(vector: Vector) -> int:
    proof = parse_offline_proof(raw(vector["proof"]))
    keys = list(map(parse_vkey, vector["cosigner_keys"]))
    verify_offline_proof(proof, raw(vector["entry"]), parse_vkey(vector["log_key"]), keys)
    return proof.index


@some("offline-proof.json", True)
def test_offline_proofs(vector: Vector) -> None:
    assert verified(vector) == vector["index"]


@some("offline-proof.json", False)
def test_offline_proofs_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        verified(vector)


@some("entry.json", True)
def test_entries(vector: Vector) -> None:
    data = raw(vector["entry"])
    entry, node = read_entry(data), PrivateKey(bytes.fromhex(vector["node_seed"]))
    entry.check_signature(node.public)
    assert entry.body.decode() == vector["header"]
    assert entry.signature.hex() == vector["signature"]
    assert node.sign(b"entry/v1\n" + entry.body) == entry.signature
    assert leaf_hash(data).hex() == vector["leaf"]


@some("entry.json", False)
def test_entries_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        read_entry(raw(vector["entry"])).check_signature(PublicKey.parse(vector["node_key"]))


@some("act.json", True)
def test_acts(vector: Vector) -> None:
    act = SealedAct(bytes.fromhex(vector["salt"]), raw(vector["act"]))
    key = PrivateKey(bytes.fromhex(vector["seed"]))
    assert act.body.decode() == vector["document"]
    assert document_of(act_of(act.document)) == act.document
    assert act_name(act.document) == vector["name"]
    assert act.seal.hex() == vector["seal"]
    assert act.signed_by(key.public, vector["institution"])
    assert sign_act(act.document, vector["institution"], key) == act.data


@some("act.json", False)
def test_acts_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        opened(vector)


def opened(vector: Vector) -> None:
    act = SealedAct(bytes(32), raw(vector["act"]))
    act_of(act.document)
    context = f"act/v1\n{vector['institution']}\n".encode()
    PublicKey.parse(vector["key"]).verify(act.data[-64:], context + act.body)


@some("tombstone.json", True)
def test_tombstones(vector: Vector) -> None:
    act = SealedAct(bytes.fromhex(vector["salt"]), raw(vector["act"]))
    stone = read_tombstone(raw(vector["tombstone"]))
    assert (stone.seal, stone.name, stone.data) == (act.seal, act.name, raw(vector["tombstone"]))
    assert stone.skeleton == canonical.dump(document_of(skeleton_of(read_act(act).act)))
    assert stone.message(vector["institution"]) == raw(vector["message"])
    keys = {origin: PrivateKey(bytes.fromhex(one)) for origin, one in vector["seeds"].items()}
    public = {origin: one.public for origin, one in keys.items()}
    both = {origin: (key,) for origin, key in public.items()}
    assert stone.checked(both, vector["institution"]) == stone
    assert not stone.checked(both, "0" * 64).signatures
    bare = replace(stone, signatures={})
    for origin, one in keys.items():
        bare = bare.signed_with(origin, one, vector["institution"])
    assert bare == stone


@some("tombstone.json", False)
def test_bytes_that_are_no_tombstone(vector: Vector) -> None:
    with pytest.raises(RecordError):
        read_tombstone(raw(vector["tombstone"]))


@some("succession.json", True)
def test_successions(vector: Vector) -> None:
    founding = read_founding(raw(vector["founding"]))
    title = read_title(raw(vector["file"]), founding)
    assert title.data == raw(vector["file"])
    assert list(title.lacking(founding)) == vector["lacking"]


@some("succession.json", False)
def test_files_that_are_no_succession(vector: Vector) -> None:
    founding = read_founding(raw(vector["founding"]))
    with pytest.raises(RecordError):
        read_title(raw(vector["file"]), founding)


@some("founding.json", True)
def test_foundings(vector: Vector) -> None:
    founding = read_founding(raw(vector["file"]))
    assert founding.id == vector["institution"]
    for member in founding.members:
        seeds = vector["seeds"][member.name]
        for role, held in (
            ("party", member.party_key),
            ("node", member.node_key),
            ("cosigner", member.cosigner_key),
        ):
            assert PrivateKey(bytes.fromhex(seeds[role])).public == held


@some("founding.json", False)
def test_foundings_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        read_founding(raw(vector["file"]))


@some("equivocation.json", True)
def test_equivocations(vector: Vector) -> None:
    first, second = check_equivocation(raw(vector["proof"]), parse_vkey(vector["log_key"]))
    assert (first.size, second.size) == (vector["first_size"], vector["second_size"])


@some("equivocation.json", False)
def test_equivocations_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        check_equivocation(raw(vector["proof"]), parse_vkey(vector["log_key"]))


def whole() -> tuple[Vector, dict[str, bytes]]:
    vector = next(one for one in read("export.json") if one["valid"])
    return vector, {path: raw(data) for path, data in vector["files"].items()}


def test_the_export() -> None:
    vector, files = whole()
    found = audit(files.get, lambda: list(files), PublicReader, files["founding.json"])
    assert found.faults == ()
    assert found.institution == vector["institution"]
    sizes = {
        log.party: {"signed": log.signed_size, "cosigned": log.cosigned_size} for log in found.logs
    }
    assert sizes == vector["sizes"]
    # One act is sealed for two; another was sealed and then released.
    assert [(log.public_acts, log.sealed_acts) for log in found.logs] == [(3, 1), (1, 0), (1, 0)]


@some("export.json", False)
def test_exports_that_do_not_hold(vector: Vector) -> None:
    _, files = whole()
    trusted = files["founding.json"]
    files.pop(vector["path"], None)
    if "file" in vector:
        files[vector["path"]] = raw(vector["file"])
    found = audit(files.get, lambda: list(files), PublicReader, trusted)
    assert vector["place"] in [fault.place for fault in found.faults]


@some("audit-state.json", True)
def test_states_of_audits(vector: Vector) -> None:
    state = read_state(raw(vector["file"]))
    assert state.institution == vector["institution"]
    assert {log.origin: log.size for log in state.logs} == vector["sizes"]
    _, files = whole()
    found = audit_on(files.get, lambda: list(files), PublicReader, state, files["founding.json"])
    assert found.found.faults == ()
    assert set(found.taken_over.values()) == set(vector["sizes"].values())
    assert found.state is not None
    assert format_state(found.state) == raw(vector["file"])


@some("audit-state.json", False)
def test_states_of_audits_that_do_not_hold(vector: Vector) -> None:
    with pytest.raises(RecordError):
        read_state(raw(vector["file"]))
