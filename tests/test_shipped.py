"""What an installed package finds: its own files, and what it needs of others."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from architrave.cli.shipped import shipped

ROOT = Path(__file__).parents[1]


def test_everything_that_a_verb_looks_for_is_shipped_with_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    forced = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert forced == {place: f"architrave/shipped/{place}" for place in forced}
    asked = {
        place
        for path in (ROOT / "src").rglob("*.py")
        for place in re.findall(r"\bshipped\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    }
    assert len(asked) >= 3
    for place in asked:
        assert shipped(place).exists()
        assert any(place == one or place.startswith(f"{one}/") for one in forced), place


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[ ]", one)[0].lower() for one in requirements}


# Modules of the extra for papers, which `papers.press` brings in when a document is asked for; and
# of the workspace, which allauth brings in where it is installed.
ONLY_WHEN_ASKED = {"docx_paper.py", "pdf_paper.py", "fonts.py", "adapters.py"}
# Rooms that need an extra as a whole: the rest of the program brings them in when it is asked.
ROOMS_OF_EXTRAS = ("architrave.desks.supply", "architrave.desks.shares.nucleolus")


def test_everything_that_the_code_imports_is_declared() -> None:
    # A package that only the tests declare would be missing where only the program is installed.
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = _names(settings["project"]["dependencies"])
    optional = settings["project"]["optional-dependencies"]
    named = ("postgres", "papers", "exercises", "workspace", "supply")
    extras = _names([one for extra in named for one in optional[extra]])
    lock = (ROOT / "requirements" / "core.txt").read_text(encoding="utf-8")
    imported, at_once = set(), set()
    for path in (ROOT / "src").rglob("*.py"):
        module_path = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        inside = module_path.startswith(ROOMS_OF_EXTRAS)
        late = path.name in ONLY_WHEN_ASKED or inside
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = set()
            if isinstance(node, ast.Import):
                found = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found = {node.module.split(".")[0]}
            imported |= found
            top = isinstance(node, ast.stmt) and not node.col_offset and not late
            at_once |= found if top else set()
            if top and isinstance(node, ast.ImportFrom) and node.module:
                asked = {f"{node.module.rpartition('.')[2]}.py"} | {
                    f"{a.name}.py" for a in node.names
                }
                assert not asked & ONLY_WHEN_ASKED, f"{path.name} brings in a module of an extra"
                assert not node.module.startswith(ROOMS_OF_EXTRAS), f"{path.name}: likewise"
    known = packages_distributions()
    outside = imported - set(sys.stdlib_module_names) - {"architrave"}
    assert "typer" in outside
    for module in sorted(outside):
        names = {name.lower() for name in known[module]}
        if names & extras:
            assert module not in at_once, f"{module}: of an extra, imported where it is not used"
            continue
        assert names & declared, f"{module}: not among the dependencies in pyproject.toml"
        assert re.search(rf"(?m)^(?:{'|'.join(names)})==", lock), f"{module}: not in core.txt"
