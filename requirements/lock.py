"""Write `core.txt` and `test.txt` from `pyproject.toml`: names, versions and hashes only.

Run it with pip-tools installed: `make lock`. No address of a package index is written, so that
every reader may use the index, mirror or folder of wheels that their own pip is configured for.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

# Only what pins a file: where it comes from is each reader's own affair.
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
    # The project itself is installed in place without build isolation.
    "--build-deps-for=editable",
)


def write_lock(name: str, *more: str) -> None:
    """Resolve `pyproject.toml` into the lock called `name`; fails with pip-compile's own words."""
    target = FOLDER / name
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *more]
    command += ["--output-file", str(target), str(FOLDER.parent / "pyproject.toml")]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if importlib.util.find_spec("piptools") is None:
        sys.exit("Writing the locks needs pip-tools: run .venv/bin/pip install pip-tools first.")
    write_lock("core.txt")
    write_lock("test.txt", "--extra=test", f"--constraint={FOLDER / 'core.txt'}")
