"""`architrave sim` at a terminal."""

from __future__ import annotations

import json
import subprocess
import sys


def architrave(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "architrave.cli.main", "sim", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_one_history_is_told_without_naming_a_capital() -> None:
    done = architrave("--seed", "3", "--steps", "20")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("seed 3: ")
    assert "unseed " in done.stdout
    story = done.stdout.split("\n", 1)[1]
    assert not any(party in story for party in ("JPN", "KOR", "USA", "ALD", "BOR", "CAS"))


def test_many_histories_are_counted() -> None:
    done = architrave("--seeds", "0:8", "--steps", "10", "--jobs", "2", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["failed"] == {}
    assert report["counts"]["admitted"] > 0
    assert report["histories_per_second"] > 0


def test_a_range_that_is_none_is_said_to_be_none() -> None:
    for text in ("5", "5:5", "a:b", "9:3"):
        done = architrave("--seeds", text)
        assert done.returncode == 2
        assert done.stderr.strip() == (f"--seeds {text}: expected first:last, for example 0:2000.")
