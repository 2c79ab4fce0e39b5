"""Any one capital may ask to consult. If another is down, the third answers, and it hears later."""

from __future__ import annotations

import scenes
from world import HOUR, World

from architrave.institution import acts
from architrave.institution.pending import consultations

BODY = scenes.BODY


def answers(world: World, capital: str) -> list[str]:
    peer = world.peers[capital]
    (shown,) = consultations(peer.state, peer.view())
    return [fact.party for fact in shown.answers]


def test_two_consult_and_the_third_reads_it_all_when_it_returns() -> None:
    world = World()
    world.open(BODY)
    world.down = {"JPN"}
    words = world.words("a ship is missing")
    fields = {"body": BODY, "ground": words, "facts": words, "wish": words}
    name = world.act("USA", BODY, acts.Consulted, symbol=f"{BODY}/2027/USA/1", **fields)
    world.settle()
    world.act("KOR", BODY, acts.Acknowledged, consultation=name, answer=world.words("we come"))
    world.settle()
    assert answers(world, "USA") == ["KOR"]

    world.now += 10 * HOUR
    world.restart("JPN")
    world.settle()
    assert answers(world, "JPN") == ["KOR"]
    world.act("JPN", BODY, acts.Acknowledged, consultation=name, answer=world.words("we too"))
    world.settle()
    for capital in world.parties:
        assert sorted(answers(world, capital)) == ["JPN", "KOR"]


def test_the_request_is_received_by_name_and_the_page_can_say_so() -> None:
    world = World()
    world.open(BODY)
    words = world.words("a ship is missing")
    fields = {"body": BODY, "ground": words, "facts": words, "wish": words}
    name = world.act("USA", BODY, acts.Consulted, symbol=f"{BODY}/2027/USA/1", **fields)
    world.tick()
    world.tick()
    history = world.peers["USA"].history
    fact = world.peers["USA"].state.acts[name][0]
    for capital in ("JPN", "KOR"):
        tip = history.main(world.origin(capital)).tips[-1]
        assert history.names(tip, fact.tip), f"{capital} has it, two seconds later"
