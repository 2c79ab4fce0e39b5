"""An audit that goes on from an earlier one finds what an audit of everything finds."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import long_log
import pytest
from exports import BODY, Files, deposit, export, founding_file, release, written
from hypothesis import given, settings
from hypothesis import strategies as st
from world import World, load_charter

from architrave.institution import acts
from architrave.institution.opening import PublicReader
from architrave.peer.effects import Effect
from architrave.record.audit import Audited, audit, audit_on
from architrave.record.audit_state import AuditState, format_state, read_state
from architrave.record.edge import EdgeTree, edges_of
from architrave.record.entries import PUBLIC
from architrave.record.errors import Malformed, OtherRecord
from architrave.record.export import export_files
from architrave.record.findings import Audit
from architrave.record.history import Branch
from architrave.record.tiles import growth_from_tiles, tile_bytes, tile_path, tiles_of
from architrave.record.tree import Tree, consistency_old_root, leaf_hash
from bench.material import FolderReader, SignedActs, new_writer, write_acts
from bench.material import export as write_export


def gone_on(
    files: Files, since: AuditState | None, trusted: bytes | None = None, *, listing: bool = True
) -> Audited:
    """An audit that goes on; the state has been through its file."""
    state = read_state(format_state(since)) if since is not None else None
    listed = (lambda: list(files)) if listing else None
    return audit_on(files.get, listed, PublicReader, state, trusted)


def all_of_it(files: Files, trusted: bytes | None = None, *, listing: bool = True) -> Audit:
    return audit(files.get, (lambda: list(files)) if listing else None, PublicReader, trusted)


def state_of(files: Files, listing: bool = True) -> AuditState:
    state = gone_on(files, None, listing=listing).state
    assert state is not None
    return state


# -- a record that grows ----------------------------------------------------------------------

Step = Callable[[World, str, list[str]], None]


def public_paper(world: World, party: str, names: list[str]) -> None:
    names.append(deposit(world, party, f"public {len(names)}", ["public"]))


def sealed_paper(world: World, party: str, names: list[str]) -> None:
    names.append(deposit(world, party, f"sealed {len(names)}", world.everyone()))


def releasing(world: World, party: str, names: list[str]) -> None:
    """Something of whomever: of another party it opens nothing, and the second time nothing new."""
    if names:
        release(world, party, names[len(names) // 2])


def erasing(world: World, party: str, names: list[str]) -> None:
    """The words of the last act of this party that still has some."""
    for name in reversed(names):
        facts = world.peers[party].state.acts.get(name, ())
        gone = name in world.peers[party].state.erasures
        if facts and facts[0].party == party and not gone:
            to = ["public"] if facts[0].audience.public else world.everyone()
            world.act(party, BODY, acts.Erased, to=to, act=name, cause="mistake")
            return


def receipt(world: World, party: str, names: list[str]) -> None:
    effects: list[Effect] = []
    world.peers[party].write(effects, None, None)
    world.perform(party, effects)


def repeating(world: World, party: str, names: list[str]) -> None:
    """The seal of an act that this party reads, once more and as if public, in its own book."""
    held = [act for _, act in sorted(world.peers[party].reader.acts.items())]
    held = [act for act in held if hasattr(act, "data") and b'"public"' in act.data]
    if held:
        effects: list[Effect] = []
        world.peers[party].write(effects, held[len(names) % len(held)], PUBLIC)
        world.perform(party, effects)


def delegating(world: World, party: str, names: list[str]) -> None:
    world.seat(party, BODY, f"holder {len(names)}")
    names.append(deposit(world, party, "of the new holder", ["public"]))


def away(world: World, party: str, names: list[str]) -> None:
    """A line of this party reaches one other only, until everybody is heard again."""
    others = [one for one in world.parties if one != party]
    world.cut = {(party, others[1]), (others[0], others[1])}
    receipt(world, party, names)
    world.settle(2)
    world.cut = set()


STEPS: list[Step] = [
    public_paper,
    sealed_paper,
    releasing,
    erasing,
    receipt,
    repeating,
    delegating,
    away,
]


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_whatever_happens_between_two_audits_both_ways_find_the_same(data: st.DataObject) -> None:
    world, names = written(), list[str]()
    trusted = founding_file(world)
    party = data.draw(st.sampled_from(world.parties))
    states: dict[bool, AuditState | None] = {True: None, False: None}
    for _ in range(data.draw(st.integers(2, 5))):
        for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=4)):
            step(world, data.draw(st.sampled_from(world.parties)), names)
        if data.draw(st.booleans()):
            world.settle(data.draw(st.integers(1, 4)))
        files = export(world, party)
        for listing, since in states.items():
            found = gone_on(files, since, trusted, listing=listing)
            assert found.found == all_of_it(files, trusted, listing=listing)
            if found.state is not None:
                assert format_state(found.state) == format_state(state_of(files, listing))
                states[listing] = found.state


def test_what_bears_on_earlier_acts_has_everything_read_again() -> None:
    for step in (releasing, erasing, repeating):
        world, names = written(), list[str]()
        first = world.parties[0]
        sealed_paper(world, first, names)
        public_paper(world, first, names)
        world.settle()
        since = state_of(export(world, first))
        step(world, first, names)
        world.settle()
        found = gone_on(export(world, first), since)
        assert not found.taken_over, step
        # What comes next is gone on with again.
        receipt(world, first, names)
        world.settle()
        assert gone_on(export(world, first), found.state).taken_over


# -- long logs --------------------------------------------------------------------------------


@functools.cache
def branches(size: int = 560) -> dict[str, Branch]:
    return {name: long_log.branch_of(name, size) for name in long_log.NAMES}


def long_export(alder: int, birch: int, cosigned: int) -> Files:
    """Two logs of these sizes; of the first, `cosigned` entries are cosigned by the second."""
    held = branches()
    notes = {
        "Alder": [
            long_log.note_of(held["Alder"], cosigned, "Birch"),
            long_log.note_of(held["Alder"], alder),
        ],
        "Birch": [long_log.note_of(held["Birch"], birch, "Alder")],
    }
    cut = {name: held[name].prefix(size) for name, size in (("Alder", alder), ("Birch", birch))}
    return dict(export_files(long_log.record_of(cut, notes)))


sizes = st.one_of(st.integers(1, 560), st.sampled_from([255, 256, 257, 511, 512, 513]))


@pytest.mark.slow
@given(st.lists(sizes, min_size=2, max_size=4), sizes, st.data())
@settings(max_examples=12, deadline=None)
def test_any_sizes_can_follow_each_other(grown: list[int], birch: int, data: st.DataObject) -> None:
    since = None
    for size in sorted(grown):
        cosigned = data.draw(st.integers(1, size))
        files = long_export(size, birch, cosigned)
        found = gone_on(files, since, long_log.FOUNDING_FILE)
        assert found.found == long_log.audited(files)
        assert found.found.faults == ()
        assert found.state is not None
        assert format_state(found.state) == format_state(state_of(files))
        since = found.state


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_change_behind_the_split_is_found_in_the_same_words(data: st.DataObject) -> None:
    small, large = sorted(data.draw(st.lists(sizes, min_size=2, max_size=2, unique=True)))
    old, new = long_export(small, 300, 1), long_export(large, 300, 1)
    since = state_of(old)
    path = data.draw(st.sampled_from([path for path in new if new[path] != old.get(path)]))
    held = bytearray(new[path])
    held[data.draw(st.integers(0, len(held) - 1))] ^= data.draw(st.integers(1, 255))
    for spoilt in ({**new, path: bytes(held)}, {**new, path: b""}, _without(new, path)):
        found = gone_on(spoilt, since, long_log.FOUNDING_FILE)
        assert found.found == long_log.audited(spoilt)
        assert found.found.faults
        assert (found.state, found.taken_over) == (None, {})


@pytest.mark.slow
@given(st.data())
@settings(max_examples=12, deadline=None)
def test_a_change_before_the_split_is_seen_without_a_state(data: st.DataObject) -> None:
    small, large = data.draw(st.integers(300, 500)), 560
    old, new = long_export(small, 300, small), long_export(large, 300, large)
    path = data.draw(
        st.sampled_from([one for one in new if "alder/tile/" in one and new[one] == old.get(one)])
    )
    held = bytearray(new[path])
    held[data.draw(st.integers(0, len(held) - 1))] ^= data.draw(st.integers(1, 255))
    spoilt = {**new, path: bytes(held)}
    found = gone_on(spoilt, state_of(old), long_log.FOUNDING_FILE)
    # Nothing of that file was read: it says so, and whoever reads all of it finds the change.
    assert found.taken_over == {"Alder": small, "Birch": 300}
    assert found.found.faults == ()
    assert any(one.place.startswith(path) for one in long_log.audited(spoilt).faults)


def test_a_file_read_before_that_is_gone_is_missed_where_files_are_listed() -> None:
    old, new = long_export(400, 300, 1), long_export(500, 300, 1)
    spoilt = _without(new, "alder/tile/entries/000")
    found = gone_on(spoilt, state_of(old), long_log.FOUNDING_FILE)
    assert found.found == long_log.audited(spoilt)
    assert [fault.place for fault in found.found.faults] == ["alder/tile/entries/000"]


def test_another_history_is_a_fault_however_well_it_is_signed() -> None:
    size = 300
    for changed_at in (10, 290):  # in a bundle that is not read again, and in one that is
        since = state_of(long_export(size, 300, 1))
        other = long_log.branch_of("Alder", changed_at)
        liar = long_log.key("Alder", "node")
        for n in range(changed_at, 320):
            long_log.append_receipt(other, n, liar, 1_900_000_000_000 + n)
        held = {"Alder": other, "Birch": branches()["Birch"].prefix(300)}
        notes = {
            "Alder": [long_log.note_of(other, 320, "Birch")],
            "Birch": [long_log.note_of(held["Birch"], 300, "Alder")],
        }
        files = dict(export_files(long_log.record_of(held, notes)))
        assert long_log.audited(files).faults == ()
        found = gone_on(files, since, long_log.FOUNDING_FILE)
        assert [fault.place for fault in found.found.faults] == ["alder/checkpoint"]
        assert "others than those that were audited before" in found.found.faults[0].message
        assert found.state is None
        assert b"alder" in since.logs[0].note  # what Alder signed then is at hand


def _without(files: Files, path: str) -> Files:
    return {one: data for one, data in files.items() if one != path}


# -- what is refused --------------------------------------------------------------------------


def test_an_older_record_is_refused() -> None:
    since = state_of(long_export(500, 300, 1))
    with pytest.raises(OtherRecord, match="the record here has 400: this record is older"):
        gone_on(long_export(400, 300, 1), since)


def test_a_record_of_others_is_refused() -> None:
    world = World(load_charter("src/architrave/sim/rivers.toml"))
    world.open("BASIN")
    world.settle()
    with pytest.raises(OtherRecord, match="this record is of"):
        gone_on(export(world, world.parties[0]), state_of(long_export(3, 3, 1)))


@given(st.data())
def test_a_damaged_state_is_refused(data: st.DataObject) -> None:
    whole = format_state(state_of(long_export(300, 300, 1)))
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    for one in (spoilt, whole[:at], whole + b"\n"):
        with pytest.raises(Malformed):
            read_state(one)


# -- the parts --------------------------------------------------------------------------------


@functools.cache
def big_tree() -> Tree:
    return Tree(leaf_hash(number.to_bytes(4, "big")) for number in range(70_000))


@given(
    st.integers(0, 273).map(lambda number: number * 256),
    st.integers(0, 600),
    st.integers(0, 600),
)
@settings(deadline=None)
def test_a_tree_is_gone_on_with_from_its_edges(first: int, more: int, between: int) -> None:
    tree = big_tree()
    size = min(len(tree), first + more)
    grown = EdgeTree(first, edges_of(tree, first + between % 256 if first else first))
    grown.extend(tree.leaf(index) for index in range(first, size))
    assert len(grown) == size
    for one in {first, size, min(size, first + between)}:
        assert grown.root(one) == tree.root(one)
    for level, index, width in tiles_of(size, first):
        assert tile_bytes(grown, level, index, width) == tile_bytes(tree, level, index, width)
    assert edges_of(grown, size) == edges_of(tree, size)
    if first:
        with pytest.raises(IndexError):
            grown.leaf(first - 1)
        with pytest.raises(IndexError):
            grown.root(first - 1)


@given(st.integers(1, 3_000), st.integers(1, 3_000), st.integers(0, 500))
def test_growth_is_proved_from_tiles(one: int, other: int, more: int) -> None:
    tree = big_tree()
    old, new = sorted((one, other))
    size = new + more
    tiles = {tile_path(*tile): tile_bytes(tree, *tile) for tile in tiles_of(size)}
    proof = growth_from_tiles(old, new, size, tiles.get)
    assert proof == tree.long_consistency(old, new)
    assert consistency_old_root(old, new, tree.root(new), proof) == tree.root(old)


def test_the_edges_of_another_size_are_refused() -> None:
    edges = edges_of(big_tree(), 512)
    for first in (0, 256, 768, 65_536, 100):
        with pytest.raises(Malformed):
            EdgeTree(first, edges)


def test_what_is_read_again_does_not_grow_with_what_was_read_before(tmp_path: Path) -> None:
    """Files opened, of logs of mixed acts and claims, by an audit of a few more entries."""

    def opened(before: int) -> int:
        writer = new_writer()
        write_acts(writer, before)
        write_export(writer, tmp_path / f"{before} old")
        write_acts(writer, before + 60)
        write_export(writer, tmp_path / f"{before} new")
        old, new = (FolderReader(tmp_path / f"{before} {one}") for one in ("old", "new"))
        since = audit_on(old, old.listed, SignedActs, None).state
        paths: list[str] = []

        def read(path: str) -> bytes | None:
            paths.append(path)
            return new(path)

        found = audit_on(read, new.listed, SignedActs, since)
        assert found.taken_over
        assert found.found == audit(new, new.listed, SignedActs)
        return len([one for one in paths if re.search("/tile/|acts/", one)])

    assert opened(2_400) < 1.3 * opened(1_200)
