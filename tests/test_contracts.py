"""The floors: imports point down, and the four lower floors fetch nothing for themselves.

The contracts stand in `pyproject.toml`. Each is also broken here on purpose, in a copy, because a
contract that cannot fail proves nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHECK = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def check_contracts(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the tree below `root`, which need not be the one installed."""
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", CHECK, "--no-cache", "--no-logo"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copied_tree(target: Path) -> Path:
    """Copy what import-linter reads, sources and contracts, to the folder `target`."""
    shutil.copytree(
        ROOT / "src", target / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def test_every_import_points_down() -> None:
    outcome = check_contracts(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("place", "line", "blamed"),
    [
        ("record/planted.py", "import architrave.institution", "architrave.record.planted"),
        ("charter/planted.py", "import architrave.record", "architrave.charter.planted"),
        ("peer/planted.py", "import architrave.node", "architrave.peer.planted"),
        ("node/planted.py", "import architrave.portal", "architrave.node.planted"),
        ("record/planted.py", "import time", "architrave.record.planted -> time"),
        ("charter/planted.py", "from pathlib import Path", "architrave.charter.planted -> pathlib"),
        ("institution/planted.py", "import urllib.parse", "planted -> urllib"),
        ("peer/planted.py", "from os import path", "architrave.peer.planted -> os"),
        ("attic/__init__.py", "", "attic"),
    ],
    ids=[
        "upward",
        "strangers-on-one-floor",
        "upward-to-the-shell",
        "upward-to-the-pages",
        "clock",
        "file",
        "submodule-of-a-forbidden-one",
        "name-from-a-forbidden-one",
        "package-without-a-floor",
    ],
)
def test_a_planted_fault_breaks_a_contract(
    tmp_path: Path, place: str, line: str, blamed: str
) -> None:
    root = copied_tree(tmp_path)
    planted = root / "src" / "architrave" / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line + "\n", encoding="utf-8")
    outcome = check_contracts(root)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert blamed in outcome.stdout
