from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import b64
from architrave.record.errors import Malformed


@given(st.binary(max_size=80))
def test_decode_gives_back_what_encode_took(data: bytes) -> None:
    assert b64.decode(b64.encode(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        "AQJ=",
        "AQI",
        "AQI==",
        "AQ==\n",
        " AQI=",
        "AQ-_",
        "A",
        "=",
        "AQI=AQI=",
        "é",
        "\ud800",
        "A====",
    ],
)
def test_a_second_spelling_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="base64"):
        b64.decode(text)


def test_bits_left_over_are_what_python_alone_would_let_through() -> None:
    assert base64.b64decode("AQJ=", validate=True) == b64.decode("AQI=")


def test_a_long_text_is_shortened_in_the_message() -> None:
    with pytest.raises(Malformed, match=r"\(5000 characters\)") as caught:
        b64.decode("-" * 5000)
    assert len(str(caught.value)) < 200
