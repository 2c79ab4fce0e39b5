"""A text for two is released later: who asks for it, who sends it, who keeps it, who may not."""

from __future__ import annotations

import pytest
from world import World, load_charter

from architrave.institution import acts
from architrave.peer.effects import Send
from architrave.peer.messages import Acts, Heads, Tombstones
from architrave.peer.opened import opened_texts
from architrave.peer.peer import Peer
from architrave.peer.relay import WANTS

BODY = load_charter().bodies[0].id
TEXT = "a line of credit between two"


def deposit(world: World, text: str, *readers: str, party: str = "KOR") -> str:
    to = sorted(world.origin(one) for one in readers) if readers else ["public"]
    fields = {"title": world.words(text), "digest": "ab" * 32, "source": "the treasury"}
    return world.act(party, BODY, acts.Deposited, to=to, **fields)


def release(world: World, party: str, name: str) -> None:
    world.act(party, BODY, acts.Released, act=name, to=["public"])


def opened() -> World:
    world = World()
    world.open(BODY)
    return world


def held(world: World, party: str) -> bool:
    """Whether the text is on this party's disk, and its copy knows it as opened."""
    found = any(TEXT in str(one.act.document) for one in opened_texts(world.peers[party]).values())
    assert found <= (TEXT.encode() in world.disks[party].bytes())
    return found


def test_every_copy_knows_which_text_was_opened_when_it_was_sealed_and_when_released() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    assert not any(held(world, party) for party in world.parties), "nobody has released it"
    world.now += 3_600_000
    release(world, "KOR", name)
    world.settle()
    found = [opened_texts(world.peers[party]) for party in world.parties]
    assert [list(one) for one in found] == [list(found[0])] * 3
    for one in found:
        ((tip, text),) = one.items()
        assert (text.name, text.party, text.tip) == (name, "KOR", tip)
        assert text.release.t - text.sealed >= 3_600_000
        assert text.act.seal == text.seal


def test_a_text_sealed_long_before_many_others_still_reaches_the_third() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    for number in range(60):
        deposit(world, f"another paper {number}", "KOR", "JPN")
    world.settle()
    release(world, "KOR", name)
    world.settle()
    assert held(world, "USA")
    assert b"another paper" not in world.disks["USA"].bytes()


def test_releases_that_nobody_can_answer_do_not_keep_a_text_from_the_third() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    release(world, "KOR", name)
    for number in range(250):
        release(world, "KOR", f"{number:064x}")  # comes before it, and nobody holds such an act
    release(world, "KOR", "no name at all")
    asked = world.peers["USA"]
    for _ in range(12):
        world.settle()
        names = asked_for(asked)
        assert all(len(one) == 32 for one in names)
        assert len(names) <= 2 * WANTS
    assert held(world, "USA")


def asked_for(peer: Peer) -> list[bytes]:
    found: list[list[bytes]] = []
    for effect in peer.tick(peer.now + 1_000):
        if isinstance(effect, Send) and isinstance(effect.message, Heads):
            found.append(effect.message.wants)
    assert found
    return found[0]


def test_the_other_reader_relays_it_while_the_author_is_away() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    world.cut = {("KOR", "USA"), ("USA", "KOR")}
    release(world, "KOR", name)
    world.settle()
    world.down = {"KOR"}
    world.restart("USA")
    world.settle()
    assert held(world, "USA")


def test_the_third_was_away_when_it_was_released() -> None:
    world = opened()
    world.down = {"USA"}
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    release(world, "KOR", name)
    world.settle()
    assert held(world, "KOR")
    assert held(world, "JPN")
    world.restart("USA")
    world.settle()
    assert held(world, "USA")
    world.restart("USA")
    assert held(world, "USA"), "it is read again from the disk"


def test_a_lost_text_is_asked_for_until_it_comes() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    world.cut = {(a, "USA") for a in ("KOR", "JPN")}
    release(world, "KOR", name)
    world.settle()
    kept = list(world.disks["USA"].stored.acts)
    world.cut = set()
    world.settle()
    assert held(world, "USA")
    world.disks["USA"].stored.acts = kept
    world.restart("USA")
    assert not held(world, "USA"), "its disk has forgotten the text and kept the release"
    world.settle()
    assert held(world, "USA")


def test_the_third_hands_it_on_to_the_author_who_lost_it() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    release(world, "KOR", name)
    world.settle()
    stored = world.disks["KOR"].stored
    stored.acts = [one for one in stored.acts if TEXT.encode() not in one[1]]
    world.down = {"JPN"}
    world.restart("KOR")
    assert not held(world, "KOR")
    world.settle()
    assert held(world, "KOR")


def test_a_release_by_another_than_the_author_opens_nothing() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    release(world, "JPN", name)
    release(world, "USA", name)
    world.settle()
    assert not any(held(world, party) for party in world.parties)
    assert TEXT.encode() not in world.disks["USA"].bytes()


@pytest.mark.parametrize("asking", ["name", "seal"])
def test_whoever_asks_for_what_is_not_released_hears_nothing(asking: str) -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    peer = world.peers["JPN"]
    (seal,) = peer.names[name]
    wants = [bytes.fromhex(name) if asking == "name" else seal]
    heads = Heads(world.now, dict.fromkeys(world.everyone(), 10**6), wants)
    sent = [e.message for e in peer.receive(world.origin("USA"), heads) if isinstance(e, Send)]
    assert not any(isinstance(one, Acts) for one in sent)
    release(world, "KOR", name)
    world.cut = {(a, "USA") for a in ("KOR", "JPN")}
    world.settle()
    sent = [e.message for e in peer.receive(world.origin("USA"), heads) if isinstance(e, Send)]
    assert any(isinstance(one, Acts) for one in sent)


def test_the_release_changes_nothing_in_what_the_third_holds_to_be_so() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    release(world, "KOR", name)
    world.settle()
    third, (tip,) = world.peers["USA"], opened_texts(world.peers["USA"])
    assert name not in third.state.acts
    assert tip not in third.state.refused
    assert not third.state.deposits
    assert world.peers["JPN"].state.deposits
    assert tip not in third.reader.judged
    assert third.quiet
    assert not asked_for(third)


def test_erased_after_its_release_it_is_opened_without_its_words_everywhere() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    release(world, "KOR", name)
    world.settle()
    world.act("KOR", BODY, acts.Erased, act=name, cause="law", to=["public"])
    world.settle()
    for party in world.parties:
        (text,) = opened_texts(world.peers[party]).values()
        assert TEXT not in str(text.act.document)
        assert TEXT.encode() not in world.disks[party].bytes()


def test_of_what_was_erased_before_its_release_the_third_takes_no_tombstone_on_trust() -> None:
    world = opened()
    name = deposit(world, TEXT, "KOR", "JPN")
    world.settle()
    to = sorted([world.origin("KOR"), world.origin("JPN")])
    world.act("KOR", BODY, acts.Erased, act=name, cause="law", to=to)
    world.settle()
    release(world, "KOR", name)
    world.settle()
    third = world.peers["USA"]
    assert not opened_texts(third)
    heads = Heads(world.now, {}, [bytes.fromhex(name)])
    sent = world.peers["JPN"].receive(world.origin("USA"), heads)
    assert any(isinstance(one, Send) and isinstance(one.message, Tombstones) for one in sent)
