"""The verb that serves a planner's board: what it says, and what it refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner
from world import ROOT

from architrave.cli.main import app
from architrave.portal.board.board_server import Served


def folder_of(place: Path) -> Path:
    return shutil.copytree(ROOT / "data" / "examples" / "exercises", place / "plan")


def test_it_tells_the_address_and_that_it_is_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def run(served: Served) -> None:
        ran.append(served.address)
        raise KeyboardInterrupt

    monkeypatch.setattr(Served, "run", run)
    found = CliRunner().invoke(app, ["exercises", "board", str(folder_of(tmp_path))])
    assert found.exit_code == 0
    assert re.search(r"http://127\.0\.0\.1:[0-9]+/[\w-]{32}/", found.stdout)
    assert ran == re.findall(r"http://\S+", found.stdout)
    assert "Whoever has this address can move exercises." in found.stdout


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"")
    for place in (book, tmp_path / "none"):
        found = CliRunner().invoke(app, ["exercises", "board", str(place)])
        assert (found.exit_code, found.stdout) == (2, "")
        assert "no folder with tables lies here" in found.stderr
