from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import b64
from architrave.record.errors import BadSignature, Malformed, UnknownSigner
from architrave.record.keys import PrivateKey
from architrave.record.mldsa import MldsaPrivateKey
from architrave.record.notes import (
    MAX_NOTE,
    KeyType,
    Note,
    NoteKey,
    NoteSignature,
    check_name,
    format_note,
    open_note,
    parse_note,
    parse_signature_lines,
    parse_vkey,
    sign_note,
)

FIRST = PrivateKey(b"\1" * 32)
SECOND = PrivateKey(b"\2" * 32)
TEXT = "Two lines,\n\nand an empty one between them.\n"


def key_of(name: str, private: PrivateKey) -> NoteKey:
    return NoteKey(name, KeyType.NOTE, private.public.raw)


FIRST_KEY, SECOND_KEY = key_of("alder.invalid/first", FIRST), key_of("birch.invalid/second", SECOND)
SIGNED = format_note(
    TEXT, [sign_note(TEXT, FIRST_KEY.name, FIRST), sign_note(TEXT, SECOND_KEY.name, SECOND)]
)


def replaced_line(data: bytes, line: str) -> bytes:
    """The note with its last signature line replaced."""
    lines = data.decode().split("\n")
    return "\n".join([*lines[:-2], line]).encode()


def test_a_note_splits_at_its_last_empty_line_and_comes_back() -> None:
    note = parse_note(SIGNED)
    assert note.text == TEXT
    assert [signature.name for signature in note.signatures] == [FIRST_KEY.name, SECOND_KEY.name]
    assert format_note(note.text, note.signatures) == SIGNED


def test_the_keys_that_signed_are_given_in_the_order_of_the_lines() -> None:
    note, signers = open_note(SIGNED, [SECOND_KEY, FIRST_KEY])
    assert signers == (FIRST_KEY, SECOND_KEY)
    assert open_note(note, {FIRST_KEY, SECOND_KEY})[1] == signers


def test_an_unknown_signer_is_passed_over() -> None:
    assert open_note(SIGNED, [SECOND_KEY])[1] == (SECOND_KEY,)
    same_name = key_of(FIRST_KEY.name, SECOND)
    assert open_note(SIGNED, [same_name, SECOND_KEY])[1] == (SECOND_KEY,)


def test_a_note_without_any_known_signer_is_refused() -> None:
    for keys in ([], [key_of("alder.invalid/other", FIRST)], [key_of(FIRST_KEY.name, SECOND)]):
        with pytest.raises(UnknownSigner):
            open_note(SIGNED, keys)


def test_one_bad_signature_by_a_known_key_spoils_the_note() -> None:
    good = sign_note(TEXT, FIRST_KEY.name, FIRST)
    for payload in (SECOND.sign(TEXT.encode()), good.payload[:-1], FIRST.sign(TEXT[:-1].encode())):
        bad = NoteSignature(SECOND_KEY.name, SECOND_KEY.key_id, payload[:-1] + b"\0")
        with pytest.raises(BadSignature, match=r"birch\.invalid/second"):
            open_note(format_note(TEXT, [good, bad]), [FIRST_KEY, SECOND_KEY])
        assert open_note(format_note(TEXT, [good, bad]), [FIRST_KEY])[1] == (FIRST_KEY,)


@given(st.integers(0, len(TEXT.encode()) - 2), st.sampled_from("xyz"))
def test_a_changed_text_is_refused(at: int, letter: str) -> None:
    changed = TEXT[:at] + letter + TEXT[at + 1 :]
    note = Note(changed, parse_note(SIGNED).signatures)
    with pytest.raises(BadSignature):
        open_note(note, [FIRST_KEY])


def test_a_key_of_type_6_signs_no_note_that_is_not_a_checkpoint() -> None:
    key = NoteKey("cedar.invalid/c", KeyType.MLDSA, MldsaPrivateKey(bytes(32)).public.raw)
    assert parse_vkey(key.text) == key
    line = NoteSignature(key.name, key.key_id, bytes(2428))
    data = format_note(TEXT, [sign_note(TEXT, FIRST_KEY.name, FIRST), line])
    assert open_note(data, [FIRST_KEY])[1] == (FIRST_KEY,)
    with pytest.raises(BadSignature, match=r"cedar\.invalid/c: checkpoint size"):
        open_note(data, [FIRST_KEY, key])


def test_a_key_given_twice_counts_once() -> None:
    signature = sign_note(TEXT, FIRST_KEY.name, FIRST)
    data = format_note(TEXT, [signature, signature])
    assert open_note(data, [FIRST_KEY, FIRST_KEY])[1] == (FIRST_KEY,)


GOOD_LINE = sign_note(TEXT, SECOND_KEY.name, SECOND).line


@pytest.mark.parametrize(
    "line",
    [
        GOOD_LINE[:-1],
        GOOD_LINE.replace("\u2014", "-"),
        GOOD_LINE.replace("\u2014 ", "\u2014  "),
        GOOD_LINE.replace("\u2014 ", ""),
        GOOD_LINE.replace("second ", "second  "),
        GOOD_LINE.replace("second ", "sec+nd "),
        GOOD_LINE.replace("second ", "sec\u00a0ond "),
        GOOD_LINE.replace("birch.invalid/second", ""),
        GOOD_LINE.replace("=\n", "\n"),
        GOOD_LINE.replace("\n", " \n"),
        GOOD_LINE.replace("\n", "\r\n"),
        GOOD_LINE + "\n",
        GOOD_LINE + "x",
        f"\u2014 name {b64.encode(b'1234')}\n",
        "\u2014 name\n",
        "\u2014 name AQJ=\n",
        GOOD_LINE * 64,
    ],
)
def test_a_signature_line_in_another_form_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        parse_note(replaced_line(SIGNED, line))


def test_64_signatures_are_read() -> None:
    data = format_note(TEXT, [sign_note(TEXT, f"k{number}", FIRST) for number in range(64)])
    assert len(parse_note(data).signatures) == 64


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty line"),
        (b"text\n", "empty line"),
        (b"text\n\n", "at least one line"),
        (GOOD_LINE.encode(), "empty line"),
        (b"\n" + GOOD_LINE.encode(), "empty line"),
        (b"a\tb\n\n" + GOOD_LINE.encode(), "control"),
        (b"a\0b\n\n" + GOOD_LINE.encode(), "control"),
        (b"a\r\n\n" + GOOD_LINE.encode(), "control"),
        (b"\xff\n\n" + GOOD_LINE.encode(), "not UTF-8 at byte 0"),
        (b"x" * MAX_NOTE + b"\n\n" + GOOD_LINE.encode(), "at most 1048576 bytes"),
    ],
)
def test_a_note_in_another_form_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        parse_note(data)


@pytest.mark.parametrize("text", ["", "no end", "a\tb\n", "\ud800\n", "x" * (MAX_NOTE + 1) + "\n"])
def test_a_text_that_could_not_be_read_back_is_not_signed(text: str) -> None:
    with pytest.raises(Malformed):
        sign_note(text, FIRST_KEY.name, FIRST)
    with pytest.raises(Malformed):
        format_note(text, [sign_note(TEXT, FIRST_KEY.name, FIRST)])


def test_a_note_has_at_least_one_signature() -> None:
    with pytest.raises(Malformed, match="at least one"):
        format_note(TEXT, [])


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\nb", "a\u2003b", "a\u3000b", "\x85", "a\x01", "\ud800"]
)
def test_a_name_that_a_line_cannot_carry_is_refused(name: str) -> None:
    with pytest.raises(Malformed, match="key name"):
        check_name(name)
    with pytest.raises(Malformed, match="key name"):
        sign_note(TEXT, name, FIRST)


def test_names_may_be_in_any_script() -> None:
    key = key_of("느티나무.invalid/기록", FIRST)
    assert parse_vkey(key.text) == key
    data = format_note(TEXT, [sign_note(TEXT, key.name, FIRST)])
    assert open_note(data, [key])[1] == (key,)


VKEY = FIRST_KEY.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        VKEY + "=",
        VKEY[:-1],
        VKEY.replace("first", "fist"),
        VKEY.replace(FIRST_KEY.key_id.hex(), FIRST_KEY.key_id.hex().upper()),
        VKEY.replace(FIRST_KEY.key_id.hex(), "00000000"),
        " " + VKEY,
        f"n+00000000+{b64.encode(b'')}",
        f"n+00000000+{b64.encode(bytes([2]) + bytes(32))}",
        f"n+00000000+{b64.encode(bytes([1]) + bytes(31))}",
        f"n+00000000+{b64.encode(bytes([6]) + bytes(32))}",
    ],
)
def test_another_vkey_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_vkey(text)


def test_a_vkey_whose_base64_holds_a_plus_sign_is_read() -> None:
    key = NoteKey("n", KeyType.COSIGNATURE, b"\0\0" + b"\xfb\xef\xbe" * 10)
    assert key.text.count("+") > 2
    assert parse_vkey(key.text) == key


def test_signature_lines_are_read_without_a_note() -> None:
    assert parse_signature_lines(GOOD_LINE.encode())[0].line == GOOD_LINE
    for data in (b"", b"\n", GOOD_LINE.encode()[:-1], b"\xff\n"):
        with pytest.raises(Malformed):
            parse_signature_lines(data)
