"""The quick reading of a header says what the definition says, for good bytes and for bad ones."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import entries
from architrave.record.canonical import INTEGER_LIMIT
from architrave.record.entries import Audience, Header, Tip, header_bytes
from architrave.record.errors import Malformed
from architrave.record.keys import PrivateKey

KEY = PrivateKey(bytes(32)).public
LOGS = ("ash.demo.invalid/log/1", "elm.demo.invalid/log/1", "fir.demo.invalid/log/1")

hashes = st.binary(min_size=32, max_size=32)
audiences = st.one_of(
    st.just(Audience(None)),
    st.sets(st.sampled_from(LOGS[1:])).map(lambda others: Audience.among({LOGS[0], *others})),
)


@st.composite
def headers(draw: st.DrawFn) -> Header:
    n = draw(st.integers(0, INTEGER_LIMIT - 1))
    seen = draw(st.dictionaries(st.sampled_from(LOGS[1:]), st.tuples(st.integers(1, 9), hashes)))
    seal = draw(st.one_of(st.none(), hashes))
    return Header(
        log=LOGS[0],
        n=n,
        t=draw(st.integers(0, INTEGER_LIMIT - 1)),
        key=KEY,
        seen={origin: Tip(origin, size, root) for origin, (size, root) in seen.items()},
        seal=seal,
        to=draw(st.one_of(st.none(), audiences)) if seal is not None else None,
        founding="f" * 64 if n == 0 else None,
    )


def told(read: object, body: bytes) -> object:
    """What a reading gives, or the words in which it refuses."""
    try:
        return read(body)  # type: ignore[operator]
    except Malformed as fault:
        return str(fault)


@given(headers())
def test_a_header_is_read_as_it_was_written(header: Header) -> None:
    body = header_bytes(header)
    assert entries._read_header(body) == entries._read_slowly(body) == header


@given(headers(), st.data())
def test_a_changed_byte_is_judged_alike(header: Header, data: st.DataObject) -> None:
    body = bytearray(header_bytes(header))
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] = data.draw(st.integers(0, 255))
    changed = bytes(body)
    assert told(entries._read_header, changed) == told(entries._read_slowly, changed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", -1),
        ("n", INTEGER_LIMIT),
        ("n", True),
        ("t", 1.0),
        ("v", 2),
        ("seal", None),
        ("seal", ""),
        ("to", []),
        ("to", ["elm.demo.invalid/log/1"]),
        ("to", ["x", "ash.demo.invalid/log/1"]),
        ("seen", {}),
        ("seen", {"elm.demo.invalid/log/1": [0, "AA=="]}),
        ("seen", {"elm.demo.invalid/log/1": [INTEGER_LIMIT, "AA=="]}),
        ("seen", {"ulme-ü": [1, "AA=="]}),
        ("founding", None),
        ("log", "\ud55c"),
        ("extra", 1),
    ],
)
def test_an_odd_field_is_judged_alike(name: str, value: object) -> None:
    header = Header(LOGS[0], 3, 5, KEY, seal=bytes(32), to=Audience.among(LOGS))
    odd = orjson.loads(header_bytes(header)) | {name: value}
    body = orjson.dumps(odd, option=orjson.OPT_SORT_KEYS)
    assert told(entries._read_header, body) == told(entries._read_slowly, body)


def test_both_writers_of_json_spell_every_ascii_character_alike() -> None:
    text = "".join(map(chr, range(128)))
    wire = entries._Wire(key=text, log=text, n=1, t=1, v=1)
    plain = {"key": text, "log": text, "n": 1, "t": 1, "v": 1}
    assert entries._encoder.encode(wire) == orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
