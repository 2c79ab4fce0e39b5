from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record import b64
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.cosignatures import cosign
from architrave.record.errors import (
    BadSignature,
    Malformed,
    ProofFailed,
    RecordError,
    UnknownSigner,
)
from architrave.record.keys import PrivateKey
from architrave.record.notes import KeyType, NoteKey, format_note
from architrave.record.proofs import (
    OfflineProof,
    format_offline_proof,
    parse_offline_proof,
    verify_offline_proof,
)
from architrave.record.tree import Tree, leaf_hash

LOG = PrivateKey(b"\1" * 32)
LOG_KEY = NoteKey("alder.example.invalid/log/1", KeyType.NOTE, LOG.public.raw)
COSIGNERS = [PrivateKey(bytes([number]) * 32) for number in (2, 3)]
COSIGNER_KEYS = [
    NoteKey(f"{name}.example.invalid/cosigner", KeyType.COSIGNATURE, key.public.raw)
    for name, key in zip(["birch", "cedar"], COSIGNERS, strict=True)
]
ENTRIES = [b"entry %d" % number for number in range(11)]
TREE = Tree(map(leaf_hash, ENTRIES))
CHECKPOINT = Checkpoint(LOG_KEY.name, 11, TREE.root())
LINES = [
    sign_checkpoint(CHECKPOINT, LOG),
    *(
        cosign(CHECKPOINT, named.name, key, 1_700_000_000)
        for named, key in zip(COSIGNER_KEYS, COSIGNERS, strict=True)
    ),
]
NOTE = format_note(CHECKPOINT.text, LINES)


def proof_of(index: int) -> OfflineProof:
    return OfflineProof(index, tuple(TREE.inclusion(index, 11)), NOTE)


@pytest.mark.parametrize("index", range(11))
def test_an_entry_is_shown_to_be_in_the_log(index: int) -> None:
    proof = parse_offline_proof(format_offline_proof(proof_of(index)))
    assert verify_offline_proof(proof, ENTRIES[index], LOG_KEY, COSIGNER_KEYS) == CHECKPOINT


def test_the_bytes_of_a_proof() -> None:
    proof = OfflineProof(0, (bytes(32),), NOTE, b"\1\2")
    expected = f"c2sp.org/tlog-proof@v1\nextra AQI=\nindex 0\n{b64.encode(bytes(32))}\n\n"
    assert format_offline_proof(proof) == expected.encode() + NOTE
    assert parse_offline_proof(expected.encode() + NOTE) == proof


def test_another_entry_place_or_hash_is_refused() -> None:
    proof = proof_of(6)
    for wrong, entry in [
        (proof, ENTRIES[5]),
        (replace(proof, index=7), ENTRIES[6]),
        (replace(proof, index=11), ENTRIES[6]),
        (replace(proof, hashes=proof.hashes[:-1]), ENTRIES[6]),
        (replace(proof, hashes=proof.hashes[::-1]), ENTRIES[6]),
    ]:
        with pytest.raises(ProofFailed):
            verify_offline_proof(wrong, entry, LOG_KEY, COSIGNER_KEYS)


def test_every_cosigner_is_required() -> None:
    proof = proof_of(6)
    for missing in (1, 2):
        fewer = format_note(CHECKPOINT.text, LINES[:missing] + LINES[missing + 1 :])
        with pytest.raises(UnknownSigner, match=COSIGNER_KEYS[missing - 1].name):
            verify_offline_proof(
                replace(proof, note_bytes=fewer), ENTRIES[6], LOG_KEY, COSIGNER_KEYS
            )
    spoilt = format_note(CHECKPOINT.text, [*LINES[:2], replace(LINES[2], payload=bytes(72))])
    with pytest.raises(BadSignature):
        verify_offline_proof(replace(proof, note_bytes=spoilt), ENTRIES[6], LOG_KEY, COSIGNER_KEYS)
    with pytest.raises(ValueError, match="expected 4"):
        verify_offline_proof(proof, ENTRIES[6], LOG_KEY, [LOG_KEY])


def test_the_log_itself_must_have_signed() -> None:
    unsigned = replace(proof_of(6), note_bytes=format_note(CHECKPOINT.text, LINES[1:]))
    with pytest.raises(UnknownSigner):
        verify_offline_proof(unsigned, ENTRIES[6], LOG_KEY, COSIGNER_KEYS)


HASH_LINE = b64.encode(bytes(32)) + "\n"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 00\n\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0 \n\n",
        f"c2sp.org/tlog-proof@v1\nindex {2**63}\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nAQI=\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AQI=\n\n",
        "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nextra AQJ=\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nextra AQI=\nextra AQI=\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nextra AQI=\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH_LINE * 64}\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH_LINE[:-2]}\n\n",
        "c2sp.org/tlog-proof@v1\nindex é\n\n",
    ],
)
def test_a_proof_in_another_form_is_refused(head: str) -> None:
    with pytest.raises(Malformed):
        parse_offline_proof(head.encode() + b"note\n")


def test_a_proof_without_a_note_or_too_long_is_refused() -> None:
    for note in (b"", bytes(1 << 20) + b"\0", bytes(1 << 21)):
        with pytest.raises(Malformed):
            parse_offline_proof(b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + note)


def test_a_proof_that_would_be_refused_is_not_written() -> None:
    for wrong in (
        OfflineProof(-1, (), NOTE),
        OfflineProof(0, (b"short",), NOTE),
        OfflineProof(0, (), b""),
        OfflineProof(0, (), NOTE, b""),
    ):
        with pytest.raises(Malformed):
            format_offline_proof(wrong)


FILE = format_offline_proof(replace(proof_of(6), extra=b"for the reader"))
# `extra` is the reader's own note to itself: nothing signs it.
SIGNED_FROM = FILE.index(b"index")


@given(st.integers(SIGNED_FROM, len(FILE) - 1), st.integers(1, 255))
def test_a_file_with_any_byte_changed_is_refused(at: int, change: int) -> None:
    changed = FILE[:at] + bytes([FILE[at] ^ change]) + FILE[at + 1 :]
    with pytest.raises(RecordError):
        verify_offline_proof(parse_offline_proof(changed), ENTRIES[6], LOG_KEY, COSIGNER_KEYS)
