"""The door for officers' acts, the record over the web, and the headers of every answer."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from keepers import KeptNode
from world import seed

from architrave.institution import acts
from architrave.institution.acts import document_of
from architrave.node import http, store
from architrave.node.configure import MAX_BODY, settings_for
from architrave.node.guards import HEADERS
from architrave.peer.errors import StorageUncertain
from architrave.record.checkpoints import open_checkpoint
from architrave.record.founding import read_founding
from architrave.record.keys import PrivateKey
from architrave.record.sealing import MAX_ACT, SealedAct, sign_act
from architrave.record.tiles import decode_bundle
from architrave.record.tree import Tree, leaf_hash


def give(data: bytes) -> tuple[int, dict[str, object]]:
    answer = Client().post("/peer/act", data, content_type="application/octet-stream")
    return answer.status_code, json.loads(answer.content)


def lines(door: KeptNode) -> int:
    return sum(one.origin == door.origin for one in store.read_stored(None).entries)


def test_an_act_of_an_officer_is_written(door: KeptNode) -> None:
    before = lines(door)
    status, value = give(door.act("A"))
    assert status == 200
    assert (value["admitted"], value["log"], value["n"]) == (True, door.origin, before)
    assert lines(door) == before + 1


def test_an_act_of_a_stranger_is_refused_with_the_article(door: KeptNode) -> None:
    stranger = PrivateKey(seed("nobody"))
    document = SealedAct(b"", door.act("A", key=stranger.public.text)).document
    before = lines(door)
    status, value = give(sign_act(document, door.world.founding.id, stranger))
    assert (status, value["admitted"], value["stored"]) == (409, False, False)
    assert value["reason"]
    assert value["article"]
    assert lines(door) == before


@pytest.mark.parametrize("what", ["another institution", "a changed word", "another party"])
def test_an_act_that_was_not_signed_for_this_book_is_not_written(door: KeptNode, what: str) -> None:
    data = door.act("A")
    other = door.world.parties[1]
    key = PrivateKey(seed(door.party, "party"))
    document = SealedAct(b"", data).document
    changed = {
        "another institution": sign_act(document, "0" * 64, key),
        "a changed word": data.replace(b'"holder":"A"', b'"holder":"B"'),
        "another party": sign_act(
            document_of(
                acts.Vacated(
                    party=other,
                    key=PrivateKey(seed(other, "party")).public.text,
                    at=door.world.now,
                    to=door.world.everyone(),
                    office=door.world.charter.bodies[0].seat_of(other).id,
                )
            ),
            door.world.founding.id,
            PrivateKey(seed(other, "party")),
        ),
    }[what]
    before = lines(door)
    status, value = give(changed)
    assert (status, value["admitted"]) == (409, False)
    assert lines(door) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: b"", "act: expected JSON"),
        (lambda data: data[:-1], "act: expected JSON"),
        (lambda data: b" " + data, "not in canonical form"),
        (lambda data: data.replace(b'"holder":"A"', b'"holder":7'), "$.holder"),
        (lambda data: data.replace(b'"holder"', b'"holdes"'), "holdes"),
        (lambda data: data.replace(b'"appointed"', b'"anointed!"'), "later version"),
        (lambda data: b"[" * 100 + b"]" * 100 + b"\n" + bytes(64), "JSON"),
    ],
)
def test_what_is_no_act_is_said_to_be_none_naming_the_field(
    door: KeptNode, change: object, says: str
) -> None:
    assert callable(change)
    before = lines(door)
    status, value = give(change(door.act("A")))
    assert status == 400
    assert says in str(value["error"])
    assert lines(door) == before


def test_an_act_that_is_too_long_is_not_read(door: KeptNode) -> None:
    status, value = give(b"x" * (MAX_ACT + 1))
    assert status == 413
    assert str(MAX_ACT) in str(value["error"])


def test_an_act_given_twice_is_written_once(door: KeptNode) -> None:
    data = door.act("A")
    assert give(data)[0] == 200
    status, value = give(data)
    assert status == 409
    assert "stands in the record already" in str(value["reason"])


def test_an_act_whose_fate_is_unknown_is_answered_503_and_nothing_more_is_shown(
    door: KeptNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StorageUncertain("the disk has gone.")

    monkeypatch.setattr(store, "write", fail)
    size = Client().get("/peer/status").json()["sizes"][door.origin]
    status, value = give(door.act("A"))
    assert status == 503
    assert "the disk has gone" in str(value["error"])
    assert door.keeper is not None
    door.keeper.join(timeout=30)
    # The line was signed in memory only: its checkpoint must not be seen by anybody.
    assert door.keeper.peer.history.main(door.origin).size == size + 1
    for path in ("/peer/status", f"/record/{door.party.lower()}/checkpoint"):
        answer = Client().get(path)
        assert answer.status_code == 503
        assert answer.json() == {"error": "this node has stopped: the disk has gone."}


def test_the_status_says_what_is_written(door: KeptNode) -> None:
    give(door.act("A"))
    value = Client().get("/peer/status").json()
    assert value["party"] == door.party
    assert value["signs"] == "yes"
    assert value["sizes"][door.origin] == lines(door)
    assert http._door[0].digests.values()
    assert Client().get("/peer/status").json()["state"] == value["state"]


def test_the_public_record_can_be_checked_over_the_web(door: KeptNode) -> None:
    give(door.act("A", to=["public"]))
    client = Client()
    founding = read_founding(client.get("/record/founding.json").content)
    member = founding.named(door.party)
    folder = f"/record/{member.name.lower()}"
    note = client.get(f"{folder}/checkpoint").content
    checkpoint, _ = open_checkpoint(note, member.log_key)
    bundle = client.get(f"{folder}/tile/entries/000.p/{checkpoint.size}").content
    entries = decode_bundle(bundle, checkpoint.size)
    assert Tree(leaf_hash(one) for one in entries).root() == checkpoint.root
    assert client.get(f"{folder}/tile/entries/000.p/{checkpoint.size + 1}").status_code == 404
    assert client.get("/record/no/such/file").status_code == 404


def test_every_answer_carries_the_headers_and_no_cookie(door: KeptNode) -> None:
    for path in ("/peer/status", "/record/founding.json", "/record/none", "/nowhere"):
        answer = Client().get(path)
        # The pages bring a policy of their own, which lets them have a style and a picture.
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "frame-ancestors 'none'" in policy
        bare = (
            HEADERS.items()
            - {"Content-Security-Policy": HEADERS["Content-Security-Policy"]}.items()
        )
        assert bare <= answer.headers.items(), path
        assert not answer.cookies


def test_a_host_that_is_not_this_node_is_not_answered(door: KeptNode) -> None:
    with override_settings(ALLOWED_HOSTS=["here.invalid"]):
        for host, status in (("here.invalid", 200), ("elsewhere.invalid", 400), ("a b", 400)):
            assert Client(headers={"host": host}).get("/peer/status").status_code == status


def test_the_settings_give_a_browser_nothing_to_work_with() -> None:
    first, second = (settings_for(Path("a.db"), "urls", hosts=("here.invalid",)) for _ in range(2))
    assert first["SECRET_KEY"] != second["SECRET_KEY"]
    assert first["DEBUG"] is False
    assert first["ALLOWED_HOSTS"] == ["here.invalid"]
    assert first["DATA_UPLOAD_MAX_MEMORY_SIZE"] == MAX_BODY
    assert first["DATA_UPLOAD_MAX_NUMBER_FILES"] == 0
    for word in ("session", "csrf", "auth", "messages"):
        assert not any(word in one for one in [*first["MIDDLEWARE"], *first["INSTALLED_APPS"]])
    more = settings_for(Path("a.db"), "urls", middleware=("more.middleware",))
    assert "more.middleware" in more["MIDDLEWARE"]


def test_the_tables_are_what_they_were(database: Path) -> None:
    """A database of this version has these columns; another needs a migration of its own."""
    with closing(sqlite3.connect(database)) as connection:
        tables = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for name in ("entry", "act", "note", "belongs", "tombstone", "unscrubbed")
        }
    assert tables == {
        "entry": ["origin", "branch", "n", "data"],
        "act": ["seal", "salt", "data"],
        "note": ["kind", "origin", "data"],
        "belongs": ["institution"],
        "tombstone": ["seal", "data"],
        "unscrubbed": ["seal"],
    }
