"""Erased words as an officer and an outsider see them: what is gone, by whom, when and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from world import World

from architrave.cli.composing import composed
from architrave.cli.look import look
from architrave.institution import acts
from architrave.institution.erasure import lasting_words
from architrave.record.tombstones import read_tombstone

WORDS = "a sentence that a law wants gone"
BODY = "TDC"


def deposited(world: World, party: str, **fields: object) -> str:
    given = {"title": world.words(WORDS), "digest": "ab" * 32, "source": WORDS, "to": ["public"]}
    return world.act(party, BODY, acts.Deposited, **{**given, **fields})


def erased(world: World, party: str, name: str, **fields: object) -> str:
    given = {"act": name, "cause": "law", "reason": {"en": "A court has said so"}, "to": ["public"]}
    return world.act(party, BODY, acts.Erased, **{**given, **fields})


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    world = World()
    world.open(BODY)
    name = deposited(world, "KOR")
    world.settle()
    erased(world, "KOR", name)
    world.settle()
    deposited(world, "USA", title=world.words("A later paper"), source="archive")
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("nodes"), BODY)


@pytest.fixture
def export(nodes: dict[str, Path], tmp_path: Path) -> Path:
    place = tmp_path / "record"
    assert run("export", nodes["JPN"], place).exit_code == 0
    return place


def founding(nodes: dict[str, Path]) -> Path:
    return nodes["JPN"] / "founding.json"


def bytes_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_the_words_are_in_no_byte_of_a_folder_or_an_export(
    nodes: dict[str, Path], export: Path
) -> None:
    for folder in (*nodes.values(), export):
        assert WORDS.encode() not in bytes_below(folder)


def test_log_and_show_say_by_whom_when_and_why(nodes: dict[str, Path]) -> None:
    note = "Words erased by Seoul, 2027-01-01"
    for text in (said("log", nodes["USA"], "KOR"), said("show", nodes["USA"], "KOR:5")):
        assert note in text
        assert "because a law demands it: A court has said so." in text
    (line,) = [one for one in value("log", nodes["JPN"], "KOR")[0]["lines"] if one["erased"]]
    assert (line["line"], line["what"]) == (5, "deposited")
    assert value("show", nodes["JPN"], "KOR:5")["act"]["source"] == "▇▇▇▇"


def test_verify_counts_what_was_erased_and_says_who_asked(
    nodes: dict[str, Path], export: Path
) -> None:
    found = value("verify", export, "--founding", founding(nodes))
    assert found["verdict"] == "good"
    by_party = {log["party"]: log for log in found["logs"]}
    assert {party: log["erased_acts"] for party, log in by_party.items()} == {
        "JPN": 0, "KOR": 1, "USA": 0,
    }  # fmt: skip
    (remark,) = [one["message"] for one in found["remarks"] if "erased" in one["message"]]
    assert remark.startswith("its words were erased by KOR (kor/tile/entries/")
    assert remark.endswith("cause: law).")
    assert "1 with their words erased" in said("verify", export, "--founding", founding(nodes))


def _only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_tombstone_that_is_missing_or_changed_is_a_fault(
    nodes: dict[str, Path], export: Path
) -> None:
    file = _only(export / "tombstones")
    data = file.read_bytes()
    stone = read_tombstone(data)
    (one, signature), (two, other), (three, third) = stone.signatures.items()
    swapped = type(stone)(
        stone.seal, stone.name, True, stone.skeleton, {one: other, two: signature, three: third}
    )
    changed = {
        "is public": None,
        "is not by its node key": swapped.data,
        "the field 'v'": data.replace(b',"v":1}', b"}"),
        "is not by its node key (skeleton)": data.replace(b"abab", b"abac"),
        "stands for another seal": data.replace(stone.seal.hex().encode(), b"0" * 64),
    }
    for why, new in changed.items():
        file.unlink()
        if new is not None:
            file.write_bytes(new)
        result = run("verify", export, "--founding", founding(nodes))
        assert result.exit_code == 1, why
        assert why.split(" (")[0] in " ".join(result.stdout.split()), why
        file.write_bytes(data)
    assert run("verify", export, "--founding", founding(nodes)).exit_code == 0


def test_an_erasure_that_nobody_has_signed_for_is_a_fault(
    nodes: dict[str, Path], export: Path
) -> None:
    act = next(
        file for file in (export / "acts").iterdir() if b'"kind":"erased"' in file.read_bytes()
    )
    act.unlink()
    result = value("verify", export, "--founding", founding(nodes), code=1)
    faults = [one["message"] for one in result["faults"]]
    assert "no public act of KOR says that the words of this one were erased." in faults


def test_a_signature_that_is_still_missing_is_told_and_no_fault(
    nodes: dict[str, Path], export: Path
) -> None:
    file = _only(export / "tombstones")
    stone = read_tombstone(file.read_bytes())
    fewer = {one: made for one, made in stone.signatures.items() if not one.startswith("usa")}
    file.write_bytes(type(stone)(stone.seal, stone.name, True, stone.skeleton, fewer).data)
    found = value("verify", export, "--founding", founding(nodes))
    remarks = [one["message"] for one in found["remarks"]]
    assert "its words are being erased; not signed yet by USA." in remarks


def test_a_file_among_the_tombstones_that_belongs_to_no_line_is_a_fault(
    nodes: dict[str, Path], export: Path
) -> None:
    (export / "tombstones" / "more").write_bytes(b"x")
    (export / "tombstones" / ("0" * 64)).write_bytes(_only_bytes(export))
    found = value("verify", export, "--founding", founding(nodes), code=1)
    faults = {one["place"]: one["message"] for one in found["faults"]}
    assert "expected a seal as its name" in faults["tombstones/more"]
    assert "another seal" in faults["tombstones/" + "0" * 64]


def _only_bytes(export: Path) -> bytes:
    return next(
        file for file in (export / "tombstones").iterdir() if len(file.name) == 64
    ).read_bytes()


def test_words_that_lie_beside_their_tombstone_are_a_fault(tmp_path: Path) -> None:
    world = World()
    world.open(BODY)
    name = deposited(world, "KOR")
    world.settle()
    folders = lay_out(world, tmp_path / "before", BODY)
    assert run("export", folders["JPN"], tmp_path / "old").exit_code == 0
    erased(world, "KOR", name)
    world.settle()
    folders = lay_out(world, tmp_path / "after", BODY)
    assert run("export", folders["JPN"], tmp_path / "new").exit_code == 0
    stone = _only(tmp_path / "new" / "tombstones")
    kept = tmp_path / "old" / "acts" / stone.name
    (tmp_path / "new" / "acts" / stone.name).write_bytes(kept.read_bytes())
    found = value("verify", tmp_path / "new", "--founding", founding(folders), code=1)
    faults = [one["message"] for one in found["faults"]]
    assert "its words were erased, and lie here all the same." in faults


# -- typing it ------------------------------------------------------------------------------------


def test_an_erasure_goes_to_those_who_may_read_the_act(tmp_path: Path) -> None:
    world = World()
    world.open(BODY)
    two = sorted(world.origin(party) for party in ("JPN", "KOR"))
    deposited(world, "KOR")
    deposited(world, "KOR", to=two)
    world.settle()
    node = lay_out(world, tmp_path, BODY)["KOR"]
    act = ["act", node, "erased", "--seat", f"KOR/{BODY}", "--set", "cause=mistake", "--dry-run"]
    for line in ("KOR:5", "KOR:6"):
        found = value(*act, "--set", f"act={line}")
        assert found["admitted"], found
        assert found["article"] == "9(6)"
    assert "no cause" in value(*act, "--set", "act=KOR:5", "--set", "cause=whim", code=1)["reason"]
    assert "act=" not in fault(*act, "--set", "act=KOR:999")
    assert said("may", node, "erase KOR:5").startswith("yes:")
    refused = value("act", node, "erased", "--seat", f"KOR/{BODY}", "--set", "cause=law",
                    "--set", "act=KOR:5", "--to", "JPN", "--dry-run", code=1)  # fmt: skip
    assert "so its erasure is public too." in refused["reason"]


def test_an_appointment_typed_at_a_terminal_can_be_erased_later(tmp_path: Path) -> None:
    world = World()
    world.open(BODY)
    node = lay_out(world, tmp_path, BODY)["KOR"]
    it = look(str(node))
    tree = {"office": f"KOR/{BODY}", "holder": "Somebody", "language": "en"}
    one, two = (composed(it, "appointed", dict(tree), None, None, it.at).act for _ in range(2))
    assert one.alias != two.alias
    assert lasting_words(one) == ""
