"""House style that fails the build, so that a review can be about meaning.

Limits tighten only: a list of exceptions may lose names and never gain one, and each name on it
must still need to be there.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import tidy

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "architrave"
LOWER_FLOORS = ("record", "charter", "institution", "peer")
GENERAL_FLOORS = (*LOWER_FLOORS, "node", "portal")

LONGEST_FUNCTION = 70
LONGEST_FILE = 400
# Tables that are clearer in one piece: path below src/architrave, and why. The number of names may
# only fall; lower it together with the list.
LONG_FILES: dict[str, str] = {}
LONG_FILES_AT_MOST = 0
LONG_FUNCTIONS: dict[str, str] = {}
LONG_FUNCTIONS_AT_MOST = 0

# Django finds these by where they lie.
FOUND_BY_PLACE = re.compile(
    r"\.(?:migrations|management\.commands|templatetags)\.\w+$|\.__main__$|^architrave$"
)


def sources(*floors: str) -> list[Path]:
    """Every Python file of the named floors, or of all."""
    folders = [SOURCE / floor for floor in floors] or [SOURCE]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def tracked_files() -> list[Path]:
    """What is in the repository or about to be; in an archive without git, what is not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(
                p.startswith(".") or p == "__pycache__" for p in path.relative_to(ROOT).parts
            )
        ]
    return sorted(path for path in paths if path.is_file())


def texts() -> Iterable[tuple[Path, str]]:
    """Every tracked file that is text."""
    for path in tracked_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def findings(paths: Iterable[Path], check: Callable[[ast.Module], list[str]]) -> list[str]:
    return [f"{place(path)}, {finding}" for path in paths for finding in check(parsed(path))]


def expect_none(found: list[str]) -> None:
    """Fail with every finding on a line of its own."""
    assert not found, "\n" + "\n".join(found)


# Lengths


def test_files_are_short() -> None:
    long = {}
    for path in sources():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            long[path.relative_to(SOURCE).as_posix()] = lines
    assert set(long) <= set(LONG_FILES), f"longer than {LONGEST_FILE} lines: {long}"
    assert set(LONG_FILES) <= set(long), "an exempted file is short now: take it off the list"


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(SOURCE).as_posix()}:{function.name}": function.lines
        for path in sources()
        for function in tidy.function_lengths(parsed(path))
        if function.lines > LONGEST_FUNCTION
    }
    assert set(long) <= set(LONG_FUNCTIONS), f"longer than {LONGEST_FUNCTION} lines: {long}"
    assert set(LONG_FUNCTIONS) <= set(long), "an exempted function is short now: take it off"


def test_lists_of_exceptions_only_shrink() -> None:
    assert len(LONG_FILES) == LONG_FILES_AT_MOST
    assert len(LONG_FUNCTIONS) == LONG_FUNCTIONS_AT_MOST
    assert all({**LONG_FILES, **LONG_FUNCTIONS}.values()), "an exception says why"


# What the code says


def test_lower_floors_fetch_nothing() -> None:
    expect_none(findings(sources(*LOWER_FLOORS), tidy.fetched))


def test_names_say_what_they_mean() -> None:
    expect_none(findings(sources(), tidy.banned_names))


def test_modules_say_what_they_mean() -> None:
    named = [
        place(path)
        for path in [*sources(), *SOURCE.rglob("*/")]
        if tidy.banned_name(path.stem) and path.stem != "__pycache__"
    ]
    expect_none(named)


def test_nothing_is_left_unbuilt() -> None:
    expect_none(findings(sources(), tidy.unbuilt))


def test_general_floors_name_no_country() -> None:
    pages = [p for f in GENERAL_FLOORS for p in (SOURCE / f).rglob("*.html")]
    found = [
        f"{place(path)}, {finding}"
        for path in [*sources(*GENERAL_FLOORS), *pages]
        for finding in tidy.found_in_lines(tidy.COUNTRIES, path.read_text(encoding="utf-8"))
    ]
    expect_none(found)


def test_every_module_is_used() -> None:
    named = {path: module_name(path) for path in sources()}
    used = set()
    for path, module in named.items():
        mentioned = tidy.mentioned_modules(module, path.name == "__init__.py", parsed(path))
        used |= mentioned - {module}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for target in settings["project"]["scripts"].values():
        used |= tidy.mentioned_modules("", False, ast.parse(repr(target)))
    packages = {module.rpartition(".")[0] for module in named.values()}
    unused = [
        module
        for module in named.values()
        if module not in used | packages and not FOUND_BY_PLACE.search(module)
    ]
    expect_none(
        [f"{module}: no other module imports it, and nothing starts it" for module in unused]
    )


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# What the tests say


def test_no_test_is_skipped_in_silence() -> None:
    expect_none(findings(sorted((ROOT / "tests").rglob("*.py")), tidy.silent_skips))


def test_no_test_sleeps() -> None:
    expect_none(findings(sorted((ROOT / "tests").rglob("*.py")), tidy.sleeps))


# What any file says


@pytest.mark.parametrize(
    "pattern",
    [tidy.LEFTOVER, tidy.MACHINE_PATH, tidy.INDEX_ADDRESS],
    ids=["leftover-mark", "machine-path", "index-address"],
)
def test_files_carry_nothing_of_the_workbench(pattern: re.Pattern[str]) -> None:
    found = [
        f"{place(path)}, {finding}"
        for path, text in texts()
        for finding in tidy.found_in_lines(pattern, text)
    ]
    expect_none(found)


def test_locks_hold_names_versions_and_hashes_only() -> None:
    line = re.compile(r"[a-z0-9-]+==[0-9][\w.]* \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    for lock in ("core.txt", "test.txt"):
        lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
        assert [text for text in lines if not line.fullmatch(text)] == []
        assert any("==" in text for text in lines)


def test_the_test_lock_contains_the_first_lock() -> None:
    core, test = (
        set((ROOT / "requirements" / lock).read_text(encoding="utf-8").replace(" \\", "").split())
        for lock in ("core.txt", "test.txt")
    )
    assert core < test


# The checks themselves can fail


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as d\nx = d.datetime.utcnow()",
        "from datetime import date\nclock = date.today",
        "import time",
        "import os.path",
        "from random import choice",
        "from nacl.utils import random",
        "from nacl import utils",
        "x = open('minutes')",
        "def f():\n    print('here')",
        "from nacl.signing import SigningKey\nkey = SigningKey.generate()",
    ],
)
def test_fetching_is_found(planted: str) -> None:
    assert len(tidy.fetched(ast.parse(planted))) == 1


@pytest.mark.parametrize(
    "allowed",
    [
        "from datetime import date, timedelta\nx = date(2026, 1, 5) + timedelta(days=1)",
        "def tick(state, now):\n    return state.opened < now",
        "from nacl.signing import VerifyKey",
        "x = matter.open",
        "def generate(): ...\ngenerate()",
    ],
)
def test_pure_code_is_not_found(allowed: str) -> None:
    assert tidy.fetched(ast.parse(allowed)) == []


@pytest.mark.parametrize(
    "planted",
    [
        "def user_of(seat): ...",
        "class LogManager: ...",
        "def f(item): ...",
        "def f(*, sessions): ...",
        "core = 1",
        "for item in []: ...",
        "class A:\n    heartbeat: int",
        "import json as util",
        "HTTPSession = 1",
        "def f(self):\n    self.helper = 1",
    ],
)
def test_a_banned_name_is_found(planted: str) -> None:
    assert len(tidy.banned_names(ast.parse(planted))) == 1


@pytest.mark.parametrize(
    "allowed",
    [
        "x = request.session['language']",
        "for key, value in table.items(): ...",
        "def get_user(self, user_id): ...",
        "SESSION_COOKIE_SECURE = True",
        "score = itemised = 1",
        "def f(web_session): ...",
    ],
)
def test_an_allowed_name_is_not_found(allowed: str) -> None:
    assert tidy.banned_names(ast.parse(allowed)) == []


def test_lengths_count_first_and_last_line() -> None:
    tree = ast.parse("def outer():\n    def inner():\n        return 1\n    return inner\n")
    assert [(f.name, f.line, f.lines) for f in tidy.function_lengths(tree)] == [
        ("outer", 1, 4),
        ("inner", 2, 2),
    ]


@pytest.mark.parametrize(
    ("planted", "count"),
    [
        ("@pytest.mark.skip\ndef test_a(): ...", 1),
        ("@pytest.mark.skip()\ndef test_a(): ...", 1),
        ("@pytest.mark.skipif(True)\ndef test_a(): ...", 1),
        ("@pytest.mark.xfail\ndef test_a(): ...", 1),
        ("pytest.skip('')", 1),
        ("@pytest.mark.skip(reason='no network here')\ndef test_a(): ...", 0),
        ("@pytest.mark.skipif(True, reason='needs the data')\ndef test_a(): ...", 0),
        ("pytest.skip('the data are not here')", 0),
    ],
)
def test_a_silent_skip_is_found(planted: str, count: int) -> None:
    assert len(tidy.silent_skips(ast.parse(planted))) == count


@pytest.mark.parametrize(
    ("pattern", "planted"),
    [
        (tidy.LEFTOVER, "# TO" + "DO: later"),
        (tidy.LEFTOVER, "x = 1  # X" + "XX: wrong"),
        (tidy.MACHINE_PATH, "see /wo" + "rk/main/x"),
        (tidy.MACHINE_PATH, "path = '/ho" + "me/someone'"),
        (tidy.INDEX_ADDRESS, "--index-" + "url https://mirror.example/"),
        (tidy.INDEX_ADDRESS, "https://py" + "pi.org/project/x"),
        (tidy.COUNTRIES, "if party == 'JPN':"),
    ],
)
def test_a_planted_line_is_found(pattern: re.Pattern[str], planted: str) -> None:
    assert len(tidy.found_in_lines(pattern, f"first line\n{planted}\n")) == 1


def test_stubs_and_sleeps_are_found() -> None:
    assert tidy.unbuilt(ast.parse("raise NotImplemented" + "Error"))
    assert tidy.sleeps(ast.parse("import time\ntime.sleep(1)"))
    assert tidy.unbuilt(ast.parse("raise ValueError('no such seat')")) == []


def test_mentions_follow_relative_imports_and_strings() -> None:
    tree = ast.parse("from . import tiles\nfrom ..a import b\nSTART = 'p.q.main:run'\n")
    assert {"p.q.tiles", "p.a", "p.a.b", "p.q.main"} <= tidy.mentioned_modules("p.q.r", False, tree)
