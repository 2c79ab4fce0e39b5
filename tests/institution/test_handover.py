"""What passes to the next holder of a seat."""

import msgspec
import pytest
from papers import BODY, adopted, wording
from world import World, seed

from architrave.charter.errors import UnknownId
from architrave.institution import acts
from architrave.institution.handover import Handover, handover
from architrave.institution.state import Refused
from architrave.record.keys import PrivateKey


@pytest.fixture
def world() -> World:
    made = World()
    made.open(BODY)
    return made


def pack(world: World, party: str) -> Handover:
    peer = world.peers[party]
    return handover(peer.state, peer.view(), world.charter.body(BODY).seat_of(party).id)


def test_the_next_holder_is_handed_all_that_stands_is_owed_and_is_pending(world: World) -> None:
    matter = adopted(world, *world.parties)
    one, two, three = world.parties
    open_matter = world.act(
        one,
        BODY,
        acts.Tabled,
        symbol=f"{BODY}/2027/{one}/7",
        body=BODY,
        article="3(1)",
        wording=wording(world, "second plan"),
    )
    asked = world.act(
        two,
        BODY,
        acts.Consulted,
        symbol=f"{BODY}/2027/{two}/1",
        body=BODY,
        ground=world.words("ground"),
        facts=world.words("facts"),
        wish=world.words("wish"),
    )
    world.settle()
    seat = world.charter.body(BODY).seat_of(three).id
    world.party_act(three, acts.Appointed, office=seat, holder="second holder", language="ja")
    world.settle()
    for party in world.parties:
        peer = world.peers[party]
        found = handover(peer.state, peer.view(), seat)
        assert (found.holder, found.language) == ("second holder", "ja")
        assert [one.standing.name for one in found.stands] == [matter]
        assert {row.party for row in found.owed} == set(world.parties)
        assert [one.standing.name for one in found.pending] == [open_matter]
        assert [one.asked.name for one in found.consultations] == [asked]
        needs = [(symbol, waiting.need.value) for symbol, waiting in found.mine]
        assert needs == [
            (f"{BODY}/2027/{one}/7", "position"),
            (f"{BODY}/2027/{two}/1", "answer"),
        ]
        assert found.keys == ()
        assert len(found.holders) == 2
        assert {one.holder for one in found.colleagues} == {"first holder"}


def test_the_last_holders_key_no_longer_serves_and_the_next_ones_does(world: World) -> None:
    matter = adopted(world, *world.parties)
    party = world.parties[1]
    seat = world.charter.body(BODY).seat_of(party).id
    old = pack(world, party).keys
    world.party_act(party, acts.Appointed, office=seat, holder="second holder", language="en")
    world.settle()
    key = world.officer(party, BODY)
    report = acts.Reported(
        party=party,
        seat=seat,
        key=key.public.text,
        at=world.now,
        to=world.everyone(),
        matter=matter,
        pledge=f"report-{party.lower()}",
        period="2027-03-31",
        account=world.words("by the old holder"),
    )
    verdict = world.try_submit(party, report, key)
    assert isinstance(verdict, Refused)
    assert "present holder" in verdict.reason
    assert old == (key.public.text,)

    new = PrivateKey(seed("second officer"))
    world.party_act(
        party,
        acts.KeyDelegated,
        office=seat,
        holder="second holder",
        officer_key=new.public.text,
    )
    world.settle()
    assert pack(world, party).keys == (new.public.text,)
    own = msgspec.structs.replace(report, key=new.public.text)
    assert not isinstance(world.try_submit(party, own, new), Refused)


def test_a_vacant_seat_has_nobody_to_hand_to(world: World) -> None:
    party = world.parties[0]
    world.party_act(party, acts.Vacated, office=world.charter.body(BODY).seat_of(party).id)
    world.settle()
    found = pack(world, party)
    assert (found.holder, found.language, found.keys) == ("", "", ())
    assert len(found.holders) == 1


def test_no_seat_of_the_charter(world: World) -> None:
    peer = world.peers[world.parties[0]]
    with pytest.raises(UnknownId):
        handover(peer.state, peer.view(), "nobody/nowhere")
