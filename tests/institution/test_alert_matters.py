"""An alert becomes a matter: a text names it by its SHA-256, and the alert shows the matter."""

from __future__ import annotations

from alerting import raise_alert
from scenes import BODY, table
from test_refusals import opened
from world import World

from architrave.institution import acts
from architrave.institution.alerts import matters_on


def on(world: World, name: str) -> list[str]:
    found = [
        [fact.act.symbol for fact in matters_on(peer.state, peer.view(), name)]
        for peer in world.peers.values()
    ]  # fmt: skip
    assert found[0] == found[1] == found[2]
    return found[0]


def wording(world: World, **digests: str) -> acts.Wording:
    return acts.Wording(world.words("t"), world.words("s"), "plan", "political", "", digests)


def test_a_matter_is_on_an_alert_once_a_version_of_it_names_it() -> None:
    world = opened()
    name = raise_alert(world)
    assert on(world, name) == []
    table(world, "JPN", 1, wording=wording(world, file="ab" * 32), pledges=[])
    second = table(world, "USA", 2, wording=wording(world, warning=name), pledges=[])
    world.settle()
    assert on(world, name) == [f"{BODY}/2027/USA/2"]
    third = table(world, "KOR", 3, pledges=[])
    world.settle()
    world.act("KOR", BODY, acts.Revised, matter=third, article="3(1)",
              wording=wording(world, alert=name))  # fmt: skip
    world.settle()
    assert on(world, name) == [f"{BODY}/2027/USA/2", f"{BODY}/2027/KOR/3"]
    assert on(world, second) == []


def test_the_alert_goes_on_until_it_is_closed_whatever_is_tabled_on_it() -> None:
    world = opened()
    name = raise_alert(world)
    table(world, "USA", 2, wording=wording(world, alert=name), pledges=[])
    world.settle()
    peer = world.peers["JPN"]
    assert peer.state.consultations[name][0].name == name
    assert len(on(world, name)) == 1
