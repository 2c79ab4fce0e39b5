"""`architrave node succeed` and `node concur` with three real nodes: a capital gets a new key."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from processes import PARTIES, Trio
from typer.testing import CliRunner

from architrave.cli.main import app

A, B, C = PARTIES


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["node", *map(str, words)])
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return " ".join((result.stdout if code == 0 else result.stdout + result.stderr).split())


def status(trio: Trio, party: str) -> dict[str, object]:
    value: dict[str, object] = httpx.get(f"{trio.urls[party]}/peer/status", timeout=10).json()
    return value


def rest(trio: Trio) -> None:
    for _ in range(4):
        trio.tick()
        trio.rest(*PARTIES)


@pytest.mark.slow
def test_a_capital_gets_a_new_node_key_and_its_book_goes_on(tmp_path: Path) -> None:
    trio = Trio(tmp_path)
    body = "ESFSC"
    try:
        trio.start(*PARTIES)
        trio.open(body)
        folder = trio.folders[A]
        assert "another process runs this node" in run("succeed", folder, code=2)
        trio.kill(A)
        lines = run("succeed", folder, "--json")
        asked = json.loads(lines)
        request = Path(asked["file"])
        assert asked["log"].endswith("/log/2")
        trio.start(A)
        assert "continues it once" in str(status(trio, A)["signs"])
        shown = run("concur", trio.folders[B], request, "--dry-run")
        assert asked["node_key"] in shown
        assert "own statement" in run("concur", folder, request, code=2)
        for party in (B, C):
            assert "concurs" in run("concur", trio.folders[party], request)
        assert "already" in run("concur", trio.folders[B], request, code=1)
        rest(trio)
        assert status(trio, A)["signs"] == "yes"
        for party in PARTIES:
            sizes = status(trio, party)["sizes"]
            assert isinstance(sizes, dict)
            assert sizes[asked["log"]] > asked["lines"]
            note = httpx.get(f"{trio.urls[party]}/record/{A.lower()}/checkpoint", timeout=10)
            assert note.text.startswith(asked["log"])
        words = {language: "words" for language in trio.charter.languages}
        trio.give(
            A, "consulted", body, symbol=f"{body}/2027/{A}/1", body=body, ground=words,
            facts=words, wish=words,
        )  # fmt: skip
        rest(trio)
        trio.kill(A)
        trio.start(A)
        rest(trio)
        states = {str(status(trio, party)["state"]) for party in PARTIES}
        assert len(states) == 1
        out = tmp_path / "record"
        result = CliRunner().invoke(app, ["export", str(trio.folders[C]), str(out)])
        assert result.exit_code == 0, result.output
        result = CliRunner().invoke(
            app, ["verify", str(out), "--founding", str(folder / "founding.json")]
        )
        assert result.exit_code == 0, result.output
    finally:
        trio.close()


def test_what_cannot_succeed_is_refused_in_one_sentence(tmp_path: Path) -> None:
    trio = Trio(tmp_path)
    try:
        trio.start(*PARTIES)
        trio.open("ESFSC")
        trio.kill(A)
        folder = trio.folders[A]
        assert "no such cause" in run("succeed", folder, "--cause", "whim", code=2)
        assert "say the cause" in run("succeed", folder, "--lines", "2", code=2)
        said = run("succeed", folder, "--cause", "lost-lines", "--lines", "2", code=2)
        assert "would leave out lines" in said
        assert not (folder / "succession").exists()
        nonsense = tmp_path / "nonsense.json"
        nonsense.write_text("{}", encoding="utf-8")
        assert "nonsense.json" in run("concur", trio.folders[B], nonsense, code=2)
    finally:
        trio.close()
