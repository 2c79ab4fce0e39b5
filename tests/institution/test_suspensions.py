"""A party suspends an instrument for itself; it applies again when no suspension stands."""

import pytest
from papers import BODY, DAY, adopted, wording
from test_owed import give_notice, refused, report
from world import START, World

from architrave.institution import acts
from architrave.institution.owed import Instrument, Owed, instrument_of
from architrave.institution.pending import deadlines, status
from architrave.institution.standing import Stage


@pytest.fixture
def world() -> World:
    made = World()
    made.open(BODY)
    return made


def suspend(world: World, party: str, matter: str) -> str:
    name = world.act(party, BODY, acts.Suspended, matter=matter, reason=world.words("flood"))
    world.settle()
    return name


def resume(world: World, party: str, matter: str) -> str:
    name = world.act(party, BODY, acts.Resumed, matter=matter)
    world.settle()
    return name


def instrument(world: World, reader: str, matter: str) -> Instrument:
    peer = world.peers[reader]
    return instrument_of(peer.state, peer.view(), world.stand(reader, matter), True)


def suspended_by(world: World, matter: str) -> tuple[str, ...]:
    """Who suspends it, which every copy says alike."""
    found = {
        tuple(one.party for one in instrument(world, reader, matter).suspended)
        for reader in world.parties
    }
    (by,) = found
    return by


def owed_in(world: World, reader: str) -> list[Owed]:
    peer = world.peers[reader]
    return list(status(peer.state, peer.view()).owed)


def days(world: World, reader: str) -> list[str]:
    peer = world.peers[reader]
    return [one.day for one in deadlines(peer.state, peer.view()) if one.kind == "commitment"]


def test_it_is_suspended_while_any_party_s_suspension_stands(world: World) -> None:
    matter = adopted(world, *world.parties)
    one, other, third = world.parties
    suspend(world, other, matter)
    suspend(world, one, matter)
    assert suspended_by(world, matter) == (one, other)
    assert "no suspension of this" in refused(world, third, acts.Resumed, matter=matter)
    resume(world, other, matter)
    assert suspended_by(world, matter) == (one,)
    resume(world, one, matter)
    assert suspended_by(world, matter) == ()
    (first, second) = instrument(world, third, matter).suspensions
    assert first.until is not None
    assert first.until >= first.since
    assert first.reason == world.words("flood")
    assert second.resumed is not None


def test_the_stage_stays_and_a_notice_runs_on(world: World) -> None:
    matter = adopted(world)
    leaver, other, _ = world.parties
    suspend(world, other, matter)
    effect = START + 100 * DAY
    give_notice(world, leaver, matter, effect)
    world.tick(effect - world.now)
    world.settle()
    for reader in world.parties:
        assert world.stand(reader, matter).stage is Stage.IN_FORCE
        assert instrument(world, reader, matter).left == (leaver,)


def test_a_party_that_has_left_suspends_no_longer(world: World) -> None:
    matter = adopted(world)
    leaver = world.parties[0]
    suspend(world, leaver, matter)
    effect = START + 100 * DAY
    give_notice(world, leaver, matter, effect)
    assert suspended_by(world, matter) == (leaver,)
    world.tick(effect - world.now)
    world.settle()
    assert suspended_by(world, matter) == ()
    (found,) = instrument(world, world.parties[1], matter).suspensions
    assert (found.until, found.resumed) == (effect, None)


def test_what_a_party_says_after_it_has_left_does_not_lengthen_its_suspension(
    world: World,
) -> None:
    matter = adopted(world)
    leaver = world.parties[0]
    suspend(world, leaver, matter)
    effect = START + 100 * DAY
    give_notice(world, leaver, matter, effect)
    world.tick(effect + 30 * DAY - world.now)
    world.settle()
    resume(world, leaver, matter)
    (found,) = instrument(world, world.parties[1], matter).suspensions
    assert found.until == effect
    assert found.resumed is not None


def test_nothing_is_owed_for_a_period_that_ends_while_it_is_suspended(world: World) -> None:
    owner, other, _ = world.parties
    matter = adopted(world, owner)
    suspend(world, other, matter)
    assert days(world, owner) == []
    world.tick(95 * DAY)
    world.settle()
    resume(world, other, matter)
    rows = {row.due: row for row in owed_in(world, owner)}
    missed, now = rows["2027-03-31"], rows["2027-06-30"]
    assert missed.state.value == "not-known"
    assert [one.party for one in missed.suspensions] == [other]
    assert now.suspensions == ()
    assert days(world, owner) == ["2027-06-30"]
    world.tick(95 * DAY)
    world.settle()
    rows = {row.due: row for row in owed_in(world, owner)}
    assert rows["2027-06-30"].state.value == "none-found"
    assert rows["2027-03-31"].state.value == "not-known"


def test_what_is_reported_all_the_same_counts(world: World) -> None:
    owner, other, third = world.parties
    matter = adopted(world, owner)
    suspend(world, other, matter)
    name = report(world, owner, matter, "2027-03-31")
    assert [row.state.value for row in owed_in(world, third) if row.next] == ["reported"]
    for party in (other, third):
        world.act(party, BODY, acts.AcceptedReport, report=name)
    world.settle()
    assert [row.state.value for row in owed_in(world, third) if row.next] == ["held"]


def test_only_what_is_in_force_is_suspended_and_once_at_a_time(world: World) -> None:
    one, other, _ = world.parties
    fields = {"symbol": f"{BODY}/2027/{one}/9", "body": BODY, "article": "3(1)"}
    open_ = world.act(one, BODY, acts.Tabled, wording=wording(world, "open"), **fields)
    world.settle()
    words = world.words("flood")
    why = refused(world, other, acts.Suspended, matter=open_, reason=words)
    assert "not agreed" in why
    matter = adopted(world)
    suspend(world, other, matter)
    assert "already" in refused(world, other, acts.Suspended, matter=matter, reason=words)
    resume(world, other, matter)
    suspend(world, other, matter)
    assert suspended_by(world, matter) == (other,)


def test_two_that_suspend_at_once_each_suspend_for_themselves(world: World) -> None:
    matter = adopted(world)
    one, other, third = world.parties
    world.cut = {(a, b) for a in world.parties for b in world.parties}
    for party in (one, other):
        world.act(party, BODY, acts.Suspended, matter=matter, reason=world.words("flood"))
    world.cut = set()
    world.settle()
    resume(world, one, matter)
    assert suspended_by(world, matter) == (other,)
    assert third not in suspended_by(world, matter)
