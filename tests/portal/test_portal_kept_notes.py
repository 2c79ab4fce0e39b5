"""The module that compares kept notes with the books of a copy, run under Node."""

from __future__ import annotations

from typing import Any

import pytest
from exports import export, two_faced, usual, usual_export
from test_audit_succession import files_of, rotated
from test_portal_verifier import Answer, files_as_text, run, why_not
from world import World

from architrave.record.continuity import split_notes


@pytest.fixture(autouse=True)
def node() -> None:
    if why_not():
        pytest.skip(why_not())


def note_of(world: World, party: str, log: str) -> str:
    return world.peers[party].replicas[log].note.decode()


def since(world: World, files: dict[str, bytes], *texts: str) -> list[dict[str, Any]]:
    own = world.founding.id
    jobs = [
        {"call": "since", "of": "all", "notes": one, "typed": own, "shown": own} for one in texts
    ]
    answers: list[Answer] = run(jobs, all=files_as_text(files))
    return [one["value"] for one in answers]


def words(value: dict[str, Any], state: str) -> list[str]:
    return [one["word"] for one in value["findings"] if one["state"] == state]


def test_each_book_continues_the_notes_that_were_kept_of_it() -> None:
    world = usual()
    first = world.parties[0]
    notes = "\r\n".join(one.note.decode() for one in world.peers[first].replicas.values())
    (value,) = since(world, usual_export(first), notes)
    assert value["verdict"] == "good", value
    assert words(value, "good").count("since") == 3
    assert words(value, "good").count("kept") == 3


def test_notes_are_told_apart_as_on_the_server() -> None:
    world = usual()
    first = world.parties[0]
    notes = [one.note.decode() for one in world.peers[first].replicas.values()]
    texts = ["", "hello", *notes, "\n\n".join(notes), "\r\n".join(notes).replace("\n", "\r\n")]
    answers = run([{"call": "split", "notes": text} for text in texts])
    for text, answer in zip(texts, answers, strict=True):
        assert answer["value"] == [one.decode() for one in split_notes(text)]


def test_across_a_succession_the_book_continues_each_earlier_log() -> None:
    world = rotated()
    first, second = world.parties[:2]
    logs = [
        log for log, one in world.peers[first].replicas.items() if one.party == world.origin(second)
    ]
    (value,) = since(
        world, files_of(rotated().parties[0]), "\n".join(note_of(world, first, log) for log in logs)
    )
    assert value["verdict"] == "good", value
    assert words(value, "good").count("since") == 3


def test_a_note_of_the_other_history_is_found() -> None:
    world = two_faced()
    liar, left, right = world.parties
    kept = note_of(world, right, world.origin(liar))
    (value,) = since(world, export(world, left), kept)
    assert value["verdict"] == "bad"
    assert words(value, "bad") == ["since"]


def test_a_changed_note_a_strangers_and_none_are_refused() -> None:
    world = usual()
    first = world.parties[0]
    kept = note_of(world, first, world.origin(first))
    changed = kept.replace("\n8\n", "\n7\n")
    stranger = kept.replace(".demo.invalid", ".x.test")
    found = since(world, usual_export(first), changed, stranger, "", "hello")
    assert [one["verdict"] for one in found] == ["bad"] * 4
    assert [words(one, "bad") for one in found] == [["kept"], *([["pasted"]] * 3)]
    whys = [next(f["why"]["key"] for f in one["findings"] if f["state"] == "bad") for one in found]
    assert whys == ["checkpoint-signature", "proof-of-stranger", "no-note", "note-gap"]


def test_a_tile_that_was_changed_is_found() -> None:
    world = usual()
    first = world.parties[0]
    files = dict(usual_export(first))
    path = next(one for one in files if one.startswith(f"{first.lower()}/tile/entries"))
    files[path] = files[path].replace(b'"n":3,', b'"n":4,')
    (value,) = since(world, files, note_of(world, first, world.origin(first)))
    assert "tiles" in words(value, "bad")
