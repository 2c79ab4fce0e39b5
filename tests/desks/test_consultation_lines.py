"""Times of a request in a world's books, and lines to take under a short silence."""

from __future__ import annotations

import pytest
from consultation_scenes import ClaimedBooks
from scenes import BODY, table
from test_picture import ask
from test_refusals import opened
from world import HOUR, World

from architrave.desks.consultation.lines import (
    Line,
    lines_of,
    lines_to_take,
    silence_article,
)
from architrave.desks.consultation.timings import Timings, timings
from architrave.desks.errors import BadInput
from architrave.institution import acts
from architrave.institution.drills import LegState
from architrave.institution.standing import Stage
from architrave.institution.state import Fact


def asked_fact(world: World, name: str, party: str = "USA") -> Fact:
    peer = world.peers[party]
    fact = peer.state.find(peer.view(), name)
    assert fact is not None
    return fact


def timed(world: World, name: str, party: str = "KOR") -> Timings:
    peer = world.peers[party]
    fact = asked_fact(world, name, party)
    return timings(peer.state, peer.view(), fact, ClaimedBooks(peer))


def test_each_leg_has_its_moments_in_their_order() -> None:
    world = opened()
    name = ask(world)
    world.act("JPN", BODY, acts.Acknowledged, consultation=name, answer=world.words("yes"))
    world.settle()
    one = timed(world, name)
    assert (one.asked_by, one.drill, one.closed) == ("KOR", False, None)
    assert [leg.party for leg in one.legs] == ["JPN", "USA"]
    answered, waiting = one.legs
    assert answered.received is not None
    assert answered.answered is not None
    assert answered.final is not None
    claimed = [one.asked, answered.received, answered.answered, answered.final]
    order = [moment.when.claimed for moment in claimed]
    assert order == sorted(order)
    assert (waiting.state, waiting.answered, waiting.final) == (LegState.OPEN, None, None)
    assert waiting.received is not None


def test_an_answer_is_final_only_when_all_others_have_it() -> None:
    world = opened()
    name = ask(world)
    world.down = {"USA"}
    world.act("JPN", BODY, acts.Acknowledged, consultation=name, answer=world.words("yes"))
    world.settle()
    leg = timed(world, name).legs[0]
    assert leg.answered is not None
    assert leg.final is None
    world.down = set()
    world.settle()
    assert timed(world, name).legs[0].final is not None


def put(world: World, name: str, number: int = 1, replaces: str = "") -> str:
    """Lines to take of Japan, tabled as the desk words them."""
    words = world.words("We have been told of it and consult.")
    draft = lines_to_take(
        world.charter, asked_fact(world, name), words, words, world.now, replaces=replaces
    )
    matter = table(
        world,
        "JPN",
        number,
        wording=draft.wording,
        article=draft.article,
        silence=draft.silence,
        pledges=[],
    )
    world.settle()
    return matter


def lines(world: World, name: str) -> tuple[Line, ...]:
    found = [lines_of(peer.state, peer.view(), name) for peer in world.peers.values()]
    assert [[one.symbol for one in rows] for rows in found[1:]] == [
        [one.symbol for one in found[0]]
    ] * 2
    return found[0]


def test_lines_to_take_are_adopted_by_the_short_silence_of_the_body() -> None:
    world = opened()
    name = ask(world)
    put(world, name)
    (one,) = lines(world, name)
    assert (one.kind, one.standing.stage) == ("lines", Stage.RUNNING)
    world.now += 25 * HOUR
    world.settle()
    assert lines(world, name)[0].standing.stage is Stage.IN_FORCE


def test_a_later_version_shows_as_a_change_and_a_later_matter_as_its_successor() -> None:
    world = opened()
    name = ask(world)
    matter = put(world, name)
    (first,) = lines(world, name)
    wording = first.changes[0].wording
    summary = {**wording.summary, "en": "We consult."}
    changed = acts.Wording(
        wording.title, summary, wording.instrument, wording.nature, wording.document
    )
    silence = acts.Silence("4(2)", world.now + 30 * HOUR)
    world.act(
        "USA", BODY, acts.Revised, matter=matter, article="4(2)", wording=changed, silence=silence
    )
    world.settle()
    (one,) = lines(world, name)
    assert [(change.number, change.by, change.changed) for change in one.changes] == [
        (1, "JPN", ()),
        (2, "USA", ("summary.en",)),
    ]
    put(world, name, 2, replaces=matter)
    old, new = lines(world, name)
    assert old.replaced_by == (new.symbol,)
    assert new.replaces == old.symbol


def test_other_matters_belong_to_no_consultation() -> None:
    world = opened()
    name = ask(world)
    table(world)
    world.settle()
    assert lines(world, name) == ()


@pytest.mark.parametrize(
    ("body", "instrument", "article"), [("ESFSC", "note", "4(2)"), ("TDC", "plan", "4(1)")]
)
def test_the_charter_names_the_article_and_its_least_period(
    body: str, instrument: str, article: str
) -> None:
    found, period = silence_article(opened().charter, body, instrument)
    assert found.number == article
    assert period == found.minimum_period


def test_where_no_silence_is_permitted_the_lines_are_refused() -> None:
    world = opened()
    asked = asked_fact(world, ask(world))
    words = world.words("x")
    with pytest.raises(BadInput, match="by silence"):
        lines_to_take(world.charter, asked, words, words, world.now, "statement")
    with pytest.raises(BadInput, match="before 24 hours have run"):
        lines_to_take(world.charter, asked, words, words, world.now, expiry=world.now + HOUR)
