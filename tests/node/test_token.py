"""The token: two lines, written in turn, so that a crash in a write leaves what counted before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.node import token as module
from architrave.node.errors import FolderFault
from architrave.node.token import Token


def root(number: int) -> bytes:
    return number.to_bytes(32, "big")


@pytest.fixture
def token(tmp_path: Path) -> Token:
    return Token(tmp_path / "token")


def test_what_was_written_last_is_read(token: Token) -> None:
    assert token.read() is None
    for number in (0, 1, 7, 7, 3, 2**40):
        token.write(number, root(number))
        assert token.read() == (number, root(number))
        assert token.path.stat().st_size == 1_024
    assert token.path.stat().st_mode & 0o777 == 0o600


def test_a_token_of_an_earlier_version_is_read_and_goes_on(token: Token) -> None:
    token.path.write_text("7 " + "A" * 43 + "=\n", encoding="ascii")
    assert token.read() == (7, root(0))
    token.write(8, root(8))
    assert token.read() == (8, root(8))
    token.write(9, root(9))
    assert token.read() == (9, root(9))


@given(st.integers(1, 5), st.integers(0, 511), st.binary(min_size=1, max_size=40))
def test_a_write_that_is_torn_leaves_what_counted_before(
    tmp_path_factory: pytest.TempPathFactory, count: int, cut: int, rubbish: bytes
) -> None:
    token = Token(tmp_path_factory.mktemp("outside") / "token")
    for number in range(count):
        token.write(number, root(number))
    whole = token.path.read_bytes()
    token.write(count, root(count))
    after = token.path.read_bytes()
    start = 0 if whole[:512] != after[:512] else 512  # the line that was written over
    for torn in (
        after[start : start + cut] + whole[start + cut : start + 512],
        (after[start : start + cut] + rubbish + whole[start + cut + len(rubbish) :])[:512],
    ):
        if torn != after[start : start + 512]:
            token.path.write_bytes(after[:start] + torn + after[start + 512 :])
            assert token.read() == (count - 1, root(count - 1))
    token.path.write_bytes(after[:start] + b"\0" * 512 + after[start + 512 :])
    assert token.read() == (count - 1, root(count - 1))


@given(st.binary(max_size=1_100))
def test_anything_else_is_a_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    token = Token(tmp_path_factory.mktemp("outside") / "token")
    token.path.write_bytes(data)
    with pytest.raises(FolderFault):
        token.read()
    with pytest.raises(FolderFault):
        token.write(1, root(1))
    assert token.path.read_bytes() == data


def test_one_changed_byte_of_the_only_line_is_a_fault(token: Token) -> None:
    token.write(12, root(5))
    whole = token.path.read_bytes()
    for at in range(80):
        token.path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(FolderFault):
            token.read()


def test_a_write_that_fails_says_so(token: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    token.write(1, root(1))

    def full(handle: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(module.os, "fdatasync", full)
    with pytest.raises(OSError, match="no room"):
        token.write(2, root(2))
