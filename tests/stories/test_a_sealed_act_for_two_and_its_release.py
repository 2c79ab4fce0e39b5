"""Two capitals share a sealed paper. Later its author opens it, and the third can prove the day."""

from __future__ import annotations

import scenes
from two_faces import BAD, Scene
from world import World

from architrave.institution import acts
from architrave.institution.state import Refused
from architrave.peer.effects import Send
from architrave.peer.messages import Heads, encode_batch
from architrave.record.entries import Audience
from architrave.record.sealing import SealedAct

BODY = scenes.BODY
TEXT = "a line of credit between two"


def sealed_paper(world: World) -> tuple[str, bytes]:
    """The paper's name, and its seal as every book of the author shows it."""
    to = sorted([world.origin("JPN"), world.origin("KOR")])
    fields = {"title": world.words(TEXT), "digest": "ab" * 32, "source": "the treasury"}
    name = world.act("KOR", BODY, acts.Deposited, to=to, **fields)
    world.settle()
    peer = world.peers["KOR"]
    seal = peer.history.entry(peer.state.acts[name][0].tip).header.seal
    assert seal is not None
    return name, seal


def test_the_third_sees_the_line_and_never_the_paper() -> None:
    world = World()
    world.open(BODY)
    name, seal = sealed_paper(world)
    assert TEXT.encode() in world.disks["JPN"].bytes()
    third = world.peers["USA"]
    assert seal in third.seals
    assert TEXT.encode() not in world.disks["USA"].bytes()
    assert name not in third.state.acts
    world.restart("USA")
    world.settle()
    assert TEXT.encode() not in world.disks["USA"].bytes()


def test_only_the_author_opens_it_and_then_the_third_holds_the_paper_sealed_that_day() -> None:
    world = World()
    world.open(BODY)
    name, seal = sealed_paper(world)
    world.act("JPN", BODY, acts.Released, act=name, to=["public"])
    world.settle()
    assert TEXT.encode() not in world.disks["USA"].bytes(), "it is not the reader's to open"

    world.act("KOR", BODY, acts.Released, act=name, to=["public"])
    world.settle()
    third = world.peers["USA"]
    found = third.reader.acts[seal]
    assert TEXT.encode() in found.data
    assert SealedAct(found.salt, found.data).seal == seal
    line = third.history.entry(third.seals[seal][0])
    assert line.header.t < world.now
    assert line.header.seal == seal, "the line stands before the release, under all cosignatures"
    assert found.data in world.disks["USA"].bytes()
    assert third.quiet
    before = len(world.disks["USA"].stored.acts)
    world.settle()
    assert len(world.disks["USA"].stored.acts) == before


def test_a_copy_of_another_capitals_seal_opens_nothing() -> None:
    """The third repeats the seal in a line of its own, addressed to all."""
    scene = Scene()
    world = scene.world
    assert BAD == "USA"
    _, seal = sealed_paper(world)
    everyone = Audience(frozenset(world.founding.origins))
    face = scene.liar.faces[0]
    scene.line(face, seal=seal, to=everyone)
    for capital in scene.liar.honest:
        scene.show(capital, face)
    asks = Heads(world.now, dict.fromkeys(world.everyone(), 10**6), [seal])
    for capital in scene.liar.honest:
        effects = world.peers[capital].receive(scene.origin, asks)
        sent = [one.message for one in effects if isinstance(one, Send)]
        assert not any(TEXT.encode() in encode_batch([message]) for message in sent)
    paper = world.peers["KOR"].reader.acts[seal]
    assert TEXT.encode() in paper.data


def test_an_act_for_two_is_judged_without_what_only_one_more_may_read() -> None:
    """A position for all three is not judged by a text that only two may read."""
    world = World()
    world.open(BODY)
    two = sorted([world.origin("JPN"), world.origin("KOR")])
    refused = scenes.attempt(
        world,
        "KOR",
        acts.Tabled,
        to=two,
        symbol=f"{BODY}/2027/KOR/1",
        body=BODY,
        article="3(1)",
        wording=scenes.wording(world),
    )
    assert isinstance(refused, Refused)
    assert "must be able to read" in refused.reason
