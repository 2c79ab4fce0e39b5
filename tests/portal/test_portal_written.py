"""Blocks of the register that are kept as written: the same pages, to the last byte, as without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import page_scenes
import pytest
from page_scenes import DAY, Scene, opened, table

from architrave.institution import acts
from architrave.institution.register import Register
from architrave.portal import formats, keeping
from architrave.portal.reading import Copy
from architrave.portal.register import register_context, register_kept
from architrave.portal.register.register_context import events_page, register_page
from architrave.portal.register.register_listing import listing_of
from architrave.portal.rows import page_links
from architrave.portal.templatetags.screen import forget_written
from architrave.portal.words import LANGUAGES, say

ROW = "cm-leaders-annual"
PATHS = (
    *("register", "register/2", "register/3", "register/4", "register/events"),
    *("register/events/2", f"register/{ROW}", "register/ev-campdavid"),
)


def forget_pages() -> None:
    keeping._shelves.clear()


def forget_all() -> None:
    forget_pages()
    forget_written()
    register_kept._blocks.clear()


def remark(scene: Scene, register: Register, row: str, text: str) -> None:
    world = scene.world
    held = {"state": "not-held", "on": "2024-09-01"} if row in register.promise_by_id else {}
    world.act(
        world.parties[0], "TDC", acts.Corrected, row=row, digest=register.row_digest(row),
        correction=world.words(text), source="https://example.org/statement", **held,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_the_same_with_and_without_what_is_kept(
    screen: Callable[..., Any], register: Register, language: str
) -> None:
    scene = opened()
    shown = screen(scene.world)

    def pages() -> dict[str, str]:
        forget_pages()
        return {path: shown.page(f"/{language}/{path}") for path in PATHS}

    forget_all()
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: remark(scene, register, ROW, "the first correction"),
        lambda: remark(scene, register, "ev-campdavid", "of an event"),
        lambda: remark(scene, register, ROW, "the second correction"),
        lambda: table(scene, "JPN", "TDC", "3(1)", "a matter"),
        lambda: scene.world.settle(3),
        # Periods begin and end meanwhile.
        lambda: setattr(scene.world, "now", scene.world.now + 400 * DAY),
    )
    seen = set()
    for step in steps:
        step()
        kept = pages()
        forget_all()
        assert pages() == kept
        seen.add(kept[f"register/{ROW}"])
    assert len(seen) > 3
    assert "the second correction" in kept[f"register/{ROW}"]
    assert "the first correction" not in kept[f"register/{ROW}"]


def test_only_what_a_line_touches_is_built_and_written_anew(
    screen: Callable[..., Any], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    build = register_context._built_promise

    def noting(copy: Copy, rows: Register, one: Any, said: Any) -> Any:
        built.append(one.promise.id)
        return build(copy, rows, one, said)

    monkeypatch.setattr(register_context, "_built_promise", noting)
    scene = opened()
    shown = screen(scene.world)
    pages = [f"/ko/register/{number}" for number in (1, 2, 3, 4)]
    for page in pages:
        shown.page(page)
    assert sorted(built) == sorted(register.promise_by_id)
    built.clear()
    remark(scene, register, ROW, "one")
    for page in pages:
        shown.page(page)
    assert built == [ROW]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_kept_rows_shows_an_earlier_day(
    screen: Callable[..., Any], register: Register, language: str
) -> None:
    """By the newest line periods count to a later day: on the page, and in each row's states."""
    scene = opened()
    world, paths = scene.world, [path for path in PATHS if "ev" not in path]
    shown = screen(world)
    told: list[str] = []
    rows: set[str] = set()
    for days in (0, 1, 1, 400):
        world.now += days * DAY
        table(scene, "JPN", "TDC", "3(1)", "a matter")
        world.settle(3)
        copy = page_scenes.copy_of(scene, shown.party, language, register)
        day = formats.date_moment(listing_of(copy, register).day, language)
        told.append(str(say("counted-to", language, at=day)))
        pages = {path: shown.page(f"/{language}/{path}") for path in paths}
        for page in pages.values():
            assert [one in page for one in told] == [*(False for _ in told[1:]), True]
        rows.add(pages[f"register/{ROW}"].partition("<article")[2].partition("</article>")[0])
        forget_all()
        assert {path: shown.page(f"/{language}/{path}") for path in paths} == pages
    assert len(set(told)) == 4
    # A day later the row says what it said; more than a year later it has another period.
    assert len(rows) == 2


def test_a_later_day_by_itself_has_no_row_built_anew(
    screen: Callable[..., Any], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    build = register_context._built_promise

    def noting(copy: Copy, rows: Register, one: Any, said: Any) -> Any:
        built.append(one.promise.id)
        return build(copy, rows, one, said)

    monkeypatch.setattr(register_context, "_built_promise", noting)
    scene = opened()
    shown = screen(scene.world)

    def states() -> dict[str, object]:
        copy = page_scenes.copy_of(scene, shown.party, "en", register)
        return {one.promise.id: one.states for one in listing_of(copy, register).promises}

    shown.page("/en/register")
    before = states()
    assert built
    built.clear()
    scene.world.now += DAY
    table(scene, "JPN", "TDC", "3(1)", "a matter")
    scene.world.settle(3)
    shown.page("/en/register")
    assert built == [one for one in built if states()[one] != before[one]]


def test_another_register_and_another_copy_have_blocks_of_their_own(register: Register) -> None:
    scene = opened()
    first = register_page(page_scenes.copy_of(scene, "JPN", "en", register))
    changed = replace(
        register,
        promises=tuple(replace(one, text=f"altered: {one.text}") for one in register.promises),
    )
    second = register_page(page_scenes.copy_of(scene, "JPN", "en", changed))
    third = register_page(page_scenes.copy_of(scene, "KOR", "en", register))
    assert first is not None
    assert second is not None
    assert third is not None
    texts = [one.text.text for group in second.groups for one in group.promises]
    assert texts
    assert all(str(text).startswith("altered: ") for text in texts)
    blocks = [{id(b) for g in page.groups for b in g.promises} for page in (first, third)]
    assert not blocks[0] & blocks[1]


def test_no_block_asks_for_the_time(register: Register) -> None:
    """A kept block is given again later, and nobody would notice that it holds no more."""

    class Timeless(Copy):
        def today(self, zone: str = "UTC") -> Any:
            raise AssertionError("a block asks for the day")

        def passed(self, at: int) -> bool:
            raise AssertionError("a block asks whether a time is over")

        def ago(self, ms: int) -> str:
            raise AssertionError("a block asks how long ago something was")

    scene = opened()
    remark(scene, register, ROW, "one")
    copy = page_scenes.copy_of(scene, "JPN", "ko", register)
    timeless = Timeless(copy.peer, "ko", copy.now, register, copy.addresses)
    listing = listing_of(copy, register)
    for one in listing.promises:
        said = register_context.remark_rows(copy, register, one.promise.id)
        register_context._built_promise(timeless, register, one, said)
    for event in listing.events:
        said = register_context.remark_rows(copy, register, event.id)
        kept = listing.kept.get(event.id, ())
        register_context._built_event(timeless, register, event, kept, said)
    assert listing.promises


def test_no_more_blocks_are_kept_than_allowed(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = opened()
    shown = screen(scene.world)
    forget_all()
    whole = shown.page("/en/register")
    forget_all()
    monkeypatch.setattr(register_kept, "MOST", 5)
    assert shown.page("/en/register") == whole
    shown.page("/en/register/events")
    peer = scene.world.peers[shown.party]
    assert len(register_kept._blocks[peer].built) == 5


# -- the pages of a long register -------------------------------------------------------------


def numbers(copy: Copy, number: int, last: int) -> list[str]:
    links = page_links(copy, number, last, "register")
    assert [str(one.text) for one in links if one.current] == [str(number)]
    return [str(one.text) for one in links]


def test_of_many_pages_the_first_the_last_and_those_around_are_linked(register: Register) -> None:
    copy = page_scenes.copy_of(opened(), "JPN", "en", register)
    assert page_links(copy, 1, 1, "register") == ()
    assert numbers(copy, 7, 12) == [str(one) for one in range(1, 13)]
    assert numbers(copy, 50, 370) == ["1", *(str(one) for one in range(47, 54)), "370"]
    assert numbers(copy, 1, 370) == ["1", "2", "3", "4", "370"]
    assert numbers(copy, 370, 370) == ["1", "367", "368", "369", "370"]


def test_every_row_is_on_one_page(register: Register) -> None:
    copy = page_scenes.copy_of(opened(), "JPN", "en", register)
    promises, events, number = [], [], 1
    while (page := register_page(copy, number)) is not None:
        promises += [one.id for group in page.groups for one in group.promises]
        number += 1
    assert number - 1 == -(-len(register.promises) // register_context.ROWS)
    number = 1
    while (found := events_page(copy, number)) is not None:
        events += [one.id for one in found.events]
        number += 1
    assert sorted(promises) == sorted(register.promise_by_id)
    assert sorted(events) == sorted(register.event_by_id)
