"""Drills of the consultation line: legs, and what a party owes whose line failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import scenes
from convening import meeting
from scenes import BODY
from test_picture import ask
from test_refusals import opened
from world import World

from architrave.institution import acts
from architrave.institution.cadence import day_end, months_after
from architrave.institution.drills import LegState, answered_by, close_of, legs
from architrave.institution.pending import Need, consultations, status
from architrave.institution.state import Refused


def answer(world: World, party: str, asked: str) -> str:
    words = world.words("read")
    return world.act(party, BODY, acts.Acknowledged, consultation=asked, answer=words)


def close(world: World, asked: str) -> None:
    world.act("KOR", BODY, acts.Closed, consultation=asked, outcome=world.words("done"))
    world.settle()


def states(world: World, asked: str) -> dict[str, LegState]:
    """What every copy says of each leg."""
    found = []
    for peer in world.peers.values():
        fact = peer.state.find(peer.view(), asked)
        assert fact is not None
        found.append({leg.party: leg.state for leg in legs(peer.state, peer.view(), fact)})
    assert found[0] == found[1] == found[2]
    return found[0]


def needs(world: World, asked: str, reader: str = "USA") -> list[tuple[str, Need]]:
    peer = world.peers[reader]
    (one,) = [c for c in consultations(peer.state, peer.view()) if c.asked.name == asked]
    assert one.pending is (one in status(peer.state, peer.view()).consultations)
    return [(waiting.party, waiting.need) for waiting in one.awaiting]


def test_an_unanswered_request_is_owed_by_each_other_party_drill_or_not() -> None:
    for drill in (False, True):
        world = opened()
        asked = ask(world, drill=drill)
        meeting = [] if drill else [("KOR", Need.MEETING)]
        assert needs(world, asked) == [("JPN", Need.ANSWER), ("USA", Need.ANSWER), *meeting]
        answer(world, "JPN", asked)
        world.settle()
        assert needs(world, asked) == [("USA", Need.ANSWER), *meeting]
        assert states(world, asked) == {"JPN": LegState.ANSWERED, "USA": LegState.OPEN}


def test_a_closed_drill_leaves_a_word_owed_on_each_line_that_failed() -> None:
    world = opened()
    asked = ask(world, drill=True)
    answer(world, "JPN", asked)
    world.settle()
    close(world, asked)
    assert states(world, asked) == {"JPN": LegState.ANSWERED, "USA": LegState.FAILED}
    assert needs(world, asked) == [("USA", Need.LINE), ("USA", Need.REPAIR)]
    answer(world, "USA", asked)
    world.settle()
    assert states(world, asked)["USA"] is LegState.EXPLAINED
    assert needs(world, asked) == [("USA", Need.REPAIR)]


def failed(world: World) -> str:
    """A drill that Korea has closed before the United States answered."""
    asked = ask(world, drill=True)
    answer(world, "JPN", asked)
    world.settle()
    close(world, asked)
    return asked


def again(world: World, party: str = "KOR") -> str:
    """A further drill, which a party opens."""
    words = world.words("again")
    name = world.act(
        party, BODY, acts.Consulted, symbol=f"{BODY}/2027/{party}/9", body=BODY, drill=True,
        ground=words, facts=words, wish=words,
    )  # fmt: skip
    world.settle()
    return name


def test_only_an_answer_in_time_to_a_later_drill_proves_a_repair() -> None:
    world = opened()
    asked = failed(world)
    second = again(world)
    assert ("USA", Need.REPAIR) in needs(world, asked)
    answer(world, "USA", second)
    world.settle()
    # The word is owed still: that the line works now does not say why it failed.
    assert needs(world, asked) == [("USA", Need.LINE)]
    assert states(world, asked)["USA"] is LegState.FAILED
    answer(world, "USA", asked)
    world.settle()
    assert states(world, asked)["USA"] is LegState.REPAIRED
    assert needs(world, asked) == []


def test_a_drill_that_fails_again_or_was_opened_before_proves_nothing() -> None:
    world = opened()
    before = again(world, "JPN")
    asked = failed(world)
    answer(world, "USA", before)
    world.settle()
    assert ("USA", Need.REPAIR) in needs(world, asked)
    second = again(world)
    close(world, second)
    answer(world, "USA", second)  # after the close: it says why, and proves nothing
    world.settle()
    for drill in (asked, second):
        assert ("USA", Need.REPAIR) in needs(world, drill)


def test_a_repair_is_due_a_month_after_the_close() -> None:
    world = opened()
    asked = failed(world)
    peer = world.peers["JPN"]
    fact = peer.state.find(peer.view(), asked)
    closed = close_of(tuple(peer.view().of(peer.state.consultations[asked])))
    assert fact is not None
    assert closed is not None
    (leg,) = [leg for leg in legs(peer.state, peer.view(), fact) if leg.unproven]
    day = datetime.fromtimestamp(closed.t / 1000, UTC).date()
    assert leg.due == day_end(months_after(day, 1).isoformat())
    (until,) = [
        one.until
        for talk in consultations(peer.state, peer.view())
        for one in talk.awaiting
        if one.need is Need.REPAIR
    ]
    assert until == leg.due


def test_a_closed_request_that_was_no_drill_leaves_nothing_owed() -> None:
    world = opened()
    asked = ask(world)
    close(world, asked)
    assert states(world, asked) == {"JPN": LegState.ENDED, "USA": LegState.ENDED}
    assert needs(world, asked) == []
    found = scenes.attempt(
        world, "USA", acts.Acknowledged, consultation=asked, answer=world.words("late")
    )
    assert isinstance(found, Refused)


def test_a_late_answer_is_given_once_in_words_and_not_by_who_answered_in_time() -> None:
    world = opened()
    asked = ask(world, drill=True)
    answer(world, "JPN", asked)
    world.settle()
    close(world, asked)
    for party, words, why in (
        ("USA", {}, "says why the line failed"),
        ("JPN", world.words("again"), "is closed"),
    ):
        found = scenes.attempt(world, party, acts.Acknowledged, consultation=asked, answer=words)
        assert isinstance(found, Refused)
        assert why in found.reason
    answer(world, "USA", asked)
    world.settle()
    found = scenes.attempt(
        world, "USA", acts.Acknowledged, consultation=asked, answer=world.words("again")
    )
    assert isinstance(found, Refused)


def test_an_answer_that_crosses_the_close_is_in_time() -> None:
    world = opened()
    asked = ask(world, drill=True)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    answer(world, "USA", asked)
    world.act("KOR", BODY, acts.Closed, consultation=asked, outcome=world.words("done"))
    world.cut = set()
    world.settle()
    assert states(world, asked) == {"JPN": LegState.FAILED, "USA": LegState.ANSWERED}


def test_of_two_faces_of_one_book_every_copy_takes_the_same_close_and_answer() -> None:
    world = opened()
    asked = ask(world, drill=True)
    words = world.words("w")
    world.act("JPN", BODY, acts.Acknowledged, consultation=asked, answer=words)
    world.settle()
    world.act("KOR", BODY, acts.Closed, consultation=asked, outcome=words)
    world.settle()
    facts = world.peers["USA"].state.consultations[asked]
    twins = tuple(replace(one, tip=one.tip._replace(root=b"\0" * 32)) for one in facts)
    for several in ((*facts, *twins), (*twins, *facts)):
        closed, answer = close_of(several), answered_by(several, "JPN")
        assert closed is not None
        assert answer is not None
        assert closed.tip.root == answer.tip.root == b"\0" * 32


def test_a_failure_is_told_as_final_only_where_the_proof_of_its_repair_is() -> None:
    world = opened()
    asked = failed(world)
    answer(world, "USA", asked)
    second = again(world)
    world.settle()
    peer = world.peers["USA"]

    def final() -> bool:
        (one,) = [c for c in consultations(peer.state, peer.view()) if c.asked.name == asked]
        return one.final

    assert final()
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    answer(world, "USA", second)
    assert ("USA", Need.REPAIR) not in needs(world, asked)
    assert not final()
    world.cut = set()
    world.settle()
    assert final()


def test_a_meeting_clock_is_told_as_final_only_where_its_meeting_is() -> None:
    world = opened()
    asked = ask(world)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    world.act("KOR", BODY, acts.Convened, **meeting(world, number=7, consultation=asked))
    peer = world.peers["KOR"]
    (one,) = consultations(peer.state, peer.view())
    assert not one.final
    world.cut = set()
    world.settle()
    (one,) = consultations(peer.state, peer.view())
    assert one.final
    assert all(waiting.need is not Need.MEETING for waiting in one.awaiting)
