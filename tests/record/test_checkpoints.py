from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from architrave.record.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from architrave.record.cosignatures import cosign, cosigners, verify_cosignature
from architrave.record.errors import BadSignature, Malformed, UnknownSigner
from architrave.record.keys import PrivateKey
from architrave.record.notes import (
    KeyType,
    NoteKey,
    format_note,
    open_note,
    parse_note,
    sign_note,
)
from architrave.record.tree import Tree, leaf_hash

LOG = PrivateKey(b"\1" * 32)
ORIGIN = "alder.example.invalid/log/1"
LOG_KEY = NoteKey(ORIGIN, KeyType.NOTE, LOG.public.raw)
BIRCH, CEDAR = PrivateKey(b"\2" * 32), PrivateKey(b"\3" * 32)
BIRCH_KEY = NoteKey("birch.example.invalid/cosigner", KeyType.COSIGNATURE, BIRCH.public.raw)
CEDAR_KEY = NoteKey("cedar.example.invalid/cosigner", KeyType.COSIGNATURE, CEDAR.public.raw)
CHECKPOINT = Checkpoint(ORIGIN, 3, Tree(map(leaf_hash, [b"a", b"b", b"c"])).root())
SIGNED = format_note(
    CHECKPOINT.text,
    [
        sign_checkpoint(CHECKPOINT, LOG),
        cosign(CHECKPOINT, BIRCH_KEY.name, BIRCH, 1_700_000_000),
        cosign(CHECKPOINT, CEDAR_KEY.name, CEDAR, 1_700_000_007),
    ],
)


def test_a_checkpoint_comes_back_from_its_signed_note() -> None:
    assert parse_checkpoint(CHECKPOINT.text) == CHECKPOINT
    checkpoint, note = open_checkpoint(SIGNED, LOG_KEY)
    assert checkpoint == CHECKPOINT
    assert note == parse_note(SIGNED)


LINES = CHECKPOINT.text.split("\n")
ROOT = LINES[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        CHECKPOINT.text[:-1],
        CHECKPOINT.text + "\n",
        CHECKPOINT.text + "an extension line\n",
        f"{ORIGIN}\n03\n{ROOT}\n",
        f"{ORIGIN}\n+3\n{ROOT}\n",
        f"{ORIGIN}\n-3\n{ROOT}\n",
        f"{ORIGIN}\n 3\n{ROOT}\n",
        f"{ORIGIN}\n3_0\n{ROOT}\n",
        f"{ORIGIN}\n٣\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT}\n",
        f"{ORIGIN}\n3\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n3\n{ROOT[:-2]}F=\n",
        f"{ORIGIN}\n3\n{ROOT[:-4]}\n",
        f"{ORIGIN}\n3\n\n",
        f"\n3\n{ROOT}\n",
        f"two words\n3\n{ROOT}\n",
        f"{ORIGIN}\r\n3\n{ROOT}\n",
        f"\ud800\n3\n{ROOT}\n",
    ],
)
def test_another_form_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_checkpoint(text)


def test_the_largest_size_is_read() -> None:
    largest = replace(CHECKPOINT, size=2**63 - 1)
    assert parse_checkpoint(largest.text) == largest


@pytest.mark.parametrize(
    ("field", "value"),
    [("size", -1), ("size", 2**63), ("root", b""), ("root", bytes(33)), ("origin", "")],
)
def test_a_checkpoint_with_a_field_outside_its_form_is_not_made(field: str, value: Any) -> None:
    with pytest.raises(Malformed):
        replace(CHECKPOINT, **{field: value})


def test_a_checkpoint_needs_its_own_logs_signature() -> None:
    cosigned_only = format_note(CHECKPOINT.text, parse_note(SIGNED).signatures[1:])
    with pytest.raises(UnknownSigner):
        open_checkpoint(cosigned_only, LOG_KEY)
    by_another = format_note(CHECKPOINT.text, [sign_note(CHECKPOINT.text, ORIGIN, BIRCH)])
    with pytest.raises(UnknownSigner):
        open_checkpoint(by_another, LOG_KEY)
    changed = replace(CHECKPOINT, size=4)
    with pytest.raises(BadSignature):
        open_checkpoint(format_note(changed.text, [sign_checkpoint(CHECKPOINT, LOG)]), LOG_KEY)


def test_a_log_does_not_speak_for_another_origin() -> None:
    other = replace(CHECKPOINT, origin="dogwood.example.invalid/log/1")
    note = format_note(other.text, [sign_note(other.text, ORIGIN, LOG)])
    with pytest.raises(UnknownSigner, match="dogwood"):
        open_checkpoint(note, LOG_KEY)


def test_a_note_that_is_no_checkpoint_is_refused_though_the_log_signed_it() -> None:
    note = format_note("Some text.\n", [sign_note("Some text.\n", ORIGIN, LOG)])
    with pytest.raises(Malformed, match="three lines"):
        open_checkpoint(note, LOG_KEY)


def test_a_log_key_is_of_type_1_and_a_cosigner_key_of_type_4_or_6() -> None:
    with pytest.raises(ValueError, match="expected 1"):
        open_checkpoint(SIGNED, BIRCH_KEY)
    with pytest.raises(ValueError, match="expected 4 or 6"):
        verify_cosignature(CHECKPOINT.text, parse_note(SIGNED).signatures[0], LOG_KEY)


def test_cosigners_and_their_times() -> None:
    note = parse_note(SIGNED)
    both = {BIRCH_KEY.name: 1_700_000_000, CEDAR_KEY.name: 1_700_000_007}
    assert cosigners(note, [LOG_KEY, BIRCH_KEY, CEDAR_KEY]) == both
    assert cosigners(note, [CEDAR_KEY]) == {CEDAR_KEY.name: 1_700_000_007}
    assert cosigners(note, [LOG_KEY]) == {}
    assert open_note(note, [CEDAR_KEY, LOG_KEY])[1] == (LOG_KEY, CEDAR_KEY)


def test_a_cosignature_line_has_76_bytes_and_carries_its_time() -> None:
    line = cosign(CHECKPOINT, BIRCH_KEY.name, BIRCH, 0x0102030405060708)
    assert len(line.key_id + line.payload) == 76
    assert line.payload[:8] == bytes(range(1, 9))
    assert verify_cosignature(CHECKPOINT.text, line, BIRCH_KEY) == 0x0102030405060708
    message = f"cosignature/v1\ntime {0x0102030405060708}\n{CHECKPOINT.text}"
    BIRCH.public.verify(line.payload[8:], message.encode())


def test_a_cosignature_changed_in_any_byte_is_refused() -> None:
    good = cosign(CHECKPOINT, BIRCH_KEY.name, BIRCH, 1_700_000_000)
    for at in range(len(good.payload)):
        payload = bytearray(good.payload)
        payload[at] ^= 1
        bad = replace(good, payload=bytes(payload))
        with pytest.raises(BadSignature, match="birch"):
            cosigners(parse_note(format_note(CHECKPOINT.text, [bad])), [BIRCH_KEY])
    for payload_of in (good.payload[:-1], good.payload + b"\0", good.payload[8:]):
        with pytest.raises(BadSignature, match="expected 72 bytes"):
            verify_cosignature(CHECKPOINT.text, replace(good, payload=payload_of), BIRCH_KEY)
    with pytest.raises(BadSignature):
        verify_cosignature(replace(CHECKPOINT, size=4).text, good, BIRCH_KEY)
    with pytest.raises(BadSignature, match="names birch"):
        verify_cosignature(CHECKPOINT.text, good, CEDAR_KEY)


def test_a_note_signature_is_no_cosignature_and_the_other_way_round() -> None:
    as_note = NoteKey(BIRCH_KEY.name, KeyType.NOTE, BIRCH.public.raw)
    assert as_note.key_id != BIRCH_KEY.key_id
    with pytest.raises(UnknownSigner):
        open_note(SIGNED, [as_note])


def test_of_two_cosignatures_of_one_name_the_earlier_counts_and_both_must_hold() -> None:
    early, late = (cosign(CHECKPOINT, BIRCH_KEY.name, BIRCH, seconds) for seconds in (5, 9))
    for lines in ([early, late], [late, early]):
        note = parse_note(format_note(CHECKPOINT.text, lines))
        assert cosigners(note, [BIRCH_KEY]) == {BIRCH_KEY.name: 5}
    spoilt = replace(late, payload=bytes(72))
    with pytest.raises(BadSignature):
        cosigners(parse_note(format_note(CHECKPOINT.text, [early, spoilt])), [BIRCH_KEY])


@pytest.mark.parametrize("seconds", [-1, 2**64])
def test_a_time_outside_64_bits_is_a_mistake_of_the_caller(seconds: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        cosign(CHECKPOINT, BIRCH_KEY.name, BIRCH, seconds)
