"""Writes the vectors in this folder: `python tests/vectors/make.py`."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from architrave.institution.act_reading import read_act
from architrave.institution.acts import Deposited, Founded, Released, document_of, name_of
from architrave.institution.erasure import skeleton_of
from architrave.institution.opening import PublicReader
from architrave.record import canonical
from architrave.record.audit import audit_on
from architrave.record.audit_state import format_state
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.cosignatures import cosign, cosigners
from architrave.record.entries import PUBLIC, Audience, Header, Tip, sign_entry
from architrave.record.equivocation import format_equivocation
from architrave.record.errors import RecordError
from architrave.record.export import Published, export_files, publish_log
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    sign_founding,
)
from architrave.record.history import Branch, History
from architrave.record.keys import PrivateKey
from architrave.record.mldsa import MldsaPrivateKey
from architrave.record.notes import format_note, lines_of, parse_note
from architrave.record.origins import log_origin
from architrave.record.proofs import offline_proof
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.succession import Succession, Title
from architrave.record.tombstones import Tombstone
from architrave.record.tree import Tree, leaf_hash

HERE = Path(__file__).parent
NAMES = ("Alder", "Birch", "Cedar")
START = 1_767_225_600_000
CHARTER = b'# A charter for vectors. No institution has it.\nid = "vectors"\n'

Vector = dict[str, Any]


def seed(*words: str) -> bytes:
    """The 32 bytes of a key or a salt: SHA-256 of its words, joined by /."""
    return hashlib.sha256("/".join(["vectors", *words]).encode()).digest()


def key(*words: str) -> PrivateKey:
    return PrivateKey(seed(*words))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def flipped(data: bytes, at: int) -> bytes:
    """The bytes with the lowest bit of one of them turned."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def respelt(data: bytes, at: int) -> bytes:
    """The bytes with one letter of a base64 text replaced by the next letter of the alphabet.

    In the last letter before = that changes unused bits only.
    """
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return data[:at] + letters[letters.index(data[at]) + 1 :][:1] + data[at + 1 :]


MEMBERS = tuple(
    Member(
        name,
        log_origin(name, DEMONSTRATION_DOMAIN),
        key(name, "party").public,
        key(name, "node").public,
        key(name, "cosigner").public,
        f"http://{name.lower()}.{DEMONSTRATION_DOMAIN}/",
    )
    for name in NAMES
)
FOUNDING = Founding(DEMONSTRATION_DOMAIN, hashlib.sha256(CHARTER).hexdigest(), True, MEMBERS)
FOUNDING_FILE = sign_founding(FOUNDING, {name: key(name, "party") for name in NAMES})
ORIGINS = [member.origin for member in MEMBERS]


# -- one small record: three logs, something public, something sealed, something released ------


class Book:
    """The log of one party, written line by line into a shared history."""

    def __init__(self, history: History, name: str, acts: dict[bytes, SealedAct]) -> None:
        self.name, self.history, self.acts = name, history, acts
        self.branch: Branch = history.main(FOUNDING.named(name).origin)

    def write(self, act: SealedAct | None = None, to: Audience | None = None, *read: Book) -> None:
        n = self.branch.size
        header = Header(
            log=self.branch.origin,
            n=n,
            t=START + 1_000 * n,
            key=key(self.name, "node").public,
            seen={one.branch.origin: one.tip for one in read},
            seal=act.seal if act else None,
            to=to,
            founding=FOUNDING.id if n == 0 else None,
        )
        if act is not None:
            self.acts[act.seal] = act
        self.history.append(self.branch, sign_entry(header, key(self.name, "node")).data)

    @property
    def tip(self) -> Tip:
        return self.branch.tips[-1]

    def note(self, size: int, *cosigners: str) -> bytes:
        return note_of(self.name, self.branch.tree, size, *cosigners)


def note_of(name: str, tree: Tree, size: int, *cosigners: str) -> bytes:
    checkpoint = Checkpoint(FOUNDING.named(name).origin, size, tree.root(size))
    lines = [sign_checkpoint(checkpoint, key(name, "node"))]
    for other in cosigners:
        named = FOUNDING.named(other).cosigner.name
        lines.append(cosign(checkpoint, named, key(other, "cosigner"), START // 1_000 + size))
    return format_note(checkpoint.text, lines)


def founded(name: str) -> SealedAct:
    act = Founded(
        party=name,
        key=key(name, "party").public.text,
        at=START,
        to=["public"],
        founding=FOUNDING.id,
        charter=FOUNDING.charter,
    )
    data = sign_act(document_of(act), FOUNDING.id, key(name, "party"))
    return SealedAct(seed(name, "salt", "founded"), data)


def deposited(name: str, title: str, to: list[str]) -> Deposited:
    return Deposited(
        party=name,
        seat=f"{name}/Council",
        key=key(name, "officer").public.text,
        at=START + 1_000,
        to=to,
        title={"en": title},
        digest=hashlib.sha256(title.encode()).hexdigest(),
        source="an archive",
    )


def by_officer(name: str, act: Deposited | Released) -> SealedAct:
    data = sign_act(document_of(act), FOUNDING.id, key(name, "officer"))
    return SealedAct(seed(name, "salt", name_of(act)), data)


def written() -> tuple[dict[str, Book], dict[bytes, SealedAct]]:
    history, acts = History(FOUNDING), {}
    books = {name: Book(history, name, acts) for name in NAMES}
    alder, birch, cedar = books.values()
    for book in books.values():
        book.write(founded(book.name), PUBLIC)
    two = Audience.among(ORIGINS[:2])
    alder.write(by_officer("Alder", deposited("Alder", "Sealed for two", sorted(ORIGINS[:2]))), two)
    kept = deposited("Alder", "Sealed, then released", sorted(ORIGINS))
    alder.write(by_officer("Alder", kept), Audience.among(ORIGINS))
    birch.write(None, None, alder, cedar)
    cedar.write(None, None, alder, birch)
    opening = Released(
        party="Alder",
        seat="Alder/Council",
        key=key("Alder", "officer").public.text,
        at=START + 3_000,
        to=["public"],
        act=name_of(kept),
    )
    alder.write(by_officer("Alder", opening), PUBLIC, birch, cedar)
    return books, acts


def exported() -> dict[str, bytes]:
    books, acts = written()
    public = {
        seal
        for seal, act in acts.items()
        if b'"to":["public"]' in act.data or b"then released" in act.data
    }
    notes = {
        "Alder": [books["Alder"].note(4), books["Alder"].note(3, "Birch", "Cedar")],
        "Birch": [books["Birch"].note(2, "Alder", "Cedar")],
        "Cedar": [books["Cedar"].note(2, "Alder")],
    }
    record = Published(
        FOUNDING,
        FOUNDING_FILE,
        CHARTER,
        lambda one: publish_log(one, FOUNDING, books[one.name].branch, notes[one.name]),
        lambda seal: acts[seal] if seal in public else None,
    )
    return dict(export_files(record))


# -- the files --------------------------------------------------------------------------------


def canonical_json() -> list[Vector]:
    good: list[canonical.Value] = [
        {"n": 7, "to": ["a", "b"]},
        {"b": True, "a": False, "A": -(2**53 - 1)},
        {"text": '"\\\b\t\n\f\r\x00\x1f\x7f€😀'},
        [],
        {"": [[[0]]]},
        "alone",
        0,
    ]
    found = [
        {"id": f"good-{n}", "valid": True, "value": value, "bytes": b64(canonical.dump(value))}
        for n, value in enumerate(good, 1)
    ]
    bad = {
        "a space": b'{"a": 1}',
        "names out of order": b'{"b":1,"a":2}',
        "a name twice": b'{"a":1,"a":1}',
        "a fraction": b'{"a":1.0}',
        "an exponent": b'{"a":1e2}',
        "minus zero": b'{"a":-0}',
        "2**53": b'{"a":9007199254740992}',
        "null": b'{"a":null}',
        "five containers": b"[[[[[]]]]]",
        "a needless escape": b'{"a":"\\u0041"}',
        "an escaped slash": b'{"a":"\\/"}',
        "capital hexadecimal digits": b'{"a":"\\u001F"}',
        "half of a surrogate pair": b'{"a":"\\ud800"}',
        "a name that is not ASCII": '{"é":1}'.encode(),
        "a byte-order mark": b"\xef\xbb\xbf{}",
        "bytes that are not UTF-8": b'{"a":"\xff"}',
        "a line feed at the end": b"{}\n",
        "nothing": b"",
    }
    return found + [
        {"id": f"bad-{n}", "valid": False, "why": why, "bytes": b64(data)}
        for n, (why, data) in enumerate(bad.items(), 1)
    ]


def tree() -> list[Vector]:
    entries = [bytes([n]) * n for n in range(9)]
    whole = Tree(map(leaf_hash, entries))
    found: list[Vector] = [
        {
            "id": f"size-{size}",
            "valid": True,
            "entries": [b64(entry) for entry in entries[:size]],
            "root": whole.root(size).hex(),
            "inclusion": [
                [one.hex() for one in whole.inclusion(index, size)] for index in range(size)
            ],
            "consistency": {
                str(old): [one.hex() for one in whole.consistency(old, size)]
                for old in range(1, size + 1)
            },
        }
        for size in range(len(entries) + 1)
    ]
    return found


def checkpoints() -> list[Vector]:
    whole = Tree(map(leaf_hash, [b"first", b"second", b"third"]))
    note = note_of("Alder", whole, 3, "Birch", "Cedar")
    text, lines = note.split(b"\n\n")[0] + b"\n", note.split(b"\n\n")[1].splitlines(keepends=True)
    whole_text = text.decode()
    bad = {
        "another size under the old signature": note.replace(b"\n3\n", b"\n2\n"),
        "a leading zero": note.replace(b"\n3\n", b"\n03\n"),
        "a fourth line": text + b"more\n\n" + b"".join(lines),
        "no empty line": text + b"".join(lines),
        "no signature of the log": text + b"\n" + b"".join(lines[1:]),
        "carriage returns": note.replace(b"\n", b"\r\n"),
        "a cosignature of another checkpoint": text
        + b"\n"
        + lines[0]
        + note_of("Alder", whole, 2, "Birch").splitlines(keepends=True)[-1],
        "unused bits of base64": respelt(note, len(text) - 3),
    }
    keys = {
        "log_key": MEMBERS[0].log_key.text,
        "cosigner_keys": [member.cosigner.text for member in MEMBERS[1:]],
        "seeds": {
            "log": seed("Alder", "node").hex(),
            "cosigners": [seed(name, "cosigner").hex() for name in NAMES[1:]],
        },
    }
    return [
        {
            "id": "good",
            "valid": True,
            **keys,
            "text": whole_text,
            "size": 3,
            "root": whole.root().hex(),
            "times": {member.cosigner.name: START // 1_000 + 3 for member in MEMBERS[1:]},
            "note": b64(note),
        },
        *(
            {"id": f"bad-{n}", "valid": False, "why": why, **keys, "note": b64(data)}
            for n, (why, data) in enumerate(bad.items(), 1)
        ),
    ]


def offline_proofs() -> list[Vector]:
    books, _ = written()
    book = books["Alder"]
    note = book.note(4, "Birch", "Cedar")
    keys = {
        "log_key": MEMBERS[0].log_key.text,
        "cosigner_keys": [member.cosigner.text for member in MEMBERS[1:]],
    }
    found: list[Vector] = []
    for n, entry in enumerate(book.branch.entries):
        data = offline_proof(book.branch, book.branch.tips[n], note)
        good = {"id": f"entry-{n}", "valid": True, "index": n, "entry": b64(entry.data)}
        found.append({**good, **keys, "proof": b64(data)})
    data = offline_proof(book.branch, book.branch.tips[1], note)
    bad = {
        "a hash of the proof changed": flipped(data, data.index(b"index 1\n") + 12),
        "another index": data.replace(b"index 1\n", b"index 2\n"),
        "a cosignature missing": offline_proof(
            book.branch, book.branch.tips[1], book.note(4, "Birch")
        ),
    }
    entry = b64(book.branch.entries[1].data)
    return found + [
        {"id": f"bad-{n}", "valid": False, "why": why, "entry": entry, **keys, "proof": b64(data)}
        for n, (why, data) in enumerate(bad.items(), 1)
    ]


def entries() -> list[Vector]:
    books, _ = written()
    found: list[Vector] = []
    for book in books.values():
        for n, entry in enumerate(book.branch.entries):
            found.append(
                {
                    "id": f"{book.name.lower()}-{n}",
                    "valid": True,
                    "header": entry.body.decode(),
                    "node_seed": seed(book.name, "node").hex(),
                    "signature": entry.signature.hex(),
                    "entry": b64(entry.data),
                    "leaf": leaf_hash(entry.data).hex(),
                }
            )
    node = key("Alder", "node")
    header = json.loads(books["Alder"].branch.entries[1].body)

    def signed(**fields: Any) -> bytes:
        value = {name: one for name, one in {**header, **fields}.items() if one is not None}
        body = canonical.dump(value)
        return body + b"\n" + node.sign(b"entry/v1\n" + body)

    good = books["Alder"].branch.entries[1].data
    bad = {
        "a changed signature": flipped(good, -1),
        "a changed header": good.replace(b'"n":1', b'"n":2'),
        "version 2": signed(v=2),
        "a field that is not known": signed(more=1),
        "an audience without a seal": signed(seal=None),
        "an audience without the author": signed(to=[ORIGINS[1]]),
        "an audience that is not sorted": signed(to=sorted(ORIGINS, reverse=True)),
        "a seal of 31 bytes": signed(seal=b64(bytes(31))),
        "a founding in a later entry": signed(founding=FOUNDING.id),
        "an empty seen": signed(seen={}),
        "its own log in seen": signed(seen={ORIGINS[0]: [1, b64(bytes(32))]}),
        "a negative time": signed(t=-1),
        "no line feed": good[:-65] + good[-64:],
    }
    return found + [
        {
            "id": f"bad-{n}",
            "valid": False,
            "why": why,
            "node_key": node.public.text,
            "entry": b64(data),
        }
        for n, (why, data) in enumerate(bad.items(), 1)
    ]


def acts() -> list[Vector]:
    _, held = written()
    found: list[Vector] = []
    for n, act in enumerate(held.values(), 1):
        document = json.loads(act.body)
        role = "officer" if "seat" in document else "party"
        found.append(
            {
                "id": f"{document['kind']}-{n}",
                "valid": True,
                "institution": FOUNDING.id,
                "document": act.body.decode(),
                "seed": seed(document["party"], role).hex(),
                "name": hashlib.sha256(act.body).hexdigest(),
                "act": b64(act.data),
                "salt": act.salt.hex(),
                "seal": act.seal.hex(),
            }
        )
    sample = deposited("Alder", "For the wrong readers", ["public"])
    officer = key("Alder", "officer")
    body = canonical.dump(document_of(sample))
    good = sign_act(document_of(sample), FOUNDING.id, officer)
    spaced = json.dumps(document_of(sample)).encode()
    bad = {
        "signed for another institution": sign_act(document_of(sample), "0" * 64, officer),
        "signed by another key": sign_act(document_of(sample), FOUNDING.id, key("Alder", "node")),
        "signed without its context": body + b"\n" + officer.sign(body),
        "a changed signature": flipped(good, -1),
        "a changed text": good.replace(b"an archive", b"no archive"),
        "not canonical": spaced + b"\n" + officer.sign(b"act/v1\n" + spaced),
        "no line feed": good[:-65] + good[-64:],
    }
    return found + [
        {
            "id": f"bad-{n}",
            "valid": False,
            "why": why,
            "institution": FOUNDING.id,
            "key": officer.public.text,
            "act": b64(data),
        }
        for n, (why, data) in enumerate(bad.items(), 1)
    ]


def tombstones() -> list[Vector]:
    act = by_officer("Alder", deposited("Alder", "Words to be erased", sorted(ORIGINS)))
    bare = canonical.dump(document_of(skeleton_of(read_act(act).act)))
    stone = Tombstone(act.seal, act.name, True, bare)
    for name, origin in zip(NAMES, ORIGINS, strict=True):
        stone = stone.signed_with(origin, key(name, "node"), FOUNDING.id)
    head, _, _ = stone.data.partition(b"\n")
    value = json.loads(head)
    bad = {
        "no skeleton": head,
        "a skeleton that is no object": head + b"\n[]",
        "a seal in capitals": _respelt_head({**value, "seal": value["seal"].upper()}, bare),
        "a name that is too short": _respelt_head({**value, "name": value["name"][1:]}, bare),
        "a short signature": _respelt_head({**value, "signatures": {"a": "AAAA"}}, bare),
        "a field too many": _respelt_head({**value, "why": "law"}, bare),
        "another version": _respelt_head({**value, "v": 2}, bare),
        "spaces": json.dumps(value).encode() + b"\n" + bare,
    }
    return [
        {
            "id": "erased",
            "valid": True,
            "institution": FOUNDING.id,
            "act": b64(act.data),
            "salt": act.salt.hex(),
            "tombstone": b64(stone.data),
            "message": b64(stone.message(FOUNDING.id)),
            "seeds": {
                origin: seed(name, "node").hex()
                for name, origin in zip(NAMES, ORIGINS, strict=True)
            },
        }
    ] + [
        {"id": f"bad-{n}", "valid": False, "why": why, "tombstone": b64(data)}
        for n, (why, data) in enumerate(bad.items(), 1)
    ]


def _respelt_head(value: dict[str, Any], skeleton: bytes) -> bytes:
    return canonical.dump(value) + b"\n" + skeleton


def foundings() -> list[Vector]:
    keys = {name: key(name, "party") for name in NAMES}
    seeds = {
        name: {role: seed(name, role).hex() for role in ("party", "node", "cosigner")}
        for name in NAMES
    }
    outer = json.loads(FOUNDING_FILE)

    def changed(**fields: Any) -> bytes:
        inner = {**outer["founding"], **fields}
        body = b"founding/v1\n" + canonical.dump(inner)
        signatures = {name: b64(one.sign(body)) for name, one in keys.items()}
        return canonical.dump({"founding": inner, "signatures": signatures, "v": 1})

    first, second, third = outer["founding"]["members"]
    fewer = {name: one for name, one in outer["signatures"].items() if name != "Cedar"}
    bad = {
        "a signature is missing": canonical.dump({**outer, "signatures": fewer}),
        "a stranger signed": canonical.dump(
            {**outer, "signatures": {**outer["signatures"], "Elm": b64(bytes(64))}}
        ),
        "a changed address": FOUNDING_FILE.replace(b"http://birch", b"http://beech"),
        "one party": changed(members=[first]),
        "a demonstration under another domain": changed(domain="example.invalid"),
        "not a demonstration under demo.invalid": changed(demonstration=False),
        "a key in two roles": changed(
            members=[{**first, "cosigner_key": first["node_key"]}, second, third]
        ),
        "an origin that is not the party's": changed(
            members=[{**first, "origin": "elm.demo.invalid/log/1"}, second, third]
        ),
        "a charter digest in capitals": changed(charter=FOUNDING.charter.upper()),
        "a line feed at the end": FOUNDING_FILE + b"\n",
    }
    good = {"id": "good", "valid": True, "seeds": seeds, "institution": FOUNDING.id}
    return [
        {**good, "file": b64(FOUNDING_FILE)},
        *(
            {"id": f"bad-{n}", "valid": False, "why": why, "file": b64(data)}
            for n, (why, data) in enumerate(bad.items(), 1)
        ),
    ]


def equivocations() -> list[Vector]:
    one = Tree(map(leaf_hash, [b"first", b"second", b"third"]))
    other = Tree(map(leaf_hash, [b"first", b"another", b"third", b"fourth", b"fifth"]))
    log_key = MEMBERS[0].log_key.text

    def notes(small: int, large: int) -> tuple[bytes, bytes]:
        return note_of("Alder", one, small), note_of("Alder", other, large)

    def proof(small: int, large: int) -> bytes:
        return format_equivocation(*notes(small, large), other.long_consistency(small, large))

    good = {
        f"{small}-{large}": (proof(small, large), small, large)
        for small, large in ((2, 2), (2, 3), (2, 5), (3, 4), (3, 5))
    }
    honest = note_of("Alder", other, 3), note_of("Alder", other, 5)
    sample = json.loads(proof(2, 5))
    with_others = b64(note_of("Alder", one, 2, "Birch"))
    of_another = b64(note_of("Birch", one, 2))
    bad = {
        "the checkpoints agree": format_equivocation(*honest, other.long_consistency(3, 5)),
        "the same checkpoint twice": format_equivocation(honest[0], honest[0], []),
        "the larger first": format_equivocation(honest[1], note_of("Alder", one, 3), []),
        "an empty proof": canonical.dump({**sample, "proof": []}),
        "a hash too many": canonical.dump({**sample, "proof": [*sample["proof"], b64(bytes(32))]}),
        "a cosignature in a note": canonical.dump({**sample, "first": with_others}),
        "a checkpoint of another log": canonical.dump({**sample, "first": of_another}),
    }
    return [
        *(
            {
                "id": f"sizes-{name}",
                "valid": True,
                "log_key": log_key,
                "first_size": small,
                "second_size": large,
                "proof": b64(data),
            }
            for name, (data, small, large) in good.items()
        ),
        *(
            {"id": f"bad-{n}", "valid": False, "why": why, "log_key": log_key, "proof": b64(data)}
            for n, (why, data) in enumerate(bad.items(), 1)
        ),
    ]


def exports() -> list[Vector]:
    files = exported()
    act = next(path for path in files if path.startswith("acts/"))
    bundle, tile = "alder/tile/entries/000.p/4", "birch/tile/0/000.p/2"
    note = "alder/checkpoint"
    changes: list[tuple[str, bytes | None, str]] = [
        ("README.txt", flipped(files["README.txt"], 0), "README.txt"),
        ("charter.toml", flipped(files["charter.toml"], 5), "charter.toml"),
        ("founding.json", flipped(files["founding.json"], 40), "founding.json"),
        (act, flipped(files[act], 100), act),
        (act, None, act),
        (bundle, flipped(files[bundle], 40), f"{bundle} entry 0"),
        (bundle, flipped(files[bundle], -1), f"{bundle} entry 3"),
        (tile, flipped(files[tile], 40), tile),
        (note, respelt(files[note], len(files[note]) - 10), f"{note} line 7"),
        ("alder/checkpoint.signed", None, bundle),
        ("cedar/checkpoint", None, "cedar/checkpoint"),
        ("cedar/more", b"more", "cedar/more"),
    ]
    return [
        {
            "id": "whole",
            "valid": True,
            "institution": FOUNDING.id,
            "files": {path: b64(data) for path, data in sorted(files.items())},
            "sizes": {
                "Alder": {"signed": 4, "cosigned": 3},
                "Birch": {"signed": 2, "cosigned": 2},
                "Cedar": {"signed": 2, "cosigned": 0},
            },
        },
        *(
            {
                "id": f"changed-{n}",
                "valid": False,
                "why": "the file is missing" if data is None else "the file is another",
                "path": path,
                **({} if data is None else {"file": b64(data)}),
                "place": place,
            }
            for n, (path, data, place) in enumerate(changes, 1)
        ),
    ]


# -- both kinds of cosignatures ----------------------------------------------------------------


def mldsa_key(name: str) -> MldsaPrivateKey:
    return MldsaPrivateKey(seed(name, "mldsa"))


def founding_of_both_kinds() -> Founding:
    members = tuple(replace(one, mldsa_key=mldsa_key(one.name).public) for one in MEMBERS)
    return replace(FOUNDING, members=members)


def kept_note(checkpoint: Checkpoint, time: int) -> bytes:
    """The note of the file that lies here, as long as it holds: such signatures are never alike."""
    others = founding_of_both_kinds().members[1:]
    keys = [one for other in others for one in other.cosigners]
    wanted = {other.cosigner.name: time for other in others}
    file = HERE / "mldsa.json"
    if file.exists():
        held = json.loads(file.read_text(encoding="utf-8"))["vectors"][0]
        note = base64.b64decode(held["note"])
        try:
            parsed = parse_note(note)
            if parsed.text == checkpoint.text and cosigners(parsed, keys) == wanted:
                return note
        except RecordError:
            pass
    lines = [sign_checkpoint(checkpoint, key("Alder", "node"))]
    for other in others:
        for one in (key(other.name, "cosigner"), mldsa_key(other.name)):
            lines.append(cosign(checkpoint, other.cosigner.name, one, time))
    return format_note(checkpoint.text, lines)


def mldsa() -> list[Vector]:
    founding = founding_of_both_kinds()
    birch = founding.members[1]
    tree = Tree(map(leaf_hash, [b"first", b"second", b"third"]))
    checkpoint = Checkpoint(founding.members[0].origin, 3, tree.root())
    note = kept_note(checkpoint, START // 1_000)
    lines = note.split(b"\n\n")[1].splitlines(keepends=True)
    at = note.index(lines[2]) + len(f"\u2014 {birch.cosigner.name} ".encode())
    message = b"".join(
        [
            b"subtree/v1\n\0",
            bytes([len(birch.cosigner.name)]) + birch.cosigner.name.encode(),
            (START // 1_000).to_bytes(8, "big"),
            bytes([len(checkpoint.origin)]) + checkpoint.origin.encode(),
            bytes(8) + (3).to_bytes(8, "big") + checkpoint.root,
        ]
    )
    assert lines_of(parse_note(note), birch.cosigners) == [one.decode() for one in lines[1:3]]
    bad = {
        "a letter of the key ID": respelt(note, at + 1),
        "a letter of the time": respelt(note, at + 12),
        "a letter of the signature": respelt(note, at + 900),
        "the Ed25519 line is missing": note.replace(lines[1], b""),
        "the ML-DSA-44 line is missing": note.replace(lines[2], b""),
        "another size under the old signatures": note.replace(b"\n3\n", b"\n2\n"),
        "the line of one cosigner under the name of the other": note.replace(
            lines[2], lines[2].replace(b"birch.", b"cedar.")
        ),
    }
    keys = {
        "log_key": founding.members[0].log_key.text,
        "cosigner_keys": [one.text for one in birch.cosigners],
    }
    return [
        {
            "id": "good",
            "valid": True,
            **keys,
            "seeds": {
                "log": seed("Alder", "node").hex(),
                "cosigners": [seed("Birch", role).hex() for role in ("cosigner", "mldsa")],
            },
            "time": START // 1_000,
            "signed": message.hex(),
            "note": b64(note),
            "founding": b64(sign_founding(founding, {one: key(one, "party") for one in NAMES})),
            "institution": founding.id,
        },
        *(
            {"id": f"bad-{n}", "valid": False, "why": why, **keys, "note": b64(data)}
            for n, (why, data) in enumerate(bad.items(), 1)
        ),
    ]


def audit_states() -> list[Vector]:
    files = exported()
    state = audit_on(files.get, lambda: list(files), PublicReader, None, FOUNDING_FILE).state
    assert state is not None
    good = format_state(state)
    body = good.split(b"\n")[0]
    other = canonical.dump({**canonical.load(body), "v": 2})  # type: ignore[dict-item]
    bad = {
        "one byte is another": flipped(good, 200),
        "the last line feed is missing": good[:-1],
        "another version": other + b"\n" + hashlib.sha256(other).hexdigest().encode() + b"\n",
    }
    return [
        {
            "id": "of-the-whole-export",
            "valid": True,
            "institution": FOUNDING.id,
            "sizes": {log.origin: log.size for log in state.logs},
            "file": b64(good),
        },
        *(
            {"id": f"bad-{n}", "valid": False, "why": why, "file": b64(data)}
            for n, (why, data) in enumerate(bad.items(), 1)
        ),
    ]


def successions() -> list[Vector]:
    said = Succession(
        FOUNDING.id,
        log_origin("Birch", DEMONSTRATION_DOMAIN, 2),
        Tip(ORIGINS[1], 12, bytes(range(32))),
        key("Birch", "node", "2").public,
        "rotation",
    )
    keys = {name: key(name, "party") for name in NAMES}
    signed = {name: said.signed_by(one) for name, one in keys.items()}
    asked = Title(said, "Birch", {"Birch": signed["Birch"]})
    value = json.loads(Title(said, "Birch", signed).data)
    inner = value["succession"]

    def with_(**changed: object) -> bytes:
        return canonical.dump({**value, "succession": {**inner, **changed}})

    bad = {
        "the party whose log it is has not signed": canonical.dump(
            {**value, "signatures": {"Alder": signed["Alder"]}}
        ),
        "a signature over another statement": with_(cause="lost-lines"),
        "a cause that is none": with_(cause="whim"),
        "an earlier generation": with_(log=ORIGINS[1]),
        "the log of another party": with_(log=log_origin("Alder", DEMONSTRATION_DOMAIN, 2)),
        "no entries": with_(continues=[ORIGINS[1], 0, inner["continues"][2]]),
        "a key of the founding": with_(node_key=key("Birch", "node").public.text),
        "another founding": with_(institution="0" * 64),
        "a stranger signs": canonical.dump(
            {**value, "signatures": {**signed, "Dogwood": signed["Alder"]}}
        ),
        "a field too many": canonical.dump({**value, "why": "law"}),
        "another version": canonical.dump({**value, "v": 2}),
        "spaces": json.dumps(value).encode(),
    }
    founding = b64(sign_founding(FOUNDING, keys))
    return [
        {"id": name, "valid": True, "founding": founding, "file": b64(title.data),
         "lacking": list(title.lacking(FOUNDING))}
        for name, title in (("asked", asked), ("complete", Title(said, "Birch", signed)))
    ] + [
        {"id": f"bad-{n}", "valid": False, "why": why, "founding": founding, "file": b64(data)}
        for n, (why, data) in enumerate(bad.items(), 1)
    ]  # fmt: skip


FILES = {
    "audit-state.json": ("States in which audits ended.", audit_states),
    "act.json": ("Acts, their names and their seals.", acts),
    "canonical-json.json": ("Canonical JSON.", canonical_json),
    "checkpoint.json": ("Checkpoints with cosignatures.", checkpoints),
    "entry.json": ("Entries of logs.", entries),
    "equivocation.json": ("Proofs of two histories.", equivocations),
    "export.json": ("A whole export, and files of it that were changed.", exports),
    "founding.json": ("Founding files.", foundings),
    "mldsa.json": ("Checkpoints with cosignatures of both kinds.", mldsa),
    "offline-proof.json": ("Offline proofs of single entries.", offline_proofs),
    "tombstone.json": ("Tombstones of erased acts.", tombstones),
    "succession.json": ("Statements that a log goes on under another key.", successions),
    "tree.json": ("Roots and proofs of Merkle trees.", tree),
}


def text_of(name: str) -> str:
    """The text of a file of vectors."""
    about, make = FILES[name]
    value = {"about": about, "vectors": make()}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in FILES:
        (HERE / name).write_text(text_of(name), encoding="utf-8")
