"""`architrave carry` between three real nodes that no line joins: a consultation and a silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from processes import PARTIES, Trio
from typer.testing import CliRunner

from architrave.cli.main import app
from architrave.institution.acts import Silence, Wording
from architrave.institution.standing import Stage, stand

HOUR = 3_600_000
A, B, C = PARTIES


class Cut(Trio):
    """Three nodes, each of which knows no address of another."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        for party, folder in self.folders.items():
            place = folder / "node.json"
            settings = json.loads(place.read_text(encoding="utf-8"))
            settings["addresses"] = {
                one: self.urls[one] if one == party else "http://127.0.0.1:9" for one in PARTIES
            }
            place.write_text(json.dumps(settings), encoding="utf-8")
        self.files = 0
        self.largest = 0

    def idle(self, party: str) -> None:
        self._seen([party])

    def carry(self, sender: str, to: str) -> None:
        """One file, or more, from one capital to another."""
        self.files += 1
        file = self.root / f"{self.files} from {sender} to {to}.carrier"
        run("out", str(self.folders[sender]), str(file), "--to", to)
        for part in sorted(self.root.glob(f"{file.name}*")):
            self.largest = max(self.largest, part.stat().st_size)
            run("in", str(self.folders[to]), str(part))
        self.idle(to)

    def round(self, hours: int) -> None:
        for sender in PARTIES:
            for to in PARTIES:
                if sender != to:
                    self.carry(sender, to)
        for step in (hours * HOUR, 200, 200):
            self.tick(step)
            for party in PARTIES:
                self.idle(party)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["carry", *words])
    assert result.exit_code == code, result.output + result.stderr
    return result.output if code == 0 else result.stderr


@pytest.mark.slow
def test_a_consultation_its_receipts_and_a_silence_between_nodes_that_no_line_joins(
    tmp_path: Path,
) -> None:
    trio = Cut(tmp_path)
    body = "ESFSC"
    try:
        trio.start(*PARTIES)
        trio.open(body)
        trio.round(hours=1)
        words = {language: "words" for language in trio.charter.languages}
        trio.round(hours=1)
        asked = trio.give(
            A, "consulted", body, symbol=f"{body}/2027/{A}/1", body=body, ground=words,
            facts=words, wish=words,
        )  # fmt: skip
        trio.round(hours=1)
        trio.give(B, "acknowledged", body, consultation=asked, answer=words)
        article = trio.charter.article_for(body, "silence", "plan")
        matter = trio.give(
            C, "tabled", body, symbol=f"{body}/2027/{C}/1", body=body, article=article.number,
            wording=Wording(words, words, "plan", "political"),
            silence=Silence(article.number, trio.now + 24 * HOUR),
        )  # fmt: skip
        for _ in range(5):
            trio.round(hours=20)
        for party in PARTIES:
            peer = trio.peer(party)
            assert len(peer.state.consultations[asked]) == 2
            standing = stand(peer.state, matter, peer.view())
            assert standing is not None
            assert standing.stage is Stage.IN_FORCE
        assert len({trio.status(party)["state"] for party in PARTIES}) == 1
        assert trio.largest < 1_000_000
        _faults(trio)
    finally:
        trio.close()


def _faults(trio: Cut) -> None:
    """What an officer is told when something is wrong, and that nothing has changed."""
    folder, file = str(trio.folders[A]), trio.root / "a file"
    run("out", folder, str(file), "--to", B)
    before = file.read_bytes()
    assert "is there already" in run("out", folder, str(file), "--to", B, code=2)
    assert "no other capital is called so" in run("out", folder, str(file), "--to", A, code=2)
    assert file.read_bytes() == before
    shown = run("show", str(trio.folders[B]), str(file))
    assert "it is whole" in shown
    assert "not encrypted" in shown
    assert "DEMO" in shown
    assert "it is for" in run("in", str(trio.folders[C]), str(file), code=2)
    file.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    sizes = trio.status(B)["sizes"]
    assert "not those that its header names" in run("in", str(trio.folders[B]), str(file), code=2)
    assert trio.status(B)["sizes"] == sizes
    trio.kill(B)
    file.write_bytes(before)
    assert "start it and try again" in run("in", str(trio.folders[B]), str(file), code=2)
