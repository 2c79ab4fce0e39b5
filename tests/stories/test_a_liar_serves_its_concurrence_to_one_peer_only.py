"""A capital shows its concurrence to one other only: nobody honest says "in force" alone."""

from __future__ import annotations

import pytest
import scenes
from judge import Judge
from two_faces import BAD, Scene

from architrave.institution.standing import Stage


@pytest.mark.parametrize("lines_after", [0, 1, 4])
@pytest.mark.parametrize("forks", [False, True])
def test_nobody_says_in_force_while_another_does_not_hold_it(lines_after: int, forks: bool) -> None:
    scene = Scene()
    world = scene.world
    matter = scenes.table(world, "JPN")
    world.settle(3)
    for party in scene.liar.honest:
        scenes.position(world, party, matter)
    world.settle(3)
    judge = Judge(world, scene.liar.honest)
    shown = scene.liar.faces[0]
    hidden = scene.fork()
    scene.line(shown, scene.position(matter))
    if forks:
        scene.line(hidden, t=world.now + 9)
    world.cut = {("JPN", "KOR"), ("KOR", "JPN")}
    for _ in range(lines_after + 1):
        scene.show("JPN", shown)
        if forks:
            scene.show("KOR", hidden)
        world.settle(2)
        scene.line(shown)
        assert judge.look([matter]) == []
        assert world.stand("JPN", matter).stage is not Stage.IN_FORCE
    world.cut = set()
    world.settle(5)
    assert judge.look([matter]) == []
    world.now += 60_000
    for _ in range(3):
        if not forks:
            scene.line(shown)
            scene.show("JPN", shown)
        world.settle(4)
        assert judge.look([matter]) == []
    stages = {world.stand(party, matter).stage for party in scene.liar.honest}
    if forks:
        assert Stage.IN_FORCE not in stages
        assert all(world.peers[one].replicas[scene.origin].proof for one in scene.liar.honest)
    else:
        assert stages == {Stage.IN_FORCE}


def test_withholding_the_act_but_not_the_line_stops_only_its_own_log() -> None:
    scene = Scene()
    world = scene.world
    matter = scenes.table(world, "JPN")
    world.settle(3)
    face = scene.liar.faces[0]
    tip = scene.line(face, scene.position(matter))
    for act in list(scene.liar.acts):
        scene.liar.served[act] = set()
    for party in scene.liar.honest:
        scene.show(party, face)
    world.settle(3)
    for party in scene.liar.honest:
        peer = world.peers[party]
        assert peer.history.find(tip) is not None
        assert peer.reader.read_size(peer.history.main(scene.origin)) == tip.size - 1
        assert not peer.history.names(peer.history.main(peer.origin).tips[-1], tip)
    other = scenes.table(world, "KOR")
    world.settle(3)
    assert world.found("JPN", other) is not None
    assert BAD not in world.stand("JPN", matter).current.positions
