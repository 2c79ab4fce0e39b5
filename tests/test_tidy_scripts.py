"""House style for the scripts of pages, and for those that tests run: as for Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tidy_scripts
from test_tidy import LONGEST_FILE, LONGEST_FUNCTION, ROOT, SOURCE, expect_none, tracked_files
from tidy import banned_name

LONGEST_LINE = 100
SCRIPTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in tracked_files()
    if path.suffix in {".js", ".mjs"}
}
# What a page brings; the others run beside tests, and may import what Node has.
OF_PAGES = {path: text for path, text in SCRIPTS.items() if path.startswith("src/")}


def scripts_in(page: str) -> list[str]:
    """The files that a template starts; those of the planner's board are handed out by itself."""
    own = re.findall(r"<script[^>]*{{ page.frame.assets }}([^\"]+)\"", page)
    return [
        *re.findall(r"<script[^>]*{% static '(portal/[^']+)' %}", page),
        *(f"portal/{name}" for name in own),
    ]


def started() -> set[str]:
    """The scripts of ours that a template starts; a package brings its own."""
    return {
        (page.parents[2] / "static" / name).relative_to(ROOT).as_posix()
        for page in SOURCE.rglob("templates/*/*.html")
        for name in scripts_in(page.read_text(encoding="utf-8"))
    }


def test_scripts_are_found() -> None:
    assert len(OF_PAGES) > 1
    assert started() <= set(OF_PAGES)


def test_scripts_are_short() -> None:
    lengths = {path: len(text.splitlines()) for path, text in SCRIPTS.items()}
    expect_none([f"{path}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE])


def test_lines_of_scripts_are_short() -> None:
    expect_none(
        [
            f"{path}, line {n}: {len(line)} columns"
            for path, text in SCRIPTS.items()
            for n, line in enumerate(text.splitlines(), start=1)
            if len(line) > LONGEST_LINE
        ]
    )


def test_functions_of_scripts_are_short() -> None:
    expect_none(
        [
            f"{path}, line {one.line}: {one.name} takes {one.lines} lines"
            for path, text in SCRIPTS.items()
            for one in tidy_scripts.script_functions(text)
            if one.lines > LONGEST_FUNCTION
        ]
    )


def test_names_in_scripts_say_what_they_mean() -> None:
    expect_none(
        [
            f"{path}: {name}"
            for path, text in SCRIPTS.items()
            for name in tidy_scripts.banned_in_script(text)
        ]
        + [path for path in SCRIPTS if banned_name(Path(path).stem)]
    )


def test_a_script_says_at_its_head_what_it_holds() -> None:
    expect_none([path for path, text in SCRIPTS.items() if not text.startswith("// ")])


def test_pages_named_at_the_head_of_a_script_are_there() -> None:
    named = {
        (path, one)
        for path, text in OF_PAGES.items()
        for one in re.findall(r"docs/[\w/-]+\.md", re.sub(r"\n// ", "", text))
    }
    assert named
    expect_none([f"{path}: {one}" for path, one in named if not (ROOT / one).is_file()])


def test_scripts_of_pages_import_only_one_another_and_downwards() -> None:
    expect_none(tidy_scripts.foreign_imports(OF_PAGES))
    expect_none(tidy_scripts.cycles(OF_PAGES))


def test_every_script_of_a_page_is_used() -> None:
    expect_none(tidy_scripts.unreached(OF_PAGES, started()))


def test_a_name_that_scripts_export_has_one_meaning() -> None:
    names = [name for text in OF_PAGES.values() for name in tidy_scripts.exported(text)]
    assert len(names) > len(OF_PAGES)
    expect_none(sorted({name for name in names if names.count(name) > 1}))


# The checks themselves can fail


@pytest.mark.parametrize(
    "planted",
    [
        "const item = 1;",
        "let userName = 1;",
        "function helper() {}",
        "class LogManager {}",
        "const { seat, users } = given;",
        "const [seat, user] = given;",
        "function f(one, { session = 1 }) {}",
        "const f = (util) => 1;",
        "list.map((item) => item);",
        "list.map(item => item);",
        "class A {\n  #core = 1;\n}",
        "class A {\n  read(items) {\n  }\n}",
        "for (const item of list) f(item);",
    ],
)
def test_a_banned_name_in_a_script_is_found(planted: str) -> None:
    assert len(tidy_scripts.banned_in_script(planted)) == 1


@pytest.mark.parametrize(
    "allowed",
    [
        "// an item",
        "/* a user */ const seat = 1;",
        'const text = "const item = 1;";',
        "const id = answer.sessionId;",
        "score.itemised();",
    ],
)
def test_an_allowed_name_in_a_script_is_not_found(allowed: str) -> None:
    assert tidy_scripts.banned_in_script(allowed) == []


def test_functions_of_a_script_are_measured() -> None:
    text = (
        "export async function outer(one) {\n  if (one) {\n  }\n  const inner = () => {\n  };\n}\n"
        "class A {\n  async #read(\n  ) {\n  }\n  get size() {\n    return 1;\n  }\n}\n"
        "export const table = {\n};\nconst f = async (one) => {\n};\n"
    )
    found = [(one.name, one.line, one.lines) for one in tidy_scripts.script_functions(text)]
    assert found == [("outer", 1, 6), ("inner", 4, 2), ("size", 11, 3), ("f", 17, 2)]


@pytest.mark.parametrize(
    ("planted", "count"),
    [
        ('import { a } from "./b.js";', 0),
        ('import {\n  a,\n} from "./b.js";', 0),
        ('import "./b.js";', 0),
        ('import { a } from "b.js";', 1),
        ('import { a } from "https://elsewhere.example/b.js";', 1),
        ('import "/static/b.js";', 1),
        ('import { a } from "./none.js";', 1),
        ('export { a } from "b.js";', 1),
        ('const a = await import("b.js");', 1),
        ("const a = await import(name);", 1),
    ],
)
def test_an_import_from_elsewhere_is_found(planted: str, count: int) -> None:
    scripts = {"p/a.js": planted, "p/b.js": ""}
    assert len(tidy_scripts.foreign_imports(scripts)) == count


def test_a_cycle_and_a_script_without_use_are_found() -> None:
    scripts = {
        "p/a.js": 'import { b } from "./b.js";',
        "p/b.js": 'import { c } from "./q/c.js";',
        "p/q/c.js": 'import { b } from "../b.js";',
        "p/d.js": "",
    }
    assert tidy_scripts.cycles(scripts) == ["p/b.js", "p/q/c.js"]
    assert tidy_scripts.unreached(scripts, {"p/a.js"}) == ["p/d.js"]
