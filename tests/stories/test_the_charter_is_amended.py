"""Three capitals amend their charter at the terminal, with real nodes; one is killed meanwhile.

One proposes that silences be longer. While it is discussed, a plan runs under the old period. All
concur, one capital says that the charter runs as amended, and from there on a silence of a day is
too short, at every node, also at the one that was away.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from cli_nodes import run, said, value
from processes import PARTIES, Trio
from world import HOUR, ROOT, seed

from architrave.charter.parse import parse_charter
from architrave.node.folder import write_key

BODY = "ESFSC"
SHIPPED = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")
OLD, NEW = "minimum_period = { hours = 24 }", "minimum_period = { hours = 48 }"
A, B, C = PARTIES


def instant(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def texts(**fields: str) -> list[str]:
    return [
        f"--set={name}.{language}={text}"
        for name, text in fields.items()
        for language in ("ko", "ja", "en")
    ]


def test_the_charter_is_amended_by_all_and_runs_from_the_act_on(tmp_path: Path) -> None:
    trio = Trio(tmp_path / "trio")
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        for party in PARTIES:
            seat = trio.charter.body(BODY).seat_of(party).id.replace("/", ".")
            place = trio.folders[party] / "keys" / "officers" / f"{seat}.key"
            write_key(place, seed(party, BODY, "officer"))
        trio.rest()
        words = texts(title="DEMO", summary="DEMO")

        # A plan is already under silence, for a day and an hour.
        plan = [f"--set=body={BODY}", "--set=instrument=plan", *words]
        early = ["--set", f"expiry={instant(trio.now + 25 * HOUR)}", "--set", "article=4(2)"]
        said("act", trio.folders[B], "tabled", *plan, *early)
        trio.rest()

        # The amendment: what it changes is said, and its fields are written.
        file, fields = tmp_path / "longer.toml", tmp_path / "fields.json"
        assert SHIPPED.count(OLD) == 1
        file.write_bytes(SHIPPED.replace(OLD, NEW).encode())
        told = said("charter", "amend", trio.folders[A], file, "--out", fields)
        assert "article 4(2): changed (minimum_period)" in told
        assert f"{BODY}/2027/{B}/1" in told
        said("act", trio.folders[A], "tabled", "--file", fields, f"--set=body={BODY}", *words)
        trio.rest()
        amendment = ["--set", f"matter={BODY}/2027/{A}/1"]
        for party in PARTIES:
            said("act", trio.folders[party], "positioned", *amendment, "--set=position=concur")
        trio.kill(C)
        not_yet = run("act", trio.folders[B], "amended", *amendment, "--set=version=1")
        assert not_yet.exit_code == 1
        assert "not in force" in " ".join(not_yet.stdout.split())
        trio.start(C)
        trio.rest()

        # One capital says so; the one that is away then learns it when it comes back.
        trio.kill(C)
        said("act", trio.folders[B], "amended", *amendment, "--set=version=1")
        trio.rest(A, B)
        trio.start(C)
        trio.rest()
        new = parse_charter(file.read_text(encoding="utf-8"), "new").digest
        for party in PARTIES:
            assert value("charter", "amend", trio.folders[party])["charter"] == new

        # What was on the table keeps its period; what comes now has the new one.
        late = ["--set", f"expiry={instant(trio.now + 25 * HOUR)}", "--set", "article=4(2)"]
        said("act", trio.folders[B], "tabled", *plan, *late)
        trio.rest()
        trio.tick(26 * HOUR)
        trio.rest()
        stood, running = (
            json.dumps(value("show", trio.folders[C], f"{BODY}/2027/{B}/{number}"))
            for number in (1, 2)
        )
        assert "in-force" in stood
        assert "silence-running" in running
    finally:
        trio.close()
