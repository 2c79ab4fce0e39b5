"""`verify` of one line's package and `verify --since`, at a terminal."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from exports import export, founding_file, two_faced, usual, usual_export
from test_audit_succession import rotated
from test_package import ACT, Files, all_packages, package, richest
from typer.testing import CliRunner, Result

from architrave.portal.data.sheets import plain_zip
from architrave.record.equivocation import check_equivocation

from test_record_verbs import written  # isort: skip

PARTY = usual().parties[0]


def call(*words: str | Path) -> Result:
    from architrave.cli.main import app

    return CliRunner().invoke(app, [str(word) for word in words])


def zipped(place: Path, files: Files) -> Path:
    place.write_bytes(plain_zip(files.items()))
    return place


@pytest.fixture
def founding(tmp_path: Path) -> Path:
    file = tmp_path / "trusted.json"
    file.write_bytes(founding_file(usual()))
    return file


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return written(tmp_path / "record", usual_export(PARTY))


# -- packages -------------------------------------------------------------------------------------


def test_a_package_says_what_holds_one_sentence_for_each_check(
    tmp_path: Path, founding: Path
) -> None:
    place = zipped(tmp_path / "line.zip", richest("usual"))
    result = call("verify", place, "--founding", founding)
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert said.count("Holds: ") == 7
    assert "Holds: the text is the one that was sealed in this line" in said
    assert said.endswith("Good. The line is as the capitals of this founding signed it.")
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_a_folder_is_a_package_too_and_without_a_founding_the_end_is_3(tmp_path: Path) -> None:
    folder = written(tmp_path / "line", richest("rotated"))
    result = call("verify", folder)
    assert result.exit_code == 3
    assert "goes on as" in result.output
    assert "pass --founding" in " ".join(result.output.split())
    value = json.loads(call("verify", folder, "--json").output)
    assert (value["verdict"], len(value["successions"])) == ("fits together", 2)


def test_a_sealed_line_says_that_its_text_is_not_there(tmp_path: Path, founding: Path) -> None:
    files = next(
        files
        for _, _, _, files in all_packages("usual")
        if ACT not in files and b'"seal"' in files["line.entry"]
    )
    result = call("verify", zipped(tmp_path / "line.zip", files), "--founding", founding)
    assert result.exit_code == 0
    assert "The text is not in this package" in " ".join(result.output.split())


@pytest.mark.parametrize("name", sorted(richest("rotated")))
def test_a_flipped_bit_in_each_part_is_a_fault_that_names_the_part(
    name: str, tmp_path: Path
) -> None:
    files = dict(richest("rotated"))
    data = bytearray(files[name])
    data[len(data) // 2] ^= 1
    result = call("verify", zipped(tmp_path / "line.zip", {**files, name: bytes(data)}))
    assert result.exit_code == 1
    # Lines are folded: where one breaks depends on how long the folder's path is.
    said = " ".join(result.output.split())
    assert said.startswith("FAULT: ")
    assert name in said
    assert said.count("FAULT") == 1


def test_a_damaged_zip_file_names_what_cannot_be_unpacked(tmp_path: Path) -> None:
    files = richest("usual")
    place = zipped(tmp_path / "line.zip", files)
    data = place.read_bytes()
    at = data.index(files["line.entry"])
    place.write_bytes(data[:at] + b"?" + data[at + 1 :])
    result = call("verify", place)
    assert result.exit_code == 1
    assert "line.entry: its bytes are not those that were packed." in " ".join(
        result.output.split()
    )


def test_what_is_no_package_is_refused_in_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "line.zip"
    place.write_bytes(b"no zip")
    result = call("verify", place)
    assert result.exit_code == 2
    assert result.output == f"{place}: no package: it is no zip file that can be read.\n"
    with zipfile.ZipFile(place, "w") as made:
        for number in range(65):
            made.writestr(str(number), b"")
    assert "more than 64 files" in call("verify", place).output
    zipped(place, richest("usual"))
    assert "takes --founding and --json only" in call("verify", place, "--since", place).output


# -- since ----------------------------------------------------------------------------------------


def test_a_record_continues_a_checkpoint_kept_from_before(
    record: Path, founding: Path, tmp_path: Path
) -> None:
    note = tmp_path / "kept.note"
    note.write_text((record / PARTY.lower() / "checkpoint").read_text(), newline="\r\n")
    result = call("verify", record, "--founding", founding, "--since", note)
    assert result.exit_code == 0, result.output
    assert "both show the same 8 lines" in " ".join(result.output.split())
    value = json.loads(call("verify", record, "--since", note, "--json").output)
    assert [one["outcome"] for one in value["since"]] == ["same"]


def test_across_a_succession_the_record_continues_the_first_log(tmp_path: Path) -> None:
    world = rotated()
    second = world.founding.named(world.parties[1])
    peer = world.peers[world.parties[0]]
    note = tmp_path / "kept.note"
    note.write_bytes(peer.replicas[second.origin].note)
    folder = written(tmp_path / "record", export(world, world.parties[0]))
    value = json.loads(call("verify", folder, "--since", note, "--json").output)
    (found,) = value["since"]
    assert (found["outcome"], found["party"]) == ("continues", world.parties[1])
    assert found["from"] < found["to"]


def test_two_histories_are_a_fault_with_a_proof_to_keep(tmp_path: Path) -> None:
    world = two_faced()
    liar = world.founding.named(PARTY)
    left, right = (world.peers[one] for one in world.parties[1:])
    note, proof = tmp_path / "other.note", tmp_path / "proof.json"
    note.write_bytes(right.replicas[liar.origin].note)
    folder = written(tmp_path / "record", export(world, left.party))
    result = call("verify", folder, "--since", note, "--proof", proof)
    assert result.exit_code == 1
    assert "signed two histories, which part within its first" in " ".join(result.output.split())
    assert check_equivocation(proof.read_bytes(), liar.log_key)


def test_a_note_that_does_not_hold_is_named(record: Path, tmp_path: Path) -> None:
    note = tmp_path / "kept.note"
    data = (record / PARTY.lower() / "checkpoint").read_bytes()
    note.write_bytes(data.replace(b"\n8\n", b"\n9\n"))
    result = call("verify", record, "--since", note)
    assert result.exit_code == 2
    assert result.output.startswith(f"{note}: note: the signature of")


def test_packages_are_the_same_bytes_again() -> None:
    first = plain_zip(package(usual(), PARTY, 1).items())
    assert first == plain_zip(package(usual(), PARTY, 1).items())
