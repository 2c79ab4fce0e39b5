"""Every planted bug is caught: by a seeded history, or by the test that is named beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bugs import BUGS

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_does_not_survive(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.planted.run", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert f"{name}: caught by " in done.stdout


def test_there_are_enough_and_the_page_lists_them() -> None:
    assert len(BUGS) >= 15
    page = (ROOT / "docs" / "simulation.md").read_text(encoding="utf-8")
    assert [name for name in BUGS if f"| {name} |" not in page] == []
