"""Scenes for tests of acts: worlds with something tabled, agreed or asked in them."""

from __future__ import annotations

from world import DAY, World

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Act, document_of
from architrave.institution.state import Admitted, Refused
from architrave.record.entries import PUBLIC, Audience, Tip
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

BODY = "ESFSC"
PLEDGE = "boats"


def wording(world: World, instrument: str = "plan", nature: str = "political") -> acts.Wording:
    return acts.Wording(world.words("title"), world.words("summary"), instrument, nature)


def pledge(world: World, **fields: object) -> acts.Pledge:
    given = {"id": PLEDGE, "owner": f"JPN/{BODY}", "due": "2027-06-30", "what": world.words("what")}
    return acts.Pledge(**{**given, **fields})


def table(world: World, party: str = "JPN", number: int = 1, **fields: object) -> str:
    """A plan put before the body; decided by all who concur unless `fields` say otherwise."""
    given: dict[str, object] = {
        "symbol": f"{BODY}/2027/{party}/{number}",
        "body": BODY,
        "article": "3(1)",
        "wording": wording(world),
        "pledges": [pledge(world)],
    }
    return world.act(party, BODY, acts.Tabled, **{**given, **fields})


def table_silence(world: World, party: str = "JPN", number: int = 1, **fields: object) -> str:
    """A plan under a silence of 24 hours at least."""
    silence = acts.Silence("4(2)", world.now + DAY)
    return table(world, party, number, article="4(2)", silence=silence, **fields)


def position(
    world: World, party: str, matter: str, position: Position = Position.CONCUR, **fields: object
) -> str:
    fields.setdefault("version", matter)
    return world.act(party, BODY, acts.Positioned, matter=matter, position=position, **fields)


def objection(world: World, party: str, matter: str, **fields: object) -> str:
    because = world.words("because")
    return position(world, party, matter, Position.OBJECT, reason=because, remedy=because, **fields)


def agree(world: World, number: int = 1, **fields: object) -> str:
    """A matter that is in force."""
    matter = table(world, number=number, **fields)
    world.settle()
    for party in world.parties:
        position(world, party, matter)
    world.settle()
    return matter


def attempt(
    world: World, party: str, kind: type[Act], /, seat_in: str = BODY, **fields: object
) -> Admitted | Refused:
    """What becomes of an officer's act, without demanding anything."""
    key = world.officer(party, seat_in)
    act = make(world, party, kind, seat_in=seat_in, **fields)
    return world.try_submit(party, act, key)


def make(
    world: World, party: str, kind: type[Act], /, seat_in: str = BODY, **fields: object
) -> Act:
    """An act of a party's officer, not signed yet."""
    world.at += 1
    given: dict[str, object] = {
        "party": party,
        "seat": world.charter.body(seat_in).seat_of(party).id,
        "key": world.officer(party, seat_in).public.text,
        "at": world.now + world.at,
        "to": world.everyone(),
    }
    return kind(**{**given, **fields})


def party_attempt(world: World, party: str, kind: type[Act], /, **fields: object) -> object:
    """What becomes of an act signed by the party key."""
    key = world.party_keys[party]
    world.at += 1
    given = {"key": key.public.text, "at": world.now + world.at, "to": world.everyone()}
    return world.try_submit(party, kind(party=party, **{**given, **fields}), key)


def sealed(world: World, act: Act, key: PrivateKey) -> SealedAct:
    world.salts += 1
    data = sign_act(document_of(act), world.founding.id, key)
    return SealedAct(world.salts.to_bytes(32, "big"), data)


def write(world: World, party: str, act: SealedAct, to: list[str]) -> Tip:
    """Write a line that no honest node would: the act is not looked at before."""
    effects: list[object] = []
    audience = PUBLIC if to == ["public"] else Audience(frozenset(to))
    tip = world.peers[party].write(effects, act, audience)
    world.perform(party, effects)
    return tip


def verdict(world: World, reader: str, tip: Tip) -> Refused | None:
    """Why an act is void for a reader; None if it is admitted. It has to be judged."""
    peer = world.peers[reader]
    assert tip not in peer.reader.waiting
    assert tip in peer.reader.judged
    return peer.state.refused.get(tip)
