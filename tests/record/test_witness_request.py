from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import b64
from architrave.record.errors import Malformed
from architrave.record.witness import format_add_checkpoint, parse_add_checkpoint

HASH = bytes(range(32))
LINE = b64.encode(HASH) + "\n"
NOTE = b"a note\n\nwith lines\n"


@given(
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=63),
    st.binary(min_size=1, max_size=40),
)
def test_a_request_comes_back(old: int, proof: list[bytes], note: bytes) -> None:
    assert parse_add_checkpoint(format_add_checkpoint(old, proof, note)) == (old, proof, note)


def test_the_bytes_of_a_request() -> None:
    assert format_add_checkpoint(5, [HASH], NOTE) == f"old 5\n{LINE}\n".encode() + NOTE
    assert format_add_checkpoint(0, [], NOTE) == b"old 0\n\n" + NOTE


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\n",
        "5\n\n",
        "old\n\n",
        "old \n\n",
        "old  5\n\n",
        "old 05\n\n",
        "old -1\n\n",
        "old ٥\n\n",
        f"old {2**63}\n\n",
        "Old 5\n\n",
        "old 5\n",
        "old 5\r\n\r\n",
        f"old 5\n{LINE[:-2]}\n\n",
        f"old 5\n {LINE}\n",
        "old 5\nAQI=\n\n",
        f"old 5\n{LINE * 64}\n",
        f"old 5\n{'x' * 5000}\n\n",
    ],
)
def test_a_request_in_another_form_is_refused(head: str) -> None:
    with pytest.raises(Malformed, match="add-checkpoint"):
        parse_add_checkpoint(head.encode() + b"origin\n")


def test_a_request_carries_a_note_of_bounded_size() -> None:
    for note in (b"", bytes(1 << 20) + b"\0"):
        with pytest.raises(Malformed, match="expected a note"):
            parse_add_checkpoint(b"old 5\n\n" + note)


def test_a_request_that_would_be_refused_is_not_made() -> None:
    for old, proof in ((-1, []), (5, [b"short"]), (5, [HASH] * 64)):
        with pytest.raises(Malformed):
            format_add_checkpoint(old, proof, NOTE)
