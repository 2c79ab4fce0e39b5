"""Two points of the minute books compared: at dates, and with notes that a reader kept."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from exports import deposit, two_faced, usual, written
from test_audit_succession import rotated
from world import DAY, World

from architrave.portal.proofs import since_context
from architrave.portal.words import LANGUAGES, say, table
from architrave.record.checkpoints import open_checkpoint
from architrave.record.continuity import split_notes
from architrave.record.equivocation import check_equivocation
from architrave.record.tree import check_growth
from architrave.record.witness import parse_add_checkpoint

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@functools.cache
def grown() -> tuple[World, bytes, str]:
    """A world that went on for some days, a note of its first party from before, and that day."""
    world = written()
    first = world.parties[0]
    kept = world.peers[first].replicas[world.origin(first)].note
    day = day_of(world)
    world.tick(3 * DAY)
    deposit(world, first, "days later", ["public"])
    world.settle()
    return world, kept, day


def day_of(world: World) -> str:

    return datetime.fromtimestamp(world.now / 1000, UTC).date().isoformat()


def pasted(shown: Any, language: str = "en", **fields: str) -> Any:
    shown.page(f"/{language}/verify")  # installs this world's node
    return Client().post(f"/{language}/verify/since", fields)


def said(answer: Any) -> str:
    return unescape(answer.content.decode())


# -- dates ----------------------------------------------------------------------------------------


@in_each_language
def test_between_two_dates_nothing_was_rewritten_and_files_show_it(
    screen: Callable[..., Any], language: str
) -> None:
    world, _, day = grown()
    shown = screen(world)
    address = f"/{language}/verify/since?book=&first={day}&second={day_of(world)}"
    page = shown.page(address)
    assert page.count('class="since continues"') == len(world.parties)
    files = sorted(set(re.findall(r'href="(/proofs/\w+/since-[0-9]+\.txt)"', page)))
    assert len(files) == 2 * len(world.parties)
    for file in files:
        answer = shown.answer(file)
        old, proof, note = parse_add_checkpoint(answer.content)
        member = world.founding.named(file.split("/")[2].upper())
        checkpoint, _ = open_checkpoint(note, member.log_key)
        tree = world.peers[shown.party].history.main(member.origin).tree
        check_growth(old, checkpoint.size, tree.root(old), checkpoint.root, proof)
        assert base64.b64encode(tree.root(old)).decode() in page
        assert answer["Cache-Control"] == "public, max-age=3600"
    others = [one for one in world.parties if one != shown.party]
    assert all(f"http://{one.lower()}.example:4001/{language}/verify" in page for one in others)


def test_one_book_is_asked_for_and_the_later_day_is_today_if_empty(
    screen: Callable[..., Any],
) -> None:
    world, _, day = grown()
    page = screen(world).page(f"/en/verify/since?book=jpn&first={day}")
    assert page.count('class="since ') == 1
    page = screen(world).page(f"/en/verify/since?first={day_of(world)}")
    assert page.count('class="since same"') == len(world.parties)


@in_each_language
@pytest.mark.parametrize(
    ("asked", "word"),
    [("first=soon", "asof-no-day"), ("first=2999-01-01", "asof-future")],
)
def test_a_day_that_cannot_be_shown_is_refused_in_words(
    screen: Callable[..., Any], asked: str, word: str, language: str
) -> None:
    page = screen(usual()).page(f"/{language}/verify/since?{asked}", 400)
    start = table()[word][language].partition("{given}")[2].partition("{today}")[2]
    assert start in unescape(page)
    assert 'role="alert"' in page


def test_a_day_before_the_first_line_shows_no_line(screen: Callable[..., Any]) -> None:
    page = screen(usual()).page("/en/verify/since?first=1999-12-31")
    assert page.count('class="since none"') == len(usual().parties)


# -- kept notes -----------------------------------------------------------------------------------


@in_each_language
def test_a_note_from_another_copy_is_continued_by_this_one(
    screen: Callable[..., Any], language: str
) -> None:
    world, kept, _ = grown()
    shown = screen(world, world.parties[1])
    answer = pasted(shown, language, older=kept.decode().replace("\n", "\r\n"))
    assert answer.status_code == 200
    assert not answer.cookies
    old = open_checkpoint(kept, world.founding.members[0].log_key)[0].size
    assert 'class="since continues"' in answer.content.decode()
    assert table()["since-here"][language] in said(answer)
    file = pasted(shown, language, older=kept.decode(), proof="0")
    assert file["Content-Disposition"] == 'attachment; filename="continues.txt"'
    size, proof, note = parse_add_checkpoint(file.content)
    new = open_checkpoint(note, world.founding.members[0].log_key)[0]
    before = open_checkpoint(kept, world.founding.members[0].log_key)[0]
    assert size == old
    check_growth(size, new.size, before.root, new.root, proof)


def test_notes_of_all_books_may_follow_one_another(screen: Callable[..., Any]) -> None:
    world = usual()
    peer = world.peers[world.parties[0]]
    notes = "\n".join(one.note.decode() for one in peer.replicas.values())
    answer = pasted(screen(world), older=notes, newer=notes)
    assert answer.content.decode().count('class="since same"') == len(world.parties)


def test_across_a_succession_the_later_note_continues_the_earlier(
    screen: Callable[..., Any],
) -> None:
    world = rotated()
    peer = world.peers[world.parties[0]]
    second = world.origin(world.parties[1])
    notes = [one.note.decode() for one in peer.replicas.values() if one.party == second]
    answer = pasted(screen(world), older=notes[0], newer=notes[-1])
    assert answer.content.decode().count('class="since continues"') == 1


@in_each_language
def test_two_histories_leave_a_portable_proof_and_a_calm_sentence(
    screen: Callable[..., Any], language: str
) -> None:
    world = two_faced()
    liar, left, right = world.parties
    notes = [world.peers[one].replicas[world.origin(liar)].note.decode() for one in (left, right)]
    shown = screen(world, left)
    for fields in ({"older": notes[0], "newer": notes[1]}, {"older": notes[1]}):
        answer = pasted(shown, language, **fields)
        assert table()["since-noted-parted"][language] in said(answer)
        assert table()["since-file-parted"][language] in said(answer)
        file = pasted(shown, language, **fields, proof="0")
        assert file["Content-Type"] == "application/json"
        assert check_equivocation(file.content, world.founding.named(liar).log_key)


def test_a_long_text_is_read_once_however_many_notes_are_compared(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, kept, _ = grown()
    first = world.parties[0]
    now = world.peers[first].replicas[world.origin(first)].note
    read: list[str] = []

    def counted(text: str) -> tuple[bytes, ...]:
        read.append(text)
        return split_notes(text)

    monkeypatch.setattr(since_context, "split_notes", counted)
    older, newer = (b"\n\n".join([one] * 6).decode() for one in (kept, now))
    page = said(pasted(screen(world), older=older, newer=newer))
    assert page.count('name="proof"') == 1
    assert len(read) == 4


def test_a_number_of_a_proof_that_cannot_be_one_is_no_fault_of_the_page(
    screen: Callable[..., Any],
) -> None:
    world, kept, _ = grown()
    for number in ("9" * 5000, "\u0660", "-1", "7"):
        assert pasted(screen(world), older=kept.decode(), proof=number).status_code == 200


@in_each_language
def test_what_is_no_note_is_refused_in_words(screen: Callable[..., Any], language: str) -> None:
    world, kept, _ = grown()
    shown, text = screen(world), kept.decode()
    size = text.split("\n")[1]
    for fields, word in (
        ({}, "since-fault-none"),
        ({"older": "hello"}, "since-fault-form"),
        ({"newer": text.replace(f"\n{size}\n", f"\n{int(size) + 1}\n")}, "since-fault-signature"),
        ({"older": text.replace("demo.invalid", "x.test")}, "since-fault-stranger"),
    ):
        answer = pasted(shown, language, **fields)
        assert answer.status_code == 400
        assert table()[word][language] in said(answer), word
    answer = pasted(shown, language, older=text * 7)
    assert say("since-fault-many", language, n=6) in said(answer)
    answer = pasted(shown, language, older="x" * 140_000)
    assert answer.status_code == 413
    assert say("since-fault-long", language, n=131_072) in said(answer)


def test_a_pasted_text_is_shown_again_as_text(screen: Callable[..., Any]) -> None:
    answer = pasted(screen(usual()), older="</textarea><script>alert(1)</script>")
    assert "<script>alert" not in answer.content.decode()
    assert pasted(screen(usual()), older="x", proof="7").status_code == 400


@in_each_language
def test_the_page_is_linked_from_where_it_is_looked_for(
    screen: Callable[..., Any], language: str
) -> None:
    shown = screen(usual())
    for path in ("verify", "research"):
        assert f'href="/{language}/verify/since"' in shown.page(f"/{language}/{path}")
