"""Steps and second histories by pages: each once, in order, and at a cost that grows with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from data_scenes import two_histories
from page_scenes import SCENES, copy_of, opened, table
from test_growth import calls

from architrave.charter.phrases import phrase
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Positioned, Retracted
from architrave.institution.closing import Known
from architrave.portal import places, record_context
from architrave.portal.formats import plain
from architrave.portal.matters.steps_context import STEPS, _facts, _ordered, _refused, steps_page
from architrave.portal.reading import Copy


def talked_over(turns: int, party: str = "KOR") -> Copy:
    """A matter on which one party moves again and again, and the others now and then."""
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(1)", "much talked over")
    world.settle(2)
    for turn in range(turns):
        who = (party, party, "USA")[turn % 3]
        position = (Position.ABSTAIN, Position.CONCUR)[turn % 2]
        world.act(
            who, "TDC", acts.Positioned, matter=matter, version=matter, position=position
        )  # fmt: skip
        world.now += 1_000
    world.settle(2)
    return copy_of(scene, "JPN")


@pytest.fixture(scope="module")
def long_matter() -> Copy:
    return talked_over(2 * STEPS + 3)


SYMBOL = "TDC/2027/JPN/1"


def pages_of(copy: Copy) -> list[Any]:
    found, number = [], 1
    while (page := steps_page(copy, SYMBOL, number)) is not None:
        found.append(page)
        number += 1
    return found


def test_every_step_stands_on_one_page_in_order(long_matter: Copy) -> None:
    pages = pages_of(long_matter)
    assert [len(page.steps) for page in pages] == [STEPS, STEPS, 4]
    numbers = [int(step.number) for page in pages for step in page.steps]
    assert numbers == list(range(1, 2 * STEPS + 5))
    for place, page in enumerate(pages, start=1):
        assert [link.current for link in page.pages] == [one == place for one in (1, 2, 3)]
    assert steps_page(long_matter, SYMBOL, 0) is None
    hrefs = [link.href for link in pages[0].pages]
    assert hrefs == [f"/en/matters/{SYMBOL}/steps{end}" for end in ("", "/2", "/3")]


def test_what_a_later_page_shows_rests_on_all_before_it(long_matter: Copy) -> None:
    """By the rule that closes matters, applied to all earlier entries at each step."""
    standing = next(one for one in long_matter.told.matters if one.symbol == SYMBOL)
    told = [*_facts(long_matter, standing), *_refused(long_matter, standing)]
    entries = [one.fact for one in _ordered(long_matter, told)]
    steps = [step for page in pages_of(long_matter) for step in page.steps]
    assert len(entries) == len(steps)
    for place, step in enumerate(steps, start=1):
        held = Known(tuple(entries[:place])).on(standing.name, ("JPN", "KOR", "USA"))
        said = {
            party: held[party].act.position if party in held else Position.NONE
            for party in ("JPN", "KOR", "USA")
        }
        parts = str(step.positions).split(" · ")
        assert parts == [
            f"{plain(long_matter.party(party))}: {phrase(said[party].value, 'en')}"
            for party in long_matter.ordered(said)
        ]


@pytest.mark.parametrize("name", list(SCENES))
def test_no_step_comes_before_what_it_rests_on_and_else_the_earlier_comes_first(
    name: str,
) -> None:
    """The order that comparing every entry with every other gives."""
    scene = SCENES[name]()
    copy = copy_of(scene, scene.world.parties[0])
    history = copy.view.history
    for standing in copy.told.matters:
        told = [*_facts(copy, standing), *_refused(copy, standing)]
        left = sorted(told, key=lambda one: (one.fact.t, one.fact.tip))
        wanted = []
        while left:
            first = next(
                one
                for one in left
                if not any(
                    other is not one and history.holds(history.past(one.fact.tip), other.fact.tip)
                    for other in left
                )
            )
            left.remove(first)
            wanted.append(first.fact.tip)
        assert [one.fact.tip for one in _ordered(copy, told)] == wanted


def test_twice_as_many_steps_are_twice_the_work() -> None:
    def telling(turns: int) -> int:
        copy = talked_over(turns)
        last = -(-(turns + 1) // STEPS)
        assert copy.told.matters  # what all pages share is not counted
        return calls(lambda: [steps_page(copy, SYMBOL, one) for one in (1, last)])

    small, large = telling(2 * STEPS), telling(4 * STEPS)
    assert large < 2.3 * small


def test_a_retraction_concerns_what_was_held(screen: Callable[..., Any]) -> None:
    scene = opened()
    matter = table(scene, "JPN", "TDC", "3(1)", "text")
    scene.world.settle(2)
    for kind in (Positioned, Retracted):
        more = {"version": matter, "position": Position.CONCUR} if kind is Positioned else {}
        scene.world.act("KOR", "TDC", kind, matter=matter, **more)
    scene.world.settle(2)
    page = steps_page(copy_of(scene, "JPN"), scene.symbols[0])
    assert page is not None
    assert "concur" in plain(page.steps[1].positions).lower()
    assert "concur" not in plain(page.steps[2].positions).lower()
    assert page.steps[2].outcome
    assert screen(scene.world).page(f"/ja/matters/{scene.symbols[0]}/steps")
    screen(scene.world).page(f"/ja/matters/{scene.symbols[0]}/steps/2", 404)


# -- second histories -----------------------------------------------------------------------------


def test_a_second_history_is_shown_page_by_page_where_the_first_has_those_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With pages of two lines, so that a short record has several."""
    for module in (places, record_context):
        monkeypatch.setattr(module, "LINES", 2)
    scene = two_histories()
    copy = copy_of(scene, "JPN")
    origin = copy.state.origin_of("USA")
    pages, number = [], 1
    while (page := record_context.record_page(copy, "USA", number)) is not None:
        pages.append(page)
        number += 1
    assert len(pages) == places.book_pages(copy, origin, 2) > 1
    shown = [row for page in pages for row in page.other_face]
    main = copy.view.history.main(origin)
    wanted = {
        f"{face}line-{tip.size}"
        for face, branch in places.faces(copy, origin)
        for tip in branch.tips
        if copy.view.history.find(tip) is branch and not places.stands_in(main, tip)
    }
    assert {row.anchor for row in shown} == wanted != set()
    assert len(shown) == len(wanted)
    for place, page in enumerate(pages, start=1):
        assert len(page.other_face) <= 2
        assert {-(-int(row.number) // 2) for row in page.other_face} <= {place}
    (parted,) = pages[0].parted
    path, _, anchor = parted.href.partition("#")
    there = pages[int(path.rpartition("/")[2]) - 1]
    assert anchor in {row.anchor for row in there.other_face}
    assert all(page.parted == pages[0].parted for page in pages)


def test_a_book_of_one_history_parts_nowhere() -> None:
    page = record_context.record_page(copy_of(opened(), "JPN"), "USA", None)
    assert page is not None
    assert (page.other_face, page.parted) == ((), ())
