"""An export holds together, and nothing in it can be changed, added or taken away unnoticed."""

from __future__ import annotations

import base64
import re

import pytest
from exports import (
    BODY,
    Files,
    act_holding,
    audited,
    deposit,
    export,
    founding_file,
    places,
    release,
    two_faced,
    usual,
    usual_export,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from world import World, load_charter, seed

from architrave.peer.effects import Effect
from architrave.record.entries import PUBLIC
from architrave.record.errors import RecordError
from architrave.record.layout import README
from architrave.record.sealing import SealedAct, sign_act

PARTIES = usual().parties
TRUSTED = founding_file(usual())
PATHS = sorted(usual_export(PARTIES[0]))


def changed(files: Files, path: str, data: bytes | None) -> Files:
    """A copy with one file replaced, or removed."""
    others = {one: held for one, held in files.items() if one != path}
    return others if data is None else {**others, path: data}


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("listing", [True, False], ids=["folder", "web"])
def test_an_untouched_export_is_good(party: str, listing: bool) -> None:
    found = audited(usual_export(party), TRUSTED, listing=listing)
    assert found.faults == ()
    assert found.trusted
    assert found.demonstration
    assert [log.party for log in found.logs] == PARTIES
    for log in found.logs:
        assert log.sound
        assert log.signed_size == log.cosigned_size == log.receipts + log.acts
        assert log.awaited == ()
        assert set(log.cosigners) == set(PARTIES) - {log.party}
    sealed = {log.party: log.sealed_acts for log in found.logs}
    # Two acts on offices and keys each; the first sealed one for two, the third one for all, and
    # the second released what it had sealed.
    assert sealed == {PARTIES[0]: 3, PARTIES[1]: 2, PARTIES[2]: 3}


def test_all_nodes_export_the_same_record() -> None:
    exports = [usual_export(party) for party in PARTIES]
    for path in PATHS:
        if not path.endswith("/checkpoint"):  # its cosignatures are as new as the last refresh seen
            assert len({files[path] for files in exports}) == 1, path


def test_without_a_trusted_founding_it_is_said_that_nothing_was_trusted() -> None:
    found = audited(usual_export(PARTIES[0]))
    assert (found.faults, found.trusted) == ((), False)


def test_a_founding_of_others_is_not_the_trusted_one() -> None:
    other = World(load_charter("src/architrave/sim/rivers.toml"))
    found = audited(usual_export(PARTIES[0]), founding_file(other))
    assert places(found) == ["founding.json"]
    assert "the trusted one is" in found.faults[0].message
    with pytest.raises(RecordError):
        audited(usual_export(PARTIES[0]), b"{}")


def test_a_demonstration_says_so_everywhere() -> None:
    files = usual_export(PARTIES[0])
    assert files[README].startswith(b"DEMO: ")
    for path, data in files.items():
        if "/checkpoint" in path or "/tile/entries/" in path:
            assert b"demo.invalid" in data, path


# -- one byte ---------------------------------------------------------------------------------


@pytest.mark.slow
@given(st.data())
@settings(max_examples=200)
def test_any_changed_byte_is_noticed_in_its_own_file(data: st.DataObject) -> None:
    files = usual_export(data.draw(st.sampled_from(PARTIES)))
    path = data.draw(st.sampled_from(PATHS))
    held = files[path]
    at = data.draw(st.integers(0, len(held) - 1))
    byte = held[at] ^ data.draw(st.integers(1, 255))
    spoilt = changed(files, path, held[:at] + bytes([byte]) + held[at + 1 :])
    for trusted in (TRUSTED, None):
        found = audited(spoilt, trusted)
        assert any(place.startswith(path) for place in places(found)), found.faults


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path != "charter.toml" and path != README]
)
def test_every_byte_is_looked_at(path: str) -> None:
    files = usual_export(PARTIES[0])
    held = files[path]
    for at in range(0, len(held), 1 + len(held) // 120):
        byte = held[at] ^ (1 << at % 8)
        spoilt = changed(files, path, held[:at] + bytes([byte]) + held[at + 1 :])
        assert any(place.startswith(path) for place in places(audited(spoilt, TRUSTED))), at


@given(st.data())
def test_whatever_lies_there_is_a_finding_and_no_crash(data: st.DataObject) -> None:
    files = dict(usual_export(PARTIES[0]))
    for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3, unique=True)):
        held = files[path]
        at = data.draw(st.integers(0, len(held)))
        files[path] = held[:at] + data.draw(st.binary(max_size=40)) + held[at:][1:]
    for listing in (True, False):
        found = audited(files, None, listing=listing)
        assert found.faults or files == usual_export(PARTIES[0])


PADDED = re.compile(rb"[A-Za-z0-9+/]{6,}={1,2}")
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def other_spellings(text: bytes) -> list[bytes]:
    """Base64 texts of the same value that differ in the bits that nobody needs."""
    body = text.rstrip(b"=")
    ends = [body[:-1] + bytes([letter]) + text[len(body) :] for letter in ALPHABET]
    value = base64.b64decode(text)
    return [one for one in ends if one != text and base64.b64decode(one) == value]


@pytest.mark.parametrize("path", [path for path in PATHS if path != "charter.toml"])
def test_the_unused_bits_of_base64_are_looked_at(path: str) -> None:
    files = usual_export(PARTIES[0])
    held = files[path]
    if path == "founding.json" or path.endswith(("/checkpoint", "/entries/000.p/8")):
        assert PADDED.search(held)
    for match in PADDED.finditer(held):
        for other in other_spellings(match.group()):
            spoilt = changed(files, path, held[: match.start()] + other + held[match.end() :])
            found = audited(spoilt, TRUSTED)
            assert any(place.startswith(path) for place in places(found)), match.group()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("how", ["emptied", "cut", "lengthened"])
def test_a_file_of_another_length_is_noticed(path: str, how: str) -> None:
    files = usual_export(PARTIES[0])
    held = files[path]
    data = {"emptied": b"", "cut": held[:-1], "lengthened": held + b"\n"}[how]
    found = audited(changed(files, path, data), TRUSTED)
    assert any(place.startswith(path) for place in places(found))


def test_a_changed_entry_is_named_by_its_place_in_the_log() -> None:
    files = usual_export(PARTIES[1])
    path = next(path for path in PATHS if path.startswith(f"{PARTIES[1].lower()}/tile/entries/"))
    at = files[path].rindex(b'"v":1') + 4
    spoilt = changed(files, path, files[path][:at] + b"2" + files[path][at + 1 :])
    found = audited(spoilt, TRUSTED)
    last = usual().peers[PARTIES[0]].history.main(usual().origin(PARTIES[1])).size - 1
    assert places(found) == [f"{path} entry {last}"]
    assert "not the entry that the checkpoint covers" in found.faults[0].message


# -- files that are missing, added or moved ---------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("listing", [True, False], ids=["folder", "web"])
def test_a_missing_file_is_noticed(path: str, listing: bool) -> None:
    files = changed(usual_export(PARTIES[0]), path, None)
    found = audited(files, TRUSTED, listing=listing)
    released = [one for one in found.remarks if "releases the act" in one.message]
    # The text of a released act is the one thing that may be left out: its release then says so.
    assert any(place.startswith(path) for place in places(found)) or (
        path.startswith("acts/") and released and found.faults == ()
    )


@pytest.mark.parametrize(
    "path",
    [
        "notes.txt",
        ".hidden",
        "acts/readme",
        "acts/" + "0" * 64,
        "acts/" + "A" * 64,
        f"{PARTIES[0].lower()}/checkpoint.old",
        f"{PARTIES[0].lower()}/tile/0/001",
        f"{PARTIES[0].lower()}/tile/0/000.p/1",
        f"{PARTIES[0].lower()}/tile/entries/000",
        f"{PARTIES[0].lower()}/tile/1/000",
        "proofs/nobody.json",
        "elm/checkpoint",
    ],
)
def test_an_added_file_is_noticed(path: str) -> None:
    found = audited(changed(usual_export(PARTIES[0]), path, b"more"), TRUSTED)
    assert places(found) == [path]


def test_a_later_checkpoint_or_a_proof_that_shows_nothing_is_a_fault() -> None:
    folder = PARTIES[0].lower()
    files = usual_export(PARTIES[0])
    for path in (f"{folder}/checkpoint.signed", f"proofs/{folder}.json"):
        assert places(audited(changed(files, path, b"more"), TRUSTED)) == [path]


@pytest.mark.parametrize("path", PATHS)
def test_two_files_of_one_kind_cannot_change_places(path: str) -> None:
    files = usual_export(PARTIES[0])
    kind = re.sub(r"[0-9a-f]{64}|^[a-z]{3}(?=/)|[0-9]+$", "", path)
    for other in PATHS:
        same = re.sub(r"[0-9a-f]{64}|^[a-z]{3}(?=/)|[0-9]+$", "", other) == kind
        if same and files[other] != files[path]:
            spoilt = {**files, path: files[other], other: files[path]}
            found = places(audited(spoilt, TRUSTED))
            assert any(place.startswith((path, other)) for place in found)


# -- cosignatures -----------------------------------------------------------------------------


def note_lines(files: Files, party: str) -> tuple[str, list[bytes]]:
    path = f"{party.lower()}/checkpoint"
    return path, files[path].splitlines(keepends=True)


def test_a_dropped_cosignature_is_no_fault_and_lowers_the_size_cosigned_by_all() -> None:
    files = usual_export(PARTIES[0])
    path, lines = note_lines(files, PARTIES[2])
    found = audited(changed(files, path, b"".join(lines[:-1])), TRUSTED)
    assert found.faults == ()
    log = found.logs[2]
    assert (log.cosigned_size, log.awaited, log.cosigners) == (0, (PARTIES[1],), (PARTIES[0],))
    assert log.signed_size > 0


def test_cosignatures_that_are_swapped_doubled_or_of_strangers_are_faults() -> None:
    files = usual_export(PARTIES[0])
    path, lines = note_lines(files, PARTIES[2])
    _, of_others = note_lines(files, PARTIES[0])
    stranger = "\u2014 elm.demo.invalid/cosigner AAAAAAAAAAAA\n".encode()
    for tail, place in [
        ([lines[6], lines[5]], "line 7"),
        ([lines[5], lines[6], lines[6]], "line 8"),
        ([lines[5], lines[5], lines[6]], "line 7"),
        ([lines[5], lines[6], stranger], "line 8"),
        ([lines[5], of_others[5]], "line 7"),
        ([of_others[6], lines[6]], "line 6"),
    ]:
        found = audited(changed(files, path, b"".join([*lines[:5], *tail])), TRUSTED)
        assert places(found)[0] == f"{path} {place}", tail


def test_the_logs_own_signature_comes_first() -> None:
    files = usual_export(PARTIES[0])
    path, lines = note_lines(files, PARTIES[2])
    for tail in ([lines[5], lines[4], lines[6]], lines[5:]):
        found = audited(changed(files, path, b"".join([*lines[:4], *tail])), TRUSTED)
        assert f"{path} line 5" in places(found)


def test_a_log_that_grew_since_all_cosigned_it_has_two_sizes() -> None:
    world = written()
    first, second, third = world.parties
    world.cut = {(third, first), (third, second)}  # the third says nothing more
    deposit(world, first, "while one is out of touch", ["public"])
    world.settle()
    files = export(world, second)
    before = audited(usual_export(second)).logs[0]
    found = audited(files, TRUSTED)
    assert found.faults == ()
    log = found.logs[0]
    assert (log.cosigned_size, log.signed_size) == (before.signed_size, before.signed_size + 1)
    path = f"{first.lower()}/checkpoint.signed"
    assert files[path].count("\u2014".encode()) == 1
    # Without the later checkpoint its entry lies under none.
    assert found.faults != audited(changed(files, path, None), TRUSTED).faults
    # A note that others signed too does not belong there.
    both = files[path] + files[f"{first.lower()}/checkpoint"].splitlines(keepends=True)[5]
    assert places(audited(changed(files, path, both), TRUSTED)) == [f"{path} line 6"]
    # And an older one in its place is a fault of its own.
    old = usual_export(second)[f"{second.lower()}/checkpoint"]
    assert places(audited(changed(files, path, old), TRUSTED))[0].startswith(first.lower())


def test_the_last_checkpoint_that_all_cosigned_survives_a_restart() -> None:
    world = written()
    first, second, third = world.parties
    world.cut = {(third, first), (third, second)}
    deposit(world, first, "while one is out of touch", ["public"])
    world.settle()
    before = export(world, second)
    world.restart(second)
    assert export(world, second) == before


# -- acts -------------------------------------------------------------------------------------


def test_an_act_sealed_for_two_is_in_no_byte_of_any_export() -> None:
    world = usual()
    sealed = [
        act for act in world.peers[PARTIES[0]].reader.acts.values() if b"sealed for two" in act.data
    ]
    assert len(sealed) == 1
    assert sealed[0].seal not in world.peers[PARTIES[2]].reader.acts
    for party in PARTIES:
        joined = b"\n".join(usual_export(party).values())
        for secret in (sealed[0].data, sealed[0].salt, sealed[0].body, b"sealed for two"):
            assert secret not in joined
        assert f"acts/{sealed[0].seal.hex()}" not in usual_export(party)


def test_an_act_sealed_for_two_that_lies_open_is_a_fault() -> None:
    world, files = usual(), usual_export(PARTIES[0])
    for words in (b"sealed for two", b"sealed for all"):
        act = next(a for a in world.peers[PARTIES[0]].reader.acts.values() if words in a.data)
        path = f"acts/{act.seal.hex()}"
        found = audited(changed(files, path, act.salt + act.data), TRUSTED)
        assert places(found) == [path]
        assert "releases it" in found.faults[0].message


def test_a_released_act_is_open_and_can_be_left_out_only_with_a_remark() -> None:
    world = usual()
    act = next(
        a for a in world.peers[PARTIES[1]].reader.acts.values() if b"then released" in a.data
    )
    path = f"acts/{act.seal.hex()}"
    for party in PARTIES:
        files = usual_export(party)
        assert files[path] == act.salt + act.data
        found = audited(changed(files, path, None), TRUSTED)
        assert found.faults == ()
        assert any("whose text is not here" in one.message for one in found.remarks)
    web = audited(changed(usual_export(party), path, None), TRUSTED, listing=False)
    assert web.logs[1].public_acts == audited(usual_export(party), TRUSTED).logs[1].public_acts - 1


def test_a_release_by_another_party_opens_nothing() -> None:
    world = written()
    first, _, third = world.parties
    kept = deposit(world, first, "of the first", world.everyone())
    world.settle()
    release(world, third, kept)
    world.settle()
    act = act_holding(world, first, kept)
    path = f"acts/{act.seal.hex()}"
    for party in world.parties:
        assert path not in export(world, party)
    found = audited({**export(world, first), path: act.salt + act.data}, TRUSTED)
    assert places(found) == [path]


def repeated(world: World, liar: str, words: bytes) -> SealedAct:
    """An act of another party, whose seal `liar` writes into its own log as if it were public."""
    act = next(a for a in world.peers[liar].reader.acts.values() if words in a.data)
    effects: list[Effect] = []
    world.peers[liar].write(effects, act, PUBLIC)
    world.perform(liar, effects)
    world.settle()
    return act


def test_a_repeated_seal_of_a_public_act_harms_nobody() -> None:
    world = written()
    repeated(world, world.parties[2], b"a public paper")
    for party in world.parties:
        found = audited(export(world, party), TRUSTED)
        assert found.faults == ()
        assert found.logs[2].public_acts == 2


def test_a_repeated_seal_opens_nothing_that_was_sealed_for_two() -> None:
    world = written()
    first, liar, third = world.parties
    act = repeated(world, liar, b"sealed for two")
    path = f"acts/{act.seal.hex()}"
    assert act.seal not in world.peers[third].reader.acts
    for party in (first, liar, third):
        files = export(world, party)
        assert act.salt not in b"".join(files.values())
        for listing in (True, False):
            found = audited(files, TRUSTED, listing=listing)
            assert places(found) == [path]
            assert f"{liar.lower()}/tile/entries/" in found.faults[0].message
    # Nor may it lie open because of that line.
    found = audited({**export(world, first), path: act.salt + act.data}, TRUSTED)
    assert places(found) == [path]


def test_an_act_of_a_later_kind_is_passed_on_and_shown() -> None:
    world = written()
    first, second, third = world.parties
    key = world.officer(third, BODY)
    document = {"kind": "sang", "party": third, "key": key.public.text, "to": ["public"], "at": 1}
    act = SealedAct(seed("a song"), sign_act(document, world.founding.id, key))
    effects: list[Effect] = []
    world.cut = {(third, second)}  # the second hears of it from the first alone
    world.peers[third].write(effects, act, PUBLIC)
    world.perform(third, effects)
    world.settle()
    for party in (first, second):
        found = audited(export(world, party), TRUSTED)
        assert found.faults == ()
        assert any("does not know the kind 'sang'" in one.message for one in found.remarks)


# -- two histories ----------------------------------------------------------------------------


def test_a_log_with_two_histories_is_convicted_in_every_honest_export() -> None:
    world = two_faced()
    liar, left, right = world.parties
    proof = f"proofs/{liar.lower()}.json"
    for party, other in ((left, right), (right, left)):
        files = export(world, party)
        found = audited(files, TRUSTED)
        assert places(found) == [proof]
        assert f"{liar} signed two histories" in found.faults[0].message
        assert [log.sound for log in found.logs] == [False, True, True]
        named = [one for one in found.remarks if "the other of two histories" in one.message]
        assert named
        assert all(one.place.startswith(f"{other.lower()}/") for one in named)
        # Without the proof, what the other log names is a fault by itself.
        bare = audited(changed(files, proof, None), TRUSTED)
        assert any("are others than it names" in one.message for one in bare.faults)
        assert all(place.startswith(f"{other.lower()}/") for place in places(bare))


def test_a_changed_byte_of_a_proof_is_noticed() -> None:
    world = two_faced()
    files = export(world, world.parties[1])
    proof = f"proofs/{world.parties[0].lower()}.json"
    held = files[proof]
    for at in range(0, len(held), 3):
        spoilt = changed(files, proof, held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])
        found = audited(spoilt, TRUSTED)
        assert proof in places(found)
        assert not any("signed two histories" in one.message for one in found.faults), at
