"""The skeleton of an act: a table for every field, and the same verdict in any past."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import get_type_hints

import act_vectors
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from life_walk import played
from world import World, load_charter

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, act_of, document_of, kind_of, name_of
from architrave.institution.admit import fold_entry
from architrave.institution.digest import shared_state
from architrave.institution.erasure import (
    CAUSES,
    MARK,
    TREATMENTS,
    Treatment,
    lasting_words,
    skeleton_of,
)
from architrave.institution.state import Institution, empty
from architrave.record import canonical
from architrave.record.keys import PublicKey
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct, Tombstone

KINDS = list(acts.KINDS.values())
PARTS = [acts.Silence, acts.Pledge, acts.Wording, acts.Point, acts.Cell]
ODD = some.text(max_size=12) | some.sampled_from(["", " ", "en", "a b", "▇▇▇▇", "0" * 64])


def of_type(kind: object) -> some.SearchStrategy:
    """Any value of a field's type, whatever the charter would say of it."""
    if kind is str:
        return ODD
    if kind is bool:
        return some.booleans()
    if kind is int:
        return some.integers(-5, 2**50)
    if kind is Position:
        return some.sampled_from(list(Position))
    if kind == acts.Text:
        return some.dictionaries(ODD, ODD, max_size=3)
    if kind == list[str]:
        return some.lists(ODD, max_size=3)
    if kind == list[acts.Pledge]:
        return some.lists(struct(acts.Pledge), max_size=3)
    if kind == list[acts.Point]:
        return some.lists(struct(acts.Point), max_size=3)
    if kind == list[acts.Cell]:
        return some.lists(struct(acts.Cell), max_size=3)
    if kind == acts.Silence | None:
        return some.none() | struct(acts.Silence)
    assert isinstance(kind, type), kind
    return struct(kind)


def struct(kind: type[msgspec.Struct]) -> some.SearchStrategy:
    return some.builds(kind, **{name: of_type(hint) for name, hint in hints(kind).items()})


def hints(kind: type) -> dict[str, object]:
    """The types of a kind's own fields, by name."""
    found = get_type_hints(kind)
    return {name: found[name] for name in kind.__struct_fields__}


def test_every_field_of_every_kind_and_part_is_in_the_table_and_nothing_else_is() -> None:
    assert set(TREATMENTS) == {*KINDS, *PARTS}
    for kind, treatments in TREATMENTS.items():
        assert set(treatments) == set(kind.__struct_fields__), kind
        types = hints(kind)
        for name, treatment in treatments.items():
            text = types[name] is str
            ids = treatment is Treatment.ID and types[name] == list[str]
            assert (treatment in (Treatment.ID, Treatment.LINE)) <= (text or ids), (kind, name)
            if text and treatment is Treatment.STAYS:
                # A commitment's own name, and nothing else, may be any text and stays.
                assert (kind, name) in {(acts.Pledge, "id"), (acts.Reported, "pledge")}


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_no_word_of_an_example_is_left(kind: type[Act]) -> None:
    act = act_vectors.example(kind)
    left = canonical.dump(document_of(skeleton_of(act))).decode()
    words = (
        "Ferry", "run", "boats sail", "Two", "few", "third", "better", "Dry", "rains", "water",
        "landing", "meet this", "papers", "imetable", "We come", "fell", "First", "Map", "surveyor",
        "court", ".pdf", ".csv",
    )  # fmt: skip
    assert not [word for word in words if word in left]
    assert act_of(document_of(skeleton_of(act))) == skeleton_of(act)


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
@settings(max_examples=40)
@given(data=some.data())
def test_a_skeleton_is_its_own_skeleton_and_can_be_erased_as_the_act_could(
    kind: type[Act], data: some.DataObject
) -> None:
    act = data.draw(struct(kind))
    bare = skeleton_of(act)
    assert skeleton_of(bare) == bare
    assert lasting_words(bare) == lasting_words(act)
    assert kind_of(bare) == kind_of(act)


def test_an_erasure_needs_one_of_two_causes() -> None:
    assert CAUSES == ("law", "mistake")


def erased(sealed: SealedAct, institution: str) -> ErasedAct:
    """What a node would show in place of an act."""
    read = read_act(sealed)
    skeleton = canonical.dump(document_of(skeleton_of(read.act)))
    signed = sealed.signed_by(PublicKey.parse(read.act.key), institution)
    return ErasedAct(Tombstone(sealed.seal, read.name, signed, skeleton))


def read_again(world: World, party: str, gone: set[bytes]) -> Institution:
    """The state of a party's record, folded with skeletons in place of some acts."""
    peer = world.peers[party]
    state = empty(world.founding, world.charter)
    for tip in peer.reader.judged:
        act = peer.reader.acts[peer.history.entry(tip).header.seal]
        if act.seal in gone:
            act = erased(act, world.founding.id)
        state, _ = fold_entry(state, peer.history, tip, act)
    return state


@given(seed=some.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_whatever_is_erased_of_a_random_history_every_verdict_and_the_state_stay(seed: int) -> None:
    draw = Random(seed)
    walk = played(load_charter(), "ESFSC", draw.randrange, 18)
    world = walk.world
    party = draw.choice(world.parties)
    peer = world.peers[party]
    seals = [
        seal
        for seal, act in peer.reader.acts.items()
        if not lasting_words(read_act(act).act) and draw.random() < 0.7
    ]
    state = read_again(world, party, set(seals))
    assert {tip: one.late for tip, one in state.refused.items()} == {
        tip: one.late for tip, one in peer.state.refused.items()
    }
    view = peer.view()
    assert shared_state(state, view) == shared_state(peer.state, view)
    alone = replace(view, cut=peer.history.final_cut(view.cut))
    assert shared_state(state, alone) == shared_state(peer.state, alone)
    names = {fact.name for facts in state.acts.values() for fact in facts}
    assert names == set(peer.state.acts)
    if seals:
        assert MARK in repr(state.acts)


def test_the_alias_and_not_the_name_tells_holders_apart() -> None:
    one = act_vectors.example(acts.Appointed)
    two = msgspec.structs.replace(one, alias="0123456789abcdef")
    assert lasting_words(one)
    assert not lasting_words(two)
    assert skeleton_of(two).holder == MARK
    assert skeleton_of(two).alias == two.alias
    assert name_of(one) != name_of(two)
