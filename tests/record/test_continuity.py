"""Two checkpoints of one log: the later continues the earlier, or what shows that it does not."""

from __future__ import annotations

import functools
import itertools
from dataclasses import replace

import pytest
from exports import founding_file, usual
from hypothesis import given
from hypothesis import strategies as st
from test_audit_succession import rotated
from world import node_keys

from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.continuity import (
    Held,
    Outcome,
    SignedNote,
    compare,
    open_signed,
    split_notes,
    tidied_note,
)
from architrave.record.cosignatures import cosign
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import Malformed, OtherRecord, RecordError
from architrave.record.notes import format_note
from architrave.record.tree import EMPTY_ROOT, Tree, leaf_hash, verify_consistency

MOST = 600
FOUNDING = usual().founding
MEMBER = FOUNDING.members[0]
KEY = node_keys(FOUNDING, MEMBER.name).node


@functools.cache
def tree(face: int = 0, parting: int = 0) -> Tree:
    """A tree of MOST leaves; from leaf `parting` on those of another face differ."""
    return Tree(leaf_hash(b"%d of %d" % (n, face if n >= parting else 0)) for n in range(MOST))


def held(one: Tree, size: int = MOST, **starts: int) -> Held:
    return Held(size, one.long_consistency, starts)


def note(one: Tree, size: int) -> bytes:
    checkpoint = Checkpoint(MEMBER.origin, size, one.root(size))
    return format_note(checkpoint.text, [sign_checkpoint(checkpoint, KEY)])


def signed(one: Tree, size: int) -> SignedNote:
    return open_signed(note(one, size), FOUNDING, lambda _: MEMBER.log_key)


SIZES = st.integers(1, MOST)


@given(first=SIZES, second=SIZES)
def test_a_later_checkpoint_of_one_history_continues_the_earlier(first: int, second: int) -> None:
    found = compare(signed(tree(), first), signed(tree(), second), held(tree()))
    old, new = sorted((first, second))
    assert (found.old.checkpoint.size, found.new.checkpoint.size) == (old, new)
    assert found.outcome is (Outcome.SAME if old == new else Outcome.CONTINUES)
    assert found.convicts == b""
    if old < new:
        roots = found.old.checkpoint.root, found.new.checkpoint.root
        verify_consistency(old, new, *roots, found.proof)


@given(parting=st.integers(0, MOST - 1), first=SIZES, second=SIZES, larger=st.booleans())
def test_two_faces_part_and_leave_a_portable_proof(
    parting: int, first: int, second: int, larger: bool
) -> None:
    other = tree(7, parting)
    old, new = sorted((first, second))
    faces = (other, tree()) if larger else (tree(), other)
    found = compare(signed(faces[0], old), signed(faces[1], new), held(faces[1]))
    if old <= parting:
        assert found.outcome is (Outcome.SAME if old == new else Outcome.CONTINUES)
        return
    assert found.outcome is Outcome.PARTED
    shown = check_equivocation(found.convicts, MEMBER.log_key)
    assert [one.size for one in shown] == [old, new]


def test_a_tree_that_is_too_short_or_another_settles_nothing() -> None:
    pair = signed(tree(), 3), signed(tree(), 9)
    assert compare(*pair, held(tree(), 8)).outcome is Outcome.BEYOND
    assert compare(*pair, held(tree(7))).outcome is Outcome.ELSEWHERE


@pytest.mark.parametrize("ending", ["\n", "\r\n", "", "\n\n", " \r\n"])
def test_a_note_survives_a_form(ending: str) -> None:
    data = note(tree(), 5)
    text = data.decode().removesuffix("\n")
    if ending == "\r\n":
        text = text.replace("\n", "\r\n")
    assert tidied_note(text + ending) == data


@given(sizes=st.lists(SIZES, max_size=6), between=st.sampled_from(["", "\n", "\r\n\r\n"]))
def test_notes_that_follow_one_another_are_told_apart(sizes: list[int], between: str) -> None:
    notes = [note(tree(), size) for size in sizes]
    assert split_notes(between.join(one.decode() for one in notes)) == tuple(notes)


@given(at=st.integers(0, len(note(tree(), 5)) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused(at: int, bit: int) -> None:
    data = bytearray(note(tree(), 5))
    data[at] ^= 1 << bit
    with pytest.raises(RecordError):
        open_signed(bytes(data), FOUNDING, lambda _: MEMBER.log_key)


def test_a_cosignature_that_does_not_hold_is_refused_and_good_ones_are_told() -> None:
    other = FOUNDING.members[1]
    checkpoint = Checkpoint(MEMBER.origin, 5, tree().root(5))
    name, key = other.cosigner.name, node_keys(FOUNDING, other.name).cosigner
    own = sign_checkpoint(checkpoint, KEY)
    good = cosign(checkpoint, name, key, 1_800_000_000)
    found = open_signed(
        format_note(checkpoint.text, [own, good]), FOUNDING, lambda _: MEMBER.log_key
    )
    assert found.cosigned == {name: 1_800_000_000}
    bad = replace(good, payload=good.payload[:-1] + bytes([good.payload[-1] ^ 1]))
    with pytest.raises(RecordError, match=name):
        open_signed(format_note(checkpoint.text, [own, bad]), FOUNDING, lambda _: MEMBER.log_key)


def test_strangers_and_empty_checkpoints_are_refused() -> None:
    data = note(tree(), 5)
    with pytest.raises(OtherRecord, match="is no log of this founding"):
        open_signed(data.replace(MEMBER.origin.encode(), b"x.test/log/1"), FOUNDING, lambda _: None)
    with pytest.raises(OtherRecord, match="is not known here"):
        open_signed(data, FOUNDING, lambda _: None)
    empty = Checkpoint(MEMBER.origin, 0, EMPTY_ROOT)
    nothing = format_note(empty.text, [sign_checkpoint(empty, KEY)])
    with pytest.raises(Malformed, match="covers no line"):
        open_signed(nothing, FOUNDING, lambda _: MEMBER.log_key)


def test_across_a_succession_the_later_log_continues_the_earlier() -> None:
    world = rotated()
    second = world.founding.named(world.parties[1])
    history = world.peers[world.parties[0]].history
    peer = world.peers[world.parties[0]]
    replicas = [one for one in peer.replicas.values() if one.party == second.origin]
    assert founding_file(world)
    notes = [
        open_signed(one.note, world.founding, lambda log: peer.replicas[log].key)
        for one in replicas
    ]
    main = history.main(second.origin)
    starts = {log: one.continues.size for log, one in history.successions.items()}
    whole = Held(main.size, main.tree.long_consistency, starts)
    assert len(notes) == 3
    for old, new in itertools.pairwise(notes):
        assert compare(old, new, whole).outcome is Outcome.CONTINUES


def test_lines_that_a_succession_left_out_are_no_second_history() -> None:
    first, later = signed(tree(7, 4), 6), signed(tree(), 9)
    named = replace(later.checkpoint, origin=MEMBER.origin.replace("/log/1", "/log/2"))
    later = replace(later, checkpoint=named)
    starts = {named.origin: 4}
    assert compare(first, later, Held(MOST, tree().long_consistency, starts)).outcome is (
        Outcome.LEFT_OUT
    )
    kept = Held(MOST, tree().long_consistency, {named.origin: 6})
    assert compare(first, later, kept).outcome is Outcome.PARTED
