"""Whatever bytes arrive, the parser returns a value or raises RecordError.

And what it returns is written again as the same bytes: there is one spelling.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import b64, canonical
from architrave.record.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from architrave.record.cosignatures import cosign, cosigners
from architrave.record.errors import RecordError
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.notes import (
    KeyType,
    NoteKey,
    format_note,
    parse_note,
    parse_signature_lines,
    parse_vkey,
)
from architrave.record.proofs import OfflineProof, format_offline_proof, parse_offline_proof
from architrave.record.tiles import entries_path, parse_path, tile_path
from architrave.record.witness import format_add_checkpoint, parse_add_checkpoint

KEY = PrivateKey(b"\7" * 32)
LOG_KEY = NoteKey("alder.example.invalid/log/1", KeyType.NOTE, KEY.public.raw)
COSIGNER_KEY = NoteKey("birch.example.invalid/cosigner", KeyType.COSIGNATURE, KEY.public.raw)
CHECKPOINT = Checkpoint(LOG_KEY.name, 12, bytes(32))
NOTE = format_note(
    CHECKPOINT.text,
    [sign_checkpoint(CHECKPOINT, KEY), cosign(CHECKPOINT, COSIGNER_KEY.name, KEY, 1_700_000_000)],
)
LINES = NOTE[NOTE.rindex(b"\n\n") + 2 :]


def path_again(text: str) -> str:
    level, index, width = parse_path(text)
    return entries_path(index, width) if level == "entries" else tile_path(level, index, width)


def note_again(data: bytes) -> bytes:
    note = parse_note(data)
    return format_note(note.text, note.signatures)


def opened_again(data: bytes) -> bytes:
    checkpoint, note = open_checkpoint(data, LOG_KEY)
    cosigners(note, [COSIGNER_KEY])
    return format_note(checkpoint.text, note.signatures)


def lines_again(data: bytes) -> bytes:
    return "".join(signature.line for signature in parse_signature_lines(data)).encode()


BYTES: dict[str, tuple[Callable[[bytes], bytes], bytes]] = {
    "canonical": (lambda data: canonical.dump(canonical.load(data)), b'{"a":["b",1],"c":true}'),
    "note": (note_again, NOTE),
    "signature lines": (lines_again, LINES),
    "signed checkpoint": (opened_again, NOTE),
    "add-checkpoint": (
        lambda data: format_add_checkpoint(*parse_add_checkpoint(data)),
        format_add_checkpoint(7, [bytes(32)], NOTE),
    ),
    "offline proof": (
        lambda data: format_offline_proof(parse_offline_proof(data)),
        format_offline_proof(OfflineProof(3, (bytes(32),), NOTE, b"extra")),
    ),
}
TEXTS: dict[str, tuple[Callable[[str], str], str]] = {
    "base64": (lambda text: b64.encode(b64.decode(text)), "AQID"),
    "public key": (lambda text: PublicKey.parse(text).text, KEY.public.text),
    "vkey": (lambda text: parse_vkey(text).text, COSIGNER_KEY.text),
    "checkpoint": (lambda text: parse_checkpoint(text).text, CHECKPOINT.text),
    "tile path": (path_again, "tile/entries/x001/067.p/12"),
}


@st.composite
def altered_bytes(draw: st.DrawFn, good: bytes) -> bytes:
    """Bytes near to the good ones: a part replaced by a few others, or anything at all."""
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 3)))
    middle = draw(st.one_of(st.binary(max_size=3), st.sampled_from([b"\n", b"\n\n", b"0", b" "])))
    return draw(st.one_of(st.just(good[:start] + middle + good[end:]), st.binary(max_size=60)))


@st.composite
def altered_text(draw: st.DrawFn, good: str) -> str:
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 3)))
    letters = st.characters(max_codepoint=0x30FF) | st.characters(categories=["Cs", "Nd", "Zs"])
    middle = draw(st.text(letters, max_size=3))
    return draw(st.one_of(st.just(good[:start] + middle + good[end:]), st.text(letters)))


@pytest.mark.parametrize("name", BYTES)
@given(data=st.data())
def test_whatever_bytes_arrive(name: str, data: st.DataObject) -> None:
    again, good = BYTES[name]
    assert again(good) == good
    received = data.draw(altered_bytes(good))
    try:
        written = again(received)
    except RecordError:
        return
    assert written == received


@pytest.mark.parametrize("name", BYTES)
def test_every_byte_changed_and_every_cut(name: str) -> None:
    again, good = BYTES[name]
    cuts = [good[:end] for end in range(len(good))]
    changes = [
        good[:at] + bytes([other]) + good[at + 1 :]
        for at in range(len(good))
        for other in (good[at] ^ 1, good[at] ^ 0x20, 0, 0x0A, 0xFF)
    ]
    refused = 0
    for received in cuts + changes:
        try:
            assert again(received) == received
        except RecordError:
            refused += 1
    assert refused > len(cuts) // 2


@pytest.mark.parametrize("name", TEXTS)
@given(data=st.data())
def test_whatever_text_arrives(name: str, data: st.DataObject) -> None:
    again, good = TEXTS[name]
    assert again(good) == good
    received = data.draw(altered_text(good))
    try:
        written = again(received)
    except RecordError:
        return
    assert written == received
