"""Lines of keys: tricky spellings, and every path of real files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from architrave.charter.lines import Path, key_lines, nearest_line

TRICKY = '''\
# a comment with [brackets] and "quotes"
plain = 1 # = "x"
"quoted.key" = "a # no comment ] }"
dotted.inner.'literal key' = 'it''' + """ \\\\'

long = \"\"\"
[not.a.table]
key = "no key" \\\"\"\" still inside
\"\"\"\"
after_long = '''
[[nor.this]]'''

list = [ # comment ]
  "a]", # another ]
  [ 1, 2 ],
  { x = 1, y = [ "}", { z = 2 } ] },
]

[table]
key = 2026-01-01

[[many]]
id = "first"
[many.inside]
deep = true
[[many.children]]
name = "one"
[[many.children]]
name = "two"

[[many]]
id = "second"
[many."in side".more]
last = 07:32:00
[[many.children]]
name = "three"
"""


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


def line_with(text: str, words: str, nth: int = 1) -> int:
    found = [number for number, line in enumerate(text.split("\n"), 1) if words in line]
    return found[nth - 1]


@pytest.fixture
def tricky() -> str:
    return TRICKY.replace("'it \\\\'", "'it \\'")


def test_every_value_of_a_tricky_text_has_a_line(tricky: str) -> None:
    assert set(key_lines(tricky)) == set(paths(tomllib.loads(tricky)))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_key_is_found_on_its_line(tricky: str, line_end: str) -> None:
    lines = key_lines(tricky.replace("\n", line_end))
    expected: dict[Path, int] = {
        ("plain",): line_with(tricky, "plain ="),
        ("quoted.key",): line_with(tricky, '"quoted.key"'),
        ("dotted", "inner", "literal key"): line_with(tricky, "dotted.inner"),
        ("long",): line_with(tricky, "long ="),
        ("after_long",): line_with(tricky, "after_long"),
        ("list", 0): line_with(tricky, '"a]"'),
        ("list", 1, 1): line_with(tricky, "[ 1, 2 ]"),
        ("list", 2, "y", 1, "z"): line_with(tricky, "z = 2"),
        ("table", "key"): line_with(tricky, "key = 2026"),
        ("many", 0): line_with(tricky, "[[many]]"),
        ("many", 1): line_with(tricky, "[[many]]", 2),
        ("many", 0, "inside", "deep"): line_with(tricky, "deep"),
        ("many", 0, "children", 1, "name"): line_with(tricky, '"two"'),
        ("many", 1, "in side", "more", "last"): line_with(tricky, "last ="),
        ("many", 1, "children", 0): line_with(tricky, "[[many.children]]", 3),
    }
    assert {path: lines[path] for path in expected} == expected


def test_every_value_of_the_charter_files_has_a_line(trilateral_text: str, five_text: str) -> None:
    for text in (trilateral_text, five_text):
        lines = key_lines(text)
        assert set(lines) == set(paths(tomllib.loads(text)))
        source = text.split("\n")
        for path, line in lines.items():
            if isinstance(path[-1], str):
                assert path[-1] in source[line - 1]


def test_a_path_without_a_line_takes_the_table_around_it() -> None:
    lines = key_lines("[[many]]\nid = 1\n")
    assert nearest_line(lines, ("many", 0, "absent", "deeper")) == 1
    assert nearest_line(lines, ("elsewhere",)) is None


def test_an_empty_text_has_no_lines() -> None:
    assert key_lines("") == {}
    assert key_lines("# only a comment") == {}
