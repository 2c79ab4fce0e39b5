"""What is published: one shape for the folder and for the web, under the best note there is."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from exports import CHARTER, audited, export, founding_file, two_faced, usual, usual_export
from hypothesis import given
from hypothesis import strategies as st
from long_log import FOUNDING, branch_of, files_of, key, note_of, record_of
from long_log import audited as audited_long

from architrave.node.files import entry_proof, published, record_file
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.errors import ProofFailed, UnknownSigner
from architrave.record.export import Published, export_files, publish_log, published_file
from architrave.record.history import Branch
from architrave.record.notes import format_note, parse_note
from architrave.record.proofs import offline_proof, parse_offline_proof, verify_offline_proof
from architrave.record.tiles import decode_bundle
from architrave.record.tree import leaf_hash

PARTIES = usual().parties


def record() -> Published:
    return published(usual().peers[PARTIES[0]], CHARTER, founding_file(usual()))


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("party", PARTIES)
def test_the_web_serves_each_file_of_the_export(party: str) -> None:
    peer, text = usual().peers[party], CHARTER.decode()
    for path, data in usual_export(party).items():
        assert record_file(peer, text, founding_file(usual()), path) == data


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "node.json",
        "keys/node.key",
        "../founding.json",
        "acts/",
        "acts/00",
        "acts/zz",
        "acts/" + "0" * 64,
        "proofs/",
        "proofs/elm.json",
        f"proofs/{PARTIES[0].lower()}.json",
        PARTIES[0].lower(),
        f"{PARTIES[0].lower()}/",
        f"{PARTIES[0].lower()}/checkpoint.signed",
        f"{PARTIES[0]}/checkpoint",
        f"{PARTIES[0].lower()}/tile/0/000",
        f"{PARTIES[0].lower()}/tile/0/000.p/9",
        f"{PARTIES[0].lower()}/tile/1/000.p/1",
        f"{PARTIES[0].lower()}/tile/entries/000.p/9",
        f"{PARTIES[0].lower()}/tile/entries/x999/x999/x999/x999/x999/x999/999",
    ],
)
def test_nothing_else_lies_there(path: str) -> None:
    assert published_file(record(), path) is None


@given(st.text(max_size=60))
def test_any_path_has_an_answer(path: str) -> None:
    data = published_file(record(), path)
    assert data is None or data == usual_export(PARTIES[0])[path]


def test_upper_case_seals_name_nothing() -> None:
    path = next(path for path in usual_export(PARTIES[0]) if path.startswith("acts/"))
    assert published_file(record(), "acts/" + path[5:].upper()) is None


def test_bundles_and_tiles_of_earlier_sizes_are_still_served() -> None:
    folder = PARTIES[0].lower()
    whole = usual_export(PARTIES[0])[f"{folder}/tile/0/000.p/8"]
    for width in range(1, 8):
        assert published_file(record(), f"{folder}/tile/0/000.p/{width}") == whole[: 32 * width]
        assert published_file(record(), f"{folder}/tile/entries/000.p/{width}")


# -- notes ------------------------------------------------------------------------------------


@functools.cache
def logs() -> tuple[Branch, Branch]:
    return branch_of("Alder", 9), branch_of("Birch", 4)


def shown(*notes: bytes) -> tuple[str, str, int]:
    """The sizes of the two notes shown, as text, and the size of the log."""
    branch, _ = logs()
    log = publish_log(FOUNDING.named("Alder"), FOUNDING, branch, list(notes))
    sizes = [
        note.split(b"\n")[1].decode() if note else "-" for note in (log.checkpoint, log.signed)
    ]
    return sizes[0], sizes[1], log.size


def test_the_newest_checkpoint_that_all_cosigned_comes_first() -> None:
    branch, _ = logs()
    three, five, nine = (note_of(branch, size, "Birch") for size in (3, 5, 9))
    bare = note_of(branch, 9)
    assert shown(three, five) == ("5", "-", 5)
    assert shown(bare, three, five) == ("5", "9", 9)
    assert shown(bare, nine, five) == ("9", "-", 9)
    assert shown(bare) == ("9", "-", 9)
    assert shown() == ("-", "-", 0)
    assert shown(b"", b"no note") == ("-", "-", 0)


def test_a_note_that_does_not_fit_what_is_held_is_not_shown() -> None:
    branch, _ = logs()
    longer, other = branch_of("Alder", 12), branch_of("Birch", 4)
    assert shown(note_of(longer, 12, "Birch")) == ("-", "-", 0)
    assert shown(note_of(other, 4, "Alder")) == ("-", "-", 0)
    assert shown(note_of(longer, 12, "Birch"), note_of(branch, 5)) == ("5", "-", 5)


def test_lines_that_nobody_accounts_for_are_left_out() -> None:
    branch, _ = logs()
    early = parse_note(note_of(branch, 9, "Birch", seconds=1_800_000_000))
    late = parse_note(note_of(branch, 9, "Birch", seconds=1_800_000_060))
    own, first, second = early.signatures[0], early.signatures[1], late.signatures[1]
    stranger = replace(first, name="elm.demo.invalid/cosigner")
    spoilt = replace(first, payload=bytes(72))
    muddle = format_note(early.text, [stranger, spoilt, first, own, second, own])
    member = FOUNDING.named("Alder")
    log = publish_log(member, FOUNDING, branch, [muddle])
    assert log.checkpoint == format_note(early.text, [own, second])


def test_a_log_without_a_checkpoint_is_left_out_and_missed() -> None:
    branches = {"Alder": branch_of("Alder", 9), "Birch": branch_of("Birch", 4)}
    notes = {"Alder": [note_of(branches["Alder"], 9, "Birch")], "Birch": []}
    files = dict(export_files(record_of(branches, notes)))
    assert not [path for path in files if path.startswith("birch/")]
    assert [fault.place for fault in audited_long(files).faults] == ["birch/checkpoint"]


# -- many tiles -------------------------------------------------------------------------------


@functools.cache
def long_files() -> dict[str, bytes]:
    return files_of(600, 4)


def test_a_log_of_several_tiles_is_good() -> None:
    files = long_files()
    assert {path for path in files if path.startswith("alder/")} == {
        "alder/checkpoint",
        *(f"alder/tile/{kind}/{n}" for kind in ("0", "entries") for n in ("000", "001")),
        *(f"alder/tile/{kind}/002.p/88" for kind in ("0", "entries")),
        "alder/tile/1/000.p/2",
    }
    found = audited_long(files)
    assert found.faults == ()
    assert [log.cosigned_size for log in found.logs] == [600, 4]


@pytest.mark.slow
@given(st.data())
def test_any_changed_byte_of_a_long_log_is_noticed(data: st.DataObject) -> None:
    files = long_files()
    path = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[path]) - 1))
    byte = files[path][at] ^ (1 << data.draw(st.integers(0, 7)))
    spoilt = files[path][:at] + bytes([byte]) + files[path][at + 1 :]
    found = audited_long({**files, path: spoilt})
    assert any(fault.place.startswith(path) for fault in found.faults)


def test_an_entry_of_the_second_bundle_is_named_by_its_place_in_the_log() -> None:
    files = long_files()
    path = "alder/tile/entries/001"
    at = files[path].index(b'"n":300,') + 6
    spoilt = files[path][:at] + b"1" + files[path][at + 1 :]
    assert [fault.place for fault in audited_long({**files, path: spoilt}).faults] == [
        f"{path} entry 300"
    ]


def test_entry_and_tile_changed_together_are_still_noticed() -> None:
    files, other = long_files(), files_of(601, 4)
    forged = {
        **files,
        **{path: data for path, data in other.items() if path in files and "/tile/" in path},
    }
    assert audited_long(forged).faults == ()  # the longer log begins with the shorter one
    path = "alder/tile/entries/001"
    at = files[path].index(b'"n":300,') + 6
    spoilt = files[path][:at] + b"1" + files[path][at + 1 :]
    leaves = b"".join(leaf_hash(entry) for entry in decode_bundle(spoilt, 256))
    found = audited_long({**files, path: spoilt, "alder/tile/0/001": leaves})
    assert [(fault.place, fault.message) for fault in found.faults] == [
        ("alder/checkpoint", "the entries here lead to another root.")
    ]


def test_a_signed_size_beyond_all_measure_is_read_to_the_first_missing_file() -> None:
    checkpoint = Checkpoint(FOUNDING.named("Alder").origin, 2**62, bytes(32))
    note = format_note(checkpoint.text, [sign_checkpoint(checkpoint, key("Alder", "node"))])
    found = audited_long({**long_files(), "alder/checkpoint": note})
    places = [fault.place for fault in found.faults]
    assert "alder/tile/entries/002" in places
    assert not found.logs[0].sound


# -- proofs of single entries -----------------------------------------------------------------


@pytest.mark.parametrize("party", PARTIES)
def test_every_entry_has_an_offline_proof_that_all_cosigned(party: str) -> None:
    world = usual()
    peer = world.peers[PARTIES[0]]
    member = world.founding.named(party)
    others = [one.cosigner for one in world.founding.members if one != member]
    branch = peer.history.main(member.origin)
    for tip, entry in zip(branch.tips, branch.entries, strict=True):
        proof = parse_offline_proof(entry_proof(peer, tip))
        checkpoint = verify_offline_proof(proof, entry.data, member.log_key, others)
        assert (proof.index, checkpoint.size) == (tip.size - 1, branch.size)


def test_an_entry_that_not_all_have_cosigned_is_proved_by_its_own_log() -> None:
    world = two_faced()
    peer = world.peers[PARTIES[1]]
    member = world.founding.named(PARTIES[0])
    others = [one.cosigner for one in world.founding.members if one != member]
    branch = peer.history.main(member.origin)
    proof = parse_offline_proof(entry_proof(peer, branch.tips[-1]))
    entry = branch.entries[-1].data
    assert verify_offline_proof(proof, entry, member.log_key, []).size == branch.size
    with pytest.raises(UnknownSigner):
        verify_offline_proof(proof, entry, member.log_key, others)
    # Of the other history there is no note to prove it with.
    twin = peer.history.branches[member.origin][1]
    with pytest.raises(ProofFailed, match="not held on this branch"):
        entry_proof(peer, twin.tips[-1])


def test_a_proof_is_made_only_under_a_checkpoint_that_covers_the_entry() -> None:
    branch, other = branch_of("Alder", 9), branch_of("Birch", 4)
    assert offline_proof(branch, branch.tips[4], note_of(branch, 5, "Birch"))
    with pytest.raises(ProofFailed, match="covers 5 entries only"):
        offline_proof(branch, branch.tips[5], note_of(branch, 5, "Birch"))
    with pytest.raises(ProofFailed, match="not one of this branch"):
        offline_proof(branch, branch.tips[0], note_of(other, 4))
    with pytest.raises(ProofFailed, match="not one of this branch"):
        offline_proof(branch, branch.tips[0], note_of(branch_of("Alder", 12), 12))
    with pytest.raises(ProofFailed, match="not held on this branch"):
        offline_proof(branch, other.tips[0], note_of(branch, 5))


def test_the_export_of_a_forked_log_is_the_history_that_was_held_first() -> None:
    world = two_faced()
    liar = PARTIES[0].lower()
    left, right = (export(world, party) for party in PARTIES[1:])
    path = f"{liar}/tile/entries/000.p/5"
    assert left[path] != right[path]
    assert f"proofs/{liar}.json" in left
    assert f"proofs/{liar}.json" in right
    assert not audited(left).logs[0].sound
