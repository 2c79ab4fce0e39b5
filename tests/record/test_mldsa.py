"""ML-DSA-44 beside Ed25519: once the founding names both kinds, a cosigner signs with both."""

from __future__ import annotations

import copy
import functools
import hashlib
import pickle
from dataclasses import replace

import pytest
from exports import Files, audited, export, founding_file, places, usual, written
from hypothesis import given, settings
from hypothesis import strategies as st
from world import World

from architrave.record import canonical
from architrave.record.checkpoints import Checkpoint
from architrave.record.cosignatures import cosign, cosigners, verify_cosignature
from architrave.record.errors import BadSignature, Malformed, UnknownSigner
from architrave.record.founding import read_founding, sign_founding
from architrave.record.keys import PrivateKey
from architrave.record.mldsa import MldsaPrivateKey, MldsaPublicKey
from architrave.record.notes import format_note, parse_note
from architrave.record.proofs import offline_proof, parse_offline_proof, verify_offline_proof
from architrave.record.vkeys import KeyType, NoteKey

NAME = "birch.example.invalid/cosigner"
ED25519, MLDSA = PrivateKey(b"\2" * 32), MldsaPrivateKey(b"\2" * 32)
ED25519_KEY = NoteKey(NAME, KeyType.COSIGNATURE, ED25519.public.raw)
MLDSA_KEY = NoteKey(NAME, KeyType.MLDSA, MLDSA.public.raw)
CHECKPOINT = Checkpoint("alder.example.invalid/log/1", 3, hashlib.sha256(b"a root").digest())
LINE = cosign(CHECKPOINT, NAME, MLDSA, 1_700_000_000)


@functools.cache
def both() -> World:
    """A world whose founding names both kinds, for tests that only read it."""
    return written(mldsa=True)


@functools.cache
def record() -> Files:
    return export(both(), both().parties[0])


def test_a_key_comes_from_its_seed_and_its_text() -> None:
    again = MldsaPrivateKey(b"\2" * 32)
    assert again.public == MLDSA.public
    assert MldsaPublicKey.parse(MLDSA.public.text) == MLDSA.public
    assert (len(MLDSA.public.raw), len(MLDSA.public.text)) == (1312, 1752)
    assert MldsaPrivateKey(b"\3" * 32).public != MLDSA.public


@pytest.mark.parametrize("length", [0, 31, 33, 1311, 1313])
def test_wrong_lengths_are_refused(length: int) -> None:
    with pytest.raises(Malformed, match=f"expected 1312 bytes, found {length}"):
        MldsaPublicKey(bytes(length))
    with pytest.raises(Malformed, match=f"32 bytes, found {length}"):
        MldsaPrivateKey(bytes(length))
    assert not MLDSA.public.verifies(bytes(length), b"")


def test_a_private_key_is_not_shown_and_not_copied_out() -> None:
    for shown in (repr(MLDSA), str(MLDSA)):
        assert (b"\2" * 32).hex() not in shown
        assert MLDSA.public.text[:24] in shown
    with pytest.raises(TypeError):
        pickle.dumps(MLDSA)
    with pytest.raises(TypeError):
        copy.copy(MLDSA)


def test_what_is_signed_is_the_message_of_the_specification_to_the_byte() -> None:
    message = (
        b"subtree/v1\n\0"
        + b"\x1e"
        + b"birch.example.invalid/cosigner"
        + bytes.fromhex("000000006553f100")
        + b"\x1b"
        + b"alder.example.invalid/log/1"
        + bytes(8)
        + bytes.fromhex("0000000000000003")
        + CHECKPOINT.root
    )
    assert len(LINE.key_id + LINE.payload) == 4 + 8 + 2420
    assert LINE.payload[:8] == bytes.fromhex("000000006553f100")
    assert MLDSA.public.verifies(LINE.payload[8:], message)
    assert verify_cosignature(CHECKPOINT.text, LINE, MLDSA_KEY) == 1_700_000_000


@settings(max_examples=40)
@given(at=st.integers(0, 2427), bit=st.integers(0, 7))
def test_a_cosignature_changed_in_any_byte_is_refused(at: int, bit: int) -> None:
    payload = bytearray(LINE.payload)
    payload[at] ^= 1 << bit
    with pytest.raises(BadSignature, match="not over this checkpoint and time"):
        verify_cosignature(CHECKPOINT.text, replace(LINE, payload=bytes(payload)), MLDSA_KEY)


def test_a_cosignature_covers_the_checkpoint_and_the_name_of_the_cosigner() -> None:
    for changed in (
        replace(CHECKPOINT, size=4),
        replace(CHECKPOINT, origin="alder.example.invalid/log/2"),
        replace(CHECKPOINT, root=bytes(32)),
    ):
        with pytest.raises(BadSignature):
            verify_cosignature(changed.text, LINE, MLDSA_KEY)
    other = NoteKey("cedar.example.invalid/cosigner", KeyType.MLDSA, MLDSA.public.raw)
    with pytest.raises(BadSignature):
        verify_cosignature(
            CHECKPOINT.text, replace(LINE, name=other.name, key_id=other.key_id), other
        )
    for payload in (LINE.payload[:-1], LINE.payload + b"\0", LINE.payload[:72]):
        with pytest.raises(BadSignature, match="expected 2428 bytes"):
            verify_cosignature(CHECKPOINT.text, replace(LINE, payload=payload), MLDSA_KEY)


def test_a_name_that_its_length_byte_cannot_count_is_refused() -> None:
    long = "b" * 256
    with pytest.raises(Malformed, match="at most 255 bytes"):
        cosign(CHECKPOINT, long, MLDSA, 5)
    cosign(CHECKPOINT, long, ED25519, 5)
    key = NoteKey(long, KeyType.MLDSA, MLDSA.public.raw)
    with pytest.raises(BadSignature, match="at most 255 bytes"):
        verify_cosignature(CHECKPOINT.text, replace(LINE, name=long, key_id=key.key_id), key)


def test_a_cosigner_counts_once_all_of_its_keys_have_signed_and_from_then_on() -> None:
    first, second = cosign(CHECKPOINT, NAME, ED25519, 7), cosign(CHECKPOINT, NAME, MLDSA, 9)
    keys = [ED25519_KEY, MLDSA_KEY]
    for lines in ([first, second], [second, first]):
        note = parse_note(format_note(CHECKPOINT.text, lines))
        assert cosigners(note, keys) == {NAME: 9}
        assert cosigners(note, [ED25519_KEY]) == {NAME: 7}
    for line in (first, second):
        assert cosigners(parse_note(format_note(CHECKPOINT.text, [line])), keys) == {}


# -- the founding -----------------------------------------------------------------------------


def test_a_founding_that_names_no_such_key_is_the_same_to_the_byte() -> None:
    assert b"mldsa" not in usual().founding.body
    assert [len(one.cosigners) for one in usual().founding.members] == [1, 1, 1]


def test_a_founding_names_a_key_of_each_kind_for_whoever_has_both() -> None:
    world = both()
    members = list(world.founding.members)
    members[1] = replace(members[1], mldsa_key=None)
    mixed = replace(world.founding, members=tuple(members))
    again = read_founding(sign_founding(mixed, world.party_keys))
    assert again == mixed
    assert [len(one.cosigners) for one in again.members] == [2, 1, 2]
    assert {key.name for key in again.members[0].cosigners} == {again.members[0].cosigner.name}


def test_a_founding_refuses_one_such_key_for_two_and_a_log_that_it_cannot_name() -> None:
    world = both()
    first, second, third = world.founding.members
    twice = replace(
        world.founding, members=(first, replace(second, mldsa_key=first.mldsa_key), third)
    )
    with pytest.raises(Malformed, match="stands there twice"):
        read_founding(sign_founding(twice, world.party_keys))
    domain = "d" * 230 + ".example.invalid"
    members = tuple(
        replace(one, origin=f"{one.name.lower()}.{domain}/log/1") for one in world.founding.members
    )
    long = replace(world.founding, domain=domain, demonstration=False, members=members)
    with pytest.raises(Malformed, match="longer than 240 bytes"):
        read_founding(sign_founding(long, world.party_keys))
    fields = canonical.load(sign_founding(world.founding, world.party_keys))
    assert isinstance(fields, dict)
    fields["founding"]["members"][0]["mldsa_key"] = "AAAA"  # type: ignore[index, call-overload]
    with pytest.raises(Malformed, match="1312 bytes"):
        read_founding(canonical.dump(fields))


# -- nodes ------------------------------------------------------------------------------------


def test_nodes_sign_with_both_keys_and_a_checkpoint_counts_once_all_lines_stand_there() -> None:
    world = both()
    for party in world.parties:
        for member in world.founding.members:
            note = parse_note(world.peers[party].replicas[member.origin].cosigned_note)
            others = [one for one in world.founding.members if one != member]
            lines = [(line.name, line.key_id) for line in note.signatures[1:]]
            assert lines == [(key.name, key.key_id) for one in others for key in one.cosigners]
            sizes = world.peers[party].cosigned[member.origin]
            assert set(sizes) == {one.origin for one in others}


def test_a_node_that_signs_with_one_kind_only_is_not_counted() -> None:
    world = World(mldsa=True)
    lame, other = world.parties[1], world.parties[0]
    world.peers[lame].keys = replace(world.peers[lame].keys, mldsa=None)
    world.open("TDC")
    world.settle()
    replica = world.peers[other].replicas[world.origin(other)]
    assert replica.note
    assert not replica.cosigned_note
    assert world.origin(lame) not in world.peers[other].cosigned[world.origin(other)]
    assert world.origin(world.parties[2]) in world.peers[other].cosigned[world.origin(other)]
    found = audited(export(world, other), founding_file(world))
    assert found.faults == ()
    own = next(log for log in found.logs if log.party == other)
    assert (own.cosigned_size, own.awaited) == (0, (lame,))


# -- verify -----------------------------------------------------------------------------------


def test_verify_demands_both_kinds() -> None:
    found = audited(record(), founding_file(both()))
    assert found.faults == ()
    assert all(log.cosigned_size == log.signed_size and not log.awaited for log in found.logs)
    path = f"{both().parties[0].lower()}/checkpoint"
    lines = record()[path].splitlines(keepends=True)
    assert len(lines) == 4 + 1 + 4
    for number, party in ((5, 1), (6, 1), (7, 2), (8, 2)):
        fewer = {**record(), path: b"".join(lines[:number] + lines[number + 1 :])}
        found = audited(fewer, founding_file(both()))
        assert found.faults == ()
        assert (found.logs[0].cosigned_size, found.logs[0].awaited) == (0, (both().parties[party],))


def test_lines_out_of_order_doubled_or_of_a_key_that_the_founding_does_not_name_are_faults() -> (
    None
):
    path = f"{both().parties[0].lower()}/checkpoint"
    lines = record()[path].splitlines(keepends=True)
    stranger = parse_note(record()[path]).signatures[2]
    odd = replace(stranger, key_id=bytes(4)).line.encode()
    for tail, place in (
        ([lines[6], lines[5]], "line 7"),
        ([lines[5], lines[6], lines[6]], "line 8"),
        ([lines[5], odd], "line 7"),
    ):
        found = audited({**record(), path: b"".join([*lines[:5], *tail])}, founding_file(both()))
        assert places(found) == [f"{path} {place}"]
    # A record whose founding names one kind accounts for lines of that kind only.
    plain = export(usual(), usual().parties[0])
    changed = plain[path] + lines[6]
    found = audited({**plain, path: changed}, founding_file(usual()))
    assert places(found) == [f"{path} line 8"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_byte_flipped_anywhere_in_a_checkpoint_or_the_founding_is_found(
    data: st.DataObject,
) -> None:
    party = data.draw(st.sampled_from(both().parties))
    path = data.draw(
        st.sampled_from([f"{party.lower()}/checkpoint", "founding.json", "README.txt"])
    )
    whole = record()[path]
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + bytes([whole[at] ^ 1 << data.draw(st.integers(0, 7))]) + whole[at + 1 :]
    assert audited({**record(), path: spoilt}, founding_file(both())).faults


def test_an_offline_proof_demands_both_kinds() -> None:
    world = both()
    member, other = world.founding.members[:2]
    peer = world.peers[member.name]
    branch = peer.history.main(member.origin)
    note = peer.replicas[member.origin].cosigned_note
    proof = parse_offline_proof(offline_proof(branch, branch.tips[1], note))
    entry = branch.entries[1].data
    keys = [key for one in world.founding.members[1:] for key in one.cosigners]
    assert verify_offline_proof(proof, entry, member.log_key, keys).size == branch.size
    for missing in other.cosigners:
        left = [line for line in parse_note(note).signatures if not line.names(missing)]
        fewer = replace(proof, note_bytes=format_note(parse_note(note).text, left))
        with pytest.raises(UnknownSigner, match=r"cosigner has not cosigned"):
            verify_offline_proof(fewer, entry, member.log_key, keys)
