"""The council's files at a copy's start: read once, and what is wrong with them stops it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from folders import PARTIES, fingerprint, free_urls, make_three
from typer.testing import CliRunner
from world import ROOT

from architrave.cli import council_files
from architrave.cli.council_files import council_beside
from architrave.cli.main import app
from architrave.node.folder import Folder
from architrave.node.readiness import read_ready
from architrave.portal.council.council_data import council_in


@pytest.fixture
def founded(tmp_path: Path) -> Path:
    root = tmp_path / "nodes"
    make_three(root, free_urls())
    return root / PARTIES[0]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped data, of which a test may spoil a file."""
    folder = tmp_path / "data"
    for name in ("council", "research", "interoperability"):
        shutil.copytree(ROOT / "data" / name, folder / name)
    monkeypatch.setattr(council_files, "shipped", lambda place: tmp_path / place)
    return folder


def test_what_is_shipped_is_read_for_the_shipped_charter(founded: Path) -> None:
    ready = read_ready(Folder(founded))
    found = council_in(council_beside(ready))
    assert found is not None
    assert found.bodies(ready.charter)[0].id == found.body
    assert found.series
    assert found.meetings
    assert found.exercises
    assert found.plan is not None
    assert found.illustration is not None
    assert found.illustration.illustrative
    assert found.interoperability is not None
    assert not found.interoperability.illustrative
    assert found.launches is not None


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("council/council.toml", "body = 3", "council.toml: charter must name"),
        ("research/dialogue_meetings.csv", "series\n", "dialogue_meetings.csv, line 1: "),
        ("interoperability/functions.csv", "id,name\nx,//SECRET\n", "functions.csv, line 2: "),
        ("council/illustrative_plan.json", "[]", "illustrative_plan.json: an object with"),
    ],
)
def test_a_bad_file_stops_the_start_with_one_sentence_and_changes_nothing(
    founded: Path, shipped: Path, file: str, text: str, said: str
) -> None:
    (shipped / file).write_text(text, encoding="utf-8")
    before = fingerprint(founded)
    result = CliRunner().invoke(app, ["node", "run", str(founded)])
    assert result.exit_code == 2, result.output
    sentence = result.stderr.strip()
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "//" not in sentence
    assert fingerprint(founded) == before
