from __future__ import annotations

import hashlib
import json
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import canonical
from architrave.record.errors import Malformed, RecordError

LIMIT = 2**53

_scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.integers(min_value=-LIMIT + 1, max_value=LIMIT - 1),
    st.booleans(),
)
_names = st.text(st.characters(max_codepoint=127), max_size=6)


def _containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(inner, max_size=4), st.dictionaries(_names, inner, max_size=4))


_values = _scalars
for _ in range(canonical.MAX_DEPTH):
    _values = st.one_of(_scalars, _containers(_values))


def plain_rfc8785(value: Any) -> str:
    """RFC 8785 for the values that are allowed here, written from the RFC with the json module."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        members = (f"{plain_rfc8785(name)}:{plain_rfc8785(value[name])}" for name in names)
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(plain_rfc8785, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(_values)
def test_dump_writes_rfc8785_and_load_reads_it_back(value: Any) -> None:
    data = canonical.dump(value)
    assert data == plain_rfc8785(value).encode()
    assert canonical.load(data) == value


def test_a_tuple_is_written_as_an_array() -> None:
    assert canonical.dump({"to": ("a", "b"), "n": 7}) == b'{"n":7,"to":["a","b"]}'


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


_cycle: list[Any] = []
_cycle.append(_cycle)


@pytest.mark.parametrize(
    ("value", "place", "reason"),
    [
        ({"a": [True, 1.5]}, "$.a[1]", "a fraction"),
        ({"a": float("nan")}, "$.a", "a fraction"),
        ({"a": {"b c": None}}, "$.a['b c']", "null"),
        (None, "$", "null"),
        ([b"x"], "$[0]", "class bytes"),
        ({"a": LIMIT}, "$.a", "below 2**53"),
        ([-LIMIT], "$[0]", "below 2**53"),
        ({"é": 1}, "$['é']", "ASCII"),
        ({"a": {7: 1}}, "$.a[7]", "ASCII"),
        ({"a": ["x\ud800"]}, "$.a[0]", "surrogate"),
        ({"a": [[[[]]]]}, "$.a[0][0][0]", "more than 4"),
        (_cycle, "$[0][0][0][0]", "more than 4"),
        ([Colour.RED], "$[0]", "class Colour"),
        ([Number.ONE], "$[0]", "class Number"),
        ([{1}], "$[0]", "class set"),
    ],
)
def test_what_may_not_be_written_is_refused_by_its_path(
    value: Any, place: str, reason: str
) -> None:
    with pytest.raises(Malformed) as caught:
        canonical.dump(value)
    assert f"JSON at {place}: " in str(caught.value)
    assert reason in str(caught.value)


def test_the_limits_themselves_are_allowed() -> None:
    value: Any = {"a": [[{"b": LIMIT - 1}]], "c": 1 - LIMIT}
    assert canonical.load(canonical.dump(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf1",
        b'"\\u0061"',
        b'"\\/"',
        b'"\\u001F"',
        b'"\\ud83d\\ude00"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"-0",
        b"01",
        b"1.0",
        b"1e2",
        b"9007199254740992",
        b"18446744073709551616",
        b"null",
        b'{"a":null}',
        b"NaN",
        b"[[[[[]]]]]",
        b"[" * 100_000,
        b"",
        b"\xff",
    ],
)
def test_what_does_not_come_back_as_itself_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        canonical.load(data)


_lookalikes = st.lists(
    st.sampled_from(
        [
            b"{",
            b"}",
            b"[",
            b"]",
            b",",
            b":",
            b'"',
            b'"a"',
            b"1",
            b"true",
            b"null",
            b"\\",
            b" ",
            b".",
        ]
    ),
    max_size=12,
).map(b"".join)


@given(st.one_of(st.binary(max_size=60), _lookalikes))
def test_whatever_bytes_arrive_load_returns_their_value_or_raises_record_error(data: bytes) -> None:
    try:
        value = canonical.load(data)
    except RecordError:
        return
    assert canonical.dump(value) == data


def test_digest_is_sha256_in_hexadecimal() -> None:
    assert canonical.digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
