"""Whatever bytes arrive, every parser returns a value or one of its named errors, nothing else.

`make fuzz` draws new examples, and many more of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import ROOT, World, seed

from architrave.charter.errors import CharterError
from architrave.charter.parse import parse_charter
from architrave.institution.act_reading import outside_of, read_act
from architrave.institution.acts import act_of
from architrave.institution.errors import InstitutionError
from architrave.institution.register_header import RegisterFault, read_header
from architrave.node.addresses import address_of
from architrave.node.errors import NodeError
from architrave.node.folder import Folder, Token
from architrave.node.party_key import read_seed, seal_party_key
from architrave.peer.carrying import carried_for, carrier_files, read_carrier
from architrave.peer.errors import PeerError
from architrave.peer.messages import Heads, decode_batch, encode_batch
from architrave.record.entries import read_entry
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import RecordError
from architrave.record.founding import read_founding, sign_founding
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct


@dataclass(frozen=True)
class Parser:
    """A parser, bytes that it takes, and the errors by which it refuses others."""

    read: Callable[[bytes], object]
    good: bytes
    errors: tuple[type[Exception], ...]


def _world() -> World:
    world = World()
    world.open(world.charter.bodies[0].id)
    world.settle()
    return world


WORLD = _world()
FIRST, SECOND = WORLD.parties[:2]
PEER = WORLD.peers[FIRST]
ORIGIN, OTHER = WORLD.origin(FIRST), WORLD.origin(SECOND)
ENTRY = PEER.history.main(ORIGIN).entries[-1].data
ACT = next(iter(PEER.reader.acts.values()))
CHARTER = (ROOT / "src" / "architrave" / "sim" / "rivers.toml").read_bytes()
MESSAGES = carried_for(PEER, OTHER, None, 500_000)
FOUNDING = sign_founding(WORLD.founding, WORLD.party_keys)
NODE_KEY = PrivateKey(seed(FIRST, "node"))
[CARRIER] = carrier_files(WORLD.founding, NODE_KEY, ORIGIN, OTHER, 5, MESSAGES, 1_000_000)
TWO_FACES = json.loads((ROOT / "tests" / "vectors" / "equivocation.json").read_text("utf-8"))


def act_twice(data: bytes) -> object:
    """An act, read whole and by its outside only."""
    sealed = SealedAct(bytes(32), data)
    outside_of(sealed.document)
    return act_of(sealed.document), read_act(sealed)


PARSERS = {
    "entry": Parser(read_entry, ENTRY, (RecordError,)),
    "act": Parser(act_twice, ACT.data, (RecordError, InstitutionError)),
    "founding": Parser(read_founding, FOUNDING, (RecordError,)),
    "batch of messages": Parser(decode_batch, encode_batch(MESSAGES), (PeerError,)),
    "carrier file": Parser(
        lambda data: read_carrier(data, WORLD.founding, OTHER), CARRIER, (RecordError,)
    ),
    "proof of two faces": Parser(
        lambda data: check_equivocation(data, WORLD.founding.named(FIRST).log_key),
        json.dumps(TWO_FACES).encode(),
        (RecordError,),
    ),
    "charter": Parser(
        lambda data: parse_charter(data.decode("utf-8", "replace"), "a charter"),
        CHARTER,
        (CharterError,),
    ),
    "address": Parser(
        lambda data: address_of(data.decode("utf-8", "replace")),
        b"http://127.0.0.1:8701/a",
        (NodeError,),
    ),
}
FILES = {
    "token": (lambda path: Token(path).read(), b"7 " + b"A" * 43 + b"=\n"),
    "node.json": (
        lambda path: (Folder(path.parent).settings(), Folder(path.parent).party),
        b'{"party":"ALD","url":"http://127.0.0.1:1","token":"../token","domain":"x.invalid"}',
    ),
    "party key": (lambda path: read_seed(path, "a passphrase"), b""),
}


@st.composite
def altered(draw: st.DrawFn, good: bytes) -> bytes:
    """The good bytes with one to four edits, a piece of them, or anything at all."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 8))
        piece = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from([b"[[", b"{}", b"null", b"-1", b"1e9", b'""', b"\n", b"\xff"]),
                st.builds(lambda a, n: good[a : a + n], st.integers(0, len(good)),
                          st.integers(0, 40)),
            )
        )  # fmt: skip
        data[at : at + length] = piece
    return draw(st.one_of(st.just(bytes(data)), st.binary(max_size=80)))


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.data())
def test_whatever_bytes_arrive_are_a_value_or_a_named_error(name: str, data: st.DataObject) -> None:
    parser = PARSERS[name]
    received = data.draw(altered(parser.good))
    said = ""
    try:
        parser.read(received)
    except parser.errors as fault:
        said = str(fault)
    assert "\n" not in said.strip() or name == "charter", "one sentence"


def test_text_in_a_batch_that_is_no_utf_8_is_a_fault_of_its_sender() -> None:
    # Found by altering a batch: the decoder has no error of its own for it.
    good = encode_batch([Heads(1, {"a": 1}, [])])
    with pytest.raises(PeerError):
        decode_batch(good.replace(b"Heads", b"\xffeads"))


@pytest.mark.parametrize("name", [name for name in PARSERS if name != "proof of two faces"])
def test_the_bytes_that_are_altered_are_good_ones(name: str) -> None:
    PARSERS[name].read(PARSERS[name].good)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_whatever_lies_in_a_file_is_a_value_or_a_named_error(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    read, good = FILES[name]
    path: Path = tmp_path_factory.getbasetemp() / name.replace(" ", "-") / "node.json"
    path.parent.mkdir(exist_ok=True)
    if name == "party key":
        good = _sealed(path)
    path.write_bytes(data.draw(altered(good)))
    path.chmod(0o600)
    said = str(path)
    try:
        read(path)
    except NodeError as fault:
        said = str(fault)
    assert str(path.parent) in said, "it names the place"


_SEALED: list[bytes] = []


def _sealed(path: Path) -> bytes:
    if not _SEALED:
        from architrave.node import party_key

        costs = party_key._OPS, party_key._MEM
        party_key._OPS, party_key._MEM = 1, 8_192
        seal_party_key(path, seed("x"), "a passphrase", bytes(16))
        party_key._OPS, party_key._MEM = costs
        _SEALED.append(path.read_bytes())
    return _SEALED[0]


@pytest.mark.parametrize(
    "deep", ["x = " + "[" * 3_000 + "]" * 3_000, "x = " + "9" * 5_000], ids=["nested", "digits"]
)
def test_a_file_that_no_reader_of_toml_can_hold_is_refused(deep: str) -> None:
    # Found by hand: edits of a good charter never nest so deep, nor make a number so long.
    with pytest.raises(CharterError):
        parse_charter(f"{deep}\n", "a charter")
    with pytest.raises(CharterError):
        parse_charter(f"{CHARTER.decode()}\n{deep}\n", "a charter")
    faults: list[RegisterFault] = []
    assert read_header(f"{deep}\n", faults) is None
    assert len(faults) == 1
