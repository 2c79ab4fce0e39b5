"""Requests between nodes: who signed, for whom, and what happens to every other one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from keepers import KeptNode
from world import ROOT, World, seed

from architrave.node import inbox
from architrave.node.configure import MAX_BODY
from architrave.node.signing import MESSAGES, NONCE, Nonces, RequestSigner, RequestVerifier
from architrave.peer.errors import PeerError
from architrave.peer.messages import Heads, encode_batch
from architrave.record.keys import PrivateKey


@dataclass
class Asking:
    """Another party's node that sends requests to the one with its door open."""

    node: KeptNode
    party: str

    @property
    def origin(self) -> str:
        return self.node.world.origin(self.party)

    @property
    def url(self) -> str:
        return self.node.world.founding.member(self.node.origin).url + MESSAGES

    def body(self, now: int = 1) -> bytes:
        return encode_batch([Heads(now, {}, [])])

    def signer(self, role: str = "node") -> RequestSigner:
        key = PrivateKey(seed(self.party, role))
        return RequestSigner(lambda: (self.origin, key))

    def nonce(self) -> str:
        answer = Client().post(MESSAGES, b"", content_type="application/msgpack")
        return str(answer.headers[NONCE])

    def headers(self, body: bytes, **changed: Any) -> dict[str, str]:
        given = {"url": self.url, "to": self.node.origin, "nonce": self.nonce()} | changed
        signer = given.pop("signer", None) or self.signer()
        return dict(signer.headers("POST", given["url"], body, given["to"], given["nonce"]))

    def post(self, body: bytes, headers: dict[str, str], path: str = MESSAGES) -> HttpResponse:
        return Client().post(path, body, content_type="application/msgpack", headers=headers)  # type: ignore[return-value]


@pytest.fixture
def asking(door: KeptNode) -> Asking:
    return Asking(door, door.world.parties[1])


def heard(asking: Asking) -> bool:
    """Whether the node has taken anything of the one that asks."""
    keeper = asking.node.keeper
    assert keeper is not None
    while not keeper.idle:
        pass
    return asking.origin in keeper.peer.heard


def test_a_request_of_another_node_is_taken(asking: Asking) -> None:
    body = asking.body()
    assert asking.post(body, asking.headers(body)).status_code == 204
    assert heard(asking)


def test_the_first_request_is_told_a_nonce_and_the_second_is_taken(asking: Asking) -> None:
    body = asking.body()
    first = asking.post(body, asking.headers(body, nonce="none"))
    assert first.status_code == 401
    again = asking.headers(body, nonce=first.headers[NONCE])
    assert asking.post(body, again).status_code == 204


def test_a_request_that_comes_twice_counts_once(asking: Asking) -> None:
    body = asking.body()
    headers = asking.headers(body)
    assert asking.post(body, headers).status_code == 204
    assert asking.post(body, headers).status_code == 401
    # Another label and other spaces are not covered by the signature, and do not make it new.
    relabelled = headers | {
        name: headers[name].replace("pyhms=", "other=  ") for name in ("Signature",)
    }
    relabelled["Signature-Input"] = headers["Signature-Input"].replace("pyhms=", "other=")
    assert asking.post(body, relabelled).status_code == 401


def test_two_requests_alike_are_two(asking: Asking) -> None:
    signer, body = asking.signer(), asking.body()
    for _ in range(2):
        assert asking.post(body, asking.headers(body, signer=signer)).status_code == 204


def test_a_request_to_another_node_is_not_taken_here(asking: Asking) -> None:
    body = asking.body()
    other = asking.node.world.origin(asking.node.world.parties[2])
    assert asking.post(body, asking.headers(body, to=other)).status_code == 401
    redirected = asking.headers(body, to=other) | {"Architrave-To": asking.node.origin}
    assert asking.post(body, redirected).status_code == 401
    assert not heard(asking)


def test_a_request_to_an_earlier_process_is_not_taken(asking: Asking, world: World) -> None:
    body = asking.body()
    headers = asking.headers(body)
    later = RequestVerifier(world.known_keys, asking.node.origin, asking.url, Nonces())
    with pytest.raises(PeerError, match="nonce") as fault:
        later.sender("POST", "", headers, body)
    assert fault.value.status_hint == 401


def test_a_nonce_lasts_for_two_to_four_minutes() -> None:
    now = [0.0]
    drawn = iter(["a", "b", "c", "d"])
    nonces = Nonces(lambda: now[0], lambda: next(drawn))
    assert nonces.newest() == "a"
    now[0] = 121.0
    assert nonces.newest() == "b"
    assert nonces.take("a", b"1")
    assert nonces.take("b", b"1")
    now[0] = 243.0
    assert not nonces.take("a", b"2")
    assert nonces.take("b", b"2")
    assert nonces.newest() == "c"


def test_a_flood_of_requests_does_not_grow_what_is_remembered() -> None:
    nonces = Nonces(lambda: 0.0)
    for number in range(120_000):
        assert nonces.take(nonces.newest(), number.to_bytes(4, "big"))
    assert sum(len(one) for one in nonces._live.values()) <= 2 * 50_001


@pytest.mark.parametrize("what", ["a stranger", "the cosigner's key", "a stranger's name"])
def test_a_request_that_no_node_signed_changes_nothing(asking: Asking, what: str) -> None:
    body = asking.body()
    signers = {
        "a stranger": RequestSigner(lambda: (asking.origin, PrivateKey(bytes(32)))),
        "the cosigner's key": asking.signer("cosigner"),
        "a stranger's name": RequestSigner(
            lambda: ("no.such/log/1", PrivateKey(seed(asking.party, "node")))
        ),
    }
    answer = asking.post(body, asking.headers(body, signer=signers[what]))
    assert answer.status_code == 401
    assert not heard(asking)


def test_a_body_that_was_changed_is_not_taken(asking: Asking) -> None:
    body = asking.body(1)
    assert asking.post(asking.body(2), asking.headers(body)).status_code == 401
    assert not heard(asking)


def test_a_path_that_was_changed_is_not_taken(asking: Asking) -> None:
    body = asking.body()
    elsewhere = asking.headers(body, url=asking.url.replace("/messages", "/act"))
    assert asking.post(body, elsewhere).status_code == 401
    assert not heard(asking)


def test_a_signature_that_ran_out_is_not_taken(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("architrave.node.signing._LASTS", timedelta(days=-9))
    body = asking.body()
    assert asking.post(body, asking.headers(body)).status_code == 401
    assert not heard(asking)


@pytest.mark.parametrize(
    "left_out", ["Signature", "Signature-Input", "Content-Digest", "Architrave-To"]
)
def test_a_request_without_one_of_its_headers_is_not_taken(asking: Asking, left_out: str) -> None:
    body = asking.body()
    headers = {name: value for name, value in asking.headers(body).items() if name != left_out}
    assert asking.post(body, headers).status_code == 401
    assert not heard(asking)


@given(
    st.dictionaries(
        st.sampled_from(["Signature", "Signature-Input", "Content-Digest", "Architrave-To"]),
        st.text(st.characters(codec="latin-1"), max_size=60),
    ),
    st.binary(max_size=20),
)
def test_whatever_arrives_is_taken_or_refused_with_a_status(
    headers: dict[str, str], body: bytes
) -> None:
    world = STRANGE
    verifier = RequestVerifier(world.known_keys, world.origin(world.parties[0]), "http://a", NONCES)
    with pytest.raises(PeerError):
        verifier.sender("POST", MESSAGES, headers, body)


STRANGE = World()
NONCES = Nonces()


def test_what_is_no_batch_is_said_to_be_none(asking: Asking) -> None:
    body = b"\xc1 no batch"
    answer = asking.post(body, asking.headers(body))
    assert answer.status_code == 400
    assert not heard(asking)


def test_a_body_above_the_limit_is_not_read(asking: Asking) -> None:
    body = b"x" * (MAX_BODY + 1)
    assert asking.post(body, asking.headers(b"")).status_code == 413


def test_other_methods_are_not_taken(door: KeptNode) -> None:
    for path in (MESSAGES, "/peer/act", "/witness/add-checkpoint"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_line_that_is_full_is_answered_503(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "BATCHES", 0)
    body = asking.body()
    assert asking.post(body, asking.headers(body)).status_code == 503
    assert not heard(asking)


def test_the_example_on_the_format_page_is_what_its_command_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (ROOT / "docs" / "formats" / "requests-between-nodes.md").read_text(encoding="utf-8")
    example = re.match(
        r"# [^\n]+\n\n```console\n\$ python - <<'END'\n(.*?)\nEND\n(.*?)```\n", page, re.DOTALL
    )
    assert example is not None
    exec(compile(example[1], "page", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out == example[2]
