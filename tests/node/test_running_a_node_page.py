"""The page for those who run a node is true: its commands are run, in its order."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from folders import CHARTER, PARTIES, free_urls
from processes import PATIENCE, Process
from typer.testing import CliRunner
from world import ROOT

from architrave.cli.main import app
from architrave.node.folder import Folder

PAGE = (ROOT / "docs" / "running-a-node.md").read_text(encoding="utf-8")
PORTS = ("8701", "8702", "8703")


def commands() -> list[list[list[str]]]:
    """The commands of each block of the page, as words."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    return [[shlex.split(line) for line in block.splitlines()] for block in blocks]


def typed(words: list[str], status: int = 0) -> str:
    assert words[0] == "architrave"
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == status, result.output
    return result.stdout + result.stderr


@pytest.mark.slow
def test_the_commands_of_the_page_found_and_run_three_nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CHARTER, "trilateral.toml")
    made, signed, founded, started, asked, kept = commands()
    ports = [url.rsplit(":", 1)[1] for url in free_urls().values()]
    for words in made:
        for before, after in zip(PORTS, ports, strict=True):
            words[:] = [word.replace(before, after) for word in words]
        assert "Made." in typed(words)

    digits = set()
    for words in signed:
        said = typed(words)
        assert "still to come" in said
        digits |= set(re.findall(r"\b[0-9a-f]{64}\b", said))
    (agreed,) = digits

    # Without the digits, or with others, nothing is founded.
    for words in (
        [word for word in founded[0] if word not in {"--agreed", "DIGITS"}],
        [word.replace("DIGITS", "0" * 64) for word in founded[0]],
    ):
        assert agreed in typed(words, status=2)
    assert not Path("tokyo/founding.json").exists()
    for words in founded:
        assert "Founded" in typed([word.replace("DIGITS", agreed) for word in words])
    folders = [Path(words[3]) for words in founded]
    assert len({(folder / "founding.json").read_bytes() for folder in folders}) == 1
    assert {Folder(folder).party for folder in folders} == set(PARTIES)

    for folder in folders:
        (folder / "keys" / "party.key").unlink()
    backup, restore = kept
    run_and_ask([words[1:] for words in started], asked[0], backup)
    assert "signs nothing until every other capital has told" in typed(restore)
    assert Folder(Path(restore[4])).restored


def run_and_ask(started: list[list[str]], asked: list[str], backup: list[str]) -> None:
    processes = []
    for words in started:
        running = subprocess.Popen(
            [sys.executable, "-m", "architrave.cli.main", *words], stderr=subprocess.PIPE, text=True
        )
        processes.append(Process(Path(words[-1]), "", running))
    try:
        for process in processes:
            threading.Thread(target=process.read, daemon=True).start()
            process.await_start()
        said = typed(asked)
        assert "runs at http://127.0.0.1:" in said
        assert "It signs." in said
        value = json.loads(typed([*asked, "--json"]))
        assert value["demonstration"] is False
        assert "No key is in it" in typed(backup)
    finally:
        for process in processes:
            process.running.send_signal(signal.SIGTERM)
    assert [process.running.wait(PATIENCE) for process in processes] == [0, 0, 0]
    assert "no node answers there" in typed(asked, status=1)


def test_a_request_that_was_changed_on_its_way_changes_the_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CHARTER, "trilateral.toml")
    made, signed, *_ = commands()
    for words in made:
        typed(words)
    before = re.findall(r"\b[0-9a-f]{64}\b", typed(signed[0]))
    request = Path("seoul/request.json")
    request.write_bytes(request.read_bytes().replace(b":8702", b":8666"))
    assert re.findall(r"\b[0-9a-f]{64}\b", typed(signed[0])) != before
    # The capital whose keys were exchanged is told at once.
    for words in made[:1]:
        shutil.rmtree("other", ignore_errors=True)
        typed([word.replace("tokyo", "other") for word in words])
    shutil.copy("other/request.json", "tokyo/request.json")
    assert "names another party key of JPN" in typed(signed[0], status=2)


def test_requests_that_contradict_each_other_are_not_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CHARTER, "trilateral.toml")
    made, signed, *_ = commands()
    for words in made:
        typed(words)
    said = typed(signed[0][:-1], status=2)
    assert "the requests of USA are missing" in said
    other = Path("other.json")
    other.write_bytes(Path("seoul/request.json").read_bytes().replace(b":8702", b":8666"))
    assert "another request of KOR was given too" in typed([*signed[0], str(other)], status=2)
    assert "there is no such file" in typed([*signed[0], "none.json"], status=2)
    assert "other.json: JSON" in typed([*signed[0], str(cut(other))], status=2)
    assert not Path("tokyo/signature.json").exists()


def cut(file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-3])
    return file


def test_a_node_is_founded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CHARTER, "trilateral.toml")
    made, signed, founded, *_ = commands()
    for words in made:
        typed(words)
    said = "".join(typed(words) for words in signed)
    agreed = re.findall(r"\b[0-9a-f]{64}\b", said)[0]
    typed([word.replace("DIGITS", agreed) for word in founded[0]])
    before = Path("tokyo/founding.json").read_bytes()
    request = Path("seoul/request.json")
    request.write_bytes(request.read_bytes().replace(b":8702", b":8666"))
    assert "founded already" in typed(signed[0], status=2)
    assert Path("tokyo/founding.json").read_bytes() == before


def test_the_page_names_every_option_of_run_and_every_setting() -> None:
    options = CliRunner().invoke(app, ["node", "run", "--help"], terminal_width=200).stdout
    named = set(re.findall(r"--[a-z][a-z-]+", options)) - {"--help", "--clock", "--token"}
    assert named
    assert named <= set(re.findall(r"--[a-z][a-z-]+", PAGE))
    for setting in ("party", "domain", "url", "token", "listen", "addresses", "hosts"):
        assert f"`{setting}`" in PAGE
