"""What calendars and feeds keep: the same files as from nothing, and news of what no book holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import page_scenes
import pytest
from data_scenes import ALL, scene_of, up
from page_scenes import in_force, table

from architrave.institution import acts
from architrave.institution.closing import closing
from architrave.institution.register import Event, Promise, Register
from architrave.portal import reading
from architrave.portal.feeds import (
    calendar_dates,
    feed_entries,
    feed_files,
    feed_order,
    feed_views,
)
from architrave.portal.feeds.feed_entries import LONGEST
from architrave.portal.feeds.feed_order import Order
from architrave.portal.feeds.register_feed import row_changed
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES

FILES = [
    f"/feeds/{language}/{name}"
    for language in LANGUAGES
    for name in (
        *("calendar.ics", "TDC/calendar.ics", "all.atom", "decisions.json", "register.atom"),
        *("commitments.json", "TDC/all.json"),
    )
]
in_each_scene = pytest.mark.parametrize("name", list(ALL))


def forget() -> None:
    for kept in (
        reading._worked,
        calendar_dates._kept,
        feed_entries._kept,
        feed_order._stood,
        feed_order._dated,
        feed_files._shelves,
    ):
        kept.clear()


def test_files_are_the_same_as_from_nothing(screen: Callable[..., Any], register: Register) -> None:
    scene = in_force()
    world = scene.world
    shown = screen(world, "JPN")

    def files() -> list[tuple[str, str]]:
        answers = [shown.answer(file) for file in FILES]
        assert {one.status_code for one in answers} == {200}
        return [(one.content.decode(), one["Last-Modified"]) for one in answers]

    notice = next(iter(world.peers["JPN"].state.notices.values()))[0]
    row = "cm-leaders-annual"
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: table(scene, "JPN", "TDC", "3(1)", "one more"),
        lambda: world.settle(1),
        lambda: world.act(
            "KOR", "TDC", acts.Contested, row=row, digest=register.row_digest(row),
            reason=world.words("not so"),
        ),
        lambda: world.settle(2),
        lambda: world.act(
            "USA", "ESFBT", acts.RescindedNotice, notice=notice.name, reason=world.words("yet")
        ),
        world.settle,
    )  # fmt: skip
    seen = set()
    for step in steps:
        step()
        kept = files()
        assert files() == kept
        forget()
        assert files() == kept
        seen.add(tuple(kept))
    assert len(seen) >= 4


def test_a_file_is_written_once_for_all_who_ask(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    for name in ("calendar_bytes", "atom_bytes", "json_bytes"):
        make = getattr(feed_views, name)
        monkeypatch.setattr(
            feed_views, name, lambda *given, _make=make: (written.append(""), _make(*given))[1]
        )
    scene = in_force()
    shown = screen(scene.world)
    for _ in range(3):
        for file in FILES:
            shown.answer(file)
    assert len(written) == len(FILES)
    table(scene, "JPN", "TDC", "3(1)", "one more")
    for file in FILES:
        shown.answer(file)
    assert len(written) == 2 * len(FILES)


def test_no_more_bytes_are_kept_than_allowed(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = in_force()
    shown = screen(scene.world)
    whole = [shown.answer(file).content for file in FILES]
    forget()
    most = max(map(len, whole)) + 1
    monkeypatch.setattr(feed_files, "MOST", most)
    assert [shown.answer(file).content for file in FILES] == whole
    files = feed_files._shelves[scene.world.peers[shown.party]].files
    assert 0 < sum(map(len, files.values())) <= most


def test_another_register_is_news_though_no_book_has_a_new_line(
    screen: Callable[..., Any], register: Register
) -> None:
    scene = in_force()
    world = scene.world
    shown = screen(world)
    address = "/feeds/en/register.atom"
    first = shown.answer(address)
    since = {"if-modified-since": first["Last-Modified"]}
    world.now += 60_000
    assert shown.answer(address, **since).status_code == 304
    # A node reads the register when it starts.
    shown.started = world.now
    row = replace(register.events[0], title="altered")
    shown.register = replace(register, events=(row, *register.events[1:]))
    second = shown.answer(address, **since)
    assert second.status_code == 200
    assert second["Last-Modified"] > first["Last-Modified"]
    assert second["ETag"] != first["ETag"]
    assert "altered" in second.content.decode()
    assert shown.answer(address, **{"if-none-match": first["ETag"]}).status_code == 200
    again = shown.answer(address, **{"if-modified-since": second["Last-Modified"]})
    assert again.status_code == 304


# -- what is left out before it is built ------------------------------------------------------


def copies(register: Register, times: int) -> Register:
    def named(row: str, number: int) -> str:
        return f"{row}-{number}" if number else row

    return replace(
        register,
        events=tuple(
            replace(one, id=named(one.id, n)) for n in range(times) for one in register.events
        ),
        fulfilments=(),
        promises=tuple(
            replace(one, id=named(one.id, n)) for n in range(times) for one in register.promises
        ),
    )


def test_rows_of_a_long_register_stand_where_they_changed(register: Register) -> None:
    rows = copies(register, 5)
    scene = page_scenes.opened()
    world = scene.world
    oldest = min(rows.promises, key=lambda one: (one.made_on.last, one.id))
    copy = page_scenes.copy_of(scene, "JPN", "en", rows)
    assert Order.of(copy).placed(copy, "register", "")[0].thing is not oldest
    world.act(
        "KOR", "TDC", acts.Contested, row=oldest.id, digest=rows.row_digest(oldest.id),
        reason=world.words("not so"),
    )  # fmt: skip
    world.settle()
    copy = page_scenes.copy_of(scene, "JPN", "en", rows)
    everything = (*rows.events, *rows.promises)

    def rows_placed() -> list[Any]:
        """The rows alone: what a capital says of one has an entry of its own."""
        found = Order.of(copy).placed(copy, "register", "")
        return [one for one in found if isinstance(one.thing, Event | Promise)]

    placed = rows_placed()
    assert len(placed) == len(everything) > 5 * LONGEST
    assert placed[0].thing is oldest
    changed = sorted((row_changed(copy, one) for one in everything), reverse=True)
    assert [one.updated for one in placed] == changed
    assert all(one.updated == row_changed(copy, one.thing) for one in placed)
    forget()
    assert rows_placed() == placed


def test_only_the_rows_on_the_page_become_entries(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = feed_entries.register_entry

    def noting(*given: Any) -> Any:
        written.append(given[3].id)
        return write(*given)

    monkeypatch.setattr(feed_entries, "register_entry", noting)
    copy = page_scenes.copy_of(page_scenes.opened(), "JPN", "en", copies(register, 5))
    found = feed_entries.feed(copy, "register")
    assert found is not None
    assert len(written) == len(found.entries) == LONGEST
    assert found.pages > 5


def test_another_page_is_another_file(screen: Callable[..., Any], register: Register) -> None:
    shown = screen(page_scenes.opened().world)
    shown.register = copies(register, 5)
    for kind in ("atom", "json"):
        address = f"/feeds/en/register.{kind}"
        first = shown.answer(address)
        kept = dict(feed_files._shelves[shown.world.peers[shown.party]].files)
        others = [shown.answer(f"{address}?page={number}") for number in (2, 3)]
        assert len({one.content for one in (first, *others)}) == 3
        assert shown.answer(f"{address}?page=1").content == first.content
        # Nobody who walks through all pages drives out what followers ask for.
        assert feed_files._shelves[shown.world.peers[shown.party]].files == kept
        for wrong in ("0", "x", "999999"):
            assert shown.answer(f"{address}?page={wrong}").status_code == 404


@in_each_scene
def test_a_standing_tells_how_each_party_closed(name: str) -> None:
    world = scene_of(name).world
    copy = Copy(world.peers[up(world)[0]], "en", world.now, None, {})
    if any(len(tips) > 1 for tips in copy.view.cut.tips.values()):
        # The calendar does not take it from there.
        assert name == "two_histories"
        return
    for standing in copy.told.matters:
        facts = tuple(copy.view.of(copy.state.matters[standing.name]))
        for party in standing.current.version.body.parties:
            found = closing(copy.state, facts, party, copy.view)
            assert standing.closed[party] == (found.tip if found is not None else None)


@in_each_scene
def test_since_when_a_text_stands_is_the_same_when_it_is_kept(name: str) -> None:
    world = scene_of(name).world
    for party in up(world):
        copy = Copy(world.peers[party], "en", world.now, None, {})
        standing = [one for one in copy.told.matters if one.stage.value == "in-force"]
        forget()
        first = [feed_order._stands_since(copy, one) for one in standing]
        assert [feed_order._stands_since(copy, one) for one in standing] == first
        kept = feed_order._stood.get(copy.peer, {})
        forked = any(len(one) > 1 for one in copy.view.history.branches.values())
        assert len(kept) == (0 if forked else len(standing))
