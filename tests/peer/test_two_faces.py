"""Two histories of one log: proved from two checkpoints, told to all, and the honest go on."""

from __future__ import annotations

from random import Random

import pytest
import scenes
from liar import Liar
from two_faces import BAD, Scene
from world import HOUR, World, seed

from architrave.institution import acts
from architrave.institution.standing import Stage
from architrave.institution.state import Refused
from architrave.peer.errors import PeerError
from architrave.peer.messages import Growth, Heads, Misconduct
from architrave.record.entries import Audience, Header, Tip, sign_entry
from architrave.record.equivocation import check_equivocation
from architrave.record.history import BrokenLog
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

BODY = scenes.BODY


def proofs(scene: Scene) -> list[bytes | None]:
    return [scene.world.peers[one].replicas[scene.origin].proof for one in scene.liar.honest]


@pytest.mark.parametrize("lengths", [(1, 1), (1, 3), (3, 1)])
@pytest.mark.parametrize("back", [0, 2])
def test_two_faces_shown_to_two_parties_are_proved_to_both(
    lengths: tuple[int, int], back: int
) -> None:
    scene = Scene()
    first = scene.liar.faces[0]
    second = scene.fork(len(first.entries) - back)
    for place, (face, length) in enumerate(zip((first, second), lengths, strict=True)):
        for number in range(length):
            scene.line(face, t=scene.world.now + 10 * number + place)
    scene.show("JPN", first)
    if back == 0:
        scene.show("KOR", second)
    else:
        with_both = scene.world.peers["KOR"].receive(
            scene.origin,
            Growth(
                scene.origin, 0, second.entries, 0, scene.liar.note(second, len(second.entries))
            ),
        )
        scene.world.perform("KOR", with_both)
    # Faces of one size differ only in their notes, which meet at the refresh of each minute.
    scene.world.settle(4)
    scene.world.now += 60_000
    scene.world.settle(4)
    found = proofs(scene)
    key = scene.world.founding.named(BAD).log_key
    assert all(found), "both honest parties hold a proof"
    for proof in found:
        one, other = check_equivocation(proof or b"", key)
        assert one.root != other.root
    told = {party for party, notice in scene.world.notices if notice.subject == scene.origin}
    assert told == {"JPN", "KOR"}


def test_both_faces_shown_to_one_party_are_proved_at_once() -> None:
    scene = Scene()
    first, second = scene.liar.faces[0], scene.fork()
    scene.line(first)
    scene.line(second, t=scene.world.now + 77)
    scene.show("JPN", first)
    scene.show("JPN", second)
    scene.world.settle(2)
    assert all(proofs(scene))


def test_the_proof_is_kept_over_a_restart_and_told_again() -> None:
    scene = Scene()
    first, second = scene.liar.faces[0], scene.fork()
    scene.line(first)
    scene.line(second, t=scene.world.now + 77)
    scene.world.cut = {("JPN", "KOR")}
    scene.show("JPN", first)
    scene.show("JPN", second)
    scene.world.settle(2)
    assert proofs(scene)[1] is None
    scene.world.restart("JPN")
    scene.world.cut = set()
    scene.world.settle(2)
    assert all(proofs(scene))


def test_a_false_proof_convicts_nobody() -> None:
    scene = Scene()
    peer = scene.world.peers["JPN"]
    honest = scene.world.origin("KOR")
    first, second = scene.liar.faces[0], scene.fork()
    scene.line(first)
    scene.line(second, t=scene.world.now + 77)
    scene.show("JPN", first)
    scene.show("JPN", second)
    proof = peer.replicas[scene.origin].proof
    assert proof is not None
    for forged in (proof, b"{}", b"", proof[:-2]):
        with pytest.raises(PeerError):
            scene.world.peers["JPN"].receive(scene.origin, Misconduct(honest, forged))
    assert peer.replicas[honest].proof is None


def test_the_honest_go_on_and_a_consultation_between_them_is_received() -> None:
    scene = Scene()
    world = scene.world
    first, second = scene.liar.faces[0], scene.fork()
    scene.line(first)
    scene.line(second, t=world.now + 77)
    scene.show("JPN", first)
    world.settle(2)
    scene.show("KOR", second)
    world.settle(4)
    assert all(proofs(scene))
    words = world.words("please")
    fields = {"body": BODY, "ground": words, "facts": words, "wish": words}
    name = world.act("JPN", BODY, acts.Consulted, symbol=f"{BODY}/2027/JPN/1", **fields)
    world.settle()
    world.act("KOR", BODY, acts.Acknowledged, consultation=name, answer=words)
    world.settle()
    for party in scene.liar.honest:
        peer = world.peers[party]
        assert len(peer.state.consultations[name]) == 2
        fact = peer.state.acts[name][0]
        own = world.peers["KOR"].history.main(world.origin("KOR")).tips[-1]
        assert peer.history.names(own, fact.tip)


@pytest.mark.parametrize("extra", [0, 2])
def test_a_branch_that_an_honest_log_names_is_fetched_from_it(extra: int) -> None:
    scene = Scene()
    world = scene.world
    first, second = scene.liar.faces[0], scene.fork(len(scene.liar.faces[0].entries) - 1)
    for number in range(1 + extra):
        scene.line(first, t=world.now + number)
        scene.line(second, t=world.now + 70 + number)
    world.cut = {("JPN", "KOR"), ("KOR", "JPN")}
    scene.show("JPN", first)
    scene.show("KOR", second)
    scenes.table(world, "JPN", 1)
    scenes.table(world, "KOR", 2)
    world.settle(3)
    world.cut = set()
    world.settle(5)
    for one, other in (("JPN", "KOR"), ("KOR", "JPN")):
        peer, theirs = world.peers[one], world.peers[other]
        branch = peer.history.main(theirs.origin)
        assert branch.size == theirs.history.main(theirs.origin).size
        assert peer.reader.read_size(branch) == branch.size
        named = theirs.history.seen(branch.tips[-1])[scene.origin]
        assert peer.history.find(named) is not None
    before = [len(peer.history.branches[scene.origin]) for peer in world.peers.values()]
    for party in scene.liar.honest:
        world.restart(party)
        world.peers[party].tick(world.now)
    world.settle(3)
    assert [len(p.history.branches[scene.origin]) for p in world.peers.values()] == before
    for one, other in (("JPN", "KOR"), ("KOR", "JPN")):
        peer = world.peers[one]
        branch = peer.history.main(world.origin(other))
        assert peer.reader.read_size(branch) == branch.size


def test_what_is_in_force_stays_though_its_log_turns_out_to_have_two_faces() -> None:
    scene = Scene()
    world = scene.world
    world.down = set()
    matter = scenes.agree(world)
    liar = Liar(world, BAD, BODY, Random(1))
    scene.liar = liar
    world.down = {BAD}
    first = liar.faces[0]
    second = scene.fork(len(first.entries) - 3)
    scene.line(second, t=world.now + 77)
    scene.line(first)
    scene.show("JPN", first)
    with_note = Growth(scene.origin, 0, second.entries, 0, liar.note(second, len(second.entries)))
    world.perform("KOR", world.peers["KOR"].receive(scene.origin, with_note))
    world.settle(4)
    assert all(proofs(scene))
    for party in liar.honest:
        assert world.stand(party, matter).stage is Stage.IN_FORCE
        world.restart(party)
        world.peers[party].tick(world.now)
        assert world.stand(party, matter).stage is Stage.IN_FORCE


def test_a_concurrence_served_to_one_peer_only_counts_where_it_is_held_and_is_relayed() -> None:
    scene = Scene()
    world = scene.world
    matter = scenes.table(world, "JPN")
    world.settle(3)
    for party in scene.liar.honest:
        scenes.position(world, party, matter)
    world.settle(3)
    face = scene.liar.faces[0]
    scene.line(face, scene.position(matter))
    world.cut = {("JPN", "KOR"), ("KOR", "JPN")}
    scene.show("JPN", face)
    world.settle(3)
    assert world.stand("JPN", matter).stage is Stage.CLOSING
    assert BAD not in world.stand("KOR", matter).current.positions
    world.cut = set()
    world.settle(4)
    assert BAD in world.stand("KOR", matter).current.positions


def test_garbage_in_the_name_of_an_honest_log_does_not_stop_it() -> None:
    scene = Scene()
    world = scene.world
    peer = world.peers["KOR"]
    honest = world.origin("JPN")
    for number in range(6):
        size = peer.replicas[honest].sure
        junk = [b"{}\n" + bytes(64)] * 3
        world.perform("KOR", peer.receive(scene.origin, Growth(honest, size, junk, size + 3, b"")))
        scenes.table(world, "JPN", number + 1)
        world.perform("KOR", peer.receive(scene.origin, Growth(honest, size, junk, size + 3, b"")))
        world.settle(2)
        assert peer.history.main(honest).size == world.peers["JPN"].history.main(honest).size
    assert peer.replicas[honest].proof is None
    assert len(peer.history.branches[honest]) == 1


def test_a_line_that_names_what_is_nowhere_stops_only_its_own_log() -> None:
    scene = Scene()
    world = scene.world
    face = scene.liar.faces[0]
    good = scene.line(face)
    scene.line(face, seen={world.origin("KOR"): Tip(world.origin("KOR"), 10**6, bytes(32))})
    scene.show("JPN", face)
    world.settle(4)
    for party in scene.liar.honest:
        assert world.peers[party].history.main(scene.origin).size == good.size
    scenes.table(world, "JPN")
    world.settle(4)
    peer = world.peers["KOR"]
    assert peer.history.main(world.origin("JPN")).size == peer.replicas[world.origin("JPN")].sure


FORGED = {
    "a time that falls": lambda scene, face: {"t": face.headers[-1].t - 1},
    "another place": lambda scene, face: {"n": len(face.entries) + 1},
    "another log": lambda scene, face: {"log": scene.world.origin("KOR")},
    "another key": lambda scene, face: {"key": PrivateKey(bytes(32)).public},
    "a seen that shrinks": lambda scene, face: {
        "seen": {
            scene.world.origin("KOR"): scene.world.peers["KOR"]
            .history.main(scene.world.origin("KOR"))
            .tips[0]
        }
    },
    "readers of no founding": lambda scene, face: {
        "seal": bytes(32),
        "to": Audience(frozenset([scene.origin, "nobody.demo.invalid/log/1"])),
    },
    "a seen of no founding": lambda scene, face: {
        "seen": {"nobody.demo.invalid/log/1": Tip("nobody.demo.invalid/log/1", 1, bytes(32))}
    },
}


@pytest.mark.parametrize("fault", list(FORGED))
def test_a_fault_of_the_header_breaks_the_log_and_nothing_after_it_is_read(fault: str) -> None:
    scene = Scene()
    world, face = scene.world, scene.liar.faces[0]
    good = scene.line(face)
    scene.line(face, **FORGED[fault](scene, face))
    scene.line(face)
    for party in scene.liar.honest:
        scene.show(party, face)
    world.settle(4)
    for party in scene.liar.honest:
        branch = world.peers[party].history.main(scene.origin)
        assert branch.size == good.size
        assert branch.broken is not None
        assert world.peers[party].replicas[scene.origin].proof is None
    told = [notice.text for _, notice in world.notices if notice.subject == scene.origin]
    assert told
    assert all(text.endswith("Nothing after it is read.") for text in told)
    matter = scenes.table(world, "JPN")
    world.settle(3)
    assert world.found("KOR", matter) is not None


def test_a_bad_signature_of_the_node_breaks_the_log() -> None:
    scene = Scene()
    face = scene.liar.faces[0]
    header = scene.header(face)
    data = sign_entry(header, scene.liar.node).data
    scene.liar.extend(face, header, data[:-1] + bytes([data[-1] ^ 1]))
    scene.show("JPN", face)
    scene.world.settle(2)
    broken = scene.world.peers["JPN"].history.main(scene.origin).broken
    assert broken is not None
    assert "signature" in broken


def test_a_log_of_another_founding_is_broken_from_its_first_line() -> None:
    world = World()
    node = PrivateKey(seed(BAD, "node"))
    origin = world.origin(BAD)
    header = Header(log=origin, n=0, t=world.now, key=node.public, founding="0" * 64)
    entry = sign_entry(header, node)
    history = world.peers["JPN"].history
    with pytest.raises(BrokenLog, match="another founding"):
        history.append(history.main(origin), entry.data)
    assert history.main(origin).broken is not None


def test_a_line_dated_more_than_two_minutes_ahead_is_held_back_until_then() -> None:
    scene = Scene()
    world, face = scene.world, scene.liar.faces[0]
    matter = scenes.table(world, "JPN")
    world.settle(3)
    scene.line(face, scene.position(matter), t=world.now + HOUR)
    scene.show("JPN", face)
    world.settle(4)
    assert BAD not in world.stand("JPN", matter).current.positions
    world.now += HOUR
    world.settle(4)
    for party in scene.liar.honest:
        assert BAD in world.stand(party, matter).current.positions


def test_an_act_of_an_unknown_kind_is_held_back_relayed_and_judged_when_it_is_known() -> None:
    world = World()
    world.open(BODY)
    for party in ("JPN", "KOR"):
        reader = world.peers[party].reader
        known = reader.knows
        reader.knows = lambda act, known=known: b'"deposited"' not in act.data and known(act)
    world.cut = {("USA", "KOR"), ("KOR", "USA")}
    fields = {"title": world.words("t"), "digest": "0" * 64, "source": "s"}
    name = world.act("USA", BODY, acts.Deposited, **fields)
    matter = scenes.table(world, "USA")
    world.settle(4)
    for party in ("JPN", "KOR"):
        peer = world.peers[party]
        assert name not in peer.state.acts
        assert len(peer.reader.acts) == len(world.peers["USA"].reader.acts), (
            "it is held and relayed"
        )
        assert world.found(party, matter) is None, "what follows it in its past waits too"
        assert peer.history.main(peer.origin).tips
    scenes.table(world, "JPN", 5)
    world.settle(4)
    for party in ("JPN", "KOR"):
        world.restart(party)
    world.settle(4)
    for party in world.parties:
        assert name in world.peers[party].state.acts
        assert world.found(party, matter) is not None


def test_bytes_of_a_kind_that_nobody_knows_stop_only_the_log_that_holds_them() -> None:
    world = World()
    world.open(BODY)
    document = {"kind": "sung", "party": "USA", "to": world.everyone(), "voices": 3}
    data = sign_act(document, world.founding.id, world.officer("USA", BODY))
    assert isinstance(
        world.peers["USA"].command(1, SealedAct(bytes(32), data))[-1].verdict, Refused
    )
    scenes.write(world, "USA", SealedAct(bytes(32), data), world.everyone())
    world.settle(4)
    scenes.table(world, "JPN")
    world.settle(4)
    for party in ("JPN", "KOR"):
        assert len(world.peers[party].reader.waiting) == 1
    assert world.found("KOR", scenes.table(world, "KOR", 2)) is not None


def test_heads_with_impossible_sizes_are_refused() -> None:
    world = World()
    world.open(BODY)
    with pytest.raises(PeerError):
        world.peers["JPN"].receive(world.origin("KOR"), Heads(0, {world.origin("KOR"): -5}, []))
