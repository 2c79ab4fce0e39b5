"""Set-up says in one sentence what is missing: a new enough Python, or its venv module."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "requirements" / "choose-python.sh"
WITHOUT_VENV = f"""#!/bin/sh
case "$2" in *venv*) exit 1;; esac
exec {sys.executable} "$@"
"""


def chosen(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), *words],
        env={**os.environ, "PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def put(folder: Path, name: str, text: str) -> None:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)


def test_a_python_without_venv_is_told_so_in_one_sentence(tmp_path: Path) -> None:
    put(tmp_path, "python3.11", WITHOUT_VENV)
    answer = chosen(tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "no venv module" in answer.stderr


def test_no_python_is_told_so_in_one_sentence(tmp_path: Path) -> None:
    answer = chosen(tmp_path)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "No Python 3.11 or newer" in answer.stderr


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "python3.11", "#!/bin/sh\nexit 1\n")
    put(tmp_path, "python3.12", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    answer = chosen(tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "python3.12\n")


def test_the_one_that_was_asked_for_is_named_if_it_does_not_do(tmp_path: Path) -> None:
    answer = chosen(tmp_path, "python2.7")
    assert answer.returncode == 2
    assert "'python2.7'" in answer.stderr
