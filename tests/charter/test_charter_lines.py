"""Lines of keys: tricky spellings, and every path of real files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from architrave.charter import lines as charter_lines
from architrave.charter.lines import key_lines, nearest_line


def paths(value: object, path: charter_lines.Path = ()) -> Iterator[charter_lines.Path]:
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
    return Path(__file__).with_name("tricky.toml").read_text(encoding="utf-8")


def test_every_value_of_a_tricky_text_has_a_line(tricky: str) -> None:
    assert set(key_lines(tricky)) == set(paths(tomllib.loads(tricky)))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_key_is_found_on_its_line(tricky: str, line_end: str) -> None:
    lines = key_lines(tricky.replace("\n", line_end))
    expected: dict[charter_lines.Path, int] = {
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
