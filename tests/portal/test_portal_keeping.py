"""Pages that are kept follow the record, the clock and the register at once, and each its peer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from page_scenes import SCENES, copy_of, matter_open, opened, silence_running, table
from world import DAY

from architrave.institution import acts
from architrave.institution.register import Register
from architrave.portal import keeping, views
from architrave.portal.keeping import place_of, watched
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were rendered: a page that was kept is not."""
    names: list[str] = []
    render = views.render_to_string

    def rendering(name: str, given: Any) -> str:
        names.append(name)
        return render(name, given)

    monkeypatch.setattr(views, "render_to_string", rendering)
    return names


def anew(shown: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page as it is when nothing was kept."""
    with monkeypatch.context() as patch:
        patch.setattr(keeping.Place, "found", lambda self: None)
        return str(shown.page(address))


def put(copy: Copy, name: str, text: str = "text") -> None:
    """Keep a text as a page of a copy, as a view does."""
    place = place_of(copy, name)
    assert place.found() is None
    assert place.keep(watched(copy), text) == text.encode()


@pytest.mark.parametrize("name", SCENES)
def test_a_page_that_was_kept_is_the_page_as_it_would_be_written_now(
    name: str, screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, seconds, minutes, a day and a quarter later."""
    scene = SCENES[name]()
    shown = screen(scene.world)
    for later in (0, 1_000, 61_000, 3_600_000, DAY, 91 * DAY):
        scene.world.now += later
        for path in scene.paths():
            kept = shown.page(f"/ko/{path}")
            assert kept == anew(shown, f"/ko/{path}", monkeypatch), (path, later)
            assert keeping._MARK not in kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_written_once_and_tells_the_time_anew(
    screen: Callable[..., Any], written: list[str], language: str
) -> None:
    scene = matter_open()
    shown = screen(scene.world)
    first = shown.page(f"/{language}/")
    scene.world.now += 60_000
    second = shown.page(f"/{language}/")
    assert written == ["portal/home.html"]
    assert first != second
    times = [line for line in second.splitlines() if line not in first.splitlines()]
    # The foot, and what the front page says of each other capital.
    assert len(times) <= 1 + len(scene.world.parties)


def test_a_copy_that_falls_silent_is_told_at_once(screen: Callable[..., Any]) -> None:
    scene = matter_open()
    shown = screen(scene.world)
    before = shown.page("/en/matters")
    scene.world.now += 3 * scene.world.peers[scene.world.parties[0]].pace.refresh
    after = shown.page("/en/matters")
    assert "out-of-touch" not in before
    assert "out-of-touch" in after


def test_a_remark_is_on_the_page_at_once(screen: Callable[..., Any], register: Register) -> None:
    scene = opened()
    world = scene.world
    shown = screen(world)
    paths = ("register/3", "register/cm-leaders-annual", "search?q=It+was+not+held")
    before = {path: shown.page(f"/en/{path}") for path in paths}
    said = {"row": "cm-leaders-annual", "digest": register.row_digest("cm-leaders-annual")}
    world.act(
        world.parties[0], "TDC", acts.Corrected, **said,
        correction=world.words("It was not held"), source="https://example.org/statement",
        state="not-held", on="2024-09-01",
    )  # fmt: skip
    after = {path: shown.page(f"/en/{path}") for path in paths}
    for path in ("register/3", "register/cm-leaders-annual"):
        assert "It was not held" not in before[path]
        assert "It was not held" in after[path]
    assert 'class="hit act"' not in before[paths[2]]
    assert 'class="hit act"' in after[paths[2]]


def test_a_matter_is_on_each_page_at_once(screen: Callable[..., Any]) -> None:
    scene = opened()
    shown = screen(scene.world)
    party = scene.world.parties[0]
    book = f"record/{party.lower()}"
    before = {path: shown.page(f"/ja/{path}") for path in ("", "matters", book, "research")}
    table(scene, party, "TDC", "3(1)", "a new matter")
    for path, old in before.items():
        assert shown.page(f"/ja/{path}") != old, path
    assert scene.symbols[-1] in shown.page("/ja/matters")


def test_a_line_of_a_new_day_changes_the_states_of_the_register_and_a_clock_does_not(
    screen: Callable[..., Any], register: Register, written: list[str]
) -> None:
    """A yearly promise gets a further period once the record has a line of that day."""
    scene = opened()
    world = scene.world
    shown = screen(world)
    address = "/en/register/cm-leaders-annual"
    today = datetime.fromtimestamp(world.now / 1000, UTC)
    made = register.promise_by_id["cm-leaders-annual"].made_on.first
    begins = datetime(today.year, made.month, made.day, tzinfo=UTC)
    begins = begins if begins > today else begins.replace(year=today.year + 1)
    before = shown.page(address).count('class="period ')
    world.now = int(begins.timestamp() * 1000) + 1
    assert shown.page(address).count('class="period ') == before
    count = len(written)
    table(scene, world.parties[0], "TDC", "3(1)", "a line of the new day")
    assert shown.page(address).count('class="period ') == before + 1
    assert len(written) == count + 1


def test_a_date_is_over_when_it_is(screen: Callable[..., Any], written: list[str]) -> None:
    scene = silence_running()
    shown = screen(scene.world)
    ends = scene.world.now + 2 * DAY
    copy = watched(copy_of(scene, scene.world.parties[0]))
    assert not copy.passed(ends)
    assert copy.until == ends + 1
    assert copy.passed(scene.world.now - 1)
    assert copy.until == ends + 1
    assert shown.page("/en/calendar")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_a_day_holds_until_midnight_there(zone: str) -> None:
    copy = watched(copy_of(opened(), "KOR"))
    day = copy.today(zone)
    there = ZoneInfo(zone)
    assert datetime.fromtimestamp((copy.until - 1) / 1000, there).date() == day
    midnight = datetime.fromtimestamp(copy.until / 1000, there)
    assert (midnight.date() - day).days == 1
    assert (midnight.hour, midnight.minute) == (0, 0)


def test_whoever_asks_for_the_bare_time_is_not_kept(portal: None) -> None:
    plain = copy_of(opened(), "KOR")
    copy = watched(plain)
    assert copy.now == plain.now
    place = place_of(plain, "a page")
    assert place.found() is None
    assert place.keep(copy, "text") == b"text"
    put(plain, "a page")
    assert place.found() == b"text"


def test_a_clock_that_is_set_back_is_followed(portal: None) -> None:
    scene = opened()
    plain = copy_of(scene, "KOR")
    put(plain, "a page")
    assert place_of(plain, "a page").found() == b"text"
    earlier = replace(plain, now=plain.now - 1)
    assert place_of(earlier, "a page").found() is None


def test_two_peers_and_two_registers_of_one_process_keep_apart(
    screen: Callable[..., Any], register: Register
) -> None:
    empty, full = opened(), matter_open()
    for scene in (empty, full, empty):
        for party in scene.world.parties:
            for given in (True, False):
                page = screen(scene.world, party, with_register=given).page("/en/")
                assert ("/en/register/cm-" in page) is given
                assert any(symbol in page for symbol in scene.symbols) is bool(scene.symbols)
                head = page.partition("</header>")[0]
                assert str(copy_of(scene, party).capital(party)) in head


def test_another_register_with_the_same_digest_is_another(portal: None, register: Register) -> None:
    """Translations are no part of the digest: a page follows them all the same."""
    scene = opened()
    plain = copy_of(scene, "KOR", "ko", register)
    put(plain, "a page")
    assert place_of(plain, "a page").found() == b"text"
    bare = replace(plain, register=replace(register, translations={}))
    assert bare.register is not None
    assert bare.register.digest == register.digest
    assert place_of(bare, "a page").found() is None


def test_what_is_asked_wrongly_stays_a_fault(screen: Callable[..., Any]) -> None:
    shown = screen(opened().world)
    for _ in range(2):
        for address in ("/en/charter?on=1999-01-01", "/en/bodies?on=nonsense"):
            answer: HttpResponse = shown.answer(address)
            assert answer.status_code == 400, address
        assert shown.answer("/en/matters/none").status_code == 404


def test_pages_are_kept_up_to_a_number_of_bytes(
    portal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 100)
    plain = copy_of(opened(), "KOR")

    def kept(name: str) -> bool:
        return place_of(plain, name).found() is not None

    for name in ("one", "two", "three"):
        put(plain, name, 40 * "x")
        assert kept("one")
    # "one" was asked for after "two": that went first.
    assert not kept("two")
    put(plain, "four", 101 * "x")
    assert not kept("four")


def test_a_page_of_an_earlier_state_is_not_put_beside_those_of_the_present(portal: None) -> None:
    scene = opened()
    before = copy_of(scene, "KOR")
    place = place_of(before, "a page")
    assert place.found() is None
    scene.world.seat("KOR", "DEF")
    now = copy_of(scene, "KOR")
    assert place_of(now, "a page").found() is None
    assert place.keep(watched(before), "old") == b"old"
    assert place_of(now, "a page").found() is None
