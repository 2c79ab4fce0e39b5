"""The verbs on who may sign in, each in a process of its own as at a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def told(folder: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "architrave.cli.main", "officer", words[0], str(folder)]
    command += [*words[1:], "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else (done.returncode, done.stderr)


def test_a_holder_is_invited_and_nobody_else(demo: Path) -> None:
    folder = demo / "KOR"
    found = told(folder, "invite", "kor/tdc")
    assert found["seat"] == "KOR/TDC"
    assert "http://localhost:9/" in found["address"]
    assert found["address"].split("/")[4:6] == ["work", "enter"]
    assert found["address"].rpartition("/")[2].encode() not in (folder / "accounts.db").read_bytes()
    assert told(folder, "list") == [], "an invitation is no account yet"
    status, fault = told(folder, "invite", "JPN/TDC")
    assert status == 2
    assert "JPN/TDC: no seat of KOR" in fault
    assert told(folder, "shut", "KOR/TDC") == {"seat": "KOR/TDC", "shut": 0}
