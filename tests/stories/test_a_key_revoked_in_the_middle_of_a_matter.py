"""An officer's key is lost in the middle of a matter. What it signed stands; it signs no more."""

from __future__ import annotations

import scenes
from world import World, seed

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.questions import key_serves
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused
from architrave.record.keys import PrivateKey

BODY = scenes.BODY


def revoke(world: World, party: str, key: PrivateKey) -> object:
    return scenes.party_attempt(
        world,
        party,
        acts.KeyRevoked,
        officer_key=key.public.text,
        reason=world.words("lost"),
    )


def test_what_the_key_signed_stands_and_the_next_key_carries_on() -> None:
    world = World()
    world.open(BODY)
    tabling, losing, third = world.parties
    matter = scenes.table(world, tabling)
    world.settle()
    scenes.position(world, losing, matter)
    world.settle()

    lost = world.officer(losing, BODY)
    assert isinstance(revoke(world, losing, lost), Admitted)
    world.settle()
    for capital in world.parties:
        assert losing in world.stand(capital, matter).current.positions, "what was said stands"
    stolen = scenes.attempt(world, losing, acts.Retracted, matter=matter)
    assert isinstance(stolen, Refused)
    assert "does not serve" in stolen.reason

    fresh = PrivateKey(seed(losing, "after the loss"))
    world.party_act(
        losing,
        acts.KeyDelegated,
        office=f"{losing}/{BODY}",
        holder="first holder",
        officer_key=fresh.public.text,
    )
    for capital in (tabling, third):
        scenes.position(world, capital, matter)
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.IN_FORCE
    act = scenes.make(world, losing, acts.Deposited, key=fresh.public.text,
                      title=world.words("t"), digest="0" * 64, source="s")  # fmt: skip
    assert isinstance(world.try_submit(losing, act, fresh), Admitted)


def test_a_revoked_key_counts_for_nothing_on_another_branch_that_does_not_know_it() -> None:
    # Position in the own log decides: on a branch that forked before the revocation the key still
    # serves, and that branch speaks for nobody, because two faces convict the log.
    world = World()
    world.open(BODY)
    party = world.parties[0]
    key = world.officer(party, BODY)
    before = world.peers[party].history.main(world.origin(party)).size
    assert isinstance(revoke(world, party, key), Admitted)
    world.settle()
    peer = world.peers[world.parties[1]]
    history, origin = peer.history, world.origin(party)
    older = peer.state.view(history, history.cut_of([history.main(origin).tips[before - 1]]))
    assert key_serves(peer.state, older, key.public.text, f"{party}/{BODY}")
    assert not key_serves(peer.state, peer.view(), key.public.text, f"{party}/{BODY}")


def test_a_key_is_revoked_once_by_its_own_party_and_for_good() -> None:
    world = World()
    world.open(BODY)
    first, second, _ = world.parties
    key = world.officer(first, BODY)
    strange = revoke(world, second, key)
    assert isinstance(strange, Refused)
    assert "has not delegated" in strange.reason
    assert isinstance(revoke(world, first, key), Admitted)
    again = revoke(world, first, key)
    assert isinstance(again, Refused)
    assert "already" in again.reason
    back = scenes.party_attempt(
        world,
        first,
        acts.KeyDelegated,
        office=f"{first}/{BODY}",
        holder="first holder",
        officer_key=key.public.text,
    )
    assert isinstance(back, Refused)
    assert "never delegated again" in back.reason


def test_a_position_that_crosses_the_revocation_is_judged_by_its_own_place() -> None:
    world = World()
    world.open(BODY)
    tabling, losing, _ = world.parties
    matter = scenes.table(world, tabling)
    world.settle()
    world.cut |= {(losing, other) for other in world.parties if other != losing}
    scenes.position(world, losing, matter, Position.RESERVE)
    revoke(world, losing, world.officer(losing, BODY))
    world.cut.clear()
    world.settle()
    shown = {capital: world.stand(capital, matter).current.positions for capital in world.parties}
    assert all(losing in one for one in shown.values())
