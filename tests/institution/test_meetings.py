"""Meetings: convened, moved, minuted side by side; and the clock of a request to consult."""

from __future__ import annotations

from random import Random

import pytest
from convening import asked, convene, meeting, minute, on_the_agenda
from hypothesis import given, settings
from hypothesis import strategies as some
from scenes import BODY, attempt, make, sealed, write
from test_crisis_orders import read_in, some_order
from test_refusals import opened
from world import DAY, HOUR, World

from architrave.institution import acts
from architrave.institution.digest import shared_state, state_digest
from architrave.institution.meeting_clock import MeetingClock, meeting_clock
from architrave.institution.meetings import Meeting, MeetingState, meetings
from architrave.institution.pending import DeadlineKind, Need, consultations, deadlines
from architrave.institution.state import Institution, Refused, View


def seen(world: World) -> tuple[Meeting, ...]:
    """The meetings, which every copy shows alike."""
    found = [meetings(peer.state, peer.view()) for peer in world.peers.values()]
    assert found[0] == found[1] == found[2]
    return found[0]


def clock(world: World, name: str) -> MeetingClock:
    peer = world.peers["USA"]
    request = peer.state.find(peer.view(), name)
    assert request is not None
    found = meeting_clock(peer.state, peer.view(), request)
    assert found is not None
    return found


def owed(world: World) -> list[tuple[str, Need]]:
    peer = world.peers["JPN"]
    (one,) = consultations(peer.state, peer.view())
    return [(two.party, two.need) for two in one.awaiting if two.need is Need.MEETING]


def dates(world: World) -> list[tuple[DeadlineKind, int | None]]:
    peer = world.peers["JPN"]
    kinds = (DeadlineKind.MEETING, DeadlineKind.MEET_BY)
    return [(one.kind, one.at) for one in deadlines(peer.state, peer.view()) if one.kind in kinds]


def test_a_meeting_keeps_its_name_however_often_it_is_moved() -> None:
    world = opened()
    _, agenda = on_the_agenda(world)
    name = convene(world, agenda=agenda)
    again = meeting(world, moves=name, starts=world.now + 2 * DAY, agenda=agenda[1:])
    world.act("KOR", BODY, acts.Convened, **again)
    world.settle()
    (one,) = seen(world)
    assert (one.name, one.moves, one.act.starts) == (name, 1, again["starts"])
    assert [point.debate for point in one.act.agenda] == [True]
    assert dates(world) == [(DeadlineKind.MEETING, one.act.starts)]
    world.act("KOR", BODY, acts.Convened, **again, cancelled=True, reason=world.words("r"))
    world.settle()
    (one,) = seen(world)
    assert (one.state, one.moves, one.stands) == (MeetingState.CANCELLED, 2, False)
    assert dates(world) == []


def test_minutes_stand_side_by_side_and_a_later_one_replaces_ones_own() -> None:
    world = opened()
    name = convene(world)
    world.now += DAY
    for party, held, state in [
        ("JPN", True, MeetingState.HELD),
        ("USA", False, MeetingState.DIFFERS),
        ("JPN", False, MeetingState.NOT_HELD),
        ("KOR", True, MeetingState.DIFFERS),
    ]:
        minute(world, party, name, held)
        world.settle()
        (one,) = seen(world)
        assert one.state is state
    assert [fact.party for fact in one.minutes] == list(world.charter.body(BODY).parties)
    minute(world, "USA", name, present=["USA", "KOR"])
    world.settle()
    (one,) = seen(world)
    assert one.presence_differs
    digests = {state_digest(peer.state, peer.view()) for peer in world.peers.values()}
    assert len(digests) == 1


def test_the_clock_runs_from_the_request_until_a_meeting_stands() -> None:
    world = opened()
    name = asked(world)
    found = clock(world, name)
    assert (found.article, str(found.period)) == ("5(2)", "48 hours")
    assert found.due == found.since + 48 * HOUR
    assert owed(world) == [("KOR", Need.MEETING)]
    assert dates(world) == [(DeadlineKind.MEET_BY, found.due)]
    # Any party may convene it; what it answers it says itself.
    first = convene(world, "JPN", starts=found.since + 50 * HOUR, consultation=name)
    found = clock(world, name)
    assert (found.within, found.after, owed(world)) == (False, 50 * HOUR, [])
    given = meeting(world, "JPN", moves=first, starts=found.since + 31 * HOUR, consultation=name)
    world.act("JPN", BODY, acts.Convened, **given)
    world.settle()
    assert clock(world, name).within
    world.act("JPN", BODY, acts.Convened, **given, cancelled=True)
    world.settle()
    assert clock(world, name).meeting is None
    assert owed(world) == [("KOR", Need.MEETING)]
    world.act("KOR", BODY, acts.Closed, consultation=name, outcome=world.words("done"))
    world.settle()
    assert (owed(world), dates(world)) == ([], [])
    assert clock(world, name).ended is not None


def test_a_drill_has_no_clock_and_owes_no_meeting() -> None:
    world = opened()
    name = asked(world, drill=True)
    peer = world.peers["USA"]
    request = peer.state.find(peer.view(), name)
    assert request is not None
    assert meeting_clock(peer.state, peer.view(), request) is None
    assert owed(world) == []


def told(state: Institution, view: View) -> object:
    return shared_state(state, view), [
        (one.name, one.last.name, one.state, [fact.name for fact in one.minutes])
        for one in meetings(state, view)
    ]


@given(seed=some.integers(0, 10**6))
@pytest.mark.slow
@settings(max_examples=12, deadline=None)
def test_any_order_of_arrival_gives_the_same_meetings(seed: int) -> None:
    draw = Random(seed)
    world = opened()
    names = [convene(world, party, starts=world.now + 3 * HOUR) for party in ("JPN", "KOR")]
    for _ in range(14):
        _step(world, draw, names)
    world.cut = set()
    world.settle(12)
    found = [told(one.state, one.view()) for one in world.peers.values()]
    assert found[0] == found[1] == found[2]
    peer = world.peers[draw.choice(world.parties)]
    again = read_in(world, peer, some_order(peer, draw), 0.0, draw)
    assert again.refused == peer.state.refused
    assert told(again, peer.view()) == found[0]
    bare = read_in(world, peer, some_order(peer, draw), 0.7, draw)
    assert set(bare.refused) == set(peer.state.refused)
    assert told(bare, peer.view()) == found[0]


def _step(world: World, draw: Random, names: list[str]) -> None:
    party, name, kind = draw.choice(world.parties), draw.choice(names), draw.randrange(5)
    if kind == 0:
        others = [one for one in world.parties if one != party]
        cut = {(party, one) for one in others} | {(one, party) for one in others}
        world.cut = set() if world.cut else cut
    elif kind == 1:
        world.settle(2)
        world.now += HOUR
    elif kind == 2:
        owner = "JPN" if name == names[0] else "KOR"
        moved = meeting(world, owner, moves=name, starts=world.now + draw.randrange(3) * HOUR)
        place = {"place": world.words("elsewhere")} if draw.randrange(2) else {}
        author = draw.choice([owner, owner, party])
        _say(world, draw, author, acts.Convened, **moved, **place)
    else:
        held = bool(draw.randrange(2))
        present = [party] if held else []
        words = world.words(f"{party} {world.at}")
        _say(world, draw, party, acts.Minuted, meeting=name, held=held, present=present,
             account=words)  # fmt: skip


def _say(world: World, draw: Random, party: str, kind: type[acts.Act], **fields: object) -> None:
    if draw.randrange(3):
        attempt(world, party, kind, **fields)
        return
    act = make(world, party, kind, **fields)
    write(world, party, sealed(world, act, world.officer(party, BODY)), act.to)


def test_what_is_refused_changes_nothing() -> None:
    world = opened()
    name = convene(world)
    found = attempt(world, "JPN", acts.Convened, **meeting(world, moves=name))
    assert isinstance(found, Refused)
    (one,) = seen(world)
    assert one.moves == 0
