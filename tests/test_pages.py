"""The pages for readers: what they say of the code is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from architrave.charter.model import INSTRUMENTS, NATURES
from architrave.charter.rules import Position
from architrave.cli.main import app
from architrave.institution.life import diagram
from architrave.institution.promises import State as PromiseState
from architrave.institution.standing import Stage

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])


def verbs() -> dict[str, set[str]]:
    """Every verb of the command line, and the verbs below it."""
    top = typer.main.get_command(app)
    return {name: set(getattr(one, "commands", {})) for name, one in top.commands.items()}


def told_verbs() -> list[tuple[str, ...]]:
    """The verbs that the README's table names: ``log`` · ``show`` share a row."""
    table = README[README.index("| command |") :]
    found: list[tuple[str, ...]] = []
    for row in re.findall(r"^\| (`architrave [^|]*?) \|", table, re.M):
        first, *more = re.findall(r"`([^`]+)`", row)
        words = first.split()[1:]
        found.append(tuple(words[:2]) if len(words) > 1 and words[1].isalpha() else (words[0],))
        below = found[-1][:-1]
        found += [(*below, one) for one in more]
    return found


def test_every_verb_in_the_readme_exists() -> None:
    known = verbs()
    told = told_verbs()
    assert ("charter", "table") in told
    assert ("tamper",) in told
    missing = [
        " ".join(one)
        for one in told
        if one[0] not in known or (len(one) > 1 and one[1] not in known[one[0]])
    ]
    assert not missing, f"the README names verbs that do not exist: {', '.join(missing)}"


def test_every_verb_is_in_the_readme() -> None:
    told = {one[0] for one in told_verbs()}
    assert [name for name in verbs() if name not in told] == []


def test_the_readme_opens_in_order() -> None:
    parts = [
        *("Architrave is the standing secretariat, as software,", "docs/picture.svg", "make demo"),
        *("make test", "## How it works", "## Why not …", "shared website?", "three remotes?"),
        *("blockchain?", "e-mail?", "## What exists, and what is only proposed"),
        *("## What the record cannot prove", "## Commands", "## Read on"),
    ]
    places = [README.index(part) for part in parts]
    assert places == sorted(places)
    assert places[0] < 30


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_diagram_is_drawn_from_the_table_in_the_code() -> None:
    drawn = re.search(r"```mermaid\n(.*?)```", ARCHITECTURE, re.DOTALL)
    assert drawn is not None
    assert drawn[1] == diagram()


def test_every_file_that_the_architecture_names_is_there() -> None:
    named = re.findall(r"`((?:\w+/)\w+\.py)`", ARCHITECTURE)
    assert len(named) > 10
    for path in named:
        assert (ROOT / "src" / "architrave" / path).is_file(), path


def test_the_floors_on_the_page_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (floors,) = (one["layers"] for one in contracts if one["id"] == "floors")
    order = [name.strip(" ()") for layer in floors for name in layer.split("|")]
    block = re.search(r"## Floors\n\n```\n(.*?)```", ARCHITECTURE, re.DOTALL)
    assert block is not None
    built = [name for name in order if name not in ("sim", "desks", "lab")]
    places = [re.search(rf"(?:^|\| +){name}\b", block[1], re.M) for name in built]
    assert all(places), built
    assert [p.start() for p in places if p] == sorted(p.start() for p in places if p)


def test_the_words_of_the_code_are_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    words = [one.value for kind in (Stage, Position, PromiseState) for one in kind]
    for word in (*words, *INSTRUMENTS, *NATURES):
        if word != Position.NONE.value:
            assert word.replace("-", " ") in glossary, word


def test_fragments_are_named_as_their_page_says() -> None:
    folder = ROOT / "newsfragments"
    kinds = re.findall(r"^\| `(\w+)` \|", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    for path in folder.glob("*.md"):
        if path.name != "README.md":
            assert re.fullmatch(rf"\d+\.(?:{'|'.join(kinds)})(?:\.\d+)?\.md", path.name), path.name


def test_a_decision_note_lists_what_was_rejected() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(notes) >= 3
    for path in notes:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]}: \S", text), path.name
        rejected = re.search(r"rejected", text, re.IGNORECASE)
        assert rejected is not None, path.name
        assert text.count("\n- ", rejected.start()) >= 2, path.name


def test_every_test_that_the_threat_table_names_exists() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 20
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists()
        or f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
    rows = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line]
    assert all(line.count(" | ") == 3 for line in rows), "four columns: none is left out"
