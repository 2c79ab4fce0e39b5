"""The modules of the page on checking: they take our record, and refuse every tampering.

Their functions run here under Node, which brings the same WebCrypto as browsers.
"""

from __future__ import annotations

import base64
import functools
import json
import re
import shutil
import subprocess
from pathlib import Path
from string import Formatter
from typing import Any

import long_log
import pytest
from exports import (
    BODY,
    Files,
    act_holding,
    deposit,
    export,
    founding_file,
    two_faced,
    usual,
    usual_export,
    written,
)
from test_audit_succession import files_of, rotated
from world import ROOT, World, seed

import architrave.portal as portal
from architrave.node.files import entry_proof
from architrave.portal.words import say, table
from architrave.record.entries import Tip
from architrave.record.keys import PrivateKey, PublicKey

SCRIPTS = Path(portal.__file__).parent / "static" / "portal" / "verify"
RUNNER = Path(__file__).parent / "verifier.mjs"
VECTORS = ROOT / "tests" / "vectors"
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493

Job = dict[str, Any]
Answer = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def files_as_text(files: Files) -> dict[str, str]:
    return {path: b64(data) for path, data in files.items()}


@functools.cache
def why_not() -> str:
    """Why the script cannot run here; empty if it can."""
    if shutil.which("node") is None:
        return "node is not here, so the script of the page cannot run"
    if run([{"call": "able"}]) != [{"value": True}]:
        return "this node has no Ed25519 in its WebCrypto"
    return ""


def run(jobs: list[Job], **files: dict[str, str]) -> list[Answer]:
    done = subprocess.run(
        ["node", str(RUNNER)],
        input=json.dumps({"scripts": str(SCRIPTS), "files": files, "jobs": jobs}),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Answer] = json.loads(done.stdout)
    return answers


@pytest.fixture(autouse=True)
def node() -> None:
    if why_not():
        pytest.skip(why_not())


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / name).read_text(encoding="utf-8"))[
        "vectors"
    ]
    return found


def told(why: dict[str, Any]) -> str:
    """The sentence of a refusal as an English page shows it, every blank filled."""
    text = table()[f"in-browser-why-{why['key']}"]["en"]
    assert {name for _, name, _, _ in Formatter().parse(text) if name} == set(why["values"])
    return say(f"in-browser-why-{why['key']}", "en", **why["values"])


def judged(name: str, jobs: list[tuple[dict[str, Any], Job]]) -> list[tuple[dict[str, Any], Any]]:
    """The values of good vectors; a vector that is not valid must have been refused."""
    found = []
    for (vector, _), answer in zip(jobs, run([job for _, job in jobs]), strict=True):
        assert "broken" not in answer, (name, vector["id"], answer)
        assert ("value" in answer) is vector["valid"], (name, vector["id"], answer)
        if vector["valid"]:
            found.append((vector, answer["value"]))
        else:
            assert told(answer["refused"])
    assert found
    return found


# -- the vectors ------------------------------------------------------------------------------


def test_canonical_json() -> None:
    jobs = [
        (one, {"call": "canonical", "data": one["bytes"]}) for one in vectors("canonical-json.json")
    ]
    for vector, value in judged("canonical JSON", jobs):
        assert bytes.fromhex(value) == base64.b64decode(vector["bytes"])


def checkpoint_job(one: dict[str, Any]) -> Job:
    return {
        "call": "checkpoint",
        "note": one["note"],
        "key": one["log_key"],
        "cosigners": one["cosigner_keys"],
    }


def test_checkpoints_and_cosignatures() -> None:
    jobs = [(one, checkpoint_job(one)) for one in vectors("checkpoint.json")]
    for vector, value in judged("checkpoint", jobs):
        assert (value["size"], value["root"]) == (vector["size"], vector["root"])
        assert value["states"] == ["good", "good"]


def test_what_only_an_mldsa_key_has_signed_is_unchecked_whether_it_holds_or_not() -> None:
    unseen = ("a letter of the time", "a letter of the signature")
    jobs = [
        ({**one, "valid": one["valid"] or one["why"] in unseen}, checkpoint_job(one))
        for one in vectors("mldsa.json")
    ]
    found = judged("checkpoint", jobs)
    assert len(found) == 3
    assert all(value["states"] == ["good", "unchecked"] for _, value in found)


def test_entries() -> None:
    key = {one["node_seed"]: "" for one in vectors("entry.json") if "node_seed" in one}
    for one in key:
        key[one] = PrivateKey(bytes.fromhex(one)).public.text
    jobs = [
        (
            one,
            {
                "call": "entry",
                "data": one["entry"],
                "key": key[one["node_seed"]] if one["valid"] else one["node_key"],
            },
        )
        for one in vectors("entry.json")
    ]
    for vector, value in judged("entry", jobs):
        assert value == vector["leaf"]


def test_acts_and_seals() -> None:
    jobs = [
        (
            one,
            {
                "call": "act",
                "data": one["act"],
                "institution": one["institution"],
                **(
                    {"seal": one["seal"], "salt": b64(bytes.fromhex(one["salt"]))}
                    if one["valid"]
                    else {}
                ),
            },
        )
        for one in vectors("act.json")
    ]
    for vector, value in judged("act", jobs):
        assert value == vector["name"]


def test_foundings() -> None:
    jobs = [(one, {"call": "founding", "data": one["file"]}) for one in vectors("founding.json")]
    for vector, value in judged("founding", jobs):
        assert value == vector["institution"]


def test_titles_that_every_party_has_signed() -> None:
    jobs = [
        (one, {"call": "title", "data": one["file"], "founding": one["founding"]})
        for one in vectors("succession.json")
        if not one["valid"] or not one["lacking"]
    ]
    assert [vector["id"] for vector, _ in judged("title", jobs)] == ["complete"]


def test_offline_proofs() -> None:
    jobs = [
        (
            one,
            {
                "call": "offline",
                "proof": one["proof"],
                "entry": one["entry"],
                "key": one["log_key"],
                "cosigners": one["cosigner_keys"],
            },
        )
        for one in vectors("offline-proof.json")
    ]
    for vector, value in judged("offline proof", jobs):
        assert value == vector["index"]


def test_inclusion_in_small_trees_and_with_one_bit_changed() -> None:
    good, bad = [], []
    for one in vectors("tree.json"):
        for index, proof in enumerate(one["inclusion"]):
            size = len(one["entries"])
            job = {
                "call": "inclusion",
                "entry": one["entries"][index],
                "index": index,
                "size": size,
                "proof": proof,
                "root": one["root"],
            }
            good.append(job)
            bad += [job | {"root": flipped_hex(one["root"])}, job | {"index": size}]
            bad += [job | {"proof": [*proof, one["root"]]}]
            bad += [
                job | {"proof": [*proof[:at], flipped_hex(each), *proof[at + 1 :]]}
                for at, each in enumerate(proof)
            ]
    answers = run([*good, *bad])
    assert all("value" in one for one in answers[: len(good)])
    assert all("refused" in one for one in answers[len(good) :])


def flipped_hex(digits: str) -> str:
    return f"{int(digits[0], 16) ^ 1:x}{digits[1:]}"


def test_a_signature_is_taken_exactly_where_the_record_takes_it() -> None:
    key = PrivateKey(seed("a key"))
    good = key.sign(b"words")
    s = int.from_bytes(good[32:], "little")
    small = [bytes(32), b"\1" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"]
    small += [b"\xee" + b"\xff" * 30 + b"\x7f", b"\1" + bytes(30) + b"\x80"]
    cases = [(key.public.raw, good), (key.public.raw, good[:32] + bytes(32))]
    cases.append((key.public.raw, good[:32] + (s + GROUP_ORDER).to_bytes(32, "little")))
    cases += [(one, other + bytes(32)) for one in small for other in small]
    cases += [(key.public.raw, one + bytes(32)) for one in small]
    cases += [(key.public.raw, changed(good, at)) for at in range(64)]
    cases += [(changed(key.public.raw, at), good) for at in range(32)]
    cases += [(key.public.raw, good[:63]), (key.public.raw[:31], good)]
    jobs = [
        {"call": "verifies", "key": b64(one), "signature": b64(other), "message": b64(b"words")}
        for one, other in cases
    ]
    expected = [len(one) == 32 and PublicKey(one).verifies(other, b"words") for one, other in cases]
    assert [one["value"] for one in run(jobs)] == expected
    assert expected.count(True) == 1


def changed(data: bytes, at: int, bits: int = 1) -> bytes:
    """The bytes with one of them altered."""
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


# -- whole records ----------------------------------------------------------------------------


def states(value: Answer, word: str) -> list[str]:
    return [one["state"] for one in value["findings"] if one["word"] == word]


def faults(value: Answer) -> list[tuple[str, str]]:
    return [(one["word"], told(one["why"])) for one in value["findings"] if one["state"] == "bad"]


def record_of(files: Files, typed: str, **more: object) -> Answer:
    job = {"call": "record", "of": "all", "typed": typed, "shown": typed, **more}
    (answer,) = run([job], all=files_as_text(files))
    value: Answer = answer["value"]
    return value


def test_a_record_that_was_exported_holds() -> None:
    world = usual()
    for party in world.parties:
        value = record_of(usual_export(party), world.founding.id)
        assert (value["verdict"], faults(value)) == ("good", []), value
        assert states(value, "cosigner") == ["good"] * 6
        for word in ("author", "root", "lines", "texts"):
            assert states(value, word) == ["good"] * 3
        assert states(value, "seen") == ["good"] * 6


def test_without_a_digest_that_was_typed_it_only_fits_together() -> None:
    value = record_of(usual_export(usual().parties[0]), "")
    assert (value["verdict"], faults(value)) == ("open", [])
    assert record_of(usual_export(usual().parties[0]), "0" * 64)["verdict"] == "bad"
    assert record_of(usual_export(usual().parties[0]), "not a digest")["verdict"] == "bad"


def test_cosignatures_that_a_browser_cannot_check_are_never_called_good() -> None:
    world = written(mldsa=True)
    files = export(world, world.parties[0])
    value = record_of(files, world.founding.id)
    assert (value["verdict"], faults(value)) == ("good", [])
    assert states(value, "cosigner") == ["good"] * 6
    assert states(value, "mldsa") == ["unchecked"] * 6


def test_a_book_that_goes_on_under_another_key_holds_and_needs_its_title() -> None:
    world = rotated()
    files = files_of(world.parties[0])
    assert record_of(files, world.founding.id)["verdict"] == "good"
    titles = [path for path in files if "/succession." in path]
    assert len(titles) == 3
    jobs = []
    for path in titles:
        data = files[path]
        tampered = [None, *(b64(changed(data, at)) for at in range(0, len(data), 29))]
        jobs += [
            {
                "call": "record",
                "of": "all",
                "typed": world.founding.id,
                "changed": {path: one},
            }
            for one in tampered
        ]
    answers = run(jobs, all=files_as_text(files))
    assert [one["value"]["verdict"] for one in answers] == ["bad"] * len(jobs)


@pytest.mark.slow
def test_one_changed_byte_of_a_record_is_seen() -> None:
    world = usual()
    files = usual_export(world.parties[0])
    jobs = []
    for path, data in files.items():
        if path == "README.txt" or re.search(r"/tile/\d", path):
            continue  # the one says how to check; the roots are computed from the lines themselves
        step = 3 if path.endswith("checkpoint") else 97
        for at in range(0, len(data), step):
            jobs.append({"changed": {path: b64(changed(data, at))}})
        jobs.append({"changed": {path: None}})
        jobs.append({"changed": {path: b64(data + b"\n")}})
    asked = [{"call": "record", "of": "all", "typed": world.founding.id, **one} for one in jobs]
    answers = run(asked, all=files_as_text(files))
    missed = [
        job["changed"]
        for job, answer in zip(jobs, answers, strict=True)
        if answer["value"]["verdict"] != "bad" and not absent(job["changed"])
    ]
    assert missed == []


def absent(changes: dict[str, str | None]) -> bool:
    """A book without its checkpoint is not there, as a released text may not be: no fault."""
    return any(data is None and path in may_lack() for path, data in changes.items())


def may_lack() -> set[str]:
    held = usual_export(usual().parties[0])
    books = {path for path in held if path.endswith("checkpoint")}
    return books | {path for path in held if b"sealed, then released" in held[path]}


def test_a_text_that_was_released_is_opened_and_its_absence_told() -> None:
    files = dict(usual_export(usual().parties[0]))
    assert states(record_of(files, ""), "released") == ["good"]
    (path,) = [path for path in may_lack() if path.startswith("acts/")]
    del files[path]
    assert states(record_of(files, ""), "closed") == ["missing"]


def test_a_book_of_another_history_is_seen_by_what_the_others_acknowledged() -> None:
    other = World()
    other.open(BODY)
    party = other.parties[0]
    for n in range(9):
        deposit(other, party, f"another history {n}", ["public"])
        other.settle()
    assert other.founding.id == usual().founding.id
    foreign = export(other, party)
    folder = f"{party.lower()}/"
    files = {
        path: data for path, data in usual_export(party).items() if not path.startswith(folder)
    }
    files |= {path: data for path, data in foreign.items() if path.startswith((folder, "acts/"))}
    value = record_of(files, other.founding.id)
    assert (
        states(value, "author") == states(value, "root") == states(value, "lines") == ["good"] * 3
    )
    assert value["verdict"] == "bad"
    assert {word for word, _ in faults(value)} == {"seen"}


def test_two_histories_of_one_book_are_told() -> None:
    world = two_faced()
    for party in world.parties[1:]:
        value = record_of(export(world, party), world.founding.id)
        assert value["verdict"] == "bad"
        assert "two" in {word for word, _ in faults(value)}


def test_a_proof_of_two_histories_that_lies_there_is_told() -> None:
    files = {**usual_export(usual().parties[0]), "proofs/usa.json": b"{}"}
    assert [word for word, _ in faults(record_of(files, ""))] == ["two"]


# -- long books -------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_root_of_a_long_book_comes_from_lines_and_from_tiles_alike() -> None:
    branch = long_log.branch_of("Alder", 1_000)
    published = long_log.files_of(1_000, 3)
    jobs = [
        {"call": "root", "of": "all", "size": 1_000, "first": first, "at": at}
        for first in (0, 256, 512, 768)
        for at in (1, 255, 256, 257, 511, 768, 769, 999, 1_000)
    ]
    answers = run(jobs, all=files_as_text(published))
    for job, answer in zip(jobs, answers, strict=True):
        assert answer.get("value") == branch.tree.root(job["at"]).hex(), (job, answer)
    tile = "alder/tile/0/001"
    tampered = changed(published[tile], 5)
    (answer,) = run([jobs[-1] | {"changed": {tile: b64(tampered)}}], all=files_as_text(published))
    assert answer["value"] == branch.tree.root(1_000).hex()  # its root stands on level 1
    value = record_of(published, "", linesRead=300)
    assert faults(value) == []
    assert states(value, "earlier") == ["unchecked"]
    top = "alder/tile/1/000.p/3"
    value = record_of({**published, top: changed(published[top], 40)}, "", linesRead=300)
    assert [word for word, _ in faults(value)] == ["root"]


# -- one line, offline ------------------------------------------------------------------------


def proven(world: World, party: str) -> tuple[Files, Tip]:
    """The files of a public line of a party: proof, line, text after its salt, founding."""
    peer = world.peers[party]
    branch = peer.history.main(world.origin(party))
    at = max(
        n for n, one in enumerate(branch.entries) if one.header.seal is not None and n < branch.size
    )
    tip = branch.tips[at]
    seal = branch.entries[at].header.seal
    act = next(one for one in peer.reader.acts.values() if one.seal == seal)
    assert act_holding(world, party, act.name) == act
    files = {
        "proof": entry_proof(peer, tip),
        "entry": branch.entries[at].data,
        "text": act.salt + act.data,
        "founding": founding_file(world),
    }
    return files, tip


def proof_jobs(typed: str, *changes: dict[str, bytes], without: str = "") -> list[Job]:
    chosen = [name for name in ("text", "founding", "proof", "entry") if name != without]
    return [
        {
            "call": "proof",
            "chosen": chosen,
            "typed": typed,
            "changed": files_as_text(one),
        }
        for one in changes
    ]


def test_a_proof_file_is_checked_wholly_from_its_bytes() -> None:
    world = usual()
    for party in world.parties:
        files, _ = proven(world, party)
        (answer,) = run(proof_jobs(world.founding.id, {}), chosen=files_as_text(files))
        value = answer["value"]
        assert (value["verdict"], faults(value)) == ("good", []), value
        for word in ("founding", "digest", "author", "inside", "line", "sealed", "officer"):
            assert states(value, word) == ["good"]
        assert states(value, "cosigner") == ["good", "good"]
        assert states(value, "seat") == ["unchecked"]


def test_what_was_not_chosen_is_said_to_be_missing() -> None:
    world = usual()
    files, _ = proven(world, world.parties[0])
    told = {}
    for name in files:
        (answer,) = run(
            proof_jobs(world.founding.id, {}, without=name), chosen=files_as_text(files)
        )
        told[name] = answer["value"]
    assert states(told["text"], "no-text") == ["missing"]
    assert told["text"]["verdict"] == "good"
    assert {told[name]["verdict"] for name in ("proof", "entry", "founding")} == {"bad"}


def test_a_proof_without_its_line_shows_nothing() -> None:
    world = usual()
    files, _ = proven(world, world.parties[0])
    (job,) = proof_jobs(world.founding.id, {})
    (answer,) = run([job | {"chosen": ["proof", "founding"]}], chosen=files_as_text(files))
    assert states(answer["value"], "no-line") == ["missing"]
    assert answer["value"]["verdict"] == "unread"


def test_a_proof_across_a_succession_takes_its_titles_from_the_chosen_files() -> None:
    world = rotated()
    party = world.parties[0]
    files, _ = proven(world, party)
    title = files_of(party)[f"{party.lower()}/succession.2"]
    given = files_as_text({**files, "title": title})
    (job,) = proof_jobs(world.founding.id, {})
    answers = run([job, job | {"chosen": [*job["chosen"], "title"]}], chosen=given)
    assert [one["value"]["verdict"] for one in answers] == ["bad", "good"], answers


def test_a_cosignature_of_both_kinds_must_stand_in_a_proof() -> None:
    world = written(mldsa=True)
    files, _ = proven(world, world.parties[0])
    lines = files["proof"].splitlines(keepends=True)
    long = max(lines, key=len)
    jobs = proof_jobs(
        world.founding.id, {}, {"proof": b"".join(one for one in lines if one is not long)}
    )
    whole, short = (one["value"] for one in run(jobs, chosen=files_as_text(files)))
    assert (whole["verdict"], states(whole, "mldsa")) == ("good", ["unchecked", "unchecked"])
    assert short["verdict"] == "bad"
    assert "good" not in states(short, "mldsa")


@pytest.mark.slow
def test_one_changed_byte_of_a_proof_its_line_its_text_or_the_founding_is_refused() -> None:
    world = usual()
    files, _ = proven(world, world.parties[0])
    places = [
        (name, at)
        for name, data in files.items()
        for at in range(0, len(data), 13 if name == "founding" else 1)
    ]
    jobs = proof_jobs(world.founding.id, *({name: changed(files[name], at)} for name, at in places))
    answers = run(jobs, chosen=files_as_text(files))
    missed = [
        place
        for place, answer in zip(places, answers, strict=True)
        if answer["value"]["verdict"] != "bad"
    ]
    assert missed == []


def fields_of(files: Files) -> dict[str, tuple[str, bytes, bytes]]:
    """Each field of a proof: the file in which it stands, its line, and the line tampered with."""
    found: dict[str, tuple[str, bytes, bytes]] = {}
    lines = files["proof"].splitlines(keepends=True)
    gap = lines.index(b"\n")
    for n, line in enumerate(lines[2:gap]):
        found[f"hash {n}"] = ("proof", line, respelt(line, 0))
    found["size"] = ("proof", lines[gap + 2], b"1" + lines[gap + 2])
    found["root"] = ("proof", lines[gap + 3], respelt(lines[gap + 3], 31))
    for n, line in enumerate(lines[gap + 5 :]):
        dash, name, coded = line.split(b" ")
        offsets = {"key id": 0, "signature": -1} if n == 0 else {"key id": 3, "time": 11, "sig": -1}
        for what, at in offsets.items():
            tampered = b" ".join([dash, name, respelt(coded, at)])
            found[f"line {n} {what}"] = ("proof", line, tampered)
    return found


def respelt(line: bytes, at: int) -> bytes:
    """A line of base64 with one byte of its value changed."""
    data = base64.b64decode(line)
    return base64.b64encode(changed(data, at % len(data))) + b"\n"


def test_each_field_of_a_proof_in_its_right_form_with_another_value_is_refused() -> None:
    world = usual()
    files, _ = proven(world, world.parties[0])
    named = fields_of(files)
    assert len(named) >= 10
    jobs = proof_jobs(
        world.founding.id,
        *({file: files[file].replace(old, new, 1)} for file, old, new in named.values()),
    )
    for field, answer in zip(named, run(jobs, chosen=files_as_text(files)), strict=True):
        assert answer["value"]["verdict"] == "bad", field
