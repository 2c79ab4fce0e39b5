"""A party that shows two faces of its book: each copy takes the same of what stands on both."""

from __future__ import annotations

from random import Random

from scenes import BODY
from test_crisis_orders import read_in, some_order
from world import World, seed

from architrave.institution import acts
from architrave.institution.acts import Act, document_of
from architrave.institution.acts_warning import POINTS
from architrave.institution.alerts import alert_named
from architrave.institution.pending import consultations
from architrave.peer.effects import Send
from architrave.record.sealing import SealedAct, sign_act


def asked_twice(alert: bool = False) -> tuple[World, str]:
    """A party asked in the same words on both faces of its book, in one of them later than a line.

    Each of the others answered on the face that it had seen; then both learned of the other face.
    """
    world = World()
    world.open(BODY)
    liar, left, right = world.parties
    words = world.words("w")
    points = POINTS if alert else ("ground", "facts", "wish")
    kind: type[Act] = acts.Alerted if alert else acts.Consulted
    ask = kind(
        party=liar, seat=world.charter.body(BODY).seat_of(liar).id,
        key=world.officer(liar, BODY).public.text, at=world.now + 500, to=world.everyone(),
        symbol=f"{BODY}/2027/{liar}/1", body=BODY, drill=True, **dict.fromkeys(points, words),
    )  # fmt: skip
    sealed = SealedAct(
        seed("salt"), sign_act(document_of(ask), world.founding.id, world.officer(liar, BODY))
    )
    twin = world.boot(liar)
    twin.tick(world.now)
    world.cut = {(liar, right), (right, liar), (left, right), (right, left)}
    world.perform(liar, world.peers[liar].command(1, sealed))
    world.settle()
    if alert:
        world.act(left, BODY, acts.Responded, alert=acts.name_of(ask), sees=words)
    else:
        world.act(left, BODY, acts.Acknowledged, consultation=acts.name_of(ask), answer=words)
    world.settle()
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    first = twin.command(1, sealed_deposit(world, liar))
    for effect in (*first, *twin.command(2, sealed)):
        if isinstance(effect, Send) and effect.to == world.origin(right):
            world.perform(right, world.peers[right].receive(world.origin(liar), effect.message))
    world.cut = {(liar, right), (right, liar), (left, liar), (liar, left)}
    world.settle()
    world.tick(61_000)
    world.settle()
    return world, acts.name_of(ask)


def sealed_deposit(world: World, party: str) -> SealedAct:
    """A public paper, sealed by the officer of a party."""
    key = world.officer(party, BODY)
    act = acts.Deposited(
        party=party, seat=world.charter.body(BODY).seat_of(party).id, key=key.public.text,
        at=world.now + 400, to=["public"], title=world.words("the other face"),
        digest=seed("the other face").hex(), source="an archive",
    )  # fmt: skip
    return SealedAct(seed("salt of it"), sign_act(document_of(act), world.founding.id, key))


def test_a_request_that_stands_on_two_faces_is_the_same_in_every_order_of_reading() -> None:
    world, asked = asked_twice()
    peer = world.peers[world.parties[2]]
    tips = [fact.tip for fact in peer.view().of(peer.state.acts[asked])]
    assert len(tips) == 2, "both faces are here"
    arrived, found = set(), set()
    for number in range(12):
        draw = Random(number)
        state = read_in(world, peer, some_order(peer, draw), 0.0, draw)
        (one,) = consultations(state, peer.view())
        fact = state.find(peer.view(), asked)
        assert fact is not None
        arrived.add(state.acts[asked][0].tip)
        found.add((one.asked.tip, fact.tip))
    assert len(arrived) == 2, "both orders were tried"
    first = min(tips, key=lambda tip: (tip.size, tip))
    assert found == {(first, first)}


def test_an_alert_that_stands_on_two_faces_is_the_same_in_every_order_of_reading() -> None:
    world, asked = asked_twice(alert=True)
    peer = world.peers[world.parties[2]]
    tips = [fact.tip for fact in peer.view().of(peer.state.acts[asked])]
    assert len(tips) == 2, "both faces are here"
    arrived, found = set(), set()
    for number in range(12):
        draw = Random(number)
        state = read_in(world, peer, some_order(peer, draw), 0.0, draw)
        one = alert_named(state, peer.view(), asked)
        assert one is not None
        arrived.add(state.acts[asked][0].tip)
        found.add(one.asked.tip)
    assert len(arrived) == 2, "both orders were tried"
    assert found == {min(tips, key=lambda tip: (tip.size, tip))}
