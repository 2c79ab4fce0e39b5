"""An act sealed for two is in no byte of the third node's folder; once released, anyone has it."""

from pathlib import Path

from cli_nodes import lay_out
from world import World

from architrave.institution import acts

BODY = "TDC"
WORDS = "a sentence that only two capitals may read"


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file of a node's folder."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def deposited(world: World) -> str:
    return world.act(
        "JPN",
        BODY,
        acts.Deposited,
        to=sorted([world.origin("JPN"), world.origin("KOR")]),
        title=world.words(WORDS),
        digest="ab" * 32,
        source=WORDS,
    )


def test_an_act_for_two_reaches_no_byte_of_the_third_nodes_folder(tmp_path: Path) -> None:
    world = World()
    world.open(BODY)
    name = deposited(world)
    world.settle()
    sealed = next(
        act for act in world.peers["JPN"].reader.acts.values() if WORDS.encode() in act.data
    )
    folders = lay_out(world, tmp_path / "sealed", BODY)
    for party, has in (("JPN", True), ("KOR", True), ("USA", False)):
        found = bytes_of(folders[party])
        assert (WORDS.encode() in found) is has, party
        assert (sealed.salt in found) is has, party
        assert (name.encode() in found) is False, "acts are not stored by their names"

    world.act("JPN", BODY, acts.Released, to=["public"], act=name)
    world.settle(12)
    folders = lay_out(world, tmp_path / "released", BODY)
    assert WORDS.encode() in bytes_of(folders["USA"])
    assert world.peers["USA"].reader.acts[sealed.seal] == sealed
