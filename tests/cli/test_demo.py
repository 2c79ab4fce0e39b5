"""The demonstration, played from end to end by real processes."""

import json
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from rich.cells import cell_len
from world import load_charter

from architrave.cli.demo.cast import cast_for
from architrave.cli.demo.stage import START
from architrave.cli.demo.texts import LANGUAGE_OF

PARTIES = load_charter().party_ids


def architrave(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "architrave.cli.main", *words],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        **more,
    )


class Played:
    """One play: what it printed, its report, and the record that it left."""

    def __init__(self, place: Path, seed: int) -> None:
        self.export = place / "export"
        self.answer = architrave(
            "demo", "--once", "--seed", str(seed),
            "--json", str(place / "report.json"), "--export", str(self.export),
        )  # fmt: skip
        assert self.answer.returncode == 0, self.answer.stderr + self.answer.stdout
        self.report = json.loads((place / "report.json").read_text(encoding="utf-8"))
        self.lines = self.answer.stdout.splitlines()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("first"), 4)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("second"), 4)


@pytest.mark.parametrize("seed", range(7))
def test_no_capital_plays_one_part_twice(seed: int) -> None:
    cast = cast_for(PARTIES, seed)
    assert {cast.tables, cast.objects, cast.revises} == set(PARTIES)
    for part in ("out", "acts", "told"):
        assert {getattr(one, part) for one in cast.rounds} == set(PARTIES)
    assert all({one.out, one.acts, one.told} == set(PARTIES) for one in cast.rounds)


def test_seeds_give_every_part_to_every_capital() -> None:
    casts = [cast_for(PARTIES, seed) for seed in range(6)]
    for part in ("tables", "objects", "revises", "chairs", "gives_notice"):
        assert {getattr(cast, part) for cast in casts} == set(PARTIES)


def test_each_party_has_a_language_of_the_charter() -> None:
    assert set(LANGUAGE_OF) == set(PARTIES)
    assert set(LANGUAGE_OF.values()) <= set(load_charter().languages)


def test_the_story_fits_a_screen(played: Played) -> None:
    assert len(played.lines) <= 30
    assert [line for line in played.lines if cell_len(line) > 90] == []
    assert played.answer.stderr == ""


def test_the_story_says_that_it_is_one(played: Played) -> None:
    assert played.lines[0].startswith("DEMO")


def test_every_node_did_what_the_institution_demands(played: Played) -> None:
    report = played.report
    assert report["parties"] == 3
    assert (report["events"], report["commitments"]) == (222, 82)
    assert report["states_equal"]
    assert report["verified"]
    assert report["rewrite_refused"]
    assert all(report["story"].values()), report["story"]
    assert report["in_force"] == 6
    assert report["entries"] >= report["final"] > report["acts"] > 50
    assert report["seconds"] > 0


def test_shouted_words_mean_that_something_failed(played: Played) -> None:
    shouted = set(chain.from_iterable(re.findall(r"\b[A-Z]{4,}\b", line) for line in played.lines))
    assert shouted <= {"DEMO", "SIGKILL", "ESFBT"}


def test_one_seed_gives_one_state(played: Played, again: Played) -> None:
    assert played.report["state"] == again.report["state"]
    assert played.report["acts"] == again.report["acts"]


def test_what_is_left_passes_verify_and_is_marked(played: Played) -> None:
    founding = str(played.export / "founding.json")
    answer = architrave("verify", str(played.export), "--founding", founding)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    checkpoints = [file.read_text(encoding="utf-8") for file in played.export.glob("*/checkpoint")]
    assert len(checkpoints) == 3
    assert all(text.split("\n")[0].endswith(".demo.invalid/log/1") for text in checkpoints)
    assert "DEMO" in (played.export / "README.txt").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear colleague", encoding="utf-8")
    answer = architrave("demo", "--once", "--folder", str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "not empty" in answer.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_ports_that_are_taken_are_named(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1] - 1)
        answer = architrave("demo", "--once", "--port", port)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "not all free" in answer.stderr


def test_an_export_folder_must_be_empty(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear colleague", encoding="utf-8")
    answer = architrave("demo", "--once", "--export", str(tmp_path))
    assert answer.returncode == 2
    assert "not empty" in answer.stderr


def test_the_story_begins_on_a_monday() -> None:
    assert (START // 86_400_000 + 3) % 7 == 0
