"""A seat changes hands. The new holder finds all that stands, and only the new key signs for it."""

from __future__ import annotations

import scenes
from world import World, seed

from architrave.institution import acts
from architrave.institution.acts import name_of
from architrave.institution.questions import holder
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused
from architrave.record.keys import PrivateKey

BODY = scenes.BODY
SEAT = f"KOR/{BODY}"


def change_government(world: World, party: str, name: str = "second holder") -> PrivateKey:
    """The seat is vacated and filled anew, with a key of the new holder; the party key signs."""
    key = PrivateKey(seed(party, name))
    office = f"{party}/{BODY}"
    world.party_act(party, acts.Vacated, office=office)
    world.party_act(party, acts.Appointed, office=office, holder=name, language="ko")
    world.party_act(
        party, acts.KeyDelegated, office=office, holder=name, officer_key=key.public.text
    )
    return key


def sign(world: World, party: str, key: PrivateKey, kind: type[acts.Act], **fields: object):
    act = scenes.make(world, party, kind, key=key.public.text, **fields)
    return act, world.try_submit(party, act, key)


def test_the_new_holder_carries_on_where_the_last_one_stood() -> None:
    world = World()
    world.open(BODY)
    matter = scenes.table(world, "KOR")
    world.settle()
    scenes.position(world, "KOR", matter)
    world.settle()

    key = change_government(world, "KOR")
    world.settle()
    for capital in world.parties:
        peer = world.peers[capital]
        assert holder(peer.state, peer.view(), SEAT) == "second holder"
        assert "KOR" in world.stand(capital, matter).current.positions, "what was said stands"

    late = scenes.attempt(world, "KOR", acts.Retracted, matter=matter)
    assert isinstance(late, Refused)
    assert "present holder" in late.reason
    _, found = sign(world, "KOR", key, acts.Retracted, matter=matter)
    assert isinstance(found, Admitted)
    world.settle()
    assert "KOR" not in world.stand("JPN", matter).current.positions


def test_a_vacant_seat_signs_nothing_and_what_stands_goes_on_standing() -> None:
    world = World()
    world.open(BODY)
    matter = scenes.agree(world)
    world.party_act("USA", acts.Vacated, office=f"USA/{BODY}")
    world.settle()
    found = scenes.attempt(
        world, "USA", acts.Deposited, title=world.words("t"), digest="0" * 64, source="s"
    )
    assert isinstance(found, Refused)
    for capital in world.parties:
        assert world.stand(capital, matter).stage is Stage.IN_FORCE


def test_a_government_that_changes_between_tabling_and_closing_may_still_leave() -> None:
    """The old government concurred; the new one withdraws its word before its book has closed."""
    world = World()
    world.open(BODY)
    matter = scenes.table(world, "JPN")
    world.settle()
    scenes.position(world, "KOR", matter)
    scenes.position(world, "JPN", matter)
    world.settle()
    key = change_government(world, "KOR")
    world.settle()
    act, found = sign(world, "KOR", key, acts.Retracted, matter=matter)
    assert isinstance(found, Admitted)
    scenes.position(world, "USA", matter)
    world.settle()
    for capital in world.parties:
        assert world.stand(capital, matter).stage is not Stage.IN_FORCE
        assert name_of(act) in world.peers[capital].state.acts


def test_a_government_that_changes_after_closing_is_bound_and_may_only_give_notice() -> None:
    world = World()
    world.open(BODY)
    matter = scenes.agree(world)
    key = change_government(world, "KOR")
    world.settle()
    _, found = sign(world, "KOR", key, acts.Retracted, matter=matter)
    assert isinstance(found, Refused)
    assert "only notice of withdrawal is left" in found.reason
    fields = {"matter": matter, "effect": world.now + 100 * 86_400_000, "reason": world.words("r")}
    _, found = sign(world, "KOR", key, acts.NotifiedWithdrawal, **fields)
    assert isinstance(found, Admitted)
