"""Erasure among real peers: the words go everywhere, the effect stays, and nobody can misuse it."""

from __future__ import annotations

import pytest
import scenes
from rivers import rivers
from scenes import BODY, make, table
from world import Disk, World

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import name_of
from architrave.institution.digest import state_digest
from architrave.institution.erasure import MARK
from architrave.institution.state import Admitted, Refused
from architrave.peer import exchange
from architrave.peer.messages import Acts, Tombstones
from architrave.record.tombstones import ErasedAct, Tombstone, read_tombstone

SECRET = "the words that a law wants gone"


def opened() -> World:
    world = World()
    world.open(BODY)
    return world


def words(world: World) -> dict[str, str]:
    return dict.fromkeys(world.charter.languages, SECRET)


def objected(world: World) -> tuple[str, str]:
    """A matter, and an objection to it whose reason has to go."""
    matter = table(world)
    world.settle()
    name = scenes.position(
        world, "KOR", matter, Position.OBJECT, reason=words(world), remedy=words(world)
    )
    world.settle()
    return matter, name


def erase(world: World, party: str, name: str, **fields: object) -> str:
    fields.setdefault("cause", "law")
    return world.act(party, BODY, acts.Erased, act=name, **fields)


def seal_of(world: World, name: str) -> bytes:
    (seal,) = next(peer.names[name] for peer in world.peers.values() if name in peer.names)
    return seal


def digests(world: World) -> set[str]:
    return {state_digest(peer.state, peer.view()) for peer in world.peers.values()}


def word(world: World, reader: str, matter: str) -> Position:
    """What KOR has said on the matter, as a reader has it."""
    return world.stand(reader, matter).current.positions["KOR"].act.position


def holders(world: World, text: str = SECRET) -> list[str]:
    """The parties whose disk, or whose state, still holds these words."""
    found = []
    for party, peer in world.peers.items():
        facts = [fact.act for many in peer.state.acts.values() for fact in many]
        if text.encode() in world.disks[party].bytes() or text in repr(facts):
            found.append(party)
    return found


def test_the_words_leave_every_node_and_the_objection_stands() -> None:
    world = opened()
    matter, name = objected(world)
    before = digests(world)
    assert len(before) == 1
    assert holders(world) == world.parties
    erase(world, "KOR", name)
    world.settle()
    assert holders(world) == []
    assert word(world, "USA", matter) is Position.OBJECT
    for peer in world.peers.values():
        held = peer.reader.acts[seal_of(world, name)]
        assert isinstance(held, ErasedAct)
        assert set(held.stone.signatures) == set(world.everyone())
        fact = peer.state.find(peer.view(), name)
        assert fact is not None
        assert isinstance(fact.act, acts.Positioned)
        assert fact.act.position is Position.OBJECT
        assert set(fact.act.reason.values()) == {MARK}
    assert len(digests(world)) == 1


@pytest.mark.parametrize("party", ["JPN", "KOR", "USA"])
def test_a_node_that_refills_from_nothing_takes_the_tombstone_and_has_the_same_state(
    party: str,
) -> None:
    world = opened()
    matter, name = objected(world)
    erase(world, "KOR", name)
    world.settle()
    token = world.disks[party].stored.token
    world.disks[party] = Disk()
    world.disks[party].stored.token = token
    world.restart(party)
    assert world.peers[party].restored
    world.settle()
    assert not world.peers[party].restored
    assert len(digests(world)) == 1
    assert isinstance(world.peers[party].reader.acts[seal_of(world, name)], ErasedAct)
    assert word(world, party, matter) is Position.OBJECT
    assert SECRET.encode() not in world.disks[party].bytes()
    table(world, party, number=7)
    world.settle()
    assert len(digests(world)) == 1


def test_while_one_party_is_away_the_words_are_hidden_and_stay_for_it_to_read() -> None:
    world = opened()
    matter = table(world)
    world.settle()
    world.down.add("USA")
    name = scenes.position(
        world, "KOR", matter, Position.OBJECT, reason=words(world), remedy=words(world)
    )
    erase(world, "KOR", name)
    world.settle()
    for party in ("JPN", "KOR"):
        peer = world.peers[party]
        fact = peer.state.find(peer.view(), name)
        assert fact is not None
        assert SECRET not in repr(fact.act)
        assert SECRET.encode() in world.disks[party].bytes()
    world.restart("USA")
    world.settle()
    world.tick(60_000)
    world.settle()
    assert holders(world) == []
    assert len(digests(world)) == 1
    assert word(world, "USA", matter) is Position.OBJECT


def test_two_erasures_at_once_both_end() -> None:
    world = opened()
    matter, name = objected(world)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    erase(world, "KOR", name)
    erase(world, "JPN", matter, cause="mistake", reason={"en": "wrong file"})
    world.cut = set()
    world.settle()
    world.tick(60_000)
    assert holders(world) == []
    assert holders(world, "title (en)") == []
    assert len(digests(world)) == 1
    assert word(world, "USA", matter) is Position.OBJECT


def test_an_act_for_two_is_erased_by_the_two_and_the_third_hears_nothing() -> None:
    world = opened()
    two = sorted(world.origin(party) for party in ("JPN", "KOR"))
    fields = {"title": words(world), "digest": "0" * 64, "source": SECRET}
    name = world.act("JPN", BODY, acts.Deposited, to=two, **fields)
    world.settle()
    assert holders(world) == ["JPN", "KOR"]
    erase(world, "JPN", name, to=two)
    world.settle()
    assert holders(world) == []
    stone = world.peers["KOR"].erasing.acts[seal_of(world, name)].stone
    assert sorted(stone.signatures) == two
    assert name not in world.peers["USA"].names
    assert name.encode() not in world.disks["USA"].bytes()


def test_a_released_act_is_erased_at_those_too_who_got_it_by_the_release() -> None:
    world = opened()
    two = sorted(world.origin(party) for party in ("JPN", "KOR"))
    fields = {"title": words(world), "digest": "0" * 64, "source": SECRET}
    name = world.act("JPN", BODY, acts.Deposited, to=two, **fields)
    world.settle()
    world.act("JPN", BODY, acts.Released, act=name, to=["public"])
    world.settle()
    assert holders(world)[-1] == "USA"
    erase(world, "JPN", name, to=["public"])
    world.settle()
    world.tick(60_000)
    assert holders(world) == []
    stone = world.peers["JPN"].erasing.acts[seal_of(world, name)].stone
    assert set(stone.signatures) == set(world.everyone())


def test_a_void_act_is_erased_and_stays_void() -> None:
    world = opened()
    bad = make(world, "KOR", acts.Deposited, title=words(world), digest="x", source=SECRET)
    tip = scenes.write(
        world, "KOR", scenes.sealed(world, bad, world.officer("KOR", BODY)), world.everyone()
    )
    world.settle()
    erase(world, "KOR", name_of(bad))
    world.settle()
    assert holders(world) == []
    for reader in world.parties:
        assert isinstance(scenes.verdict(world, reader, tip), Refused)


def test_a_late_objection_stays_late_without_its_words() -> None:
    world = opened()
    matter = table(world)
    world.settle()
    for party in world.parties:
        scenes.position(world, party, matter)
    world.settle()
    late = make(
        world, "KOR", acts.Positioned, matter=matter, version=matter, position=Position.OBJECT,
        reason=words(world), remedy=words(world),
    )  # fmt: skip
    verdict = world.try_submit("KOR", late, world.officer("KOR", BODY))
    assert isinstance(verdict, Refused)
    assert verdict.late
    world.settle()
    erase(world, "KOR", name_of(late))
    world.settle()
    assert holders(world) == []
    for peer in world.peers.values():
        (fact,) = peer.state.late[matter]
        assert fact.name == name_of(late)


def test_a_holders_name_is_erased_and_the_key_still_serves() -> None:
    world = World()
    world.open()
    seat = world.charter.body(BODY).seat_of("KOR").id
    key = world.officer("KOR", BODY)
    alias = {"alias": "00112233445566aa", "holder": SECRET, "office": seat}
    appointed = world.party_act("KOR", acts.Appointed, language="en", **alias)
    world.party_act("KOR", acts.KeyDelegated, officer_key=key.public.text, **alias)
    for party in ("JPN", "USA"):
        world.seat(party, BODY)
    world.settle()
    before = digests(world)
    erase(world, "KOR", appointed)
    world.settle()
    (delegated,) = (fact.name for fact in world.peers["KOR"].state.keys[key.public.text])
    assert holders(world) == world.parties  # the delegation names the holder too
    table(world, "KOR")
    erase(world, "KOR", delegated)
    world.settle()
    assert holders(world) == []
    table(world, "KOR", number=2)
    world.settle()
    assert len(digests(world)) == 1
    assert digests(world) != before


# -- crashes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("party", ["JPN", "KOR", "USA"])
@pytest.mark.parametrize("stop", range(12))
def test_a_crash_at_any_effect_while_erasing_loses_nothing_and_ends_erased(
    party: str, stop: int
) -> None:
    world = opened()
    matter, name = objected(world)
    world.act("KOR", BODY, acts.Erased, act=name, cause="law")
    performed, left = world.perform, stop

    def perform(who: str, effects: list) -> list:
        nonlocal left
        if who == party and 0 <= left < len(effects):
            # The process ends before this effect: what is in memory is gone.
            answers, left = performed(who, effects[:left]), -1
            world.restart(party)
            return answers
        left -= len(effects) if who == party and left >= 0 else 0
        return performed(who, effects)

    world.perform = perform
    world.settle()
    world.perform = performed
    world.tick(60_000)
    world.settle()
    assert left == -1, "the crash came"
    assert holders(world) == []
    assert len(digests(world)) == 1
    assert word(world, "USA", matter) is Position.OBJECT


# -- malice (invented parties) ------------------------------------------------------------------


def river_world(parties: int = 4) -> World:
    world = World(rivers(parties))
    world.open("FERRY")
    return world


def deposit(world: World, party: str, **fields: object) -> str:
    given = {"title": words(world), "digest": "0" * 64, "source": SECRET}
    return world.act(party, "FERRY", acts.Deposited, **{**given, **fields})


def test_nobody_erases_the_words_of_another() -> None:
    world = river_world()
    two = sorted(world.origin(party) for party in ("ALD", "CAS"))
    for to in (world.everyone(), two):
        name = deposit(world, "ALD", to=to)
        world.settle()
        before = holders(world)
        # One that cannot be judged by its readers is admitted if it is public, and does nothing.
        verdict = _erased_by_another(world, name)
        assert isinstance(verdict, Refused if to == world.everyone() else Admitted)
        world.settle()
        world.tick(60_000)
        assert holders(world) == before
        assert not any(peer.erasing.acts for peer in world.peers.values())


def _erased_by_another(world: World, name: str) -> Admitted | Refused:
    key = world.officer("BOR", "FERRY")
    seat = world.charter.body("FERRY").seat_of("BOR").id
    world.at += 1
    act = acts.Erased(
        party="BOR", seat=seat, key=key.public.text, at=world.now + world.at, to=["public"],
        act=name, cause="law",
    )  # fmt: skip
    return world.try_submit("BOR", act, key)


def test_a_party_that_refuses_to_sign_delays_and_changes_nothing_else() -> None:
    world = river_world()
    name = deposit(world, "ALD")
    world.settle()
    world.act("ALD", "FERRY", acts.Erased, act=name, cause="law")
    liar = world.peers["BOR"]
    liar.erasing.names = _Nothing()  # it never looks, and so never signs
    world.settle()
    world.tick(60_000)
    assert holders(world) == world.parties[1:2] or holders(world) == world.parties
    seal = seal_of(world, name)
    for party in ("ALD", "CAS", "DUN"):
        peer = world.peers[party]
        assert not isinstance(peer.reader.acts[seal], ErasedAct)
        stone = peer.erasing.acts[seal].stone
        assert stone.lacks(world.everyone()) == (world.origin("BOR"),)
    assert len(digests(world)) == 1


class _Nothing(set):
    def add(self, _: object) -> None:
        """Forget it."""


def test_another_skeleton_is_refused_by_all_who_have_read_the_act() -> None:
    world = river_world()
    name = deposit(world, "ALD")
    world.settle()
    world.act("ALD", "FERRY", acts.Erased, act=name, cause="law")
    world.settle()
    seal = seal_of(world, name)
    true = world.peers["ALD"].erasing.acts[seal].stone
    forged = Tombstone(seal, name, True, true.skeleton.replace(b'"source"', b'"sourcf"'))
    for party in ("ALD", "BOR"):
        key = world.peers[party].keys.node
        forged = forged.signed_with(world.origin(party), key, world.founding.id)
    honest = world.peers["CAS"]
    honest.receive(world.origin("BOR"), Tombstones([forged.data]))
    assert honest.erasing.acts[seal].stone.agrees(true)
    # A node that refills takes neither this one, nor the true one without its own signature.
    token = world.disks["DUN"].stored.token
    world.disks["DUN"] = Disk()
    world.disks["DUN"].stored.token = token
    world.restart("DUN")
    world.cut = {(one, "DUN") for one in ("ALD", "CAS")} | {("BOR", "DUN")}
    fresh = world.peers["DUN"]
    for _ in range(3):
        for message in _growth(world, "ALD", "DUN"):
            fresh.receive(world.origin("ALD"), message)
    assert seal in fresh.seals
    short = {one: made for one, made in true.signatures.items() if one != world.origin("DUN")}
    alone = Tombstone(seal, name, True, true.skeleton, short)
    for stone in (forged, alone):
        fresh.receive(world.origin("ALD"), Tombstones([stone.data]))
        assert seal not in fresh.reader.acts
    fresh.receive(world.origin("ALD"), Tombstones([true.data]))
    assert isinstance(fresh.reader.acts[seal], ErasedAct)
    assert read_tombstone(true.data) == true


def _growth(world: World, sender: str, to: str) -> list:
    """What one party would send another about every log, without any act."""
    peer, sent = world.peers[sender], []
    for origin in peer.replicas:
        for effect in exchange._growth_for(peer, world.origin(to), origin, 0):
            if not isinstance(effect.message, Acts | Tombstones):
                sent.append(effect.message)
    return sent
